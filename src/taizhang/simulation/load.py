"""The synthetic county, stored: into a home's database, or straight into its ledger."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import yaml
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone

from taizhang.county import identity
from taizhang.county.changes import acting_as
from taizhang.county.models import (
    Division,
    Organisation,
    OrganisationLink,
    PopulationCount,
    Role,
    ScopeGrant,
    Staff,
)
from taizhang.county.scopes import PURPOSES, post_scopes
from taizhang.kernel.registry import registry
from taizhang.ledger import layout, writer
from taizhang.simulation.people import Person
from taizhang.simulation.places import COUNTY_CODE, COUNTY_NAME, Places, lay_out
from taizhang.simulation.reporting import PerTenThousand, Rate
from taizhang.simulation.run import first_day, life_modules, village_rows

BATCH = 10_000
# The sensitive lines whose patients a village doctor and the township's office visit at home.
_VISITED = "mental_illness,tuberculosis"
ACTOR = "simulation"
Progress = Callable[[int, int], None]


def simulate_database(*, population: int, seed: int, end: date, packages: Iterable[str], progress: Progress) -> str:
    """Fill an empty home's database with the county as it stands at the end of `end`; all or nothing. Returns the password that all
    its accounts share."""
    places = lay_out(population, seed)
    modules = life_modules(packages)
    with transaction.atomic(), acting_as(ACTOR):
        add_places(places, first_day(end))
        password = _add_staff(places)
        _add_population_counts(places, end, seed)
        waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for done, village in enumerate(places.villages, 1):
            for model, row in village_rows(village, places, end, seed, modules, _sealed):
                waiting[model].append(row)
                if len(waiting[model]) >= BATCH:
                    _insert(model, waiting.pop(model))
            progress(done, len(places.villages))
        for model in list(waiting):
            _insert(model, waiting.pop(model))
        for model, rows in _county_level_rows(places, end, seed, modules):
            _insert(model, rows)
        _reset_sequences()
    return password


def simulate_ledger(*, population: int, seed: int, end: date, packages: Iterable[str], progress: Progress) -> str:
    """The same county with its records in the ledger alone, for measuring at sizes that a database takes long to fill: places, staff,
    population counts and returns stand in the database as ever. Returns the accounts' password.

    Rows wait in memory as Arrow batches until their table is written: about 1 GB for a million residents.
    """
    places = lay_out(population, seed)
    modules = life_modules(packages)
    with transaction.atomic(), acting_as(ACTOR):
        add_places(places, first_day(end))
        password = _add_staff(places)
        _add_population_counts(places, end, seed)
        for model, rows in _county_level_rows(places, end, seed, modules):
            _insert(model, rows)
        _reset_sequences()
    contracts = {contract.model: contract for contract in registry.contracts.values() if contract.about_residents}
    waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
    batches: dict[str, list[pa.RecordBatch]] = defaultdict(list)

    def pack(model: str) -> None:
        contract = contracts[model]
        sources = [column.source for column in contract.all_columns]
        rows = [[row.get(source) for source in sources] for row in waiting.pop(model)]
        batches[contract.table].append(layout.batch_of_rows(contract, rows))

    for done, village in enumerate(places.villages, 1):
        for model, row in village_rows(village, places, end, seed, modules, lambda person: {}):
            if model in contracts:
                waiting[model].append(row)
                if len(waiting[model]) >= 20_000:
                    pack(model)
        progress(done, len(places.villages))
    for model in list(waiting):
        pack(model)
    for table in list(batches):
        writer.write_base(table, batches.pop(table))
    writer.publish_first_version()
    return password


def state_parameters(packages: Iterable[str], folder: Path) -> None:
    """What the county's own documents lay down (PARAMETERS of the lines of work), written into its home and in force at once."""
    stated = {name: body for _, module in life_modules(packages) for name, body in getattr(module, "PARAMETERS", {}).items()}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "county.yaml").write_text(yaml.safe_dump(stated, allow_unicode=True, sort_keys=False), encoding="utf-8")
    registry.take_county_values(folder)


# -- the county itself -----------------------------------------------------------------------------------------------------


