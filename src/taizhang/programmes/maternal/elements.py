"""Elements of the mother's and child's handbook 母子健康手册 and of the cards of the yearly report on women and children.

Codes stand in the order and with the numbers of the paper forms of the 国家基本公共卫生服务规范（第三版）.
"""

from taizhang.kernel.elements import coded, day, number, words, yes_no

_NORMAL = {"1": ("未见异常", "Nothing abnormal"), "2": ("异常", "Abnormal")}
_RESULT = {"1": ("阴性", "Negative"), "2": ("阳性", "Positive")}
_REFERRED = {"1": ("无", "No"), "2": ("有", "Yes")}
_SCREENED = {"1": ("未见异常", "Nothing found"), "2": ("异常", "Abnormal"), "3": ("需复查", "To be repeated")}

# -- 建册与第1次产前检查 ------------------------------------------------------------------------------------------------------------

REGISTERED_ON = day("pregnancy_registered_on", "建册及首次产前检查日期", "Registered and first checked on")
HANDBOOK_NUMBER = words("handbook_number", "母子健康手册编号", "Handbook number")
HUSBAND_NAME = words("husband_name", "丈夫姓名", "Husband's name")
HUSBAND_AGE = number("husband_age", "丈夫年龄", "Husband's age", "岁", "15", "90")
HUSBAND_PHONE = words("husband_phone", "丈夫电话", "Husband's phone")
GRAVIDITY = number("gravidity", "孕次", "Pregnancies", "次", "1", "20", standard="DE02.01.038.00")
VAGINAL_BIRTHS = number("vaginal_births", "阴道分娩", "Vaginal births", "次", "0", "15")
CAESAREANS = number("caesareans", "剖宫产", "Caesareans", "次", "0", "6")
LAST_PERIOD_ON = day("last_period_on", "末次月经", "Last menstrual period", standard="DE02.10.051.00")
SCANNED_ON = day("scanned_on", "早孕期超声检查日期", "Early ultrasound on")
SCAN_DAYS = number("scan_days", "超声推算孕龄", "Gestation by ultrasound", "天", "35", "97")
DUE_ON = day("due_on", "预产期", "Expected day of birth", standard="DE05.10.098.00")
DUE_METHOD = coded(
    "due_method",
    "预产期推算依据",
    "Due day reckoned by",
    {"1": ("末次月经", "Last menstrual period"), "2": ("早孕期超声", "Early ultrasound")},
)
PAST_ILLNESS = coded(
    "maternal_past_illness",
    "既往史",
    "Past illness",
    {
        "1": ("无", "None"),
        "2": ("心脏病", "Heart disease"),
        "3": ("肾脏疾病", "Kidney disease"),
        "4": ("肝脏疾病", "Liver disease"),
        "5": ("高血压", "Hypertension"),
        "6": ("贫血", "Anaemia"),
        "7": ("糖尿病", "Diabetes"),
        "8": ("其他", "Other"),
    },
    several=True,
)
FAMILY_HISTORY = coded(
    "maternal_family_history",
    "家族史",
    "Family history",
    {"1": ("无", "None"), "2": ("遗传性疾病史", "Hereditary disease"), "3": ("精神疾病史", "Mental illness"), "4": ("其他", "Other")},
    several=True,
)
PERSONAL_HISTORY = coded(
    "maternal_personal_history",
    "个人史",
    "Personal history",
    {
        "1": ("无特殊", "Nothing special"),
        "2": ("吸烟", "Smoking"),
        "3": ("饮酒", "Drinking"),
        "4": ("服用药物", "Taking medicines"),
        "5": ("接触有毒有害物质", "Toxic substances"),
        "6": ("接触放射线", "Radiation"),
        "7": ("其他", "Other"),
    },
    several=True,
)
GYNAE_SURGERY = coded("gynae_surgery", "妇产科手术史", "Gynaecological operations", _REFERRED)
MISCARRIAGES = number("miscarriages", "自然流产", "Miscarriages", "次", "0", "15")
ABORTIONS = number("abortions", "人工流产", "Abortions", "次", "0", "15")
PAST_FETAL_DEATHS = number("past_fetal_deaths", "死胎", "Fetal deaths", "次", "0", "10")
PAST_STILLBIRTHS = number("past_stillbirths", "死产", "Stillbirths", "次", "0", "10")
PAST_NEWBORN_DEATHS = number("past_newborn_deaths", "新生儿死亡", "Newborn deaths", "次", "0", "10")
PAST_DEFECTS = number("past_defects", "出生缺陷儿", "Children with birth defects", "次", "0", "10")
HEART = coded("heart_auscultation", "听诊：心脏", "Heart", _NORMAL)
LUNGS = coded("lung_auscultation", "听诊：肺部", "Lungs", _NORMAL)
DISCHARGE = coded(
    "vaginal_discharge",
    "阴道分泌物",
    "Vaginal discharge",
    {"1": ("未见异常", "Normal"), "2": ("滴虫", "Trichomonas"), "3": ("假丝酵母菌", "Candida"), "4": ("其他", "Other")},
    several=True,
)
CLEANNESS = coded(
    "vaginal_cleanness",
    "阴道清洁度",
    "Vaginal cleanness",
    {"1": ("Ⅰ度", "Grade I"), "2": ("Ⅱ度", "Grade II"), "3": ("Ⅲ度", "Grade III"), "4": ("Ⅳ度", "Grade IV")},
)
TESTED = coded(
    "mother_tested",
    "艾滋病、梅毒、乙肝检测",
    "Tests for HIV, syphilis and hepatitis B",
    {"1": ("未检测", "Not done"), "2": ("已检测", "Done")},
)
TESTED_ON = day("mother_tested_on", "艾滋病、梅毒、乙肝检测日期", "Tested for HIV, syphilis and hepatitis B on")
SCAN_FINDING = words("scan_finding", "B超", "Ultrasound finding")
ASSESSMENT = coded("pregnancy_assessment", "总体评估", "Overall assessment", _NORMAL)
FIRST_GUIDANCE = coded(
    "first_check_guidance",
    "保健指导",
    "Guidance",
    {
        "1": ("生活方式", "Way of life"),
        "2": ("心理", "Mind"),
        "3": ("营养", "Food"),
        "4": ("避免致畸因素和疾病对胚胎的不良影响", "Avoiding harm to the embryo"),
        "5": ("产前筛查宣传告知", "Told of prenatal screening"),
        "6": ("其他", "Other"),
    },
    several=True,
)
REFERRED = coded("maternal_referred", "转诊", "Referred", _REFERRED)
GESTATION = number("gestation_days", "孕龄", "Gestation", "天", "0", "320")
GESTATION_PRINTED = words("gestation_printed", "孕周", "Weeks of gestation")
MEASURED_RISK = coded(
    "measured_risk",
    "按检查结果提示的风险",
    "Risk by what was measured",
    {"1": ("绿色", "Green"), "2": ("黄色", "Yellow"), "3": ("橙色", "Orange")},
)
NEXT_CHECK_ON = day("next_check_on", "下次随访截止日期", "Next check due by")

