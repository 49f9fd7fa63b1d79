"""The figures of a city or province: its counties' packages laid over one tree.

The tree is the home's own organisations with each county's below. A county that the home does not place stands under its city, as the
division code says (990101 under 990100), and a city under the province (990000). A county whose count of an indicator is not there, or was
made by another definition, is named with the figure and is not in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import add
from pathlib import Path
from typing import Any

from taizhang.county.models import OrganisationKind
from taizhang.county.organisations import ALWAYS
from taizhang.figures.compute import Board
from taizhang.figures.counties.package import Package
from taizhang.figures.counting import Facts
from taizhang.figures.model import FigureError, Missing
from taizhang.figures.placing import Trees
from taizhang.figures.reporting import ReportedCells
from taizhang.figures.series import Populations
from taizhang.figures.summing import Sums, Vector, columns_of
from taizhang.kernel.indicators import Indicator, Population
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period
from taizhang.kernel.query.fingerprint import fingerprint
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text

_NOT_HANDED_UP = Text("未上报数字包", "no package of figures handed up")
_OTHER_PERIOD = Text("数字包没有该时段", "its package does not hold this period")
_OTHER_DEFINITION = Text("口径与本级不同，未计入", "counted by another definition, left out")
_CELLS_APART = 10**12  # keys of two counties' cells never meet


@dataclass(frozen=True, slots=True)
class Refused:
    """A county whose figures cannot be taken, and why."""

    organisation: str
    trees: Mapping[str, Any]
    why: Text


def board_over(root: str, period: Period, packages: Sequence[Package], refused: Sequence[Refused], day: date) -> Board:
    """The board of a city or province, its root organisation, with its cities and all organisations of its counties."""
    stored = _joined(Trees(root).stored(), [(p.organisation, p.trees) for p in packages] + [(r.organisation, r.trees) for r in refused])
    trees = Trees(root, stored)
    cells = [
        {**cell, "id": cell["id"] + _CELLS_APART * place, "report": cell["report"] + _CELLS_APART * place}
        for place, package in enumerate(packages, 1)
        for cell in package.cells
    ]
    facts = Facts(
        ledger=_NoLedger(),
        registry=registry,
        populations=Populations(count for package in packages for count in package.series),
        cells=ReportedCells(cells, registry.forms),
        empty=frozenset.intersection(*(p.empty for p in packages)) if packages else frozenset(registry.contracts),
        engine=_Packages(packages),
        absent=_Absent(packages, refused, trees),
    )
    return Board(period, day=day, trees=trees, facts=facts)


def counties_and_above(board: Board, packages: Sequence[Package], refused: Sequence[Refused]) -> list[str]:
    """The root, then each city with its counties."""
    counties = {*(p.organisation for p in packages), *(r.organisation for r in refused), *_waiting(packages, refused, board.tree)}
    above = {place for county in counties if county in board.tree for place in board.tree.path(county)}
    return [code for code in _in_depth(board.tree, board.tree.root) if code in above]


def _in_depth(tree: Any, code: str) -> list[str]:
    return [code, *(below for child in tree.children(code) for below in _in_depth(tree, child))]


# -- one tree --------------------------------------------------------------------------------------------------------------------


def _joined(own: Mapping[str, Any], counties: Sequence[tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
    organisations = {o["code"]: o for o in own["organisations"]}
    links = list(own["links"])
    placed = {link["child_id"] for link in links}
    for county, trees in counties:
        for organisation in trees["organisations"]:
            organisations.setdefault(organisation["code"], organisation)
        links += [link for link in trees["links"] if link["child_id"] not in placed]
        if county not in placed and county != own["root"]:
            above = _city_of(county, own["root"])
            links.append(_link(county, above))
            if above not in organisations:
                organisations[above] = _city(above)
                links.append(_link(above, own["root"]))
    return {"root": own["root"], "organisations": list(organisations.values()), "links": links}


def _city_of(county: str, root: str) -> str:
    """The division above a county in a province; else the root itself."""
    return f"{county[:4]}00" if root.endswith("0000") and county[:2] == root[:2] and not county.endswith("00") else root


def _city(code: str) -> dict[str, Any]:
    return {
        "code": code, "name": f"{code}市", "name_en": f"City {code}", "kind": str(OrganisationKind.BUREAU), "opened_on": None,
        "closed_on": None,
    }  # fmt: skip


def _link(child: str, parent: str) -> dict[str, Any]:
    return {"child_id": child, "parent_id": parent, "valid_from": ALWAYS.isoformat(), "valid_to": None}


def _waiting(packages: Sequence[Package], refused: Sequence[Refused], tree: Any) -> list[str]:
    """Bureaux of the home's tree that nobody stands below and nothing has come from."""
    here = {*(p.organisation for p in packages), *(r.organisation for r in refused)}
    bureaux = (code for code in tree.codes if tree.kind(code) == OrganisationKind.BUREAU and not tree.children(code))
    return [code for code in bureaux if code not in here and code != tree.root]


