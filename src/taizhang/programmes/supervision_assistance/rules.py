"""Rules of supervision assistance: when a place is due for its next patrol, how soon information was reported, what an entry must hold.

No Django, no clock.
"""

from datetime import date, timedelta

from taizhang.kernel.periods import add_months
from taizhang.kernel.query.words import Expression, all_of, parameter, records
from taizhang.kernel.rules import Due, EntryRule, Notice
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.supervision_assistance.elements import WATER
from taizhang.programmes.supervision_assistance.records import CLUE, PATROL

SPECIFICATION = "国家基本公共卫生服务规范（第三版）"
CONTENT = Source(SPECIFICATION, "卫生计生监督协管服务规范 二、服务内容")
TARGETS = Source(SPECIFICATION, "卫生计生监督协管服务规范 五、工作指标")
PATROL_FORM = Source(SPECIFICATION, "卫生计生监督协管服务规范 附件2 卫生计生监督协管巡查登记表")
CLUE_FORM = Source(SPECIFICATION, "卫生计生监督协管服务规范 附件1 卫生计生监督协管信息报告登记表")
FREQUENCY = Source(SPECIFICATION, "卫生计生监督协管服务规范 二、服务内容（巡查频次由本地规定，未核对）")

_QUARTER_REASON = Text("每季度巡查一次", "Once a quarter")


def next_patrol(patrolled_on: date, ceased: bool, months: int | None) -> Due:
    """When a place is next due: by the last day of the next stretch of `months` calendar months (3: the next quarter). A place that closed
    down is due no more, nor is any where no rule is in force."""
    if ceased or months is None:
        return Due(None, "", Text("不再巡查", "No further patrol"))
    stretch = (patrolled_on.month - 1) // months
    begin = date(patrolled_on.year, stretch * months + 1, 1)
    return Due(add_months(begin, 2 * months) - timedelta(days=1), "quarterly", _QUARTER_REASON)


def reported_in(found_on: date, reported_on: date | None) -> int | None:
    """Days from finding to reporting; 0 on the same day."""
    return None if reported_on is None else (reported_on - found_on).days


_patrol, _clue = records(PATROL), records(CLUE)


def _rule(table: str, name: str, holds: Expression, zh: str, en: str, *fields: str, source: Source) -> EntryRule:
    return EntryRule(name=f"{table}.{name}", table=table, holds=holds.node, refusal=Text(zh, en), fields=fields, source=source)


ENTRY_RULES = (
    _rule(
        PATROL.table, "says_which_problem", ~_patrol.problem_found | all_of(_patrol.problem.is_present, _patrol.problem != ""),
        "已选“发现问题”，须填发现的主要问题。请补填。", "A problem was found: say which. Fill it in.", "problem", source=PATROL_FORM,
    ),
    _rule(
        CLUE.table, "reported_after_it_was_found", _clue.reported_on.is_missing | (_clue.reported_on >= _clue.found_on),
        "报告时间{reported_on}早于发现时间{found_on}。请核对。",
        "Reported on {reported_on}, before it was found on {found_on}. Check both days.", "reported_on", source=CLUE_FORM,
    ),
)  # fmt: skip
NOTICES = (
    Notice(
        name="assistance_patrol.chlorine_low", table=PATROL.table,
        when=((_patrol.domain == WATER) & (_patrol.chlorine < parameter("supervision_assistance.chlorine"))).node,
        text=Text(
            "末梢水余氯{chlorine}mg/L，低于生活饮用水卫生标准，请当日报告卫生监督机构。",
            "Residual chlorine at the tap is {chlorine} mg/L, below the drinking water standard; report it today.",
        ),
        urgent=True, source=Source("GB 5749-2022 生活饮用水卫生标准", "表2 末梢水中余量（未核对）"),
    ),
    Notice(
        name="assistance_clue.not_reported", table=CLUE.table, when=_clue.reported_on.is_missing.node,
        text=Text(
            "发现事件或线索应当日报告卫生监督机构，报告后请补填报告时间。",
            "What was found is to be reported the same day; fill in when it was.",
        ),
        urgent=True, source=CONTENT,
    ),
)  # fmt: skip
