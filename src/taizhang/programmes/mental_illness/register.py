"""Registers of severe mental illness: 个人信息补充表 and 随访服务记录表."""

from taizhang.kernel.text import Text
from taizhang.programmes.mental_illness.models import Case, FollowUp
from taizhang.programmes.mental_illness.rules import SOCIAL_FUNCTION
from taizhang.programmes.registering import register_of

_MEDICINES = tuple(f"medicine_{place}_{part}" for place in (1, 2, 3) for part in ("name", "use", "dose"))

CASES = register_of(
    Case,
    "mental_illness_cases",
    Text("严重精神障碍患者专档", "Cases of severe mental illness"),
    natural_key=("resident", "enrolled_on"),
    in_list=("enrolled_on", "consent", "diagnosis", "diagnosed_on", "closed_on", "close_reason"),
    measured=(
        "enrolled_on", "guardian_name", "guardian_relation", "guardian_address", "guardian_phone", "village_contact", "household_kind",
        "employment", "consent", "consented_by", "consented_on", "first_onset_on", "past_symptoms", "past_confinement", "past_outpatient",
        "first_treated_on", "past_admissions", "diagnosis", "diagnosed_by", "diagnosed_on", "last_effect", "economy",
        "specialist_opinion",
    ),
    by_staff=("doctor",),
    sections={
        "guardian_name": Text("监护人与联系人", "Guardian and contacts"),
        "household_kind": Text("一般情况", "General"),
        "consent": Text("知情同意", "Consent"),
        "first_onset_on": Text("既往情况", "History"),
        "diagnosis": Text("目前诊断情况", "Diagnosis"),
        "past_minor": Text("危险行为", "Dangerous behaviour"),
        "economy": Text("经济状况与专科医生意见", "Means, and the specialist's opinion"),
        "closed_on": Text("终止管理", "Closing"),
    },
    filters=("enrolled_on", "consent", "diagnosis", "closed_on", "close_reason"),
)  # fmt: skip

FOLLOW_UPS = register_of(
    FollowUp,
    "mental_illness_follow_ups",
    Text("严重精神障碍患者随访", "Visits to patients with severe mental illness"),
    natural_key=("resident", "visited_on"),
    in_list=("visited_on", "way", "outcome", "risk", "adherence"),
    measured=(
        "visited_on", "way", "risk", "symptoms", "symptom_level", "insight", "sleep", "eating", *SOCIAL_FUNCTION, "confinement",
        "hospitalisation", "laboratory", "adherence", "adverse_reaction", "effect", "referred",
    ),
    carried=(*_MEDICINES, "rehabilitation"),
    by_staff=("doctor",),
    sections={
        "lost_reason": Text("失访与死亡", "Not reached, or dead"),
        "risk": Text("危险性与精神状况", "Risk and state of mind"),
        "self_care": Text("社会功能情况", "Social function"),
        "incidents_minor": Text("危险行为", "Dangerous behaviour"),
        "confinement": Text("关锁、住院与检查", "Confinement, hospital, tests"),
        "adherence": Text("治疗情况", "Treatment"),
        "referred": Text("转诊", "Referral"),
        "medicine_1_name": Text("用药情况", "Medicines"),
        "advised_1_name": Text("用药指导", "Medicines advised"),
        "rehabilitation": Text("康复措施", "Rehabilitation"),
        "doctor_class": Text("分类改判", "Another class"),
    },
    outcome=("visit_class", "next_due_on", "due_reason"),
    filters=("visited_on", "way", "outcome", "risk"),
)  # fmt: skip
