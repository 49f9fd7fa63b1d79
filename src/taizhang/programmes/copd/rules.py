"""How the questionnaire is scored, how a visit to a COPD patient is judged, and what the forms must hold.

The expressions are over one row of a table, whether it is still a form or already in the ledger.
"""

from taizhang.kernel.query.words import Expression, PersonRow, RowSet, all_of, choose, records
from taizhang.kernel.rules import EntryRule, Notice
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.rules import case_rules, follow_up_rules, met, screening_notices, something_screened, visit_notices
from taizhang.programmes.chronic.screening import Criterion, ScreeningRules, risks
from taizhang.programmes.chronic.words import body_mass_index
from taizhang.programmes.copd.elements import WORSE
from taizhang.programmes.copd.records import CASE, COPD, FOLLOW_UP, SCREENING
from taizhang.programmes.elements import NOT_REACHED

FORM = Source("慢性阻塞性肺疾病筛查问卷（COPD-SQ）", "各题分值（吸烟、咳嗽、气促、燃料、家族史各题分值未核对）")
GROUPING = Source("慢性阻塞性肺疾病诊治指南", "稳定期综合评估分组")

# -- the questionnaire -----------------------------------------------------------------------------------------------------

_seen = records(SCREENING)
_service = COPD.service_clause
_PACK = 20  # a pack of twenty a day for a year is one 包年; compared in cigarettes times years
_smoked = _seen.smoking * _seen.smoking_years

ANSWERED = all_of(
    _seen.height.is_present,
    _seen.weight.is_present,
    _seen.smoking.is_present,
    _seen.smoking_years.is_present,
    _seen.often_coughs.is_present,
    _seen.breathlessness.is_present,
    _seen.smoky_fuel.is_present,
    _seen.family_lungs.is_present,
)
_age = _seen.age_at_screening
_index = body_mass_index(_seen)
# The points of the seven questions as the form prints them, the highest answer first. The index is in tenths.
SCORE = (
    choose((_age >= 70, 11), (_age >= 60, 8), (_age >= 50, 4), otherwise=0)
    + choose((_smoked >= 30 * _PACK, 2), (_smoked >= 15 * _PACK, 1), otherwise=0)
    + choose((_index < 185, 7), (_index < 240, 4), (_index < 280, 1), otherwise=0)
    + choose((_seen.often_coughs, 3), otherwise=0)
    + choose((_seen.breathlessness == "3", 3), (_seen.breathlessness == "2", 2), otherwise=0)
    + choose((_seen.smoky_fuel, 1), otherwise=0)
    + choose((_seen.family_lungs, 2), otherwise=0)
).named("慢阻肺筛查问卷总分", "score of the questionnaire", source=FORM)

CRITERIA: tuple[Criterion, ...] = (
    Criterion("1", Text("吸烟", "Smoking"), (_smoked >= COPD.parameter("risk_pack_years") * _PACK).node),
    Criterion("2", Text("使用煤炉或柴草", "Coal or straw"), _seen.smoky_fuel.node),
    Criterion("3", Text("家族史", "Family history"), _seen.family_lungs.node),
    Criterion("4", Text("经常咳嗽", "Coughs often"), _seen.often_coughs.node),
)
RISKS = risks("copd_risks", CRITERIA)

SCREENING_RULES = ScreeningRules(
    measured=ANSWERED.node,
    raised=(COPD.parameter("score_referral") <= SCORE).named("问卷得分达到界值", "score at the limit", source=_service).node,
    criteria=CRITERIA,
    score=SCORE.node,
    times_raised=COPD.named("times_raised"),
    again_days=COPD.named("early_days"),
    referral_days=COPD.named("early_days"),
    high_risk_months=COPD.named("high_risk_months"),
)

SCREENING_NOTICES = screening_notices(
    COPD,
    suspected=Text(
        "问卷得分{score}分，可能患慢阻肺：建议作肺功能检查（转诊），2周内随访结果。",
        "A score of {score} suggests COPD: refer for a lung function test, and ask for the result within two weeks.",
    ),
    again=None,
    high_risk=Text(
        "有慢阻肺危险因素：劝导戒烟、减少烟尘暴露，每年筛查1次。", "At risk of COPD: advise against smoke, and screen again each year."
    ),
)

# -- the visit -------------------------------------------------------------------------------------------------------------

_visit = records(FOLLOW_UP)
_classes = COPD.classes_clause


def stable(visit: RowSet | PersonRow) -> Expression:
    """病情稳定: symptoms no worse and no exacerbation since the last visit; missing where neither was asked. `visit` is a row of the
    follow-up table, or the one visit picked for a resident."""
    return (visit.symptom_change != WORSE) & (visit.exacerbations_since < COPD.parameter("unstable_exacerbations"))


_short_of_oxygen = _visit.oxygen_saturation < COPD.parameter("danger_oxygen")

