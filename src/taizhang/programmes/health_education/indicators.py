"""Figures of health education, from the records of activities or, where a county only reports, from its return; and whether institutions
keep the yearly minimum, at the year's end and by pace."""

from taizhang.kernel.indicators import Attribution, Better, Breakdown, Cell, Indicator, Population, Reported, TimeBase
from taizhang.kernel.query.words import Expression, choose, cutoff, records, year_start
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.health_education import elements as e
from taizhang.programmes.health_education.records import ACTIVITY, PLAN
from taizhang.programmes.health_education.returns import FORM, SOURCE
from taizhang.programmes.health_education.rules import CONTENT, DONE_BY_NOW, DUE_BY_NOW, FOLLOWED_MINIMUM, PACE, PLANNING

_activity = records(ACTIVITY)
_plan = records(PLAN)

BY_PLANNED_KIND = Breakdown("kind", e.KIND.label, _plan.kind.node, e.KIND.codes)
BY_TIER = Breakdown("tier", e.TIER.label, _plan.tier.node, e.TIER.codes)

ACTIVITIES = Population(
    name="health_activities",
    label=Text("时段内的健康教育活动", "Health education activities of the period"),
    attribution=Attribution.SERVED_BY,
    rows=_activity.where(_activity.held_on.in_period).node,
    organisation=_activity.organisation.node,
)
PLANS = Population(
    name="health_education_plans",
    label=Text("本年健康教育计划（机构×活动形式）", "This year's plans (institution by kind of activity)"),
    attribution=Attribution.SERVED_BY,
    rows=_plan.where((_plan.starts_on == year_start) & (_plan.made_on <= cutoff)).node,
    organisation=_plan.organisation.node,
    breakdowns=(BY_PLANNED_KIND, BY_TIER),
)


def _of_kind(kind: str) -> Expression:
    """Activities of this kind."""
    label = next(label for code, label in e.KIND.codes if code == kind)
    return (_activity.kind == kind).named(
        f"活动形式为{label.zh}",
        f"of the kind: {label.en}",
        unmet=Text(f"活动形式不是{label.zh}", f"an activity of another kind, not {label.en}"),
        source=SOURCE,
    )


_first_of_title = _activity.first_of_title.named(
    "本年首次发放的资料",
    "material given out for the first time this year",
    unmet=Text("同名资料本年已计过一次，不重复计种类", "material of this title was counted once this year already"),
    source=CONTENT,
)


def _number(column: Expression, *kinds: str) -> Expression:
    """What each activity of these kinds states, nought where it states nothing."""
    counted = column.is_present & _activity.kind.is_in(*kinds) if kinds else column.is_present
    return choose((counted, column), otherwise=0)


def _figure(
    code: str, name: tuple[str, str], unit: str, counted: Expression, why: tuple[str, str], *, cell: str = "", source: Source = SOURCE
) -> Indicator:
    return Indicator(
        code=f"health_education.{code}", name=Text(*name), unit=unit, counting_unit=unit, time_base=TimeBase.FLOW,
        attribution=Attribution.SERVED_BY, better=Better.HIGHER, source=source, why=Text(*why), population=ACTIVITIES,
        numerator=counted.node, reported=Reported(numerator=Cell(FORM.code, cell)) if cell else None,
    )  # fmt: skip


def _mean(code: str, name: tuple[str, str], kind: str, attended: str, held: str, why: tuple[str, str]) -> Indicator:
    return Indicator(
        code=f"health_education.{code}", name=Text(*name), unit="人次/次", counting_unit="人次", time_base=TimeBase.FLOW,
        attribution=Attribution.SERVED_BY, better=Better.HIGHER, source=SOURCE, why=Text(*why), population=ACTIVITIES,
        numerator=_number(_activity.attended, kind).node, denominator=_of_kind(kind).node, places=2,
        reported=Reported(numerator=Cell(FORM.code, attended), denominator=Cell(FORM.code, held)),
    )  # fmt: skip


