"""The registry: what it takes in, and every fault of every folder at once."""

import sys
from datetime import date

import pytest

from taizhang.kernel.registry import Registry, RegistryError

GOOD = f"""
from datetime import date
from {__package__}.small import *
from taizhang.kernel.query.words import always, parameter
from taizhang.kernel.indicators import Cell, Reported
PEOPLE = people()
OLD = indicator(visits.count() >= 1, always, PEOPLE, code="x.rate", valid_to=date(2025, 12, 31))
NEW = indicator(visits.count() >= 2, always, PEOPLE, code="x.rate", valid_from=date(2026, 1, 1))
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A line of work on disk; the modules given, and its PROGRAMME."""

    def make(name: str, **modules: str) -> str:
        folder = tmp_path / name
        (folder / "parameters").mkdir(parents=True)
        programme = f"Programme(code={name!r}, name=Text('业务', 'Line'), order=1, row=1)"
        (folder / "__init__.py").write_text(
            f"from taizhang.kernel.registry import Programme\nfrom taizhang.kernel.text import Text\nPROGRAMME = {programme}\n",
            encoding="utf-8",
        )
        for module, text in modules.items():
            (folder / f"{module}.py").write_text(text, encoding="utf-8")
        return name

    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)
    yield make
    for name in set(sys.modules) - before:
        if not name.startswith(("taizhang", str(__package__))):
            del sys.modules[name]


def test_dated_siblings_answer_for_their_days(package):
    registry = Registry()
    registry.load([package("line_one", indicators=GOOD)])
    assert registry.indicator("x.rate", date(2025, 12, 31)).valid_to == date(2025, 12, 31)
    assert registry.indicator("x.rate", date(2026, 1, 1)).valid_from == date(2026, 1, 1)
    assert [i.code for i in registry.indicators_on(date(2026, 6, 30))] == ["x.rate"]
    assert registry.indicators["x.rate"][0].programme == "line_one"
    assert set(registry.populations) == {"everyone"}


def test_an_unknown_indicator_is_answered_with_its_neighbours(package):
    registry = Registry()
    registry.load([package("line_two", indicators=GOOD)])
    with pytest.raises(RegistryError, match=r"没有指标“x\.rat”。相近的有：x\.rate；"):
        registry.indicator("x.rat", date(2026, 1, 1))


def test_all_faults_of_all_folders_come_at_once(package):
    dangling = GOOD + (
        "A = indicator(visits.count() >= parameter('nowhere'), code='x.a')\n"
        "B = indicator(always, code='x.b', reported=Reported(numerator=Cell('no_form', 'a')))\n"
        "C = indicator(always, population=people(visits.count() >= parameter('lost')), code='x.c')\n"
    )
    doubled = GOOD + "TWICE = indicator(visits.count() >= 9, code='x.rate', valid_from=date(2025, 6, 1))\n"
    with pytest.raises(RegistryError) as refusal:
        Registry().load([package("line_three", indicators=dangling), package("line_four", indicators=doubled)])
    text = str(refusal.value)
    assert "indicator x.rate is declared twice for the same days (line_four.indicators)" in text
    assert "indicator x.a uses the parameter nowhere, which no file declares" in text
    assert "indicator x.b reads the form no_form, which is not declared" in text
    assert "indicator x.c uses the parameter lost, which no file declares" in text
    assert "Population everyone is declared twice with different contents" not in text


KEPT = f"""
from {__package__}.small import *
from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.duties import Duty
from taizhang.kernel.query.words import always, records
from taizhang.kernel.registers import Register
from taizhang.kernel.text import Text
NAME = Text("检测", "Tests")
TESTS = RecordContract(
    table="kept_test", label=NAME, model="x.Test", sensitive_for="hiv", columns=(Column("tested_on", "date", NAME),)
)
REGISTER = Register("kept_tests", NAME, "x.Test", (), (), table="kept_test")
OPEN_REGISTER = Register("open_visits", NAME, "x.Visit", (), ())
tested = records(TESTS)
PEOPLE = people()
COUNTED = indicator(tested.count() >= 1, always, PEOPLE, code="k.tested")
AMONG = indicator(always, always, people(tested.count() >= 1), code="k.among")
OPEN = indicator(visits.count() >= 1, always, PEOPLE, code="k.visited")
CHECK = Check("k.check", NAME, Severity.INFO, PEOPLE, (tested.count() >= 2).node, NAME, NAME)
OWED = Duty(code="k.owed", name=NAME, register="kept_tests", reads=("kept_test",), due=lambda person, history, until: ())
"""


def test_whatever_reads_a_table_that_is_kept_for_few_is_kept_for_them(package):
    registry = Registry()
    registry.load([package("line_five", indicators=KEPT)])
    kept = [*(registry.indicators[f"k.{code}"][0] for code in ("tested", "among")), registry.checks["k.check"], registry.duties["k.owed"]]
    assert {registry.rights_for(each) for each in (*kept, registry.registers["kept_tests"])} == {frozenset({"hiv"})}
    assert registry.rights_for(registry.indicators["k.visited"][0]) == frozenset()
    assert registry.rights_for(registry.registers["open_visits"]) == frozenset()


def test_a_duty_may_not_carry_what_is_kept_for_few_into_an_open_register(package):
    leaking = KEPT.replace('register="kept_tests"', 'register="open_visits"')
    with pytest.raises(RegistryError, match=r"k\.owed reads kept_test, which is kept for hiv, and is written down in an open register"):
        Registry().load([package("line_six", indicators=leaking)])
