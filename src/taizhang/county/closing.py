"""补录: what is written about days whose figures have been given out. A locked period takes no record at all; one that was opened again,
or whose return a unit has handed in, takes it and marks it late.

The county knows no room above it; those that know of figures given out (the returns) say so here.
"""

from collections.abc import Callable, Collection
from datetime import date

from taizhang.county import audit
from taizhang.county.models import AuditEntry
from taizhang.county.organisations import tree_on

# A line of work, an organisation with those above it, a day: whether figures of the day have been given out.
GivenOut = Callable[[str, Collection[str], date], bool]
_known: list[GivenOut] = []


def given_out_by(asked: GivenOut) -> None:
    """Ask `asked` of every record that is written after its day, once however often it says so."""
    if asked not in _known:
        _known.append(asked)


def is_late(programme: str, organisation: str, on: date, *, day: date) -> bool:
    """Whether a record of this line of work by the organisation, of the day `on`, is late when it is written on `day`."""
    if on >= day:
        return False
    tree = tree_on(day)
    present = tree.present(organisation)
    above = {organisation, *(tree.path(present) if present else ())}
    return _unlocked(above, on) or any(known(programme, above, on) for known in _known)


def _unlocked(above: Collection[str], on: date) -> bool:
    """Whether the day was locked once and has been opened again."""
    opened = AuditEntry.objects.filter(action=audit.UNLOCK).values_list("detail", flat=True)
    return any(d.get("organisation") in above and d.get("start", "") <= on.isoformat() <= d.get("end", "") for d in opened)
