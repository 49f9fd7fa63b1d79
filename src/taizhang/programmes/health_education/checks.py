"""Checks on activities of health education."""

from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.query.words import parameter, records
from taizhang.kernel.text import Text
from taizhang.programmes.health_education import elements as e
from taizhang.programmes.health_education.indicators import ACTIVITIES
from taizhang.programmes.health_education.records import ACTIVITY

_activity = records(ACTIVITY)

WITHOUT_EVIDENCE = Check(
    code="health_education.without_evidence",
    name=Text("活动没有存档材料", "An activity with nothing filed"),
    severity=Severity.WARNING,
    population=ACTIVITIES,
    condition=(_activity.kind.is_in(e.CONSULTATION, e.LECTURE) & (_activity.evidence.is_missing | (_activity.evidence == ""))).node,
    explanation=Text(
        "规范要求保存文字、图片、影音等资料；没有的，活动可能没有开展。",
        "The specification asks for papers or pictures; without, it may not have taken place.",
    ),
    remedy=Text("补存签到表、照片等；确未开展的删除。", "File the sign-in sheet or pictures; delete what did not take place."),
)
CROWD = Check(
    code="health_education.crowd",
    name=Text("单次讲座人数异常", "A lecture with an unlikely crowd"),
    severity=Severity.INFO,
    population=ACTIVITIES,
    condition=((_activity.kind == e.LECTURE) & (_activity.attended > parameter("health_education.lecture_crowd"))).node,
    explanation=Text(
        "一次讲座来这么多人，可能多填了一位数，或把发放人数算了进去。",
        "So many at one lecture: a digit too many, or people given leaflets counted in.",
    ),
    remedy=Text("对照签到表核实人数。", "Compare it with the sign-in sheet."),
)
SMALL_BOARD = Check(
    code="health_education.small_board",
    name=Text("宣传栏面积不足", "A board too small"),
    severity=Severity.INFO,
    population=ACTIVITIES,
    condition=((_activity.kind == e.BOARD) & (_activity.board_area < parameter("health_education.board_area"))).node,
    explanation=Text("规范要求每个宣传栏不少于规定面积。", "The specification sets an area for each board."),
    remedy=Text("核对面积；确实不足的更换宣传栏。", "Check the area; where it is too small, put up another."),
)
