"""Figures of deeds: what was issued, held and visited in the period, by line of work and by chapter of the summary.

A deed counts where its host stands and in the period of its last day, once it has been checked.
"""

from taizhang.kernel.indicators import Attribution, Better, Breakdown, Indicator, Population, TimeBase
from taizhang.kernel.query.words import Expression, always, choose, parameter, records
from taizhang.kernel.text import Text
from taizhang.programmes.deeds import elements as e
from taizhang.programmes.deeds.records import DEED
from taizhang.programmes.deeds.rules import REGISTER, last_day
from taizhang.programmes.lines import by_chapter, by_line

_deed = records(DEED)
_done = last_day(_deed)

BY_LINE, BY_CHAPTER = by_line(_deed.line), by_chapter(_deed.line)
BY_KIND = Breakdown("kind", e.KIND.label, _deed.kind.node, e.KIND.codes)

CHECKED_DEEDS = Population(
    name="deeds_checked",
    label=Text("时段内已审核的工作纪实", "Deeds of the period that were checked"),
    attribution=Attribution.SERVED_BY,
    rows=_deed.where(_done.in_period & _deed.checked_on.is_present).node,
    organisation=_deed.organisation.node,
    breakdowns=(BY_LINE, BY_CHAPTER),
)
ALL_DEEDS = Population(
    name="deeds_all",
    label=Text("时段内登记的工作纪实", "Deeds of the period"),
    attribution=Attribution.SERVED_BY,
    rows=_deed.where(_done.in_period).node,
    organisation=_deed.organisation.node,
    breakdowns=(BY_LINE, BY_KIND),
)


def _counted(code: str, name: tuple[str, str], unit: str, kind: str, why: tuple[str, str], what: Expression | None = None) -> Indicator:
    """So many of a kind of deed: the deeds themselves, or a number that each of them states."""
    label = next(label for code, label in e.KIND.codes if code == kind)
    of_kind = (_deed.kind == kind).named(
        label.zh, label.en, unmet=Text(f"类别不是{label.zh}", f"of another kind, not: {label.en}"), source=REGISTER
    )
    return Indicator(
        code=f"deeds.{code}", name=Text(*name), unit=unit, counting_unit=unit, time_base=TimeBase.FLOW,
        attribution=Attribution.SERVED_BY, better=Better.NEITHER, source=REGISTER, why=Text(*why), population=CHECKED_DEEDS,
        numerator=(of_kind if what is None else choose((of_kind, what), otherwise=0)).node,
    )


DOCUMENTS = _counted(
    "documents", ("印发文件", "Documents issued"), "份", e.DOCUMENT, ("部署靠文件落到纸面。", "Documents are how a task is laid down.")
)
MEETINGS = _counted(
    "meetings", ("召开会议", "Meetings held"), "次", e.MEETING,
    ("会议反映推动工作的力度。", "Meetings show how a task is driven."), _deed.sessions,
)
TRAININGS = _counted(
    "trainings", ("举办培训", "Training courses held"), "期", e.TRAINING,
    ("能力提升从培训做起。", "Skills are built by training."), _deed.sessions,
)
TRAINED = _counted(
    "trained", ("培训人次", "Attendances at training"), "人次", e.TRAINING,
    ("培训是否真有人参加。", "Whether people did attend the training."), _deed.persons,
)
ROUNDS = _counted(
    "rounds", ("开展督导", "Rounds of supervision"), "轮", e.SUPERVISION,
    ("任务部署之后要有督导。", "What was laid down must be followed up."), _deed.sessions,
)
UNITS_VISITED = _counted(
    "units_visited", ("督导单位家次", "Units visited in supervision"), "家次", e.SUPERVISION,
    ("督导覆盖面的大小。", "How far the supervision reached."), _deed.units,
)
SURVEYS = _counted(
    "surveys", ("开展调研", "Study visits"), "次", e.SURVEY,
    ("决策之前先摸清情况。", "Decisions need to know the ground first."), _deed.sessions,
)
ACTIVITIES = _counted(
    "activities", ("开展宣传活动", "Publicity events"), "场次", e.PUBLICITY,
    ("群众知晓要靠宣传。", "People know what they are told of."), _deed.sessions,
)
DRILLS = _counted(
    "drills", ("组织演练", "Drills held"), "次", e.DRILL,
    ("预案管不管用，演练见分晓。", "Drills tell whether a plan works."), _deed.sessions,
)
AWARDS = _counted(
    "awards", ("表彰奖励", "Awards given"), "次", e.AWARD, ("表彰先进，带动后进。", "Good work is made known."), _deed.sessions
)
COOPERATION = _counted(
    "cooperation", ("合作事项", "Acts of cooperation"), "项", e.COOPERATION,
    ("部门协作和对外合作的进展。", "How work with other departments and places goes on."), _deed.sessions,
)
COVERAGE = Indicator(
    code="deeds.supervision_coverage",
    name=Text("督导覆盖率", "Coverage of supervision"),
    unit="%",
    counting_unit="家次",
    time_base=TimeBase.FLOW,
    attribution=Attribution.SERVED_BY,
    better=Better.HIGHER,
    source=REGISTER,
    why=Text("每轮督导是否走到了应到的单位。", "Whether each round reached the units it was meant for."),
    population=CHECKED_DEEDS,
    numerator=choose(((_deed.kind == e.SUPERVISION) & _deed.units_of.is_present, _deed.units), otherwise=0).node,
    denominator=choose((_deed.kind == e.SUPERVISION, _deed.units_of), otherwise=0).node,
    places=2,
)
IN_TIME = Indicator(
    code="deeds.in_time",
    name=Text("工作纪实及时登记率", "Deeds registered in time"),
    unit="%",
    counting_unit="条",
    time_base=TimeBase.FLOW,
    attribution=Attribution.SERVED_BY,
    better=Better.HIGHER,
    source=REGISTER,
    why=Text("拖久了记不准，总结时就只能凭印象。", "What is written down late is written from memory."),
    population=ALL_DEEDS,
    numerator=(_deed.registered_in <= parameter("deeds.days_to_register")).node,
    denominator=always.node,
    places=2,
)
