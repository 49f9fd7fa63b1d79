"""Opening, problems and next steps, drafted from figures. Units that lag are counted, not named: names belong to the notice and the
board. General causes and deeds are for the people who write."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taizhang.figures.model import Figure
from taizhang.kernel import arithmetic
from taizhang.kernel.indicators import Better, Series, Status, TimeBase
from taizhang.kernel.periods import Period
from taizhang.kernel.text import Text
from taizhang.summaries import drafted as kit
from taizhang.summaries import phrases
from taizhang.summaries.document import FigureSpan, MissingItem, Paragraph, Run, Sentence
from taizhang.summaries.phrases import Bilingual, Phrase, Slot, span
from taizhang.summaries.render import before_stop, capitalised, close, merge
from taizhang.summaries.wording import due_day, lowered

HEADLINES = 4
MOST_PROBLEMS = 7
FEWEST_PROBLEMS = 3
LARGE = 100  # a rate over fewer is no headline and no problem of the county
WIDE = Decimal(10)  # percentage points between the highest and the lowest unit that are worth a paragraph
ENOUGH_UNITS = 3
HANDFUL = 20
NEARLY_ALL = Decimal(95)
_STANDING = (TimeBase.STOCK, TimeBase.ROLLING)  # what is left of these is a state, not work to strike off a list
MONEY = ("万元", "元", "亿元", "分")  # what is left of a sum of money is no list to strike off

Children = Mapping[tuple[str, str], Sequence[Figure]]  # the figures of the units below, by (code, category)


NO_TARGETS = MissingItem(
    section=Text("开头", "Opening"),
    sentence=Text("＿＿项年度任务中有＿＿项达到或快于进度要求。", "＿＿ of ＿＿ yearly targets were at or ahead of pace."),
    element=Text("年度任务（未录入，进度和差距无从判断）", "yearly targets (none entered, so nothing can be judged)"),
    status=Status.NOT_REPORTED,
    owed_by=(),
    origin="judgement",
)


def sentence(said: Bilingual, origin: str) -> Sentence:
    return Sentence(merge(said[0]), capitalised(merge(said[1])), origin)


# -- opening ---------------------------------------------------------------------------------------------------------------------


def opening(figures: Sequence[Figure], spoken: set[tuple[str, str]], free: Mapping[str, Text]) -> Paragraph:
    """Guidance, the judgement as far as the targets bear it, and up to four headline figures out of those the text speaks of."""
    said = [sentence(kit.GUIDANCE.say(period=free["full_period"], organisation=free["organisation"]), "opening")]
    if judged := judgement(figures):
        said.append(judged)
    if headed := _headline(figures, spoken, free):
        said.append(headed)
    return Paragraph(None, tuple(close(said)))


def judgement(figures: Sequence[Figure]) -> Sentence | None:
    """n of N targets at or ahead of pace, and the words that this bears; None without targets."""
    aimed = [
        f
        for f in figures
        if f.is_total
        and f.target is not None
        and f.status is not Status.NOT_YET_DUE
        # What is counted from some later day on says nothing of the yearly task.
        and not (f.accumulates and f.period.start != f.period.year_start)
    ]
    if not aimed:
        return None
    met = [f for f in aimed if f.on_pace]
    period = aimed[0].period
    how = Text(
        f"有年度任务的指标{len(aimed)}项；达到或快于进度：{'、'.join(f.indicator.name.zh for f in met) or '无'}",
        f"{len(aimed)} indicators with a yearly target; at or ahead of pace: {', '.join(f.indicator.name.en for f in met) or 'none'}",
    )
    every, ahead = (span(aimed, "units", str(len(group)), how=how) for group in (aimed, met))
    year_over = period.cutoff == period.year_end
    if not met:
        return sentence(kit.DONE_NONE.say(n=every) if year_over else kit.NONE_AT_PACE.say(n=every), "judgement")
    if len(met) == len(aimed):
        half = period.kind == "half" and period.start == period.year_start and period.cutoff == period.end
        return sentence((kit.ON_COURSE_ALL if half else kit.DONE_ALL if year_over else kit.PACE_ALL).say(n=every), "judgement")
    phrase = kit.DONE_SOME if year_over else kit.STEADY if len(met) * 2 >= len(aimed) else kit.BEHIND
    return sentence(phrase.say(n=every, k=ahead), "judgement")


def _headline(figures: Sequence[Figure], spoken: set[tuple[str, str]], free: Mapping[str, Text]) -> Sentence | None:
    rates = [
        f
        for f in figures
        if f.is_total
        and (f.code, "") in spoken
        and f.indicator.unit == "%"
        and f.indicator.better is Better.HIGHER
        and f.status is Status.OK
        and (f.denominator or 0) >= LARGE
    ]
    chosen: dict[str, Figure] = {}
    for figure in sorted(rates, key=lambda f: f.target is None):  # stable: those with a target first, else the order of the text
        chosen.setdefault(figure.indicator.programme, figure)
    picked = [f for f in figures if f in list(chosen.values())[:HEADLINES]]
    if len(picked) < 2:
        return None
    zh: list[Run] = []
    en: list[Run] = []
    for index, figure in enumerate(picked):
        said = Phrase("joint", kit.ALWAYS, Text(("、" if index else "") + "{name}{value}", ("; " if index else "") + "{name} {value}")).say(
            name=_name(figure), value=phrases.value(figure)
        )
        zh.extend(said[0])
        en.extend(said[1])
    head, tail = kit.HEADLINE.say(cutoff=free["cutoff"], area=free["area"], list="")
    return sentence((before_stop(head, tuple(zh)), before_stop(tail, tuple(en))), "headline")


# -- problems and next steps ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem drafted from figures, and the plan item that answers it. weight: how grave, within its kind."""

    kind: str
    weight: Decimal
    code: str
    problem: Paragraph
    step: Paragraph


