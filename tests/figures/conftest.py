"""A small county in the database, and a ledger of tables in memory: figures read both as they read the real ones."""

import itertools
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from taizhang.county.models import OrganisationKind
from taizhang.county.organisations import add_organisation
from taizhang.kernel.contracts import RecordContract
from taizhang.kernel.registry import Registry, registry

ROOT, EAST, WEST, NORTH, CDC = "990101", "990101101", "990101102", "990101103", "990101-CDC"
EAST_1, EAST_2, WEST_1, NORTH_1 = "990101101201", "990101101202", "990101102201", "990101103201"
_DUCK = {"int": "BIGINT", "date": "DATE", "bool": "BOOLEAN", "code": "VARCHAR"}
_folders = itertools.count()

Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Registry:
    """The registry with the test's own line of work and the county, nothing else."""
    own = Registry()
    own.load(["taizhang.county", "taizhang.returns", "figures.line"])
    for name, value in vars(own).items():
        monkeypatch.setattr(registry, name, value)
    return registry


@dataclass
class Versions:
    """A ledger in memory: `publish` makes a version of the tables as they are now."""

    folder: Path
    tables: Tables = field(default_factory=dict)
    published: list[Tables] = field(default_factory=list)
    filled: dict[int, duckdb.DuckDBPyConnection] = field(default_factory=dict)

    def publish(self) -> "MemoryLedger":
        self.published.append(deepcopy(self.tables))
        self.filled.pop(len(self.published), None)
        return MemoryLedger(self, len(self.published))

    def add(self, table: str, **values: Any) -> int:
        rows = self.tables.setdefault(table, [])
        number = max((row["id"] for row in rows), default=0) + 1
        rows.append({"id": number, **values})
        return number

    def anew(self) -> "Versions":
        """Another ledger with nothing in it and a folder of its own."""
        folder = self.folder.with_name(f"ledger{next(_folders)}")
        folder.mkdir()
        return Versions(folder)

    def resident(self, organisation: str, *, birth: date = date(1980, 5, 5), sex: str = "1", since: date = date(2000, 1, 1)) -> int:
        number = self.add("resident", sex=sex, birth_date=birth, registration="1", died_on=None)
        self.tables["resident"][-1]["resident"] = number
        self.add("residency", resident=number, organisation=organisation, started_on=since, ended_on=None)
        return number

    def move(self, resident: int, organisation: str, day: date, last: date) -> None:
        for row in self.tables["residency"]:
            if row["resident"] == resident and row["ended_on"] is None:
                row["ended_on"] = last
        self.add("residency", resident=resident, organisation=organisation, started_on=day, ended_on=None)

    def visit(self, resident: int, organisation: str, day: date, cost: int = 0) -> int:
        return self.add("visit", resident=resident, organisation=organisation, visited_on=day, cost=cost)

    def population(self, organisation: str, value: int, as_of: date = date(2025, 12, 31)) -> None:
        self.add("population_count", series="resident_population", organisation=organisation, as_of=as_of, value=value)

    def cell(
        self, form: str, organisation: str, element: str, value: int, start: date, end: date, category: str = "", as_of: date | None = None
    ) -> int:
        return self.add(
            "return_cell", report=1, form=form, organisation=organisation, period_start=start, period_end=end, as_of=as_of or end,
            state="accepted", element=element, category=category, value=value, precision=None, qualifier="",
        )


@dataclass
class MemoryLedger:
    of: Versions
    number: int

    @property
    def folder(self) -> Path:
        return self.of.folder

    def stamp(self, number: int) -> str | None:
        return f"{self.folder.name} {number}" if 1 <= number <= len(self.of.published) else None

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own to the version's tables, which are filled once."""
        if self.number not in self.of.filled:
            self.of.filled[self.number] = duckdb.connect(":memory:")
            for contract in registry.contracts.values():
                _fill(self.of.filled[self.number], contract, self.of.published[self.number - 1].get(contract.table, []))
        return self.of.filled[self.number].cursor()

    def changed_since(self, older: int) -> list[int] | None:
        before, now = self.of.published[older - 1], self.of.published[self.number - 1]
        found: set[int] = set()
        for table in {*before, *now}:
            one = {row["id"]: row for row in before.get(table, [])}
            other = {row["id"]: row for row in now.get(table, [])}
            for key in {*one, *other}:
                if one.get(key) != other.get(key):
                    found |= {row["resident"] for row in (one.get(key), other.get(key)) if row and "resident" in row}
        return sorted(found)

    def tables_changed_since(self, older: int) -> set[str] | None:
        before, now = self.of.published[older - 1], self.of.published[self.number - 1]
        return {table for table in {*before, *now} if before.get(table) != now.get(table)}


def _fill(connection: duckdb.DuckDBPyConnection, contract: RecordContract, rows: list[dict[str, Any]]) -> None:
    columns = ", ".join(f'"{column.name}" {_DUCK[column.type]}' for column in contract.all_columns)
    connection.execute(f'CREATE TABLE "{contract.table}" ({columns})')
    if rows:
        places = ", ".join("?" for _ in contract.all_columns)
        values = [[row.get(column.name) for column in contract.all_columns] for row in rows]
        connection.executemany(f'INSERT INTO "{contract.table}" VALUES ({places})', values)


@pytest.fixture
def county(db: None) -> None:
    """A bureau with three townships, their village clinics, and a CDC that manages nobody."""
    since = date(2000, 1, 1)
    add_organisation(ROOT, "样例县卫生健康局", OrganisationKind.BUREAU, parent=None, since=since)
    for code, name in ((EAST, "东乡"), (WEST, "西乡"), (NORTH, "北乡")):
        add_organisation(code, f"{name}卫生院", OrganisationKind.TOWNSHIP_HOSPITAL, parent=ROOT, since=since)
    for code, parent in ((EAST_1, EAST), (EAST_2, EAST), (WEST_1, WEST), (NORTH_1, NORTH)):
        add_organisation(code, f"村{code[-6:]}卫生室", OrganisationKind.VILLAGE_CLINIC, parent=parent, since=since)
    add_organisation(CDC, "样例县疾控中心", OrganisationKind.CDC, parent=ROOT, since=since)


@pytest.fixture
def ledger(line: Registry, county: None, tmp_path: Path) -> Versions:
    folder = tmp_path / f"ledger{next(_folders)}"
    folder.mkdir()
    return Versions(folder)