# -- 第2～5次产前随访 ----------------------------------------------------------------------------------------------------------------

VISITED_ON = day("antenatal_visited_on", "产前随访日期", "Date of the antenatal visit")
COMPLAINT = words("antenatal_complaint", "主诉", "Complaint")
FUNDAL_HEIGHT = number("fundal_height", "宫底高度", "Fundal height", "cm", "5", "60", places=1)
ABDOMEN_GIRTH = number("abdomen_girth", "腹围", "Girth", "cm", "50", "180", places=1)
PRESENTATION = words("presentation", "胎位", "Presentation")
FETAL_HEART = number("fetal_heart", "胎心率", "Fetal heart rate", "次/分", "60", "220")
VISIT_CLASS = coded("antenatal_class", "产前随访分类", "Class of the antenatal visit", _NORMAL)
ABNORMAL = words("antenatal_abnormal", "异常情况", "What is abnormal")
VISIT_GUIDANCE = coded(
    "antenatal_guidance",
    "指导",
    "Guidance",
    {
        "1": ("生活方式", "Way of life"),
        "2": ("营养", "Food"),
        "3": ("心理", "Mind"),
        "4": ("运动", "Exercise"),
        "5": ("自我监护", "Watching oneself"),
        "6": ("分娩准备", "Preparing for birth"),
        "7": ("母乳喂养", "Breastfeeding"),
        "8": ("其他", "Other"),
    },
    several=True,
)
WINDOW = coded(
    "antenatal_window",
    "随访孕周",
    "Weeks of the visit",
    {
        "2": ("孕16～20周", "Weeks 16 to 20"),
        "3": ("孕21～24周", "Weeks 21 to 24"),
        "4": ("孕28～36周", "Weeks 28 to 36"),
        "5": ("孕37～40周", "Weeks 37 to 40"),
    },
)

