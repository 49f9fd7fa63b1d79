"""Missing figures 缺数: for each, wait, print with coverage, or leave out; and whom to telephone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from taizhang.county.changes import acting_as
from taizhang.county.models import Organisation, Role, Staff
from taizhang.figures.model import Figure, Missing
from taizhang.figures.series import NAMES
from taizhang.kernel.indicators import Cell, Status
from taizhang.kernel.query.walking import contracts_of
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.summaries import phrases
from taizhang.summaries.desk.errors import DeskError
from taizhang.summaries.desk.models import Choice, Draft, MissingDecision
from taizhang.summaries.desk.sections import must_be_drafting, who
from taizhang.summaries.document import MissingItem

_WAITED_FOR = (Status.NOT_REPORTED, Status.PARTIAL)  # what somebody can still send in; a rule that is not in force comes by no waiting
_ASKED = (Role.TOWNSHIP_OFFICE, Role.LINE_OFFICE, Role.BUREAU_OFFICE, Role.VILLAGE_DOCTOR)  # whose telephone rings first


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to telephone: the unit that owes something, and its people on duty."""

    organisation: str
    name: Text
    people: tuple[Text, ...]

    @property
    def text(self) -> Text:
        return Text(
            f"{self.name.zh}：{'、'.join(p.zh for p in self.people) or '未登记联系人，请补登人员电话'}",
            f"{self.name.en}: {', '.join(p.en for p in self.people) or 'nobody known; enter its staff with a telephone'}",
        )


@dataclass(frozen=True, slots=True)
class Source:
    """What would bring a figure in. kind: "return" (code: the form's), "register" (code: the register's), "population" (a count of people)
    or "records" (code: the line of work's, whose records stand in no register)."""

    kind: str
    code: str
    name: Text

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.code}"


_POPULATION = Source("population", "", Text("人口数", "Population counts"))


@dataclass(frozen=True, slots=True)
class Lack:
    """A figure the document lacks, whole or in part. may: the choices it leaves; a figure of which nothing is known has no coverage, and
    a nought that not all have confirmed is none. filled_by: what would bring it in."""

    code: str
    element: Text
    filled_by: Source
    sentences: tuple[Text, ...]
    status: Status
    coverage: Text | None
    choice: Choice
    may: tuple[Choice, ...]
    calls: tuple[Call, ...]


def choices_of(draft: Draft) -> dict[str, Choice]:
    return {d.code: Choice(d.choice) for d in draft.decisions.all()}


def left_out(choices: Mapping[str, Choice]) -> set[str]:
    return {code for code, choice in choices.items() if choice is Choice.LEAVE_OUT}


def lacks(items: Iterable[MissingItem], figures: Mapping[tuple[str, str], Figure], choices: Mapping[str, Choice]) -> list[Lack]:
    """One entry a figure, in the order of the document. What was left out stays on the list, or nobody could take it back."""
    out = left_out(choices)
    by_code: dict[str, list[MissingItem]] = {}
    for item in items:
        if item.code and (item.status in _WAITED_FOR or item.code in out):
            by_code.setdefault(item.code, []).append(item)
    known = {code: figures.get(_figure_of(code)) for code in by_code}
    owed_by = {
        code: tuple(dict.fromkeys(m for item in found for m in item.owed_by)) or (figure.missing if (figure := known[code]) else ())
        for code, found in by_code.items()
    }
    owing = {m.organisation: m.name for owed in owed_by.values() for m in owed}
    calls = _calls(set(owing), owing)
    made = []
    for code, found in by_code.items():
        figure = known[code]
        covered = figure is not None and figure.status is Status.PARTIAL and figure.value is not None and not phrases.is_zero(figure)
        may = (Choice.WAIT, Choice.COVERAGE, Choice.LEAVE_OUT) if covered else (Choice.WAIT, Choice.LEAVE_OUT)
        made.append(
            Lack(
                code=code,
                element=found[0].element,
                filled_by=_filled_by(_figure_of(code)[0], owed_by[code]),
                sentences=tuple(dict.fromkeys(item.sentence for item in found)),
                status=figure.status if figure is not None and code in out else found[0].status,
                coverage=_coverage(figure) if figure is not None and covered else None,
                choice=choices.get(code, Choice.WAIT),
                may=may,
                calls=tuple(calls[o] for o in dict.fromkeys(m.organisation for m in owed_by[code])),
            )
        )
    return made


def _figure_of(code: str) -> tuple[str, str]:
    """Indicator and category of what a template writes as code@category."""
    name, _, category = code.partition("@")
    return name, category


