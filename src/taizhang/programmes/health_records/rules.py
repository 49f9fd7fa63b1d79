"""Rules over one health record or examination: what a complete form holds, what is refused on entry, and how values are classed.

No Django, no clock. Classes are kernel expressions over a row: the form and the ledger read the same text.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from taizhang.county.vocabulary import resident
from taizhang.kernel.query.words import choose, parameter, records
from taizhang.kernel.rules import EntryRule
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.health_records.records import EXAMINATION, HEALTH_RECORD, HOSPITAL_STAY, PAST_HISTORY, SERVICE

SPECIFICATION = "国家基本公共卫生服务规范（第三版）"
CHAPTER = Source(SPECIFICATION, "居民健康档案管理服务规范")
EXAMINATION_FORM = Source(SPECIFICATION, "居民健康档案管理服务规范，健康体检表填表说明")
ENTRY_CHECK = Source("系统录入核对要求", "数值合理范围")

# -- completeness -------------------------------------------------------------------------------------------------------------------
# Field names of the models. What the specification calls a complete form is not a list of fields anywhere; this one is the boxes
# that the paper form has for everybody, without those that only some people can fill (other, names of diseases, women's examination).

RECORD_ITEMS = (
    "opened_on", "contact_name", "contact_phone", "residence_kind", "nation", "blood_type", "rhesus", "education", "occupation", "marriage",
    "payment", "drug_allergy", "exposure", "past_diseases", "surgery", "injury", "transfusion", "family_father", "family_mother",
    "family_siblings", "family_children", "hereditary", "disability", "kitchen", "fuel", "water", "toilet", "livestock",
)  # fmt: skip

EXAMINATION_ITEMS = (
    "examined_on", "symptoms", "temperature", "pulse_rate", "respiration", "systolic", "diastolic", "height", "weight", "waist",
    "exercise_frequency", "diet", "smoking_status", "drinking_frequency", "lips", "teeth", "throat", "vision_left", "vision_right",
    "hearing", "movement", "skin", "sclera", "lymph_nodes", "barrel_chest", "breath_sounds", "rales", "heart_rate", "heart_rhythm",
    "heart_murmur", "abdomen_tenderness", "abdomen_mass", "liver", "spleen", "shifting_dullness", "leg_oedema", "evaluation",
)  # fmt: skip

# 老年人健康管理服务规范: 血常规, 尿常规, 肝功能, 肾功能, 空腹血糖, 血脂, 心电图, 腹部B超.
ELDERLY_TESTS = (
    "haemoglobin", "white_cells", "platelets", "urine_protein", "urine_sugar", "urine_ketone", "urine_blood", "fasting_glucose", "alt",
    "ast", "bilirubin", "creatinine", "urea", "cholesterol", "triglycerides", "ldl", "hdl", "ecg", "abdomen_ultrasound",
)  # fmt: skip


def missing(values: Mapping[str, Any], items: Iterable[str]) -> list[str]:
    """The items that nothing was written for, in the order of the form. 0 and "no" are answers."""
    return [item for item in items if values.get(item) in (None, "")]


def body_mass_index(weight: int | None, height: int | None) -> int | None:
    """体质指数 in tenths of kg/m² from weight in tenths of kg and height in tenths of cm, halves away from zero: 65.0 kg and 170.0 cm
    give 225 (22.5). None while either is missing."""
    if weight is None or not height:
        return None
    square = height * height  # in hundredths of cm², so weight / square is in 10^5 kg/m²
    return (2 * weight * 1_000_000 + square) // (2 * square)


# -- classes over an examination --------------------------------------------------------------------------------------------------------

_examination = records(EXAMINATION)

# 成人体重: 1 过低, 2 正常, 3 超重, 4 肥胖; "" while weight or height is missing, or no rule in force.
BMI_CLASSES = {
    "1": Text("体重过低", "Underweight"),
    "2": Text("体重正常", "Normal weight"),
    "3": Text("超重", "Overweight"),
    "4": Text("肥胖", "Obese"),
}
BMI_CLASS = choose(
    (_examination.body_mass_index < parameter("health_records.bmi_normal"), "1"),
    (_examination.body_mass_index < parameter("health_records.bmi_overweight"), "2"),
    (_examination.body_mass_index < parameter("health_records.bmi_obese"), "3"),
    (_examination.body_mass_index >= parameter("health_records.bmi_obese"), "4"),
    otherwise="",
).node

# 腹型肥胖 by waist; the limit depends on the person's sex.
CENTRAL_OBESITY = (
    choose(
        (resident.sex == "1", _examination.waist >= parameter("health_records.waist_men")),
        (resident.sex == "2", _examination.waist >= parameter("health_records.waist_women")),
        otherwise=False,
    )
    .named("腹型肥胖", "central obesity", source=Source("高血压患者健康管理服务规范相关考核题库", "腹型肥胖判定"))
    .node
)

# -- entry rules -------------------------------------------------------------------------------------------------------------------------

_record = records(HEALTH_RECORD)
_past = records(PAST_HISTORY)
_stay = records(HOSPITAL_STAY)
_service = records(SERVICE)

DIASTOLIC_BELOW_SYSTOLIC = EntryRule(
    name="examination.diastolic_below_systolic",
    table="examination",
    holds=(_examination.diastolic < _examination.systolic).node,
    refusal=Text(
        "右侧舒张压{diastolic}mmHg不低于收缩压{systolic}mmHg。请核对是否填反。",
        "Diastolic pressure {diastolic} is not below systolic {systolic} mmHg. Check whether they were swapped.",
    ),
    fields=("diastolic", "systolic"),
    source=ENTRY_CHECK,
)

LEFT_DIASTOLIC_BELOW_SYSTOLIC = EntryRule(
    name="examination.left_diastolic_below_systolic",
    table="examination",
    holds=(_examination.diastolic_left < _examination.systolic_left).node,
    refusal=Text(
        "左侧舒张压{diastolic_left}mmHg不低于收缩压{systolic_left}mmHg。请核对是否填反。",
        "Left diastolic pressure {diastolic_left} is not below systolic {systolic_left} mmHg. Check whether they were swapped.",
    ),
    fields=("diastolic_left", "systolic_left"),
    source=ENTRY_CHECK,
)

CONSULTED_DIASTOLIC_BELOW_SYSTOLIC = EntryRule(
    name="service_record.diastolic_below_systolic",
    table="service_record",
    holds=(_service.systolic.is_missing | _service.diastolic.is_missing | (_service.diastolic < _service.systolic)).node,
    refusal=Text(
        "舒张压{diastolic}mmHg不低于收缩压{systolic}mmHg。请核对是否填反。",
        "Diastolic pressure {diastolic} is not below systolic {systolic} mmHg. Check whether they were swapped.",
    ),
    fields=("diastolic", "systolic"),
    source=ENTRY_CHECK,
)

# Index and measures are compared in whole numbers: weight/10 over (height/1000)² between 10 and 60 kg/m².
BMI_PLAUSIBLE = EntryRule(
    name="examination.bmi_plausible",
    table="examination",
    holds=(
        (_examination.weight * 100_000 >= _examination.height * _examination.height * parameter("health_records.bmi_lowest"))
        & (_examination.weight * 100_000 <= _examination.height * _examination.height * parameter("health_records.bmi_highest"))
    ).node,
    refusal=Text(
        "身高{height}cm、体重{weight}kg算得的体质指数不在10–60之间。请核对身高和体重。",
        "Height {height} cm and weight {weight} kg give a body mass index outside 10 to 60. Check both.",
    ),
    fields=("weight", "height"),
    source=ENTRY_CHECK,
)

CLOSED_AFTER_OPENED = EntryRule(
    name="health_record.closed_after_opened",
    table="health_record",
    holds=(_record.closed_on.is_missing | (_record.closed_on >= _record.opened_on)).node,
    refusal=Text(
        "终止日期{closed_on}早于建档日期{opened_on}。请核对。",
        "Closed on {closed_on}, before it was opened on {opened_on}. Check both days.",
    ),
    fields=("closed_on",),
    source=CHAPTER,
)

CLOSED_WITH_REASON = EntryRule(
    name="health_record.closed_with_reason",
    table="health_record",
    holds=(_record.closed_on.is_missing | _record.close_reason.is_present).node,
    refusal=Text("填了终止日期{closed_on}，还应选终止原因。", "A closing day ({closed_on}) needs a reason. Choose one."),
    fields=("close_reason",),
    source=CHAPTER,
)

UPDATED_AFTER_OPENED = EntryRule(
    name="health_record.updated_after_opened",
    table="health_record",
    holds=(_record.updated_on.is_missing | (_record.updated_on >= _record.opened_on)).node,
    refusal=Text(
        "最近更新日期{updated_on}早于建档日期{opened_on}。请核对。",
        "Updated on {updated_on}, before it was opened on {opened_on}. Check both days.",
    ),
    fields=("updated_on",),
    source=CHAPTER,
)

DISEASE_IS_NAMED = EntryRule(
    name="past_history.disease_is_named",
    table="past_history",
    holds=((_past.kind != "1") | _past.disease.is_present).node,
    refusal=Text("类别为疾病时，应选是哪种疾病。", "A line of kind disease needs the disease. Choose one."),
    fields=("disease",),
    source=CHAPTER,
)

DISCHARGED_AFTER_ADMITTED = EntryRule(
    name="hospital_stay.discharged_after_admitted",
    table="hospital_stay",
    holds=(_stay.discharged_on.is_missing | (_stay.discharged_on >= _stay.admitted_on)).node,
    refusal=Text(
        "出院日期{discharged_on}早于入院日期{admitted_on}。请核对。",
        "Discharged on {discharged_on}, before admission on {admitted_on}. Check both days.",
    ),
    fields=("discharged_on",),
    source=EXAMINATION_FORM,
)
