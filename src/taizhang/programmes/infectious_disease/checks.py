"""Checks on the register and the cards."""

from taizhang.county.vocabulary import resident
from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.query.words import cutoff, days_between, parameter, records
from taizhang.kernel.text import Text
from taizhang.programmes.infectious_disease import elements as e
from taizhang.programmes.infectious_disease.event_elements import CLOSING
from taizhang.programmes.infectious_disease.event_indicators import CHECKS, EVENTS, EVENTS_REPORTED, FOLLOWING
from taizhang.programmes.infectious_disease.indicators import CARDS, MATURED
from taizhang.programmes.infectious_disease.records import CARD, EVENT_REPORT, MISSED_CHECK, SUSPICION

_card, _entry = records(CARD), records(SUSPICION)
_event, _check = records(EVENT_REPORT), records(MISSED_CHECK)

MISSED = Check(
    code="infectious_disease.missed",
    name=Text("登记的传染病没有报告（漏报）", "A registered case was not reported"),
    severity=Severity.CRITICAL,
    population=MATURED,
    condition=((_entry.due_on <= cutoff) & (_entry.outcome == e.NOT_REPORTED)).node,
    explanation=Text("时限已满，登记的病例没有对应的报告卡。", "The time has run out and no card answers the entry."),
    remedy=Text("立即补报；诊断已排除的，在登记中改为“排除”。", "Report at once; if it was excluded, say so in the register."),
)
LATE = Check(
    code="infectious_disease.late",
    name=Text("传染病报告超过时限", "A case was reported late"),
    severity=Severity.WARNING,
    population=CARDS,
    condition=(_card.took_minutes > _card.limit_minutes).node,
    explanation=Text(
        "诊断至网络报告超过2小时或24小时，也可能是时间填错。", "Later than two or twenty-four hours; or a time was written down wrongly."
    ),
    remedy=Text("核对诊断时间和报告时间；确属迟报的查明环节。", "Check both times; if it was late, find out where."),
)
DOUBLED = Check(
    code="infectious_disease.doubled",
    name=Text("同一病例重复报卡", "Two cards of one illness"),
    severity=Severity.WARNING,
    population=CARDS,
    condition=_card.doubled.node,
    explanation=Text(
        "两家机构都报了，或订正时误填为初次报告。", "Two institutions reported it, or a correction was entered as a first card."
    ),
    remedy=Text("保留先报的一张，其余作废或改为订正报告。", "Keep the first; void the other, or make it a correction."),
)
INCOMPLETE = Check(
    code="infectious_disease.incomplete",
    name=Text("报告卡应填项目未填全", "A card lacks items"),
    severity=Severity.WARNING,
    population=CARDS,
    condition=(~_card.complete).node,
    explanation=Text("14岁以下没有家长姓名、学生没有学校等。", "No parent for a child, no school for a pupil, and the like."),
    remedy=Text("按卡上的“尚缺项目”补填。", "Fill in what the card says is lacking."),
)
NOT_NEWBORN = Check(
    code="infectious_disease.tetanus_age",
    name=Text("新生儿破伤风的发病日龄不符", "Neonatal tetanus at another age"),
    severity=Severity.CRITICAL,
    population=CARDS,
    condition=(
        (_card.disease == "neonatal_tetanus")
        & (days_between(resident.birth_date, _card.onset_on) > parameter("infectious_disease.newborn_days"))
    ).node,
    explanation=Text("发病时已超过28日龄，病种或日期有误。", "Past the 28th day of life at the onset: a wrong disease or day."),
    remedy=Text("核对出生日期、发病日期和病种。", "Check birth date, onset and disease."),
)
AFTER_DEATH = Check(
    code="infectious_disease.onset_after_death",
    name=Text("发病日期晚于死亡日期", "The onset is after the death"),
    severity=Severity.CRITICAL,
    population=CARDS,
    condition=(_card.onset_on > resident.died_on).node,
    explanation=Text("报告卡可能是虚构的，或死亡日期登记有误。", "The card may be made up, or the date of death may be wrong."),
    remedy=Text("核对死亡日期；不实的卡片作废。", "Check the date of death; void a card that is not true."),
)
EVENT_NOT_REPORTED = Check(
    code="infectious_disease.event_not_reported",
    name=Text("突发公共卫生事件接到报告后没有网络报告", "An emergency learnt of and not reported"),
    severity=Severity.CRITICAL,
    population=EVENTS,
    condition=(_event.reported_on.is_missing & (_event.due_on < cutoff)).node,
    explanation=Text(
        "2小时时限已过，没有网络报告时间；可能漏报，也可能没有补填。", "Two hours have passed without a report, or nobody wrote it down."
    ),
    remedy=Text("立即报告；已报告的补填网络报告的日期、时、分。", "Report at once, or fill in day, hour and minute."),
)
EVENT_LATE = Check(
    code="infectious_disease.event_late",
    name=Text("突发公共卫生事件报告超过2小时", "An emergency reported after two hours"),
    severity=Severity.WARNING,
    population=EVENTS_REPORTED,
    condition=(_event.took_minutes > _event.limit_minutes).node,
    explanation=Text("接到报告至网络报告超过2小时，也可能是时间填错。", "Later than two hours; or a time was written down wrongly."),
    remedy=Text("核对两个时间；确属迟报的查明环节。", "Check both times; if it was late, find out where."),
)
EVENT_NOT_FOLLOWED = Check(
    code="infectious_disease.event_not_followed",
    name=Text("突发公共卫生事件进程报告逾期", "A report in progress is overdue"),
    severity=Severity.WARNING,
    population=FOLLOWING,
    condition=((_event.next_stage != CLOSING) & _event.answered_on.is_missing & (_event.next_due_on < cutoff)).node,
    explanation=Text(
        "特别重大、重大事件须按日进程报告，上次报告后没有下一次，事件也没有终止。",
        "A serious event is reported on daily until it has ended.",
    ),
    remedy=Text("补报进程；事件已终止的填写终止日期。", "Report on its progress, or say when it ended."),
)
EVENT_NOT_CLOSED = Check(
    code="infectious_disease.event_not_closed",
    name=Text("突发公共卫生事件结案报告逾期", "A closing report is overdue"),
    severity=Severity.WARNING,
    population=FOLLOWING,
    condition=((_event.next_stage == CLOSING) & _event.answered_on.is_missing & (_event.next_due_on < cutoff)).node,
    explanation=Text("事件终止已满两周，没有结案报告。", "Two weeks after its end there is no closing report."),
    remedy=Text("总结处置过程，完成结案报告。", "Sum up what was done, and close it."),
)
MISSED_NOT_MENDED = Check(
    code="infectious_disease.missed_not_mended",
    name=Text("查出的漏报没有补报", "Missed cases found and not made good"),
    severity=Severity.CRITICAL,
    population=CHECKS,
    condition=((_check.missed > 0) & _check.mended_on.is_missing).node,
    explanation=Text("漏报调查查出漏报病例，没有补报完成日期。", "A check found missed cases, and no day says that they were reported."),
    remedy=Text("逐例补报后填写补报完成日期。", "Report each, then fill in the day."),
)
