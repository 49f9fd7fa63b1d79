"""Why one resident is counted or not 口径解释: the definition walked with the reference engine, part by part, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from taizhang.kernel.engines.reference import ReferenceEngine, Row
from taizhang.kernel.indicators import Better, Indicator, Population
from taizhang.kernel.periods import Period
from taizhang.kernel.query import nodes
from taizhang.kernel.query.formula import formula, operator_text, places_of, show
from taizhang.kernel.query.walking import parameters_of
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition of the definition for this resident. part: "population", "denominator" or "numerator". text: the condition, whether it
    is met, and the values found. unmet: what is missing, where it is not met. member: the record, where records are counted."""

    part: str
    met: bool
    label: Text
    text: Text
    unmet: Text | None = None
    source: Source | None = None
    member: int | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer: three facts, the sentence that says them, the conditions one by one, and what would still mend it."""

    in_population: bool
    counted_in_denominator: bool
    counted: bool
    conclusion: Text
    sentences: list[Requirement] = field(default_factory=list)
    mend: list[Text] = field(default_factory=list)


_PLAIN = (
    nodes.RowColumn,
    nodes.PersonColumn,
    nodes.Count,
    nodes.Sum,
    nodes.PeriodDay,
    nodes.Named,
)  # short enough to be named in a sentence

COUNTED = Text("计入分子", "Counted in the numerator")
GAP = Text("计入分母但未计入分子（差距）", "Counted in the denominator but not in the numerator (gap)")
OUT_OF_SCOPE = Text("不在统计范围", "Not within the scope of this indicator")
COUNTED_PLAINLY = Text("计入", "Counted")
NOT_COUNTED = Text("在统计人群内，但未计入", "In the population, but not counted")
NO_RECORD = Text("时段内没有应统计的记录", "There is no record to count in the period")
NO_ORGANISATION = Text("没有归属机构，不计入任何机构", "Belongs to no organisation, so no organisation counts it")


def explain(indicator: Indicator, engine: ReferenceEngine, resident: int, period: Period) -> Explanation:
    """Why `resident` is counted in `indicator` for `period`, or not. `engine` holds at least this resident's rows.

    Where records are counted, each of the resident's records is explained, and the facts hold if they hold for any of them.
    Raises QueryError for an indicator that comes from returns only: it counts no one by name.
    """
    people = indicator.population
    if people is None or indicator.numerator is None:
        raise nodes.QueryError(
            f"指标 {indicator.code} 只来自报表，没有逐人记录，不能解释到人。"
            f" / {indicator.code} comes from returns only and counts no one by name."
        )
    sentences: list[Requirement] = []
    members = _members(people, engine, resident, period)
    if people.condition is not None:
        sentences += _requirements("population", people.condition, _Facts(engine, period, resident, None))
    elif not members:
        sentences.append(Requirement("population", False, NO_RECORD, NO_RECORD, NO_RECORD))
    in_population = in_denominator = counted = False
    for facts in members:
        if facts.value(people.organisation) is None:
            sentences.append(Requirement("population", False, NO_ORGANISATION, NO_ORGANISATION, NO_ORGANISATION, None, facts.member))
            continue
        in_population = True
        below = _stands_below(indicator, facts)
        if isinstance(indicator.denominator, nodes.Value) and indicator.denominator != nodes.Literal_(True):
            sentences += _requirements("denominator", indicator.denominator, facts)
        if indicator.numerator != nodes.Literal_(True):
            sentences += _requirements("numerator", indicator.numerator, facts)
        in_denominator |= below
        counted |= facts.holds(indicator.numerator)
    sentences += _without_rule(indicator, engine, period)
    conclusion = _conclusion(indicator, in_population and (in_denominator or counted), counted)
    return Explanation(
        in_population,
        in_population and in_denominator,
        counted,
        conclusion,
        sentences,
        _mend(indicator, in_denominator, counted, sentences),
    )


@dataclass(frozen=True, slots=True)
class Judgement:
    """What `explain` comes to for somebody who stands in the denominator: whether counted, and what would still mend it."""

    counted: bool
    mend: list[Text]


def judge(indicator: Indicator, engine: ReferenceEngine, resident: int, period: Period) -> Judgement | None:
    """What `explain` says, without the sentences that nobody asks for; None for somebody who is not counted in the denominator, or where
    there is none in the population."""
    people = indicator.population
    if people is None or indicator.numerator is None:
        return None
    members = [facts for facts in _members(people, engine, resident, period) if facts.value(people.organisation) is not None]
    if not any(_stands_below(indicator, facts) for facts in members):
        return None
    counted = any(facts.holds(indicator.numerator) for facts in members)
    sentences: list[Requirement] = []
    if counted is (indicator.better is Better.LOWER) and indicator.numerator != nodes.Literal_(True):  # else nothing is to be mended
        for facts in members:
            sentences += _requirements("numerator", indicator.numerator, facts)
    return Judgement(counted, _mend(indicator, True, counted, sentences))


def _members(people: Population, engine: ReferenceEngine, resident: int, period: Period) -> "list[_Facts]":
    """The resident as a member of the population, or each of the resident's records where records are counted."""
    if people.rows is not None:
        return [_Facts(engine, period, resident, row) for row in engine.rows(people.rows, period, resident)]
    if people.condition is not None and engine.value(people.condition, period, resident=resident) is not True:
        return []
    return [_Facts(engine, period, resident, None)]


