"""Indicators 指标: populations, numerators, denominators, and the dossier each one carries."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from taizhang.kernel.query import nodes
from taizhang.kernel.query.words import Expression
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text


class IndicatorError(ValueError):
    """An indicator or population that contradicts itself; raised on import, naming the indicator and the cure."""


class TimeBase(StrEnum):
    """时间口径: what the period means for an indicator."""

    FLOW = "flow"  # happened in the period, up to the cut-off
    STOCK = "stock"  # holds on the cut-off day
    ROLLING = "rolling"  # the last 12 months up to the cut-off
    LAST = "last"  # the last value up to the cut-off, in the period or in its year
    DUE_TO_DATE = "due_to_date"  # everything due by the cut-off is done; on 31 December the annual rule
    MATURED = "matured"  # only those whose window has closed; the rest are not yet due
    ANNUAL = "annual"  # only a whole year has it

    @property
    def label(self) -> Text:
        return _TIME_BASES[self]


_TIME_BASES = {
    TimeBase.FLOW: Text("时段内发生", "in the period"),
    TimeBase.STOCK: Text("截止日时点", "at the cut-off"),
    TimeBase.ROLLING: Text("截止日前12个月", "last 12 months"),
    TimeBase.LAST: Text("截止日前最近一次", "last by the cut-off"),
    TimeBase.DUE_TO_DATE: Text("按进度（截止日前应做的均已做）", "due to date"),
    TimeBase.MATURED: Text("仅计期限已满者", "matured only"),
    TimeBase.ANNUAL: Text("仅按全年", "whole year only"),
}


class Attribution(StrEnum):
    """归属: whose figure it is."""

    MANAGED_BY = "managed_by"  # the organisation that manages the resident on the cut-off; sums hold
    SERVED_BY = "served_by"  # the organisation where the event took place; events sum
    REPORTED_BY = "reported_by"  # the organisation that handed in the return

    @property
    def label(self) -> Text:
        return _ATTRIBUTIONS[self]


_ATTRIBUTIONS = {
    Attribution.MANAGED_BY: Text("按管理机构", "by managing organisation"),
    Attribution.SERVED_BY: Text("按服务机构", "by serving organisation"),
    Attribution.REPORTED_BY: Text("按填报机构", "by reporting organisation"),
}


class Status(StrEnum):
    """What a figure is, beside its value. Each prints differently; none of them is a zero."""

    OK = "ok"
    PARTIAL = "partial"  # k of n units have reported, the rest are named
    NOT_REPORTED = "not_reported"
    RATE_ONLY = "rate_only"  # published without counts: printed, never rolled up
    NO_RULE = "no_rule"  # a parameter it needs has no value in force
    NOBODY_ELIGIBLE = "nobody_eligible"
    NOT_YET_DUE = "not_yet_due"

    @property
    def label(self) -> Text:
        return _STATUSES[self]


_STATUSES = {
    Status.OK: Text("正常", "ok"),
    Status.PARTIAL: Text("部分单位已报", "partial"),
    Status.NOT_REPORTED: Text("未报", "not reported"),
    Status.RATE_ONLY: Text("仅有率", "rate only"),
    Status.NO_RULE: Text("无现行规定", "no rule in force"),
    Status.NOBODY_ELIGIBLE: Text("无应服务对象", "nobody eligible"),
    Status.NOT_YET_DUE: Text("尚未到期", "not yet due"),
}


class DataSource(StrEnum):
    """Where a figure's counts come from."""

    RECORDED = "recorded"
    REPORTED = "reported"
    MIXED = "mixed"

    @property
    def label(self) -> Text:
        return _DATA_SOURCES[self]


_DATA_SOURCES = {
    DataSource.RECORDED: Text("记录", "records"),
    DataSource.REPORTED: Text("报表", "returns"),
    DataSource.MIXED: Text("记录与报表", "records and returns"),
}


