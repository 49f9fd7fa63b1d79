"""A city's records laid out in PostgreSQL of one simulated county: each of its counties a copy with keys, codes and people of its own.

    python -m bench.city_records COUNTY_HOME CITY_HOME COUNTIES      TAIZHANG_DATABASE_URL: a copy of the county's own database

Simulating a million residents into a database takes the best part of an hour, laying ten times 100,000 side by side some minutes. As in
bench.city a copy's keys stand APART from the next one's and its codes are those of its county; here names, papers and accounts are there
too, so everything that is unique stays so: identity numbers have another district and a right check digit, sealed with the home's keys,
record and household numbers begin with the county's code, phones differ, accounts end with the county's number. The city's bureau and its
institutions have staff of the county's posts. The ledger is laid out by bench.city, and `taizhang verify` finds the two equal.
"""

import json
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench.city import APART, CITY, CITY_NAME, CITY_NAME_EN, COUNTY, code_of, lay_ledger
from bench.homes import DAY, enter

# Of one home and not of a county: versions, sign-ins, how far the worklist was rolled on, who is responsible in the whole county. Changes,
# more than half of all rows, stay those of the first county: no page but a record's own history reads one that was taken.
_OF_THE_HOME = {"ledger", "contenttypes", "auth", "sessions"}
_ONCE = {"county.Change", "worklist.Horizon", "figures.TargetDuty", "web.FailedSignIn"}
_KEYS = {"row", "resident", "kept", "gone", "first", "second", "member"}  # whole numbers that are keys without being references
_DISTRICTS = 10_000  # address codes of simulated identity numbers, after their 99
_PHONES = 10**9


def main(county: Path, city: Path, counties: int) -> dict[str, Any]:
    from taizhang.config.home import Home

    began = time.perf_counter()
    shutil.rmtree(city, ignore_errors=True)
    Home(city).create(kind="simulated", organisation=CITY, working_day=DAY)
    for folder in ("keys", "parameters"):  # the county's keys: they open the papers of the first copy
        if (county / folder).exists():
            shutil.copytree(county / folder, city / folder, dirs_exist_ok=True)
    enter(city)
    from taizhang.county.tables import make_tables
    from taizhang.ledger.consumer import sync
    from taizhang.ledger.models import Kind

    make_tables()
    rows = _lay_records(counties)
    _lay_city(counties)
    lay_ledger(county, counties, Kind.REBUILD)
    sync()  # the city's own organisations, which the ledger has no table for
    shutil.rmtree(city / "ledger" / "tmp", ignore_errors=True)
    return {"counties": counties, **_settled(), "rows": rows, "seconds": round(time.perf_counter() - began, 1)}


# -- rows --------------------------------------------------------------------------------------------------------------------------


def _lay_records(counties: int) -> int:
    """Every row of the county once more for each further county. How many rows there are then."""
    from django.apps import apps
    from django.db import connection

    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label not in _OF_THE_HOME and m._meta.label not in _ONCE]
    rows = 0
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # neither triggers nor references, as in serving.carry
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("TRUNCATE ledger_ledgerversion, ledger_ledgerfile")  # of the county's own ledger
        cursor.execute("SELECT array_agg(username) FROM county_staff")
        accounts = cursor.fetchone()[0]
        _new_papers(cursor, counties)
        for model in models:
            rows += counties * _copy(cursor, model, counties, accounts)
        cursor.execute("DROP TABLE county_resident_papers")
        for model in ("county_organisation", "county_division"):
            cursor.execute(
                f"UPDATE {model} SET name = name || '（' || substr(code, 5)::int || '）' WHERE code LIKE '______' AND code > %s", [COUNTY]
            )
        cursor.execute("SET session_replication_role = origin")
    return rows


def _copy(cursor: Any, model: Any, counties: int, accounts: list[str]) -> int:
    """Copies of one table. Its indexes are left until the end, which is several times as fast. How many rows a county has."""
    table = model._meta.db_table
    cursor.execute(f'SELECT count(*) FROM "{table}"')
    own = int(cursor.fetchone()[0])
    if not own:
        return 0
    fields = list(model._meta.concrete_fields)
    coded = _coded(cursor, table, fields)
    moved = ", ".join(_moved(field, coded) for field in fields)
    listed = ", ".join(f'"{field.column}"' for field in fields)
    source = f'"{table}" AS own'
    if table == "county_resident":
        source += f" LEFT JOIN county_resident_papers AS paper ON paper.id = own.id + {APART} * (copy.number - 1)"
    cursor.execute(f"UPDATE pg_index SET indisready = false WHERE indrelid = '\"{table}\"'::regclass")
    # OFFSET 0: county after county, as they stand on the disk of a city that took them in one by one.
    cursor.execute(
        f'INSERT INTO "{table}" ({listed}) SELECT laid.* FROM generate_series(2, %s) AS copy(number), '
        f"LATERAL (SELECT {moved} FROM {source} OFFSET 0) AS laid",
        [counties] + [accounts] * moved.count("%s"),
    )
    cursor.execute(f'REINDEX TABLE "{table}"')
    return own


