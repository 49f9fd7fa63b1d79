"""How the synthetic county lives a chronic disease: enrolment, visits in time, late or left out, values that follow the patient.

Classes and due dates are not invented here: the disease's own rules derive them from the visits.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from taizhang.kernel.registry import registry
from taizhang.programmes.chronic.disease import ManagedDisease
from taizhang.programmes.chronic.screening import REFERRAL as SUSPECT
from taizhang.programmes.chronic.screening import REMEASURE, ScreeningRules
from taizhang.programmes.chronic.visits import REFERRAL, FollowUpRules
from taizhang.programmes.elements import REACHED
from taizhang.simulation.people import Person
from taizhang.simulation.run import Row, VillageLife

# Values measured on a day, for a patient who keeps to the treatment well (1.0) or badly (0.0), within target or not.
Measure = Callable[[Random, Person, date, float, bool], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class SimulatedDisease:
    """control: the share of visits within target of a well-kept patient. measure: the values a visit shows."""

    disease: ManagedDisease
    rules: FollowUpRules
    control: float
    measure: Measure


def attitude(random: Random, keeping: float) -> dict[str, Any]:
    """心理调整 and 遵医行为 of a patient who keeps to the treatment so well."""
    return {
        "psychological": "1" if random.random() < 0.8 else "2",
        "compliance": "1" if random.random() < 0.5 + 0.4 * keeping else "2",
    }


def live(simulated: SimulatedDisease, life: VillageLife) -> Iterator[Row]:
    """Cases and follow-ups of every patient of the village who was found."""
    for person in life.people:
        diagnosed = person.conditions.get(simulated.disease.code)
        last = person.last_day(life.end)
        if diagnosed is None or last < person.first_day:
            continue
        # Found with some delay; one in twenty-five is known to the hospital and not yet to the village.
        enrolled = max(diagnosed, person.first_day) + timedelta(days=life.random.randrange(2, 40))
        if enrolled > last or life.random.random() < 0.04:
            continue
        gone = last < life.end
        yield (
            simulated.disease.case.model,
            {
                "id": life.key(simulated.disease.case.model),
                "resident_id": person.id,
                "organisation_id": person.clinic_on(enrolled),
                "recorded_by": ACCOUNT.format(life.village.code[6:]),
                "diagnosed_on": diagnosed,
                "enrolled_on": enrolled,
                "closed_on": last + timedelta(days=1) if gone else None,
                "close_reason": ("1" if person.died_on else "2") if gone else "",
            },
        )
        visits = list(_visits(simulated, life, person, max(enrolled, life.start), last))
        derived = simulated.rules.derive(visits, birth_date=person.birth_date, parameters=registry.parameters)
        if _ask_after_referrals(life.random, visits, derived):
            derived = simulated.rules.derive(visits, birth_date=person.birth_date, parameters=registry.parameters)
        for visit, conclusions in zip(visits, derived, strict=True):
            yield simulated.disease.follow_up.model, visit | conclusions


ACCOUNT = "v{}"


def _ask_after_referrals(random: Random, visits: list[dict[str, Any]], derived: list[dict[str, Any]]) -> bool:
    """At most visits after a referral its result is written down; whether any was."""
    asked = False
    for line, following in zip(derived[:-1], visits[1:], strict=True):
        if line["due_reason"] == REFERRAL and following["outcome"] == REACHED and random.random() < 0.93:
            following["referral_result"] = random.choices("123", (70, 12, 18))[0]
            asked = True
    return asked


@dataclass(frozen=True, slots=True)
class SimulatedScreening:
    """age: from which people are screened. share: of them in a year, where the village doctor is diligent. measure: what one screening
    shows on a day of somebody who is healthy, and of a patient found out before long."""

    disease: ManagedDisease
    rules: ScreeningRules
    age: int
    share: float
    measure: Callable[[Random, Person, date, bool], dict[str, Any]]
    since: date = date.min  # the day the service began, where it began later than the county's history


def live_screening(simulated: SimulatedScreening, life: VillageLife) -> Iterator[Row]:
    """Screenings of the village's people who are not patients, and those that found a patient."""
    model = simulated.disease.screening.model
    for person in life.people:
        ill_from, last = person.conditions.get(simulated.disease.code), person.last_day(life.end)
        if person.age_on(last) < simulated.age:
            continue
        rows = list(_screenings(simulated, life, person, ill_from, last))
        derived = simulated.rules.derive(rows, birth_date=person.birth_date, sex=person.sex, parameters=registry.parameters)
        if more := list(_seen_again(simulated, life, person, rows, derived, last)):
            rows = sorted([*rows, *more], key=lambda row: row["screened_on"])
            derived = simulated.rules.derive(rows, birth_date=person.birth_date, sex=person.sex, parameters=registry.parameters)
        for row, conclusions in zip(rows, derived, strict=True):
            yield model, {"id": life.key(model), **row, **conclusions}


