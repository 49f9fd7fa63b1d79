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

_running = (_title.ended_on.is_missing | (_title.ended_on > cutoff)).named(
    "截止日没有终止",
    "not ended at the cut-off",
    unmet=Text("创建已终止或称号已撤销", "given up, or the title was withdrawn"),
    source=REGISTER,
)
_named = (_title.named_on <= cutoff).named(
    "截止日前已命名", "named by the cut-off", unmet=Text("还没有命名", "not named yet"), source=REGISTER
)
_not_yet_named = (_title.named_on.is_missing | (_title.named_on > cutoff)).named(
    "截止日尚未命名",
    "not named yet at the cut-off",
    unmet=Text("已经命名，不再是在创项目", "named already: no longer in progress"),
    source=REGISTER,
)
_in_term = (_title.expires_on.is_missing | (_title.expires_on >= cutoff)).named(
    "在有效期内",
    "within its term",
    unmet=Text("有效期已过，复审通过后登记新的有效期即可", "its term is over; once reviewed, noting the new term will mend it"),
    source=REGISTER,
)
_soon_over = (_title.expires_on <= cutoff.plus(parameter("titles.months_of_notice"), "month")).named(
    "有效期即将届满",
    "its term ends soon",
    unmet=Text("离到期还早，或没有期限", "its term has long to run, or has no end"),
    source=REGISTER,
)
_applied_then = _title.applied_on.in_period.named(
    "时段内申报", "applied for in the period", unmet=Text("不是本时段内申报的", "applied for before the period"), source=REGISTER
)
_named_then = _title.named_on.in_period.named(
    "时段内命名", "named in the period", unmet=Text("本时段内没有命名", "not named in the period"), source=REGISTER
)
_held = _named & _running & _in_term


def _titles(code: str, name: tuple[str, str], base: TimeBase, better: Better, why: tuple[str, str], condition: Value) -> Indicator:
    return Indicator(
        code=f"titles.{code}", name=Text(*name), unit="项", counting_unit="项", time_base=base, attribution=Attribution.SERVED_BY,
        better=better, source=REGISTER, why=Text(*why), population=APPLICATIONS, numerator=condition,
    )


APPLIED = _titles(
    "applied", ("申报创建项目", "Titles applied for"), TimeBase.FLOW, Better.NEITHER,
    ("申报是创建工作的起点。", "A title begins with its application."), _applied_then.node,
)
NAMED = _titles(
    "named", ("新获命名称号", "Titles won"), TimeBase.FLOW, Better.HIGHER,
    ("创建结果以正式命名为准。", "What counts of a campaign for a title is the naming."), _named_then.node,
)
IN_PROGRESS = _titles(
    "in_progress", ("在创项目", "Titles in progress"), TimeBase.STOCK, Better.NEITHER,
    ("在创项目要逐个排出时间表。", "Each of those in progress needs its timetable."),
    (_running & _not_yet_named).node,
)
HELD = _titles(
    "held", ("有效称号", "Titles held"), TimeBase.STOCK, Better.HIGHER,
    ("称号有期限，过期的不能再写进材料。", "A title has its term; one that has lapsed may no longer be claimed."), _held.node,
)
EXPIRING = _titles(
    "expiring", ("即将到期称号", "Titles about to expire"), TimeBase.STOCK, Better.NEITHER,
    ("到期前要准备好复审。", "The review must be prepared before the term ends."),
    (_held & _soon_over).node,
)
