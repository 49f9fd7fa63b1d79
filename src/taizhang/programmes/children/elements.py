"""Elements of the four national forms of children's health: the newborn's home visit, and the checks at 1 to 8 months, 12 to 30 months and
3 to 6 years; and of following a referral. Codes stand in the order of the paper forms.

A child's weight is written to ten grams, which an adult's is not: it is an element of its own. What a form asks at one age only (the
warning signs of development) is one element with the age in the code.
"""

from taizhang.kernel.elements import Element, coded, day, number, words, yes_no

_UNSEEN = {"1": ("未见异常", "Nothing abnormal"), "2": ("异常", "Abnormal")}
_NONE = {"1": ("无", "None"), "2": ("有", "Present")}
_PASSED = {"1": ("通过", "Passed"), "2": ("未通过", "Not passed")}

# -- body ------------------------------------------------------------------------------------------------------------------

CHILD_WEIGHT = number("child_weight", "体重（儿童）", "Weight, child", "kg", "0.5", "60", places=2, standard="DE04.10.188.00")
CHILD_LENGTH = number("child_length", "身长（身高）", "Length (height)", "cm", "30", "140", places=1, standard="DE04.10.167.00")
HEAD = number("head_circumference", "头围", "Head circumference", "cm", "25", "60", places=1)
FONTANELLE = coded("fontanelle", "前囟", "Fontanelle", {"1": ("闭合", "Closed"), "2": ("未闭", "Open")})
FONTANELLE_LENGTH = number("fontanelle_length", "前囟长", "Fontanelle, length", "cm", "0", "8", places=1)
FONTANELLE_WIDTH = number("fontanelle_width", "前囟宽", "Fontanelle, width", "cm", "0", "8", places=1)
_SCORE = ("-30", "30")
WEIGHT_Z = number("weight_z", "年龄别体重Z评分", "Weight for age, z-score", "", *_SCORE, places=2)
LENGTH_Z = number("length_z", "年龄别身长（身高）Z评分", "Length (height) for age, z-score", "", *_SCORE, places=2)
WEIGHT_LENGTH_Z = number("weight_length_z", "身长（身高）别体重Z评分", "Weight for length (height), z-score", "", *_SCORE, places=2)
BMI_Z = number("bmi_z", "年龄别体质指数Z评分", "Body mass index for age, z-score", "", *_SCORE, places=2)
HEAD_Z = number("head_z", "年龄别头围Z评分", "Head circumference for age, z-score", "", *_SCORE, places=2)
_LEVELS = {"1": ("上", "High"), "2": ("中", "Middle"), "3": ("下", "Low")}
WEIGHT_LEVEL = coded("child_weight_level", "体重评价", "Weight, grade", _LEVELS)
LENGTH_LEVEL = coded("child_length_level", "身长（身高）评价", "Length (height), grade", _LEVELS)
WEIGHT_LENGTH_LEVEL = coded("child_weight_length_level", "体重/身长（身高）评价", "Weight for length (height), grade", _LEVELS)
BODY = coded(
    "child_body", "体格发育评价", "Physical development",
    {
        "1": ("正常", "Normal"), "2": ("低体重", "Underweight"), "3": ("消瘦", "Wasted"), "4": ("生长迟缓", "Stunted"),
        "5": ("超重", "Overweight"), "6": ("肥胖", "Obese"),
    },
    several=True,
)  # fmt: skip
ANAEMIA = coded(
    "child_anaemia", "贫血程度", "Anaemia",
    {"0": ("无", "None"), "1": ("轻度", "Mild"), "2": ("中度", "Moderate"), "3": ("重度", "Severe")},
)  # fmt: skip
AGE_MONTHS = number("child_age_months", "检查时月龄", "Age in months at the check", "月", "0", "95")
NEXT_CHECK_ON = day("child_next_check_on", "下次随访日期", "Next check")


def _stage(name: str, months: dict[int, tuple[str, str]]) -> Element:
    return coded(name, "检查月（年）龄", "Age of the check", {str(n): wording for n, wording in months.items()})


