"""From saving a visit to the figure that shows it: the save through its one door, the consumer as the child process that `serve` starts,
its refresh of the open half-year, and a reader that asks until the number is there.

The home has its records in the ledger alone. The residents visited, with all that is known of them, are first put into the database.
"""

import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench.homes import DAY, PERIOD, enter, percentiles

RUNS = 10
FIRST = "in the figure, the first since the consumer began"
INDICATOR = "hypertension.visits"
LIMIT_SECONDS = 60.0


def main(home: Path) -> dict[str, Any]:
    enter(home)
    from taizhang.figures.compute import figures
    from taizhang.kernel.periods import Period
    from taizhang.ledger import process, versions
    from taizhang.ledger.consumer import sync
    from taizhang.programmes.hypertension.models import FollowUp

    period = Period.parse(PERIOD)
    patients = patients_of(RUNS + 1)
    into_the_database([resident for resident, _ in patients])
    sync()
    figures(period, patients[0][1], day=DAY, with_categories=False)  # the memberships that people are looking at
    consumer = process.start()
    try:
        until_at_rest()
        spent = {"saved": [], "in the ledger": [], "in the figure": []}  # type: dict[str, list[float]]
        for resident, organisation in patients:
            before = _value(period, organisation)
            version = versions.latest_or_error().number
            began = time.perf_counter()
            _save(FollowUp, resident, organisation)
            spent["saved"].append(time.perf_counter() - began)
            for _ in _pauses(began):
                if versions.latest_or_error().number > version:
                    break
            spent["in the ledger"].append(time.perf_counter() - began)
            for _ in _pauses(began):
                if _value(period, organisation) == before + 1:
                    break
            spent["in the figure"].append(time.perf_counter() - began)
            until_at_rest()
    finally:
        process.stop(consumer)
    # At the first version since it began a consumer readies what it keeps from then on.
    return {**{name: percentiles(seconds[1:]) for name, seconds in spent.items()}, FIRST: percentiles(spent["in the figure"][:1])}


def _value(period: Any, organisation: str) -> int:
    from taizhang.figures.compute import figures

    (figure,) = figures(period, organisation, indicators=[INDICATOR], day=DAY, with_categories=False)
    return figure.numerator or 0


def visit_of(resident: int, organisation: str) -> dict[str, Any]:
    """A visit's answers, on the home's day."""
    return {
        "resident_id": resident, "organisation_id": organisation, "visited_on": DAY, "way": "1", "outcome": "1", "systolic": 132,
        "diastolic": 82, "adherence": "1", "adverse_reaction": "1", "new_complication": False, "danger_signs": False,
    }  # fmt: skip


def _save(model: Any, resident: int, organisation: str) -> None:
    from taizhang.county import recording

    recording.save(model(**visit_of(resident, organisation)), actor="bench", day=DAY)


def patients_of(wanted: int) -> list[tuple[int, str]]:
    """Patients under management without a visit on the day, spread over the county: resident and clinic."""
    from taizhang.ledger import reader

    lines = (
        reader.connect()
        .execute(
            "SELECT c.resident, home.organisation FROM hypertension_case c JOIN resident r USING (resident) "
            "JOIN residency home USING (resident) WHERE c.closed_on IS NULL AND r.died_on IS NULL AND home.ended_on IS NULL "
            "AND c.enrolled_on < ? AND c.resident NOT IN (SELECT resident FROM hypertension_follow_up WHERE visited_on = ?) "
            "ORDER BY hash(c.resident), c.resident LIMIT ?",
            [date(DAY.year, 1, 1), DAY, wanted],
        )
        .fetchall()
    )
    return [(resident, organisation) for resident, organisation in lines]


def into_the_database(residents: list[int]) -> None:
    """The residents with their residencies, cases and visits, as the ledger has them; who is there already is left alone."""
    from django.apps import apps
    from django.db import transaction

    from taizhang.county.changes import acting_as
    from taizhang.county.models import Resident
    from taizhang.kernel.registry import registry
    from taizhang.ledger import reader

    there = set(Resident.objects.filter(pk__in=residents).values_list("pk", flat=True))
    wanted = [resident for resident in residents if resident not in there]
    connection = reader.connect()
    with transaction.atomic(), acting_as("bench"):
        for table in ("resident", "residency", "hypertension_case", "hypertension_follow_up"):
            contract = registry.contracts[table]
            model = apps.get_model(contract.model)
            fields = {field.attname: field for field in model._meta.concrete_fields}
            named = [(place, c.source) for place, c in enumerate(contract.all_columns) if c.source in fields]
            columns = ", ".join(f'"{column.name}"' for column in contract.all_columns)
            made = []
            # One reading of a table for all of them: at 7.2 million residents it takes seconds.
            theirs = f'SELECT {columns} FROM "{table}" WHERE resident IN (SELECT unnest(?::BIGINT[]))'
            for row in connection.execute(theirs, [wanted]).fetchall():
                # What the ledger holds as missing is empty text in a field that cannot be null.
                values = {name: "" if row[place] is None and not fields[name].null else row[place] for place, name in named}
                made.append(model(**values, **({"name": "模拟居民"} if model is Resident else {})))
            model.objects.bulk_create(made, batch_size=200)


def _pauses(began: float) -> Iterator[None]:
    """Turns of a reader that asks again every 50 ms."""
    while time.perf_counter() - began < LIMIT_SECONDS:
        yield
        time.sleep(0.05)
    raise RuntimeError(f"the figure did not show the visit within {LIMIT_SECONDS:.0f} seconds")


def until_at_rest() -> None:
    """Wait until the consumer has nothing to do: no change waits, and for a second it has made no membership."""
    from taizhang.county.models import Change
    from taizhang.ledger import layout

    before, quiet = -1, 0
    while quiet < 10:
        there = sum(1 for _ in (layout.folder() / "membership").glob("*/*"))
        quiet = 0 if there != before or Change.objects.filter(taken=None).exists() else quiet + 1
        before = there
        time.sleep(0.1)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
