"""The text as it was meant: one way of writing, and for every character the place it has in the text as read.

Mended: full-width digits and signs, traditional characters, the debris of conversions (衛(wèi)生), page headers and numbers, lines broken
inside a sentence, spaces inside numbers and words, 、 or 。 or a comma standing for a decimal point (97、7%), doubled signs (%%), thousands
separators. Left alone: masks (xx, **, ○), which are no numbers; whatever else cannot be told.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

_WIDE = set("０１２３４５６７８９．％﹪＋－／＝＜＞〔〕［］～︰﹕")
_SAME = {
    "(": "（",
    ")": "）",
    ":": "：",
    ";": "；",
    "!": "！",
    "?": "？",
    "﹐": "，",
    "﹑": "、",
    "﹔": "；",
    "―": "—",
    "–": "—",
    "‑": "-",
    "−": "-",
    "～": "~",
    "〜": "~",
    "∼": "~",
    "﹣": "-",
    "═": "—",
    "〈": "《",
    "〉": "》",
    "[": "（",
    "]": "）",
    "【": "（",
    "】": "）",
    "〔": "（",
    "〕": "）",
    "％": "%",
    "﹪": "%",
    "㎡": "平",
    "仟": "千",
    "〇": "〇",
}
CELL = "｜"  # between the cells of a table-like line
_BETWEEN_CELLS = re.compile(r"[ \u3000]*[|｜┃│][ \u3000]*|\t+|[ \u3000]{2,}|\u3000")
_NUMBERS_AFTER = re.compile(r"[^\s\d。；，]{1,16}(?: +[\d.,%]+[\u4e00-\u9fff]{0,2}){2,}")
_UNSEEN = set("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u2028\u2029\x00\x0b\x0c")
_DEBRIS = re.compile(r"(?<=[\u4e00-\u9fff])[（(][a-züāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜɑɡ]{1,6}[)）]")
_PAGE_LINE = re.compile(
    r"[\s\-—–·.]*(?:第?\s*\d{1,3}\s*页?|第\s*[一二三四五六七八九十]{1,3}\s*页|\d{1,3}\s*/\s*\d{1,3}|"
    r"第?\s*\d{1,3}\s*页?\s*[,，/、]?\s*共\s*\d{1,3}\s*页)[\s\-—–·.]*"
)
_HEADER = re.compile(r"[^。；，,;]{0,30}第\s*\d{1,3}\s*页(?:\s*[,，/、]?\s*共\s*\d{1,3}\s*页)?\s*")
_OPENS = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]|第[一二三四五六七八九十\d]{1,3}[章节部]|"
    r"[一二三四五六七八九十]{1,2}是|附[件表]|[●■◆▲※*]"
)
_ENDS = set("。！？；：!?;:")


@dataclass(frozen=True, slots=True)
class Clean:
    """places[i]: where character i of `text` stands in the text as read; places[len(text)] is its end."""

    text: str
    places: tuple[int, ...]
    original: str

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A span of the clean text as a span of the text as read."""
        if start >= end:
            return self.places[start], self.places[start]
        return self.places[start], self.places[end - 1] + 1

    def quote(self, start: int, end: int) -> str:
        a, b = self.back(start, end)
        return self.original[a:b]


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def clean(original: str) -> Clean:
    pairs = _lines(original)
    pairs = _characters(pairs)
    text = "".join(c for c, _ in pairs)
    text = _simplified(text)
    drop: set[int] = set()
    put: dict[int, str] = {}
    for match in _DEBRIS.finditer(text):
        drop.update(range(*match.span()))
    _spaces(text, drop)
    text, places = _taken(text, [p for _, p in pairs], drop, put)
    # Signs inside numbers are looked at only when spaces and debris are gone.
    drop, put = set(), {}
    _points(text, drop, put)
    text, places = _taken(text, places, drop, put)
    return Clean(text, (*places, len(original)), original)


def _taken(text: str, places: list[int], drop: set[int], put: dict[int, str]) -> tuple[str, list[int]]:
    kept = [i for i in range(len(text)) if i not in drop]
    return "".join(put.get(i, text[i]) for i in kept), [places[i] for i in kept]


