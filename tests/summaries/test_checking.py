"""A text held against figures: matched by value and name, named where it differs; and our own documents add up."""

from taizhang.summaries.build import compose
from taizhang.summaries.checking import Match, contradictions_of, matches
from taizhang.textcheck.check import check

from . import sample


def held(text: str) -> list[Match]:
    return matches(check(text), sample.figures())


def test_a_figure_is_matched_by_its_value_and_its_name_however_it_is_written() -> None:
    found = held("截至6月底，全县累计建立居民电子健康档案43.98万份，居民健康档案建档率90.46%。")
    assert [(m.figure.code, m.part, m.agrees) for m in found] == [("records.total", "value", True), ("records.coverage", "value", True)]
    assert found[0].trace.startswith("taizhang trace records.total --period ")


def test_another_value_under_our_name_is_named() -> None:
    [found] = held("全县在管高血压患者数41730人。")
    assert not found.agrees
    assert "41370" in found.message.zh
    assert "41730" in found.message.zh


def test_an_equal_number_of_something_else_is_not_ours() -> None:
    assert held("发放宣传单41370份，出动执法车辆60台次。") == []


def test_aims_and_last_years_values_are_not_ours() -> None:
    assert held("力争居民健康档案建档率达到95%以上。去年同期居民健康档案建档率88.00%。") == []


def test_our_own_document_adds_up() -> None:
    document = compose(sample.figures(), [], sample.read_templates(), sample.registry())
    assert list(contradictions_of(document)) == []