# -- 三病检测与阻断 --------------------------------------------------------------------------------------------------------------------
# Elements of their own, though the yearly examination knows hepatitis B too: an answer here must not be carried into an open form.

SERVED_ON = day("transmission_served_on", "三病检测（阻断服务）日期", "Tested or treated on")
TESTED_AT = words("mother_tested_at", "检测（服务）机构", "Tested or treated at")
HBSAG = coded("mother_own_hbsag", "孕产妇乙型肝炎表面抗原", "Mother's own hepatitis B surface antigen", _RESULT)
HBSAB = coded("hbsab", "乙型肝炎表面抗体", "Hepatitis B surface antibody", _RESULT)
HBEAG = coded("hbeag", "乙型肝炎e抗原", "Hepatitis B e antigen", _RESULT)
HBEAB = coded("hbeab", "乙型肝炎e抗体", "Hepatitis B e antibody", _RESULT)
HBCAB = coded("hbcab", "乙型肝炎核心抗体", "Hepatitis B core antibody", _RESULT)
SYPHILIS = coded("syphilis_serology", "梅毒血清学试验", "Syphilis serology", _RESULT)
HIV = coded("hiv_antibody", "HIV抗体检测", "HIV antibody", _RESULT)
INFECTIONS = coded(
    "purple_factors",
    "传染病（紫色）",
    "Infectious diseases (purple)",
    {
        "1": ("病毒性肝炎", "Viral hepatitis"),
        "2": ("梅毒", "Syphilis"),
        "3": ("HIV感染及艾滋病", "HIV infection"),
        "4": ("结核病", "Tuberculosis"),
        "5": ("重症感染性肺炎", "Severe infectious pneumonia"),
        "6": ("特殊病毒感染", "Special viruses"),
        "9": ("其他传染病", "Other infectious disease"),
    },
    several=True,
)
INFECTION_FILE_ON = day("infection_file_on", "传染病专案建立日期", "Special file for the infection opened on")
TREATMENT = coded(
    "mother_treatment",
    "孕产妇治疗",
    "Treatment of the mother",
    {
        "1": ("抗艾滋病病毒治疗", "Antiretroviral"),
        "2": ("规范驱梅治疗", "Treatment of syphilis"),
        "3": ("乙肝抗病毒治疗", "Antiviral for hepatitis B"),
        "4": ("拒绝治疗", "Refused"),
        "9": ("其他", "Other"),
    },
    several=True,
)
TREATMENT_ON = day("mother_treatment_on", "孕产妇治疗开始日期", "Treatment of the mother begun on")
PROPHYLAXIS = coded(
    "newborn_prophylaxis",
    "所生儿童预防用药（治疗）",
    "Preventive treatment of the child",
    {
        "1": ("抗病毒药物", "Antiretroviral"),
        "2": ("苄星青霉素预防性治疗", "Benzathine penicillin"),
        "3": ("乙肝疫苗和免疫球蛋白", "Hepatitis B vaccine and immunoglobulin"),
        "9": ("其他", "Other"),
    },
    several=True,
)
PROPHYLAXIS_ON = day("prophylaxis_on", "所生儿童预防用药（治疗）日期", "Preventive treatment of the child begun on")
TESTS_COMPLETE = yes_no("mother_tests_complete", "三项检测齐全", "All three tests done")
PURPLE = yes_no("risk_purple", "紫色（传染病）标识", "Purple (infectious)")

# -- 妊娠风险评估分级 ----------------------------------------------------------------------------------------------------------------

