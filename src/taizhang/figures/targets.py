"""Yearly targets 任务目标: set, and read for a page of figures. They are read as they stand today, at whatever ledger version."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction

from django.db import transaction

from taizhang.config import home
from taizhang.county.changes import acting_as
from taizhang.figures.model import Aim, Figure, FigureError, accumulates
from taizhang.figures.models import Target, TargetRevision, TargetUnit
from taizhang.kernel.arithmetic import round_half_away
from taizhang.kernel.indicators import Better, TimeBase
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text


def set_target(
    indicator: str, organisation: str, year: int, value: Decimal, source: str, *, actor: str, unit: str | None = None,
    dry_run: bool = False, reason: str = "", day: date | None = None,
) -> bool:  # fmt: skip
    """Set one target, in the indicator's own unit (a rate's %, a count's 人 ...). Returns whether anything changed; every change is kept
    (TargetRevision).

    unit: "percent" or "count", where the file says it; it must fit the indicator. reason: why a task that was set is changed. day: the
    working day, by default the home's. Raises FigureError with the cure.
    """
    siblings = registry.indicators.get(indicator)
    if not siblings:
        raise FigureError(f"没有指标“{indicator}”。请核对指标代码；taizhang figures 列出全部指标。")
    own = TargetUnit.PERCENT if siblings[-1].is_rate else TargetUnit.COUNT
    name = siblings[-1].name.zh
    if unit is not None and unit != own:
        raise FigureError(f"“{name}”的任务应按{own.label}（{siblings[-1].unit}）填写，现填的是“{unit}”。请改正单位。")
    if value < 0:
        raise FigureError(f"“{name}”的任务值{value}小于0。请填0或正数。")
    if value != value.quantize(Decimal("0.0001")):
        raise FigureError(f"“{name}”的任务值{value}超过4位小数。请四舍五入后重填。")
    if not source.strip():
        raise FigureError(f"“{name}”{year}年的任务没有依据文件。请填文件名称和文号。")
    with transaction.atomic():
        known = Target.objects.filter(indicator=indicator, organisation_id=organisation, year=year).first()
        if known is not None and (known.value, known.source) == (value, source):
            return False
        if dry_run:
            return True
        with acting_as(actor):
            Target.objects.update_or_create(
                indicator=indicator, organisation_id=organisation, year=year, defaults={"value": value, "unit": own, "source": source}
            )
            TargetRevision.objects.create(
                indicator=indicator, organisation_id=organisation, year=year, before=known.value if known else None, after=value,
                source=source, reason=reason.strip()[:200], revised_on=day or home.current().working_day(), actor=actor[:60],
            )  # fmt: skip
    return True


def read_targets(organisations: Collection[str], year: int) -> dict[tuple[str, str], Aim]:
    """Targets of a year by (indicator, organisation). One query."""
    found = {}
    for target in Target.objects.filter(organisation_id__in=organisations, year=year):
        siblings = registry.indicators.get(target.indicator)
        if siblings:
            value = target.value.normalize() if target.value else Decimal(0)
            plain = value.quantize(Decimal(1)) if value == value.to_integral_value() else value
            found[target.indicator, target.organisation_id] = Aim(year=year, value=plain, unit=siblings[-1].unit, source=target.source)
    return found


# -- how it will end ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a figure comes to on 31 December, and by which method, said plainly. meets: whether that reaches the task; None without one."""

    value: Decimal
    method: Text
    meets: bool | None


STRAIGHT = Text(
    "年末预计＝至今完成数÷已过天数×全年天数（按至今的平均进度直线推算）",
    "At year end: what is done so far, divided by the days gone, times the days of the year (a straight line)",
)
PRESENT = Text("年末预计＝现有水平（时点数和率不随日历增长，按现水平不变推算）", "At year end: the present level, unchanged")
BY_DUTY = Text(
    "年末预计＝现有到期完成率（按“到期应做已做”计算，以后到期的按同样比例完成推算；12月31日与全年口径一致）",
    "At year end: the present share of what is due by now, if what falls due later is done at the same share; on 31 December this is "
    "the annual rule",
)


def forecast(figure: Figure) -> Forecast | None:
    """The figure at the year's end if things go on as they have; None without a value, or for a count that does not begin on 1 January."""
    indicator, period = figure.indicator, figure.period
    if figure.value is None:
        return None
    if accumulates(indicator):
        if period.start != period.year_start:
            return None
        gone = (period.cutoff - period.year_start).days + 1
        whole = (period.year_end - period.year_start).days + 1
        value = round_half_away(Fraction(figure.value) * whole / gone, max(0, -int(figure.value.as_tuple().exponent)))
        return Forecast(value, STRAIGHT, _meets(figure, value))
    method = BY_DUTY if indicator.time_base is TimeBase.DUE_TO_DATE else PRESENT
    return Forecast(figure.value, method, _meets(figure, figure.value))


def _meets(figure: Figure, value: Decimal) -> bool | None:
    if figure.target is None:
        return None
    return value <= figure.target.value if figure.indicator.better is Better.LOWER else value >= figure.target.value


def still_needed(figure: Figure) -> int | None:
    """How many of those in the gap would bring a rate to its task: the least whole number. None where that is no question."""
    aim, rate_of = figure.target, {"%": 100, "‰": 1000}.get(figure.indicator.unit)
    if aim is None or rate_of is None or figure.numerator is None or not figure.denominator or figure.indicator.better is not Better.HIGHER:
        return None
    wanted = (Decimal(figure.denominator) * aim.value / rate_of).to_integral_value(rounding=ROUND_CEILING)
    return max(0, int(wanted) - figure.numerator)


def year_so_far(year: int, day: date) -> Period:
    """January to the last complete month, as monthly returns can fill it; a year that is over, whole."""
    if year < day.year:
        return Period.of_year(year)
    latest = Period.complete_months(day)
    return latest if latest.start.year == year else Period(date(year, 1, 1), day)
