"""Elements of the health examination 健康体检表: what is asked, seen and measured, and the laboratory's values.

What other forms ask as well (blood pressure, weight, height, smoking ...) stands in elements.py. Units are those of the paper form. The
plausible ranges are checks on entry, not rules of the specification: a value outside is refused, to be read again from the slip.
"""

from taizhang.kernel.elements import coded, day, number, words, yes_no

_NORMAL = {"1": ("正常", "Normal"), "2": ("异常", "Abnormal")}
_NEGATIVE = {"1": ("阴性", "Negative"), "2": ("阳性", "Positive")}
_UNSEEN = {"1": ("未见异常", "Nothing abnormal"), "2": ("异常", "Abnormal")}
_NONE = {"1": ("无", "None"), "2": ("有", "Present")}

# -- 一般状况 general ---------------------------------------------------------------------------------------------------------

EXAM_SYMPTOMS = coded(
    "exam_symptoms",
    "症状",
    "Symptoms",
    {
        "1": ("无症状", "None"),
        "2": ("头痛", "Headache"),
        "3": ("头晕", "Dizziness"),
        "4": ("心悸", "Palpitation"),
        "5": ("胸闷", "Chest tightness"),
        "6": ("胸痛", "Chest pain"),
        "7": ("慢性咳嗽", "Chronic cough"),
        "8": ("咳痰", "Sputum"),
        "9": ("呼吸困难", "Breathlessness"),
        "10": ("多饮", "Thirst"),
        "11": ("多尿", "Polyuria"),
        "12": ("体重下降", "Weight loss"),
        "13": ("乏力", "Weakness"),
        "14": ("关节肿痛", "Joint pain"),
        "15": ("视力模糊", "Blurred vision"),
        "16": ("手脚麻木", "Numbness"),
        "17": ("尿急", "Urgency"),
        "18": ("尿痛", "Painful urination"),
        "19": ("便秘", "Constipation"),
        "20": ("腹泻", "Diarrhoea"),
        "21": ("恶心呕吐", "Nausea, vomiting"),
        "22": ("眼花", "Dim sight"),
        "23": ("耳鸣", "Tinnitus"),
        "24": ("乳房胀痛", "Breast pain"),
        "25": ("其他", "Other"),
    },
    several=True,
)
TEMPERATURE = number("temperature", "体温", "Temperature", "℃", "34.0", "42.0", places=1)
PULSE_RATE = number("pulse_rate", "脉率", "Pulse", "次/分", "30", "200")
RESPIRATION = number("respiration", "呼吸频率", "Respiration", "次/分", "8", "60")
SYSTOLIC_LEFT = number("systolic_left", "左侧收缩压", "Systolic pressure, left", "mmHg", "60", "280")
DIASTOLIC_LEFT = number("diastolic_left", "左侧舒张压", "Diastolic pressure, left", "mmHg", "30", "180")

# -- 生活方式 lifestyle, beyond elements.py -------------------------------------------------------------------------------------

