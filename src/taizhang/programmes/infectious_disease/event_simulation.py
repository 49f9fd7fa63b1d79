"""How the synthetic county meets public-health emergencies, and how its township hospitals look for missed cases."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from taizhang.programmes.infectious_disease import event_elements as v
from taizhang.programmes.infectious_disease import event_rules
from taizhang.programmes.infectious_disease.models import EventReport
from taizhang.simulation.places import Places
from taizhang.simulation.run import Row

_LOGS = ("1", "2", "3")
# Name, category, first diagnosis, symptoms, cases at first and in the end, months.
_KINDS = (
    ("小学流感样病例聚集", "1", "流行性感冒", "1,7", (12, 38), (12, 1, 3)),
    ("幼儿园手足口病聚集", "1", "手足口病", "4,7", (6, 14), (5, 6, 9)),
    ("小学水痘聚集", "1", "水痘", "4,7", (10, 23), (4, 11)),
    ("中学感染性腹泻聚集", "1", "诺如病毒感染", "2", (21, 46), (2, 3, 11)),
    ("农村聚餐食物中毒", "2", "毒蘑菇中毒", "2,3", (5, 9), (7, 8, 9)),
)
_EMPTY = {field.attname: None if field.null else "" for field in EventReport._meta.concrete_fields if not field.primary_key}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Report cards of the township hospitals, and their checks each half-year."""
    keys = {"event": 0, "check": 0}
    for town in places.townships:
        shared = {"organisation_id": town.code, "recorded_by": f"t{town.code[6:]}"}
        cards: list[dict[str, Any]] = []
        for year in range(start.year, end.year + 1):
            if random.random() < 0.45:
                cards += _event(random, town.name.zh, year, start, end)
        judged = event_rules.judge_event_reports([_EMPTY | card for card in cards])
        for card, derived in zip(cards, judged, strict=True):
            keys["event"] += 1
            yield "infectious_disease.EventReport", {"id": keys["event"], **shared, **card, **derived}
        for day in _half_years(start, end):
            for log in _LOGS:
                keys["check"] += 1
                yield "infectious_disease.MissedCheck", {"id": keys["check"], **shared, **_check(random, day, log, end)}


def _event(random: Random, town: str, year: int, start: date, end: date) -> list[dict[str, Any]]:
    """The cards of one event up to the last simulated day."""
    name, category, diagnosis, symptoms, (few, many), months = random.choice(_KINDS)
    learnt = datetime.combine(date(year, random.choice(months), random.randint(1, 20)), time(random.randint(8, 16), random.randrange(60)))
    over = learnt.date() + timedelta(days=random.randint(9, 18))
    if learnt.date() < start:
        return []
    school = "学" in name or "幼儿园" in name
    reported = learnt + timedelta(minutes=random.randint(15, 110) if random.random() < 0.94 else random.randint(130, 400))
    closed = datetime.combine(over + timedelta(days=random.randint(3, 13)), time(15, random.randrange(60)))
    common = {
        "name": f"{town}{name}（{year}年）", "number": 1, "category": category, "received_on": learnt.date(), "received_hour": learnt.hour,
        "received_minute": learnt.minute, "occurred_on": learnt.date() - timedelta(days=random.randint(0, 3)), "diagnosis": diagnosis,
        "area": town, "place": "中心校" if school else "集中聚餐点", "setting": v.AT_SCHOOL if school else "15",
        "school_kind": ("1" if "幼儿园" in name else "3" if "中学" in name else "2") if school else None, "information": "5",
        "spread": f"{town}一处", "exposed": random.randint(60, 400), "symptoms": symptoms, "phone": "0000-0000000",
        "first_onset_on": learnt.date() - timedelta(days=3),
    }  # fmt: skip
    cards = [
        common
        | {
            "stage": v.INITIAL, "grade": "5", "new_cases": few, "new_deaths": 0, "total_cases": few, "total_deaths": 0,
            "measures": "隔离患者，开展流行病学调查和消毒", "filled_on": learnt.date(), "reported_on": reported.date(),
            "reported_hour": reported.hour, "reported_minute": reported.minute,
        },
        common
        | {
            "stage": v.CLOSING, "grade": "4" if many >= 20 else "6", "new_cases": 0, "new_deaths": 0, "total_cases": many,
            "total_deaths": 0, "measures": "病例全部康复，无新发病例", "final_diagnosis": diagnosis, "ended_on": over,
            "last_onset_on": over - timedelta(days=5),
            "filled_on": closed.date(), "reported_on": closed.date(), "reported_hour": closed.hour, "reported_minute": closed.minute,
        },
    ]  # fmt: skip
    return [card for card in cards if card["reported_on"] <= end]


def _half_years(start: date, end: date) -> Iterator[date]:
    for year in range(start.year, end.year + 1):
        for month in (6, 12):
            day = date(year, month, 20)
            if start <= day <= end:
                yield day


def _check(random: Random, day: date, log: str, end: date) -> dict[str, Any]:
    found = random.randint(4, 30)
    missed = 1 if random.random() < 0.15 else 0
    mended = day + timedelta(days=random.randint(0, 3))
    return {
        "checked_on": day, "check_kind": "1" if random.random() < 0.7 else "2", "looked_at": log,
        "covers_from": date(day.year, day.month - 5, 1), "covers_to": day, "looked_through": random.randint(300, 2500), "found": found,
        "already": found - missed, "late_found": 1 if random.random() < 0.1 else 0, "unlike": 0, "missed": missed,
        "missed_diseases": "流行性感冒" if missed else "", "mended_on": mended if missed and mended <= end else None,
    }  # fmt: skip