def _stands_below(indicator: Indicator, facts: "_Facts") -> bool:
    return not isinstance(indicator.denominator, nodes.Value) or facts.holds(indicator.denominator)


def _conclusion(indicator: Indicator, in_scope: bool, counted: bool) -> Text:
    if not in_scope:
        return OUT_OF_SCOPE
    if indicator.denominator is None:
        return COUNTED_PLAINLY if counted else NOT_COUNTED
    return COUNTED if counted else GAP


def _mend(indicator: Indicator, in_denominator: bool, counted: bool, sentences: list[Requirement]) -> list[Text]:
    """What would still bring the resident into the numerator; for a number that should be low, what keeps them in it."""
    if not in_denominator:
        return []
    if indicator.better is Better.LOWER:
        held = [s.label for s in sentences if s.part == "numerator" and s.met] if counted else []
        return [Text(f"处理后即不再计入：{text.zh}", f"Once dealt with, no longer counted: {text.en}") for text in held]
    if counted:
        return []
    return list(dict.fromkeys(s.unmet for s in sentences if s.part == "numerator" and not s.met and s.unmet is not None))


def _without_rule(indicator: Indicator, engine: ReferenceEngine, period: Period) -> Iterator[Requirement]:
    trees = [t for t in (indicator.numerator, indicator.denominator) if isinstance(t, nodes.Value)]
    for name in parameters_of(*trees):
        parameter = engine.parameters.get(name)
        if parameter is not None and parameter.at(period.cutoff) is None:
            text = Text(
                f"{parameter.label.zh}：截止日无现行规定，无法判定",
                f"{parameter.label.en}: no rule in force at the cut-off, so nothing can be judged",
            )
            yield Requirement("rule", False, parameter.label, text, None, parameter.source)


@dataclass(frozen=True, slots=True)
class _Facts:
    """The resident, and the record where records are counted."""

    engine: ReferenceEngine
    period: Period
    resident: int
    row: Row | None

    @property
    def member(self) -> int | None:
        return self.row["id"] if self.row is not None else None

    def value(self, node: nodes.Value) -> object:
        return self.engine.value(node, self.period, resident=self.resident, row=self.row)

    def holds(self, node: nodes.Value) -> bool:
        """A condition that is met, or a number that adds something."""
        value = self.value(node)
        return value is True if node.type == "bool" else bool(value)

    def brief(self, node: nodes.Node) -> Text:
        return formula(node, self.engine.parameters, self.period.cutoff, brief=True)


