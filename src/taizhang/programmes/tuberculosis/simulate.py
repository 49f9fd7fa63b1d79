"""How the synthetic county finds and treats tuberculosis: the hospital's returns, and person by person what the villages do."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from taizhang.kernel.periods import add_months
from taizhang.kernel.registry import registry
from taizhang.programmes.tuberculosis.elements import COMPLETED, MEDICAL, RETREATED
from taizhang.programmes.tuberculosis.records import CASE, FIRST_VISIT, FOLLOW_UP, REFERRAL
from taizhang.programmes.tuberculosis.returns import FORM
from taizhang.programmes.tuberculosis.rules import AFTER_FIRST_VISIT, AFTER_FOLLOW_UP
from taizhang.simulation.people import Person
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Rate, Reporting, per_10k
from taizhang.simulation.run import Row, VillageLife

TARGETS = {"tuberculosis.management": Rate(90), "tuberculosis.regular": Rate(90)}

_ROWS = ("new_smear_positive", "retreated_smear_positive", "smear_negative")
_MONTH: Month = {
    ("suspects", ""): per_10k(2.6, 3.8),
    ("population", ""): per_10k(10_420, 10_420),
    ("found", "new_smear_positive"): per_10k(0.2, 0.4),
    ("found", "retreated_smear_positive"): per_10k(0.02, 0.08),
    ("found", "smear_negative"): per_10k(0.3, 0.5),
}
# Of people of 15 and over, in the three years that are lived.
_NOTIFIED, _SUSPECTED = 0.0019, 0.004
_GROWN = 15


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month from the county's designated hospital, and the year's task by kind of patient."""
    reporting = Reporting(FORM, places, random)
    yield from reporting.monthly(_MONTH, start, end, by_township=False)
    residents = sum(village.size for village in places.villages)
    shares = dict(zip(_ROWS, (3.4, 0.6, 4.6), strict=True))
    task = {("task", row): max(1, round(residents / 10_000 * share)) for row, share in shares.items()}
    task[("task", FORM.total)] = sum(task.values())
    yield from reporting.yearly(dict.fromkeys(range(start.year, end.year + 1), task))


def live(life: VillageLife) -> Iterator[Row]:
    """Referrals of the village's suspects; cases and visits of its patients."""
    for person in life.people:
        chance = life.random.random()
        if chance >= _NOTIFIED + _SUSPECTED:
            continue
        last = person.last_day(life.end)
        first = max(life.start, person.first_day)
        if (last - first).days < 30 or person.age_on(first) < _GROWN:
            continue
        day = first + timedelta(days=life.random.randrange((last - first).days))
        if chance >= _NOTIFIED:
            yield _referral(life, person, day, last, found=False)
            continue
        if life.random.random() < 0.6:
            yield _referral(life, person, max(first, day - timedelta(days=life.random.randint(6, 18))), last, found=True)
        yield from _patient(life, person, day, last)


def _common(life: VillageLife, person: Person, day: date, model: str) -> dict[str, Any]:
    return {
        "id": life.key(model),
        "resident_id": person.id,
        "organisation_id": person.clinic_on(day),
        "recorded_by": f"v{life.village.code[6:]}",
    }


def _referral(life: VillageLife, person: Person, day: date, last: date, *, found: bool) -> Row:
    random = life.random
    arrived = day + timedelta(days=random.randint(0, 5)) if found or random.random() < 0.9 else None
    traced = day + timedelta(days=random.randint(2, 7) if random.random() < 0.4 + 0.55 * life.village.diligence else random.randint(8, 20))
    arrived = arrived if arrived and arrived <= last else None
    return REFERRAL.model, _common(life, person, day, REFERRAL.model) | {
        "referred_on": day,
        "suspicious": random.choice(("1", "1,3", "2", "1,2")),
        "referred_to": "县结核病定点医院",
        "traced_on": traced if traced <= last else None,
        "traced_by": "1" if traced <= last else None,
        "arrived_on": arrived,
        "result": None if arrived is None else "1" if found else "2",
    }


