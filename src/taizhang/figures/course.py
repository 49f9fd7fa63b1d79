"""The course of a figure 走势: in which periods it is shown beside each other."""

from datetime import date

from taizhang.kernel.indicators import TimeBase
from taizhang.kernel.periods import Period, add_months


def course(base: TimeBase, period: Period) -> list[Period]:
    """The periods of a figure's course of time, oldest first."""
    year, month = period.end.year, period.end.month
    if base is TimeBase.ANNUAL:
        return [Period.of_year(y) for y in range(year - 2, year + 1)]
    if base is TimeBase.DUE_TO_DATE:
        return [Period.months(year, 1, n) for n in range(1, month + 1)]
    firsts = [add_months(date(year, month, 1), -back) for back in range(11, -1, -1)]
    return [Period.month(first.year, first.month) for first in firsts]