def problems(
    figures: Sequence[Figure], children: Children, spoken: set[tuple[str, str]], asked: set[tuple[str, str]], free: Mapping[str, Text]
) -> list[Problem]:
    """Three to seven problems, the gravest of each kind first: gaps to targets, counts behind time, what is overdue, distance between
    units, returns not in; and, where these are few, rates that fell or have work left."""
    found: list[Problem] = []
    totals = [f for f in figures if f.is_total and f.status in (Status.OK, Status.RATE_ONLY) and f.value is not None]
    for figure in totals:
        below = [c for c in children.get((figure.code, ""), ()) if c.status is Status.OK and c.value is not None and _weighs(c)]
        if backlog := _backlog(figure, below, spoken, free):
            found.append(backlog)
        elif figure.target is not None and figure.on_pace is False and figure.indicator.better is not Better.LOWER:
            made = _slow(figure, free) if figure.accumulates else _gap(figure, below, free)
            if made:
                found.append(made)
        elif uneven := _uneven(figure, below, spoken, free):
            found.append(uneven)
    kept = _one_a_line_of_work(
        p for kind, most in (("gap", 2), ("slow", 2), ("backlog", 1), ("uneven", 1)) for p in _gravest(found, kind, most)
    )
    if late := _late([f for f in figures if (f.code, f.category) in asked], free):
        kept.append(late)
    if len(kept) < FEWEST_PROBLEMS:
        named = {p.code for p in kept}
        spare = [
            p
            for f in totals
            if f.code not in named and (f.code, "") in spoken
            for p in (_fallen(f, free), _open(f, free), _low(f, free))
            if p
        ]
        distinct: dict[str, Problem] = {}
        for problem in (*_gravest(spare, "fallen", 2), *_gravest(spare, "open", 3), *_gravest(spare, "low", 3)):
            distinct.setdefault(problem.code, problem)
        kept.extend(list(distinct.values())[: FEWEST_PROBLEMS - len(kept)])
    return kept[:MOST_PROBLEMS]


def _one_a_line_of_work(problems: Iterable[Problem]) -> list[Problem]:
    """The first problem of each: the people behind a missed target and those overdue are mostly the same, and are said once."""
    kept: dict[str, Problem] = {}
    for problem in problems:
        kept.setdefault(problem.code.partition(".")[0], problem)
    return list(kept.values())


def _gravest(found: Sequence[Problem], kind: str, most: int) -> list[Problem]:
    return sorted((p for p in found if p.kind == kind), key=lambda p: (-p.weight, p.code))[:most]


def _make(kind: str, weight: Decimal, figure: Figure, heads: tuple[Text, Text], problem: Sequence[Bilingual], step: Bilingual) -> Problem:
    said = close([sentence(s, f"problem: {kind}") for s in problem])
    return Problem(
        kind, weight, figure.code, Paragraph(heads[0], tuple(said)), Paragraph(heads[1], tuple(close([sentence(step, f"plan: {kind}")])))
    )


