"""What changed between two versions: which tables, and whose rows."""

import pyarrow.parquet as parquet

from taizhang.county.models import Change
from taizhang.kernel.contracts import RecordContract
from taizhang.ledger import layout
from taizhang.ledger.models import Kind, LedgerFile, LedgerVersion

_NAMED = 900  # keys that a query names


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
    for table, paths in changes.items():
        contract = layout.contract_of(table)
        for path in paths:
            rows = parquet.read_table(layout.folder() / path, columns=["id", "resident"])
            found.update(resident for resident in rows.column("resident").to_pylist() if resident is not None)
            found |= _before(contract, rows.column("id").to_pylist(), old, new)
    return sorted(found)


def _before(contract: RecordContract, keys: list[int], old: int, new: int) -> set[int]:
    """Whose these rows were before each change between the two versions: a deleted row carries no resident, and a corrected one may have
    been another's. The database's own changes say it; the ledger, which lies by date, would be searched from end to end."""
    source = contract.column("resident").source
    written = Change.objects.filter(table=layout.database_table(contract), taken__gt=old, taken__lte=new).exclude(operation="I")
    found: set[int] = set()
    for start in range(0, len(keys), _NAMED):
        found.update(written.filter(row__in=keys[start : start + _NAMED]).values_list(f"old__{source}", flat=True))
    return found - {None}


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
