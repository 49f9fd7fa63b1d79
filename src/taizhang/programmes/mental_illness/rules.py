"""How a visit is classed, and what the forms must hold. The expressions are over one row, still a form or already in the ledger."""

from functools import reduce
from operator import and_, or_

from taizhang.kernel.query.words import Expression, choose, records
from taizhang.kernel.rules import EntryRule, Notice
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.rules import case_rules
from taizhang.programmes.elements import NOT_REACHED, REACHED
from taizhang.programmes.mental_illness.elements import FAIRLY_STABLE, NOT_ASSESSED, STABLE, UNSTABLE
from taizhang.programmes.mental_illness.records import CASE, FOLLOW_UP, MENTAL_ILLNESS
from taizhang.programmes.mental_illness.visits import MONTH_FAIRLY, TWO_WEEKS_FAIRLY, VisitRules

_visit = records(FOLLOW_UP)
_case = records(CASE)
_classes = MENTAL_ILLNESS.classes_clause
_assessment = MENTAL_ILLNESS.assessment_clause

SOCIAL_FUNCTION = ("self_care", "housework", "productive_work", "learning", "social_contact")
INCIDENTS = (
    "incidents_minor", "incidents_trouble", "incidents_disaster", "incidents_other", "incidents_self_harm", "incidents_suicide",
)  # fmt: skip
HIGH_RISK = ("3", "4", "5")
_SEVERE_INCIDENTS = ("incidents_disaster", "incidents_self_harm", "incidents_suicide")


def _any_of(*conditions: Expression) -> Expression:
    return reduce(or_, conditions)


high_risk = _visit.risk.is_in(*HIGH_RISK)
_poor_function = _any_of(*(getattr(_visit, item) == "3" for item in SOCIAL_FUNCTION))

# 不稳定: any one of these.
unstable = _any_of(high_risk, _visit.symptom_level == "3", _visit.insight == "3", _visit.severe_reaction, _visit.severe_somatic).named(
    "病情不稳定", "unstable", source=_classes
)

# 基本稳定: risk 1 or 2, or at least one of symptoms, insight and social function is worse than 稳定 asks for.
fairly_stable = _any_of(_visit.risk.is_in("1", "2"), _visit.symptom_level == "2", _visit.insight == "2", _poor_function).named(
    "病情基本稳定", "fairly stable", source=_classes
)

# 稳定: all of these.
stable = reduce(
    and_,
    (
        _visit.risk == "0",
        _visit.symptom_level == "1",
        _visit.insight == "1",
        *(getattr(_visit, item).is_in("1", "2", "9") for item in SOCIAL_FUNCTION),
    ),
).named("病情稳定", "stable", source=_classes)

visit_class = choose(
    (_visit.outcome == NOT_REACHED, NOT_ASSESSED),
    (_visit.risk.is_missing, NOT_ASSESSED),  # every visit assesses the risk; without it there is no class
    (_visit.doctor_class.is_present, _visit.doctor_class),
    (unstable, UNSTABLE),
    (fairly_stable, FAIRLY_STABLE),
    (stable, STABLE),
    otherwise=NOT_ASSESSED,
).named("本次随访分类", "class of the visit", source=_classes)

RULES = VisitRules(visit_class.node)


def _notice(name: str, when: Expression, zh: str, en: str, *, urgent: bool = False) -> Notice:
    return Notice(MENTAL_ILLNESS.named(name), FOLLOW_UP.table, when.node, Text(zh, en), urgent=urgent, source=_classes)


NOTICES = (
    _notice(
        "high_risk",
        high_risk,
        "危险性评估{risk}级：立即对症处理并转诊，必要时报告当地公安部门和精防机构；未能住院的，在村（居）委会、民警协助下2周内随访。",
        "Risk {risk}: treat and refer at once, tell the police where needed; if not admitted, visit within two weeks.",
        urgent=True,
    ),
    _notice(
        "harm",
        _any_of(*(getattr(_visit, item) >= 1 for item in _SEVERE_INCIDENTS)),
        "有肇祸、自伤或自杀未遂行为：按应急处置要求报告并转诊。",
        "Serious harm, self-harm or attempted suicide: report as an emergency and refer.",
        urgent=True,
    ),
    _notice(
        "unstable",
        (_visit.visit_class == UNSTABLE) & ~high_risk,
        "病情不稳定：对症处理后转诊到上级医院，2周内随访。",
        "Unstable: treat, refer, and visit within two weeks.",
        urgent=True,
    ),
    _notice(
        "fairly_stable",
        _visit.due_reason == TWO_WEEKS_FAIRLY,
        "病情基本稳定：先判断是病情波动或药物疗效不佳，还是不良反应或躯体症状恶化，分别调整，2周内随访。",
        "Fairly stable: find out whether illness, medicine or a somatic complaint is behind it, adjust, and visit within two weeks.",
    ),
    _notice(
        "specialist",
        _visit.due_reason == MONTH_FAIRLY,
        "处理后仍未达到稳定：请精神专科医师进行技术指导，1个月内随访。",
        "Still not stable: ask a psychiatrist for guidance and visit within a month.",
        urgent=True,
    ),
    _notice(
        "confined",
        _visit.confinement == "2",
        "患者被关锁：报告乡镇精防人员，会同村（居）委会协助解除并落实治疗。",
        "The patient is confined: tell the township, and help the family end it and get treatment.",
        urgent=True,
    ),
)


def _rule(name: str, holds: Expression, zh: str, en: str, *fields: str) -> EntryRule:
    return EntryRule(
        name=MENTAL_ILLNESS.named(name), table=FOLLOW_UP.table, holds=holds.node, refusal=Text(zh, en), fields=fields, source=_assessment
    )


