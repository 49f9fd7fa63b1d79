"""Data elements 数据元: one thing asked or measured, declared once with its standard code, unit and range.

Two forms that ask for the same element share one input; that is how nothing is asked twice.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text


class ElementError(Refusal, ValueError):
    """A value that an element refuses; the message says what was wrong and what is allowed."""


class ElementType(StrEnum):
    NUMBER = "number"  # stored as a whole number of its last decimal place
    DATE = "date"
    CODE = "code"  # one of `codes`
    CODES = "codes"  # several of `codes`, stored as comma-joined text in the order of the list
    TEXT = "text"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One thing asked or measured.

    name: identifier, English, unique over the system. label: what the form prints. places: decimal places of a number (it
    is stored as a whole number of the last place: 7.0 mmol/L with one place is 70). low, high: plausible range, inclusive, in
    the printed unit; outside it the entry is refused. codes: pairs of code and wording in the order of the paper form.
    standard: the code of WS 363/WS 364 or another standard, where known. short: told without the noughts at its end, as a dose is (5 mg,
    2.5 mg); what is measured keeps them, for they say how fine it was measured.
    """

    name: str
    label: Text
    type: ElementType
    unit: str = ""
    places: int = 0
    low: Decimal | None = None
    high: Decimal | None = None
    codes: tuple[tuple[str, Text], ...] = ()
    standard: str = ""
    short: bool = False

    def parse(self, written: str) -> int | str | bool:
        """The stored value of what someone wrote (dates and texts are left to the caller). Raises ElementError."""
        if self.type is ElementType.NUMBER:
            return self._parse_number(written)
        if self.type is ElementType.CODE:
            return self._parse_code(written)
        if self.type is ElementType.CODES:
            parts = [self._parse_code(part) for part in written.replace("，", ",").replace("、", ",").split(",") if part.strip()]
            return ",".join(code for code, _ in self.codes if code in parts)
        if self.type is ElementType.YES_NO:
            if written.strip().lower() in {"是", "有", "1", "true", "yes"}:
                return True
            if written.strip().lower() in {"否", "无", "0", "2", "false", "no"}:
                return False
            raise ElementError(f"{self.label.zh}应填“是”或“否”，现为“{written}”。")
        return written.strip()

    def _parse_number(self, written: str) -> int:
        try:
            number = Decimal(written.strip())
        except InvalidOperation:
            raise ElementError(f"{self.label.zh}应填数字，现为“{written}”。") from None
        if not number.is_finite():
            raise ElementError(f"{self.label.zh}应填数字，现为“{written}”。")
        scaled = number.scaleb(self.places)
        if scaled != scaled.to_integral_value():
            most = f"最多保留{self.places}位小数" if self.places else "应填整数"
            raise ElementError(f"{self.label.zh}{most}，现为{written}。")
        self.check(int(scaled))
        return int(scaled)

    def check(self, stored: int) -> None:
        """Refuse a stored number outside the plausible range."""
        number = Decimal(stored).scaleb(-self.places)
        if (self.low is not None and number < self.low) or (self.high is not None and number > self.high):
            raise ElementError(f"{self.label.zh}{number}{self.unit}超出合理范围{self.low}–{self.high}{self.unit}，请核对后重填。")

    def _parse_code(self, written: str) -> str:
        cleaned = written.strip()
        for code, label in self.codes:
            if cleaned in (code, label.zh, label.en):
                return code
        allowed = "、".join(f"{code} {label.zh}" for code, label in self.codes)
        raise ElementError(f"{self.label.zh}没有“{written}”这一项，可填：{allowed}。")

    def show(self, stored: int | str | bool | None, language: str = "zh") -> str:
        """What a reader sees of a stored value; an empty text for none."""
        if stored is None or stored == "":
            return ""
        if self.type is ElementType.NUMBER:
            value = str(Decimal(int(stored)).scaleb(-self.places))
            return value.rstrip("0").rstrip(".") if self.short and "." in value else value
        if self.type in (ElementType.CODE, ElementType.CODES):
            wording = dict(self.codes)
            return (", " if language == "en" else "、").join(
                wording[c].in_language(language) if c in wording else c for c in str(stored).split(",")
            )
        if self.type is ElementType.YES_NO:
            return {"zh": ("是", "否"), "en": ("yes", "no")}[language][0 if stored else 1]
        return str(stored)


def number(
    name: str, zh: str, en: str, unit: str, low: str, high: str, *, places: int = 0, standard: str = "", short: bool = False
) -> Element:
    """A measured number with its unit and plausible range."""
    return Element(
        name=name,
        label=Text(zh, en),
        type=ElementType.NUMBER,
        unit=unit,
        places=places,
        low=Decimal(low),
        high=Decimal(high),
        standard=standard,
        short=short,
    )


def coded(name: str, zh: str, en: str, codes: dict[str, tuple[str, str]], *, several: bool = False, standard: str = "") -> Element:
    """One answer (or several) out of a coded list: {"1": ("门诊", "Clinic"), ...}."""
    pairs = tuple((code, Text(*wording)) for code, wording in codes.items())
    return Element(name=name, label=Text(zh, en), type=ElementType.CODES if several else ElementType.CODE, codes=pairs, standard=standard)


def yes_no(name: str, zh: str, en: str, *, standard: str = "") -> Element:
    return Element(name=name, label=Text(zh, en), type=ElementType.YES_NO, standard=standard)


def words(name: str, zh: str, en: str, *, standard: str = "") -> Element:
    """Free text."""
    return Element(name=name, label=Text(zh, en), type=ElementType.TEXT, standard=standard)


def day(name: str, zh: str, en: str, *, standard: str = "") -> Element:
    """A date."""
    return Element(name=name, label=Text(zh, en), type=ElementType.DATE, standard=standard)