def _lines(original: str) -> list[tuple[str, int]]:
    """Without page headers and numbers; lines that were broken inside a sentence joined again."""
    rows: list[tuple[int, str]] = []
    at = 0
    for line in original.replace("\r", "\n").split("\n"):
        rows.append((at, line))
        at += len(line) + 1
    lengths = sorted(len(r.strip()) for _, r in rows if r.strip())
    # Of a text wrapped at a width, most lines are as long as the longest: then a full line is no end of a paragraph.
    wrapped = lengths[len(lengths) * 3 // 5] if len(lengths) > 3 else 0
    heads = _running_heads(rows)
    cells = _table_rows(rows)
    pairs: list[tuple[str, int]] = []
    before = ""  # the last line that was kept
    blank = cut = in_table = False
    for start, line in rows:
        bare = line.strip()
        if not bare:
            blank = True
            continue
        if _PAGE_LINE.fullmatch(line) or _HEADER.fullmatch(bare) or bare in heads:
            cut = True
            continue
        if before and (start in cells or in_table or not _joins(before, bare, blank and not cut, cut, wrapped)):
            pairs.append(("\n", start - 1))
        in_table = start in cells
        pairs += cells[start] if in_table else [("|" if c == CELL else c, start + i) for i, c in enumerate(line)]
        before, blank, cut = bare, False, False
    return pairs


def _table_rows(rows: list[tuple[int, str]]) -> dict[int, list[tuple[str, int]]]:
    """Lines with as many cells as their neighbour, two and more together, some with numbers: their characters, the cells parted by CELL."""
    cut = [(start, line, _cells(line)) for start, line in rows if line.strip()]
    found: dict[int, list[tuple[str, int]]] = {}
    at = 0
    while at < len(cut):
        end = at + 1
        while end < len(cut) and len(cut[end][2]) == len(cut[at][2]):
            end += 1
        block = cut[at:end]
        numbers = sum(any(c.isdigit() for c in line) for _, line, _ in block)
        if len(block) >= 2 and len(block[0][2]) >= 2 and numbers >= 2:
            for start, line, cells in block:
                pairs: list[tuple[str, int]] = []
                for number, (a, b) in enumerate(cells):
                    if number:
                        pairs.append((CELL, start + cells[number - 1][1]))
                    pairs += [(line[i], start + i) for i in range(a, b)]
                found[start] = pairs
        at = end
    return found


def _cells(line: str) -> list[tuple[int, int]]:
    """Where the cells of a table-like line begin and end; [] for a line of prose."""
    if re.search(r"[。；！？]", line) or len(line) > 200:
        return []
    between = re.compile(" +") if _NUMBERS_AFTER.fullmatch(line.strip()) else _BETWEEN_CELLS
    made, at = [], len(line) - len(line.lstrip(" \u3000|｜┃│\t"))
    last = len(line.rstrip(" \u3000|｜┃│\t\r"))
    while at < last:
        match = between.search(line, at, last)
        end = match.start() if match else last
        if end - at > 30:
            return []
        if made and end - at == 1 == made[-1][1] - made[-1][0] and not line[at].isdigit():
            made[-1] = (made[-1][0], end)  # 合　　计
        else:
            made.append((at, end))
        at = match.end() if match else last
    return made if len(made) >= 2 else []


def _running_heads(rows: list[tuple[int, str]]) -> set[str]:
    """A short line without a number or a stop that comes back three times and more: the head of a page."""
    seen: dict[str, int] = {}
    for _, line in rows:
        bare = line.strip()
        if 0 < len(bare) <= 30 and not re.search(r"[\d。；，、%]", bare):
            seen[bare] = seen.get(bare, 0) + 1
    return {line for line, count in seen.items() if count >= 3}


def _joins(before: str, after: str, blank: bool, cut: bool, wrapped: int) -> bool:
    """Whether a line goes on in the next. cut: a page ended between the two."""
    if before[-1] in _ENDS or (_OPENS.match(after) and not (before[-1].isdigit() or before[-1] in "，、,")):
        return False
    if before[-1] in "，、,（(" or after[0] in "，。；、）)%％":
        return True
    if blank:
        return False
    if cut and re.search(r"[，。；,]", before):
        return True
    if len(before) >= 12 and len(before) >= wrapped - 4:
        return not (_OPENS.match(before) and not re.search(r"[，。；,]", before) and len(before) < 25)
    return len(before) >= 6 and (before[-1].isdigit() and (after[0].isdigit() or "\u4e00" <= after[0] <= "\u9fff"))


def _characters(pairs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for character, place in pairs:
        if character in _UNSEEN:
            continue
        if character in _WIDE or "Ａ" <= character <= "ｚ":
            character = unicodedata.normalize("NFKC", character)
        character = _SAME.get(character, character)
        if character in "\u2423\u00a0\u3000\t\u2002\u2003\u2009\u202f":
            character = " "
        found.append((character, place))
    return found


def _simplified(text: str) -> str:
    made = _converter().convert(text)
    return made if len(made) == len(text) else "".join(c if len(n := _converter().convert(c)) != 1 else n for c in text)


def _spaces(text: str, drop: set[int]) -> None:
    """All but those between two Latin words or two numbers."""
    for match in re.finditer(r" +", text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if _one_number(text, match.start(), match.end()):
            drop.update(range(*match.span()))
            continue
        both = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        drop.update(range(match.start() + (1 if both else 0), match.end()))
    for match in re.finditer(r"(?<=[%‰])[%‰]+", text.replace(" ", "\0")):
        drop.update(range(*match.span()))


_DIGITS_BEFORE = re.compile(r"(?<![\d.])\d{1,3}(?:[ .]\d+)?$|\d *\.$")
_DIGITS_AFTER = re.compile(r"(?:\. *)?\d{1,5}(?![\d年]) ?[\u4e00-\u9fff%‰]|\. *\d")


def _one_number(text: str, start: int, end: int) -> bool:
    """1 26 眼, 2 . 3 万: a space that a scanner put inside a number. In a table-like line it parts two."""
    line = text.rfind("\n", 0, start) + 1
    if end - start > 1 or CELL in text[line : end + 80].split("\n")[0]:
        return False
    return bool(_DIGITS_BEFORE.search(text, max(line, start - 8), start) and _DIGITS_AFTER.match(text, end))


_HUNDREDS = re.compile(r"(?<![\d.,，])\d{1,3}(?:([,，])\d{3})(?:\1\d{3})*(?![\d,，])")


def _points(text: str, drop: set[int], put: dict[int, str]) -> None:
    for match in re.finditer(r"%%+|‰‰+", text):
        drop.update(range(match.start() + 1, match.end()))
    for match in _HUNDREDS.finditer(text):
        sign = match[1]
        listed = sign == "，" and "分别" in text[max(0, match.start() - 12) : match.start()]
        if not listed:
            drop.update(i for i in range(*match.span()) if text[i] in ",，")
    found = list(
        re.finditer(r"(?<![\d.])(\d{1,3})([、。，,·﹒．])(\d{1,4})(?=%|‰|/(?:10|十)?万|个?[百千]分点|万|亿|元|天|吨|公斤|岁)", text)
    )
    certain = any(m[2] in "、，," and len(m[3]) == 1 for m in found)
    for match in found:
        at = match.start(2)
        if at in drop:
            continue
        whole, sign, rest = match[1], match[2], match[3]
        if sign in "·﹒．。":
            put[at] = "."
            continue
        before = text[max(0, match.start() - 14) : match.start()]
        # A list without its signs (分别为95、97%) has two numbers alike; a decimal part is short, or starts with a nought.
        listed = "分别" in before and not certain and len(rest) == len(whole)
        opening = match.start() == 0 or text[match.start() - 1] in "\n。；："
        if listed or (opening and text[match.end()] not in "%‰") or (sign == "，" and len(rest) > 2):
            continue
        if len(rest) == 1 or rest[0] == "0" or (certain and len(rest) <= 2) or ("分别" not in before and len(rest) <= 2):
            put[at] = "."
    for at, character in enumerate(text):  # what is left of commas parts clauses
        if character == "," and at not in drop:
            put.setdefault(at, "，")
    # A point typed twice.
    for match in re.finditer(r"(?<=\d)\.\.(?=\d)", text):
        drop.add(match.start())
