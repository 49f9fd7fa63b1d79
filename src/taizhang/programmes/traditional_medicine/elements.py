"""Elements of the constitution of the elderly and of the guidance of small children by Chinese medicine.

An answer of the 33 questions is stored as its score, 1 to 5, because the constitutions are sums of scores.
"""

from taizhang.kernel.elements import coded, day, number, words
from taizhang.programmes.traditional_medicine.questions import QUESTIONS, TYPES

ASSESSED_ON = day("constitution_assessed_on", "体质辨识日期", "Constitution assessed on")
ANSWERS = tuple(
    number(f"constitution_q{place}", f"（{place}）{zh}", f"({place}) {en}", "分", "1", "5") for place, (zh, en) in enumerate(QUESTIONS, 1)
)
SCORES = {
    code: number(f"constitution_{code}_score", f"{name.zh}得分", f"{name.en}, score", "分", "4", "25") for code, (name, _) in TYPES.items()
}
VERDICTS = {
    code: coded(
        f"constitution_{code}", f"{name.zh}", f"{name.en}",
        {"1": ("是", "Yes"), "2": ("基本是", "Mostly") if code == "balanced" else ("倾向是", "Tends to"), "3": ("否", "No")},
    )
    for code, (name, _) in TYPES.items()
}  # fmt: skip
CONSTITUTION = coded(
    "constitution_main", "体质辨识结果", "Constitution",
    {str(place): (name.zh, name.en) for place, (name, _) in enumerate(TYPES.values(), 1)}, several=True,
)  # fmt: skip
GUIDANCE = coded(
    "constitution_guidance", "中医药保健指导", "Guidance by Chinese medicine",
    {
        "1": ("情志调摄", "Mind"), "2": ("饮食调养", "Diet"), "3": ("起居调摄", "Daily life"), "4": ("运动保健", "Movement"),
        "5": ("穴位保健", "Acupressure"), "6": ("其他", "Other"),
    },
    several=True,
)  # fmt: skip
GUIDANCE_OTHER = words("constitution_guidance_other", "其他保健指导", "Other guidance")
NEXT_ASSESSMENT_ON = day("constitution_next_on", "下次体质辨识日期", "Next assessment")

STAGES = {
    6: ("6月龄", "6 months"), 12: ("12月龄", "12 months"), 18: ("18月龄", "18 months"), 24: ("24月龄", "24 months"),
    30: ("30月龄", "30 months"), 36: ("36月龄", "36 months"),
}  # fmt: skip
STAGE = coded("child_medicine_stage", "指导月龄", "Age of the guidance", {str(months): wording for months, wording in STAGES.items()})
SERVICE = coded(
    "child_medicine_service", "中医药健康管理服务", "Health management by Chinese medicine",
    {
        "1": ("中医饮食调养指导", "Diet"), "2": ("中医起居调摄指导", "Daily life"), "3": ("传授摩腹、捏脊方法", "Belly and spine"),
        "4": ("传授按揉迎香穴、足三里穴方法", "Pressing yingxiang and zusanli"), "5": ("传授按揉四神聪穴方法", "Pressing sishencong"),
        "6": ("其他", "Other"),
    },
    several=True,
)  # fmt: skip
SERVICE_OTHER = words("child_medicine_other", "其他服务内容", "Other service")
NEXT_GUIDANCE_ON = day("child_medicine_next_on", "下次指导日期", "Next guidance")
