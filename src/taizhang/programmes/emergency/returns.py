"""Forms of emergency response: plans, teams and drills; events by level; stores; ambulance runs."""

from taizhang.kernel.reporting import flow, form, stock
from taizhang.kernel.sources import Source

SOURCE = Source("中华人民共和国突发公共卫生事件应对法", "应急准备，监测预警，应急处置")
AMBULANCE_SOURCE = Source("院前医疗急救管理办法", "执业管理")

READINESS = form(
    "emergency", "卫生应急准备报表", "Readiness for emergencies", SOURCE,
    stock("plans", "卫生应急预案", "Emergency plans in force", "个"),
    flow("plans_revised", "修订预案", "Plans revised", "个"),
    stock("teams", "卫生应急队伍", "Emergency teams", "支"),
    stock("members", "应急队员", "Members of emergency teams", "人"),
    flow("drills", "开展应急演练", "Drills held", "场"),
    flow("drill_people", "参加演练", "People at drills", "人次"),
    stock("items", "储备物资品种", "Items in store", "种"),
    stock("items_below", "低于储备下限品种", "Items below their limit", "种"),
    flow("protected", "医疗卫生保障任务", "Events given medical cover", "次"),
    parts=(("items_below", "items"),),
)
EVENTS = form(
    "health_events", "突发公共卫生事件报表", "Public health emergencies", SOURCE,
    flow("events", "报告突发公共卫生事件", "Public health emergencies reported", "起"),
    flow("handled", "规范处置", "Handled by the rules", "起"),
    rows={
        "extreme": ("特别重大", "Level one"),
        "major": ("重大", "Level two"),
        "serious": ("较大", "Level three"),
        "ordinary": ("一般", "Level four"),
        "total": ("合计", "Total"),
    },
    total="total",
    parts=(("handled", "events"),),
)
AMBULANCES = form(
    "ambulances", "院前急救报表", "Ambulance service", AMBULANCE_SOURCE,
    stock("vehicles", "救护车", "Ambulances", "辆"),
    flow("calls", "接听急救电话", "Emergency calls answered", "次"),
    flow("runs", "急救出车", "Ambulance runs", "次"),
    flow("minutes", "急救反应总时间", "Minutes to reach the caller, in all", "分钟"),
    flow("carried", "救治转运患者", "Patients treated and carried", "人次"),
    parts=(("runs", "calls"),),
)
