"""How the synthetic county keeps its health records: opened for most, examined each year where it is due, consulted now and then."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from taizhang.county.identity import RecordNumber
from taizhang.programmes.health_records import rules
from taizhang.simulation.bodies import body_of, habits
from taizhang.simulation.people import Person
from taizhang.simulation.reporting import Rate
from taizhang.simulation.run import Row, VillageLife

TARGETS = {"health_records.coverage": Rate(90), "health_records.complete": Rate(96)}

COVERAGE = 0.955  # of the people on record; a little less of the statistics office's residents
SENIOR = 65

# What nearly everybody's form says; the boxes that differ are drawn.
_ORDINARY_RECORD: dict[str, Any] = {
    "electronic": True, "nation": "01", "payment": "02", "drug_allergy": "1", "exposure": "1", "surgery": False,
    "injury": False, "transfusion": False, "family_father": "1", "family_mother": "1", "family_siblings": "1", "family_children": "1",
    "hereditary": "1", "disability": "1",
}  # fmt: skip
_ORDINARY_EXAMINATION: dict[str, Any] = {
    "symptoms": "1", "diet": "1", "lips": "1", "teeth": "1", "throat": "1", "hearing": "1", "movement": "1", "skin": "1", "sclera": "1",
    "lymph_nodes": "1", "barrel_chest": False, "breath_sounds": "1", "rales": "1", "heart_rhythm": "1", "heart_murmur": "1",
    "abdomen_tenderness": "1", "abdomen_mass": "1", "liver": "1", "spleen": "1", "shifting_dullness": "1", "leg_oedema": "1",
}  # fmt: skip


def live(life: VillageLife) -> Iterator[Row]:
    """Records, examinations and consultations of one village. Leaves in the notes who has which record number, and the examinations."""
    numbers: dict[int, str] = life.notes.setdefault("record_numbers", {})
    examinations: dict[int, list[tuple[int, date]]] = life.notes.setdefault("examinations", {})
    for person in life.people:
        last = person.last_day(life.end)
        if last < person.first_day:
            continue
        if life.random.random() < COVERAGE:
            opened = _opened(life, person)
            if opened <= last:
                numbers[person.id] = str(RecordNumber.compose(life.village.code, len(numbers) + 1))
                yield _record(life, person, opened, last)
        for day in _examination_days(life, person, last):
            row = _examination(life, person, day)
            examinations.setdefault(person.id, []).append((row["id"], day))
            yield "health_records.Examination", row
        yield from _consultations(life, person, last)


def _opened(life: VillageLife, person: Person) -> date:
    """Old records were opened in the great registration years; those of newcomers and babies within weeks."""
    if person.first_day > life.start or person.birth_date > life.start:
        return person.first_day + timedelta(days=life.random.randrange(5, 80))
    if life.random.random() < 0.96:
        return max(
            person.birth_date,
            date(life.start.year - life.random.randrange(1, 11), life.random.randrange(1, 13), life.random.randrange(1, 29)),
        )
    return life.start + timedelta(days=life.random.randrange((life.end - life.start).days))


def _record(life: VillageLife, person: Person, opened: date, last: date) -> Row:
    random, gone = life.random, last < life.end
    past = ",".join([*(["2"] if "hypertension" in person.conditions else []), *(["3"] if "diabetes" in person.conditions else [])]) or "1"
    adult = person.age_on(opened) >= 20
    row = _ORDINARY_RECORD | {
        "id": life.key("health_records.HealthRecord"),
        "resident_id": person.id,
        "organisation_id": person.clinic_on(max(opened, person.first_day)),
        "recorded_by": f"v{life.village.code[6:]}",
        "opened_on": opened,
        "updated_on": opened if random.random() < 0.7 else min(last, opened + timedelta(days=random.randrange(200, 1500))),
        "closed_on": last + timedelta(days=1) if gone else None,
        "close_reason": ("1" if person.died_on else "2") if gone else "",
        "contact_name": person.surname + "某",
        "contact_phone": person.phone,
        "residence_kind": person.registration,
        "blood_type": random.choices("12345", (28, 24, 30, 8, 10))[0],
        "rhesus": "POS" if random.random() < 0.7 else "UNK",
        "education": random.choices(("20", "30", "60", "70", "80", "90"), (4, 6, 14, 38, 30, 8))[0],
        "occupation": random.choices(("1", "3", "4", "5", "8"), (6, 12, 58, 10, 14))[0],
        "marriage": "2" if adult else "1",
        "past_diseases": past,
        "kitchen": random.choices("1234", (15, 45, 20, 20))[0],
        "fuel": random.choices("12345", (45, 10, 20, 5, 20))[0],
        "water": random.choices("123", (80, 5, 15))[0],
        "toilet": random.choices("125", (75, 20, 5))[0],
        "livestock": random.choices("1234", (55, 25, 2, 18))[0],
    }
    if random.random() > 0.6 + 0.38 * life.village.diligence:
        row[random.choice(("contact_phone", "family_siblings", "education", "kitchen"))] = ""
    row["complete"] = not rules.missing(row, rules.RECORD_ITEMS)
    return "health_records.HealthRecord", row


def _examination_days(life: VillageLife, person: Person, last: date) -> Iterator[date]:
    """Once a year, in the township's season, for people of 65 and over and for patients."""
    random = life.random
    season = 3 + life.village.township.index % 4
    ill = bool(person.conditions)
    comes = random.random() < 0.97
    for year in range(life.start.year, life.end.year + 1):
        senior = year - person.birth_date.year >= SENIOR
        if not (senior or ill) or not comes:
            continue
        if random.random() > (0.84 if senior else 0.88) * (0.4 + 0.6 * life.village.diligence):
            continue
        day = date(year, min(12, season + random.choices((0, 1, 2, 5, 7), (34, 30, 20, 10, 6))[0]), random.randrange(1, 29))
        if max(life.start, person.first_day) <= day <= last:
            yield day


