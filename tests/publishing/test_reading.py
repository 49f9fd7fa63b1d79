"""Numbers in running text."""

import itertools
from decimal import Decimal

import pytest

from taizhang.summaries.numbers import Sort, numbers, same_amount
from taizhang.summaries.publishing.reading import normal, sentences_of


def quantities(text: str) -> list[tuple[str, Decimal | None, str]]:
    return [(n.text, n.value, n.unit) for n in numbers(text) if n.sort is Sort.QUANTITY]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建立档案43.98万份，建档率90.46%", [("43.98万", Decimal(439800), "份"), ("90.46%", Decimal("90.46"), "%")]),
        ("为26,274名老年人体检", [("26,274", Decimal(26274), "名")]),
        ("比去年同期提高1.15个百分点", [("1.15", Decimal("1.15"), "个百分点")]),
        ("采购3055.10万元", [("3055.10", Decimal("3055.10"), "万元")]),
        ("达到百分之八十五点五", [("百分之八十五点五", Decimal("85.5"), "%")]),
        ("召开会议三次，培训一百二十人次", [("三", Decimal(3), "次"), ("一百二十", Decimal(120), "人次")]),
        ("发病率3.29‰", [("3.29‰", Decimal("3.29"), "‰")]),
        ("每一个村、一批人才、两个维护、二级医院、进一步、一是抓实", []),
        ("2026年6月底，1—10月，上半年，6月20日", []),
        ("甲卫发〔2026〕12号，拨打12320，2型糖尿病", []),
    ],
)
def test_quantities(text: str, expected: list[tuple[str, Decimal, str]]) -> None:
    assert quantities(text) == expected


def test_no_digit_passes_unseen() -> None:
    text = "一、工作。（一）一是2026年印发〔2026〕3号文件2份，第3轮督导22家，H7N9、12320，涉及1.2.3条款，占7.5%；共1,200人。"
    found = numbers(text)
    covered = {i for n in found for i in range(n.start, n.end)}
    assert [c for i, c in enumerate(text) if c.isdigit() and i not in covered] == []
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_one_quantity_written_in_several_ways() -> None:
    def only(text: str):  # type: ignore[no-untyped-def]
        (found,) = numbers(text)
        return found

    assert same_amount(only("9,184人"), only("9184人"))
    assert same_amount(only("43.98万份"), only("439800份"))
    assert same_amount(only("77.80%"), only("百分之七十七点八"))
    assert not same_amount(only("77.80%"), only("77.8人"))
    assert not same_amount(only("约1000人"), only("1000人"))
    assert not same_amount(only("2026年"), only("2025年"))


def test_what_people_and_programs_type_is_brought_to_one_way() -> None:
    assert normal("“规范”管理率７７.８０％\u200b，1–10月(共５家)") == '"规范"管理率77.80%，1-10月（共5家）'
    assert len(normal("“甲”—１２％")) == len("“甲”—１２％")
    assert sentences_of("甲1人。乙2人；丙。\n丁") == ["甲1人。", "乙2人；", "丙。", "丁"]