EXERCISE_FREQUENCY = coded(
    "exercise_frequency",
    "锻炼频率",
    "How often exercise",
    {
        "1": ("每天", "Daily"),
        "2": ("每周一次以上", "More than weekly"),
        "3": ("偶尔", "Now and then"),
        "4": ("不锻炼", "Never"),
    },
)
EXERCISE_YEARS = number("exercise_years", "坚持锻炼时间", "Years of exercise", "年", "0", "90")
EXERCISE_MANNER = words("exercise_manner", "锻炼方式", "Manner of exercise")
DIET = coded(
    "diet",
    "饮食习惯",
    "Diet",
    {
        "1": ("荤素均衡", "Balanced"),
        "2": ("荤食为主", "Mostly meat"),
        "3": ("素食为主", "Mostly vegetable"),
        "4": ("嗜盐", "Salty"),
        "5": ("嗜油", "Oily"),
        "6": ("嗜糖", "Sweet"),
    },
    several=True,
)
SMOKING_STATUS = coded(
    "smoking_status", "吸烟状况", "Smoking", {"1": ("从不吸烟", "Never"), "2": ("已戒烟", "Stopped"), "3": ("吸烟", "Smokes")}
)
SMOKING_START_AGE = number("smoking_start_age", "开始吸烟年龄", "Age smoking began", "岁", "5", "100")
SMOKING_STOP_AGE = number("smoking_stop_age", "戒烟年龄", "Age smoking stopped", "岁", "5", "120")
DRINKING_FREQUENCY = coded(
    "drinking_frequency",
    "饮酒频率",
    "How often alcohol",
    {"1": ("从不", "Never"), "2": ("偶尔", "Now and then"), "3": ("经常", "Often"), "4": ("每天", "Daily")},
)
DRINKING_STOPPED = coded("drinking_stopped", "是否戒酒", "Stopped drinking", {"1": ("未戒酒", "No"), "2": ("已戒酒", "Yes")})
DRINKING_STOP_AGE = number("drinking_stop_age", "戒酒年龄", "Age drinking stopped", "岁", "5", "120")
DRINKING_START_AGE = number("drinking_start_age", "开始饮酒年龄", "Age drinking began", "岁", "5", "100")
DRUNK_LAST_YEAR = yes_no("drunk_last_year", "近一年内是否曾醉酒", "Drunk in the last year")
DRINK_KINDS = coded(
    "drink_kinds",
    "饮酒种类",
    "Kinds of drink",
    {
        "1": ("白酒", "Spirits"),
        "2": ("啤酒", "Beer"),
        "3": ("红酒", "Wine"),
        "4": ("黄酒", "Rice wine"),
        "5": ("其他", "Other"),
    },
    several=True,
)
OCCUPATIONAL_EXPOSURE = coded("occupational_exposure", "职业病危害因素接触史", "Occupational exposure", _NONE)
OCCUPATION_EXPOSED = words("occupation_exposed", "接触工种", "Exposed occupation")
OCCUPATION_YEARS = number("occupation_years", "从业时间", "Years exposed", "年", "0", "80")
EXPOSURE_DUST = words("exposure_dust", "粉尘及防护措施", "Dust and protection")
EXPOSURE_RADIATION = words("exposure_radiation", "放射物质及防护措施", "Radiation and protection")
EXPOSURE_PHYSICAL = words("exposure_physical", "物理因素及防护措施", "Physical agents and protection")
EXPOSURE_CHEMICAL = words("exposure_chemical", "化学物质及防护措施", "Chemicals and protection")
EXPOSURE_OTHER = words("exposure_other", "其他毒物及防护措施", "Other hazards and protection")

# -- 脏器功能 organ function ----------------------------------------------------------------------------------------------------

LIPS = coded(
    "lips",
    "口唇",
    "Lips",
    {
        "1": ("红润", "Rosy"),
        "2": ("苍白", "Pale"),
        "3": ("发绀", "Cyanotic"),
        "4": ("皲裂", "Chapped"),
        "5": ("疱疹", "Herpes"),
    },
)
TEETH = coded(
    "teeth",
    "齿列",
    "Teeth",
    {"1": ("正常", "Normal"), "2": ("缺齿", "Missing"), "3": ("龋齿", "Decayed"), "4": ("义齿（假牙）", "False")},
    several=True,
)
# Four quadrants as on paper, upper left, upper right, lower left, lower right, e.g. 1,0,2,0
TEETH_MISSING = words("teeth_missing", "缺齿（左上、右上、左下、右下）", "Missing teeth by quadrant")
TEETH_DECAYED = words("teeth_decayed", "龋齿（左上、右上、左下、右下）", "Decayed teeth by quadrant")
TEETH_FALSE = words("teeth_false", "义齿（左上、右上、左下、右下）", "False teeth by quadrant")
THROAT = coded(
    "throat",
    "咽部",
    "Throat",
    {"1": ("无充血", "Not congested"), "2": ("充血", "Congested"), "3": ("淋巴滤泡增生", "Lymph follicles")},
)
VISION_LEFT = number("vision_left", "左眼视力", "Vision, left", "", "0", "5.3", places=1)
VISION_RIGHT = number("vision_right", "右眼视力", "Vision, right", "", "0", "5.3", places=1)
VISION_LEFT_CORRECTED = number("vision_left_corrected", "左眼矫正视力", "Corrected vision, left", "", "0", "5.3", places=1)
VISION_RIGHT_CORRECTED = number("vision_right_corrected", "右眼矫正视力", "Corrected vision, right", "", "0", "5.3", places=1)
HEARING = coded("hearing", "听力", "Hearing", {"1": ("听见", "Hears"), "2": ("听不清或无法听见", "Hears badly or not at all")})
MOVEMENT = coded(
    "movement",
    "运动功能",
    "Movement",
    {"1": ("可顺利完成", "Done with ease"), "2": ("无法独立完成任何一个动作", "Cannot do one movement alone")},
)

