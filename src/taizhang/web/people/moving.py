"""Registering a resident, a move, a death: each a form of a few boxes, with what is wrong beside the box."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from taizhang.county.models import Organisation, Residency, Resident
from taizhang.county.moving import move as enter_move
from taizhang.county.moving import record_death, withdraw_death
from taizhang.county.people import (
    SEXES,
    NewResident,
    NotAllowed,
    PersonRefused,
    describe,
    household_at,
    register_resident,
    residents_for,
)
from taizhang.county.recording import Fault
from taizhang.exchange.values import read_day
from taizhang.kernel.text import Text
from taizhang.web.people.asking import Reader, reader
from taizhang.web.registers.form import Input

OUTSIDE = "outside"
# GB/T 4761, its first digits: what a household's book says.
RELATIONS = (
    ("01", Text("户主本人", "Head of the household")),
    ("10", Text("配偶", "Spouse")),
    ("20", Text("子", "Son")),
    ("30", Text("女", "Daughter")),
    ("40", Text("孙子女或外孙子女", "Grandchild")),
    ("50", Text("父母", "Parent")),
    ("60", Text("祖父母或外祖父母", "Grandparent")),
    ("70", Text("兄弟姐妹", "Sibling")),
    ("99", Text("其他", "Other")),
)
REGISTRATIONS = (("1", Text("户籍", "Registered here")), ("2", Text("非户籍", "Not registered here")))
DEATH_ENTERED = Text("死亡已登记，待办已全部撤下。", "The death is entered; nothing is due any more.")
NOT_MANAGED = Text("现在不在本县管理", "not managed in the county now")


class Boxes:
    """The inputs of a form and what is wrong."""

    def __init__(self, inputs: Iterable[Input]) -> None:
        self.inputs = list(inputs)
        self.general: list[Text] = []

    def of(self, name: str) -> Input:
        return next(one for one in self.inputs if one.name == name)

    def take(self, request: HttpRequest) -> None:
        for one in self.inputs:
            one.typed = [text for text in request.POST.getlist(one.name) if text]

    def day(self, name: str) -> date | None:
        """The day typed there; a text that is none is marked."""
        written = self.of(name).value.strip()
        if not written:
            return None
        read = read_day(written)
        if isinstance(read, Text):
            self.of(name).faults.append(read)
            return None
        return read

    def point_at(self, faults: Iterable[Fault]) -> None:
        names = {one.name for one in self.inputs}
        for fault in faults:
            (self.of(fault.field).faults if fault.field in names else self.general).append(fault.message)

    def lacks(self, name: str) -> None:
        one = self.of(name)
        one.faults.append(Text(f"{one.label.zh}未填。请补填。", f"{one.label.en} is missing. Fill it in."))

    @property
    def faulty(self) -> list[Input]:
        return [one for one in self.inputs if one.faults]

    @property
    def is_sound(self) -> bool:
        return not self.general and not self.faulty


# -- a new resident ----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    asks = reader(request, writes=True)
    boxes = _new_boxes(asks)
    if request.method == "POST":
        boxes.take(request)
        made = _register(asks, boxes)
        if made is not None:
            messages.success(request, Text("已登记。", "Registered.").in_language(asks.language))
            return redirect("person", made.pk)
    return render(request, "web/people/new.html", {"asks": asks, "form": boxes}, status=200 if boxes.is_sound else 422)


def _new_boxes(asks: Reader) -> Boxes:
    places = asks.places
    only = [places[0][0]] if len(places) == 1 else []
    sexes = [(code, SEXES[code]) for code in ("1", "2")]
    return Boxes(
        (
            Input("name", Text("姓名", "Name"), "text", [], True, longest=40),
            Input(
                "identity_number", Text("居民身份证号", "Identity number"), "text", [], longest=18,
                hint=Text("填后自动得出性别和出生日期；新生儿还没有的，可以不填", "states sex and birth date; a newborn may have none yet"),
            ),
            Input("sex", Text("性别", "Sex"), "radios", [], choices=sexes),
            Input("birth_date", Text("出生日期", "Birth date"), "date", []),
            Input("phone", Text("本人电话", "Phone"), "text", [], longest=20),
            Input("registration", Text("常住类型", "Registration"), "radios", ["1"], True, choices=REGISTRATIONS),
            Input("organisation", Text("管理机构", "Managed by"), "select", only, True, choices=places),
            Input("moved_in", Text("迁入（出生）日期", "Moved in (or born) on"), "date", [asks.day.isoformat()], True),
            Input(
                "household_number", Text("户编号", "Household number"), "text", [], longest=24,
                hint=Text("填已有的户编号即并入该户；不填而填住址的，新立一户", "a known number joins it, an address alone makes one"),
            ),
            Input("address", Text("家庭住址", "Address"), "text", [], longest=120),
            Input("relation", Text("与户主关系", "Relation to the head"), "select", [], choices=RELATIONS),
        )
    )  # fmt: skip


def _register(asks: Reader, boxes: Boxes) -> Resident | None:
    birth, moved_in = boxes.day("birth_date"), boxes.day("moved_in")
    if not boxes.of("moved_in").value:
        boxes.lacks("moved_in")
    code = boxes.of("organisation").value
    if code not in asks.writable:
        boxes.of("organisation").faults.append(Text("请选择管理机构。", "Choose the managing organisation."))
    if boxes.faulty or moved_in is None:
        return None
    place = Organisation.objects.get(pk=code)
    try:
        with transaction.atomic():
            number = boxes.of("household_number").value[:24]
            known = NewResident(
                name=boxes.of("name").value,
                organisation=code,
                moved_in=moved_in,
                identity_number=boxes.of("identity_number").value,
                sex=boxes.of("sex").value,
                birth_date=birth,
                registration=boxes.of("registration").value or "1",
                phone=boxes.of("phone").value,
                household=household_at(number, boxes.of("address").value[:120], place),
                relation=boxes.of("relation").value,
            )
            return register_resident(known, actor=asks.staff, day=asks.day)
    except PersonRefused as refused:
        boxes.point_at(refused.faults)
        return None


# -- a move ------------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, resident: int) -> HttpResponse:
    """Within the county, into it, or out of it. Who may search a person may take them in; the name stays masked until then."""
    asks = reader(request, writes=True)
    person = _reached(asks, resident)
    residency = Residency.objects.filter(resident=person).order_by("-started_on").first()
    here = residency is not None and residency.ended_on is None
    own = here and residency is not None and residency.organisation_id in asks.writable
    choices = [each for each in asks.places if residency is None or not here or each[0] != residency.organisation_id]
    if own:
        towns = [(code, asks.tree.name(code)) for code in asks.tree.descendants(asks.tree.root) if not asks.tree.children(code)]
        choices = [each for each in towns if residency is None or each[0] != residency.organisation_id]
        choices.append((OUTSIDE, Text("迁出本县", "Leaves the county")))
    boxes = Boxes(
        (
            Input("organisation", Text("迁往", "Moves to"), "select", [choices[0][0]] if len(choices) == 1 else [], True, choices=choices),
            Input("moved_on", Text("迁移日期", "Moved on"), "date", [asks.day.isoformat()], True),
        )
    )
    if request.method == "POST":
        boxes.take(request)
        moved_on = boxes.day("moved_on")
        code = boxes.of("organisation").value
        if code not in {each[0] for each in choices}:
            boxes.of("organisation").faults.append(Text("请选择迁往哪里。", "Choose where to."))
        if not boxes.of("moved_on").value:
            boxes.lacks("moved_on")
        if not boxes.faulty and moved_on is not None:
            try:
                enter_move(person, None if code == OUTSIDE else code, moved_on, actor=asks.staff, day=asks.day)
                messages.success(request, Text("迁移已登记。", "The move is entered.").in_language(asks.language))
                return _after(asks, resident)
            except PersonRefused as refused:
                boxes.point_at(refused.faults)
            except NotAllowed:
                raise Http404 from None
    facts = {
        "asks": asks,
        "form": boxes,
        "resident": resident,
        "shown": describe(person, asks.day),
        "managed": asks.name(residency.organisation_id) if residency and here else NOT_MANAGED.in_language(asks.language),
        "since": residency.started_on if residency and here else None,
    }
    return render(request, "web/people/move.html", facts, status=200 if boxes.is_sound else 422)


def _reached(asks: Reader, resident: int) -> Resident:
    """Somebody within the search scope, or one whom the reader has managed last (who has left the county)."""
    person = residents_for(asks.staff, "search", asks.day).filter(pk=resident).first()
    if person is None:
        left = Q(organisation__in=asks.writable, resident=resident)
        last = Residency.objects.filter(resident=resident).order_by("-started_on").first()
        if last is None or not Residency.objects.filter(left, pk=last.pk).exists():
            raise Http404
        person = Resident.objects.get(pk=resident)
    return person


def _after(asks: Reader, resident: int) -> HttpResponse:
    seen = asks.among([resident], asks.viewable)
    return redirect("person", resident) if seen else redirect("people")


# -- a death -----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def death(request: HttpRequest, resident: int) -> HttpResponse:
    """The day of a death; or, of one entered by mistake, taking it back."""
    asks = reader(request, writes=True)
    person = asks.opened_to_write(resident)
    boxes = Boxes([Input("died_on", Text("死亡日期", "Died on"), "date", [], True)])
    if request.method == "POST" and request.POST.get("withdraw") == "1" and person.died_on is not None:
        withdraw_death(person, actor=asks.staff, day=asks.day)
        messages.success(request, Text("死亡登记已撤销。", "The death is taken back.").in_language(asks.language))
        return redirect("person", resident)
    if request.method == "POST":
        boxes.take(request)
        died_on = boxes.day("died_on")
        if not boxes.of("died_on").value:
            boxes.lacks("died_on")
        if died_on is not None:
            try:
                record_death(person, died_on, actor=asks.staff, day=asks.day)
                messages.success(
                    request,
                    DEATH_ENTERED.in_language(asks.language),
                )
                return redirect("person", resident)
            except PersonRefused as refused:
                boxes.point_at(refused.faults)
    facts = {"asks": asks, "form": boxes, "resident": resident, "person": person, "shown": describe(person, asks.day)}
    return render(request, "web/people/death.html", facts, status=200 if boxes.is_sound else 422)
