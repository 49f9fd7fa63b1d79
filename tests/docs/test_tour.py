"""The walk of docs/tour.md, walked: every command in turn in an empty folder, its output held against the page."""

from pathlib import Path

from .walking import README_PAGES, TOUR, stops, walk


def test_the_tour_prints_what_the_page_shows(tmp_path: Path) -> None:
    walked = 0
    for stop in walk(tmp_path):
        missing = stop.missing()
        assert not missing, f"{stop.command}\nthe page shows: {missing}\nthe output is:\n{stop.output[-3000:]}\nMeant? Then: make docs"
        walked += 1
    assert walked >= 10


def test_the_readmes_show_blocks_of_the_tour() -> None:
    shown = stops(TOUR.read_text(encoding="utf-8"))
    for page in README_PAGES:
        blocks = stops(page.read_text(encoding="utf-8"))
        assert blocks, page
        assert [block for block in blocks if block not in shown] == [], page
