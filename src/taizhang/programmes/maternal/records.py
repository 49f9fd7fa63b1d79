"""What the ledger holds of mothers and births. Gestation is in days: 12 weeks and 6 days are 90.

What the tests for HIV, syphilis and hepatitis B gave stands in MOTHER_TEST alone, which is kept for those who treat HIV. No other table
holds or derives anything that tells a result; that she was tested, and when, all may know.
"""

from taizhang.kernel.contracts import Column, ColumnType, RecordContract
from taizhang.kernel.text import Text


def _column(name: str, kind: ColumnType, zh: str, en: str, *, unit: str = "", places: int = 0) -> Column:
    return Column(name, kind, Text(zh, en), unit=unit, places=places)


_ORGANISATION = Column("organisation", "code", Text("服务机构", "Served by"), field="organisation_id")

PREGNANCY = RecordContract(
    table="pregnancy",
    label=Text("孕产妇建册及第1次产前检查", "Registration and first antenatal check"),
    model="maternal.Pregnancy",
    columns=(
        _ORGANISATION,
        _column("registered_on", "date", "建册及首次产前检查日期", "Registered and first checked on"),
        _column("last_period_on", "date", "末次月经", "Last menstrual period"),
        _column("scanned_on", "date", "早孕期超声检查日期", "Early ultrasound on"),
        _column("scan_days", "int", "超声推算孕龄", "Gestation by ultrasound", unit="天"),
        _column("due_on", "date", "预产期", "Expected day of birth"),
        _column("due_method", "code", "预产期推算依据", "Due day reckoned by"),
        _column("gestation_days", "int", "建册时孕龄", "Gestation when registered", unit="天"),
        _column("age", "int", "建册时年龄", "Age when registered", unit="岁"),
        _column("gravidity", "int", "孕次", "Pregnancies", unit="次"),
        _column("vaginal_births", "int", "阴道分娩", "Vaginal births", unit="次"),
        _column("caesareans", "int", "剖宫产", "Caesareans", unit="次"),
        _column("systolic", "int", "收缩压", "Systolic pressure", unit="mmHg"),
        _column("diastolic", "int", "舒张压", "Diastolic pressure", unit="mmHg"),
        _column("body_mass_index", "int", "体质指数", "Body mass index", unit="kg/m²", places=1),
        _column("haemoglobin", "int", "血红蛋白", "Haemoglobin", unit="g/L"),
        _column("platelets", "int", "血小板", "Platelets", unit="10^9/L"),
        _column("tested", "code", "艾滋病、梅毒、乙肝检测", "Tests for HIV, syphilis, hepatitis B"),
        _column("tested_on", "date", "艾滋病、梅毒、乙肝检测日期", "Tested on"),
        _column("measured_risk", "code", "按检查结果提示的风险", "Risk by what was measured"),
        _column("next_check_on", "date", "下次随访截止日期", "Next check due by"),
    ),
)

ANTENATAL_VISIT = RecordContract(
    table="antenatal_visit",
    label=Text("产前随访", "Antenatal visit"),
    model="maternal.AntenatalVisit",
    served_on="visited_on",
    columns=(
        _ORGANISATION,
        _column("visited_on", "date", "产前随访日期", "Date of the visit"),
        _column("due_on", "date", "预产期", "Expected day of birth"),
        _column("gestation_days", "int", "孕龄", "Gestation", unit="天"),
        _column("window_code", "code", "随访孕周", "Weeks of the visit"),
        _column("systolic", "int", "收缩压", "Systolic pressure", unit="mmHg"),
        _column("diastolic", "int", "舒张压", "Diastolic pressure", unit="mmHg"),
        _column("fetal_heart", "int", "胎心率", "Fetal heart rate", unit="次/分"),
        _column("haemoglobin", "int", "血红蛋白", "Haemoglobin", unit="g/L"),
        _column("urine_protein", "code", "尿蛋白", "Urine protein"),
        _column("visit_class", "code", "产前随访分类", "Class of the visit"),
        _column("referred", "code", "转诊", "Referred"),
        _column("next_check_on", "date", "下次随访截止日期", "Next check due by"),
    ),
)

