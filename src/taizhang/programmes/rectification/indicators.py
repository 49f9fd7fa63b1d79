"""Figures of rectification: from the records of problems, or from the return of a county that keeps no such records.

A problem counts in the unit that has it and in the period in which it was found; its state is the one at the cut-off.
"""

from taizhang.kernel.indicators import Attribution, Better, Breakdown, Cell, Indicator, Population, Reported, TimeBase
from taizhang.kernel.query.words import always, cutoff, records
from taizhang.kernel.reporting import NEITHER, reported
from taizhang.kernel.text import Text
from taizhang.programmes.lines import by_chapter, by_line
from taizhang.programmes.rectification import elements as e
from taizhang.programmes.rectification.records import PROBLEM
from taizhang.programmes.rectification.returns import FORM
from taizhang.programmes.rectification.rules import REGISTER

_problem = records(PROBLEM)

_BY_LINE, _BY_CHAPTER = by_line(_problem.line), by_chapter(_problem.line)
_BY_SOURCE = Breakdown("source", e.SOURCE.label, _problem.source.node, e.SOURCE.codes)

FOUND_PROBLEMS = Population(
    name="problems_found",
    label=Text("时段内发现的问题", "Problems found in the period"),
    attribution=Attribution.SERVED_BY,
    rows=_problem.where(_problem.found_on.in_period).node,
    organisation=_problem.organisation.node,
    breakdowns=(_BY_LINE, _BY_CHAPTER, _BY_SOURCE),
)
KNOWN_PROBLEMS = Population(
    name="problems_known",
    label=Text("截止日前发现的问题", "Problems found by the cut-off"),
    attribution=Attribution.SERVED_BY,
    rows=_problem.where(_problem.found_on <= cutoff).node,
    organisation=_problem.organisation.node,
    breakdowns=(_BY_LINE,),
)

_mended = (_problem.mended_on <= cutoff).named("截止日前已整改", "mended by the cut-off", source=REGISTER)
_not_mended = (_problem.mended_on.is_missing | (_problem.mended_on > cutoff)).named(
    "截止日仍未整改", "not mended by the cut-off", unmet=Text("截止日前已经整改", "mended by the cut-off"), source=REGISTER
)
_past_deadline = (_problem.due_on < cutoff).named(
    "整改期限已过",
    "past its deadline",
    unmet=Text("整改期限还没到，或没有定期限", "its deadline has not come, or none was set"),
    source=REGISTER,
)
_closed = (_problem.closed_on <= cutoff).named(
    "截止日前已销号",
    "struck off by the cut-off",
    unmet=Text("还没有销号：整改后经复核即可销号", "not struck off yet: once mended and verified it can be"),
    source=REGISTER,
)
_repeated = _problem.repeated.named(
    "重复发生", "came back", unmet=Text("不是重复发生的问题", "not a problem that came back"), source=REGISTER
)

FOUND = Indicator(
    code="rectification.found",
    name=Text("查摆问题", "Problems found"),
    unit="件",
    counting_unit="件",
    time_base=TimeBase.FLOW,
    attribution=Attribution.SERVED_BY,
    better=Better.NEITHER,
    source=REGISTER,
    why=Text("找准问题是改进工作的前提。", "What is to be mended must first be found."),
    population=FOUND_PROBLEMS,
    numerator=always.node,
    reported=Reported(numerator=Cell(FORM.code, "found")),
)
MENDED = Indicator(
    code="rectification.mended",
    name=Text("已整改问题", "Problems mended"),
    unit="件",
    counting_unit="件",
    time_base=TimeBase.FLOW,
    attribution=Attribution.SERVED_BY,
    better=Better.HIGHER,
    source=REGISTER,
    why=Text("问题要改到位，不能止于查摆。", "Finding is not enough; problems are to be mended."),
    population=FOUND_PROBLEMS,
    numerator=_mended.node,
    reported=Reported(numerator=Cell(FORM.code, "mended")),
)
RATE = Indicator(
    code="rectification.rate",
    name=Text("问题整改率", "Problems mended, of those found"),
    unit="%",
    counting_unit="件",
    time_base=TimeBase.FLOW,
    attribution=Attribution.SERVED_BY,
    better=Better.HIGHER,
    source=REGISTER,
    why=Text("整改率衡量问题是否真正得到解决。", "It tells whether problems are in fact solved."),
    population=FOUND_PROBLEMS,
    numerator=_mended.node,
    denominator=always.node,
    reported=Reported(numerator=Cell(FORM.code, "mended"), denominator=Cell(FORM.code, "found")),
    places=2,
)
CLOSED = Indicator(
    code="rectification.closed",
    name=Text("已销号问题", "Problems struck off"),
    unit="件",
    counting_unit="件",
    time_base=TimeBase.FLOW,
    attribution=Attribution.SERVED_BY,
    better=Better.HIGHER,
    source=REGISTER,
    why=Text("复核过关才能销号，防止纸面整改。", "Only what has been verified is struck off, not what is mended on paper."),
    population=FOUND_PROBLEMS,
    numerator=_closed.node,
)
REPEATED = Indicator(
    code="rectification.repeated",
    name=Text("重复发生问题", "Problems that came back"),
    unit="件",
    counting_unit="件",
    time_base=TimeBase.FLOW,
    attribution=Attribution.SERVED_BY,
    better=Better.LOWER,
    source=REGISTER,
    why=Text("同一问题再次出现，说明没有从根上改。", "The same problem again shows that its root was left."),
    population=FOUND_PROBLEMS,
    numerator=_repeated.node,
)
OVERDUE = Indicator(
    code="rectification.overdue",
    name=Text("逾期未整改问题", "Problems overdue"),
    unit="件",
    counting_unit="件",
    time_base=TimeBase.STOCK,
    attribution=Attribution.SERVED_BY,
    better=Better.LOWER,
    source=REGISTER,
    why=Text("过了期限还没改的，要提级督办。", "What is past its deadline goes one level up."),
    population=KNOWN_PROBLEMS,
    numerator=(_not_mended & _past_deadline).node,
)
DISCUSSANTS = reported(
    FORM,
    "discussants",
    better=NEITHER,
    name=("参加查摆讨论人数", "Participants in discussions of problems"),
    why=("反映发动面的宽窄。", "It shows how widely people took part."),
)
