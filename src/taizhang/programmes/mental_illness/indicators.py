"""Indicators of the management of severe mental illness. Registered: a case that is open at the cut-off. Under management: registered and
agreed to it. Small counts are withheld from who does not treat these people."""

from dataclasses import replace

from taizhang.county.vocabulary import BY_AGE, BY_SEX, managing_organisation
from taizhang.kernel.indicators import (
    RESIDENT_POPULATION,
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
from taizhang.kernel.query.words import Expression, always, records
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.chronic import indicators as chronic
from taizhang.programmes.chronic.words import case_on_cutoff, early_deadline, last_visit_this_year, under_management
from taizhang.programmes.elements import FACE_TO_FACE, REACHED, WAY_OF_VISIT
from taizhang.programmes.mental_illness.elements import AGREED, DIAGNOSIS, FAIRLY_STABLE, NOT_ASSESSED, REGULAR, RISK, STABLE
from taizhang.programmes.mental_illness.records import FOLLOW_UP, MENTAL_ILLNESS
from taizhang.programmes.mental_illness.returns import FORM
from taizhang.programmes.mental_illness.rules import HIGH_RISK
from taizhang.programmes.mental_illness.visits import WITHIN_TWO_WEEKS

TARGETS = MENTAL_ILLNESS.indicators_clause
WORK_RULES = Source("严重精神障碍管理治疗工作规范（2018年版）", "附 工作指标（未核对原文）")

# -- populations ------------------------------------------------------------------------------------------------------------------

_case = case_on_cutoff(MENTAL_ILLNESS)
_visits = records(FOLLOW_UP)
_last = last_visit_this_year(MENTAL_ILLNESS)

BY_DIAGNOSIS = Breakdown("diagnosis", DIAGNOSIS.label, _case.diagnosis.node, DIAGNOSIS.codes)

_agreed = (_case.consent == AGREED).named(
    "同意参加管理",
    "agreed to be managed",
    unmet=Text("本人或监护人不同意参加管理", "neither the patient nor the guardian agrees to it"),
    source=MENTAL_ILLNESS.service_clause,
)


def _people(name: str, label: Text, condition: Expression) -> Population:
    return residents_where(
        name, label, condition, organisation=managing_organisation, breakdowns=(BY_SEX, BY_AGE, BY_DIAGNOSIS), sensitive=True
    )


REGISTERED_PATIENTS = _people(
    "mental_illness_registered",
    Text("在册严重精神障碍患者", "Registered patients with severe mental illness"),
    under_management(MENTAL_ILLNESS),
)
PATIENTS = _people(
    "mental_illness_patients",
    Text("在管严重精神障碍患者", "Patients with severe mental illness under management"),
    under_management(MENTAL_ILLNESS) & _agreed,
)
MEETINGS = Population(
    name="mental_illness_meetings",
    label=Text("严重精神障碍患者面对面随访", "Face-to-face follow-ups of severe mental illness"),
    attribution=Attribution.SERVED_BY,
    rows=_visits.where(_visits.visited_on.in_period & _visits.way.is_in(*FACE_TO_FACE) & (_visits.outcome == REACHED)).node,
    organisation=_visits.organisation.node,
    breakdowns=(
        BY_SEX,
        Breakdown("way", WAY_OF_VISIT.label, _visits.way.node, tuple(c for c in WAY_OF_VISIT.codes if c[0] in FACE_TO_FACE)),
        Breakdown("risk", RISK.label, _visits.risk.node, tuple((code, Text(f"{code}级", f"risk {code}")) for code, _ in RISK.codes)),
    ),
    sensitive=True,
)
EARLY_DUTIES = Population(
    name="mental_illness_early_duties",
    label=Text("应在2周内随访的严重精神障碍患者随访", "Visits in severe mental illness to be followed within two weeks"),
    attribution=Attribution.SERVED_BY,
    rows=_visits.where(
        (_visits.visit_class != NOT_ASSESSED) & _visits.due_reason.is_in(*WITHIN_TWO_WEEKS) & early_deadline(MENTAL_ILLNESS).in_period
    ).node,
    organisation=_visits.organisation.node,
    breakdowns=(BY_SEX,),
    sensitive=True,
)

# -- indicators ---------------------------------------------------------------------------------------------------------------------


def _cell(element: str) -> Cell:
    return Cell(FORM.code, element)


def _rate(
    code: str,
    zh: str,
    en: str,
    why: tuple[str, str],
    *,
    people: Population,
    numerator: Expression,
    denominator: nodes.Value,
    cells: tuple[str, str],
    base: TimeBase,
    source: Source = TARGETS,
) -> Indicator:
    """A share of patients; cells: where returns have its two counts."""
    return Indicator(
        code=MENTAL_ILLNESS.named(code), name=Text(zh, en), unit="%", places=2, counting_unit="人", time_base=base,
        attribution=Attribution.MANAGED_BY, better=Better.HIGHER, source=source, why=Text(*why), population=people,
        numerator=numerator.node, denominator=denominator, reported=Reported(numerator=_cell(cells[0]), denominator=_cell(cells[1])),
    )  # fmt: skip


REGISTERED = Indicator(
    code="mental_illness.registered",
    name=Text("在册严重精神障碍患者", "Registered patients with severe mental illness"),
    unit="人",
    counting_unit="人",
    time_base=TimeBase.STOCK,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=TARGETS,
    why=Text("登记在册的确诊患者是各项管理指标的底数。", "The diagnosed patients on the register are the base of every other figure."),
    population=REGISTERED_PATIENTS,
    numerator=always.node,
    reported=Reported(numerator=_cell("registered")),
)
PREVALENCE = Indicator(
    code="mental_illness.prevalence",
    name=Text("严重精神障碍患者报告患病率", "Registered prevalence of severe mental illness"),
    unit="‰",
    places=2,
    counting_unit="人",
    time_base=TimeBase.STOCK,
    attribution=Attribution.MANAGED_BY,
    better=Better.NEITHER,
    source=WORK_RULES,
    why=Text(
        "在册患者与常住人口之比，偏低说明还有患者没有被发现。",
        "Registered patients over the population: a low rate means patients not found.",
    ),
    population=REGISTERED_PATIENTS,
    numerator=always.node,
    denominator=RESIDENT_POPULATION,
    reported=Reported(numerator=_cell("registered"), denominator=RESIDENT_POPULATION),
)
MANAGED = Indicator(
    code="mental_illness.managed",
    name=Text("在管严重精神障碍患者", "Patients with severe mental illness under management"),
    unit="人",
    counting_unit="人",
    time_base=TimeBase.STOCK,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=TARGETS,
    why=Text(
        "纳入管理的患者才能得到随访、用药指导和救治救助。", "Only those under management are followed up, advised on drugs and helped."
    ),
    population=PATIENTS,
    numerator=always.node,
    reported=Reported(numerator=_cell("managed")),
)
MANAGEMENT = _rate(
    "management",
    "严重精神障碍患者管理率",
    "Registered patients under management",
    ("在册患者中同意并纳入管理的比例。", "Of those registered, the share that agreed to be managed."),
    people=REGISTERED_PATIENTS,
    numerator=_agreed,
    denominator=always.node,
    cells=("managed", "registered"),
    base=TimeBase.STOCK,
    source=WORK_RULES,
)
VISITS = Indicator(
    code="mental_illness.visits",
    name=Text("严重精神障碍患者面对面随访", "Face-to-face follow-ups of severe mental illness"),
    unit="人次",
    counting_unit="人次",
    time_base=TimeBase.FLOW,
    attribution=Attribution.SERVED_BY,
    better=Better.HIGHER,
    source=MENTAL_ILLNESS.assessment_clause,
    why=Text("面对面随访才能评估危险性和病情。", "Risk and condition can be judged face to face only."),
    population=MEETINGS,
    numerator=always.node,
    reported=Reported(numerator=_cell("visits")),
)
MET = _rate(
    "met",
    "严重精神障碍患者面访率",
    "Patients met face to face",
    (
        "时段内至少当面见过一次的在册患者比例；电话不算面访。",
        "The share of registered patients seen at least once in the period; calls do not count.",
    ),
    people=REGISTERED_PATIENTS,
    numerator=_visits.where(_visits.visited_on.in_period & _visits.way.is_in(*FACE_TO_FACE) & (_visits.outcome == REACHED))
    .exist()
    .named(
        "时段内至少面访一次",
        "met at least once in the period",
        unmet=Text("时段内没有面访：当面随访一次即可", "not met in the period: one visit face to face will mend it"),
        source=MENTAL_ILLNESS.assessment_clause,
    ),
    denominator=always.node,
    cells=("met", "registered"),
    base=TimeBase.FLOW,
    source=WORK_RULES,
)
STANDARD_BY_PACE = chronic.standard_by_pace(
    MENTAL_ILLNESS, REGISTERED_PATIENTS, Text("严重精神障碍患者按进度规范管理率", "Severe mental illness managed to standard, by pace")
)
STANDARD = replace(
    chronic.standard(MENTAL_ILLNESS, REGISTERED_PATIENTS, Text("严重精神障碍患者规范管理率", "Severe mental illness managed to standard")),
    reported=Reported(numerator=_cell("standard"), denominator=_cell("registered")),
)
STABLE_RATE = _rate(
    "stable",
    "在管患者病情稳定率",
    "Managed patients who are stable",
    (
        "最近一次随访为稳定或基本稳定的在管患者比例；本年没有评估的按不稳定计。",
        "The share whose last visit was stable or fairly stable; not assessed this year counts as not stable.",
    ),
    people=PATIENTS,
    numerator=_last.visit_class.is_in(STABLE, FAIRLY_STABLE).named(
        "最近一次随访病情稳定或基本稳定",
        "stable or fairly stable at the last visit",
        unmet=Text("最近一次随访病情不稳定，或本年没有随访、未访到", "unstable at the last visit, or no visit or not reached this year"),
        source=WORK_RULES,
    ),
    denominator=always.node,
    cells=("stable", "managed"),
    base=TimeBase.LAST,
    source=WORK_RULES,
)
REGULAR_RATE = _rate(
    "regular",
    "在管患者规律服药率",
    "Managed patients who take medicines regularly",
    (
        "最近一次随访按医嘱规律用药的比例；医嘱无需用药的不计。",
        "The share taking medicines as ordered; those with none ordered are left out.",
    ),
    people=PATIENTS,
    numerator=(_last.adherence == REGULAR).named(
        "最近一次随访按医嘱规律用药",
        "medicines taken regularly at the last visit",
        unmet=Text("最近一次随访为间断用药或不用药", "with breaks or not at all at the last visit"),
        source=WORK_RULES,
    ),
    denominator=_last.adherence.is_in("1", "2", "3")
    .named(
        "最近一次随访有用药医嘱",
        "medicines ordered at the last visit",
        unmet=Text("最近一次随访没有用药医嘱，或没有填用药依从性", "no medicines ordered at the last visit, or adherence not filled in"),
    )
    .node,
    cells=("regular", "treated"),
    base=TimeBase.LAST,
    source=WORK_RULES,
)
HIGH_RISK_PATIENTS = Indicator(
    code="mental_illness.high_risk",
    name=Text("危险性3级及以上在管患者", "Managed patients with a risk of 3 or more"),
    unit="人",
    counting_unit="人",
    time_base=TimeBase.LAST,
    attribution=Attribution.MANAGED_BY,
    better=Better.NEITHER,
    source=MENTAL_ILLNESS.classes_clause,
    why=Text("这些患者要立即转诊、联合管控并在两周内随访。", "These must be referred, watched over jointly and visited within two weeks."),
    population=PATIENTS,
    numerator=_last.risk.is_in(*HIGH_RISK)
    .named(
        "最近一次危险性评估3级及以上",
        "risk of 3 or more at the last visit",
        unmet=Text("最近一次危险性评估低于3级，或本年没有评估", "risk below 3 at the last visit, or not assessed this year"),
        source=MENTAL_ILLNESS.classes_clause,
    )
    .node,
)
OVERDUE = chronic.overdue(
    MENTAL_ILLNESS, REGISTERED_PATIENTS, Text("严重精神障碍患者随访逾期人数", "Severe mental illness: patients whose visit is overdue")
)
EARLY_ON_TIME = chronic.early_on_time(
    MENTAL_ILLNESS,
    EARLY_DUTIES,
    Text("严重精神障碍两周内随访及时率", "Severe mental illness: two-week visits made on time"),
    why=Text(
        "不稳定或刚调整治疗的患者两周内必须再随访，是防范肇事肇祸的关键。",
        "Who is unstable or has a new treatment is seen again within two weeks: it is what prevents harm.",
    ),
)
