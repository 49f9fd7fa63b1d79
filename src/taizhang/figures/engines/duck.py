"""DuckDB, embedded: sums over membership files, which trace, why and freezing read too."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from taizhang.figures.membership import membership
from taizhang.figures.summing import Sums
from taizhang.figures.sums import sums
from taizhang.kernel.indicators import Indicator, Population
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period

if TYPE_CHECKING:
    from taizhang.figures.source import Ledger


class DuckDB:
    at_once = 1  # one query uses every core

    def sums(
        self, ledger: "Ledger", population: Population, indicators: Sequence[Indicator], period: Period, parameters: Mapping[str, Parameter]
    ) -> Sums:
        return sums(membership(ledger, population, indicators, period, parameters))

    def forget(self, ledger: "Ledger") -> None:
        """Nothing is kept but the ledger's own membership files."""
