"""Run the tests, each room of tests/ in a process and a home of its own, as many at a time as there are cores.

A room's tests share one home and its ledger, and several make a county once for all of them; in one process a room would find what
another left. What a room prints is shown when it ends; the last line sums up all of them. Arguments are passed to pytest; one that is a
path runs that path alone.
"""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NO_TESTS = 5  # pytest's status when nothing was collected, as when -k leaves a room empty


def rooms() -> list[str]:
    """The largest first, so that no core waits for one that began last."""
    found = [folder for folder in (ROOT / "tests").iterdir() if any(folder.glob("test_*.py"))]
    found.sort(key=lambda folder: sum(file.stat().st_size for file in folder.rglob("*.py")), reverse=True)
    return [str(path.relative_to(ROOT)) for path in (*found, *sorted((ROOT / "tests").glob("test_*.py")))]


def run(room: str, options: list[str]) -> tuple[int, dict[str, int]]:
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", room, *options]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(f"{room}: {time.monotonic() - began:.0f} s\n{done.stdout}", flush=True)
    closing = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""
    counted = {kind: int(number) for number, kind in re.findall(r"(\d+) (passed|failed|error|skipped)", closing)}
    return (0 if done.returncode == NO_TESTS else done.returncode), counted


def main(arguments: list[str]) -> int:
    paths = [argument for argument in arguments if (ROOT / argument.partition("::")[0]).exists()]
    options = [argument for argument in arguments if argument not in paths]
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        ended = list(pool.map(lambda room: run(room, options), paths or rooms()))
    total = {kind: sum(counted.get(kind, 0) for _, counted in ended) for kind in ("passed", "failed", "error", "skipped")}
    print(f"{total['passed']} passed, {total['failed'] + total['error']} failed, {total['skipped']} skipped")
    return max(status for status, _ in ended)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
