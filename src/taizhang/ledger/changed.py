"""What changed between two versions: which tables, and whose rows."""

from taizhang.ledger import layout, reader
from taizhang.ledger.models import Kind, LedgerFile, LedgerVersion

_NAMED = 2_000  # keys that a query names; of more it looks into the file


def tables(old: int, new: int) -> set[str] | None:
    """Tables whose rows differ between two versions; None where that is unknown and everything must be taken as changed."""
    numbers = _steps(old, new)
    if numbers is None:
        return None
    return set(LedgerFile.objects.filter(added__in=numbers).values_list("table", flat=True))


def residents(old: int, new: int) -> list[int] | None:
    """Residents with a row written, moved to or away from them, or deleted between two versions; None: unknown, take all as changed.

    Tables that are not about residents (population counts, returns) are told by `tables`.
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


def by_changes_alone(old: int, new: int) -> bool:
    """Whether every version after `old` up to `new` brought changes, none of them a fold or a table built anew."""
    return LedgerVersion.objects.filter(number__gt=old, number__lte=new, kind=Kind.CHANGES).count() == new - old


def _steps(old: int, new: int) -> list[int] | None:
    """Numbers of the versions after `old` up to `new` that brought changes; None when one is no longer there or changed everything."""
    steps = list(LedgerVersion.objects.filter(number__gte=old, number__lte=new).values_list("number", "kind"))
    if len(steps) != new - old + 1:
        return None
    kinds = {number: kind for number, kind in steps if number > old}
    if any(kind not in (Kind.CHANGES, Kind.FOLD) for kind in kinds.values()):
        return None
    return [number for number, kind in kinds.items() if kind == Kind.CHANGES]
