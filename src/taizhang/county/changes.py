"""Changes 变更: row triggers that write one Change for every row written, by whatever way it was written.

Signals see no bulk_create, update(), upsert or raw SQL; triggers see all of them, and nothing of a block that is rolled back. The
triggers are generated from the registry's record contracts and from CAPTURED. A trigger's name ends with a fingerprint of its text, so
that one of an older shape counts as missing.

Who acts is said by acting_as(). SQLite asks a function of the connection; therefore a program that writes to the SQLite file without
opening it through Django is refused ("no such function: taizhang_actor"). PostgreSQL asks a setting of the session, which is told before
a write that a trigger sees, where it is not what was told last: most requests write nothing of the kind and pay nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.checks import CheckMessage, Warning
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.dateparse import parse_datetime

from taizhang.kernel.registry import registry

if TYPE_CHECKING:
    from taizhang.county.models import Change, Staff

# Stored things that are no ledger table and still have a history. Models of rooms above are named, not imported.
CAPTURED = (
    "county.Division",
    "county.Organisation",
    "county.OrganisationLink",
    "county.Staff",
    "county.ScopeGrant",
    "county.Household",
    "county.Resident",
    "county.Residency",
    "county.PopulationCount",
    "county.PeriodLock",
    "returns.Return",
    "returns.ReturnCell",
    "figures.Target",
    "figures.TargetDuty",
    "desk.Draft",
    "desk.ChapterOrder",
    "desk.SectionWork",
    "desk.HumanText",
    "desk.Binding",
    "desk.MissingDecision",
    "desk.PlanItem",
    "desk.Bulletin",
    "settlement.FindingReview",
    "settlement.Advance",
    "settlement.Settlement",
    "settlement.SettledUnit",
    "settlement.SettledLine",
    "settlement.Reversal",
)
# Never copied into a change: a password's hash is a secret.
UNSEEN = {"county.Staff": ("password",)}
# Writes of these alone are no change: signing in is audited, not recorded.
IDLE = {"county.Staff": ("last_login",)}

NOBODY = "system"
_SETTING = "taizhang.actor"
_actor: ContextVar[str] = ContextVar("taizhang_actor", default=NOBODY)


# -- who acts ----------------------------------------------------------------------------------------------------------


def actor() -> str:
    """Account of whoever acts now; "system" where nobody was named."""
    return _actor.get()


@contextmanager
def acting_as(who: Staff | str) -> Iterator[None]:
    """Everything written inside is written by `who`: a member of staff, or the name of a process such as "simulation"."""
    name = who if isinstance(who, str) else who.username
    token = _actor.set(name[:60])
    try:
        yield
    finally:
        _actor.reset(token)


def prepare_connection(sender: object, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """On every new connection: how the triggers learn who acts."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("taizhang_actor", 0, actor)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers = ON")  # else INSERT OR REPLACE deletes a row unseen
    elif connection.vendor == "postgresql":
        others = [wrapper for wrapper in connection.execute_wrappers if not isinstance(wrapper, _TellingWhoActs)]
        connection.execute_wrappers[:] = [_TellingWhoActs(), *others]  # first, since who takes one off again takes the last


class _TellingWhoActs:
    """Stands before every statement of one session of PostgreSQL, to tell it who acts.

    What was told in a transaction may go with its rollback, and counts no longer when the next one begins or a savepoint is taken back;
    what was told outside of one stays.
    """

    def __init__(self) -> None:
        self._told: str | None = NOBODY
        self._until_the_end = False  # of the transaction in which it was told

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
        connection: BaseDatabaseWrapper = context["connection"]
        if self._until_the_end and (not _in_transaction(connection) or _first_word(sql) == "ROLLBACK"):
            self._told, self._until_the_end = None, False
        if self._told != _actor.get() and _is_seen(sql):
            with connection.cursor() as cursor:
                cursor.execute("select set_config(%s, %s, false)", [_SETTING, _actor.get()])
            self._told, self._until_the_end = _actor.get(), _in_transaction(connection)
        return execute(sql, params, many, context)


_READING = {"SELECT", "SET", "SHOW", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "DECLARE", "FETCH", "CLOSE"}
_FIRST_WORD = re.compile(r"\s*(\w*)")
_WRITING = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)


def _in_transaction(connection: BaseDatabaseWrapper) -> bool:
    """As the session itself has it: PostgreSQL begins one with the first statement, which Django's blocks do not say."""
    return bool(connection.connection.info.transaction_status.name != "IDLE")


def _first_word(sql: Any) -> str:
    """Empty where a statement begins with none: with a comment, or there is no statement."""
    found = _FIRST_WORD.match(str(sql))
    return found[1].upper() if found else ""


def _is_seen(sql: Any) -> bool:
    """Whether a trigger may fire: every statement that is not known to read alone or to write to a table without one."""
    if written := _WRITING.match(str(sql)):
        return written[1] in _captured_tables()
    return _first_word(sql) not in _READING


