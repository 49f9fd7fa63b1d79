"""The registers of vaccination."""

from taizhang.kernel.text import Text
from taizhang.programmes.immunisation import models as m
from taizhang.programmes.registering import register_of

VACCINATIONS = register_of(
    m.Vaccination, "vaccinations", Text("预防接种记录", "Vaccinations"),
    natural_key=("resident", "given_on", "vaccine", "lot"),
    in_list=("given_on", "vaccine", "lot", "site"),
    measured=("given_on", "vaccine", "lot", "expires_on", "trace_code", "way", "site", "informed", "checked", "observed_minutes"),
    carried=("fee",),
    by_staff=("vaccinator",),
    sections={
        "given_on": Text("疫苗与剂次", "Vaccine and dose"),
        "way": Text("接种", "Vaccination"),
        "informed": Text("告知、核对与留观", "Informing, checking and observing"),
        "given_elsewhere": Text("其他", "Other"),
    },
    outcome=("dose_number", "verdict"),
    filters=("given_on", "vaccine"),
    day_sheet=True,
)  # fmt: skip
CERTIFICATES = register_of(
    m.Certificate, "vaccination_certificates", Text("预防接种证（卡）", "Vaccination certificates"),
    natural_key=("resident",),
    in_list=("issued_on", "number", "living", "mother_hbsag"),
    measured=("issued_on", "number", "living", "guardian", "guardian_relation", "guardian_phone",
              "birth_hospital", "birth_weight", "mother_hbsag"),
    by_staff=("issued_by",),
    sections={
        "issued_on": Text("建证", "Issue"),
        "birth_hospital": Text("出生情况", "Birth"),
        "reaction_history": Text("禁忌与病史", "History"),
        "moved_in_on": Text("迁移", "Moving"),
    },
    filters=("issued_on", "living"),
)  # fmt: skip
HEALTH_STATES = register_of(
    m.HealthState, "vaccination_restrictions", Text("接种禁忌与延期", "Contraindications and deferrals"),
    natural_key=("resident", "asked_on", "state"),
    in_list=("asked_on", "state", "conclusion", "started_on", "until"),
    measured=("asked_on", "state", "vaccines", "conclusion", "started_on", "until", "reason"),
    by_staff=("judged_by",),
    outcome=("kind",),
    filters=("asked_on", "state"),
)  # fmt: skip
ADVERSE_EVENTS = register_of(
    m.AdverseEvent, "vaccination_adverse_events", Text("疑似预防接种异常反应", "Adverse events following immunisation"),
    natural_key=("resident", "happened_on", "vaccine"),
    in_list=("happened_on", "vaccine", "symptoms", "severe", "classification"),
    measured=("happened_on", "dose_on", "vaccine", "lot", "symptoms", "severe", "urgent", "found_on", "reported_on", "report_hours"),
    by_staff=("reporter",),
    sections={
        "happened_on": Text("接种与反应", "Vaccination and reaction"),
        "found_on": Text("报告", "Report"),
        "investigated_on": Text("调查与诊断", "Investigation"),
    },
    filters=("happened_on", "vaccine", "classification"),
)  # fmt: skip
STOCK = register_of(
    m.StockMovement, "vaccine_stock", Text("疫苗出入库记录", "Vaccine stock"),
    natural_key=("organisation", "moved_on", "vaccine", "lot", "movement"),
    in_list=("moved_on", "vaccine", "lot", "movement", "doses"),
    measured=("moved_on", "vaccine", "lot", "movement", "doses"),
    by_staff=("keeper",),
    outcome=("on_hand", "difference"),
    filters=("moved_on", "vaccine", "movement"),
)  # fmt: skip
COLD_CHAIN = register_of(
    m.ColdChainReading, "cold_chain_readings", Text("冷链测温记录", "Cold chain readings"),
    natural_key=("organisation", "read_on", "read_at", "equipment"),
    in_list=("read_on", "read_at", "equipment", "temperature"),
    measured=("read_on", "read_at", "equipment", "temperature"),
    by_staff=("reader",),
    filters=("read_on",),
)  # fmt: skip
SCHOOLS = register_of(
    m.SchoolCheck, "school_certificate_checks", Text("入托入学接种证查验", "Certificates checked at school entry"),
    natural_key=("organisation", "school", "term_started_on"),
    in_list=("checked_on", "school", "children_new", "children_checked", "to_catch_up", "caught_up"),
    by_staff=("checked_by",),
    filters=("checked_on", "kind"),
)  # fmt: skip
ENTRIES = register_of(
    m.EntryCheck, "school_entry_checks", Text("入托入学查验儿童名单", "Children checked at school entry"),
    natural_key=("resident", "checked_on"),
    in_list=("checked_on", "school", "kind", "certificate", "told_on"),
    measured=("checked_on", "school", "kind", "term_started_on", "certificate", "told_on"),
    by_staff=("checked_by",),
    outcome=("result", "missing", "caught_up_on"),
    judged=("result", "missing", "caught_up_on"),
    filters=("checked_on", "school", "kind", "result", "missing"),
    day_sheet=True,
)  # fmt: skip
