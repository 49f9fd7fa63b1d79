"""Registers of infectious diseases and emergencies: the log of suspicions and diagnoses, the report cards, the checks for missed cases."""

from taizhang.kernel.text import Text
from taizhang.programmes.infectious_disease import models
from taizhang.programmes.registering import register_of

SUSPICIONS = register_of(
    models.Suspicion,
    "infection_suspicions",
    Text("传染病登记", "Register of infectious diseases"),
    natural_key=("resident", "diagnosed_on", "disease"),
    in_list=("diagnosed_on", "disease", "case_class", "handled"),
    measured=(
        "diagnosed_on", "diagnosed_hour", "diagnosed_minute", "onset_on", "disease", "kind", "case_class", "place", "first_visit",
        "symptoms", "exposure", "handled",
    ),
    by_staff=("doctor",),
    sections={
        "diagnosed_on": Text("诊断", "Diagnosis"),
        "place": Text("登记", "Register"),
    },
    outcome=("disease_class", "limit_minutes", "due_on", "outcome", "took_minutes"),
    filters=("diagnosed_on", "disease"),
)  # fmt: skip

CARDS = register_of(
    models.ReportCard,
    "infection_cards",
    Text("传染病报告卡", "Report cards of infectious diseases"),
    natural_key=("resident", "card_kind", "diagnosed_on", "disease", "card_number"),
    in_list=("diagnosed_on", "disease", "case_class", "card_kind", "reported_on"),
    measured=(
        "card_number", "card_kind", "disease", "kind", "case_class", "acute", "onset_on", "diagnosed_on", "diagnosed_hour",
        "diagnosed_minute",
        "filled_on", "reported_on", "reported_hour", "reported_minute", "outbreak",
    ),
    carried=("parent", "workplace", "phone", "belongs", "address", "occupation"),
    by_staff=("reporter",),
    sections={
        "card_number": Text("报告卡", "The card"),
        "parent": Text("病人", "The patient"),
        "disease": Text("疾病与诊断", "Disease and diagnosis"),
        "corrected": Text("订正与退卡", "Corrections"),
        "reporter": Text("填报", "Reporting"),
        "reviewed_on": Text("审核与作废", "Review"),
    },
    outcome=("disease_class", "limit_minutes", "due_on", "took_minutes", "review_took", "lacking", "doubled", "resolves"),
    filters=("diagnosed_on", "disease"),
)  # fmt: skip

EVENT_REPORTS = register_of(
    models.EventReport,
    "event_reports",
    Text("突发公共卫生事件相关信息报告卡", "Report cards of public-health emergencies"),
    natural_key=("organisation", "name", "stage", "number"),
    in_list=("name", "stage", "category", "grade", "received_on", "total_cases", "reported_on"),
    measured=(
        "name", "stage", "number", "category", "grade", "received_on", "received_hour", "received_minute", "occurred_on", "diagnosis",
        "area", "place", "setting", "school_kind", "information", "spread", "exposed", "new_cases", "new_deaths", "total_cases",
        "total_deaths", "first_onset_on", "last_onset_on", "symptoms", "signs", "measures", "trend", "phone", "filled_on", "reported_on",
        "reported_hour", "reported_minute",
    ),
    by_staff=("reporter",),
    sections={
        "name": Text("事件", "The event"),
        "received_on": Text("时间与诊断", "Times and diagnosis"),
        "area": Text("地点与波及范围", "Where, and how far"),
        "new_cases": Text("病例与症状", "Cases and symptoms"),
        "measures": Text("措施与进展", "Measures and course"),
        "reporter": Text("填报", "Reporting"),
    },
    outcome=("limit_minutes", "due_on", "took_minutes", "next_stage", "next_due_on", "lacking"),
    filters=("filled_on", "stage", "grade"),
)  # fmt: skip

MISSED_CHECKS = register_of(
    models.MissedCheck,
    "missed_checks",
    Text("传染病漏报调查登记", "Checks for missed cases"),
    natural_key=("organisation", "checked_on", "looked_at", "check_kind"),
    in_list=("checked_on", "check_kind", "looked_at", "found", "already", "mended_on"),
    measured=(
        "checked_on", "check_kind", "looked_at", "covers_from", "covers_to", "looked_through", "found", "already", "late_found", "unlike",
        "missed_diseases", "mended_on",
    ),
    by_staff=("checked_by",),
    sections={"checked_on": Text("调查", "The check"), "found": Text("结果与补报", "What was found")},
    outcome=("missed",),
    filters=("checked_on", "check_kind", "looked_at"),
)  # fmt: skip
