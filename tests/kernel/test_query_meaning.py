"""What each word means, on tables small enough to check with a finger; both engines must say the same."""

import re
from datetime import date

import duckdb
import pytest

from taizhang.kernel.contracts import ColumnType
from taizhang.kernel.engines import duck
from taizhang.kernel.engines.compiler import membership_sql
from taizhang.kernel.engines.reference import ReferenceEngine
from taizhang.kernel.engines.rows import compile_row
from taizhang.kernel.periods import Period
from taizhang.kernel.query import nodes
from taizhang.kernel.query.words import (
    Expression,
    always,
    choose,
    cutoff,
    days_between,
    larger_of,
    literal,
    months_between,
    parameter,
    smaller_of,
    year_end,
)

from .small import PARAMETERS, RESIDENT, VISIT, indicator, people, resident, table, visits, visits_made

PEOPLE = """
    id | resident | birth_date | sex | clinic
    1  | 1        | 1960-02-29 | 1   | A
    2  | 2        | 1961-06-30 | 2   | A
    3  | 3        | 1961-07-01 | 2   | B
    4  | 4        | -          | -   | B
    5  | 5        | 1990-01-31 | 1   | -
"""
VISITS = """
    id | resident | day        | way | sugar | clinic
    1  | 1        | 2025-12-31 | 1   | 70    | A
    2  | 1        | 2026-01-01 | 1   | 65    | A
    3  | 1        | 2026-06-30 | 2   | -     | A
    4  | 1        | 2026-07-01 | 2   | 90    | A
    5  | 2        | 2026-03-31 | 3   | 80    | B
    6  | 2        | 2026-03-31 | 1   | 60    | B
    7  | 3        | -          | 1   | 75    | B
    8  | 3        | 2026-02-28 | -   | 71    | -
"""
SQL_TYPES: dict[ColumnType, str] = {"int": "BIGINT", "date": "DATE", "bool": "BOOLEAN", "code": "VARCHAR"}


@pytest.fixture(scope="module")
def tables():
    return {"resident": table(PEOPLE), "visit": table(VISITS)}


@pytest.fixture(scope="module")
def connection(tables):
    with duckdb.connect() as opened:
        for contract in (RESIDENT, VISIT):
            names = [c.name for c in contract.all_columns]
            opened.execute(f"CREATE TABLE {contract.table} ({', '.join(f'{c.name} {SQL_TYPES[c.type]}' for c in contract.all_columns)})")
            rows = [[row[name] for name in names] for row in tables[contract.table]]
            opened.executemany(f"INSERT INTO {contract.table} VALUES ({', '.join('?' * len(names))})", rows)
        yield opened


@pytest.fixture
def answer(connection, tables):
    """The numerator of each member, by both engines."""

    def ask(numerator: Expression, population=None, period: str = "2026H1") -> dict[int, bool | int]:
        asked, when = indicator(numerator, population=population or people()), Period.parse(period)
        expected = ReferenceEngine(tables, PARAMETERS).members(asked.population, [asked], when)
        assert duck.members(connection, asked.population, [asked], when, PARAMETERS) == expected
        return {member["member"]: member["test.indicator.n"] for member in expected}

    return ask


def who(answers: dict[int, bool | int]) -> list[int]:
    return [member for member, met in answers.items() if met is True]


def test_whoever_has_no_organisation_belongs_to_no_ones_figures(answer):
    assert list(answer(always)) == [1, 2, 3, 4]


def test_both_days_of_a_period_count(answer):
    assert answer(visits.where(visits.day.in_period).count()) == {1: 2, 2: 2, 3: 1, 4: 0}
    assert answer(visits.where(visits.day.in_period).count(), period="2026-06-30..2026-07-01") == {1: 2, 2: 0, 3: 0, 4: 0}


def test_the_year_runs_from_1_january_to_the_cut_off(answer):
    assert answer(visits.where(visits.day.in_year).count(), period="2026Q2@2026-05-31") == {1: 1, 2: 2, 3: 1, 4: 0}


def test_a_missing_value_is_not_met_and_neither_is_its_opposite(answer):
    assert who(answer(resident.sex == "1")) == [1]
    assert who(answer(resident.sex != "1")) == [2, 3]
    assert who(answer(~(resident.sex == "1"))) == [2, 3, 4]
    assert who(answer((resident.sex == "1").is_missing)) == [4]
    assert who(answer((resident.sex == "1") | always)) == [1, 2, 3, 4]


