"""Asking for versions: the latest, one by number, and which are kept."""

from bisect import bisect_left
from datetime import date, timedelta

from django.db import transaction

from taizhang.ledger import layout
from taizhang.ledger.layout import LedgerError
from taizhang.ledger.models import LedgerFile, LedgerVersion

KEPT_DAYS = 90


def latest() -> LedgerVersion | None:
    """The newest version, or None where nothing was synchronised yet."""
    return LedgerVersion.objects.order_by("-number").first()


def latest_or_error() -> LedgerVersion:
    version = latest()
    if version is None:
        raise LedgerError("台账还没有版本。先运行 taizhang sync。")
    return version


def at(number: int) -> LedgerVersion:
    """The version of this number. Raises LedgerError when it is not kept."""
    try:
        return LedgerVersion.objects.get(number=number)
    except LedgerVersion.DoesNotExist:
        raise LedgerError(f"台账没有第{number}版，或已超过{KEPT_DAYS}天未留存。用 taizhang verify 查看现有版本。") from None


def pin(number: int, reason: str) -> None:
    """Keep this version's files for good: figures of it were published, or a backup names it."""
    if not LedgerVersion.objects.filter(number=number).update(pinned_for=reason):
        at(number)


def retention(day: date) -> int:
    """Forget versions older than 90 days on `day` that nobody pinned, and remove the files that no kept version names, also those of
    killed passes. Returns how many files were removed. The latest version always stays. The caller holds the consumer's lock."""
    newest = latest()
    if newest is None:
        return 0
    limit = day - timedelta(days=KEPT_DAYS)
    with transaction.atomic():
        LedgerVersion.objects.filter(created_at__date__lt=limit, pinned_for="").exclude(number=newest.number).delete()
        kept = sorted(LedgerVersion.objects.values_list("number", flat=True))
        dropped = LedgerFile.objects.filter(dropped__isnull=False)
        LedgerFile.objects.filter(
            pk__in=[file.pk for file in dropped if bisect_left(kept, file.added) == bisect_left(kept, file.dropped)]
        ).delete()
    # Rows first: a kill here leaves files that nobody names, never names without a file.
    named = set(LedgerFile.objects.values_list("path", flat=True))
    removed = 0
    for table in newest.tables:
        for part in layout.PARTS:
            for path in layout.part_folder(table, part).glob("*.parquet"):
                if path.relative_to(layout.folder()).as_posix() not in named:
                    path.unlink()
                    removed += 1
    return removed
