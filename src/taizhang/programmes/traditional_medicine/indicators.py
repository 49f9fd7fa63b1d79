"""Figures of Chinese medicine as reported."""

from taizhang.kernel.reporting import HIGHER, reported, reported_rate
from taizhang.programmes.traditional_medicine.returns import FORM, SERVICES

ELDERLY_SERVED = reported(
    FORM,
    "elderly_served",
    better=HIGHER,
    name=("老年人中医药健康管理人数", "Elderly people managed by Chinese medicine"),
    why=("体质辨识和保健指导每年一次，免费提供。", "A yearly assessment of constitution, with advice, free of charge."),
)
CHILDREN_SERVED = reported(
    FORM,
    "children_served",
    better=HIGHER,
    name=("儿童中医药健康管理人数", "Children managed by Chinese medicine"),
    why=("按月龄向家长传授中医保健方法。", "Parents are taught methods of care by the child's age."),
)
ELDERLY_RATE = reported_rate(
    FORM,
    "elderly_served",
    "elderly",
    code="elderly_rate",
    better=HIGHER,
    name=("老年人中医药健康管理率", "Elderly people managed by Chinese medicine, of all"),
    why=("规范规定的工作指标。", "An indicator of the specification."),
)
CHILDREN_RATE = reported_rate(
    FORM,
    "children_served",
    "children",
    code="children_rate",
    better=HIGHER,
    name=("儿童中医药健康管理服务率", "Children managed by Chinese medicine, of those due"),
    why=("规范规定的工作指标。", "An indicator of the specification."),
)
HALLS = reported(
    SERVICES,
    "halls",
    prefix="traditional_medicine",
    better=HIGHER,
    name=("设置中医馆的基层机构", "Institutions with a hall of Chinese medicine"),
    why=("中医馆使群众就近看上中医。", "A hall brings Chinese medicine near to people."),
)
HALL_COVERAGE = reported_rate(
    SERVICES,
    "halls",
    "institutions",
    code="hall_coverage",
    prefix="traditional_medicine",
    better=HIGHER,
    name=("基层机构中医馆覆盖率", "Institutions with a hall of Chinese medicine, of all"),
    why=("中医馆要实现全覆盖。", "Every institution is to have one."),
)
VILLAGE_COVERAGE = reported_rate(
    SERVICES,
    "village_clinics_able",
    "village_clinics",
    code="village_coverage",
    prefix="traditional_medicine",
    better=HIGHER,
    name=("村卫生室中医药服务覆盖率", "Village clinics able to give Chinese medicine"),
    why=("中医药服务要延伸到村。", "Chinese medicine is to reach the village."),
)
VISITS = reported(
    SERVICES,
    "visits",
    prefix="traditional_medicine",
    better=HIGHER,
    name=("基层中医诊疗人次", "Visits for Chinese medicine at the grass roots"),
    why=("反映群众对中医药的接受程度。", "How far people take it up."),
)
VISIT_SHARE = reported_rate(
    SERVICES,
    "visits",
    "all_visits",
    code="visit_share",
    prefix="traditional_medicine",
    better=HIGHER,
    name=("基层中医诊疗量占比", "Visits for Chinese medicine, of all"),
    why=("占比反映中医药服务能力。", "The share shows what Chinese medicine can do there."),
)
