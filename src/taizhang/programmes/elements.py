"""Data elements that several lines of work ask for, each declared once with its unit, plausible range and printed codes.

Ranges are entry checks (what a person can have), not clinical limits; limits that a document states are parameters. Codes
stand in the order and with the numbers of the paper forms of the 国家基本公共卫生服务规范（第三版）.
"""

from taizhang.kernel.elements import Element, coded, day, number, words, yes_no

# -- the visit itself ------------------------------------------------------------------------------------------------------

VISITED_ON = day("visited_on", "随访日期", "Date of the visit")
WAY_OF_VISIT = coded(
    "way_of_visit", "随访方式", "Way of the visit",
    {"1": ("门诊", "At the clinic"), "2": ("家庭", "At home"), "3": ("电话", "By telephone")},
)  # fmt: skip
FACE_TO_FACE = ("1", "2")  # the ways in which doctor and patient meet
VISIT_OUTCOME = coded("visit_outcome", "随访结果", "Outcome of the visit", {"1": ("已随访", "Reached"), "2": ("失访", "Not reached")})
REACHED, NOT_REACHED = "1", "2"
LOST_REASON = words("lost_reason", "失访原因", "Why not reached")
DOCTOR = words("doctor", "随访医生签名", "Doctor's signature")

# -- body and vital signs --------------------------------------------------------------------------------------------------

SYSTOLIC = number("systolic", "收缩压", "Systolic pressure", "mmHg", "60", "280", standard="DE04.10.174.00")
DIASTOLIC = number("diastolic", "舒张压", "Diastolic pressure", "mmHg", "30", "180", standard="DE04.10.176.00")
HEART_RATE = number("heart_rate", "心率", "Heart rate", "次/分钟", "30", "200", standard="DE04.10.206.00")
HEIGHT = number("height", "身高", "Height", "cm", "45", "220", places=1, standard="DE04.10.167.00")
WEIGHT = number("weight", "体重", "Weight", "kg", "1", "250", places=1, standard="DE04.10.188.00")
TARGET_WEIGHT = number("target_weight", "目标体重", "Target weight", "kg", "1", "250", places=1)
WAIST = number("waist", "腰围", "Waist", "cm", "40", "180", places=1)
BODY_MASS_INDEX = number("body_mass_index", "体质指数", "Body mass index", "kg/m²", "10", "60", places=1)
TARGET_BODY_MASS_INDEX = number("target_body_mass_index", "目标体质指数", "Target body mass index", "kg/m²", "10", "60", places=1)
OTHER_SIGNS = words("other_signs", "其他体征", "Other signs")

# Rh is kept by label, because systems number it in opposite orders.
BLOOD_TYPE = coded(
    "blood_type",
    "血型",
    "Blood type",
    {"1": ("A型", "A"), "2": ("B型", "B"), "3": ("O型", "O"), "4": ("AB型", "AB"), "5": ("不详", "Unknown")},
)
RHESUS = coded("rhesus", "RH", "Rhesus", {"NEG": ("阴性", "Negative"), "POS": ("阳性", "Positive"), "UNK": ("不详", "Unknown")})

# -- laboratory values that the follow-up forms ask for --------------------------------------------------------------------

FASTING_GLUCOSE = number("fasting_glucose", "空腹血糖", "Fasting glucose", "mmol/L", "1.0", "50.0", places=1)
RANDOM_GLUCOSE = number("random_glucose", "随机（餐后）血糖", "Random (after a meal) glucose", "mmol/L", "1.0", "50.0", places=1)
GLYCATED_HAEMOGLOBIN = number("glycated_haemoglobin", "糖化血红蛋白", "Glycated haemoglobin", "%", "3.0", "20.0", places=1)

# -- way of life: now and agreed for next time -------------------------------------------------------------------------------

SMOKING = number("smoking", "日吸烟量", "Cigarettes a day", "支", "0", "200", standard="DE02.01.053.00")
TARGET_SMOKING = number("target_smoking", "目标日吸烟量", "Target cigarettes a day", "支", "0", "200")
DRINKING = number("drinking", "日饮酒量", "Alcohol a day", "两", "0", "50", places=1, short=True)
TARGET_DRINKING = number("target_drinking", "目标日饮酒量", "Target alcohol a day", "两", "0", "50", places=1, short=True)
EXERCISE_TIMES = number("exercise_times", "每周运动次数", "Exercise: times a week", "次/周", "0", "30")
EXERCISE_MINUTES = number("exercise_minutes", "每次运动时间", "Exercise: minutes each time", "分钟/次", "0", "600")
TARGET_EXERCISE_TIMES = number("target_exercise_times", "目标每周运动次数", "Target exercise: times a week", "次/周", "0", "30")
TARGET_EXERCISE_MINUTES = number("target_exercise_minutes", "目标每次运动时间", "Target exercise: minutes each time", "分钟/次", "0", "600")
_GRADES = {"1": ("良好", "Good"), "2": ("一般", "Fair"), "3": ("差", "Poor")}
PSYCHOLOGICAL = coded("psychological", "心理调整", "Psychological adjustment", _GRADES)
COMPLIANCE = coded("compliance", "遵医行为", "Following advice", _GRADES)

# -- medicines and what they do ----------------------------------------------------------------------------------------------

