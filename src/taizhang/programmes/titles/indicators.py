"""Figures of titles and reviews: named in the period, in progress, held and expiring at the cut-off."""

from taizhang.kernel.indicators import Attribution, Better, Breakdown, Indicator, Population, TimeBase
from taizhang.kernel.query.nodes import Value
from taizhang.kernel.query.words import cutoff, parameter, records
from taizhang.kernel.text import Text
from taizhang.programmes.lines import by_chapter, by_line
from taizhang.programmes.titles import elements as e
from taizhang.programmes.titles.records import APPLICATION
from taizhang.programmes.titles.rules import REGISTER

_title = records(APPLICATION)

APPLICATIONS = Population(
    name="title_applications",
    label=Text("截止日前申报的创建项目", "Titles applied for by the cut-off"),
    attribution=Attribution.SERVED_BY,
    rows=_title.where(_title.applied_on <= cutoff).node,
    organisation=_title.organisation.node,
    breakdowns=(
        by_line(_title.line), by_chapter(_title.line), Breakdown("level", e.LEVEL.label, _title.level.node, e.LEVEL.codes),
    ),
)

_running = _title.ended_on.is_missing | (_title.ended_on > cutoff)
_named = _title.named_on <= cutoff
_held = _named & _running & (_title.expires_on.is_missing | (_title.expires_on >= cutoff))


def _titles(code: str, name: tuple[str, str], base: TimeBase, better: Better, why: tuple[str, str], condition: Value) -> Indicator:
    return Indicator(
        code=f"titles.{code}", name=Text(*name), unit="项", counting_unit="项", time_base=base, attribution=Attribution.SERVED_BY,
        better=better, source=REGISTER, why=Text(*why), population=APPLICATIONS, numerator=condition,
    )


APPLIED = _titles(
    "applied", ("申报创建项目", "Titles applied for"), TimeBase.FLOW, Better.NEITHER,
    ("申报是创建工作的起点。", "A title begins with its application."), _title.applied_on.in_period.node,
)
NAMED = _titles(
    "named", ("新获命名称号", "Titles won"), TimeBase.FLOW, Better.HIGHER,
    ("创建结果以正式命名为准。", "What counts of a campaign for a title is the naming."), _title.named_on.in_period.node,
)
IN_PROGRESS = _titles(
    "in_progress", ("在创项目", "Titles in progress"), TimeBase.STOCK, Better.NEITHER,
    ("在创项目要逐个排出时间表。", "Each of those in progress needs its timetable."),
    (_running & (_title.named_on.is_missing | (_title.named_on > cutoff))).node,
)
HELD = _titles(
    "held", ("有效称号", "Titles held"), TimeBase.STOCK, Better.HIGHER,
    ("称号有期限，过期的不能再写进材料。", "A title has its term; one that has lapsed may no longer be claimed."), _held.node,
)
EXPIRING = _titles(
    "expiring", ("即将到期称号", "Titles about to expire"), TimeBase.STOCK, Better.NEITHER,
    ("到期前要准备好复审。", "The review must be prepared before the term ends."),
    (_held & (_title.expires_on <= cutoff.plus(parameter("titles.months_of_notice"), "month"))).node,
)
