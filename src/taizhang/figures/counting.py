"""Counting: what an indicator is for a place in the tree and a period, from records, from returns, or from both.

Records: the membership's sums, laid over the tree. Returns: what returns.evaluate finds in the cells of the same ledger version. Where an
indicator has both, each unit is taken from its records if it has any, else from its return; a figure above such units is mixed.
Nothing here divides or rounds; that is arithmetic's.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence, Set
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

from taizhang.figures.engines import Engine
from taizhang.figures.membership import Membership, membership, tables_of
from taizhang.figures.model import Missing
from taizhang.figures.placing import Placing, spans_of
from taizhang.figures.reporting import ReportedCells
from taizhang.figures.series import Populations
from taizhang.figures.source import Ledger
from taizhang.figures.summing import Sums
from taizhang.kernel.arithmetic import rate
from taizhang.kernel.indicators import DataSource, Indicator, Population, Series, Status, TimeBase
from taizhang.kernel.periods import Period
from taizhang.kernel.query import nodes
from taizhang.kernel.query.walking import contracts_of, parameters_of
from taizhang.kernel.registry import Registry
from taizhang.kernel.text import Text
from taizhang.returns.evaluate import Finding

_RESIDENTS = {"resident", "residency"}
_MOST_KNOWN = 400  # counts of one indicator that a period keeps at hand; of all together some 30 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Exact counts of a figure, as whole numbers of the last of `places` decimals, and where they come from. value: only of a rate that
    was reported without counts. qualifier: the word reported with the number (约, 余, 多)."""

    numerator: int | None = None
    denominator: int | None = None
    places: int = 0
    value: Decimal | None = None
    status: Status = Status.OK
    source: DataSource = DataSource.RECORDED
    missing: tuple[Missing, ...] = ()
    reported_by: tuple[str, ...] = ()
    cells: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()
    qualifier: str = ""


