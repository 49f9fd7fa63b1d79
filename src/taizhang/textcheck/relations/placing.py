"""Quantities in the whole text: under which heading, of which unit, called what; so that two places can be held against each other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.textcheck.amounts import Quantity, Sort
from taizhang.textcheck.cleaning import CELL
from taizhang.textcheck.reading import Reading, Sentence
from taizhang.textcheck.words import name_of

OUTSIDE = {"up", "down", "from", "to", "to-up", "to-down", "year-base", "step-base", "aim", "target", "rank"}
_PLAN = re.compile(r"思路|打算|下一步|工作计划|工作安排|努力方向|今后|展望|工作要点|工作重点")
_AHEAD = re.compile(r"力争|明年|来年|确保|下一步|下步|计划|将|争取|拟|继续|年底前|以上|以内|(?:19|20)\d{2}年")
_HEADING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]+[章部节])")
_UNIT = re.compile(
    r"[\u4e00-\u9fff]{1,4}?(?:镇|乡|街道|办事处|村(?!卫生室|医|级)|社区(?!卫生|医)|[一二三]院|医院|卫生院|中医院|保健院|"
    r"疾控中心|学校|小学|中学|公司|企业|监督所|分局|县(?!城|级|乡|直|内|外|域)|区(?!域|内|外|级))"
)


@dataclass(frozen=True, slots=True)
class Placed:
    quantity: Quantity
    sentence: Sentence
    section: str  # the nearest heading
    plan: bool
    scope: str  # the unit that the sentence speaks of, "" for the whole

    @property
    def name(self) -> str:
        return name_of(self.quantity)


def in_context(reading: Reading) -> Iterator[Placed]:
    section, plan, mixed, paragraph = "", False, False, -1
    for sentence in reading.sentences:
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            if _HEADING.match(sentence.text) or len(sentence.text) < 30:
                section = sentence.text.strip()
                if re.match(r"[一二三四五六七八九十]{1,3}、", sentence.text):
                    plan, mixed = bool(_PLAN.search(sentence.text)), bool(re.search("问题|不足|困难", sentence.text))
        planned = plan and (not mixed or bool(_AHEAD.search(sentence.text)))
        for quantity in sentence.quantities:
            if quantity.is_testable:
                yield Placed(quantity, sentence, section, planned, _scope(quantity, sentence))


_ANY_UNIT = re.compile(
    r"(?:有|设|建|乡|镇|中心|县|市|区|级|立|街道|民营|公立|综合|专科|所)*"
    r"(?:卫生院|医院|保健院|镇|乡|村|社区|学校|小学|中学|公司|企业)"
)


def _scope(quantity: Quantity, sentence: Sentence) -> str:
    """A unit below the whole that is named before the number in its sentence: its figures are its own; so are those of a table's line."""
    if CELL in sentence.text:
        return sentence.text.split(CELL)[0].strip()
    words = sentence.text[: quantity.start - sentence.start]
    found = [
        m[0]
        for m in _UNIT.finditer(words)
        if not re.search(r"[全我各本辖城山社地景库病牧林灾疫老新城市][县区]$", m[0])
        and not re.match(r"全|我|各|本|乡镇|该|等|上|市一|县一|一级|二级|三级|公立|基层|中心|社区|村", m[0][-4:])
        and not m[0].startswith(("全", "我", "各", "对", "本"))
        and not _ANY_UNIT.fullmatch(m[0])
    ]
    if not found or re.search(r"(?:我|全|本)[县市区镇乡院局]|全系统", words[words.rfind(found[-1]) + len(found[-1]) :]):
        return ""  # 白鹤镇位于县城西部，我院现有职工64人
    return found[-1]


def key_of(name: str) -> str:
    """A name whatever the order of its words: 管理高血压患者, 高血压患者管理."""
    bare = re.sub(r"建立|了|的|已|数|人|名|共|完成|累计|总|全部|目前|其中|实际|报告|全|县|市|区|我|有", "", name)
    return "".join(sorted(bare))


def unit_key(quantity: Quantity) -> str:
    if quantity.sort is not Sort.COUNT:
        return f"{quantity.sort.value}{quantity.per}"
    for group, key in (
        (("人", "名", "例", "位", "人口"), "人"),
        (("家", "个", "所", "处", "间"), "家"),
        (("件", "起", "宗"), "件"),
        (("次", "期", "场", "期次", "场次"), "次"),
        (("张", "床", "床位"), "张"),
    ):
        if quantity.unit in group:
            return key
    return quantity.unit


def year_of(period: str) -> str:
    match = re.search(r"(?:19|20)\d{2}(?=年)", period)
    return match[0] if match else ""
