"""Figures of emergency response as reported."""

from taizhang.kernel.reporting import HIGHER, LOWER, NEITHER, reported, reported_rate
from taizhang.programmes.emergency.returns import AMBULANCES, EVENTS, READINESS

PLANS = reported(
    READINESS,
    "plans",
    better=HIGHER,
    name=("卫生应急预案", "Emergency plans in force"),
    why=("预案齐全，遇事才有章可循。", "With plans at hand people know what to do."),
)
PLANS_REVISED = reported(
    READINESS,
    "plans_revised",
    better=NEITHER,
    name=("修订卫生应急预案", "Emergency plans revised"),
    why=("预案须按期评估修订，才合用。", "Plans have to be reviewed on time to be of use."),
)
TEAMS = reported(
    READINESS,
    "teams",
    better=HIGHER,
    name=("卫生应急队伍", "Emergency teams"),
    why=("队伍是应急处置的基本力量。", "Teams are the force that answers."),
)
MEMBERS = reported(
    READINESS,
    "members",
    better=HIGHER,
    name=("卫生应急队员", "Members of emergency teams"),
    why=("队员人数和专业决定处置能力。", "Their number and training decide what can be done."),
)
DRILLS = reported(
    READINESS,
    "drills",
    better=HIGHER,
    name=("开展卫生应急演练", "Emergency drills held"),
    why=("演练检验预案、锻炼队伍。", "Drills test plans and train teams."),
)
DRILL_PEOPLE = reported(
    READINESS,
    "drill_people",
    better=HIGHER,
    name=("参加卫生应急演练", "People at emergency drills"),
    why=("反映演练的覆盖面。", "How far the drills reached."),
)
ITEMS = reported(
    READINESS,
    "items",
    better=HIGHER,
    name=("卫生应急储备物资品种", "Items in the emergency stores"),
    why=("物资储备是应急处置的保障。", "Stores are what a response lives on."),
)
ITEMS_BELOW = reported(
    READINESS,
    "items_below",
    better=LOWER,
    name=("低于储备下限的应急物资", "Emergency items below their limit"),
    why=("低于下限的须及时补充。", "What is below its limit has to be restocked."),
)
PROTECTED = reported(
    READINESS,
    "protected",
    better=NEITHER,
    name=("重大活动医疗卫生保障", "Events given medical cover"),
    why=("保障任务反映应急力量的日常投入。", "It shows what the forces do day by day."),
)
EVENTS_COUNT = reported(
    EVENTS,
    "events",
    by_row=True,
    prefix="emergency",
    better=LOWER,
    name=("突发公共卫生事件", "Public health emergencies"),
    why=("事件数和级别反映公共卫生风险。", "Their number and level show the risk to public health."),
)
EVENTS_HANDLED = reported(
    EVENTS,
    "handled",
    code="events_handled",
    by_row=True,
    prefix="emergency",
    better=HIGHER,
    name=("规范处置突发公共卫生事件", "Public health emergencies handled by the rules"),
    why=("处置规范才能控制事态、减少危害。", "Handled by the rules, an emergency does less harm."),
)
HANDLED_RATE = reported_rate(
    EVENTS,
    "handled",
    "events",
    code="handled_rate",
    by_row=True,
    prefix="emergency",
    better=HIGHER,
    name=("突发公共卫生事件规范处置率", "Public health emergencies handled by the rules, of all"),
    why=("规范处置率是应急工作的考核指标。", "It is what emergency work is judged by."),
)
AMBULANCES_COUNT = reported(
    AMBULANCES,
    "vehicles",
    code="ambulances",
    prefix="emergency",
    better=HIGHER,
    name=("救护车", "Ambulances"),
    why=("车辆配置决定急救覆盖范围。", "Vehicles decide how far the service reaches."),
)
AMBULANCE_RUNS = reported(
    AMBULANCES,
    "runs",
    code="ambulance_runs",
    prefix="emergency",
    better=NEITHER,
    name=("急救出车", "Ambulance runs"),
    why=("反映院前急救的工作量。", "The work load of the ambulance service."),
)
AMBULANCE_PATIENTS = reported(
    AMBULANCES,
    "carried",
    code="ambulance_patients",
    prefix="emergency",
    better=NEITHER,
    name=("院前急救救治转运患者", "Patients treated and carried by ambulance"),
    why=("院前急救直接关系危重患者的生死。", "For the gravely ill it is a matter of life and death."),
)
RESPONSE_MINUTES = reported_rate(
    AMBULANCES,
    "minutes",
    "runs",
    code="response_minutes",
    unit="分钟/次",
    prefix="emergency",
    better=LOWER,
    name=("院前急救平均反应时间", "Mean minutes to reach the caller"),
    why=("反应时间每缩短一分钟，抢救成功的机会就大一分。", "Every minute less makes rescue likelier."),
)
