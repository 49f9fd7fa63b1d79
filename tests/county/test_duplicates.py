"""Two entries of one person: found, merged, and un-merged row for row."""

from datetime import date
from itertools import combinations
from random import Random
from typing import Any

import pytest
from django.apps import apps

from taizhang.county import duplicates, moving, people, recording
from taizhang.county.identity import check_digit
from taizhang.county.merging import MergeRefused, merge, unmerge
from taizhang.county.models import (
    AuditEntry,
    DuplicateDecision,
    DuplicatePair,
    FormerNumber,
    Household,
    Merge,
    PeriodLock,
    Residency,
    Resident,
)
from taizhang.county.people import NotAllowed

TODAY = date(2026, 6, 30)
WHY = "核对户口簿，同一人"


def number(serial: str, birth: str = "19550301") -> str:
    first = f"990101{birth}{serial}"
    return first + check_digit(first)


def visit(person: Any, day: date, **facts: Any) -> Any:
    model = apps.get_model("hypertension", "FollowUp")
    values = {"visited_on": day, "way": "1", "systolic": 130, "diastolic": 80, "organisation_id": "990101101201"}
    return recording.save(model(resident=person, **{**values, **facts}), actor="doctor", day=TODAY)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row about people, but for the items of the worklist, whose keys are drawn anew: those by what they say."""
    kinds = {f.related_model for f in Resident._meta.get_fields(include_hidden=True) if f.one_to_many and f.field.name == "resident"}
    found = {"county.Resident": list(Resident.objects.order_by("pk").values())}
    for model in kinds:
        if model._meta.label == "worklist.DueItem":
            rows = list(model.objects.values("resident_id", "organisation_id", "duty", "item", "opens_on", "due_on", "reason_zh"))
            found[model._meta.label] = sorted(rows, key=str)
        else:
            found[model._meta.label] = list(model.objects.order_by("pk").values())
    return {label: rows for label, rows in found.items() if rows}


@pytest.fixture
def two(county: Any) -> tuple[Resident, Resident]:
    """One man, entered twice: by his card with a record number, and without, in the next village, with a phone."""
    house = Household.objects.create(division_id="990101101201", number="99010110120100001", address="青山镇河湾村3组12号")
    kept = county.resident("王建国", identity_number=number("001"), sex="", household=house, record_number="99010110110100007")
    gone = county.resident("王建国", clinic=1, phone="13800001111", moved_in=date(2021, 5, 1), record_number="99010110110200003")
    for day in (date(2026, 1, 5), date(2026, 4, 2)):
        visit(kept, day)
    visit(gone, date(2026, 2, 20), systolic=170, organisation_id="990101101202")
    visit(gone, date(2026, 4, 2), systolic=150, organisation_id="990101101202")  # the same day as the other
    return kept, gone


def test_merging_leaves_one_person_with_the_visits_of_both(two: Any, county: Any) -> None:
    kept, gone = two
    made = merge(kept.pk, gone.pk, reason=WHY, actor=county.staff("township"), day=TODAY)
    assert list(Resident.objects.values_list("pk", flat=True)) == [kept.pk]
    kept.refresh_from_db()
    assert (kept.phone, kept.record_number) == ("13800001111", "99010110110100007")
    visits = apps.get_model("hypertension", "FollowUp").objects.order_by("visited_on")
    assert [(v.visited_on, v.systolic, v.resident_id) for v in visits] == [
        (date(2026, 1, 5), 130, kept.pk),
        (date(2026, 2, 20), 170, kept.pk),
        (date(2026, 4, 2), 130, kept.pk),
    ]
    assert visits[1].answered_on == date(2026, 4, 2), "what a history decides is derived over both"
    assert [(line.organisation_id, line.started_on) for line in Residency.objects.all()] == [("990101101201", date(2020, 1, 1))]
    assert made.journal["people"]["gone"]["name"] == "王建国"
    assert AuditEntry.objects.filter(action="merge", resident=kept.pk).count() == 1


def test_the_same_records_entered_once_derive_the_same(two: Any, county: Any) -> None:
    """The unlike way: what merging leaves equals what stands where the person was entered once."""
    kept, gone = two
    merge(kept.pk, gone.pk, reason=WHY, actor=county.staff("township"), day=TODAY)
    once = county.resident("李建国", identity_number=number("003"), sex="")
    for day, systolic in ((date(2026, 1, 5), 130), (date(2026, 2, 20), 170), (date(2026, 4, 2), 130)):
        visit(once, day, systolic=systolic, organisation_id="990101101202" if systolic == 170 else "990101101201")
    model = apps.get_model("hypertension", "FollowUp")
    unlike = {"id", "resident_id", "recorded_at", "recorded_by"}
    rows = [
        [{k: v for k, v in row.items() if k not in unlike} for row in model.objects.filter(resident_id=pk).order_by("visited_on").values()]
        for pk in (kept.pk, once.pk)
    ]
    assert rows[0] == rows[1]
    items = apps.get_model("worklist", "DueItem").objects
    said = [sorted(items.filter(resident_id=pk).values_list("duty", "opens_on", "due_on", "reason_zh")) for pk in (kept.pk, once.pk)]
    assert said[0] == said[1]


@pytest.mark.parametrize("keep_first", [True, False])
def test_unmerging_restores_every_row(two: Any, county: Any, keep_first: bool) -> None:
    kept, gone = two if keep_first else reversed(two)
    before = everything()
    made = merge(kept.pk, gone.pk, reason=WHY, actor=county.staff("township"), day=TODAY)
    assert everything() != before
    unmerge(made.pk, reason="其实是两兄弟", actor=county.staff("township"), day=TODAY)
    assert everything() == before
    assert not FormerNumber.objects.exists()
    assert DuplicateDecision.objects.get().same is False


def test_what_was_changed_or_written_since_stays_as_it_is(two: Any, county: Any) -> None:
    kept, gone = two
    made = merge(kept.pk, gone.pk, reason=WHY, actor=county.staff("township"), day=TODAY)
    model = apps.get_model("hypertension", "FollowUp")
    moved = model.objects.get(visited_on=date(2026, 2, 20))
    moved.diastolic = 99
    recording.save(moved, actor="doctor", day=TODAY)
    visit(kept, date(2026, 6, 1))
    unmerge(made.pk, reason="其实是两兄弟", actor=county.staff("township"), day=TODAY)
    own = {
        pk: [(v.visited_on, v.diastolic) for v in model.objects.filter(resident_id=pk).order_by("visited_on")] for pk in (kept.pk, gone.pk)
    }
    assert own[gone.pk] == [(date(2026, 2, 20), 99), (date(2026, 4, 2), 80)]
    assert own[kept.pk] == [(date(2026, 1, 5), 80), (date(2026, 4, 2), 80), (date(2026, 6, 1), 80)]


def test_the_old_numbers_still_find_the_person_and_are_given_to_nobody(two: Any, county: Any) -> None:
    kept, gone = two
    merge(gone.pk, kept.pk, reason=WHY, actor=county.staff("township"), day=TODAY)  # the card goes over to the one who stays
    staff = county.staff("bureau")
    assert [p.pk for p in people.find(staff, "99010110110100007", TODAY)] == [gone.pk]
    assert [p.pk for p in people.find(staff, number("001"), TODAY)] == [gone.pk]
    with pytest.raises(people.PersonRefused, match="已有人使用"):
        county.resident("赵样", record_number="99010110110100007")


def test_a_person_who_left_and_is_entered_again_elsewhere_is_managed_there(county: Any) -> None:
    kept = county.resident("孙样样", moved_in=date(2019, 1, 1))
    moving.move(kept, county.clinics[1], date(2024, 3, 1), actor="tests", day=TODAY)
    gone = county.resident("孙样样", clinic=2, moved_in=date(2018, 1, 15))
    moving.move(gone, county.clinics[0], date(2018, 6, 1), actor="tests", day=TODAY)
    merge(kept.pk, gone.pk, reason=WHY, actor=county.staff("bureau"), day=TODAY)
    stays = Residency.objects.filter(resident=kept).order_by("started_on").values_list("organisation_id", "started_on", "ended_on")
    assert list(stays) == [
        ("990101102201", date(2018, 1, 15), date(2018, 5, 31)),
        ("990101101201", date(2019, 1, 1), date(2024, 2, 29)),
        ("990101101202", date(2024, 3, 1), None),
    ]


@pytest.mark.parametrize("username", ["doctor", "neighbour", "township2"])
def test_who_may_not_write_both_may_not_merge(two: Any, county: Any, username: str) -> None:
    kept, gone = two
    before = everything()
    with pytest.raises(NotAllowed):
        merge(kept.pk, gone.pk, reason=WHY, actor=county.staff(username), day=TODAY)
    assert everything() == before


def test_the_bureau_decides_on_two_townships(county: Any) -> None:
    one, other = county.resident("孙样样"), county.resident("孙样样", clinic=2)
    with pytest.raises(NotAllowed):
        merge(one.pk, other.pk, reason=WHY, actor=county.staff("township"), day=TODAY)
    merge(one.pk, other.pk, reason=WHY, actor=county.staff("bureau"), day=TODAY)
    assert Resident.objects.count() == 1


def test_a_locked_period_refuses_the_merge_and_nothing_is_written(two: Any, county: Any) -> None:
    kept, gone = two
    PeriodLock.objects.create(organisation_id="990101", start=date(2026, 2, 1), end=date(2026, 2, 28), reason="一季度已审定")
    before = everything()
    with pytest.raises(MergeRefused, match="锁定"):
        merge(kept.pk, gone.pk, reason=WHY, actor=county.staff("township"), day=TODAY)
    assert everything() == before
    assert not Merge.objects.exists()


def test_a_death_before_later_records_of_the_other_is_refused(two: Any, county: Any) -> None:
    kept, gone = two
    Resident.objects.filter(pk=gone.pk).update(died_on=date(2026, 3, 1))
    with pytest.raises(MergeRefused, match="死亡"):
        merge(kept.pk, gone.pk, reason=WHY, actor=county.staff("township"), day=TODAY)


def test_a_later_merge_is_taken_back_first(two: Any, county: Any) -> None:
    kept, gone = two
    third = county.resident("王建国", moved_in=date(2022, 1, 1), birth=date(1955, 3, 2))
    before = everything()
    staff = county.staff("township")
    first = merge(kept.pk, gone.pk, reason=WHY, actor=staff, day=TODAY)
    second = merge(third.pk, kept.pk, reason=WHY, actor=staff, day=TODAY)
    assert [p.pk for p in people.find(staff, "99010110110200003", TODAY)] == [third.pk]
    with pytest.raises(MergeRefused, match="后一次"):
        unmerge(first.pk, reason="误并", actor=staff, day=TODAY)
    with pytest.raises(NotAllowed):  # of a merge beyond one's reach nothing is told, not even that it is not the last
        unmerge(first.pk, reason="误并", actor=county.staff("township2"), day=TODAY)
    unmerge(second.pk, reason="误并", actor=staff, day=TODAY)
    assert [p.pk for p in people.find(staff, "99010110110200003", TODAY)] == [kept.pk]
    unmerge(first.pk, reason="误并", actor=staff, day=TODAY)
    assert everything() == before
    with pytest.raises(MergeRefused, match="已经撤销"):
        unmerge(first.pk, reason="误并", actor=staff, day=TODAY)


# -- finding -----------------------------------------------------------------------------------------------------------


def card(pk: int = 1, name: str = "王建国", **facts: Any) -> duplicates.Card:
    values = {
        "initials": "wjg", "sex": "1", "birth": date(1955, 3, 12), "phone": "", "village": "990101101201", "address": "河湾村3组12号",
        "kind": "", "cipher": None,
    }  # fmt: skip
    return duplicates.Card(pk, name, **{**values, **facts})


@pytest.mark.parametrize(
    ("other", "points"),
    [
        (card(2), 90),
        (card(2, phone="1"), 90),
        (card(2, "王剑国"), 82),
        (card(2, birth=date(1955, 12, 3)), 75),  # month and day exchanged
        (card(2, birth=date(1955, 3, 13)), 75),  # a digit
        (card(2, birth=date(1955, 3, 13), address="石桥村1组"), None),
        (card(2, birth=date(1956, 4, 12)), None),  # two digits
        (card(2, "王建军", initials="wjj"), None),  # twins share all but a character
        (card(2, "李建国", initials="ljg"), None),
        (card(2, sex="2"), None),
    ],
)
def test_what_agrees_is_weighed(other: duplicates.Card, points: int | None) -> None:
    judged = duplicates.compare(card(), other)
    assert duplicates.compare(other, card()) == judged
    assert (judged and judged[0]) == points


def test_two_cards_are_two_people_unless_one_is_a_slip(county: Any) -> None:
    one = county.resident("王建国", identity_number=number("001"), sex="")
    twin = county.resident("王建国", identity_number=number("113"), sex="")
    slip = county.resident("王建国", identity_number=number("003"), sex="")
    pairs = duplicates.find()
    assert (one.pk, twin.pk) not in pairs
    assert "mistyped" in pairs[one.pk, slip.pk][1]


def test_a_number_kept_under_another_kind_of_document_is_found(county: Any) -> None:
    one = county.resident("王建国", identity_number=number("001"), sex="")
    other = county.resident("阿木", birth=date(1955, 3, 1), identity_number=number("001"), identity_kind="99")
    assert duplicates.find() == {(one.pk, other.pk): (100, ("document",))}


def test_blocking_loses_no_pair_that_comparing_everybody_finds(county: Any) -> None:
    random = Random(7)
    house = [
        Household.objects.create(division_id=county.clinics[n % 3], number=f"9901{n:05}", address=f"村{n % 3}第{n}组{n * 7}号")
        for n in range(9)
    ]
    for _ in range(140):
        name = random.choice("王汪李") + random.choice("建剑国") + random.choice("国军")
        birth = date(1955, random.choice((1, 3, 12)), random.choice((1, 3, 12, 13)))
        county.resident(name, birth=birth, household=random.choice(house), phone=random.choice(("", "13800001111")))
    cards = list(duplicates._cards(Resident.objects.all(), "pk"))
    everybody = {
        (one.pk, other.pk): judged for one, other in combinations(cards, 2) if (judged := duplicates.compare(one, other)) is not None
    }
    assert duplicates.find() == everybody
    assert len(everybody) > 20


def test_who_has_been_decided_on_is_never_asked_again(two: Any, county: Any) -> None:
    kept, gone = two
    assert duplicates.scan(TODAY) == 1
    pair = duplicates.listed(county.staff("township"), TODAY)[0]
    assert {pair.first_id, pair.second_id} == {kept.pk, gone.pk}
    assert duplicates.listed(county.staff("doctor"), TODAY) == [], "one of the two is not the doctor's"
    duplicates.decide(kept.pk, gone.pk, same=False, reason="同名的两人", actor=county.staff("township"))
    assert duplicates.scan(TODAY) == 0
    assert not DuplicatePair.objects.exists()
