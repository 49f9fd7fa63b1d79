"""Checks 疑点 on health records and on the elderly: each has a situation that it finds and the nearest one that it leaves alone."""

from datetime import date
from typing import Any

import pytest

from taizhang.kernel.engines.duck import members as duck_members
from taizhang.kernel.engines.reference import ReferenceEngine
from taizhang.kernel.indicators import Breakdown
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text

from .cases import Tables, database

PERIOD = Period.parse("2026-01..2026-06")
CLINIC = "990101101201"
ELDER: dict[str, Any] = {"birth_date": date(1950, 5, 1)}
MARCH = date(2026, 3, 10)
Rows = dict[str, list[dict[str, Any]]]

# check -> what it finds, what it does not
SITUATIONS: dict[str, tuple[Rows, Rows]] = {
    "health_records.without_record": (
        {"health_record": [{"opened_on": date(2026, 7, 1)}]},
        {"health_record": [{"opened_on": date(2026, 6, 30)}]},
    ),
    "health_records.closed_but_present": (
        {"health_record": [{"opened_on": date(2015, 1, 1), "closed_on": date(2026, 6, 30)}]},
        {"health_record": [{"opened_on": date(2015, 1, 1), "closed_on": date(2026, 7, 1)}]},
    ),
    "health_records.opened_before_birth": (
        {"resident": [{"birth_date": date(2026, 3, 11)}], "health_record": [{"opened_on": MARCH}]},
        {"resident": [{"birth_date": MARCH}], "health_record": [{"opened_on": MARCH}]},
    ),
    "health_records.examined_after_death": (
        {"resident": [ELDER | {"died_on": date(2026, 3, 9)}], "examination": [{"examined_on": MARCH}]},
        {"resident": [ELDER | {"died_on": MARCH}], "examination": [{"examined_on": MARCH}]},
    ),
    "health_records.normal_with_high_pressure": (
        {"examination": [{"examined_on": MARCH, "evaluation": "1", "systolic": 130, "diastolic": 90}]},
        {"examination": [{"examined_on": MARCH, "evaluation": "1", "systolic": 139, "diastolic": 89}]},
    ),
    "health_records.never_updated": (
        {"health_record": [{"opened_on": date(2015, 1, 1), "updated_on": date(2023, 6, 30)}]},
        {"health_record": [{"opened_on": date(2015, 1, 1), "updated_on": date(2023, 7, 1)}]},
    ),
    "elderly.assessed_after_death": (
        {"resident": [ELDER | {"died_on": date(2026, 3, 9)}], "elderly_assessment": [{"assessed_on": MARCH}]},
        {"resident": [ELDER | {"died_on": MARCH}], "elderly_assessment": [{"assessed_on": MARCH}]},
    ),
    "elderly.assessed_too_young": (
        {"resident": [{"birth_date": date(1962, 3, 11)}], "elderly_assessment": [{"assessed_on": MARCH}]},
        {"resident": [{"birth_date": date(1961, 12, 31)}], "elderly_assessment": [{"assessed_on": MARCH}]},
    ),
    "elderly.without_feedback": (
        {"elderly_assessment": [{"assessed_on": MARCH}]},
        {"elderly_assessment": [{"assessed_on": MARCH, "told_on": MARCH}]},
    ),
    "elderly.positive_screen_without_guidance": (
        {"elderly_assessment": [{"assessed_on": MARCH, "cognition_screen": "1", "emotion_screen": "2", "guidance_given": False}]},
        {"elderly_assessment": [{"assessed_on": MARCH, "cognition_screen": "1", "emotion_screen": "2", "guidance_given": True}]},
    ),
    "elderly.positive_screen_without_scale": (
        {"elderly_assessment": [{"assessed_on": MARCH, "cognition_screen": "2", "cognition_score": 20, "emotion_screen": "2"}]},
        {"elderly_assessment": [{"assessed_on": MARCH, "cognition_screen": "2", "cognition_score": 20, "emotion_screen": "1"}]},
    ),
    "elderly.assessed_repeatedly": (
        {"elderly_assessment": [{"assessed_on": date(2026, month, 1)} for month in (1, 3, 6)]},
        {"elderly_assessment": [{"assessed_on": date(year, 3, 1)} for year in (2025, 2026, 2026)]},
    ),
}


def _tables(given: Rows) -> Tables:
    tables: Tables = {name: [] for name in registry.contracts}
    person = {"sex": "1", "registration": "1", "died_on": None, **ELDER, **given.get("resident", [{}])[0]}
    tables["resident"] = [{"id": 1, "resident": 1, **person}]
    for name, rows in {"residency": [{"started_on": date(1950, 5, 1)}], **given}.items():
        blank = {column.name: None for column in registry.contracts[name].all_columns} | {"resident": 1, "organisation": CLINIC}
        if name != "resident":
            tables[name] = [{**blank, "id": key, **row} for key, row in enumerate(rows, 1)]
    return tables


def _hits(code: str, given: Rows) -> int:
    """How many members of the check's population it finds; both engines must say the same."""
    check, tables = registry.checks[code], _tables(given)
    population = registry.populations[check.population.name]
    asked = type(population)(
        name="checked",
        label=Text("核查", "Checked"),
        attribution=population.attribution,
        organisation=population.organisation,
        condition=population.condition,
        rows=population.rows,
        breakdowns=(Breakdown("hit", check.name, check.condition, ()),),
    )
    reference = ReferenceEngine(tables, registry.parameters).members(asked, [], PERIOD)
    compiled = duck_members(database(tables), asked, [], PERIOD, registry.parameters)
    assert [line["hit"] is True for line in compiled] == [line["hit"] is True for line in reference]
    return sum(line["hit"] is True for line in reference)


@pytest.mark.parametrize("code", SITUATIONS)
def test_a_check_finds_its_case_and_leaves_the_next_alone(code: str) -> None:
    found, left = SITUATIONS[code]
    assert _hits(code, found) == 1
    assert _hits(code, left) == 0


def test_every_check_is_shown() -> None:
    own = {code for code in registry.checks if code.split(".")[0] in ("health_records", "elderly")}
    assert own == set(SITUATIONS)
