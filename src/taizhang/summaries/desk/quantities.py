"""Numbers typed into human text, found and read: digits, Chinese numerals with a unit, percentages, 零事故.

Found is what claims a quantity. Days and years, numbers of documents (甲卫发〔2026〕12号), ordinals (第二轮) and fixed political phrases
(两个维护) are not. A rank typed by hand (居全市第三位) and a comparison with a mean of city, province or nation are found too, because
only a bulletin may say them.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from taizhang.kernel.refusals import Refusal

NEAR = 4  # characters of its clause on either side that make a number's key


class QuantityError(Refusal, ValueError):
    """A typed number that is not there, or cannot be bound as asked."""


class Sort(StrEnum):
    COUNT = "count"
    RATE = "rate"
    POINTS = "points"  # percentage points: a difference, never a level
    REFERENCE = "reference"  # what only a bulletin may say


@dataclass(frozen=True, slots=True)
class Quantity:
    """A typed number. text: as typed, with its unit; start and end: where. value: exact, in single units (3.5万人 is 35000). key: the
    number with the words around it."""

    text: str
    start: int
    end: int
    value: Decimal | None
    unit: str
    sort: Sort
    key: str

    @property
    def number(self) -> str:
        """The number without its unit word, where a placeholder would stand; % stays with it."""
        return self.text.removesuffix(self.unit) if self.sort is Sort.COUNT else self.text


_UNITS = (
    "人次|人份|例次|户次|台次|家次|场次|床日|平方米|公里|小时|"
    "个|人|名|例|份|家|所|件|起|台|套|辆|间|张|床|场|次|期|轮|批|项|户|村|元|吨|亩|天|倍|册|块|支|部|篇|条|位|处|种|类|"
    "组|届|队|门|款|宗|片|幅|剂|针|只|头|岁|分|对|遍|镇|乡|县"
)
_CHINESE = "零〇一二两三四五六七八九十百千万亿"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_ARABIC = re.compile(
    rf"(?P<n>{_DIGITS})\s*[余多]?(?P<scale>[万亿千百]?)[余多]?"
    rf"(?P<unit>个百分点|个千分点|百分点|[%％‰]|{_UNITS})?"
)
_HUNDREDTH = re.compile(rf"百分之(?P<n>[{_CHINESE}]+(?:点[零〇一二三四五六七八九]+)?|{_DIGITS})")
_NUMERAL = re.compile(rf"(?P<n>[一二两三四五六七八九十][{_CHINESE}]*|[百千万]+(?=[余多]))[余多几]?[万亿]?(?P<unit>个百分点|{_UNITS})")
_TENTHS = re.compile(r"(?P<n>[一二两三四五六七八九])成(?!为|立|员|果|效|功|本|人|长|绩|熟|分|都|品|套|就|因|年|活|交|份)")
_HALF = re.compile(r"(?:近|超过?|过|达)?(?P<n>半数|一半)")
_NOUGHT = re.compile(r"(?P<n>零)(?:事故|发生|死亡|感染|投诉|上访|疫情|病例|差错)")
_RANK = re.compile(rf"(?:居|列|排名?|位[居列])[^，。；、]{{0,6}}第(?P<n>\d+|[{_CHINESE}]+)(?P<unit>位|名)?")
_MEAN = re.compile(r"[高低]于(?:全国|全省|全市|省|市|国家)平均(?:水平|值)?")

# Not quantities: what is matched here is passed over as a whole.
_PASSED = re.compile(
    r"\{[^}]*\}"  # placeholders
    r"|[〔\[(（]\d{4}[〕\])）](?:第)?\d+号"
    r"|\d{4}[—\-–至]\d{4}年(?:度)?"
    r"|\d{4}年(?:\d{1,2}月(?:\d{1,2}日|底|初|末|份|中旬|上旬|下旬)?)?(?:上半年|下半年|度)?"
    r"|\d{1,2}月\d{1,2}日(?:[—\-–至]\d{1,2}日)?"
    r"|\d{1,2}[—\-–至]\d{1,2}月(?:份)?"
    r"|\d{1,2}月(?:底|初|末|份|中旬|上旬|下旬)"
    r"|第[一二三四五六七八九十\d]+(?:[位名](?=[^，。；、]*以)|[条款章节号次轮批届期季个]|季度)"
    r"|[一二三四]季度|十[一二三四五]五|[一二三四五六七八九十]{1,3}月(?:份)?|[一二三四五六七八九十]+(?:大(?:精神|以来|报告)|中全会|届)"
    r"|(?:两个|三个|四个|五个|八项|三严|两学|六个|九个)(?:维护|意识|自信|确立|代表|全面|规定|三实|一做|责任|务必|百年)"
    r"|[每第统同另这那任进逐唯某单整万]一[个批次项种条位家户份件天年月]?"
    r"|一(?:批|些|定|系列|体|线|律|致|般|方面|旦|直|时|起|并|同|票|把手|条龙|站式|年来|年一度|是|个个)"
    r"|[二三四五六七八九十]是|[一二三四五六七八九十]+级(?:网络|以上|医院)?|[二三](?:型|甲|乙|级)|\d型|12320|120(?:急救|指挥|$)"
)
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_FIGURES = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def chinese_value(text: str) -> Decimal | None:
    """三百二十 is 320, 一万二 is 12000, 二〇二六 is 2026, 三点五 is 3.5; None where it is no number."""
    whole, _, decimals = text.partition("点")
    total = section = digit = 0
    if len(whole) > 1 and all(c in _FIGURES for c in whole):
        total = int("".join(str(_FIGURES[c]) for c in whole))
    else:
        last = 1
        for character in whole:
            if character in _FIGURES:
                digit = _FIGURES[character]
            elif character == "十":
                section += (digit or 1) * 10
                digit, last = 0, 10
            elif character in ("百", "千"):
                section += (digit or 1) * _SCALES[character]
                digit, last = 0, _SCALES[character]
            elif character in ("万", "亿"):
                total = (total + section + digit or 1) * _SCALES[character]
                section = digit = 0
                last = _SCALES[character]
            else:
                return None
        # 三百二 is 320: a last digit counts tenths of the unit before it, unless 零 stands between.
        total += section + (digit * (last // 10) if last > 10 and digit and len(whole) > 1 and whole[-2] not in "零〇" else digit)
    if decimals and not all(c in _FIGURES for c in decimals):
        return None
    return Decimal(f"{total}.{''.join(str(_FIGURES[c]) for c in decimals)}") if decimals else Decimal(total)


def find(text: str) -> list[Quantity]:
    """Every typed quantity, in order."""
    passed = [m.span() for m in _PASSED.finditer(text)]
    taken: list[tuple[int, int]] = []
    found: list[Quantity] = []

    def add(match: re.Match[str], value: Decimal | None, unit: str, sort: Sort) -> None:
        start, end = match.span()
        if not any(start < e and s < end for s, e in taken) and not any(s <= start < e for s, e in passed):
            taken.append((start, end))
            found.append(Quantity(match[0], start, end, value, unit, sort, ""))

    for match in (*_RANK.finditer(text), *_MEAN.finditer(text)):
        add(match, None, "", Sort.REFERENCE)
    for match in _HUNDREDTH.finditer(text):
        add(match, _number(match["n"]), "%", Sort.RATE)
    for match in _ARABIC.finditer(text):
        unit = match["unit"] or ""
        value = Decimal(match["n"].replace(",", "")) * _SCALES[match["scale"]]
        if unit in ("%", "％", "‰"):
            add(match, value, "‰" if unit == "‰" else "%", Sort.RATE)
        elif unit.endswith("分点"):
            add(match, value, unit, Sort.POINTS)
        else:
            add(match, value, unit, Sort.COUNT)
    for match in _NUMERAL.finditer(text):
        points = match["unit"] == "个百分点"
        add(match, chinese_value(match["n"]), match["unit"], Sort.POINTS if points else Sort.COUNT)
    for match in _TENTHS.finditer(text):
        add(match, (chinese_value(match["n"]) or Decimal(0)) * 10, "%", Sort.RATE)
    for match in _HALF.finditer(text):
        add(match, Decimal(50), "%", Sort.RATE)
    for match in _NOUGHT.finditer(text):
        add(match, Decimal(0), "", Sort.COUNT)
    return _keyed(sorted(found, key=lambda q: q.start), text)


def _number(text: str) -> Decimal | None:
    return Decimal(text.replace(",", "")) if text[0].isdigit() else chinese_value(text)


def _keyed(found: list[Quantity], text: str) -> list[Quantity]:
    """Keys are the number and what stands around it, counted where they repeat."""
    seen: dict[str, int] = {}
    keyed = []
    for q in found:
        before = re.split(r"[，。；、：\s]", text[max(0, q.start - NEAR) : q.start])[-1]
        after = re.split(r"[，。；、：\s]", text[q.end : q.end + NEAR])[0]
        base = f"{before}[{q.text}]{after}"
        seen[base] = seen.get(base, 0) + 1
        key = base if seen[base] == 1 else f"{base}#{seen[base]}"
        keyed.append(Quantity(q.text, q.start, q.end, q.value, q.unit, q.sort, key))
    return keyed
