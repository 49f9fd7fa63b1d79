"""补录: what is written about days whose figures have been given out. A locked period takes no record at all; one that was opened again,
or whose return a unit has handed in, takes it and marks it late.

The county knows no room above it; those that know of figures given out (the returns) say so here.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from taizhang.county import audit
from taizhang.county.models import AuditEntry
from taizhang.county.organisations import tree_on

Spans = Sequence[tuple[date, date]]
# A line of work and organisations: of each the first and last days whose figures have been given out.
GivenOut = Callable[[str, Collection[str]], Mapping[str, Spans]]
_known: list[GivenOut] = []


def given_out_by(asked: GivenOut) -> None:
    """Ask `asked` of every record that is written after its day, once however often it says so."""
    if asked not in _known:
        _known.append(asked)


def is_late(programme: str, organisation: str, on: date, *, day: date) -> bool:
    """Whether a record of this line of work by the organisation, of the day `on`, is late when it is written on `day`."""
    return on < day and Lateness(programme, {organisation}, day=day).of(organisation, on)


class Lateness:
    """Which records of a line of work by some organisations are late when they are written on `day`, read once for all of them."""

    def __init__(self, programme: str, organisations: Collection[str], *, day: date) -> None:
        self._day = day
        tree = tree_on(day)
        above = {code: {code, *(tree.path(present) if (present := tree.present(code)) else ())} for code in organisations}
        every = set().union(*above.values())
        spans: dict[str, list[tuple[date, date]]] = _unlocked(every)
        for known in _known:
            for code, given_out in known(programme, every).items():
                spans.setdefault(code, []).extend(given_out)
        self._spans = {code: {span for each in up for span in spans.get(each, ())} for code, up in above.items()}

    def of(self, organisation: str, on: date) -> bool:
        return on < self._day and any(start <= on <= end for start, end in self._spans.get(organisation, ()))


def _unlocked(organisations: Collection[str]) -> dict[str, list[tuple[date, date]]]:
    """The days that were locked once and have been opened again."""
    found: dict[str, list[tuple[date, date]]] = {}
    for detail in AuditEntry.objects.filter(action=audit.UNLOCK).values_list("detail", flat=True):
        if detail.get("organisation") in organisations and detail.get("start") and detail.get("end"):
            span = (date.fromisoformat(detail["start"]), date.fromisoformat(detail["end"]))
            found.setdefault(detail["organisation"], []).append(span)
    return found