def _coded(cursor: Any, table: str, fields: list[Any]) -> set[str]:
    """Columns of text in which a code of the county stands."""
    texts = [field.column for field in fields if _is_text(field)]
    if not texts:
        return set()
    begins = ", ".join(f"bool_or(starts_with(\"{name}\", '{COUNTY}'))" for name in texts)
    cursor.execute(f'SELECT {begins} FROM "{table}"')
    return {name for name, found in zip(texts, cursor.fetchone(), strict=True) if found}


def _moved(field: Any, coded: set[str]) -> str:
    """SQL of a column's value in the county copy.number."""
    name = f'own."{field.column}"'
    target = field.target_field if field.is_relation else field
    if field.model._meta.db_table == "county_resident" and field.name in ("identity_cipher", "identity_hash", "identity_tail"):
        return f"paper.{field.name}" if field.name != "identity_tail" else "coalesce(paper.identity_tail, '')"
    if target.get_internal_type() in ("BigAutoField", "AutoField") or field.name in _KEYS:
        return f"CASE WHEN {name} <> 0 THEN {name} + {APART} * (copy.number - 1) ELSE {name} END"
    if field.column in coded:
        code = f"'{COUNTY[:4]}' || lpad(copy.number::text, 2, '0') || substr({name}, {len(COUNTY) + 1})"
        return f"CASE WHEN starts_with({name}, '{COUNTY}') THEN {code} ELSE {name} END"
    if field.name == "phone":
        other = f"lpad(((substr({name}, 3)::bigint + 100000007 * (copy.number - 1)) %% {_PHONES})::text, 9, '0')"
        return f"CASE WHEN {name} ~ '^99[0-9]{{9}}$' THEN '99' || {other} ELSE {name} END"
    if _is_text(field) and (field.name in ("username", "actor") or field.name.endswith("_by")):
        return f"CASE WHEN {name} = ANY(%s) THEN {name} || '.' || copy.number ELSE {name} END"
    return name


def _is_text(field: Any) -> bool:
    target = field.target_field if field.is_relation else field
    return target.get_internal_type() in ("CharField", "TextField")


def _new_papers(cursor: Any, counties: int) -> None:
    """Identity numbers of the copies: another district, the check digit that belongs to it, sealed and hashed."""
    from taizhang.county.identity import check_digit, vault

    cursor.execute(
        "CREATE UNLOGGED TABLE county_resident_papers (id bigint, identity_cipher bytea, identity_hash text, identity_tail text)"
    )
    cursor.execute("SELECT id, identity_cipher FROM county_resident WHERE identity_cipher IS NOT NULL")
    sealed, step = cursor.fetchall(), _DISTRICTS // counties
    own = vault()

    def papers() -> Iterator[tuple[Any, ...]]:
        for key, cipher in sealed:
            number = own.decrypt(cipher)
            for copy in range(1, counties):
                first = f"99{(int(number[2:6]) + copy * step) % _DISTRICTS:04}{number[6:17]}"
                other = first + check_digit(first)
                yield key + copy * APART, own.encrypt(other), own.lookup(other), other[-4:]

    with cursor.copy("COPY county_resident_papers FROM STDIN") as copying:
        for row in papers():
            copying.write_row(row)
    cursor.execute("CREATE INDEX ON county_resident_papers (id)")
    cursor.execute("ANALYZE county_resident_papers")


# -- the city above ------------------------------------------------------------------------------------------------------------------


def _lay_city(counties: int) -> None:
    """The city's bureau over the counties, institutions as the county has them, and their staff."""
    from django.db import transaction

    from taizhang.county.changes import acting_as
    from taizhang.county.models import Organisation, OrganisationLink, Staff
    from taizhang.county.organisations import add_organisation
    from taizhang.county.scopes import grant_role_scopes

    _set_sequences()
    with transaction.atomic(), acting_as("bench"):
        add_organisation(CITY, CITY_NAME, "bureau", parent=None, name_en=CITY_NAME_EN, above_counties=True)
        for number in range(1, counties + 1):
            OrganisationLink.objects.create(child_id=code_of(number), parent_id=CITY, valid_from=date(DAY.year - 20, 1, 1))
        institutions = list(Organisation.objects.filter(code__startswith=f"{COUNTY}-").order_by("code"))
        for own in institutions:
            add_organisation(CITY + own.code[len(COUNTY) :], f"安平市{own.name[3:]}", own.kind, parent=CITY, above_counties=True)
        for staff in list(Staff.objects.filter(organisation__in=[COUNTY, *(own.code for own in institutions)]).order_by("pk")):
            staff.pk, staff._state.adding = None, True
            staff.username, staff.organisation_id = f"{staff.username}.city", CITY + staff.organisation_id[len(COUNTY) :]
            staff.save()
            grant_role_scopes(staff, CITY)


def _set_sequences() -> None:
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection

    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(apps.get_models(include_auto_created=True))):
            cursor.execute(sql)


def _settled() -> dict[str, Any]:
    """Statistics and visibility of every row as on a server that has run for a day, and how large it is."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT count(*), pg_database_size(current_database()) FROM county_resident")
        residents, size = cursor.fetchone()
    return {"residents": residents, "megabytes": size // 2**20}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