MATERIALS = _figure(
    "materials", ("印发健康教育资料", "Health education leaflets printed"), "份", _number(_activity.materials),
    ("印发资料是健康知识入户的基本途径，规范规定了每年的最低种类。",
     "Leaflets bring health knowledge into homes; the specification sets a yearly minimum."),
    cell="materials",
)  # fmt: skip
MATERIAL_KINDS = _figure(
    "material_kinds", ("发放印刷资料种类（各机构合计）", "Kinds of printed material (summed over institutions)"), "种",
    _of_kind(e.PRINTED) & _first_of_title,
    ("规范按种类规定下限；同一资料一年内多次发放只计一种。", "The minimum is set by kinds; the same leaflet counts once a year."),
    source=CONTENT,
)  # fmt: skip
BROADCASTS = _figure(
    "broadcasts", ("播放音像资料", "Audio-visual material played"), "次", _of_kind(e.BROADCAST),
    ("候诊区、观察室播放音像资料，群众等候时就能学到知识。", "What plays in waiting rooms reaches people while they wait."), source=CONTENT,
)  # fmt: skip
MINUTES = _figure(
    "broadcast_minutes", ("音像资料播放时长", "Minutes of audio-visual material"), "分钟", _number(_activity.minutes, e.BROADCAST),
    ("播放时长与次数对照，防止只登记不播放。", "Minutes beside times show whether it was really played."), source=SOURCE,
)  # fmt: skip
BOARDS = _figure(
    "boards", ("更新健康教育专栏", "Notice boards renewed"), "期", _of_kind(e.BOARD),
    ("专栏按期更新，群众才看得到新内容。", "Boards must be renewed on time for people to see anything new."), cell="boards",
)  # fmt: skip
CONSULTATIONS = _figure(
    "consultations", ("开展公众健康咨询活动", "Public health consultations held"), "次", _of_kind(e.CONSULTATION),
    ("公众咨询活动把服务送到群众身边。", "Consultations take the service to where people are."), cell="consultations",
)  # fmt: skip
CONSULTED = _figure(
    "consulted", ("参加公众健康咨询活动", "Attendances at public health consultations"), "人次",
    _number(_activity.attended, e.CONSULTATION),
    ("反映咨询活动实际触及的人次。", "How often people were in fact reached by consultations."),
    cell="consulted",
)  # fmt: skip
LECTURES = _figure(
    "lectures", ("举办健康知识讲座", "Health lectures held"), "次", _of_kind(e.LECTURE),
    ("讲座次数有规范下限，是健康教育的主要形式。", "Lectures are the main form of health education and have a prescribed minimum."),
    cell="lectures",
)  # fmt: skip
ATTENDED = _figure(
    "attended", ("参加健康知识讲座", "Attendances at health lectures"), "人次", _number(_activity.attended, e.LECTURE),
    ("反映讲座实际触及的人次。", "How often people were in fact reached by lectures."), cell="attended",
)  # fmt: skip
PERSONAL = _figure(
    "personal", ("开展个体化健康教育", "Personal health education"), "人次", _number(_activity.attended, e.PERSONAL),
    ("门诊、访视时有针对性地讲，最容易被听进去。", "What is said at a visit, to one person, is heard best."), source=CONTENT,
)  # fmt: skip
PER_LECTURE = _mean(
    "per_lecture", ("健康教育讲座平均每次人次", "Mean attendance at a health lecture"), e.LECTURE, "attended", "lectures",
    ("场次多而听众少，说明讲座流于形式。", "Many lectures with few listeners are lectures on paper only."),
)  # fmt: skip
PER_CONSULTATION = _mean(
    "per_consultation", ("公众健康咨询平均每次人次", "Mean attendance at a public health consultation"), e.CONSULTATION, "consulted",
    "consultations", ("每次活动触及多少人，衡量咨询活动的实效。", "How many people one event reaches tells what it is worth."),
)  # fmt: skip

