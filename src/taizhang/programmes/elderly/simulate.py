"""How the synthetic county looks after its old: an assessment with most examinations, guidance with nearly all of them."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from taizhang.kernel.registry import registry
from taizhang.programmes.elderly import rules
from taizhang.simulation.people import Person
from taizhang.simulation.reporting import PerTenThousand, Rate
from taizhang.simulation.run import Row, VillageLife

TARGETS = {"elderly.management_by_pace": Rate(75), "elderly.examined": PerTenThousand(1_480)}

SENIOR = 65
_DEPENDENCE = ((75, 0.03), (85, 0.10), (130, 0.28))  # share who need help, by age


def live(life: VillageLife) -> Iterator[Row]:
    """Assessments of the village's people of 65 and over."""
    examinations: dict[int, list[tuple[int, date]]] = life.notes.get("examinations", {})
    for person in life.people:
        done = [
            (key, day)
            for key, day in examinations.get(person.id, [])
            if day.year - person.birth_date.year >= SENIOR and life.random.random() < 0.97
        ]
        for place, (key, day) in enumerate(done):
            model, row = _assessment(life, person, key, day, done[place + 1][1] if place + 1 < len(done) else None)
            if row["told_on"] is not None and life.random.random() < 0.3:  # told later, and written down by itself
                row |= {"feedback_on": None, "feedback_way": ""}
                yield _feedback(life, person, row["told_on"])
            yield model, row


def _assessment(life: VillageLife, person: Person, examination: int, day: date, following: date | None) -> Row:
    random = life.random
    items = _items(random, person.age_on(day))
    due = rules.next_due(day, registry.parameters["elderly.interval_months"].at(day))
    guided = random.random() < 0.93 + 0.065 * life.village.diligence
    told = day + timedelta(days=random.randrange(3, 33)) if random.random() < 0.86 + 0.12 * life.village.diligence else None
    told = None if told is None or told > person.last_day(life.end) else told
    return "elderly.Assessment", {
        "id": life.key("elderly.Assessment"),
        "resident_id": person.id,
        "organisation_id": person.clinic_on(day),
        "recorded_by": f"t{life.village.township.code[6:]}",
        "examination_id": examination,
        "assessed_on": day,
        "self_rated_health": random.choices("12345", (38, 42, 8, 9, 3))[0],
        **items,
        "self_care_score": rules.self_care_score(list(items.values())),
        **_screens(random),
        "guidance_given": guided,
        "guidance_topics": "3,4,8" if guided else "",
        "feedback_on": told,
        "feedback_way": "1" if told else "",
        "told_on": told,
        "next_due_on": due.on,
        "due_reason": due.reason,
        "answered_on": following,
    }


def _feedback(life: VillageLife, person: Person, day: date) -> Row:
    abnormal = life.random.random() < 0.4
    return "elderly.Feedback", {
        "id": life.key("elderly.Feedback"),
        "resident_id": person.id,
        "organisation_id": person.clinic_on(day),
        "recorded_by": f"v{life.village.code[6:]}",
        "told_on": day,
        "way": life.random.choice(("1", "1", "2", "3")),
        "told_to": "1" if life.random.random() < 0.85 else "2",
        "abnormal": abnormal,
        "advice": "2,5" if abnormal else "5",
        "content": "血压偏高，建议复查" if abnormal else "",
    }


def _screens(random: Random) -> dict[str, Any]:
    """Cognition and mood: a few are positive, and most of those are looked at with the full scale."""
    cognition, mood = random.random() < 0.06, random.random() < 0.04
    return {
        "cognition_screen": "2" if cognition else "1",
        "cognition_score": random.randint(14, 27) if cognition and random.random() < 0.8 else None,
        "emotion_screen": "2" if mood else "1",
        "depression_score": random.randint(6, 18) if mood and random.random() < 0.75 else None,
    }


def _items(random: Random, age: int) -> dict[str, int]:
    """The five scores: nought for most, something to carry for those who need help."""
    if random.random() > next(share for limit, share in _DEPENDENCE if age < limit):
        return dict.fromkeys(rules.SCORES, 0)
    heavy = random.random()
    return {item: scores[min(len(scores) - 1, int(heavy * random.random() * (len(scores) + 1)))] for item, scores in rules.SCORES.items()}
