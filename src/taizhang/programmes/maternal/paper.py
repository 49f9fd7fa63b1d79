"""The forms of the mother's and child's handbook on paper, and the report cards of the yearly report on women and children."""

from taizhang.kernel.paper import PaperForm, PaperRow, PaperSection
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.maternal.rules import GRADING, SPECIFICATION, SURVEY, TRANSMISSION

_FORM = "孕产妇健康管理服务规范 附件"


def _row(zh: str, en: str, *fields: str, wording: tuple[str, str] | None = None, register: str = "", instead: str = "") -> PaperRow:
    return PaperRow(Text(zh, en), fields, Text(*wording) if wording else None, register, instead=instead)


def _result(zh: str, en: str, field: str) -> PaperRow:
    """A result of the three tests: to who may not open them, only whether she was tested."""
    return _row(zh, en, field, register="mother_tests", instead="tested")


def _plain(*rows: PaperRow) -> PaperSection:
    return PaperSection(None, rows)


def _under(zh: str, en: str, *rows: PaperRow) -> PaperSection:
    return PaperSection(Text(zh, en), rows)


_PRESSURE = _row(
    "血压（mmHg）", "Blood pressure (mmHg)", "systolic", "diastolic", wording=("{systolic}/{diastolic}", "{systolic}/{diastolic}")
)
_REFERRAL = _under(
    "转诊",
    "Referral",
    _row("有无转诊", "Referred", "referred"),
    _row("原因", "Reason", "referral_reason"),
    _row("机构及科室", "Institution and department", "referral_to"),
)
_NEXT = _plain(_row("下次随访日期", "Next visit by", "next_check_on"), _row("随访医生签名", "Doctor's signature", "doctor"))
_SIGNED = _plain(_row("随访医生签名", "Doctor's signature", "doctor"))
_PERIOD = (
    "{last_period_on}　预产期 {due_on}　推算依据 {due_method}",
    "{last_period_on}  expected {due_on}  by {due_method}",
)

