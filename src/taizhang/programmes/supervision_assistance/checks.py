"""Checks on patrols and information."""

from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.query.words import cutoff, days_between, parameter, records
from taizhang.kernel.text import Text
from taizhang.programmes.supervision_assistance.elements import WATER
from taizhang.programmes.supervision_assistance.indicators import CLUES, PATROLS
from taizhang.programmes.supervision_assistance.records import CLUE, PATROL

_patrol, _clue = records(PATROL), records(CLUE)

NOT_REPORTED = Check(
    code="supervision_assistance.not_reported",
    name=Text("发现后一直没有报告", "Found and never reported"),
    severity=Severity.CRITICAL,
    population=CLUES,
    condition=(
        _clue.reported_on.is_missing & (days_between(_clue.found_on, cutoff) > parameter("supervision_assistance.report_days"))
    ).node,
    explanation=Text("可能漏报，也可能报告了没有补填时间。", "It may never have been reported, or the day was not filled in."),
    remedy=Text("立即报告卫生监督机构，补填报告时间和接报单位。", "Report it at once, and fill in when and to whom."),
)
LOW_CHLORINE_WITHOUT_PROBLEM = Check(
    code="supervision_assistance.low_chlorine",
    name=Text("余氯不足却未记为问题", "Too little chlorine, and no problem noted"),
    severity=Severity.WARNING,
    population=PATROLS,
    condition=((_patrol.domain == WATER) & (_patrol.chlorine < parameter("supervision_assistance.chlorine")) & ~_patrol.problem_found).node,
    explanation=Text("末梢水余氯低于标准，应记为发现问题并报告。", "Chlorine at the tap below the standard is a problem, to be reported."),
    remedy=Text("核对读数；属实的改记为发现问题，并登记信息报告。", "Check the reading; if right, note the problem and report it."),
)
