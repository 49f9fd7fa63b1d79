"""The tree of organisations through mergers, and codes that cannot be."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taizhang.county.english import english_name, initials, place_of
from taizhang.county.models import DivisionLevel, Organisation
from taizhang.county.organisations import (
    DivisionError,
    OrganisationError,
    add_organisation,
    check_division_code,
    check_simulated,
    merge_into,
    relink,
    tree_on,
)

TODAY = date(2026, 6, 30)


def test_the_tree_answers_who_stands_where(county: Any) -> None:
    with CaptureQueriesContext(connection) as queries:
        tree = tree_on(TODAY)
        assert tree.root == "990101"
        assert tree.children("990101") == ("990101-CDC", "990101101", "990101102")
        assert tree.descendants("990101101") == ("990101101", "990101101201", "990101101202")
        assert tree.leaves("990101") == ("990101-CDC", "990101101201", "990101101202", "990101102201")
        assert tree.path("990101102201") == ("990101", "990101102", "990101102201")
        assert tree.parent("990101") is None
        assert tree.siblings("990101101") == ("990101101", "990101102"), "the CDC is no sibling of a township hospital"
        assert tree.is_under("990101101201", "990101101")
        assert not tree.is_under("990101101201", "990101102")
        assert tree.name("990101101").en == "Qingshan Township Hospital"
        assert tree.kind("990101-CDC") == "cdc"
    assert len(queries) <= 4
    with CaptureQueriesContext(connection) as queries:
        assert tree_on(TODAY) is tree
    assert len(queries) == 1  # whether anything has changed


def test_a_merged_township_stays_comparable(county: Any) -> None:
    merge_into("990101102", "990101101", date(2026, 1, 1))
    before, after = tree_on(date(2025, 12, 31)), tree_on(date(2026, 1, 1))
    assert before.path("990101102201") == ("990101", "990101102", "990101102201")
    assert "990101102" not in after
    assert after.path("990101102201") == ("990101", "990101101", "990101102201")
    assert after.present("990101102") == "990101101", "last year's figures of the old township go to its successor"
    assert after.present("990101101") == "990101101"
    assert after.present("990101103") is None
    with pytest.raises(OrganisationError, match="机构 990101102 在2026-01-01已撤销，业务并入 990101101。请改用后者"):
        after.children("990101102")


def test_a_successor_that_merged_as_well_is_followed(county: Any) -> None:
    add_organisation("990101103", "高桥镇卫生院", "township_hospital", parent="990101")
    merge_into("990101102", "990101101", date(2025, 1, 1))
    merge_into("990101101", "990101103", date(2026, 1, 1))
    tree = tree_on(TODAY)
    assert tree.present("990101102") == tree.present("990101101") == "990101103"
    assert tree.path("990101102201") == ("990101", "990101103", "990101102201")


def test_an_organisation_opens_and_closes(county: Any) -> None:
    add_organisation("990101101203", "新村卫生室", "village_clinic", parent="990101101", since=date(2026, 3, 1))
    assert "990101101203" not in tree_on(date(2026, 2, 28))
    assert "990101101203" in tree_on(date(2026, 3, 1))
    Organisation.objects.filter(pk="990101101203").update(closed_on=date(2026, 5, 31))
    assert tree_on(TODAY).present("990101101203") == "990101101", "without a successor its parent stands for it"


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: tree_on(TODAY).name("990109"), "没有代码为 990109 的机构（2026-06-30）。请核对代码，或先建立该机构。"),
        (lambda: add_organisation("990101101", "某院", "hospital", parent="990101"), "机构代码 990101101 已被占用"),
        (lambda: add_organisation("990101104", "某院", "hospital", parent="990102"), "上级机构 990102 不存在。请先建立上级机构"),
        (lambda: merge_into("990101101", "990101101", TODAY), "机构 990101101 不能并入自己"),
        (lambda: merge_into("990101109", "990101101", TODAY), "没有代码为 990101109 的机构"),
        (lambda: relink("990101101", "990101", date(1900, 1, 1)), "隶属关系自1900-01-01起已有登记，不能在1900-01-01变更"),
    ],
)
def test_refusals(county: Any, act: Any, message: str) -> None:
    with pytest.raises(OrganisationError) as caught:
        act()
    assert message in str(caught.value)


def test_a_closed_organisation_merges_only_once(county: Any) -> None:
    merge_into("990101102", "990101101", date(2026, 1, 1))
    with pytest.raises(OrganisationError, match="机构 990101102 已于2025-12-31撤销，不能再次并入"):
        merge_into("990101102", "990101", TODAY)


def test_division_codes() -> None:
    assert check_division_code("420683") is DivisionLevel.COUNTY
    assert check_division_code("990101101", ["990101"]) is DivisionLevel.TOWN
    assert check_division_code("990101101201") is DivisionLevel.VILLAGE


@pytest.mark.parametrize(
    ("code", "known", "message"),
    [
        ("99010A", [], "区划代码“99010A”含有数字以外的字符"),
        ("９９０１０１", [], "含有数字以外的字符"),
        ("099101", [], "区划代码“099101”以0开头，没有这样的省份"),
        ("9901011", [], "区划代码“9901011”有7位。请填6位（县）、9位（乡镇）或12位（村）数字"),
        ("990101000000", [], "末三位是补位的零。请去掉补位的零"),
        ("420600", [], "区划代码“420600”是省或市的代码"),
        ("990101101", ["990102"], "区划代码“990101101”的上级县 990101 不在区划表中"),
        ("990101101201", ["990101"], "区划代码“990101101201”的上级乡镇 990101101 不在区划表中"),
    ],
)
def test_a_wrong_division_code_is_told_its_fault(code: str, known: list[str], message: str) -> None:
    with pytest.raises(DivisionError) as caught:
        check_division_code(code, known)
    assert message in str(caught.value)


def test_a_village_needs_its_township(county: Any) -> None:
    with pytest.raises(DivisionError, match="的上级乡镇 990101109 不在区划表中"):
        add_organisation("990101109201", "孤村卫生室", "village_clinic", parent="990101")


def test_simulated_and_real_codes_do_not_mix(county: Any) -> None:
    with pytest.raises(DivisionError, match="这是模拟台账，只接受以99开头的代码；“420683”像是真实地区"):
        add_organisation("420683", "样例市卫生局", "bureau", parent=None)
    check_simulated("420683", "service")
    with pytest.raises(DivisionError, match="“990101”以99开头，是模拟代码，不能写入正式台账"):
        check_simulated("990101", "service")


@pytest.mark.parametrize(
    ("name", "english", "place"),
    [
        ("样例市卫生局", "Yangli City Health Bureau", "样例市"),
        ("青山镇卫生院", "Qingshan Township Hospital", "青山镇"),
        ("河湾村卫生室", "Hewan Village Clinic", "河湾村"),
        ("样例县疾病预防控制中心", "Yangli County Centre for Disease Control and Prevention", "样例县"),
        ("青山", "Qingshan", "青山"),
    ],
)
def test_english_names(name: str, english: str, place: str) -> None:
    assert english_name(name) == english
    assert place_of(name) == place


def test_initials() -> None:
    assert initials("王小明") == "wxm"
    assert initials("阿卜·Ab1") == "abab1"
