"""What the ledger holds of suspected and diagnosed tuberculosis patients: referral, case, first home visit, follow-ups. No name."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text

REFERRAL = RecordContract(
    table="tuberculosis_referral",
    label=Text("肺结核可疑症状者推介转诊", "Referral of a suspected tuberculosis patient"),
    model="tuberculosis.Referral",
    sensitive=True,
    columns=(
        Column("organisation", "code", Text("转诊机构", "Referred by"), field="organisation_id"),
        Column("referred_on", "date", Text("推介转诊日期", "Referred on")),
        Column("traced_on", "date", Text("随访（追踪）日期", "Followed up on")),
        Column("arrived_on", "date", Text("到位就诊日期", "Arrived on")),
        Column("result", "code", Text("就诊结果", "Result")),
    ),
)

CASE = RecordContract(
    table="tuberculosis_case",
    label=Text("肺结核患者专档", "Tuberculosis case"),
    model="tuberculosis.Case",
    sensitive=True,
    columns=(
        Column("organisation", "code", Text("管理机构", "Managed by"), field="organisation_id"),
        Column("notified_on", "date", Text("接到管理通知单日期", "Notice received on")),
        Column("diagnosed_on", "date", Text("确诊日期", "Diagnosed on")),
        Column("patient_type", "code", Text("患者类型", "Kind of patient")),
        Column("sputum", "code", Text("痰菌情况", "Sputum")),
        Column("resistance", "code", Text("耐药情况", "Resistance")),
        Column("treatment_started_on", "date", Text("开始治疗日期", "Treatment began on")),
        Column("stopped_on", "date", Text("停止治疗时间", "Treatment stopped on")),
        Column("stop_reason", "code", Text("停止治疗原因", "Why stopped")),
        Column("visits_due", "int", Text("应访视次数", "Visits due"), unit="次"),
        Column("visits_made", "int", Text("实际访视次数", "Visits made"), unit="次"),
        Column("doses_due", "int", Text("应服药次数", "Doses due"), unit="次"),
        Column("doses_taken", "int", Text("实际服药次数", "Doses taken"), unit="次"),
        Column("adherence_percent", "int", Text("服药率", "Doses taken of those due"), places=1, unit="%"),
    ),
)

FIRST_VISIT = RecordContract(
    table="tuberculosis_first_visit",
    label=Text("肺结核患者第一次入户随访", "First home visit in tuberculosis"),
    model="tuberculosis.FirstVisit",
    sensitive=True,
    columns=(
        Column("organisation", "code", Text("随访机构", "Visited by"), field="organisation_id"),
        Column("visited_on", "date", Text("随访日期", "Visited on")),
        Column("way", "code", Text("随访方式", "Way of the visit")),
        Column("outcome", "code", Text("随访结果", "Outcome")),
        Column("told_above_on", "date", Text("未访到报告上级日期", "Not met: told to the level above on")),
        Column("supervisor", "code", Text("督导人员", "Supervisor")),
        Column("late", "bool", Text("补录", "Recorded late")),
        Column("failed_attempts", "int", Text("连续未访到次数", "Visits in vain, running"), unit="次"),
        Column("next_due_on", "date", Text("下次随访日期", "Next visit due")),
        Column("due_reason", "code", Text("下次随访缘由", "Why due")),
    ),
)

FOLLOW_UP = RecordContract(
    table="tuberculosis_follow_up",
    label=Text("肺结核患者随访", "Tuberculosis follow-up"),
    model="tuberculosis.FollowUp",
    sensitive=True,
    columns=(
        Column("organisation", "code", Text("随访机构", "Visited by"), field="organisation_id"),
        Column("visited_on", "date", Text("随访日期", "Visited on")),
        Column("way", "code", Text("随访方式", "Way of the visit")),
        Column("outcome", "code", Text("随访结果", "Outcome")),
        Column("treatment_month", "int", Text("治疗月序", "Month of treatment"), unit="月"),
        Column("supervisor", "code", Text("督导人员", "Supervisor")),
        Column("phase", "code", Text("治疗阶段", "Phase of treatment")),
        Column("doses_missed", "int", Text("漏服药次数", "Doses missed"), unit="次"),
        Column("adverse_reaction", "code", Text("药物不良反应", "Adverse reaction")),
        Column("complication", "code", Text("并发症或合并症", "Complication")),
        Column("late", "bool", Text("补录", "Recorded late")),
        Column("next_due_on", "date", Text("下次随访日期", "Next visit due")),
        Column("due_reason", "code", Text("下次随访缘由", "Why due")),
    ),
)
