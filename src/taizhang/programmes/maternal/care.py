"""Indicators of the care of a mother from before pregnancy to the 42-day check.

Part-year figures take everybody in the period; the matured form beside them takes those only for whom the time of the visit is over at the
cut-off. A rate over live births counts twins twice below the line, as the specification has it.
"""

from functools import partial

from taizhang.kernel.indicators import TimeBase
from taizhang.kernel.query.words import always
from taizhang.kernel.reporting import HIGHER, LOWER, NEITHER, reported
from taizhang.kernel.text import Text
from taizhang.programmes.maternal import populations as who
from taizhang.programmes.maternal.making import also_counted, count, matured, rate_of
from taizhang.programmes.maternal.returns import FOLIC_ACID, SERVICES, SUBSIDY, SURVEY
from taizhang.programmes.maternal.rules import CARE, CONTENT, HIGH_RISK, TARGETS

# -- services -------------------------------------------------------------------------------------------------------------------------

_service = partial(reported, SERVICES, better=HIGHER)
SERVICES_GIVEN = also_counted(
    _service("services", why=("孕产妇从建册到产后接受的全部保健服务。", "All services mothers receive, from registration to after birth.")),
    who.SERVED,
    who.services,
)
ANTENATAL = also_counted(
    _service(
        "antenatal",
        name=("孕产妇产前检查", "Antenatal checks"),
        why=("产前检查发现高危妊娠，保障母婴安全。", "Antenatal checks find risky pregnancies in time."),
    ),
    who.SERVED,
    who.antenatal_checks,
)
POSTNATAL = also_counted(
    _service(
        "postnatal",
        name=("孕产妇产后访视", "Postnatal visits"),
        why=("产后访视及早发现母婴异常。", "Postnatal visits find trouble of mother and child early."),
    ),
    who.SERVED,
    who.postnatal_visits,
)

# -- from registration to the visit after birth -------------------------------------------------------------------------------------------

_rate = partial(reported, SURVEY, better=HIGHER, prefix="maternal")
BOOKLET_RATE = also_counted(
    _rate("booklet_rate", why=("建册是孕产妇管理的起点。", "Registration is where the care of a mother begins.")),
    who.DELIVERIES,
    who.registered,
    who.live,
    source=TARGETS,
    unit="人",
)
EARLY_CHECK_RATE = also_counted(
    _rate(
        "early_check_rate",
        name=("早孕建册率", "Early registration"),
        why=(
            "孕13周之前建册并首次产检，可及早识别妊娠风险。",
            "Registration and check before week 13 show the risks of a pregnancy in time.",
        ),
    ),
    who.DELIVERIES,
    who.early,
    who.live,
    source=TARGETS,
    unit="人",
)
ANTENATAL_RATE = also_counted(
    _rate("antenatal_rate", why=("反映产前检查是否按规范次数完成。", "Whether antenatal checks reach the prescribed number.")),
    who.DELIVERIES,
    who.enough_checks,
    who.live,
    source=TARGETS,
    unit="人",
)
POSTNATAL_VISIT_RATE = also_counted(
    _rate("postnatal_visit_rate", why=("产后是母婴风险较高的时期，须上门访视。", "After birth both are at risk and are to be visited.")),
    who.DELIVERIES,
    who.visited,
    who.live,
    source=TARGETS,
    unit="人",
)
POSTNATAL_VISIT_MATURED = matured(POSTNATAL_VISIT_RATE, who.visit_over)
WEEK_VISIT_RATE = rate_of(
    "week_visit_rate",
    "出院7天内产后访视率",
    "Visited within a week of leaving hospital",
    ("规范要求出院后1周内上门，越早越能发现产褥期问题。", "The specification asks for the visit within a week of leaving hospital."),
    who.DELIVERIES,
    who.visited_in_week,
    who.live,
    source=CONTENT,
)
WEEK_VISIT_MATURED = matured(WEEK_VISIT_RATE, who.week_over)
FINAL_CHECK_RATE = rate_of(
    "final_check_rate",
    "产后42天健康检查率",
    "Checked at 42 days",
    ("产后42天检查判断产妇是否恢复，是孕产期管理的收尾。", "The 42-day check tells whether the mother has recovered and closes her care."),
    who.DELIVERIES,
    who.checked,
    who.live,
    source=CONTENT,
)
FINAL_CHECK_MATURED = matured(FINAL_CHECK_RATE, who.check_over)

