"""How a record of any line of work is checked, derived and stored: one road for forms, files, the API and the simulation.

A record stands on one day (its DAY), written by one organisation; most are about a resident (Record), an office's are about the
organisation itself (UnitRecord). What several records of one owner decide together (the class of a visit, when the next is due and why;
whether a problem has come back) is derived from the owner's whole history each time one is written, and stored with the records, so that
pages and the ledger read it without thinking again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Self, TypeVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import timezone

from taizhang.county.changes import acting_as
from taizhang.county.closing import is_late
from taizhang.county.fields import element_of, is_required
from taizhang.county.models import Organisation, PeriodLock, Resident, Staff
from taizhang.county.organisations import tree_on
from taizhang.county.touched import touched
from taizhang.kernel.contracts import RecordContract
from taizhang.kernel.elements import Element, ElementError, ElementType
from taizhang.kernel.engines.rows import compile_row
from taizhang.kernel.parameters import as_decimal
from taizhang.kernel.periods import Period
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import registry
from taizhang.kernel.rules import EntryRule
from taizhang.kernel.text import Text

# Below the smallest limit of bound values that SQLite builds are met with.
_CHUNK = 900


class StoredRecord(models.Model):
    """A record of a line of work, by an organisation, on a day.

    recorded_by: the account. recorded_at: when it was typed, which is not when it happened. late: 补录, written after the fact.
    carried: the fields whose answers were carried over 沿用 from the record before, comma-joined.
    CONTRACT: its ledger table. DAY: name of the date field that places it in time. OWNER: the column whose equal values make records one
    history. BESIDE: the labels of other kinds whose records of the same owner its derivation looks at (a delivery at the antenatal visits
    before it); writing one of those derives these anew. No circles.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="服务机构")
    recorded_by = models.CharField("录入人", max_length=40, blank=True)
    recorded_at = models.DateTimeField("录入时间", default=timezone.now, editable=False)
    late = models.BooleanField("补录", default=False)
    carried = models.CharField("沿用项", max_length=600, blank=True, editable=False)

    CONTRACT: ClassVar[RecordContract]
    DAY: ClassVar[str]
    OWNER: ClassVar[str]
    BESIDE: ClassVar[tuple[str, ...]] = ()

    # The owner's records of the kinds in BESIDE, each in time order; there while it is derived.
    beside: Mapping[str, Sequence[StoredRecord]] = {}

    class Meta:
        abstract = True

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        """Fill the derived columns of one owner's records, given all of them in time order, each with its resident, if any, and what stands
        `beside` it at hand. Pure: no clock, no queries."""

    @classmethod
    def locks(cls) -> list[PeriodLock]:
        """The days in which records can no longer be written, by organisation; some registers close months of their own."""
        return list(PeriodLock.objects.all())


class Record(StoredRecord):
    """A record about a resident; the resident's records are one history."""

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+", verbose_name="居民")

    OWNER: ClassVar[str] = "resident_id"

    class Meta:
        abstract = True


class UnitRecord(StoredRecord):
    """A record about nobody: a deed, a problem, a title. The organisation's records are one history."""

    OWNER: ClassVar[str] = "organisation_id"

    class Meta:
        abstract = True


RecordT = TypeVar("RecordT", bound=StoredRecord)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a record: the field, what was written there as a reader sees it, what is wrong and what to do."""

    field: str
    value: str
    message: Text


class RecordRefused(Refusal, ValueError):
    """A record that was not stored; `faults` says why, all of it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("记录未保存：" + "；".join(fault.message.zh.rstrip("。") for fault in faults) + "。")

    @property
    def text(self) -> Text:
        return Text(str(self), "The record was not saved: " + " ".join(fault.message.en for fault in self.faults))


# -- checking ----------------------------------------------------------------------------------------------------------


def check(model: type[StoredRecord], values: Mapping[str, Any], *, day: date) -> list[Fault]:
    """Everything wrong with one record. values: by field name (resident or resident_id, organisation or organisation_id), as stored.
    day: the day it is written; nothing may happen after it."""
    return check_many(model, [values], day=day)[0]