class Better(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """分组: a way to split a population, such as sex or age band. Each category is a code with its wording; the total row is
    the figure without a category."""

    name: str
    label: Text
    value: nodes.Value
    categories: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Who can be counted: residents meeting a condition, or the rows of a record table (人次).

    condition: for residents, who belongs (one value a resident); with `rows`, the rows themselves are the members and the
    condition over the resident is not used. organisation: whose member each is. Membership has one line a member: `member` (the
    resident, or the row's id), `resident`, `organisation`, one column a breakdown, and two columns an indicator.
    """

    name: str
    label: Text
    attribution: Attribution
    organisation: nodes.Value
    condition: nodes.Value | None = None
    rows: nodes.Rows | None = None
    breakdowns: tuple[Breakdown, ...] = ()
    sensitive: bool = False

    def __post_init__(self) -> None:
        if (self.condition is None) == (self.rows is None):
            raise IndicatorError(f"Population {self.name} is either residents (condition) or record rows (rows); give exactly one.")
        if self.condition is not None and (self.condition.type != "bool" or self.condition.table):
            raise IndicatorError(f"Population {self.name}: the condition must be met or not met by a resident.")
        allowed = self.rows.contract.table if self.rows is not None else None
        for value in (self.organisation, *(b.value for b in self.breakdowns)):
            if value.table not in (None, allowed):
                raise IndicatorError(f"Population {self.name}: a value of the rows of {value.table} cannot describe its members.")


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a return: form, element, and the category (row) it stands in; empty for the form's own row."""

    form: str
    element: str
    category: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A named, dated, sourced denominator series, such as the resident population of the statistics bureau."""

    name: str


RESIDENT_POPULATION = Series("resident_population")
REGISTERED_POPULATION = Series("registered_population")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """Where returns hold an indicator: counts, or a rate that came without counts (`rate`)."""

    numerator: Cell | None = None
    denominator: Cell | Series | None = None
    rate: Cell | None = None
    by_category: bool = False  # one figure for each category of the form, with the total


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """指标: what is counted, over what, and everything a reader must know to believe it.

    numerator: a condition (members counted) or a whole number (summed over members). denominator: a condition over the
    population; none for a plain count; a Series for a rate over a named population. unit: what is printed after the
    value (%, ‰, 人, 份 ...). counting_unit: what the numerator counts (人, 人次, 户, 份 ...). places: decimals printed of a rate, or
    decimals of the element a sum is stored in. why: why it matters. valid_from, valid_to: the days the rule is in force;
    a changed rule is a second indicator with the same code and other days.
    """

    code: str
    name: Text
    unit: str
    counting_unit: str
    time_base: TimeBase
    attribution: Attribution
    better: Better
    source: Source
    why: Text
    population: Population | None = None
    numerator: nodes.Value | None = None
    denominator: nodes.Value | Series | None = None
    reported: Reported | None = None
    places: int = 0
    programme: str = ""  # filled by the registry: the line of work whose folder declares it
    valid_from: date = date(1900, 1, 1)
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if self.population is None and self.reported is None:
            raise IndicatorError(f"{self.code} has neither a population nor a return; a figure needs one of them.")
        if (self.population is None) != (self.numerator is None):
            raise IndicatorError(f"{self.code}: a population and a numerator go together.")
        if self.numerator is not None:
            self._check_value(self.numerator, "numerator", ("bool", "int"))
        if isinstance(self.denominator, nodes.Value):
            self._check_value(self.denominator, "denominator", ("bool", "int"))
        if self.is_rate and self.counting_unit == "人次" and self._denominator_counts_people:
            raise IndicatorError(f"{self.code}: 人次 is never the numerator of a rate of 人. Count persons instead.")

    def _check_value(self, value: nodes.Value, role: str, types: tuple[str, ...]) -> None:
        assert self.population is not None
        allowed = self.population.rows.contract.table if self.population.rows is not None else None
        if value.type not in types:
            raise IndicatorError(f"{self.code}: its {role} is a {value.type}; it must be one of {', '.join(types)}.")
        if value.table not in (None, allowed):
            raise IndicatorError(f"{self.code}: its {role} is a value of the rows of {value.table}; count or pick them first.")

    @property
    def _denominator_counts_people(self) -> bool:
        return isinstance(self.denominator, Series) or (self.population is not None and self.population.rows is None)

    @property
    def is_rate(self) -> bool:
        """Whether the value is a quotient (of counts, or one reported without counts)."""
        return self.unit in ("%", "‰", "1/10万") or "/" in self.unit


def node(value: Expression | nodes.Value) -> nodes.Value:
    """The tree behind an expression; declarations accept either."""
    return value.node if isinstance(value, Expression) else value


def residents_where(
    name: str,
    label: Text,
    condition: Expression,
    *,
    organisation: Expression,
    breakdowns: tuple[Breakdown, ...] = (),
    sensitive: bool = False,
) -> Population:
    """A population of residents, attributed to the organisation that manages each on the cut-off."""
    return Population(
        name=name, label=label, attribution=Attribution.MANAGED_BY, condition=condition.node, organisation=organisation.node,
        breakdowns=breakdowns, sensitive=sensitive,
    )
