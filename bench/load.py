"""Writers and readers together against the real server: `python -m bench.load --size 300000` (or `make bench-load SIZE=300000`).

A simulated county in PostgreSQL behind the processes of the service's units, then in SQLite behind `taizhang serve`; each first with the
pauses of a working day, then without any. The loading process has the same two cores as the server. Every run has a copy of the county.

More residents than are simulated one by one into a database are laid out in PostgreSQL as a city of such counties (bench.city_records),
and measured there alone; half of those who watch over the whole then sit in the city's own bureau and institutions.
"""

import argparse
import asyncio
import json
import os
import random
import resource
import shutil
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import homes, machine, report, serving
from bench.users import (
    CYCLE,
    PATIENCE,
    PERIOD,
    READERS,
    READING,
    Account,
    Browser,
    Failed,
    Samples,
    User,
    accounts_for,
    read_on,
    write_visit,
)

WRITERS = 50
WARMING, PAUSED, UNPAUSED = 30, 120, 40  # seconds
PASSWORD = "a password of the bench"  # of every account of the copy
SEED = 5
_SEARCHES = 12
_AT_ONCE = 4  # sign in: a working day begins within minutes, not within a second
_POSTS = {"village_doctor": "village", "township_office": "township", "line_office": "line", "bureau_office": "bureau", "leader": "leader"}


