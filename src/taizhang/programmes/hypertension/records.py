"""What the ledger holds of hypertension patients and their visits."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text

CASE = RecordContract(
    table="hypertension_case",
    label=Text("高血压患者专档", "Hypertension case"),
    model="hypertension.Case",
    columns=(
        Column("organisation", "code", Text("建档机构", "Enrolled by"), field="organisation_id"),
        Column("diagnosed_on", "date", Text("确诊日期", "Diagnosed on")),
        Column("enrolled_on", "date", Text("纳入管理日期", "Enrolled on")),
        Column("closed_on", "date", Text("终止管理日期", "Closed on")),
        Column("close_reason", "code", Text("终止管理原因", "Why closed")),
    ),
)

FOLLOW_UP = RecordContract(
    table="hypertension_follow_up",
    label=Text("高血压患者随访", "Hypertension follow-up"),
    model="hypertension.FollowUp",
    columns=(
        Column("organisation", "code", Text("随访机构", "Visited by"), field="organisation_id"),
        Column("visited_on", "date", Text("随访日期", "Visited on")),
        Column("age_at_visit", "int", Text("随访时年龄", "Age at the visit"), unit="岁"),
        Column("way", "code", Text("随访方式", "Way of the visit")),
        Column("outcome", "code", Text("随访结果", "Outcome")),
        Column("systolic", "int", Text("收缩压", "Systolic pressure"), unit="mmHg"),
        Column("diastolic", "int", Text("舒张压", "Diastolic pressure"), unit="mmHg"),
        Column("adherence", "code", Text("服药依从性", "Taking medicines")),
        Column("adverse_reaction", "code", Text("药物不良反应", "Adverse reaction")),
        Column("new_complication", "bool", Text("新发并发症或原有并发症加重", "New or worse complication")),
        Column("danger_signs", "bool", Text("有危急症状", "Danger signs")),
        Column("late", "bool", Text("补录", "Recorded late")),
        Column("visit_class", "code", Text("此次随访分类", "Class of the visit")),
        Column("next_due_on", "date", Text("下次随访日期", "Next visit due")),
        Column("due_reason", "code", Text("下次随访缘由", "Why due")),
        Column("answered_on", "date", Text("下次随访实际日期", "Next visit took place")),
    ),
)
