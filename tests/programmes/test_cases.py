"""Every worked case of every line of work, on both engines."""

import pytest

from taizhang.kernel.engines.reference import ReferenceEngine
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry

from .cases import Situation, outcomes, situations, tables_of

EXPECTATIONS = [(situation, code) for situation in situations() for code in situation.expect]
DERIVED = [(situation, table) for situation in situations() for table in situation.record]
REFUSED = [(situation, table) for situation in situations() for table in situation.refused]


@pytest.mark.parametrize("engine", ["reference", "duckdb"])
@pytest.mark.parametrize(("situation", "code"), EXPECTATIONS, ids=[f"{s}：{code}" for s, code in EXPECTATIONS])
def test_a_case_counts_as_it_says(situation: Situation, code: str, engine: str) -> None:
    assert outcomes()[situation.number, code, engine] == situation.expect[code]


@pytest.mark.parametrize(("situation", "table"), DERIVED, ids=[f"{s}：{table}" for s, table in DERIVED])
def test_a_record_is_judged_as_the_case_says(situation: Situation, table: str) -> None:
    last = tables_of(situation)[table][-1]
    assert {name: last[name] for name in situation.record[table]} == dict(situation.record[table])


@pytest.mark.parametrize(("situation", "table"), REFUSED, ids=[f"{s}：{table}" for s, table in REFUSED])
def test_a_record_is_refused_by_the_rules_the_case_names(situation: Situation, table: str) -> None:
    row = tables_of(situation)[table][-1]
    engine = ReferenceEngine({}, registry.parameters)
    broken = [
        rule.name
        for rule in registry.entry_rules[table]
        if engine.value(rule.holds, Period(situation.period.end, situation.period.end), row=row) is False
    ]
    assert broken == list(situation.refused[table])
