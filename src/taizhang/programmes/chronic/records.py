"""The ledger tables of a chronic disease: its cases and its visits."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text

# The duty that every patient under management is owed beside the visits of the disease.
YEARLY_EXAMINATION = "health_records.examination"

# The columns of a blood pressure, for the diseases whose visits measure it.
PRESSURE = (
    Column("systolic", "int", Text("收缩压", "Systolic pressure"), unit="mmHg"),
    Column("diastolic", "int", Text("舒张压", "Diastolic pressure"), unit="mmHg"),
)


def case_table(disease: str, label: Text, *, patients: Text, confirmed: tuple[Column, ...] = ()) -> RecordContract:
    """专档. disease: the code, which is the Django app too. patients: what its people are called where they are owed the yearly health
    examination. confirmed: what the diagnosis was confirmed by, where the case holds it."""
    return RecordContract(
        table=f"{disease}_case",
        label=label,
        model=f"{disease}.Case",
        columns=(
            Column("organisation", "code", Text("建档机构", "Enrolled by"), field="organisation_id"),
            Column("diagnosed_on", "date", Text("确诊日期", "Diagnosed on")),
            *confirmed,
            Column("enrolled_on", "date", Text("纳入管理日期", "Enrolled on")),
            Column("closed_on", "date", Text("终止管理日期", "Closed on")),
            Column("close_reason", "code", Text("终止管理原因", "Why closed")),
        ),
        owed=((YEARLY_EXAMINATION, patients),),
    )


def follow_up_table(disease: str, label: Text, *, measured: tuple[Column, ...]) -> RecordContract:
    """随访. disease: the code, which is the Django app too. measured: what is measured or asked for this disease."""
    return RecordContract(
        table=f"{disease}_follow_up",
        label=label,
        model=f"{disease}.FollowUp",
        served_on="visited_on",
        columns=(
            Column("organisation", "code", Text("随访机构", "Visited by"), field="organisation_id"),
            Column("visited_on", "date", Text("随访日期", "Visited on")),
            Column("age_at_visit", "int", Text("随访时年龄", "Age at the visit"), unit="岁"),
            Column("way", "code", Text("随访方式", "Way of the visit")),
            Column("outcome", "code", Text("随访结果", "Outcome")),
            *measured,
            Column("adherence", "code", Text("服药依从性", "Taking medicines")),
            Column("adverse_reaction", "code", Text("药物不良反应", "Adverse reaction")),
            Column("new_complication", "bool", Text("新发并发症或原有并发症加重", "New or worse complication")),
            Column("danger_signs", "bool", Text("有危急症状", "Danger signs")),
            Column("referral_result", "code", Text("转诊结果", "Result of the referral")),
            Column("late", "bool", Text("补录", "Recorded late")),
            Column("visit_class", "code", Text("此次随访分类", "Class of the visit")),
            Column("next_due_on", "date", Text("下次随访日期", "Next visit due")),
            Column("due_reason", "code", Text("下次随访缘由", "Why due")),
            Column("answered_on", "date", Text("下次随访实际日期", "Next visit took place")),
            Column("referral_checked_on", "date", Text("转诊结果了解日期", "Result of the referral known on")),
        ),
    )
