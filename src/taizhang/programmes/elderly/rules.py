"""Rules over the yearly assessment of the elderly: scores, self-care classes, and when the next assessment is due.

No Django, no clock.
"""

from collections.abc import Sequence
from datetime import date

from taizhang.kernel.periods import add_months
from taizhang.kernel.query.words import Expression, PersonRow, RowSet, choose, parameter, records
from taizhang.kernel.rules import Due, EntryRule, Notice
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.elderly.records import ASSESSMENT, FEEDBACK

SPECIFICATION = "国家基本公共卫生服务规范（第三版）"
CHAPTER = Source(SPECIFICATION, "老年人健康管理服务规范")
CONTENT = Source(SPECIFICATION, "老年人健康管理服务规范 二、服务内容")
FORM = Source(SPECIFICATION, "老年人健康管理服务规范 附件 老年人生活自理能力评估表")

# -- self-care --------------------------------------------------------------------------------------------------------------------

# The scores each item of the form may have: able, mild, moderate, unable (two levels of eating and dressing both count 0).
SCORES = {"eating": (0, 3, 5), "grooming": (0, 1, 3, 7), "dressing": (0, 3, 5), "toileting": (0, 1, 5, 10), "moving": (0, 1, 5, 10)}

SELF_CARE_LEVELS = {
    "1": Text("可自理", "Independent"),
    "2": Text("轻度依赖", "Mildly dependent"),
    "3": Text("中度依赖", "Moderately dependent"),
    "4": Text("不能自理", "Unable to care for themselves"),
}

_assessment = records(ASSESSMENT)


def self_care_level(assessment: RowSet | PersonRow) -> Expression:
    """The level of an assessment, a row of the table or the one picked for a resident; "" while an item was left out, or no rule in
    force."""
    score = assessment.self_care_score
    return choose(
        (score < parameter("elderly.self_care_mild"), "1"),
        (score < parameter("elderly.self_care_moderate"), "2"),
        (score < parameter("elderly.self_care_severe"), "3"),
        (score >= parameter("elderly.self_care_severe"), "4"),
        otherwise="",
    ).named("生活自理能力", "self-care level", source=FORM)


SELF_CARE_LEVEL = self_care_level(_assessment).node


def self_care_score(items: Sequence[int | None]) -> int | None:
    """The total of the five items, 0 to 37; None while one is missing, because a part of the form has no class."""
    scores = [score for score in items if score is not None]
    return sum(scores) if len(scores) == len(SCORES) else None


# -- next due ---------------------------------------------------------------------------------------------------------------------

DUE_REASONS = {"yearly": Text("每年一次健康管理，上次满12个月", "Once a year: twelve months after the last")}


def next_due(assessed_on: date, interval_months: int | None) -> Due:
    """When the person is next due after an assessment: its anniversary, which always lies in the next calendar year, so that both the
    interval and "once in each year" are kept. 29 February falls due on 28 February. No rule in force: nothing is due."""
    if interval_months is None:
        return Due(None, "", Text("无现行规定", "No rule in force"))
    return Due(add_months(assessed_on, interval_months), "yearly", DUE_REASONS["yearly"])


# -- feedback ---------------------------------------------------------------------------------------------------------------------------


def told_on(assessed_on: date, feedback_on: date | None, told: Sequence[date], following: date | None) -> date | None:
    """When the results of an assessment were first told: on the form itself, or by a feedback of its own after it and before the next
    assessment. None while nobody has."""
    days = [day for day in told if day >= assessed_on and (following is None or day < following)]
    return min([*days, *([feedback_on] if feedback_on is not None else [])], default=None)


# -- screens of cognition and mood, and feedback -----------------------------------------------------------------------------------

POSITIVE = "2"

# 粗筛阳性: the full scale is to follow, at once or where the person is sent.
COGNITION_WITHOUT_SCALE = ((_assessment.cognition_screen == POSITIVE) & _assessment.cognition_score.is_missing).named(
    "认知粗筛阳性而没有作简易智力状态检查", "positive for cognition without the mini mental state", source=CONTENT
)
MOOD_WITHOUT_SCALE = ((_assessment.emotion_screen == POSITIVE) & _assessment.depression_score.is_missing).named(
    "情感粗筛阳性而没有作抑郁评分", "positive for mood without the depression scale", source=CONTENT
)

