"""A small world for the kernel's tests: people, cards and visits, tables drawn in ASCII, and short ways to declare."""

from datetime import date
from typing import Any

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.indicators import Attribution, Better, Indicator, Population, TimeBase, residents_where
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.query.words import Expression, always, person, records
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text

SOURCE = Source("测试规范", "第二条")

RESIDENT = RecordContract(
    "resident",
    Text("居民", "Resident"),
    "t.Resident",
    (
        Column("birth_date", "date", Text("出生日期", "Birth date")),
        Column("sex", "code", Text("性别", "Sex")),
        Column("clinic", "code", Text("管理机构", "Clinic")),
    ),
    one_row_per_resident=True,
)
VISIT = RecordContract(
    "visit",
    Text("随访", "Visit"),
    "t.Visit",
    (
        Column("day", "date", Text("随访日期", "Day of visit")),
        Column("way", "code", Text("随访方式", "Way")),
        Column("sugar", "int", Text("血糖", "Sugar"), places=1, unit="mmol/L"),
        Column("clinic", "code", Text("随访机构", "Clinic of visit")),
    ),
)
NOTICE = RecordContract("notice", Text("公告", "Notice"), "t.Notice", (Column("day", "date", Text("日期", "Day")),), about_residents=False)

VISITS_A_YEAR = Parameter(
    "visits_a_year", Text("每年随访次数", "Visits a year"), "次", SOURCE, ((date(2017, 1, 1), 4), (date(2030, 1, 1), None))
)
PARAMETERS = {VISITS_A_YEAR.name: VISITS_A_YEAR}

resident = person(RESIDENT)
visits = records(VISIT)


def table(drawing: str) -> list[dict[str, Any]]:
    """Rows of a drawing such as

        id | resident | day        | way
        1  | 1        | 2026-01-31 | 1

    where "-" is a missing value. Days and whole numbers are read as such, all else as codes (way and sex always).
    """
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines()]
    return [{name: _value(name, cell) for name, cell in zip(head, line, strict=True)} for line in lines]


def _value(name: str, cell: str) -> Any:
    if cell == "-":
        return None
    if name in ("way", "sex", "clinic"):
        return cell
    return date.fromisoformat(cell) if cell.count("-") == 2 else int(cell)


def people(condition: Expression = always) -> Population:
    return residents_where("everyone", Text("全体居民", "Everyone"), condition, organisation=resident.clinic)


def visits_made(condition: Expression) -> Population:
    return Population(
        name="visits_made",
        label=Text("随访", "Visits"),
        attribution=Attribution.SERVED_BY,
        rows=visits.where(condition).node,
        organisation=visits.clinic.node,
    )


def indicator(numerator: Expression, denominator: Expression | None = None, population: Population | None = None, **more: Any) -> Indicator:
    facts: dict[str, Any] = {
        "code": "test.indicator",
        "name": Text("测试指标", "Test indicator"),
        "unit": "%" if denominator is not None else "人",
        "counting_unit": "人",
        "time_base": TimeBase.FLOW,
        "attribution": Attribution.MANAGED_BY,
        "better": Better.HIGHER,
        "source": SOURCE,
        "why": Text("测试", "Test"),
        "population": population or people(),
        "numerator": numerator.node,
        "denominator": denominator.node if denominator is not None else None,
    }
    return Indicator(**facts | more)
