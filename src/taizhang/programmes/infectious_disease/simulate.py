"""How the synthetic county falls ill and reports it: winter influenza, children's diseases in spring and summer, a few of the rest."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from taizhang.programmes.infectious_disease import elements as e
from taizhang.programmes.infectious_disease import event_simulation, rules
from taizhang.programmes.infectious_disease.models import ReportCard, Suspicion
from taizhang.simulation.people import Person
from taizhang.simulation.reporting import Rate
from taizhang.simulation.run import Row, VillageLife

TARGETS = {"infectious_disease.report_rate": Rate(98), "infectious_disease.timely_rate": Rate(98)}

# Disease and kind, cases a year in ten thousand of these ages, months in which most fall ill.
_DISEASES = (
    ("influenza", None, (0, 120), 22, (12, 1, 2)),
    ("hand_foot_mouth", None, (0, 6), 260, (5, 6, 7)),
    ("mumps", None, (3, 14), 18, (4, 5, 6)),
    ("diarrhoea", None, (0, 120), 8, (7, 8, 9)),
    ("scarlet_fever", None, (3, 14), 6, (4, 5, 12)),
    ("hepatitis", "hepatitis_b", (20, 90), 5, (3, 6, 9)),
    ("tuberculosis", "tuberculosis_positive", (18, 90), 4, (3, 4, 5)),
    ("syphilis", "syphilis_latent", (20, 80), 3, (2, 6, 10)),
    ("brucellosis", None, (20, 70), 1, (4, 5, 6)),
)
report = event_simulation.report
_ACCOUNT = "v{}"
_EMPTY = {
    model: {field.attname: None if field.null else "" for field in model._meta.concrete_fields if not field.primary_key}
    for model in (ReportCard, Suspicion)
}


def live(life: VillageLife) -> Iterator[Row]:
    """Entries of the register and report cards of the village."""
    random = life.random
    for disease, kind, (youngest, oldest), rate, months in _DISEASES:
        for person in life.people:
            for year in range(life.start.year, life.end.year + 1):
                if random.random() * 10_000 >= rate:
                    continue
                day = _day(random, year, months)
                if not (max(life.start, person.first_day) <= day <= person.last_day(life.end) and youngest <= person.age_on(day) <= oldest):
                    continue
                yield from _illness(life, person, disease, kind, day)


def _day(random: Random, year: int, months: tuple[int, ...]) -> date:
    month = random.choice(months) if random.random() < 0.7 else random.randint(1, 12)
    return date(year, month, random.randint(1, 28))


def _illness(life: VillageLife, person: Person, disease: str, kind: str | None, day: date) -> Iterator[Row]:
    random = life.random
    seen = datetime.combine(day, time(random.randint(8, 17), random.randrange(60)))
    onset = max(person.birth_date, day - timedelta(days=random.randint(0, 4)))
    shared: dict[str, Any] = {
        "resident_id": person.id, "organisation_id": person.clinic_on(day), "recorded_by": _ACCOUNT.format(life.village.code[6:]),
        "onset_on": onset, "diagnosed_on": day, "diagnosed_hour": seen.hour, "diagnosed_minute": seen.minute, "disease": disease,
        "kind": kind, "case_class": e.CLINICAL if random.random() < 0.6 else e.CONFIRMED,
    }  # fmt: skip
    cards = []
    if random.random() < 0.985:
        card = _card(life, person, shared, seen)
        if card["filled_on"] <= life.end:
            cards.append(card | rules.judge_cards([_EMPTY[ReportCard] | card], person.birth_date)[0])
            yield "infectious_disease.ReportCard", cards[0]
    entry = {
        **shared, "id": life.key("infectious_disease.Suspicion"), "place": "5" if random.random() < 0.1 else "1", "first_visit": "1",
        "handled": "1", "symptoms": "",
    }  # fmt: skip
    answered = [_EMPTY[ReportCard] | card for card in cards]
    yield "infectious_disease.Suspicion", entry | rules.judge_suspicion(_EMPTY[Suspicion] | entry, answered)


def _card(life: VillageLife, person: Person, shared: dict[str, Any], seen: datetime) -> dict[str, Any]:
    random, age = life.random, person.age_on(shared["diagnosed_on"])
    reported = seen + timedelta(minutes=random.randint(5, 900) if random.random() < 0.985 else random.randint(1500, 5000))
    reviewed = reported + timedelta(minutes=random.randint(20, 1200))
    occupation = "02" if age < 3 else "01" if age < 7 else "03" if age < 18 else "15" if age > 65 else "11"
    row: dict[str, Any] = {
        **shared, "id": life.key("infectious_disease.ReportCard"), "card_kind": e.FIRST_CARD, "belongs": "1", "occupation": occupation,
        "parent": f"{person.surname}某" if age < 14 else "", "workplace": "村小学" if occupation in e.AT_SCHOOL else "",
        "phone": person.phone if random.random() < 0.97 else "", "address": f"{life.village.township.name.zh}{life.village.name.zh}",
        "acute": "2" if shared["kind"] == "hepatitis_b" else None, "outbreak": False, "filled_on": shared["diagnosed_on"],
    }  # fmt: skip
    if reported.date() <= life.end:
        row |= {"reported_on": reported.date(), "reported_hour": reported.hour, "reported_minute": reported.minute}
        if reviewed.date() <= life.end:
            row |= {
                "reviewed_on": reviewed.date(), "reviewed_hour": reviewed.hour, "reviewed_minute": reviewed.minute,
                "reviewer": "县疾控中心",
            }  # fmt: skip
    return row