@cache
def _captured_tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in captured_models())


# -- the triggers ------------------------------------------------------------------------------------------------------

OPERATIONS = {"I": "INSERT", "U": "UPDATE", "D": "DELETE"}


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger of one table. `statements` make it."""

    table: str
    name: str
    statements: tuple[str, ...]


def captured_models() -> list[type[models.Model]]:
    """Every model whose writes are caught, ordered by table. A name whose model is not installed is passed over."""
    names = {*CAPTURED, *(contract.model for contract in registry.contracts.values())}
    installed = {model._meta.label.lower(): model for model in apps.get_models()}
    return sorted({installed[name.lower()] for name in names if name.lower() in installed}, key=lambda model: model._meta.db_table)


def triggers(vendor: str) -> list[Trigger]:
    """The triggers a database of this kind ("sqlite" or "postgresql") must have."""
    write = _for_sqlite if vendor == "sqlite" else _for_postgresql
    return [write(model, operation) for model in captured_models() for operation in OPERATIONS]


def _named(model: type[models.Model], operation: str, text: str) -> str:
    return f"captured_{model._meta.db_table}_{operation.lower()}_{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _seen(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    hidden = UNSEEN.get(model._meta.label, ())
    return [field for field in model._meta.local_concrete_fields if field.name not in hidden]


def _differs(model: type[models.Model], operator: str) -> str:
    idle = IDLE.get(model._meta.label, ())
    columns = [field.column for field in model._meta.local_concrete_fields if field.name not in idle]
    return " OR ".join(f'OLD."{column}" {operator} NEW."{column}"' for column in columns)


def _identity(model: type[models.Model], side: str) -> tuple[str, str]:
    """SQL of Change.row and Change.key: a whole-number key stands in `row`, any other in `key`."""
    key = model._meta.pk
    column = f'{side}."{key.column}"'
    return (column, "''") if isinstance(key, models.IntegerField | models.ForeignKey) else ("0", column)


def _sqlite_value(field: models.Field[Any, Any]) -> str:
    column = f'OLD."{field.column}"'
    if isinstance(field, models.BinaryField):  # json_object refuses bytes; written as PostgreSQL writes them
        return f"CASE WHEN {column} IS NULL THEN NULL ELSE '\\x' || lower(hex({column})) END"
    return f"json({column})" if isinstance(field, models.JSONField) else column


# SQLite functions take at most 127 arguments (before 3.48): wide tables need several objects. They are joined as text, because
# json_patch would drop the members that are null.
_PAIRS_AN_OBJECT = 60


def _sqlite_old_values(model: type[models.Model]) -> str:
    pairs = [f"'{field.column}', {_sqlite_value(field)}" for field in _seen(model)]
    objects = [f"json_object({', '.join(pairs[at : at + _PAIRS_AN_OBJECT])})" for at in range(0, len(pairs), _PAIRS_AN_OBJECT)]
    if len(objects) == 1:
        return objects[0]
    members = [f"substr({one}, 2, length({one}) - 2)" for one in objects]
    return "'{' || " + " || ',' || ".join(members) + " || '}'"


def _for_sqlite(model: type[models.Model], operation: str) -> Trigger:
    table = model._meta.db_table
    row, key = _identity(model, "OLD" if operation == "D" else "NEW")
    old = "NULL" if operation == "I" else _sqlite_old_values(model)
    when = f" WHEN {_differs(model, 'IS NOT')}" if operation == "U" else ""
    text = (
        f' AFTER {OPERATIONS[operation]} ON "{table}" FOR EACH ROW{when} BEGIN'
        ' INSERT INTO "county_change" ("table", "row", "key", "operation", "actor", "at", "old")'
        f" VALUES ('{table}', {row}, {key}, '{operation}', taizhang_actor(), strftime('%Y-%m-%d %H:%M:%f', 'now'), {old}); END"
    )
    name = _named(model, operation, text)
    return Trigger(table, name, (f'CREATE TRIGGER "{name}"{text}',))


def _for_postgresql(model: type[models.Model], operation: str) -> Trigger:
    table = model._meta.db_table
    row, key = _identity(model, "OLD" if operation == "D" else "NEW")
    old = "NULL" if operation == "I" else "to_jsonb(OLD)" + "".join(f" - '{name}'" for name in UNSEEN.get(model._meta.label, ()))
    body = (
        'BEGIN INSERT INTO county_change ("table", "row", "key", "operation", "actor", "at", "old")'
        f" VALUES ('{table}', {row}, {key}, '{operation}', coalesce(nullif(current_setting('{_SETTING}', true), ''), '{NOBODY}'),"
        f" clock_timestamp(), {old}); RETURN NULL; END"
    )
    when = f" WHEN ({_differs(model, 'IS DISTINCT FROM')})" if operation == "U" else ""
    name = _named(model, operation, body + when)
    return Trigger(
        table,
        name,
        (
            f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $captured${body}$captured$',
            f'CREATE TRIGGER "{name}" AFTER {OPERATIONS[operation]} ON "{table}" FOR EACH ROW{when} EXECUTE FUNCTION "{name}"()',
        ),
    )


def _installed(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Name and table of every capturing trigger that is there."""
    query = {
        "sqlite": "select name, tbl_name from sqlite_master where type = 'trigger' and name like 'captured\\_%' escape '\\'",
        "postgresql": "select t.tgname, c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid"
        " where not t.tgisinternal and t.tgenabled <> 'D' and t.tgname like 'captured\\_%' and pg_table_is_visible(c.oid)",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


def install_triggers(connection: BaseDatabaseWrapper) -> None:
    """Make what is missing and drop what belongs to no captured table any more. Tables not yet made are passed over."""
    tables = set(connection.introspection.table_names())
    if "county_change" not in tables:
        return
    there = _installed(connection)
    wanted = {trigger.name: trigger for trigger in triggers(connection.vendor) if trigger.table in tables}
    with connection.cursor() as cursor:
        for name in there.keys() - wanted.keys():
            if connection.vendor == "postgresql":
                cursor.execute(f'DROP TRIGGER "{name}" ON "{there[name]}"')
                cursor.execute(f'DROP FUNCTION "{name}"')
            else:
                cursor.execute(f'DROP TRIGGER "{name}"')
        for name in sorted(wanted.keys() - there.keys()):
            for statement in wanted[name].statements:
                cursor.execute(statement)


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Which tables' writes go unseen, as "table (INSERT)"; empty when all is well."""
    there = _installed(connection)
    tables = set(connection.introspection.table_names())
    operation_of = {operation.lower(): word for operation, word in OPERATIONS.items()}
    return [
        f"{trigger.table} ({operation_of[trigger.name.rsplit('_', 2)[1]]})"
        for trigger in triggers(connection.vendor)
        if trigger.table in tables and trigger.name not in there
    ]


def reinstall(using: str, **kwargs: Any) -> None:
    """After every migration: Django rebuilds a changed SQLite table, which drops its triggers."""
    install_triggers(connections[using])


def check_triggers(app_configs: Any, databases: list[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """System check (database). A warning, because `migrate`, which is the cure, runs it first and would refuse to work on an error."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if "county_change" not in connection.introspection.table_names():
            continue
        if missing := missing_triggers(connection):
            found.append(
                Warning(
                    f"变更触发器缺失：{'、'.join(missing)}。这些表的写入不会进入台账。",
                    hint="运行 taizhang init 或 django migrate 会重新安装；随后用 taizhang verify 核对。",
                    id="taizhang.W001",
                )
            )
    return found


# -- history -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Version:
    """One step in a row's life: who did what when; the values before (none for its making) and after (none for its end) as model
    values by field; and the names of the fields that changed."""

    change: int
    operation: str
    actor: str
    at: datetime
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    changed: tuple[str, ...]


def history(model: type[models.Model], pk: int | str) -> list[Version]:
    """The life of one row, oldest first. A value after a change is the value before the next one, or the row's own now."""
    from taizhang.county.models import Change

    by_key = {"key": str(pk)} if _identity(model, "OLD")[0] == "0" else {"row": int(pk)}
    changes: list[Change] = list(Change.objects.filter(table=model._meta.db_table, **by_key).order_by("id"))
    fields = _seen(model)
    now = model._default_manager.filter(pk=pk).values(*(field.attname for field in fields)).first()
    states: list[dict[str, Any] | None] = [None if change.old is None else _read(fields, change.old) for change in changes]
    states.append({name: bytes(value) if isinstance(value, memoryview) else value for name, value in now.items()} if now else None)
    return [
        Version(change.pk, change.operation, change.actor, change.at, before, after, _changed(before, after))
        for change, before, after in zip(changes, states, states[1:], strict=False)
    ]


def _changed(before: dict[str, Any] | None, after: dict[str, Any] | None) -> tuple[str, ...]:
    if before is None or after is None:
        return tuple(after or before or ())
    return tuple(name for name, value in after.items() if before.get(name) != value)


def _read(fields: list[models.Field[Any, Any]], old: dict[str, Any]) -> dict[str, Any]:
    return {field.attname: _value(field, old.get(field.column)) for field in fields}


def _value(field: models.Field[Any, Any], stored: Any) -> Any:
    """A value of Change.old as the model has it."""
    if stored is None or isinstance(field, models.JSONField):
        return stored
    if isinstance(field, models.BinaryField):
        return bytes.fromhex(stored[2:])
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(stored)
        return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment
    return field.to_python(stored)