RISK_ON = day("risk_assessed_on", "风险评估日期", "Risk assessed on")
# The form's 11 (a carrier of hepatitis B) would tell the result to all who may open the pregnancy: it is written as 19, other general
# risk, and stands with the tests.
YELLOW_FACTORS = coded(
    "yellow_factors",
    "一般风险因素（黄色）",
    "Factors of general risk (yellow)",
    {
        "1": ("年龄≥35岁或≤18岁", "Aged 35 and over or 18 and under"),
        "2": ("BMI>25或<18.5", "Body mass index above 25 or below 18.5"),
        "3": ("生殖道畸形", "Malformed genital tract"),
        "4": ("骨盆狭小", "Narrow pelvis"),
        "5": ("不良孕产史", "Bad obstetric history"),
        "6": ("瘢痕子宫", "Scarred uterus"),
        "7": ("子宫肌瘤或卵巢囊肿≥5cm", "Fibroid or cyst of 5 cm and over"),
        "8": ("盆腔手术史", "Pelvic operation"),
        "9": ("辅助生殖妊娠", "Assisted reproduction"),
        "10": ("心脏病（无需药物治疗，心功能正常）", "Heart disease without medicines, normal function"),
        "12": ("血小板减少无出血倾向", "Low platelets without bleeding"),
        "13": ("贫血（Hb60～110g/L）", "Anaemia (60 to 110 g/L)"),
        "19": ("其他一般风险情况", "Other general risk"),
    },
    several=True,
)
ORANGE_FACTORS = coded(
    "orange_factors",
    "较高风险因素（橙色）",
    "Factors of higher risk (orange)",
    {
        "1": ("年龄≥40岁", "Aged 40 and over"),
        "2": ("BMI≥28", "Body mass index of 28 and over"),
        "3": ("需药物治疗的心脏病", "Heart disease on medicines"),
        "4": ("需药物治疗的糖尿病", "Diabetes on medicines"),
        "5": ("甲状腺疾病", "Thyroid disease"),
        "6": ("子痫前期", "Pre-eclampsia"),
        "7": ("前置胎盘", "Placenta praevia"),
        "8": ("重度贫血", "Severe anaemia"),
        "9": ("免疫系统疾病", "Immune disease"),
        "10": ("癫痫", "Epilepsy"),
        "11": ("三胎及以上妊娠", "Triplets or more"),
        "19": ("其他较高风险情况", "Other higher risk"),
    },
    several=True,
)
RED_FACTORS = coded(
    "red_factors",
    "高风险因素（红色）",
    "Factors of high risk (red)",
    {
        "1": ("严重心血管疾病", "Severe heart disease"),
        "2": ("重度子痫前期或子痫", "Severe pre-eclampsia or eclampsia"),
        "3": ("凶险性前置胎盘", "Dangerous placenta praevia"),
        "4": ("严重肝肾功能损害", "Severe liver or kidney damage"),
        "5": ("严重血液系统疾病", "Severe blood disease"),
        "6": ("恶性肿瘤", "Cancer"),
        "19": ("其他高风险情况", "Other high risk"),
    },
    several=True,
)
COLOURS = {
    "1": ("绿色（低风险）", "Green (low)"),
    "2": ("黄色（一般风险）", "Yellow (general)"),
    "3": ("橙色（较高风险）", "Orange (higher)"),
    "4": ("红色（高风险）", "Red (high)"),
}
COLOUR = coded("risk_colour", "妊娠风险分级", "Risk of the pregnancy", COLOURS)
SPECIAL_ON = day("special_file_on", "高危专案建立日期", "Special file opened on")
REPORTED_ON = day("risk_reported_on", "报告妇幼保健机构日期", "Reported to the maternity institution on")
DELIVERY_PLANNED = words("delivery_planned", "预约分娩机构", "Where the birth is planned")
RISK_ADVICE = words("risk_advice", "处理意见", "What was advised")

# -- 妊娠结局与分娩 ------------------------------------------------------------------------------------------------------------------

ENDED_ON = day("pregnancy_ended_on", "分娩（妊娠终止）日期", "Delivered (pregnancy ended) on", standard="DE06.00.218.00")
OUTCOME = coded(
    "pregnancy_outcome",
    "妊娠结局",
    "Outcome of the pregnancy",
    {
        "1": ("分娩", "Birth"),
        "2": ("自然流产", "Miscarriage"),
        "3": ("人工流产", "Abortion"),
        "4": ("中期引产", "Late termination"),
        "5": ("异位妊娠", "Ectopic pregnancy"),
        "9": ("其他", "Other"),
    },
)
DELIVERED_AT = coded(
    "delivered_at",
    "分娩地点",
    "Place of birth",
    {
        "1": ("县级及以上医院", "County hospital or above"),
        "2": ("妇幼保健机构", "Maternity institution"),
        "3": ("乡镇卫生院", "Township health centre"),
        "4": ("其他医疗机构", "Other institution"),
        "5": ("家中", "At home"),
        "6": ("途中", "On the way"),
    },
)
DELIVERY_INSTITUTION = words("delivery_institution", "助产机构名称", "Institution of birth")
MANNER = coded(
    "manner_of_birth",
    "分娩方式",
    "Manner of birth",
    {"1": ("阴道自然分娩", "Vaginal"), "2": ("阴道助产", "Assisted vaginal"), "3": ("剖宫产", "Caesarean")},
)
LIVE_BIRTHS = number("live_births", "活产数", "Live births", "人", "0", "6")
STILLBIRTHS = number("stillbirths", "死胎死产数", "Stillbirths", "人", "0", "6")
BLOOD_LOSS = number("blood_loss", "产后24小时出血量", "Blood lost in 24 hours", "ml", "0", "8000")
COMPLICATIONS = words("delivery_complications", "分娩合并症和并发症", "Complications of the birth")
DISCHARGED_ON = day("mother_discharged_on", "出院日期", "Left hospital on")

