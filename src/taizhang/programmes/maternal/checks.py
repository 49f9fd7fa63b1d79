"""Checks on the records of mothers and births."""

from taizhang.county.vocabulary import resident
from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.query.words import cutoff, days_between
from taizhang.kernel.text import Text
from taizhang.programmes.maternal import populations as who

NEVER_REGISTERED = Check(
    code="maternal.never_registered",
    name=Text("分娩而没有建册记录", "A birth without a registration"),
    severity=Severity.WARNING,
    population=who.DELIVERIES,
    condition=who.deliveries.registered_on.is_missing.node,
    explanation=Text("可能在外地建册，或建册记录漏录。", "She may have been registered elsewhere, or the record is missing."),
    remedy=Text("向产妇核对母子健康手册，补录建册和产前检查。", "Look at her handbook and write down what is missing."),
)

HIGH_RISK_WITHOUT_FILE = Check(
    code="maternal.high_risk_without_file",
    name=Text("高危孕产妇没有建立专案", "High risk without a special file"),
    severity=Severity.CRITICAL,
    population=who.DELIVERIES,
    condition=(who.orange_or_red & who.deliveries.special_on.is_missing).node,
    explanation=Text("橙、红孕产妇应纳入高危专案管理。", "Orange and red are owed a special file."),
    remedy=Text("查清原因，补建专案并报告。", "Find out why; open the file and report it."),
)

INFECTED_WITHOUT_FILE = Check(
    code="maternal.infected_without_file",
    name=Text("传染病（紫色）孕产妇没有建立专案", "An infected mother without a special file"),
    severity=Severity.CRITICAL,
    population=who.GAVE_BIRTH,
    condition=who.purple_without_file.node,
    explanation=Text("紫色孕产妇应纳入高危专案管理，并落实母婴阻断。", "Purple is owed a special file, and the child protection."),
    remedy=Text("查清原因，补建专案，核对治疗和所生儿童用药。", "Find out why; open the file; see to her treatment and the child's."),
)

EXPOSED_WITHOUT_IMMUNOGLOBULIN = Check(
    code="maternal.exposed_without_immunoglobulin",
    name=Text("乙肝暴露新生儿没有及时注射免疫球蛋白", "An exposed newborn without immunoglobulin in time"),
    severity=Severity.CRITICAL,
    population=who.BIRTHS,
    condition=(who.exposed & ~who.protected).node,
    explanation=Text("漏种或漏登，婴儿可能被感染。", "It was missed or not written down; the child may be infected."),
    remedy=Text(
        "核对接种记录；确未注射的尽快补种疫苗并随访检测。", "Check the records; if it was not given, vaccinate now and test later."
    ),
)

SCREENED_TOO_SOON = Check(
    code="maternal.screened_too_soon",
    name=Text("新生儿疾病筛查采血过早", "Heel blood taken too soon"),
    severity=Severity.INFO,
    population=who.BIRTHS,
    condition=(days_between(who.births.born_on, who.births.heel_blood_on) < 2).node,
    explanation=Text(
        "采血应在出生72小时并充分哺乳后，过早可能漏诊。", "It is taken after 72 hours and full feeding; sooner it may miss the disease."
    ),
    remedy=Text("核对采血日期，必要时重新采血。", "Check the day; take it again where needed."),
)

BORN_ANOTHER_DAY = Check(
    code="maternal.born_another_day",
    name=Text("出生登记与居民出生日期不一致", "Birth registered on another day than the resident's"),
    severity=Severity.WARNING,
    population=who.BIRTHS,
    condition=(who.births.born_on != resident.birth_date).node,
    explanation=Text("其中一个日期有误，会影响月龄和死亡率。", "One of the days is wrong; ages and mortality depend on it."),
    remedy=Text("按出生医学证明核对更正。", "Correct it by the birth certificate."),
)

PAST_DUE = Check(
    code="maternal.past_due",
    name=Text("预产期已过仍无妊娠结局", "Past the due day without an outcome"),
    severity=Severity.WARNING,
    population=who.PREGNANT,
    condition=(who.last_pregnancy.due_on.plus(14, "day") < cutoff).node,
    explanation=Text(
        "可能在外地分娩或漏登结局，产后访视会因此落空。", "She may have given birth elsewhere; the visit after birth is missed."
    ),
    remedy=Text("电话核实，补录妊娠结局并安排产后访视。", "Ring her up, write down the outcome, arrange the visit."),
)
