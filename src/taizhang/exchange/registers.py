"""Files of a register: records of a line of work, each about a resident on a day.

All rows are checked first, in batches that bound memory, and the good ones laid aside in a nameless file; then one transaction writes
them, in the order of residents, so that each person's history is derived once. A process that dies before the end leaves nothing.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.db import IntegrityError, models, transaction

from taizhang.county import recording
from taizhang.county.changes import acting_as
from taizhang.county.closing import Lateness
from taizhang.county.models import Staff
from taizhang.county.organisations import tree_on
from taizhang.county.reach import model_of, places_for
from taizhang.county.recording import Record, StoredRecord
from taizhang.exchange.columns import Column, Heading
from taizhang.exchange.reading import FileRefused
from taizhang.exchange.report import CellFault, Row
from taizhang.exchange.run import BATCH, Run, batches, empty_faults, formula_faults
from taizhang.exchange.values import Known, People, Places, read_day
from taizhang.kernel.elements import Element, ElementError, ElementType
from taizhang.kernel.registers import Register, RegisterColumn
from taizhang.kernel.text import Text

NAME = Column("resident_name", Text("姓名", "Name of the resident"))
_RESIDENT_NAMES = ("身份证号", "身份证号码", "证件号", "证件号码", "健康档案编号", "档案编号", "居民")
_ORGANISATION_NAMES = ("机构代码", "机构名称", "服务机构", "管理机构")
_QUERY = 900  # below the smallest limit of bound values


def columns_of(register: Register) -> list[Column]:
    """The columns of a register's file. 姓名 may stand beside the number; it must then be that person's: rows that slipped show so."""
    names = {"resident": _RESIDENT_NAMES, "organisation": _ORGANISATION_NAMES}
    columns = [
        Column(c.field, _with_unit(c), c.required, names.get(c.kind, ()), c.element.unit if c.element else "") for c in register.columns
    ]
    taken = {column.label.zh for column in columns}
    about_somebody = issubclass(model_of(register), Record)
    return [*columns, NAME] if about_somebody and NAME.label.zh not in taken else columns


def _with_unit(column: RegisterColumn) -> Text:
    unit = column.element.unit if column.element else ""
    return Text(f"{column.label.zh}（{unit}）", f"{column.label.en} ({unit})") if unit else column.label


@dataclass(slots=True)
class _Item:
    """A row on its way: its values by column (foreign keys as keys), what is wrong with it, the stored record it meets."""

    row: Row
    values: dict[str, Any]
    faults: list[CellFault]
    stored: dict[str, Any] | None = None


def import_register(run: Run, register: Register) -> None:
    model = model_of(register)
    columns = columns_of(register)
    heading, rows = run.table(columns, register.name)
    reader = _Reader(run, register, model, columns, heading)
    with tempfile.TemporaryFile() as shelf:
        aside = _Aside(shelf)
        for batch in batches(rows, BATCH):
            run.report.read += len(batch)
            for item in reader.late_marked(list(reader.sift(batch))):
                if item.stored is None:
                    run.report.accepted += 1
                    run.report.late += item.values["late"]
                    aside.put(item.values[model.OWNER], None, item.values)
                else:
                    run.report.corrected += 1
                    aside.put(item.values[model.OWNER], item.stored["id"], item.values)
        if not run.dry_run:
            _apply(run, model, aside)


class _Reader:
    """Rows of a register's file to checked records, batch by batch."""

    def __init__(self, run: Run, register: Register, model: type[StoredRecord], columns: Sequence[Column], heading: Heading) -> None:
        self.run, self.register, self.model, self.columns, self.heading = run, register, model, columns, heading
        self.people = People(run.actor, run.day)
        self.places = Places.read(run.actor, run.day)
        if isinstance(run.actor, Staff):
            self.places.writable = frozenset(places_for(run.actor, register, "write", tree_on(run.day)))
        self.fields: dict[str, models.Field[Any, Any]] = {f.name: f for f in model._meta.concrete_fields}
        self.given = [column for column in register.columns if column.field in heading.places]
        self.key = [self.fields[name].attname for name in register.natural_key]
        self.told = [self.fields[column.field].attname for column in self.given]
        self.seen: dict[tuple[Any, ...], tuple[int, int]] = {}  # natural key -> row number and hash of the values
        self.codes: dict[str, str | Text] = {}

    def sift(self, batch: Sequence[Row]) -> Iterator[_Item]:
        """The rows of a batch to be written. The others are counted or refused here."""
        people = self.people.find(text for row in batch if (text := self.heading.value(row.cells, "resident")))
        items = [self._read(row, people) for row in batch]
        sound = [item for item in items if not item.faults]
        for item, stored in zip(sound, self._stored(sound), strict=True):
            item.stored = stored
        doubles: list[_Item] = []
        fresh = [item for item in sound if not self._says_nothing_new(item, doubles)]
        self._check([item for item in fresh if not item.faults])
        for item in fresh:
            if item.faults and self.seen.get(key := self._key_of(item.values), (0, 0))[0] == item.row.number:
                del self.seen[key]
        # A row that repeats another counts as unchanged only if that other was good; else it is as bad.
        orphans = [item for item in doubles if self._key_of(item.values) not in self.seen]
        self.run.report.unchanged += len(doubles) - len(orphans)
        self._check(orphans)
        for item in items:
            if item.faults:
                self.run.refuse(item.row, item.faults)
        yield from (item for item in fresh if not item.faults)

    def late_marked(self, items: Sequence[_Item]) -> Sequence[_Item]:
        """The same items; of the new ones, those of days whose figures have been given out are marked as late entries 补录."""
        places = {item.values["organisation_id"] for item in items}
        lateness = Lateness(self.register.programme, places, day=self.run.day) if items else None
        for item in items:
            if lateness is not None and item.stored is None:
                item.values["late"] = lateness.of(item.values["organisation_id"], item.values[self.model.DAY])
        return items

    # -- reading -------------------------------------------------------------------------------------------------------

    def _read(self, row: Row, people: Mapping[str, Known | Text]) -> _Item:
        heading = self.heading
        faults = [*formula_faults(heading, row), *empty_faults(heading, row, self.columns)]
        if faults:
            return _Item(row, {}, faults)
        values: dict[str, Any] = {}
        for column in self.given:
            written = heading.value(row.cells, column.field)
            field = self.fields[column.field]
            value = self._value(column, field, written, people)
            if isinstance(value, Text):
                faults.append(CellFault(heading.label(column.field), written, value))
            elif isinstance(value, Known):
                values[field.attname] = value.id
                faults += self._name_fault(row, value)
            else:
                values[field.attname] = value
        return _Item(row, values, faults)

    def _value(self, column: RegisterColumn, field: models.Field[Any, Any], written: str, people: Mapping[str, Known | Text]) -> Any:
        if not written:
            return field.get_default() if field.has_default() else (None if field.null else "")
        if column.kind == "resident":
            return people[written]
        if column.kind == "organisation":
            if written not in self.codes:
                self.codes[written] = self.places.find(written)
            return self.codes[written]
        if column.kind == "date" or (column.element is not None and column.element.type is ElementType.DATE):
            return read_day(written)
        value: Any = written if column.element is None else parse_element(column.element, written)
        if isinstance(value, str) and field.max_length is not None and len(value) > field.max_length:
            limit = field.max_length
            return Text(
                f"{column.label.zh}有{len(value)}个字，最多{limit}个。请缩短。", f"{column.label.en} is longer than {limit} characters."
            )
        return value

    def _name_fault(self, row: Row, person: Known) -> list[CellFault]:
        written = self.heading.value(row.cells, NAME.field)
        if NAME.field not in self.heading.places or not written or written == person.name:
            return []
        message = Text(
            "姓名与该号码的居民不符，可能串行。请核对号码和姓名。",
            "The name is not that of the resident with this number. Check both; rows may have slipped.",
        )
        return [CellFault(self.heading.label(NAME.field), written, message)]

    # -- what is there already -----------------------------------------------------------------------------------------

    def _key_of(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(None if values.get(name) == "" else values.get(name) for name in self.key)

    def _stored(self, items: Sequence[_Item]) -> list[dict[str, Any] | None]:
        """The stored record with the natural key of each item. Keys are read for the batch's owners, whole records for hits only."""
        wanted = {self._key_of(item.values) for item in items}
        keys: dict[int, tuple[Any, ...]] = {}
        for chunk in batches(sorted({item.values[self.model.OWNER] for item in items}), _QUERY):
            rows = self.model._default_manager.filter(**{f"{self.model.OWNER}__in": chunk}).order_by("id").values("id", *self.key)
            keys |= {row["id"]: key for row in rows.iterator() if (key := self._key_of(row)) in wanted}
        found: dict[tuple[Any, ...], dict[str, Any]] = {}
        attributes = [field.attname for field in self.model._meta.concrete_fields]
        for chunk in batches(sorted(keys), _QUERY):
            for row in self.model._default_manager.filter(pk__in=chunk).values(*attributes):
                found[keys[row["id"]]] = row
        return [found.get(self._key_of(item.values)) for item in items]

    def _says_nothing_new(self, item: _Item, doubles: list[_Item]) -> bool:
        """Whether a row only repeats a record (counted here) or an earlier row (put among `doubles`). A row that contradicts an earlier
        row, or a record it may not correct, gets its faults."""
        key = self._key_of(item.values)
        mark = hash(tuple(item.values[name] for name in self.told))
        earlier = self.seen.get(key)
        if earlier is not None and earlier[1] == mark:
            doubles.append(item)
            return True
        if earlier is not None:
            last = self.register.column(self.register.natural_key[-1])
            message = Text(
                f"与第{earlier[0]}行是同一条记录（{self._key_labels()}相同），内容却不同。请只留一行。",
                f"The same record as row {earlier[0]} with other contents. Keep one.",
            )
            item.faults.append(CellFault(self.heading.label(last.field), self.heading.value(item.row.cells, last.field), message))
            return False
        self.seen[key] = (item.row.number, mark)
        if item.stored is None:
            return False
        differing = [
            c for c in self.given if not _same(item.stored[self.fields[c.field].attname], item.values[self.fields[c.field].attname])
        ]
        if not differing:
            self.run.report.unchanged += 1
            return True
        if not self.run.correct:
            item.faults += [self._other_value(column, item) for column in differing]
        return False

    def _key_labels(self) -> str:
        return "、".join(self.register.column(name).label.zh.split("（")[0] for name in self.register.natural_key)

    def _other_value(self, column: RegisterColumn, item: _Item) -> CellFault:
        assert item.stored is not None
        stored = item.stored[self.fields[column.field].attname]
        shown = (column.element.show(stored) if column.element else str(stored)) or "（空）"
        message = Text(
            f"已有这条记录（{self._key_labels()}相同），{column.label.zh.split('（')[0]}为{shown}，与本行不同。"
            "确为更正的，请勾选“更正”（命令行加--correct）重新导入。",
            f"The record is there with {column.label.en}: {shown}. If this corrects it, import with --correct.",
        )
        return CellFault(self.heading.label(column.field), self.heading.value(item.row.cells, column.field), message)

    # -- rules ---------------------------------------------------------------------------------------------------------

    def _check(self, items: Sequence[_Item]) -> None:
        """The rules that every record meets, on the record as it will stand."""
        whole = [{**(item.stored or self._defaults()), **item.values} for item in items]
        for item, faults in zip(items, recording.check_many(self.model, whole, day=self.run.day), strict=True):
            item.faults += [CellFault(self._label(f.field), f.value, f.message) for f in faults]
        stored = [item for item in items if item.stored is not None]
        places = [(item.stored["organisation_id"], item.stored[self.model.DAY]) for item in stored if item.stored]
        for item, faults in zip(stored, recording.frozen_many(self.model, places, day=self.run.day), strict=True):
            if not item.faults:
                item.faults += [CellFault(self._label(f.field), f.value, f.message) for f in faults]

    def _defaults(self) -> dict[str, Any]:
        return {field.attname: field.get_default() for field in self.fields.values() if field.has_default() and field.editable}

    def _label(self, field: str) -> str:
        if label := self.heading.label(field):
            return label
        return next((column.label.zh for column in self.register.columns if column.field == field), field)


def parse_element(element: Element, written: str) -> Any:
    """The stored value of what someone wrote, or what is wrong with it. Dates are left to read_day."""
    try:
        return element.parse(written)
    except ElementError as error:
        english = f"{element.label.en}: {written!r} cannot be taken."
        if element.type is ElementType.NUMBER:
            english = f"{element.label.en} must be a number from {element.low} to {element.high} {element.unit}".rstrip()
            english += f" with at most {element.places} decimals; it is {written!r}."
        elif element.codes:
            english = f"{element.label.en} has no {written!r}; it has {', '.join(f'{code} {label.en}' for code, label in element.codes)}."
        return Text(str(error), english)


def _same(one: Any, other: Any) -> bool:
    return (None if one == "" else one) == (None if other == "" else other)


# -- writing -----------------------------------------------------------------------------------------------------------


class _Aside:
    """Records to be written, laid aside in a file, to be taken up again by owner: resident or organisation."""

    def __init__(self, shelf: IO[bytes]) -> None:
        self._shelf = shelf
        self._index: list[tuple[Any, int]] = []  # owner, place in the file

    def put(self, owner: int | str, stored: int | None, values: Mapping[str, Any]) -> None:
        self._index.append((owner, self._shelf.tell()))
        pickle.dump((stored, dict(values)), self._shelf, pickle.HIGHEST_PROTOCOL)

    def portions(self) -> Iterator[list[tuple[int | None, dict[str, Any]]]]:
        """Some BATCH records at a time, all of one owner together."""
        self._index.sort()
        portion: list[tuple[int | None, dict[str, Any]]] = []
        before = None
        for owner, place in self._index:
            if len(portion) >= BATCH and owner != before:
                yield portion
                portion = []
            self._shelf.seek(place)
            portion.append(pickle.load(self._shelf))
            before = owner
        if portion:
            yield portion


def _apply(run: Run, model: type[StoredRecord], aside: _Aside) -> None:
    try:
        with acting_as(run.actor), transaction.atomic():
            for portion in aside.portions():
                _write(run, model, portion)
    except IntegrityError:
        raise FileRefused(
            Text(
                "导入期间有人写入了同样的记录，本次没有写入任何行。请重新导入。",
                "Someone wrote the same records meanwhile; nothing was written. Import again.",
            )
        ) from None


def _write(run: Run, model: type[StoredRecord], portion: Iterable[tuple[int | None, dict[str, Any]]]) -> None:
    rows = list(portion)
    fresh = [values for stored, values in rows if stored is None]
    corrections = {stored: (values[model.OWNER], values) for stored, values in rows if stored is not None}
    recording.apply_many(model, fresh, actor=run.actor, corrections=corrections)
