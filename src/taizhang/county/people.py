"""Residents: the one door from a member of staff to rows about people; and registering one. What changes one later: moving, correcting.

Every page, file and search asks residents_for(); nothing else selects residents for a user. Reading leaves a line in the audit trail:
opening a person one with the person, a list or a search one with its filter and count.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from taizhang.config import home
from taizhang.county import audit
from taizhang.county.changes import acting_as
from taizhang.county.english import initials
from taizhang.county.identity import (
    NO_DOCUMENT,
    RESIDENT_IDENTITY_CARD,
    IdentityError,
    RecordNumber,
    check_identity_number,
    mask_name,
    mask_phone,
    vault,
)
from taizhang.county.models import FormerNumber, Household, Organisation, RecordNumberSeries, Residency, Resident, Staff
from taizhang.county.organisations import DivisionError, check_simulated, tree_on
from taizhang.county.recording import Fault
from taizhang.county.scopes import Purpose, may, organisations_for
from taizhang.county.touched import touched
from taizhang.kernel.periods import age_in_years
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text

SEXES = {"0": Text("未知", "unknown"), "1": Text("男", "male"), "2": Text("女", "female"), "9": Text("未说明", "not stated")}
_MOST_FOUND = 50
_FEW = 3  # organisations
_LAST_SIGN = "\U0010ffff"


class NotAllowed(Refusal, PermissionError):
    """Someone asked for a person outside their scope. The message does not tell whether there is such a person."""

    def __init__(self) -> None:
        super().__init__("没有这位居民，或不在您的权限范围内。需要时请向上级机构申请权限。")


class PersonRefused(Refusal, ValueError):
    """A registration, correction, move or death that was not taken; `faults` says why, all of it."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("；".join(fault.message.zh.rstrip("。") for fault in faults) + "。")


# -- the door ----------------------------------------------------------------------------------------------------------


def residents_for(staff: Staff, purpose: Purpose, day: date | None = None) -> QuerySet[Resident]:
    """The residents whom `staff` may write, view or search: those whom an organisation in that scope manages on `day` (the home's
    working day unless given). The dead stay with the organisation that managed them last."""
    on = day or home.current().working_day()
    return Resident.objects.filter(managed_by(organisations_for(staff, purpose, tree_on(on)), on))


def managed_by(organisations: Collection[str], day: date, resident: str = "pk", *, few_rows: bool = False) -> Q:
    """The condition that one of these organisations manages the resident on `day`. resident: where the row at hand names the resident.

    Of few organisations the residents are listed first; of many each row at hand is asked, or a search of a county of a million would
    list them all (measured: 600 ms). few_rows: each row is asked in any case.
    """
    managed = Residency.objects.filter(_current(day), organisation__in=organisations)
    if len(organisations) <= _FEW and not few_rows:
        return Q(**{f"{resident}__in": managed.values("resident")})
    return Q(Exists(managed.filter(resident=OuterRef(resident))))


def some_managed_by(organisations: Collection[str], day: date, most: int) -> QuerySet[Residency, int]:
    """The numbers of some residents whom these organisations manage on `day`, at most so many, for a query to look among."""
    return Residency.objects.filter(_current(day), organisation__in=organisations).values_list("resident", flat=True)[:most]


def joined_to_managing(organisations: Collection[str], day: date, resident: str) -> Q:
    """The same as a join, which a database may also walk from the residents: where it is to stop after the first hundreds, that finds them
    at once. A row whose resident is managed twice comes twice. resident: the relation of the rows at hand to residents."""
    return _current(day, f"{resident}__residencies__") & Q(**{f"{resident}__residencies__organisation__in": organisations})


def _current(day: date, residency: str = "") -> Q:
    """residency: the relation of the rows at hand to residencies."""
    ended = Q(**{f"{residency}ended_on__isnull": True}) | Q(**{f"{residency}ended_on__gte": day})
    return Q(**{f"{residency}started_on__lte": day}) & ended


