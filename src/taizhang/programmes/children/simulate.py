"""How the synthetic county looks after its children: newborns visited, checks at their ages, growth, referrals followed.

A child keeps its own place among its peers: a z-score of its own for length and for weight, around which each check varies.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, localcontext
from random import Random
from typing import Any

from taizhang.kernel.contracts import RecordContract
from taizhang.kernel.periods import add_months, months_between
from taizhang.programmes.children import growth, rules
from taizhang.programmes.children.growth import Measure
from taizhang.programmes.children.records import INFANT, PRESCHOOL, TODDLER
from taizhang.simulation.bodies import born
from taizhang.simulation.people import Person
from taizhang.simulation.reporting import Rate
from taizhang.simulation.run import Row, VillageLife

TARGETS = {"children.management_rate": Rate(90)}

_CONTRACTS = {contract.table: contract for contract in (INFANT, TODDLER, PRESCHOOL)}
_WELL = {"eyes": "1", "chest": "1", "abdomen": "1", "illness": "1", "guidance": "1,2,3,4,5"}
_ORDINARY: dict[str, dict[str, Any]] = {
    INFANT.table: {
        "face": "1", "skin": "1", "fontanelle": "2", "neck_mass": "1", "ears": "1", "navel": "4", "limbs": "1", "rickets_symptoms": "1",
        "rickets_signs": "1", "genitals": "1", "vitamin_d": 400, "mouth": "1",
    },
    TODDLER.table: {"face": "1", "skin": "1", "fontanelle": "1", "ears": "1", "limbs": "1", "gait": "1", "rickets_signs": "1",
        "vitamin_d": 400},
    PRESCHOOL.table: {},
}  # fmt: skip
_BLOOD = (6, 18, 30, 48, 60, 72)  # ages with a blood count
_HEARING = (6, 12, 24, 36)


def live(life: VillageLife) -> Iterator[Row]:
    """Visits and checks of the village's children."""
    for person in life.people:
        if rules.windows(person.birth_date)[-1].closes >= life.start:
            yield from _childhood(life, person)


def _childhood(life: VillageLife, person: Person) -> Iterator[Row]:
    random, birth = life.random, person.birth_date
    last = person.last_day(life.end)
    stature, bulk = random.gauss(0.05, 0.85), random.gauss(0, 0.75)
    keen = random.random() < 0.97
    since = max(life.start, person.first_day)
    if birth >= since:
        yield from _newborn(life, person, last)
    for window in rules.windows(birth):
        if window.opens > last or window.closes < since:
            continue
        if not keen or random.random() > 0.93 + 0.05 * life.village.diligence:
            continue
        target = add_months(birth, window.months)
        day = max(window.opens, target + timedelta(days=random.choices((random.randint(-6, 8), random.randint(0, 28)), (9, 1))[0]))
        if since <= day <= min(last, window.closes):
            yield from _check(life, person, window.months, day, stature, bulk, last)


def _newborn(life: VillageLife, person: Person, last: date) -> Iterator[Row]:
    random = life.random
    if random.random() > 0.95 + 0.04 * life.village.diligence:
        return
    stay = random.randint(2, 5)
    day = person.birth_date + timedelta(days=stay + (random.randint(1, 7) if random.random() < 0.94 else random.randint(8, 20)))
    if day > last or day < life.start:
        return
    weeks, weight = born(person)
    life.notes.setdefault("birth_weeks", {})[person.id] = weeks
    row: dict[str, Any] = {
        "birth_weeks": weeks, "pregnancy_illness": "2" if random.random() < 0.06 else "1",
        "discharged_on": person.birth_date + timedelta(days=stay), "birth_manner": "4" if random.random() < 0.42 else "1", "asphyxia": "1",
        "apgar_1": 9, "apgar_5": 10, "malformation": "1", "hearing_screen": random.choices("123", (94, 3, 3))[0], "disease_screen": "2",
        "birth_weight": weight, "birth_length": int(random.gauss(500, 14)), "weight": weight + random.randint(0, 30),
        "feeding": random.choices("123", (66, 24, 10))[0], "milk": 60, "milk_times": 9, "vomiting": "1", "stool": "1", "stool_times": 4,
        "temperature": random.randint(363, 372), "heart_rate": random.randint(118, 148), "respiration": random.randint(36, 48),
        "face": "2" if (yellow := random.random() < 0.18) else "1", "jaundice": "2" if yellow else "1", "fontanelle_length": 15,
        "fontanelle_width": 15, "fontanelle": "1", "eyes": "1", "limb_movement": "1", "ears": "1", "neck_mass": "1", "nose": "1",
        "skin": "1", "mouth": "1", "anus": "1", "heart_lungs": "1", "chest": "1", "genitals": "1", "abdomen": "1", "spine": "1",
        "cord": "2", "referral_advised": "1", "guidance": "1,2,3,4,5",
    }  # fmt: skip
    row |= {"high_risk": rules.is_high_risk(row), "age_days": (day - person.birth_date).days}
    row["next_check_on"] = rules.next_check(person.birth_date, day)
    yield "children.NewbornVisit", _stored(life, person, "children.NewbornVisit", day, row)


