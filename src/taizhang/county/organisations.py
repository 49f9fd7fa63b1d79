"""Organisations 机构 as a tree that changes: townships merge, clinics open and close, and last year's figures still find their place."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Lock
from uuid import uuid4

from django.db import connection, transaction

from taizhang.config import home
from taizhang.county.english import english_name, place_of
from taizhang.county.models import PLACE_TABLES, Division, DivisionLevel, Organisation, OrganisationKind, OrganisationLink
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text

LEVELS = {6: DivisionLevel.COUNTY, 9: DivisionLevel.TOWN, 12: DivisionLevel.VILLAGE}
SIMULATED_PREFIX = "99"
ALWAYS = date(1900, 1, 1)  # the first day of a link that nobody remembers otherwise


class DivisionError(Refusal, ValueError):
    """A division code that cannot be one; the message names the fault."""


class OrganisationError(Refusal, ValueError):
    """An organisation that is unknown, or cannot be made or moved as asked."""


# -- the tree on a day -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OrganisationTree:
    """The organisations open on `day` and who stands under whom. A snapshot: asking it reads nothing.

    A closed organisation is not in the tree, but `present(code)` says whose it has become: it stays linked under its successor, so
    that figures of another year can be laid over this one.
    """

    day: date
    root: str
    names: Mapping[str, Text] = field(repr=False)
    kinds: Mapping[str, str] = field(repr=False)
    parents: Mapping[str, str] = field(repr=False)
    below: Mapping[str, tuple[str, ...]] = field(repr=False)
    successors: Mapping[str, str] = field(repr=False)
    _together: dict[frozenset[str], tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __contains__(self, code: str) -> bool:
        return code in self.names

    @property
    def codes(self) -> tuple[str, ...]:
        """Every organisation open on the day, in the order of codes."""
        return tuple(self.names)

    def name(self, code: str) -> Text:
        return self.names[self._known(code)]

    def kind(self, code: str) -> str:
        return self.kinds[self._known(code)]

    def parent(self, code: str) -> str | None:
        """The organisation above; None for the root."""
        return self.parents.get(self._known(code))

    def children(self, code: str) -> tuple[str, ...]:
        return self.below.get(self._known(code), ())

    def siblings(self, code: str) -> tuple[str, ...]:
        """Those of the same kind under the same parent, itself included: whom it is ranked among."""
        parent = self.parent(code)
        return (code,) if parent is None else tuple(c for c in self.children(parent) if self.kinds[c] == self.kinds[code])

    def descendants(self, code: str) -> tuple[str, ...]:
        """The organisation and all below it, each before those below it."""
        found = [self._known(code)]
        for each in found:  # grows while it is walked
            found.extend(self.below.get(each, ()))
        return tuple(found)

    def together(self, codes: frozenset[str]) -> tuple[str, ...]:
        """These organisations and all below any of them, in the order of codes. Worked out once: a reader's scope is asked for again and
        again, and may be a city of a thousand."""
        if codes not in self._together:
            self._together[codes] = tuple(sorted({each for code in codes for each in self.descendants(code)}))
        return self._together[codes]

    def leaves(self, code: str) -> tuple[str, ...]:
        """Those of the descendants that have nobody below them."""
        return tuple(c for c in self.descendants(code) if not self.below.get(c))

    def path(self, code: str) -> tuple[str, ...]:
        """From the root down to the organisation, both included."""
        steps = [self._known(code)]
        while (above := self.parents.get(steps[-1])) is not None:
            steps.append(above)
        return tuple(reversed(steps))

    def is_under(self, code: str, above: str) -> bool:
        """Whether `code` is `above` or stands anywhere below it."""
        return above in self.path(code)

    def present(self, code: str) -> str | None:
        """The organisation itself if it is open on the day, else the open one it has become; None if nobody knows it."""
        return code if code in self.names else self.successors.get(code)

    def _known(self, code: str) -> str:
        if code in self.names:
            return code
        if code in self.successors:
            raise OrganisationError(f"机构 {code} 在{self.day}已撤销，业务并入 {self.successors[code]}。请改用后者。")
        raise OrganisationError(f"没有代码为 {code} 的机构（{self.day}）。请核对代码，或先建立该机构。")


def tree_on(day: date) -> OrganisationTree:
    """The tree as it stood on `day`. One query; the tree itself is built again only when an organisation or a link has changed, since
    every page asks for it and a county has a thousand."""
    root = _root_code()
    key = (day, root, state_of_places())
    with _lock:
        if key in _trees:
            _trees.move_to_end(key)
            return _trees[key]
    made = build_tree(day, Organisation.objects.order_by("code"), OrganisationLink.objects.order_by("valid_from"), root)
    with _lock:
        _trees[key] = made
        while len(_trees) > _KEPT:
            _trees.popitem(last=False)
    return made


_KEPT = 16
_trees: OrderedDict[tuple[date, str, str], OrganisationTree] = OrderedDict()
_lock = Lock()


def state_of_places() -> str:
    """The same as long as no organisation and no link has changed: their changes counted, and the last of them. One query, which reads
    an index of these changes alone. Counted, because a change that is committed late can have a number before the last; and with its
    moment, because SQLite gives the number of one that was rolled back to the next. Never the same where none has been noted."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT COUNT(*), MAX(id), MAX("at") FROM "county_change" WHERE "table" IN ({", ".join(f"'{t}'" for t in PLACE_TABLES)})"""
        )
        number, last, moment = cursor.fetchone()
    return f"{number} {last} {moment}" if number else uuid4().hex


