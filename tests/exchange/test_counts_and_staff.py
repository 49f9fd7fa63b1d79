"""Files of targets, population counts and staff."""

from decimal import Decimal
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from taizhang.county.models import PopulationCount, ScopeGrant, Staff
from taizhang.exchange.importing import FileRefused
from taizhang.figures.models import Target
from taizhang.kernel.registry import registry

from .conftest import numbers, reasons

pytestmark = pytest.mark.django_db
TARGETS = ["指标", "机构", "年度", "任务值", "依据文件"]
COUNTS = ["口径", "机构", "时点", "人数", "来源"]
STAFF = ["账号", "姓名", "机构", "岗位", "电话"]
RATE = next(code for code, dated in registry.indicators.items() if dated[-1].is_rate)


def test_targets_go_in_once_and_change_by_correction_only(bring: Any, csv_file: Any) -> None:
    path = csv_file(
        [TARGETS, [RATE, "990101", "2026年", "85%", "样卫发〔2026〕1号"], [RATE, "990101101", "2026", "80", "样卫发〔2026〕1号"]]
    )
    assert numbers(bring("targets", path)) == (2, 2, 0, 0, 0)
    assert numbers(bring("targets", path)) == (2, 0, 2, 0, 0)
    other = csv_file([TARGETS, [registry.indicators[RATE][-1].name.zh, "990101", "2026", "90", "样卫发〔2026〕9号"]])
    report = bring("targets", other)
    assert numbers(report) == (1, 0, 0, 0, 1)
    assert "已登记为85（样卫发〔2026〕1号）。确为更正的，请勾选“更正”（命令行加--correct）" in reasons(report)[0]["原因和改法"]
    assert numbers(bring("targets", other, correct=True, dry_run=True)) == (1, 0, 0, 1, 0)
    assert Target.objects.get(organisation_id="990101").value == Decimal(85)
    assert numbers(bring("targets", other, correct=True)) == (1, 0, 0, 1, 0)
    assert Target.objects.get(organisation_id="990101").value == Decimal(90)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["no.such", "990101", "2026", "85", "文件"], "没有指标“no.such”"),
        ([RATE, "9901", "2026", "85", "文件"], "没有代码或名称为“9901”的机构"),
        ([RATE, "990101", "今年", "85", "文件"], "年度应填四位年份"),
        ([RATE, "990101", "2026", "大部分", "文件"], "应填数字"),
        ([RATE, "990101", "2026", "-1", "文件"], "小于0"),
        ([RATE, "990101", "2026", "85", ""], "依据文件未填"),
    ],
)
def test_a_bad_target_comes_back(bring: Any, csv_file: Any, row: list[str], message: str) -> None:
    report = bring("targets", csv_file([TARGETS, row]))
    assert numbers(report) == (1, 0, 0, 0, 1)
    assert message in reasons(report)[0]["原因和改法"]


def test_population_counts_go_in_once_and_change_by_correction_only(bring: Any, csv_file: Any) -> None:
    path = csv_file([COUNTS, ["常住人口", "990101", "2025-12-31", "54000", "统计公报"]])
    assert numbers(bring("population", path)) == (1, 1, 0, 0, 0)
    assert numbers(bring("population", path)) == (1, 0, 1, 0, 0)
    other = csv_file([COUNTS, ["常住人口", "990101", "2025-12-31", "54100", "统计公报"], ["户籍人口", "990101", "2026-12-31", "9", "公安"]])
    report = bring("population", other, correct=True)
    assert numbers(report) == (2, 0, 0, 1, 1)
    assert "时点2026-12-31晚于今天" in reasons(report)[0]["原因和改法"]
    assert PopulationCount.objects.get().value == 54_100


def test_new_staff_get_first_passwords_in_a_sheet(bring: Any, csv_file: Any) -> None:
    path = csv_file([STAFF, ["wang", "王试样", "河湾村卫生室", "村医", ""], ["li", "李试样", "990101", "局办公室", ""]])
    assert numbers(bring("staff", path, dry_run=True)) == (2, 2, 0, 0, 0)
    assert not Staff.objects.filter(username="wang").exists()
    report = bring("staff", path)
    assert numbers(report) == (2, 2, 0, 0, 0)
    assert report.answer_file is not None
    assert report.answer_file.stat().st_mode & 0o777 == 0o600
    assert "首次密码见" in report.text.zh
    rows = CalamineWorkbook.from_path(str(report.answer_file)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["账号", "wang", "li"]
    wang = Staff.objects.get(username="wang")
    assert wang.check_password(str(rows[1][3]))
    assert wang.scopes.get().may_write
    assert numbers(bring("staff", path)) == (2, 0, 2, 0, 0)


def test_a_new_post_takes_the_old_rights_away(bring: Any, csv_file: Any, county: Any) -> None:
    path = csv_file([STAFF, ["doctor", "样员doctor", "990101101202", "村医", ""]])
    assert numbers(bring("staff", path)) == (1, 0, 0, 0, 1)
    assert numbers(bring("staff", path, correct=True)) == (1, 0, 0, 1, 0)
    assert [grant.organisation_id for grant in ScopeGrant.objects.filter(staff__username="doctor")] == ["990101101202"]


def test_bad_staff_rows_come_back(bring: Any, csv_file: Any) -> None:
    rows = [["王 五", "王试样", "990101", "村医", ""], ["wang", "王试样", "990101", "院长", ""], ["li", "李试样", "9", "村医", "无"]]
    report = bring("staff", csv_file([STAFF, *rows]))
    assert numbers(report) == (3, 0, 0, 0, 3)
    messages = [told["原因和改法"] for told in reasons(report)]
    assert "账号应以字母开头" in messages[0]
    assert "没有“院长”这一岗位，可填：村医、卫生院公卫科" in messages[1]
    assert "电话应为7至20位数字" in messages[2]
    assert "没有代码或名称为“9”的机构" in messages[2]


def test_only_those_in_charge_import_staff_targets_and_counts(bring: Any, csv_file: Any, county: Any) -> None:
    for kind in ("staff", "targets", "population"):
        with pytest.raises(FileRefused, match=r"这种文件只能由.*导入"):
            bring(kind, csv_file([STAFF]), actor=county.staff("doctor"))
