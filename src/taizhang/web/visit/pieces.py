"""The pieces of a visit's pages, worded in the reader's language."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from taizhang.county.fields import element_of
from taizhang.county.foreseeing import Told
from taizhang.county.models import Resident, Staff
from taizhang.county.people import SEXES, NotAllowed, residents_for
from taizhang.county.recording import Record
from taizhang.kernel.duties import Urgency
from taizhang.kernel.elements import Element, ElementType
from taizhang.kernel.periods import age_in_years
from taizhang.kernel.registers import Asking, Register
from taizhang.kernel.text import Text
from taizhang.web.units import with_unit
from taizhang.web.visit.shape import MOST_CHOICES, Ask, model_of, repeated_of, sections_of
from taizhang.web.visit.typed import CARRY, DAY, Typed
from taizhang.web.visit.visiting import Visiting, shown, unit_of
from taizhang.web.worklist.listed import Line

_YES_NO = ((("1"), Text("是", "yes")), ("0", Text("否", "no")))
_THE_DAY = Text("随访日期", "Day of the visit")


@dataclass(frozen=True, slots=True)
class Option:
    code: str
    label: str
    chosen: bool
    digit: str  # the key that chooses it; "" for none


@dataclass(frozen=True, slots=True)
class Input:
    """One input as the page shows it. kind: number, text, date, choice (one), choices (several), menu. last: the last answer. item: what
    it is asked of, where the heading above it says that to the eye alone."""

    name: str
    label: str
    tag: str
    item: str
    kind: str
    unit: str
    decimals: bool
    value: str
    options: list[Option]
    last: str
    last_on: date | None
    faults: list[str]
    required: bool
    most: int


@dataclass(frozen=True, slots=True)
class Part:
    """The inputs under one heading, and those that are folded away there. open: one of the folded ones holds something. first: it begins
    the form that was asked for just now."""

    title: Text
    inputs: list[Input]
    folded: list[Input]
    open: bool
    first: bool = False


@dataclass(slots=True)
class Waiting:
    """A form that is due and not opened: one line, opened by a tap."""

    register: Register
    lines: list[Line] = field(default_factory=list)

    @property
    def asks(self) -> int:
        """How many things it asks for."""
        day = model_of(self.register).DAY
        return sum(c.asking is Asking.MEASURED and c.field != day for c in self.register.columns)

    @property
    def urgency(self) -> int:
        return min(line.urgency for line in self.lines)

    @property
    def in_passing(self) -> bool:
        return self.urgency == Urgency.IN_PASSING


def reachable(staff: Staff, resident: int) -> Resident:
    """The person, without a line in the audit trail: for the answers to a page that left one. Raises NotAllowed."""
    found = residents_for(staff, "write").filter(pk=resident).first()
    if found is None:
        raise NotAllowed
    return found


def head_of(person: Resident, day: date, language: str) -> dict[str, Any]:
    """Who it is, in full: opening the page was written down."""
    return {
        "pk": person.pk,
        "name": person.name,
        "sex": SEXES[person.sex].in_language(language),
        "age": age_in_years(person.birth_date, person.died_on or day),
        "phone": person.phone,
        "record_number": person.record_number or "",
        "address": person.household.address if person.household_id and person.household else "",
        "died_on": person.died_on,
    }


def chips(every: Sequence[Register], chosen: Collection[str], owed: Collection[str]) -> dict[str, list[tuple[Register, bool]]]:
    """The registers a visit can fill: those in the form, and those to choose from that are not due; each with whether it is in the form."""
    near = [(r, True) for r in every if r.code in chosen]
    return {"near": near, "others": [(r, False) for r in every if r.code not in chosen and r.code not in owed]}


def parts(at_hand: Visiting, typed: Typed | None, language: str, opened: str = "") -> list[Part]:
    """The form without what is carried over, under its headings. opened: the register that was asked for just now."""
    tags = _tags(at_hand, language)
    found = []
    for title, asks in sections_of([a for a in at_hand.shape.asks if a.asking is not Asking.CARRIED]):
        made = [(ask, _input(at_hand, ask, typed, language, tags)) for ask in asks]
        inputs = [i for ask, i in made if ask.asking is Asking.MEASURED]
        folded = [i for ask, i in made if ask.asking is not Asking.MEASURED]
        said = [typed is not None and _texts(typed, ask.name) != prefilled(at_hand, ask) for ask, i in made if i in folded]
        due = {code for code, opening in at_hand.openings.items() if opening.record is not None}
        filled_in = any(place.register.code in due for ask, i in made if i in folded for place in ask.places)
        is_open = filled_in or any(said) or any(i.faults for i in folded)
        first = any(place.register.code == opened for ask, _ in made for place in ask.places[:1])
        found.append(Part(title, inputs, folded, is_open, first and not any(part.first for part in found)))
    # What is asked at every visit stands before headings that are folded away as a whole.
    return sorted(found, key=lambda part: not part.inputs)


def carried(at_hand: Visiting, typed: Typed | None, language: str) -> dict[str, Any] | None:
    """The group that one tap carries over: last answers, the inputs to change them, and whether the tap was given."""
    asks = [a for a in at_hand.shape.asks if a.asking is Asking.CARRIED]
    if not asks:
        return None
    tags = _tags(at_hand, language)
    groups = [(title, [_input(at_hand, ask, typed, language, tags) for ask in own]) for title, own in sections_of(asks)]
    inputs = [i for _, own in groups for i in own]
    said = [(ask.element.label.in_language(language), shown(last.value, ask, language)) for ask, last in at_hand.carried]
    return {
        "groups": groups,
        "said": said,
        "on": max((last.on for _, last in at_hand.carried), default=None),
        "given": bool(typed and typed.carry),
        "open": not said or any(i.value or i.faults or any(o.chosen for o in i.options) for i in inputs),
        "name": CARRY,
    }


def prefilled(at_hand: Visiting, ask: Ask) -> list[str]:
    """What the page itself puts into an input: what stands in a file that each person has once, or what a record takes by default.
    Nothing that is measured at each visit."""
    value = ask.default
    for place in ask.places:
        stored = at_hand.stored(place.register)
        if stored is not None:
            value = getattr(stored, place.field.attname)
            break
    if value is None or value == "":
        return []
    return _as_texts(ask.element, value)


def _as_texts(element: Element, value: Any) -> list[str]:
    if element.type is ElementType.YES_NO:
        return ["1" if value else "0"]
    if element.type is ElementType.CODES:
        return str(value).split(",")
    if isinstance(value, date):
        return [value.isoformat()]
    return [element.show(value)] if element.type is ElementType.NUMBER else [str(value)]


def _texts(typed: Typed, name: str) -> list[str]:
    return [text for text in typed.content.get(name, []) if text.strip()]


def _input(at_hand: Visiting, ask: Ask, typed: Typed | None, language: str, tags: dict[str, str]) -> Input:
    element = ask.element
    texts = _texts(typed, ask.name) if typed is not None else prefilled(at_hand, ask)
    codes = _YES_NO if element.type is ElementType.YES_NO else element.codes
    kind = {
        ElementType.NUMBER: "number", ElementType.DATE: "date", ElementType.TEXT: "text", ElementType.YES_NO: "choice",
        ElementType.CODES: "choices", ElementType.CODE: "choice" if len(codes) <= MOST_CHOICES else "menu",
    }[element.type]  # fmt: skip
    last = at_hand.lasts.get(ask.name)
    if ask.preset is not None or any(at_hand.stored(place.register) is not None for place in ask.places):
        last = None  # it stands in the input, or the event itself says it
    return Input(
        name=ask.name,
        label=element.label.in_language(language),
        tag=tags.get(ask.name, ""),
        item=ask.item.in_language(language) if ask.item else "",
        kind=kind,
        unit=unit_of(element, language),
        decimals=element.places > 0,
        value="，".join(texts) if kind in ("number", "date", "text") else "",
        options=[
            Option(code, label.in_language(language), code in texts, digit)
            for (code, label), digit in zip(codes, _digits(codes), strict=True)
        ],
        last=shown(last.value, ask, language) if last else "",
        last_on=last.on if last else None,
        faults=[text.in_language(language) for text in typed.faults.get(ask.name, [])] if typed else [],
        required=ask.required,
        most=ask.most,
    )


def _digits(codes: Sequence[tuple[str, Text]]) -> list[str]:
    """The key that chooses each answer. A code of one digit is its own key, or whoever thinks in codes would enter another answer than
    meant; a longer code takes the key of its place in the list, where that is no code itself."""
    own = {code for code, _ in codes if len(code) == 1 and code in "0123456789"}
    return [code if code in own else str(n) if n <= 9 and str(n) not in own else "" for n, (code, _) in enumerate(codes, 1)]


def _tags(at_hand: Visiting, language: str) -> dict[str, str]:
    """For inputs of equal label: whose they are."""
    by_label: dict[str, list[Ask]] = {}
    for ask in at_hand.shape.asks:
        if ask.item is not None:  # it stands under its own heading
            continue
        by_label.setdefault(ask.element.label.zh, []).append(ask)
    return {ask.name: ask.places[0].register.name.in_language(language) for asks in by_label.values() if len(asks) > 1 for ask in asks}


def label_of(at_hand: Visiting, name: str, language: str) -> str:
    ask = at_hand.shape.by_name.get(name)
    label = (_THE_DAY if name == DAY or ask is None else ask.element.label).in_language(language)
    if ask is None or ask.item is None:
        return label
    return f"{ask.item.in_language(language)}·{label}"


def outcome_of(register: Register, record: Record, told: Sequence[Told], language: str, called: Text | None = None) -> dict[str, Any]:
    """What a record comes to: its derived fields that the register names, after what tells it from others of the same form, and what is to
    be told of it. called: the sheet, where the register's does not say which."""
    rows = []
    repeated = repeated_of(register)
    what = [c.field for c in register.columns if repeated is not None and c.in_list and c.field in repeated.each]
    for name in (*what, *register.outcome):
        stored = record._meta.get_field(name)
        element = element_of(stored)  # type: ignore[arg-type]
        value = getattr(record, name)
        if value is None or value == "":
            continue
        label = element.label.in_language(language) if element else str(getattr(stored, "verbose_name", name))
        text = element.show(value, language) if element and not isinstance(value, date) else str(value)
        rows.append((label, with_unit(text, unit_of(element, language)) if element and element.type is ElementType.NUMBER else text))
    return {
        "register": called or register.name,
        "rows": rows,
        "told": [(each.text.in_language(language), each.notice.urgent) for each in told],
        "urgent": any(each.notice.urgent for each in told),
        "day": getattr(record, record.DAY),
        "carried": bool(record.carried),
        "late": record.late,
    }


def changed(register: Register, record: Record | None, language: str) -> dict[str, Any]:
    """What somebody else has written meanwhile: the latest record of the register."""
    values = []
    for column in register.columns if record is not None else ():
        if column.in_list and column.element is not None:
            value = getattr(record, column.field)
            text = value.isoformat() if isinstance(value, date) else column.element.show(value, language)
            if text:
                values.append((column.label.in_language(language), text))
    return {"register": register.name, "values": values, "by": _name_of(record.recorded_by) if record else "", "gone": record is None}


def _name_of(username: str) -> str:
    """The name of who wrote it: an account says nothing to whoever reads."""
    return Staff.objects.filter(username=username).values_list("name", flat=True).first() or username
