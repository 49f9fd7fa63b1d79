"""Merging two residents who are one person, and taking that back.

Merging is one transaction: every row about the one who goes is re-pointed to the one who stays; what cannot stand there twice (a second
visit of a kind on one day, a second certificate, a stay that overlaps) is set aside. The journal holds every row of both before and
after. Un-merging restores each row as it was before, field by field, except what somebody has changed since; what was written since stays
with whom it was written for. Derived columns, worklist and ledger follow by the ways of any other write.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from taizhang.county import audit
from taizhang.county.changes import acting_as
from taizhang.county.duplicates import decide
from taizhang.county.identity import RecordNumber
from taizhang.county.models import DuplicatePair, FormerNumber, Merge, RecordNumberSeries, Residency, Resident, Role, Staff
from taizhang.county.people import NotAllowed, residents_for
from taizhang.county.reach import may_open
from taizhang.county.recording import Record, derive_again, frozen_many
from taizhang.county.scopes import Purpose
from taizhang.county.touched import touched
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text

Image = dict[str, Any]  # a row by attribute, as JSON holds it
Tables = dict[str, dict[str, Image]]  # by model label, then by key
_IDENTITY = ("identity_kind", "identity_cipher", "identity_hash", "identity_tail")


class MergeRefused(Refusal, ValueError):
    """A merge, or taking one back, that was not done; `text` says why and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        self.text = Text(zh, en)
        super().__init__(zh)


# -- merging -----------------------------------------------------------------------------------------------------------


def merge(kept: int, gone: int, *, reason: str, actor: Staff, day: date) -> Merge:
    """Take `gone` into `kept`. actor must be allowed to write both. Raises NotAllowed, MergeRefused."""
    if not reason.strip():
        raise MergeRefused("合并须写明依据，例如核对了哪种证件。", "Say by what you know that they are one person.")
    with acting_as(actor), transaction.atomic():
        both = _held(actor, (kept, gone), day)
        stays, goes = both[kept], both[gone]
        before = _images((kept, gone))
        _refuse_locked(_of(gone, before), day)
        people_before = {"kept": _image(stays), "gone": _image(goes)}
        _refuse_second_death(stays, goes)
        _move_stays(kept, gone)
        for model in _about_residents():
            if model is not Residency:
                _repoint(model, kept, gone)
        DuplicatePair.objects.filter(models.Q(first_id=gone) | models.Q(second_id=gone)).delete()
        merged = Merge.objects.create(kept=kept, gone=gone, reason=reason.strip()[:200], merged_by=actor, journal={})
        _fill(stays, goes, merged)
        _follow(actor, (kept,))
        merged.journal = {
            "before": before,
            "after": _images((kept,)),
            "people": {**people_before, "after": _image(Resident.objects.get(pk=kept))},
        }
        merged.save(update_fields=["journal"])
        decide(kept, gone, same=True, reason=reason, actor=actor)
        audit.record(actor, audit.MERGE, kept, {"gone": gone, "merge": merged.pk})
    return merged


def may_merge(actor: Staff, keys: Iterable[int], day: date) -> bool:
    """Whether `actor` may decide on these residents: who may write every one; and, as two townships are in nobody's hand, the bureau's
    office, which sees them all."""
    wanted = set(keys)
    purpose: Purpose = "view" if actor.role == Role.BUREAU_OFFICE else "write"
    return set(residents_for(actor, purpose, day).filter(pk__in=wanted).values_list("pk", flat=True)) == wanted


def _held(actor: Staff, keys: Iterable[int], day: date) -> dict[int, Resident]:
    """The residents, held until the transaction ends. Raises NotAllowed."""
    wanted = sorted(set(keys))
    if len(wanted) < 2 or not may_merge(actor, wanted, day):
        raise NotAllowed
    return {person.pk: person for person in Resident.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}


def _refuse_locked(moving: Mapping[str, Iterable[int]], day: date) -> None:
    """Records of a locked period stay as they are, whose they are as well. moving: keys of the rows that would change hands, by model."""
    for label, keys in moving.items():
        model = apps.get_model(label)
        if issubclass(model, Record):
            rows = list(model._default_manager.filter(pk__in=list(keys)).values_list("organisation_id", model.DAY))
            for faults in frozen_many(model, rows, day=day):
                if faults:
                    raise MergeRefused(f"现在不能办理：{faults[0].message.zh}", f"Not now. {faults[0].message.en}")


def _of(person: int, tables: Tables) -> dict[str, list[int]]:
    """The keys of a person's rows, by model label."""
    return {
        label: [int(key) for key, image in rows.items() if image["resident_id"] == person and key.isdigit()]
        for label, rows in tables.items()
    }