def open_person(staff: Staff, resident: Resident | int, *, purpose: Purpose = "view", day: date | None = None) -> Resident:
    """One resident, for reading or writing; leaves one audit line. Raises NotAllowed."""
    found = residents_for(staff, purpose, day).filter(pk=resident.pk if isinstance(resident, Resident) else resident).first()
    if found is None:
        raise NotAllowed
    audit.record(staff, audit.OPEN_PERSON, found, {"purpose": purpose})
    return found


def identity_of(staff: Staff, resident: int, *, day: date | None = None) -> tuple[Resident, str]:
    """A resident within the view scope with the document's number in full ("" for one without); leaves one audit line that says that it
    was the number. Raises NotAllowed."""
    found = residents_for(staff, "view", day).select_related("household").filter(pk=resident).first()
    if found is None:
        raise NotAllowed
    audit.record(staff, audit.OPEN_PERSON, found, {"purpose": "identity"})
    return found, vault().decrypt(found.identity_cipher) if found.identity_cipher else ""


def find(staff: Staff, text: str, day: date | None = None) -> list[Resident]:
    """Residents within the search scope by identity number, health record number, phone, name or the initials of its pinyin; at most 50,
    by name. Leaves one audit line that tells how was searched and how many were found, not what for. Raises IdentityError when a text
    that can only be an identity number is a wrong one."""
    on = day or home.current().working_day()
    written = text.strip()
    kind, condition = _reading(written, on)
    # Not sorted by the database: of a surname it would sort tens of thousands to keep fifty.
    found = list(residents_for(staff, "search", on).filter(condition)[:_MOST_FOUND]) if written else []
    found.sort(key=lambda person: (person.name, person.pk))
    audit.record(staff, audit.SEARCH, detail={"by": kind, "count": len(found)})
    return found


def _reading(written: str, day: date) -> tuple[str, Q]:
    digits = re.sub(r"[\s-]", "", written)
    if re.fullmatch(r"\d{17}", digits, re.ASCII):
        return "record_number", Q(record_number=digits) | _formerly("record", digits)
    if re.fullmatch(r"\d{15}|\d{17}[\dXx]", digits, re.ASCII):
        digest = vault().lookup(check_identity_number(digits, day=day).number)
        return "identity_number", Q(identity_hash=digest) | _formerly("document", digest)
    if re.fullmatch(r"\d{7,13}", digits, re.ASCII):
        return "phone", Q(phone=digits)
    if written.isascii():
        return "initials", _begins("initials", written.lower())
    return "name", _begins("name", written)


def is_known(kind: str, value: str, *, but: int | None = None) -> bool:
    """Whether somebody (`but` for this resident) has this record number ("record") or this document's hash ("document"), or had it before
    a merge."""
    column = {"record": "record_number", "document": "identity_hash"}[kind]
    return Resident.objects.filter(Q(**{column: value}) | _formerly(kind, value)).exclude(pk=but).exists()


def _formerly(kind: str, value: str) -> Q:
    """The condition that somebody with this number was merged into the resident. Asked beforehand: with a query of its own beside the
    number PostgreSQL takes no index and looks at every resident (measured: 3 s of a million)."""
    return Q(pk__in=list(FormerNumber.objects.filter(kind=kind, value=value).values_list("resident", flat=True)))


def _begins(field: str, text: str) -> Q:
    """The condition that a field begins so, in the words that each database answers from its index."""
    if connection.vendor == "postgresql":
        return Q(**{f"{field}__startswith": text})
    return Q(**{f"{field}__gte": text, f"{field}__lt": text + _LAST_SIGN})


def by_number(text: str, day: date) -> Resident | None:
    """The one resident with this health record or identity number, for an operator at the machine itself, whom no scope limits; None
    where there is none, or the text is no such number. The caller leaves the audit line."""
    kind, condition = _reading(text.strip(), day)
    return Resident.objects.filter(condition).first() if kind in ("record_number", "identity_number") else None


