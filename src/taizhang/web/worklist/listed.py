"""What the pages of the worklist read: the items within the reader's write scope, grouped by person, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Case, F, Min, Q, QuerySet, When
from django.http import Http404, HttpRequest, QueryDict

from taizhang.county.identity import mask_name, mask_phone
from taizhang.county.models import Household, Resident, Staff
from taizhang.county.organisations import OrganisationTree
from taizhang.county.people import SEXES
from taizhang.county.reach import duties_closed_to
from taizhang.county.scopes import may_see_persons_of, organisations_for
from taizhang.kernel.duties import WHENEVER, Urgency
from taizhang.kernel.periods import age_in_years, day_zh
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.navigation import ENTRIES, FIELD
from taizhang.worklist.models import DueItem

PAGE = 40  # people
_DOOR = next(entry for entry in ENTRIES if entry.address == "worklist")
_GROUP = re.compile(r"(?<!\d)(\d{1,2})组")
URGENCIES = {
    Urgency.DANGER: Text("危急、转诊", "Danger, referral"),
    Urgency.EARLY: Text("提前复查", "Early visit"),
    Urgency.WINDOW: Text("限期", "In its window"),
    Urgency.ROUTINE: Text("常规", "Routine"),
    Urgency.YEARLY: Text("年度", "Yearly"),
    Urgency.IN_PASSING: Text("顺带", "In passing"),
}
# The three lists: visits that one sets out for, what is done once a year on a day made for it, what is done when one meets the person.
VISITS, YEARLY, PASSING = "", "yearly", "passing"
LISTS: dict[str, tuple[int, int]] = {
    VISITS: (Urgency.DANGER, Urgency.ROUTINE),
    YEARLY: (Urgency.YEARLY, Urgency.YEARLY),
    PASSING: (Urgency.IN_PASSING, Urgency.IN_PASSING),
}
LIST_NAMES = {
    VISITS: Text("随访", "Visits"),
    YEARLY: Text("年度体检、评估", "Once a year"),
    PASSING: Text("见面时顺带做", "When next met"),
}
SOON = timedelta(days=7)


def field_staff(request: HttpRequest) -> Staff:
    """The reader, of a post that serves persons. Raises Http404 for others: to them there is no such page."""
    staff = request.user
    if not isinstance(staff, Staff) or staff.role not in FIELD:
        raise Http404
    return staff


def reader_of(request: HttpRequest) -> Staff:
    """The reader, of a post that has a worklist: that serves persons, or an office whose institution has duties of its own (the CDC's
    reports on emergencies). Raises Http404 for others."""
    staff = request.user
    if not isinstance(staff, Staff) or staff.role not in _DOOR.roles:
        raise Http404
    return staff


def items_of(staff: Staff, tree: OrganisationTree, day: date) -> QuerySet[DueItem]:
    """Everything open on `day` that `staff` may do, with a day by which it is in time or without; nothing for a post that serves no
    persons, whatever it may write."""
    if staff.role not in FIELD:
        return DueItem.objects.none()
    return known_to(staff, DueItem.objects.open_on(day).filter(organisation__in=organisations_for(staff, "write", tree)))


def known_to(staff: Staff, rows: QuerySet[DueItem]) -> QuerySet[DueItem]:
    """Those of these items of which `staff` may know: neither of a sensitive line nor of records kept for one that others treat."""
    closed = [p.code for p in registry.programmes.values() if not may_see_persons_of(staff, p)]
    return rows.exclude(Q(programme__in=closed) | Q(duty__in=duties_closed_to(staff)))


@dataclass(frozen=True, slots=True)
class Filter:
    """Which list, and how it is narrowed, as its address says it. soon: due today or within a week. urgent: a danger, a referral or an
    early visit."""

    programme: str = ""
    village: str = ""
    group: str = ""
    overdue: bool = False
    soon: bool = False
    urgent: bool = False
    which: str = VISITS

    @classmethod
    def of(cls, query: QueryDict) -> Filter:
        programme, group = query.get("programme", ""), query.get("group", "")
        return cls(
            programme=programme if programme in registry.programmes else "",
            village=query.get("village", "")[:24],
            group=group if re.fullmatch(r"\d{1,2}", group, re.ASCII) else "",
            overdue=query.get("overdue") == "1",
            soon=query.get("soon") == "1",
            urgent=query.get("urgent") == "1",
            which=which if (which := query.get("list", "")) in LISTS else VISITS,
        )

    @property
    def asked(self) -> dict[str, str]:
        """Only what narrows, for an address and for the audit trail."""
        found = {"list": self.which, "programme": self.programme, "village": self.village, "group": self.group}
        flags = {"overdue": self.overdue, "soon": self.soon, "urgent": self.urgent}
        return {name: value for name, value in (found | {name: "1" for name, said in flags.items() if said}).items() if value}

    def listed(self, rows: QuerySet[DueItem]) -> QuerySet[DueItem]:
        """What belongs to the list, before it is narrowed."""
        return rows.filter(urgency__range=LISTS[self.which])

    def narrow(self, rows: QuerySet[DueItem], day: date) -> QuerySet[DueItem]:
        rows = self.listed(rows)
        if self.programme:
            rows = rows.filter(programme=self.programme)
        if self.village:
            rows = rows.filter(organisation=self.village)
        if self.group:
            rows = rows.filter(resident__household__address__regex=rf"(^|[^0-9]){self.group}组")
        if self.overdue:
            rows = rows.filter(due_on__lt=day)
        if self.soon:
            rows = rows.filter(due_on__range=(day, day + SOON))
        return rows.filter(urgency__lte=Urgency.EARLY) if self.urgent else rows


def until(due_on: date) -> Text:
    """The day by which a thing is done in time, in the manner of the reasons beside it."""
    return Text(f"截止{day_zh(due_on)}", f"by {due_on}")


def lateness(due_on: date | None, late: int) -> Text | None:
    """How long a thing has been overdue; nothing while it is in time. late: days."""
    if late <= 0:
        return None
    if late > 365 and due_on is not None:  # reasons name days of one year without it
        return Text(f"{day_zh(due_on)}起逾期", f"late since {due_on}")
    return Text(f"逾期{late}天", "1 day late" if late == 1 else f"{late} days late")


@dataclass(slots=True)
class Line:
    """One thing to be done."""

    name: Text
    programme: Text
    reason: Text
    due_on: date | None
    late: int  # days overdue; 0 while in time
    urgency: int

    @property
    def late_text(self) -> Text | None:
        return lateness(self.due_on, self.late)

    @property
    def due_text(self) -> Text | None:
        return until(self.due_on) if self.due_on is not None else None


@dataclass(slots=True)
class Owed:
    """A person with what is due. The name and the phone are masked unless the list is written down as handed out in full."""

    resident: Resident
    name: str
    phone: str
    sex: Text
    age: int
    place: str
    organisation: str
    lines: list[Line] = field(default_factory=list)
    passing: list[Line] = field(default_factory=list)

    @property
    def urgency(self) -> int:
        return min((line.urgency for line in (*self.lines, *self.passing)), default=int(Urgency.ROUTINE))

    @property
    def urgency_name(self) -> Text:
        return URGENCIES[Urgency(self.urgency)]


def keys_of(rows: QuerySet[DueItem], day: date, after: str, limit: int) -> tuple[list[int], str]:
    """The residents of one page: dangers and early visits, of each kind the overdue first, then whatever else is overdue, then what is
    still in time; among equals by the day that passes first. And the key of the next page, "" after the last."""
    people = rows.order_by().values("resident_id").annotate(most=Min(_rank(day)), first=Min("due_on"))
    if (key := _key(after)) is not None:
        most, first, resident = key
        people = people.filter(Q(most__gt=most) | Q(most=most, first__gt=first) | Q(most=most, first=first, resident_id__gt=resident))
    found = list(people.order_by("most", "first", "resident_id").values_list("resident_id", "most", "first")[: limit + 1])
    page = found[:limit]
    following = f"{page[-1][1]}.{page[-1][2]:%Y%m%d}.{page[-1][0]}" if len(found) > limit else ""
    return [resident for resident, _, _ in page], following


def _rank(day: date) -> Case:
    """1 to 4 for dangers and early visits; from 10 the others that are overdue, from 20 those in time, each by urgency."""
    return Case(
        When(urgency__lte=Urgency.EARLY, due_on__lt=day, then=2 * F("urgency") - 1),
        When(urgency__lte=Urgency.EARLY, then=2 * F("urgency")),
        When(due_on__lt=day, then=10 + F("urgency")),
        default=20 + F("urgency"),
    )


def _key(after: str) -> tuple[int, date, int] | None:
    match = re.fullmatch(r"(\d{1,2})\.(\d{4})(\d{2})(\d{2})\.(\d{1,18})", after, re.ASCII)
    if match is None:
        return None
    try:
        return int(match[1]), date(int(match[2]), int(match[3]), int(match[4])), int(match[5])
    except ValueError:
        return None


def people_of(
    residents: Sequence[int], staff: Staff, tree: OrganisationTree, day: date, language: str, *, in_full: bool = False
) -> list[Owed]:
    """The residents of a page in its order, each with everything that is due, whatever the list was narrowed by. Two queries."""
    found = {r.pk: r for r in Resident.objects.filter(pk__in=residents).select_related("household")}
    owed: dict[int, Owed] = {}
    rows = items_of(staff, tree, day).filter(resident_id__in=residents).order_by("urgency", "due_on", "pk")
    for item in rows:
        person = found[item.resident_id]
        if person.pk not in owed:
            owed[person.pk] = _owed(person, tree, item.organisation_id, day, language, in_full)
        line = line_of(item, day)
        (owed[person.pk].passing if line.urgency == Urgency.IN_PASSING else owed[person.pk].lines).append(line)
    return [owed[resident] for resident in residents if resident in owed]


def _owed(person: Resident, tree: OrganisationTree, organisation: str, day: date, language: str, in_full: bool) -> Owed:
    village = tree.names[organisation].in_language(language) if organisation in tree else organisation
    return Owed(
        resident=person,
        name=person.name if in_full else mask_name(person.name),
        phone=person.phone if in_full else mask_phone(person.phone),
        sex=SEXES[person.sex],
        age=age_in_years(person.birth_date, day),
        place=place_of(person.household.address) if person.household_id and person.household else "",
        organisation=village,
    )


def place_of(address: str) -> str:
    """The end of an address as neighbours say it: 3组12号; the whole where it names no group."""
    match = _GROUP.search(address)
    return address[match.start() :] if match else address


def line_of(item: DueItem, day: date) -> Line:
    """An item as pages tell it; its duty may no longer be declared."""
    duty, programme = registry.duties.get(item.duty), registry.programmes.get(item.programme)
    dated = item.due_on != WHENEVER
    return Line(
        name=duty.name if duty else Text(item.duty, item.duty),
        programme=programme.name if programme else Text(item.programme, item.programme),
        reason=item.reason,
        due_on=item.due_on if dated else None,
        late=max(0, (day - item.due_on).days) if dated else 0,
        urgency=item.urgency,
    )


def groups_of(rows: QuerySet[DueItem]) -> list[int]:
    """The groups 组 that the addresses of the people on the list name. From the households, of which a list has a fifth of its items."""
    living = Resident.objects.filter(pk__in=rows.order_by().values("resident")).values("household")
    addresses = Household.objects.filter(pk__in=living).values_list("address", flat=True)
    return sorted({int(match[1]) for address in addresses if (match := _GROUP.search(address))})