def _filled_by(code: str, owed: Iterable[Missing]) -> Source:
    """The return that is owed, or the population count; else the register of the records it is counted from."""
    indicator, owing = registry.indicators[code][-1], {m.what.zh for m in owed}
    reported = indicator.reported
    cells = [c for c in (reported.rate, reported.numerator, reported.denominator) if isinstance(c, Cell)] if reported else []
    forms = [registry.forms[cell.form] for cell in cells]
    for form in forms:
        if any(what.startswith(f"《{form.name.zh}》") for what in owing):
            return Source("return", form.code, form.name)
    if owing & {name.zh for name in NAMES.values()}:
        return _POPULATION
    if indicator.population is not None:
        trees = [tree for tree in (indicator.population.rows, indicator.population.condition, indicator.numerator) if tree is not None]
        tables = dict.fromkeys(table for tree in trees for table in contracts_of(tree) if table != "resident")
        registers = {register.table: register for register in reversed(registry.registers.values()) if register.table}
        for table in tables:
            if table in registers:
                return Source("register", registers[table].code, registers[table].name)
    elif forms:
        return Source("return", forms[0].code, forms[0].name)
    return Source("records", indicator.programme, registry.programmes[indicator.programme].name)


@dataclass(frozen=True, slots=True)
class Group:
    """All figures that one return, register or count would bring in."""

    source: Source
    lacks: tuple[Lack, ...]

    @property
    def waiting(self) -> int:
        return sum(lack.choice is Choice.WAIT for lack in self.lacks)

    @property
    def owing(self) -> int:
        """How many units owe something of it."""
        return len({call.organisation for lack in self.lacks for call in lack.calls})

    @property
    def may(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in Choice if any(choice in lack.may for lack in self.lacks))


def grouped(found: Iterable[Lack]) -> list[Group]:
    """What would bring in most figures still waited for stands first; what is settled, last."""
    by_source: dict[Source, list[Lack]] = {}
    for lack in found:
        by_source.setdefault(lack.filled_by, []).append(lack)
    groups = [Group(source, tuple(of)) for source, of in by_source.items()]
    return sorted(groups, key=lambda group: (-group.waiting, -len(group.lacks)))


def _coverage(figure: Figure) -> Text:
    reported = len(set(figure.reported_by))
    every = reported + len({m.organisation for m in figure.missing})
    return Text(f"{every}家中{reported}家已报", f"{reported} of {every} have reported")


def decide(draft: Draft, found: Iterable[Lack], choice: Choice, *, by: Staff | str) -> int:
    """Settle these figures one way. All or none: refused where one of them cannot be printed with coverage."""
    must_be_drafting(draft)
    chosen = list(found)
    if refused := [lack for lack in chosen if choice not in lack.may]:
        named = "、".join(lack.element.zh for lack in refused)
        raise DeskError(Text(
            f"{named}没有可以注明覆盖面的数（一家未报，或已报的都是零）。请等待补报，或选择不写。",
            f"{', '.join(lack.element.en for lack in refused)}: nothing to print with coverage. Wait, or leave it out.",
        ))  # fmt: skip
    with acting_as(by), transaction.atomic():
        for lack in chosen:
            MissingDecision.objects.update_or_create(draft=draft, code=lack.code, defaults={"choice": choice, "by": who(by)})
    return len(chosen)


def _calls(organisations: set[str], names: Mapping[str, Text]) -> dict[str, Call]:
    """A unit's people on duty with their telephones, office first; a clinic without any is asked through the hospital above it."""
    above = {o: o[:9] for o in organisations if o.isdigit() and len(o) == 12}
    wanted = organisations | set(above.values())
    people: dict[str, list[Staff]] = {}
    for staff in Staff.objects.filter(organisation_id__in=wanted, is_active=True, role__in=_ASKED).order_by("id"):
        people.setdefault(staff.organisation_id, []).append(staff)
    labels = {o.code: o.label for o in Organisation.objects.filter(code__in=wanted)}
    made = {}
    for code in organisations:
        asked = code if any(s.phone for s in people.get(code, ())) or above.get(code) not in people else above[code]
        ranked = sorted(people.get(asked, ()), key=lambda s: (not s.phone, _ASKED.index(Role(s.role))))[:2]
        at = None if asked == code else labels[asked]
        made[code] = Call(code, names[code], tuple(_answering(s, at) for s in ranked))
    return made


def _answering(staff: Staff, at: Text | None) -> Text:
    """A person and the telephone; at: the unit, where it is another than the one that owes."""
    zh, en = (at.zh, f"{at.en}, ") if at is not None else ("", "")
    if staff.phone:
        return Text(f"{zh}{staff.name} {staff.phone}", f"{en}{staff.name} {staff.phone}")
    return Text(f"{zh}{staff.name}（未留电话）", f"{en}{staff.name} (no telephone known)")
