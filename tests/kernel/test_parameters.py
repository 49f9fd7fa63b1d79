"""Dated parameters: the value in force on a day, and files that cannot be believed."""

from datetime import date
from decimal import Decimal

import pytest

from taizhang.kernel.parameters import ParameterError, as_decimal, load_parameters, with_county_values

GOOD = """
visits_a_year:
  name: {zh: 每年随访次数, en: Visits a year}
  unit: 次
  source: {document: 规范, clause: 二}
  values:
    2017-02-28: 4
    2009-10-01: 2
    2030-01-01: null
"""


def load(tmp_path, *contents):
    for number, content in enumerate(contents):
        (tmp_path / f"p{number}.yaml").write_text(content, encoding="utf-8")
    return load_parameters([tmp_path])


def test_the_value_in_force_on_each_boundary(tmp_path):
    parameter = load(tmp_path, GOOD)["visits_a_year"]
    in_force = {
        day: parameter.at(date.fromisoformat(day))
        for day in ("2009-09-30", "2009-10-01", "2017-02-27", "2017-02-28", "2029-12-31", "2030-01-01")
    }
    assert in_force == {"2009-09-30": None, "2009-10-01": 2, "2017-02-27": 2, "2017-02-28": 4, "2029-12-31": 4, "2030-01-01": None}
    assert not parameter.source.verified
    assert str(parameter.source).endswith("（未核对）")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            GOOD.replace("2017-02-28: 4", "2017-02-28: 4.5"),
            "4.5 from 2017-02-28 is not a whole number; state it in units of its last place",
        ),
        (GOOD.replace("2017-02-28: 4", "2017-02-28: true"), "True from 2017-02-28 is not a whole number"),
        (GOOD.replace("2017-02-28:", "spring:"), "'spring' is not a day; write 2017-02-28"),
        (GOOD.replace("2009-10-01:", "2017-02-28:"), "is written twice (line 8). Keep one."),
        (GOOD + GOOD, "'visits_a_year' is written twice"),
        (GOOD.replace("unit:", "units:"), "unknown key units; known are name, source, unit, values"),
        (GOOD.replace("document: 规范", "document: n/a"), "A source names its document; 'n/a' does not pass"),
        (GOOD.replace(", en: Visits a year", ""), "visits_a_year: 'en'"),
        (GOOD.replace("en: Visits a year", "en: ''"), "A text needs both languages"),
        ("visits_a_year: 4", "visits_a_year: "),
    ],
)
def test_a_broken_file_is_refused_with_its_place_and_cure(tmp_path, wrong, message):
    with pytest.raises(ParameterError) as refusal:
        load(tmp_path, wrong)
    assert message in str(refusal.value)
    assert "p0.yaml" in str(refusal.value)


def test_all_faults_of_all_files_come_at_once(tmp_path):
    with pytest.raises(ParameterError) as refusal:
        load(tmp_path, GOOD.replace(": 4", ": four"), GOOD.replace("unit:", "units:"), GOOD, GOOD)
    text = str(refusal.value)
    assert "p0.yaml" in text
    assert "p1.yaml" in text
    assert "p3.yaml: visits_a_year: declared in another file as well. Keep one." in text


def test_whole_numbers_of_last_places_are_read_as_people_write_them():
    assert as_decimal(70, 1) == Decimal("7.0")
    assert str(as_decimal(70, 1)) == "7.0"


COUNTY = """
visits_a_year:
  source: {document: 本县实施方案, verified: true}
  values:
    2017-02-28: 6
    2025-01-01: 5
"""


def test_a_county_states_its_own_values_over_those_shipped(tmp_path):
    shipped = load(tmp_path, GOOD)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "county.yaml").write_text(COUNTY, encoding="utf-8")
    parameter = with_county_values(shipped, tmp_path / "home")["visits_a_year"]
    assert [parameter.at(date(year, 6, 1)) for year in (2010, 2018, 2026, 2031)] == [2, 6, 5, None]
    assert (parameter.label, parameter.unit, str(parameter.source)) == (shipped["visits_a_year"].label, "次", "本县实施方案")
    assert with_county_values(shipped, tmp_path / "nowhere") == shipped


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (COUNTY.replace("visits_a_year", "visit_a_year"), "county.yaml: visit_a_year: no line of work declares this parameter"),
        (COUNTY + "  unit: 次\n", "unknown key unit; known are source, values"),
        (COUNTY.replace("2025-01-01: 5", "2025-01-01: 4.5"), "4.5 from 2025-01-01 is not a whole number"),
        (COUNTY.replace("document: 本县实施方案", "document: 无"), "A source names its document"),
    ],
)
def test_a_county_s_broken_values_are_refused_with_their_place_and_cure(tmp_path, wrong, message):
    shipped = load(tmp_path, GOOD)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "county.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(ParameterError) as refusal:
        with_county_values(shipped, tmp_path / "home")
    assert message in str(refusal.value)