def nobody_absent(indicator: Indicator, period: Period) -> tuple[Missing, ...]:
    """Of one county's own ledger nothing is lacking."""
    return ()


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one ledger version and the registry say, before a period is chosen. absent: where counties are rolled up, those whose count
    of an indicator is not there, and why."""

    ledger: Ledger
    registry: Registry
    populations: Populations
    cells: ReportedCells
    empty: frozenset[str]  # ledger tables without a single row: lines of work of which no records are kept here
    engine: Engine  # where sums are computed
    absent: Callable[[Indicator, Period], tuple[Missing, ...]] = nobody_absent


class Counts:
    """Counts of one period, laid over one tree. The tree may be of a later day: then last year's counts stand where their units
    stand now."""

    def __init__(self, facts: Facts, period: Period, placing: Placing) -> None:
        self.facts = facts
        self.period = period
        self.placing = placing
        self._recorded: dict[str, Laid] = {}
        self._known: dict[str, dict[tuple[str, str], Counted]] = {}  # by indicator
        self._ruleless: dict[str, bool] = {}
        self._kept_nowhere: dict[str, bool] = {}
        self._reporting: dict[str, frozenset[str]] = {}
        self._tables: dict[str, frozenset[str]] = {}
        self._by_records: dict[str, bool] = {}

    def take_over(self, earlier: "Counts", changed: Set[str]) -> None:
        """What was counted at an earlier version of the same ledger, by the same definitions and over the same tree, and cannot have
        changed since: all but what looks at a table with other rows. changed: those tables, none of returns or population counts."""
        self._tables, self._ruleless, self._by_records = dict(earlier._tables), dict(earlier._ruleless), dict(earlier._by_records)
        self._kept_nowhere, self._reporting = dict(earlier._kept_nowhere), dict(earlier._reporting)
        for name, laid in dict(earlier._recorded).items():
            if self.is_untouched(laid.population, changed):
                self._recorded[name] = laid.at(lambda population=laid.population: self.membership(population))  # type: ignore[misc]
        # What stands for both versions is one object for both: a version a second would copy thousands each time.
        self._known = {code: counted for code, counted in dict(earlier._known).items() if self.is_same(code, changed)}

    def is_same(self, code: str, changed: Set[str]) -> bool:
        """Whether an indicator's counts are what they were before these tables changed."""
        indicator = self.indicator(code)
        return indicator is None or indicator.population is None or self.is_untouched(indicator.population, changed)

    def is_untouched(self, population: Population, changed: Set[str]) -> bool:
        """Whether neither the population nor an indicator over it looks at one of these tables."""
        if population.name not in self._tables:
            self._tables[population.name] = frozenset(tables_of(population, self._indicators_over(population)))
        return not self._tables[population.name] & changed

    def indicator(self, code: str) -> Indicator | None:
        """The definition in force in this period."""
        return self.facts.registry.indicator(code, self.period.cutoff)

    def of(self, indicator: Indicator, node: str, category: str = "") -> Counted:
        of_indicator = self._known.setdefault(indicator.code, {})
        known = of_indicator.get((node, category))
        if known is None:
            known = self._without_absent(indicator, node, self._count(indicator, node, category))
            if len(of_indicator) >= _MOST_KNOWN:
                of_indicator.clear()
            of_indicator[node, category] = known
        return known

    def _without_absent(self, indicator: Indicator, node: str, counted: Counted) -> Counted:
        """What is counted of a place, some of whose counties are not in it: they are named, and of one of them nothing is said."""
        tree = self.placing.tree
        absent = tuple(m for m in self.facts.absent(indicator, self.period) if m.organisation in tree)
        if not absent:
            return counted
        own = tuple(m for m in absent if tree.is_under(node, m.organisation))
        below = tuple(m for m in absent if tree.is_under(m.organisation, node))
        if own:
            return Counted(status=Status.NOT_REPORTED, source=counted.source, missing=own)
        if not below or counted.status is Status.NO_RULE:
            return counted
        some = counted.status in (Status.OK, Status.PARTIAL, Status.NOBODY_ELIGIBLE)
        return replace(counted, missing=(*counted.missing, *below), status=Status.PARTIAL if some else counted.status)

    def categories(self, indicator: Indicator, node: str) -> list[tuple[str, Text]]:
        """Its categories here with their names: of its population's breakdowns, else of its form."""
        if indicator.population is not None and not isinstance(indicator.denominator, Series) and self._has_records(indicator, node):
            return self.laid(indicator.population).categories(node)
        return self.facts.cells.categories(indicator)

    def laid(self, population: Population) -> "Laid":
        if population.name not in self._recorded:
            facts = self.facts
            counted = facts.engine.sums(facts.ledger, population, self._indicators_over(population), self.period, facts.registry.parameters)
            self._recorded[population.name] = Laid(population, counted, self.placing, lambda: self.membership(population))
        return self._recorded[population.name]

    def membership(self, population: Population) -> Membership:
        return membership(self.facts.ledger, population, self._indicators_over(population), self.period, self.facts.registry.parameters)

    def _indicators_over(self, population: Population) -> list[Indicator]:
        return indicators_of(population, self.facts.registry.indicators_on(self.period.cutoff))

    # -- which source ------------------------------------------------------------------------------------------------------

    def _count(self, indicator: Indicator, node: str, category: str) -> Counted:
        if self._without_rule(indicator):
            return Counted(status=Status.NO_RULE, source=DataSource.REPORTED if indicator.population is None else DataSource.RECORDED)
        if indicator.population is None:
            return self.reported(indicator, node, category)
        if indicator.reported is None:
            return self.recorded(indicator, node, category)
        if not self._has_records(indicator, node):
            reported = self.reported(indicator, node, category)
            # Without records anywhere the county works by returns; then silence is a missing return, not a nought.
            from_records = reported.status is Status.NOT_REPORTED and self._works_from_records(indicator)
            return self.recorded(indicator, node, category) if from_records else reported
        units = self._reporting_units(indicator, node)
        recorded = self.recorded(indicator, node, category)
        return self._mixed(indicator, node, category, recorded, units) if units else recorded

    def _has_records(self, indicator: Indicator, node: str) -> bool:
        """Whether the line of work's records say anything of this place. Where others make the denominator (residents, another line's
        patients), that they are there does not show that this line is written down here: only what is counted does."""
        assert indicator.population is not None
        if self.is_kept_nowhere(indicator):
            return False
        laid = self.laid(indicator.population)
        if laid.sum(node, f"{indicator.code}.n"):
            return True
        return self._makes_its_population(indicator) and bool(laid.sum(node, f"{indicator.code}.d"))

    def _works_from_records(self, indicator: Indicator) -> bool:
        assert indicator.population is not None
        if self.is_kept_nowhere(indicator):
            return False
        if not self._makes_its_population(indicator):
            return True
        root = self.placing.tree.root
        return self._has_records(indicator, root) or self._keeps_records(indicator.population, root)

    def _keeps_records(self, population: Population, node: str) -> bool:
        """Whether the line's own records make members here, so that nothing counted among them is a nought: births, and no mother dead."""
        return self._kept(population) != {"resident"} and bool(self.laid(population).members(node, ""))

    def _reporting_units(self, indicator: Indicator, node: str) -> list[str]:
        """Below a place with records: the highest units that have none and have handed in the return."""
        found: list[str] = []
        places = self._places(indicator)
        for child in self.placing.tree.children(node) if places else ():
            if child not in places:
                continue
            if self._has_records(indicator, child):
                found += self._reporting_units(indicator, child)
            elif self.reported(indicator, child, "").status in (Status.OK, Status.PARTIAL):
                found.append(child)
        return found

    def _mixed(self, indicator: Indicator, node: str, category: str, recorded: Counted, units: list[str]) -> Counted:
        assert indicator.population is not None
        if recorded.numerator is None:
            return recorded  # not yet due: neither source has the annual figure before the year's end
        parts = [self.reported(indicator, unit, category) for unit in units]
        if recorded.denominator is not None and isinstance(indicator.denominator, nodes.Value):
            # Those who live where a return is taken stand in it, not among the records a second time.
            there = sum(self.laid(indicator.population).sum(unit, f"{indicator.code}.d", category) for unit in units)
            recorded = replace(recorded, denominator=recorded.denominator - there)
        scaled = _on_one_scale([recorded, *parts])
        denominator = scaled[0].denominator
        if isinstance(indicator.denominator, nodes.Value):
            denominator = sum(part.denominator for part in scaled if part.denominator is not None)
        missing = tuple(dict.fromkeys(m for part in (recorded, *parts) for m in part.missing))
        status = Status.PARTIAL if missing else Status.OK
        whole = replace(
            recorded,
            numerator=sum(part.numerator for part in scaled if part.numerator is not None),
            denominator=denominator,
            places=scaled[0].places,
            source=DataSource.MIXED,
            missing=missing,
            reported_by=tuple(units),
            cells=tuple(sorted({c for part in parts for c in part.cells})),
            findings=tuple(f for part in parts for f in part.findings),
            status=Status.NOT_REPORTED if recorded.status is Status.NOT_REPORTED else status,
        )
        return _judged(indicator, whole)

    # -- records -----------------------------------------------------------------------------------------------------------

    def recorded(self, indicator: Indicator, node: str, category: str = "") -> Counted:
        """From membership alone."""
        assert indicator.population is not None
        if self.is_kept_nowhere(indicator):
            # Not a nought: nobody writes these records here.
            what = Text(f"{indicator.population.label.zh}的记录", f"records of: {indicator.population.label.en}")
            return Counted(status=Status.NOT_REPORTED, missing=(Missing(node, self.placing.name(node), what),))
        laid = self.laid(indicator.population)
        numerator = laid.sum(node, f"{indicator.code}.n", category)
        places = 0 if indicator.is_rate else indicator.places
        counted = Counted(numerator=numerator, places=places)
        if indicator.time_base is TimeBase.ANNUAL and not (self.period.kind == "year" and self.period.cutoff == self.period.year_end):
            return replace(counted, numerator=None, status=Status.NOT_YET_DUE)
        if isinstance(indicator.denominator, Series):
            if category:
                return replace(counted, status=Status.NOT_REPORTED)
            return self._over_population(indicator, counted, indicator.denominator, node)
        if indicator.denominator is None:
            return counted
        denominator = laid.sum(node, f"{indicator.code}.d", category)
        status = Status.OK
        if denominator == 0 and indicator.time_base is TimeBase.MATURED and laid.members(node, category):
            status = Status.NOT_YET_DUE
        elif denominator == 0 and indicator.is_rate:
            status = Status.NOBODY_ELIGIBLE
        return Counted(numerator=numerator, denominator=denominator, places=places, status=status)

    def is_kept_nowhere(self, indicator: Indicator) -> bool:
        """Whether the county has not one record of what makes the population; of an indicator that units can report instead, not one of
        its line of work's own: residents without a single contract are no coverage of 0 %, contracts are not written down here."""
        if indicator.code not in self._kept_nowhere:
            assert indicator.population is not None
            own = self._own_tables(indicator) if indicator.reported is not None else set()
            nowhere = self._kept(indicator.population) <= self.facts.empty or (bool(own) and own <= self.facts.empty)
            self._kept_nowhere[indicator.code] = nowhere
        return self._kept_nowhere[indicator.code]

    def _makes_its_population(self, indicator: Indicator) -> bool:
        """Whether records of the indicator's own line of work decide who is in its population."""
        assert indicator.population is not None
        if indicator.code not in self._by_records:
            tables = self._kept(indicator.population)
            self._by_records[indicator.code] = any(table != "resident" and self._is_own(indicator, table) for table in tables)
        return self._by_records[indicator.code]

    def _own_tables(self, indicator: Indicator) -> set[str]:
        """Tables of its own line of work that the indicator looks at."""
        population = indicator.population
        assert population is not None
        below = indicator.denominator if isinstance(indicator.denominator, nodes.Value) else None
        trees = (population.condition, population.rows, indicator.numerator, below)
        return {table for table in _tables(*trees) - _RESIDENTS if self._is_own(indicator, table)}

    def _is_own(self, indicator: Indicator, table: str) -> bool:
        """Whether a table is not another line of work's."""
        programme = self.facts.registry.contracts[table].model.partition(".")[0]
        return programme == indicator.programme or programme not in self.facts.registry.programmes

    @staticmethod
    def _kept(population: Population) -> set[str]:
        """Ledger tables whose rows make the population: those of its line of work, else the residents themselves."""
        return _tables(population.condition, population.rows) - _RESIDENTS or {"resident"}

    def _over_population(self, indicator: Indicator, counted: Counted, series: Series, node: str) -> Counted:
        known = self.facts.populations.over(series, node, self.period.cutoff, self.placing)
        if known.value is None:
            return replace(counted, status=Status.NOT_REPORTED, missing=(*counted.missing, *known.missing))
        return _judged(indicator, replace(counted, denominator=known.value * 10**counted.places))

    # -- returns -----------------------------------------------------------------------------------------------------------

    def reported(self, indicator: Indicator, node: str, category: str = "") -> Counted:
        """From returns alone."""
        source = indicator.reported
        assert source is not None
        if node not in self._places(indicator):
            return Counted(status=Status.NOT_REPORTED, source=DataSource.REPORTED, missing=self._nobody(indicator, node))
        answers = self.facts.cells.answers(indicator, node, self.period, self.placing, category)
        top = answers.rate or answers.numerator
        if top is None:
            return Counted(status=Status.NOT_REPORTED, source=DataSource.REPORTED)
        counted = Counted(
            status=top.status,
            source=DataSource.REPORTED,
            missing=top.missing,
            reported_by=top.by,
            cells=top.cells,
            findings=top.findings,
            qualifier=top.qualifier,
        )
        if top.value is None:
            return replace(counted, missing=top.missing or self._nobody(indicator, node))
        if answers.rate is not None:
            return replace(counted, value=Decimal(top.value).scaleb(-top.places), status=Status.RATE_ONLY)
        counted = replace(counted, numerator=top.value, places=top.places)
        if isinstance(source.denominator, Series):
            if category:
                return replace(counted, status=Status.NOT_REPORTED)
            return self._over_population(indicator, counted, source.denominator, node)
        bottom = answers.denominator
        if bottom is None:
            return counted
        missing = tuple(dict.fromkeys((*top.missing, *bottom.missing)))
        counted = replace(
            counted, missing=missing, cells=tuple(sorted({*top.cells, *bottom.cells})), findings=(*top.findings, *bottom.findings)
        )
        if bottom.value is None:
            return replace(counted, status=Status.NOT_REPORTED)
        one, other = _on_one_scale([counted, Counted(numerator=bottom.value, places=bottom.places)])
        partial = Status.PARTIAL in (top.status, bottom.status)
        status = Status.PARTIAL if partial else Status.OK
        return _judged(indicator, replace(one, denominator=other.numerator, status=status))

    def _places(self, indicator: Indicator) -> frozenset[str]:
        if indicator.code not in self._reporting:
            self._reporting[indicator.code] = self.facts.cells.places(indicator, self.period, self.placing)
        return self._reporting[indicator.code]

    def _nobody(self, indicator: Indicator, node: str) -> tuple[Missing, ...]:
        """Nobody has reported: the place itself owes the return."""
        assert indicator.reported is not None
        cell = indicator.reported.numerator or indicator.reported.rate
        assert cell is not None
        form = self.facts.registry.forms[cell.form]
        element = form.element(cell.element)
        what = Text(f"《{form.name.zh}》{element.name.zh}", f"{form.name.en}, {element.name.en}")
        return (Missing(node, self.placing.name(node), what),)

    # -- rules -------------------------------------------------------------------------------------------------------------

    def _without_rule(self, indicator: Indicator) -> bool:
        """A parameter that the definition looks at has no value in force on the cut-off."""
        if indicator.code not in self._ruleless:
            population = indicator.population
            trees = [indicator.numerator, indicator.denominator if isinstance(indicator.denominator, nodes.Value) else None]
            if population is not None:
                trees += [population.condition, population.rows]
            used = parameters_of(*(tree for tree in trees if tree is not None))
            parameters = self.facts.registry.parameters
            self._ruleless[indicator.code] = any(parameters[name].at(self.period.cutoff) is None for name in used)
        return self._ruleless[indicator.code]