def list_people(
    staff: Staff,
    *,
    purpose: Purpose = "view",
    day: date | None = None,
    organisation: str | None = None,
    sex: str | None = None,
    born_from: date | None = None,
    born_to: date | None = None,
    after: int = 0,
    limit: int = 50,
) -> list[Resident]:
    """One page of the residents in scope by id, those after the resident numbered `after`; leaves one audit line with filter and count.
    organisation: only those managed by it or below it."""
    on = day or home.current().working_day()
    rows = residents_for(staff, purpose, on)
    if organisation is not None:
        tree = tree_on(on)
        place = tree.present(organisation)
        below = tree.descendants(place) if place else ()
        rows = rows.filter(pk__in=Residency.objects.filter(_current(on), organisation__in=below).values("resident"))
    if sex is not None:
        rows = rows.filter(sex=sex)
    if born_from is not None:
        rows = rows.filter(birth_date__gte=born_from)
    if born_to is not None:
        rows = rows.filter(birth_date__lte=born_to)
    page = list(rows.filter(pk__gt=after).order_by("pk")[:limit])
    asked = {"purpose": purpose, "organisation": organisation, "sex": sex, "born_from": born_from, "born_to": born_to, "after": after}
    shown = {name: value.isoformat() if isinstance(value, date) else value for name, value in asked.items() if value not in (None, 0)}
    audit.record(staff, audit.LIST_PEOPLE, detail={"filter": shown, "count": len(page)})
    return page


def managing_organisation(resident: Resident | int, day: date) -> str | None:
    """Code of the organisation that manages the resident on `day`; None for someone who does not live here then."""
    rows = Residency.objects.filter(_current(day), resident=resident).order_by("-started_on")
    return rows.values_list("organisation_id", flat=True).first()


