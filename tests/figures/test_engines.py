"""Choosing where figures are summed."""

import pytest
from django.conf import settings

from figures.conftest import Versions
from taizhang.figures.engines import EngineError, engine
from taizhang.figures.engines.postgresql import PostgreSQL
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry

H1 = Period.parse("2026H1")


def test_an_engine_that_is_not_there_is_refused_with_the_cure() -> None:
    with pytest.raises(EngineError, match="没有计算引擎“mysql”。TAIZHANG_ENGINE 可填：duckdb、spark、postgresql"):
        engine("mysql")


def test_postgresql_is_not_guessed_where_the_service_database_is_sqlite(
    ledger: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    published = ledger.publish()
    indicators = [i for i in registry.indicators_on(H1.cutoff) if i.population is not None and i.population.name == "line_people"]
    with pytest.raises(EngineError, match="以 TAIZHANG_ENGINE_URL 指明一个"):
        PostgreSQL().sums(published, indicators[0].population, indicators, H1, registry.parameters)  # type: ignore[arg-type]
    with pytest.raises(EngineError, match="连不上 PostgreSQL"):
        PostgreSQL("host=/nowhere dbname=x").sums(published, indicators[0].population, indicators, H1, registry.parameters)  # type: ignore[arg-type]
