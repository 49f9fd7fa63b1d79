"""Numbers in Chinese running text, found and valued. The one reader: for what people type at the desk, for an edited file, for an old one.

Every run of digits is found, so that none can pass unseen; of Chinese numerals those before a unit or after 百分之, and amounts said in
words (三成, 一半, 三分之一, 零事故). What a number is (a quantity, a day, an ordinal, a document's mark) is told from the signs beside it.
Set phrases (两个维护, 每一个) hold no number. A text is read as it stands.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

import cn2an


class Sort(StrEnum):
    QUANTITY = "quantity"
    WORD = "word"  # an amount said in words: 三成, 一半, 零事故
    DAY = "day"  # a day, month, year or period
    ORDINAL = "ordinal"  # 第二轮, （一）, 一是, 1.
    MARK = "mark"  # 〔2026〕12号, 2型, 12320: a name with digits in it


@dataclass(frozen=True, slots=True)
class Number:
    """start and end: where the number stands with its sign or 万, without its unit word; unit_end: where its unit word ends. text: from
    start to end. value: exact, in single units (43.98万 is 439800; 90.46% is 90.46; 万元 is a unit of its own); None where it is no
    quantity, or no exact one (三分之一, 三五个). places: decimals as written. unit: the word or sign after it."""

    start: int
    end: int
    unit_end: int
    text: str
    value: Decimal | None
    unit: str
    sort: Sort
    places: int = 0
    scale: int = 1
    about: bool = False

    @property
    def is_rate(self) -> bool:
        return self.unit in ("%", "‰")

    @property
    def is_points(self) -> bool:
        return self.unit.endswith("分点")


SCALES = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
YUAN = {"元": 1, "万元": 10_000, "亿元": 100_000_000}

_UNIT = (
    "个百分点|个千分点|百分点|千分点|人次|人份|例次|户次|台次|家次|场次|期次|件次|份次|床日|万元|亿元|平方米|公里|小时|"
    "个|人|名|例|份|家|所|件|起|台|套|辆|间|张|床|场|次|期|轮|批|项|户|村|元|吨|亩|天|倍|册|块|支|部|篇|条|位|处|种|类|"
    "组|届|队|门|款|宗|片|幅|剂|针|只|头|岁|分|对|遍|镇|乡|县|年|月|周"
)
_FIGURES = "零〇一二两三四五六七八九"
_CHINESE = _FIGURES + "十百千万亿"
_ONE_TO_TEN = "一二三四五六七八九十"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_GAP = r"[ \t\u00a0\u3000]*"
_TO = r"[—–\-至~]"
_MONTH_END = r"底|初|末|中旬|上旬|下旬"

_DAY = re.compile(
    rf"\d{{4}}\s*{_TO}\s*\d{{4}}\s*年(?:度)?"
    r"|\d{4}\s*年(?:度)?"
    rf"(?:\s*\d{{1,2}}\s*(?:{_TO}\s*\d{{1,2}}\s*)?月(?:份)?(?:\s*\d{{1,2}}\s*日(?:{_TO}\d{{1,2}}日)?|{_MONTH_END})?"
    r"|第?[一二三四]季度|[上下]半年)?"
    rf"|\d{{1,2}}\s*{_TO}\s*\d{{1,2}}\s*月(?:份)?"
    rf"|\d{{1,2}}\s*月(?:份)?(?:\s*\d{{1,2}}\s*日(?:{_TO}\d{{1,2}}日)?|{_MONTH_END})?"
    r"|\d{4}-\d{1,2}(?:-\d{1,2})?(?!\d)|\d{4}[—–]\d{4}"
    rf"|[{_FIGURES}]{{4}}年|[{_ONE_TO_TEN}]{{1,3}}月(?:份|{_MONTH_END})?|第?[一二三四]季度|[上下]半年"
)
_MARK = re.compile(
    rf"[〔\[（(]\s*(?:19|20)\d{{2}}\s*[〕\]）)]\s*(?:第)?\s*\d+\s*号|\d+型"
    rf"|(?<![\d.,])(?:12320|12345|12356)(?!\d|[.,]\d|{_GAP}(?:[余多万%％‰]|{_UNIT}))"
    r"|(?<![\d.])120(?=急救|指挥)|(?<=拨打)120(?!\d)|[A-Za-z]+[-/]?\d+[A-Za-z\d]*|\d+(?:\.\d+){2,}"
)
_ORDINAL = re.compile(
    rf"第\s*(?:\d+|[{_CHINESE}]+)\s*[\u4e00-\u9fff]?|[（(][{_CHINESE}]+[）)]"
    rf"|(?:^|(?<=[。；：\n]))\s*(?:[（(]\d{{1,2}}[）)]|[{_CHINESE}]+是|[{_CHINESE}]+、|\d{{1,2}}[.、．](?!\d))",
    re.MULTILINE,
)
_FIXED = re.compile(
    r"一(?:批|些|定|系列|体|线|律|致|般|方面|旦|直|时|起|并|同|票|把手|条龙|站式|年来|年一度|贯|切|样|步|如既往|是|个个|对一)"
    r"|[每统同另这那任进逐唯某单整万专]一(?![十百千万])[个批次项种条位家户份件天年月人村步]?"
    rf"|[{_ONE_TO_TEN}]+(?:大|中全会|届|级)|(?:两个|三个|四个|五个|八项|三严|两学|六个|九个)"
    r"(?:维护|意识|自信|确立|代表|全面|规定|三实|一做|责任|务必|百年)|十[一二三四五]五|[二三][型甲乙]"
)
_HUNDREDTH = re.compile(rf"(?P<kind>[百千])分之(?P<n>[{_CHINESE}点]+|{_DIGITS})")
_ARABIC = re.compile(
    rf"(?P<n>{_DIGITS}){_GAP}(?P<about>[余多])?(?P<scale>百万|千万|[百千](?![克米瓦])|[万亿](?!元))?(?P<more>[余多])?(?P<gap>{_GAP})"
    rf"(?P<unit>[%％‰]|{_UNIT})?"
)
_NUMERAL = re.compile(
    rf"(?P<n>零点[{_FIGURES}]+|[两{_ONE_TO_TEN}百千][{_CHINESE}]*(?:点[{_FIGURES}]+)?)"
    rf"(?P<about>[余多几])?(?P<scale>[万亿](?!元))?(?P<unit>{_UNIT})"
)
_TENTHS = re.compile(r"(?P<n>[一二两三四五六七八九])成(?!为|立|员|果|效|功|本|人|长|绩|熟|分|都|品|套|就|因|年|活|交|份)")
_FRACTION = re.compile(rf"[{_ONE_TO_TEN}]+分之[{_ONE_TO_TEN}]+")
_HALF = re.compile(r"过半|半数|一半")
_NOUGHT = re.compile(r"零(?P<unit>事故|发生|死亡|感染|投诉|上访|疫情|病例|差错|报告(?!制))")
_TWO_FIGURES = re.compile(rf"[{_FIGURES}]{{2}}")
_ROUGHLY = ("约", "近", "超过", "逾", "不足")


def chinese_value(written: str) -> Decimal | None:
    """三百二十 is 320, 十二万三千 is 123000, 三点五 is 3.5, 百 is 100; None where it is no number."""
    try:
        return Decimal(str(cn2an.cn2an(f"一{written}" if written[:1] in ("百", "千", "万") else written, "smart")))
    except (ValueError, TypeError, InvalidOperation):
        return None


def numbers(text: str) -> list[Number]:
    """Every number of the text, in order; none overlaps another."""
    found: list[Number] = []

    def is_free(start: int, end: int) -> bool:
        return not any(start < n.end and n.start < end for n in found)

    for pattern, sort in ((_MARK, Sort.MARK), (_DAY, Sort.DAY), (_ORDINAL, Sort.ORDINAL)):
        found += [Number(*m.span(), m.end(), m[0], None, "", sort) for m in pattern.finditer(text) if is_free(*m.span())]
    for match in _HUNDREDTH.finditer(text):
        value = _value(match["n"])
        if value is not None and is_free(*match.span()):
            sign = "%" if match["kind"] == "百" else "‰"
            found.append(Number(*match.span(), match.end(), match[0], value, sign, Sort.QUANTITY, _places(value)))
    for match in _ARABIC.finditer(text):
        if is_free(*match.span("n")):
            found.append(_arabic(match))
    for word in _amounts_in_words(text):
        if is_free(word.start, word.end):
            found.append(word)
    passed = [m.span() for m in _FIXED.finditer(text)]
    for match in _NUMERAL.finditer(text):
        start, end = match.start("n"), match.end("scale") if match["scale"] else match.end("n")
        bare = match["n"][0] in "百千" and not match["about"]  # 百余家, but not 千家万户
        if not bare and is_free(start, end) and not any(s <= start < e for s, e in passed):
            found.append(_numeral(match, start, end))
    return sorted(found, key=lambda n: n.start)


def _arabic(match: re.Match[str]) -> Number:
    written = Decimal(match["n"].replace(",", ""))
    unit = (match["unit"] or "").replace("％", "%")
    start = match.start()
    end = match.end("unit") if unit in ("%", "‰") else match.end("scale") if match["scale"] else match.end("n")
    about = bool(match["about"] or match["more"]) or _is_rough(match.string, start)
    scale = SCALES[match["scale"] or ""]
    unit_end = match.end() if unit else end
    text = match.string[start:end]
    return Number(start, end, unit_end, text, written * scale, unit, Sort.QUANTITY, _places(written), scale, about)


def _numeral(match: re.Match[str], start: int, end: int) -> Number:
    """三五个, 二三十人: a rough number without a value, but one all the same."""
    value = None if _TWO_FIGURES.fullmatch(match["n"]) else chinese_value(match["n"])
    scale, about = SCALES[match["scale"] or ""], bool(match["about"]) or value is None
    total, places = (None, 0) if value is None else (value * scale, _places(value))
    return Number(start, end, match.end(), match.string[start:end], total, match["unit"], Sort.QUANTITY, places, scale, about)


def _amounts_in_words(text: str) -> list[Number]:
    """Fractions first: 三分之一 is no 三分."""

    def word(match: re.Match[str], value: Decimal | None, unit: str) -> Number:
        end = match.start("unit") if "unit" in match.re.groupindex else match.end()
        return Number(
            match.start(), end, match.end(), text[match.start() : end], value, unit, Sort.WORD, about=_is_rough(text, match.start())
        )

    return [
        *(word(m, None, "%") for m in _FRACTION.finditer(text)),
        *(word(m, (chinese_value(m["n"]) or Decimal(0)) * 10, "%") for m in _TENTHS.finditer(text)),
        *(word(m, Decimal(50), "%") for m in _HALF.finditer(text)),
        *(word(m, Decimal(0), m["unit"]) for m in _NOUGHT.finditer(text)),
    ]


def _is_rough(text: str, start: int) -> bool:
    return text[:start].rstrip().endswith(_ROUGHLY)


def _value(written: str) -> Decimal | None:
    return Decimal(written.replace(",", "")) if written[0].isdigit() else chinese_value(written)


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def same_amount(one: Number, other: Number) -> bool:
    """The same quantity, however it is written: 9,184 and 9184, 43.98万 and 439800, 百分之八十 and 80%."""
    if one.value is None or other.value is None:
        return one.text.replace(" ", "") == other.text.replace(" ", "")
    units = one.unit == other.unit or not (one.is_rate or other.is_rate)
    return one.value == other.value and units and one.about == other.about