NOTICES = (
    Notice(
        "elderly_assessment.cognition_positive",
        "elderly_assessment",
        COGNITION_WITHOUT_SCALE.node,
        Text(
            "认知功能粗筛阳性：应进一步作简易智力状态检查，必要时转诊。",
            "Positive for cognition: continue with the mini mental state examination, and refer where needed.",
        ),
        source=CONTENT,
    ),
    Notice(
        "elderly_assessment.mood_positive",
        "elderly_assessment",
        MOOD_WITHOUT_SCALE.node,
        Text(
            "情感状态粗筛阳性：应进一步作老年抑郁量表检查，必要时转诊。",
            "Positive for mood: continue with the geriatric depression scale, and refer where needed.",
        ),
        source=CONTENT,
    ),
    Notice(
        "elderly_assessment.depressed",
        "elderly_assessment",
        (_assessment.depression_score >= parameter("elderly.depression_score")).node,
        Text(
            "抑郁评分{depression_score}分，提示抑郁：建议转诊到精神科或心理门诊，并告知家属。",
            "A depression score of {depression_score}: refer to psychiatry or counselling, and tell the family.",
        ),
        urgent=True,
        source=CONTENT,
    ),
    Notice(
        "elderly_assessment.cognition_impaired",
        "elderly_assessment",
        (_assessment.cognition_score <= parameter("elderly.cognition_score")).node,
        Text(
            "简易智力状态检查{cognition_score}分，提示认知功能减退（须结合文化程度判断）：建议转诊，并告知家属。",
            "A mini mental state of {cognition_score} suggests decline (schooling considered): refer, and tell the family.",
        ),
        urgent=True,
        source=CONTENT,
    ),
)

# -- entry rules --------------------------------------------------------------------------------------------------------------------

_ITEM_LABELS = {
    "eating": Text("进餐", "eating"),
    "grooming": Text("梳洗", "grooming"),
    "dressing": Text("穿衣", "dressing"),
    "toileting": Text("如厕", "toileting"),
    "moving": Text("活动", "moving about"),
}


def _score_rule(item: str) -> EntryRule:
    allowed = SCORES[item]
    label = _ITEM_LABELS[item]
    return EntryRule(
        name=f"elderly_assessment.{item}_score",
        table="elderly_assessment",
        holds=getattr(_assessment, item).is_in(*allowed).node,
        refusal=Text(
            f"{label.zh}评分{{{item}}}不在评估表所列分值（{'、'.join(map(str, allowed))}）之中。请按评估表重填。",
            f"A score of {{{item}}} for {label.en} is not on the form ({', '.join(map(str, allowed))}). Score it again.",
        ),
        fields=(item,),
        source=FORM,
    )


SCORE_RULES = tuple(_score_rule(item) for item in SCORES)

FEEDBACK_AFTER_ASSESSMENT = EntryRule(
    name="elderly_assessment.feedback_after_assessment",
    table="elderly_assessment",
    holds=(_assessment.feedback_on.is_missing | (_assessment.feedback_on >= _assessment.assessed_on)).node,
    refusal=Text(
        "反馈日期{feedback_on}早于评估日期{assessed_on}。请核对。",
        "Results given back on {feedback_on}, before the assessment on {assessed_on}. Check both days.",
    ),
    fields=("feedback_on",),
    source=CONTENT,
)

SCALES_ONLY_AFTER_POSITIVE = EntryRule(
    name="elderly_assessment.scales_only_after_positive",
    table="elderly_assessment",
    holds=(
        (_assessment.cognition_score.is_missing | _assessment.cognition_screen.is_present)
        & (_assessment.depression_score.is_missing | _assessment.emotion_screen.is_present)
    ).node,
    refusal=Text(
        "填了量表总分，还应填写相应的粗筛结果；请补选认知（情感）粗筛结果。",
        "A scale's total needs the result of the screen before it. Choose the result of the screen.",
    ),
    fields=("cognition_screen", "emotion_screen"),
    source=CONTENT,
)

_feedback = records(FEEDBACK)
ADVICE_WHERE_ABNORMAL = EntryRule(
    name="elderly_feedback.advice_where_abnormal",
    table="elderly_feedback",
    holds=(~_feedback.abnormal | _feedback.advice.is_present).node,
    refusal=Text("结果有异常的，须选处理建议。", "Something abnormal was found: choose what was advised."),
    fields=("advice",),
    source=CONTENT,
)
