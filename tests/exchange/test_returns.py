"""Files of returns: one cell a line, and the wide form that the system writes."""

from pathlib import Path
from typing import Any

import pytest

from taizhang.county.models import Organisation
from taizhang.exchange.columns import read_heading
from taizhang.exchange.exporting import blank_returns, export_returns
from taizhang.exchange.importing import FileRefused
from taizhang.exchange.reading import open_file
from taizhang.exchange.returns import sheet_name, wide_columns
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.kernel.reporting import flow, form, own_definition, stock
from taizhang.returns.models import ReturnCell

from .conftest import numbers, reasons

pytestmark = pytest.mark.django_db
LONG = ["organisation_code", "organisation", "period", "form", "category", "element", "unit", "value", "precision", "note"]
TRIAL = form(
    "trial_lectures", "试用讲座报表", "Trial lectures", own_definition("试用讲座报表"),
    flow("lectures", "讲座场次", "Lectures", "场"), flow("evening", "其中晚间场次", "In the evening", "场"),
    flow("spent", "讲座经费", "Spent", "万元", places=2), stock("posters", "宣传栏", "Posters", "块"),
    rows={"town": ("城镇", "Town"), "village": ("农村", "Village"), "total": ("合计", "Total")}, total="total",
    parts=(("evening", "lectures"),),
)  # fmt: skip


@pytest.fixture(autouse=True)
def trial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.forms, TRIAL.code, TRIAL)


def line(element: str, value: str, **other: str) -> list[str]:
    cells = {"organisation_code": "990101", "period": "2026年1-5月", "form": "试用讲座报表", "element": element, "value": value} | other
    return [cells.get(name, "") for name in LONG]


def test_cells_go_in_once_whatever_language_heads_the_file(bring: Any, csv_file: Any) -> None:
    rows = [line("讲座场次", "12", unit="场", category="城镇"), line("讲座经费", "3.25", precision="0.01", note="约")]
    assert numbers(bring("returns", csv_file([LONG, *rows]))) == (2, 2, 0, 0, 0)
    chinese = ["机构代码", "机构", "时段", "报表", "分组", "指标项", "单位", "数值", "公布精度", "备注"]
    assert numbers(bring("returns", csv_file([chinese, *rows]))) == (2, 0, 2, 0, 0)
    spent = ReturnCell.objects.get(element="spent")
    assert (spent.value, spent.precision, spent.qualifier, str(spent.period_start), spent.state) == (
        325,
        1,
        "约",
        "2026-01-01",
        "submitted",
    )


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (line("讲座场次", "十二"), "value", "应填数字，现为“十二”"),
        (line("讲座场次", "1.5"), "value", "应填整数"),
        (line("讲课", "1"), "element", "没有“讲课”这一指标项，可填：讲座场次、其中晚间场次"),
        (line("讲座场次", "1", category="山区"), "category", "没有“山区”这一行，可填：城镇、农村、合计"),
        (line("讲座场次", "1", unit="人次"), "unit", "单位是“场”，现为“人次”"),
        (line("讲座场次", "1", form="讲座表"), "form", "没有“讲座表”这张报表"),
        (line("讲座场次", "1", organisation_code="990199"), "organisation_code", "没有代码或名称为“990199”的机构"),
        (line("讲座场次", "1", period="今年"), "period", "“今年”不是时段。请填2026年上半年"),
        (line("讲座场次", "1", period="2026-09"), "period", "还没有开始"),
        (line("讲座场次", "=1+1"), "value", "此格是公式"),
        (line("讲座场次", ""), "value", "数值未填"),
        (line("其中晚间场次", "99"), "value", "讲座场次"),  # a part above its whole
        (line("讲座场次", "8"), "value", "在本次填报中出现两次且数值不同"),
    ],
)
def test_a_bad_cell_comes_back_and_the_others_go_in(bring: Any, csv_file: Any, row: list[str], column: str, message: str) -> None:
    report = bring("returns", csv_file([LONG, line("讲座场次", "12"), row, line("宣传栏", "40")]))
    assert numbers(report) == (3, 2, 0, 0, 1)
    told = reasons(report)[0]
    assert told["原行号"] == "3.0"
    assert told["退回的列"] == column
    assert message in told["原因和改法"]


def test_other_values_are_refused_unless_the_import_corrects(bring: Any, csv_file: Any) -> None:
    bring("returns", csv_file([LONG, line("讲座场次", "12")]))
    path = csv_file([LONG, line("讲座场次", "13")])
    report = bring("returns", path)
    assert numbers(report) == (1, 0, 0, 0, 1)
    assert "与已上报的12场不同" in reasons(report)[0]["原因和改法"]
    assert numbers(bring("returns", path, correct=True, dry_run=True)) == (1, 0, 0, 1, 0)
    assert ReturnCell.objects.get().value == 12
    assert numbers(bring("returns", path, correct=True)) == (1, 0, 0, 1, 0)
    assert ReturnCell.objects.get().value == 13


