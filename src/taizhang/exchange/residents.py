"""Files of residents: taken in as county.people takes in one, but a batch at a time.

A person is recognised by identity number, else by health record number, else (no document at hand) by name, birth date and the
organisation moved into. Identity numbers leave the file for the vault at once: what is laid aside holds their cipher only.
"""

import pickle
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from django.db import IntegrityError, transaction

from taizhang.county import people
from taizhang.county.changes import acting_as
from taizhang.county.correcting import derive_from_birth
from taizhang.county.english import initials
from taizhang.county.identity import RESIDENT_IDENTITY_CARD
from taizhang.county.models import Household, Residency, Resident
from taizhang.county.people import Examined, NewResident
from taizhang.county.touched import touched
from taizhang.exchange.columns import Column, Heading
from taizhang.exchange.reading import FileRefused
from taizhang.exchange.report import CellFault, Row
from taizhang.exchange.run import BATCH, Run, batches, empty_faults, formula_faults
from taizhang.exchange.values import Places, read_day
from taizhang.kernel.text import Text

RESIDENTS = Text("居民", "residents")
COLUMNS = (
    Column("name", Text("姓名", "Name"), required=True),
    Column("identity_number", Text("身份证号", "Identity number"), names=("身份证号码", "证件号", "证件号码", "公民身份号码")),
    Column("identity_kind", Text("证件类型", "Kind of document")),
    Column("sex", Text("性别", "Sex")),
    Column("birth_date", Text("出生日期", "Date of birth")),
    Column("organisation", Text("机构", "Organisation"), required=True, names=("村", "村卫生室", "管理机构", "机构代码", "机构名称")),
    Column("moved_in", Text("迁入日期", "Moved in on"), required=True),
    Column("registration", Text("户籍类型", "Registration"), names=("户籍",)),
    Column("phone", Text("电话", "Telephone"), names=("本人电话", "联系电话", "手机")),
    Column("household", Text("户编号", "Household"), names=("家庭编号",)),
    Column("relation", Text("与户主关系", "Relation to head")),
    Column("record_number", Text("健康档案编号", "Health record number"), names=("档案编号",)),
)
_SEXES = {name: code for code, label in people.SEXES.items() for name in (code, label.zh, label.en)} | {"男性": "1", "女性": "2"}
_REGISTRATIONS = {"1": "1", "户籍": "1", "本地": "1", "2": "2", "非户籍": "2", "外地": "2"}
_COMPARED = ("name", "sex", "birth_date", "registration", "phone", "relation", "record_number")
_QUERY = 900


@dataclass(slots=True)
class _Item:
    row: Row
    faults: list[CellFault]
    new: NewResident | None = None
    examined: Examined | None = None
    household: str = ""
    stored: Resident | None = None
    differing: Sequence[str] = ()  # for a correction, the columns in which the row differs

    @property
    def key(self) -> tuple[Any, ...]:
        assert self.new is not None
        assert self.examined is not None
        if digest := self.examined.digest(self.new):
            return ("document", digest)
        if self.examined.record_number:
            return ("record", self.examined.record_number)
        return ("person", self.new.name.strip(), self.examined.birth, self.new.organisation)


def import_residents(run: Run) -> None:
    heading, rows = run.table(COLUMNS, RESIDENTS)
    reader = _Reader(run, heading)
    with tempfile.TemporaryFile() as shelf:
        for batch in batches(rows, BATCH):
            run.report.read += len(batch)
            written = [_row_of(item) for item in reader.sift(batch)]
            if written and not run.dry_run:
                pickle.dump(written, shelf, pickle.HIGHEST_PROTOCOL)
        if not run.dry_run:
            _apply(run, reader.places, shelf)


