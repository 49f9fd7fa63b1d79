"""A mother lived through from registration to the 42-day check, what a late record does to what was derived, and rules at their bounds."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from taizhang.county import recording
from taizhang.county.recording import RecordRefused
from taizhang.kernel.duties import Person
from taizhang.kernel.periods import Period
from taizhang.kernel.query.fingerprint import fingerprint
from taizhang.kernel.registry import registry
from taizhang.programmes.maternal import births, duties, models, rules
from taizhang.simulation.people import people_of
from taizhang.simulation.places import lay_out
from taizhang.simulation.run import VillageLife

TODAY = date(2026, 6, 30)
CLINIC = "990101101201"
PERIOD = date(2025, 6, 1)  # due 8 March 2026
TABLES = {model.CONTRACT.table: model for model in (
    models.Pregnancy, models.AntenatalVisit, models.RiskAssessment, models.MotherTest, models.Delivery, models.PostnatalVisit,
    models.FinalCheck,
)}  # fmt: skip


def write(model: Any, resident: Any, **facts: Any) -> Any:
    return recording.save(model(resident=resident, organisation_id=CLINIC, **facts), actor="doctor", day=TODAY)


def owed(resident: Any, day: date) -> dict[str, tuple[date, str]]:
    """Code of each duty open on a day -> its last day and which of several."""
    history = {
        table: [
            {column.name: getattr(record, column.source) for column in model.CONTRACT.columns}
            for record in model.objects.filter(resident=resident).order_by(model.DAY)
        ]
        for table, model in TABLES.items()
    }
    person = Person(resident.pk, resident.birth_date, resident.sex)
    found = {}
    for duty in (duties.ANTENATAL, duties.HIGH_RISK, duties.OUTCOME, duties.POSTNATAL, duties.FINAL):
        for item in duty.due(person, history, day):
            if item.opens_on <= day:
                found[duty.code] = (item.due_on, item.item)
    for item in duties.INFECTION.due(person, history, day):
        if item.opens_on <= day and (item.closes_on is None or day <= item.closes_on):
            found[f"maternal.infection:{item.item}"] = (item.due_on, item.item)
    return found


def infection(resident: Any, day: date) -> dict[str, date]:
    """Which of the care of an infected mother is owed on a day, and by when."""
    return {item: due_on for code, (due_on, item) in owed(resident, day).items() if code.startswith("maternal.infection")}


def test_a_mother_is_owed_each_visit_in_its_weeks_until_she_has_had_it(county: Any) -> None:
    woman = county.resident(birth=date(1996, 5, 1), sex="2")
    assert owed(woman, PERIOD) == {}
    write(models.Pregnancy, woman, registered_on=date(2025, 8, 10), last_period_on=PERIOD)
    assert owed(woman, date(2025, 8, 11)) == {"maternal.risk": (date(2025, 8, 24), "")}
    write(models.RiskAssessment, woman, assessed_on=date(2025, 8, 12))
    assert owed(woman, date(2025, 9, 20)) == {}
    assert owed(woman, date(2025, 9, 21)) == {"maternal.antenatal": (date(2025, 10, 25), "2")}  # week 16 begins
    write(models.AntenatalVisit, woman, visited_on=date(2025, 9, 22))
    assert owed(woman, date(2025, 9, 23)) == {}
    assert owed(woman, date(2025, 10, 26)) == {"maternal.antenatal": (date(2025, 11, 22), "3")}
    write(models.AntenatalVisit, woman, visited_on=date(2025, 12, 20))  # weeks 21 to 24 were missed: past and gone
    assert owed(woman, date(2025, 12, 21)) == {}
    assert owed(woman, date(2026, 2, 15)) == {"maternal.antenatal": (date(2026, 3, 14), "5")}
    assert owed(woman, date(2026, 3, 8))["maternal.outcome"] == (date(2026, 3, 22), "")
    write(models.Delivery, woman, ended_on=date(2026, 3, 9), delivered_at="1", live_births=1, discharged_on=date(2026, 3, 12))
    assert owed(woman, date(2026, 3, 12)) == {"maternal.postnatal": (date(2026, 3, 19), "")}
    write(models.PostnatalVisit, woman, visited_on=date(2026, 3, 15))
    assert owed(woman, date(2026, 4, 19)) == {}
    assert owed(woman, date(2026, 4, 20)) == {"maternal.final_check": (date(2026, 5, 4), "")}
    write(models.FinalCheck, woman, checked_on=date(2026, 4, 21))
    assert owed(woman, TODAY) == {}
    delivery = models.Delivery.objects.get()
    assert (delivery.registered_days, delivery.checks, delivery.visited_on, delivery.checked_on) == (
        70, 3, date(2026, 3, 15), date(2026, 4, 21),
    )  # fmt: skip


def test_a_woman_at_high_risk_is_owed_a_visit_every_fortnight_and_every_week_when_red(county: Any) -> None:
    woman = county.resident(birth=date(1996, 5, 1), sex="2")
    write(models.Pregnancy, woman, registered_on=date(2025, 8, 10), last_period_on=PERIOD)
    write(models.RiskAssessment, woman, assessed_on=date(2025, 8, 10), orange_factors="5")
    assert owed(woman, date(2025, 8, 10))["maternal.risk"] == (date(2025, 8, 24), "")
    write(models.RiskAssessment, woman, assessed_on=date(2025, 8, 20), red_factors="1")
    assert owed(woman, date(2025, 8, 20))["maternal.risk"] == (date(2025, 8, 27), "")
    write(models.RiskAssessment, woman, assessed_on=date(2025, 9, 1), yellow_factors="1")
    assert owed(woman, date(2025, 9, 1)) == {}


def test_an_infected_woman_is_owed_treatment_a_visit_every_fortnight_and_her_child_its_medicine(county: Any) -> None:
    woman = county.resident(birth=date(1996, 5, 1), sex="2")
    tested = date(2025, 8, 10)
    write(models.Pregnancy, woman, registered_on=tested, last_period_on=PERIOD, tested="2")
    write(models.RiskAssessment, woman, assessed_on=tested)
    test = write(models.MotherTest, woman, served_on=tested, hiv="1", syphilis="2", hbsag="1")
    assert infection(woman, tested) == {"treatment": date(2025, 8, 24), "follow_up": date(2025, 8, 24)}
    assert "maternal.risk" not in owed(woman, tested)  # the open assessment is green, and tells nothing
    write(models.AntenatalVisit, woman, visited_on=date(2025, 9, 22))
    assert infection(woman, date(2025, 9, 22)) == {"treatment": date(2025, 8, 24), "follow_up": date(2025, 10, 6)}
    test.treatment, test.treatment_on = "2", date(2025, 8, 12)
    recording.save(test, actor="doctor", day=TODAY)
    assert infection(woman, date(2025, 9, 22)) == {"follow_up": date(2025, 10, 6)}
    born = date(2026, 3, 9)
    write(models.Delivery, woman, ended_on=born, delivered_at="1", live_births=1)
    assert infection(woman, born) == {"child": date(2026, 3, 10)}
    assert infection(woman, born + duties.INFANT) == {"child": date(2026, 3, 10)}
    assert infection(woman, born + duties.INFANT + timedelta(days=1)) == {}
    write(models.MotherTest, woman, served_on=born, prophylaxis="2", prophylaxis_on=born)
    assert infection(woman, born) == {}


@pytest.mark.parametrize(
    "found",
    [{"hiv": "1", "syphilis": "1", "hbsag": "2"}, {"hiv": "1", "syphilis": "1", "hbsag": "1"}],
    ids=["hepatitis B, whose child's need stands with the birth", "nothing found"],
)
def test_without_hiv_syphilis_or_another_infection_nothing_more_is_owed(county: Any, found: dict[str, str]) -> None:
    woman = county.resident(birth=date(1996, 5, 1), sex="2")
    write(models.Pregnancy, woman, registered_on=date(2025, 8, 10), last_period_on=PERIOD, tested="2")
    write(models.MotherTest, woman, served_on=date(2025, 8, 10), **found)
    assert infection(woman, date(2025, 8, 10)) == {}


def test_an_infection_of_an_earlier_pregnancy_is_not_followed_in_this_one(county: Any) -> None:
    woman = county.resident(birth=date(1996, 5, 1), sex="2")
    write(models.MotherTest, woman, served_on=PERIOD - timedelta(days=1), syphilis="2")
    write(models.Pregnancy, woman, registered_on=date(2025, 8, 10), last_period_on=PERIOD)
    assert infection(woman, date(2025, 8, 10)) == {}
    write(models.MotherTest, woman, served_on=PERIOD, syphilis="2")
    assert set(infection(woman, date(2025, 8, 10))) == {"treatment", "follow_up"}


@pytest.mark.parametrize("table", ["pregnancy", "pregnancy_risk", "delivery", "birth"])
def test_no_open_table_holds_a_result_of_the_tests(table: str) -> None:
    told = {"hiv", "syphilis", "hbsag", "purple", "infections", "purple_factors", "mother_infection", "treatment"}
    assert registry.contracts["mother_test"].sensitive_for == "hiv"
    assert not told & {column.name for column in registry.contracts[table].columns}


def test_a_record_written_late_derives_the_delivery_anew_and_its_removal_too(county: Any) -> None:
    woman = county.resident(birth=date(1996, 5, 1), sex="2")
    write(models.Delivery, woman, ended_on=date(2026, 3, 9), delivered_at="1", live_births=1)
    visit = write(models.AntenatalVisit, woman, visited_on=date(2025, 9, 22))
    assert visit.gestation_days is None
    assert models.Delivery.objects.get().checks == 1
    pregnancy = write(models.Pregnancy, woman, registered_on=date(2025, 8, 10), last_period_on=PERIOD)
    visit.refresh_from_db()
    assert (visit.gestation_days, visit.window_code) == (113, "2")
    assert (models.Delivery.objects.get().checks, models.Delivery.objects.get().gestation_days) == (2, 281)
    recording.remove(visit, actor="doctor", day=TODAY)
    assert models.Delivery.objects.get().checks == 1
    recording.remove(pregnancy, actor="doctor", day=TODAY)
    assert (models.Delivery.objects.get().checks, models.Delivery.objects.get().registered_on) == (0, None)


def test_a_second_pregnancy_keeps_to_itself(county: Any) -> None:
    woman = county.resident(birth=date(1996, 5, 1), sex="2")
    for period, born in ((date(2023, 6, 1), date(2024, 3, 7)), (PERIOD, date(2026, 3, 9))):
        write(models.Pregnancy, woman, registered_on=period + timedelta(days=70), last_period_on=period)
        write(models.AntenatalVisit, woman, visited_on=period + timedelta(days=120))
        write(models.Delivery, woman, ended_on=born, delivered_at="1", live_births=1)
        write(models.PostnatalVisit, woman, visited_on=born + timedelta(days=6))
    assert [(d.checks, d.visited_on) for d in models.Delivery.objects.order_by("ended_on")] == [
        (2, date(2024, 3, 13)), (2, date(2026, 3, 15)),
    ]  # fmt: skip


def test_neither_period_nor_ultrasound_is_refused(county: Any) -> None:
    with pytest.raises(RecordRefused, match="末次月经不详的，请填写早孕期超声检查日期和孕龄"):
        write(models.Pregnancy, county.resident(birth=date(1996, 5, 1), sex="2"), registered_on=date(2025, 8, 10))


@pytest.mark.parametrize(("differs", "method"), [(6, "1"), (7, "2"), (8, "2"), (-6, "1"), (-7, "2")])
def test_the_ultrasound_wins_from_seven_days_on(differs: int, method: str) -> None:
    scanned = PERIOD + timedelta(days=70)
    due, by = rules.due_day(PERIOD, scanned, 70 - differs, 7)
    assert by == method
    assert due == PERIOD + timedelta(days=280 + (differs if method == "2" else 0))


@pytest.mark.parametrize(
    ("days", "code"),
    [(111, None), (112, "2"), (146, "2"), (147, "3"), (174, "3"), (175, None), (196, "4"), (258, "4"), (259, "5"), (286, "5"), (287, None)],
)
def test_each_window_has_its_first_and_last_day(days: int, code: str | None) -> None:
    assert rules.window_of(rules.windows(registry.parameters, TODAY), days) == code


def test_weeks_are_written_as_in_the_handbook() -> None:
    assert [rules.weeks(days) for days in (90, 91, None)] == ["12+6", "13+0", ""]


def test_the_mortality_of_the_reporting_year_is_another_definition_than_that_of_the_period() -> None:
    of_year = next(rate for rate in births.MORTALITY_OF_YEAR if rate.code == "maternal.infant_mortality_year")
    assert fingerprint(of_year, registry.parameters, TODAY) != fingerprint(births.INFANT_MORTALITY, registry.parameters, TODAY)


def test_the_synthetic_county_derives_as_the_models_do(county: Any) -> None:
    """What simulate.py writes into derived columns is what the models make of the same records."""
    places = lay_out(3000, 3)
    village, end = places.villages[0], date(2026, 6, 30)
    start = date(2023, 6, 30)
    people = people_of(village, places, start, end, 3)
    known = {person.id: person for person in people}
    from taizhang.programmes.maternal import simulate

    rows = list(simulate.live(VillageLife(village, people, start, end, Random(3), {})))
    known |= {person.id: person for person in people}
    kept: dict[str, dict[int, list[Any]]] = {}
    for label, row in rows:
        model = next(m for m in _models() if m._meta.label == label)
        kept.setdefault(label, {}).setdefault(row["resident_id"], []).append(model(**row))
    assert {"maternal.Delivery", "maternal.AntenatalVisit", "maternal.Birth"} <= set(kept)
    from taizhang.county.models import Resident

    for label, row in rows:
        model = next(m for m in _models() if m._meta.label == label)
        person = known[row["resident_id"]]
        history = sorted((copy_of(r) for r in kept[label][person.id]), key=lambda r: getattr(r, model.DAY))
        for record in history:
            record.resident = Resident(id=person.id, birth_date=person.birth_date, sex=person.sex)
            record.beside = {
                other: sorted(kept.get(other, {}).get(person.id, []), key=lambda r: getattr(r, r.DAY)) for other in model.BESIDE
            }
        model.derive(history)
        derived = next(record for record in history if record.pk == row["id"])
        assert {name: getattr(derived, name) for name in row} == row
        assert Period(row[model.DAY], row[model.DAY]).end <= end


def _models() -> list[Any]:
    from django.apps import apps

    return list(apps.get_app_config("maternal").get_models())


def copy_of(record: Any) -> Any:
    from copy import copy

    return copy(record)
