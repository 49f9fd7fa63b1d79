"""Correcting what is written of a resident: one form, filled with what stands, with what is wrong beside the box."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.http import require_http_methods

from taizhang.county.correcting import correct_resident
from taizhang.county.models import Residency, Resident
from taizhang.county.people import SEXES, NewResident, PersonRefused, describe
from taizhang.kernel.text import Text
from taizhang.web.people.asking import Reader, reader
from taizhang.web.people.moving import REGISTRATIONS, RELATIONS, Boxes
from taizhang.web.registers.form import Input

MEANWHILE = Text(
    "您填写时有人改过这位居民的信息，标“现为”的是现在登记的。请核对后再保存。",
    "Somebody changed this person's details meanwhile; what stands now is shown at each box. Look again, then save.",
)
_SHOWN = ("name", "sex", "birth_date", "phone", "registration", "moved_in", "address", "relation")


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, resident: int) -> HttpResponse:
    asks = reader(request, writes=True)
    person = asks.opened_to_write(resident)
    standing = _standing(person)
    boxes = _boxes(person, standing)
    if request.method == "POST":
        boxes.take(request)
        if not constant_time_compare(request.POST.get("seen", ""), _mark(person, standing)):
            boxes.general.append(MEANWHILE)
            _point_at_what_stands(boxes, standing)
        elif (changed := _corrected(asks, person, boxes)) is not None:
            said = Text("已更正。", "Corrected.") if changed else Text("没有改动。", "Nothing was changed.")
            messages.success(request, said.in_language(asks.language))
            return redirect("person", resident)
    facts = {"asks": asks, "form": boxes, "person": person, "shown": describe(person, asks.day), "seen": _mark(person, standing)}
    return render(request, "web/people/correct.html", facts, status=200 if boxes.is_sound else 422)


def _standing(person: Resident) -> dict[str, str]:
    """What stands in each box now."""
    last = Residency.objects.filter(resident=person).order_by("-started_on").values_list("started_on", flat=True).first()
    return {
        "name": person.name,
        "sex": person.sex,
        "birth_date": person.birth_date.isoformat(),
        "phone": person.phone,
        "registration": person.registration,
        "moved_in": last.isoformat() if last else "",
        "address": person.household.address if person.household else "",
        "relation": person.relation,
    }


def _mark(person: Resident, standing: dict[str, str]) -> str:
    """Of what the form was filled with; keyed, for the document's hash is among it."""
    return salted_hmac("taizhang.people.correct", repr((person.pk, person.identity_hash, sorted(standing.items())))).hexdigest()


def _boxes(person: Resident, standing: dict[str, str]) -> Boxes:
    def given(name: str) -> list[str]:
        return [standing[name]] if standing[name] else []

    tail = person.identity_tail
    document = (
        Text(f"现登记的末四位是{tail}；不改的不用填", f"The one on record ends in {tail}; leave it empty to keep it")
        if tail
        else Text("还没有登记；填后与性别、出生日期核对", "None on record yet; it is checked against sex and birth date")
    )
    return Boxes(
        (
            Input("name", Text("姓名", "Name"), "text", given("name"), True, longest=40),
            Input("identity_number", Text("居民身份证号", "Identity number"), "text", [], longest=18, hint=document),
            Input("sex", Text("性别", "Sex"), "radios", given("sex"), True, choices=[(code, SEXES[code]) for code in ("1", "2")]),
            Input("birth_date", Text("出生日期", "Birth date"), "date", given("birth_date"), True),
            Input("phone", Text("本人电话", "Phone"), "text", given("phone"), longest=20),
            Input("registration", Text("常住类型", "Registration"), "radios", given("registration"), True, choices=REGISTRATIONS),
            Input(
                "moved_in", Text("迁入（出生）日期", "Moved in (or born) on"), "date", given("moved_in"), True,
                hint=Text("由现在的机构管理的第一天；换机构的办理迁移", "the first day with this organisation; another one is a move"),
            ),
            Input(
                "address", Text("家庭住址", "Address"), "text", given("address"), longest=120,
                hint=Text("同户的人一起改", "changes for the whole household") if person.household else None,
            ),
            Input("relation", Text("与户主关系", "Relation to the head"), "select", given("relation"), choices=RELATIONS),
        )
    )  # fmt: skip


def _corrected(asks: Reader, person: Resident, boxes: Boxes) -> list[str] | None:
    """The fields that changed; None where something was wrong, which stands beside its box then."""
    birth, moved_in = boxes.day("birth_date"), boxes.day("moved_in")
    for name in ("moved_in", "registration"):
        if not boxes.of(name).value:
            boxes.lacks(name)
    if boxes.faulty or moved_in is None:
        return None
    number, sex = boxes.of("identity_number").value.strip(), boxes.of("sex").value
    # A new number states sex and birth date; what still stands there from before does not contradict it.
    known = NewResident(
        name=boxes.of("name").value,
        organisation="",
        moved_in=moved_in,
        identity_number=number,
        sex="" if number and sex == person.sex else sex,
        birth_date=None if number and birth == person.birth_date else birth,
        registration=boxes.of("registration").value,
        phone=boxes.of("phone").value,
        relation=boxes.of("relation").value,
    )
    try:
        return correct_resident(person.pk, known, boxes.of("address").value[:120], actor=asks.staff, day=asks.day)
    except PersonRefused as refused:
        boxes.point_at(refused.faults)
        return None


def _point_at_what_stands(boxes: Boxes, standing: dict[str, str]) -> None:
    for name in _SHOWN:
        box = boxes.of(name)
        if box.value != standing[name]:
            words = dict(box.choices).get(standing[name], Text(standing[name] or "空", standing[name] or "empty"))
            box.faults.append(Text(f"现为：{words.zh}", f"Now: {words.en}"))
