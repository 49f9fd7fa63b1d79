"""The registers of a chronic disease: its cases and its visits, column by column as the paper forms have them."""

from dataclasses import replace

from taizhang.kernel.elements import Element
from taizhang.kernel.registers import Asking, Register, RegisterColumn
from taizhang.kernel.text import Text
from taizhang.programmes import elements as e
from taizhang.programmes.chronic.disease import ManagedDisease
from taizhang.programmes.registering import ORGANISATION, RESIDENT

_SYMPTOMS = Text("症状", "Symptoms")
_SIGNS = Text("体征", "Signs")
_LIFE = Text("生活方式指导", "Way of life")
_TESTS = Text("辅助检查", "Tests")
_TAKING = Text("用药情况", "Medicines")
_REFERRAL = Text("转诊", "Referral")


def asked(
    element: Element, field: str = "", *, required: bool = False, in_list: bool = False, asking: Asking = Asking.ON_DEMAND, kind: str = ""
) -> RegisterColumn:
    """The column of an element. field: where the model calls it by another name than the element. asking: how a visit asks."""
    return RegisterColumn(field or element.name, element.label, element, kind or "element", required, in_list, asking)


def measured(element: Element, field: str = "", *, required: bool = False, in_list: bool = False) -> RegisterColumn:
    """Asked at each visit, and never prefilled."""
    return asked(element, field, required=required, in_list=in_list, asking=Asking.MEASURED)


def carried(element: Element) -> RegisterColumn:
    """Asked at each visit; the answer of the last one is offered."""
    return asked(element, asking=Asking.CARRIED)


def _under(section: Text, *columns: RegisterColumn) -> tuple[RegisterColumn, ...]:
    return tuple(replace(column, section=section) for column in columns)


PRESSURE = (measured(e.SYSTOLIC, in_list=True), measured(e.DIASTOLIC, in_list=True))


def cases(disease: ManagedDisease, name: Text, *, confirmed: tuple[RegisterColumn, ...] = ()) -> Register:
    """专档. confirmed: the boxes for what the diagnosis was confirmed by."""
    return Register(
        code=f"{disease.code}_cases",
        name=name,
        model=disease.case.model,
        table=disease.case.table,
        natural_key=("resident", "enrolled_on"),
        order=("-enrolled_on", "-id"),
        columns=(
            RESIDENT,
            ORGANISATION,
            measured(e.ENROLLED_ON, required=True, in_list=True),
            measured(e.DIAGNOSED_ON, in_list=True),
            measured(e.DIAGNOSED_BY),
            *confirmed,
            measured(e.FOUND_BY),
            asked(e.CLOSED_ON, in_list=True),
            asked(e.CLOSE_REASON, in_list=True),
        ),
        filters=("enrolled_on", "closed_on", "close_reason"),
    )


def follow_ups(
    disease: ManagedDisease,
    name: Text,
    *,
    symptoms: Element,
    vital: tuple[RegisterColumn, ...] = (),
    signs: tuple[RegisterColumn, ...] = (),
    food: tuple[RegisterColumn, ...] = (),
    tests: tuple[RegisterColumn, ...] = (),
    reactions: tuple[RegisterColumn, ...] = (),
    medicines: tuple[RegisterColumn, ...] = (),
) -> Register:
    """随访服务记录表. What the form of this disease asks beside the common boxes stands in its section: 体征 (vital before weight, signs
    after it), 生活方式 (food), 辅助检查,
    反应, 用药. A routine visit measures what decides the class; way of life and medicines are carried over; the rest is for when something
    is the matter."""
    return Register(
        code=f"{disease.code}_follow_ups",
        name=name,
        model=disease.follow_up.model,
        table=disease.follow_up.table,
        natural_key=("resident", "visited_on"),
        order=("-visited_on", "-id"),
        outcome=("visit_class", "next_due_on", "due_reason"),
        filters=("visited_on", "way", "outcome"),
        columns=(
            RESIDENT,
            ORGANISATION,
            measured(e.VISITED_ON, required=True, in_list=True),
            measured(e.WAY_OF_VISIT, "way", required=True, in_list=True),
            asked(e.VISIT_OUTCOME, "outcome", required=True, in_list=True),
            asked(e.LOST_REASON),
            *_under(_SYMPTOMS, measured(symptoms, "symptoms"), asked(e.OTHER_SYMPTOMS)),
            *_under(
                _SIGNS,
                *vital,
                measured(e.WEIGHT),
                carried(e.TARGET_WEIGHT),
                asked(e.BODY_MASS_INDEX),
                asked(e.TARGET_BODY_MASS_INDEX),
                *signs,
                asked(e.OTHER_SIGNS),
            ),
            *_under(
                _LIFE,
                carried(e.SMOKING),
                carried(e.TARGET_SMOKING),
                carried(e.DRINKING),
                carried(e.TARGET_DRINKING),
                carried(e.EXERCISE_TIMES),
                carried(e.EXERCISE_MINUTES),
                carried(e.TARGET_EXERCISE_TIMES),
                carried(e.TARGET_EXERCISE_MINUTES),
                *food,
                carried(e.PSYCHOLOGICAL),
                carried(e.COMPLIANCE),
            ),
            *_under(_TESTS, *tests, asked(e.OTHER_TESTS)),
            *_under(
                _TAKING,
                measured(e.ADHERENCE),
                measured(e.ADVERSE_REACTION),
                asked(e.ADVERSE_REACTION_DETAIL),
                *reactions,
                *(carried(element) for line in e.MEDICINES for element in line),
                *medicines,
                carried(e.OTHER_MEDICINES),
            ),
            *_under(
                _REFERRAL,
                asked(e.NEW_COMPLICATION),
                asked(e.DANGER_SIGNS),
                asked(e.REFERRAL_RESULT),
                asked(e.REFERRAL_REASON),
                asked(e.REFERRAL_TO),
            ),
            asked(e.DOCTOR, asking=Asking.NEVER, kind="staff"),
        ),
    )


def screenings(disease: ManagedDisease, name: Text, *, asked: tuple[RegisterColumn, ...], score: tuple[str, ...] = ()) -> Register:
    """筛查登记. asked: what is measured or asked of this disease; score: the derived field that a questionnaire shows."""
    return Register(
        code=f"{disease.code}_screenings",
        name=name,
        model=disease.screening.model,
        table=disease.screening.table,
        natural_key=("resident", "screened_on"),
        order=("-screened_on", "-id"),
        outcome=(*score, "result", "risk_reasons", "next_due_on", "due_reason"),
        filters=("screened_on",),
        columns=(
            RESIDENT,
            ORGANISATION,
            measured(e.SCREENED_ON, required=True, in_list=True),
            *asked,
            RegisterColumn(e.REFERRAL_RESULT.name, e.REFERRAL_RESULT.label, e.REFERRAL_RESULT, in_list=True, section=_REFERRAL),
            RegisterColumn("doctor", e.SCREENING_DOCTOR.label, e.SCREENING_DOCTOR, kind="staff", asking=Asking.NEVER),
        ),
    )