# -- 产后访视、产后42天 ----------------------------------------------------------------------------------------------------------------

POSTNATAL_ON = day("postnatal_visited_on", "产后访视日期", "Date of the visit after birth")
FINAL_ON = day("final_checked_on", "产后42天检查日期", "Date of the 42-day check")
GENERAL_HEALTH = words("general_health", "一般健康情况", "General health")
GENERAL_MIND = words("general_mind", "一般心理状况", "State of mind")
BREASTS = coded("postnatal_breasts", "乳房", "Breasts", _NORMAL)
LOCHIA = coded("lochia", "恶露", "Lochia", _NORMAL)
POSTNATAL_UTERUS = coded("postnatal_uterus", "子宫", "Uterus", _NORMAL)
WOUND = coded("wound", "伤口", "Wound", _NORMAL)
POSTNATAL_OTHER = words("postnatal_other", "产后其他情况", "Other, after birth")
POSTNATAL_CLASS = coded("postnatal_class", "产后访视分类", "Class of the visit after birth", _NORMAL)
POSTNATAL_GUIDANCE = coded(
    "postnatal_guidance",
    "产后访视指导",
    "Guidance after birth",
    {
        "1": ("个人卫生", "Hygiene"),
        "2": ("心理", "Mind"),
        "3": ("营养", "Food"),
        "4": ("母乳喂养", "Breastfeeding"),
        "5": ("新生儿护理与喂养", "Care and feeding of the newborn"),
        "6": ("其他", "Other"),
    },
    several=True,
)
RECOVERY = coded("recovery", "恢复情况分类", "Recovery", {"1": ("已恢复", "Recovered"), "2": ("未恢复", "Not recovered")})
FINAL_GUIDANCE = coded(
    "final_guidance",
    "产后42天指导",
    "Guidance at 42 days",
    {
        "1": ("心理保健", "Mind"),
        "2": ("性保健与避孕", "Sexual health and contraception"),
        "3": ("婴儿喂养", "Feeding the infant"),
        "4": ("产妇营养", "Food"),
        "5": ("其他", "Other"),
    },
    several=True,
)
HANDLING = coded("final_handling", "处理", "What follows", {"1": ("结案", "Closed"), "2": ("转诊", "Referred")})

# -- 出生、新生儿筛查与乙肝阻断 ------------------------------------------------------------------------------------------------------------

BORN_ON = day("birth_registered_born_on", "出生日期", "Born on")
CERTIFICATE = words("birth_certificate", "出生医学证明编号", "Birth certificate number")
DEFECT = yes_no("birth_defect", "出生缺陷", "Birth defect")
DEFECT_NAME = words("birth_defect_name", "出生缺陷诊断", "Birth defect, diagnosis")
HEEL_BLOOD_ON = day("heel_blood_on", "新生儿疾病筛查采血日期", "Heel blood taken on")
THYROID = coded("thyroid_screen", "甲状腺功能减低症筛查", "Thyroid screen", _SCREENED)
PHENYLKETONURIA = coded("pku_screen", "苯丙酮尿症筛查", "Phenylketonuria screen", _SCREENED)
RECALLED_ON = day("recalled_on", "疾病筛查阳性召回复查日期", "Recalled and tested again on")
HEARING_ON = day("hearing_screened_on", "听力初筛日期", "Hearing screened on")
HEARING_AGAIN_ON = day("hearing_again_on", "听力复筛日期", "Hearing screened again on")
IMMUNOGLOBULIN_HOURS = number(
    "immunoglobulin_hours", "乙肝免疫球蛋白注射时间（出生后）", "Immunoglobulin given after birth", "小时", "0", "720"
)

