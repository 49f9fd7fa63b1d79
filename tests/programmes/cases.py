"""Reading and running the worked cases that stand in a programme's cases/*.yaml.

    period: 2026-01..2026-03            # for all cases of the file; a case may state its own
    cases:
      - name: 一季度末已面对面随访1次的，计入
        given:
          resident: {birth: 1970-05-01}
          hypertension_case: [{enrolled_on: 2025-01-10}]
          hypertension_follow_up: [{visited_on: 2026-02-10, way: 1, systolic: 130, diastolic: 80}]
        expect: {hypertension.standard_by_pace: counted}

`given` names the resident (birth; sex, 1 unless stated; died_on) and rows of ledger tables, numbers in the unit people write (7.0).
Records about nobody (deeds, problems) need no resident.
The resident lives in the village from birth unless `residency` rows say otherwise, and each record is by that village's clinic unless
stated. What a record's model derives (class, next due date ...) is derived here by the model; a column stated in the case stands.

`expect` of an indicator: counted (in the numerator), gap (in the denominator or population only), outside (in neither), or "n/d"
where several rows of one resident count. `based_on` names another case of the file: its `given` holds where this one says nothing
else. A case with `boundary` is three: $day in it is replaced by each of three consecutive days.

`record` of a table: what the last of its rows is derived to. `refused` of a table: the entry rules its last row breaks.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
from django.apps import apps

from taizhang.county.models import Resident
from taizhang.county.recording import Record, StoredRecord
from taizhang.kernel.engines.duck import members as duck_members
from taizhang.kernel.engines.reference import ReferenceEngine
from taizhang.kernel.indicators import Indicator
from taizhang.kernel.parameters import read_yaml
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry

FROM_RETURNS = "returns.yaml"  # cases of figures that units report; run by the tests of returns
VILLAGE = "990101101201"
SQL_TYPES = {"int": "BIGINT", "date": "DATE", "bool": "BOOLEAN", "code": "VARCHAR"}
Tables = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Situation:
    """One resident with records, a period, and what must come out. number: the resident's key. kind: "boundary" for one of three days."""

    number: int
    file: Path
    name: str
    period: Period
    given: Mapping[str, Any]
    expect: Mapping[str, str]
    record: Mapping[str, Mapping[str, Any]]
    refused: Mapping[str, Sequence[str]]
    boundary: bool

    def __str__(self) -> str:
        return f"{self.file.parent.parent.name}/{self.file.stem}：{self.name}"


@lru_cache(maxsize=1)
def situations() -> tuple[Situation, ...]:
    """Every situation of every programme."""
    files = [path for programme in registry.programmes.values() for path in sorted((programme.folder / "cases").glob("*.yaml"))]
    files = [path for path in files if path.name != FROM_RETURNS]
    found: list[Situation] = []
    for path in files:
        content = read_yaml(path)
        by_name = {case["name"]: case for case in content["cases"]}
        for case in content["cases"]:
            if "based_on" in case:
                case["given"] = {**by_name[case["based_on"]]["given"], **case.get("given", {})}
            found.extend(_situations(path, case, str(case.get("period", content.get("period"))), len(found) + 1))
    return tuple(found)


def _situations(path: Path, case: dict[str, Any], period: str, number: int) -> Iterator[Situation]:
    allowed = {"name", "why", "period", "given", "expect", "record", "refused", "boundary", "based_on"}
    if unknown := set(case) - allowed:
        raise ValueError(
            f"{path.name}: {case.get('name')}: unknown key {', '.join(sorted(unknown))}; known are {', '.join(sorted(allowed))}"
        )
    common = {"file": path, "record": case.get("record", {}), "refused": case.get("refused", {})}
    if "boundary" not in case:
        yield Situation(
            number=number,
            name=case["name"],
            period=Period.parse(period),
            given=case["given"],
            expect=case.get("expect", {}),
            boundary=False,
            **common,
        )
        return
    days = sorted(case["boundary"])
    if len(days) != 3 or days != [days[0] + timedelta(days=n) for n in range(3)]:
        raise ValueError(f"{path.name}: {case['name']}: a boundary is three consecutive days: the day before, the day, the day after")
    for place, day in enumerate(days):
        yield Situation(
            number=number + place,
            name=f"{case['name']}（{day}）",
            period=Period.parse(period.replace("$day", day.isoformat())),
            given=_on(case["given"], day),
            expect=case["boundary"][day],
            boundary=True,
            **common,
        )


def _on(value: Any, day: date) -> Any:
    if isinstance(value, dict):
        return {key: _on(part, day) for key, part in value.items()}
    if isinstance(value, list):
        return [_on(part, day) for part in value]
    return day if value == "$day" else value


# -- records -----------------------------------------------------------------------------------------------------------------


def tables_of(situation: Situation) -> Tables:
    """The ledger's rows of one situation."""
    resident = situation.number
    if "resident" not in situation.given:
        return {table: _rows(table, rows, resident, date.min, situation.given) for table, rows in situation.given.items()}
    person = {"sex": "1", "registration": "1", "died_on": None, **situation.given["resident"]}
    tables: Tables = {
        "resident": [{"id": resident, "resident": resident, "birth_date": person.pop("birth"), **person}],
        "residency": [],
    }
    given = {"residency": [{"started_on": tables["resident"][0]["birth_date"]}], **situation.given}
    for table, rows in given.items():
        if table != "resident":
            tables[table] = _rows(table, rows, resident, tables["resident"][0]["birth_date"], given)
    return tables