# -- registering -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResident:
    """What registering asks. identity_number may be missing (a newborn); then the person is marked as without document.
    sex and birth_date may be left out where the identity number states them; where both are there they must agree."""

    name: str
    organisation: str
    moved_in: date
    identity_number: str = ""
    identity_kind: str = RESIDENT_IDENTITY_CARD
    sex: str = ""
    birth_date: date | None = None
    registration: str = "1"
    phone: str = ""
    household: Household | None = None
    relation: str = ""
    record_number: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a registration comes to, and every fault that shows without asking the database. digest: the search hash of the document."""

    number: str
    sex: str
    birth: date | None
    record_number: str | None
    faults: list[Fault]

    def digest(self, new: NewResident) -> str | None:
        return vault().lookup(self.number, new.identity_kind) if self.number else None


def examine(new: NewResident, day: date, place: Organisation | None) -> Examined:
    """Look over a registration as of `day`. place: its organisation, None if nobody knows it. No queries."""
    faults: list[Fault] = []
    number, sex, birth = _identity(new, day, faults)
    unread = bool(new.identity_number.strip()) and not number  # then what it would have stated is not missing
    if not new.name.strip():
        faults.append(fault_at("name", "", "姓名未填。请补填。", "The name is missing. Fill it in."))
    if sex not in SEXES and not (unread and not sex):
        faults.append(fault_at("sex", sex, "性别应填男或女（1或2）。", "The sex must be 1 (male) or 2 (female)."))
    if birth is None:
        if not unread:
            faults.append(fault_at("birth_date", "", "出生日期未填。请补填。", "The birth date is missing. Fill it in."))
    elif birth > day:
        faults.append(fault_at("birth_date", str(birth), f"出生日期{birth}晚于今天（{day}）。请核对。", f"Born after today ({day})."))
    elif new.moved_in < birth:
        zh = f"迁入日期{new.moved_in}早于出生日期{birth}。请核对。"
        faults.append(fault_at("moved_in", str(new.moved_in), zh, "The person moved in before being born."))
    if new.moved_in > day:
        zh = f"迁入日期{new.moved_in}晚于今天（{day}）。请核对。"
        faults.append(fault_at("moved_in", str(new.moved_in), zh, "The day of moving in lies ahead."))
    if new.phone and not re.fullmatch(r"[\d-]{7,20}", new.phone, re.ASCII):
        faults.append(fault_at("phone", "", "电话应为7至20位数字。请核对后重填。", "A phone number has 7 to 20 digits."))
    faults += _open_faults(new.organisation, place, new.moved_in)
    return Examined(number, sex, birth, _record_number(new, faults), faults)


def new_row(new: NewResident, examined: Examined) -> Resident:
    """The row of a resident that was examined and found in order; not saved."""
    number = examined.number
    return Resident(
        name=new.name.strip(),
        initials=initials(new.name),
        sex=examined.sex,
        birth_date=examined.birth,
        identity_kind=new.identity_kind if number else NO_DOCUMENT,
        identity_cipher=vault().encrypt(number) if number else None,
        identity_hash=examined.digest(new),
        identity_tail=number[-4:],
        record_number=examined.record_number,
        household=new.household,
        relation=new.relation,
        registration=new.registration,
        phone=new.phone.replace("-", ""),
    )


def register_resident(new: NewResident, *, actor: Staff | str, day: date) -> Resident:
    """Take in a resident with the first line of residency, all or nothing. A Staff must be allowed to write for the organisation.
    Raises PersonRefused with every fault."""
    allow_writing(actor, new.organisation, day)
    examined = examine(new, day, Organisation.objects.filter(pk=new.organisation).first())
    faults, digest = list(examined.faults), examined.digest(new)
    if examined.record_number and is_known("record", examined.record_number):
        faults.append(record_number_taken(examined.record_number))
    if digest and is_known("document", digest):
        faults.append(registered_already())
    if faults:
        raise PersonRefused(*faults)
    resident = new_row(new, examined)
    try:
        with acting_as(actor), transaction.atomic():
            resident.save()
            Residency.objects.create(resident=resident, organisation_id=new.organisation, started_on=new.moved_in)
            touched([resident.pk], "residency")
    except IntegrityError:  # registered by someone else between the check and the write
        raise PersonRefused(registered_already()) from None
    return resident


def _identity(new: NewResident, day: date, faults: list[Fault]) -> tuple[str, str, date | None]:
    """Number, sex and birth date, the latter two checked against what the number states."""
    written = new.identity_number.strip()
    if not written:
        return "", new.sex, new.birth_date
    if new.identity_kind != RESIDENT_IDENTITY_CARD:
        return written.upper(), new.sex, new.birth_date
    try:
        stated = check_identity_number(written, day=day)
        check_simulated(stated.number, home.current().kind)
    except IdentityError as error:
        faults.append(fault_at("identity_number", "", str(error), "The identity number is wrong. Check it against the card."))
        return "", new.sex, new.birth_date
    except DivisionError:
        simulated = home.current().kind == "simulated"
        faults.append(
            fault_at(
                "identity_number",
                "",
                "这是模拟台账，只接受以99开头的身份证号。" if simulated else "以99开头的身份证号是模拟号码，不能写入正式台账。",
                "A simulated home takes only identity numbers that begin with 99; a service home takes none of them.",
            )
        )
        return "", new.sex, new.birth_date
    if new.sex and new.sex != stated.sex:
        zh = f"性别填为{SEXES[new.sex].zh if new.sex in SEXES else new.sex}，身份证号显示为{SEXES[stated.sex].zh}。请核对后重填。"
        faults.append(fault_at("sex", new.sex, zh, "The sex differs from what the identity number states. Check both."))
    if new.birth_date and new.birth_date != stated.birth:
        zh = f"出生日期填为{new.birth_date}，与身份证号不一致。请核对后重填。"
        faults.append(fault_at("birth_date", str(new.birth_date), zh, "The birth date differs from the identity number's. Check both."))
    return stated.number, stated.sex, stated.birth


def _record_number(new: NewResident, faults: list[Fault]) -> str | None:
    if not new.record_number:
        return None
    try:
        number = str(RecordNumber.parse(new.record_number))
    except IdentityError as error:
        faults.append(fault_at("record_number", new.record_number, str(error), "A health record number has 17 digits."))
        return None
    return number


def record_number_taken(number: str) -> Fault:
    return fault_at("record_number", number, f"健康档案编号{number}已有人使用。请核对编号。", "This number is in use.")


def next_record_number(division: str) -> str:
    """The next health record number of a village (statistical division code of 12 digits). Numbers are never given twice, not even one
    whose bearer was deleted. Call it in the transaction that stores the number."""
    prefix = RecordNumber.compose(division, 1).prefix
    with transaction.atomic():
        series, _ = RecordNumberSeries.objects.select_for_update().get_or_create(prefix=prefix)
        highest = Resident.objects.filter(record_number__startswith=prefix).aggregate(last=Max("record_number"))["last"]
        series.last = max(series.last, int(highest[12:]) if highest else 0) + 1
        number = str(RecordNumber.compose(division, series.last))
        series.save(update_fields=["last"])
    return number


# -- households --------------------------------------------------------------------------------------------------------


def household_at(number: str, address: str, organisation: Organisation) -> Household | None:
    """The household of this number, made anew in the organisation's division where nobody has it; without a number a new one at the
    address, with the division's next number; None where neither is given. Call it in the transaction that stores its resident."""
    written, where = number.strip(), address.strip()
    if written:
        household, _ = Household.objects.get_or_create(number=written, defaults={"division_id": organisation.division_id, "address": where})
        return household
    if not where:
        return None
    prefix = organisation.division_id
    numbered = Household.objects.filter(number__startswith=prefix, number__regex=rf"^{prefix}[0-9]{{5}}$")
    highest = numbered.aggregate(last=Max("number"))["last"]
    serial = (int(highest[len(prefix) :]) if highest else 0) + 1
    return Household.objects.create(division_id=organisation.division_id, number=f"{prefix}{serial:05}", address=where)