def _patient(life: VillageLife, person: Person, notified: date, last: date) -> Iterator[Row]:
    random = life.random
    kind = RETREATED if random.random() < 0.07 else "1"
    sputum = random.choices("123", (42, 55, 3))[0]
    started = notified - timedelta(days=random.randint(0, 3))
    over = add_months(started, 8 if kind == RETREATED else 6)
    lost = notified + timedelta(days=random.randrange(40, 150)) if random.random() < 0.03 else None
    end, reason = _end(person, over, lost, last, life.end)
    keeping = min(1.0, max(0.7, random.gauss(0.97, 0.03))) if random.random() < 0.93 else random.uniform(0.6, 0.89)
    stopped_on = end if reason else None
    supervisor = MEDICAL if random.random() < 0.55 else "2"
    first_visits = list(_first_visits(life, person, notified, end, kind, sputum, supervisor))
    for visit, (due_on, why) in zip(first_visits, AFTER_FIRST_VISIT.derive(first_visits, registry.parameters), strict=True):
        yield FIRST_VISIT.model, visit | {"next_due_on": due_on, "due_reason": why}
    met = next((visit["visited_on"] for visit in first_visits if visit["outcome"] == "1"), None)
    visits = list(_follow_ups(life, person, met, started, end, supervisor, keeping)) if met else []
    for visit, (due_on, why) in zip(visits, AFTER_FOLLOW_UP.derive(visits, registry.parameters), strict=True):
        yield FOLLOW_UP.model, visit | {"next_due_on": due_on, "due_reason": why}
    doses = max(1, (end - started).days)
    taken = round(doses * keeping)
    yield (
        CASE.model,
        _common(life, person, notified, CASE.model)
        | {
            "notified_on": notified,
            "notified_by": "县疾病预防控制中心",
            "diagnosed_on": started,
            "diagnosed_by": "县结核病定点医院",
            "patient_type": kind,
            "sputum": sputum,
            "resistance": "2" if random.random() < 0.9 else "3",
            "regimen": "2HRZE/4HR" if kind != RETREATED else "2HRZES/6HRE",
            "treatment_started_on": started,
            "stopped_on": stopped_on,
            "stop_reason": reason or None,
            "visits_due": (end - notified).days // 30 + 1 if reason else None,
            "visits_made": len(visits) if reason else None,
            "doses_due": doses if reason else None,
            "doses_taken": taken if reason else None,
            "adherence_percent": (taken * 2000 + doses) // (2 * doses) if reason else None,
        },
    )


def _end(person: Person, over: date, lost: date | None, last: date, today: date) -> tuple[date, str]:
    """The last day of treatment that is known, and why it stopped; no reason while it goes on."""
    if lost is not None and lost <= min(over, last):
        return lost, "3"
    if over <= last:
        return over, COMPLETED
    if last < today:
        return last, "2" if person.died_on else "9"
    return last, ""


def _first_visits(
    life: VillageLife, person: Person, notified: date, end: date, kind: str, sputum: str, supervisor: str
) -> Iterator[dict[str, Any]]:
    """One visit that meets the patient, now and then after two in vain."""
    random = life.random
    day, in_vain = notified + timedelta(days=random.randint(0, 3)), 0
    if random.random() > 0.9 + 0.08 * life.village.diligence:
        day = notified + timedelta(days=random.randint(4, 9))
        in_vain = random.choice((0, 2))
    for attempt in range(1, in_vain + 1):
        on = notified + timedelta(days=attempt)
        yield _common(life, person, on, FIRST_VISIT.model) | {
            "visited_on": on, "way": "2", "outcome": "2", "lost_reason": "外出未归", "failed_attempts": attempt,
            "told_above_on": on if attempt == in_vain else None,
        }  # fmt: skip
    if day <= end and random.random() < 0.98:
        yield _common(life, person, day, FIRST_VISIT.model) | {
            "visited_on": day, "way": "2", "outcome": "1", "failed_attempts": 0, "patient_type": kind, "sputum": sputum, "resistance": "2",
            "supervisor": supervisor, "symptoms": random.choice(("1", "1,2", "1,4")), "regimen": "2HRZE/4HR", "usage": "1",
            "drug_form": "1", "own_room": random.choice("112"), "ventilation": random.choice("112"), "lesson_card": "1",
            "lesson_storage": "1", "lesson_course": "1", "lesson_irregular": "1", "lesson_reactions": random.choice("112"),
            "lesson_sputum": "1", "lesson_travel": "1", "lesson_habits": "1", "lesson_contacts": "1",
        }  # fmt: skip


def _follow_ups(
    life: VillageLife, person: Person, met: date, started: date, end: date, supervisor: str, keeping: float
) -> Iterator[dict[str, Any]]:
    random = life.random
    intensive_until = add_months(started, 2)
    frequent = supervisor != MEDICAL
    day = met + timedelta(days=_gap(random, frequent))
    while day <= end:
        intensive = day <= intensive_until
        reaction = random.random() < 0.03
        yield _common(life, person, day, FOLLOW_UP.model) | {
            "visited_on": day, "way": random.choices("123", (35, 50, 15))[0], "outcome": "1",
            "treatment_month": max(1, (day - started).days // 30 + 1), "phase": "1" if intensive else "2", "supervisor": supervisor,
            "symptoms": "1" if intensive else "0", "regimen": "2HRZE/4HR", "usage": "1", "drug_form": "1",
            "doses_missed": 0 if random.random() < keeping else random.randint(1, 4),
            "adverse_reaction": "2" if reaction else "1", "complication": "1", "late": random.random() < 0.02,
        }  # fmt: skip
        day += timedelta(days=random.randint(7, 14) if reaction else _gap(random, frequent and intensive))


def _gap(random: Random, frequent: bool) -> int:
    if random.random() < 0.92:
        return random.randint(8, 10) if frequent else random.randint(24, 30)
    return random.randint(11, 20) if frequent else random.randint(32, 50)
