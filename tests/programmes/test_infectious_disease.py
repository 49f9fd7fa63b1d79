"""Reporting infectious diseases: the list by day, and a registered case until its card has come, been corrected or been voided."""

from datetime import date
from typing import Any

import pytest

from taizhang.county import recording
from taizhang.programmes.infectious_disease.diseases import BY_CODE, CLASS_A, CLASS_B, CLASS_C, DISEASES, is_urgent
from taizhang.programmes.infectious_disease.models import ReportCard, Suspicion
from taizhang.programmes.infectious_disease.rules import limits, minutes_between
from taizhang.worklist.models import DueItem

TODAY, DAY = date(2026, 6, 30), date(2026, 6, 29)
CLINIC = "990101101201"


def test_the_list_of_2026_has_forty_diseases_beside_hiv_and_the_unexplained() -> None:
    """2 + 29 + 11 = 42 of the notice; AIDS is reported by the HIV line, and the unexplained is no disease of the list."""
    on = [d.on(date(2026, 4, 1)).disease_class for d in DISEASES if d.code != "unexplained"]
    assert [on.count(each) for each in (CLASS_A, CLASS_B, CLASS_C)] == [2, 28, 11]


@pytest.mark.parametrize(
    ("disease", "kind", "day", "urgent"),
    [
        ("plague", None, TODAY, True),
        ("sars", None, TODAY, True),
        ("anthrax", "anthrax_lung", TODAY, True),
        ("anthrax", "anthrax_skin", TODAY, False),
        ("covid", None, date(2023, 1, 7), True),
        ("covid", None, date(2023, 1, 8), False),
        ("measles", None, TODAY, False),
        ("unexplained", None, TODAY, True),
    ],
)
def test_what_is_due_in_two_hours(disease: str, kind: str | None, day: date, urgent: bool) -> None:
    assert is_urgent(disease, kind, day) is urgent
    assert limits(disease, kind, day)[0] == (120 if urgent else 1440)


def test_minutes_cross_midnight_and_are_unknown_while_a_part_is() -> None:
    assert minutes_between((date(2026, 2, 28), 23, 59), (date(2026, 3, 1), 0, 1)) == 2
    assert minutes_between((TODAY, 9, None), (TODAY, 10, 0)) is None


def test_every_kind_belongs_to_its_disease() -> None:
    assert all(kind.startswith(f"{d.code}_") for d in DISEASES for kind, _ in d.kinds)
    assert all(kind in dict(d.kinds) for d in BY_CODE.values() for kind in d.urgent_kinds)


def owed() -> list[tuple[str, int]]:
    return list(DueItem.objects.filter(duty="infectious_disease.card").values_list("reason_zh", "urgency"))


def test_a_registered_case_is_owed_a_card_until_it_has_one(county: Any) -> None:
    person = county.resident()
    moment = {"diagnosed_on": DAY, "diagnosed_hour": 9, "diagnosed_minute": 15, "disease": "cholera"}
    entry = recording.save(Suspicion(resident=person, organisation_id=CLINIC, **moment), actor="doctor", day=TODAY)
    assert entry.outcome == "3"
    assert owed() == [("2026年6月29日登记霍乱，2小时内报告，应于2026年6月29日11:15前网络报告", 1)]

    card = ReportCard(
        resident=person, organisation_id=CLINIC, **moment, case_class="2", onset_on=DAY, filled_on=DAY, reported_on=DAY, reported_hour=11,
        reported_minute=16,
    )  # fmt: skip
    recording.save(card, actor="doctor", day=TODAY)
    entry.refresh_from_db()
    assert (entry.outcome, entry.took_minutes, owed()) == ("2", 121, [])

    card.void_on, card.void_reason = TODAY, "填错病人"
    recording.save(card, actor="doctor", day=TODAY)
    entry.refresh_from_db()
    assert (entry.outcome, len(owed())) == ("3", 1)


def test_the_card_says_what_a_child_s_lacks(county: Any) -> None:
    child = county.resident(birth=date(2014, 1, 1))
    card = ReportCard(
        resident=child, organisation_id=CLINIC, diagnosed_on=DAY, diagnosed_hour=9, diagnosed_minute=0, disease="hepatitis",
        case_class="1", onset_on=DAY, filled_on=DAY, occupation="03", phone="1", address="x", belongs="1",
    )  # fmt: skip
    recording.save(card, actor="doctor", day=TODAY)
    assert (card.lacking, card.complete) == ("1,2,3", False)  # parent, school, kind
    card.kind = "hepatitis_b"
    recording.save(card, actor="doctor", day=TODAY)
    assert card.lacking == "1,2,4"  # acute or chronic is asked of hepatitis B