class _Reader:
    def __init__(self, run: Run, heading: Heading) -> None:
        self.run, self.heading = run, heading
        self.places = Places.read(run.actor, run.day)
        self.seen: dict[tuple[Any, ...], tuple[int, int]] = {}
        self.numbers: set[str] = set()  # record numbers that this file gives
        self.residencies: dict[int, list[Residency]] = {}

    def sift(self, batch: Sequence[Row]) -> Iterator[_Item]:
        items = [self._read(row) for row in batch]
        sound = [item for item in items if not item.faults]
        self._meet(sound)
        kept = [item for item in sound if not self._says_nothing_new(item)]
        for item in items:
            if item.faults:
                self.run.refuse(item.row, item.faults)
        for item in kept:
            if not item.faults:
                self.run.report.accepted += item.stored is None
                self.run.report.corrected += item.stored is not None
                yield item

    def _read(self, row: Row) -> _Item:
        heading = self.heading
        faults = [*formula_faults(heading, row), *empty_faults(heading, row, COLUMNS)]
        if faults:
            return _Item(row, faults)

        def said(field: str) -> str:
            return heading.value(row.cells, field)

        def fault(field: str, message: Text) -> None:
            faults.append(CellFault(heading.label(field) or _label(field), said(field), message))

        days: dict[str, date | None] = {}
        for field in ("birth_date", "moved_in"):
            day = read_day(said(field)) if said(field) else None
            days[field] = None if isinstance(day, Text) else day
            if isinstance(day, Text):
                fault(field, day)
        sex = _SEXES.get(said("sex"), "" if not said("sex") else said("sex"))
        registration = _REGISTRATIONS.get(said("registration") or "1")
        if registration is None:
            fault("registration", Text("户籍类型应填1（户籍）或2（非户籍）。", "Registration must be 1 (registered here) or 2 (not)."))
        if re.fullmatch(r"[\d.]+[eE]\+?\d+", said("identity_number")):
            fault(
                "identity_number",
                Text(
                    "身份证号被Excel当作数字，后几位已经丢失。请把该列设为“文本”格式后重填。",
                    "Excel kept the number without its last digits. Format the column as text and enter it again.",
                ),
            )
        if not re.fullmatch(r"\d{0,2}", said("relation"), re.ASCII):
            fault("relation", Text("与户主关系应填GB/T 4761的两位代码。请改正。", "The relation must be a code of two digits (GB/T 4761)."))
        for field, limit in (("name", 40), ("household", 24)):
            if len(said(field)) > limit:
                fault(field, Text(f"{_label(field)}超过{limit}字。请缩短。", f"Longer than {limit} characters."))
        code = self.places.find(said("organisation"))
        if isinstance(code, Text):
            fault("organisation", code)
        if faults or isinstance(code, Text) or (moved_in := days["moved_in"]) is None:
            return _Item(row, faults)
        new = NewResident(
            name=said("name"), organisation=code, moved_in=moved_in, identity_number=said("identity_number"),
            identity_kind=said("identity_kind") or RESIDENT_IDENTITY_CARD, sex=sex, birth_date=days["birth_date"],
            registration=registration or "1", phone=said("phone"), relation=said("relation"), record_number=said("record_number"),
        )  # fmt: skip
        examined = people.examine(new, self.run.day, self.places.by_code[code])
        faults += [CellFault(heading.label(f.field) or _label(f.field), f.value or said(f.field), f.message) for f in examined.faults]
        return _Item(row, faults, new, examined, said("household"))

    # -- who is there already ------------------------------------------------------------------------------------------

    def _meet(self, items: Sequence[_Item]) -> None:
        """Find the stored resident of each item, and record numbers that others bear."""
        by_hash = self._by("identity_hash", [item.key[1] for item in items if item.key[0] == "document"])
        numbers = [item.examined.record_number for item in items if item.examined and item.examined.record_number]
        by_number = self._by("record_number", numbers)
        by_name: dict[str, list[Resident]] = {}
        for chunk in batches(sorted({item.key[1] for item in items if item.key[0] == "person"}), _QUERY):
            for resident in Resident.objects.filter(name__in=chunk, identity_hash=None):
                by_name.setdefault(resident.name, []).append(resident)
        candidates = {r.pk for r in (*by_hash.values(), *by_number.values(), *(r for rows in by_name.values() for r in rows))}
        self.residencies = {}
        for chunk in batches(sorted(candidates), _QUERY):
            for residency in Residency.objects.filter(resident_id__in=chunk).order_by("started_on"):
                self.residencies.setdefault(residency.resident_id, []).append(residency)
        for item in items:
            kind, value = item.key[:2]
            if kind == "document":
                item.stored = by_hash.get(value)
            elif kind == "record":
                item.stored = by_number.get(value)
            else:
                item.stored = next((r for r in by_name.get(value, []) if self._is_the_person(r, item)), None)
            assert item.examined is not None
            bearer = by_number.get(item.examined.record_number or "")
            if bearer is not None and (item.stored is None or bearer.pk != item.stored.pk):
                taken = people.record_number_taken(item.examined.record_number or "")
                item.faults.append(CellFault(_label("record_number"), taken.value, taken.message))

    @staticmethod
    def _by(field: str, values: Iterable[str]) -> dict[str, Resident]:
        found: dict[str, Resident] = {}
        for chunk in batches(sorted(set(values)), _QUERY):
            for resident in Resident.objects.filter(**{f"{field}__in": chunk}).select_related("household"):
                found[getattr(resident, field)] = resident
        return found

    def _is_the_person(self, resident: Resident, item: _Item) -> bool:
        _, _, birth, organisation = item.key
        return resident.birth_date == birth and any(r.organisation_id == organisation for r in self.residencies.get(resident.pk, []))

    def _says_nothing_new(self, item: _Item) -> bool:
        if item.faults:
            return False
        mark = hash(tuple(item.row.cells))
        earlier = self.seen.setdefault(item.key, (item.row.number, mark))
        assert item.examined is not None
        number = item.examined.record_number
        if earlier[0] != item.row.number:
            if earlier[1] == mark:
                self.run.report.unchanged += 1
                return True
            message = Text(
                f"与第{earlier[0]}行是同一个人，内容却不同。请只留一行。",
                f"The same person as row {earlier[0]} with other contents. Keep one.",
            )
            item.faults.append(CellFault(_label("name"), item.row.cells[self.heading.places["name"]], message))
            return False
        if number and number in self.numbers:
            message = Text(
                f"健康档案编号{number}在本文件中已给了另一个人。请核对编号。", "This file gives the number to someone else already."
            )
            item.faults.append(CellFault(_label("record_number"), number, message))
        elif item.stored is not None:
            item.differing = self._differing(item)
            item.faults += self._contradictions(item, item.differing) if item.differing else []
        if item.faults:
            del self.seen[item.key]  # a row that repeats this one is as bad
            return False
        self.numbers |= {number} if number else set()
        known = item.stored is not None and not item.differing
        self.run.report.unchanged += known
        return known

    def _differing(self, item: _Item) -> list[str]:
        """The columns of the file in which the row differs from the stored person."""
        assert item.new is not None
        assert item.examined is not None
        assert item.stored is not None
        values = values_of(item.new, item.examined)
        given = set(self.heading.places) | ({"sex", "birth_date"} if item.examined.number else set())
        differing = [f for f in _COMPARED if f in given and (getattr(item.stored, f) or "") != (values[f] or "")]
        stored_household = item.stored.household.number if item.stored.household else ""
        if "household" in given and item.household != stored_household:
            differing.append("household")
        lines = self.residencies.get(item.stored.pk, [])
        if not any((r.organisation_id, r.started_on) == (item.new.organisation, item.new.moved_in) for r in lines):
            same_place = any(r.organisation_id == item.new.organisation for r in lines)
            differing.append("moved_in" if same_place else "organisation")
        return differing

    def _contradictions(self, item: _Item, differing: Sequence[str]) -> list[CellFault]:
        assert item.stored is not None
        assert item.new is not None
        lines = self.residencies.get(item.stored.pk, [])
        heading, cells = self.heading, item.row.cells

        def fault(field: str, zh: str, en: str) -> CellFault:
            return CellFault(heading.label(field) or _label(field), heading.value(cells, field), Text(zh, en))

        if self.places.writable is not None and not any(r.organisation_id in self.places.writable for r in lines):
            zh = "该证件号的居民已由其他机构登记。请检索该居民，并办理迁入。"
            return [fault("identity_number", zh, "The person is registered elsewhere. Search, and enter a move.")]
        if "organisation" in differing:
            zh = "该居民已登记，且不曾由此机构管理。迁移请办理迁入，不能用导入更正。"
            return [fault("organisation", zh, "The person is registered elsewhere. Enter a move; an import cannot move people.")]
        if not self.run.correct:
            zh = "该居民已登记，此项与登记的不同。确为更正的，请勾选“更正”（命令行加--correct）重新导入。"
            return [
                fault(f, zh, "The person is registered with another value here. If this corrects it, import with --correct.")
                for f in differing
            ]
        own = [r for r in lines if r.organisation_id == item.new.organisation]
        if "moved_in" in differing and (len(own) != 1 or len(lines) != 1):
            zh = "该居民有多次迁移，迁入日期不能用导入更正。请在居民页面“更正信息”中更正。"
            return [fault("moved_in", zh, "The person has moved several times; correct the day on the person's page.")]
        return []


