"""Asking for versions: the latest, one by number, what changed between two, and which are kept."""

from bisect import bisect_left
from datetime import date, timedelta

from django.db import transaction

from taizhang.ledger import layout
from taizhang.ledger.layout import LedgerError
from taizhang.ledger.models import Kind, LedgerFile, LedgerVersion

KEPT_DAYS = 90
_NAMED = 2_000  # keys that a query names; of more it looks into the file


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


def changed_tables(old: int, new: int) -> set[str] | None:
    """Tables whose rows differ between two versions; None where that is unknown and everything must be taken as changed."""
    numbers = _steps(old, new)
    if numbers is None:
        return None
    return set(LedgerFile.objects.filter(added__in=numbers).values_list("table", flat=True))


def changed_residents(old: int, new: int) -> list[int] | None:
    """Residents with a row written, moved to or away from them, or deleted between two versions; None: unknown, take all as changed.

    Tables that are not about residents (population counts, returns) are told by changed_tables.
    """
    numbers = _steps(old, new)
    if numbers is None:
        return None
    changes: dict[str, list[str]] = {}
    for table, path in LedgerFile.objects.filter(added__in=numbers).order_by("id").values_list("table", "path"):
        if table in layout.contracts() and layout.contract_of(table).about_residents:
            changes.setdefault(table, []).append(path)
    if not changes:
        return []
    from taizhang.ledger import reader

    found: set[int] = set()
    with reader.connect(old, changes) as connection:
        for table, paths in changes.items():
            written = reader.parquet(paths)
            rows = connection.execute(f"SELECT id, resident FROM {written}").fetchall()
            found.update(resident for _, resident in rows if resident is not None)
            # A deleted row carries no resident, and a corrected one may have been another's: the older state knows whose it was. Few keys
            # are named one by one, so that parts of a file which cannot hold them are not read: a new row's key is in none.
            keys = ", ".join(str(key) for key, _ in rows) if len(rows) <= _NAMED else f"SELECT id FROM {written}"
            older = connection.execute(f'SELECT DISTINCT resident FROM "{table}" WHERE id IN ({keys}) AND resident IS NOT NULL').fetchall()
            found.update(row[0] for row in older)
    return sorted(found)


def _steps(old: int, new: int) -> list[int] | None:
    """Numbers of the versions after `old` up to `new` that brought changes; None when one is no longer there or changed everything."""
    steps = list(LedgerVersion.objects.filter(number__gte=old, number__lte=new).values_list("number", "kind"))
    if len(steps) != new - old + 1:
        return None
    kinds = {number: kind for number, kind in steps if number > old}
    if any(kind not in (Kind.CHANGES, Kind.FOLD) for kind in kinds.values()):
        return None
    return [number for number, kind in kinds.items() if kind == Kind.CHANGES]


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
