"""The national forms of children's health on paper: the newborn's visit, and the checks at 1 to 8 months, 12 to 30 months, 3 to 6 years."""

from taizhang.kernel.paper import PaperForm, PaperRow, PaperSection
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.children.rules import SPECIFICATION


def _row(zh: str, en: str, *fields: str, wording: tuple[str, str] | None = None) -> PaperRow:
    return PaperRow(Text(zh, en), fields, Text(*wording) if wording else None)


def _source(form: str) -> Source:
    return Source(SPECIFICATION, f"0～6岁儿童健康管理服务规范 附件 {form}")


_FONTANELLE = ("{fontanelle_length}cm×{fontanelle_width}cm\n{fontanelle}", "{fontanelle_length} × {fontanelle_width} cm\n{fontanelle}")
_REFERRAL = (
    _row(
        "转诊建议",
        "Referral",
        "referral_advised",
        "referral_reason",
        "referral_to",
        wording=(
            "{referral_advised}\n原因：{referral_reason}\n机构及科室：{referral_to}",
            "{referral_advised}\nreason: {referral_reason}\nto: {referral_to}",
        ),
    ),
)
_GUIDANCE = (
    _row(
        "指导",
        "Guidance",
        "guidance",
        "guidance_other",
        wording=("{guidance}\n其他：{guidance_other}", "{guidance}\nother: {guidance_other}"),
    ),
)
_ILLNESS = _row(
    "两次随访间患病情况",
    "Ill since the last check",
    "illness",
    "pneumonia_times",
    "diarrhoea_times",
    "injury_times",
    "illness_other",
    wording=(
        "{illness}\n肺炎{pneumonia_times}次　腹泻{diarrhoea_times}次　外伤{injury_times}次　其他：{illness_other}",
        "{illness}\npneumonia {pneumonia_times}, diarrhoea {diarrhoea_times}, injuries {injury_times}, other: {illness_other}",
    ),
)
_END = (_row("下次随访日期", "Next check", "next_check_on"), _row("随访医生签名", "Doctor", "doctor"))
_WEIGHT = _row("体重（kg）", "Weight (kg)", "weight", "weight_level", wording=("{weight}　{weight_level}", "{weight}  {weight_level}"))


def _length(zh: str, en: str) -> PaperRow:
    return _row(zh, en, "length", "length_level", wording=("{length}　{length_level}", "{length}  {length_level}"))


