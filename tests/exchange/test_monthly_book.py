"""The monthly ledger of a line of work: its rows, its masks, its figures, and how it lies on paper."""

import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from python_calamine import CalamineWorkbook

from taizhang.county.models import AuditEntry
from taizhang.exchange.importing import import_file
from taizhang.exchange.monthly_book import CLOSING_DAY, BookRefused, closing_day, write_book
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.ledger import layout
from taizhang.ledger.consumer import sync

JUNE = Period.parse("2026-06")
CLINICS = ("990101101201", "990101102201")


@pytest.fixture
def work(transactional_db: None, make_county: Any) -> Iterator[Any]:
    """A patient under each of the two townships: one visit in May and one in June each, and June's return of health education."""
    shutil.rmtree(layout.folder(), ignore_errors=True)
    county = make_county()
    case, visit = apps.get_model("hypertension.Case"), apps.get_model("hypertension.FollowUp")
    for place, (name, clinic) in enumerate((("王试样", 0), ("李样本", 2))):
        patient = county.resident(name, clinic=clinic, record_number=f"{CLINICS[place][:9]}20100001")
        case.objects.create(
            resident=patient,
            organisation_id=CLINICS[place],
            enrolled_on=date(2025, 5, 1),
            diagnosed_on=date(2025, 5, 1),
            recorded_by="tests",
        )
        for day in (date(2026, 5, 30), date(2026, 6, 3 + place)):
            visit.objects.create(
                resident=patient, organisation_id=CLINICS[place], visited_on=day, way="1", outcome="1", systolic=150 + place, diastolic=80,
                recorded_by="tests",
            )  # fmt: skip
    sync()
    yield county
    shutil.rmtree(layout.folder(), ignore_errors=True)


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def numbered(rows: list[list[Any]]) -> list[list[Any]]:
    return [row for row in rows[3:] if isinstance(row[0], float)]


def made(
    work: Any, path: Path, programme: str = "hypertension", organisation: str = "990101", **options: Any
) -> dict[str, list[list[Any]]]:
    write_book(programme, JUNE, organisation, path, day=work.day, **options)
    return sheets(path)


def test_a_book_holds_the_records_of_the_month_with_masked_names_and_the_lines_figures(work: Any, tmp_path: Path) -> None:
    book = made(work, tmp_path / "台账.xlsx")
    assert list(book) == ["高血压患者专档", "高血压患者随访", "首诊测压和高血压高危人群登记", "本月数字"]
    visits = book["高血压患者随访"]
    assert visits[0][0] == "高血压患者健康管理月度台账（高血压患者随访）"
    assert visits[1][0] == "单位：样例县卫生健康局　　月份：2026年6月　　结账日：2026年6月30日"
    rows = numbered(visits)
    assert [(row[0], row[1][:3], row[2], row[3]) for row in rows] == [
        (1.0, "王**", "河湾村卫生室", date(2026, 6, 3)),
        (2.0, "李**", "石桥村卫生室", date(2026, 6, 4)),
    ]
    assert {150.0, 151.0} <= {cell for row in rows for cell in row}  # numbers stay numbers
    assert any("合计2条。姓名已遮盖。" in str(row[0]) for row in visits)
    assert str(visits[-1][0]).startswith("制表：")
    assert book["高血压患者专档"][3][0] == "本月没有记录。"
    figures = {row[0]: row for row in book["本月数字"][3:]}
    assert figures["高血压患者随访人次"][1:3] == ["人次", 2.0]
    assert "王试样" not in str(book)


def test_a_township_has_its_own_book(work: Any, tmp_path: Path) -> None:
    book = made(work, tmp_path / "台账.xlsx", organisation="990101101")
    assert [row[2] for row in numbered(book["高血压患者随访"])] == ["河湾村卫生室"]
    assert {row[0]: row[2] for row in book["本月数字"][3:]}["高血压患者随访人次"] == 1.0


def test_names_stand_only_for_residents_whom_the_reader_may_view_and_the_trail_tells_it(work: Any, tmp_path: Path) -> None:
    reader = work.staff("township")
    book = made(work, tmp_path / "台账.xlsx", reader=reader, names=True)
    people = [row[1] for row in numbered(book["高血压患者随访"])]
    assert people[0].startswith("王试样 ")
    assert people[1].startswith("李** ")
    assert any("含姓名，经样员township授权打印" in str(row[0]) for row in book["高血压患者随访"])
    entry = AuditEntry.objects.get(action="export")
    assert (entry.staff, entry.detail["names"], entry.detail["count"]) == (reader, True, 2)


