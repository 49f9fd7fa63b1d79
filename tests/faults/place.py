"""A simulated county with its real processes: the site, the consumer, imports. They are started, killed and starved from outside."""

import csv
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RECORDS = "hypertension_follow_ups"
TABLE = "hypertension_followup"
LIMIT = 4096  # bytes: what a file may grow to on a disk that is full


@dataclass
class County:
    """database: the address of its PostgreSQL; None for SQLite."""

    home: Path
    database: str | None
    site: "subprocess.Popen[bytes] | None" = None
    consumer: "subprocess.Popen[bytes] | None" = None
    acknowledged: list[int] = field(default_factory=list)  # records that the site said it has stored
    _given: Iterator[tuple[int, str, date]] | None = None

    def __post_init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.command("simulate", "--population", "200", "--until", "2026-06-30")
        self.facts = json.loads(self.python(HERE / "prepare.py").splitlines()[-1])

    # -- processes ---------------------------------------------------------------------------------------------------------

    @property
    def environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if name != "TAIZHANG_DATABASE_URL"}
        clean |= {"TAIZHANG_HOME": str(self.home), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        return clean | ({"TAIZHANG_DATABASE_URL": self.database} if self.database else {})

    def ended(self, *arguments: object) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, *map(str, arguments)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=300, check=False)

    def python(self, *arguments: object, check: bool = True) -> str:
        ended = self.ended(*arguments)
        assert not check or ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]
        return ended.stdout

    def command(self, *arguments: str, check: bool = True) -> str:
        return self.python("-m", "taizhang.cli.main", *arguments, check=check)

    def start(self, *arguments: object) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, *map(str, arguments)], env=self.environment, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def run(self) -> None:
        """Start what does not run, and wait until the site answers."""
        if self.consumer is None or self.consumer.poll() is not None:
            self.consumer = self.start("-m", "taizhang.ledger")
        if self.site is None or self.site.poll() is not None:
            serving = ("--interface", "wsgi", "--host", "127.0.0.1", "--port", self.port, "--workers", "1", "--blocking-threads", "2")
            self.site = self.start("-m", "granian", *serving, "--no-ws", "taizhang.web.wsgi:application")
        end = time.monotonic() + 120
        while self.asked("GET", "/sign-in/")[0] != 200:
            assert time.monotonic() < end, "the site does not answer"
            time.sleep(0.1)

    def end(self) -> None:
        for process in (self.site, self.consumer):
            if process is not None:
                kill(process)

    # -- what people do meanwhile ----------------------------------------------------------------------------------------------

    def asked(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and answer; 0 where nobody answered."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method)
        request.add_header("Authorization", f"Bearer {self.facts['token']}")
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, None if body is None else json.dumps(body).encode(), timeout=20) as answer:
                said = answer.read()
                return answer.status, json.loads(said) if "json" in answer.headers.get("Content-Type", "") else said
        except urllib.error.HTTPError as error:
            return error.code, None
        except (OSError, ValueError):  # cut off in the middle of an answer
            return 0, None

    def visits(self) -> Iterator[tuple[int, str, date]]:
        """Patients and days, none twice over the whole run, back to the day from which each is under management."""
        if self._given is None:
            last = date.fromisoformat(self.facts["day"])
            patients = [(who, number, date.fromisoformat(since)) for who, number, since in self.facts["patients"]]
            days = (last - timedelta(days=n) for n in range((last - min(since for *_, since in patients)).days))
            self._given = iter([(who, number, day) for day in days for who, number, since in patients if since <= day])
        return self._given

    def write_until(self, told: threading.Event) -> None:
        """Save one visit after the other, ten a second at most, so that there are visits left for the hundredth fault on a fast machine
        as on a slow one. What the site acknowledges is remembered."""
        while not told.wait(0.1):
            who, _, day = next(self.visits())
            body = {
                "resident": who, "organisation": self.facts["clinic"], "visited_on": day.isoformat(), "way": "1", "outcome": "1",
                "systolic": 136, "diastolic": 82,
            }  # fmt: skip
            status, answer = self.asked("POST", f"/api/registers/{RECORDS}", body)
            if status == 201 and answer:
                self.acknowledged.append(answer["id"])

    def file(self, target: Path, rows: int) -> list[tuple[int, str, date]]:
        """A file of visits to import."""
        chosen = [next(self.visits()) for _ in range(rows)]
        with target.open("w", encoding="utf-8-sig", newline="") as stream:
            lines = csv.writer(stream)
            lines.writerow(["档案编号", "机构", "随访日期", "随访方式", "随访结果", "收缩压", "舒张压"])
            lines.writerows([number, self.facts["clinic"], day.isoformat(), "门诊", "已随访", "130", "80"] for _, number, day in chosen)
        return chosen

    # -- what must hold --------------------------------------------------------------------------------------------------------

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        if self.database:
            import psycopg

            with psycopg.connect(self.database) as opened:
                return opened.execute(sql).fetchall()  # type: ignore[call-overload,no-any-return]
        import sqlite3

        with sqlite3.connect(f"file:{self.home / 'taizhang.sqlite3'}?mode=ro", uri=True, timeout=30) as opened:
            return opened.execute(sql).fetchall()

    def assert_nothing_is_lost(self, told: str) -> None:
        """Every acknowledged visit is stored once, nobody has two on a day, and the ledger agrees row for row, each change taken once."""
        self.command("sync")
        stored = {row[0] for row in self.query(f"SELECT id FROM {TABLE}")}
        assert set(self.acknowledged) <= stored, f"{told}: {sorted(set(self.acknowledged) - stored)} were acknowledged and are gone"
        twice = self.query(f"SELECT resident_id, visited_on FROM {TABLE} GROUP BY resident_id, visited_on HAVING count(*) > 1")
        assert not twice, f"{told}: {twice}"
        assert self.query("SELECT count(*) FROM county_change WHERE taken IS NULL") == [(0,)], told
        ended = self.ended("-m", "taizhang.cli.main", "verify")
        assert ended.returncode == 0, f"{told}: {ended.stdout[-1500:]}{ended.stderr[-500:]}"


def kill(process: "subprocess.Popen[bytes]") -> None:
    """-9, with all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def descendants(process: "subprocess.Popen[bytes]") -> list[int]:
    """Numbers of the process and what it started: all of its session."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.getsid(int(entry.name)) == process.pid:
                    found.append(int(entry.name))
            except ProcessLookupError:
                continue
    return found


def fill_disk(process: "subprocess.Popen[bytes]", full: bool) -> None:
    """No file of the process grows any more, as on a disk that is full; or they may again."""
    for number in descendants(process):
        try:
            _, hard = resource.prlimit(number, resource.RLIMIT_FSIZE)
            resource.prlimit(number, resource.RLIMIT_FSIZE, (LIMIT if full else hard, hard))
        except ProcessLookupError:
            continue
