"""Checks on problems."""

from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.query.words import cutoff, parameter, records
from taizhang.kernel.text import Text
from taizhang.programmes.rectification.indicators import FOUND_PROBLEMS, KNOWN_PROBLEMS
from taizhang.programmes.rectification.records import PROBLEM

_problem = records(PROBLEM)

MENDED_THE_SAME_DAY = Check(
    code="rectification.mended_on_the_day_found",
    name=Text("严重问题发现当日即报整改", "A grave problem mended on the day it was found"),
    severity=Severity.WARNING,
    population=FOUND_PROBLEMS,
    condition=((_problem.grade == "3") & (_problem.mended_on == _problem.found_on)).node,
    explanation=Text("严重问题很难当天改完，可能只是口头整改。", "A grave problem is hardly mended in a day; perhaps in words only."),
    remedy=Text("查看佐证材料，必要时现场复核。", "Look at the evidence and, if need be, at the place."),
)
NOT_VERIFIED = Check(
    code="rectification.not_verified",
    name=Text("整改后长期未复核", "Mended and never verified"),
    severity=Severity.INFO,
    population=KNOWN_PROBLEMS,
    condition=(
        (_problem.mended_on.plus(parameter("rectification.days_to_verify"), "day") < cutoff)
        & (_problem.verified_on.is_missing | (_problem.verified_on > cutoff))
    ).node,
    explanation=Text("没有复核就不能销号，整改率只是单位自报。", "Unverified, the rate is only what the unit says of itself."),
    remedy=Text("由发现问题的科室安排复核。", "Have the department that found it verify it."),
)
CAME_BACK = Check(
    code="rectification.came_back",
    name=Text("同一单位同一条款再次发生", "The same clause again in the unit"),
    severity=Severity.WARNING,
    population=FOUND_PROBLEMS,
    condition=_problem.repeated.node,
    explanation=Text("上次整改没有触及根源，或上次是虚报整改。", "The last mending left the root, or was made up."),
    remedy=Text("对照上次佐证，约谈责任人，延长复核期。", "Compare the last evidence and call in who was responsible."),
)
