"""Checks on the records of severe mental illness."""

from taizhang.county.vocabulary import BY_SEX
from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.indicators import Attribution, Population
from taizhang.kernel.query.words import records
from taizhang.kernel.text import Text
from taizhang.programmes.chronic import checks as chronic
from taizhang.programmes.elements import REACHED
from taizhang.programmes.mental_illness.indicators import REGISTERED_PATIENTS
from taizhang.programmes.mental_illness.records import FOLLOW_UP, MENTAL_ILLNESS
from taizhang.programmes.mental_illness.rules import HIGH_RISK

_visits = records(FOLLOW_UP)

RECORDED_VISITS = Population(
    name="mental_illness_recorded_visits",
    label=Text(
        "时段内严重精神障碍随访记录（含失访）", "Visits in severe mental illness recorded in the period, those not reached included"
    ),
    attribution=Attribution.SERVED_BY,
    rows=_visits.where(_visits.visited_on.in_period).node,
    organisation=_visits.organisation.node,
    breakdowns=(BY_SEX,),
    sensitive=True,
)

VISIT_AFTER_DEATH = chronic.visit_after_death(MENTAL_ILLNESS, RECORDED_VISITS)
ONLY_BY_TELEPHONE = chronic.only_by_telephone(MENTAL_ILLNESS, REGISTERED_PATIENTS)
RECORDED_LATE = chronic.recorded_late(MENTAL_ILLNESS, RECORDED_VISITS)

HIGH_RISK_NOT_REFERRED = Check(
    code="mental_illness.high_risk_not_referred",
    name=Text("危险性3级及以上未转诊也未住院", "A risk of 3 or more, neither referred nor in hospital"),
    severity=Severity.CRITICAL,
    population=RECORDED_VISITS,
    condition=(
        (_visits.outcome == REACHED) & _visits.risk.is_in(*HIGH_RISK) & ~(_visits.referred == "2") & ~(_visits.hospitalisation == "1")
    ).node,
    explanation=Text(
        "规范要求对症处理后立即转诊；可能漏转，也可能漏记。",
        "The specification asks for a referral at once; it was left out, or not written down.",
    ),
    remedy=Text(
        "核实患者现状，立即转诊或补记转诊、住院情况。", "Find out how the patient is; refer at once, or write down the referral or stay."
    ),
)

SEVERE_AND_STABLE = Check(
    code="mental_illness.harm_with_low_risk",
    name=Text("有肇事肇祸而危险性评估为0级", "Harm was done, yet the risk is 0"),
    severity=Severity.WARNING,
    population=RECORDED_VISITS,
    condition=(
        (_visits.risk == "0") & ((_visits.incidents_trouble >= 1) | (_visits.incidents_disaster >= 1) | (_visits.incidents_other >= 1))
    ).node,
    explanation=Text("两项互相矛盾，危险性可能评估过低。", "The two contradict each other; the risk may be set too low."),
    remedy=Text("对照纸质记录重新评估危险性。", "Assess the risk again from the paper record."),
)
