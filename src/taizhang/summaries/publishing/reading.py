"""Numbers in running text, found and valued: what comparing an edited file and re-binding an old one need, and no more.

Every run of digits is found, so that none can pass unseen; of Chinese numerals those that stand before a unit or after 百分之. What a
number is (a quantity, a day, an ordinal, a document's mark) is told from the signs beside it. The checker that reads any text and proves
its statements is another thing and has its own place; this one only says where numbers are and how much they are.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

import cn2an


class Sort(StrEnum):
    QUANTITY = "quantity"
    DAY = "day"  # a day, month, year or period
    ORDINAL = "ordinal"  # 第二轮, （一）, 一是, 1.
    MARK = "mark"  # 〔2026〕12号, 2型, 12320: a name with digits in it


@dataclass(frozen=True, slots=True)
class Number:
    """text: the number with its sign or 万, without its unit word. value: exact, in single units (43.98万 is 439800; 90.46% is 90.46); None
    where it is no quantity. places: decimals as written. unit: the word or sign after it."""

    start: int
    end: int
    text: str
    value: Decimal | None
    unit: str
    sort: Sort
    places: int = 0
    scale: int = 1
    about: bool = False

    @property
    def is_rate(self) -> bool:
        return self.unit in ("%", "‰") and self.sort is Sort.QUANTITY

    @property
    def is_points(self) -> bool:
        return self.unit.endswith("分点")


UNITS = (
    "个百分点", "个千分点", "百分点", "千分点", "人次", "人份", "例次", "户次", "场次", "期次", "件次", "份次", "万元", "亿元", "平方米",
    "公里", "小时",
    "人", "名", "例", "份", "家", "所", "件", "起", "台", "套", "辆", "间", "张", "床", "场", "次", "期", "轮", "批", "项",
    "户", "村", "元", "吨", "亩", "天", "倍", "册", "块", "支", "部", "篇", "条", "位", "处", "种", "类", "组", "岁", "只", "头", "剂",
    "针", "片", "幅", "队", "门", "宗", "遍", "分", "个", "镇", "乡", "县", "年", "月", "周", "对", "届",
)  # fmt: skip
_UNIT = "|".join(UNITS)
_CHINESE = "零〇一二两三四五六七八九十百千"
_SCALES = {"": 1, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}

_DAY = re.compile(
    r"\d{4}\s*年(?:度)?"
    r"(?:\s*\d{1,2}\s*(?:[—–\-至~]\s*\d{1,2}\s*)?月(?:份)?(?:\s*\d{1,2}\s*日|底|初|末|中旬|上旬|下旬)?"
    r"|第?[一二三四]季度|[上下]半年)?"
    r"|\d{1,2}\s*[—–\-至~]\s*\d{1,2}\s*月(?:份)?"
    r"|\d{1,2}\s*月(?:份)?(?:\s*\d{1,2}\s*日|底|初|末|中旬|上旬|下旬)?"
    r"|\d{4}-\d{1,2}(?:-\d{1,2})?(?!\d)|\d{4}[—–]\d{4}"
    r"|[二〇零一三四五六七八九]{4}年|十?[一二三四五六七八九十]月(?:份|底|初|末)|第?[一二三四]季度|[上下]半年"
)
_MARK = re.compile(
    r"[〔\[（(]\s*(?:19|20)\d{2}\s*[〕\]）)]\s*(?:第)?\s*\d+\s*号|\d+型|(?:12320|12345|12356)|(?<![\d.])120(?=急救|指挥)"
    r"|[A-Za-z]+[-/]?\d+[A-Za-z\d]*|\d+(?:\.\d+){2,}"
)
_ORDINAL = re.compile(
    rf"第\s*(?:\d+|[{_CHINESE}]+)\s*[\u4e00-\u9fff]?|[（(](?:[{_CHINESE}]+|\d{{1,2}})[）)]"
    rf"|(?:^|(?<=[。；\n]))\s*(?:[{_CHINESE}]+是|[{_CHINESE}]+、|\d{{1,2}}[.、．](?!\d))"
)
_FIXED = re.compile(
    r"一(?:批|些|定|系列|体|线|律|致|般|方面|旦|直|时|起|并|同|票|把手|条龙|站式|年来|贯|切|样|步|如既往)"
    r"|[每同另这那任逐唯统专进]一[个批次项种条位家户份件天年月人村步]?|[一二三四五六七八九十]+大|[一二三四五六七八九十]+中全会"
    r"|(?:两个|三个|四个|五个|八项|三严|两学|六个|九个)(?:维护|意识|自信|确立|代表|全面|规定|三实|一做|责任|务必)|十[一二三四五]五"
    r"|[一二三四]级(?!\d)|[二三][型甲乙]"
)
_ARABIC = re.compile(
    rf"(?P<n>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    rf"(?P<scale>百万|千万|[千万亿](?!元))?(?P<about>[余多])?(?P<unit>%|‰|{_UNIT})?"
)
_HUNDREDTH = re.compile(rf"(?P<kind>[百千])分之(?P<n>[{_CHINESE}点]+|\d+(?:\.\d+)?)")
_NUMERAL = re.compile(rf"(?P<n>[{_CHINESE}万亿]*[{_CHINESE}](?:[万亿])?)(?P<about>[余多几])?(?P<unit>{_UNIT})")


def visible(text: str) -> str:
    """The text without characters that nobody sees."""
    return re.sub(r"[\u200b-\u200f\u2060\ufeff\u00ad]", "", text)


def normal(text: str) -> str:
    """One way of writing: half-width digits and signs, straight quotes, one kind of dash, nothing invisible. Of a text that is `visible`
    already it keeps the length, so that places in the one are places in the other."""
    text = "".join(unicodedata.normalize("NFKC", c) if c in _WIDE else c for c in visible(text))
    return text.translate(_SAME)


_WIDE = set("０１２３４５６７８９．，％＋－ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ") - {"，"}
_SAME = str.maketrans({
    "“": '"', "”": '"', "„": '"', "＂": '"', "‘": "'", "’": "'", "＇": "'", "—": "-", "–": "-", "―": "-", "‑": "-", "−": "-", "～": "~",
    "\u00a0": " ", "\u3000": " ", "\t": " ", "(": "（", ")": "）",
})  # fmt: skip


def numbers(text: str) -> list[Number]:
    """Every number of the text, in order. The text is read as it stands; pass `normal(text)` for one that people typed."""
    found: list[Number] = []
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        return not any(start < e and s < end for s, e in taken)

    def named(pattern: re.Pattern[str], sort: Sort) -> None:
        for match in pattern.finditer(text):
            if free(*match.span()):
                taken.append(match.span())
                found.append(Number(match.start(), match.end(), match[0], None, "", sort))

    named(_MARK, Sort.MARK)
    named(_DAY, Sort.DAY)
    named(_ORDINAL, Sort.ORDINAL)
    for match in _HUNDREDTH.finditer(text):
        value = _value(match["n"])
        if value is not None and free(*match.span()):
            taken.append(match.span())
            sign = "%" if match["kind"] == "百" else "‰"
            found.append(Number(match.start(), match.end(), match[0], value, sign, Sort.QUANTITY, _places(value)))
    for match in _ARABIC.finditer(text):
        if not free(match.start("n"), match.end("n")):
            continue
        written = Decimal(match["n"].replace(",", ""))
        scale, unit = _SCALES[match["scale"] or ""], match["unit"] or ""
        end = match.end("unit") if unit in ("%", "‰") else match.end("scale") if match["scale"] else match.end("n")
        about = bool(match["about"]) or text[: match.start()].rstrip().endswith(("约", "近", "超过", "逾", "不足"))
        taken.append((match.start(), end))
        found.append(
            Number(match.start(), end, text[match.start() : end], written * scale, unit, Sort.QUANTITY, _places(written), scale, about)
        )
    passed = [m.span() for m in _FIXED.finditer(text)]
    for match in _NUMERAL.finditer(text):
        start, end = match.span("n")
        value = _value(match["n"])
        if value is not None and free(start, end) and not any(s <= start < e for s, e in passed):
            taken.append((start, end))
            found.append(Number(start, end, match["n"], value, match["unit"], Sort.QUANTITY, 0, 1, bool(match["about"])))
    return sorted(found, key=lambda n: n.start)


def _value(written: str) -> Decimal | None:
    """三百二十 is 320, 十二万三千 is 123000, 三点五 is 3.5."""
    try:
        return Decimal(written) if written[0].isdigit() else Decimal(str(cn2an.cn2an(written, "smart")))
    except (ValueError, TypeError, InvalidOperation):
        return None


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def same_amount(one: Number, other: Number) -> bool:
    """The same quantity, however it is written: 9,184 and 9184, 43.98万 and 439800, 百分之八十 and 80%."""
    if one.value is None or other.value is None:
        return one.text.replace(" ", "") == other.text.replace(" ", "")
    units = one.unit == other.unit or not (one.is_rate or other.is_rate)
    return one.value == other.value and units and one.about == other.about


_STOP = re.compile(r"(?<=[。；！？!?;])|(?<=\.)(?=\s|$)|\n")


def sentences_of(text: str) -> list[str]:
    """The sentences of a paragraph, each with its closing mark. A semicolon ends one: an edit rarely reaches over it."""
    return [piece.strip() for piece in _STOP.split(text) if piece.strip()]