INFANT_STAGE = _stage(
    "infant_stage", {1: ("满月", "1 month"), 3: ("3月龄", "3 months"), 6: ("6月龄", "6 months"), 8: ("8月龄", "8 months")}
)
TODDLER_STAGE = _stage(
    "toddler_stage",
    {12: ("12月龄", "12 months"), 18: ("18月龄", "18 months"), 24: ("24月龄", "24 months"), 30: ("30月龄", "30 months")},
)
PRESCHOOL_STAGE = _stage(
    "preschool_stage", {36: ("3岁", "3 years"), 48: ("4岁", "4 years"), 60: ("5岁", "5 years"), 72: ("6岁", "6 years")}
)

# -- examination ---------------------------------------------------------------------------------------------------------------

FACE = coded("child_face", "面色", "Complexion", {"1": ("红润", "Rosy"), "2": ("黄染", "Jaundiced"), "3": ("其他", "Other")})
CHILD_SKIN = coded("child_skin", "皮肤（儿童）", "Skin, child", _UNSEEN)
NECK_MASS = coded("neck_mass", "颈部包块", "Mass at the neck", _NONE)
EYES = coded("child_eyes", "眼睛", "Eyes", _UNSEEN)
EARS = coded("child_ears", "耳外观", "Ears", _UNSEEN)
CHILD_HEARING = coded("child_hearing", "听力（儿童）", "Hearing, child", _PASSED)
MOUTH = coded("child_mouth", "口腔", "Mouth", _UNSEEN)
TEETH_COUNT = number("teeth_count", "出牙数", "Teeth", "颗", "0", "32")
DECAYED_COUNT = number("decayed_count", "龋齿数", "Decayed teeth", "颗", "0", "32")
CHEST = coded("child_chest", "胸部", "Chest", _UNSEEN)
ABDOMEN = coded("child_abdomen", "腹部", "Abdomen", _UNSEEN)
NAVEL = coded(
    "navel", "脐部", "Navel",
    {"1": ("未脱", "Cord still on"), "2": ("脱落", "Cord off"), "3": ("脐部有渗出", "Discharge"), "4": ("未见异常", "Nothing abnormal"),
     "5": ("异常", "Abnormal")},
)  # fmt: skip
LIMBS = coded("child_limbs", "四肢", "Limbs", _UNSEEN)
GAIT = coded("gait", "步态", "Gait", _UNSEEN)
RICKETS_SYMPTOMS = coded(
    "rickets_symptoms", "可疑佝偻病症状", "Signs of rickets, told",
    {"1": ("无", "None"), "2": ("夜惊", "Night terrors"), "3": ("多汗", "Sweating"), "4": ("烦躁", "Restlessness")}, several=True,
)  # fmt: skip
RICKETS_SIGNS = coded(
    "rickets_signs", "可疑佝偻病体征", "Signs of rickets, seen",
    {
        "1": ("无", "None"), "2": ("颅骨软化", "Soft skull"), "3": ("方颅", "Square skull"), "4": ("枕秃", "Bald occiput"),
        "5": ("肋串珠", "Rib beads"), "6": ("肋软骨沟", "Rib groove"), "7": ("鸡胸", "Pigeon chest"), "8": ("手足镯", "Bracelets"),
        "9": ("“O”型腿", "Bow legs"), "10": ("“X”型腿", "Knock knees"),
    },
    several=True,
)  # fmt: skip
GENITALS = coded("anus_genitals", "肛门/外生殖器", "Anus, genitals", _UNSEEN)
OUTDOOR = number("outdoor_hours", "户外活动", "Outdoors", "小时/日", "0", "16", places=1)
VITAMIN_D = number("vitamin_d", "服用维生素D", "Vitamin D", "IU/日", "0", "5000")
CHILD_VISION_LEFT = number("child_vision_left", "左眼视力（儿童）", "Vision of the child, left", "", "0", "5.3", places=1)
CHILD_VISION_RIGHT = number("child_vision_right", "右眼视力（儿童）", "Vision of the child, right", "", "0", "5.3", places=1)
CHILD_OTHER = words("child_examination_other", "体格检查其他", "Examination, other")

# -- development: the four warning signs of each age (儿童心理行为发育问题预警征象) ---------------------------------------------------