def test_names_are_refused_without_a_reader_and_to_one_who_may_not_see_a_sensitive_lines_persons(work: Any, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    with pytest.raises(BookRefused, match="--by"):
        made(work, path, names=True)
    with pytest.raises(BookRefused, match="无权看艾滋病防治的个人信息"):
        made(work, path, "hiv", reader=work.staff("township"), names=True)
    assert not path.exists()


def test_a_line_of_returns_lists_the_months_cells_by_unit_and_what_was_done(work: Any, csv_file: Any, tmp_path: Path) -> None:
    heading = ["organisation_code", "period", "form", "category", "element", "unit", "value"]
    cells = [
        [work.townships[0], "2026-06", "健康教育报表", "", "举办健康知识讲座", "次", "3"],
        [work.townships[0], "2026-06", "健康教育报表", "", "参加健康知识讲座", "人次", "90"],
        [work.townships[1], "2026-06", "健康教育报表", "", "举办健康知识讲座", "次", "0"],
        [work.townships[1], "2026-05", "健康教育报表", "", "举办健康知识讲座", "次", "7"],
    ]
    assert import_file("returns", csv_file([heading, *cells]), actor="tests", day=work.day).refused == 0
    apps.get_model("deeds.Deed").objects.create(
        organisation_id="990101", line="health_education", kind="2", title="健康教育工作会", held_on=date(2026, 6, 9),
        registered_on=date(2026, 6, 9), recorded_by="tests",
    )  # fmt: skip
    sync()
    book = made(work, tmp_path / "台账.xlsx", "健康教育")
    form = book["健康教育报表"]
    lectures = form[2].index("举办健康知识讲座（次）")
    attended = form[2].index("参加健康知识讲座（人次）")
    assert [(row[1], row[lectures], row[attended]) for row in numbered(form)] == [("青山镇卫生院", 3.0, 90.0), ("白水乡卫生院", 0.0, "")]
    assert [row[4] for row in numbered(book["工作纪实"])] == ["健康教育工作会"]


def test_every_sheet_is_a4_across_with_its_heading_repeated_and_its_pages_numbered(work: Any, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    made(work, path)
    with zipfile.ZipFile(path) as package:
        sheets_xml = [package.read(n).decode() for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
        workbook = package.read("xl/workbook.xml").decode()
    for xml in sheets_xml:
        setup = re.search(r"<pageSetup[^>]*>", xml)
        assert setup is not None
        assert 'paperSize="9"' in setup[0]
        assert 'orientation="landscape"' in setup[0]
        assert "第 &amp;P 页" in xml
    assert workbook.count("_xlnm.Print_Titles") == len(sheets_xml)


@pytest.mark.parametrize("programme", sorted(registry.programmes))
def test_every_line_of_work_has_a_book(programme: str, db: None, make_county: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    county = make_county()
    monkeypatch.setattr("taizhang.exchange.monthly_book.compute.figures", lambda *asked, **more: [])
    write_book(programme, JUNE, "990101", tmp_path / "台账.xlsx", day=county.day)
    for rows in sheets(tmp_path / "台账.xlsx").values():
        assert rows[0][0].startswith(f"{registry.programmes[programme].name.zh}月度台账")


def test_the_closing_day_is_the_one_in_force_that_month(monkeypatch: pytest.MonkeyPatch) -> None:
    assert closing_day(Period.parse("2026-02")) == date(2026, 2, 28)
    dated = replace(registry.parameters[CLOSING_DAY], values=((date(2000, 1, 1), 31), (date(2026, 6, 1), 25)))
    monkeypatch.setitem(registry.parameters, CLOSING_DAY, dated)
    assert closing_day(Period.parse("2026-05")) == date(2026, 5, 31)
    assert closing_day(JUNE) == date(2026, 6, 25)


def test_what_is_no_month_that_has_begun_or_no_line_of_work_is_refused(county: Any, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    for programme, period, said in (
        ("hypertension", "2026H1", "不是一个月"),
        ("hypertension", "2026-07", "还没有开始"),
        ("hypertensio", "2026-06", "没有业务“hypertensio”"),
    ):
        with pytest.raises(BookRefused, match=said):
            write_book(programme, Period.parse(period), "990101", path, day=county.day)
    assert not path.exists()
