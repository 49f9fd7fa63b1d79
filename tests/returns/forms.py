"""Forms of the tests, with every kind of element, and rows for cells."""

from datetime import date
from typing import Any

from taizhang.kernel.forms import Scope
from taizhang.kernel.periods import Period
from taizhang.kernel.reporting import flow, form, own_definition, plan, rate_only, stock

_ELEMENTS = (
    flow("visits", "门诊人次", "Visits", "人次"),
    flow("first_visits", "初诊人次", "First visits", "人次"),
    flow("income", "业务收入", "Income", "万元", places=2),
    stock("beds", "床位", "Beds", "张"),
    rate_only("satisfaction", "满意率", "Satisfaction"),
    plan("task", "年度任务", "Task of the year", "人次"),
)
_ROWS = {"inner": ("内科", "Medicine"), "outer": ("外科", "Surgery"), "total": ("合计", "Total")}

AREA = form(
    "test_area", "试用报表", "Test form", own_definition("试用报表"), *_ELEMENTS, rows=_ROWS, total="total",
    parts=(("first_visits", "visits"),),
)
OWN = form("test_own", "本单位试用报表", "Own test form", own_definition("本单位试用报表"), *_ELEMENTS, scope=Scope.OWN)
PROJECTS = form("test_projects", "项目试用报表", "Test projects", own_definition("项目试用报表"), *_ELEMENTS, open_rows=True)

BUREAU, EAST, WEST, VILLAGE = "990101", "990101101", "990101102", "990101101201"


class Tree:
    """A bureau with two townships; a village below the first."""

    _children = {BUREAU: (EAST, WEST), EAST: (VILLAGE,), WEST: (), VILLAGE: ()}

    def children(self, code: str) -> tuple[str, ...]:
        return self._children[code]

    def descendants(self, code: str) -> tuple[str, ...]:
        return (code, *(d for child in self._children[code] for d in self.descendants(child)))


def cell(number: int, period: str, value: int, element: str = "visits", **more: Any) -> dict[str, Any]:
    """A row as the ledger has it, of AREA and the bureau unless said otherwise."""
    days = Period.parse(period)
    row = {
        "id": number, "form": AREA.code, "organisation": BUREAU, "period_start": days.start, "period_end": days.end, "as_of": days.end,
        "state": "submitted", "element": element, "category": "", "value": value, "precision": None, "qualifier": "",
    }
    as_of = more.pop("as_of", None)
    return {**row, **more, **({"as_of": date.fromisoformat(as_of)} if as_of else {})}


def make_bureau() -> None:
    """The organisation that reports, in the database of the test."""
    from taizhang.county.models import Division, Organisation

    division, _ = Division.objects.get_or_create(code=BUREAU, defaults={"name": "试验县", "level": "county"})
    facts = {"name": "试验县卫生健康局", "name_en": "Trial County Health Bureau", "kind": "bureau", "division": division}
    Organisation.objects.get_or_create(code=BUREAU, defaults=facts)
