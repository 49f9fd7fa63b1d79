"""Yearly targets 任务目标: set, and read for a page of figures. They are read as they stand today, at whatever ledger version."""

from collections.abc import Collection
from decimal import Decimal

from django.db import transaction

from taizhang.county.changes import acting_as
from taizhang.figures.model import Aim, FigureError
from taizhang.figures.models import Target, TargetUnit
from taizhang.kernel.registry import registry


def set_target(
    indicator: str, organisation: str, year: int, value: Decimal, source: str, *, actor: str, unit: str | None = None, dry_run: bool = False
) -> bool:
    """Set one target, in the indicator's own unit (a rate's %, a count's 人 ...). Returns whether anything changed.

    unit: "percent" or "count", where the file says it; it must fit the indicator. Raises FigureError with the cure.
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

