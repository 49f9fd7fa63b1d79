"""Elements of the register of infectious diseases and of the report card 传染病报告卡. Times are asked as the card prints them: day, hour,
minute; the minutes between two of them are derived."""

from taizhang.kernel.elements import coded, day, number, words, yes_no
from taizhang.programmes.infectious_disease.diseases import DISEASES

DISEASE_WIDTH = 40


FOUND_ON = day("infection_diagnosed_on", "诊断日期", "Diagnosed on")
FOUND_HOUR = number("infection_diagnosed_hour", "诊断时间（时）", "Diagnosed at, hour", "时", "0", "23")
FOUND_MINUTE = number("infection_diagnosed_minute", "诊断时间（分）", "Diagnosed at, minute", "分", "0", "59")
ONSET_ON = day("infection_onset_on", "发病日期", "Onset on")
DISEASE = coded("notifiable_disease", "疾病名称", "Disease", {d.code: (d.name.zh, d.name.en) for d in DISEASES})
KIND = coded(
    "notifiable_disease_kind", "分型", "Kind of the disease",
    {code: (name.zh, name.en) for d in DISEASES for code, name in d.kinds},
)  # fmt: skip
CASE_CLASS = coded(
    "infection_case_class", "病例分类1", "Certainty of the case",
    {
        "1": ("临床诊断病例", "Clinical diagnosis"), "2": ("确诊病例", "Confirmed"), "3": ("疑似病例", "Suspected"),
        "4": ("病原携带者", "Carrier"),
    },
)  # fmt: skip
CLINICAL, CONFIRMED, SUSPECTED, CARRIER = "1", "2", "3", "4"
ACUTE = coded(
    "infection_acute", "病例分类2", "Acute or chronic",
    {"1": ("急性", "Acute"), "2": ("慢性", "Chronic"), "0": ("未分型", "Not told apart")},
)  # fmt: skip

# -- the register ------------------------------------------------------------------------------------------------------------------

PLACE = coded(
    "infection_found_at", "登记处", "Found at",
    {
        "1": ("门诊", "Clinic"), "2": ("住院", "Ward"), "3": ("检验", "Laboratory"), "4": ("影像", "Imaging"), "5": ("入户或巡诊",
        "At home"),
    },
)  # fmt: skip
FIRST_VISIT = coded("infection_first_visit", "初诊或复诊", "First visit or not", {"1": ("初诊", "First"), "2": ("复诊", "Again")})
AGAIN = "2"
SYMPTOMS = words("infection_symptoms", "主要症状体征", "Symptoms and signs")
EXPOSURE = words("infection_exposure", "流行病学史", "Exposure")
HANDLED = coded(
    "infection_handled", "登记后处理", "What was done",
    {
        "1": ("填报传染病报告卡", "Reported by card"), "2": ("已由其他机构报告", "Reported elsewhere"),
        "3": ("排除", "Excluded"), "4": ("转诊", "Referred"),
    },
)  # fmt: skip
ELSEWHERE, EXCLUDED = "2", "3"
REGISTRAR = words("infection_registrar", "接诊医生", "Doctor")
OUTCOME = coded(
    "infection_outcome", "报告情况", "Whether reported",
    {
        "1": ("已在时限内报告", "Reported in time"), "2": ("已报告，超过时限", "Reported late"), "3": ("尚未报告", "Not reported"),
        "4": ("无须报告", "Nothing to report"),
    },
)  # fmt: skip
IN_TIME, LATE, NOT_REPORTED, NOTHING_OWED = "1", "2", "3", "4"
DISEASE_CLASS = coded(
    "notifiable_class", "传染病类别", "Class of the disease", {"1": ("甲类", "Class A"), "2": ("乙类", "Class B"), "3": ("丙类", "Class C")}
)
LIMIT = number("infection_limit", "报告时限", "Time to report", "分钟", "0", "100000")
DUE_ON = day("infection_due_on", "报告截止日期", "To be reported by")
TOOK = number("infection_took", "报告用时", "Reported within", "分钟", "-100000000", "100000000")
CARD_ON = day("infection_card_on", "报卡日期", "Card of")

# -- the card ----------------------------------------------------------------------------------------------------------------------

