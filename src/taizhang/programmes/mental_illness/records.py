"""What the ledger holds of patients with severe mental illness and their visits. No name, no guardian, no address."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.disease import ManagedDisease

CASE = RecordContract(
    table="mental_illness_case",
    label=Text("严重精神障碍患者专档", "Case of severe mental illness"),
    model="mental_illness.Case",
    sensitive=True,
    columns=(
        Column("organisation", "code", Text("建档机构", "Enrolled by"), field="organisation_id"),
        Column("enrolled_on", "date", Text("登记建档日期", "Registered on")),
        Column("consent", "code", Text("知情同意", "Consent")),
        Column("consented_on", "date", Text("签字时间", "Signed on")),
        Column("diagnosis", "code", Text("目前诊断", "Diagnosis")),
        Column("diagnosed_on", "date", Text("确诊日期", "Diagnosed on")),
        Column("first_onset_on", "date", Text("初次发病时间", "First fell ill on")),
        Column("first_treated_on", "date", Text("首次抗精神病药治疗时间", "First treated on")),
        Column("closed_on", "date", Text("终止管理日期", "Closed on")),
        Column("close_reason", "code", Text("终止管理原因", "Why closed")),
    ),
)

FOLLOW_UP = RecordContract(
    table="mental_illness_follow_up",
    label=Text("严重精神障碍患者随访", "Follow-up of severe mental illness"),
    model="mental_illness.FollowUp",
    sensitive=True,
    columns=(
        Column("organisation", "code", Text("随访机构", "Visited by"), field="organisation_id"),
        Column("visited_on", "date", Text("随访日期", "Visited on")),
        Column("way", "code", Text("随访方式", "Way of the visit")),
        Column("outcome", "code", Text("随访结果", "Outcome")),
        Column("lost_reason", "code", Text("失访原因", "Why not reached")),
        Column("risk", "code", Text("危险性评估", "Risk")),
        Column("symptom_level", "code", Text("精神症状程度", "Symptoms: how marked")),
        Column("insight", "code", Text("自知力", "Insight")),
        Column("self_care", "code", Text("个人生活料理", "Self-care")),
        Column("housework", "code", Text("家务劳动", "Housework")),
        Column("productive_work", "code", Text("生产劳动及工作", "Work")),
        Column("learning", "code", Text("学习能力", "Learning")),
        Column("social_contact", "code", Text("社会人际交往", "Social contact")),
        Column("incidents_minor", "int", Text("轻度滋事次数", "Minor trouble"), unit="次"),
        Column("incidents_trouble", "int", Text("肇事次数", "Trouble"), unit="次"),
        Column("incidents_disaster", "int", Text("肇祸次数", "Serious harm"), unit="次"),
        Column("incidents_other", "int", Text("其他危害行为次数", "Other harm"), unit="次"),
        Column("incidents_self_harm", "int", Text("自伤次数", "Self-harm"), unit="次"),
        Column("incidents_suicide", "int", Text("自杀未遂次数", "Attempted suicide"), unit="次"),
        Column("confinement", "code", Text("关锁情况", "Confinement")),
        Column("hospitalisation", "code", Text("住院情况", "In hospital")),
        Column("last_discharged_on", "date", Text("末次出院时间", "Last discharged on")),
        Column("adherence", "code", Text("用药依从性", "Taking medicines")),
        Column("adverse_reaction", "code", Text("药物不良反应", "Adverse reaction")),
        Column("severe_reaction", "bool", Text("严重药物不良反应", "Severe adverse reaction")),
        Column("severe_somatic", "bool", Text("严重躯体疾病", "Severe somatic disease")),
        Column("effect", "code", Text("治疗效果", "Effect of treatment")),
        Column("referred", "code", Text("是否转诊", "Referred")),
        Column("doctor_class", "code", Text("医生改判分类", "Class by the doctor")),
        Column("override_reason", "code", Text("改判理由", "Why another class")),
        Column("late", "bool", Text("补录", "Recorded late")),
        Column("visit_class", "code", Text("本次随访分类", "Class of the visit")),
        Column("next_due_on", "date", Text("下次随访日期", "Next visit due")),
        Column("due_reason", "code", Text("下次随访缘由", "Why due")),
        Column("answered_on", "date", Text("下次随访实际日期", "Next visit took place")),
    ),
)

MENTAL_ILLNESS = ManagedDisease(code="mental_illness", chapter="严重精神障碍患者管理服务规范", case=CASE, follow_up=FOLLOW_UP)
