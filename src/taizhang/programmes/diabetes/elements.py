"""Data elements that only the follow-up form of type 2 diabetes asks for."""

from taizhang.kernel.elements import coded, day, number, words, yes_no

SYMPTOMS = coded(
    "diabetes_symptoms", "症状", "Symptoms",
    {
        "1": ("无症状", "None"), "2": ("多饮", "Drinking much"), "3": ("多食", "Eating much"), "4": ("多尿", "Passing much water"),
        "5": ("视力模糊", "Blurred sight"), "6": ("感染", "Infection"), "7": ("手脚麻木", "Numb hands or feet"),
        "8": ("下肢浮肿", "Swollen legs"), "9": ("体重明显下降", "Marked loss of weight"),
    },
    several=True,
)  # fmt: skip
FOOT_PULSE = coded(
    "foot_pulse", "足背动脉搏动", "Pulse of the foot",
    {
        "1": ("触及正常", "Normal"), "21": ("减弱（双侧）", "Weak, both"), "22": ("减弱（左侧）", "Weak, left"),
        "23": ("减弱（右侧）", "Weak, right"), "31": ("消失（双侧）", "Absent, both"), "32": ("消失（左侧）", "Absent, left"),
        "33": ("消失（右侧）", "Absent, right"),
    },
)  # fmt: skip
GLYCATED_TESTED_ON = day("glycated_tested_on", "糖化血红蛋白检查日期", "Glycated haemoglobin tested on")
HYPOGLYCAEMIA = coded(
    "hypoglycaemia", "低血糖反应", "Hypoglycaemia", {"1": ("无", "None"), "2": ("偶尔", "Now and then"), "3": ("频繁", "Often")}
)
INSULIN_KIND = words("insulin_kind", "胰岛素种类", "Kind of insulin")
INSULIN_DOSE = words("insulin_dose", "胰岛素用法和用量", "Insulin: how and how much")

STAPLE_FOOD = number("staple_food", "主食", "Staple food a day", "克/天", "0", "2000")
TARGET_STAPLE_FOOD = number("target_staple_food", "目标主食", "Target staple food a day", "克/天", "0", "2000")

# -- what screening asks for -------------------------------------------------------------------------------------------------

FAMILY_DIABETES = yes_no("family_diabetes", "糖尿病家族史（一级亲属）", "Diabetes in the family")
GESTATIONAL_DIABETES = yes_no("gestational_diabetes", "妊娠期糖尿病史或巨大儿生育史", "Gestational diabetes or a child of 4 kg and more")
RAISED_PRESSURE = yes_no("raised_pressure", "高血压或正在接受降压治疗", "Hypertension, or treated for it")
RAISED_LIPIDS = yes_no("raised_lipids", "血脂异常或正在接受调脂治疗", "Raised lipids, or treated for them")
SEDENTARY = yes_no("sedentary", "缺乏体力活动", "Little exercise")
