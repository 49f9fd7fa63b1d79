"""Text of a file from outside, brought to one way of writing and cut into sentences, so that two documents can be laid side by side."""

import re
import unicodedata


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

_STOP = re.compile(r"(?<=[。；！？!?;])|(?<=\.)(?=\s|$)|\n")


def sentences_of(text: str) -> list[str]:
    """The sentences of a paragraph, each with its closing mark. A semicolon ends one: an edit rarely reaches over it."""
    return [piece.strip() for piece in _STOP.split(text) if piece.strip()]