def _label(field: str) -> str:
    return next((column.label.zh for column in COLUMNS if column.field == field), field)


def values_of(new: NewResident, examined: Examined) -> dict[str, Any]:
    return {
        "name": new.name.strip(), "sex": examined.sex, "birth_date": examined.birth, "registration": new.registration,
        "phone": new.phone.replace("-", ""), "relation": new.relation, "record_number": examined.record_number,
    }  # fmt: skip


# -- writing -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Aside:
    """A row to be written, without the identity number. values: of a new resident all, of a correction those that change. moved_in: of
    a correction, None where it stays."""

    stored: int | None
    values: Mapping[str, Any]
    household: str
    organisation: str
    moved_in: date | None


def _row_of(item: _Item) -> _Aside:
    assert item.new is not None
    assert item.examined is not None
    new = item.new
    if item.stored is None:
        row = people.new_row(new, item.examined)
        values = {f.attname: getattr(row, f.attname) for f in Resident._meta.concrete_fields if not f.primary_key}
        return _Aside(None, values, item.household, new.organisation, new.moved_in)
    values = {name: value for name, value in values_of(new, item.examined).items() if name in item.differing}
    household = item.household if "household" in item.differing else ""
    return _Aside(item.stored.pk, values, household, new.organisation, new.moved_in if "moved_in" in item.differing else None)