def _refuse_second_death(stays: Resident, goes: Resident) -> None:
    died = [person.died_on for person in (stays, goes) if person.died_on is not None]
    if len(set(died)) > 1:
        raise MergeRefused(
            f"两份档案登记的死亡日期不同（{died[0]}、{died[1]}）。请先更正错误的一个。",
            "Two dates of death are entered. Correct one first.",
        )
    if not died:
        return
    for model in _about_residents():
        if issubclass(model, Record):
            later = model._default_manager.filter(resident_id__in=(stays.pk, goes.pk), **{f"{model.DAY}__gt": died[0]}).first()
            if later is not None:
                name = model._meta.verbose_name
                raise MergeRefused(
                    f"一份档案登记死亡（{died[0]}），另一份在此后还有{name}。请先核实死亡日期或更正该记录。",
                    f"One died on {died[0]} and the other has later records. Correct one first.",
                )


def _move_stays(kept: int, gone: int) -> None:
    """Residencies: those of the one who goes that overlap none are kept; of a current one, what follows the last stay of the other."""
    mine = list(Residency.objects.filter(resident_id=kept))
    theirs = list(Residency.objects.filter(resident_id=gone).order_by("started_on"))
    for line in theirs:
        if any(_overlap(line, other) for other in mine):
            line.delete()
        else:
            line.resident_id = kept
            line.save(update_fields=["resident"])
            mine.append(line)
    still = [line for line in theirs if line.ended_on is None]
    last = max((line.ended_on for line in mine if line.ended_on is not None), default=None)
    if still and last is not None and all(line.ended_on is not None for line in mine):
        Residency.objects.create(resident_id=kept, organisation_id=still[-1].organisation_id, started_on=last + timedelta(days=1))


def _overlap(one: Residency, other: Residency) -> bool:
    return one.started_on <= (other.ended_on or date.max) and other.started_on <= (one.ended_on or date.max)


def _repoint(model: type[models.Model], kept: int, gone: int) -> None:
    for row in model._default_manager.filter(resident_id=gone).order_by("pk"):
        row.resident_id = kept
        try:
            row.validate_constraints()
        except ValidationError:
            model._default_manager.filter(pk=row.pk).delete()
        else:
            model._default_manager.filter(pk=row.pk).update(resident_id=kept)


def _fill(stays: Resident, goes: Resident, merged: Merge) -> None:
    """What the one who stays lacks is taken from the other, whose row then ends; numbers that are not taken over still find the person."""
    numbers = []
    if goes.record_number:
        _keep_series(goes.record_number)
    if goes.record_number and stays.record_number:
        numbers.append(("record", goes.record_number))
    if goes.identity_hash and stays.identity_hash:
        numbers.append(("document", goes.identity_hash))
    Resident.objects.filter(pk=goes.pk).delete()
    if goes.identity_hash and not stays.identity_hash:
        for name in _IDENTITY:
            setattr(stays, name, getattr(goes, name))
    for name in ("record_number", "phone", "died_on"):
        if not getattr(stays, name):
            setattr(stays, name, getattr(goes, name))
    if stays.household_id is None:
        stays.household_id, stays.relation = goes.household_id, goes.relation
    stays.save()
    FormerNumber.objects.bulk_create(FormerNumber(resident=stays, kind=kind, value=value, merge=merged) for kind, value in numbers)


def _keep_series(number: str) -> None:
    """A number that came from elsewhere must not be given again once its bearer's row has ended."""
    parsed = RecordNumber.parse(number)
    series, _ = RecordNumberSeries.objects.select_for_update().get_or_create(prefix=parsed.prefix)
    if series.last < parsed.serial:
        series.last = parsed.serial
        series.save(update_fields=["last"])


def _follow(actor: Staff, residents: tuple[int, ...]) -> None:
    for model in _about_residents():
        if issubclass(model, Record):
            derive_again(model, residents, actor=actor)
    for table in ("resident", "residency"):
        touched(residents, table)


# -- taking it back ----------------------------------------------------------------------------------------------------


def unmerge(merge_key: int, *, reason: str, actor: Staff, day: date) -> Merge:
    """Restore both as they were before; the decision becomes that they are two people. Raises NotAllowed, MergeRefused."""
    if not reason.strip():
        raise MergeRefused("撤销合并须写明原因。", "Say why the merge is taken back.")
    with acting_as(actor), transaction.atomic():
        merged = Merge.objects.select_for_update().filter(pk=merge_key).first()
        if merged is None or not may_merge(actor, (_now(merged.kept),), day):
            raise NotAllowed
        if not Resident.objects.filter(pk=merged.kept).exists():
            raise MergeRefused("保留的一份后来又并入了别的档案。请先撤销后一次合并。", "Take back the later merge of the one kept first.")
        if merged.undone_at is not None:
            raise MergeRefused("这次合并已经撤销。", "This merge has been taken back already.")
        kept = Resident.objects.select_for_update().get(pk=merged.kept)
        journal = merged.journal
        _refuse_locked(_of(merged.gone, journal["before"]), day)
        merged.numbers.all().delete()
        _restore_person(kept, journal["people"])
        for label in sorted({*journal["before"], *journal["after"]}):
            _restore_rows(apps.get_model(label), journal["before"].get(label, {}), journal["after"].get(label, {}), merged)
        _follow(actor, (merged.kept, merged.gone))
        merged.undone_by, merged.undone_at = actor, timezone.now()
        merged.save(update_fields=["undone_by", "undone_at"])
        decide(merged.kept, merged.gone, same=False, reason=reason, actor=actor)
        audit.record(actor, audit.UNMERGE, merged.kept, {"gone": merged.gone, "merge": merged.pk, "reason": reason.strip()[:120]})
    return merged


