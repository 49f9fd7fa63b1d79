"""Figures of children's health management as reported."""

from taizhang.kernel.reporting import HIGHER, reported, reported_rate
from taizhang.programmes.children.returns import FORM, MANAGEMENT

BASIC_CARE = reported(
    FORM,
    "basic_care",
    better=HIGHER,
    name=("6岁以下儿童基本保健服务", "Basic health services given to children under 6"),
    why=(
        "儿童按月龄免费接受访视和体检，早发现生长发育问题。",
        "Free visits and checks by age find troubles of growth and development early.",
    ),
)

UNDER_SEVEN_MANAGED = reported(
    MANAGEMENT,
    "under_seven_managed",
    prefix="children",
    better=HIGHER,
    name=("七岁以下儿童健康管理人数", "Children under seven managed"),
    why=("每年至少一次免费健康检查。", "At least one free check a year."),
)
UNDER_THREE_MANAGED = reported(
    MANAGEMENT,
    "under_three_managed",
    prefix="children",
    better=HIGHER,
    name=("三岁以下儿童系统管理人数", "Children under three systematically managed"),
    why=("婴幼儿按月龄接受系统检查。", "Small children are seen at the ages prescribed."),
)
MANAGEMENT_RATE = reported_rate(
    MANAGEMENT,
    "under_seven_managed",
    "under_seven",
    code="management_rate",
    prefix="children",
    better=HIGHER,
    name=("七岁以下儿童健康管理率", "Children under seven managed, of all"),
    why=("规划规定的儿童健康核心指标。", "A core measure of children's health plans."),
)
SYSTEMATIC_RATE = reported_rate(
    MANAGEMENT,
    "under_three_managed",
    "under_three",
    code="systematic_rate",
    prefix="children",
    better=HIGHER,
    name=("三岁以下儿童系统管理率", "Children under three systematically managed, of all"),
    why=("反映婴幼儿系统管理水平。", "How well small children are seen to."),
)
VISION_RATE = reported_rate(
    MANAGEMENT,
    "vision_checked",
    "under_seven",
    code="vision_rate",
    prefix="children",
    better=HIGHER,
    name=("眼保健和视力检查覆盖率", "Children whose eyes were checked"),
    why=("近视防控要从学龄前抓起。", "Short sight has to be met before school age."),
)
NEWBORNS_VISITED = reported(
    MANAGEMENT,
    "newborns_visited",
    prefix="children",
    better=HIGHER,
    name=("新生儿访视人数", "Newborns visited"),
    why=("出院后一周内上门访视。", "A home visit within a week of discharge."),
)