# -- 查体 physical examination --------------------------------------------------------------------------------------------------

FUNDUS = coded("fundus", "眼底", "Fundus", _NORMAL)
FUNDUS_NOTE = words("fundus_note", "眼底异常描述", "Fundus finding")
SKIN = coded(
    "skin",
    "皮肤",
    "Skin",
    {
        "1": ("正常", "Normal"),
        "2": ("潮红", "Flushed"),
        "3": ("苍白", "Pale"),
        "4": ("发绀", "Cyanotic"),
        "5": ("黄染", "Jaundiced"),
        "6": ("色素沉着", "Pigmented"),
        "7": ("其他", "Other"),
    },
)
SCLERA = coded(
    "sclera",
    "巩膜",
    "Sclera",
    {"1": ("正常", "Normal"), "2": ("黄染", "Jaundiced"), "3": ("充血", "Congested"), "4": ("其他", "Other")},
)
LYMPH_NODES = coded(
    "lymph_nodes",
    "淋巴结",
    "Lymph nodes",
    {"1": ("未触及", "Not felt"), "2": ("锁骨上", "Supraclavicular"), "3": ("腋窝", "Axillary"), "4": ("其他", "Other")},
)
BARREL_CHEST = yes_no("barrel_chest", "桶状胸", "Barrel chest")
BREATH_SOUNDS = coded("breath_sounds", "呼吸音", "Breath sounds", _NORMAL)
RALES = coded(
    "rales",
    "罗音",
    "Rales",
    {"1": ("无", "None"), "2": ("干罗音", "Dry"), "3": ("湿罗音", "Moist"), "4": ("其他", "Other")},
)
HEART_RHYTHM = coded(
    "heart_rhythm",
    "心律",
    "Heart rhythm",
    {"1": ("齐", "Regular"), "2": ("不齐", "Irregular"), "3": ("绝对不齐", "Absolutely irregular")},
)
HEART_MURMUR = coded("heart_murmur", "杂音", "Murmur", _NONE)
ABDOMEN_TENDERNESS = coded("abdomen_tenderness", "腹部压痛", "Tenderness", _NONE)
ABDOMEN_MASS = coded("abdomen_mass", "腹部包块", "Mass", _NONE)
LIVER = coded("liver", "肝大", "Enlarged liver", _NONE)
SPLEEN = coded("spleen", "脾大", "Enlarged spleen", _NONE)
SHIFTING_DULLNESS = coded("shifting_dullness", "移动性浊音", "Shifting dullness", _NONE)
ABDOMEN_NOTE = words("abdomen_note", "腹部异常描述", "Abdominal finding")
LEG_OEDEMA = coded(
    "leg_oedema",
    "下肢水肿",
    "Leg oedema",
    {"1": ("无", "None"), "2": ("单侧", "One side"), "3": ("双侧不对称", "Both, unequal"), "4": ("双侧对称", "Both, equal")},
)
FOOT_PULSE_EXAM = coded(
    "foot_pulse_exam",
    "足背动脉搏动（体检）",
    "Dorsalis pedis pulse, examination",
    {
        "1": ("未触及", "Not felt"),
        "2": ("触及双侧对称", "Felt, equal"),
        "3": ("触及左侧弱或消失", "Weak or absent left"),
        "4": ("触及右侧弱或消失", "Weak or absent right"),
    },
)
RECTAL_EXAM = coded(
    "rectal_exam",
    "肛门指诊",
    "Rectal examination",
    {
        "1": ("未及异常", "Nothing abnormal"),
        "2": ("触痛", "Tender"),
        "3": ("包块", "Mass"),
        "4": ("前列腺异常", "Prostate abnormal"),
        "5": ("其他", "Other"),
    },
)
BREAST = coded(
    "breast",
    "乳腺",
    "Breast",
    {
        "1": ("未见异常", "Nothing abnormal"),
        "2": ("乳房切除", "Removed"),
        "3": ("异常泌乳", "Abnormal milk"),
        "4": ("乳腺包块", "Mass"),
        "5": ("其他", "Other"),
    },
    several=True,
)
VULVA = coded("vulva", "外阴", "Vulva", _UNSEEN)
VAGINA = coded("vagina", "阴道", "Vagina", _UNSEEN)
CERVIX = coded("cervix", "宫颈", "Cervix", _UNSEEN)
UTERUS = coded("uterus", "宫体", "Uterus", _UNSEEN)
ADNEXA = coded("adnexa", "附件", "Adnexa", _UNSEEN)
PHYSICAL_OTHER = words("physical_other", "查体其他", "Other findings")

