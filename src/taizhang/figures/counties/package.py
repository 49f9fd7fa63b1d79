"""A package of figures 数字包: what a city needs of a county to give the county's figures and its own, and nothing about a person.

For a period, the one before and last year's: the sums of every population by organisation and category, with the fingerprint of each
definition they were counted by. Beside them the returns' cells, the population counts and the organisations with their links.
Of sensitive lines the sums stand at the county and its townships, none below.
"""

import gzip
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from operator import add
from typing import Any

from taizhang.figures.counting import Facts, indicators_of
from taizhang.figures.placing import Placing, Trees
from taizhang.figures.series import PopulationCount
from taizhang.figures.summing import Sums, Vector
from taizhang.kernel.indicators import Indicator, Population
from taizhang.kernel.periods import Period
from taizhang.kernel.query.fingerprint import fingerprint
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import registry

_FORMAT = 1
_MOST_BYTES = 512 << 20  # unpacked; a county's is a few megabytes
_CELL_DAYS = ("period_start", "period_end", "as_of")


class PackageError(Refusal, ValueError):
    """A package that cannot be read, or may not be taken; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class CountedPopulation:
    """The sums of one population in one period. definition: fingerprint of the population; indicators: of each of its indicators."""

    definition: str
    indicators: Mapping[str, str]
    sums: Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """kind: of the county's home (simulated numbers are never taken for real ones). stamp: when its ledger version was made. counted: by
    period, then by population."""

    organisation: str
    kind: str
    ledger_version: int
    stamp: str
    period: str
    trees: Mapping[str, Any]
    series: Sequence[PopulationCount]
    cells: Sequence[Mapping[str, Any]]
    empty: frozenset[str]
    counted: Mapping[str, Mapping[str, CountedPopulation]]

    def write(self) -> bytes:
        """As a file: compressed JSON whose first part is the SHA-256 of the rest."""
        body = json.dumps(self._plain(), ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_text)
        page = {"taizhang_package": _FORMAT, "sha256": hashlib.sha256(body.encode()).hexdigest(), "body": body}
        return gzip.compress(json.dumps(page, ensure_ascii=False).encode(), mtime=0)

    def _plain(self) -> dict[str, Any]:
        counted = {
            period: {
                name: {
                    "definition": of.definition,
                    "indicators": dict(of.indicators),
                    "columns": of.sums.columns,
                    "rows": [[*key, *vector] for key, vector in sorted(of.sums.rows.items())],
                }
                for name, of in populations.items()
            }
            for period, populations in self.counted.items()
        }
        return {
            "organisation": self.organisation, "kind": self.kind, "ledger_version": self.ledger_version, "stamp": self.stamp,
            "period": self.period, "trees": dict(self.trees), "series": [asdict(count) for count in self.series],
            "cells": [dict(cell) for cell in self.cells], "empty": sorted(self.empty), "counted": counted,
        }  # fmt: skip


def read(content: bytes) -> Package:
    """The package in a file. Raises PackageError for one that is damaged, none at all, or of another format."""
    try:
        page = json.loads(_unpacked(content))
        number, body = page["taizhang_package"], page["body"]
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        raise PackageError("这不是数字包，或文件已损坏。请县里用 taizhang package 重新生成。") from None
    if number != _FORMAT:
        raise PackageError(f"数字包格式为{number}，本机只认{_FORMAT}。请两边升级到同一版本。")
    if hashlib.sha256(body.encode()).hexdigest() != page.get("sha256"):
        raise PackageError("数字包的内容与校验值不符，传送中可能受损或被改动。请县里重新上报。")
    return _package(json.loads(body))


def _unpacked(content: bytes) -> bytes:
    with gzip.open(io.BytesIO(content)) as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ValueError("too large")
    return data


def _package(plain: dict[str, Any]) -> Package:
    counted = {
        period: {
            name: CountedPopulation(
                of["definition"], of["indicators"], Sums.of_rows(tuple(of["columns"]), {(r[0], r[1]): tuple(r[2:]) for r in of["rows"]})
            )
            for name, of in populations.items()
        }
        for period, populations in plain["counted"].items()
    }
    return Package(
        organisation=plain["organisation"], kind=plain["kind"], ledger_version=plain["ledger_version"], stamp=plain["stamp"],
        period=plain["period"], trees=plain["trees"],
        series=[PopulationCount(**{**count, "as_of": date.fromisoformat(count["as_of"])}) for count in plain["series"]],
        cells=[{**cell, **{d: date.fromisoformat(cell[d]) for d in _CELL_DAYS}} for cell in plain["cells"]],
        empty=frozenset(plain["empty"]), counted=counted,
    )  # fmt: skip


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


# -- making one ----------------------------------------------------------------------------------------------------------------


def periods_of(period: Period) -> tuple[Period, ...]:
    """The period and those it is compared with."""
    return tuple(dict.fromkeys((period, period.previous(), period.same_period_last_year())))


def wanted(period: Period, codes: Sequence[str] | None) -> dict[Period, dict[Population, list[Indicator]]]:
    """The populations of each period with all their indicators in force; with `codes`, those of these indicators only."""
    found: dict[Period, dict[Population, list[Indicator]]] = {}
    for each in periods_of(period):
        in_force = registry.indicators_on(each.cutoff)
        named = [i.population for i in in_force if i.population is not None and (codes is None or i.code in codes)]
        by_name = {population.name: population for population in named}
        found[each] = {population: indicators_of(population, in_force) for population in by_name.values()}
    return found


def pack(facts: Facts, trees: Trees, organisation: str, kind: str, period: Period, codes: Sequence[str] | None = None) -> Package:
    """The package of a county for a period, from one ledger version by the engine of `facts`."""
    tasks = [(each, *entry) for each, populations in wanted(period, codes).items() for entry in populations.items()]

    def counted(task: tuple[Period, Population, list[Indicator]]) -> CountedPopulation:
        each, population, indicators = task
        parameters = registry.parameters
        found = facts.engine.sums(facts.ledger, population, indicators, each, parameters)
        if population.sensitive or any(registry.rights_for(i) for i in indicators):
            found = _above_villages(found, Placing(trees.on(each.cutoff), trees))
        prints = {i.code: fingerprint(i, parameters, each.cutoff) for i in indicators}
        return CountedPopulation(fingerprint(population, parameters, each.cutoff), prints, found)

    # The first alone: it makes ready what all of them read, and asks the database for it, which threads must not.
    alone = 1 if facts.engine.at_once > 1 else len(tasks)
    done = [counted(task) for task in tasks[:alone]]
    with ThreadPoolExecutor(facts.engine.at_once) as pool:
        done += pool.map(counted, tasks[alone:])
    by_period: dict[str, dict[str, CountedPopulation]] = {str(each): {} for each in periods_of(period)}
    for (each, population, _), of in zip(tasks, done, strict=True):
        by_period[str(each)][population.name] = of
    ledger = facts.ledger
    return Package(
        organisation=organisation, kind=kind, ledger_version=ledger.number, stamp=ledger.stamp(ledger.number) or "", period=str(period),
        trees=trees.stored(), series=facts.populations.all, cells=list(facts.cells.rows.values()), empty=facts.empty, counted=by_period,
    )  # fmt: skip


def _above_villages(found: Sums, placing: Placing) -> Sums:
    """The same sums, what stands below a township counted as the township's."""
    rows: dict[tuple[str, str], Vector] = {}
    for (organisation, category), vector in found.rows.items():
        key = placing.tree.path(placing.node_of(organisation))[:2][-1], category
        rows[key] = tuple(map(add, rows.get(key, found.zero), vector))
    return Sums.of_rows(found.columns, rows)
