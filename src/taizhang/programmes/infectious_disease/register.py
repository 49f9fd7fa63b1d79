"""Registers of infectious diseases: the log of suspicions and diagnoses, and the report cards."""

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
    outcome=("disease_class", "limit_minutes", "due_on", "took_minutes", "review_took", "lacking", "doubled"),
    filters=("diagnosed_on", "disease"),
)  # fmt: skip
