"""Where a population is summed: DuckDB in this process, Apache Spark on a cluster, PostgreSQL.

All run the same tree, compiled to their own SQL, over the rows of one ledger version, and give the same whole numbers; who the members
are is always asked of DuckDB. The setting ENGINE chooses.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from taizhang.figures.summing import Sums
from taizhang.kernel.indicators import Indicator, Population
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period
from taizhang.kernel.refusals import Refusal

if TYPE_CHECKING:
    from taizhang.figures.source import Ledger

ENGINES = ("duckdb", "spark", "postgresql")


class EngineError(Refusal, RuntimeError):
    """An engine that is unknown, not installed, or cannot be reached; the message says what to do."""


class Engine(Protocol):
    """One place where sums are computed."""

    at_once: int  # populations worth asking for at the same time

    def sums(
        self, ledger: "Ledger", population: Population, indicators: Sequence[Indicator], period: Period, parameters: Mapping[str, Parameter]
    ) -> Sums:
        """The sums of a population with these of its indicators. Raises EngineError, LedgerError."""
        ...

    def forget(self, ledger: "Ledger") -> None:
        """Let go of what is kept for a ledger that nobody will ask for again."""
        ...


def in_force() -> Engine:
    """The engine that the settings choose, one a process."""
    from django.conf import settings

    return engine(settings.ENGINE, settings.ENGINE_URL)


@lru_cache(maxsize=8)
def engine(name: str, url: str = "") -> Engine:
    """An engine by its name. url: of Spark its master, of PostgreSQL its address; without one, Spark's own settings and the service
    database. Raises EngineError for a name that none has."""
    if name == "duckdb":
        from taizhang.figures.engines.duck import DuckDB

        return DuckDB()
    if name == "spark":
        from taizhang.figures.engines.spark import Spark

        return Spark(url)
    if name == "postgresql":
        from taizhang.figures.engines.postgresql import PostgreSQL

        return PostgreSQL(url)
    raise EngineError(f"没有计算引擎“{name}”。TAIZHANG_ENGINE 可填：{'、'.join(ENGINES)}。")
