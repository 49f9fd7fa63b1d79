"""Findings 疑点: who meets the condition of a check, by the same engine, membership files and ledger version as the figures.

All checks on a population are evaluated by one query, as the indicators of it are. What became of a finding (confirmed, dismissed) is
kept elsewhere: here stands only what the records say.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from taizhang.figures.compute import Board
from taizhang.figures.counting import Laid
from taizhang.figures.membership import CODES, KEYS, listed, membership, reading
from taizhang.figures.sums import sums
from taizhang.kernel.checks import Check
from taizhang.kernel.indicators import Better, Indicator, TimeBase
from taizhang.kernel.query.walking import parameters_of
from taizhang.kernel.registry import registry
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text

_SOURCE = Source("数据质量核查", "", True)


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit of a check. member: the record's id, or the resident's where the check looks at residents; resident: None of a record about
    nobody."""

    check: Check
    member: int
    resident: int | None
    organisation: str
    organisation_name: Text

    @property
    def is_of_a_record(self) -> bool:
        return self.check.population.rows is not None


class Findings:
    """The findings of one period at one ledger version. Checks with a parameter that has no value in force find nothing."""

    def __init__(self, board: Board, checks: Iterable[Check] | None = None) -> None:
        self.board = board
        self.checks = {check.code: check for check in (registry.checks.values() if checks is None else checks)}
        self._laid: dict[str, Laid] = {}

    def count(self, code: str, organisation: str) -> int:
        """How many hits at an organisation and below it."""
        if not self._in_force(self.checks[code]):
            return 0
        return self._of(self.checks[code]).sum(organisation, f"{_column(self.checks[code])}.n")

    def members(
        self, code: str, organisation: str, *, only: Collection[int] | None = None, limit: int | None = None, offset: int = 0
    ) -> list[Finding]:
        """The hits, by organisation and resident. only: these members alone."""
        check = self.checks[code]
        if not self._in_force(check) or (only is not None and not only):
            return []
        laid = self._of(check)
        where = f'organisation IN ({CODES}) AND "{_column(check)}.n"'
        values: list[object] = [listed(laid.organisations(organisation))]
        if only is not None:
            where += f" AND member IN ({KEYS})"
            values.append(listed(sorted(only)))
        limited = "" if limit is None else f" LIMIT {max(0, int(limit))} OFFSET {max(0, int(offset))}"
        with reading() as connection:
            lines = connection.execute(
                f"SELECT member, resident, organisation FROM {laid.membership.relation} WHERE {where} "
                f"ORDER BY organisation, resident, member{limited}",
                values,
            ).fetchall()
        return [Finding(check, member, resident, place, laid.placing.name(place)) for member, resident, place in lines]

    def _in_force(self, check: Check) -> bool:
        trees = [t for t in (check.condition, check.population.rows, check.population.condition) if t is not None]
        day = self.board.period.cutoff
        return all(registry.parameters[name].at(day) is not None for name in parameters_of(*trees))

    def _of(self, check: Check) -> Laid:
        population = check.population
        if population.name not in self._laid:
            together = [c for c in self.checks.values() if c.population.name == population.name and self._in_force(c)]
            made = membership(self.board.ledger, population, _as_indicators(together), self.board.period, registry.parameters)
            self._laid[population.name] = Laid(population, sums(made), self.board.now.placing, lambda: made)
        return self._laid[population.name]


def _column(check: Check) -> str:
    return f"check.{check.code}"


def _as_indicators(checks: Sequence[Check]) -> list[Indicator]:
    """A check counts the members that meet its condition; told to the engine as an indicator that no registry holds."""
    return [
        Indicator(
            code=_column(check), name=check.name, unit="项", counting_unit="项", time_base=TimeBase.FLOW,
            attribution=check.population.attribution, better=Better.LOWER, source=_SOURCE, why=check.explanation,
            population=check.population, numerator=check.condition,
        )
        for check in checks
    ]  # fmt: skip