def _tables(*trees: nodes.Node | None) -> set[str]:
    return set(contracts_of(*(tree for tree in trees if tree is not None)))


def indicators_of(population: Population, indicators: Sequence[Indicator]) -> list[Indicator]:
    """Those of the indicators that are counted over the population."""
    return [i for i in indicators if i.population is not None and i.population.name == population.name]


def value_of(indicator: Indicator, counted: Counted) -> Decimal | None:
    """The printed number: divided and rounded here, once."""
    if counted.value is not None:
        return counted.value
    if counted.numerator is None or counted.status not in (Status.OK, Status.PARTIAL):
        return None
    if not indicator.is_rate:
        return Decimal(counted.numerator).scaleb(-counted.places)
    if counted.denominator is None:
        return None
    return rate(counted.numerator, counted.denominator, indicator.unit, indicator.places)


def _judged(indicator: Indicator, counted: Counted) -> Counted:
    if indicator.is_rate and counted.denominator == 0:
        return replace(counted, status=Status.NOBODY_ELIGIBLE)
    return counted


def _on_one_scale(parts: Sequence[Counted]) -> list[Counted]:
    """The parts as whole numbers of the finest last place among them."""
    places = max((part.places for part in parts), default=0)

    def scaled(number: int | None, part: Counted) -> int | None:
        return None if number is None else number * 10 ** (places - part.places)

    return [replace(p, numerator=scaled(p.numerator, p), denominator=scaled(p.denominator, p), places=places) for p in parts]


