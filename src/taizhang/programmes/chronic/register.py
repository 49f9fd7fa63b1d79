"""The registers of a chronic disease: its cases and its visits, column by column as the paper forms have them."""

from taizhang.kernel.elements import Element
from taizhang.kernel.registers import Register, RegisterColumn
from taizhang.kernel.text import Text
from taizhang.programmes import elements as e
from taizhang.programmes.chronic.disease import ManagedDisease
from taizhang.programmes.registering import ORGANISATION, RESIDENT


def asked(element: Element, field: str = "", *, required: bool = False, in_list: bool = False) -> RegisterColumn:
    """The column of an element. field: where the model calls it by another name than the element."""
    return RegisterColumn(field or element.name, element.label, element, required=required, in_list=in_list)


def cases(disease: ManagedDisease, name: Text) -> Register:
    """专档."""
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
            asked(e.ENROLLED_ON, required=True, in_list=True),
            asked(e.DIAGNOSED_ON, in_list=True),
            asked(e.DIAGNOSED_BY),
            asked(e.FOUND_BY),
            asked(e.CLOSED_ON, in_list=True),
            asked(e.CLOSE_REASON, in_list=True),
        ),
    )


def follow_ups(
    disease: ManagedDisease,
    name: Text,
    *,
    symptoms: Element,
    signs: tuple[RegisterColumn, ...] = (),
    food: tuple[RegisterColumn, ...] = (),
    tests: tuple[RegisterColumn, ...] = (),
    reactions: tuple[RegisterColumn, ...] = (),
    medicines: tuple[RegisterColumn, ...] = (),
) -> Register:
    """随访服务记录表. What the form of this disease asks beside the common boxes stands in its section: 体征, 生活方式 (food), 辅助检查,
    反应, 用药."""
    return Register(
        code=f"{disease.code}_follow_ups",
        name=name,
        model=disease.follow_up.model,
        table=disease.follow_up.table,
        natural_key=("resident", "visited_on"),
        order=("-visited_on", "-id"),
        columns=(
            RESIDENT,
            ORGANISATION,
            asked(e.VISITED_ON, required=True, in_list=True),
            asked(e.WAY_OF_VISIT, "way", required=True, in_list=True),
            asked(e.VISIT_OUTCOME, "outcome", required=True, in_list=True),
            asked(e.LOST_REASON),
            asked(symptoms, "symptoms"),
            asked(e.OTHER_SYMPTOMS),
            asked(e.SYSTOLIC, in_list=True),
            asked(e.DIASTOLIC, in_list=True),
            asked(e.WEIGHT),
            asked(e.TARGET_WEIGHT),
            asked(e.BODY_MASS_INDEX),
            asked(e.TARGET_BODY_MASS_INDEX),
            *signs,
            asked(e.OTHER_SIGNS),
            asked(e.SMOKING),
            asked(e.TARGET_SMOKING),
            asked(e.DRINKING),
            asked(e.TARGET_DRINKING),
            asked(e.EXERCISE_TIMES),
            asked(e.EXERCISE_MINUTES),
            asked(e.TARGET_EXERCISE_TIMES),
            asked(e.TARGET_EXERCISE_MINUTES),
            *food,
            asked(e.PSYCHOLOGICAL),
            asked(e.COMPLIANCE),
            *tests,
            asked(e.OTHER_TESTS),
            asked(e.ADHERENCE),
            asked(e.ADVERSE_REACTION),
            asked(e.ADVERSE_REACTION_DETAIL),
            *reactions,
            asked(e.NEW_COMPLICATION),
            asked(e.DANGER_SIGNS),
            *(asked(element) for line in e.MEDICINES for element in line),
            *medicines,
            asked(e.OTHER_MEDICINES),
            asked(e.REFERRAL_REASON),
            asked(e.REFERRAL_TO),
            asked(e.DOCTOR),
        ),
    )
