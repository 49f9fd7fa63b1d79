"""A wrong query cannot be written: what each refusal says."""

import re
from dataclasses import replace
from datetime import date

import pytest

from taizhang.kernel.contracts import Column, ContractError, RecordContract
from taizhang.kernel.indicators import Attribution, Breakdown, IndicatorError, Population
from taizhang.kernel.query import nodes
from taizhang.kernel.query.walking import parameters_of, without_names
from taizhang.kernel.query.words import (
    all_of,
    always,
    any_of,
    choose,
    cutoff,
    days_between,
    literal,
    parameter,
    person,
    records,
    smaller_of,
)
from taizhang.kernel.text import Text

from .small import NOTICE, RESIDENT, SOURCE, VISIT, indicator, people, resident, visits, visits_made

notices = records(NOTICE)

WRONG = {
    "types that do not meet": (lambda: visits.day == 3, "date cannot be compared with int"),
    "an order of codes": (lambda: visits.way < "3", "A code has no order; only == and != are possible."),
    "an order of booleans": (lambda: literal(True) >= True, "A bool has no order"),
    "a number as a condition": (lambda: always & visits.count(), "'and' needs a value of type bool; got int."),
    "a day as a condition of rows": (lambda: visits.where(visits.day), "a condition on rows needs a value of type bool; got date."),
    "many rows where one is needed": (lambda: nodes.PersonColumn(nodes.Records(VISIT), "day"), "visit has many rows a resident. Pick one"),
    "another table's column on rows": (lambda: visits.where(notices.day <= cutoff), "A condition on visit uses a column of notice."),
    "the person inside a condition on rows": (
        lambda: visits.where(resident.sex == "1"),
        "cannot look at the person. Put that part outside the count.",
    ),
    "the person inside a sum": (lambda: visits.total(visits.count()), "A sum over the rows of visit cannot look at the person."),
    "a sum of days": (lambda: visits.total(visits.day), "a sum needs a value of type int; got date."),
    "rows of two tables at once": (
        lambda: visits.day <= notices.day,
        "One value cannot be taken from the rows of notice and visit at once.",
    ),
    "counting what belongs to no one": (
        lambda: notices.count(),
        "Counting notice gives nothing about a resident: its rows belong to no one.",
    ),
    "picking without an order": (lambda: visits.last_by(), "Picking a row of visit needs an order. Say by which column."),
    "one of nothing": (lambda: visits.way.is_in(), "'one of' needs values of type code; got ()."),
    "one of another type": (lambda: visits.way.is_in(1, 2), "'one of' needs values of type code; got (1, 2)."),
    "months by a column": (lambda: visits.day.plus(visits.sugar, "month"), "takes a number fixed for the run"),
    "a span of numbers": (lambda: days_between(1, 2), "a span of time needs a value of type date; got int."),
    "cases of two types": (lambda: choose((always, 1), otherwise="x"), "a case's value needs a value of type code; got int."),
    "arithmetic with days": (lambda: visits.day + visits.day, "'+' needs a value of type int; got date."),
    "the smaller of a day and a number": (lambda: smaller_of(visits.day, 1), "'min' needs a value of type int; got date."),
    "python's and": (lambda: (visits.sugar > 1) and (visits.sugar < 2), "Use & | ~ instead of and, or, not."),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_query_that_means_nothing_is_refused(what):
    build, message = WRONG[what]
    with pytest.raises(nodes.QueryError) as refusal:
        build()
    assert message in str(refusal.value)


def test_a_column_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(ContractError, match=re.escape("visit has no column 'colour'; it has id, resident, day, way, sugar, clinic.")):
        _ = visits.colour


def test_contracts_that_contradict_themselves():
    with pytest.raises(ContractError, match="column id is declared twice"):
        RecordContract("t", Text("表", "t"), "t.T", (Column("id", "int", Text("号", "id")),))
    with pytest.raises(ContractError, match="a table with one row per resident is about residents"):
        RecordContract("t", Text("表", "t"), "t.T", (), one_row_per_resident=True, about_residents=False)


def test_nested_ands_and_ors_are_one_flat_list():
    a, b, c = visits.sugar > 1, visits.sugar > 2, visits.sugar > 3
    assert all_of(a, all_of(b, c)).node == (a & b & c).node
    assert any_of(a, any_of(b, c)).node == (a | b | c).node


def test_true_is_not_one():
    assert literal(True).node != literal(1).node
    assert len({literal(True).node, literal(1).node}) == 2


def test_naming_does_not_change_the_meaning():
    named = (visits.count() >= parameter("visits_a_year").named("应有", "due")).named("够", "enough").node
    assert without_names(named) == (visits.count() >= parameter("visits_a_year")).node
    assert parameters_of(named) == ("visits_a_year",)


def _population(**more):
    facts = {"name": "p", "label": Text("人", "p"), "attribution": Attribution.MANAGED_BY, "organisation": resident.clinic.node}
    return Population(**facts | more)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: _population(), "is either residents (condition) or record rows (rows); give exactly one."),
        (lambda: _population(condition=always.node, rows=visits.node), "give exactly one."),
        (lambda: _population(condition=visits.count().node), "the condition must be met or not met by a resident."),
        (lambda: _population(condition=(visits.sugar > 1).node), "the condition must be met or not met by a resident."),
        (
            lambda: _population(condition=always.node, breakdowns=(Breakdown("way", Text("方式", "way"), visits.way.node, ()),)),
            "a value of the rows of visit cannot describe its members.",
        ),
        (lambda: indicator(resident.birth_date), "its numerator is a date; it must be one of bool, int."),
        (lambda: indicator(visits.sugar > 1), "its numerator is a value of the rows of visit; count or pick them first."),
        (lambda: indicator(always, resident.sex), "its denominator is a code"),
        (lambda: indicator(always, always, counting_unit="人次"), "人次 is never the numerator of a rate of 人. Count persons instead."),
        (lambda: replace(indicator(always, population=people()), numerator=None), "a population and a numerator go together."),
    ],
)
def test_populations_and_indicators_that_contradict_themselves(build, message):
    with pytest.raises(IndicatorError) as refusal:
        build()
    assert message in str(refusal.value)


def test_services_may_be_the_numerator_of_a_rate_of_services():
    assert indicator(visits.sugar > 70, always, visits_made(visits.day.in_period), counting_unit="人次").is_rate


def test_a_source_names_its_document():
    with pytest.raises(ValueError, match="'n/a' does not pass"):
        type(SOURCE)("n/a")
    with pytest.raises(ValueError, match="A text needs both languages"):
        Text("只有中文", " ")


def test_a_period_day_is_known_only_to_a_run():
    assert cutoff.node.type == "date"
    assert (resident.birth_date == date(2026, 1, 1)).node.type == "bool"
    assert person(RESIDENT).exists.node.type == "bool"