def test_what_is_wrong_with_the_return_sends_all_its_cells_back(bring: Any, csv_file: Any) -> None:
    bring("returns", csv_file([LONG, line("讲座场次", "12")]))
    report = bring("returns", csv_file([LONG, *(line(name, "5", period="2026Q2") for name in ("讲座场次", "宣传栏"))]))
    assert numbers(report) == (2, 0, 0, 0, 2)
    assert all("部分重叠" in told["原因和改法"] for told in reasons(report))


def test_an_export_brought_back_changes_nothing(bring: Any, csv_file: Any, tmp_path: Path) -> None:
    rows = [
        line("讲座场次", "12", category="城镇"), line("讲座场次", "3", category="农村"), line("讲座场次", "15", category="合计"),
        line("讲座经费", "3.25", precision="0.05", note="约"), line("宣传栏", "40", period="2026-01-01..2026-06-20", note="由清单清点"),
        line("宣传栏", "7", organisation_code="990101101"),
    ]  # fmt: skip
    bring("returns", csv_file([LONG, *rows]))
    path = tmp_path / "已上报.xlsx"
    assert export_returns([TRIAL], ReturnCell.objects.all(), path, staff=None) == 6
    report = bring("returns", path)
    assert numbers(report) == (6, 0, 6, 0, 0)
    assert report.text.zh == "读取6个数：导入0个数，未变6个数，更正0个数，退回0个数。"


def test_a_month_that_excel_made_a_day_of_is_still_the_month(bring: Any, csv_file: Any) -> None:
    assert numbers(bring("returns", csv_file([LONG, line("讲座场次", "12", period="2026-05-01")]))) == (1, 1, 0, 0, 0)
    cell = ReturnCell.objects.get()
    assert (str(cell.period_start), str(cell.period_end)) == ("2026-05-01", "2026-05-31")


def test_a_blank_form_is_filled_and_read(bring: Any, county: Any, tmp_path: Path, xlsx_file: Any) -> None:
    path = tmp_path / "空表.xlsx"
    places = list(Organisation.objects.filter(code__in=county.townships))
    blank_returns([TRIAL], places, Period.parse("2026Q2"), path)
    sheet = open_file(path)[0]
    rows = [cells for _, cells in sheet.rows()]
    assert sheet.name == "试用讲座报表"
    assert rows[0] == ["机构代码", "机构", "时段", "分组", "讲座场次（场）", "其中晚间场次（场）", "讲座经费（万元）", "宣传栏（块）"]
    assert rows[1][:4] == ["990101101", "青山镇卫生院", "2026年第二季度", "城镇"]
    rows[1][4:] = ["9", "2", "=1+1", "许多"]
    rows[4][4:] = ["0", "", "1.5", ""]
    report = bring("returns", xlsx_file({sheet.name: rows}))
    assert numbers(report) == (6, 4, 0, 0, 2)
    told = reasons(report)[0]
    assert (told["退回的列"], told["退回的值"]) == ("讲座经费（万元）\n宣传栏（块）", "=1+1\n许多")
    assert ReturnCell.objects.get(organisation="990101102", element="lectures").value == 0


def test_a_sheet_that_is_no_form_is_refused(bring: Any, xlsx_file: Any) -> None:
    with pytest.raises(FileRefused, match="工作表“Sheet1”也不是报表名，没有写入任何数"):
        bring("returns", xlsx_file({"Sheet1": [["单位", "场次"], ["a", "1"]]}))
    with pytest.raises(FileRefused, match="E列“讲坐场次”不认识，是否应为“讲座场次（场）”"):
        bring("returns", xlsx_file({"试用讲座报表": [["机构代码", "机构", "时段", "分组", "讲坐场次"], ["990101", "", "2026H1", "", "1"]]}))
    assert not ReturnCell.objects.exists()


@pytest.mark.parametrize("code", sorted(registry.forms))
def test_every_form_has_a_sheet_and_columns_that_are_told_apart(code: str, tmp_path: Path, county: Any) -> None:
    declared = registry.forms[code]
    path = tmp_path / "空表.xlsx"
    blank_returns([declared], [Organisation.objects.get(pk=county.root)], Period.parse("2026H1"), path)
    sheet = open_file(path)[0]
    heading, _ = read_heading(sheet, wide_columns(declared), what=declared.name)
    assert [field for field in heading.places if "·" not in field][-len(declared.elements) :] == [e.code for e in declared.elements]
    assert [other.code for other in registry.forms.values() if sheet_name(other) == sheet.name] == [code]
