"""Registers of Chinese medicine."""

from taizhang.kernel.text import Text
from taizhang.programmes.registering import register_of
from taizhang.programmes.traditional_medicine import models
from taizhang.programmes.traditional_medicine.questions import BALANCED, BIASED, FIELDS

CONSTITUTIONS = register_of(
    models.Constitution,
    "constitutions",
    Text("老年人中医药健康管理", "Constitution of the elderly"),
    natural_key=("resident", "assessed_on"),
    in_list=("assessed_on", "guidance"),
    measured=("assessed_on", *FIELDS, "guidance"),
    by_staff=("doctor",),
    sections={
        "q1": Text("请根据近一年的体验和感觉回答（1 没有 2 很少 3 有时 4 经常 5 总是）", "By the last year (1 not at all … 5 always)"),
        "guidance": Text("中医药保健指导", "Guidance"),
    },
    outcome=("main", BALANCED, *BIASED, "next_on"),
    filters=("assessed_on",),
    on_request=True,
)

CHILD_GUIDANCES = register_of(
    models.ChildGuidance,
    "child_medicines",
    Text("0～36个月儿童中医药健康管理", "Guidance of small children by Chinese medicine"),
    natural_key=("resident", "visited_on"),
    in_list=("visited_on", "service"),
    measured=("visited_on", "service"),
    by_staff=("doctor",),
    sections={"service": Text("中医药健康管理服务", "Health management by Chinese medicine")},
    outcome=("stage", "next_on"),
    filters=("visited_on",),
)