# -- 辅助检查 laboratory and instruments ------------------------------------------------------------------------------------------

HAEMOGLOBIN = number("haemoglobin", "血红蛋白", "Haemoglobin", "g/L", "30", "250")
WHITE_CELLS = number("white_cells", "白细胞", "White cells", "10^9/L", "0.5", "100", places=1)
PLATELETS = number("platelets", "血小板", "Platelets", "10^9/L", "5", "1500")
BLOOD_OTHER = words("blood_other", "血常规其他", "Blood count, other")
_STICK = {"1": ("-", "-"), "2": ("±", "±"), "3": ("+", "+"), "4": ("++", "++"), "5": ("+++", "+++"), "6": ("++++", "++++")}
URINE_PROTEIN = coded("urine_protein", "尿蛋白", "Urine protein", _STICK)
URINE_SUGAR = coded("urine_sugar", "尿糖", "Urine sugar", _STICK)
URINE_KETONE = coded("urine_ketone", "尿酮体", "Urine ketone", _STICK)
URINE_BLOOD = coded("urine_blood", "尿潜血", "Urine blood", _STICK)
URINE_OTHER = words("urine_other", "尿常规其他", "Urine, other")
ECG = coded(
    "ecg",
    "心电图",
    "Electrocardiogram",
    {
        "1": ("正常", "Normal"),
        "2": ("ST-T改变", "ST-T change"),
        "3": ("陈旧性心肌梗塞", "Old infarction"),
        "4": ("窦性心动过速", "Sinus tachycardia"),
        "5": ("窦性心动过缓", "Sinus bradycardia"),
        "6": ("早搏", "Premature beats"),
        "7": ("房颤", "Atrial fibrillation"),
        "8": ("房室传导阻滞", "Atrioventricular block"),
        "9": ("其他", "Other"),
    },
    several=True,
)
ECG_NOTE = words("ecg_note", "心电图异常描述", "Electrocardiogram finding")
URINE_MICROALBUMIN = number("urine_microalbumin", "尿微量白蛋白", "Urine microalbumin", "mg/dL", "0", "500", places=1)
FAECES_BLOOD = coded("faeces_blood", "大便潜血", "Occult blood", _NEGATIVE)
HBSAG = coded("hbsag", "乙型肝炎表面抗原", "Hepatitis B surface antigen", _NEGATIVE)
ALT = number("alt", "血清谷丙转氨酶", "ALT", "U/L", "0", "5000", places=1)
AST = number("ast", "血清谷草转氨酶", "AST", "U/L", "0", "5000", places=1)
ALBUMIN = number("albumin", "白蛋白", "Albumin", "g/L", "10", "70", places=1)
BILIRUBIN = number("bilirubin", "总胆红素", "Total bilirubin", "μmol/L", "0", "800", places=1)
BILIRUBIN_DIRECT = number("bilirubin_direct", "结合胆红素", "Conjugated bilirubin", "μmol/L", "0", "800", places=1)
CREATININE = number("creatinine", "血清肌酐", "Creatinine", "μmol/L", "10", "2500", places=1)
UREA = number("urea", "血尿素", "Urea", "mmol/L", "0.5", "60", places=2)
POTASSIUM = number("potassium", "血钾浓度", "Potassium", "mmol/L", "2", "9", places=2)
SODIUM = number("sodium", "血钠浓度", "Sodium", "mmol/L", "100", "180", places=1)
CHOLESTEROL = number("cholesterol", "总胆固醇", "Total cholesterol", "mmol/L", "0.5", "20", places=2)
TRIGLYCERIDES = number("triglycerides", "甘油三酯", "Triglycerides", "mmol/L", "0.1", "30", places=2)
LDL = number("ldl", "低密度脂蛋白胆固醇", "LDL cholesterol", "mmol/L", "0.1", "15", places=2)
HDL = number("hdl", "高密度脂蛋白胆固醇", "HDL cholesterol", "mmol/L", "0.1", "5", places=2)
CHEST_XRAY = coded("chest_xray", "胸部X线片", "Chest X-ray", _NORMAL)
CHEST_XRAY_NOTE = words("chest_xray_note", "胸片异常描述", "Chest X-ray finding")
ABDOMEN_ULTRASOUND = coded("abdomen_ultrasound", "腹部B超", "Abdominal ultrasound", _NORMAL)
ABDOMEN_ULTRASOUND_NOTE = words("abdomen_ultrasound_note", "腹部B超异常描述", "Abdominal ultrasound finding")
OTHER_ULTRASOUND = coded("other_ultrasound", "其他B超", "Other ultrasound", _NORMAL)
OTHER_ULTRASOUND_NOTE = words("other_ultrasound_note", "其他B超异常描述", "Other ultrasound finding")
CERVICAL_SMEAR = coded("cervical_smear", "宫颈涂片", "Cervical smear", _NORMAL)
TEST_OTHER = words("test_other", "其他辅助检查", "Other tests")