def test_a_sum_passes_over_what_is_missing_and_a_number_that_is_missing_adds_nothing(answer):
    assert answer(visits.total(visits.sugar)) == {1: 225, 2: 140, 3: 146, 4: 0}
    assert answer(visits.last_by("day").sugar) == {1: 90, 2: 60, 3: 71, 4: 0}


def test_equal_days_are_parted_by_the_key_the_newest_first_both_ways(answer):
    assert answer(visits.where(visits.resident == 2).last_by("day").id)[2] == 6
    assert answer(visits.where(visits.resident == 2).first_by("day").id)[2] == 6


def test_a_missing_day_comes_last_in_either_order(answer):
    assert answer(visits.first_by("day").id)[3] == 8
    assert answer(visits.last_by("day").id)[3] == 8


def test_no_row_to_pick_is_missing(answer):
    assert who(answer(visits.last_by("day").exists)) == [1, 2, 3]
    assert who(answer(visits.last_by("day").sugar.is_missing)) == [4]


@pytest.mark.parametrize(("operator", "counted"), [(">=", [1, 2]), (">", []), ("<", [3]), ("<=", [1, 2, 3]), ("==", [1, 2]), ("!=", [3])])
def test_65_years_on_the_cut_off(answer, operator, counted):
    age = resident.birth_date.age_on(cutoff)
    met = {
        ">=": age >= 65,
        ">": age > 66,
        "<": age < 65,
        "<=": age <= 66,
        "==": (age == 65) | (age == 66),
        "!=": (age != 65) & (age != 66),
    }[operator]
    assert who(answer(met)) == counted


def test_a_birthday_on_29_february_turns_on_1_march(answer):
    age = resident.birth_date.age_on(cutoff)
    assert answer(age, period="2026-02")[1] == 65
    assert answer(age, period="2026-03-01..2026-03-01")[1] == 66
    assert who(answer(age >= 66, period="2026-02")) == []
    assert who(answer(age >= 66, period="2026-03-01..2026-03-01")) == [1]
    assert who(answer(age >= 64, period="2024-02@2024-02-28")) == []
    assert who(answer(age >= 64, period="2024-02")) == [1]


def test_a_month_end_is_reached_at_the_end_of_a_shorter_month(answer):
    everyone = people(resident.id == 1)
    assert answer(months_between(literal(date(2026, 1, 31)), cutoff), everyone, "2026-02") == {1: 1}
    assert answer(days_between(cutoff, year_end), everyone, "2026-12") == {1: 0}


def test_a_shift_by_months_stays_inside_the_target_month(answer):
    last = visits.where(visits.day <= cutoff).last_by("day")
    assert who(answer(last.day.plus(1, "month") == cutoff, period="2026-07@2026-07-30")) == []
    assert who(answer(visits.where(visits.id == 5).last_by("day").day.plus(3, "month") == cutoff)) == [2]
    assert who(answer(visits.where(visits.id == 5).last_by("day").day.minus(1, "month") == cutoff, period="2026-02")) == [2]


def test_a_parameter_is_taken_in_force_on_the_cut_off(answer):
    need = parameter("visits_a_year")
    assert answer(need, people(resident.id == 1)) == {1: 4}
    assert answer(need, people(resident.id == 1), "2030") == {1: 0}
    assert who(answer(visits.count() >= need)) == [1]
    assert who(answer(visits.count() >= need, period="2030")) == []
    assert who(answer(~(visits.count() >= need), period="2030")) == [1, 2, 3, 4]


