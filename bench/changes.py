"""Following: what a ledger version with a few changed residents costs, beside all of them anew. `python -m bench.changes HOME`.

Of a home whose memberships are there (bench.freshness look). After a first visit that readies what is kept from version to version, five
hundred patients get a visit each, then one patient; after each the version is made, and the memberships with their sums of the half-year
are brought up to it, as the consumer does it (figures/following). The two ended periods that it is compared with catch up after it; their
time stands with the ledger's, since nobody who looks at the half-year waits for them.
"""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from bench.homes import enter
from bench.saving import into_the_database, patients_of, visit_of

MANY = 500


def main(home: Path) -> dict[str, Any]:
    enter(home)
    from taizhang.county import recording
    from taizhang.figures.source import ledger_at
    from taizhang.figures.subscribe import follow
    from taizhang.ledger import signals
    from taizhang.ledger.consumer import sync
    from taizhang.programmes.hypertension.models import FollowUp

    followed: list[float] = []

    def timed(announcement: signals.Announcement) -> None:
        began = time.perf_counter()
        follow(announcement)
        followed.append(time.perf_counter() - began)

    signals.forget(follow)
    signals.on_new_version(timed)
    patients = patients_of(MANY + 2)
    into_the_database([resident for resident, _ in patients])
    sync()  # takes in the rows that stood in the ledger alone
    spent = {}
    for name, some in (("first", patients[:1]), ("many", patients[1 : MANY + 1]), ("one", patients[MANY + 1 :])):
        recording.apply_many(FollowUp, [visit_of(resident, organisation) for resident, organisation in some], actor="bench")
        began = time.perf_counter()
        sync()
        whole = time.perf_counter() - began
        spent[name] = {"residents": len(some), "ledger_seconds": round(whole - followed[-1], 2), "seconds": round(followed[-1], 2)}
    made = {file.name.partition("-")[0] for file in (home / "ledger" / "membership" / str(ledger_at().number)).glob("*.sums")}
    return {**spent, "populations": len(made), "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
