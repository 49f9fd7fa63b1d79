"""What the ledger holds of the newborn's home visit, of the checks to six years, and of referrals followed."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text

_ORGANISATION = Column("organisation", "code", Text("服务机构", "Served by"), field="organisation_id")
_VISITED_ON = Column("visited_on", "date", Text("随访日期", "Date of the visit"))
_REFERRAL = Column("referral_advised", "code", Text("转诊建议", "Referral advised"))

NEWBORN = RecordContract(
    table="newborn_visit",
    label=Text("新生儿家庭访视记录", "Home visits to newborns"),
    model="children.NewbornVisit",
    served_on="visited_on",
    columns=(
        _ORGANISATION,
        _VISITED_ON,
        Column("discharged_on", "date", Text("新生儿出院日期", "Newborn discharged on")),
        Column("birth_weeks", "int", Text("出生孕周", "Weeks of pregnancy at birth"), unit="周"),
        Column("birth_weight", "int", Text("出生体重", "Birth weight"), places=2, unit="kg"),
        Column("birth_manner", "code", Text("出生情况", "Manner of birth")),
        Column("apgar_1", "int", Text("Apgar评分（1分钟）", "Apgar score, 1 minute"), unit="分"),
        Column("apgar_5", "int", Text("Apgar评分（5分钟）", "Apgar score, 5 minutes"), unit="分"),
        Column("malformation", "code", Text("畸形", "Malformation")),
        Column("hearing_screen", "code", Text("新生儿听力筛查", "Hearing screening")),
        Column("disease_screen", "code", Text("新生儿疾病筛查", "Screening for diseases")),
        Column("feeding", "code", Text("喂养方式", "Feeding")),
        Column("eyes", "code", Text("眼睛", "Eyes")),
        _REFERRAL,
        Column("age_days", "int", Text("访视时日龄", "Age in days at the visit"), unit="天"),
        Column("high_risk", "bool", Text("高危新生儿", "At high risk")),
    ),
)


def _check(table: str, zh: str, en: str, model: str, *more: Column) -> RecordContract:
    return RecordContract(
        table=table,
        label=Text(zh, en),
        model=f"children.{model}",
        served_on="visited_on",
        columns=(
            _ORGANISATION,
            _VISITED_ON,
            Column("stage", "code", Text("检查月（年）龄", "Age of the check")),
            Column("age_months", "int", Text("检查时月龄", "Age in months"), unit="月"),
            Column("weight", "int", Text("体重", "Weight"), places=2, unit="kg"),
            Column("length", "int", Text("身长（身高）", "Length (height)"), places=1, unit="cm"),
            Column("weight_z", "int", Text("年龄别体重Z评分", "Weight for age, z"), places=2),
            Column("length_z", "int", Text("年龄别身长（身高）Z评分", "Length for age, z"), places=2),
            Column("weight_length_z", "int", Text("身长（身高）别体重Z评分", "Weight for length, z"), places=2),
            Column("bmi_z", "int", Text("年龄别体质指数Z评分", "Body mass index for age, z"), places=2),
            Column("weight_level", "code", Text("体重评价", "Weight, grade")),
            Column("length_level", "code", Text("身长（身高）评价", "Length, grade")),
            Column("body", "code", Text("体格发育评价", "Physical development")),
            Column("anaemia", "code", Text("贫血程度", "Anaemia")),
            Column("eyes", "code", Text("眼睛", "Eyes")),
            Column("hearing", "code", Text("听力", "Hearing")),
            Column("haemoglobin", "int", Text("血红蛋白", "Haemoglobin"), unit="g/L"),
            Column("warning_signs", "code", Text("发育预警征象", "Warning signs of development")),
            _REFERRAL,
            *more,
        ),
    )


INFANT = _check("infant_check", "1～8月龄儿童健康检查记录", "Checks at 1 to 8 months", "InfantCheck")
TODDLER = _check("toddler_check", "12～30月龄儿童健康检查记录", "Checks at 12 to 30 months", "ToddlerCheck")
PRESCHOOL = _check(
    "preschool_check", "3～6岁儿童健康检查记录", "Checks at 3 to 6 years", "PreschoolCheck",
    Column("vision_left", "int", Text("左眼视力", "Vision, left"), places=1),
    Column("vision_right", "int", Text("右眼视力", "Vision, right"), places=1),
)  # fmt: skip
CHECKS = (INFANT, TODDLER, PRESCHOOL)

REFERRAL = RecordContract(
    table="child_referral",
    label=Text("儿童转诊追踪记录", "Referrals of children followed"),
    model="children.ReferralFollowed",
    columns=(
        _ORGANISATION,
        Column("followed_on", "date", Text("追踪日期", "Followed on")),
        Column("attended", "code", Text("就诊情况", "Was the child seen")),
        Column("found", "code", Text("诊断结果", "What was found")),
        Column("outcome", "code", Text("转归", "Outcome")),
    ),
)
