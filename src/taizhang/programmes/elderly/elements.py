"""Elements of the yearly assessment of the elderly: self-care, cognition, mood, guidance and feedback.

The five items of 老年人生活自理能力评估表 are stored as their scores, because the total and its classes are sums of scores; which scores
an item may have is an entry rule.
"""

from taizhang.kernel.elements import coded, day, number, words, yes_no

ASSESSED_ON = day("assessed_on", "评估日期", "Assessed on")
EATING = number("eating", "进餐", "Eating", "分", "0", "5")
GROOMING = number("grooming", "梳洗", "Grooming", "分", "0", "7")
DRESSING = number("dressing", "穿衣", "Dressing", "分", "0", "5")
TOILETING = number("toileting", "如厕", "Toileting", "分", "0", "10")
MOVING = number("moving", "活动", "Moving about", "分", "0", "10")
SELF_CARE_SCORE = number("self_care_score", "生活自理能力总分", "Self-care, total score", "分", "0", "37")

SELF_RATED_HEALTH = coded(
    "self_rated_health",
    "老年人健康状态自我评估",
    "Own view of health",
    {
        "1": ("满意", "Satisfied"),
        "2": ("基本满意", "Fairly satisfied"),
        "3": ("说不清楚", "Cannot say"),
        "4": ("不太满意", "Not quite satisfied"),
        "5": ("不满意", "Not satisfied"),
    },
)
_SCREEN = {"1": ("粗筛阴性", "Negative"), "2": ("粗筛阳性", "Positive")}
COGNITION_SCREEN = coded("cognition_screen", "老年人认知功能粗筛", "Cognition screen", _SCREEN)
COGNITION_SCORE = number("cognition_score", "简易智力状态检查总分", "Mini mental state, score", "分", "0", "30")
EMOTION_SCREEN = coded("emotion_screen", "老年人情感状态粗筛", "Mood screen", _SCREEN)
DEPRESSION_SCORE = number("depression_score", "老年人抑郁评分检查总分", "Geriatric depression, score", "分", "0", "30")

GUIDANCE_GIVEN = yes_no("guidance_given", "已作健康指导", "Guidance given")
GUIDANCE_TOPICS = coded(
    "guidance_topics",
    "健康指导内容",
    "Guidance on",
    {
        "1": ("慢性病患者纳入健康管理", "Enrolment in chronic disease management"),
        "2": ("异常结果定期复查或转诊", "Repeat tests or referral"),
        "3": ("健康生活方式", "Healthy living"),
        "4": ("疫苗接种", "Vaccination"),
        "5": ("骨质疏松预防", "Osteoporosis"),
        "6": ("防跌倒及意外伤害预防和自救", "Falls and injuries"),
        "7": ("认知和情感", "Cognition and mood"),
        "8": ("告知下一次健康管理的时间", "When to come next"),
    },
    several=True,
)
FEEDBACK_ON = day("feedback_on", "体检结果反馈日期", "Results given back on")
FEEDBACK_WAY = coded(
    "feedback_way",
    "反馈方式",
    "How given back",
    {"1": ("当面", "In person"), "2": ("电话", "By telephone"), "3": ("书面", "In writing"), "4": ("家属代转", "Through the family")},
)
ASSESSMENT_NOTE = words("assessment_note", "备注", "Note")
NEXT_DUE_ON = day("elderly_next_due_on", "下次应评估日期", "Next assessment due")

# -- results given back after the day ------------------------------------------------------------------------------------------------

TOLD_ON = day("elderly_told_on", "反馈日期", "Told on")
TOLD_WAY = coded(
    "elderly_told_way",
    "反馈方式（体检结果）",
    "How told",
    {"1": ("当面", "In person"), "2": ("电话", "By telephone"), "3": ("书面报告单", "In writing"), "4": ("短信、微信", "By message")},
)
TOLD_TO = coded("elderly_told_to", "告知对象", "Told to", {"1": ("本人", "The person"), "2": ("家属", "The family")})
TOLD_ABNORMAL = yes_no("elderly_told_abnormal", "体检结果有异常", "Something abnormal was found")
TOLD_ADVICE = coded(
    "elderly_told_advice",
    "处理建议",
    "Advice",
    {
        "1": ("定期随访", "Regular visits"),
        "2": ("定期复查", "Repeat tests"),
        "3": ("建议转诊", "Referral"),
        "4": ("纳入慢性病管理", "Enrolment in chronic disease management"),
        "5": ("健康生活方式指导", "Healthy living"),
    },
    several=True,
)
TOLD_CONTENT = words("elderly_told_content", "告知的主要结果", "What was told")
TOLD_BY = words("elderly_told_by", "反馈人", "Told by")
RESULT_TOLD_ON = day("elderly_result_told_on", "结果告知日期", "Results told on")
