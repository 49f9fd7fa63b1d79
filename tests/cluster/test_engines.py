"""Spark on a real cluster and PostgreSQL give DuckDB's sums to the last unit, for every indicator of every line of work."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from taizhang.figures.counties.package import wanted
from taizhang.figures.counties.shared import SharedLedger
from taizhang.figures.engines import Engine, engine
from taizhang.figures.engines.spark import Spark
from taizhang.figures.summing import Sums
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry

H1 = Period.parse("2026H1")


def every_sum(by: Engine, shared: Path, working: Path) -> dict[str, Sums]:
    """The sums of every population of the half-year with all its indicators."""
    working.mkdir()
    ledger = SharedLedger.open(shared, working)
    tasks = list(wanted(H1, None)[H1].items())

    def summed(task):  # type: ignore[no-untyped-def]
        population, indicators = task
        return population.name, by.sums(ledger, population, indicators, H1, registry.parameters)

    done = [summed(tasks[0])]
    with ThreadPoolExecutor(by.at_once) as pool:
        done += pool.map(summed, tasks[1:])
    by.forget(ledger)
    return dict(done)


@pytest.fixture(scope="module")
def by_duckdb(shared_county: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sums]:
    return every_sum(engine("duckdb"), shared_county, tmp_path_factory.mktemp("duckdb") / "w")


def test_the_county_has_what_is_to_be_compared(by_duckdb: dict[str, Sums], shared_county: Path) -> None:
    page = json.loads((shared_county / "version.json").read_text())
    with_changes = [table for table, parts in page["tables"].items() if parts["base"] and parts["changes"]]
    assert "hypertension_follow_up" in with_changes
    codes = {c.rpartition(".")[0] for sums in by_duckdb.values() for c in sums.columns} - {""}
    assert codes == {i.code for i in registry.indicators_on(date(2026, 6, 30)) if i.population is not None}
    assert sum(bool(sums.rows) for sums in by_duckdb.values()) > len(by_duckdb) // 2


def test_a_cluster_gives_the_same_sums(spark: Spark, by_duckdb: dict[str, Sums], shared_county: Path, tmp_path: Path) -> None:
    _equal(every_sum(spark, shared_county, tmp_path / "w"), by_duckdb)
    assert spark._started.sparkContext.master.startswith("spark://")
    assert spark._started.sparkContext._jsc.sc().getExecutorMemoryStatus().size() == 3  # the driver, and one on each of the two workers


def test_postgresql_gives_the_same_sums(postgresql: Engine, by_duckdb: dict[str, Sums], shared_county: Path, tmp_path: Path) -> None:
    _equal(every_sum(postgresql, shared_county, tmp_path / "w"), by_duckdb)


def _equal(found: dict[str, Sums], expected: dict[str, Sums]) -> None:
    assert found.keys() == expected.keys()
    for name, sums in expected.items():
        assert found[name].columns == sums.columns, name
        assert found[name].rows == sums.rows, name