SIGNS = {
    3: (
        ("对很大声音没有反应", "No response to a loud sound"),
        ("逗引时不发音或不会微笑", "No sound or smile when played with"),
        ("不注视人脸，不追视移动人或物品", "Does not look at faces or follow movement"),
        ("俯卧时不会抬头", "Does not lift the head when prone"),
    ),
    6: (
        ("发音少，不会笑出声", "Few sounds, does not laugh aloud"),
        ("不会伸手抓物", "Does not reach for things"),
        ("紧握拳松不开", "Fists stay clenched"),
        ("不能扶坐", "Cannot sit with support"),
    ),
    8: (
        ("听到声音无应答", "No answer to a sound"),
        ("不会区分生人和熟人", "Does not tell strangers from family"),
        ("双手间不会传递玩具", "Does not pass a toy from hand to hand"),
        ("不会独坐", "Cannot sit alone"),
    ),
    12: (
        ("呼唤名字无反应", "No response to the name"),
        ("不会模仿“再见”或“欢迎”动作", "Does not copy waving"),
        ("不会用拇食指对捏小物品", "No pincer grip"),
        ("不会扶物站立", "Cannot stand holding on"),
    ),
    18: (
        ("不会有意识叫“爸爸”或“妈妈”", "Does not call father or mother"),
        ("不会按要求指人或物", "Does not point when asked"),
        ("与人无目光交流", "No eye contact"),
        ("不会独走", "Cannot walk alone"),
    ),
    24: (
        ("不会说3个物品的名称", "Cannot name three things"),
        ("不会按吩咐做简单事情", "Does not follow a simple request"),
        ("不会用勺吃饭", "Does not eat with a spoon"),
        ("不会扶栏上楼梯/台阶", "Cannot climb stairs with a rail"),
    ),
    30: (
        ("不会说2～3个字的短语", "No phrases of two or three words"),
        ("兴趣单一、刻板", "Narrow, rigid interests"),
        ("不会示意大小便", "Does not signal the toilet"),
        ("不会跑", "Cannot run"),
    ),
    36: (
        ("不会说自己的名字", "Cannot say the own name"),
        ("不会玩“拿棍当马骑”等假想游戏", "No pretend play"),
        ("不会模仿画圆", "Cannot copy a circle"),
        ("不会双脚跳", "Cannot jump with both feet"),
    ),
    48: (
        ("不会说带形容词的句子", "No sentences with adjectives"),
        ("不能按要求等待或轮流", "Cannot wait or take turns"),
        ("不会独立穿衣", "Cannot dress alone"),
        ("不会单脚站立", "Cannot stand on one foot"),
    ),
    60: (
        ("不能简单叙说事情经过", "Cannot tell what happened"),
        ("不知道自己的性别", "Does not know the own sex"),
        ("不会用筷子吃饭", "Cannot eat with chopsticks"),
        ("不会单脚跳", "Cannot hop"),
    ),
    72: (
        ("不会表达自己的感受或想法", "Cannot say what it feels or thinks"),
        ("不会玩角色扮演的集体游戏", "No role play with others"),
        ("不会画方形", "Cannot draw a square"),
        ("不会奔跑", "Cannot run fast"),
    ),
}
_AGES = {
    3: ("3月", "3 months"), 6: ("6月", "6 months"), 8: ("8月", "8 months"), 12: ("12月", "12 months"), 18: ("18月", "18 months"),
    24: ("24月", "24 months"), 30: ("30月", "30 months"), 36: ("3岁", "3 years"), 48: ("4岁", "4 years"), 60: ("5岁", "5 years"),
    72: ("6岁", "6 years"),
}  # fmt: skip
NO_SIGNS = "0"


def _signs(name: str, *ages: int) -> Element:
    codes = {NO_SIGNS: ("无", "None")}
    for age in ages:
        for place, (zh, en) in enumerate(SIGNS[age], 1):
            codes[f"{age}-{place}"] = (f"{_AGES[age][0]}：{zh}", f"{_AGES[age][1]}: {en}")
    return coded(name, "发育评估（预警征象）", "Development (warning signs)", codes, several=True)


INFANT_SIGNS = _signs("infant_signs", 3, 6, 8)
TODDLER_SIGNS = _signs("toddler_signs", 12, 18, 24, 30)
PRESCHOOL_SIGNS = _signs("preschool_signs", 36, 48, 60, 72)

# -- illness, referral, guidance -----------------------------------------------------------------------------------------------------