# -- 死亡报告卡 --------------------------------------------------------------------------------------------------------------------

DIED_ON = day("reported_died_on", "死亡日期", "Died on")
DEATH_PLACE = coded(
    "death_place",
    "死亡地点",
    "Place of death",
    {
        "1": ("医院", "Hospital"),
        "2": ("卫生院", "Health centre"),
        "3": ("途中", "On the way"),
        "4": ("家中", "At home"),
        "9": ("其他", "Other"),
    },
)
DEATH_DIAGNOSIS = words("death_diagnosis", "死亡诊断", "Cause of death")
DEATH_CODE = words("death_code", "死因编码（ICD-10）", "Cause (ICD-10)", standard="ICD-10")
CHILD_TREATMENT = coded(
    "treated_before_death",
    "死亡前治疗",
    "Treated before death",
    {"1": ("住院", "In hospital"), "2": ("门诊", "Outpatient"), "3": ("未治疗", "Not treated")},
)
CHILD_DIAGNOSED = coded(
    "diagnosed_by_level",
    "诊断级别",
    "Diagnosed at",
    {
        "1": ("省级（市级）", "Province or city"),
        "2": ("区县级", "County"),
        "3": ("街道（乡镇）", "Township"),
        "4": ("村（诊所）", "Village"),
        "5": ("未就医", "Not seen"),
    },
)
CHILD_EVIDENCE = coded(
    "cause_evidence",
    "死因诊断依据",
    "Evidence for the cause",
    {"1": ("病理尸检", "Post-mortem"), "2": ("临床", "Clinical"), "3": ("死后推断", "Inferred after death")},
)
MATERNAL_CAUSE = coded(
    "maternal_death_kind",
    "孕产妇死亡类别",
    "Kind of maternal death",
    {"1": ("直接产科原因", "Direct obstetric"), "2": ("间接产科原因", "Indirect obstetric"), "3": ("意外或偶然原因", "Accident")},
)
ENDED_BEFORE_DEATH = day("ended_before_death_on", "死亡前妊娠终止日期", "Pregnancy ended, before the death, on")
REVIEW = coded(
    "death_review",
    "评审结果",
    "Result of the review",
    {"1": ("可避免", "Avoidable"), "2": ("创造条件可避免", "Avoidable with better means"), "3": ("不可避免", "Not avoidable")},
)
DEATH_REPORTED_ON = day("death_reported_on", "报告日期", "Reported on")

# -- 婚前、孕前、叶酸 ----------------------------------------------------------------------------------------------------------------

PREMARITAL_ON = day("premarital_on", "婚前医学检查日期", "Premarital check on")
PREMARITAL_RESULT = coded(
    "premarital_result",
    "婚前医学检查意见",
    "Result of the premarital check",
    {
        "1": ("未发现医学上不宜结婚的情形", "Nothing against marriage"),
        "2": ("建议暂缓结婚", "Advised to wait"),
        "3": ("建议不宜生育", "Advised against children"),
        "4": ("建议采取医学措施，尊重受检者意愿", "Measures advised"),
    },
)
PREMARITAL_FINDING = words("premarital_finding", "检出疾病", "Disease found")
MARRIAGE_ON = day("marriage_registered_on", "结婚登记日期", "Marriage registered on")
PRECONCEPTION_ON = day("preconception_on", "孕前优生健康检查日期", "Pre-pregnancy check on")
PRECONCEPTION_RISK = coded(
    "preconception_risk", "孕前风险评估", "Pre-pregnancy risk", {"1": ("一般人群", "Ordinary"), "2": ("高风险人群", "High risk")}
)
PRECONCEPTION_ADVICE = words("preconception_advice", "孕前咨询指导", "Advice before pregnancy")
FOLIC_ON = day("folic_acid_on", "叶酸发放日期", "Folic acid given on")
FOLIC_BOTTLES = number("folic_acid_bottles", "发放叶酸", "Folic acid", "瓶", "1", "12")
FOLIC_STAGE = coded(
    "folic_acid_stage", "服用阶段", "Stage", {"1": ("孕前3个月", "Before pregnancy"), "2": ("孕早期3个月", "Early pregnancy")}
)
FOLIC_REGULAR = yes_no("folic_acid_regular", "规范服用", "Taken regularly")
CONTACT_NOTE = words("maternal_note", "备注", "Note")
