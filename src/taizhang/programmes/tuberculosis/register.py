"""Registers of tuberculosis: 推介转诊, 专档, 第一次入户随访记录表, 随访服务记录表."""

from taizhang.kernel.text import Text
from taizhang.programmes.registering import register_of
from taizhang.programmes.tuberculosis.models import Case, FirstVisit, FollowUp, Referral

LESSONS = (
    "lesson_card", "lesson_storage", "lesson_course", "lesson_irregular", "lesson_reactions", "lesson_sputum", "lesson_travel",
    "lesson_habits", "lesson_contacts",
)  # fmt: skip
_HABITS = ("smoking", "target_smoking", "drinking", "target_drinking")
_LIFE, _MEDICINES = Text("生活方式", "Way of life"), Text("用药", "Medicines")

REFERRALS = register_of(
    Referral,
    "tuberculosis_referrals",
    Text("肺结核可疑症状者推介转诊", "Referrals of suspected tuberculosis patients"),
    natural_key=("resident", "referred_on"),
    in_list=("referred_on", "suspicious", "traced_on", "arrived_on", "result"),
    measured=("referred_on", "suspicious", "referred_to"),
    by_staff=("doctor",),
    sections={"suspicious": Text("症状与转诊", "Symptoms and referral"), "traced_on": Text("追踪与到位", "Follow-up and arrival")},
    filters=("referred_on", "arrived_on", "result"),
)

CASES = register_of(
    Case,
    "tuberculosis_cases",
    Text("肺结核患者专档", "Tuberculosis cases"),
    natural_key=("resident", "notified_on"),
    in_list=("notified_on", "patient_type", "sputum", "treatment_started_on", "stopped_on", "stop_reason"),
    measured=(
        "notified_on", "notified_by", "diagnosed_on", "diagnosed_by", "patient_type", "sputum", "resistance", "regimen",
        "treatment_started_on",
    ),
    by_staff=("assessed_by",),
    sections={"diagnosed_on": Text("诊断与治疗", "Diagnosis and treatment"), "stopped_on": Text("结案评估", "Closing")},
    outcome=("adherence_percent",),
    filters=("notified_on", "patient_type", "stopped_on", "stop_reason"),
)  # fmt: skip

FIRST_VISITS = register_of(
    FirstVisit,
    "tuberculosis_first_visits",
    Text("肺结核患者第一次入户随访", "First home visits in tuberculosis"),
    natural_key=("resident", "visited_on"),
    in_list=("visited_on", "way", "outcome", "supervisor"),
    measured=(
        "visited_on", "way", "patient_type", "sputum", "resistance", "symptoms", "regimen", "usage", "drug_form", "supervisor", "own_room",
        "ventilation", *_HABITS, "collection_place", "collection_on", *LESSONS,
    ),
    by_staff=("doctor",),
    sections={
        "supervisor": Text("督导与症状", "Supervision and symptoms"),
        "smoking": _LIFE,
        "regimen": _MEDICINES,
        "told_above_on": Text("未访到", "Not met"),
        "patient_type": Text("患者情况", "The patient"),
        "own_room": Text("家庭居住环境评估", "The dwelling"),
        "collection_place": Text("健康教育及培训", "Education"),
    },
    outcome=("next_due_on", "due_reason"),
    filters=("visited_on", "outcome"),
)  # fmt: skip

FOLLOW_UPS = register_of(
    FollowUp,
    "tuberculosis_follow_ups",
    Text("肺结核患者随访", "Tuberculosis visits"),
    natural_key=("resident", "visited_on"),
    in_list=("visited_on", "way", "outcome", "treatment_month", "doses_missed", "adverse_reaction"),
    measured=("visited_on", "way", "treatment_month", "symptoms", "doses_missed", "adverse_reaction", "complication", "handling"),
    carried=("supervisor", "phase", "regimen", "usage", "drug_form", *_HABITS),
    by_staff=("doctor",),
    sections={
        "supervisor": Text("督导与症状", "Supervision and symptoms"),
        "smoking": _LIFE,
        "regimen": _MEDICINES,
        "treatment_month": Text("治疗进展", "Course of treatment"),
        "referral_to": Text("转诊与处理", "Referral and what is to be done"),
    },
    outcome=("next_due_on", "due_reason"),
    filters=("visited_on", "outcome", "adverse_reaction"),
)
