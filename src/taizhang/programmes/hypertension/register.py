"""Registers of hypertension patients: the cases and the visits, column by column as the paper form has them."""

from taizhang.kernel.elements import Element
from taizhang.kernel.registers import Register, RegisterColumn
from taizhang.kernel.text import Text
from taizhang.programmes import elements as e
from taizhang.programmes.hypertension.records import CASE, FOLLOW_UP


def _asked(field: str, element: Element, *, required: bool = False, in_list: bool = False) -> RegisterColumn:
    return RegisterColumn(field, element.label, element, required=required, in_list=in_list)


_RESIDENT = RegisterColumn(
    "resident", Text("居民（证件号或档案编号）", "Resident (identity or record number)"), kind="resident", required=True, in_list=True
)
_ORGANISATION = RegisterColumn("organisation", Text("机构", "Organisation"), kind="organisation", required=True, in_list=True)

CASES = Register(
    code="hypertension_cases",
    name=Text("高血压患者专档", "Hypertension cases"),
    model=CASE.model,
    table=CASE.table,
    natural_key=("resident", "enrolled_on"),
    order=("-enrolled_on", "-id"),
    columns=(
        _RESIDENT,
        _ORGANISATION,
        _asked("enrolled_on", e.ENROLLED_ON, required=True, in_list=True),
        _asked("diagnosed_on", e.DIAGNOSED_ON, in_list=True),
        _asked("diagnosed_by", e.DIAGNOSED_BY),
        _asked("found_by", e.FOUND_BY),
        _asked("closed_on", e.CLOSED_ON, in_list=True),
        _asked("close_reason", e.CLOSE_REASON, in_list=True),
    ),
)

FOLLOW_UPS = Register(
    code="hypertension_follow_ups",
    name=Text("高血压患者随访", "Hypertension visits"),
    model=FOLLOW_UP.model,
    table=FOLLOW_UP.table,
    natural_key=("resident", "visited_on"),
    order=("-visited_on", "-id"),
    columns=(
        _RESIDENT,
        _ORGANISATION,
        _asked("visited_on", e.VISITED_ON, required=True, in_list=True),
        _asked("way", e.WAY_OF_VISIT, required=True, in_list=True),
        _asked("outcome", e.VISIT_OUTCOME, required=True, in_list=True),
        _asked("lost_reason", e.LOST_REASON),
        _asked("symptoms", e.HYPERTENSION_SYMPTOMS),
        _asked("other_symptoms", e.OTHER_SYMPTOMS),
        _asked("systolic", e.SYSTOLIC, in_list=True),
        _asked("diastolic", e.DIASTOLIC, in_list=True),
        _asked("weight", e.WEIGHT),
        _asked("target_weight", e.TARGET_WEIGHT),
        _asked("body_mass_index", e.BODY_MASS_INDEX),
        _asked("target_body_mass_index", e.TARGET_BODY_MASS_INDEX),
        _asked("heart_rate", e.HEART_RATE),
        _asked("other_signs", e.OTHER_SIGNS),
        _asked("smoking", e.SMOKING),
        _asked("target_smoking", e.TARGET_SMOKING),
        _asked("drinking", e.DRINKING),
        _asked("target_drinking", e.TARGET_DRINKING),
        _asked("exercise_times", e.EXERCISE_TIMES),
        _asked("exercise_minutes", e.EXERCISE_MINUTES),
        _asked("target_exercise_times", e.TARGET_EXERCISE_TIMES),
        _asked("target_exercise_minutes", e.TARGET_EXERCISE_MINUTES),
        _asked("salt", e.SALT),
        _asked("target_salt", e.TARGET_SALT),
        _asked("psychological", e.PSYCHOLOGICAL),
        _asked("compliance", e.COMPLIANCE),
        _asked("other_tests", e.OTHER_TESTS),
        _asked("adherence", e.ADHERENCE),
        _asked("adverse_reaction", e.ADVERSE_REACTION),
        _asked("adverse_reaction_detail", e.ADVERSE_REACTION_DETAIL),
        _asked("new_complication", e.NEW_COMPLICATION),
        _asked("danger_signs", e.DANGER_SIGNS),
        *(_asked(element.name, element) for line in e.MEDICINES for element in line),
        _asked("other_medicines", e.OTHER_MEDICINES),
        _asked("referral_reason", e.REFERRAL_REASON),
        _asked("referral_to", e.REFERRAL_TO),
        _asked("doctor", e.DOCTOR),
    ),
)