def add_places(places: Places, opened: date) -> None:
    """Divisions, organisations and who stands under whom."""
    since = date(opened.year - 10, 1, 1)
    divisions = [Division(code=COUNTY_CODE, name=COUNTY_NAME.zh, level="county", valid_from=since)]
    divisions += [Division(code=t.code, name=t.name.zh, level="town", parent_id=COUNTY_CODE, valid_from=since) for t in places.townships]
    divisions += [
        Division(code=v.code, name=v.name.zh, level="village", parent_id=v.township.code, valid_from=since) for v in places.villages
    ]
    Division.objects.bulk_create(divisions)
    units = [
        Organisation(code=c, name=n.zh, name_en=n.en, kind=k, division_id=COUNTY_CODE, opened_on=since) for c, k, n in places.institutions
    ]
    units += [
        Organisation(code=t.code, name=t.hospital.zh, name_en=t.hospital.en, kind="township_hospital", division_id=t.code, opened_on=since)
        for t in places.townships
    ]
    units += [
        Organisation(code=v.code, name=v.clinic.zh, name_en=v.clinic.en, kind="village_clinic", division_id=v.code, opened_on=since)
        for v in places.villages
    ]
    Organisation.objects.bulk_create(units)
    under = {code: COUNTY_CODE for code, kind, _ in places.institutions if kind != "bureau"}
    under |= {t.code: COUNTY_CODE for t in places.townships} | {v.code: v.township.code for v in places.villages}
    OrganisationLink.objects.bulk_create(OrganisationLink(child_id=c, parent_id=p, valid_from=since) for c, p in under.items())


def _add_staff(places: Places) -> str:
    """One member of staff a post. All share one password, drawn anew for each county and hashed once: it is a demo's. Returns it."""
    password = f"taizhang-{secrets.token_hex(3)}"
    hashed = make_password(password)
    posts = [
        ("bureau", "局办公室", Role.BUREAU_OFFICE, COUNTY_CODE, ""),
        ("leader", "局领导", Role.LEADER, COUNTY_CODE, ""),
        ("admin", "系统管理员", Role.ADMINISTRATOR, COUNTY_CODE, ""),
        ("cdc", "疾控中心慢病科", Role.LINE_OFFICE, f"{COUNTY_CODE}-CDC", _VISITED),
        *((f"t{t.code[6:]}", f"{t.name.zh}公卫科", Role.TOWNSHIP_OFFICE, t.code, _VISITED) for t in places.townships),
        *((f"v{v.code[6:]}", f"{v.name.zh}村医", Role.VILLAGE_DOCTOR, v.code, _VISITED) for v in places.villages),
        # Who treats HIV opens the results of a mother's tests too.
        ("mch", "妇幼保健院保健科", Role.LINE_OFFICE, f"{COUNTY_CODE}-MCH", "hiv"),
        # 卫生监督协管: what townships find and report is the institute's to follow up; nobody there treats anyone.
        ("ins", "卫生监督所综合科", Role.LINE_OFFICE, f"{COUNTY_CODE}-INS", ""),
    ]
    staff = Staff.objects.bulk_create(
        Staff(username=u, name=n, role=r, organisation_id=o, treats=treats, password=hashed, phone=f"0990-{6_000_001 + place}")
        for place, (u, n, r, o, treats) in enumerate(posts)
    )
    ScopeGrant.objects.bulk_create(
        ScopeGrant(staff=member, organisation_id=organisation, **{f"may_{purpose}": purpose in purposes for purpose in PURPOSES})
        for member in staff
        for organisation, purposes in post_scopes(member, COUNTY_CODE).items()
    )
    return password


def sample_accounts() -> list[Staff]:
    """One account of each kind, to sign in with: the bureau's, a leader's, a township's and one of its villages'."""
    township = Staff.objects.filter(role=Role.TOWNSHIP_OFFICE).order_by("username").first()
    village = Staff.objects.filter(role=Role.VILLAGE_DOCTOR).order_by("username").first()
    named = list(Staff.objects.filter(username__in=("bureau", "leader")).order_by("username"))
    return [*named, *(member for member in (township, village) if member is not None)]


def _add_population_counts(places: Places, end: date, seed: int) -> None:
    """Resident population at the end of each year, as a statistics office would publish it: a little above those on record."""
    random = Random(f"{seed}/population")
    sizes: dict[str, int] = defaultdict(int)
    counts = []
    growth = {year: 1 + 0.004 * (end.year - year) for year in range(end.year - 4, end.year)}
    for year, factor in growth.items():
        sizes.clear()
        for village in places.villages:
            value = round(village.size * factor * random.uniform(1.035, 1.075))
            for code in (village.code, village.township.code, COUNTY_CODE):
                sizes[code] += value
        counts += [
            PopulationCount(
                series=series,
                organisation_id=code,
                as_of=date(year, 12, 31),
                value=round(value * share),
                source="安澜县统计局年度人口数据（模拟）",
            )
            for code, value in sizes.items()
            for series, share in (("resident_population", 1), ("registered_population", 1.06))
        ]
    PopulationCount.objects.bulk_create(counts)


