"""The one reader of numbers: what desk and publishing both lean on."""

import pytest

from taizhang.summaries.numbers import Sort, numbers


def read(text: str) -> list[tuple[str, str, str, bool]]:
    return [(n.text, str(n.value), n.unit, n.about) for n in numbers(text) if n.sort in (Sort.QUANTITY, Sort.WORD)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发放20余万份", [("20余万", "200000", "份", True)]),
        ("投入3千元，另有3百万元", [("3千", "3000", "元", False), ("3百万", "3000000", "元", False)]),
        ("运送12千克", [("12", "12", "", False)]),
        ("提高三点五个百分点", [("三点五", "3.5", "个百分点", False)]),
        ("投入一亿二千万元", [("一亿二千万", "120000000", "元", False)]),
        ("百余名医生，五十余万人，千家万户", [("百", "100", "名", True), ("五十余万", "500000", "人", True)]),
        ("三五个村，二三十人，十几家", [("三五", "None", "个", True), ("二三十", "None", "人", True), ("十", "10", "家", True)]),
        ("近三成，三分之一，一半", [("三成", "30", "%", True), ("三分之一", "None", "%", False), ("一半", "50", "%", False)]),
        ("落实零报告制度，零事故", [("零", "0", "事故", False)]),
        ("每一百人有一名，每一个村", [("一百", "100", "人", False), ("一", "1", "名", False)]),
        ("达到百分之百，控制在千分之三", [("百分之百", "100", "%", False), ("千分之三", "3", "‰", False)]),
    ],
)
def test_amounts(text: str, expected: list[tuple[str, str, str, bool]]) -> None:
    assert read(text) == expected


def test_a_telephone_number_is_told_from_a_count() -> None:
    assert [(n.text, n.sort) for n in numbers("发放12345份，拨打12345热线")] == [("12345", Sort.QUANTITY), ("12345", Sort.MARK)]


def test_a_number_in_brackets_is_numbering_only_where_an_item_begins() -> None:
    assert [n.sort for n in numbers("（1）培训村医（35）人。\n（2）督导")] == [Sort.ORDINAL, Sort.QUANTITY, Sort.ORDINAL]


@pytest.mark.parametrize("text", ["6月20日—25日", "2024—2025年度", "十二月底", "2025年第三季度", "1-10月"])
def test_a_stretch_of_days_is_one(text: str) -> None:
    assert [(n.text, n.sort) for n in numbers(text)] == [(text, Sort.DAY)]


def test_the_unit_word_ends_where_it_stands() -> None:
    text = "培训五十余名、12 人"
    assert [text[n.start : n.unit_end] for n in numbers(text)] == ["五十余名", "12 人"]
