"""Elements of the personal basic information form 个人基本信息表, and of the service records in a health record.

Codes stand as the paper form prints them. Rh is kept by label (NEG, POS, UNK), because systems number it in opposite orders.
"""

from taizhang.kernel.elements import coded, day, number, words, yes_no

_NATIONS = (  # in the order of GB/T 3304, 01 to 56
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 "
    "拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 "
    "怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
_NATIONS_EN = (
    "Han Mongol Hui Tibetan Uygur Miao Yi Zhuang Bouyei Korean Manchu Dong Yao Bai Tujia Hani Kazak Dai Li Lisu Va She Gaoshan Lahu Shui "
    "Dongxiang Naxi Jingpo Kirgiz Tu Daur Mulao Qiang Blang Salar Maonan Gelao Xibe Achang Pumi Tajik Nu Uzbek Russian Ewenki Deang Bonan "
    "Yugur Gin Tatar Derung Oroqen Hezhen Monba Lhoba Jino"
)

# -- cover and person -----------------------------------------------------------------------------------------------------------

OPENED_ON = day("record_opened_on", "建档日期", "Record opened on")
UPDATED_ON = day("record_updated_on", "最近更新日期", "Last updated on")
RECORD_CLOSED_ON = day("record_closed_on", "终止日期", "Record closed on")
RECORD_CLOSE_REASON = coded(
    "record_close_reason",
    "终止原因",
    "Why closed",
    {"1": ("死亡", "Died"), "2": ("迁出", "Moved away"), "3": ("失访", "Lost"), "9": ("其他", "Other")},
)
ELECTRONIC = yes_no("electronic", "电子健康档案", "Electronic record")
RECORD_DOCTOR = words("record_doctor", "责任医生", "Responsible doctor")
OPENED_BY = words("opened_by", "建档人", "Opened by")
EMPLOYER = words("employer", "工作单位", "Employer")
CONTACT_NAME = words("contact_name", "联系人姓名", "Contact person")
CONTACT_PHONE = words("contact_phone", "联系人电话", "Contact's phone")
RESIDENCE_KIND = coded(
    "residence_kind", "常住类型", "Kind of residence", {"1": ("户籍", "Registered here"), "2": ("非户籍", "Not registered here")}
)
NATION = coded(
    "nation",
    "民族",
    "Nationality",
    {
        **{f"{place:02}": (f"{zh}族", en) for place, (zh, en) in enumerate(zip(_NATIONS.split(), _NATIONS_EN.split(), strict=True), 1)},
        "97": ("其他", "Other"),
        "98": ("外国血统", "Of foreign descent"),
    },
    standard="GB/T 3304",
)
EDUCATION = coded(
    "education",
    "文化程度",
    "Education",
    {
        "10": ("研究生", "Postgraduate"),
        "20": ("大学本科", "University"),
        "30": ("大学专科和专科学校", "College"),
        "40": ("中等专业学校", "Secondary vocational"),
        "50": ("技工学校", "Skilled workers' school"),
        "60": ("高中", "Senior secondary"),
        "70": ("初中", "Junior secondary"),
        "80": ("小学", "Primary"),
        "90": ("文盲或半文盲", "Illiterate"),
        "99": ("不详", "Unknown"),
    },
    standard="GB/T 4658",
)
OCCUPATION = coded(
    "occupation",
    "职业",
    "Occupation",
    {
        "0": ("国家机关、党群组织、企业、事业单位负责人", "Heads of institutions"),
        "1": ("专业技术人员", "Professionals"),
        "2": ("办事人员和有关人员", "Clerks"),
        "3": ("商业、服务业人员", "Trade and services"),
        "4": ("农、林、牧、渔、水利业生产人员", "Farming, forestry, fishing"),
        "5": ("生产、运输设备操作人员及有关人员", "Production and transport"),
        "6": ("军人", "Armed forces"),
        "7": ("不便分类的其他从业人员", "Other occupations"),
        "8": ("无职业", "None"),
    },
    standard="GB/T 6565",
)
MARRIAGE = coded(
    "marriage",
    "婚姻状况",
    "Marital status",
    {"1": ("未婚", "Single"), "2": ("已婚", "Married"), "3": ("丧偶", "Widowed"), "4": ("离婚", "Divorced"), "5": ("未说明", "Not stated")},
)
PAYMENT = coded(
    "payment",
    "医疗费用支付方式",
    "How care is paid",
    {
        "01": ("城镇职工基本医疗保险", "Urban employees' insurance"),
        "02": ("城乡居民基本医疗保险", "Residents' insurance"),
        "03": ("新型农村合作医疗", "Rural cooperative scheme"),
        "04": ("贫困救助", "Relief"),
        "05": ("商业医疗保险", "Commercial insurance"),
        "06": ("全公费", "Publicly paid"),
        "07": ("全自费", "Self-paid"),
        "99": ("其他", "Other"),
    },
    several=True,
)
DRUG_ALLERGY = coded(
    "drug_allergy",
    "药物过敏史",
    "Drug allergies",
    {
        "1": ("无", "None"),
        "2": ("青霉素类", "Penicillins"),
        "3": ("磺胺类", "Sulphonamides"),
        "4": ("链霉素类", "Streptomycin"),
        "5": ("其他", "Other"),
    },
    several=True,
)
DRUG_ALLERGY_OTHER = words("drug_allergy_other", "其他药物过敏", "Other drug allergy")
EXPOSURE = coded(
    "exposure",
    "暴露史",
    "Exposure",
    {"1": ("无", "None"), "2": ("化学品", "Chemicals"), "3": ("毒物", "Poisons"), "4": ("射线", "Radiation")},
    several=True,
)

# -- past and family history ------------------------------------------------------------------------------------------------------

_DISEASES = {
    "1": ("无", "None"),
    "2": ("高血压", "Hypertension"),
    "3": ("糖尿病", "Diabetes"),
    "4": ("冠心病", "Coronary disease"),
    "5": ("慢性阻塞性肺疾病", "COPD"),
    "6": ("恶性肿瘤", "Cancer"),
    "7": ("脑卒中", "Stroke"),
    "8": ("严重精神障碍", "Severe mental disorder"),
    "9": ("结核病", "Tuberculosis"),
    "10": ("肝炎", "Hepatitis"),
    "11": ("其他法定传染病", "Other notifiable disease"),
    "12": ("职业病", "Occupational disease"),
    "13": ("其他", "Other"),
}
PAST_DISEASES = coded("past_diseases", "既往史：疾病", "Past diseases", _DISEASES, several=True)
HISTORY_KIND = coded(
    "history_kind",
    "既往史类别",
    "Kind of past history",
    {"1": ("疾病", "Disease"), "2": ("手术", "Operation"), "3": ("外伤", "Injury"), "4": ("输血", "Transfusion")},
)
HISTORY_DISEASE = coded("history_disease", "疾病", "Disease", {code: wording for code, wording in _DISEASES.items() if code != "1"})
HISTORY_NAME = words("history_name", "名称或原因", "Name or reason")
HISTORY_ON = day("history_on", "确诊（发生）时间", "Diagnosed or happened on")
SURGERY = yes_no("surgery", "手术史", "Had operations")
INJURY = yes_no("injury", "外伤史", "Had injuries")
TRANSFUSION = yes_no("transfusion", "输血史", "Had transfusions")
_FAMILY_DISEASES = {
    "1": ("无", "None"),
    "2": ("高血压", "Hypertension"),
    "3": ("糖尿病", "Diabetes"),
    "4": ("冠心病", "Coronary disease"),
    "5": ("慢性阻塞性肺疾病", "COPD"),
    "6": ("恶性肿瘤", "Cancer"),
    "7": ("脑卒中", "Stroke"),
    "8": ("严重精神障碍", "Severe mental disorder"),
    "9": ("结核病", "Tuberculosis"),
    "10": ("肝炎", "Hepatitis"),
    "11": ("先天畸形", "Congenital malformation"),
    "12": ("其他", "Other"),
}
FAMILY_FATHER = coded("family_father", "家族史：父亲", "Family history: father", _FAMILY_DISEASES, several=True)
FAMILY_MOTHER = coded("family_mother", "家族史：母亲", "Family history: mother", _FAMILY_DISEASES, several=True)
FAMILY_SIBLINGS = coded("family_siblings", "家族史：兄弟姐妹", "Family history: siblings", _FAMILY_DISEASES, several=True)
FAMILY_CHILDREN = coded("family_children", "家族史：子女", "Family history: children", _FAMILY_DISEASES, several=True)
FAMILY_OTHER = words("family_other", "家族史其他疾病", "Family history: other disease")
HEREDITARY = coded("hereditary", "遗传病史", "Hereditary disease", {"1": ("无", "None"), "2": ("有", "Yes")})
HEREDITARY_NAME = words("hereditary_name", "遗传病名称", "Hereditary disease, name")
DISABILITY = coded(
    "disability",
    "残疾情况",
    "Disability",
    {
        "1": ("无残疾", "None"),
        "2": ("视力残疾", "Sight"),
        "3": ("听力残疾", "Hearing"),
        "4": ("言语残疾", "Speech"),
        "5": ("肢体残疾", "Limbs"),
        "6": ("智力残疾", "Intellect"),
        "7": ("精神残疾", "Mental"),
        "8": ("其他残疾", "Other"),
    },
    several=True,
)
DISABILITY_OTHER = words("disability_other", "其他残疾", "Other disability")

# -- living conditions --------------------------------------------------------------------------------------------------------------

KITCHEN = coded(
    "kitchen",
    "厨房排风设施",
    "Kitchen ventilation",
    {"1": ("无", "None"), "2": ("油烟机", "Extractor hood"), "3": ("换气扇", "Fan"), "4": ("烟囱", "Chimney")},
)
FUEL = coded(
    "fuel",
    "燃料类型",
    "Fuel",
    {
        "1": ("液化气", "Liquefied gas"),
        "2": ("煤", "Coal"),
        "3": ("天然气", "Natural gas"),
        "4": ("沼气", "Biogas"),
        "5": ("柴火", "Firewood"),
        "6": ("其他", "Other"),
    },
)
WATER = coded(
    "water",
    "饮水",
    "Drinking water",
    {
        "1": ("自来水", "Tap"),
        "2": ("经净化过滤的水", "Filtered"),
        "3": ("井水", "Well"),
        "4": ("河湖水", "River or lake"),
        "5": ("塘水", "Pond"),
        "6": ("其他", "Other"),
    },
)
TOILET = coded(
    "toilet",
    "厕所",
    "Toilet",
    {
        "1": ("卫生厕所", "Sanitary"),
        "2": ("一格或二格粪池式", "One or two pits"),
        "3": ("马桶", "Bucket"),
        "4": ("露天粪坑", "Open pit"),
        "5": ("简易棚厕", "Simple shed"),
    },
)
LIVESTOCK = coded(
    "livestock",
    "禽畜栏",
    "Livestock pen",
    {"1": ("无", "None"), "2": ("单设", "Apart"), "3": ("室内", "Indoors"), "4": ("室外", "Outdoors")},
)

# -- service records ------------------------------------------------------------------------------------------------------------------

SERVED_ON = day("served_on", "服务日期", "Day of service")
CONSULTATION = "1"
FIRST_OF_YEAR = yes_no("first_consultation_of_year", "本年首诊", "First consultation of the year")
SERVICE_KIND = coded(
    "service_kind",
    "服务类别",
    "Kind of service",
    {
        "1": ("接诊", "Consultation"),
        "2": ("会诊", "Joint consultation"),
        "3": ("转诊（转出）", "Referred out"),
        "4": ("回转（转回）", "Referred back"),
        "9": ("其他服务", "Other service"),
    },
)
SUBJECTIVE = words("subjective", "就诊者的主观资料", "What the person says")
OBJECTIVE = words("objective", "就诊者的客观资料", "What was found")
EVALUATION = words("evaluation", "评估", "Evaluation")
PLAN = words("plan", "处置计划", "Plan")
CONSULT_REASON = words("consult_reason", "会诊原因", "Why consulted")
CONSULT_OPINION = words("consult_opinion", "会诊意见", "Opinion")
CONSULTANTS = words("consultants", "会诊医疗卫生机构及医生", "Consulting institution and doctors")
TRANSFER_TO = words("transfer_to", "转入（转出）机构及科室", "Transferred to or from")
FIRST_IMPRESSION = words("first_impression", "初步印象", "First impression")
TRANSFER_REASON = words("transfer_reason", "主要转诊原因", "Why transferred")
DIAGNOSIS_CODE = words("diagnosis_code", "诊断编码（ICD-10）", "Diagnosis (ICD-10)", standard="ICD-10")

# -- what an examination lists line by line ---------------------------------------------------------------------------------------------

STAY_KIND = coded("stay_kind", "住院治疗类别", "Kind of stay", {"1": ("住院", "In hospital"), "2": ("家庭病床", "Home bed")})
ADMITTED_ON = day("admitted_on", "入院（建床）日期", "Admitted on")
DISCHARGED_ON = day("discharged_on", "出院（撤床）日期", "Discharged on")
STAY_REASON = words("stay_reason", "原因", "Reason")
STAY_PLACE = words("stay_place", "医疗机构名称", "Institution")
CASE_NUMBER = words("case_number", "病案号", "Case number")
MEDICINE_NAME = words("medicine_name", "药物名称", "Medicine")
MEDICINE_USAGE = words("medicine_usage", "用法", "How taken")
MEDICINE_DOSE = words("medicine_dose", "用量", "Dose")
MEDICINE_MONTHS = number("medicine_months", "用药时间", "Taken for", "月", "0", "1200")
NOTED_ON = day("noted_on", "记录日期", "Noted on")
VACCINE_NAME = words("vaccine_name", "接种名称", "Vaccine")
VACCINATED_AT = words("vaccinated_at", "接种机构", "Vaccinated at")

RECORD_COMPLETE = yes_no("record_complete", "个人基本信息完整", "Personal information complete")
