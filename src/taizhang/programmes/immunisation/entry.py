"""入托入学预防接种证查验 of one child: which doses of its age it lacked on the day, and whether it has had them since.

Pure functions over the child's plan (schedule.plan). 儿童入托、入学预防接种证查验办法: who has not had every dose
of the schedule for its age is told to catch up, and is checked again.
"""

from dataclasses import dataclass
from datetime import date

from taizhang.programmes.immunisation.schedule.plan import PROHIBITED, TO_BE_JUDGED, Plan, Slot
from taizhang.programmes.immunisation.vaccines import dose_name

COMPLETE, TO_CATCH_UP, CAUGHT_UP = "1", "2", "3"
RESULTS = {
    COMPLETE: ("已全程接种", "Complete for its age"),
    TO_CATCH_UP: ("需补种", "To catch up"),
    CAUGHT_UP: ("已补种", "Has caught up"),
}
# The longest that each series is in any edition of the schedule; HPV is given after school entry.
_MOST_DOSES = {"hepb": 3, "bcg": 1, "polio": 4, "dtap": 5, "mmr": 2, "je": 4, "mena": 2, "menac": 2, "hepa": 2}
LACKABLE = {
    f"{series}_{number}": (dose_name(series, number).zh, dose_name(series, number).en)
    for series, most in _MOST_DOSES.items()
    for number in range(1, most + 1)
}


@dataclass(frozen=True, slots=True)
class Entry:
    """missing: the doses lacking on the day of the check, by code. caught_up_on: when the last of them had been given; None while one has
    not, or where none was lacking."""

    missing: tuple[str, ...]
    result: str
    caught_up_on: date | None


def entry_of(plan: Plan, on: date) -> Entry:
    """What the check of `on` finds, as the child's doses stand now."""
    missing = [slot for slot in plan.slots if _is_missing(slot, on)]
    given = [slot.given_on for slot in missing if slot.given_on is not None]
    result = COMPLETE if not missing else CAUGHT_UP if len(given) == len(missing) else TO_CATCH_UP
    return Entry(tuple(slot.code for slot in missing), result, max(given) if result == CAUGHT_UP else None)


def _is_missing(slot: Slot, on: date) -> bool:
    """Due by its age on the day, not yet given, and neither lapsed nor held back for the child's health."""
    if slot.series == "hpv" or slot.due_on > on or slot.lapses_on <= on or (slot.given_on is not None and slot.given_on <= on):
        return False
    held_back = slot.exempt not in ("", TO_BE_JUDGED) and slot.exempt_from is not None and slot.exempt_from <= on
    return not (held_back and (slot.exempt == PROHIBITED or slot.exempt_until is None or slot.exempt_until >= on))