_NOWHERE = (0, 0)


@dataclass(frozen=True, slots=True)
class _Summed:
    """One category: where its organisations stand, from first to last, and each column summed up to there. What a place and all below it
    come to is the difference of two of these sums."""

    stands: list[int]
    columns: list["array[int]"]


class Laid:
    """A population's sums over the tree: each organisation of the membership belongs to the place where it stands, or stood last. The
    membership itself is made when someone asks who they are."""

    def __init__(self, population: Population, counted: Sums, placing: Placing, members: Callable[[], Membership]) -> None:
        self.population = population
        self.placing = placing
        self.sums = counted
        self._members = members
        self._spans = spans_of(placing.tree)
        self._stands = {code: self._spans[placing.node_of(code)][0] for code in self.sums.organisations}
        self._summed: dict[str, _Summed] = {}

    def at(self, members: Callable[[], Membership]) -> "Laid":
        """The same sums at another ledger version, which has the membership elsewhere."""
        other = copy(self)
        other._members = members
        other.__dict__.pop("membership", None)
        return other

    @cached_property
    def membership(self) -> Membership:
        return self._members()

    def organisations(self, node: str) -> list[str]:
        """Organisations of the membership, by their own codes, that stand at or below a place."""
        first, end = self._spans.get(node, _NOWHERE)
        return [code for code in self.sums.organisations if first <= self._stands[code] < end]

    def vector(self, node: str, category: str = "") -> tuple[int, ...]:
        summed, here, beyond = self._stretch(node, category)
        if here == beyond:
            return self.sums.zero
        return tuple([column[beyond] - column[here] for column in summed.columns])

    def _stretch(self, node: str, category: str) -> tuple["_Summed", int, int]:
        """The sums of a category, and between which two of them a place and all below it lie."""
        summed = self._summed.get(category)
        if summed is None:
            summed = self._summed[category] = self._summed_up(category)
        first, end = self._spans.get(node, _NOWHERE)
        return summed, bisect_left(summed.stands, first), bisect_left(summed.stands, end)

    def _summed_up(self, category: str) -> "_Summed":
        part = self.sums.parts.get(category)
        if part is None:
            return _Summed([], [])
        stands = [self._stands[code] for code in part.organisations]
        order = sorted(range(len(stands)), key=stands.__getitem__)
        columns = [array("q", accumulate((column[n] for n in order), initial=0)) for column in part.numbers]
        return _Summed([stands[n] for n in order], columns)

    def sum(self, node: str, column: str, category: str = "") -> int:
        place = self.sums.position.get(column)
        if place is None:
            return 0
        summed, here, beyond = self._stretch(node, category)
        return summed.columns[place][beyond] - summed.columns[place][here] if here != beyond else 0

    def members(self, node: str, category: str = "") -> int:
        return self.sum(node, "members", category)

    def categories(self, node: str) -> list[tuple[str, Text]]:
        """Every declared category, and those that hold members without one ("sex:")."""
        found = []
        for breakdown in self.population.breakdowns:
            declared = {f"{breakdown.name}:{code}": name for code, name in breakdown.categories}
            found += list(declared.items())
            for category in self.sums.categories:
                if category.startswith(f"{breakdown.name}:") and category not in declared and self.members(node, category):
                    code = category.partition(":")[2]
                    found.append((category, Text(f"{breakdown.label.zh}{code or '未填'}", f"{breakdown.label.en}: {code or 'not given'}")))
        return found
