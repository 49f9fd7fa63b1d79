"""Checks on the services of Chinese medicine."""

from taizhang.county.vocabulary import resident
from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.query.words import records
from taizhang.kernel.text import Text
from taizhang.programmes.traditional_medicine.indicators import ASSESSMENTS, GUIDANCES
from taizhang.programmes.traditional_medicine.records import CHILD_GUIDANCE, CONSTITUTION

_assessments, _guidances = records(CONSTITUTION), records(CHILD_GUIDANCE)

ASSESSED_AFTER_DEATH = Check(
    code="traditional_medicine.assessed_after_death",
    name=Text("死亡后仍有体质辨识", "A constitution assessed after the death"),
    severity=Severity.CRITICAL,
    population=ASSESSMENTS,
    condition=(_assessments.assessed_on > resident.died_on).node,
    explanation=Text("记录可能是虚构的，或死亡日期登记有误。", "The record may be made up, or the date of death may be wrong."),
    remedy=Text("核对死亡日期；不实的删除记录并追查录入人。", "Check the date of death; remove what was not done and ask who entered it."),
)
INCOMPLETE = Check(
    code="traditional_medicine.incomplete",
    name=Text("体质辨识没有答全33题", "A constitution without all 33 answers"),
    severity=Severity.WARNING,
    population=ASSESSMENTS,
    condition=(~_assessments.complete).node,
    explanation=Text("缺题不能判定体质，不计入健康管理。", "Without all answers there is no verdict, and the service does not count."),
    remedy=Text("向老人补问缺的题，补填后重新判定。", "Ask what is missing and fill it in."),
)
WITHOUT_GUIDANCE = Check(
    code="traditional_medicine.without_guidance",
    name=Text("体质辨识后没有保健指导", "A constitution without guidance"),
    severity=Severity.WARNING,
    population=ASSESSMENTS,
    condition=_assessments.guidance.is_missing.node,
    explanation=Text("规范要求按体质给予相应的保健指导。", "The specification asks for guidance by constitution."),
    remedy=Text("按体质给予指导并补记。", "Guide by the constitution, and write it down."),
)
OTHER_AGE = Check(
    code="traditional_medicine.other_age",
    name=Text("儿童中医药指导的月龄不符", "Guidance at an age it is not for"),
    severity=Severity.WARNING,
    population=GUIDANCES,
    condition=_guidances.stage.is_missing.node,
    explanation=Text("不在规定的六个月龄之内，或日期填错。", "Not at one of the six ages, or a wrong day."),
    remedy=Text("核对出生日期和随访日期。", "Check the birth date and the day of the visit."),
)