ADHERENCE = coded(
    "adherence", "服药依从性", "Taking medicines",
    {"1": ("规律", "Regularly"), "2": ("间断", "With breaks"), "3": ("不服药", "Not at all")},
)  # fmt: skip
ADVERSE_REACTION = coded("adverse_reaction", "药物不良反应", "Adverse drug reaction", {"1": ("无", "None"), "2": ("有", "Yes")})
ADVERSE_REACTION_DETAIL = words("adverse_reaction_detail", "不良反应说明", "What reaction")


def _medicine(place: int) -> tuple[Element, Element, Element]:
    return (
        words(f"medicine_{place}_name", f"药物{place}名称", f"Medicine {place}"),
        number(f"medicine_{place}_times", f"药物{place}每日次数", f"Medicine {place}: times a day", "次/日", "0", "12"),
        number(f"medicine_{place}_dose", f"药物{place}每次剂量", f"Medicine {place}: each dose", "mg", "0", "5000", places=2, short=True),
    )


MEDICINES = (_medicine(1), _medicine(2), _medicine(3))  # name, times a day, dose: the three lines of the paper forms
OTHER_MEDICINES = words("other_medicines", "其他药物", "Other medicines")

# -- what the doctor judges ----------------------------------------------------------------------------------------------------

NEW_COMPLICATION = yes_no("new_complication", "新发并发症或原有并发症加重", "New or worse complication")
DANGER_SIGNS = yes_no("danger_signs", "有危急症状", "Danger signs")
REFERRAL_REASON = words("referral_reason", "转诊原因", "Reason for referral")
REFERRAL_TO = words("referral_to", "转诊机构及科别", "Referred to (institution, department)")
# What became of a referral, asked at the contact after it: 2周内主动随访转诊情况.
REFERRAL_RESULT = coded(
    "referral_result", "转诊结果", "Result of the referral",
    {
        "1": ("已就诊，确诊或已调整治疗", "Seen; confirmed, or treatment changed"),
        "2": ("已就诊，排除或无须处理", "Seen; excluded, or nothing to do"),
        "3": ("未就诊", "Did not go"),
    },
)  # fmt: skip
REFERRAL_CONFIRMED, REFERRAL_EXCLUDED = "1", "2"
OTHER_SYMPTOMS = words("other_symptoms", "其他症状", "Other symptoms")
OTHER_TESTS = words("other_tests", "辅助检查", "Other tests")

# -- screening for a disease ---------------------------------------------------------------------------------------------------

SCREENED_ON = day("screened_on", "筛查日期", "Screened on")
SCREENING_DOCTOR = words("screening_doctor", "筛查医生签名", "Doctor who screened")

# -- the case a patient is managed under -----------------------------------------------------------------------------------------

DIAGNOSED_ON = day("diagnosed_on", "确诊日期", "Date of diagnosis")
DIAGNOSED_BY = words("diagnosed_by", "确诊机构", "Diagnosed by")
ENROLLED_ON = day("enrolled_on", "纳入管理日期", "Enrolled on")
CLOSED_ON = day("closed_on", "终止管理日期", "Closed on")
FOUND_BY = coded(
    "found_by", "发现途径", "How found",
    {
        "1": ("首诊测量", "First visit of the year"), "2": ("健康体检", "Health examination"), "3": ("就诊", "Seeking care"),
        "4": ("建档", "Opening the health record"), "9": ("其他", "Other"),
    },
)  # fmt: skip
CLOSE_REASON = coded(
    "close_reason", "终止管理原因", "Why closed",
    {
        "1": ("死亡", "Died"), "2": ("迁出", "Moved away"), "3": ("失访", "Lost"), "4": ("拒绝", "Refused"),
        "5": ("诊断更正", "Diagnosis corrected"), "9": ("其他", "Other"),
    },
)  # fmt: skip
DIAGNOSIS_CORRECTED = "5"

# -- a vaccination, and who answers for a person: asked by several forms, so declared once ------------------------------------------

VACCINATED_ON = day("vaccinated_on", "接种日期", "Vaccinated on", standard="DE06.00.193.00")
GUARDIAN_NAME = words("guardian_name", "监护人姓名", "Guardian")
GUARDIAN_RELATION = words("guardian_relation", "监护人与本人关系", "Guardian: relation to the person")
GUARDIAN_PHONE = words("guardian_phone", "监护人联系电话", "Guardian's phone")

# -- how a child was born: what the birth's registration, the newborn's visit and the vaccination card ask alike ---------------------

BIRTH_WEEKS = number("birth_weeks", "出生孕周", "Weeks of pregnancy at birth", "周", "20", "44")
BIRTH_WEIGHT = number("birth_weight", "新生儿出生体重", "Birth weight", "kg", "0.3", "7", places=2)
BIRTH_LENGTH = number("birth_length", "出生身长", "Length at birth", "cm", "25", "65", places=1)
APGAR_1 = number("apgar_1", "Apgar评分（1分钟）", "Apgar score, 1 minute", "分", "0", "10")
APGAR_5 = number("apgar_5", "Apgar评分（5分钟）", "Apgar score, 5 minutes", "分", "0", "10")
HEARING_SCREEN = coded(
    "hearing_screen", "新生儿听力筛查", "Hearing screening",
    {"1": ("通过", "Passed"), "2": ("未通过", "Not passed"), "3": ("未筛查", "Not screened"), "4": ("不详", "Unknown")},
)  # fmt: skip
MOTHER_HBSAG = coded(
    "mother_hbsag", "母亲乙肝表面抗原", "Mother's HBsAg", {"1": ("阴性", "Negative"), "2": ("阳性", "Positive"), "3": ("不详", "Unknown")}
)  # fmt: skip