# -- the yearly minimum ------------------------------------------------------------------------------------------------------------

_has_minimum = (FOLLOWED_MINIMUM >= 1).named(
    "规范对该机构有最低次数（种数）要求", "the specification asks it of the institution", source=CONTENT
)
_something_due = (DUE_BY_NOW >= 1).named("截止日已有应完成的次数（种数）", "something is due by the cut-off", source=PACE)
_kept = (DONE_BY_NOW >= FOLLOWED_MINIMUM).named(
    "达到年度最低次数（种数）",
    "the year's minimum was reached",
    unmet=Text("未达到年度最低次数（种数）", "the year's minimum was not reached"),
    source=CONTENT,
)
_on_pace = (DONE_BY_NOW >= DUE_BY_NOW).named(
    "达到截止日应完成的次数（种数）",
    "what is due by the cut-off was done",
    unmet=Text("少于截止日应完成的次数（种数），补做即可", "less than is due by the cut-off; doing what is missing will mend it"),
    source=PACE,
)
_lagging = (~_on_pace).named(
    "少于截止日应完成的次数（种数）",
    "less was done than is due by the cut-off",
    unmet=Text("到截止日应完成的都已完成，没有落后", "what is due by the cut-off was done: it does not lag"),
    source=PACE,
)

MINIMUM_KEPT = Indicator(
    code="health_education.minimum",
    name=Text("健康教育年度最低要求达标率", "Yearly minimums of health education kept"),
    unit="%",
    places=2,
    counting_unit="项",
    time_base=TimeBase.ANNUAL,
    attribution=Attribution.SERVED_BY,
    better=Better.HIGHER,
    source=CONTENT,
    why=Text(
        "每个机构、每种形式都有年度下限，一项一项地算，平均数掩盖不了落后的。", "Each institution owes each kind; no mean hides who lags."
    ),
    population=PLANS,
    numerator=(_has_minimum & _kept).node,
    denominator=_has_minimum.node,
)
MINIMUM_BY_PACE = Indicator(
    code="health_education.minimum_by_pace",
    name=Text("健康教育最低要求按进度达标率", "Minimums of health education kept, by pace"),
    unit="%",
    places=2,
    counting_unit="项",
    time_base=TimeBase.DUE_TO_DATE,
    attribution=Attribution.SERVED_BY,
    better=Better.HIGHER,
    source=PACE,
    why=Text(
        "年中就看得出哪个机构哪一项落后，到12月31日与年度达标率相同。",
        "In mid-year it shows who lags in what; on 31 December it is the yearly rate.",
    ),
    population=PLANS,
    numerator=(_something_due & _on_pace).node,
    denominator=_something_due.node,
)
BEHIND = Indicator(
    code="health_education.behind",
    name=Text("健康教育落后于进度的项目", "Kinds of health education behind pace"),
    unit="项",
    counting_unit="项",
    time_base=TimeBase.STOCK,
    attribution=Attribution.SERVED_BY,
    better=Better.LOWER,
    source=PACE,
    why=Text("列出机构和活动形式，就是下个月的补做清单。", "Institution and kind: the list of what to make up for next month."),
    population=PLANS,
    numerator=(_something_due & _lagging).node,
)
PLANNED_BELOW = Indicator(
    code="health_education.planned_below",
    name=Text("年度计划低于最低要求的项目", "Plans below the minimum"),
    unit="项",
    counting_unit="项",
    time_base=TimeBase.STOCK,
    attribution=Attribution.SERVED_BY,
    better=Better.LOWER,
    source=PLANNING,
    why=Text("计划本身就低于下限的，做完也不达标，应先改计划。", "A plan below the minimum misses it even when carried out."),
    population=PLANS,
    numerator=(_plan.planned < FOLLOWED_MINIMUM).node,
)
