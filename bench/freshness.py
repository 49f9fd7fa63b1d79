"""From a committed save to the figure on the page, while others write: `python -m bench.freshness HOME [SECONDS WRITERS PAUSE]`.

The consumer runs as the child process that `serve` starts. WRITERS threads of another process save visits, each with exponential pauses of
PAUSE seconds on average, now and then correcting the last one. Beside them one reader writes a new visit, corrects one, deletes one, in
turn, and asks for the figures of that clinic, as its page does, until they show it: half-year, the one before and last year's. The home has
its records in the ledger alone, and the memberships that people look at were made before (`look`, once for a home).
"""

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.homes import DAY, PERIOD, SEED, enter, percentiles
from bench.saving import into_the_database, patients_of, until_at_rest, visit_of

SECONDS, WRITERS, PAUSE = 120, 50, 30.0
VISITS, CONTROLLED = "hypertension.visits", "hypertension.controlled"
LIMIT_SECONDS = 120.0
READY_SECONDS = 900.0
POLL = 0.05
PROBED = 60  # patients kept for the reader; no writer comes near their clinics


def look(home: Path) -> dict[str, Any]:
    """Make the memberships of the half-year and of the two that a page compares it with."""
    enter(home)
    from taizhang.config import home as homes
    from taizhang.figures.compute import figures
    from taizhang.kernel.periods import Period

    began = time.perf_counter()
    figures(Period.parse(PERIOD), homes.current().organisation, day=DAY, with_categories=False)
    made = sum(file.stat().st_size for file in (home / "ledger").glob("membership/*/*"))
    return {"seconds": round(time.perf_counter() - began, 1), "bytes": made}


