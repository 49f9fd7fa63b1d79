"""The measurements run, on a county of one village: what they compare is equal there, and the page keeps every size's section."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))

from bench import homes, importing, load, report, report_city, serving, users  # noqa: E402 - the checkout's own folder must be found first


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(homes, "BUILD", tmp_path_factory.mktemp("bench"))
        home, made = homes.simulated(900, ledger_only=True)
    assert made["residents"] == 900
    return home


@pytest.fixture(scope="module")
def city(county: Path) -> Path:
    home = county.with_name("city-1800")
    assert homes.run("-m", "bench.city", county, home, 2).answer["counties"] == 2
    return home


@pytest.fixture(scope="module")
def counted_city(city: Path) -> dict[str, Any]:
    return homes.run("-m", "bench.counting", city, 1).answer  # ends with an error where any number differs


def test_our_figures_equal_the_handwritten_ones(counted_city: dict[str, Any]) -> None:
    assert counted_city["numbers"] > 500
    assert counted_city["indicators"] > counted_city["compared"] >= 39


def test_a_city_is_its_counties(county: Path, city: Path, counted_city: dict[str, Any]) -> None:
    """The copies' keys and organisations do not meet: no person is one with his copy, and no figure is a county's alone."""
    assert _present_rows(city) == {table: 2 * rows for table, rows in _present_rows(county).items()}
    assert counted_city["whole"]["health_record_holders"] > 1500
    assert [name for name, members in counted_city["whole"].items() if members % 2] == []


def _present_rows(home: Path) -> dict[str, int]:
    with closing(sqlite3.connect(home / "taizhang.sqlite3")) as stored:
        query = 'SELECT "table", sum(rows) FROM ledger_ledgerfile WHERE dropped IS NULL GROUP BY 1 HAVING sum(rows) > 0'
        return dict(stored.execute(query))


def test_postgresql_gives_the_same_by_the_sql_written_for_it(city: Path, counted_city: dict[str, Any]) -> None:
    with importing.server() as address:
        assert address is not None
        found = homes.run("-m", "bench.postgresql", city, address, "both").answer  # ends with an error where any number differs
    assert found["populations"] == len(counted_city["compared_parts"])
    assert found["rows"] > 1000


def test_percentiles_are_those_of_the_nearest_rank() -> None:
    assert homes.percentiles([n / 1000 for n in range(1, 21)]) == {"runs": 20, "p50_ms": 10.0, "p95_ms": 19.0, "max_ms": 20.0}
    assert homes.percentiles([0.5]) == {"runs": 1, "p50_ms": 500.0, "p95_ms": 500.0, "max_ms": 500.0}


def test_the_page_keeps_the_sections_of_other_sizes(tmp_path: Path) -> None:
    page = tmp_path / "measured.md"
    on = {"processor": "a processor", "memory": "4 GiB", "system": "a system", "packages": "none"}
    for size, milliseconds in ((1_000_000, 1800.0), (100_000, 900.0), (1_000_000, 1700.0)):
        saving = {"in the figure": {"runs": 1, "p50_ms": milliseconds, "p95_ms": milliseconds, "max_ms": milliseconds}}
        report.write(page, {"size": size, "machine": on, "load_before": 0.1, "load_after": 1.0, "saving": saving})
    text = page.read_text(encoding="utf-8")
    assert text.index("## 100,000 residents") < text.index("## 1,000,000 residents")
    assert "p50 1700 ms" in text
    assert "1800" not in text


@pytest.fixture(scope="module")
def stored_county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(homes, "BUILD", tmp_path_factory.mktemp("stored"))
        return homes.simulated(300, ledger_only=False)[0]


def test_writers_and_readers_meet_no_error(stored_county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homes, "BUILD", tmp_path / "bench")
    posts = {"village": 1, "township": 1}
    plan = load.Plan(writers=1, readers=2, warming=0, paused=0, unpaused=1, posts=posts, ahead=20, least_visits=1)
    found = load.measured("sqlite", stored_county, plan)
    run = found["unpaused"]
    assert run["errors"] == {}
    assert run["visits"] >= 1
    assert {"worklist", "visit form", "answer while typing", "save", "saved"} <= run["kinds"].keys()
    assert found["signing_in"]["errors"] == {}
    assert found["first_error"] == ""
    page = tmp_path / "measured.md"
    whole = {"size": 900, "machine": {"processor": "", "memory": "", "system": "", "packages": ""}, "load_before": 0, "load_after": 0}
    for _ in range(2):
        report.write_load(page, {**whole, "sqlite": found})
    text = page.read_text(encoding="utf-8")
    assert text.count("## Writers and readers together") == 1
    assert "errors: none" in text


def test_a_citys_records_in_postgresql_agree_with_its_ledger(stored_county: Path, tmp_path: Path) -> None:
    """Three counties of one: every row of the ledger as in the database, and nobody's papers or accounts another's."""
    import psycopg

    city = tmp_path / "city"
    with importing.server() as server:
        assert server is not None
        address = serving.remake(server, "county", "template0")
        on_it = {"TAIZHANG_DATABASE_URL": address}
        carried = homes.run("-m", "bench.load", "carry", stored_county, address, environment=on_it).answer
        laid = homes.run("-m", "bench.city_records", stored_county, city, 3, environment=on_it).answer
        assert laid["rows"] > carried["rows"]  # which has every row's change besides
        homes.run("-m", "bench.cli", "verify", "--home", city, environment=on_it)  # ends with an error where any row differs
        with psycopg.connect(address) as opened:
            everybody = "count(*), count(DISTINCT identity_hash), count(identity_hash), count(DISTINCT phone) FROM county_resident"
            people, papers, with_papers, phones = opened.execute(f"SELECT {everybody}").fetchall()[0]
            strays = opened.execute(
                "SELECT count(*) FROM county_resident r JOIN county_residency l ON l.resident_id = r.id "
                "WHERE substr(r.record_number, 1, 6) <> substr(l.organisation_id, 1, 6)"
            ).fetchall()
            names = opened.execute("SELECT name FROM county_organisation WHERE kind = 'bureau'").fetchall()
    assert people == laid["residents"] > 900
    assert papers == with_papers > 0.9 * people
    assert phones > 0.9 * people
    assert strays == [(0,)]
    assert len(names) == len(set(names)) == 4


def test_the_first_error_is_told_with_the_sites_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homes, "BUILD", tmp_path / "bench")
    fault = "2026-11-22T10:00:01 ERROR django.request 500 GET /board/\n  builtins.OSError\n    a.py:1"
    log = ["2026-11-22T10:00:00 WARNING taizhang slow", fault, "2026-11-22T10:00:02 ERROR django.request 500 GET /later/"]
    (tmp_path / "load-site.log").write_text("\n".join(log), "utf-8")
    assert serving.first_fault() == fault
    (tmp_path / "load-site.log").write_text("started\n", "utf-8")
    assert serving.first_fault() == ""
    samples = users.Samples()
    for path in ("/board/", "/later/"):
        with pytest.raises(users.Failed):
            users.Browser(1, samples)._failed("board", "500", f"GET {path}", "<head><title>x</title></head><p>出错了</p>")
    assert samples.first_error == "GET /board/: 500 出错了"


def test_the_site_is_measured_by_the_command_of_its_unit() -> None:
    command = serving.unit("taizhang-site", 1234)
    assert command[0] == sys.executable
    assert command[command.index("--port") + 1] == "1234"
    assert command[-1] == "taizhang.web.wsgi:application"
    assert serving.unit("taizhang-consumer", 1234)[1:] == ["-m", "taizhang.ledger"]


def test_the_citys_section_says_what_was_not_reached(tmp_path: Path) -> None:
    counting = {
        "whole": {"hypertension_patients": 950_000, "diabetes_patients": 330_000}, "places": 8_000, "rows": 90_000_000, "indicators": 249,
        "compared": 42, "ledger_bytes": 3 << 30, "membership_bytes": 1 << 30, "seconds": 70.0, "first_seconds": 71.0, "peak_mb": 3_000,
        "scan_seconds": 9.0, "compared_seconds": 8.0, "handwritten_seconds": 7.0, "ratio": 1.14,
    }  # fmt: skip
    spent = {"runs": 30, "p50_ms": 900.0, "p95_ms": 1_900.0}
    fresh = {"writers": 50, "pause": 30.0, "seconds": 120, "wrote": {"saved": 200, "errors": 0, **spent}, "ledger": spent}
    fresh |= dict.fromkeys(("all", "new", "corrected", "deleted"), spent)
    changed = {name: {"seconds": seconds, "ledger_seconds": 0.2} for name, seconds in (("first", 9.0), ("many", 1.0), ("one", 0.4))}
    changed["populations"] = 89
    steps: dict[str, Any] = {
        "counting-small": {**counting, "seconds": 1.0}, "counting-county": {**counting, "seconds": 9.0}, "counting-city": counting,
        "postgresql-city": {"version": "15.20", "seconds": 43.0, "first_seconds": 50.0}, "changes-county": changed, "changes-city": changed,
        "freshness-county": fresh, "freshness-city": {**fresh, "all": {**spent, "p95_ms": 2_400.0}},
    }  # fmt: skip
    found: dict[str, Any] = {
        "sizes": {"small": 100_000, "county": 900_000, "city": 7_200_000}, "counties": 8, "settings": "work_mem 256MB",
        "machine": {"processor": "a processor", "memory": "24 GiB", "system": "a system", "packages": "none"},
        "load-postgresql": {"rows": 50_000_000, "load_seconds": 400.0},
        **{name: {**step, "load_before": 0.2} for name, step in steps.items()},
    }  # fmt: skip
    page = tmp_path / "measured.md"
    page.write_text("# Measured\n\n<!-- note load-city -->\nstays\n<!-- end -->\n", encoding="utf-8")
    for _ in range(2):
        report_city.write(page, found)
    text = page.read_text(encoding="utf-8")
    assert text.count("## A city of 7,200,000 residents") == 1
    assert "stays" in text
    assert "| … PostgreSQL's time to ours |  |  | 5.4 x | at least 5 x |" in text
    late = text.partition("Not reached:")[2]
    assert [line.partition(":")[0] for line in late.splitlines() if line.startswith("- ")] == ["- Freshness under 2 s at 7,200,000"]
    report.write(page, {"size": 1_000, "machine": found["machine"], "load_before": 0.1, "load_after": 0.2})
    text = page.read_text(encoding="utf-8")
    assert "## A city of 7,200,000 residents" in text
    assert "stays" in text
