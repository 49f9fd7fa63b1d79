"""Periods 时段 and cut-offs 截至: the two dates every figure is asked for.

A period is any two days, both inclusive. Its cut-off is a second thing: the last day whose records are taken into
account. 2026H1@2026-06-20 is "the first half of 2026, as known on 20 June".
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text


class PeriodError(Refusal, ValueError):
    """A text that names no period, or two days in the wrong order."""


@lru_cache(4096)
def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """`day` moved by whole calendar months; a day that the target month lacks becomes its last day (31 Jan + 1 = 28 Feb)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(first: date, last: date) -> int:
    """Complete months from `first` to `last`: how often add_months(first, n) is still not after `last`. Negative order gives 0 or less."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - 1 if last.day < first.day and last != month_end(last.year, last.month) else months


def age_in_years(birth: date, day: date) -> int:
    """Full years of age on `day`; someone born on 29 February is a year older on 1 March of a common year."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days `start` to `end`, inclusive, as known on `cutoff` (the end, unless said otherwise)."""

    start: date
    end: date
    cutoff: date

    def __init__(self, start: date, end: date, cutoff: date | None = None) -> None:
        if end < start:
            raise PeriodError(f"时段的止日{end}早于起日{start}，请把两个日期对调。")
        if cutoff is not None and not start <= cutoff <= end:
            raise PeriodError(f"截至日{cutoff}不在时段{start}至{end}之内，请改为其中的一天。")
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", end)
        object.__setattr__(self, "cutoff", cutoff or end)

    # -- making -------------------------------------------------------------------------------------------------

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        return cls(date(year, month, 1), month_end(year, month))

    @classmethod
    def months(cls, year: int, first: int, last: int) -> "Period":
        return cls(date(year, first, 1), month_end(year, last))

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def complete_months(cls, day: date) -> "Period":
        """January to the last month that is over on `day`; in January, the year before. What monthly returns can fill."""
        if day == month_end(day.year, day.month):
            return cls.months(day.year, 1, day.month)
        return cls.months(day.year, 1, day.month - 1) if day.month > 1 else cls.of_year(day.year - 1)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read 2026-06, 2026Q2, 2026H1, 2026, 2013-01..2013-10, 2026-01-01..2026-06-20, 2026W23, each with @day as
        cut-off; and the words of a paper form: 2026年上半年, 2026年1-10月, 2026年第二季度, 2026年6月, 2026年.

        Raises PeriodError that quotes the text and lists what can be written.
        """
        cleaned = text.strip().replace("—", "-").replace("–", "-").replace("～", "-").replace("~", "-").replace("至", "-")
        body, _, cutoff_text = cleaned.partition("@")
        try:
            period = cls._parse_body(body.strip())
            if period is not None:
                return replace_cutoff(period, date.fromisoformat(cutoff_text.strip())) if cutoff_text else period
        except PeriodError:
            raise
        except ValueError as error:
            raise PeriodError(f"“{text}”里有不存在的月或日，请核对。") from error
        raise PeriodError(
            f"“{text}”不是时段。可写 2026-06、2026Q2、2026H1、2026、2013-01..2013-10、2026-01-01..2026-06-20、2026W23"
            "（后面加 @2026-06-20 表示截至日），或 2026年上半年、2026年1-10月、2026年第二季度。"
        )

    @classmethod
    def _parse_body(cls, body: str) -> "Period | None":
        if match := re.fullmatch(r"(\d{4})年?", body):
            return cls.of_year(int(match[1]))
        if match := re.fullmatch(r"(\d{4})[Hh]([12])", body):
            return cls.months(int(match[1]), 6 * int(match[2]) - 5, 6 * int(match[2]))
        if match := re.fullmatch(r"(\d{4})[Qq]([1-4])", body):
            return cls.months(int(match[1]), 3 * int(match[2]) - 2, 3 * int(match[2]))
        if match := re.fullmatch(r"(\d{4})[Ww](\d{1,2})", body):
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return cls(monday, monday + timedelta(days=6))
        if match := re.fullmatch(r"(\d{4})-(\d{1,2})", body):
            return cls.month(int(match[1]), int(match[2]))
        if match := re.fullmatch(r"(\d{4})-(\d{1,2})\.\.(\d{4})-(\d{1,2})", body):
            return cls(date(int(match[1]), int(match[2]), 1), month_end(int(match[3]), int(match[4])))
        if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", body):
            return cls(date.fromisoformat(match[1]), date.fromisoformat(match[2]))
        if match := re.fullmatch(r"(\d{4})年(\d{1,2})月?-(\d{1,2})月份?", body):
            return cls.months(int(match[1]), int(match[2]), int(match[3]))
        if match := re.fullmatch(r"(\d{4})年(\d{1,2})月份?", body):
            return cls.month(int(match[1]), int(match[2]))
        if match := re.fullmatch(r"(\d{4})年(上|下)半年", body):
            return cls.months(int(match[1]), *((1, 6) if match[2] == "上" else (7, 12)))
        if match := re.fullmatch(r"(\d{4})年第?([一二三四1-4])季度", body):
            quarter = "一二三四".find(match[2]) + 1 or int(match[2])
            return cls.months(int(match[1]), 3 * quarter - 2, 3 * quarter)
        if match := re.fullmatch(r"(\d{4})年(?:全年|度)", body):
            return cls.of_year(int(match[1]))
        return None

    # -- what it is ----------------------------------------------------------------------------------------------

    @property
    def _whole_months(self) -> bool:
        return _are_whole_months(self.start, self.end)

    @property
    def kind(self) -> str:
        """"month", "quarter", "half", "year", "months" (1 to N of one year), "week" or "days"."""
        return _kind(self.start, self.end)

    def __str__(self) -> str:
        """The shortest text that parse() reads back to this period."""
        year, kind = self.start.year, self.kind
        if kind == "year":
            name = f"{year}"
        elif kind == "half":
            name = f"{year}H{1 if self.start.month == 1 else 2}"
        elif kind == "quarter":
            name = f"{year}Q{(self.start.month + 2) // 3}"
        elif kind == "month":
            name = f"{year}-{self.start.month:02}"
        elif kind == "months":
            name = f"{year}-{self.start.month:02}..{self.end.year}-{self.end.month:02}"
        elif kind == "week":
            iso = self.start.isocalendar()
            name = f"{iso.year}W{iso.week:02}"
        else:
            name = f"{self.start}..{self.end}"
        return name if self.cutoff == self.end else f"{name}@{self.cutoff}"

    @property
    def name(self) -> Text:
        """What a document calls it: 2026年上半年, 2013年1–10月."""
        year, kind = self.start.year, self.kind
        month = calendar.month_name[self.start.month]
        if kind == "year":
            return Text(f"{year}年", f"{year}")
        if kind == "half":
            first = self.start.month == 1
            return Text(f"{year}年{'上' if first else '下'}半年", f"{'first' if first else 'second'} half of {year}")
        if kind == "quarter":
            quarter = (self.start.month + 2) // 3
            return Text(f"{year}年第{'一二三四'[quarter - 1]}季度", f"quarter {quarter} of {year}")
        if kind == "month":
            return Text(f"{year}年{self.start.month}月", f"{month} {year}")
        if kind == "months":
            return Text(f"{year}年{self.start.month}–{self.end.month}月", f"{month} to {calendar.month_name[self.end.month]} {year}")
        if kind == "week":
            iso = self.start.isocalendar()
            return Text(f"{iso.year}年第{iso.week}周", f"week {iso.week} of {iso.year}")
        return Text(f"{day_zh(self.start)}至{day_zh(self.end)}", f"{self.start} to {self.end}")

    @property
    def year(self) -> int:
        """The calendar year of the cut-off: the year whose annual duties and targets apply."""
        return self.cutoff.year

    @property
    def year_start(self) -> date:
        return date(self.cutoff.year, 1, 1)

    @property
    def year_end(self) -> date:
        return date(self.cutoff.year, 12, 31)

    @property
    def time_progress(self) -> Fraction:
        """时间进度: the share of the year gone by the cut-off; whole months count as twelfths (30 June is exactly a half)."""
        if self.cutoff == month_end(self.cutoff.year, self.cutoff.month):
            return Fraction(self.cutoff.month, 12)
        return Fraction((self.cutoff - self.year_start).days + 1, (self.year_end - self.year_start).days + 1)

    # -- its neighbours --------------------------------------------------------------------------------------------

    def at(self, cutoff: date) -> "Period":
        """This period as known on `cutoff`."""
        return replace_cutoff(self, cutoff)

    def known_on(self, day: date) -> "Period":
        """This period as it can be known on `day`: cut off there if it is still running then."""
        return self.at(day) if self.start <= day < self.cutoff else self

    def has_ended(self, day: date) -> bool:
        """Whether nothing done on `day` belongs to it any more."""
        return self.end < day

    def previous(self) -> "Period":
        """环比: the period of the same kind just before; the cut-off keeps its place."""
        if self._whole_months:
            length = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
            start = add_months(self.start, -length)
            last = add_months(self.start, -1)
            end = month_end(last.year, last.month)
            shifted = add_months(self.cutoff, -length)
        else:
            days = (self.end - self.start).days + 1
            start, end = self.start - timedelta(days=days), self.start - timedelta(days=1)
            shifted = self.cutoff - timedelta(days=days)
        return Period(start, end, end if self.cutoff == self.end else min(max(shifted, start), end))

    def same_period_last_year(self) -> "Period":
        """同比: the same days a year earlier (a week: the same week number)."""
        if self.kind == "week":
            return Period(self.start - timedelta(days=364), self.end - timedelta(days=364), self.cutoff - timedelta(days=364))
        start, end = add_months(self.start, -12), add_months(self.end, -12)
        if self._whole_months:
            end = month_end(end.year, end.month)
        return Period(start, end, end if self.cutoff == self.end else min(add_months(self.cutoff, -12), end))


def _are_whole_months(start: date, end: date) -> bool:
    return start.day == 1 and end == month_end(end.year, end.month)


@lru_cache(4096)
def _kind(start: date, end: date) -> str:
    """A page of returns asks it two thousand times, of a few dozen periods."""
    if _are_whole_months(start, end) and start.year == end.year:
        span = (start.month, end.month)
        if span == (1, 12):
            return "year"
        if span in ((1, 6), (7, 12)):
            return "half"
        if span[0] % 3 == 1 and span[1] == span[0] + 2:
            return "quarter"
        return "month" if span[0] == span[1] else "months"
    return "week" if start.weekday() == 0 and (end - start).days == 6 else "days"


def replace_cutoff(period: Period, cutoff: date) -> Period:
    return Period(period.start, period.end, cutoff)


def day_zh(day: date) -> str:
    """2026年6月30日, as GB/T 15835 writes it: Arabic digits, no leading zero."""
    return f"{day.year}年{day.month}月{day.day}日"