def _apply(run: Run, places: Places, shelf: IO[bytes]) -> None:
    end = shelf.tell()
    shelf.seek(0)
    born_anew: set[int] = set()
    try:
        with acting_as(run.actor), transaction.atomic():
            while shelf.tell() < end:
                rows: list[_Aside] = pickle.load(shelf)
                households = _households(rows, places)
                _insert([row for row in rows if row.stored is None], households)
                born_anew |= _correct({row.stored: row for row in rows if row.stored is not None}, households)
            derive_from_birth(born_anew, actor=run.actor)
    except IntegrityError:
        raise FileRefused(
            Text(
                "导入期间有人登记了同样的居民，本次没有写入任何行。请重新导入。",
                "Someone registered the same people meanwhile; nothing was written. Import again.",
            )
        ) from None


def _households(rows: Sequence[_Aside], places: Places) -> dict[str, int]:
    """The households the rows name, those that are new made in the village of the organisation."""
    wanted = {row.household: row.organisation for row in reversed(rows) if row.household}
    found: dict[str, int] = {}
    for chunk in batches(sorted(wanted), _QUERY):
        found |= dict(Household.objects.filter(number__in=chunk).values_list("number", "id"))
    fresh = [Household(number=n, division_id=places.by_code[o].division_id) for n, o in wanted.items() if n not in found]
    return found | {household.number: household.pk for household in Household.objects.bulk_create(fresh, batch_size=_QUERY)}


def _insert(rows: Sequence[_Aside], households: Mapping[str, int]) -> None:
    people_made = [Resident(**{**row.values, "household_id": households.get(row.household)}) for row in rows]
    made = Resident.objects.bulk_create(people_made, batch_size=1_000)
    Residency.objects.bulk_create(
        (Residency(resident=r, organisation_id=row.organisation, started_on=row.moved_in) for r, row in zip(made, rows, strict=True)),
        batch_size=1_000,
    )
    touched({resident.pk for resident in made}, "residency")


def _correct(rows: Mapping[int, _Aside], households: Mapping[str, int]) -> set[int]:
    """Bring stored residents into line; those whose birth date or sex changed."""
    changed: set[int] = set()
    residents: list[Resident] = []
    for chunk in batches(sorted(rows), _QUERY):
        residents += Resident.objects.filter(pk__in=chunk)
    for resident in residents:
        row = rows[resident.pk]
        if "birth_date" in row.values or "sex" in row.values:
            changed.add(resident.pk)
        for name, value in row.values.items():
            setattr(resident, name, value)
        resident.initials = initials(resident.name)
        resident.household_id = households.get(row.household, resident.household_id)
        resident.save(update_fields=[*row.values, "initials", "household_id"])
        if row.moved_in is not None:  # there is one line of residency only
            Residency.objects.filter(resident=resident).update(started_on=row.moved_in)
    return changed