def _check(life: VillageLife, person: Person, months: int, day: date, stature: float, bulk: float, last: date) -> Iterator[Row]:
    random = life.random
    contract = _CONTRACTS[rules.FORM_OF[months]]
    model = contract.model
    row: dict[str, Any] = {**_WELL, **_ORDINARY[contract.table], **_body(random, person, day, contract, stature, bulk)}
    if months in _BLOOD:
        row["haemoglobin"] = max(62, int(random.gauss(123, 7)) if random.random() < 0.94 else random.randint(84, 111))
    if months in _HEARING:
        row["hearing"] = "2" if random.random() < 0.006 else "1"
    if contract is not INFANT:
        row |= {"teeth": min(20, max(2, (months - 4) * 2 // 3)), "decayed": random.choice((0, 0, 0, 1, 3)) if months >= 36 else 0}
    if contract is PRESCHOOL and months >= 48:
        row |= {"vision_left": random.randint(46, 51), "vision_right": random.randint(46, 51)}
    if contract is not PRESCHOOL:
        row["outdoor"] = random.choice((10, 15, 20))
    weeks = life.notes.get("birth_weeks", {}).get(person.id)
    late = months in rules.ALL_STAGES[1:] and random.random() < 0.012
    row["warning_signs"] = f"{months}-{random.randint(1, 4)}" if late else "0"
    derived = rules.judge(contract, person.sex, person.birth_date, {**row, "visited_on": day, "birth_weeks": weeks})
    if contract is not INFANT:
        derived.pop("head_z")
    if contract is not PRESCHOOL:
        derived.pop("weight_length_level")
    ill = late or derived["anaemia"] in ("2", "3") or row.get("hearing") == "2"
    row |= derived
    row["referral_advised"] = "2" if ill and random.random() < 0.95 else "1"
    if row["referral_advised"] == "2":
        reason = "发育预警征象" if late else "中度贫血" if derived["anaemia"] in ("2", "3") else "听力未通过"
        row |= {"referral_reason": reason, "referral_to": "县妇幼保健院儿童保健科"}
    yield model, _stored(life, person, model, day, row)
    followed = day + timedelta(days=random.randint(5, 14))
    if row["referral_advised"] == "2" and followed <= last and random.random() < 0.88:
        found = "4" if late else "1" if derived["anaemia"] in ("2", "3") else "5"
        key = life.key("children.ReferralFollowed")
        yield "children.ReferralFollowed", {
            "id": key, "resident_id": person.id, "organisation_id": person.clinic_on(followed),
            "recorded_by": f"v{life.village.code[6:]}", "followed_on": followed, "attended": "1", "attended_at": "县妇幼保健院",
            "found": found, "outcome": random.choice("123"),
        }  # fmt: skip


def _body(random: Random, person: Person, day: date, contract: RecordContract, stature: float, bulk: float) -> dict[str, Any]:
    """Weight and length where this child stands among its peers, give or take."""
    days, months = (day - person.birth_date).days, months_between(person.birth_date, day)
    found: dict[str, Any] = {}
    measures = [("length", Measure.LENGTH, stature, 10), ("weight", Measure.WEIGHT, 0.5 * stature + 0.8 * bulk, 100)]
    if contract is INFANT:
        measures.append(("head", Measure.HEAD, 0.4 * stature, 10))
    with localcontext() as context:
        context.prec = 12
        for name, measure, place, scale in measures:
            lms = growth.lms_for_age(measure, person.sex, days, months)
            if lms is not None:
                found[name] = int(lms.value_at(Decimal(round(place + random.gauss(0, 0.25), 3))) * scale)
    return found


def _stored(life: VillageLife, person: Person, model: str, day: date, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": life.key(model), "resident_id": person.id, "organisation_id": person.clinic_on(day),
        "recorded_by": f"v{life.village.code[6:]}", "visited_on": day, **row,
    }  # fmt: skip