ILLNESS = coded(
    "child_illness", "两次随访间患病情况", "Ill since the last check",
    {"1": ("无", "None"), "2": ("肺炎", "Pneumonia"), "3": ("腹泻", "Diarrhoea"), "4": ("外伤", "Injury"), "5": ("其他", "Other")},
    several=True,
)  # fmt: skip
PNEUMONIA_TIMES = number("pneumonia_times", "肺炎次数", "Pneumonia, times", "次", "0", "20")
DIARRHOEA_TIMES = number("diarrhoea_times", "腹泻次数", "Diarrhoea, times", "次", "0", "50")
INJURY_TIMES = number("injury_times", "外伤次数", "Injury, times", "次", "0", "20")
ILLNESS_OTHER = words("child_illness_other", "其他疾病", "Other illness")
REFERRAL_ADVISED = coded("child_referral_advised", "转诊建议", "Referral advised", _NONE)
CHILD_GUIDANCE = coded(
    "child_guidance", "指导（儿童）", "Guidance, child",
    {
        "1": ("科学喂养（合理膳食）", "Feeding"), "2": ("生长发育", "Growth and development"), "3": ("疾病预防", "Prevention of disease"),
        "4": ("预防伤害", "Prevention of injury"), "5": ("口腔保健", "Care of the teeth"), "6": ("其他", "Other"),
    },
    several=True,
)  # fmt: skip
CHILD_GUIDANCE_OTHER = words("child_guidance_other", "其他指导", "Other guidance")

# -- 新生儿家庭访视 -----------------------------------------------------------------------------------------------------------------

FATHER_NAME = words("father_name", "父亲姓名", "Father")
FATHER_OCCUPATION = words("father_occupation", "父亲职业", "Father's occupation")
FATHER_PHONE = words("father_phone", "父亲联系电话", "Father's phone")
FATHER_BIRTH = day("father_birth", "父亲出生日期", "Father born on")
MOTHER_NAME = words("mother_name", "母亲姓名", "Mother")
MOTHER_OCCUPATION = words("mother_occupation", "母亲职业", "Mother's occupation")
MOTHER_PHONE = words("mother_phone", "母亲联系电话", "Mother's phone")
MOTHER_BIRTH = day("mother_birth", "母亲出生日期", "Mother born on")
PREGNANCY_ILLNESS = coded(
    "pregnancy_illness", "母亲妊娠期患病情况", "Mother's illness in pregnancy",
    {"1": ("无", "None"), "2": ("糖尿病", "Diabetes"), "3": ("妊娠期高血压", "Hypertension of pregnancy"), "4": ("其他", "Other")},
    several=True,
)  # fmt: skip
BIRTH_PLACE = words("birth_institution", "助产机构名称", "Born at")
DISCHARGED_ON = day("newborn_discharged_on", "新生儿出院日期", "Newborn discharged on")
BIRTH_MANNER = coded(
    "birth_manner", "出生情况", "Manner of birth",
    {
        "1": ("顺产", "Natural"), "2": ("胎头吸引", "Vacuum"), "3": ("产钳", "Forceps"), "4": ("剖宫", "Caesarean"),
        "5": ("双多胎", "Twins or more"), "6": ("臀位", "Breech"), "7": ("其他", "Other"),
    },
    several=True,
)  # fmt: skip
ASPHYXIA = coded("asphyxia", "新生儿窒息", "Asphyxia", _NONE)
MALFORMATION = coded("malformation", "畸形", "Malformation", _NONE)
MALFORMATION_NOTE = words("malformation_note", "畸形描述", "What malformation")
DISEASE_SCREEN = coded(
    "disease_screen", "新生儿疾病筛查", "Screening for diseases",
    {
        "1": ("未进行", "Not done"), "2": ("检查均阴性", "All negative"), "3": ("甲低", "Hypothyroidism"),
        "4": ("苯丙酮尿症", "Phenylketonuria"), "5": ("其他遗传代谢病", "Other metabolic disease"),
    },
    several=True,
)  # fmt: skip
DISEASE_SCREEN_OTHER = words("disease_screen_other", "其他遗传代谢病名称", "Which metabolic disease")
FEEDING = coded("feeding", "喂养方式", "Feeding", {"1": ("纯母乳", "Breast only"), "2": ("混合", "Mixed"), "3": ("人工", "Artificial")})
MILK = number("milk_each", "吃奶量", "Milk each time", "mL/次", "0", "300")
MILK_TIMES = number("milk_times", "吃奶次数", "Feeds a day", "次/日", "0", "24")
VOMITING = coded("vomiting", "呕吐", "Vomiting", _NONE)
STOOL = coded("stool", "大便", "Stool", {"1": ("糊状", "Pasty"), "2": ("稀", "Loose"), "3": ("其他", "Other")})
STOOL_TIMES = number("stool_times", "大便次数", "Stools a day", "次/日", "0", "24")
NEWBORN_RESPIRATION = number("newborn_respiration", "呼吸频率（新生儿）", "Respiration, newborn", "次/分钟", "10", "120")
JAUNDICE = coded(
    "jaundice", "黄疸部位", "Jaundice",
    {"1": ("无", "None"), "2": ("面部", "Face"), "3": ("躯干", "Trunk"), "4": ("四肢", "Limbs"), "5": ("手足", "Hands and feet")},
    several=True,
)  # fmt: skip
NEWBORN_FONTANELLE = coded(
    "newborn_fontanelle", "前囟（新生儿）", "Fontanelle, newborn",
    {"1": ("正常", "Normal"), "2": ("膨隆", "Bulging"), "3": ("凹陷", "Sunken"), "4": ("其他", "Other")},
)  # fmt: skip
LIMB_MOVEMENT = coded("limb_movement", "四肢活动度", "Movement of the limbs", _UNSEEN)
NOSE = coded("child_nose", "鼻", "Nose", _UNSEEN)
NEWBORN_SKIN = coded(
    "newborn_skin", "皮肤（新生儿）", "Skin, newborn",
    {"1": ("未见异常", "Nothing abnormal"), "2": ("湿疹", "Eczema"), "3": ("糜烂", "Erosion"), "4": ("其他", "Other")},
)  # fmt: skip
ANUS = coded("newborn_anus", "肛门", "Anus", _UNSEEN)
HEART_LUNGS = coded("heart_lungs", "心肺听诊", "Heart and lungs", _UNSEEN)
SPINE = coded("newborn_spine", "脊柱", "Spine", _UNSEEN)
NEWBORN_GENITALS = coded("newborn_genitals", "外生殖器", "Genitals", _UNSEEN)
CORD = coded(
    "umbilical_cord", "脐带", "Umbilical cord",
    {"1": ("未脱", "Still on"), "2": ("脱落", "Off"), "3": ("脐部有渗出", "Discharge"), "4": ("其他", "Other")},
)  # fmt: skip
NEWBORN_GUIDANCE = coded(
    "newborn_guidance", "指导（新生儿）", "Guidance, newborn",
    {
        "1": ("喂养指导", "Feeding"), "2": ("发育指导", "Development"), "3": ("防病指导", "Prevention of disease"),
        "4": ("预防伤害指导", "Prevention of injury"), "5": ("口腔保健指导", "Care of the mouth"), "6": ("其他", "Other"),
    },
    several=True,
)  # fmt: skip
NEXT_PLACE = words("next_check_place", "下次随访地点", "Next check at")
AGE_DAYS = number("newborn_age_days", "访视时日龄", "Age in days at the visit", "天", "0", "2600")
HIGH_RISK = yes_no("newborn_high_risk", "高危新生儿", "Newborn at high risk")