NEWBORN = PaperForm(
    code="newborn_visit_form",
    name=Text("新生儿家庭访视记录表", "Home visit to a newborn"),
    register="newborn_visits",
    source=_source("新生儿家庭访视记录表"),
    sections=(
        PaperSection(
            None,
            (
                _row(
                    "性别、出生日期",
                    "Sex, birth date",
                    "resident.sex",
                    "resident.birth_date",
                    wording=("{resident.sex}　　出生日期 {resident.birth_date}", "{resident.sex}  born {resident.birth_date}"),
                ),
                _row("身份证号", "Identity number", "resident.identity_number"),
                _row(
                    "父亲",
                    "Father",
                    "father_name",
                    "father_occupation",
                    "father_phone",
                    "father_birth",
                    wording=(
                        "姓名 {father_name}　职业 {father_occupation}　联系电话 {father_phone}　出生日期 {father_birth}",
                        "{father_name}, {father_occupation}, phone {father_phone}, born {father_birth}",
                    ),
                ),
                _row(
                    "母亲",
                    "Mother",
                    "mother_name",
                    "mother_occupation",
                    "mother_phone",
                    "mother_birth",
                    wording=(
                        "姓名 {mother_name}　职业 {mother_occupation}　联系电话 {mother_phone}　出生日期 {mother_birth}",
                        "{mother_name}, {mother_occupation}, phone {mother_phone}, born {mother_birth}",
                    ),
                ),
                _row("出生孕周", "Weeks", "birth_weeks", wording=("{birth_weeks}周", "{birth_weeks} weeks")),
                _row("母亲妊娠期患病情况", "Illness in pregnancy", "pregnancy_illness"),
                _row(
                    "助产机构名称",
                    "Born at",
                    "birth_place",
                    "discharged_on",
                    wording=("{birth_place}　出院日期 {discharged_on}", "{birth_place}, discharged on {discharged_on}"),
                ),
                _row("出生情况", "Manner of birth", "birth_manner"),
                _row(
                    "新生儿窒息",
                    "Asphyxia",
                    "asphyxia",
                    "apgar_1",
                    "apgar_5",
                    wording=(
                        "{asphyxia}\nApgar评分：1分钟 {apgar_1}　5分钟 {apgar_5}",
                        "{asphyxia}\nApgar: 1 min {apgar_1}, 5 min {apgar_5}",
                    ),
                ),
                _row("畸形", "Malformation", "malformation", "malformation_note", wording=("{malformation}　{malformation_note}",) * 2),
                _row("新生儿听力筛查", "Hearing screening", "hearing_screen"),
                _row(
                    "新生儿疾病筛查",
                    "Disease screening",
                    "disease_screen",
                    "disease_screen_other",
                    wording=("{disease_screen}　{disease_screen_other}",) * 2,
                ),
                _row(
                    "出生体重、目前体重、出生身长",
                    "Birth weight, weight now, length at birth",
                    "birth_weight",
                    "weight",
                    "birth_length",
                    wording=(
                        "出生体重 {birth_weight}kg　目前体重 {weight}kg　出生身长 {birth_length}cm",
                        "{birth_weight} kg, now {weight} kg, {birth_length} cm",
                    ),
                ),
                _row(
                    "喂养",
                    "Feeding",
                    "feeding",
                    "milk",
                    "milk_times",
                    wording=("{feeding}\n吃奶量 {milk}mL/次　吃奶次数 {milk_times}次/日", "{feeding}\n{milk} mL, {milk_times} times a day"),
                ),
                _row("呕吐", "Vomiting", "vomiting"),
                _row(
                    "大便",
                    "Stool",
                    "stool",
                    "stool_times",
                    wording=("{stool}\n大便次数 {stool_times}次/日", "{stool}\n{stool_times} a day"),
                ),
                _row(
                    "体温、心率、呼吸频率",
                    "Temperature, heart, respiration",
                    "temperature",
                    "heart_rate",
                    "respiration",
                    wording=(
                        "体温 {temperature}℃　心率 {heart_rate}次/分钟　呼吸频率 {respiration}次/分钟",
                        "{temperature} ℃, heart {heart_rate}, respiration {respiration} a minute",
                    ),
                ),
                _row("面色", "Complexion", "face"),
                _row("黄疸部位", "Jaundice", "jaundice"),
                _row("前囟", "Fontanelle", "fontanelle_length", "fontanelle_width", "fontanelle", wording=_FONTANELLE),
                _row("眼睛", "Eyes", "eyes"),
                _row("四肢活动度", "Movement of the limbs", "limb_movement"),
                _row("耳外观", "Ears", "ears"),
                _row("颈部包块", "Mass at the neck", "neck_mass"),
                _row("鼻", "Nose", "nose"),
                _row("皮肤", "Skin", "skin"),
                _row("口腔", "Mouth", "mouth"),
                _row("肛门", "Anus", "anus"),
                _row("心肺听诊", "Heart and lungs", "heart_lungs"),
                _row("胸部", "Chest", "chest"),
                _row("腹部触诊", "Abdomen", "abdomen"),
                _row("脊柱", "Spine", "spine"),
                _row("外生殖器", "Genitals", "genitals"),
                _row("脐带", "Cord", "cord"),
                *_REFERRAL,
                *_GUIDANCE,
                _row("本次访视日期", "Visited on", "visited_on"),
                _row("下次随访地点", "Next check at", "next_place"),
                *_END,
            ),
        ),
    ),
)

INFANT = PaperForm(
    code="infant_check_form",
    name=Text("1～8月龄儿童健康检查记录表", "Checks at 1 to 8 months"),
    register="infant_checks",
    source=_source("1～8月龄儿童健康检查记录表"),
    side_by_side=4,
    sections=(
        PaperSection(
            None,
            (
                _row("月龄", "Age", "stage"),
                _row("随访日期", "Visited on", "visited_on"),
                _WEIGHT,
                _length("身长（cm）", "Length (cm)"),
                _row("头围（cm）", "Head (cm)", "head"),
            ),
        ),
        PaperSection(
            Text("体格检查", "Examination"),
            (
                _row("面色", "Complexion", "face"),
                _row("皮肤", "Skin", "skin"),
                _row("前囟", "Fontanelle", "fontanelle_length", "fontanelle_width", "fontanelle", wording=_FONTANELLE),
                _row("颈部包块", "Mass at the neck", "neck_mass"),
                _row("眼睛", "Eyes", "eyes"),
                _row("耳", "Ears", "ears"),
                _row("听力", "Hearing", "hearing"),
                _row("口腔/出牙数（颗）", "Mouth, teeth", "mouth", "teeth", wording=("{mouth}\n出牙{teeth}颗", "{mouth}\n{teeth} teeth")),
                _row("胸部", "Chest", "chest"),
                _row("腹部", "Abdomen", "abdomen"),
                _row("脐部", "Navel", "navel"),
                _row("四肢", "Limbs", "limbs"),
                _row("可疑佝偻病症状", "Rickets, told", "rickets_symptoms"),
                _row("可疑佝偻病体征", "Rickets, seen", "rickets_signs"),
                _row("肛门/外生殖器", "Anus, genitals", "genitals"),
                _row("血红蛋白值", "Haemoglobin", "haemoglobin", wording=("{haemoglobin}g/L", "{haemoglobin} g/L")),
            ),
        ),
        PaperSection(
            None,
            (
                _row("户外活动", "Outdoors", "outdoor", wording=("{outdoor}小时/日", "{outdoor} h a day")),
                _row("服用维生素D", "Vitamin D", "vitamin_d", wording=("{vitamin_d}IU/日", "{vitamin_d} IU a day")),
                _row("发育评估", "Development", "warning_signs"),
                _ILLNESS,
                *_REFERRAL,
                *_GUIDANCE,
                *_END,
            ),
        ),
    ),
)

