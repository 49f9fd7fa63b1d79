"""What is corrected of a resident, what stays, and what cannot be."""

from datetime import date
from typing import Any

import pytest

from taizhang.county import moving
from taizhang.county.changes import history
from taizhang.county.correcting import correct_resident
from taizhang.county.identity import vault
from taizhang.county.models import Household, Residency, Resident
from taizhang.county.people import NewResident, NotAllowed, PersonRefused

from .test_people import TODAY, number

BORN = date(1955, 3, 1)


def known(**facts: Any) -> NewResident:
    said = {"name": "王试样", "organisation": "", "moved_in": date(2020, 1, 1), "sex": "2", "birth_date": BORN}
    return NewResident(**{**said, **facts})


def correct(person: Resident, address: str = "", actor: Any = "tests", **facts: Any) -> list[str]:
    return correct_resident(person.pk, known(**facts), address, actor=actor, day=TODAY)


@pytest.fixture
def person(county: Any) -> Any:
    """A woman with a document, at the first clinic since 2020."""
    made = county.resident("王试样", sex="2", identity_number=number(serial="002"))
    return Resident.objects.get(pk=made.pk)


def test_what_was_not_typed_anew_stays(person: Any) -> None:
    before = (person.identity_hash, bytes(person.identity_cipher), person.record_number)
    assert correct(person, phone="13900000000") == ["phone"]
    person.refresh_from_db()
    assert (person.identity_hash, bytes(person.identity_cipher), person.record_number) == before
    assert correct(person, phone="13900000000") == []
    assert [entry.after["phone"] for entry in history(Resident, person.pk) if entry.after][-1] == "13900000000"


def test_a_newborn_is_given_the_number_that_was_issued(county: Any) -> None:
    baby = county.resident("王小样", identity_number="", sex="2", birth=date(2026, 3, 1), moved_in=date(2026, 3, 1))
    issued = number("20260301", "002")
    correct(baby, name="王小样", identity_number=issued, birth_date=None, sex="", moved_in=date(2026, 3, 1))
    baby.refresh_from_db()
    assert (vault().decrypt(bytes(baby.identity_cipher)), baby.identity_kind, baby.identity_tail) == (issued, "01", issued[-4:])


def test_another_number_brings_its_sex_and_birth_date(person: Any) -> None:
    correct(person, identity_number=number("19550302", "003"), birth_date=None, sex="")
    person.refresh_from_db()
    assert (person.birth_date, person.sex) == (date(1955, 3, 2), "1")


def test_a_name_is_found_by_its_new_initials(person: Any) -> None:
    correct(person, name="李试样")
    person.refresh_from_db()
    assert person.initials == "lsy"


def test_the_address_is_the_households(county: Any, person: Any) -> None:
    correct(person, address="样湾村1组9号")
    person.refresh_from_db()
    assert person.household.address == "样湾村1组9号"
    correct(person, address="样湾村2组1号")
    assert Household.objects.get().address == "样湾村2组1号"


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"birth_date": date(1955, 3, 2)}, "出生日期填为1955-03-02，与身份证号不一致"),
        ({"sex": "1"}, "性别填为男，身份证号显示为女"),
        ({"name": " "}, "姓名未填"),
        ({"phone": "12"}, "电话应为7至20位数字"),
        ({"moved_in": date(1955, 2, 28)}, "迁入日期1955-02-28早于出生日期1955-03-01"),
        ({"moved_in": date(2026, 7, 1)}, "晚于今天"),
        ({"identity_number": "990101195503010000", "sex": "", "birth_date": None}, "身份证号"),
    ],
)
def test_what_cannot_be_is_refused_whole(person: Any, facts: dict[str, Any], message: str) -> None:
    with pytest.raises(PersonRefused, match=message):
        correct(person, **{"phone": "13900000000", **facts})
    person.refresh_from_db()
    assert person.phone != "13900000000"


def test_a_number_that_another_bears_is_refused(county: Any, person: Any) -> None:
    county.resident("李试样", sex="2", identity_number=number(serial="004"))
    with pytest.raises(PersonRefused, match="该证件号的居民已经登记"):
        correct(person, identity_number=number(serial="004"))


def test_the_first_day_stands_between_what_comes_before_and_after(county: Any, person: Any) -> None:
    moving.move(person, county.clinics[1], date(2024, 5, 1), actor="tests", day=TODAY)
    with pytest.raises(PersonRefused, match="迁入日期2024-04-30不晚于上一次迁出日期2024-04-30"):
        correct(person, moved_in=date(2024, 4, 30))
    assert correct(person, moved_in=date(2024, 6, 1)) == ["moved_in"]
    moving.record_death(person, date(2025, 1, 1), actor="tests", day=TODAY)
    with pytest.raises(PersonRefused, match="迁入日期2025-01-02晚于死亡日期2025-01-01"):
        correct(person, moved_in=date(2025, 1, 2))
    assert list(Residency.objects.order_by("started_on").values_list("started_on", flat=True)) == [date(2020, 1, 1), date(2024, 6, 1)]


def test_only_who_writes_for_the_place_corrects(county: Any, person: Any) -> None:
    for username in ("neighbour", "township2", "bureau"):
        with pytest.raises(NotAllowed):
            correct(person, actor=county.staff(username), phone="13900000000")
    assert correct(person, actor=county.staff("doctor"), phone="13900000000") == ["phone"]