def _requirements(part: str, node: nodes.Value, facts: _Facts) -> Iterator[Requirement]:
    if isinstance(node, nodes.And):
        for each in node.parts:
            yield from _requirements(part, each, facts)
        return
    named = node if isinstance(node, nodes.Named) else None
    met = facts.holds(node)
    label = _label(node, facts)
    details = _details(node, facts)
    words = ("符合", "met") if met else ("不符合", "not met")
    found = Text(
        f"{label.zh}：{words[0]}{f'（{details.zh}）' if details else ''}", f"{label.en}: {words[1]}{f' ({details.en})' if details else ''}"
    )
    unmet = None if met else _unmet(node, label, details, facts)
    yield Requirement(part, met, label, found, unmet, named.source if named else None, facts.member)


def _details(node: nodes.Value, facts: _Facts) -> Text | None:
    """The values found, for a comparison and for a number; for several conditions those of the unmet ones."""
    bare = _bare(node)
    if isinstance(bare, nodes.Compare):
        have, need, places = facts.value(bare.left), facts.value(bare.right), places_of(bare.left, bare.right)
        left = facts.brief(bare.left) if isinstance(bare.left, _PLAIN) else Text("实际", "found")
        zh = f"{left.zh}为{show(have, 'zh', places)}，要求{operator_text(bare, 'zh')}{show(need, 'zh', places)}"
        en = f"{left.en}: {show(have, 'en', places)}, required: {operator_text(bare, 'en').removeprefix('is ')} {show(need, 'en', places)}"
        return Text(zh, en)
    if node.type == "int":
        value = facts.value(node)
        return Text(f"数值为{show(value, 'zh')}", f"the number is {show(value, 'en')}")
    if isinstance(bare, nodes.And):
        unmet = [_details(part, facts) or _label(part, facts) for part in bare.parts if not facts.holds(part)]
        return Text("；".join(t.zh for t in unmet), "; ".join(t.en for t in unmet)) if unmet else None
    return None


def _label(node: nodes.Value, facts: _Facts) -> Text:
    return node.label if isinstance(node, nodes.Named) else facts.brief(node)


def _unmet(node: nodes.Value, label: Text, details: Text | None, facts: _Facts) -> Text:
    """What is missing, in the definition's own words where it has any, filled with the numbers."""
    if isinstance(node, nodes.Named) and node.unmet is not None:
        template = node.unmet
        if not any(f"{{{name}}}" in template.zh + template.en for name in ("have", "need", "lack")):
            return template
        comparison = next((n for n in nodes.walk(node.value) if isinstance(n, nodes.Compare) and n.left.type in ("int", "date")), None)
        filled = _filled(template, comparison, facts) if comparison else None
        if filled is not None:
            return filled
    if node.type == "int":
        value = facts.value(node)
        return Text(f"{label.zh}现在是{show(value, 'zh')}", f"{label.en}: {show(value, 'en')} so far")
    if details is not None:
        return Text(f"{label.zh}：{details.zh}", f"{label.en}: {details.en}")
    return Text(f"尚不符合：{label.zh}", f"Not yet met: {label.en}")


def _filled(template: Text, comparison: nodes.Compare, facts: _Facts) -> Text | None:
    """{have}, {need} and {lack} of a comparison; None where a side is missing, so that no sentence states a number nobody has."""
    have, need = facts.value(comparison.left), facts.value(comparison.right)
    places = places_of(comparison.left, comparison.right)
    strict = 1 if comparison.operator in ("<", ">") else 0
    if isinstance(have, date) and isinstance(need, date):
        lack = abs((need - have).days) + strict
        places = 0
    elif isinstance(have, int) and isinstance(need, int):
        lack = abs(need - have) + strict
    else:
        return None
    return Text(
        *(
            template.in_language(lang).format(have=show(have, lang, places), need=show(need, lang, places), lack=show(lack, lang, places))
            for lang in ("zh", "en")
        )
    )


def _bare(node: nodes.Value) -> nodes.Value:
    while isinstance(node, nodes.Named):
        node = node.value
    return node
