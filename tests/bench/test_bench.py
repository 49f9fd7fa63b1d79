"""The measurements run, on a county of one village: what they compare is equal there, and the page keeps every size's section."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))

from bench import homes, load, report, serving  # noqa: E402 - the checkout's own folder must be found first


def test_our_figures_equal_the_handwritten_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homes, "BUILD", tmp_path)
    home, made = homes.simulated(900, ledger_only=True)
    assert made["residents"] == 900
    found = homes.run("-m", "bench.counting", home).answer  # ends with an error where any number differs
    assert found["numbers"] > 500
    assert found["indicators"] > found["compared"] >= 39


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


def test_writers_and_readers_meet_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homes, "BUILD", tmp_path / "bench")
    home, _ = homes.simulated(300, ledger_only=False)
    plan = load.Plan(writers=1, readers=2, warming=0, paused=0, unpaused=1, posts={"village": 1, "township": 1}, least_visits=1)
    found = load.measured("sqlite", home, plan)
    run = found["unpaused"]
    assert run["errors"] == {}
    assert run["visits"] >= 1
    assert {"worklist", "visit form", "answer while typing", "save", "saved"} <= run["kinds"].keys()
    assert found["signing_in"]["errors"] == {}
    page = tmp_path / "measured.md"
    whole = {"size": 900, "machine": {"processor": "", "memory": "", "system": "", "packages": ""}, "load_before": 0, "load_after": 0}
    for _ in range(2):
        report.write_load(page, {**whole, "sqlite": found})
    text = page.read_text(encoding="utf-8")
    assert text.count("## Writers and readers together") == 1
    assert "errors: none" in text


def test_the_site_is_measured_by_the_command_of_its_unit() -> None:
    command = serving.unit("taizhang-site", 1234)
    assert command[0] == sys.executable
    assert command[command.index("--port") + 1] == "1234"
    assert command[-1] == "taizhang.web.wsgi:application"
    assert serving.unit("taizhang-consumer", 1234)[1:] == ["-m", "taizhang.ledger"]
