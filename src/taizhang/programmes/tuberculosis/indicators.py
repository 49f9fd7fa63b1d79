"""Indicators of tuberculosis: what the designated hospital reports of patients found (counts without persons), and what the primary level
does for those it was notified of, from records. Small counts are withheld from who does not treat these people.

A first visit belongs to a notice when it took place on its day or later; a resident with a second notice is seen by the latest visit.
"""

from taizhang.county.vocabulary import BY_AGE, BY_SEX, lives_here, managing_organisation
from taizhang.kernel.indicators import (
    Attribution,
    Better,
    Breakdown,
    Cell,
    Indicator,
    Population,
    Reported,
    TimeBase,
    residents_where,
)
from taizhang.kernel.query import nodes
from taizhang.kernel.query.words import Expression, always, choose, cutoff, parameter, records, year_end
from taizhang.kernel.reporting import HIGHER, NEITHER, reported, reported_rate
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.elements import REACHED, WAY_OF_VISIT
from taizhang.programmes.tuberculosis.elements import COMPLETED, PATIENT_TYPE, STOP_REASON
from taizhang.programmes.tuberculosis.records import CASE, FIRST_VISIT, FOLLOW_UP, REFERRAL
from taizhang.programmes.tuberculosis.returns import FORM
from taizhang.programmes.tuberculosis.returns import MANAGEMENT as RETURN
from taizhang.programmes.tuberculosis.rules import FIRST, SCREENING, SUPERVISION, TARGETS, regular

# -- what the county's designated hospital reports --------------------------------------------------------------------------------

SUSPECTS = reported(
    FORM,
    "suspects",
    better=HIGHER,
    why=("可疑症状者就诊是发现病人的主要途径。", "Most patients are found among those who come with symptoms."),
)
FOUND = reported(
    FORM, "found", by_row=True, better=HIGHER, why=("及早发现传染源，才能切断传播。", "Finding sources early is what stops transmission.")
)
TASK = reported(
    FORM,
    "task",
    by_row=True,
    better=NEITHER,
    name=("肺结核病人发现年度任务", "Tuberculosis patients to be found this year"),
    why=("上级下达的全年发现任务，是完成率的分母。", "The year's task set from above; the completion rate stands on it."),
)
SUSPECT_RATE = reported_rate(
    FORM,
    "suspects",
    "population",
    code="suspect_rate",
    unit="‰",
    name=("肺结核可疑症状者就诊率", "Suspected tuberculosis patients seen per 1,000 population"),
    why=("反映群众知晓程度和医疗机构的警觉性。", "It shows how aware people are and how watchful institutions."),
)
COMPLETION = reported_rate(
    FORM,
    "found",
    "task",
    code="completion",
    by_row=True,
    name=("肺结核病人发现完成率", "Tuberculosis patients found, of the year's task"),
    why=("衡量全年发现任务的完成进度，可超过百分之百。", "Progress on the year's task; it may pass one hundred percent."),
)

# -- populations ------------------------------------------------------------------------------------------------------------------

_referrals, _cases, _firsts, _visits = records(REFERRAL), records(CASE), records(FIRST_VISIT), records(FOLLOW_UP)

_tracing_deadline = _referrals.referred_on.plus(parameter("tuberculosis.tracing_days"), "day")
_visit_deadline = _cases.notified_on.plus(parameter("tuberculosis.first_visit_days"), "day")


def _rows(name: str, label: Text, rows: nodes.Rows, organisation: Expression, *more: Breakdown) -> Population:
    return Population(
        name=f"tuberculosis_{name}",
        label=label,
        attribution=Attribution.SERVED_BY,
        rows=rows,
        organisation=organisation.node,
        breakdowns=(BY_SEX, BY_AGE, *more),
        sensitive=True,
    )


_BY_TYPE = Breakdown("patient_type", PATIENT_TYPE.label, _cases.patient_type.node, PATIENT_TYPE.codes)

