"""Figures of the workforce as reported."""

from taizhang.kernel.reporting import HIGHER, NEITHER, reported
from taizhang.programmes.workforce.returns import FORM

RECRUITED = reported(
    FORM,
    "recruited",
    by_row=True,
    better=HIGHER,
    name=("招聘引进卫生人才", "Health staff recruited"),
    why=("人才数量和结构决定服务能力。", "Numbers and kinds of staff decide what can be done."),
)
COURSES = reported(
    FORM,
    "courses",
    better=NEITHER,
    why=("集中培训是乡村医生继续教育的主要形式。", "Courses are the main form of further training of village doctors."),
)
TRAINED = reported(
    FORM,
    "trained",
    better=HIGHER,
    why=("乡村医生是农村卫生服务的网底，须定期培训。", "Village doctors carry rural services and need regular training."),
)