FIRST = PaperForm(
    code="first_antenatal_form",
    name=Text("第1次产前检查服务记录表", "First antenatal check"),
    register="pregnancies",
    source=Source(SPECIFICATION, f"{_FORM} 第1次产前检查服务记录表"),
    sections=(
        _plain(
            _row(
                "填表日期、孕周",
                "Date, weeks",
                "registered_on",
                "gestation_printed",
                wording=("{registered_on}　　孕周 {gestation_printed}周", "{registered_on}  weeks {gestation_printed}"),
            ),
            _row("母子健康手册编号", "Handbook number", "handbook_number"),
            _row(
                "孕妇出生日期、电话",
                "Born, phone",
                "resident.birth_date",
                "resident.phone",
                wording=("{resident.birth_date}　　电话 {resident.phone}", "{resident.birth_date}  phone {resident.phone}"),
            ),
            _row(
                "丈夫姓名、年龄、电话",
                "Husband",
                "husband_name",
                "husband_age",
                "husband_phone",
                wording=(
                    "{husband_name}　年龄 {husband_age}　电话 {husband_phone}",
                    "{husband_name}  age {husband_age}  phone {husband_phone}",
                ),
            ),
            _row(
                "孕次、产次",
                "Pregnancies, births",
                "gravidity",
                "vaginal_births",
                "caesareans",
                wording=(
                    "孕次 {gravidity}　产次：阴道分娩 {vaginal_births}次　剖宫产 {caesareans}次",
                    "{gravidity} pregnancies; {vaginal_births} vaginal, {caesareans} caesarean births",
                ),
            ),
            _row("末次月经、预产期", "Last period, due day", "last_period_on", "due_on", "due_method", wording=_PERIOD),
            _row(
                "早孕期超声",
                "Early ultrasound",
                "scanned_on",
                "scan_days",
                wording=("{scanned_on}　孕龄 {scan_days}天", "{scanned_on}, {scan_days} days"),
            ),
            _row("既往史", "Past illness", "past_illness"),
            _row("家族史", "Family history", "family_history"),
            _row("个人史", "Personal history", "personal_history"),
            _row("妇产科手术史", "Gynaecological operations", "gynae_surgery"),
            _row(
                "孕产史",
                "Obstetric history",
                "miscarriages",
                "abortions",
                "past_fetal_deaths",
                "past_stillbirths",
                "past_newborn_deaths",
                "past_defects",
                wording=(
                    "1 自然流产 {miscarriages}　人工流产 {abortions}　2 死胎 {past_fetal_deaths}　3 死产 {past_stillbirths}\n"
                    "4 新生儿死亡 {past_newborn_deaths}　5 出生缺陷儿 {past_defects}",
                    "1 miscarriages {miscarriages}, abortions {abortions}  2 fetal deaths {past_fetal_deaths}"
                    "  3 stillbirths {past_stillbirths}\n"
                    "4 newborn deaths {past_newborn_deaths}  5 with defects {past_defects}",
                ),
            ),
        ),
        _under(
            "体格检查",
            "Physical examination",
            _row("身高、体重", "Height, weight", "height", "weight", wording=("{height}cm　体重 {weight}kg", "{height} cm, {weight} kg")),
            _row(
                "体质指数、血压",
                "Body mass index, pressure",
                "body_mass_index",
                "systolic",
                "diastolic",
                wording=("{body_mass_index}kg/m²　血压 {systolic}/{diastolic}mmHg", "{body_mass_index} kg/m², {systolic}/{diastolic} mmHg"),
            ),
            _row("听诊：心脏", "Heart", "heart"),
            _row("听诊：肺部", "Lungs", "lungs"),
        ),
        _under(
            "妇科检查",
            "Gynaecological examination",
            _row("外阴", "Vulva", "vulva"),
            _row("阴道", "Vagina", "vagina"),
            _row("宫颈", "Cervix", "cervix"),
            _row("子宫", "Uterus", "uterus"),
            _row("附件", "Adnexa", "adnexa"),
        ),
        PaperSection(
            Text("辅助检查", "Tests"),
            (
                _row(
                    "血常规",
                    "Blood count",
                    "haemoglobin",
                    "white_cells",
                    "platelets",
                    "blood_other",
                    wording=(
                        "血红蛋白 {haemoglobin}g/L　白细胞 {white_cells}×10⁹/L　血小板 {platelets}×10⁹/L　其他 {blood_other}",
                        "haemoglobin {haemoglobin} g/L, white cells {white_cells}, platelets {platelets}, other {blood_other}",
                    ),
                ),
                _row(
                    "尿常规",
                    "Urine",
                    "urine_protein",
                    "urine_sugar",
                    "urine_ketone",
                    "urine_blood",
                    "urine_other",
                    wording=(
                        "尿蛋白 {urine_protein}　尿糖 {urine_sugar}　尿酮体 {urine_ketone}　尿潜血 {urine_blood}　其他 {urine_other}",
                        "protein {urine_protein}, sugar {urine_sugar}, ketone {urine_ketone}, blood {urine_blood}, other {urine_other}",
                    ),
                ),
                _row("血型", "Blood type", "blood_type", "rhesus", wording=("{blood_type}\nRH：{rhesus}", "{blood_type}\nRh: {rhesus}")),
                _row("血糖", "Glucose", "fasting_glucose", wording=("{fasting_glucose}mmol/L", "{fasting_glucose} mmol/L")),
                _row(
                    "肝功能",
                    "Liver",
                    "alt",
                    "ast",
                    "albumin",
                    "bilirubin",
                    "bilirubin_direct",
                    wording=(
                        "谷丙转氨酶 {alt}U/L　谷草转氨酶 {ast}U/L　白蛋白 {albumin}g/L\n"
                        "总胆红素 {bilirubin}μmol/L　结合胆红素 {bilirubin_direct}μmol/L",
                        "ALT {alt}, AST {ast}, albumin {albumin}\nbilirubin {bilirubin}, conjugated {bilirubin_direct}",
                    ),
                ),
                _row(
                    "肾功能",
                    "Kidney",
                    "creatinine",
                    "urea",
                    wording=("血清肌酐 {creatinine}μmol/L　血尿素 {urea}mmol/L", "creatinine {creatinine}, urea {urea}"),
                ),
                _row("阴道分泌物", "Vaginal discharge", "discharge"),
                _row("阴道清洁度", "Vaginal cleanness", "cleanness"),
                _result("乙型肝炎表面抗原", "Hepatitis B surface antigen", "hbsag"),
                _row("乙型肝炎表面抗体", "Surface antibody", "hbsab", register="mother_tests"),
                _row("乙型肝炎e抗原", "e antigen", "hbeag", register="mother_tests"),
                _row("乙型肝炎e抗体", "e antibody", "hbeab", register="mother_tests"),
                _row("乙型肝炎核心抗体", "Core antibody", "hbcab", register="mother_tests"),
                _result("梅毒血清学试验", "Syphilis serology", "syphilis"),
                _result("HIV抗体检测", "HIV antibody", "hiv"),
                _row("检测日期", "Tested on", "tested_on"),
                _row("B超", "Ultrasound", "scan_finding"),
                _row("其他", "Other", "test_other"),
            ),
            starts_page=True,
        ),
        _plain(
            _row(
                "总体评估",
                "Overall",
                "assessment",
                "abnormal",
                wording=("{assessment}\n异常：{abnormal}", "{assessment}\nabnormal: {abnormal}"),
            ),
            _row("保健指导", "Guidance", "guidance"),
        ),
        _REFERRAL,
        _NEXT,
    ),
)