def _rows(
    table: str, rows: list[dict[str, Any]], resident: int, birth: date, given: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    stated = _stated(table, rows, resident)
    derived = _derived(table, stated, birth, given or {})
    empty = {column.name: None for column in registry.contracts[table].all_columns}
    known = set(empty)
    return [{k: v for k, v in {**empty, **more, **row}.items() if k in known} for row, more in zip(stated, derived, strict=True)]


def _stated(table: str, rows: list[dict[str, Any]], resident: int) -> list[dict[str, Any]]:
    """The rows as the case states them, with what it need not say."""
    contract = registry.contracts[table]
    stated = []
    for place, row in enumerate(rows):
        if unknown := set(row) - {column.name for column in contract.all_columns}:
            raise ValueError(f"{table} has no column {', '.join(sorted(unknown))}")
        stored = {name: _stored(contract.column(name), value) for name, value in row.items()}
        whose = {"resident": resident} if contract.about_residents else {}
        stated.append({"organisation": VILLAGE, **stored, "id": resident * 100 + place, **whose})
    return stated


def _stored(column: Any, value: Any) -> Any:
    """A value as people write it, as the ledger stores it."""
    if value is None or column.type in ("date", "bool"):
        return value
    if column.type == "code":
        return str(value)
    return int(Decimal(str(value)).scaleb(column.places))


def _derived(table: str, rows: list[dict[str, Any]], birth: date, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the table's model makes of the rows: its defaults, and what it derives from the resident's history and what stands beside it."""
    contract = registry.contracts[table]
    if not issubclass(apps.get_model(contract.model), StoredRecord) or not rows:
        return [{} for _ in rows]
    history = _history(table, rows, birth, given)
    fields = {field.attname for field in history[0]._meta.concrete_fields}
    return [{c.name: getattr(record, c.source) for c in contract.columns if c.source in fields} for record in history]


def _history(table: str, rows: list[dict[str, Any]], birth: date, given: Mapping[str, Any]) -> list[StoredRecord]:
    """The rows as records of the model, derived, in the order of the rows."""
    contract = registry.contracts[table]
    model: type[StoredRecord] = apps.get_model(contract.model)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    sex = given.get("resident", {}).get("sex", "1")
    whose = {"resident": Resident(id=rows[0]["resident"], birth_date=birth, sex=sex)} if issubclass(model, Record) else {}
    beside: dict[str, list[StoredRecord]] = {}
    for label in model.BESIDE:
        other = apps.get_model(label).CONTRACT.table
        if given.get(other):
            records = _history(other, _stated(other, given[other], rows[0]["id"] // 100), birth, given)
            beside[label] = sorted(records, key=lambda r: (getattr(r, r.DAY), r.pk))
    history = []
    for row in rows:
        values = {contract.column(name).source: value for name, value in row.items()}
        record = model(**{name: value for name, value in values.items() if name in fields and name != "resident_id"}, **whose)
        record.beside = beside
        history.append(record)
    model.derive(sorted(history, key=lambda r: (getattr(r, model.DAY), r.pk)))
    return history


# -- figures -----------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def outcomes() -> dict[tuple[int, str, str], str]:
    """(situation, indicator, engine) -> what came out, for every expectation. Situations of one period share one database."""
    found: dict[tuple[int, str, str], str] = {}
    by_period: dict[Period, list[Situation]] = defaultdict(list)
    for situation in situations():
        if situation.expect:
            by_period[situation.period].append(situation)
    for period, group in by_period.items():
        tables: Tables = {name: [] for name in registry.contracts}
        for situation in group:
            for name, rows in tables_of(situation).items():
                tables[name].extend(rows)
        wanted = {code for situation in group for code in situation.expect}
        indicators = [indicator for code in sorted(wanted) if (indicator := registry.indicator(code, period.cutoff)) is not None]
        by_population: dict[str, list[Indicator]] = defaultdict(list)
        for indicator in indicators:
            assert indicator.population is not None, f"{indicator.code} has no population, so no case can be worked"
            by_population[indicator.population.name].append(indicator)
        reference, connection = ReferenceEngine(tables, registry.parameters), database(tables)
        for name, counted in by_population.items():
            population = registry.populations[name]
            for engine, lines in (
                ("reference", reference.members(population, counted, period)),
                ("duckdb", duck_members(connection, population, counted, period, registry.parameters)),
            ):
                for situation in group:
                    own = [line for line in lines if _situation_of(line) == situation.number]
                    for indicator in counted:
                        found[situation.number, indicator.code, engine] = _outcome(own, indicator)
        connection.close()
    return found


def _situation_of(line: Mapping[str, Any]) -> int:
    """The situation a member belongs to: by its resident, or by the key of a record about nobody."""
    return int(line["member"] // 100 if line["resident"] is None else line["resident"])


def _outcome(lines: list[dict[str, Any]], indicator: Indicator) -> str:
    code = indicator.code
    if any(line[f"{code}.n"] is True and line.get(f"{code}.d") is False for line in lines):
        return "counted above but not below"  # a rate that can pass 100 %
    eligible = [line for line in lines if line.get(f"{code}.d", True)]
    counted = [line for line in eligible if line[f"{code}.n"]]
    if not eligible:
        return "outside"
    if len(eligible) > 1:
        return f"{len(counted)}/{len(eligible)}"
    return "counted" if counted else "gap"


def database(tables: Tables) -> duckdb.DuckDBPyConnection:
    """The tables in an in-memory DuckDB."""
    connection = duckdb.connect()
    for name, rows in tables.items():
        columns = registry.contracts[name].all_columns
        connection.execute(f'CREATE TABLE "{name}" ({", ".join(f"{c.name} {SQL_TYPES[c.type]}" for c in columns)})')
        if rows:
            marks = ", ".join("?" for _ in columns)
            connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', [[row.get(c.name) for c in columns] for row in rows])
    return connection
