"""The one door to people, walked from one's own place, from a sibling's and from above; and what may be written about a person."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taizhang.county import moving, people
from taizhang.county.changes import history
from taizhang.county.identity import IdentityError, check_digit, vault
from taizhang.county.models import AuditEntry, Household, Organisation, Residency, Resident, ScopeGrant, Staff
from taizhang.county.organisations import merge_into, tree_on
from taizhang.county.people import NewResident, NotAllowed, PersonRefused
from taizhang.county.scopes import may, may_see_persons_of
from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

TODAY = date(2026, 6, 30)


def number(birth: str = "19550301", serial: str = "001") -> str:
    """A number of an address that does not exist."""
    first = f"990101{birth}{serial}"
    return first + check_digit(first)


def new(**facts: Any) -> NewResident:
    known = {"name": "王试样", "organisation": "990101101201", "moved_in": date(2020, 1, 1), "identity_number": number()}
    return NewResident(**{**known, **facts})


def refused(**facts: Any) -> str:
    with pytest.raises(PersonRefused) as caught:
        people.register_resident(new(**facts), actor="tests", day=TODAY)
    assert not Resident.objects.exists()
    assert not Residency.objects.exists()
    return str(caught.value)


# -- the door ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("username", "write", "view", "search"),
    [
        ("doctor", [0], [0], [0]),
        ("neighbour", [1], [1], [1]),
        ("township", [0, 1], [0, 1], [0, 1, 2]),
        ("township2", [2], [2], [0, 1, 2]),
        ("bureau", [], [0, 1, 2], [0, 1, 2]),
    ],
)
def test_each_post_reaches_its_own_people(county: Any, username: str, write: list[int], view: list[int], search: list[int]) -> None:
    placed = [county.resident(f"样人{clinic}", clinic=clinic).pk for clinic in range(3)]
    staff = county.staff(username)
    for purpose, expected in (("write", write), ("view", view), ("search", search)):
        assert set(people.residents_for(staff, purpose)) == {Resident(pk=placed[n]) for n in expected}
        for clinic, organisation in enumerate(county.clinics):
            assert may(staff, purpose, organisation, tree_on(TODAY)) is (clinic in expected)


def test_no_grant_or_no_post_any_more_reaches_nobody(county: Any) -> None:
    county.resident()
    Staff.objects.filter(username="doctor").update(is_active=False)
    assert not people.residents_for(county.staff("doctor"), "view").exists()
    ScopeGrant.objects.filter(staff__username="bureau").delete()
    assert not people.residents_for(county.staff("bureau"), "view").exists()


def test_someone_who_moved_is_seen_by_the_new_place_only(county: Any) -> None:
    person = county.resident()
    moving.move(person, county.clinics[1], date(2026, 6, 1), actor="tests", day=TODAY)
    assert not people.residents_for(county.staff("doctor"), "view").exists()
    assert people.residents_for(county.staff("neighbour"), "view").get() == person
    assert people.residents_for(county.staff("doctor"), "view", date(2026, 5, 31)).get() == person
    assert people.managing_organisation(person, date(2026, 5, 31)) == county.clinics[0]


def test_the_scope_follows_a_merger(county: Any) -> None:
    person = county.resident(clinic=2)
    merge_into("990101102", "990101101", date(2026, 1, 1))
    assert people.residents_for(county.staff("township"), "view").get() == person
    assert people.residents_for(county.staff("township2"), "view").get() == person, "a grant on the old township counts for its successor"


def test_opening_a_person_is_audited_and_refused_outside(county: Any) -> None:
    person = county.resident()
    assert people.open_person(county.staff("doctor"), person.pk) == person
    entry = AuditEntry.objects.get()
    assert (entry.staff.username, entry.action, entry.resident, entry.detail) == ("doctor", "open_person", person.pk, {"purpose": "view"})
    for username, pk in (("neighbour", person.pk), ("doctor", person.pk + 1)):
        with pytest.raises(NotAllowed, match="没有这位居民，或不在您的权限范围内。需要时请向上级机构申请权限"):
            people.open_person(county.staff(username), pk)
    with pytest.raises(NotAllowed):
        people.open_person(county.staff("bureau"), person, purpose="write")
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize("text", ["990101195503010", "欧阳试", "oys", "OYSY", "13900000000", "139-0000-0000", "9901-0110-1101-0000-7"])
def test_a_person_is_found_by_what_people_have_at_hand(county: Any, text: str) -> None:
    person = people.register_resident(
        new(name="欧阳试样", phone="13900000000", record_number="99010110110100007"), actor="tests", day=TODAY
    )
    county.resident("王另样")
    assert people.find(county.staff("doctor"), number() if text.startswith("99010119") else text) == [person]
    entry = AuditEntry.objects.get()
    assert entry.detail["count"] == 1
    assert text not in str(entry.detail)


def test_a_search_stays_in_its_scope_and_an_impossible_number_is_told(county: Any) -> None:
    people.register_resident(new(), actor="tests", day=TODAY)
    assert people.find(county.staff("neighbour"), number()) == []
    assert people.find(county.staff("neighbour"), "王") == []
    assert people.find(county.staff("doctor"), "  ") == []
    wrong = number()[:-1] + ("0" if number()[-1] != "0" else "1")
    with pytest.raises(IdentityError, match="校验位不符"):
        people.find(county.staff("doctor"), wrong)


@pytest.mark.parametrize("text", [number(), "99010110110100001"])
def test_whose_number_it_was_is_asked_before_and_not_of_every_resident(county: Any, text: str) -> None:
    """In one condition with the number the question keeps PostgreSQL from its index: 3 s of a million residents."""
    with CaptureQueriesContext(connection) as told:
        people.find(county.staff("bureau"), text)
    asked = [query["sql"] for query in told if 'FROM "county_resident"' in query["sql"]]
    assert len(asked) == 1
    assert "county_formernumber" not in asked[0]
    assert any("county_formernumber" in query["sql"] for query in told)


def test_a_list_is_paged_by_key_and_audited_with_its_filter(county: Any) -> None:
    placed = [county.resident(f"样人{n}", clinic=n % 3, sex=str(1 + n % 2)) for n in range(6)]
    bureau = county.staff("bureau")
    first = people.list_people(bureau, limit=4)
    assert first == placed[:4]
    assert people.list_people(bureau, after=first[-1].pk, limit=4) == placed[4:]
    assert people.list_people(bureau, organisation="990101102") == [placed[2], placed[5]]
    assert people.list_people(bureau, sex="2", born_to=date(1960, 1, 1)) == placed[1::2]
    assert people.list_people(bureau, born_from=date(1960, 1, 1)) == []
    filters = list(AuditEntry.objects.order_by("id").values_list("detail", flat=True))
    assert filters[2] == {"filter": {"purpose": "view", "organisation": "990101102"}, "count": 2}
    assert filters[3]["filter"]["born_to"] == "1960-01-01"
    with CaptureQueriesContext(connection) as few:
        people.list_people(bureau, limit=1)
    with CaptureQueriesContext(connection) as many:
        people.list_people(bureau, limit=6)
    assert len(few) == len(many)


def test_a_list_shows_masks(county: Any) -> None:
    person = people.register_resident(new(phone="13900001234"), actor="tests", day=TODAY)
    shown = people.describe(person, TODAY)
    assert (shown["name"], shown["phone"], shown["age"]) == ("王**", "139****1234", 71)
    assert shown["identity"] == "*" * 14 + number()[-4:]


def test_sensitive_lines_show_persons_to_those_who_treat_them(county: Any) -> None:
    line = Programme(code="sample_line", name=Text("样例", "Sample"), order=1, row=1, sensitive=True)
    doctor = county.staff("doctor")
    assert not may_see_persons_of(doctor, line)
    doctor.treats = "other_line,sample_line"
    assert may_see_persons_of(doctor, line)
    assert may_see_persons_of(county.staff("bureau"), Programme(code="plain", name=Text("样", "x"), order=1, row=1))


# -- registering -------------------------------------------------------------------------------------------------------


def test_a_resident_is_registered_with_what_the_number_states(county: Any) -> None:
    person = people.register_resident(new(), actor=county.staff("doctor"), day=TODAY)
    person.refresh_from_db()
    assert (person.sex, person.birth_date, person.initials, person.identity_tail) == ("1", date(1955, 3, 1), "wsy", number()[-4:])
    assert vault().decrypt(person.identity_cipher) == number()
    assert number() not in str(Resident.objects.filter(pk=person.pk).values().get())
    assert [version.actor for version in history(Resident, person.pk)] == ["doctor"]
    residency = person.residencies.get()
    assert (residency.organisation_id, residency.started_on, residency.ended_on) == ("990101101201", date(2020, 1, 1), None)


def test_a_newborn_has_no_document_and_is_marked(county: Any) -> None:
    born = date(2026, 6, 20)
    facts = {"name": "王小样", "identity_number": "", "sex": "2", "birth_date": born, "moved_in": born}
    children = [people.register_resident(new(**facts), actor="tests", day=TODAY) for _ in range(2)]
    assert {child.identity_kind for child in children} == {""}
    assert {child.identity_hash for child in children} == {None}


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"identity_number": number()[:-1] + "?"}, "身份证号前17位应为数字、首位不为0，末位应为数字或X。请核对证件后重填。"),
        ({"identity_number": "11010519491231002X"}, "这是模拟台账，只接受以99开头的身份证号"),
        ({"sex": "2"}, "性别填为女，身份证号显示为男。请核对后重填"),
        ({"birth_date": date(1955, 3, 2)}, "出生日期填为1955-03-02，与身份证号不一致。请核对后重填"),
        ({"name": " "}, "姓名未填。请补填"),
        ({"identity_number": "", "sex": "3"}, "性别应填男或女（1或2）；出生日期未填。请补填"),
        ({"identity_number": "", "sex": "1", "birth_date": date(2026, 7, 1)}, "出生日期2026-07-01晚于今天（2026-06-30）"),
        ({"moved_in": date(1955, 2, 28)}, "迁入日期1955-02-28早于出生日期1955-03-01"),
        ({"moved_in": date(2026, 7, 1)}, "迁入日期2026-07-01晚于今天"),
        ({"phone": "12ab"}, "电话应为7至20位数字"),
        ({"organisation": "990101999"}, "没有代码为990101999的机构"),
        ({"record_number": "123"}, "健康档案编号应为17位数字，现为3位"),
    ],
)
def test_registering_is_refused_with_the_reason(county: Any, facts: dict[str, Any], message: str) -> None:
    assert message in refused(**facts)


def test_a_wrong_number_alone_is_one_fault(county: Any) -> None:
    with pytest.raises(PersonRefused) as caught:
        people.register_resident(new(identity_number="123"), actor="tests", day=TODAY)
    assert [(fault.field, fault.value) for fault in caught.value.faults] == [("identity_number", "")], "its value is not repeated"


def test_one_person_is_registered_once(county: Any) -> None:
    people.register_resident(new(record_number="99010110110100007"), actor="tests", day=TODAY)
    with pytest.raises(PersonRefused) as caught:
        people.register_resident(new(record_number="99010110110100007"), actor="tests", day=TODAY)
    assert "健康档案编号99010110110100007已有人使用" in str(caught.value)
    assert "该证件号的居民已经登记。请检索该居民，并办理迁入" in str(caught.value)
    assert Resident.objects.count() == 1


def test_closed_and_not_yet_opened_places_take_nobody(county: Any) -> None:
    place = Organisation.objects.filter(pk="990101101201")
    place.update(closed_on=date(2019, 12, 31))
    assert "已于2019-12-31撤销。请改填其业务并入的机构" in refused()
    place.update(closed_on=None, opened_on=date(2021, 1, 1))
    assert "自2021-01-01起才成立" in refused()


def test_writing_needs_the_scope(county: Any) -> None:
    person = county.resident()
    acts = (
        lambda staff: people.register_resident(new(name="样"), actor=staff, day=TODAY),
        lambda staff: moving.move(person, None, TODAY, actor=staff, day=TODAY),
        lambda staff: moving.record_death(person, TODAY, actor=staff, day=TODAY),
        lambda staff: moving.withdraw_death(person, actor=staff, day=TODAY),
    )
    for act in acts:
        for outsider in ("neighbour", "bureau"):
            with pytest.raises(NotAllowed):
                act(county.staff(outsider))
    assert moving.move(person, county.clinics[1], TODAY, actor=county.staff("neighbour"), day=TODAY), "the receiving place may write a move"


def test_record_numbers_are_never_given_twice(either_database: str, make_county: Any) -> None:
    county = make_county()
    village = county.clinics[0]
    assert people.next_record_number(village) == "99010110110100001"
    person = county.resident(record_number="99010110110100041")
    assert people.next_record_number(village) == "99010110110100042"
    person.delete()
    assert people.next_record_number(village) == "99010110110100043"
    assert people.next_record_number(county.clinics[1]) == "99010110110200001"


# -- moving and dying --------------------------------------------------------------------------------------------------


def test_a_move_closes_one_line_and_opens_the_next(either_database: str, make_county: Any) -> None:
    county = make_county()
    person = county.resident()
    moving.move(person, county.clinics[2], date(2026, 2, 1), actor="tests", day=TODAY)
    moving.move(person, None, date(2026, 4, 1), actor="tests", day=TODAY)
    moving.move(person, county.clinics[0], date(2026, 6, 1), actor="tests", day=TODAY)
    assert list(person.residencies.order_by("started_on").values_list("organisation_id", "started_on", "ended_on")) == [
        (county.clinics[0], date(2020, 1, 1), date(2026, 1, 31)),
        (county.clinics[2], date(2026, 2, 1), date(2026, 3, 31)),
        (county.clinics[0], date(2026, 6, 1), None),
    ]
    assert people.managing_organisation(person, date(2026, 5, 1)) is None


@pytest.mark.parametrize(
    ("organisation", "moved_on", "message"),
    [
        ("990101101202", date(2026, 7, 1), "迁移日期2026-07-01晚于今天"),
        ("990101101202", date(1950, 1, 1), "早于出生日期1955-03-01"),
        ("990101101202", date(2020, 1, 1), "迁移日期2020-01-01不晚于上一次迁入日期2020-01-01。请核对，或先更正上一次"),
        ("990101101201", date(2026, 1, 1), "该居民现由990101101201管理，迁入机构没有变化"),
        ("990101999", date(2026, 1, 1), "没有代码为990101999的机构"),
    ],
)
def test_a_move_that_cannot_be(county: Any, organisation: str, moved_on: date, message: str) -> None:
    person = county.resident()
    with pytest.raises(PersonRefused) as caught:
        moving.move(person, organisation, moved_on, actor="tests", day=TODAY)
    assert message in str(caught.value)
    assert person.residencies.get().ended_on is None


def test_nobody_leaves_twice_or_returns_before_leaving(county: Any) -> None:
    person = county.resident()
    moving.move(person, None, date(2026, 4, 1), actor="tests", day=TODAY)
    with pytest.raises(PersonRefused, match="该居民现在不在本县管理，无需再登记迁出"):
        moving.move(person, None, date(2026, 5, 1), actor="tests", day=TODAY)
    with pytest.raises(PersonRefused, match="不晚于上一次迁出日期2026-03-31"):
        moving.move(person, county.clinics[1], date(2026, 3, 1), actor="tests", day=TODAY)


@pytest.mark.parametrize(
    ("died_on", "message"),
    [
        (date(1955, 2, 28), "死亡日期1955-02-28早于出生日期1955-03-01"),
        (date(2026, 7, 1), "死亡日期2026-07-01晚于今天（2026-06-30）"),
        (date(2019, 12, 31), "死亡日期2019-12-31早于迁入日期2020-01-01"),
    ],
)
def test_a_death_that_cannot_be(county: Any, died_on: date, message: str) -> None:
    person = county.resident()
    with pytest.raises(PersonRefused) as caught:
        moving.record_death(person, died_on, actor="tests", day=TODAY)
    assert message in str(caught.value)


def test_a_death_is_entered_once_and_can_be_taken_back(county: Any) -> None:
    person = county.resident()
    moving.record_death(person, date(2026, 5, 1), actor="tests", day=TODAY)
    with pytest.raises(PersonRefused, match="该居民已登记死亡（2026-05-01）。如登记有误，请先更正"):
        moving.record_death(person, date(2026, 5, 2), actor="tests", day=TODAY)
    with pytest.raises(PersonRefused, match="晚于死亡日期2026-05-01"):
        moving.move(person, county.clinics[1], date(2026, 5, 2), actor="tests", day=TODAY)
    assert people.residents_for(county.staff("doctor"), "view").get() == person
    moving.withdraw_death(person, actor="tests", day=TODAY)
    assert [v.after["died_on"] for v in history(Resident, person.pk) if v.after] == [None, date(2026, 5, 1), None]


def test_a_household_holds_its_residents(county: Any) -> None:
    home = Household.objects.create(division_id=county.clinics[0], number="99010110120100001")
    person = county.resident(household=home, relation="01")
    assert list(home.residents.all()) == [person]
