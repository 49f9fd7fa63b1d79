"""The formula of a definition in words, Chinese and English, printed from the same tree the engines run.

A part that has a name is printed by its name; `definition` lists what each name means, with its clause.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from taizhang.kernel.indicators import REGISTERED_POPULATION, RESIDENT_POPULATION, Cell, Indicator, Population, Reported, Series
from taizhang.kernel.parameters import Parameter, as_decimal
from taizhang.kernel.periods import day_zh
from taizhang.kernel.query import nodes
from taizhang.kernel.sources import Source
from taizhang.kernel.text import LANGUAGES, Text


def formula(
    definition: Indicator | Population | nodes.Node,
    parameters: Mapping[str, Parameter] | None = None,
    day: date | None = None,
    *,
    brief: bool = False,
) -> Text:
    """The formula in both languages. With parameters and a day, each parameter shows its value in force; `brief` leaves out
    the conditions that rows must meet."""
    return Text(*(_Words(language, parameters or {}, day, brief).of(definition) for language in LANGUAGES))


def definition(
    indicator: Indicator, parameters: Mapping[str, Parameter] | None = None, day: date | None = None
) -> list[tuple[Text, Text, Source | None]]:
    """Every named part with its own formula and clause: the population, then the names in the order a reader meets them."""
    found: list[tuple[Text, Text, Source | None]] = []
    if indicator.population is not None:
        found.append((indicator.population.label, formula(indicator.population, parameters, day), None))
    trees = [indicator.numerator, indicator.denominator]
    if indicator.population is not None:
        trees.append(indicator.population.condition)
    seen: set[nodes.Node] = set()
    for node in (n for tree in trees if isinstance(tree, nodes.Node) for n in nodes.walk(tree)):
        if isinstance(node, nodes.Named) and node not in seen:
            seen.add(node)
            found.append((node.label, formula(node.value, parameters, day), node.source))
    return found


def show(value: object, language: str, places: int = 0) -> str:
    """A value as a reader writes it: days, yes and no, a number with its places; "无" for none."""
    zh = language == "zh"
    if value is None:
        return "无" if zh else "none"
    if isinstance(value, bool):
        return ("是" if value else "否") if zh else ("yes" if value else "no")
    if isinstance(value, date):
        return day_zh(value) if zh else value.isoformat()
    if isinstance(value, int):
        return str(as_decimal(value, places)) if places else str(value)
    return f"“{value}”" if zh else f'"{value}"'


def places_of(*values: nodes.Value) -> int:
    """The decimal places in which the compared numbers are stored, as their columns say."""
    for value in values:
        bare = value.value if isinstance(value, nodes.Named) else value
        if isinstance(bare, (nodes.RowColumn, nodes.PersonColumn)):
            contract = bare.of if isinstance(bare, nodes.RowColumn) else bare.of.contract
            return contract.column(bare.name).places
    return 0


_NUMBERS = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_DAYS = {
    "==": Text("为", "is"),
    "!=": Text("不为", "is not"),
    "<": Text("早于", "is before"),
    "<=": Text("不晚于", "is not later than"),
    ">": Text("晚于", "is after"),
    ">=": Text("不早于", "is not before"),
}
_PERIOD_DAYS = {
    "start": Text("时段开始日", "the start of the period"),
    "end": Text("时段结束日", "the end of the period"),
    "cutoff": Text("截止日", "the cut-off"),
    "year_start": Text("本年1月1日", "1 January of the year"),
    "year_end": Text("本年12月31日", "31 December of the year"),
}
_UNITS = {"day": Text("天", "days"), "month": Text("个月", "months"), "year": Text("年", "years")}
_COUNTED = {
    "人": Text("人数", "number of people"),
    "人次": Text("人次", "number of services"),
    "户": Text("户数", "number of households"),
    "份": Text("份数", "number of files"),
    "件": Text("件数", "number of items"),
    "次": Text("次数", "number of times"),
}
_FACTORS = {"%": " × 100%", "‰": " × 1000‰", "1/10万": " × 100000/10万"}
_SERIES = {
    RESIDENT_POPULATION: Text("常住人口数", "resident population"),
    REGISTERED_POPULATION: Text("户籍人口数", "registered population"),
}


def operator_text(comparison: nodes.Compare, language: str) -> str:
    """The comparing word: symbols between numbers, words between days and codes."""
    if comparison.left.type == "int":
        return _NUMBERS[comparison.operator]
    return _DAYS[comparison.operator].in_language(language)


@dataclass(slots=True)
class _Words:
    language: str
    parameters: Mapping[str, Parameter]
    day: date | None
    brief: bool = False  # leave out the conditions on rows
    places: int = 0  # of the comparison at hand
    mentioned: set[nodes.Pick] = field(default_factory=set)  # said once in full, then "that one"

    def say(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def text(self, text: Text) -> str:
        return text.in_language(self.language)

    def of(self, definition: Indicator | Population | nodes.Node) -> str:
        if isinstance(definition, Indicator):
            return self.indicator(definition)
        return self.population(definition) if isinstance(definition, Population) else self.node(definition)

    # -- the whole -----------------------------------------------------------------------------------------------------

    def indicator(self, indicator: Indicator) -> str:
        if indicator.population is None or indicator.numerator is None:
            return self.reported(indicator.reported, indicator.unit)
        counted = self.counted(indicator, indicator.numerator)
        if indicator.denominator is None:
            return counted
        if isinstance(indicator.denominator, Series):
            series = _SERIES.get(indicator.denominator)
            below = self.text(series) if series else indicator.denominator.name
        else:
            below = self.counted(indicator, indicator.denominator)
        return f"{counted} ÷ {below}{_FACTORS.get(indicator.unit, '')}"

    def counted(self, indicator: Indicator, value: nodes.Value) -> str:
        assert indicator.population is not None
        people = self.text(indicator.population.label)
        if value.type == "int":
            text = self.node(value)
            return self.say(f"{people}的“{text}”之和", f'sum of "{text}" over: {people}')
        what = self.text(_COUNTED.get(indicator.counting_unit, Text("数量", "number")))
        if value == nodes.Literal_(True):
            return self.say(f"{people}{what}", f"{what}: {people}")
        text = self.node(value)
        return self.say(f"{people}中“{text}”的{what}", f'{what}: {people} with "{text}"')

    def population(self, population: Population) -> str:
        value = population.rows if population.rows is not None else population.condition
        return self.node(value) if value is not None else ""

    def reported(self, reported: Reported | None, unit: str) -> str:
        if reported is None:
            return ""
        if reported.rate is not None:
            return self.say(f"报表所报的率：{self.cell(reported.rate)}", f"rate as reported: {self.cell(reported.rate)}")
        above = self.cell(reported.numerator) if reported.numerator else ""
        if reported.denominator is None:
            return above
        if isinstance(reported.denominator, Series):
            series = _SERIES.get(reported.denominator)
            return f"{above} ÷ {self.text(series) if series else reported.denominator.name}{_FACTORS.get(unit, '')}"
        return f"{above} ÷ {self.cell(reported.denominator)}{_FACTORS.get(unit, '')}"

    def cell(self, cell: Cell) -> str:
        place = ".".join(part for part in (cell.form, cell.element, cell.category) if part)
        return self.say(f"报表{place}", f"return {place}")

    # -- rows ----------------------------------------------------------------------------------------------------------

    def rows(self, node: nodes.Rows) -> str:
        conditions: list[nodes.Value] = []
        inner = node
        while isinstance(inner, nodes.Where):
            conditions = [*_parts(inner.condition), *conditions]
            inner = inner.rows
        label = self.text(inner.contract.label)
        if self.brief:
            return label
        return f"{label}{self.say('（', ' (')}{self.conjunction(conditions)}{self.say('）', ')')}" if conditions else label

    def picked(self, pick: nodes.Pick) -> str:
        if pick in self.mentioned and not self.brief:
            return self.say(f"该次{self.text(pick.contract.label)}", f"that {self.text(pick.contract.label)}")
        self.mentioned.add(pick)
        step = pick.order[0]
        column = pick.contract.column(step.column)
        rows = self.rows(pick.rows)
        if column.type == "date":
            return self.say(
                f"{'最近' if step.descending else '最早'}一次{rows}", f"the {'latest' if step.descending else 'earliest'} {rows}"
            )
        label = self.text(column.label)
        return self.say(
            f"{label}{'最大' if step.descending else '最小'}的{rows}",
            f"the {rows} of {'largest' if step.descending else 'smallest'} {label}",
        )

    # -- values --------------------------------------------------------------------------------------------------------

    def node(self, node: nodes.Node) -> str:
        match node:
            case nodes.Rows():
                return self.rows(node)
            case nodes.Pick():
                return self.picked(node)
            case nodes.Named(_, label):
                return self.text(label)
            case nodes.RowColumn(contract, name):
                return self.text(contract.column(name).label)
            case nodes.PersonColumn(of, name):
                label_ = self.text(of.contract.column(name).label)
                if isinstance(of, nodes.Pick):
                    row = self.picked(of)
                    return self.say(f"{row}的{label_}", f"{label_} of {row}")
                return label_
            case nodes.Count(rows):
                return self.say(f"{self.rows(rows)}次数", f"number of {self.rows(rows)}")
            case nodes.Sum(rows, value):
                of_rows, summed = self.rows(rows), self.node(value)
                return self.say(f"{of_rows}的{summed}合计", f"total {summed} of {of_rows}")
            case nodes.Literal_(literal):
                if literal is True:
                    return self.say("全部", "all")
                return show(literal, self.language, self.places)
            case nodes.ParameterValue():
                return self.parameter(node)
            case nodes.PeriodDay(which):
                return self.text(_PERIOD_DAYS[which])
            case nodes.Compare():
                return self.compare(node)
            case nodes.And(parts):
                return self.conjunction(parts)
            case nodes.Or(parts):
                return self.say(" 或 ", " or ").join(self.grouped(part, nodes.And) for part in parts)
            case nodes.Not(nodes.IsMissing(value)):
                return self.presence(value, True)
            case nodes.Not(value):
                text = self.node(value)
                return self.say(f"不满足（{text}）", f"not ({text})")
            case nodes.IsMissing(value):
                return self.presence(value, False)
            case nodes.OneOf(value, values):
                listed = self.say("或", " or ").join(show(v, self.language, places_of(value)) for v in values)
                text = self.node(value)
                return self.say(f"{text}为{listed}", f"{text} is {listed}")
            case nodes.Arithmetic():
                return self.arithmetic(node)
            case nodes.Shift():
                return self.shift(node)
            case nodes.Elapsed():
                return self.elapsed(node)
            case nodes.Choose(cases, otherwise):
                pairs = [(self.node(condition), self.node(chosen)) for condition, chosen in cases]
                written = [self.say(f"{condition}时取{chosen}", f"if {condition} then {chosen}") for condition, chosen in pairs]
                return self.say("；", "; ").join([*written, self.say("其余取", "else ") + self.node(otherwise)])
        raise nodes.QueryError(f"A formula cannot print {type(node).__name__}.")

    def conjunction(self, parts: Sequence[nodes.Value]) -> str:
        """Conditions joined by 且; the two that bound a day to the period or the year read as one."""
        written: list[str] = []
        rest = list(parts)
        while rest:
            part = rest.pop(0)
            span = _span(part, rest[0]) if rest else None
            if span is None:
                written.append(self.grouped(part, nodes.Or))
                continue
            rest.pop(0)
            day, start = span
            within = self.say("时段内", "in the period") if start == "start" else self.say("本年内", "in the year")
            bounded = self.node(day)
            written.append(self.say(f"{bounded}在{within}且不晚于截止日", f"{bounded} {within}, up to the cut-off"))
        return self.say(" 且 ", " and ").join(written)

    def grouped(self, node: nodes.Node, *kinds: type[nodes.Node]) -> str:
        """In brackets where the node is of one of the kinds."""
        text = self.node(node)
        return self.say(f"（{text}）", f"({text})") if isinstance(node, kinds) else text

    def compare(self, node: nodes.Compare) -> str:
        left, right = node.left, node.right
        if isinstance(left, nodes.Count) and isinstance(right, nodes.Literal_):
            if (node.operator, right.value) in ((">=", 1), (">", 0)):
                return self.say(f"有{self.rows(left.rows)}", f"has {self.rows(left.rows)}")
            if (node.operator, right.value) in (("==", 0), ("<", 1)):
                return self.say(f"没有{self.rows(left.rows)}", f"has no {self.rows(left.rows)}")
        before, self.places = self.places, places_of(left, right)
        kinds = (nodes.And, nodes.Or, nodes.Choose, nodes.Compare)
        one, two = self.grouped(left, *kinds), self.grouped(right, *kinds)
        self.places = before
        joint = operator_text(node, self.language)
        spaced = node.left.type == "int" or self.language == "en"
        return f"{one} {joint} {two}" if spaced else f"{one}{joint}{two}"

    def presence(self, value: nodes.Value, present: bool) -> str:
        if isinstance(value, nodes.PersonColumn) and value.name == "id":
            row = self.rows(value.of.rows if isinstance(value.of, nodes.Pick) else value.of)
            return self.say(f"{'有' if present else '没有'}{row}", f"{'has' if present else 'has no'} {row}")
        text = self.node(value)
        return self.say(f"{'有' if present else '没有'}{text}", f"{text} is {'given' if present else 'not given'}")

    def parameter(self, node: nodes.ParameterValue, unit: str | None = None) -> str:
        known = self.parameters.get(node.name)
        if known is None:
            return node.name
        label = self.text(known.label)
        if self.day is None:
            return label
        value = known.at(self.day)
        if value is None:
            return label + self.say("（无现行规定）", " (no rule in force)")
        number = show(value, self.language, known.places or self.places)
        return self.say(f"{label}（{number}{unit or known.read_unit}）", f"{label} ({number})")

    def arithmetic(self, node: nodes.Arithmetic) -> str:
        if node.operator in ("min", "max"):
            kinds: tuple[type[nodes.Node], ...] = (nodes.Arithmetic, nodes.Elapsed, nodes.Choose, nodes.Shift)
            one, two = self.grouped(node.left, *kinds), self.grouped(node.right, *kinds)
            least = node.operator == "min"
            days = node.type == "date"
            zh = ("较早" if least else "较晚") if days else ("较小" if least else "较大")
            en = ("earlier" if least else "later") if days else ("smaller" if least else "larger")
            return self.say(f"{one}与{two}中{zh}者", f"the {en} of {one} and {two}")
        kinds = (nodes.Arithmetic, nodes.Choose)
        sign = {"+": "+", "-": "−", "*": "×", "//": "÷"}[node.operator]
        text = f"{self.grouped(node.left, *kinds)} {sign} {self.grouped(node.right, *kinds)}"
        return self.say(f"{text}（取整）", f"{text} (whole)") if node.operator == "//" else text

    def shift(self, node: nodes.Shift) -> str:
        count, back = node.count, False
        if isinstance(count, nodes.Arithmetic) and count.operator == "-" and count.left == nodes.Literal_(0):
            count, back = count.right, True
        unit = self.text(_UNITS[node.unit])
        day = self.grouped(node.day, nodes.Choose, nodes.Arithmetic)
        if isinstance(count, nodes.ParameterValue):
            moved = self.parameter(count, unit)
            return self.say(f"{day}{'前' if back else '后'}推{moved}", f"{moved} {'before' if back else 'after'} {day}")
        number = self.grouped(count, nodes.Arithmetic, nodes.Choose)
        moved = self.say(f"{number}{unit}", f"{number} {unit}")
        return self.say(f"{day}{'前' if back else '后'}{moved}", f"{moved} {'before' if back else 'after'} {day}")

    def elapsed(self, node: nodes.Elapsed) -> str:
        first, last = self.node(node.first), self.node(node.last)
        if node.unit == "year" and isinstance(node.first, (nodes.RowColumn, nodes.PersonColumn)) and node.first.name == "birth_date":
            return self.say(f"{last}时的周岁年龄", f"age in full years on {last}")
        if node.unit == "day":
            return self.say(f"{first}至{last}的天数", f"days from {first} to {last}")
        what = Text("满月数", "complete months") if node.unit == "month" else Text("满年数", "full years")
        return self.say(f"{first}至{last}的{what.zh}", f"{what.en} from {first} to {last}")


def _parts(condition: nodes.Value) -> list[nodes.Value]:
    return [p for part in condition.parts for p in _parts(part)] if isinstance(condition, nodes.And) else [condition]


def _span(one: nodes.Value, two: nodes.Value) -> tuple[nodes.Value, str] | None:
    """The day and "start" or "year_start", where the two conditions bound it from there to the cut-off."""
    match (one, two):
        case (
            nodes.Compare(">=", day, nodes.PeriodDay("start" | "year_start" as start)),
            nodes.Compare("<=", other, nodes.PeriodDay("cutoff")),
        ):
            return (day, start) if day == other else None
    return None
