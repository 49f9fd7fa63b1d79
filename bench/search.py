"""Searching people at a size: what a reader types, by scope, through the one door, with its audit line; on SQLite or PostgreSQL.

`python -m bench.search HOME RESIDENTS` makes a home with invented names spread over villages by bulk insert, unless HOME is there already:
that of a simulated county, or of a city laid out for bench.load with its TAIZHANG_DATABASE_URL.
"""

import json
import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.homes import DAY, SEED, enter, percentiles

RUNS = 40
AIM_MS = 100
_ROOT = "990101"
_TOWNSHIPS, _VILLAGES = 25, 40
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉力玲飞红建国华梅玉凤春志海林"
_CHUNK = 50_000


def main(home: Path, size: int) -> dict[str, Any]:
    from taizhang.config.home import Home

    if not (home / "home.json").exists():
        home.mkdir(parents=True, exist_ok=True)
        Home(home).create(kind="simulated", organisation=_ROOT, working_day=DAY)
    enter(home)
    from django.core.management import call_command

    from taizhang.county.models import Resident

    call_command("migrate", verbosity=0, interactive=False)
    if not Resident.objects.exists():
        _fill(size)
    return {"residents": Resident.objects.count(), "searches": _measure()}


def _fill(size: int) -> None:
    from django.db import connection
    from pypinyin import Style, lazy_pinyin

    from taizhang.county.changes import _installed
    from taizhang.county.models import Role, Staff
    from taizhang.county.organisations import add_organisation
    from taizhang.county.scopes import grant_role_scopes

    add_organisation(_ROOT, "样例县卫生健康局", "bureau", parent=None)
    clinics = []
    for town in range(_TOWNSHIPS):
        above = f"{_ROOT}{101 + town}"
        add_organisation(above, f"样{town}镇卫生院", "township_hospital", parent=_ROOT)
        for village in range(_VILLAGES):
            clinics.append(f"{above}{201 + village}")
            add_organisation(clinics[-1], f"样{town}-{village}村卫生室", "village_clinic", parent=above)
    for username, place, role in (
        ("village", clinics[7], Role.VILLAGE_DOCTOR), ("township", f"{_ROOT}101", Role.TOWNSHIP_OFFICE),
        ("county", _ROOT, Role.BUREAU_OFFICE),
    ):  # fmt: skip
        grant_role_scopes(Staff.objects.create(username=username, name=username, organisation_id=place, role=role, password="!"), _ROOT)
    with connection.cursor() as cursor:  # a million rows that nobody changes need no changes kept
        for name, table in _installed(connection).items():
            cursor.execute(f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if connection.vendor == "postgresql" else ""))
    letters = {sign: lazy_pinyin(sign, style=Style.FIRST_LETTER)[0] for sign in _SURNAMES + _GIVEN}
    _insert("county_resident", _residents(size, letters))
    _insert("county_residency", _residencies(size, clinics))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _residents(size: int, letters: dict[str, str]) -> Iterator[dict[str, Any]]:
    chance = random.Random(SEED)
    weights = [1 / (place + 3) for place in range(len(_SURNAMES))]
    for number in range(1, size + 1):
        name = chance.choices(_SURNAMES, weights)[0] + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2, 2))))
        yield {
            "id": number, "name": name, "initials": "".join(letters[sign] for sign in name), "sex": str(1 + number % 2),
            "birth_date": date(1940, 1, 1) + timedelta(days=chance.randrange(30_000)), "identity_kind": "01",
            "identity_hash": f"{number:064x}", "identity_tail": f"{number % 10_000:04}", "record_number": f"{_ROOT}{number:011}",
            "relation": "", "registration": "1", "phone": f"1390{number:07}",
        }  # fmt: skip


def _residencies(size: int, clinics: list[str]) -> Iterator[dict[str, Any]]:
    """Neighbours stand together, as they do in a county that was registered village by village; some have moved since."""
    started = date(2020, 1, 1)
    for number in range(1, size + 1):
        yield {"resident_id": number, "organisation_id": clinics[(number - 1) * len(clinics) // size], "started_on": started}


def _insert(table: str, rows: Iterator[dict[str, Any]]) -> None:
    from django.db import connection, transaction

    first = next(rows)
    names = list(first)
    columns = ", ".join(f'"{name}"' for name in names)

    def values() -> Iterator[tuple[Any, ...]]:
        yield tuple(first.values())
        for row in rows:
            yield tuple(row.values())

    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copying:
                for row in values():
                    copying.write_row(row)
        else:
            marks = ", ".join("?" * len(names))
            cursor.cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', values())


def _measure() -> dict[str, dict[str, Any]]:
    from taizhang.config import home
    from taizhang.county.models import Resident, Role, Staff
    from taizhang.county.people import find

    chance = random.Random(SEED)
    some = chance.sample(list(Resident.objects.filter(record_number__isnull=False).values_list("pk", flat=True)), RUNS)
    picked = list(Resident.objects.filter(pk__in=some))
    chance.shuffle(picked)
    posts = {
        "village": Staff.objects.filter(role=Role.VILLAGE_DOCTOR),
        "township": Staff.objects.filter(role=Role.TOWNSHIP_OFFICE),
        "county": Staff.objects.filter(role=Role.BUREAU_OFFICE, organisation=home.current().organisation),
    }
    typed = {
        "name": [person.name for person in picked],
        "surname": [person.name[0] for person in picked],
        "two signs": [person.name[:2] for person in picked],
        "initials": [person.initials for person in picked],
        "one letter": [person.initials[0] for person in picked],
        "phone": [person.phone for person in picked],
        "record number": [person.record_number or "" for person in picked],
        "identity number": [_identity(person) for person in picked],
        "nobody": ["司徒无人", "zzzq", "欧阳", "qx", "19900000000"] * (RUNS // 5),
    }
    found: dict[str, dict[str, Any]] = {}
    for post, of_post in posts.items():
        staff = of_post.order_by("pk")[0]
        for what, texts in typed.items():
            seconds = []
            for text in texts:
                began = time.perf_counter()
                find(staff, text, DAY)
                seconds.append(time.perf_counter() - began)
            found[f"{post}, {what}"] = percentiles(seconds)
    return found


def _identity(person: Any) -> str:
    """The person's number; of the invented, who have none, one that nobody bears: the way to a hash and an index is the same."""
    from taizhang.county.identity import check_digit, vault

    if person.identity_cipher:
        return vault().decrypt(person.identity_cipher)
    body = f"{_ROOT}{person.birth_date:%Y%m%d}{person.pk % 999 + 1:03}"
    return body + check_digit(body)


if __name__ == "__main__":
    answer = main(Path(sys.argv[1]), int(sys.argv[2]))
    for what, line in answer["searches"].items():
        late = "" if line["p95_ms"] <= AIM_MS else f"  over {AIM_MS} ms"
        print(f"{what:28} p50 {line['p50_ms']:8.1f} ms  p95 {line['p95_ms']:8.1f} ms{late}", file=sys.stderr)
    print(json.dumps({**answer, "database": "postgresql" if os.environ.get("TAIZHANG_DATABASE_URL") else "sqlite"}))