def _seen_again(
    simulated: SimulatedScreening, life: VillageLife, person: Person, rows: list[dict[str, Any]], derived: list[dict[str, Any]], last: date
) -> Iterator[dict[str, Any]]:
    """Most healthy people with a raised value are measured again, or come back from the hospital without the disease."""
    taken = {row["screened_on"] for row in rows}
    for row, line in zip(rows, derived, strict=True):
        day = row["screened_on"] + timedelta(days=life.random.randrange(4, 14))
        if line["due_reason"] in (REMEASURE, SUSPECT) and line["answered_on"] is None and day <= last and day not in taken:
            if life.random.random() < 0.88:
                common = {name: row[name] for name in ("resident_id", "organisation_id", "recorded_by")} | {"screened_on": day}
                taken.add(day)
                excluded = {"referral_result": "2"}
                yield common | (excluded if line["due_reason"] == SUSPECT else simulated.measure(life.random, person, day, False))


def _screenings(
    simulated: SimulatedScreening, life: VillageLife, person: Person, ill_from: date | None, last: date
) -> Iterator[dict[str, Any]]:
    random = life.random

    def row(day: date) -> dict[str, Any]:
        account = ACCOUNT.format(life.village.code[6:])
        return {"resident_id": person.id, "organisation_id": person.clinic_on(day), "recorded_by": account, "screened_on": day}

    if ill_from is not None and max(life.start, person.first_day, simulated.since) + timedelta(days=60) < ill_from <= last:
        # Raised on three days within the month, then sent on and confirmed.
        for days in (24, 16, 9):
            raised_on = ill_from - timedelta(days=days)
            yield row(raised_on) | simulated.measure(random, person, raised_on, True)
        yield row(ill_from) | {"referral_result": "1"}
        return
    if ill_from is not None:
        return
    day = max(life.start, person.first_day, simulated.since) + timedelta(days=random.randrange(1, 300))
    while day <= last:
        if person.age_on(day) >= simulated.age and random.random() < simulated.share * (0.3 + 0.7 * life.village.diligence):
            yield row(day) | simulated.measure(random, person, day, False)
            day += timedelta(days=random.randrange(170, 200) if random.random() < 0.5 else random.randrange(300, 400))
        else:
            day += timedelta(days=random.randrange(300, 400))


def _visits(simulated: SimulatedDisease, life: VillageLife, person: Person, first: date, last: date) -> Iterator[dict[str, Any]]:
    """A patient's visits: in time as far as doctor and patient keep to it. Some slip by weeks, some are left out."""
    random = life.random
    keeping = min(0.99, max(0.1, random.gauss(life.village.diligence, 0.12)))
    control = simulated.control * (0.55 + 0.45 * keeping) if random.random() < 0.9 else 0.3
    day = first + timedelta(days=random.randrange(0, 80))
    while day <= last:
        reached = random.random() < 0.993
        within = random.random() < control
        telephone = random.random() < 0.07
        row: dict[str, Any] = {
            "id": life.key(simulated.disease.follow_up.model),
            "resident_id": person.id,
            "organisation_id": person.clinic_on(day),
            "recorded_by": ACCOUNT.format(life.village.code[6:]),
            "late": random.random() < 0.02,
            "visited_on": day,
            "way": "3" if telephone else ("1" if random.random() < 0.62 else "2"),
            "outcome": "1" if reached else "2",
        }
        if reached:
            row |= {
                "adherence": "1" if random.random() < 0.6 + 0.35 * keeping else ("2" if random.random() < 0.8 else "3"),
                "adverse_reaction": "2" if random.random() < 0.01 else "1",
                "new_complication": random.random() < 0.004,
                "danger_signs": False,
                **simulated.measure(random, person, day, keeping, within),
            }
        yield row
        day += timedelta(days=_gap(random, keeping, within))


def _gap(random: Random, keeping: float, within: bool) -> int:
    """Days to the next visit: about three months when all is well, two weeks when not, and whatever slips."""
    if not within and random.random() < 0.35 + 0.5 * keeping:
        return random.randint(10, 15)
    if random.random() < keeping:
        return random.randint(78, 91)
    return random.randint(92, 130) if random.random() < 0.75 else random.randint(150, 230)
