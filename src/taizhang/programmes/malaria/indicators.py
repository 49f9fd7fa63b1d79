"""Figures of malaria control as reported."""

from functools import partial

from taizhang.kernel.reporting import HIGHER, LOWER, NEITHER, reported, reported_rate
from taizhang.programmes.malaria.returns import FORM

_figure = partial(reported, FORM)
DUE = _figure(
    "due",
    by_row=True,
    better=NEITHER,
    name=("疟疾应休治人数", "Persons due for malaria treatment in the resting season"),
    why=("休治对象是清除传染源的工作底数。", "Those due are the base for clearing the source of infection."),
)
TREATED = _figure(
    "treated",
    by_row=True,
    better=HIGHER,
    name=("疟疾实休治人数", "Persons treated for malaria in the resting season"),
    why=("休止期根治可防止复发和再传播。", "Treatment in the resting season prevents relapse and spread."),
)
BLOOD_TESTS = _figure(
    "blood_tests", better=HIGHER, why=("发热病人血检是发现疟疾的主要手段。", "Blood tests of fever patients are how malaria is found.")
)
POSITIVE = _figure(
    "positive",
    better=LOWER,
    name=("发热病人血检阳性", "Fever patients with positive blood tests"),
    why=("无本地感染病例是消除疟疾的标志。", "No local case is the mark of elimination."),
)
TREATMENT_RATE = reported_rate(
    FORM,
    "treated",
    "due",
    code="treatment_rate",
    by_row=True,
    name=("疟疾休治率", "Treated in the resting season, of those due"),
    why=(
        "反映休治任务的落实；扩大休治时可超过百分之百。",
        "How far treatment was carried out; extended treatment may pass one hundred percent.",
    ),
)