# -- what is not there -------------------------------------------------------------------------------------------------------------


class _Absent:
    def __init__(self, packages: Sequence[Package], refused: Sequence[Refused], trees: Trees) -> None:
        self._packages, self._refused, self._trees = packages, refused, trees
        self._known: dict[tuple[str, Period], tuple[Missing, ...]] = {}

    def __call__(self, indicator: Indicator, period: Period) -> tuple[Missing, ...]:
        key = indicator.code, period
        if key not in self._known:
            name = self._trees.name
            tree = self._trees.on(period.cutoff)
            found = [Missing(r.organisation, name(r.organisation), r.why) for r in self._refused]
            found += [Missing(code, name(code), _NOT_HANDED_UP) for code in _waiting(self._packages, self._refused, tree)]
            for package in self._packages:
                if (why := lacking(package, indicator, period)) is not None:
                    found.append(Missing(package.organisation, name(package.organisation), why))
            self._known[key] = tuple(found)
        return self._known[key]


def lacking(package: Package, indicator: Indicator, period: Period) -> Text | None:
    """Why a package says nothing of an indicator; None where it does. What units report is read from its cells, whatever the period."""
    if indicator.population is None:
        return None
    counted = package.counted.get(str(period), {}).get(indicator.population.name)
    if counted is None:
        return _OTHER_PERIOD
    ours = fingerprint(indicator.population, registry.parameters, period.cutoff), fingerprint(indicator, registry.parameters, period.cutoff)
    return None if (counted.definition, counted.indicators.get(indicator.code)) == ours else _OTHER_DEFINITION


class _Packages:
    """The engine of a city: what its counties have counted, added up."""

    at_once = 1

    def __init__(self, packages: Sequence[Package]) -> None:
        self._packages = packages

    def sums(
        self, ledger: object, population: Population, indicators: Sequence[Indicator], period: Period, parameters: Mapping[str, Parameter]
    ) -> Sums:
        columns = columns_of(indicators)
        rows: dict[tuple[str, str], Vector] = {}
        for package in self._packages:
            taken = {i.code for i in indicators if lacking(package, i, period) is None}
            if not taken:
                continue
            theirs = package.counted[str(period)][population.name].sums
            places = [theirs.position[c] if c == "members" or c.rpartition(".")[0] in taken else None for c in columns]
            for key, vector in theirs.rows.items():
                own = tuple(0 if place is None else vector[place] for place in places)
                rows[key] = tuple(map(add, rows[key], own)) if key in rows else own
        return Sums.of_rows(columns, rows)

    def forget(self, ledger: object) -> None:
        """Nothing is kept beside the packages."""


class _NoLedger:
    """Above the counties nobody's record is kept."""

    number = 0

    @property
    def folder(self) -> Path:
        raise FigureError("汇总各县得来的数字没有到人的明细。请到该县的台账里查看。")

    def stamp(self, number: int) -> str | None:
        return None

    def files(self) -> Mapping[str, Any]:
        return {}

    def connect(self) -> Any:
        return self.folder

    def changed_since(self, older: int) -> list[int] | None:
        return None

    def tables_changed_since(self, older: int) -> set[str] | None:
        return None
