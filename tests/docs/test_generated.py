"""The generated pages say what the code does, and nothing they point to is missing."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import resolve

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"")


def _anchor(heading: str) -> str:
    """As GitHub makes it of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def test_the_committed_pages_are_what_the_code_gives() -> None:
    done = subprocess.run([sys.executable, "-m", "docs.build", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_of_a_page_is_dead(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    dead = []
    for target in (one or other for one, other in LINK.findall(text)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        headings = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), flags=re.MULTILINE) if anchor else []
        if not there.exists() or (anchor and anchor not in {_anchor(heading) for heading in headings}):
            dead.append(target)
    assert dead == []


def _coverage() -> list[list[str]]:
    lines = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| \d+ \|", line)]


def test_every_row_of_the_list_is_covered_or_planned_and_what_works_names_its_command_folder_and_test() -> None:
    rows = _coverage()
    assert {int(row[0]) for row in rows} == set(range(1, 35))
    for row in rows:
        _, name, status, _, command, folder, test = row
        if status.startswith("planned"):
            assert (command, folder, test) == ("", "", ""), name
        else:
            assert command, name
            assert folder, name
            assert test, name


def test_every_page_that_coverage_names_is_an_address_of_the_site() -> None:
    addresses = {row[3].strip("`") for row in _coverage() if row[3]}
    assert len(addresses) >= 20
    for address in addresses:
        resolve(address)  # raises Resolver404, naming the address


def test_the_tests_that_coverage_names_hold_tests() -> None:
    for row in _coverage():
        if not (found := re.search(r"\[(tests/[^\]]+)\]", row[6])):
            continue
        place = ROOT / found[1]
        files = [place] if place.is_file() else list(place.glob("test_*.py"))
        assert any("\ndef test_" in file.read_text(encoding="utf-8") for file in files), found[1]
