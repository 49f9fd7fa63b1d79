"""Typed numbers: found, read, and told from what is no quantity."""

from decimal import Decimal

import pytest

from taizhang.summaries.desk.quantities import Sort, find
from taizhang.summaries.numbers import chinese_value


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", "10"), ("十二", "12"), ("三百二十", "320"), ("三百二", "320"), ("一百零五", "105"),
     ("一万二", "12000"), ("三点五", "3.5"), ("两千三百万", "23000000")],
)  # fmt: skip
def test_chinese_numerals_are_read(text: str, value: str) -> None:
    assert chinese_value(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("培训乡村医生1,320人次。", "1,320人次", "1320"),
        ("投入资金3.5万元。", "3.5万元", "35000"),
        ("发放20余万份资料。", "20余万份", "200000"),
        ("召开推进会三次。", "三次", "3"),
        ("五十余名村医。", "五十余名", "50"),
        ("覆盖率达到95.5%。", "95.5%", "95.5"),
        ("百分之九十五的村。", "百分之九十五", "95"),
        ("近三成群众。", "三成", "30"),
        ("实现零事故。", "零", "0"),
        ("为65岁及以上老年人体检。", "65岁", "65"),
    ],
)
def test_quantities_are_found_with_their_value(text: str, found: str, value: str) -> None:
    (quantity,) = find(text)
    assert (quantity.text.rstrip("事故"), quantity.value) == (found, Decimal(value))


@pytest.mark.parametrize(
    "text",
    [
        "2026年6月底前完成。",
        "6月20日召开会议。",
        "印发甲卫发〔2026〕12号文件。",
        "一是压实责任，二是抓好落实。",
        "开展第二轮督导。",
        "坚决做到两个维护，落实十四五规划和二十大精神。",
        "进一步统一思想，做好一批项目。",
        "每一个村都有人负责，千家万户受益。",
        "三级网络不断健全。",
        "在管患者{hypertension.managed}人。",
    ],
)
def test_days_marks_ordinals_and_set_phrases_are_no_quantities(text: str) -> None:
    assert find(text) == []


def test_what_only_a_bulletin_may_say_is_told_apart() -> None:
    assert [q.sort for q in find("建档率居全市第三位，高于全省平均水平。")] == [Sort.REFERENCE, Sort.REFERENCE]


def test_a_key_stays_when_other_words_change_and_tells_equal_numbers_apart() -> None:
    before, after = find("印发文件3份，召开会议3次。"), find("上半年，县里印发文件3份，召开会议3次。")
    assert before[1].key == after[1].key
    assert len({q.key for q in find("3次。3次。3次。")}) == 3
