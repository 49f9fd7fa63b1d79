"""Bulletins 上级通报 as entered: read for a document, and written one by one or from a table."""

import csv
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.db import transaction

from taizhang.county.changes import acting_as
from taizhang.county.models import Staff
from taizhang.kernel.periods import Period, PeriodError
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.summaries.desk.errors import DeskError
from taizhang.summaries.desk.models import Bulletin
from taizhang.summaries.desk.sections import who
from taizhang.summaries.reference import LEVELS, Reference, References

COLUMNS = ("指标代码", "时段", "范围", "位次", "参评单位数", "平均水平", "文件名称", "文号", "文件日期")
_LEVELS = {**{code: code for code in LEVELS}, **{level.zh: code for code, level in LEVELS.items()}}


def read(organisation: str, period: Period) -> References:
    """What bulletins say of exactly this period, by indicator. A bulletin of another period says nothing of this one."""
    found: dict[str, tuple[Reference, ...]] = {}
    rows = Bulletin.objects.filter(organisation_id=organisation, period_start=period.start, period_end=period.end).order_by("id")
    for row in rows:
        made = Reference(
            row.indicator,
            row.level,
            row.rank,
            row.of,
            _shown(row.indicator, row.value),
            row.document,
            row.document_number,
            row.document_day,
        )
        found[row.indicator] = (*found.get(row.indicator, ()), made)
    return found


def _shown(code: str, value: Decimal | None) -> Decimal | None:
    """A mean with the decimals our own figure has, never fewer than the bulletin gives."""
    if value is None:
        return None
    given = value.normalize()
    own = registry.indicators[code][-1].places if code in registry.indicators else 0
    exponent = given.as_tuple().exponent
    assert isinstance(exponent, int)
    return value.quantize(Decimal(1).scaleb(-max(own, -exponent, 0)))


def enter(
    organisation: str,
    indicator: str,
    period: Period,
    level: str,
    *,
    document: str,
    day: date,
    by: Staff | str,
    number: str = "",
    rank: int | None = None,
    of: int | None = None,
    value: Decimal | None = None,
) -> Bulletin:
    """Enter what a bulletin says; what was entered before for the same level is replaced."""
    if indicator not in registry.indicators:
        raise DeskError(Text(f"没有指标“{indicator}”。请核对代码。", f"No indicator {indicator!r}. Check its code."))
    if level not in _LEVELS:
        raise DeskError(
            Text(f"范围“{level}”应为{'、'.join(t.zh for t in LEVELS.values())}之一。", f"Level {level!r} is none of {', '.join(LEVELS)}.")
        )
    if (rank is None) == (value is None):
        raise DeskError(Text("位次和平均水平须填且只填一项。", "Give either a rank or a mean, not both."))
    if rank is not None and (rank < 1 or (of is not None and rank > of)):
        raise DeskError(
            Text(f"位次{rank}不在1至{of or '参评单位数'}之间。请核对通报。", f"Rank {rank} is not among {of}. Check the bulletin.")
        )
    if not document.strip():
        raise DeskError(Text("须填写通报的文件名称。", "Name the bulletin."))
    with acting_as(by), transaction.atomic():
        row, _ = Bulletin.objects.update_or_create(
            organisation_id=organisation, indicator=indicator, period_start=period.start, period_end=period.end, level=_LEVELS[level],
            defaults={
                "rank": rank, "of": of, "value": value, "document": document.strip(), "document_number": number.strip(),
                "document_day": day, "entered_by": who(by),
            },
        )  # fmt: skip
    return row


def enter_table(organisation: str, path: Path, *, by: Staff | str) -> int:
    """A CSV with COLUMNS. All rows or none: every faulty row is named."""
    # exchange has a reader that takes Excel too; it is a sibling of this room and not below it, and a bulletin has a dozen rows.
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    if rows and (lacking := [c for c in COLUMNS if c not in rows[0]]):
        raise DeskError(Text(f"{path.name} 缺少列：{'、'.join(lacking)}。", f"{path.name} lacks the columns {', '.join(lacking)}."))
    faults: list[Text] = []
    with transaction.atomic():
        for line, row in enumerate(rows, start=2):
            try:
                enter(
                    organisation, row["指标代码"].strip(), Period.parse(row["时段"]), row["范围"].strip(), document=row["文件名称"],
                    number=row["文号"], day=date.fromisoformat(row["文件日期"].strip()), by=by, rank=_whole(row["位次"]),
                    of=_whole(row["参评单位数"]), value=Decimal(row["平均水平"].strip(" %")) if row["平均水平"].strip() else None,
                )  # fmt: skip
            except DeskError as error:
                faults.append(Text(f"第{line}行：{error.message.zh}", f"row {line}: {error.message.en}"))
            except (PeriodError, ValueError, InvalidOperation) as error:
                faults.append(Text(f"第{line}行：{error}。请核对时段、日期和数字。", f"row {line}: {error}"))
        if faults:
            raise DeskError(
                Text(f"{path.name} 有{len(faults)}行不能录入，全部未录入：", f"{path.name}: {len(faults)} faulty rows, none entered:"),
                faults,
            )
    return len(rows)


def _whole(text: str) -> int | None:
    return int(text) if text.strip() else None