_not_reached = _visit.outcome == NOT_REACHED

ENTRY_RULES = (
    _rule(
        "risk_at_every_visit",
        _not_reached | _visit.risk.is_present,
        "每次随访都应作危险性评估（0～5级），现未填。请评估后填写；未见到本人也没有了解到情况的，请将随访结果选为“失访”。",
        "Every visit assesses the risk (0 to 5), and it is missing. Fill it in, or choose “not reached” if nothing was learnt.",
        "risk",
    ),
    _rule(
        "assessed_at_every_visit",
        _not_reached | (_visit.symptom_level.is_present & _visit.insight.is_present),
        "精神症状程度和自知力决定本次分类，应同时填写；请补填。",
        "How marked the symptoms are and the insight decide the class. Fill both in.",
        "symptom_level",
        "insight",
    ),
    _rule(
        "function_at_every_visit",
        _not_reached | reduce(and_, (getattr(_visit, item).is_present for item in SOCIAL_FUNCTION)),
        "社会功能五项决定本次分类，应全部填写（生产劳动及工作可选“此项不适用”）；请补填。",
        "The five items of social function decide the class. Fill all in (work may be “does not apply”).",
        *SOCIAL_FUNCTION,
    ),
    _rule(
        "reason_when_not_reached",
        ~_not_reached | _visit.lost_reason.is_present,
        "随访结果为“失访”，请选择失访原因。",
        "The outcome is “not reached”: say why.",
        "lost_reason",
    ),
    _rule(
        "nothing_assessed_when_not_reached",
        ~_not_reached | _visit.risk.is_missing,
        "随访结果为“失访”，却填有危险性评估{risk}级；请改正随访结果，或删去评估。",
        "The outcome is “not reached”, yet a risk of {risk} is given. Correct the outcome or remove it.",
        "outcome",
        "risk",
    ),
    _rule(
        "no_lost_reason_when_reached",
        ~(_visit.outcome == REACHED) | _visit.lost_reason.is_missing,
        "随访结果为“已随访”，却填有失访原因；请改正其中一项。",
        "The patient was reached, yet a reason for not reaching is given. Correct one of them.",
        "lost_reason",
    ),
    _rule(
        "risk_four_with_self_harm",
        _any_of(~((_visit.incidents_self_harm >= 1) | (_visit.incidents_suicide >= 1)), _visit.risk.is_in("4", "5")),
        "填有自伤或自杀未遂，危险性评估应为4级或以上，现为{risk}级；请核对。",
        "Self-harm or attempted suicide is given: the risk is at least 4, and {risk} is written. Check it.",
        "risk",
    ),
    _rule(
        "another_class_has_a_reason",
        _any_of(
            _visit.doctor_class.is_missing & _visit.override_reason.is_missing,
            _visit.doctor_class.is_present & _visit.override_reason.is_present,
        ),
        "医生改判分类和改判理由应同时填写；请补填缺少的一项，或两项都不填。",
        "The doctor's class and its reason go together. Give the missing one, or leave both empty.",
        "override_reason",
        "doctor_class",
    ),
    _rule(
        "high_risk_is_never_stable",
        ~high_risk | _visit.doctor_class.is_missing | (_visit.doctor_class == UNSTABLE),
        "危险性评估{risk}级的为病情不稳定，不能改判为其他分类；请核对。",
        "A risk of {risk} is unstable and cannot be given another class. Check it.",
        "doctor_class",
    ),
    _rule(
        "discharge_after_a_stay",
        ~(_visit.hospitalisation == "2") | _visit.last_discharged_on.is_present,
        "曾住院、现未住院的，请填末次出院时间。",
        "Was in hospital and is not now: give the day of the last discharge.",
        "last_discharged_on",
    ),
    _rule(
        "discharge_before_the_visit",
        _visit.last_discharged_on.is_missing | (_visit.last_discharged_on <= _visit.visited_on),
        "末次出院时间{last_discharged_on}晚于随访日期{visited_on}；请核对。",
        "Discharged on {last_discharged_on}, after the visit on {visited_on}. Check both days.",
        "last_discharged_on",
    ),
    _rule(
        "severe_reaction_is_a_reaction",
        ~_visit.severe_reaction | (_visit.adverse_reaction == "2"),
        "填有严重药物不良反应，药物不良反应却不是“有”；请改正其中一项。",
        "A severe reaction is given, yet no reaction. Correct one of them.",
        "adverse_reaction",
    ),
    *case_rules(MENTAL_ILLNESS),
    EntryRule(
        name=MENTAL_ILLNESS.named("consent_is_dated"),
        table=CASE.table,
        holds=(~(_case.consent == "1") | _case.consented_on.is_present).node,
        refusal=Text(
            "同意参加管理的，应由本人或监护人签字；请填签字时间。",
            "Who agrees to be managed, or the guardian, signs. Give the day of the signature.",
        ),
        fields=("consented_on",),
        source=MENTAL_ILLNESS.service_clause,
    ),
    EntryRule(
        name=MENTAL_ILLNESS.named("onset_before_diagnosis"),
        table=CASE.table,
        holds=(_case.first_onset_on.is_missing | _case.diagnosed_on.is_missing | (_case.first_onset_on <= _case.diagnosed_on)).node,
        refusal=Text(
            "初次发病时间{first_onset_on}晚于确诊日期{diagnosed_on}；请核对。",
            "Fell ill on {first_onset_on}, after the diagnosis on {diagnosed_on}. Check both days.",
        ),
        fields=("first_onset_on", "diagnosed_on"),
        source=MENTAL_ILLNESS.service_clause,
    ),
)
