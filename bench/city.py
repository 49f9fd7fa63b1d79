"""A city laid out of one simulated county: eight counties in one ledger, under one tree, each with keys and codes of its own.

    python -m bench.city COUNTY_HOME CITY_HOME COUNTIES
    python -m bench.city HOME fit                         bring a home that older code made up to this one, or say why not

Simulating 7,200,000 residents one by one takes the best part of an hour; so one county of 900,000 is simulated, and the city's counties are
copies of it. A copy's keys (residents, households, records) stand APART from the next one's, its organisations bear its own code, and the
whole is sorted as the ledger sorts a base: by date over the whole city, not county by county. What the copies share is what their people
went through; a count over the city is therefore the county's, times the counties, and bench.measure_city holds it to that.
"""

import json
import resource
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench.homes import DAY, enter

APART = 10**10  # a simulated county's keys stay below it
CITY, CITY_NAME, CITY_NAME_EN = "990100", "安平市卫生健康委员会", "Anping City Health Commission"
COUNTY = "990101"
MOST = 99  # counties that two digits number
MEMORY = "3GB"


def main(county: Path, city: Path, counties: int) -> dict[str, Any]:
    from taizhang.config.home import Home

    began = time.perf_counter()
    Home(city).create(kind="simulated", organisation=CITY, working_day=DAY)
    if (county / "parameters").exists():
        shutil.copytree(county / "parameters", city / "parameters")
    enter(city)
    from django.core.management import call_command

    from taizhang.ledger.consumer import sync

    call_command("migrate", verbosity=0, interactive=False)
    _lay_places(county, counties)
    rows = lay_ledger(county, counties)
    sync()  # the places' changes, which the ledger has no table for
    shutil.rmtree(city / "ledger" / "tmp", ignore_errors=True)
    return {
        "counties": counties,
        "rows": rows,
        "seconds": round(time.perf_counter() - began, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def fit(home: Path) -> dict[str, Any]:
    """Migrate. Raises RuntimeError where a table has other columns now: a pass of the consumer would build it anew, from a database that
    has none of its rows."""
    enter(home)
    from django.core.management import call_command

    from taizhang.ledger import layout, versions

    call_command("migrate", verbosity=0, interactive=False)
    stands = versions.latest_or_error().delta
    other = [t for t, contract in layout.contracts().items() if t in stands and stands[t][2] != layout.fingerprint(contract)]
    if other:
        raise RuntimeError(f"{home}: other columns in {', '.join(other)}; make the home anew")
    return {}


def code_of(number: int) -> str:
    """The division code of the city's county of this number, counted from 1."""
    return f"{CITY[:4]}{number:02}"


# -- places ----------------------------------------------------------------------------------------------------------------------


def _lay_places(county: Path, counties: int) -> None:
    """Divisions, organisations and links of every county in the database, and the city above them."""
    from django.db import transaction

    from taizhang.county.changes import acting_as
    from taizhang.county.models import Division, Organisation, OrganisationLink
    from taizhang.county.organisations import add_organisation

    stored = sqlite3.connect(f"file:{county / 'taizhang.sqlite3'}?mode=ro", uri=True)
    stored.row_factory = sqlite3.Row
    with transaction.atomic(), acting_as("bench"):
        add_organisation(CITY, CITY_NAME, "bureau", parent=None, name_en=CITY_NAME_EN, above_counties=True)
        for number in range(1, counties + 1):
            # Parents first: a parent's code is shorter, or of the county's own.
            Division.objects.bulk_create(_of_county(Division, stored, number, "length(code), code"))
            Organisation.objects.bulk_create(_of_county(Organisation, stored, number, "code"))
            OrganisationLink.objects.bulk_create(_of_county(OrganisationLink, stored, number, "id"))
            OrganisationLink.objects.create(child_id=code_of(number), parent_id=CITY, valid_from=date(DAY.year - 20, 1, 1))
    stored.close()


def _of_county(model: Any, stored: sqlite3.Connection, number: int, order: str) -> Iterator[Any]:
    """The county's rows of a model with the codes of the county of this number."""
    fields = [field for field in model._meta.concrete_fields if field.name != "id"]
    for row in stored.execute(f'SELECT * FROM "{model._meta.db_table}" ORDER BY {order}'):
        values = {field.attname: field.to_python(row[field.column]) for field in fields}
        made = {name: _moved(value, number) for name, value in values.items()}
        if number > 1 and made.get("code") == code_of(number) and "name" in made:
            made["name"] = f"{made['name']}（{number}）"
        yield model(**made)


def _moved(value: Any, number: int) -> Any:
    return code_of(number) + value[len(COUNTY) :] if isinstance(value, str) and value.startswith(COUNTY) else value


# -- records ---------------------------------------------------------------------------------------------------------------------


def lay_ledger(county: Path, counties: int, kind: Any = None) -> int:
    """Every table of the county's latest version, once for each county, as the city's first version: of records that stand nowhere else,
    or of this kind. How many rows."""
    from taizhang.ledger import layout, reader, snapshot
    from taizhang.ledger.consumer import Draft, publish
    from taizhang.ledger.models import Kind
    from taizhang.ledger.tables import Handle

    files = _files_of(county)
    rows = 0
    with snapshot.consumer_lock(), reader.hardened(layout.folder().resolve(), (county / "ledger").resolve()) as connection:
        # Sorting the largest table in memory would take more than the measurements may.
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        draft = Draft.after(None, kind or Kind.DIRECT)
        for table, contract in layout.contracts().items():
            parts = files.get(table, {"base": [], "changes": []})
            present = reader.present_state(connection, contract, parts["base"], parts["changes"], same_columns=False)
            connection.execute(f'CREATE VIEW "{table}" AS {present}')
            whole = " UNION ALL ".join(_copy_of(connection, contract, number) for number in range(1, counties + 1))
            incoming = connection.execute(f"SELECT * FROM ({whole}) ORDER BY {layout.order(contract)}").to_arrow_reader(snapshot.FETCH)
            base, changes = Handle.open(contract, "base"), Handle.open(contract, "changes")
            written = base.overwrite(incoming.cast(layout.schema(contract, "base")))
            rows += sum(file.rows for file in written)
            draft.added += written
            draft.holds(contract, base, changes)
        publish(draft)
    return rows


def _files_of(county: Path) -> dict[str, dict[str, list[str]]]:
    """Per table and part the files of the county's latest version, in full."""
    stored = sqlite3.connect(f"file:{county / 'taizhang.sqlite3'}?mode=ro", uri=True)
    found: dict[str, dict[str, list[str]]] = {}
    for table, part, path in stored.execute('SELECT "table", part, path FROM ledger_ledgerfile WHERE dropped IS NULL ORDER BY id'):
        found.setdefault(table, {"base": [], "changes": []})[part].append(str((county / "ledger" / path).resolve()))
    stored.close()
    return found


def _copy_of(connection: Any, contract: Any, number: int) -> str:
    """SQL of the county's rows with the keys and codes of the county of this number."""
    texts = [column.name for column in contract.all_columns if column.type == "code"]
    begins = ", ".join(f"coalesce(bool_or(starts_with(\"{name}\", '{COUNTY}')), false)" for name in texts)
    coded = set()
    if texts:
        (flags,) = connection.execute(f'SELECT {begins} FROM "{contract.table}"').fetchall()
        coded = {name for name, flag in zip(texts, flags, strict=True) if flag}
    selected = []
    for column in contract.all_columns:
        name = f'"{column.name}"'
        if column.type == "int" and (column.source == "id" or column.source.endswith("_id")):
            selected.append(f"{name} + {(number - 1) * APART} AS {name}")
        elif column.name in coded:
            moved = f"'{code_of(number)}' || substr({name}, {len(COUNTY) + 1})"
            selected.append(f"CASE WHEN starts_with({name}, '{COUNTY}') THEN {moved} ELSE {name} END AS {name}")
        else:
            selected.append(name)
    return f'SELECT {", ".join(selected)} FROM "{contract.table}"'


if __name__ == "__main__":
    given = sys.argv[1:]
    print(json.dumps(fit(Path(given[0])) if given[1] == "fit" else main(Path(given[0]), Path(given[1]), int(given[2]))))
