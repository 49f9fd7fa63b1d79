"""The synthetic county: the same from the same seed, shaped like a real one, and fit to pass the rules that real input must pass."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from random import Random

import pytest
from django.apps import apps
from django.conf import settings

from taizhang.county import identity
from taizhang.county.models import Division, Organisation, Resident
from taizhang.county.recording import StoredRecord, check_many
from taizhang.returns.models import Return, ReturnCell
from taizhang.simulation.load import sample_accounts, simulate_database
from taizhang.simulation.people import Person, people_of
from taizhang.simulation.places import lay_out
from taizhang.simulation.run import first_day, life_modules, village_rows

END = date(2026, 6, 30)
START = first_day(END)


def _rows(population: int, seed: int, village: int) -> list[object]:
    places = lay_out(population, seed)
    return list(village_rows(places.villages[village], places, END, seed, life_modules(settings.PROGRAMMES), lambda person: {}))


def test_the_same_seed_gives_the_same_village_and_another_seed_another() -> None:
    assert _rows(3_000, 7, 1) == _rows(3_000, 7, 1)
    assert _rows(3_000, 7, 1) != _rows(3_000, 8, 1)


def test_three_years_of_history_up_to_the_given_day() -> None:
    assert date(2023, 6, 28) == START
    days = [row["visited_on"] for model, row in _rows(3_000, 7, 1) if model == "hypertension.FollowUp"]
    assert min(days) >= START
    assert max(days) <= END
    assert {day.year for day in days} == {2023, 2024, 2025, 2026}


@pytest.fixture(scope="module")
def people() -> list[Person]:
    places = lay_out(18_000, 3)
    return [person for village in places.villages for person in people_of(village, places, START, END, 3)]


def test_people_are_as_old_and_as_ill_as_those_of_a_rural_county(people: list[Person]) -> None:
    here = [p for p in people if p.last_day(END) == END and p.died_on is None]
    assert len(here) == 18_000
    ages = Counter("young" if p.age_on(END) < 15 else "old" if p.age_on(END) >= 65 else "between" for p in here)
    assert 0.12 < ages["young"] / len(here) < 0.18
    assert 0.15 < ages["old"] / len(here) < 0.22
    assert 0.47 < sum(p.sex == "1" for p in here) / len(here) < 0.53
    assert 0.11 < sum("hypertension" in p.conditions for p in here) / len(here) < 0.16
    assert 0.035 < sum("diabetes" in p.conditions for p in here) / len(here) < 0.06
    households = Counter((p.village.code, p.household) for p in here)
    assert 2.5 < len(here) / len(households) < 3.7


def test_some_move_and_some_die(people: list[Person]) -> None:
    assert any(len(p.residencies) > 1 for p in people)
    assert any(p.died_on is not None and START <= p.died_on <= END for p in people)
    assert any(p.died_on is None and p.last_day(END) < END for p in people)


def test_identity_numbers_are_well_formed_different_and_nobodys(people: list[Person]) -> None:
    numbers = [p.identity for p in people if p.identity]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("99") for number in numbers)
    for person in Random(1).sample([p for p in people if p.identity], 300):
        checked = identity.check_identity_number(str(person.identity), day=END)
        assert (checked.birth, checked.sex) == (person.birth_date, person.sex)


@pytest.mark.django_db
def test_every_simulated_record_passes_the_rules_of_entry() -> None:
    simulate_database(population=900, seed=5, end=END, packages=settings.PROGRAMMES, progress=lambda done, total: None)
    refused = {}
    for model in apps.get_models():
        if issubclass(model, StoredRecord):
            rows = list(model._default_manager.values())
            faults = [f"{fault.field}: {fault.message.zh}" for found in check_many(model, rows, day=END) for fault in found]
            if faults:
                refused[model._meta.label] = faults[:3]
    assert refused == {}
    codes = [*Division.objects.values_list("code", flat=True), *Organisation.objects.values_list("code", flat=True)]
    assert all(code.startswith("99") for code in codes)
    assert Resident.objects.exclude(record_number=None).exists()
    assert {account.role for account in sample_accounts()} == {"bureau_office", "leader", "township_office", "village_doctor"}


@pytest.mark.django_db
def test_units_report_month_by_month_and_some_of_the_last_month_are_late() -> None:
    simulate_database(population=9_000, seed=5, end=END, packages=settings.PROGRAMMES, progress=lambda done, total: None)
    assert ReturnCell.objects.filter(period_start__lt=START).exists()  # January of the first year, so that its figures can be made
    complaints = Return.objects.filter(form="complaints").exclude(organisation="990101")
    units = Organisation.objects.filter(kind="township_hospital").count()
    months = Counter(complaints.values_list("period_end", flat=True))
    assert all(months[day] == units for day in months if day < date(2026, 6, 1))
    assert all(months[day] <= units for day in months)


def test_a_person_keeps_a_body_from_one_measurement_to_the_next() -> None:
    """Every line of work measures the same one: no course jumps by what nobody gains or loses in weeks."""
    weights: dict[int, list[tuple[date, int]]] = defaultdict(list)
    heights: dict[int, set[int]] = defaultdict(set)
    smokes: dict[int, set[bool]] = defaultdict(set)
    births: dict[int, set[int]] = defaultdict(set)
    for model, row in _rows(3_000, 7, 1):
        resident = row.get("resident_id")
        if model.split(".")[0] in ("hypertension", "diabetes", "copd") or model == "health_records.Examination":
            if row.get("weight"):
                day = row.get("visited_on") or row.get("screened_on") or row["examined_on"]
                weights[resident].append((day, row["weight"]))
            if row.get("height"):
                heights[resident].add(row["height"])
            if model.endswith("FollowUp") and row.get("smoking") is not None:
                smokes[resident].add(row["smoking"] > 0)
        if row.get("birth_weight"):
            births[resident].add(row["birth_weight"])
    assert len(weights) > 300
    assert len(births) > 10
    assert all(max(each) - min(each) <= 10 for each in heights.values())  # a centimetre
    assert all(len(each) == 1 for each in births.values())
    moved = [abs(two[1] - one[1]) for each in weights.values() for one, two in pairwise(sorted(each)) if (two[0] - one[0]).days < 200]
    assert max(moved) < 40  # four kilograms
    assert max(moved) > 0
    assert sum(len(each) == 1 for each in smokes.values()) / len(smokes) > 0.9