def _root_code() -> str:
    place = home.current()
    return place.organisation if place.exists else ""


def build_tree(day: date, organisations: Iterable[Organisation], links: Iterable[OrganisationLink], root: str) -> OrganisationTree:
    every = {o.code: o for o in organisations}
    standing = {c: o for c, o in every.items() if _is_open(o, day)}
    # A closed organisation's place is its latest link; an open one's is the link of the day.
    above: dict[str, str] = {}
    for link in links:
        if link.valid_from <= day and (link.child_id not in standing or link.valid_to is None or link.valid_to >= day):
            above[link.child_id] = link.parent_id
    open_above = {code: found for code in above if (found := _first_open(code, above, standing)) is not None}
    parents = {code: open_above[code] for code in standing if code in open_above}
    below: dict[str, list[str]] = {}
    for code, parent in parents.items():
        below.setdefault(parent, []).append(code)
    tops = [code for code in standing if code not in parents]
    return OrganisationTree(
        day=day,
        root=root if root in standing else (tops[0] if tops else root),
        names={c: o.label for c, o in standing.items()},
        kinds={c: o.kind for c, o in standing.items()},
        parents=parents,
        below={c: tuple(codes) for c, codes in below.items()},
        successors={c: open_above[c] for c, o in every.items() if c not in standing and c in open_above and o.closed_on},
    )


def _is_open(organisation: Organisation, day: date) -> bool:
    started = organisation.opened_on is None or organisation.opened_on <= day
    return started and (organisation.closed_on is None or organisation.closed_on >= day)


def _first_open(code: str, above: Mapping[str, str], standing: Mapping[str, Organisation]) -> str | None:
    seen = {code}
    found = above.get(code)
    while found is not None and found not in standing and found not in seen:
        seen.add(found)
        found = above.get(found)
    return found if found in standing else None


# -- division codes ----------------------------------------------------------------------------------------------------


def check_division_code(code: str, known: Iterable[str] = (), *, above_counties: bool = False) -> DivisionLevel:
    """The level of a statistical division code: 6 digits a county, 9 a township, 12 a village. Raises DivisionError.

    known: codes already there; a township's county and a village's township must be among them, if any are given. above_counties: the
    six digits may be those of a city or province (990100, 990000), which roll counties up and are kept as a county is.
    """
    if not code.isascii() or not code.isdigit():
        raise DivisionError(f"区划代码“{code}”含有数字以外的字符。请填6位（县）、9位（乡镇）或12位（村）数字。")
    if code.startswith("0"):
        raise DivisionError(f"区划代码“{code}”以0开头，没有这样的省份。请核对。")
    if len(code) not in LEVELS:
        raise DivisionError(f"区划代码“{code}”有{len(code)}位。请填6位（县）、9位（乡镇）或12位（村）数字。")
    if len(code) > 6 and code.endswith("000"):
        raise DivisionError(f"区划代码“{code}”末三位是补位的零。请去掉补位的零，只写到本级。")
    if code.endswith("00"):
        if len(code) == 6 and not above_counties:
            raise DivisionError(f"区划代码“{code}”是省或市的代码。请填县（市、区）的6位代码。")
    everyone = set(known)
    if len(code) > 6 and everyone and code[:-3] not in everyone:
        above = "县" if len(code) == 9 else "乡镇"
        raise DivisionError(f"区划代码“{code}”的上级{above} {code[:-3]} 不在区划表中。请先建立上级，或核对前{len(code) - 3}位。")
    return LEVELS[len(code)]


