"""A figure as a page shows it: worded, signed and coloured, in the reader's language."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from urllib.parse import urlencode

from taizhang.figures.model import NOTHING, Change, Figure
from taizhang.figures.present import grouped
from taizhang.kernel.indicators import Better, Status
from taizhang.kernel.periods import Period
from taizhang.web.addresses import address_ending
from taizhang.web.discretion import HIDDEN
from taizhang.web.units import change_unit_in, unit_in

_SIGNS = ("%", "‰")


@dataclass(frozen=True)
class Shown:
    """hidden: kept back from this reader; then nothing of its numbers reaches the page."""

    figure: Figure
    language: str
    hidden: bool = False
    mark: str = ""  # "best" or "worst" among the units it stands with

    @property
    def code(self) -> str:
        return self.figure.code

    @property
    def name(self) -> str:
        return self.figure.indicator.name.in_language(self.language)

    @property
    def organisation_name(self) -> str:
        return self.figure.organisation_name.in_language(self.language)

    @property
    def category_name(self) -> str:
        return self.figure.category_name.in_language(self.language) if self.figure.category_name else ""

    @cached_property
    def url(self) -> str:
        return f"{address_ending('figure', self.figure.code, self.figure.organisation)}?{_query(self.figure.period, self.figure.category)}"

    @property
    def value(self) -> str:
        if self.hidden:
            return HIDDEN.in_language(self.language)
        return grouped(self.figure.value, self.figure.indicator.unit, self.language)

    @property
    def has_value(self) -> bool:
        return not self.hidden and self.figure.value is not None

    @property
    def sort_value(self) -> str:
        """The bare number, for sorting and charts."""
        return f"{self.figure.value:f}" if self.has_value else ""

    @property
    def number(self) -> Decimal | str | None:
        """For a sheet of Excel: the bare number, or the word that stands for one kept back."""
        return self.value if self.hidden else self.figure.value

    @property
    def counts(self) -> tuple[Decimal | None, Decimal | None]:
        """Numerator and denominator, bare."""
        scaled = (None, None) if self.hidden else (self.figure.numerator, self.figure.denominator)
        top, bottom = (None if n is None else Decimal(n).scaleb(-self.figure.places) for n in scaled)
        return top, bottom

    @property
    def aim(self) -> Decimal | None:
        """The target, bare."""
        return None if self.figure.target is None else _trimmed(self.figure.target.value)

    @property
    def heading(self) -> str:
        """The name with its unit, for a column of bare numbers."""
        unit = unit_in(self.figure.indicator.unit, self.language)
        return f"{self.name}（{unit}）" if self.language == "zh" else f"{self.name} ({unit})"

    @property
    def unit(self) -> str:
        """The word after the number; a sign stands in the number already."""
        unit = self.figure.indicator.unit
        if unit in _SIGNS or not self.has_value:
            return ""
        return "/10万" if unit == "1/10万" and self.language == "zh" else unit_in(unit, self.language)

    @property
    def status(self) -> str:
        """What is to be said of it beside its value; nothing where all is well."""
        if self.hidden or self.figure.status is Status.OK:
            return ""
        return self.figure.status.label.in_language(self.language)

    @property
    def absent(self) -> bool:
        """Nobody here reports it: of no use on the board of a place that is not asked for it."""
        return self.figure.status in (Status.NOT_REPORTED, Status.NO_RULE)

    # -- comparisons -------------------------------------------------------------------------------------------------------

    @property
    def last_year(self) -> str:
        reading = self.figure.last_year
        if self.hidden or reading is None or reading.value is None:
            return NOTHING
        return grouped(reading.value, self.figure.indicator.unit, self.language)

    @property
    def change(self) -> str:
        return self._change(self.figure.change_last_year)

    @property
    def change_previous(self) -> str:
        """Against the period before; nothing for January to some month, whose neighbour lies across two years."""
        if self.figure.period.kind == "months":
            return ""
        return self._change(self.figure.change_previous)

    def _change(self, change: Change | None) -> str:
        if self.hidden or change is None:
            return ""
        sign = "+" if change.value > 0 else "−" if change.value < 0 else ""
        return f"{sign}{abs(change.value)}{change_unit_in(change.unit, self.language)}"

    @property
    def tone(self) -> str:
        """good, bad or even: the direction of the change against which way is good."""
        change = self.figure.change_last_year
        if self.hidden or change is None or change.value == 0 or self.figure.indicator.better is Better.NEITHER:
            return "even"
        return "good" if (change.value > 0) == (self.figure.indicator.better is Better.HIGHER) else "bad"

    @property
    def target(self) -> str:
        aim = self.figure.target
        return "" if aim is None else grouped(_trimmed(aim.value), self.figure.indicator.unit, self.language)

    @property
    def completion(self) -> str:
        return "" if self.hidden or self.figure.completion is None else f"{self.figure.completion}%"

    @property
    def completion_width(self) -> int:
        """Length of the bar, 0 to 100."""
        done = self.figure.completion
        return 0 if done is None else int(min(Decimal(100), max(Decimal(0), done)))

    @property
    def pace(self) -> str:
        pace = self.figure.pace
        if self.hidden or pace is None:
            return ""
        return f"{'+' if pace > 0 else '−' if pace < 0 else ''}{abs(pace)}{change_unit_in('个百分点', self.language)}"

    @property
    def on_pace(self) -> bool | None:
        return None if self.hidden else self.figure.on_pace

    @property
    def rank(self) -> str:
        return "" if self.hidden or self.figure.rank is None else f"{self.figure.rank.place}/{self.figure.rank.of}"

    # -- counts ------------------------------------------------------------------------------------------------------------

    @property
    def numerator(self) -> str:
        return self._count(self.figure.numerator)

    @property
    def denominator(self) -> str:
        return self._count(self.figure.denominator)

    @property
    def gap(self) -> str:
        if self.figure.numerator is None or self.figure.denominator is None:
            return NOTHING
        return self._count(self.figure.denominator - self.figure.numerator)

    def _count(self, scaled: int | None) -> str:
        if self.hidden or scaled is None:
            return NOTHING
        return grouped(Decimal(scaled).scaleb(-self.figure.places), "", self.language)


@lru_cache(2000)
def _query(period: Period, category: str) -> str:
    """The same for every line of a page."""
    return urlencode({"period": str(period)} | ({"category": category} if category else {}))


def _trimmed(value: Decimal) -> Decimal:
    """85 for 85.0000."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
