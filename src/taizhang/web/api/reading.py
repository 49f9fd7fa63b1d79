"""What programs read beside records: organisations, people, figures, the worklist of the day."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from ninja import NinjaAPI, Path, Query, Schema
from pydantic import Field

from taizhang.config import home
from taizhang.county.models import OrganisationKind, Residency, Resident, Staff
from taizhang.county.organisations import tree_on
from taizhang.county.people import NotAllowed, describe, find, managing_organisation, open_person
from taizhang.county.scopes import organisations_for
from taizhang.figures.compute import Board
from taizhang.figures.model import Figure
from taizhang.figures.present import as_json
from taizhang.kernel.duties import WHENEVER
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.ledger.layout import LedgerError
from taizhang.web.api.problems import Told, described
from taizhang.web.api.schemas import LARGEST
from taizhang.web.discretion import withheld, withheld_among
from taizhang.web.navigation import FIELD
from taizhang.web.registers.asking import may_enter
from taizhang.web.registers.form import is_storable
from taizhang.web.worklist.listed import items_of

_PROBLEMS = (401, 404, 422)
_COUNTED = (
    "numerator",
    "denominator",
    "value",
    "previous",
    "last_year",
    "change_previous",
    "change_last_year",
    "completion",
    "pace",
    "rank",
)
NO_LEDGER = Text("台账还没有建立，算不出数字。", "There is no ledger yet; nothing can be counted.")
NO_INDICATOR = Text("没有指标“{code}”。", "There is no indicator {code}.")
AHEAD = Text("这一时段尚未开始。", "The period has not begun.")


class Place(Schema):
    """机构: an organisation. parent: the one above, empty for the root."""

    code: str
    name: str
    name_en: str
    kind: str = Field(json_schema_extra={"x-codes": {str(code): {"zh": str(label)} for code, label in OrganisationKind.choices}})
    parent: str


class Found(Schema):
    """居民: what a list shows; what identifies is masked."""

    id: int
    name: str
    sex: str
    age: int
    phone: str
    identity: str
    record_number: str
    organisation: str


class PersonOpened(Schema):
    """居民: opened; the opening is in the audit trail. sex: GB/T 2261.1."""

    id: int
    name: str
    sex: str
    birth_date: date
    died_on: date | None = None
    phone: str
    record_number: str
    organisation: str


class Sought(Schema):
    """What somebody is looked for by: name, initials of its pinyin, identity number, phone or record number."""

    text: str = Field(min_length=1, max_length=60)


class FiguresAsked(Schema):
    period: str = Field(max_length=40, description="2026-06, 2026Q2, 2026H1, 2026, 2026-01..2026-10", examples=["2026H1"])
    organisation: str | None = Field(default=None, max_length=24)
    indicator: list[str] = Field(default=[], description="codes; all without any", max_length=50)
    children: bool = Field(default=False, description="with the organisations directly below")
    categories: bool = Field(default=False, description="with a figure for each category")


class DueAsked(Schema):
    organisation: str | None = Field(default=None, max_length=24)
    after: int = Field(default=0, ge=0, le=LARGEST, description="the id of the last item read")
    limit: int = Field(default=100, ge=1, le=500)


class DueOut(Schema):
    """待办: one thing owed to a resident. urgency: 1 first."""

    id: int
    resident: int
    organisation: str
    programme: str
    duty: str
    item: str
    opens_on: date
    due_on: date | None = Field(description="the last day on which it is in time; none: when one next meets the person")
    urgency: int
    reason: str
    reason_en: str


def add_reading(api: NinjaAPI) -> None:
    @api.get("/organisations", tags=["机构 · organisations"], operation_id="organisations", summary="可查看的机构 · within scope",
             response={200: list[Place]}, openapi_extra=described(401))  # fmt: skip
    def organisations(request: HttpRequest) -> Any:
        staff, tree = _staff(request), tree_on(home.current().working_day())
        return [
            {
                "code": code,
                "name": tree.name(code).zh,
                "name_en": tree.name(code).en,
                "kind": tree.kind(code),
                "parent": tree.parent(code) or "",
            }
            for code in organisations_for(staff, "view", tree)
        ]

    @api.post("/people/search", tags=["居民 · people"], operation_id="people_search", summary="检索 · search",
              response={200: list[Found]}, openapi_extra=described(*_PROBLEMS, 400))  # fmt: skip
    def search(request: HttpRequest, body: Sought) -> Any:
        staff, day = _staff(request), home.current().working_day()
        if not may_enter(staff):
            raise Http404
        if not is_storable(body.text):
            return []
        return _found(find(staff, body.text, day), day)

    @api.get("/people/{pk}", tags=["居民 · people"], operation_id="people_open", summary="打开 · open",
             response={200: PersonOpened}, openapi_extra=described(*_PROBLEMS))  # fmt: skip
    def person(request: HttpRequest, pk: int = Path(..., ge=1, le=LARGEST)) -> Any:
        staff, day = _staff(request), home.current().working_day()
        if not may_enter(staff):
            raise Http404
        try:
            opened = open_person(staff, pk, day=day)
        except NotAllowed:
            raise Http404 from None
        facts = {name: getattr(opened, name) for name in ("id", "name", "sex", "birth_date", "died_on", "phone")}
        return facts | {"record_number": opened.record_number or "", "organisation": managing_organisation(opened, day) or ""}

    @api.get("/figures", tags=["数字 · figures"], operation_id="figures", summary="数字 · figures",
             response={200: list[dict[str, Any]]}, openapi_extra=described(*_PROBLEMS))  # fmt: skip
    def figures(request: HttpRequest, asked: FiguresAsked = Query(...)) -> Any:  # noqa: B008
        return _figures(_staff(request), asked)

    @api.get("/worklist", tags=["待办 · worklist"], operation_id="worklist", summary="今日待办 · due by today",
             response={200: list[DueOut]}, openapi_extra=described(*_PROBLEMS))  # fmt: skip
    def worklist(request: HttpRequest, asked: DueAsked = Query(...)) -> Any:  # noqa: B008
        return _due(_staff(request), asked)


def _staff(request: HttpRequest) -> Staff:
    staff: Staff = request.auth  # type: ignore[attr-defined]
    return staff


def _found(people: list[Resident], day: date) -> list[dict[str, Any]]:
    """One query for the organisations of all."""
    managed = Residency.objects.filter(resident__in=[p.pk for p in people], started_on__lte=day).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=day)
    )
    places = dict(managed.order_by("started_on").values_list("resident_id", "organisation_id"))
    rows = []
    for each in people:
        masked = describe(each, day)
        rows.append({**masked, "id": each.pk, "sex": each.sex, "organisation": places.get(each.pk, "")})
    return rows


# -- figures -----------------------------------------------------------------------------------------------------------


def _figures(staff: Staff, asked: FiguresAsked) -> list[dict[str, Any]]:
    day = home.current().working_day()
    tree = tree_on(day)
    viewable = organisations_for(staff, "view", tree)
    wanted = asked.organisation or (tree.root if tree.root in viewable else staff.organisation_id)
    place = tree.present(wanted)
    if place is None or place not in viewable:
        raise Http404
    if unknown := [code for code in asked.indicator if code not in registry.indicators]:
        raise Told(422, Text(NO_INDICATOR.zh.format(code=unknown[0][:40]), NO_INDICATOR.en.format(code=unknown[0][:40])))
    period = Period.parse(asked.period)
    if period.start > day or not 1990 <= period.start.year <= period.end.year <= 2100:
        raise Told(422, AHEAD)
    try:
        board = Board(period.known_on(day), day=day)
    except LedgerError:
        raise Told(422, NO_LEDGER) from None
    if place not in board.tree:
        raise Http404
    below = [code for code in board.tree.children(place) if code in viewable] if asked.children else []
    board.read_targets([place, *below])
    made: list[dict[str, Any]] = []
    for indicator in board.definitions(asked.indicator or None):
        own = board.figures_of(indicator, place, asked.categories)
        under = [board.figure(indicator, code) for code in below]
        hidden = withheld_among([f for f in own if not f.is_total], staff, tree) | withheld_among(under, staff, tree)
        made += [_told(f, withheld(f, staff, tree) or (f.organisation, f.category) in hidden) for f in (*own, *under)]
    return made


def _told(figure: Figure, hidden: bool) -> dict[str, Any]:
    shown = as_json(figure)
    return shown | dict.fromkeys(_COUNTED) | {"status": "withheld", "missing": []} if hidden else shown


# -- the worklist ------------------------------------------------------------------------------------------------------


def _due(staff: Staff, asked: DueAsked) -> list[dict[str, Any]]:
    """What can be done today within the scope to write, by id."""
    if staff.role not in FIELD:
        raise Http404
    day = home.current().working_day()
    tree = tree_on(day)
    rows = items_of(staff, tree, day).filter(pk__gt=asked.after)
    if asked.organisation is not None:
        place = tree.present(asked.organisation)
        if place is None or place not in organisations_for(staff, "write", tree):
            raise Http404
        rows = rows.filter(organisation__in=tree.descendants(place))
    return [
        {
            "id": row.pk, "resident": row.resident_id, "organisation": row.organisation_id, "programme": row.programme, "duty": row.duty,
            "item": row.item, "opens_on": row.opens_on, "due_on": None if row.due_on == WHENEVER else row.due_on, "urgency": row.urgency,
            "reason": row.reason_zh, "reason_en": row.reason_en,
        }
        for row in rows.order_by("pk")[: asked.limit]
    ]  # fmt: skip