def _examination(life: VillageLife, person: Person, day: date) -> dict[str, Any]:
    random = life.random
    body = body_of(person)
    height, weight = body.tall(random), body.weight(random, day)
    raised = "hypertension" in person.conditions and random.random() < 0.35
    upper, lower = body.pressure(random, not raised)
    ways = habits(random, person, smokers=0.4, drinkers=0.3)
    glucose = int(random.gauss(78 if "diabetes" in person.conditions else 53, 9))
    row = _ORDINARY_EXAMINATION | {
        "id": life.key("health_records.Examination"),
        "resident_id": person.id,
        "organisation_id": life.village.township.code if random.random() < 0.8 else person.clinic_on(day),
        "recorded_by": f"t{life.village.township.code[6:]}",
        "examined_on": day,
        "temperature": random.randint(360, 369),
        "pulse_rate": (pulse := random.randint(60, 90)),
        "heart_rate": pulse,
        "respiration": random.randint(15, 20),
        "systolic": upper,
        "diastolic": lower,
        "height": height,
        "weight": weight,
        "waist": body.waist(random, day),
        "exercise_frequency": random.choice("1234"),
        "smoking_status": "3" if ways["smoking"] else "1",
        "drinking_frequency": "2" if ways["drinking"] else "1",
        "vision_left": random.randint(43, 50),
        "vision_right": random.randint(43, 50),
        "fasting_glucose": max(38, glucose),
        "evaluation": "2" if raised or glucose >= 70 or random.random() < 0.3 else "1",
    }
    if random.random() < 0.55 + 0.43 * life.village.diligence:
        row |= _tests(random)
    if random.random() < 0.05 * (1.6 - life.village.diligence):
        row[random.choice(("waist", "vision_left", "movement", "respiration"))] = None
    row["body_mass_index"] = rules.body_mass_index(weight, height)
    row["complete"] = not rules.missing(row, rules.EXAMINATION_ITEMS)
    row["tests_complete"] = not rules.missing(row, rules.ELDERLY_TESTS)
    return row


def _tests(random: Random) -> dict[str, Any]:
    return {
        "haemoglobin": random.randint(110, 155), "white_cells": random.randint(42, 90), "platelets": random.randint(130, 290),
        "urine_protein": "1", "urine_sugar": "1", "urine_ketone": "1", "urine_blood": "1",
        "alt": random.randint(80, 420), "ast": random.randint(100, 400),
        "bilirubin": random.randint(60, 200), "creatinine": random.randint(450, 1050), "urea": random.randint(300, 780),
        "cholesterol": random.randint(350, 620), "triglycerides": random.randint(60, 240), "ldl": random.randint(180, 390),
        "hdl": random.randint(95, 180), "ecg": "1", "abdomen_ultrasound": "1",
    }  # fmt: skip


def _consultations(life: VillageLife, person: Person, last: date) -> Iterator[Row]:
    """People see their village doctor: the young and the old more often. A year's chance decides, day and kind are drawn."""
    random = life.random
    often = 0.75 if person.age_on(life.end) >= 60 or person.age_on(life.end) < 7 else 0.34
    for year in range(life.start.year, life.end.year + 1):
        if random.random() < often:
            day = date(year, random.randrange(1, 13), random.randrange(1, 29))
            if max(life.start, person.first_day) <= day <= last:
                kind = "3" if random.random() < 0.04 else "1"
                yield (
                    "health_records.ServiceRecord",
                    {
                        "id": life.key("health_records.ServiceRecord"),
                        "resident_id": person.id,
                        "organisation_id": person.clinic_on(day),
                        "recorded_by": f"v{life.village.code[6:]}",
                        "served_on": day,
                        "kind": kind,
                        "first_of_year": kind == "1",
                        "age_at_service": person.age_on(day),
                        **_pressure(life, person, day),
                    },
                )


def _pressure(life: VillageLife, person: Person, day: date) -> dict[str, Any]:
    """Measured at the consultation of nearly everybody of 35 and over."""
    if person.age_on(day) < 35 or life.random.random() > 0.75 + 0.23 * life.village.diligence:
        return {"systolic": None, "diastolic": None}
    upper = int(life.random.gauss(148 if "hypertension" in person.conditions else 126, 9))
    return {"systolic": upper, "diastolic": min(upper - 20, int(life.random.gauss(80, 6)))}