def test_whole_number_arithmetic(answer):
    one = people(resident.id == 1)
    count = visits.count()
    results = [
        answer(value, one)[1]
        for value in (count // 3, (count - 9) // 3, count // 0, smaller_of(count, 3), larger_of(count, 9), count * 2 + 1)
    ]
    assert results == [1, -2, 0, 3, 9, 9]


def test_the_smaller_of_something_missing_is_missing(answer):
    assert who(answer(smaller_of(visits.last_by("day").sugar, 1000).is_missing)) == [4]
    assert who(answer(larger_of(visits.last_by("day").sugar, visits.first_by("day").sugar).is_missing)) == [4]


def test_the_first_case_that_holds_is_chosen(answer):
    grade = choose((visits.count() >= 3, 3), (visits.count() >= 1, 1), (resident.sex == "1", 7), otherwise=0)
    assert answer(grade) == {1: 3, 2: 1, 3: 1, 4: 0}


def test_rows_are_members_and_know_their_person(answer):
    made = visits_made(visits.day.in_period)
    assert answer(always, made) == {2: True, 3: True, 5: True, 6: True}
    assert who(answer(resident.sex == "1", made)) == [2, 3]
    assert who(answer(resident.birth_date.age_on(visits.day) >= 65, made)) == [2, 3]
    assert who(answer(visits.sugar < 70, made)) == [2, 6]


def test_counts_over_different_windows_share_one_scan_and_keep_their_own_conditions(connection, tables):
    first = indicator(visits.where((visits.day >= literal(date(2026, 1, 1))) & (visits.way == "1")).count(), code="a")
    second = indicator(visits.where((visits.day >= literal(date(2025, 12, 1))) & visits.way.is_in("2", "3")).count(), code="b")
    period = Period.parse("2026H1")
    sql = membership_sql(people(), [first, second], period, {})
    assert sql.count('FROM "visit"') == 1
    assert "\"day\" >= DATE '2025-12-01'" in sql
    assert duck.members(connection, people(), [first, second], period, {}) == ReferenceEngine(tables).members(
        people(), [first, second], period
    )


def test_an_age_is_compared_as_a_birth_date():
    sql = membership_sql(people(), [indicator(resident.birth_date.age_on(cutoff) >= 65)], Period.parse("2026H1"), {})
    assert "birth_date\" <= DATE '1961-06-30'" in sql
    assert "EXTRACT" not in sql


def test_an_indicator_of_another_population_is_refused():
    with pytest.raises(nodes.QueryError, match=re.escape("Indicator test.indicator does not belong to the population visits_made")):
        membership_sql(visits_made(always), [indicator(always)], Period.parse("2026"), {})


def test_a_parameter_that_no_file_declares_is_refused():
    with pytest.raises(nodes.QueryError, match=re.escape("There is no parameter 'nobody'. Declare it")):
        membership_sql(people(), [indicator(visits.count() >= parameter("nobody"))], Period.parse("2026"), {})


def test_a_classification_is_evaluated_on_a_form_not_yet_saved():
    level = choose((visits.way == "3", "0"), (visits.sugar < 70, "1"), otherwise="2").node
    engine, period = ReferenceEngine(), Period.parse("2026-06-30..2026-06-30")
    rule = compile_row(level)
    for row, expected in (({"way": "1", "sugar": 69}, "1"), ({"way": "1", "sugar": 70}, "2"), ({"way": "3"}, "0"), ({"sugar": None}, "2")):
        assert engine.value(level, period, row=row) == expected
        assert rule(row, None, {}) == expected


def test_a_rule_over_a_row_may_look_at_its_person_but_not_at_other_rows():
    old = (resident.birth_date.age_on(visits.day) >= 65).node
    rule = compile_row(old)
    assert rule({"day": date(2026, 6, 30)}, None, {"resident": {"birth_date": date(1961, 6, 30)}}) is True
    assert rule({"day": date(2026, 6, 29)}, None, {"resident": {"birth_date": date(1961, 6, 30)}}) is False
    assert rule({"day": date(2026, 6, 29)}, None, {}) is None
    with pytest.raises(nodes.QueryError, match="cannot hold Count"):
        compile_row((visits.count() >= 1).node)
    with pytest.raises(nodes.QueryError, match=re.escape("depends on the period. Pass a period.")):
        compile_row(cutoff.node)({}, None, {})


def test_a_column_asked_without_a_row_or_resident_says_so():
    period = Period.parse("2026")
    with pytest.raises(nodes.QueryError, match=re.escape("visit.sugar is asked for without a row. Pass the row.")):
        ReferenceEngine().value(visits.sugar.node, period)
    with pytest.raises(nodes.QueryError, match=re.escape("resident is a fact about a resident, and no resident was given.")):
        ReferenceEngine().value(resident.sex.node, period, row={})


def test_membership_is_written_sorted_by_organisation(connection, tmp_path):
    path = tmp_path / "it's.parquet"
    duck.copy_membership(connection, membership_sql(people(), [indicator(visits.exist())], Period.parse("2026H1"), {}), path)
    rows = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    assert rows == [(1, 1, "A", True), (2, 2, "A", True), (3, 3, "B", True), (4, 4, "B", False)]
