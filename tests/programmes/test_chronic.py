"""The managed diseases: what holds for each, beyond single cases."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.county.models import Division, Organisation, OrganisationKind, Resident
from taizhang.county.recording import RecordRefused, apply_many, save
from taizhang.kernel.checks import Check
from taizhang.kernel.engines.duck import members as duck_members
from taizhang.kernel.engines.reference import ReferenceEngine
from taizhang.kernel.explain import explain
from taizhang.kernel.indicators import Attribution, Better, Indicator, Population, TimeBase
from taizhang.kernel.periods import Period
from taizhang.kernel.query.words import Expression, records
from taizhang.kernel.registry import registry
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.visits import NOT_ASSESSED
from taizhang.programmes.copd.rules import RULES as COPD_RULES
from taizhang.programmes.diabetes.rules import RULES as DIABETES_RULES
from taizhang.programmes.hypertension.rules import RULES as HYPERTENSION_RULES

from .cases import VILLAGE, Tables, database

RULES = {"hypertension": HYPERTENSION_RULES, "diabetes": DIABETES_RULES, "copd": COPD_RULES}
every = pytest.mark.parametrize("disease", list(RULES))

DAYS = st.dates(date(2025, 6, 1), date(2026, 12, 31))
PERSON = {"id": 1, "resident": 1, "sex": "1", "birth_date": date(1961, 5, 10), "registration": "1", "died_on": None}
HOME = {"id": 1, "resident": 1, "organisation": VILLAGE, "started_on": date(1961, 5, 10), "ended_on": None}


def _tables(**filled: list[dict[str, Any]]) -> Tables:
    return {name: [] for name in registry.contracts} | {"resident": [PERSON], "residency": [HOME]} | filled


def _indicator(code: str) -> Indicator:
    found = registry.indicator(code, date(2026, 12, 31))
    assert found is not None
    return found


# -- part-year and annual ----------------------------------------------------------------------------------------------------


@every
@settings(max_examples=60, deadline=None)
@given(
    enrolled=DAYS,
    visits=st.lists(st.tuples(DAYS, st.sampled_from("123"), st.sampled_from("12")), max_size=7),
    examined=st.lists(st.tuples(DAYS, st.booleans()), max_size=2),
)
def test_on_31_december_the_pace_is_the_annual_rule(
    disease: str, enrolled: date, visits: list[tuple[date, str, str]], examined: list[tuple[date, bool]]
) -> None:
    tables = _tables(
        **{
            f"{disease}_case": [{"id": 1, "resident": 1, "organisation": VILLAGE, "enrolled_on": enrolled}],
            f"{disease}_follow_up": [
                {"id": n, "resident": 1, "organisation": VILLAGE, "visited_on": on, "way": way, "outcome": outcome}
                for n, (on, way, outcome) in enumerate(visits)
            ],
            "examination": [
                {"id": n, "resident": 1, "organisation": VILLAGE, "examined_on": on, "complete": complete}
                for n, (on, complete) in enumerate(examined)
            ],
        }
    )
    pace, annual = _indicator(f"{disease}.standard_by_pace"), _indicator(f"{disease}.standard")
    assert pace.population is not None
    (line,) = ReferenceEngine(tables, registry.parameters).members(pace.population, [pace, annual], Period.of_year(2026))
    assert line[f"{pace.code}.n"] == line[f"{annual.code}.n"]


def test_why_a_patient_lags_is_said_in_plain_words() -> None:
    tables = _tables(
        hypertension_case=[{"id": 1, "resident": 1, "organisation": VILLAGE, "enrolled_on": date(2025, 3, 10)}],
        hypertension_follow_up=[
            {"id": 1, "resident": 1, "organisation": VILLAGE, "visited_on": date(2026, 2, 10), "way": "1", "outcome": "1"},
        ],
    )
    explanation = explain(
        _indicator("hypertension.standard_by_pace"), ReferenceEngine(tables, registry.parameters), 1, Period.parse("2026H1")
    )
    assert explanation.counted_in_denominator
    assert not explanation.counted
    assert [text.zh for text in explanation.mend] == ["面对面随访：本年1次，截至该日应有2次，再随访1次即可"]
    assert all("{" not in text.zh + text.en for text in explanation.mend)


# -- one rule, three readers -------------------------------------------------------------------------------------------------

_MEASURED = {
    "hypertension": {
        "systolic": st.none() | st.sampled_from([139, 140, 145, 149, 150, 180]),
        "diastolic": st.none() | st.sampled_from([80, 89, 90, 110]),
    },
    "diabetes": {"fasting_glucose": st.none() | st.sampled_from([39, 40, 69, 70, 167]), "random_glucose": st.none() | st.just(80)},
    "copd": {
        "symptom_change": st.none() | st.sampled_from("123"),
        "exacerbations_since": st.none() | st.sampled_from([0, 0, 1, 2]),
        "oxygen_saturation": st.none() | st.sampled_from([89, 90, 95]),
        "referral_result": st.none() | st.sampled_from("123"),
    },
}


def _visits(disease: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    asked = {
        "visited_on": DAYS,
        "way": st.sampled_from("123"),
        "outcome": st.sampled_from(["1", "1", "1", "2"]),
        "adverse_reaction": st.sampled_from([None, "1", "1", "2"]),
        "new_complication": st.sampled_from([None, False, False, True]),
        "danger_signs": st.none() | st.booleans(),
        **_MEASURED[disease],
    }
    return st.lists(st.fixed_dictionaries(asked), min_size=1, max_size=8).map(lambda rows: sorted(rows, key=lambda row: row["visited_on"]))


def _classes(table: str, visit_class: Expression) -> list[Indicator]:
    """One indicator a class, that counts the visits which the expression puts in it."""
    rows = records(registry.contracts[table])
    population = Population(
        name="all_visits",
        label=Text("随访", "Visits"),
        attribution=Attribution.SERVED_BY,
        rows=rows.node,
        organisation=rows.organisation.node,
    )
    return [
        Indicator(
            code=f"class.{code}", name=Text("分类", "Class"), unit="人次", counting_unit="人次", time_base=TimeBase.FLOW,
            attribution=Attribution.SERVED_BY, better=Better.NEITHER, source=Source("测试"), why=Text("测试", "test"),
            population=population, numerator=(visit_class == code).node,
        )
        for code in "01234"
    ]  # fmt: skip


@every
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_form_and_ledger_give_one_class(disease: str, data: st.DataObject) -> None:
    """Derived when saved, evaluated on the form by the reference engine, and counted on the ledger by DuckDB: one class."""
    rules = RULES[disease]
    rows = data.draw(_visits(disease))
    derived = rules.derive(rows, birth_date=PERSON["birth_date"], parameters=registry.parameters)
    table = f"{disease}_follow_up"
    stored = [
        {"id": n, "resident": 1, "organisation": VILLAGE, **row, **more} for n, (row, more) in enumerate(zip(rows, derived, strict=True))
    ]
    year = Period.of_year(2026)
    form = ReferenceEngine({}, registry.parameters)
    assert [form.value(rules.visit_class, year, row=row) for row in stored] == [row["visit_class"] for row in stored]
    classes = _classes(table, Expression(rules.visit_class))
    assert classes[0].population is not None
    connection = database(_tables(**{table: stored}))
    lines = duck_members(connection, classes[0].population, classes, year, registry.parameters)
    connection.close()
    assert [[i.code[-1] for i in classes if line[f"{i.code}.n"]] for line in lines] == [[row["visit_class"]] for row in stored]


@every
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_due_date_looks_back_only(disease: str, data: st.DataObject) -> None:
    """What is due after a visit follows from the visits up to it; and it lies after the visit that set it."""
    rules = RULES[disease]
    rows = data.draw(_visits(disease))
    derived = rules.derive(rows, birth_date=PERSON["birth_date"], parameters=registry.parameters)
    for count in range(1, len(rows) + 1):
        *_, last = rules.derive(rows[:count], birth_date=PERSON["birth_date"], parameters=registry.parameters)
        known_later = {"answered_on": None, "referral_checked_on": None}
        assert {**last, **known_later} == {**derived[count - 1], **known_later}
        if last["visit_class"] != NOT_ASSESSED:
            assert last["next_due_on"] > rows[count - 1]["visited_on"]


# -- storing -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def patients(db: None) -> list[Resident]:
    county = Division.objects.create(code="990101", name="测试县", level="county")
    village = Division.objects.create(code=VILLAGE, name="测试村", level="village", parent=county)
    Organisation.objects.create(
        code=VILLAGE, name="测试村卫生室", name_en="Test clinic", kind=OrganisationKind.VILLAGE_CLINIC, division=village
    )
    return [Resident.objects.create(name="甲", initials="J", sex="1", birth_date=date(1961, 5, 10)) for _ in range(6)]


def _visit(disease: str, resident: Resident, on: date, value: int) -> dict[str, Any]:
    measured = {
        "hypertension": {"systolic": value, "diastolic": 80},
        "diabetes": {"fasting_glucose": value - 80},
        "copd": {"symptom_change": "3" if value >= 140 else "2", "exacerbations_since": 0},
    }[disease]
    return {"resident_id": resident.pk, "organisation_id": VILLAGE, "visited_on": on, "way": "1", **measured}


@every
def test_a_visit_entered_afterwards_rewrites_what_follows(disease: str, patients: list[Resident]) -> None:
    model = apps.get_model(disease, "FollowUp")
    day = date(2026, 6, 30)
    first = save(model(**_visit(disease, patients[0], date(2026, 3, 12), 160)), actor="v1", day=day)
    assert (first.visit_class, first.due_reason, first.next_due_on) == ("2", "two_weeks_uncontrolled", date(2026, 3, 26))
    save(model(**_visit(disease, patients[0], date(2026, 3, 1), 160)), actor="v1", day=day)
    earlier, later = model.objects.order_by("visited_on")
    assert (earlier.due_reason, earlier.answered_on) == ("two_weeks_uncontrolled", date(2026, 3, 12))
    assert (later.due_reason, later.answered_on) == ("referral", None)
    assert len(later.rule) == 12


@every
def test_a_visit_before_birth_or_in_the_future_is_refused(disease: str, patients: list[Resident]) -> None:
    model = apps.get_model(disease, "FollowUp")
    for on in (date(1961, 5, 9), date(2026, 7, 1)):
        with pytest.raises(RecordRefused, match="随访日期"):
            save(model(**_visit(disease, patients[0], on, 130)), actor="v1", day=date(2026, 6, 30))
    assert not model.objects.exists()


@every
def test_many_visits_take_no_more_queries_than_few(disease: str, patients: list[Resident], django_assert_num_queries: Any) -> None:
    from django.db import connection

    model = apps.get_model(disease, "FollowUp")
    counts = []
    for people, on in ((patients[:1], date(2026, 1, 5)), (patients, date(2026, 4, 5))):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            apply_many(model, [_visit(disease, p, on + timedelta(days=n), 130) for p in people for n in (0, 20)], actor="import")
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 2  # one read and one write of what was there before
    assert model.objects.filter(visit_class="1").count() == 14


# -- checks and registers ----------------------------------------------------------------------------------------------------


def _hits(check: Check, tables: Tables) -> int:
    engine, year = ReferenceEngine(tables, registry.parameters), Period.of_year(2026)
    as_indicator = Indicator(
        code="hit", name=check.name, unit="件", counting_unit="件", time_base=TimeBase.FLOW, attribution=check.population.attribution,
        better=Better.LOWER, source=Source("测试"), why=check.explanation, population=check.population, numerator=check.condition,
    )  # fmt: skip
    return sum(line["hit.n"] for line in engine.members(check.population, [as_indicator], year))


_FOUR_DAYS = [date(2026, month, 10) for month in (1, 4, 7, 10)]


def _visit_rows(**each: Any) -> list[dict[str, Any]]:
    common = {"resident": 1, "organisation": VILLAGE, "way": "1", "outcome": "1", "late": False}
    return [{"id": n, "visited_on": on, **common, **each} for n, on in enumerate(_FOUR_DAYS)]


@every
@pytest.mark.parametrize(
    ("check", "spoil", "hits"),
    [
        ("visit_after_death", lambda t: t["resident"][0].update(died_on=date(2026, 7, 9)), 2),
        ("only_by_telephone", lambda t: [row.update(way="3") for row in t["visits"]], 1),
        ("recorded_late", lambda t: t["visits"][2].update(late=True), 1),
        ("enrolled_too_young", lambda t: t["resident"][0].update(birth_date=date(1992, 3, 10)), 1),
        ("always_round", lambda t: [row.update(systolic=130, diastolic=80, fasting_glucose=60, cat=10) for row in t["visits"]], 1),
    ],
)
def test_a_check_hits_what_it_is_for_and_nothing_else(disease: str, check: str, spoil: Callable[[Tables], Any], hits: int) -> None:
    visits = _visit_rows(systolic=131, diastolic=82, fasting_glucose=61, cat=11)
    tables = _tables(
        **{
            "resident": [dict(PERSON)],
            f"{disease}_case": [{"id": 1, "resident": 1, "organisation": VILLAGE, "enrolled_on": date(2026, 1, 5)}],
            f"{disease}_follow_up": visits,
        }
    )
    found = registry.checks[f"{disease}.{check}"]
    assert _hits(found, tables) == 0
    spoil({**tables, "visits": visits})
    assert _hits(found, tables) == hits


@pytest.mark.parametrize("disease", ["hypertension", "diabetes"])
def test_a_pressure_that_cannot_be_is_found(disease: str) -> None:
    visits = _visit_rows(systolic=131, diastolic=82)
    tables = _tables(**{f"{disease}_follow_up": visits})
    found = registry.checks[f"{disease}.contradictory_pressure"]
    assert _hits(found, tables) == 0
    visits[0].update(systolic=80, diastolic=80)
    assert _hits(found, tables) == 1


@every
@pytest.mark.parametrize(("register", "model"), [("cases", "Case"), ("follow_ups", "FollowUp"), ("screenings", "Screening")])
def test_a_register_has_every_field_a_person_fills_in(disease: str, register: str, model: str) -> None:
    fields = {f.name for f in apps.get_model(disease, model)._meta.concrete_fields if f.editable and not f.primary_key}
    columns = [column.field for column in registry.registers[f"{disease}_{register}"].columns]
    assert len(columns) == len(set(columns))
    assert set(columns) == fields - {"recorded_by", "late"}
