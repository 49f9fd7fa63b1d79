"""Health records and examinations: what makes a form complete, how values are classed, what is refused, and that all of it is kept."""

from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from taizhang.county import recording
from taizhang.county.fields import element_of
from taizhang.county.models import Change
from taizhang.county.recording import RecordRefused
from taizhang.county.vocabulary import BY_SEX
from taizhang.kernel.elements import Element, ElementType
from taizhang.kernel.engines.duck import members as duck_members
from taizhang.kernel.engines.reference import ReferenceEngine
from taizhang.kernel.indicators import Attribution, Breakdown, Population
from taizhang.kernel.periods import Period
from taizhang.kernel.query.words import literal, records
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.programmes.health_records import rules
from taizhang.programmes.health_records.models import Examination, HealthRecord
from taizhang.programmes.health_records.records import EXAMINATION

from .cases import SQL_TYPES, Tables, database

TODAY = date(2026, 6, 30)
CLINIC = "990101101201"
OWN_REGISTERS = [r for r in registry.registers.values() if r.programme in ("health_records", "elderly")]


def ordinary(element: Element) -> Any:
    """An answer that everybody could give: the first code, the middle of the range, yes."""
    match element.type:
        case ElementType.NUMBER:
            assert element.low is not None
            assert element.high is not None
            return int(((element.low + element.high) / 2).scaleb(element.places))
        case ElementType.CODE | ElementType.CODES:
            return element.codes[0][0]
        case ElementType.YES_NO:
            return False
        case ElementType.DATE:
            return date(2026, 3, 1)
    return "样例"


def filled(model: type[recording.Record], items: tuple[str, ...]) -> dict[str, Any]:
    elements = {field.name: element_of(field) for field in model._meta.concrete_fields}
    return {item: ordinary(element) for item in items if (element := elements[item]) is not None}


def examination(resident: Any, **facts: Any) -> Examination:
    values = filled(Examination, rules.EXAMINATION_ITEMS + rules.ELDERLY_TESTS) | {
        "systolic": 128,
        "diastolic": 80,
        "height": 1700,
        "weight": 650,
    }
    return Examination(resident=resident, organisation_id=CLINIC, **{**values, **facts})


# -- completeness -----------------------------------------------------------------------------------------------------------------


def test_a_form_with_every_box_is_complete_and_stays_so_when_stored(county: Any) -> None:
    resident = county.resident()
    record = HealthRecord(resident=resident, organisation_id=CLINIC, **filled(HealthRecord, rules.RECORD_ITEMS))
    assert recording.save(record, actor="doctor", day=TODAY).complete
    stored = recording.save(examination(resident), actor="doctor", day=TODAY)
    stored.refresh_from_db()
    assert (stored.complete, stored.tests_complete, stored.body_mass_index) == (True, True, 225)


@pytest.mark.parametrize("item", rules.RECORD_ITEMS)
def test_a_record_that_lacks_one_box_names_it(item: str) -> None:
    values = filled(HealthRecord, rules.RECORD_ITEMS)
    assert rules.missing({**values, item: None}, rules.RECORD_ITEMS) == [item]
    assert rules.missing({**values, item: ""}, rules.RECORD_ITEMS) == [item]


@pytest.mark.parametrize(
    ("item", "complete", "tests_complete"),
    [*((item, False, True) for item in rules.EXAMINATION_ITEMS[1:]), *((item, True, False) for item in rules.ELDERLY_TESTS)],
)
def test_an_examination_that_lacks_one_box_is_not_complete(item: str, complete: bool, tests_complete: bool) -> None:
    lacking = examination(None, **{item: None})
    Examination.derive([lacking])
    assert (lacking.complete, lacking.tests_complete) == (complete, tests_complete)


def test_nought_and_no_are_answers() -> None:
    assert rules.missing({"alt": 0, "surgery": False}, ("alt", "surgery")) == []


# -- body mass index and waist -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weight", "height", "index"),
    [(650, 1700, 225), (400, 2000, 100), (500, 2000, 125), (501, 2000, 125), (502, 2000, 126), (1350, 1500, 600)],
)
def test_the_body_mass_index_is_rounded_half_away(weight: int, height: int, index: int) -> None:
    assert rules.body_mass_index(weight, height) == index


@given(weight=st.integers(10, 2500), height=st.integers(450, 2200))
def test_the_body_mass_index_is_the_nearest_tenth(weight: int, height: int) -> None:
    exact = Decimal(weight) / 10 / (Decimal(height) / 1000) ** 2
    assert abs(Decimal(rules.body_mass_index(weight, height) or 0) / 10 - exact) <= Decimal("0.0500000001")


def test_the_body_mass_index_needs_both_measures() -> None:
    assert rules.body_mass_index(None, 1700) is None
    assert rules.body_mass_index(650, None) is None
    assert rules.body_mass_index(650, 0) is None


INDEXES = {None: "", 184: "1", 185: "2", 239: "2", 240: "3", 279: "3", 280: "4"}
WAISTS = {("1", 899): False, ("1", 900): True, ("2", 849): False, ("2", 850): True, ("9", 1200): False}