def check_simulated(code: str, kind: str) -> None:
    """Simulated codes begin with 99 and live in simulated homes only. Raises DivisionError."""
    if kind == "simulated" and not code.startswith(SIMULATED_PREFIX):
        raise DivisionError(f"这是模拟台账，只接受以99开头的代码；“{code}”像是真实地区。真实数据请用 taizhang init 另建台账。")
    if kind == "service" and code.startswith(SIMULATED_PREFIX):
        raise DivisionError(f"“{code}”以99开头，是模拟代码，不能写入正式台账。请填真实的区划代码。")


# -- making and moving -------------------------------------------------------------------------------------------------


def add_division(code: str, name: str, *, above_counties: bool = False) -> Division:
    """One division; its parent must be there (a county has none). An existing one is given back as it is."""
    known = set(Division.objects.filter(code__in=[code, code[:-3]]).values_list("code", flat=True))
    level = check_division_code(code, known | {""} if len(code) > 6 else (), above_counties=above_counties)
    check_simulated(code, home.current().kind)
    if code in known:
        return Division.objects.get(pk=code)
    return Division.objects.create(code=code, name=name, level=level, parent_id=code[:-3] if len(code) > 6 else None)


@transaction.atomic
def add_organisation(
    code: str,
    name: str,
    kind: OrganisationKind | str,
    *,
    parent: str | None,
    since: date | None = None,
    name_en: str = "",
    division: str | None = None,
    division_name: str = "",
    above_counties: bool = False,
) -> Organisation:
    """A new organisation under `parent` (None: the root) from `since` on (None: as long as anyone knows), its division made if missing.

    Without name_en the English name is put together from the place's pinyin and the kind. The division is the code's digits unless
    named. above_counties: it is a city's or province's own. Raises OrganisationError or DivisionError.
    """
    place = division or code.split("-")[0]
    if Organisation.objects.filter(pk=code).exists():
        raise OrganisationError(f"机构代码 {code} 已被占用。请核对，或为新机构另编代码。")
    if parent is not None and not Organisation.objects.filter(pk=parent).exists():
        raise OrganisationError(f"上级机构 {parent} 不存在。请先建立上级机构，或核对代码。")
    add_division(place, division_name or place_of(name), above_counties=above_counties)
    made = Organisation.objects.create(
        code=code, name=name, name_en=name_en or english_name(name), kind=OrganisationKind(kind), division_id=place, opened_on=since
    )
    if parent is not None:
        OrganisationLink.objects.create(child=made, parent_id=parent, valid_from=since or ALWAYS)
    return made


@transaction.atomic
def merge_into(code: str, successor: str, day: date) -> None:
    """From `day` on `successor` does the work of `code`: the old one is closed the day before and stays linked under its successor, and
    those below it move over."""
    old = _organisation(code)
    new = _organisation(successor)
    if old.pk == new.pk:
        raise OrganisationError(f"机构 {code} 不能并入自己。请填另一个机构。")
    if old.closed_on is not None:
        raise OrganisationError(f"机构 {code} 已于{old.closed_on}撤销，不能再次并入。")
    for child in [*_children_on(code, day), code]:
        relink(child, successor, day)
    old.closed_on = day - timedelta(days=1)
    old.save(update_fields=["closed_on"])


@transaction.atomic
def relink(code: str, parent: str, day: date) -> None:
    """From `day` on `code` stands under `parent`."""
    current = OrganisationLink.objects.filter(child_id=code).order_by("-valid_from").first()
    if current is not None and current.valid_from >= day:
        raise OrganisationError(f"机构 {code} 的隶属关系自{current.valid_from}起已有登记，不能在{day}变更。请填更晚的日期。")
    if current is not None and (current.valid_to is None or current.valid_to >= day):
        current.valid_to = day - timedelta(days=1)
        current.save(update_fields=["valid_to"])
    OrganisationLink.objects.create(child_id=code, parent_id=parent, valid_from=day)


def _organisation(code: str) -> Organisation:
    found = Organisation.objects.filter(pk=code).first()
    if found is None:
        raise OrganisationError(f"没有代码为 {code} 的机构。请核对代码，或先建立该机构。")
    return found


def _children_on(code: str, day: date) -> list[str]:
    links = OrganisationLink.objects.filter(parent_id=code, valid_from__lt=day).order_by("child_id")
    return [link.child_id for link in links if link.valid_to is None or link.valid_to >= day]
