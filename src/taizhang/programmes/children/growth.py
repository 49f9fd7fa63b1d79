"""Growth of a child: z-scores against the standards of the World Health Organization, and the curves of the growth chart.

The tables stand in standards/*.txt, as published, with their edition in the head of each file: the WHO Child Growth Standards (2006) by
day of age to day 1856 and by length or height, and the WHO Growth Reference (2007) by completed month after it. A score is
((y/M)^L - 1)/(L S), beyond three deviations carried on by the distance between the second and the third where weight is involved (WHO,
Methods and development, chapter 7). All arithmetic is decimal; a score is given in whole hundredths.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from taizhang.kernel.arithmetic import round_half_away
from taizhang.kernel.periods import months_between

LAST_DAY = 1856  # of the standards of 2006
STANDING_FROM = 731  # days: lying before, standing from then on
FULL_TERM_WEEKS, PRETERM_BELOW_WEEKS, CORRECTED_TO_MONTHS = 40, 37, 24
BOY, GIRL = "1", "2"
_DIGITS = 20
_DAYS_OF_A_MONTH = Decimal("30.4375")


class Measure(StrEnum):
    """What a chart shows over age."""

    WEIGHT = "weight"
    LENGTH = "length"
    BMI = "bmi"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Lms:
    """One line of a table: the power, the median and the coefficient of variation of the normal distribution it stands for."""

    power: Decimal
    median: Decimal
    variation: Decimal

    def value_at(self, score: Decimal) -> Decimal:
        """The measurement that has this score, without carrying on beyond three deviations."""
        if self.power == 0:
            return self.median * (self.variation * score).exp()
        base = 1 + self.power * self.variation * score
        return self.median * base ** (1 / self.power)

    def score_of(self, measured: Decimal, *, carried_on: bool) -> Decimal:
        if self.power == 0:
            score = (measured / self.median).ln() / self.variation
        elif self.power == 1:
            score = (measured / self.median - 1) / self.variation
        else:
            score = ((measured / self.median) ** self.power - 1) / (self.power * self.variation)
        if carried_on and abs(score) > 3:
            side = 1 if score > 0 else -1
            third, second = self.value_at(Decimal(3 * side)), self.value_at(Decimal(2 * side))
            score = 3 * side + (measured - third) / abs(third - second)
        return score


@dataclass(frozen=True, slots=True)
class Scores:
    """z-scores in whole hundredths; None where nothing was measured or the standards do not reach."""

    weight: int | None = None
    length: int | None = None
    weight_length: int | None = None
    bmi: int | None = None
    head: int | None = None


@lru_cache(maxsize=16)
def table(name: str) -> dict[tuple[str, int], Lms]:
    """A file of standards/, by sex and index."""
    found = {}
    for line in (Path(__file__).parent / "standards" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            sex, index, power, median, variation = line.split()
            found[sex, int(index)] = Lms(Decimal(power), Decimal(median), Decimal(variation))
    return found


_BY_MONTH = {Measure.WEIGHT: "weight_by_month", Measure.LENGTH: "height_by_month", Measure.BMI: "bmi_by_month"}


def lms_for_age(measure: Measure, sex: str, days: int, months: int) -> Lms | None:
    """By the day to day 1856, then by the completed month; the head has no standard after it."""
    if days <= LAST_DAY:
        return table(f"{measure}_by_day").get((sex, days))
    return table(_BY_MONTH[measure]).get((sex, months)) if measure in _BY_MONTH else None


def birth_corrected(birth: date, on: date, birth_weeks: int | None) -> date:
    """The day from which growth is counted: of a child born before 37 weeks, and up to 24 months, the day it would have had 40 weeks."""
    if birth_weeks is None or birth_weeks >= PRETERM_BELOW_WEEKS or months_between(birth, on) >= CORRECTED_TO_MONTHS:
        return birth
    return birth + timedelta(weeks=FULL_TERM_WEEKS - birth_weeks)


def scores(
    sex: str, birth: date, on: date, *, weight: int | None, length: int | None, head: int | None = None, birth_weeks: int | None = None
) -> Scores:
    """weight in hundredths of kg, length (lying before day 731, standing from then on) and head in tenths of cm, as they are stored."""
    since = birth_corrected(birth, on, birth_weeks)
    days, months = (on - since).days, months_between(since, on)
    if days < 0 or sex not in (BOY, GIRL):
        return Scores()
    with localcontext() as context:
        context.prec = _DIGITS
        kilograms = None if weight is None else Decimal(weight) / 100
        centimetres = None if length is None else Decimal(length) / 10
        index = None if not kilograms or not centimetres else kilograms * 10_000 / (centimetres * centimetres)

        def scored(line: Lms | None, measured: Decimal | None, carried_on: bool = True) -> int | None:
            if line is None or not measured:
                return None
            return int(round_half_away(Fraction(line.score_of(measured, carried_on=carried_on)), 2) * 100)

        of_length = table("weight_by_length" if days < STANDING_FROM else "weight_by_height") if days <= LAST_DAY else {}
        return Scores(
            weight=scored(lms_for_age(Measure.WEIGHT, sex, days, months), kilograms),
            length=scored(lms_for_age(Measure.LENGTH, sex, days, months), centimetres, carried_on=False),
            weight_length=scored(of_length.get((sex, length or 0)), kilograms),
            bmi=scored(lms_for_age(Measure.BMI, sex, days, months), index),
            head=scored(
                lms_for_age(Measure.HEAD, sex, days, months), None if head is None else Decimal(head) / 10, carried_on=False
            ),
        )  # fmt: skip


# -- 生长发育监测图 ---------------------------------------------------------------------------------------------------------------------

# The curves of the chart, in standard deviations from the median: a child is judged in these (低体重, 生长迟缓, 消瘦, 肥胖), so the chart
# shows how far it is from each limit; percentiles would show none of them.
DEVIATIONS = (-3, -2, -1, 0, 1, 2, 3)
CHART_MONTHS = 84


@dataclass(frozen=True, slots=True)
class Chart:
    """A growth chart: curves by standard deviation, each a value for every month of age that the standards reach; and the child's points,
    age in months (two decimals) and value. In kg, cm or kg/m²."""

    measure: Measure
    sex: str
    curves: dict[int, tuple[tuple[int, Decimal], ...]]
    points: tuple[tuple[Decimal, Decimal], ...] = ()


@lru_cache(maxsize=8)
def curves(measure: Measure, sex: str) -> dict[int, tuple[tuple[int, Decimal], ...]]:
    """The curves of the standard deviations by month of age."""
    found: dict[int, tuple[tuple[int, Decimal], ...]] = {}
    with localcontext() as context:
        context.prec = _DIGITS
        for deviation in DEVIATIONS:
            line = []
            for month in range(CHART_MONTHS):
                lms = lms_for_age(measure, sex, int((month * _DAYS_OF_A_MONTH).to_integral_value()), month)
                if lms is not None:
                    line.append((month, round_half_away(Fraction(lms.value_at(Decimal(deviation))), 2)))
            found[deviation] = tuple(line)
    return found


def chart(measure: Measure, sex: str, birth: date, measured: Sequence[tuple[date, Decimal]], *, birth_weeks: int | None = None) -> Chart:
    """The chart of one child, none of it before term. measured: day and value, in the unit of the measure. The age is counted as for a
    score: of a child born early, to two years, from the day it would have had forty weeks."""
    aged = [((on - birth_corrected(birth, on, birth_weeks)).days, value) for on, value in measured]
    points = tuple((round_half_away(Fraction(days) / Fraction(_DAYS_OF_A_MONTH), 2), value) for days, value in aged if days >= 0)
    return Chart(measure, sex, curves(measure, sex), points)
