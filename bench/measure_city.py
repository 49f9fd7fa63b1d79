"""`python -m bench.measure_city`: a city of 7,200,000 residents, beside its county of 900,000 and one of 100,000.

Steps, each in processes of its own, each kept below the bench's folder and skipped when it is there: the homes and PostgreSQL's copy
(--prepare makes these and stops; an hour of one core), then what is measured (about twenty minutes on a quiet machine). --anew measures
again what was measured; --only STEP does one. TAIZHANG_BENCH names another folder than build/bench. At the end the section of
docs/measured.md, when every step is there.
"""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import city, freshness, homes, machine, report_city
from bench.postgresql import SETTINGS

COUNTY, COUNTIES, SMALL = 900_000, 8, 100_000
ROUNDS = {"small": 3, "county": 3, "city": 2}


class Bench:
    """The homes of one city and what was found there."""

    def __init__(self, county: int, counties: int, small: int, *, keep: bool = False, seconds: int = freshness.SECONDS) -> None:
        self.sizes = {"small": small, "county": county, "city": county * counties}
        self.counties = counties
        self.keep = keep
        self.seconds = seconds
        self.results = homes.BUILD / f"city-{self.sizes['city']}.results"
        self.postgresql = homes.BUILD / f"city-{self.sizes['city']}-postgresql"
        self.preparing: dict[str, Callable[[], dict[str, Any]]] = {
            "make-county": lambda: self._simulated("county"),
            "make-city": self._laid_out,
            "make-small": lambda: self._simulated("small"),
            "look-county": lambda: self._looked("county"),
            "look-city": lambda: self._looked("city"),
            "load-postgresql": lambda: homes.run("-m", "bench.postgresql", self.home("city"), self.postgresql, "load").answer,
        }
        self.measuring: dict[str, Callable[[], dict[str, Any]]] = {
            "counting-small": lambda: self._on_copy("small", "bench.counting", ROUNDS["small"]),
            "counting-county": lambda: self._on_copy("county", "bench.counting", ROUNDS["county"]),
            "counting-city": lambda: self._on_copy("city", "bench.counting", ROUNDS["city"]),
            "postgresql-city": lambda: homes.run("-m", "bench.postgresql", self.home("city"), self.postgresql, "measure").answer,
            "changes-county": lambda: self._on_copy("county", "bench.changes"),
            "changes-city": lambda: self._on_copy("city", "bench.changes"),
            "freshness-county": lambda: self._on_copy("county", "bench.freshness", self.seconds),
            "freshness-city": lambda: self._on_copy("city", "bench.freshness", self.seconds),
        }

    def home(self, name: str) -> Path:
        return homes.BUILD / f"{'city' if name == 'city' else 'ledger'}-{self.sizes[name]}"

    def step(self, name: str, *, anew: bool = False) -> dict[str, Any]:
        """What a step found; done now if it was not, or not by this code."""
        file = self.results / f"{name}.json"
        known: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        if known and not anew and (self.keep or known["code"] == homes.code()):
            return known
        print(f"{name} ...", end=" ", file=sys.stderr, flush=True)
        load, began = machine.load(), time.perf_counter()
        found = {**self.preparing, **self.measuring}[name]()
        found = {**found, "code": homes.code(), "load_before": load, "step_seconds": round(time.perf_counter() - began, 1)}
        print(f"{found['step_seconds']:.0f} s", file=sys.stderr, flush=True)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
        return found

    def found(self) -> dict[str, Any] | None:
        """Everything, once every step is there and the city is what it says: its counties', so many times over."""
        names = [*self.preparing, *self.measuring]
        if not all((self.results / f"{name}.json").exists() for name in names):
            return None
        found = {name: json.loads((self.results / f"{name}.json").read_text(encoding="utf-8")) for name in names}
        one, all_of_them = found["counting-county"]["whole"], found["counting-city"]["whole"]
        if other := [name for name in one if all_of_them[name] != self.counties * one[name]]:
            raise AssertionError(f"{other[0]}: {all_of_them[other[0]]} in the city, {one[other[0]]} in each of {self.counties} counties")
        settings = ", ".join(f"{name} {value}" for name, value in SETTINGS.items())
        return {"sizes": self.sizes, "counties": self.counties, "machine": machine.described(), "settings": settings, **found}

    # -- steps ------------------------------------------------------------------------------------------------------------------

    def _simulated(self, name: str) -> dict[str, Any]:
        if self.keep and (made := self.home(name) / "bench.json").exists():
            return dict(json.loads(made.read_text(encoding="utf-8")))
        return homes.simulated(self.sizes[name], ledger_only=True)[1]

    def _laid_out(self) -> dict[str, Any]:
        shutil.rmtree(self.home("city"), ignore_errors=True)
        shutil.rmtree(self.postgresql, ignore_errors=True)
        return homes.run("-m", "bench.city", self.home("county"), self.home("city"), self.counties).answer

    def _looked(self, name: str) -> dict[str, Any]:
        return homes.run("-m", "bench.freshness", self.home(name), "look").answer

    def _on_copy(self, name: str, module: str, *arguments: object) -> dict[str, Any]:
        with homes.linked(self.home(name)) as copy:
            if self.keep:
                homes.run("-m", "bench.city", copy, "fit")
            return homes.run("-m", module, copy, *arguments).answer


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench.measure_city", description=__doc__)
    asked.add_argument("--county", type=int, default=COUNTY, metavar="RESIDENTS", help="of the county that is simulated")
    asked.add_argument("--counties", type=int, default=COUNTIES, help=f"at most {city.MOST}")
    asked.add_argument("--small", type=int, default=SMALL, metavar="RESIDENTS", help="of a small county, for the growth")
    asked.add_argument("--seconds", type=int, default=freshness.SECONDS, help="that 50 people write, for the freshness")
    asked.add_argument("--prepare", action="store_true", help="make the homes and PostgreSQL's copy, measure nothing")
    asked.add_argument("--anew", action="store_true", help="measure again what was measured; the homes stay")
    asked.add_argument("--only", action="append", metavar="STEP", help="this step alone, anew; may be given more than once")
    asked.add_argument("--keep", action="store_true", help="take homes and results that other code made as they are")
    options = asked.parse_args()
    bench = Bench(options.county, options.counties, options.small, keep=options.keep, seconds=options.seconds)
    for name in options.only or bench.preparing:
        bench.step(name, anew=bool(options.only))
    if not options.prepare and not options.only:
        for name in bench.measuring:
            bench.step(name, anew=options.anew)
    if (found := bench.found()) is not None:
        print(report_city.table(found))
        if bench.sizes["city"] == COUNTY * COUNTIES:
            report_city.write(homes.ROOT / "docs" / "measured.md", found)


if __name__ == "__main__":
    main()