LATER = PaperForm(
    code="antenatal_visits_form",
    name=Text("第2～5次产前随访服务记录表", "Antenatal visits 2 to 5"),
    register="antenatal_visits",
    source=Source(SPECIFICATION, f"{_FORM} 第2～5次产前随访服务记录表"),
    side_by_side=4,
    sections=(
        _plain(
            _row("（随访/督促）日期", "Date", "visited_on"),
            _row("孕周（周+天）", "Weeks + days", "gestation_printed"),
            _row("主诉", "Complaint", "complaint"),
            _row("体重（kg）", "Weight (kg)", "weight"),
        ),
        _under(
            "产科检查",
            "Obstetric examination",
            _row("宫底高度（cm）", "Fundal height (cm)", "fundal_height"),
            _row("腹围（cm）", "Girth (cm)", "girth"),
            _row("胎位", "Presentation", "presentation"),
            _row("胎心率（次/分钟）", "Fetal heart rate", "fetal_heart"),
        ),
        _plain(
            _PRESSURE,
            _row("血红蛋白（g/L）", "Haemoglobin (g/L)", "haemoglobin"),
            _row("尿蛋白", "Urine protein", "urine_protein"),
            _row("其他辅助检查", "Other tests", "test_other"),
            _row("分类", "Class", "visit_class", "abnormal", wording=("{visit_class}\n{abnormal}", "{visit_class}\n{abnormal}")),
            _row("指导", "Guidance", "guidance"),
        ),
        _REFERRAL,
        _NEXT,
    ),
)


def _born(register: str = "deliveries") -> tuple[PaperRow, PaperRow]:
    return (
        _row("分娩日期", "Gave birth on", "ended_on", register=register),
        _row("出院日期", "Left hospital on", "discharged_on", register=register),
    )


def _mother() -> tuple[PaperRow, ...]:
    return (
        _row("一般健康情况", "General health", "general_health"),
        _row("一般心理状况", "State of mind", "general_mind"),
        _PRESSURE,
        _row("乳房", "Breasts", "breasts"),
        _row("恶露", "Lochia", "lochia"),
        _row("子宫", "Uterus", "uterus"),
        _row("伤口", "Wound", "wound"),
        _row("其他", "Other", "other"),
    )


POSTNATAL = PaperForm(
    code="postnatal_visit_form",
    name=Text("产后访视记录表", "Visit after birth"),
    register="postnatal_visits",
    source=Source(SPECIFICATION, f"{_FORM} 产后访视记录表"),
    sections=(
        _plain(_row("随访日期", "Date", "visited_on"), *_born(), _row("体温（℃）", "Temperature (℃)", "temperature"), *_mother()),
        _plain(
            _row("分类", "Class", "visit_class", "abnormal", wording=("{visit_class}\n{abnormal}", "{visit_class}\n{abnormal}")),
            _row("指导", "Guidance", "guidance"),
        ),
        _REFERRAL,
        _SIGNED,
    ),
)