def _gap(figure: Figure, below: Sequence[Figure], free: Mapping[str, Text]) -> Problem | None:
    assert figure.target is not None
    assert figure.value is not None
    if not figure.indicator.is_rate:
        return None
    name = _name(figure)
    said = kit.GAP.say(
        cutoff=free["cutoff"],
        area=free["area"],
        name=name,
        value=phrases.value(figure),
        target=phrases.target_span(figure),
        gap=phrases.gap_span(figure),
        units="",
    )
    lagging = [c for c in below if c.value is not None and c.value < figure.target.value]
    if len(below) >= ENOUGH_UNITS and lagging:
        if len(lagging) == len(below):
            lag = kit.LAG_ALL.say(d=_units(figure, below), spread=_spread(figure, below))
        else:
            lag = kit.LAG.say(
                d=_units(figure, below),
                k=_units(figure, below, lagging, Text("低于年度目标", "below the year's target")),
                spread=_spread(figure, below),
            )
        said = (before_stop(said[0], lag[0]), before_stop(said[1], lag[1]))
    sentences = [said]
    rest = _rest(figure)
    if rest:
        sentences.append(kit.REST.say(rest=rest, unit=figure.indicator.counting_unit))
    done = kit.STEP_REST.say(rest=rest, unit=figure.indicator.counting_unit) if rest else None
    step = _with_rest(kit.STEP_GAP, done, due=free["due"], name=name, target=phrases.target_span(figure))
    heads = (
        Text(f"{name.zh}与年度目标仍有差距", f"{name.en}: short of the target"),
        Text(f"提高{name.zh}", f"Raise {name.en}"),
    )
    return _make("gap", figure.target.value - figure.value, figure, heads, sentences, step)


def _slow(figure: Figure, free: Mapping[str, Text]) -> Problem | None:
    if figure.pace is None or figure.completion is None or figure.target is None or figure.numerator is None:
        return None
    name, unit = _name(figure), figure.indicator.unit
    said = kit.SLOW.say(
        period=free["period"],
        name=name,
        value=phrases.value(figure),
        unit=unit,
        completion=phrases.completion_span(figure),
        pace=phrases.pace_span(figure),
    )
    due = due_day(figure.period)
    if due.year > figure.period.year:
        left = figure.target.value - Decimal(figure.numerator).scaleb(-figure.places)
        how = Text("全年任务减已完成数", "the year's task less what was done")
        step = kit.STEP_AFTER.say(due=free["due"], rest=span(figure, "gap", phrases.plain(left), f"{left.normalize():,f}", how), unit=unit)
    else:
        progress = arithmetic.round_half_away(Period(figure.period.year_start, due).time_progress * 100, 0)
        how = Text("届时的时间进度", "the share of the year gone by then")
        step = kit.STEP_SLOW.say(
            due=free["due"], target=phrases.target_span(figure), unit=unit, progress=span(figure, "pace", f"{progress}%", how=how)
        )
    heads = (Text(f"{name.zh}进度偏慢", f"{name.en}: behind time"), Text(f"加快{name.zh}进度", f"Speed up {name.en}"))
    return _make("slow", -figure.pace, figure, heads, [said], step)


def _backlog(figure: Figure, below: Sequence[Figure], spoken: set[tuple[str, str]], free: Mapping[str, Text]) -> Problem | None:
    """What is overdue at the cut-off: a standing count of which fewer is better."""
    indicator = figure.indicator
    if indicator.is_rate or indicator.time_base is not TimeBase.STOCK or indicator.better is not Better.LOWER or not figure.numerator:
        return None
    if (figure.code, "") not in spoken or figure.value is None:
        return None
    name, unit, value = _name(figure), indicator.unit, phrases.value(figure)
    said = kit.BACKLOG.say(cutoff=free["cutoff"], area=free["area"], name=name, value=value, unit=unit)
    held = [c for c in below if c.numerator]
    if len(below) >= ENOUGH_UNITS and held:
        units = kit.BACKLOG_UNITS.say(k=_units(figure, below, held, Text("数字不为零的单位", "units with more than nought")))
        said = (before_stop(said[0], units[0]), before_stop(said[1], units[1]))
    step = kit.STEP_BACKLOG.say(due=free["due"], value=value, unit=unit)
    heads = (Text(f"{name.zh}仍需压减", f"{name.en}: to be brought down"), Text(f"压减{name.zh}", f"Bring down {name.en}"))
    return _make("backlog", figure.value, figure, heads, [said], step)