# -- 现存主要健康问题 present health problems ---------------------------------------------------------------------------------------

PROBLEM_BRAIN = coded(
    "problem_brain",
    "脑血管疾病",
    "Cerebrovascular disease",
    {
        "1": ("未发现", "None found"),
        "2": ("缺血性卒中", "Ischaemic stroke"),
        "3": ("脑出血", "Haemorrhage"),
        "4": ("蛛网膜下腔出血", "Subarachnoid haemorrhage"),
        "5": ("短暂性脑缺血发作", "Transient ischaemic attack"),
        "6": ("其他", "Other"),
    },
    several=True,
)
PROBLEM_KIDNEY = coded(
    "problem_kidney",
    "肾脏疾病",
    "Kidney disease",
    {
        "1": ("未发现", "None found"),
        "2": ("糖尿病肾病", "Diabetic nephropathy"),
        "3": ("肾功能衰竭", "Renal failure"),
        "4": ("急性肾炎", "Acute nephritis"),
        "5": ("慢性肾炎", "Chronic nephritis"),
        "6": ("其他", "Other"),
    },
    several=True,
)
PROBLEM_HEART = coded(
    "problem_heart",
    "心脏疾病",
    "Heart disease",
    {
        "1": ("未发现", "None found"),
        "2": ("心肌梗死", "Infarction"),
        "3": ("心绞痛", "Angina"),
        "4": ("冠状动脉血运重建", "Coronary revascularisation"),
        "5": ("充血性心力衰竭", "Heart failure"),
        "6": ("心前区疼痛", "Precordial pain"),
        "7": ("其他", "Other"),
    },
    several=True,
)
PROBLEM_VESSEL = coded(
    "problem_vessel",
    "血管疾病",
    "Vascular disease",
    {
        "1": ("未发现", "None found"),
        "2": ("夹层动脉瘤", "Dissecting aneurysm"),
        "3": ("动脉闭塞性疾病", "Arterial occlusion"),
        "4": ("其他", "Other"),
    },
    several=True,
)
PROBLEM_EYE = coded(
    "problem_eye",
    "眼部疾病",
    "Eye disease",
    {
        "1": ("未发现", "None found"),
        "2": ("视网膜出血或渗出", "Retinal haemorrhage or exudate"),
        "3": ("视乳头水肿", "Papilloedema"),
        "4": ("白内障", "Cataract"),
        "5": ("其他", "Other"),
    },
    several=True,
)
PROBLEM_NERVE = coded(
    "problem_nerve",
    "神经系统疾病",
    "Nervous disease",
    {"1": ("未发现", "None found"), "2": ("有", "Present")},
)
PROBLEM_NERVE_NOTE = words("problem_nerve_note", "神经系统疾病名称", "Nervous disease, name")
PROBLEM_OTHER = coded(
    "problem_other",
    "其他系统疾病",
    "Other disease",
    {"1": ("未发现", "None found"), "2": ("有", "Present")},
)
PROBLEM_OTHER_NOTE = words("problem_other_note", "其他系统疾病名称", "Other disease, name")

