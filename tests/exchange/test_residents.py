"""Files of residents: taken in a batch at a time, with the checks of a single registration."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taizhang.county.identity import check_digit, vault
from taizhang.county.models import Resident

from .conftest import numbers, reasons

pytestmark = pytest.mark.django_db
HEAD = ["姓名", "身份证号", "性别", "出生日期", "机构", "迁入日期", "电话", "户编号"]


def identity(birth: str = "19600501", order: str = "001") -> str:
    first = f"990101{birth}{order}"
    return first + check_digit(first)


def person(name: str = "王试样", **other: str) -> list[str]:
    cells = {
        "身份证号": identity(),
        "性别": "",
        "出生日期": "",
        "机构": "河湾村卫生室",
        "迁入日期": "2020年1月1日",
        "电话": "",
        "户编号": "",
    } | other
    return [name, *(cells[heading] for heading in HEAD[1:])]


NEWBORN = person("李小样", 身份证号="", 性别="女", 出生日期="2026-02-01", 迁入日期="2026-02-01", 户编号="H1")


def test_people_are_registered_with_cipher_hash_and_residency(bring: Any, csv_file: Any) -> None:
    report = bring("residents", csv_file([HEAD, person(电话="0710-3512345", 户编号="H1"), NEWBORN]))
    assert numbers(report) == (2, 2, 0, 0, 0)
    man = Resident.objects.get(name="王试样")
    assert (man.sex, str(man.birth_date), man.initials, man.identity_tail, man.phone) == (
        "1",
        "1960-05-01",
        "wsy",
        identity()[-4:],
        "07103512345",
    )
    assert vault().decrypt(man.identity_cipher) == identity()
    residency = man.residencies.get()
    assert (residency.organisation_id, str(residency.started_on)) == ("990101101201", "2020-01-01")
    child = Resident.objects.get(name="李小样")
    assert (child.identity_hash, child.identity_kind, child.household) == (None, "", man.household)
    assert man.household is not None
    assert (man.household.number, man.household.division_id) == ("H1", "990101101201")


def test_the_same_file_twice_changes_nothing(bring: Any, csv_file: Any) -> None:
    path = csv_file([HEAD, person(电话="0710-3512345"), NEWBORN, NEWBORN])
    assert numbers(bring("residents", path)) == (3, 2, 1, 0, 0)
    assert numbers(bring("residents", path)) == (3, 0, 3, 0, 0)
    assert Resident.objects.count() == 2


def test_other_values_need_a_correction_and_only_they_change(bring: Any, csv_file: Any) -> None:
    bring("residents", csv_file([HEAD, person(电话="03512345", 户编号="H1")]))
    row = ["王改样", identity(), "990101101201", "2019-06-01"]
    head = ["姓名", "身份证号", "机构", "迁入日期"]
    assert numbers(bring("residents", csv_file([head, row, row]))) == (2, 0, 0, 0, 2)
    path = csv_file([head, row])
    report = bring("residents", path)
    assert numbers(report) == (1, 0, 0, 0, 1)
    assert reasons(report)[0]["退回的列"] == "姓名\n迁入日期"
    assert numbers(bring("residents", path, correct=True)) == (1, 0, 0, 1, 0)
    man = Resident.objects.get()
    assert (man.name, man.initials, man.phone, man.household.number if man.household else "") == ("王改样", "wgy", "03512345", "H1")
    assert str(man.residencies.get().started_on) == "2019-06-01"


def test_a_corrected_birth_date_derives_the_visits_anew(bring: Any, csv_file: Any, county: Any) -> None:
    from django.apps import apps

    county.resident("李小样", record_number="99010110120100001")
    visit = ["档案编号", "机构", "随访日期", "随访方式", "随访结果", "收缩压", "舒张压"]
    bring("hypertension_follow_ups", csv_file([visit, ["99010110120100001", "990101101201", "2026-03-01", "门诊", "已随访", "130", "80"]]))
    head = ["姓名", "健康档案编号", "性别", "出生日期", "机构", "迁入日期"]
    row = ["李小样", "99010110120100001", "男", "1985-03-01", "990101101201", "2020-01-01"]
    assert numbers(bring("residents", csv_file([head, row]), correct=True)) == (1, 0, 0, 1, 0)
    assert apps.get_model("hypertension.FollowUp").objects.get().age_at_visit == 41


def test_an_import_moves_nobody(bring: Any, csv_file: Any) -> None:
    bring("residents", csv_file([HEAD, person()]))
    report = bring("residents", csv_file([HEAD, person(机构="石桥村卫生室")]), correct=True)
    assert "迁移请办理迁入，不能用导入更正" in reasons(report)[0]["原因和改法"]


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (person(身份证号=identity()[:-1] + ("1" if identity()[-1] != "1" else "2")), "身份证号", "校验位不符"),
        (person(身份证号="11010519491231002X"), "身份证号", "模拟台账，只接受以99开头"),
        (person(身份证号="9.90101196005011E+17"), "身份证号", "后几位已经丢失。请把该列设为“文本”格式后重填"),
        (person(性别="女"), "性别", "性别填为女，身份证号显示为男"),
        (person(出生日期="1961-05-01"), "出生日期", "与身份证号不一致"),
        (person(机构="无名村卫生室"), "机构", "没有代码或名称为“无名村卫生室”的机构"),
        (person(迁入日期="2026-13-01"), "迁入日期", "这一天不存在"),
        (person(迁入日期="1950-01-01"), "迁入日期", "早于出生日期"),
        (person(迁入日期=""), "迁入日期", "迁入日期未填"),
        (person(电话="无"), "电话", "电话应为7至20位数字"),
        (person(身份证号=""), "性别\n出生日期", "出生日期未填"),
    ],
)
def test_a_bad_row_comes_back_with_its_cure(bring: Any, csv_file: Any, row: list[str], column: str, message: str) -> None:
    report = bring("residents", csv_file([HEAD, row, NEWBORN]))
    assert numbers(report) == (2, 1, 0, 0, 1)
    told = reasons(report)[0]
    assert told["退回的列"] == column
    assert message in told["原因和改法"]


def test_one_person_twice_and_one_record_number_for_two_are_refused(bring: Any, csv_file: Any) -> None:
    head = [*HEAD, "健康档案编号"]
    rows = [
        [*person(), "99010110120100001"],
        [*person(电话="03512345"), "99010110120100001"],
        [*person("李试样", 身份证号=identity("19700501")), "99010110120100001"],
    ]
    report = bring("residents", csv_file([head, *rows]))
    assert numbers(report) == (3, 1, 0, 0, 2)
    first, second = (told["原因和改法"] for told in reasons(report))
    assert "与第2行是同一个人，内容却不同" in first
    assert "健康档案编号99010110120100001在本文件中已给了另一个人" in second


def test_queries_do_not_grow_with_people(bring: Any, csv_file: Any) -> None:
    counts = []
    for year, many in ((1950, 3), (1951, 28)):
        rows = [person("王试样", 身份证号=identity(f"{year}05{day:02}")) for day in range(1, many + 1)]
        with CaptureQueriesContext(connection) as queries:
            assert numbers(bring("residents", csv_file([HEAD, *rows])))[1] == many
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 1