@dataclass(frozen=True)
class Plan:
    """How many users, and for how long (seconds)."""

    writers: int = WRITERS
    readers: int = sum(READERS.values())
    warming: float = WARMING
    paused: float = PAUSED
    unpaused: float = UNPAUSED
    posts: dict[str, int] = field(default_factory=lambda: dict(READERS))  # the readers' shares by post
    ahead: int | None = None  # steps that are made in the night before; None: all
    least_visits: int = 0  # a run goes on until so many were saved, for PATIENCE seconds at most


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    asked.add_argument("--size", type=int, default=300_000, metavar="RESIDENTS")
    asked.add_argument("--copies", type=int, metavar="COUNTIES", help="as a city of so many counties; 1 for one county whatever its size")
    asked.add_argument("--only", choices=("postgresql", "sqlite"), help="nothing is written then")
    asked.add_argument("--prepare", action="store_true", help="only make the county in both databases")
    asked.add_argument("--home", type=Path, help="a simulated home with its records in SQLite, in place of one made for the bench")
    asked.add_argument("--seconds", type=float, default=PAUSED, help="of the run with pauses")
    asked.add_argument("--readers", type=int, default=sum(READERS.values()))
    asked.add_argument("--writers", type=int, default=WRITERS)
    options = asked.parse_args()
    plan = Plan(writers=options.writers, readers=options.readers, paused=options.seconds)
    copies = options.copies or (1 if options.home else -(-options.size // homes.DATABASE_SIZE))
    home = options.home.absolute() if options.home else homes.standing(options.size // copies)
    found: dict[str, Any] = {"size": options.size, "counties": copies, "machine": machine.described(), "load_before": machine.load()}
    for kind in (options.only,) if options.only else ("postgresql", "sqlite") if copies == 1 else ("postgresql",):
        found[kind] = measured(kind, home, plan, copies=copies, only_prepare=options.prepare)
    if options.prepare:
        return
    found["load_after"] = machine.load()
    (homes.BUILD.parent / f"load-{options.size}.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(report.load_table(found))
    if not options.only:
        report.write_load(homes.ROOT / "docs" / "measured.md", found)


def measured(kind: str, home: Path, plan: Plan, *, copies: int = 1, only_prepare: bool = False) -> dict[str, Any]:
    """Both runs on one database, in a process of their own."""
    if kind == "sqlite":
        if only_prepare:
            return {}
        night = _night(home, "", plan)
        with homes.copied(home) as copy:
            return _child(copy, "", plan) | {"database": "SQLite", "night": night}
    with serving.postgresql(homes.BUILD / "postgresql") as (server, what):
        home, name = _standing_in(server, home, copies)
        night = _night(home, serving.database(server, name), plan)
        if only_prepare:
            return {}
        copy = home.with_name(f"{home.name}-postgresql")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(home, copy, ignore=lambda *_: ["taizhang.sqlite3", "taizhang.sqlite3-wal", "taizhang.sqlite3-shm"])
        try:
            address = serving.remake(server, "load", name)
            warmed = serving.warm(address)
            return _child(copy, address, plan) | {"database": what, "night": night} | warmed
        finally:
            shutil.rmtree(copy, ignore_errors=True)
            serving.drop(server, "load")


def _standing_in(server: str, county: Path, copies: int) -> tuple[Path, str]:
    """A home whose database stands in PostgreSQL, and the database's name: the county's own, or a city's of so many copies of it. Made
    where it is not there yet; a city's ledger is held against it row for row."""
    name = f"{county.name}-{int((county / 'taizhang.sqlite3').stat().st_mtime)}"
    if not serving.exists(server, name):
        address = serving.remake(server, f"{name}-new", "template0")
        _tell(homes.run("-m", "bench.load", "carry", county, address, environment={"TAIZHANG_DATABASE_URL": address}).answer)
        serving.rename(server, f"{name}-new", name)
    if copies == 1:
        return county, name
    city, laid = county.with_name(f"{county.name}-times-{copies}"), f"{name}-times-{copies}"
    if not serving.exists(server, laid):
        address = serving.remake(server, f"{laid}-new", name)
        on_it = {"TAIZHANG_DATABASE_URL": address}
        _tell(homes.run("-m", "bench.city_records", county, city, copies, environment=on_it).answer)
        homes.run("-m", "bench.cli", "verify", "--home", city, environment=on_it)  # ends with an error where any row differs
        serving.rename(server, f"{laid}-new", laid)
    return city, laid


def _night(home: Path, address: str, plan: Plan) -> dict[str, Any]:
    """What the consumer makes ahead in the night before; once, for all copies of the home."""
    noted = home / "night.json"
    if not noted.exists():
        steps = "" if plan.ahead is None else plan.ahead
        made = homes.run("-m", "bench.load", "night", home, steps, environment={"TAIZHANG_DATABASE_URL": address}).answer
        _tell(made)
        noted.write_text(json.dumps(made), encoding="utf-8")
    found: dict[str, Any] = json.loads(noted.read_text(encoding="utf-8"))
    return found


def prepared(at_most: int | None) -> dict[str, Any]:
    from taizhang.figures.preparing import prepare

    began = time.perf_counter()
    made = prepare(homes.DAY, at_most)
    return {"steps": made, "seconds": round(time.perf_counter() - began, 1)}


def _tell(made: dict[str, Any]) -> None:
    print(made, file=sys.stderr, flush=True)


def _child(home: Path, address: str, plan: Plan) -> dict[str, Any]:
    environment = {"TAIZHANG_DATABASE_URL": address}
    return homes.run("-m", "bench.load", "run", home, json.dumps(vars(plan)), environment=environment).answer


# -- one database --------------------------------------------------------------------------------------------------------------


def run(home: Path, plan: Plan) -> dict[str, Any]:
    """Set the copy's passwords, start the site, let the users in and measure."""
    homes.enter(home)
    from taizhang.county.tables import make_tables

    make_tables()
    accounts, visited = _accounts(), _visited()
    _same_password()
    with serving.site(home, os.environ.get("TAIZHANG_DATABASE_URL") or None) as port:
        began = time.process_time()
        found = asyncio.run(_both(port, accounts, visited, plan))
        found["loader_cpu_seconds"] = round(time.process_time() - began, 1)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    if found["first_error"]:
        found["first_error"] += "\n" + serving.first_fault()
    return found | {"server_cpu_seconds": round(usage.ru_utime + usage.ru_stime, 1)}


def _accounts() -> dict[str, list[Account]]:
    """By post, who may sign in, with people of theirs to search for."""
    from taizhang.county.models import Residency, Staff

    found: dict[str, list[Account]] = {}
    rows = Residency.objects.filter(ended_on__isnull=True).select_related("resident")
    for staff in Staff.objects.filter(role__in=_POSTS).order_by("username"):
        place = staff.organisation_id
        people = [row.resident for row in rows.filter(organisation_id__gte=place[:12], organisation_id__lt=f"{place[:12]}~")[:_SEARCHES]]
        texts = [text for p in people for text in (p.name, p.name[:2], p.initials, p.phone, p.record_number or "") if text]
        post = _POSTS[staff.role]
        seen = place if post in ("village", "township") else place[:6]
        found.setdefault(post, []).append(Account(staff.username, post, seen, tuple(texts) or ("王",)))
    return {post: _half_of_the_root(accounts) for post, accounts in found.items()}


def _half_of_the_root(accounts: list[Account]) -> list[Account]:
    """Where some sit above the counties, in the city, they are as many as those of all counties, in an order of chance."""
    from taizhang.config import home

    root = home.current().organisation
    above, below = [a for a in accounts if a.organisation == root], [a for a in accounts if a.organisation != root]
    if not above or not below:
        return accounts
    mixed = [each for place, own in enumerate(below) for each in (above[place % len(above)], own)]
    random.Random(SEED).shuffle(mixed)
    return mixed


def _visited() -> set[int]:
    """Residents with a visit on the county's day: a second one of the same day would be refused."""
    from taizhang.programmes.diabetes.models import FollowUp as DiabetesVisit
    from taizhang.programmes.hypertension.models import FollowUp

    return {
        r for model in (FollowUp, DiabetesVisit) for r in model.objects.filter(visited_on=homes.DAY).values_list("resident_id", flat=True)
    }


def _same_password() -> None:
    from django.contrib.auth.hashers import make_password

    from taizhang.county.models import Staff

    Staff.objects.update(password=make_password(PASSWORD))


async def _both(port: int, accounts: dict[str, list[Account]], visited: set[int], plan: Plan) -> dict[str, Any]:
    samples = Samples()
    writers, readers = _users(port, accounts, plan, samples)
    samples.on = True
    first = await _first_board(Browser(port, samples), accounts) if "bureau" in plan.posts else None
    began = time.perf_counter()
    door = asyncio.Semaphore(_AT_ONCE)
    await asyncio.gather(*(_entered(user, door) for user in (*writers, *readers)))
    signing_in = {"seconds": round(time.perf_counter() - began, 1), **_told(samples, 1.0)}
    found: dict[str, Any] = {"writers": len(writers), "readers": len(readers), "first_board_seconds": first, "signing_in": signing_in}
    for name, seconds, pauses in (("paused", plan.paused, True), ("unpaused", plan.unpaused, False)):
        if seconds:
            samples.on = False
            samples.seconds.clear()
            samples.errors.clear()
            warming = plan.warming if pauses else plan.warming / 3
            found[name] = await _measured(writers, readers, visited, samples, warming, seconds, pauses, plan.least_visits)
    for user in (*writers, *readers):
        user.browser.close()
    return found | {"first_error": samples.first_error}


async def _first_board(browser: Browser, accounts: dict[str, list[Account]]) -> float:
    """Seconds that the first reader of the day waits for the county's board: each process of the site reads then what was counted in the
    night. The others come after."""
    user = User(accounts["bureau"][0], browser, random.Random(SEED))
    await user.sign_in(PASSWORD)
    began = time.perf_counter()
    await browser.get("first board", f"/board/{user.account.organisation}/?period={PERIOD}")
    browser.close()
    return round(time.perf_counter() - began, 1)


def _users(port: int, accounts: dict[str, list[Account]], plan: Plan, samples: Samples) -> tuple[list[User], list[User]]:
    chance = random.Random(SEED)

    def users(number: int, post: str) -> list[User]:
        taken = accounts_for(number, accounts[post])
        return [User(account, Browser(port, samples), random.Random(chance.random()), share) for account, share in taken]

    whole = sum(plan.posts.values())
    readers = []
    for post, number in plan.posts.items():
        readers += users(max(1, round(number * plan.readers / whole)), post)
    return users(plan.writers, "village"), readers[: plan.readers]


async def _entered(user: User, door: asyncio.Semaphore) -> None:
    async with door:
        await user.sign_in(PASSWORD)


async def _measured(
    writers: list[User], readers: list[User], visited: set[int], samples: Samples, warming: float, seconds: float, pauses: bool, least: int
) -> dict[str, Any]:
    visits: Counter[str] = Counter()
    tasks = [asyncio.create_task(_writing(user, visited, visits, samples, pauses)) for user in writers]
    tasks += [asyncio.create_task(_reading(user, pauses)) for user in readers]
    await asyncio.sleep(warming)
    samples.on = True
    began = time.perf_counter()
    await asyncio.sleep(seconds)
    while visits["saved"] < least and time.perf_counter() - began < PATIENCE:
        await asyncio.sleep(0.1)
    samples.on = False
    spent = time.perf_counter() - began
    waiting = set(tasks)
    while waiting:  # wait_for of Python 3.11 can swallow a cancellation that comes with the answer
        for task in waiting:
            task.cancel()
        _, waiting = await asyncio.wait(waiting, timeout=1)
    for task in tasks:  # a fault of the bench itself is not to be taken for silence
        if not task.cancelled() and (fault := task.exception()) is not None:
            raise fault
    for user in (*writers, *readers):
        user.browser.close()
    return _told(samples, spent) | {"visits": visits["saved"], "nobody_due": visits["nobody due"]}


async def _writing(user: User, visited: set[int], visits: Counter[str], samples: Samples, pauses: bool) -> None:
    async def pause(seconds: float) -> None:
        if pauses:
            await asyncio.sleep(seconds)

    await pause(user.chance.uniform(0, CYCLE))
    while True:
        began = time.perf_counter()
        try:
            saved = await write_visit(user, visited, pause)
        except Failed:
            await asyncio.sleep(1)
            continue
        if samples.on:
            visits["saved" if saved else "nobody due"] += 1
        await pause(max(0.0, CYCLE - (time.perf_counter() - began)))
        if not saved and not pauses:
            return  # the whole village has been visited


async def _reading(user: User, pauses: bool) -> None:
    if pauses:
        await asyncio.sleep(user.chance.expovariate(1 / READING))
    while True:
        try:
            await read_on(user)
        except Failed:
            await asyncio.sleep(1)
        if pauses:
            await asyncio.sleep(user.chance.expovariate(1 / READING))


_FILES = ("export to Excel",)


def _told(samples: Samples, seconds: float) -> dict[str, Any]:
    """Percentiles by kind, of all pages together (files apart) and what went wrong."""
    kinds = {kind: _percentiles(spent) for kind, spent in sorted(samples.seconds.items())}
    pages = [spent for kind, every in samples.seconds.items() if kind not in _FILES for spent in every]
    return {
        "kinds": kinds,
        "pages": _percentiles(pages),
        "requests": sum(len(spent) for spent in samples.seconds.values()),
        "per_second": round(sum(len(spent) for spent in samples.seconds.values()) / seconds, 1),
        "errors": dict(Counter(f"{kind}: {what}" for kind, what in samples.errors)),
    }


def _percentiles(seconds: list[float]) -> dict[str, float]:
    if not seconds:
        return {"runs": 0}
    found = homes.percentiles(seconds)
    ranked = sorted(seconds)
    return found | {"p99_ms": round(ranked[min(len(ranked) - 1, int(len(ranked) * 0.99))] * 1000, 1)}


def _as_child(kind: str, home: Path, what: str) -> dict[str, Any]:
    if kind == "run":
        return run(home, Plan(**json.loads(what)))
    homes.enter(home)
    return prepared(int(what) if what else None) if kind == "night" else serving.carry(home, what)


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] in ("run", "carry", "night"):
        print(json.dumps(_as_child(sys.argv[1], Path(sys.argv[2]), sys.argv[3])))
    else:
        main()
