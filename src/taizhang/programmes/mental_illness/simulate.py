"""How the synthetic county lives with severe mental illness: registration, consent, visits whose gaps follow the patient's state.

Classes and due dates are not invented here: the rules derive them from what a visit assesses.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from taizhang.kernel.registry import registry
from taizhang.programmes.mental_illness.elements import FAIRLY_STABLE, STABLE, UNSTABLE
from taizhang.programmes.mental_illness.records import CASE, FOLLOW_UP, MENTAL_ILLNESS
from taizhang.programmes.mental_illness.rules import RULES, SOCIAL_FUNCTION
from taizhang.simulation.people import Person
from taizhang.simulation.reporting import Rate
from taizhang.simulation.run import Row, VillageLife

TARGETS = {"mental_illness.standard_by_pace": Rate(80), "mental_illness.management": Rate(90)}

_STATES = (STABLE, FAIRLY_STABLE, UNSTABLE)
# From one visit to the next; a row a state.
_TURNS = {STABLE: (0.93, 0.06, 0.01), FAIRLY_STABLE: (0.25, 0.72, 0.03), UNSTABLE: (0.15, 0.60, 0.25)}
_DIAGNOSES = (62, 5, 4, 8, 7, 14)
_RELATIONS = ("父亲", "母亲", "配偶", "兄弟姐妹", "子女")


def live(life: VillageLife) -> Iterator[Row]:
    """Cases and visits of the village's patients."""
    for person in life.people:
        diagnosed = person.conditions.get(MENTAL_ILLNESS.code)
        last = person.last_day(life.end)
        if diagnosed is None or last < person.first_day:
            continue
        enrolled = max(diagnosed, person.first_day) + timedelta(days=life.random.randrange(3, 45))
        if enrolled > last:
            continue
        agreed = life.random.random() < 0.95
        yield CASE.model, _case(life, person, diagnosed, enrolled, last, agreed)
        visits = list(_visits(life, person, max(enrolled, life.start), last, agreed))
        for visit, derived in zip(visits, RULES.derive(visits, registry.parameters), strict=True):
            yield FOLLOW_UP.model, visit | derived


def _case(life: VillageLife, person: Person, diagnosed: date, enrolled: date, last: date, agreed: bool) -> dict[str, Any]:
    random, gone = life.random, last < life.end
    return {
        "id": life.key(CASE.model),
        "resident_id": person.id,
        "organisation_id": person.clinic_on(enrolled),
        "recorded_by": f"v{life.village.code[6:]}",
        "enrolled_on": enrolled,
        "guardian_name": person.surname + "某",
        "guardian_relation": random.choice(_RELATIONS),
        "guardian_phone": person.phone,
        "household_kind": "2",
        "employment": random.choices("348", (70, 25, 5))[0],
        "consent": "1" if agreed else "0",
        "consented_by": person.surname + "某" if agreed else "",
        "consented_on": enrolled if agreed else None,
        "first_onset_on": diagnosed - timedelta(days=random.randrange(10, 900)),
        "past_confinement": "1" if random.random() < 0.99 else "3",
        "past_outpatient": random.choices("123", (10, 55, 35))[0],
        "past_admissions": random.choices(range(5), (35, 35, 18, 8, 4))[0],
        "diagnosis": random.choices("123456", _DIAGNOSES)[0],
        "diagnosed_by": "市精神卫生中心",
        "diagnosed_on": diagnosed,
        "last_effect": random.choices("1234", (8, 60, 28, 4))[0],
        "economy": "1" if random.random() < 0.45 else "2",
        "closed_on": last + timedelta(days=1) if gone else None,
        "close_reason": ("1" if person.died_on else "2") if gone else None,
    }


def _visits(life: VillageLife, person: Person, first: date, last: date, agreed: bool) -> Iterator[dict[str, Any]]:
    """In time as far as the doctor keeps to it; who does not agree to be managed is looked up now and then."""
    random = life.random
    keeping = min(0.99, max(0.2, random.gauss(life.village.diligence + 0.04, 0.1))) if agreed else 0.25
    state, before = random.choices(_STATES, (55, 40, 5))[0], ""
    day = first + timedelta(days=random.randrange(0, 70))
    while day <= last:
        reached = random.random() < 0.985
        row: dict[str, Any] = {
            "id": life.key(FOLLOW_UP.model),
            "resident_id": person.id,
            "organisation_id": person.clinic_on(day),
            "recorded_by": f"v{life.village.code[6:]}",
            "late": random.random() < 0.02,
            "visited_on": day,
            "way": random.choices("123", (15, 80, 5))[0],
            "outcome": "1" if reached else "2",
        }
        settling = random.random() < 0.8
        if reached:
            row |= _assessed(random, state, settling, keeping)
        else:
            row["lost_reason"] = random.choices("125", (70, 20, 10))[0]
        yield row
        day += timedelta(days=_gap(random, keeping, state, before, settling))
        before, state = state, random.choices(_STATES, _TURNS[state])[0]


def _assessed(random: Random, state: str, settling: bool, keeping: float) -> dict[str, Any]:
    """What a visit finds in a patient of this state."""
    function = {STABLE: "12", FAIRLY_STABLE: "23", UNSTABLE: "3"}[state]
    risk = {STABLE: "0", FAIRLY_STABLE: random.choices("012", (75, 20, 5))[0], UNSTABLE: random.choices("2345", (40, 45, 12, 3))[0]}[state]
    admitted = state == UNSTABLE and random.random() < 0.3
    return {
        "risk": risk,
        "symptoms": {STABLE: "", FAIRLY_STABLE: random.choice(("10", "11", "3", "10,11")), UNSTABLE: "1,3,6"}[state],
        "symptom_level": {STABLE: "1", FAIRLY_STABLE: "2", UNSTABLE: "3"}[state],
        "insight": {STABLE: "1", FAIRLY_STABLE: random.choice("12"), UNSTABLE: random.choice("23")}[state],
        "sleep": random.choice(function),
        "eating": random.choice("12"),
        **{item: random.choice(function) for item in SOCIAL_FUNCTION},
        "incidents_minor": 1 if risk in ("2", "3") else 0,
        "confinement": "1",
        "hospitalisation": "1" if admitted else "0",
        "laboratory": "2" if random.random() < 0.3 else "1",
        "adherence": random.choices("1234", (40 + 55 * keeping, 15, 6, 4))[0],
        "adverse_reaction": random.choices("129", (84, 10, 6))[0],
        "severe_reaction": False,
        "severe_somatic": False,
        "effect": "2" if settling else random.choice("34" if state == UNSTABLE else "3"),
        "referred": "2" if state == UNSTABLE and random.random() < 0.9 else "1",
        "medicine_1_name": random.choice(("利培酮片", "奥氮平片", "氯氮平片")),
        "medicine_1_use": "每日2次",
        "medicine_1_dose": 500,
        "rehabilitation": random.choice(("1", "1,4")),
    }


def _gap(random: Random, keeping: float, state: str, before: str, settling: bool) -> int:
    """Days to the next visit, as what is due and what slips."""
    kept = random.random() < keeping
    if state == UNSTABLE or (state == FAIRLY_STABLE and before != FAIRLY_STABLE):
        return random.randint(9, 14) if kept else random.randint(15, 45)
    if state == FAIRLY_STABLE and not settling:
        return random.randint(24, 30) if kept else random.randint(31, 80)
    if kept:
        return random.randint(76, 89)
    return random.randint(92, 130) if random.random() < 0.8 else random.randint(150, 230)
