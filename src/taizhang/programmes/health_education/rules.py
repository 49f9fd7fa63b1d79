"""Rules of health education: what an entry must hold, what counts towards the yearly minimum, and what is due by a day.

The specification states minimums for the year. Its part-year form, 按进度, spreads them evenly over the months: what is due by a day is the
minimum times the months completed by then over twelve, rounded down; on 31 December it is the whole. No Django, no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from taizhang.kernel.query.words import (
    Expression,
    RowSet,
    all_of,
    choose,
    cutoff,
    literal,
    months_between,
    parameter,
    records,
    smaller_of,
    year_start,
)
from taizhang.kernel.rules import EntryRule, Notice
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.health_education import elements as e
from taizhang.programmes.health_education.records import ACTIVITY, FOLLOWED, PLAN

SPECIFICATION = "国家基本公共卫生服务规范（第三版）"
CONTENT = Source(SPECIFICATION, "健康教育服务规范 二、服务内容（二）服务形式及要求")
FORM = Source(SPECIFICATION, "健康教育服务规范 附件 健康教育活动记录表")
TARGETS = Source(SPECIFICATION, "健康教育服务规范 五、工作指标")
PLANNING = Source(SPECIFICATION, "健康教育服务规范 四、服务要求（制定健康教育年度工作计划）")
PACE = Source(SPECIFICATION, "健康教育服务规范 二、服务内容（二）服务形式及要求，按进度口径由本系统明确")

BY_TITLE = (e.PRINTED, e.BROADCAST)  # material is counted by its kinds (titles), the rest by its times
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Held:
    """One activity as counting sees it."""

    kind: str
    on: date
    theme: str


def firsts(activities: Iterable[Held]) -> list[bool]:
    """For each of an institution's activities, in time order, whether its material is used for the first time in its year; what is counted
    by times is always a first."""
    seen: set[tuple[str, int, str]] = set()
    found = []
    for activity in activities:
        title = (activity.kind, activity.on.year, activity.theme.strip())
        found.append(activity.kind not in BY_TITLE or title not in seen)
        seen.add(title)
    return found


def counted_days(kind: str, year: int, activities: Iterable[Held]) -> list[date]:
    """The days of a year, in order, on each of which the count of a kind went up by one."""
    of_kind = sorted((a for a in activities if a.kind == kind and a.on.year == year), key=lambda a: a.on)
    return [a.on for a, first in zip(of_kind, firsts(of_kind), strict=True) if first]


# -- the yearly minimum ----------------------------------------------------------------------------------------------------------

_plan = records(PLAN)
_at_township, _in_village = _plan.tier == e.TOWNSHIP, _plan.tier == e.VILLAGE


def _renewals(boards: str) -> Expression:
    """How often an institution renews its boards in a year: so many boards, each at least every two months."""
    return parameter(boards) * (literal(_MONTHS) // parameter("health_education.board_interval_months"))


MINIMUM = choose(
    (_plan.kind == e.PRINTED, parameter("health_education.material_kinds")),
    ((_plan.kind == e.BROADCAST) & _at_township, parameter("health_education.broadcast_kinds")),
    ((_plan.kind == e.BOARD) & _at_township, _renewals("health_education.boards_township")),
    ((_plan.kind == e.BOARD) & _in_village, _renewals("health_education.boards_village")),
    ((_plan.kind == e.CONSULTATION) & _at_township, parameter("health_education.consultations")),
    ((_plan.kind == e.LECTURE) & _at_township, parameter("health_education.lectures_township")),
    ((_plan.kind == e.LECTURE) & _in_village, parameter("health_education.lectures_village")),
    otherwise=0,
).named("年度最低次数（种数）", "minimum for the year", source=CONTENT)

# A plan follows its first twelve; a county that asks for more sees those.
FOLLOWED_MINIMUM = smaller_of(MINIMUM, FOLLOWED)
MONTHS_COMPLETED = months_between(year_start, cutoff.plus(1, "day")).named("本年已满月数", "months of the year completed", source=PACE)
DUE_BY_NOW = (FOLLOWED_MINIMUM * MONTHS_COMPLETED // _MONTHS).named("截止日应完成次数（种数）", "due by the cut-off", source=PACE)


def _done() -> Expression:
    total: Expression | None = None
    for number in range(1, FOLLOWED + 1):
        one = choose((getattr(_plan, f"done_{number}_on") <= cutoff, 1), otherwise=0)
        total = one if total is None else total + one
    assert total is not None
    return total.named("截止日已完成次数（种数）", "done by the cut-off", source=TARGETS)


DONE_BY_NOW = _done()

# -- entry rules ----------------------------------------------------------------------------------------------------------------------

_activity = records(ACTIVITY)


def _rule(name: str, holds: Expression, zh: str, en: str, *fields: str, source: Source = FORM) -> EntryRule:
    return EntryRule(
        name=f"health_activity.{name}", table=ACTIVITY.table, holds=holds.node, refusal=Text(zh, en), fields=fields, source=source
    )


def _needs(of: RowSet, kinds: tuple[str, ...], column: str) -> Expression:
    value = getattr(of, column)
    return ~of.kind.is_in(*kinds) | all_of(value.is_present, value >= 1)


ENTRY_RULES = (
    _rule(
        "people_were_reached", _needs(_activity, (e.CONSULTATION, e.LECTURE, e.PERSONAL), "attended"),
        "讲座、咨询和个体化健康教育须填接受健康教育人数。请按签到表补填。",
        "A lecture, consultation or personal education needs the number of people reached. Fill it in from the sign-in sheet.",
        "attended",
    ),
    _rule(
        "leaflets_were_given_out", _needs(_activity, (e.PRINTED,), "materials"),
        "发放印刷资料须填发放数量。请补填。", "Printed material needs the number given out. Fill it in.", "materials",
    ),
    _rule(
        "broadcast_has_minutes", _needs(_activity, (e.BROADCAST,), "minutes"),
        "播放音像资料须填播放时长。请补填。", "Audio-visual material needs the minutes it was played. Fill them in.", "minutes",
    ),
    _rule(
        "board_has_its_number", _needs(_activity, (e.BOARD,), "board_number"),
        "更新宣传栏须填宣传栏编号，才能分清是哪一块。请补填。",
        "A renewed board needs its number, to tell which one it was. Fill it in.", "board_number",
    ),
)  # fmt: skip

NOTICES = (
    Notice(
        name="health_activity.small_board",
        table=ACTIVITY.table,
        when=((_activity.kind == e.BOARD) & (_activity.board_area < parameter("health_education.board_area"))).node,
        text=Text(
            "宣传栏面积{board_area}m²，小于规范要求的每个不少于2m²，不能算作达标的宣传栏。",
            "The board has {board_area} m²; the specification asks for at least 2 m² each.",
        ),
        source=CONTENT,
    ),
)
