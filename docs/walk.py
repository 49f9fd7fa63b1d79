"""Walk docs/tour.md: run its commands in order in an empty folder and compare what they print with what the page shows.

Every ```sh block is run; the ```text block after it shows some of the lines of its output, in their order. "…" in a shown line stands for
any text; spaces and the rules of tables do not count. A last line "exit status N" shows a status other than 0.

    .venv/bin/python -m docs.walk             walk, and name every line that differs
    .venv/bin/python -m docs.walk --update    walk, and write the numbers that were printed into the page (and into the READMEs,
                                              which show blocks of it)
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parent
TOUR = DOCS / "tour.md"
READMES = (DOCS.parent / "README.md", DOCS.parent / "README.zh-CN.md")
STOP = re.compile(r"```sh\n(?P<command>.*?)```\n\n```text\n(?P<shown>.*?)```", re.DOTALL)
_RULES = re.compile(r"[┃│┏┓┗┛┳┻┡┩╇┼└┘┴━─]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?|…|\s+")


@dataclass(frozen=True)
class Stop:
    """A command of the tour, the lines the page shows of its output, and the output."""

    command: str
    shown: tuple[str, ...]
    output: str

    def missing(self) -> list[str]:
        """Shown lines that the output does not hold, in this order."""
        place, missing = 0, []
        for line in self.shown:
            if found := re.compile(_pattern(line)).search(self.output, place):
                place = found.end()
            else:
                missing.append(line)
        return missing

    def updated(self) -> str:
        """The shown lines with the numbers of the output."""
        place, lines = 0, []
        for line in self.shown:
            if found := re.compile(_pattern(line, numbers=False)).search(self.output, place):
                place = found.end()
                numbers = iter(found.groups())
                line = re.sub(r"\d+(?:\.\d+)?", lambda _, numbers=numbers: next(numbers), line)
            lines.append(line + "\n")
        return "".join(lines)


def _pattern(line: str, *, numbers: bool = True) -> str:
    """A line as a regular expression. numbers: each number must be the very one shown."""
    parts, place = [], 0
    for found in _NUMBER.finditer(line.strip()):
        parts.append(re.escape(line.strip()[place : found.start()]))
        token = found[0]
        any_number = re.escape(token) if numbers else r"(\d+(?:\.\d+)?)"
        parts.append(".*?" if token == "…" else r"\s+" if token.isspace() else any_number)
        place = found.end()
    return "".join([*parts, re.escape(line.strip()[place:])])


def stops(page: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(m["command"], tuple(line for line in m["shown"].splitlines() if line.strip())) for m in STOP.finditer(page)]


def walk(folder: Path) -> Iterator[Stop]:
    """Every stop of the tour in turn. folder: an empty one, in which the commands are run."""
    here = Path(sys.executable).parent
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TAIZHANG_")}
    environment |= {"PATH": f"{here}{os.pathsep}{os.environ['PATH']}", "TAIZHANG_LANG": "en"}
    environment["PYTHONPATH"] = str(DOCS.parent / "src")
    for command, shown in stops(TOUR.read_text(encoding="utf-8")):
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        output = _RULES.sub(" ", done.stdout)
        yield Stop(command, shown, output + (f"\nexit status {done.returncode}\n" if done.returncode else ""))


def _write(page: Path, shown: Iterator[str]) -> None:
    """The page with the shown lines of its stops, in their order, replaced."""
    text = page.read_text(encoding="utf-8")
    page.write_text(STOP.sub(lambda m: f"```sh\n{m['command']}```\n\n```text\n{next(shown)}```", text), encoding="utf-8")


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="taizhang-tour-") as folder:
        walked = list(walk(Path(folder)))
    if "--update" in sys.argv[1:]:
        updated = [stop.updated() for stop in walked]
        _write(TOUR, iter(updated))
        first = {stop.command: shown for stop, shown in reversed(list(zip(walked, updated, strict=True)))}
        for page in READMES:
            _write(page, (first[command] for command, _ in stops(page.read_text(encoding="utf-8"))))
        return 0
    for stop in walked:
        for line in stop.missing():
            sys.stderr.write(f"{stop.command.splitlines()[0]}\n  the page shows: {line}\n  the output is:\n{stop.output}\n")
    return 1 if any(stop.missing() for stop in walked) else 0


if __name__ == "__main__":
    sys.exit(main())