# -- helpers -----------------------------------------------------------------------------------------------------------


def describe(resident: Resident, day: date) -> Mapping[str, object]:
    """What a list shows of a person: everything that identifies masked."""
    return {
        "name": mask_name(resident.name),
        "sex": SEXES[resident.sex],
        "age": age_in_years(resident.birth_date, resident.died_on or day),
        "phone": mask_phone(resident.phone),
        "identity": f"**************{resident.identity_tail}" if resident.identity_tail else "",
        "record_number": resident.record_number or "",
    }


def fault_at(field: str, value: str, zh: str, en: str) -> Fault:
    return Fault(field, value, Text(zh, en))


def registered_already() -> Fault:
    zh = "该证件号的居民已经登记。请检索该居民，并办理迁入。"
    return fault_at("identity_number", "", zh, "The person is registered already. Search, and enter a move.")


def allow_writing(actor: Staff | str, organisation: str | None, day: date, or_else: str | None = None) -> None:
    """A member of staff must be allowed to write for one of the two places; a process (import, simulation) has been let in before. Raises
    NotAllowed."""
    if isinstance(actor, str):
        return
    tree = tree_on(day)
    if not any(place is not None and may(actor, "write", place, tree) for place in (organisation, or_else)):
        raise NotAllowed


def place_faults(organisation: str, day: date) -> list[Fault]:
    return _open_faults(organisation, Organisation.objects.filter(pk=organisation).first(), day)


def _open_faults(organisation: str, place: Organisation | None, day: date) -> list[Fault]:
    if place is None:
        zh = f"没有代码为{organisation}的机构。请核对机构代码。"
        return [fault_at("organisation", organisation, zh, f"There is no organisation {organisation}. Check its code.")]
    if place.closed_on is not None and day > place.closed_on:
        zh = f"{place.name}已于{place.closed_on}撤销。请改填其业务并入的机构。"
        return [fault_at("organisation", organisation, zh, f"{place.name_en} closed on {place.closed_on}. Name the one that took over.")]
    if place.opened_on is not None and day < place.opened_on:
        zh = f"{place.name}自{place.opened_on}起才成立。请核对日期或机构。"
        return [fault_at("organisation", organisation, zh, f"{place.name_en} opened on {place.opened_on}. Check the day.")]
    return []