def _uneven(figure: Figure, below: Sequence[Figure], spoken: set[tuple[str, str]], free: Mapping[str, Text]) -> Problem | None:
    if (
        figure.indicator.unit != "%"
        or len(below) < ENOUGH_UNITS
        or (figure.code, "") not in spoken
        or figure.indicator.better is not Better.HIGHER
    ):
        return None
    assert figure.value is not None
    distance = _distance(below)
    if distance < WIDE:
        return None
    name = _name(figure)
    lower = [c for c in below if c.value is not None and c.value < figure.value]
    lagging = _units(figure, below, lower, Text("低于总体水平", "below the whole"))
    said = kit.UNEVEN.say(
        area=free["area"], name=name, value=phrases.value(figure), d=_units(figure, below), k=lagging, spread=_spread(figure, below)
    )
    half = arithmetic.round_half_away(distance / 2, 0)
    goal = span(
        figure,
        "spread",
        f"{half}个百分点",
        f"{half} percentage points",
        Text("本期差距的一半", "half of the present distance"),
    )
    step = kit.STEP_UNEVEN.say(due=free["due"], k=lagging, spread=goal)
    heads = (
        Text(f"{name.zh}单位之间差距较大", f"{name.en}: uneven between units"),
        Text(f"缩小{name.zh}的单位差距", f"Even out {name.en}"),
    )
    return _make("uneven", distance, figure, heads, [said], step)


def _late(figures: Sequence[Figure], free: Mapping[str, Text]) -> Problem | None:
    lacking = [f for f in figures if any(m.organisation != f.organisation for m in f.missing)]
    units = sorted({m.organisation for f in lacking for m in f.missing if m.organisation != f.organisation})
    if not units:
        return None
    how = Text(f"未报单位代码：{'、'.join(units)}", f"codes of the units that have not reported: {', '.join(units)}")
    n, m = span(lacking, "units", str(len(units)), how=how), span(lacking, "units", str(len(lacking)), how=how)
    heads = (Text("部分数据报送不及时", "Returns not in time"), Text("严格数据报送", "Returns in time"))
    said, step = kit.LATE.say(cutoff=free["cutoff"], n=n, m=m), kit.STEP_LATE.say(due=free["due"], n=n)
    return _make("late", Decimal(len(units)), lacking[0], heads, [said], step)


def _fallen(figure: Figure, free: Mapping[str, Text]) -> Problem | None:
    last = figure.last_year
    if (
        figure.indicator.unit != "%"
        or figure.indicator.better is not Better.HIGHER
        or last is None
        or last.value is None
        or figure.value is None
    ):
        return None
    if last.status not in (Status.OK, Status.RATE_ONLY) or figure.value >= last.value:
        return None
    fall = arithmetic.points(last.value, figure.value)
    how = Text(f"去年同期{last.printed}减本期{figure.printed}", f"{last.printed} a year before less {figure.printed}")
    name = _name(figure)
    said = kit.FALLEN.say(
        area=free["area"],
        name=name,
        value=phrases.value(figure),
        points=span(figure, "points", f"{fall}个百分点", f"{fall} percentage points", how),
    )
    step = kit.STEP_FALLEN.say(due=free["due"], last=span(figure, "last_year", phrases.rate_text(last.value, "%")))
    heads = (Text(f"{name.zh}有所下降", f"{name.en}: fallen"), Text(f"稳定{name.zh}", f"Steady {name.en}"))
    return _make("fallen", fall, figure, heads, [said], step)


def _open(figure: Figure, free: Mapping[str, Text]) -> Problem | None:
    rest = _rest(figure)
    if (
        rest is None
        or figure.indicator.time_base in _STANDING
        or (figure.denominator or 0) < LARGE
        or figure.value is None
        or figure.target is not None
        or figure.indicator.better is not Better.HIGHER
    ):
        return None
    name, unit = _name(figure), figure.indicator.counting_unit
    said = kit.OPEN.say(area=free["area"], name=name, value=phrases.value(figure), rest=rest, unit=unit)
    step = kit.STEP_OPEN.say(due=free["due"], rest=rest, unit=unit)
    heads = (Text(f"{name.zh}还需提高", f"{name.en}: room left"), Text(f"继续提高{name.zh}", f"Keep raising {name.en}"))
    return _make("open", Decimal(100) - figure.value, figure, heads, [said], step)