def test_one_expression_classes_the_form_and_the_ledger() -> None:
    """The body mass index class and central obesity, from the same trees, by both engines."""
    tables: Tables = {name: [] for name in registry.contracts}
    people = [*((index, "1", None) for index in INDEXES), *((None, sex, waist) for sex, waist in WAISTS)]
    blank = {column.name: None for column in EXAMINATION.all_columns}
    for key, (index, sex, waist) in enumerate(people, 1):
        tables["resident"].append(
            {"id": key, "resident": key, "sex": sex, "birth_date": date(1960, 1, 1), "registration": "1", "died_on": None}
        )
        tables["examination"].append(
            {**blank, "id": key, "resident": key, "organisation": CLINIC, "examined_on": TODAY, "body_mass_index": index, "waist": waist}
        )
    rows = records(EXAMINATION)
    population = Population(
        name="classed",
        label=Text("分类", "Classed"),
        attribution=Attribution.SERVED_BY,
        rows=rows.where(literal(True)).node,
        organisation=rows.organisation.node,
        breakdowns=(
            BY_SEX,
            Breakdown("bmi", Text("体重", "Weight"), rules.BMI_CLASS, ()),
            Breakdown("waist", Text("腰围", "Waist"), rules.CENTRAL_OBESITY, ()),
        ),
    )
    period = Period.parse("2026-06")
    reference = ReferenceEngine(tables, registry.parameters).members(population, [], period)
    connection: duckdb.DuckDBPyConnection = database(tables)
    assert duck_members(connection, population, [], period, registry.parameters) == reference
    assert [line["bmi"] for line in reference[: len(INDEXES)]] == list(INDEXES.values())
    assert [line["waist"] for line in reference[len(INDEXES) :]] == list(WAISTS.values())


# -- entry --------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"systolic": 80, "diastolic": 128}, "右侧舒张压128mmHg不低于收缩压80mmHg。请核对是否填反"),
        ({"height": 2000, "weight": 399}, "身高200.0cm、体重39.9kg算得的体质指数不在10–60之间。请核对身高和体重"),
        ({"fasting_glucose": 501}, "空腹血糖50.1mmol/L超出合理范围1.0–50.0mmol/L，请核对后重填"),
        ({"examined_on": date(2026, 7, 1)}, "体检日期2026-07-01晚于今天（2026-06-30）。请核对日期"),
        ({"evaluation": "3"}, "健康评价没有“3”这一项，可填：1 体检无异常、2 有异常"),
    ],
)
def test_a_refused_examination_says_what_is_wrong_and_leaves_nothing(county: Any, facts: dict[str, Any], said: str) -> None:
    with pytest.raises(RecordRefused) as caught:
        recording.save(examination(county.resident(), **facts), actor="doctor", day=TODAY)
    assert str(caught.value) == f"记录未保存：{said}。"
    assert not Examination.objects.exists()


def test_an_examination_before_birth_or_after_death_is_refused(county: Any) -> None:
    resident = county.resident()
    faults = recording.check(Examination, {"resident": resident, "organisation_id": CLINIC, "examined_on": date(1955, 2, 28)}, day=TODAY)
    assert [f.message.zh for f in faults] == ["体检日期1955-02-28早于出生日期1955-03-01。请核对日期或居民。"]


def test_a_resident_has_one_record(county: Any) -> None:
    from django.db import IntegrityError, transaction

    resident = county.resident()
    recording.save(HealthRecord(resident=resident, organisation_id=CLINIC, opened_on=date(2020, 3, 1)), actor="doctor", day=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        HealthRecord.objects.bulk_create([HealthRecord(resident=resident, organisation_id=CLINIC, opened_on=date(2021, 3, 1))])


def test_the_widest_record_keeps_every_old_value(either_database: str, make_county: Any) -> None:
    """A changed examination leaves all its former values in the history, empty ones included, though it has more columns than one
    JSON function of SQLite takes."""
    stored = recording.save(examination(make_county().resident()), actor="doctor", day=TODAY)
    stored.waist = 900
    recording.save(stored, actor="neighbour", day=TODAY)
    change = Change.objects.get(table="health_records_examination", operation="U")
    assert change.old is not None
    assert set(change.old) == {field.column for field in Examination._meta.concrete_fields}
    assert (change.old["waist"], change.old["weight"], change.old["throat"], change.old["fundus"]) == (1100, 650, "1", None)


# -- declarations ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("register", OWN_REGISTERS, ids=[r.code for r in OWN_REGISTERS])
def test_a_register_fits_its_record(register: Any) -> None:
    model = apps.get_model(register.model)
    fields = {field.name for field in model._meta.concrete_fields}
    written = {column.field for column in register.columns}
    assert written <= fields
    assert set(register.natural_key) <= written
    assert registry.contracts[register.table].model == register.model
    assert any(column.in_list for column in register.columns)
    labels = [column.label.zh for column in register.columns]
    assert len(labels) == len(set(labels)), "two columns of a file would bear one name"
    assert len({column.label.en for column in register.columns}) == len(labels)


@pytest.mark.parametrize(
    "table", ["health_record", "examination", "service_record", "past_history", "hospital_stay", "medication", "other_vaccination"]
)
def test_a_contract_fits_its_record(table: str) -> None:
    contract = registry.contracts[table]
    fields = {field.attname: field for field in apps.get_model(contract.model)._meta.concrete_fields}
    for column in contract.all_columns:
        assert column.source in fields, column.name
        element = element_of(fields[column.source])
        if element is not None and column.type == "int":
            assert (column.places, column.unit) == (element.places, element.unit), column.name
    assert all(column.type in SQL_TYPES for column in contract.all_columns)
