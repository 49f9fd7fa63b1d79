"""Numbers that cannot both be true are named with place and cure; those that can are left alone."""

from dataclasses import replace

import pytest

from summaries import sample
from taizhang.kernel.text import Text
from taizhang.summaries import phrases
from taizhang.summaries.desk.contradictions import contradictions
from taizhang.summaries.document import Document, Paragraph, Part, Section, Sentence, Words
from taizhang.summaries.render import merge

HEADING = Text("基本公共卫生服务扎实推进", "Basic services")


def document(*sections: str) -> Document:
    from taizhang.summaries.build import compose

    base = compose(sample.figures(), sample.below(), sample.read_templates(), sample.registry())
    made = []
    for index, text in enumerate(sections):
        sentences = tuple(Sentence((Words(s + "。"),), (Words(s),), "human: 1") for s in text.split("。") if s)
        made.append(Section(HEADING if index == 0 else Text(f"第{index + 1}节", "another"), (Paragraph(None, sentences),)))
    return replace(base, opening=Paragraph(None, ()), parts=(Part(Text("主要工作", "Work"), sections=tuple(made)),))


def messages(*sections: str) -> list[str]:
    return [c.message.zh for c in contradictions(document(*sections))]


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        (("家庭医生签约率95.2%。家庭医生签约率达到93%。",), "“家庭医生签约率”一处为95.2%，一处为93%"),
        (("家庭医生签约率95.2%。", "全县家庭医生签约率为93%。"), "基本公共卫生服务扎实推进、第2节"),
        (("组建团队45个，其中乡镇团队50个。",), "部分50个大于总数45个"),
        (("应检120人，实检130人。",), "部分130人大于总数120人"),
        (("疫苗接种率达到105%。",), "超过100%"),
        (("发现问题146个，已整改131个，整改率95%。",), "131个是89.73%"),
    ],
)
def test_named_with_place_and_cure(sections: tuple[str, ...], said: str) -> None:
    (message,) = messages(*sections)
    assert said in message
    assert message.startswith("基本公共卫生服务扎实推进")
    assert "请" in message


@pytest.mark.parametrize(
    "sections",
    [
        ("发现问题146个，已整改131个，整改率89.73%。",),
        ("家庭医生签约率95.2%，比去年同期提高2个百分点。",),
        ("签约率由90%提高到95%。签约率95%。",),
        ("印发文件3份。", "印发文件2份。"),
        ("组建团队45个，其中乡镇团队30个、县级团队15个。",),
        ("接种率达到年度目标95%，比上年增长120%。",),
    ],
)
def test_what_can_be_true_is_left_alone(sections: tuple[str, ...]) -> None:
    assert messages(*sections) == []


def test_a_typed_number_against_a_figure() -> None:
    figure = next(f for f in sample.figures() if f.code == "records.coverage")
    number = phrases.value(figure)
    made = document("健康档案建档率92%。")
    said = Sentence(merge((Words("健康档案建档率"), number[0], Words("。"))), (Words("x"),), "records/summary.md:3")
    part = made.parts[0]
    both = replace(made, parts=(replace(part, sections=(*part.sections, Section(Text("另一节", "other"), (Paragraph(None, (said,)),)))),))
    (found,) = contradictions(both)
    assert "一处为92%，一处为90.46%" in found.message.zh