REFERRALS = _rows(
    "referrals",
    Text("推介转诊的肺结核可疑症状者", "Referred with suspicious symptoms"),
    _referrals.where(_referrals.referred_on.in_period).node,
    _referrals.organisation,
)
REFERRALS_MATURED = _rows(
    "referrals_matured",
    Text("追踪期限在时段内届满的推介转诊", "Referrals whose time of following up ended in the period"),
    _referrals.where(_tracing_deadline.in_period).node,
    _referrals.organisation,
)
NOTICES = _rows(
    "notices",
    Text("通知管理的肺结核患者", "Tuberculosis patients notified of"),
    _cases.where(_cases.notified_on.in_period).node,
    _cases.organisation,
    _BY_TYPE,
)
NOTICES_MATURED = _rows(
    "notices_matured",
    Text("72小时期限在时段内届满的肺结核患者", "Tuberculosis patients whose 72 hours ended in the period"),
    _cases.where(_visit_deadline.in_period).node,
    _cases.organisation,
    _BY_TYPE,
)
CLOSED_CASES = _rows(
    "closed_cases",
    Text("停止治疗的肺结核患者", "Tuberculosis patients whose treatment stopped"),
    _cases.where(_cases.stopped_on.in_period).node,
    _cases.organisation,
    Breakdown("stop_reason", STOP_REASON.label, _cases.stop_reason.node, STOP_REASON.codes),
)
TREATED = _rows(
    "treated",
    Text("完成治疗的肺结核患者", "Tuberculosis patients who completed treatment"),
    _cases.where(_cases.stopped_on.in_period & (_cases.stop_reason == COMPLETED)).node,
    _cases.organisation,
    _BY_TYPE,
)
VISITS_MADE = _rows(
    "visits",
    Text("肺结核患者随访（访到）", "Visits to tuberculosis patients, reached"),
    _visits.where(_visits.visited_on.in_period & (_visits.outcome == REACHED)).node,
    _visits.organisation,
    Breakdown("way", WAY_OF_VISIT.label, _visits.way.node, WAY_OF_VISIT.codes),
)

_case = _cases.where((_cases.notified_on <= cutoff) & (_cases.stopped_on.is_missing | (_cases.stopped_on > cutoff))).last_by("notified_on")
PATIENTS = residents_where(
    "tuberculosis_patients",
    Text("在管肺结核患者", "Tuberculosis patients under management"),
    lives_here
    & _case.exists.named(
        "截止日在治在管",
        "under treatment and management at the cut-off",
        unmet=Text("截止日没有在管专档：尚未通知管理，或已停止治疗", "no open case at the cut-off: no notice yet, or treatment stopped"),
    ),
    organisation=managing_organisation,
    breakdowns=(BY_SEX, BY_AGE),
    sensitive=True,
)

# -- parts --------------------------------------------------------------------------------------------------------------------------

_last_first_visit = _firsts.where((_firsts.visited_on <= cutoff) & (_firsts.outcome == REACHED)).last_by("visited_on")
_visited = (_last_first_visit.visited_on >= _cases.notified_on).named(
    "已作第一次入户随访",
    "visited at home for the first time",
    unmet=Text("第一次入户随访：接到通知后尚未访到患者", "first home visit: the patient has not been met since the notice"),
    source=FIRST,
)
_arrived = (_referrals.arrived_on <= cutoff).named(
    "已到位就诊", "arrived at the hospital", unmet=Text("尚未到位就诊", "has not arrived at the hospital"), source=SCREENING
)

# -- indicators ---------------------------------------------------------------------------------------------------------------------


def _cell(element: str) -> Cell:
    return Cell(RETURN.code, element)


def _count(
    code: str,
    zh: str,
    en: str,
    why: tuple[str, str],
    *,
    people: Population,
    source: Source,
    unit: str = "人",
    better: Better = Better.NEITHER,
    element: str = "",
) -> Indicator:
    """How many there are; element: where returns have it."""
    return Indicator(
        code=f"tuberculosis.{code}", name=Text(zh, en), unit=unit, counting_unit=unit, time_base=TimeBase.FLOW,
        attribution=people.attribution, better=better, source=source, why=Text(*why), population=people, numerator=always.node,
        reported=Reported(numerator=_cell(element)) if element else None,
    )  # fmt: skip