REGISTERED = count(
    "registered",
    "新建册孕妇数",
    "Women registered",
    ("反映当前孕情和建册进度。", "How many pregnancies there are and come under care."),
    who.REGISTRATIONS,
    source=TARGETS,
)
REGISTERED_EARLY = rate_of(
    "registered_early",
    "新建册孕妇中孕13周前建册比例",
    "Registered before week 13, of those registered",
    ("不必等到分娩就能看出早孕建册做得如何。", "Shows early registration months before the births do."),
    who.REGISTRATIONS,
    who.early_now,
    source=TARGETS,
)
PREGNANT = count(
    "pregnant",
    "在孕妇女数",
    "Women pregnant",
    ("当前应管理的孕妇。", "Who is under care now."),
    who.PREGNANT,
    base=TimeBase.STOCK,
    source=CARE,
)
ANTENATAL_BY_PACE = rate_of(
    "antenatal_by_pace",
    "在孕妇女按进度产前随访率",
    "Antenatal visits done as due",
    ("到期的随访都做了才算跟上，尚未到期的不算漏。", "All visits due by now are done; what is not yet due is not missed."),
    who.PREGNANT,
    who.on_schedule,
    base=TimeBase.DUE_TO_DATE,
    source=CONTENT,
)
ANTENATAL_OVERDUE = count(
    "antenatal_overdue",
    "产前随访逾期的孕妇数",
    "Women whose antenatal visit is overdue",
    ("这些孕妇应尽快约来检查，是村医的催访名单。", "These women should be called in soon."),
    who.PREGNANT,
    (~who.on_schedule).named("产前随访逾期", "overdue", unmet=Text("产前随访没有逾期", "no antenatal visit is overdue"), source=CONTENT),
    better=LOWER,
    base=TimeBase.STOCK,
    source=CONTENT,
)
HIGH_RISK_NOW = count(
    "high_risk_now",
    "在管高危孕妇数",
    "Pregnant women at high risk",
    ("橙、红、紫孕妇须一人一案、专人管理。", "Each is owed a file and a doctor of her own."),
    who.PREGNANT,
    who.high_risk_now,
    base=TimeBase.STOCK,
    source=HIGH_RISK,
)

# -- subsidies and folic acid ------------------------------------------------------------------------------------------------------------

_subsidy = partial(reported, SUBSIDY, prefix="maternal")
SUBSIDISED = _subsidy(
    "subsidised",
    code="subsidised",
    name=("补助住院分娩农村孕产妇", "Rural mothers subsidised for hospital delivery"),
    better=HIGHER,
    why=("住院分娩补助降低孕产妇和新生儿死亡。", "Subsidised hospital delivery lowers deaths of mothers and newborns."),
)
SUBSIDISED_ELSEWHERE = _subsidy(
    "elsewhere",
    code="subsidised_elsewhere",
    name=("外地住院分娩补助孕产妇", "Mothers subsidised for delivery elsewhere"),
    better=NEITHER,
    why=("外地分娩同样享受补助，反映政策落实到人。", "Delivery elsewhere is subsidised too: the policy follows the person."),
)
SUBSIDY_PAID = _subsidy(
    "paid",
    code="subsidy_paid",
    name=("住院分娩补助资金", "Subsidies paid for hospital delivery"),
    better=NEITHER,
    why=("项目资金须足额及时到人。", "The money has to reach mothers in full and in time."),
)

_folic_acid = partial(reported, FOLIC_ACID, prefix="maternal", better=HIGHER)
FOLIC_ACID_WOMEN = also_counted(
    _folic_acid(
        "women",
        code="folic_acid_women",
        why=("孕前和孕早期增补叶酸可预防神经管缺陷。", "Folic acid before and in early pregnancy prevents neural tube defects."),
    ),
    who.FOLIC_WOMEN,
    always,
)
FOLIC_ACID_BOTTLES = also_counted(
    _folic_acid(
        "bottles",
        code="folic_acid_bottles",
        why=("发放量与人数对照，可看出是否足量服用。", "Set against the women, it shows whether the supply suffices."),
    ),
    who.FOLIC_WOMEN,
    who.bottles,
)
FOLIC_ACID_REGULAR = rate_of(
    "folic_acid_regular",
    "叶酸规范服用率",
    "Folic acid taken regularly",
    ("领了还要按时吃，才能预防缺陷。", "Given is not taken: it protects only if taken."),
    who.FOLIC_WOMEN,
    who.takes_regularly,
    source=FOLIC_ACID.source,
)
PREMARITAL_CHECKS = count(
    "premarital_checks",
    "婚前医学检查人数",
    "Premarital checks",
    ("婚检是出生缺陷的第一道防线。", "The first defence against birth defects."),
    who.PREMARITAL_CHECKS,
    better=HIGHER,
)
PRECONCEPTION_CHECKS = count(
    "preconception_checks",
    "孕前优生健康检查人数",
    "Pre-pregnancy checks",
    ("孕前发现风险，比孕后处理更有效。", "A risk found before pregnancy is best mended."),
    who.PRECONCEPTION_CHECKS,
    better=HIGHER,
)
PRECONCEPTION_RISK = rate_of(
    "preconception_risk",
    "孕前高风险比例",
    "Pre-pregnancy checks at high risk",
    ("检出的高风险人群须逐一咨询指导。", "Each at high risk is owed advice."),
    who.PRECONCEPTION_CHECKS,
    who.preconception_risk,
    better=NEITHER,
)

ALL = (
    SERVICES_GIVEN,
    ANTENATAL,
    POSTNATAL,
    BOOKLET_RATE,
    EARLY_CHECK_RATE,
    ANTENATAL_RATE,
    POSTNATAL_VISIT_RATE,
    POSTNATAL_VISIT_MATURED,
    WEEK_VISIT_RATE,
    WEEK_VISIT_MATURED,
    FINAL_CHECK_RATE,
    FINAL_CHECK_MATURED,
    REGISTERED,
    REGISTERED_EARLY,
    PREGNANT,
    ANTENATAL_BY_PACE,
    ANTENATAL_OVERDUE,
    HIGH_RISK_NOW,
    SUBSIDISED,
    SUBSIDISED_ELSEWHERE,
    SUBSIDY_PAID,
    FOLIC_ACID_WOMEN,
    FOLIC_ACID_BOTTLES,
    FOLIC_ACID_REGULAR,
    PREMARITAL_CHECKS,
    PRECONCEPTION_CHECKS,
    PRECONCEPTION_RISK,
)