MOTHER_TEST = RecordContract(
    table="mother_test",
    label=Text("孕产妇三病检测与阻断", "Tests and treatment against transmission"),
    model="maternal.MotherTest",
    sensitive_for="hiv",
    columns=(
        _ORGANISATION,
        _column("served_on", "date", "三病检测（阻断服务）日期", "Tested or treated on"),
        _column("hiv", "code", "HIV抗体检测", "HIV antibody"),
        _column("syphilis", "code", "梅毒血清学试验", "Syphilis serology"),
        _column("hbsag", "code", "乙型肝炎表面抗原", "Hepatitis B surface antigen"),
        _column("infections", "code", "传染病（紫色）", "Infectious diseases"),
        _column("complete", "bool", "三项检测齐全", "All three tests done"),
        _column("purple", "bool", "紫色（传染病）标识", "Purple"),
        _column("special_on", "date", "传染病专案建立日期", "Special file opened on"),
        _column("treatment", "code", "孕产妇治疗", "Treatment"),
        _column("treatment_on", "date", "孕产妇治疗开始日期", "Treated since"),
        _column("prophylaxis_on", "date", "所生儿童预防用药（治疗）日期", "Child treated on"),
    ),
)

RISK = RecordContract(
    table="pregnancy_risk",
    label=Text("妊娠风险评估", "Risk assessment of a pregnancy"),
    model="maternal.RiskAssessment",
    columns=(
        _ORGANISATION,
        _column("assessed_on", "date", "风险评估日期", "Assessed on"),
        _column("yellow_factors", "code", "一般风险因素", "Factors of general risk"),
        _column("orange_factors", "code", "较高风险因素", "Factors of higher risk"),
        _column("red_factors", "code", "高风险因素", "Factors of high risk"),
        _column("colour", "code", "妊娠风险分级", "Risk"),
        _column("special_on", "date", "高危专案建立日期", "Special file opened on"),
        _column("reported_on", "date", "报告妇幼保健机构日期", "Reported on"),
        _column("referred", "code", "转诊", "Referred"),
    ),
)

DELIVERY = RecordContract(
    table="delivery",
    label=Text("妊娠结局", "Outcome of a pregnancy"),
    model="maternal.Delivery",
    columns=(
        _ORGANISATION,
        _column("ended_on", "date", "分娩（妊娠终止）日期", "Delivered (ended) on"),
        _column("outcome", "code", "妊娠结局", "Outcome"),
        _column("delivered_at", "code", "分娩地点", "Place of birth"),
        _column("manner", "code", "分娩方式", "Manner of birth"),
        _column("live_births", "int", "活产数", "Live births", unit="人"),
        _column("stillbirths", "int", "死胎死产数", "Stillbirths", unit="人"),
        _column("discharged_on", "date", "出院日期", "Left hospital on"),
        _column("gestation_days", "int", "终止时孕龄", "Gestation at the end", unit="天"),
        _column("registered_on", "date", "建册日期", "Registered on"),
        _column("registered_days", "int", "建册时孕龄", "Gestation when registered", unit="天"),
        _column("checks", "int", "产前检查次数", "Antenatal checks", unit="次"),
        _column("colour", "code", "孕期最高风险分级", "Highest risk of the pregnancy"),
        _column("special_on", "date", "高危专案建立日期", "Special file opened on"),
        _column("tested_on", "date", "三项检测日期", "Tested on"),
        _column("tested_days", "int", "检测时孕龄", "Gestation when tested", unit="天"),
        _column("visited_on", "date", "首次产后访视日期", "First visit after birth"),
        _column("checked_on", "date", "产后42天检查日期", "42-day check"),
    ),
)

POSTNATAL_VISIT = RecordContract(
    table="postnatal_visit",
    label=Text("产后访视", "Visit after birth"),
    model="maternal.PostnatalVisit",
    served_on="visited_on",
    columns=(
        _ORGANISATION,
        _column("visited_on", "date", "产后访视日期", "Date of the visit"),
        _column("temperature", "int", "体温", "Temperature", unit="℃", places=1),
        _column("systolic", "int", "收缩压", "Systolic pressure", unit="mmHg"),
        _column("diastolic", "int", "舒张压", "Diastolic pressure", unit="mmHg"),
        _column("visit_class", "code", "产后访视分类", "Class of the visit"),
        _column("referred", "code", "转诊", "Referred"),
    ),
)