RULES = follow_up_rules(
    COPD,
    within_target=stable(_visit).named("病情稳定", "stable", source=_classes),
    danger=(_short_of_oxygen | _visit.danger_signs).named("危急情况", "danger", source=_classes),
)

GROUPS = {
    "A": Text("A组（低风险、症状少）", "A: low risk, few symptoms"),
    "B": Text("B组（低风险、症状多）", "B: low risk, many symptoms"),
    "E": Text("E组（急性加重高风险）", "E: high risk of exacerbation"),
}


def group(visit: RowSet | PersonRow) -> Expression:
    """综合评估分组 of a visit; "" while symptoms or exacerbations were not asked."""
    high_risk = (visit.exacerbations >= COPD.parameter("high_risk_exacerbations")) | (
        visit.admissions >= COPD.parameter("high_risk_admissions")
    )
    many_symptoms = visit.mmrc.is_in("2", "3", "4") | (visit.cat >= COPD.parameter("many_symptoms_cat"))
    asked = visit.exacerbations.is_present & (visit.mmrc.is_present | visit.cat.is_present)
    return choose((high_risk, "E"), (asked & many_symptoms, "B"), (asked, "A"), otherwise="").named(
        "综合评估分组", "group of the combined assessment", source=GROUPING
    )


NOTICES = (
    *visit_notices(
        COPD,
        oxygen=(
            _short_of_oxygen,
            Text(
                "指脉氧饱和度{oxygen_saturation}%：处理后紧急转诊，2周内主动随访转诊情况。",
                "Oxygen saturation {oxygen_saturation} %: treat, refer at once, and follow the referral within two weeks.",
            ),
        ),
    ),
    Notice(
        COPD.named("still_smokes"),
        FOLLOW_UP.table,
        (_visit.smoking > 0).node,
        Text("仍在吸烟（每日{smoking}支）：戒烟是最有效的干预，请劝导戒烟。", "Still smokes ({smoking} a day): advise to stop."),
        source=_classes,
    ),
    Notice(
        COPD.named("inhaler_wrong"),
        FOLLOW_UP.table,
        (_visit.inhaler == "2").node,
        Text("吸入剂使用不正确：当面示范并让患者重做一遍。", "The inhaler is used wrongly: show how, and let the patient repeat it."),
        source=_classes,
    ),
    Notice(
        COPD.named("not_confirmed"),
        CASE.table,
        (records(CASE).fev1_fvc >= COPD.parameter("obstructed_below")).node,
        Text(
            "吸入支气管舒张剂后FEV1/FVC为{fev1_fvc}%，未达到慢阻肺诊断界值；请核对诊断。",
            "FEV1/FVC after a bronchodilator is {fev1_fvc} %, above the limit of COPD. Check the diagnosis.",
        ),
        source=_service,
    ),
)

# -- what the forms must hold ----------------------------------------------------------------------------------------------

_not_asked = _visit.symptom_change.is_missing | _visit.exacerbations_since.is_missing

ENTRY_RULES = (
    EntryRule(
        name="copd.symptoms_asked_face_to_face",
        table=FOLLOW_UP.table,
        holds=(~(met(COPD) & _not_asked)).node,
        refusal=Text(
            "门诊、家庭随访应询问症状变化和急性加重次数；请补填，未见到本人的请将随访结果选为“失访”。",
            "A visit at the clinic or at home asks about symptoms and exacerbations. Fill both in; if the patient was not met, choose "
            "“not reached”.",
        ),
        fields=("symptom_change", "exacerbations_since", "outcome"),
        source=_classes,
    ),
    EntryRule(
        name="copd.nothing_asked_when_not_reached",
        table=FOLLOW_UP.table,
        holds=(~(_visit.outcome == NOT_REACHED) | (_visit.symptom_change.is_missing & _visit.exacerbations_since.is_missing)).node,
        refusal=Text(
            "随访结果为“失访”，却填有症状变化或急性加重次数；请改正随访结果，或删去这两项。",
            "The outcome is “not reached”, yet symptoms or exacerbations are given. Correct the outcome or remove them.",
        ),
        fields=("outcome", "symptom_change", "exacerbations_since"),
    ),
    EntryRule(
        name="copd.admissions_are_exacerbations",
        table=FOLLOW_UP.table,
        holds=(_visit.admissions.is_missing | _visit.exacerbations.is_missing | (_visit.admissions <= _visit.exacerbations)).node,
        refusal=Text(
            "近一年因急性加重住院{admissions}次，多于急性加重{exacerbations}次；请核对两项。",
            "{admissions} admissions for an exacerbation are more than the {exacerbations} exacerbations. Check both.",
        ),
        fields=("admissions", "exacerbations"),
    ),
    something_screened(
        COPD,
        "breathlessness",
        "often_coughs",
        refusal=Text(
            "筛查应填写问卷，或填写转诊结果；请补填其中一项。",
            "A screening answers the questionnaire or tells a referral's result. Give one.",
        ),
    ),
    *case_rules(COPD),
)