def check_many(model: type[StoredRecord], rows: Sequence[Mapping[str, Any]], *, day: date) -> list[list[Fault]]:
    """check() for many rows, with a number of queries that grows with hundreds of residents, not with rows."""
    plain = [_plain(model, row) for row in rows]
    residents = {r["resident_id"] for r in plain if isinstance(r.get("resident_id"), int)}
    checker = _Checker(model, residents, {str(r["organisation_id"]) for r in plain if r.get("organisation_id")}, day)
    return [checker.faults(row) for row in plain]


def _plain(model: type[StoredRecord], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by column: foreign keys as the key itself, "" of anything but free text as nothing."""
    plain: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        value = values.get(field.attname, values.get(field.name))
        if isinstance(value, models.Model):
            value = value.pk
        plain[field.attname] = None if value == "" and field.null else value
    return plain


class _Checker:
    """What checking needs to know, read once: these residents and organisations, the locks."""

    def __init__(self, model: type[StoredRecord], residents: set[int], organisations: set[str], day: date) -> None:
        self.model, self.day = model, day
        rules: list[EntryRule] = registry.entry_rules.get(model.CONTRACT.table, [])
        self.rules = [(rule, compile_row(rule.holds, registry.parameters)) for rule in rules]
        self.residents: dict[int, tuple[date, date | None]] = {}
        for chunk in _chunks(sorted(residents)):
            for pk, born, died in Resident.objects.filter(pk__in=chunk).values_list("pk", "birth_date", "died_on"):
                self.residents[pk] = (born, died)
        self.organisations = {o.code: o for chunk in _chunks(sorted(organisations)) for o in Organisation.objects.filter(pk__in=chunk)}
        self.locks = model.locks()
        self.tree = tree_on(day) if self.locks else None

    def faults(self, values: Mapping[str, Any]) -> list[Fault]:
        faults = self._field_faults(values)
        faults += self._person_faults(values)
        if not faults:  # a rule over several fields means little while one of them is wrong
            faults += self._rule_faults(values)
        return faults

    def _field_faults(self, values: Mapping[str, Any]) -> list[Fault]:
        faults = []
        for field in self.model._meta.concrete_fields:
            value = values.get(field.attname)
            element = element_of(field)
            label = element.label if element else Text(str(field.verbose_name), field.name.replace("_", " "))
            if value is None or value == "":
                if is_required(field):
                    message = Text(f"{label.zh}未填。请补填。", f"{label.en} is missing. Fill it in.")
                    faults.append(Fault(field.name, "", message))
            elif element is not None and (message := _element_fault(element, value)) is not None:
                faults.append(Fault(field.name, _shown(element, value), message))
        return faults

    def _person_faults(self, values: Mapping[str, Any]) -> list[Fault]:
        resident, organisation, day = values.get("resident_id"), values.get("organisation_id"), values.get(self.model.DAY)
        faults: list[Fault] = []
        if resident is not None and resident not in self.residents:
            unknown = Text("没有这位居民。请先登记居民，或核对证件号。", "No such resident. Register the person first.")
            faults.append(Fault("resident", str(resident), unknown))
        place = self.organisations.get(organisation) if organisation else None
        if organisation and place is None:
            faults.append(
                Fault(
                    "organisation",
                    str(organisation),
                    Text(f"没有代码为{organisation}的机构。请核对机构代码。", f"There is no organisation {organisation}. Check its code."),
                )
            )
        if not isinstance(day, date) or isinstance(day, datetime):
            return faults
        label = str(self.model._meta.get_field(self.model.DAY).verbose_name)

        def fault(zh: str, en: str) -> None:
            faults.append(Fault(self.model.DAY, day.isoformat(), Text(zh, en)))

        if day > self.day:
            fault(f"{label}{day}晚于今天（{self.day}）。请核对日期。", f"{day} is after today ({self.day}). Check the date.")
        born, died = self.residents.get(resident, (None, None)) if resident is not None else (None, None)
        if born is not None and day < born:
            fault(
                f"{label}{day}早于出生日期{born}。请核对日期或居民。",
                f"{day} is before the birth date {born}. Check the date or the person.",
            )
        if died is not None and day > died:
            fault(
                f"{label}{day}晚于死亡日期{died}。请核对日期或居民。",
                f"{day} is after the date of death {died}. Check the date or the person.",
            )
        if place is not None and place.opened_on is not None and day < place.opened_on:
            fault(
                f"{label}{day}时{place.name}尚未成立（{place.opened_on}）。请核对日期或机构。",
                f"{place.name_en} had not opened on {day} (it opened on {place.opened_on}). Check the date or the organisation.",
            )
        if place is not None and place.closed_on is not None and day > place.closed_on:
            fault(
                f"{label}{day}时{place.name}已撤销（{place.closed_on}）。请改填其业务并入的机构。",
                f"{place.name_en} had closed by {day} (on {place.closed_on}). Name the organisation that took over.",
            )
        if place is not None and (lock := self.lock_over(place.code, day)) is not None:
            fault(
                f"{label}{day}所在时段（{lock.start}至{lock.end}）已锁定：{lock.reason}。需要更正请先由系统管理员解锁。",
                f"{day} lies in a locked period ({lock.start} to {lock.end}: {lock.reason}). Ask the administrator to unlock it.",
            )
        return faults

    def lock_over(self, organisation: str, day: date) -> PeriodLock | None:
        """The lock of the organisation, or of one above it, that covers the day."""
        if self.tree is None:
            return None
        present = self.tree.present(organisation)
        above = {organisation, *(self.tree.path(present) if present else ())}
        return next((lock for lock in self.locks if lock.organisation_id in above and lock.start <= day <= lock.end), None)

    def _rule_faults(self, values: Mapping[str, Any]) -> list[Fault]:
        day = values.get(self.model.DAY) or self.day
        row = {column.name: values.get(column.source) for column in self.model.CONTRACT.all_columns}
        period = Period(day, day)
        faults = []
        for rule, holds in self.rules:
            # Only a rule that is broken refuses; one that lacks a value to judge by is the required fields' affair.
            if holds(row, period, {}) is False:
                field = rule.fields[0] if rule.fields else self.model.DAY
                faults.append(Fault(field, _column_shown(self.model.CONTRACT, field, row), filled(rule.refusal, self.model.CONTRACT, row)))
        return faults


def _element_fault(element: Element, value: Any) -> Text | None:
    label = element.label
    match element.type:
        case ElementType.NUMBER if isinstance(value, bool) or not isinstance(value, int):
            return Text(f"{label.zh}应填数字。", f"{label.en} must be a number.")
        case ElementType.NUMBER:
            try:
                element.check(value)
            except ElementError as error:
                limits = f"{element.low} to {element.high} {element.unit}".strip()
                outside = f"{label.en} {element.show(value)} is outside the plausible range {limits}."
                return Text(str(error), f"{outside} Check it and enter it again.")
        case ElementType.DATE if not isinstance(value, date):
            return Text(f"{label.zh}应填日期，如2026-06-30。", f"{label.en} must be a date such as 2026-06-30.")
        case ElementType.YES_NO if not isinstance(value, bool):
            return Text(f"{label.zh}应填“是”或“否”。", f"{label.en} must be yes or no.")
        case ElementType.CODE | ElementType.CODES:
            known = {code for code, _ in element.codes}
            written = [str(value)] if element.type is ElementType.CODE else str(value).split(",")
            if strange := [code for code in written if code not in known]:
                allowed_zh = "、".join(f"{code} {wording.zh}" for code, wording in element.codes)
                allowed_en = ", ".join(f"{code} {wording.en}" for code, wording in element.codes)
                return Text(f"{label.zh}没有“{strange[0]}”这一项，可填：{allowed_zh}。", f"{label.en} has no {strange[0]!r}: {allowed_en}.")
    return None


def _shown(element: Element, value: Any) -> str:
    try:
        return element.show(value)
    except (TypeError, ValueError):
        return str(value)


def _column_shown(contract: RecordContract, name: str, row: Mapping[str, Any], language: str = "zh") -> str:
    column = next((c for c in contract.all_columns if name in (c.name, c.source)), None)
    value = row.get(column.name) if column else None
    if column is None or value is None:
        return {"zh": "未填", "en": "not given"}[language] if column else ""
    if column.places and isinstance(value, int):
        return str(as_decimal(value, column.places))
    return str(value)


def filled(wording: Text, contract: RecordContract, row: Mapping[str, Any]) -> Text:
    """The refusal with {column} filled in."""
    names = [column.name for column in contract.all_columns]
    return Text(
        wording.zh.format(**{name: _column_shown(contract, name, row) for name in names}),
        wording.en.format(**{name: _column_shown(contract, name, row, "en") for name in names}),
    )


# -- storing -----------------------------------------------------------------------------------------------------------


def save(record: RecordT, *, actor: Staff | str, day: date) -> RecordT:
    """Check a record, derive the person's history with it, and write it and what else changed, all or nothing. Raises RecordRefused."""
    model = type(record)
    with acting_as(actor), transaction.atomic():
        # One writer a history at a time, or two visits written at once would each derive without the other.
        owner = getattr(record, model.OWNER)
        _locked(model, [owner])
        faults = check(model, {f.attname: getattr(record, f.attname) for f in model._meta.concrete_fields}, day=day)
        stored = model._default_manager.filter(pk=record.pk).first() if record.pk else None
        if stored is not None and _lies(stored) != _lies(record):  # else the lock over it has been named once
            faults += _frozen(stored, day)
        if not faults:
            faults += doubled(record)
        if faults:
            raise RecordRefused(faults)
        if stored is None:
            record.recorded_by = record.recorded_by or _account(actor)
            record.late = record.late or written_late(record, day=day)
        _empty_to_null(record)
        others = model._default_manager.exclude(pk=record.pk) if record.pk else model._default_manager.all()
        _write(model, [record], list(others.filter(**{model.OWNER: owner})))
        if stored is not None and getattr(stored, model.OWNER) != owner:
            _write(model, [], list(model._default_manager.filter(**{model.OWNER: getattr(stored, model.OWNER)})))
    return record


def written_late(record: StoredRecord, *, day: date) -> bool:
    """补录: whether a new record, written on `day`, is of a day whose figures have been given out."""
    on = getattr(record, record.DAY)
    return isinstance(on, date) and is_late(record._meta.app_label, record.organisation_id, on, day=day)


def remove(record: StoredRecord, *, actor: Staff | str, day: date) -> None:
    """Delete a record and derive its owner's other records anew. Raises RecordRefused in a locked period."""
    model = type(record)
    with acting_as(actor), transaction.atomic():
        stored = model._default_manager.get(pk=record.pk)  # not what the caller has made of it meanwhile
        owner = getattr(stored, model.OWNER)
        _locked(model, [owner])
        if faults := _frozen(stored, day):
            raise RecordRefused(faults)
        stored.delete()
        _write(model, [], list(model._default_manager.filter(**{model.OWNER: owner})), gone=(owner,))


def apply_many(
    model: type[RecordT],
    rows: Iterable[Mapping[str, Any]],
    *,
    actor: Staff | str,
    corrections: Mapping[int, tuple[int | str, Mapping[str, Any]]] | None = None,
) -> int:
    """Store many new records at once; how many. rows: values by field name, already checked (check_many), each may state its own
    recorded_by and recorded_at. corrections: by the key of a stored record, its owner and the values to be changed, checked likewise
    (and frozen_many). One transaction; the statements grow with hundreds of records, not with records."""
    mended = corrections or {}
    with acting_as(actor), transaction.atomic():
        fresh = [model(**row) for row in rows]
        account = _account(actor)
        for record in fresh:
            record.recorded_by = record.recorded_by or account
            _empty_to_null(record)
        there: list[RecordT] = []
        for chunk in _chunks(sorted({getattr(record, model.OWNER) for record in fresh} | {owner for owner, _ in mended.values()})):
            _locked(model, chunk)
            there += model._default_manager.filter(**{f"{model.OWNER}__in": chunk})
        before = _states(model, there)
        for record in there:
            if record.pk in mended:
                for name, value in mended[record.pk][1].items():
                    setattr(record, name, value)
                _empty_to_null(record)
        _write(model, fresh, there, before)
        return len(fresh)


def derive_again(model: type[StoredRecord], residents: Iterable[int], *, actor: Staff | str) -> int:
    """Derive stored histories anew, as after a birth date was corrected by an import; how many records changed. Records about nobody have
    nothing to derive from a person."""
    changed = 0
    if not issubclass(model, Record):
        return changed
    with acting_as(actor), transaction.atomic():
        for chunk in _chunks(sorted(set(residents))):
            changed += _write(model, [], list(model._default_manager.filter(resident_id__in=chunk)))
    return changed


def _write(
    model: type[RecordT],
    written: list[RecordT],
    others: list[RecordT],
    stored: dict[int, tuple[Any, ...]] | None = None,
    gone: Iterable[Any] = (),
) -> int:
    """Derive the histories that `written` and `others` make up together; store the written and those others that changed; tell whom it has
    touched. stored: the others' states as they are stored (_states), where they have been corrected since. gone: owners that lost one."""
    fields = _fields(model)
    before = _states(model, others) if stored is None else stored
    histories: dict[Any, list[RecordT]] = {}
    for record in (*others, *written):
        histories.setdefault(getattr(record, model.OWNER), []).append(record)
    residents: dict[int, Resident] = {}
    for chunk in _chunks(sorted(histories)) if issubclass(model, Record) else ():
        residents.update(Resident.objects.in_bulk(chunk))
    beside = beside_of(model, sorted(histories))
    for owner, history in histories.items():
        # The new one stands after those of its day, as its number will be higher.
        history.sort(key=lambda r: (getattr(r, model.DAY), r.pk is None, r.pk or 0))
        for record in history if residents else ():  # a rule may ask the person's age, and must not ask the database for it
            record.resident = residents[owner]  # type: ignore[attr-defined]
        for record in history if model.BESIDE else ():
            record.beside = beside.get(owner, {})
        model.derive(history)
    fresh, corrected = [r for r in written if not r.pk], [r for r in written if r.pk]
    if len(fresh) == 1:
        fresh[0].save(force_insert=True)
    else:
        _insert(model, fresh, fields)
    for record in corrected:
        record.save(force_update=True)
    changed = [record for record in others if _state(record, fields) != before[id(record)]]
    _update(model, changed, [before[id(record)] for record in changed], fields)
    if issubclass(model, Record):
        touched({*histories, *gone}, model.CONTRACT.table)
    for reader in _readers(model):
        for chunk in _chunks(sorted({*histories, *gone})):
            _write(reader, [], list(reader._default_manager.filter(**{f"{reader.OWNER}__in": chunk})))
    return len(changed)


def beside_of(model: type[StoredRecord], owners: Sequence[Any]) -> dict[Any, dict[str, list[StoredRecord]]]:
    """What stands beside the owners' records of a kind: owner -> label of a kind in BESIDE -> its records in time order."""
    found: dict[Any, dict[str, list[StoredRecord]]] = {}
    for label in model.BESIDE:
        kind: type[StoredRecord] = apps.get_model(label)
        for chunk in _chunks(owners):
            for record in kind._default_manager.filter(**{f"{kind.OWNER}__in": chunk}).order_by(kind.DAY, "pk"):
                found.setdefault(getattr(record, kind.OWNER), {}).setdefault(label, []).append(record)
    return found


def _readers(model: type[StoredRecord]) -> list[type[StoredRecord]]:
    """The kinds that look at this one when they are derived."""
    return [kind for kind in apps.get_models() if issubclass(kind, StoredRecord) and model._meta.label in kind.BESIDE]


# A form has some sixty columns, of which a file fills twenty and a derivation changes two. Django's bulk_create and bulk_update prepare
# and send them all, 17 rows a statement on SQLite; one prepared statement with the columns that matter is several times faster, and the
# change triggers see it as well.


def _insert(model: type[RecordT], records: list[RecordT], fields: Sequence[models.Field[Any, Any]]) -> None:
    """Insert many; columns that no record fills are left to be null. The records do not learn their keys."""
    used = [field for field in fields if not field.null or any(getattr(record, field.attname) is not None for record in records)]
    names = ", ".join(connection.ops.quote_name(field.column) for field in used)
    places = ", ".join(["%s"] * len(used))
    if records:
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", [_prepared(record, used) for record in records])


def _update(
    model: type[RecordT], records: list[RecordT], before: Sequence[tuple[Any, ...]], fields: Sequence[models.Field[Any, Any]]
) -> None:
    """Write back the columns in which any of the records differs from its state before."""
    states = [_state(record, fields) for record in records]
    used = [field for place, field in enumerate(fields) if any(new[place] != old[place] for new, old in zip(states, before, strict=True))]
    if used:
        settings = ", ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in used)
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.executemany(f"UPDATE {table} SET {settings} WHERE id = %s", [(*_prepared(r, used), r.pk) for r in records])


def _prepared(record: StoredRecord, fields: Sequence[models.Field[Any, Any]]) -> tuple[Any, ...]:
    return tuple(field.get_db_prep_save(getattr(record, field.attname), connection) for field in fields)


def _fields(model: type[StoredRecord]) -> list[models.Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _states(model: type[RecordT], records: Sequence[RecordT]) -> dict[int, tuple[Any, ...]]:
    fields = _fields(model)
    return {id(record): _state(record, fields) for record in records}


def _state(record: StoredRecord, fields: Sequence[models.Field[Any, Any]]) -> tuple[Any, ...]:
    return tuple(getattr(record, field.attname) for field in fields)


def frozen_many(model: type[StoredRecord], stored: Iterable[tuple[str, date]], *, day: date) -> list[list[Fault]]:
    """For stored records, given as organisation and day, why each can be neither changed nor deleted; empty where it can."""
    checker = _Checker(model, set(), set(), day)
    return [_locked_fault(model, when, checker.lock_over(organisation, when)) for organisation, when in stored]


def _frozen(stored: StoredRecord, day: date) -> list[Fault]:
    """A stored record in a locked period can be neither changed nor deleted."""
    return frozen_many(type(stored), [(stored.organisation_id, getattr(stored, stored.DAY))], day=day)[0]


def _lies(record: StoredRecord) -> tuple[str, date]:
    """Where a lock finds the record."""
    return record.organisation_id, getattr(record, record.DAY)


def _locked_fault(model: type[StoredRecord], when: date, lock: PeriodLock | None) -> list[Fault]:
    if lock is None:
        return []
    message = Text(
        f"原记录（{when}）所在时段（{lock.start}至{lock.end}）已锁定：{lock.reason}。需要更正请先由系统管理员解锁。",
        f"The stored record ({when}) is locked ({lock.start} to {lock.end}: {lock.reason}). Ask the administrator to unlock it.",
    )
    return [Fault(model.DAY, when.isoformat(), message)]


def _locked(model: type[StoredRecord], owners: Sequence[Any]) -> None:
    """Hold the owners' rows until the transaction ends (on SQLite the whole database is held already). Always before their records are
    read, and lowest first: two who write about the same people then wait for each other in one order."""
    kind: Any = Resident.objects if issubclass(model, Record) else Organisation.objects
    list(kind.select_for_update().filter(pk__in=owners).order_by("pk").values_list("pk"))


def doubled(record: StoredRecord) -> list[Fault]:
    """A second record where there can be one only, such as two visits of a kind on one day."""
    try:
        record.validate_constraints()
    except ValidationError:
        when = getattr(record, record.DAY)
        whose = Text("该居民", "The person") if isinstance(record, Record) else Text("该单位", "The unit")
        message = Text(
            f"{whose.zh}{when}已有一条{record._meta.verbose_name}记录。请改在原记录上更正，或核对日期。",
            f"{whose.en} has a record of this kind on {when} already. Correct that one, or check the date.",
        )
        return [Fault(record.DAY, when.isoformat(), message)]
    return []


def _empty_to_null(record: StoredRecord) -> None:
    for field in record._meta.concrete_fields:
        if field.null and getattr(record, field.attname) == "":
            setattr(record, field.attname, None)


def _account(actor: Staff | str) -> str:
    return (actor if isinstance(actor, str) else actor.username)[:40]


def _chunks(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