CARD_NUMBER = words("infection_card_number", "卡片编号", "Number of the card")
CARD_KIND = coded("infection_card_kind", "报卡类别", "Kind of card", {"1": ("初次报告", "First"), "2": ("订正报告", "Correction")})
FIRST_CARD, CORRECTION = "1", "2"
PARENT = words("infection_parent", "患儿家长姓名", "Parent of a child")
WORKPLACE = words("infection_workplace", "工作单位（学校）", "Workplace or school")
PHONE = words("infection_phone", "联系电话", "Phone")
BELONGS = coded(
    "infection_belongs", "病人属于", "Lives in",
    {
        "1": ("本县区", "This county"), "2": ("本市其他县区", "Another county of the city"), "3": ("本省其他地市",
        "Another city of the province"),
        "4": ("外省", "Another province"), "5": ("港澳台", "Hong Kong, Macao, Taiwan"), "6": ("外籍", "Abroad"),
    },
)  # fmt: skip
ADDRESS = words("infection_address", "现住址（详填至村、门牌）", "Address")
OCCUPATION = coded(
    "infection_occupation", "人群分类", "Occupation",
    {
        "01": ("幼托儿童", "In kindergarten"), "02": ("散居儿童", "Child at home"), "03": ("学生", "Pupil or student"), "04": ("教师",
        "Teacher"),
        "05": ("保育员及保姆", "Child carer"), "06": ("餐饮食品业", "Food trade"), "07": ("商业服务", "Commerce"), "08": ("医务人员",
        "Health worker"),
        "09": ("工人", "Worker"), "10": ("民工", "Migrant worker"), "11": ("农民", "Farmer"), "12": ("牧民", "Herder"),
        "13": ("渔（船）民", "Fisher"), "14": ("干部职员", "Office worker"), "15": ("离退人员", "Retired"), "16": ("家务及待业", "At home"),
        "17": ("不详", "Unknown"), "18": ("其他", "Other"),
    },
)  # fmt: skip
AT_SCHOOL = ("01", "03")
DIED_ON = day("infection_died_on", "死亡日期", "Died on")
OUTBREAK = yes_no("infection_outbreak", "属暴发疫情、新发或原因不明的传染病", "An outbreak, or a new or unexplained disease")
CORRECTED = coded("infection_corrected", "订正前病名", "Disease before the correction", {d.code: (d.name.zh, d.name.en) for d in DISEASES})
RETURNED = words("infection_returned", "退卡原因", "Why sent back")
REPORTER = words("infection_reporter", "报告医生", "Reported by")
FILLED_ON = day("infection_filled_on", "填卡日期", "Filled in on")
REMARK = words("infection_remark", "备注", "Remark")
REPORTED_ON = day("infection_reported_on", "网络报告日期", "Reported on")
REPORTED_HOUR = number("infection_reported_hour", "网络报告时间（时）", "Reported at, hour", "时", "0", "23")
REPORTED_MINUTE = number("infection_reported_minute", "网络报告时间（分）", "Reported at, minute", "分", "0", "59")
REVIEWED_ON = day("infection_reviewed_on", "审核日期", "Reviewed on")
REVIEWED_HOUR = number("infection_reviewed_hour", "审核时间（时）", "Reviewed at, hour", "时", "0", "23")
REVIEWED_MINUTE = number("infection_reviewed_minute", "审核时间（分）", "Reviewed at, minute", "分", "0", "59")
REVIEWER = words("infection_reviewer", "审核人", "Reviewer")
VOID_ON = day("infection_void_on", "作废日期", "Void from")
VOID_REASON = words("infection_void_reason", "作废原因", "Why void")
LACKING = coded(
    "infection_lacking", "尚缺项目", "Still lacking",
    {
        "1": ("家长姓名（14岁以下）", "parent (under 14)"), "2": ("学校或托幼机构", "school or kindergarten"), "3": ("分型", "kind"),
        "4": ("病例分类2", "acute or chronic"), "5": ("联系电话", "phone"), "6": ("现住址", "address"), "7": ("人群分类", "occupation"),
        "8": ("病人属于", "where the patient lives"),
    },
    several=True,
)  # fmt: skip
DOUBLED = yes_no("infection_doubled", "重卡", "A second card of one illness")
REVIEW_TOOK = number("infection_review_took", "审核用时", "Reviewed within", "分钟", "-100000000", "100000000")
RESOLVES = yes_no("infection_resolves", "订正疑似病例", "Settles a suspected case")
