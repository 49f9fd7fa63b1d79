"""Files of a register, by the visits to hypertension patients: what goes in, what comes back and why."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from taizhang.config import home
from taizhang.county.identity import check_digit
from taizhang.county.locks import lock_period, unlock_period
from taizhang.county.models import PeriodLock
from taizhang.county.moving import record_death
from taizhang.exchange import registers
from taizhang.exchange.importing import FileRefused, ImportReport
from taizhang.exchange.registers import columns_of
from taizhang.kernel.registry import registry
from taizhang.returns.models import Return, State

from .conftest import numbers, reasons

pytestmark = pytest.mark.django_db
KIND = "hypertension_follow_ups"
HEAD = ["档案编号", "机构", "随访日期", "随访方式", "随访结果", "收缩压", "舒张压", "体重"]
NUMBER = "99010110120100001"


def visit(number: str = NUMBER, day: str = "2026-03-01", **other: str) -> list[str]:
    cells = {"机构": "990101101201", "随访方式": "家庭", "随访结果": "已随访", "收缩压": "150", "舒张压": "92", "体重": "60.5"} | other
    return [number, cells["机构"], day, *(cells[name] for name in HEAD[3:])]


@pytest.fixture
def patient(county: Any) -> Any:
    return county.resident(record_number=NUMBER)


def stored() -> list[Any]:
    from django.apps import apps

    return list(apps.get_model("hypertension.FollowUp").objects.order_by("visited_on"))


def reason(report: ImportReport, row: int = 0) -> str:
    return reasons(report)[row]["原因和改法"]


def test_good_rows_go_in_and_are_derived_together(bring: Any, csv_file: Any, patient: Any) -> None:
    report = bring(KIND, csv_file([HEAD, visit(day="2026-03-20"), visit(day="2026年3月1日", 收缩压="160")]))
    assert numbers(report) == (2, 2, 0, 0, 0)
    assert report.text.zh == "读取2行：导入2行，未变0行，更正0行，退回0行。"
    first, second = stored()
    assert (first.visit_class, first.answered_on, first.weight, first.recorded_by) == ("2", date(2026, 3, 20), 605, "tests")
    assert (second.visit_class, second.due_reason) == ("2", "referral")  # uncontrolled twice running
    assert report.reasons_file is None


def test_the_same_file_twice_changes_nothing(bring: Any, csv_file: Any, patient: Any) -> None:
    path = csv_file([HEAD, visit(), visit(), visit(day="2026-04-01")])
    assert numbers(bring(KIND, path)) == (3, 2, 1, 0, 0)
    before = [(v.pk, v.recorded_at) for v in stored()]
    assert numbers(bring(KIND, path)) == (3, 0, 3, 0, 0)
    assert [(v.pk, v.recorded_at) for v in stored()] == before


def test_other_values_are_refused_unless_the_import_corrects(bring: Any, csv_file: Any, patient: Any) -> None:
    bring(KIND, csv_file([HEAD, visit(), visit(day="2026-03-10")]))
    path = csv_file([HEAD, visit(收缩压="130", 舒张压="80")])
    report = bring(KIND, path)
    assert numbers(report) == (1, 0, 0, 0, 1)
    told = "已有这条记录（居民、随访日期相同），收缩压为150，与本行不同。确为更正的，请勾选“更正”（命令行加--correct）重新导入。"
    assert told in reason(report)
    assert numbers(bring(KIND, path, correct=True)) == (1, 0, 0, 1, 0)
    first, second = stored()
    assert (first.systolic, first.visit_class, first.weight) == (130, "1", 605)
    assert second.due_reason == "two_weeks_uncontrolled"  # derived anew: no longer the second time running


def test_a_dry_run_writes_nothing_but_the_reasons(bring: Any, csv_file: Any, patient: Any) -> None:
    report = bring(KIND, csv_file([HEAD, visit(), visit(day="2027-01-01")]), dry_run=True)
    assert numbers(report) == (2, 1, 0, 0, 1)
    assert report.text.zh.endswith("本次只检查，没有写入。")
    assert stored() == []
    assert len(reasons(report)) == 1


@pytest.mark.parametrize(
    ("row", "column", "value", "message"),
    [
        (visit(number="99010119550301001X"), "档案编号", "99010119550301001X", "身份证号校验位不符，至少有一位写错。请核对证件后重填。"),
        (visit(number="99010110120100009"), "档案编号", "99010110120100009", "没有这位居民"),
        (visit(number="9.9010110120100E+16"), "档案编号", "9.9010110120100E+16", "后几位已经丢失"),
        (visit(day="2026-02-30"), "随访日期", "2026-02-30", "这一天不存在"),
        (visit(day="2026-07-01"), "随访日期", "2026-07-01", "晚于今天（2026-06-30）"),
        (visit(day="1950-01-01"), "随访日期", "1950-01-01", "早于出生日期1955-03-01。请核对日期或居民。"),
        (visit(收缩压="310"), "收缩压", "310", "收缩压310mmHg超出合理范围60–280mmHg，请核对后重填。"),
        (visit(收缩压="高"), "收缩压", "高", "收缩压应填数字，现为“高”"),
        (visit(收缩压="80", 舒张压="92"), "收缩压", "80", "舒张压92应低于收缩压80；请核对两项是否填反。"),
        (visit(机构="990101101299"), "机构", "990101101299", "没有代码或名称为“990101101299”的机构。请核对，或先登记该机构。"),
        (visit(随访方式="信件"), "随访方式", "信件", "没有“信件”这一项，可填：1 门诊、2 家庭、3 电话"),
        (visit(随访方式=""), "随访方式", "", "随访方式未填。请补填。"),
        (visit(体重="=55+5"), "体重", "=55+5", "此格是公式（=55+5）"),
    ],
)
def test_a_bad_row_comes_back_with_column_value_and_cure(
    bring: Any, csv_file: Any, patient: Any, row: list[str], column: str, value: str, message: str
) -> None:
    report = bring(KIND, csv_file([HEAD, visit(day="2026-05-05"), row]))
    assert numbers(report) == (2, 1, 0, 0, 1)
    told = reasons(report)[0]
    assert told["原行号"] == "3.0"
    assert (told["退回的列"], told["退回的值"]) == (column, value)
    assert message in told["原因和改法"]
    assert told["Reason and cure"]
    assert [told[heading] for heading in HEAD] == row
    assert len(stored()) == 1


def test_a_visit_after_death_is_refused(bring: Any, csv_file: Any, county: Any, patient: Any) -> None:
    record_death(patient, date(2026, 4, 1), actor="tests", day=county.day)
    report = bring(KIND, csv_file([HEAD, visit(day="2026-04-02")]))
    assert "晚于死亡日期2026-04-01。请核对日期或居民。" in reason(report)


def test_a_locked_period_is_refused_also_for_corrections(bring: Any, csv_file: Any, patient: Any) -> None:
    path = csv_file([HEAD, visit(day="2026-01-10")])
    bring(KIND, path)
    PeriodLock.objects.create(organisation_id="990101", start=date(2026, 1, 1), end=date(2026, 1, 31), reason="月报已审核")
    report = bring(KIND, csv_file([HEAD, visit(day="2026-01-10", 体重="70"), visit(day="2026-01-11")]), correct=True)
    assert numbers(report) == (2, 0, 0, 0, 2)
    assert all("已锁定：月报已审核" in told["原因和改法"] for told in reasons(report))


def test_two_rows_of_one_visit_that_differ_are_refused(bring: Any, csv_file: Any, patient: Any) -> None:
    report = bring(KIND, csv_file([HEAD, visit(), visit(体重="70")]))
    assert numbers(report) == (2, 1, 0, 0, 1)
    assert "与第2行是同一条记录（居民、随访日期相同），内容却不同。请只留一行。" in reason(report)


def test_a_repeated_bad_row_is_as_bad_as_the_first(bring: Any, csv_file: Any, patient: Any) -> None:
    report = bring(KIND, csv_file([HEAD, visit(day="2027-01-01"), visit(day="2027-01-01")]))
    assert numbers(report) == (2, 0, 0, 0, 2)


def test_a_name_beside_the_number_must_be_that_persons(bring: Any, csv_file: Any, patient: Any) -> None:
    path = csv_file([["姓名", *HEAD], ["王试样", *visit()], ["李试样", *visit(day="2026-04-01")]])
    report = bring(KIND, path)
    assert numbers(report) == (2, 1, 0, 0, 1)
    assert "姓名与该号码的居民不符，可能串行" in reason(report)


def test_an_identity_number_finds_the_person_as_well(bring: Any, csv_file: Any, county: Any) -> None:
    number = "99010119550301001" + check_digit("99010119550301001")
    county.resident(identity_number=number)
    assert numbers(bring(KIND, csv_file([HEAD, visit(number=number)])))[1] == 1


def test_the_corrected_workbook_of_reasons_can_be_imported(bring: Any, csv_file: Any, xlsx_file: Any, patient: Any) -> None:
    report = bring(KIND, csv_file([HEAD, visit(收缩压="310")]))
    told = reasons(report)[0]
    mended = told | {"收缩压": "131"}
    assert numbers(bring(KIND, xlsx_file({"退回的行": [list(mended), list(mended.values())]}))) == (1, 1, 0, 0, 0)


def test_a_member_of_staff_imports_within_the_scope_only(bring: Any, csv_file: Any, county: Any, patient: Any) -> None:
    path = csv_file([HEAD, visit()])
    refused = bring(KIND, path, actor=county.staff("neighbour"))
    assert "您没有为“990101101201”录入的权限" in reason(refused)
    assert "不在您的权限范围内" in reason(refused)
    assert numbers(bring(KIND, path, actor=county.staff("doctor")))[1] == 1


def test_queries_do_not_grow_with_rows(bring: Any, csv_file: Any, patient: Any) -> None:
    from django.db import connection

    counts = []
    for month, rows in (("2026-01", 3), ("2026-02", 27)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            bring(KIND, csv_file([HEAD, *(visit(day=f"{month}-{day:02}") for day in range(1, rows + 1))]))
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 1


def test_many_bad_rows_are_all_told(bring: Any, csv_file: Any, patient: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registers, "BATCH", 500)
    seen: list[tuple[int, int]] = []
    report = bring(
        KIND, csv_file([HEAD, *(visit(收缩压="999") for _ in range(5_000))]), progress=lambda done, total: seen.append((done, total))
    )
    assert numbers(report) == (5_000, 0, 0, 0, 5_000)
    assert len(reasons(report)) == 5_000
    assert len(report.first_faults) == 20
    assert seen[-1] == (5_000, 5_000)
    assert stored() == []


def test_a_second_sheet_with_content_is_refused(bring: Any, xlsx_file: Any, patient: Any) -> None:
    with pytest.raises(FileRefused, match="有2个有内容的工作表（一季度、二季度），不知道该导入哪一个"):
        bring(KIND, xlsx_file({"一季度": [HEAD, visit()], "二季度": [HEAD, visit(day="2026-04-01")]}))
    assert stored() == []


def test_a_file_refused_on_the_way_leaves_neither_rows_nor_reasons(bring: Any, csv_file: Any, patient: Any) -> None:
    path = csv_file([HEAD, visit(), visit(day="2027-01-01"), [*visit(day="2026-05-01"), "见附页"]], name="半途.csv")
    with pytest.raises(FileRefused, match="第4行I列有内容“见附页”，但该列没有列名"):
        bring(KIND, path)
    assert stored() == []
    assert not list((home.current().path / "imports").glob("半途*"))


def test_an_unpaired_quotation_mark_is_told_with_its_row(bring: Any, patient: Any, tmp_path: Path) -> None:
    path = tmp_path / "引号.csv"
    path.write_text(",".join(HEAD) + "\n" + '"' + "9" * 200_000, encoding="utf-8")
    with pytest.raises(FileRefused, match=r"第2行无法读取.*双引号没有成对"):
        bring(KIND, path)


def test_an_unknown_kind_lists_those_there_are(bring: Any, csv_file: Any) -> None:
    with pytest.raises(FileRefused, match="没有“随访”这种文件。可导入：organisations（机构）、residents（居民）"):
        bring("随访", csv_file([HEAD]))


@pytest.mark.parametrize("code", sorted(registry.registers))
def test_no_two_columns_of_a_register_share_a_heading(code: str) -> None:
    columns = columns_of(registry.registers[code])
    for names in ([c.field for c in columns], [c.label.zh for c in columns], [c.label.en for c in columns]):
        assert len(names) == len(set(names))


def test_rows_of_days_whose_figures_were_handed_in_are_late_entries(bring: Any, csv_file: Any, county: Any, patient: Any) -> None:
    form = next(form.code for form in registry.forms.values() if form.programme == "hypertension")
    span = {"period_start": date(2026, 3, 1), "period_end": date(2026, 3, 31), "as_of": date(2026, 3, 31)}
    Return.objects.create(form=form, organisation_id=county.townships[0], state=State.SUBMITTED, **span)
    lock = lock_period(county.root, date(2026, 5, 1), date(2026, 5, 10), "5月上旬数字已上报", county.staff("bureau"))
    unlock_period(lock, "漏录", county.staff("bureau"))
    days = ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01", "2026-04-30", "2026-05-01", "2026-05-10", "2026-05-11")
    path = csv_file([HEAD, *(visit(day=day) for day in days)])
    report = bring(KIND, path, dry_run=True)
    assert report.late == 4
    assert "导入的行中有4行属于数字已经上报的日期，记为补录" in report.text.zh
    bring(KIND, path)
    assert [v.visited_on.isoformat() for v in stored() if v.late] == [days[1], days[2], days[5], days[6]]
    assert bring(KIND, csv_file([HEAD, visit(day="2026-03-01", 收缩压="130")]), correct=True).late == 0  # what is there is not new