FINAL = PaperForm(
    code="final_check_form",
    name=Text("产后42天健康检查记录表", "42-day check"),
    register="final_checks",
    source=Source(SPECIFICATION, f"{_FORM} 产后42天健康检查记录表"),
    sections=(
        _plain(_row("随访日期", "Date", "checked_on"), *_born(), *_mother()),
        _plain(
            _row("分类", "Class", "recovery"),
            _row("指导", "Guidance", "guidance"),
            _row(
                "处理",
                "What follows",
                "handling",
                "referral_reason",
                "referral_to",
                wording=(
                    "{handling}\n原因：{referral_reason}\n机构及科室：{referral_to}",
                    "{handling}\nreason: {referral_reason}\nto: {referral_to}",
                ),
            ),
        ),
        _SIGNED,
    ),
)

MOTHER_TEST = PaperForm(
    code="mother_test_form",
    name=Text("孕产妇艾滋病、梅毒、乙肝检测与阻断登记表", "Tests and treatment against transmission"),
    register="mother_tests",
    source=TRANSMISSION,
    sections=(
        _plain(_row("检测（服务）日期", "Date", "served_on"), _row("检测（服务）机构", "At", "tested_at")),
        _under(
            "检测结果",
            "Results",
            _row("HIV抗体检测", "HIV antibody", "hiv"),
            _row("梅毒血清学试验", "Syphilis serology", "syphilis"),
            _row("乙型肝炎表面抗原", "Hepatitis B surface antigen", "hbsag"),
            _row("乙型肝炎表面抗体", "Surface antibody", "hbsab"),
            _row("乙型肝炎e抗原", "e antigen", "hbeag"),
            _row("乙型肝炎e抗体", "e antibody", "hbeab"),
            _row("乙型肝炎核心抗体", "Core antibody", "hbcab"),
        ),
        _under(
            "管理与阻断",
            "Management",
            _row("传染病（紫色）", "Infectious (purple)", "infections"),
            _row("专案建立日期", "Special file opened on", "special_on"),
            _row("孕产妇治疗", "Treatment", "treatment"),
            _row("治疗开始日期", "Treated since", "treatment_on"),
            _row("所生儿童预防用药", "Preventive treatment of the child", "prophylaxis"),
            _row("用药日期", "On", "prophylaxis_on"),
            _row("转介机构", "Referred to", "referral_to"),
        ),
        _SIGNED,
    ),
    notes=(Text("本表含个人检测结果，只由诊疗人员填写和保管。", "Holds results of tests: for the treating staff to fill in and to keep."),),
)

RISK = PaperForm(
    code="pregnancy_risk_form",
    name=Text("孕产妇妊娠风险评估表", "Risk of the pregnancy"),
    register="pregnancy_risks",
    source=GRADING,
    sections=(
        _plain(_row("评估日期", "Date", "assessed_on")),
        _under(
            "风险因素",
            "Factors",
            _row("一般风险（黄色）", "General (yellow)", "yellow_factors"),
            _row("较高风险（橙色）", "Higher (orange)", "orange_factors"),
            _row("高风险（红色）", "High (red)", "red_factors"),
            _row("传染病（紫色）", "Infectious (purple)", "infections", register="mother_tests"),
        ),
        _plain(
            _row("评估分级", "Grade", "colour"),
            _row("紫色标识", "Purple", "purple", register="mother_tests"),
            _row("处理意见", "Advice", "advice"),
            _row("预约分娩机构", "Where the birth is planned", "delivery_planned"),
            _row("高危专案建立日期", "Special file opened on", "special_on"),
            _row("报告日期", "Reported on", "reported_on"),
        ),
        _REFERRAL,
        _SIGNED,
    ),
)

