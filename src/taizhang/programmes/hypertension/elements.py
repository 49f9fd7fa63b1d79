"""Data elements that only the follow-up form of hypertension asks for."""

from taizhang.kernel.elements import coded, yes_no

SYMPTOMS = coded(
    "hypertension_symptoms", "症状", "Symptoms",
    {
        "1": ("无症状", "None"), "2": ("头痛头晕", "Headache or dizziness"), "3": ("恶心呕吐", "Nausea or vomiting"),
        "4": ("眼花耳鸣", "Blurred sight or ringing ears"), "5": ("呼吸困难", "Short of breath"),
        "6": ("心悸胸闷", "Palpitations or tight chest"), "7": ("鼻衄出血不止", "Nosebleed that does not stop"),
        "8": ("四肢发麻", "Numb limbs"), "9": ("下肢水肿", "Swollen legs"),
    },
    several=True,
)  # fmt: skip

_SALT = {"1": ("轻", "Low"), "2": ("中", "Medium"), "3": ("重", "High")}
SALT = coded("salt", "摄盐情况", "Salt intake", _SALT)
TARGET_SALT = coded("target_salt", "目标摄盐情况", "Target salt intake", _SALT)

FAMILY_HYPERTENSION = yes_no("family_hypertension", "高血压家族史（一、二级亲属）", "Hypertension in the family")