# -- following a referral ------------------------------------------------------------------------------------------------------------------

FOLLOWED_ON = day("child_followed_on", "转诊追踪日期", "Followed on")
ATTENDED = coded("child_attended", "就诊情况", "Was the child seen", {"1": ("已就诊", "Seen"), "2": ("未就诊", "Not seen")})
ATTENDED_AT = words("child_attended_at", "就诊机构", "Seen at")
FOUND = coded(
    "child_found", "诊断结果", "What was found",
    {
        "1": ("贫血", "Anaemia"), "2": ("营养不良", "Malnutrition"), "3": ("肥胖", "Obesity"), "4": ("发育偏异", "Delayed development"),
        "5": ("听力异常", "Hearing"), "6": ("视力异常", "Vision"), "7": ("佝偻病", "Rickets"), "8": ("其他", "Other"),
        "9": ("未见异常", "Nothing abnormal"),
    },
    several=True,
)  # fmt: skip
TREATMENT = words("child_treatment", "处理意见", "Treatment")
REFERRAL_OUTCOME = coded(
    "child_referral_outcome", "转归", "Outcome",
    {"1": ("痊愈", "Cured"), "2": ("好转", "Better"), "3": ("治疗中", "Under treatment"), "4": ("排除", "Ruled out"),
     "9": ("其他", "Other")},
)  # fmt: skip