def _share(
    code: str,
    zh: str,
    en: str,
    why: tuple[str, str],
    *,
    people: Population,
    numerator: Expression,
    base: TimeBase,
    source: Source,
    cells: tuple[str, str] | None = None,
) -> Indicator:
    """A share of the population; cells: where returns have its two counts."""
    return Indicator(
        code=f"tuberculosis.{code}", name=Text(zh, en), unit="%", places=2, counting_unit="人", time_base=base,
        attribution=people.attribution, better=Better.HIGHER, source=source, why=Text(*why), population=people,
        numerator=numerator.node, denominator=always.node,
        reported=Reported(numerator=_cell(cells[0]), denominator=_cell(cells[1])) if cells else None,
    )  # fmt: skip


REFERRED = _count(
    "referred",
    "推介转诊肺结核可疑症状者",
    "Referred with suspicious symptoms of tuberculosis",
    (
        "基层发现可疑症状者并转到定点医院，是发现患者的第一步。",
        "The primary level sending suspects to the hospital is the first step of finding patients.",
    ),
    people=REFERRALS,
    source=SCREENING,
    better=Better.HIGHER,
    element="referred",
)
ARRIVED = _share(
    "arrival",
    "肺结核可疑症状者转诊到位率",
    "Referred suspects who arrived",
    ("转出的人到没到定点医院，决定转诊有没有用。", "A referral is of use only if the person arrives."),
    people=REFERRALS,
    numerator=_arrived,
    base=TimeBase.FLOW,
    source=SCREENING,
    cells=("arrived", "referred"),
)
TRACED = _share(
    "traced",
    "肺结核可疑症状者追踪到位率",
    "Referred suspects traced to the hospital",
    (
        "一周期限已满的转诊中，已到位就诊的比例；期限未满的尚不计。",
        "Of referrals whose week is over, the share that arrived; the others are not due yet.",
    ),
    people=REFERRALS_MATURED,
    numerator=_arrived,
    base=TimeBase.MATURED,
    source=SCREENING,
)
TRACED_ON_TIME = _share(
    "traced_on_time",
    "肺结核可疑症状者一周内随访率",
    "Referred suspects followed up within a week",
    (
        "转诊后一周内应电话了解是否就诊；自行到位的视同已随访。",
        "Whether the hospital was seen is asked within a week; arriving by then counts too.",
    ),
    people=REFERRALS_MATURED,
    numerator=((_referrals.traced_on <= _tracing_deadline) | (_referrals.arrived_on <= _tracing_deadline)).named(
        "一周内已随访或已到位",
        "followed up or arrived within a week",
        unmet=Text("转诊后一周内没有随访，也未到位", "neither followed up nor arrived within a week"),
        source=SCREENING,
    ),
    base=TimeBase.MATURED,
    source=SCREENING,
)
NOTIFIED = _count(
    "notified",
    "通知管理肺结核患者",
    "Tuberculosis patients notified of",
    (
        "定点医院确诊并通知基层管理的患者，是管理率的分母。",
        "Patients the hospital diagnosed and told the primary level of: the base of the management rate.",
    ),
    people=NOTICES,
    source=TARGETS,
    element="notified",
)
MANAGEMENT = _share(
    "management",
    "肺结核患者管理率",
    "Tuberculosis patients under management",
    (
        "国家规范的考核指标：同期通知管理的患者中已入户管理的比例。",
        "The national measure: of those notified of in the period, the share under management.",
    ),
    people=NOTICES,
    numerator=_visited,
    base=TimeBase.FLOW,
    source=TARGETS,
    cells=("managed", "notified"),
)
MANAGEMENT_BY_PACE = _share(
    "management_by_pace",
    "肺结核患者按进度管理率",
    "Tuberculosis patients under management, by pace",
    (
        "72小时未满的视同已管理，年中不因刚接到的通知单而失分；到12月31日与管理率相同。",
        "Whose 72 hours are not over counts as managed; on 31 December it equals the management rate.",
    ),
    people=NOTICES,
    numerator=(_visited | ((_visit_deadline > cutoff) & (cutoff < year_end))).named(
        "已作第一次入户随访或尚未到期",
        "visited at home, or not yet due",
        unmet=Text("72小时已满，尚未访到患者", "72 hours are over and the patient has not been met"),
        source=FIRST,
    ),
    base=TimeBase.DUE_TO_DATE,
    source=TARGETS,
)
FIRST_VISIT_ON_TIME = _share(
    "first_visit_on_time",
    "肺结核患者72小时内入户随访率",
    "Tuberculosis patients visited within 72 hours",
    (
        "接到通知单72小时内入户，才能尽早落实督导服药和密切接触者检查。",
        "Within 72 hours of the notice supervision begins and contacts are examined.",
    ),
    people=NOTICES_MATURED,
    numerator=((_last_first_visit.visited_on >= _cases.notified_on) & (_last_first_visit.visited_on <= _visit_deadline)).named(
        "72小时内已作第一次入户随访",
        "visited at home within 72 hours",
        unmet=Text("接到通知单72小时内没有访到患者", "the patient was not met within 72 hours of the notice"),
        source=FIRST,
    ),
    base=TimeBase.MATURED,
    source=FIRST,
)
UNDER_MANAGEMENT = Indicator(
    code="tuberculosis.patients",
    name=Text("在管肺结核患者", "Tuberculosis patients under management now"),
    unit="人",
    counting_unit="人",
    time_base=TimeBase.STOCK,
    attribution=Attribution.MANAGED_BY,
    better=Better.NEITHER,
    source=TARGETS,
    why=Text("正在治疗、需要督导服药的患者数。", "How many are under treatment and need supervision."),
    population=PATIENTS,
    numerator=always.node,
)
VISITS = _count(
    "visits",
    "肺结核患者随访人次",
    "Visits to tuberculosis patients",
    ("反映督导服药和随访的工作量；未访到不计。", "The work of supervision; those not reached are not counted."),
    people=VISITS_MADE,
    source=SUPERVISION,
    unit="人次",
    element="visits",
)
CLOSED = _count(
    "closed",
    "停止治疗肺结核患者",
    "Tuberculosis patients whose treatment stopped",
    (
        "按停止治疗原因看转归：完成疗程、死亡、丢失、转入耐多药治疗。",
        "By reason it shows what became of them: completed, died, lost, resistant.",
    ),
    people=CLOSED_CASES,
    source=TARGETS,
)
COMPLETED_COUNT = _count(
    "completed",
    "完成治疗肺结核患者",
    "Tuberculosis patients who completed treatment",
    ("完成疗程的患者是规则服药率的分母。", "Who completed treatment is the base of the regularity rate."),
    people=TREATED,
    source=TARGETS,
    better=Better.HIGHER,
    element="completed",
)
REGULAR = _share(
    "regular",
    "肺结核患者规则服药率",
    "Tuberculosis patients who took medicines regularly",
    ("全疗程规则服药才能治愈，并防止耐药。", "Only medicines taken regularly over the whole course cure and prevent resistance."),
    people=TREATED,
    numerator=regular(_cases),
    base=TimeBase.FLOW,
    source=TARGETS,
    cells=("regular", "completed"),
)

_last_visit = _visits.where((_visits.visited_on <= cutoff) & _visits.next_due_on.is_present).last_by("visited_on")
_next_due = choose(
    (_last_visit.visited_on >= _case.notified_on, _last_visit.next_due_on),
    (_last_first_visit.visited_on >= _case.notified_on, _last_first_visit.next_due_on),
    otherwise=_case.notified_on.plus(parameter("tuberculosis.first_visit_days"), "day"),
)
OVERDUE = Indicator(
    code="tuberculosis.overdue",
    name=Text("肺结核随访逾期人数", "Tuberculosis patients whose visit is overdue"),
    unit="人",
    counting_unit="人",
    time_base=TimeBase.STOCK,
    attribution=Attribution.MANAGED_BY,
    better=Better.LOWER,
    source=SUPERVISION,
    why=Text("这些患者可能已经中断服药，今天就该去访。", "These may have stopped their medicines: they should be visited today."),
    population=PATIENTS,
    numerator=(_next_due.plus(parameter("tuberculosis.overdue_grace_days"), "day") < cutoff)
    .named("应随访而逾期未随访", "visit overdue", source=SUPERVISION)
    .node,
)
