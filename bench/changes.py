"""Evaluating again: what a ledger version with a few changed residents costs, beside all of them anew. `python -m bench.changes HOME`.

Of a home whose memberships are there (bench.freshness look). Five hundred patients get a visit each, then one patient; after each the
version is made and the half-year's memberships with their sums are brought up to it, then those of the two periods it is compared with, as
the consumer does it (figures.subscribe.refresh).
"""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from bench.counting import populations_of
from bench.homes import DAY, PERIOD, enter
from bench.saving import into_the_database, patients_of, visit_of

MANY = 500


def main(home: Path) -> dict[str, Any]:
    enter(home)
    from taizhang.county import recording
    from taizhang.figures.compute import Board
    from taizhang.figures.source import ledger_at
    from taizhang.figures.subscribe import follow, refresh
    from taizhang.kernel.periods import Period
    from taizhang.ledger import signals
    from taizhang.ledger.consumer import sync
    from taizhang.programmes.hypertension.models import FollowUp

    signals.forget(follow)  # here it is called and timed by hand

    def again() -> tuple[float, float]:
        """Seconds of the half-year, and of all."""
        ledger = ledger_at()
        began = time.perf_counter()
        board = Board(Period.parse(PERIOD), version=ledger, day=DAY)
        for population in populations_of(board):
            board.now.laid(population)
        half_year = time.perf_counter() - began
        refresh(ledger, DAY)
        return half_year, time.perf_counter() - began

    patients = patients_of(MANY + 1)
    into_the_database([resident for resident, _ in patients])
    sync()
    first, _ = again()  # takes in the rows that stood in the ledger alone, and reads the statements
    spent = {}
    for name, some in (("many", patients[:MANY]), ("one", patients[MANY:])):
        recording.apply_many(FollowUp, [visit_of(resident, organisation) for resident, organisation in some], actor="bench")
        began = time.perf_counter()
        sync()
        taken = time.perf_counter() - began
        half_year, whole = again()
        spent[name] = {
            "residents": len(some), "ledger_seconds": round(taken, 2), "seconds": round(half_year, 2), "all_seconds": round(whole, 2),
        }  # fmt: skip
    made = {file.name.partition("-")[0] for file in (home / "ledger" / "membership" / str(ledger_at().number)).glob("*.sums")}
    return {
        **spent,
        "first_seconds": round(first, 2),
        "populations": len(made),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