def _low(figure: Figure, free: Mapping[str, Text]) -> Problem | None:
    if figure.indicator.unit != "%" or figure.indicator.better is not Better.HIGHER:
        return None
    if figure.status is not Status.RATE_ONLY and (figure.indicator.time_base not in _STANDING or (figure.denominator or 0) < LARGE):
        return None
    if figure.target is not None or figure.value is None or figure.value >= NEARLY_ALL:
        return None
    name = _name(figure)
    said = kit.LOW.say(area=free["area"], name=name, value=phrases.value(figure))
    step = kit.STEP_LOW.say(due=free["due"], name=name, value=phrases.value(figure))
    heads = (Text(f"{name.zh}还需提高", f"{name.en}: room left"), Text(f"继续提高{name.zh}", f"Keep raising {name.en}"))
    return _make("low", Decimal(100) - figure.value, figure, heads, [said], step)


# -- numbers drawn from several figures --------------------------------------------------------------------------------------------


def _weighs(figure: Figure) -> bool:
    """Whether a unit's figure can be held against the others: a rate over a handful of people says nothing of the unit."""
    return not figure.indicator.is_rate or figure.denominator is None or figure.denominator >= HANDFUL


def _units(figure: Figure, below: Sequence[Figure], chosen: Sequence[Figure] | None = None, what: Text | None = None) -> tuple[Run, Run]:
    """How many units, or how many of them are so."""
    if chosen is None or what is None:
        return span((figure, *below), "units", str(len(below)), how=Text("有该指标数字的单位数", "units that have this figure"))
    return span((figure, *chosen), "units", str(len(chosen)), how=what)


def _distance(below: Sequence[Figure]) -> Decimal:
    values = [c.value for c in below if c.value is not None]
    return max(values) - min(values)


def _spread(figure: Figure, below: Sequence[Figure]) -> tuple[Run, Run]:
    known = sorted((c for c in below if c.value is not None), key=lambda c: (c.value or 0, c.organisation))
    how = Text(f"最高{known[-1].printed}减最低{known[0].printed}", f"highest {known[-1].printed} less lowest {known[0].printed}")
    distance = _distance(below)
    return span((figure, known[-1], known[0]), "spread", f"{distance}个百分点", f"{distance} percentage points", how)


def _name(figure: Figure) -> Text:
    """The indicator's name as it stands within a sentence. When the year is over, a rate by pace is the rate."""
    name = figure.indicator.name
    if figure.period.cutoff == figure.period.year_end:
        name = Text(name.zh.replace("按进度", ""), name.en.removesuffix(", by pace"))
    return Text(name.zh, lowered(name.en))


def _rest(figure: Figure) -> tuple[Run, Run] | None:
    """Denominator less numerator, where both count the same things and something is left: not over a population series, whose people
    are not the numerator's records."""
    reported = figure.indicator.reported
    if figure.indicator.counting_unit in MONEY:
        return None
    if isinstance(figure.indicator.denominator, Series) or (reported is not None and isinstance(reported.denominator, Series)):
        return None
    if (
        figure.numerator is None
        or figure.denominator is None
        or figure.indicator.unit != "%"
        or not 0 < figure.numerator < figure.denominator
    ):
        return None
    how = Text(f"分母{figure.denominator}减分子{figure.numerator}", f"denominator {figure.denominator} less numerator {figure.numerator}")
    return span(figure, "gap", *phrases.count_text(figure.denominator - figure.numerator, figure.places), how)


def _with_rest(phrase: Phrase, clause: Bilingual | None, **slots: Slot) -> Bilingual:
    """A phrase whose slot `rest` is a clause of its own, or nothing."""
    mark = "\ufffc"
    said = phrase.say(rest=mark, **slots)

    def put(runs: tuple[Run, ...], inner: tuple[Run, ...]) -> tuple[Run, ...]:
        out: list[Run] = []
        for run in runs:
            if not isinstance(run, FigureSpan) and run.text == mark:
                out.extend(inner)
            else:
                out.append(run)
        return tuple(out)

    return put(said[0], clause[0] if clause else ()), put(said[1], clause[1] if clause else ())