def _now(key: int) -> int:
    """The resident that this one has become by later merges: whoever may not write that one is not told what became of this one."""
    while not Resident.objects.filter(pk=key).exists():
        later = Merge.objects.filter(gone=key, undone_at__isnull=True).order_by("-pk").first()
        if later is None:
            break
        key = later.kept
    return key


def _restore_person(kept: Resident, images: Mapping[str, Image]) -> None:
    """First the one who stayed gives back what it had taken over, then the other's row stands again under its key."""
    now, after = _image(kept), images["after"]
    back = {name: value for name, value in images["kept"].items() if now[name] == after[name] and name != "id"}
    Resident.objects.filter(pk=kept.pk).update(**_values(Resident, back))
    Resident(**_values(Resident, images["gone"])).save_base(raw=True, force_insert=True)


def _restore_rows(model: type[models.Model], before: Mapping[str, Image], after: Mapping[str, Image], merged: Merge) -> None:
    now = {str(image[model._meta.pk.attname]): image for image in _rows(model, (merged.kept, merged.gone))}
    for key in after.keys() - before.keys():  # made by the merge itself
        if key in now and now[key] == after[key]:
            model._default_manager.filter(pk=key).delete()
            del now[key]
    for key, image in before.items():
        if key in now:
            back = {name: value for name, value in image.items() if name == "resident_id" or now[key][name] == after.get(key, {}).get(name)}
            back.pop(model._meta.pk.attname, None)
            model._default_manager.filter(pk=key).update(**_values(model, back))
        elif key not in after:
            row = model(**_values(model, image))
            _make_room(row, before)
            row.save_base(raw=True, force_insert=True)


def _make_room(row: models.Model, before: Mapping[str, Image]) -> None:
    """A row that was worked out anew meanwhile (an item of the worklist, a dose due) gives way to the one restored."""
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            names = [row._meta.get_field(name).attname for name in constraint.fields]
            rival = type(row)._default_manager.filter(**{name: getattr(row, name) for name in names}).exclude(pk__in=list(before))
            rival.delete()


# -- images ------------------------------------------------------------------------------------------------------------


def _about_residents() -> list[type[models.Model]]:
    """Every model whose rows are about a resident, by name; the pairs that are only suspected are not."""
    found = {
        relation.related_model
        for relation in Resident._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel) and relation.field.name == "resident"
    }
    return sorted((model for model in found if isinstance(model, type)), key=lambda model: model._meta.label)


def _images(residents: tuple[int, ...]) -> Tables:
    found: Tables = {}
    for model in _about_residents():
        rows = {str(image[model._meta.pk.attname]): image for image in _rows(model, residents)}
        if rows:
            found[model._meta.label] = rows
    return found


def _rows(model: type[models.Model], residents: tuple[int, ...]) -> list[Image]:
    return [_image(row) for row in model._default_manager.filter(resident_id__in=residents).order_by("pk")]


def _image(row: models.Model) -> Image:
    return {field.attname: _held_as_json(getattr(row, field.attname)) for field in row._meta.concrete_fields}


def _held_as_json(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"hex": bytes(value).hex()}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return json.loads(json.dumps(value))


def _values(model: type[models.Model], image: Mapping[str, Any]) -> dict[str, Any]:
    """An image as the model's values."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: _value(fields[name], value) for name, value in image.items() if name in fields}


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return bytes.fromhex(value["hex"])
    if isinstance(field, models.ForeignKey):
        return value
    return field.to_python(value)


# -- for pages ---------------------------------------------------------------------------------------------------------

Records = dict[str, tuple[int, date]]  # by the kind's name: how many, and the latest day


def records_of(person: int, reader: Staff) -> Records:
    """What stands under a resident, kind by kind, as far as the reader may know of it."""
    found: Records = {}
    closed = {register.model for register in registry.registers.values() if not may_open(reader, register)}
    for model in _about_residents():
        if issubclass(model, Record) and model.CONTRACT.model not in closed:
            counted = model._default_manager.filter(resident_id=person).aggregate(rows=models.Count("pk"), last=models.Max(model.DAY))
            if counted["rows"]:
                found[str(model._meta.verbose_name)] = (counted["rows"], counted["last"])
    return found


def set_aside(merged: Merge) -> int:
    """How many records could not stand twice and are kept in the journal alone."""
    journal = merged.journal
    return sum(
        key not in journal["after"].get(label, {})
        for label, rows in journal["before"].items()
        if issubclass(apps.get_model(label), Record)
        for key in rows
    )