TODDLER = PaperForm(
    code="toddler_check_form",
    name=Text("12～30月龄儿童健康检查记录表", "Checks at 12 to 30 months"),
    register="toddler_checks",
    source=_source("12～30月龄儿童健康检查记录表"),
    side_by_side=4,
    sections=(
        PaperSection(
            None,
            (
                _row("月龄", "Age", "stage"),
                _row("随访日期", "Visited on", "visited_on"),
                _WEIGHT,
                _length("身长（高）（cm）", "Length (cm)"),
            ),
        ),
        PaperSection(
            Text("体格检查", "Examination"),
            (
                _row("面色", "Complexion", "face"),
                _row("皮肤", "Skin", "skin"),
                _row("前囟", "Fontanelle", "fontanelle_length", "fontanelle_width", "fontanelle", wording=_FONTANELLE),
                _row("眼睛", "Eyes", "eyes"),
                _row("耳外观", "Ears", "ears"),
                _row("听力", "Hearing", "hearing"),
                _row("出牙/龋齿数（颗）", "Teeth, decayed", "teeth", "decayed", wording=("{teeth}/{decayed}", "{teeth}/{decayed}")),
                _row("胸部", "Chest", "chest"),
                _row("腹部", "Abdomen", "abdomen"),
                _row("四肢", "Limbs", "limbs"),
                _row("步态", "Gait", "gait"),
                _row("可疑佝偻病体征", "Rickets, seen", "rickets_signs"),
                _row("血红蛋白值", "Haemoglobin", "haemoglobin", wording=("{haemoglobin}g/L", "{haemoglobin} g/L")),
            ),
        ),
        PaperSection(
            None,
            (
                _row("户外活动", "Outdoors", "outdoor", wording=("{outdoor}小时/日", "{outdoor} h a day")),
                _row("服用维生素D", "Vitamin D", "vitamin_d", wording=("{vitamin_d}IU/日", "{vitamin_d} IU a day")),
                _row("发育评估", "Development", "warning_signs"),
                _ILLNESS,
                *_REFERRAL,
                *_GUIDANCE,
                *_END,
            ),
        ),
    ),
)

PRESCHOOL = PaperForm(
    code="preschool_check_form",
    name=Text("3～6岁儿童健康检查记录表", "Checks at 3 to 6 years"),
    register="preschool_checks",
    source=_source("3～6岁儿童健康检查记录表"),
    side_by_side=4,
    sections=(
        PaperSection(
            None,
            (
                _row("年龄", "Age", "stage"),
                _row("随访日期", "Visited on", "visited_on"),
                _WEIGHT,
                _length("身高（cm）", "Height (cm)"),
                _row("体重/身高", "Weight for height", "weight_length_level"),
                PaperRow(Text("体格发育评价", "Physical development"), ("body",), unprinted=("6",)),
            ),
        ),
        PaperSection(
            Text("体格检查", "Examination"),
            (
                _row(
                    "视力",
                    "Vision",
                    "vision_left",
                    "vision_right",
                    wording=("左 {vision_left}　右 {vision_right}", "left {vision_left}, right {vision_right}"),
                ),
                _row("眼睛", "Eyes", "eyes"),
                _row("听力", "Hearing", "hearing"),
                _row("牙数（颗）/龋齿数", "Teeth, decayed", "teeth", "decayed", wording=("{teeth}/{decayed}", "{teeth}/{decayed}")),
                _row("胸部", "Chest", "chest"),
                _row("腹部", "Abdomen", "abdomen"),
                _row("血红蛋白值", "Haemoglobin", "haemoglobin", wording=("{haemoglobin}g/L", "{haemoglobin} g/L")),
                _row("其他", "Other", "other"),
            ),
        ),
        PaperSection(None, (_row("发育评估", "Development", "warning_signs"), _ILLNESS, *_REFERRAL, *_GUIDANCE, *_END)),
    ),
)
