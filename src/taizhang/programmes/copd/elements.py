"""Data elements that only the forms of chronic obstructive pulmonary disease ask for: the questionnaire, lung function, symptoms."""

from taizhang.kernel.elements import coded, number, words, yes_no

# -- 慢阻肺筛查问卷 ------------------------------------------------------------------------------------------------------------

SMOKING_YEARS = number("smoking_years", "吸烟年数", "Years of smoking", "年", "0", "90")
OFTEN_COUGHS = yes_no("often_coughs", "没有感冒时也经常咳嗽", "Coughs often without a cold")
BREATHLESSNESS = coded(
    "breathlessness", "平时气促情况", "Short of breath",
    {
        "1": ("没有气促", "No"), "2": ("平地急行或爬小坡时感觉气促", "Hurrying or on a slope"),
        "3": ("平地正常行走时感觉气促", "Walking on the level"),
    },
)  # fmt: skip
SMOKY_FUEL = yes_no("smoky_fuel", "使用煤炉或柴草烹饪、取暖", "Cooks or heats with coal or straw")
FAMILY_LUNGS = yes_no("family_lungs", "家族中有哮喘、慢支、肺气肿或慢阻肺", "Asthma, bronchitis, emphysema or COPD in the family")
COPD_SCORE = number("copd_score", "慢阻肺筛查问卷总分", "Questionnaire, total score", "分", "0", "38")

# -- lung function ---------------------------------------------------------------------------------------------------------

RATIO = number("fev1_fvc", "吸入支气管舒张剂后FEV1/FVC", "FEV1/FVC after a bronchodilator", "%", "10", "100", places=1)
FEV1_PREDICTED = number("fev1_predicted", "FEV1占预计值百分比", "FEV1, share of the predicted value", "%", "5", "160", places=1)

# -- the follow-up ---------------------------------------------------------------------------------------------------------

SYMPTOMS = coded(
    "copd_symptoms", "症状", "Symptoms",
    {
        "1": ("无症状", "None"), "2": ("慢性咳嗽", "Chronic cough"), "3": ("咳痰", "Sputum"), "4": ("气短或呼吸困难", "Short of breath"),
        "5": ("喘息", "Wheezing"), "6": ("胸闷", "Tight chest"), "7": ("体重下降、食欲减退", "Loss of weight or appetite"),
        "8": ("下肢水肿", "Swollen legs"),
    },
    several=True,
)  # fmt: skip
SYMPTOM_CHANGE = coded(
    "symptom_change", "与上次相比症状", "Symptoms, against last time",
    {"1": ("减轻", "Better"), "2": ("无明显变化", "The same"), "3": ("加重", "Worse")},
)  # fmt: skip
WORSE = "3"
MMRC = coded(
    "mmrc", "呼吸困难评分（mMRC）", "Breathlessness (mMRC)",
    {
        "0": ("剧烈活动时气促", "Only with strenuous exercise"), "1": ("平地快走或上缓坡时气促", "Hurrying, or on a slope"),
        "2": ("平地行走比同龄人慢或须停下来喘气", "Walks slower than others of the age, or has to stop"),
        "3": ("平地行走约100米或数分钟须停下来喘气", "Stops after some 100 metres or minutes"),
        "4": ("因气促不能离家，或穿脱衣时气促", "Cannot leave home, or breathless when dressing"),
    },
)  # fmt: skip
CAT = number("cat", "慢阻肺评估测试（CAT）总分", "COPD assessment test (CAT), score", "分", "0", "40")
EXACERBATIONS = number("exacerbations", "近一年急性加重次数", "Exacerbations in the last year", "次", "0", "50")
EXACERBATIONS_SINCE = number("exacerbations_since", "上次随访以来急性加重次数", "Exacerbations since the last visit", "次", "0", "20")
ADMISSIONS = number("admissions", "近一年因急性加重住院次数", "Admissions for an exacerbation in the last year", "次", "0", "50")
OXYGEN = number("oxygen_saturation", "指脉氧饱和度", "Oxygen saturation", "%", "50", "100")
INHALER = coded("inhaler", "吸入剂使用", "Use of the inhaler", {"1": ("正确", "Right"), "2": ("不正确", "Wrong"), "3": ("未使用", "None")})
HOME_OXYGEN = yes_no("home_oxygen", "家庭氧疗", "Oxygen at home")
FLU_VACCINE = yes_no("flu_vaccine", "本年度接种流感疫苗", "Influenza vaccine this season")
PNEUMONIA_VACCINE = yes_no("pneumonia_vaccine", "接种过肺炎球菌疫苗", "Pneumococcal vaccine, ever")
REHABILITATION = words("rehabilitation", "呼吸康复指导", "Guidance on breathing exercises")
