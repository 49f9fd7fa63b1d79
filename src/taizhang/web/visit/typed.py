"""What was typed into a visit's form, read: values as they are stored, and faults at the inputs they stand in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict

from taizhang.exchange.values import read_day
from taizhang.kernel.elements import ElementError, ElementType
from taizhang.kernel.text import Text
from taizhang.web.visit.shape import Ask, Shape

DAY, CARRY = "day", "carry"
_MOST_KEPT = 60_000  # characters of one form
_NUMBER = re.compile(r"[+-]?\d{1,7}(?:\.\d{0,4})?", re.ASCII)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－＋。", "0123456789.-+.")
_UNREAD = "\x00"


@dataclass
class Typed:
    """content: the texts by input. values: those that could be read. faults: by input, why one could not."""

    content: dict[str, list[str]]
    day: date | None
    values: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, list[Text]] = field(default_factory=dict)

    @property
    def carry(self) -> bool:
        return bool(self.content.get(CARRY))

    def text(self, name: str) -> str:
        return next(iter(self.content.get(name, [])), "")

    def fault(self, name: str, message: Text) -> None:
        known = self.faults.setdefault(name, [])
        if message not in known:
            known.append(message)


def content_of(posted: QueryDict | Mapping[str, Any], shape: Shape | None = None) -> dict[str, list[str]]:
    """The texts of the form, without what belongs to the page; characters that no database takes are left out."""
    found: dict[str, list[str]] = {}
    size = 0
    for name in posted:
        values = posted.getlist(name) if isinstance(posted, QueryDict) else posted[name]
        if name not in (DAY, CARRY) and not str(name).startswith("v-"):
            continue
        cleaned = [str(v).replace(_UNREAD, "")[:2_000] for v in values][:60]
        size += sum(map(len, cleaned))
        if any(cleaned) and size <= _MOST_KEPT:
            found[str(name)[:100]] = cleaned
    return found


def read(content: Mapping[str, list[str]], shape: Shape, *, fallback: date) -> Typed:
    """Every input of the shape read. fallback: the day of the visit where none was typed."""
    written = next(iter(content.get(DAY, [])), "")
    day = read_day(written) if written else fallback
    typed = Typed(dict(content), None if isinstance(day, Text) else day)
    if isinstance(day, Text):
        typed.fault(DAY, day)
    for ask in shape.asks:
        texts = [t.strip() for t in content.get(ask.name, []) if t.strip()]
        if not texts:
            continue
        value = _read(ask, texts)
        if isinstance(value, Text):
            typed.fault(ask.name, value)
        else:
            typed.values[ask.name] = value
    return typed


def _read(ask: Ask, texts: list[str]) -> Any:
    element, label = ask.element, ask.element.label
    written = ",".join(texts) if element.type is ElementType.CODES else texts[0]
    if element.type is ElementType.DATE:
        return read_day(written)
    if element.type is ElementType.TEXT:
        if len(written) > ask.most:
            return Text(
                f"{label.zh}最多{ask.most}个字，现有{len(written)}个。请缩短。",
                f"{label.en} holds at most {ask.most} characters and has {len(written)}. Shorten it.",
            )
        return written
    if element.type is ElementType.NUMBER:
        written = written.translate(_FULL_WIDTH).replace(" ", "")
        if not _NUMBER.fullmatch(written):
            return Text(f"{label.zh}应填数字，现为“{written[:20]}”。", f"{label.en} must be a number; it is “{written[:20]}”.")
    try:
        return element.parse(written)
    except ElementError as error:
        limits = f"{element.low} to {element.high} {element.unit}".strip()
        if element.type is ElementType.NUMBER:
            return Text(str(error), f"{label.en} must be {limits} with at most {element.places} decimals; it is {written[:20]}.")
        return Text(str(error), f"{label.en} has no answer “{written[:20]}”. Choose one of the list.")
