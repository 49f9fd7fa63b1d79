"""A dirty text read as it was meant, with the way back to each place; and what the printed digits and words of a number leave open."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.textcheck.amounts import Sort, quantities_of
from taizhang.textcheck.cleaning import clean
from taizhang.textcheck.reading import read


@pytest.mark.parametrize(
    ("dirty", "meant"),
    [
        ("全县衛(wèi)生計劃", "全县卫生计划"),
        ("建档率９７、７%，合格率73、4%", "建档率97.7%，合格率73.4%"),
        ("共１，２３４人次", "共1234人次"),
        ("达到96.67% %", "达到96.67%"),
        ("分别为95、97%", "分别为95、97%"),
        ("体检1872\n人，体检率60%", "体检1872人，体检率60%"),
        ("2、制度。实\n\n工作总结第2页\n\n施 520种药物", "2、制度。实施520种药物"),
        ("第一段。\n（二）第二段", "第一段。\n（二）第二段"),
    ],
)
def test_a_dirty_text_is_read_as_it_was_meant(dirty: str, meant: str) -> None:
    assert clean(dirty).text == meant


def test_every_place_leads_back_to_the_text_as_read() -> None:
    dirty = "全县衛(wèi)生機構２０家，\n其中醫院１，２３４張床位。"
    cleaned = clean(dirty)
    at = cleaned.text.index("1234")
    assert cleaned.quote(at, at + 4) == "１，２３４"


@given(st.text(alphabet="卫生率12.、，。%％ \n（）()衛xX*共其中万余", max_size=80))
def test_places_never_go_backwards(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.places) == len(cleaned.text) + 1
    assert list(cleaned.places) == sorted(cleaned.places)
    read(cleaned.text)


@pytest.mark.parametrize(
    ("words", "sort", "unit", "low", "high"),
    [
        ("952人", Sort.COUNT, "人", 952, 952),
        ("89.2万份", Sort.COUNT, "份", 891500, 892500),
        ("800余名", Sort.COUNT, "名", 800, 900),
        ("近800人", Sort.COUNT, "人", 700, 800),
        ("1.2亿元", Sort.MONEY, "元", 115_000_000, 125_000_000),
        ("95.2%", Sort.RATE, "%", "95.15", "95.25"),
        ("百分之三十", Sort.RATE, "%", "29.5", "30.5"),
        ("12.3/10万", Sort.RATE, "/10万", "12.25", "12.35"),
        ("1.5个百分点", Sort.POINTS, "个百分点", "1.45", "1.55"),
        ("一千二百三十人", Sort.COUNT, "人", 1230, 1230),
        ("三成", Sort.RATE, "%", 25, 35),
        ("40-50%", Sort.RATE, "%", 40, "50.5"),
    ],
)
def test_a_number_is_what_its_digits_and_words_leave_open(words: str, sort: Sort, unit: str, low: object, high: object) -> None:
    [found] = quantities_of(f"共{words}。").quantities
    assert (found.sort, found.unit, found.low, found.high) == (sort, unit, Fraction(str(low)), Fraction(str(high)))


@pytest.mark.parametrize("words", ["xx人", "**万元", "0、*%"])
def test_a_mask_is_no_number(words: str) -> None:
    [found] = quantities_of(f"完成{words}。").quantities
    assert not found.is_testable


@pytest.mark.parametrize(
    "words", ["2型糖尿病", "12320热线", "〔2026〕12号文件", "第3轮督导", "一系列措施", "每一个村", "2026年6月底", "65岁及以上老人"]
)
def test_names_and_days_are_no_quantities(words: str) -> None:
    assert quantities_of(clean(f"开展{words}。").text).quantities == []


def test_a_series_gives_each_value_its_own_name() -> None:
    [sentence] = read("高血压、糖尿病患者分别为41370人、12946人。").sentences
    assert [q.label for q in sentence.quantities] == ["高血压患者", "糖尿病患者"]