# -- 评价与指导 assessment and guidance ---------------------------------------------------------------------------------------------

HEALTH_EVALUATION = coded(
    "health_evaluation", "健康评价", "Health evaluation", {"1": ("体检无异常", "Nothing abnormal"), "2": ("有异常", "Abnormal")}
)
ABNORMAL_1 = words("abnormal_1", "异常1", "Abnormal finding 1")
ABNORMAL_2 = words("abnormal_2", "异常2", "Abnormal finding 2")
ABNORMAL_3 = words("abnormal_3", "异常3", "Abnormal finding 3")
ABNORMAL_4 = words("abnormal_4", "异常4", "Abnormal finding 4")
HEALTH_GUIDANCE = coded(
    "health_guidance",
    "健康指导",
    "Health guidance",
    {
        "1": ("纳入慢性病患者健康管理", "Enrol in chronic disease management"),
        "2": ("建议复查", "Examine again"),
        "3": ("建议转诊", "Refer"),
    },
    several=True,
)
RISK_CONTROL = coded(
    "risk_control",
    "危险因素控制",
    "Risk factor control",
    {
        "1": ("戒烟", "Stop smoking"),
        "2": ("健康饮酒", "Drink less"),
        "3": ("饮食", "Diet"),
        "4": ("锻炼", "Exercise"),
        "5": ("减体重", "Lose weight"),
        "6": ("建议接种疫苗", "Vaccination"),
        "7": ("其他", "Other"),
    },
    several=True,
)
WEIGHT_GOAL = number("weight_goal", "减体重目标", "Weight goal", "kg", "1", "250", places=1)
VACCINE_ADVISED = words("vaccine_advised", "建议接种疫苗名称", "Vaccine advised")
EXAMINED_ON = day("examined_on", "体检日期", "Day examined")
EXAMINING_DOCTOR = words("examining_doctor", "责任医生", "Responsible doctor")

# -- derived from the form -------------------------------------------------------------------------------------------------------

EXAMINATION_COMPLETE = yes_no("examination_complete", "体检表必填项完整", "Form complete")
TESTS_COMPLETE = yes_no("tests_complete", "老年人辅助检查齐全", "Tests for the elderly complete")
