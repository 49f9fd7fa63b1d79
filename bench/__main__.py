"""`python -m bench --size 100000`: every measurement at a size, one after the other, each in a process of its own.

Prints a table, writes build/bench-<size>.json and the size's section of docs/measured.md.
"""

import argparse
import json
import shutil
import sys
from typing import Any

from bench import homes, machine, report, textcheck

MEASUREMENTS = ("counting", "tracing", "saving", "importing", "searching", "simulating", "textcheck")


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("--size", type=int, default=100_000, metavar="RESIDENTS")
    asked.add_argument("--only", choices=MEASUREMENTS, action="append", help="may be given more than once; nothing is written then")
    options = asked.parse_args()
    found: dict[str, Any] = {"size": options.size, "machine": machine.described(), "load_before": machine.load()}
    for name in options.only or MEASUREMENTS:
        _say(f"{name} ...")
        found[name] = globals()[f"_{name}"](options.size)
    found["load_after"] = machine.load()
    print(report.table(found))
    if not options.only:
        (homes.ROOT / "build" / f"bench-{options.size}.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
        report.write(homes.ROOT / "docs" / "measured.md", found)


def _counting(size: int) -> dict[str, Any]:
    home, _ = homes.simulated(size, ledger_only=True)
    return homes.run("-m", "bench.counting", home).answer


def _tracing(size: int) -> dict[str, Any]:
    home, _ = homes.simulated(size, ledger_only=True)
    return homes.run("-m", "bench.tracing", home).answer


def _saving(size: int) -> dict[str, Any]:
    home, _ = homes.simulated(size, ledger_only=True)
    with homes.copied(home) as copy:  # it changes what it measures
        return homes.run("-m", "bench.saving", copy).answer


def _importing(size: int) -> dict[str, Any]:
    home, _ = homes.simulated(min(size, homes.DATABASE_SIZE), ledger_only=False)
    with homes.copied(home) as copy:
        return homes.run("-m", "bench.importing", copy, min(size, homes.IMPORTED)).answer


def _searching(size: int) -> dict[str, Any]:
    home = homes.BUILD / f"search-{size}"  # a database of its own; kept, as the simulated ones are
    made = home / "bench.json"
    if not made.exists() or made.read_text(encoding="utf-8") != homes.code():
        shutil.rmtree(home, ignore_errors=True)
    answer = homes.run("-m", "bench.search", home, size).answer
    made.write_text(homes.code(), encoding="utf-8")
    return answer


def _simulating(size: int) -> dict[str, Any]:
    return {
        "ledger_only": homes.simulated(size, ledger_only=True)[1],
        "database": homes.simulated(min(size, homes.DATABASE_SIZE), ledger_only=False)[1],
    }


def _textcheck(size: int) -> dict[str, Any]:
    return textcheck.measured()  # a text is a text, whatever the county's size


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
