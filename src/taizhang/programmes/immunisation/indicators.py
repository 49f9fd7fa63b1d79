"""Figures of immunisation as reported. A rate by vaccine stands on the doses that fell due, those carried over included."""

from taizhang.kernel.reporting import HIGHER, LOWER, NEITHER, reported, reported_rate
from taizhang.programmes.immunisation.returns import ADVERSE, CERTIFICATES, DOSES, SCHOOLS

DUE = reported(
    DOSES,
    "due",
    by_row=True,
    better=NEITHER,
    name=("免疫规划疫苗应种剂次", "Doses due"),
    why=("应种剂次是接种率的分母，须含上期未种的。", "Doses due are what rates stand on; those carried over belong to them."),
)
GIVEN = reported(
    DOSES,
    "given",
    by_row=True,
    better=HIGHER,
    name=("免疫规划疫苗实种剂次", "Doses given"),
    why=("每一剂次都是一道免疫屏障。", "Every dose is part of the barrier."),
)
RATE = reported_rate(
    DOSES,
    "given",
    "due",
    code="rate",
    by_row=True,
    better=HIGHER,
    name=("免疫规划疫苗接种率", "Doses given, of those due"),
    why=("接种率低的疫苗和地方就是免疫空白。", "Where the rate is low the barrier has a gap."),
)
CERTIFIED = reported(
    CERTIFICATES,
    "certified",
    prefix="immunisation",
    better=HIGHER,
    name=("新建预防接种证儿童", "Children given a vaccination certificate"),
    why=("出生后及时建证，接种才不脱漏。", "A certificate soon after birth keeps a child from being missed."),
)
VOLUNTARY = reported(
    CERTIFICATES,
    "voluntary",
    prefix="immunisation",
    better=NEITHER,
    name=("非免疫规划疫苗接种", "Doses outside the programme"),
    why=("反映群众自愿接种的需求。", "What people ask for of their own accord."),
)
CERTIFICATE_RATE = reported_rate(
    CERTIFICATES,
    "certified",
    "children",
    code="certificate_rate",
    prefix="immunisation",
    better=HIGHER,
    name=("预防接种证建证率", "Children given a certificate, of those due"),
    why=("建证率是免疫规划管理的起点。", "Certificates are where the programme begins."),
)
SCHOOLS_CHECKED = reported(
    SCHOOLS,
    "schools_checked",
    prefix="immunisation",
    better=HIGHER,
    name=("开展接种证查验的学校和托幼机构", "Schools and kindergartens that checked certificates"),
    why=("入托入学是发现漏种儿童的关口。", "School entry is where children missed are found."),
)
CHILDREN_CHECKED = reported(
    SCHOOLS,
    "children_checked",
    prefix="immunisation",
    better=HIGHER,
    name=("查验接种证儿童", "Children whose certificates were checked"),
    why=("查验要覆盖所有新入和转入儿童。", "Every new child is to be checked."),
)
TO_CATCH_UP = reported(
    SCHOOLS,
    "to_catch_up",
    prefix="immunisation",
    better=LOWER,
    name=("查验发现需补种儿童", "Children found to need doses"),
    why=("需补种人数反映平时接种的脱漏。", "Their number shows what routine vaccination missed."),
)
CAUGHT_UP = reported(
    SCHOOLS,
    "caught_up",
    prefix="immunisation",
    better=HIGHER,
    name=("查验后补种儿童", "Children who caught up after the check"),
    why=("查到的漏种须在期限内补上。", "What was missed has to be made up in time."),
)
SCHOOLS_RATE = reported_rate(
    SCHOOLS,
    "schools_checked",
    "schools",
    code="schools_rate",
    prefix="immunisation",
    better=HIGHER,
    name=("学校和托幼机构查验率", "Schools and kindergartens that checked"),
    why=("法律要求逐校查验。", "The law requires it of every school."),
)
CATCH_UP_RATE = reported_rate(
    SCHOOLS,
    "caught_up",
    "to_catch_up",
    code="catch_up_rate",
    prefix="immunisation",
    better=HIGHER,
    name=("漏种儿童补种率", "Children who caught up, of those found"),
    why=("补种率说明查验是否见到实效。", "It shows whether checking led to anything."),
)
ADVERSE_EVENTS = reported(
    ADVERSE,
    "events",
    code="adverse_events",
    prefix="immunisation",
    better=NEITHER,
    name=("报告疑似预防接种异常反应", "Adverse events following immunisation reported"),
    why=("主动报告才能及时发现疫苗和接种问题。", "Only what is reported shows trouble with vaccines in time."),
)
SEVERE_REACTIONS = reported(
    ADVERSE,
    "severe",
    code="severe_reactions",
    prefix="immunisation",
    better=LOWER,
    name=("严重异常反应", "Severe reactions to vaccination"),
    why=("严重反应须逐例调查、及时救治。", "Each is inquired into and treated at once."),
)
ADVERSE_HANDLED_RATE = reported_rate(
    ADVERSE,
    "investigated",
    "events",
    code="adverse_handled_rate",
    prefix="immunisation",
    better=HIGHER,
    name=("异常反应规范处置率", "Adverse events handled by the rules"),
    why=("规范处置维护群众对疫苗的信任。", "Handling by the rules keeps people's trust in vaccines."),
)
