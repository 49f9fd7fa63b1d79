"""How a visit to a hypertension patient is judged, and what its form must hold.

The expressions are over one row of the follow-up table, whether it is still a form or already in the ledger.
"""

from taizhang.kernel.query.words import Expression, PersonRow, RowSet, choose, records
from taizhang.kernel.rules import EntryRule
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.rules import PRESSURE_DANGER, case_rules, follow_up_rules, met, pressure_rules, visit_notices
from taizhang.programmes.elements import NOT_REACHED
from taizhang.programmes.hypertension.records import FOLLOW_UP, HYPERTENSION

_visit = records(FOLLOW_UP)
_classes = HYPERTENSION.classes_clause


def pressure_within_target(visit: RowSet | PersonRow) -> Expression:
    """Both pressures below the target for the resident's age at that visit; missing where none was measured. `visit` is a row of the
    follow-up table, or the one visit picked for a resident."""
    systolic_limit = choose(
        (visit.age_at_visit >= HYPERTENSION.parameter("elderly_age"), HYPERTENSION.parameter("target_systolic_elderly")),
        otherwise=HYPERTENSION.parameter("target_systolic"),
    )
    return (visit.systolic < systolic_limit) & (visit.diastolic < HYPERTENSION.parameter("target_diastolic"))


_danger_pressure = (_visit.systolic >= HYPERTENSION.parameter("danger_systolic")) | (
    _visit.diastolic >= HYPERTENSION.parameter("danger_diastolic")
)

RULES = follow_up_rules(
    HYPERTENSION,
    within_target=pressure_within_target(_visit).named("血压达标", "pressure within target", source=_classes),
    danger=(_danger_pressure | _visit.danger_signs).named("危急情况", "danger", source=_classes),
)

NOTICES = visit_notices(HYPERTENSION, pressure=(_danger_pressure, PRESSURE_DANGER))

ENTRY_RULES = (
    *pressure_rules(HYPERTENSION),
    EntryRule(
        name="hypertension.pressure_measured_face_to_face",
        table=FOLLOW_UP.table,
        holds=(~(met(HYPERTENSION) & _visit.systolic.is_missing)).node,
        refusal=Text(
            "门诊、家庭随访应测量血压；请填写血压，未见到本人的请将随访结果选为“失访”。",
            "A visit at the clinic or at home measures the pressure. Fill it in; if the patient was not met, choose “not reached”.",
        ),
        fields=("systolic", "diastolic", "outcome"),
        source=_classes,
    ),
    EntryRule(
        name="hypertension.nothing_measured_when_not_reached",
        table=FOLLOW_UP.table,
        holds=(~(_visit.outcome == NOT_REACHED) | _visit.systolic.is_missing).node,
        refusal=Text(
            "随访结果为“失访”，却填有血压{systolic}/{diastolic}；请改正随访结果，或删去血压。",
            "The outcome is “not reached”, yet a pressure {systolic}/{diastolic} is given. Correct the outcome or remove the pressure.",
        ),
        fields=("outcome", "systolic"),
    ),
    *case_rules(HYPERTENSION),
)
