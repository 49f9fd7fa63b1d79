"""Checks on the yearly assessments of the elderly."""

from taizhang.county.vocabulary import resident
from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.query.words import parameter, records
from taizhang.kernel.text import Text
from taizhang.programmes.elderly.indicators import ELDERS, SERVICES
from taizhang.programmes.elderly.records import ASSESSMENT
from taizhang.programmes.elderly.rules import COGNITION_WITHOUT_SCALE, MOOD_WITHOUT_SCALE

_assessments = records(ASSESSMENT)

ASSESSED_AFTER_DEATH = Check(
    code="elderly.assessed_after_death",
    name=Text("死亡后仍有评估", "An assessment after the death"),
    severity=Severity.CRITICAL,
    population=SERVICES,
    condition=(_assessments.assessed_on > resident.died_on).node,
    explanation=Text("评估记录可能是虚构的，或死亡日期登记有误。", "The assessment may be made up, or the date of death may be wrong."),
    remedy=Text(
        "核对死亡日期；评估不实的删除记录并追查录入人。",
        "Check the date of death; remove an assessment that was not made and ask who entered it.",
    ),
)

ASSESSED_TOO_YOUNG = Check(
    code="elderly.assessed_too_young",
    name=Text("评估年度内未达到服务年龄", "Assessed below the age served"),
    severity=Severity.INFO,
    population=SERVICES,
    # A year on they are still too young, so they cannot have reached the age in the year of the assessment either.
    condition=(resident.birth_date.age_on(_assessments.assessed_on.plus(1, "year")) < parameter("elderly.age")).node,
    explanation=Text(
        "服务对象是年内满65岁的居民；出生日期可能填错。",
        "The service is for those who reach 65 in the year; the birth date may be wrong.",
    ),
    remedy=Text("核对出生日期；确不在服务范围的不计入考核。", "Check the birth date; who is too young does not count."),
)

WITHOUT_FEEDBACK = Check(
    code="elderly.without_feedback",
    name=Text("评估后没有反馈结果", "Results not given back"),
    severity=Severity.WARNING,
    population=SERVICES,
    condition=_assessments.told_on.is_missing.node,
    explanation=Text(
        "规范要求告知评估结果并进行相应健康指导。",
        "The specification asks for results to be told and guidance to be given.",
    ),
    remedy=Text("把结果告诉老人或家属，补记反馈日期。", "Tell the person or the family, and write down the day."),
)

POSITIVE_SCREENS_WITHOUT_GUIDANCE = Check(
    code="elderly.positive_screen_without_guidance",
    name=Text("粗筛阳性而没有健康指导", "A positive screen without guidance"),
    severity=Severity.WARNING,
    population=SERVICES,
    condition=(((_assessments.cognition_screen == "2") | (_assessments.emotion_screen == "2")) & ~_assessments.guidance_given).node,
    explanation=Text(
        "认知或情感粗筛阳性的应进一步检查并指导。",
        "A positive screen of cognition or mood needs a closer look and guidance.",
    ),
    remedy=Text("作进一步量表检查，给出指导，必要时转诊。", "Use the full scale, guide, and refer where needed."),
)

POSITIVE_WITHOUT_SCALE = Check(
    code="elderly.positive_screen_without_scale",
    name=Text("粗筛阳性而没有作量表检查", "A positive screen without the full scale"),
    severity=Severity.INFO,
    population=SERVICES,
    condition=(COGNITION_WITHOUT_SCALE | MOOD_WITHOUT_SCALE).node,
    explanation=Text(
        "粗筛阳性的应进一步作简易智力状态检查或老年抑郁量表检查。",
        "A positive screen is to be followed by the mini mental state or the geriatric depression scale.",
    ),
    remedy=Text("补作量表检查并填写总分，或转诊。", "Do the full scale and enter its total, or refer."),
)

_this_year = _assessments.where(_assessments.assessed_on.in_year)
REPEATED = Check(
    code="elderly.assessed_repeatedly",
    name=Text("一年内多次年度评估", "Several yearly assessments in one year"),
    severity=Severity.INFO,
    population=ELDERS,
    condition=(_this_year.count() >= parameter("elderly.repeated_assessments")).node,
    explanation=Text("年度评估一年一次，多次的可能是重复录入。", "It is done once a year; more may be the same one entered again."),
    remedy=Text("核对是否重复录入，重复的删除。", "Check whether it was entered twice, and remove the copy."),
)