BIRTH = PaperForm(
    code="newborn_screening_form",
    name=Text("出生与新生儿筛查登记表", "Birth and newborn screening"),
    register="births",
    source=SURVEY,
    sections=(
        _under(
            "出生",
            "Birth",
            _row(
                "出生日期、性别",
                "Born, sex",
                "born_on",
                "resident.sex",
                wording=("{born_on}　　性别 {resident.sex}", "{born_on}  {resident.sex}"),
            ),
            _row("出生医学证明编号", "Certificate", "certificate"),
            _row("出生孕周", "Weeks", "weeks_at_birth"),
            _row(
                "出生体重、身长",
                "Weight, length",
                "birth_weight",
                "birth_length",
                wording=("{birth_weight}kg　身长 {birth_length}cm", "{birth_weight} kg, {birth_length} cm"),
            ),
            _row(
                "Apgar评分",
                "Apgar",
                "apgar_1",
                "apgar_5",
                wording=("1分钟 {apgar_1}　5分钟 {apgar_5}", "1 minute {apgar_1}, 5 minutes {apgar_5}"),
            ),
            _row(
                "出生缺陷",
                "Defect",
                "defect",
                "defect_name",
                wording=("{defect}\n诊断：{defect_name}", "{defect}\ndiagnosis: {defect_name}"),
            ),
        ),
        _under(
            "筛查",
            "Screening",
            _row("采血日期", "Heel blood on", "heel_blood_on"),
            _row("甲状腺功能减低症", "Thyroid", "thyroid"),
            _row("苯丙酮尿症", "Phenylketonuria", "phenylketonuria"),
            _row("召回复查日期", "Recalled on", "recalled_on"),
            _row("听力初筛日期", "Hearing on", "hearing_on"),
            _row("听力初筛结果", "Hearing", "hearing"),
            _row("听力复筛日期", "Hearing again on", "hearing_again_on"),
        ),
        _under(
            "乙肝阻断",
            "Hepatitis B",
            _row("母亲乙肝表面抗原", "Mother's hepatitis B", "mother_hbsag"),
            _row("免疫球蛋白注射（出生后小时）", "Immunoglobulin (hours)", "immunoglobulin_hours"),
        ),
        _plain(_row("填表人签名", "Signature", "doctor")),
    ),
)

CHILD_DEATH = PaperForm(
    code="child_death_card",
    name=Text("5岁以下儿童死亡报告卡", "Report of the death of a child under five"),
    register="child_deaths",
    source=SURVEY,
    sections=(
        _plain(
            _row(
                "性别、出生日期",
                "Sex, born",
                "resident.sex",
                "resident.birth_date",
                wording=("{resident.sex}　　{resident.birth_date}", "{resident.sex}  {resident.birth_date}"),
            ),
            _row(
                "出生体重、孕周",
                "Weight and weeks at birth",
                "birth_weight",
                "weeks_at_birth",
                wording=("{birth_weight}kg　{weeks_at_birth}周", "{birth_weight} kg, {weeks_at_birth} weeks"),
            ),
            _row("死亡日期", "Died on", "died_on"),
            _row("死亡地点", "Place", "death_place"),
            _row("死亡前治疗", "Treated", "treatment"),
            _row("诊断级别", "Diagnosed at", "diagnosed_by"),
            _row("死亡诊断", "Cause", "diagnosis"),
            _row("ICD-10编码", "ICD-10", "code"),
            _row("死因诊断依据", "Evidence", "evidence"),
            _row("报告日期", "Reported on", "reported_on"),
            _row("填卡人签名", "Signature", "doctor"),
        ),
    ),
)

MATERNAL_DEATH = PaperForm(
    code="maternal_death_card",
    name=Text("孕产妇死亡报告卡", "Report of a maternal death"),
    register="maternal_deaths",
    source=SURVEY,
    sections=(
        _plain(
            _row("出生日期", "Born", "resident.birth_date"),
            _row("妊娠终止日期", "Pregnancy ended on", "ended_on"),
            _row("死亡日期", "Died on", "died_on"),
            _row("死亡类别", "Kind", "cause"),
            _row("死亡地点", "Place", "death_place"),
            _row("死亡诊断", "Cause", "diagnosis"),
            _row("ICD-10编码", "ICD-10", "code"),
            _row("评审结果", "Review", "review"),
            _row("报告日期", "Reported on", "reported_on"),
            _row("填卡人签名", "Signature", "doctor"),
        ),
    ),
)