def main(home: Path, seconds: int = SECONDS, writers: int = WRITERS, pause: float = PAUSE) -> dict[str, Any]:
    enter(home)
    from taizhang.ledger import process, versions
    from taizhang.ledger.consumer import sync

    probed, written = _shared_out(int(PROBED + 2 * writers * max(1.0, seconds / pause)))
    into_the_database([resident for resident, _ in (*probed, *written)])
    sync()
    _read(probed[0][1])
    consumer = process.start()
    crowd = None
    try:
        until_at_rest()
        _probes(probed[:1], 1, limit=READY_SECONDS)  # the first version since a consumer began readies what it keeps
        probed = probed[1:]
        first = versions.latest_or_error().number
        crowd = subprocess.Popen(
            [sys.executable, "-m", "bench.freshness", str(home), "write", str(seconds), str(writers), str(pause)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert crowd.stdin is not None
        assert crowd.stdout is not None
        crowd.stdin.write(json.dumps(written))
        crowd.stdin.close()
        crowd.stdout.readline()  # they are at work
        spent = _probes(probed, seconds)
        made = versions.latest_or_error().number - first
        wrote = json.loads(crowd.stdout.readlines()[-1])
    finally:
        if crowd is not None and crowd.poll() is None:
            crowd.kill()
        process.stop(consumer)
    return {
        "seconds": seconds, "writers": writers, "pause": pause, "versions": made, "wrote": wrote,
        "ledger": percentiles(spent.pop("ledger")),
        "all": percentiles([each for kind in spent.values() for each in kind]),
        **{kind: percentiles(each) for kind, each in spent.items() if each},
    }  # fmt: skip


def _shared_out(wanted: int) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Patients for the reader and for the writers, of other clinics."""
    patients = patients_of(wanted)
    clinics = {organisation for _, organisation in patients[:PROBED]}
    return patients[:PROBED], [each for each in patients[PROBED:] if each[1] not in clinics]


# -- the reader ------------------------------------------------------------------------------------------------------------------


def _probes(patients: list[tuple[int, str]], seconds: int, limit: float = LIMIT_SECONDS) -> dict[str, list[float]]:
    from taizhang.county import recording
    from taizhang.ledger import versions
    from taizhang.programmes.hypertension.models import FollowUp

    spent: dict[str, list[float]] = {"ledger": [], "new": [], "corrected": [], "deleted": []}
    ends = time.perf_counter() + seconds

    def shown(kind: str, organisation: str, change: Callable[[], object], place: int, by: int) -> None:
        before, version = _read(organisation), versions.latest_or_error().number
        change()
        began = time.perf_counter()  # committed
        reached = False
        while True:
            if not reached and versions.latest_or_error().number > version:
                spent["ledger"].append(time.perf_counter() - began)
                reached = True
            if _read(organisation)[place] == before[place] + by:
                spent[kind].append(time.perf_counter() - began)
                return
            if time.perf_counter() - began > limit:
                raise RuntimeError(f"a visit {kind} was not in the figure after {limit:.0f} seconds")
            time.sleep(POLL)

    for resident, organisation in patients:
        if time.perf_counter() > ends:
            break
        visit = FollowUp(**visit_of(resident, organisation))
        shown("new", organisation, lambda visit=visit: recording.save(visit, actor="bench", day=DAY), 0, 1)
        visit.systolic = 171
        shown("corrected", organisation, lambda visit=visit: recording.save(visit, actor="bench", day=DAY), 1, -1)
        shown("deleted", organisation, lambda visit=visit: recording.remove(visit, actor="bench", day=DAY), 0, -1)
    return spent


def _read(organisation: str) -> list[int]:
    from taizhang.figures.compute import figures
    from taizhang.kernel.periods import Period

    found = figures(Period.parse(PERIOD), organisation, indicators=[VISITS, CONTROLLED], day=DAY, with_categories=False)
    return [figure.numerator or 0 for figure in found]


# -- the writers -----------------------------------------------------------------------------------------------------------------


def write(home: Path, seconds: int, writers: int, pause: float) -> dict[str, Any]:
    """What the other process does: says a line when they are at work, and at the end how long saving took."""
    enter(home)
    patients = [tuple(each) for each in json.loads(sys.stdin.read())]
    spent: list[float] = []
    faults: list[str] = []
    ends = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=_writer, args=(number, patients[number::writers], pause, ends, spent, faults)) for number in range(writers)
    ]
    for thread in threads:
        thread.start()
    print("at work", flush=True)
    for thread in threads:
        thread.join()
    return {"saved": len(spent), "errors": len(faults), "kinds": sorted(set(faults)), **(percentiles(spent) if spent else {})}


def _writer(number: int, patients: list[tuple[int, str]], pause: float, ends: float, spent: list[float], faults: list[str]) -> None:
    from django.db import connection

    from taizhang.county import recording
    from taizhang.programmes.hypertension.models import FollowUp

    chance = random.Random(SEED + number)
    visit = None
    waiting = iter(patients)
    while (now := time.perf_counter()) < ends:
        time.sleep(min(chance.expovariate(1 / pause), max(0.0, ends - now)))
        following = next(waiting, None) if visit is None or chance.random() < 0.75 else None
        if following is not None:
            visit = FollowUp(**visit_of(*following))
        elif visit is None:
            break
        else:
            visit.diastolic = chance.randrange(70, 100)
        began = time.perf_counter()
        try:
            recording.save(visit, actor="bench", day=DAY)
            spent.append(time.perf_counter() - began)
        except Exception as error:  # counted and named; a writer goes on
            faults.append(type(error).__name__)
            visit = None
    connection.close()


if __name__ == "__main__":
    place, *rest = sys.argv[1:]
    if rest[:1] == ["look"]:
        print(json.dumps(look(Path(place))))
    elif rest[:1] == ["write"]:
        print(json.dumps(write(Path(place), int(rest[1]), int(rest[2]), float(rest[3]))))
    else:
        print(json.dumps(main(Path(place), *(kind(word) for kind, word in zip((int, int, float), rest, strict=False)))))
