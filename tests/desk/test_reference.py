"""居全市第k位 and 高于全省平均水平: said from a bulletin, and from nothing else."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from summaries import sample
from taizhang.summaries import layout, templates
from taizhang.summaries.build import compose
from taizhang.summaries.reference import Reference

TEMPLATE = """
# 用好健康档案 | Health records put to use
{area}建档率{records.coverage}{records.coverage:reference}。
> Coverage in {area} was {records.coverage}{records.coverage:reference}.
"""


def said(*references: Reference, language: str = "zh") -> str:
    read = [templates.read("records", "records/summary.md", TEMPLATE)]
    document = compose(sample.figures(), [], read, sample.registry(), references={"records.coverage": references})
    return document.parts[0].sections[0].paragraphs[0].sentences[0].text(language)


def reference(level: str, rank: int | None, value: str | None) -> Reference:
    mean = Decimal(value) if value else None
    return Reference(
        "records.coverage", level, rank, 9 if rank else None, mean, "关于上半年进度的通报", "市卫发〔2026〕9号", date(2026, 7, 10)
    )


@pytest.mark.parametrize(
    ("references", "zh", "en"),
    [
        ((), "建档率90.46%。", "90.46%."),
        ((reference("city", 3, None),), "建档率90.46%，居全市第3位。", "90.46%, ranking 3 in the city."),
        ((reference("province", None, "88.20"),), "90.46%，高于全省平均水平（88.20%）。", "above the mean of the province (88.20%)."),
        ((reference("nation", None, "91.00"),), "90.46%，低于全国平均水平（91.00%）。", "below the mean of the nation (91.00%)."),
        ((reference("nation", None, "90.46"),), "90.46%，与全国平均水平（90.46%）持平。", "level with the mean of the nation (90.46%)."),
        ((reference("province", None, "88.20"), reference("city", 3, None)), "90.46%，居全市第3位。", "ranking 3 in the city."),
    ],
)
def test_the_phrase(references: tuple[Reference, ...], zh: str, en: str) -> None:
    assert said(*references).endswith(zh)
    assert said(*references, language="en").endswith(en)


def test_the_bulletin_stands_behind_the_number() -> None:
    read = [templates.read("records", "records/summary.md", TEMPLATE)]
    document = compose(sample.figures(), [], read, sample.registry(), references={"records.coverage": (reference("city", 3, None),)})
    span = next(s for s in document.spans() if s.part == "reference")
    assert "《关于上半年进度的通报》（市卫发〔2026〕9号）" in span.how.zh


def test_a_sentence_has_one_comparison_and_the_rank_is_one() -> None:
    text = TEMPLATE.replace("{records.coverage:reference}", "{records.coverage:points}{records.coverage:reference}")
    with pytest.raises(templates.TemplateError, match="最多一处比较"):
        templates.read("records", "records/summary.md", text)


def test_flat_layout_counts_with_digits() -> None:
    document = replace(compose(sample.figures(), sample.below(), sample.read_templates(), sample.registry()), layout="flat")
    texts = [b.text for b in layout.blocks(document)]
    assert texts[1] == "一、基本公共卫生服务扎实推进"
    assert texts[2].startswith("1.用好健康档案。截至6月底")
    assert not any(mark in "".join(texts) for mark in ("（一）", "一是"))
    assert list(layout.blocks(document, "en"))[1].text == "1. Basic public health services carried forward"