FINAL_CHECK = RecordContract(
    table="final_check",
    label=Text("产后42天健康检查", "42-day check"),
    model="maternal.FinalCheck",
    served_on="checked_on",
    columns=(
        _ORGANISATION,
        _column("checked_on", "date", "产后42天检查日期", "Date of the check"),
        _column("recovery", "code", "恢复情况分类", "Recovery"),
        _column("handling", "code", "处理", "What follows"),
    ),
)

BIRTH = RecordContract(
    table="birth",
    label=Text("出生与新生儿筛查", "Birth and newborn screening"),
    model="maternal.Birth",
    columns=(
        _ORGANISATION,
        _column("born_on", "date", "出生日期", "Born on"),
        _column("weeks_at_birth", "int", "出生孕周", "Weeks at birth", unit="周"),
        _column("birth_weight", "int", "出生体重", "Birth weight", unit="kg", places=2),
        _column("apgar_1", "int", "Apgar评分1分钟", "Apgar at 1 minute", unit="分"),
        _column("defect", "bool", "出生缺陷", "Birth defect"),
        _column("heel_blood_on", "date", "新生儿疾病筛查采血日期", "Heel blood taken on"),
        _column("thyroid", "code", "甲状腺功能减低症筛查", "Thyroid screen"),
        _column("phenylketonuria", "code", "苯丙酮尿症筛查", "Phenylketonuria screen"),
        _column("recalled_on", "date", "召回复查日期", "Recalled on"),
        _column("hearing_on", "date", "听力初筛日期", "Hearing screened on"),
        _column("hearing", "code", "听力初筛结果", "Hearing screen"),
        _column("hearing_again_on", "date", "听力复筛日期", "Hearing screened again on"),
        _column("mother_hbsag", "code", "母亲乙型肝炎表面抗原", "Mother's hepatitis B surface antigen"),
        _column("immunoglobulin_hours", "int", "乙肝免疫球蛋白注射时间", "Immunoglobulin given after", unit="小时"),
    ),
)

CHILD_DEATH = RecordContract(
    table="child_death",
    label=Text("5岁以下儿童死亡报告", "Report of the death of a child under 5"),
    model="maternal.ChildDeath",
    columns=(
        _ORGANISATION,
        _column("died_on", "date", "死亡日期", "Died on"),
        _column("age_days", "int", "死亡日龄", "Age at death", unit="天"),
        _column("death_place", "code", "死亡地点", "Place of death"),
        _column("reported_on", "date", "报告日期", "Reported on"),
    ),
)

MATERNAL_DEATH = RecordContract(
    table="maternal_death",
    label=Text("孕产妇死亡报告", "Report of a maternal death"),
    model="maternal.MaternalDeath",
    columns=(
        _ORGANISATION,
        _column("died_on", "date", "死亡日期", "Died on"),
        _column("ended_on", "date", "妊娠终止日期", "Pregnancy ended on"),
        _column("cause", "code", "孕产妇死亡类别", "Kind of death"),
        _column("death_place", "code", "死亡地点", "Place of death"),
        _column("review", "code", "评审结果", "Review"),
        _column("reported_on", "date", "报告日期", "Reported on"),
    ),
)

PREMARITAL = RecordContract(
    table="premarital_check",
    label=Text("婚前医学检查", "Premarital check"),
    model="maternal.PremaritalCheck",
    columns=(
        _ORGANISATION,
        _column("checked_on", "date", "婚前医学检查日期", "Checked on"),
        _column("result", "code", "婚前医学检查意见", "Result"),
    ),
)

PRECONCEPTION = RecordContract(
    table="preconception_check",
    label=Text("孕前优生健康检查", "Pre-pregnancy check"),
    model="maternal.PreconceptionCheck",
    columns=(
        _ORGANISATION,
        _column("checked_on", "date", "孕前优生健康检查日期", "Checked on"),
        _column("risk", "code", "孕前风险评估", "Risk"),
    ),
)

FOLIC = RecordContract(
    table="folic_acid_supply",
    label=Text("叶酸发放", "Folic acid supply"),
    model="maternal.FolicAcidSupply",
    columns=(
        _ORGANISATION,
        _column("given_on", "date", "叶酸发放日期", "Given on"),
        _column("bottles", "int", "发放叶酸", "Bottles", unit="瓶"),
        _column("stage", "code", "服用阶段", "Stage"),
        _column("regular", "bool", "规范服用", "Taken regularly"),
    ),
)
