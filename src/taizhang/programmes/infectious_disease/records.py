"""What the ledger holds of infectious diseases: no names, no addresses, no schools."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text

_DISEASE = (
    Column("disease", "code", Text("疾病名称", "Disease")),
    Column("kind", "code", Text("分型", "Kind")),
    Column("disease_class", "code", Text("传染病类别", "Class")),
    Column("limit_minutes", "int", Text("报告时限", "Time to report"), unit="分钟"),
    Column("due_on", "date", Text("报告截止日期", "To be reported by")),
)
_DIAGNOSED = (
    Column("onset_on", "date", Text("发病日期", "Onset on")),
    Column("diagnosed_on", "date", Text("诊断日期", "Diagnosed on")),
    Column("diagnosed_hour", "int", Text("诊断时间（时）", "Diagnosed at, hour"), unit="时"),
    Column("diagnosed_minute", "int", Text("诊断时间（分）", "Diagnosed at, minute"), unit="分"),
)

SUSPICION = RecordContract(
    table="infection_suspicion",
    label=Text("传染病登记", "Register of infectious diseases"),
    model="infectious_disease.Suspicion",
    columns=(
        Column("organisation", "code", Text("登记机构", "Registered by"), field="organisation_id"),
        *_DIAGNOSED,
        *_DISEASE,
        Column("case_class", "code", Text("病例分类1", "Certainty")),
        Column("first_visit", "code", Text("初诊或复诊", "First visit or not")),
        Column("handled", "code", Text("登记后处理", "What was done")),
        Column("owed", "bool", Text("应报告", "To be reported")),
        Column("card_on", "date", Text("报卡日期", "Card of")),
        Column("took_minutes", "int", Text("报告用时", "Reported within"), unit="分钟"),
        Column("outcome", "code", Text("报告情况", "Whether reported")),
    ),
)

CARD = RecordContract(
    table="infection_card",
    label=Text("传染病报告卡", "Report card of an infectious disease"),
    model="infectious_disease.ReportCard",
    columns=(
        Column("organisation", "code", Text("报告单位", "Reported by"), field="organisation_id"),
        Column("card_kind", "code", Text("报卡类别", "Kind of card")),
        *_DIAGNOSED,
        *_DISEASE,
        Column("case_class", "code", Text("病例分类1", "Certainty")),
        Column("acute", "code", Text("病例分类2", "Acute or chronic")),
        Column("belongs", "code", Text("病人属于", "Lives in")),
        Column("occupation", "code", Text("人群分类", "Occupation")),
        Column("outbreak", "bool", Text("暴发、新发或原因不明", "Outbreak, new or unexplained")),
        Column("died_on", "date", Text("死亡日期", "Died on")),
        Column("filled_on", "date", Text("填卡日期", "Filled in on")),
        Column("reported_on", "date", Text("网络报告日期", "Reported on")),
        Column("reported_hour", "int", Text("网络报告时间（时）", "Reported at, hour"), unit="时"),
        Column("reported_minute", "int", Text("网络报告时间（分）", "Reported at, minute"), unit="分"),
        Column("took_minutes", "int", Text("报告用时", "Reported within"), unit="分钟"),
        Column("reviewed_on", "date", Text("审核日期", "Reviewed on")),
        Column("reviewed_hour", "int", Text("审核时间（时）", "Reviewed at, hour"), unit="时"),
        Column("reviewed_minute", "int", Text("审核时间（分）", "Reviewed at, minute"), unit="分"),
        Column("review_took", "int", Text("审核用时", "Reviewed within"), unit="分钟"),
        Column("review_limit", "int", Text("审核时限", "Time to review"), unit="分钟"),
        Column("review_due_on", "date", Text("审核截止日期", "To be reviewed by")),
        Column("void_on", "date", Text("作废日期", "Void from")),
        Column("complete", "bool", Text("填写完整", "Complete")),
        Column("doubled", "bool", Text("重卡", "A second card of one illness")),
    ),
)
