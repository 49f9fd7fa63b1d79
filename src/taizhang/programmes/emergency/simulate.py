"""How the synthetic county reports its emergency response."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.emergency.returns import AMBULANCES, EVENTS, READINESS
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, about, of, per_10k
from taizhang.simulation.run import Row

_READINESS: Month = {
    ("plans", ""): about(18, 26),
    ("plans_revised", ""): about(0, 1.2),
    ("teams", ""): about(4, 7),
    ("members", ""): about(60, 110),
    ("drills", ""): about(0.6, 2.4),
    ("drill_people", ""): of("drills", 40, 90),
    ("items", ""): about(72, 96),
    ("items_below", ""): of("items", 0, 0.05),
    ("protected", ""): about(1, 4),
}
_EVENTS: Month = {
    ("events", "extreme"): about(0, 0),
    ("events", "major"): about(0, 0),
    ("events", "serious"): about(0, 0),
    ("events", "ordinary"): about(0, 0.54),
    ("handled", "extreme"): about(0, 0),
    ("handled", "major"): about(0, 0),
    ("handled", "serious"): about(0, 0),
    ("handled", "ordinary"): of("events", 1, 1),
}
_AMBULANCES: Month = {
    ("vehicles", ""): about(6, 10),
    ("calls", ""): per_10k(14, 24),
    ("runs", ""): of("calls", 0.6, 0.8),
    ("minutes", ""): of("runs", 10.5, 13.5),
    ("carried", ""): of("runs", 0.85, 0.95),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Returns a month, from the county."""
    yield from Reporting(READINESS, places, random).monthly(_READINESS, start, end, by_township=False)
    yield from Reporting(EVENTS, places, random).monthly(_EVENTS, start, end, by_township=False)
    yield from Reporting(AMBULANCES, places, random).monthly(_AMBULANCES, start, end, by_township=False)
