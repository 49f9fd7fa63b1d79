"""What the ledger holds of the yearly assessment of the elderly."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text

ASSESSMENT = RecordContract(
    table="elderly_assessment",
    label=Text("老年人健康管理记录", "Yearly assessment of the elderly"),
    model="elderly.Assessment",
    served_on="assessed_on",
    columns=(
        Column("organisation", "code", Text("服务机构", "Served by"), field="organisation_id"),
        Column("assessed_on", "date", Text("评估日期", "Assessed on")),
        Column("examination", "int", Text("健康体检记录", "Its examination"), field="examination_id"),
        Column("eating", "int", Text("进餐评分", "Eating, score"), unit="分"),
        Column("grooming", "int", Text("梳洗评分", "Grooming, score"), unit="分"),
        Column("dressing", "int", Text("穿衣评分", "Dressing, score"), unit="分"),
        Column("toileting", "int", Text("如厕评分", "Toileting, score"), unit="分"),
        Column("moving", "int", Text("活动评分", "Moving, score"), unit="分"),
        Column("self_care_score", "int", Text("生活自理能力总分", "Self-care, total score"), unit="分"),
        Column("cognition_screen", "code", Text("认知功能粗筛", "Cognition screen")),
        Column("cognition_score", "int", Text("简易智力状态检查总分", "Mini mental state, score"), unit="分"),
        Column("emotion_screen", "code", Text("情感状态粗筛", "Mood screen")),
        Column("depression_score", "int", Text("抑郁评分", "Geriatric depression, score"), unit="分"),
        Column("guidance_given", "bool", Text("已作健康指导", "Guidance given")),
        Column("feedback_on", "date", Text("结果反馈日期", "Results given back on")),
        Column("told_on", "date", Text("结果告知日期", "Results told on")),
        Column("next_due_on", "date", Text("下次应评估日期", "Next assessment due")),
        Column("due_reason", "code", Text("下次评估缘由", "Why due")),
        Column("answered_on", "date", Text("下次评估实际日期", "Next assessment took place")),
    ),
)

FEEDBACK = RecordContract(
    table="elderly_feedback",
    label=Text("老年人体检结果反馈", "Results of the elderly told"),
    model="elderly.Feedback",
    columns=(
        Column("organisation", "code", Text("服务机构", "Served by"), field="organisation_id"),
        Column("told_on", "date", Text("反馈日期", "Told on")),
        Column("way", "code", Text("反馈方式", "How told")),
        Column("told_to", "code", Text("告知对象", "Told to")),
        Column("abnormal", "bool", Text("体检结果有异常", "Something abnormal was found")),
        Column("advice", "code", Text("处理建议", "Advice")),
    ),
)