def _county_level_rows(places: Places, end: date, seed: int, modules: list[Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Rows that belong to no village: returns of units, targets of the years."""
    for name, module in modules:
        if hasattr(module, "report"):
            collected: dict[str, list[dict[str, Any]]] = defaultdict(list)
            for model, row in module.report(places, first_day(end), end, Random(f"{seed}/{name}/returns")):
                collected[model].append(row)
            yield from collected.items()
    targets = {code: aim for _, module in modules for code, aim in getattr(module, "TARGETS", {}).items()}
    years = range(first_day(end).year, end.year + 1)
    yield "figures.Target", list(_target_rows(places, targets, years))
    yield "figures.TargetDuty", list(_duty_rows(targets, years))


def _target_rows(places: Places, targets: Mapping[str, Rate | PerTenThousand], years: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Each year's tasks of county and townships: rates alike for all, counts by population."""
    residents = {town.code: sum(v.size for v in places.villages if v.township is town) for town in places.townships}
    residents[COUNTY_CODE] = sum(residents.values())
    for year in years:
        for code, target in targets.items():
            for organisation, people in residents.items():
                yield {
                    "indicator": code,
                    "organisation_id": organisation,
                    "year": year,
                    "value": target.value if isinstance(target, Rate) else round(people / 10_000 * target.value),
                    "unit": "percent" if isinstance(target, Rate) else "count",
                    "source": f"安澜县{year}年卫生健康工作目标任务书（模拟）",
                }


# Who answers for a task, by the hundred of the line of work's order: the leader in charge, and the department that leads.
_ANSWERING = {
    1: ("副局长（分管医改）", "体制改革科"),
    2: ("副局长（分管公共卫生）", "基层卫生科"),
    3: ("副局长（分管疾病预防控制）", "疾病预防控制科"),
    4: ("副局长（分管妇幼健康）", "妇幼健康科"),
    5: ("副局长（分管医政）", "医政医管科"),
    6: ("卫生监督所所长", "综合监督科"),
    7: ("副局长（分管人事规划）", "规划财务科"),
    8: ("爱卫办主任", "爱国卫生办公室"),
    9: ("局办公室主任", "办公室"),
}


def _duty_rows(targets: Iterable[str], years: Iterable[int]) -> Iterator[dict[str, Any]]:
    """责任分工 of the tasks of each year."""
    for year in years:
        for code in targets:
            programme = registry.programmes.get(registry.indicators[code][-1].programme)
            leader, department = _ANSWERING.get(programme.order // 100 if programme else 0, _ANSWERING[9])
            yield {"indicator": code, "year": year, "leader": leader, "department": department}


# -- storing -----------------------------------------------------------------------------------------------------------------


def _sealed(person: Person) -> dict[str, Any]:
    """Name, number and phone of a synthetic person as the database keeps them."""
    columns: dict[str, Any] = {"name": person.name, "initials": person.initials, "phone": person.phone}
    if person.identity:
        vault = identity.vault()
        columns["identity_cipher"] = vault.encrypt(person.identity)
        columns["identity_hash"] = vault.lookup(person.identity)
        columns["identity_tail"] = person.identity[-4:]
    return columns


def _insert(model: str, rows: list[dict[str, Any]]) -> None:
    """Rows of one model by plain INSERT. The forms have up to 130 fields, most of them empty in any one row: writing only what a row
    has takes a fifth of bulk_create's time. Triggers see these writes like any other."""
    fields = {field.attname: field for field in apps.get_model(model)._meta.concrete_fields}
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        alike[tuple(row)].append(row)
    table = connection.ops.quote_name(apps.get_model(model)._meta.db_table)
    for names, members in alike.items():
        # What a row leaves out and may not be null takes the model's default, as the ORM would give it.
        filled = {
            name: timezone.now() if getattr(field, "auto_now_add", False) else field.get_default()
            for name, field in fields.items()
            if name not in names and not field.null and not field.primary_key
        }
        columns = ", ".join(connection.ops.quote_name(fields[name].column) for name in (*names, *filled))
        places = ", ".join(["%s"] * (len(names) + len(filled)))
        constant = tuple(filled.values())
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({places})",
                [tuple(member.values()) + constant for member in members],
            )


def _reset_sequences() -> None:
    """Keys were given by the simulation; PostgreSQL's sequences must go on after them."""
    from django.core.management.color import no_style

    for sql in connection.ops.sequence_reset_sql(no_style(), list(apps.get_models())):
        with connection.cursor() as cursor:
            cursor.execute(sql)
