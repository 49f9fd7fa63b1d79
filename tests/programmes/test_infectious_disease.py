"""Reporting infectious diseases: the list by day, and a registered case until its card has come, been corrected or been voided."""

from datetime import date
from typing import Any

import pytest

from taizhang.county import recording
from taizhang.programmes.infectious_disease.diseases import BY_CODE, CLASS_A, CLASS_B, CLASS_C, DISEASES, is_urgent
from taizhang.programmes.infectious_disease.models import EventReport, MissedCheck, ReportCard, Suspicion
from taizhang.programmes.infectious_disease.rules import limits, minutes_between
from taizhang.worklist.models import DueItem

TODAY, DAY = date(2026, 6, 30), date(2026, 6, 29)
CLINIC, TOWNSHIP = "990101101201", "990101101"


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


# -- suspected cases, emergencies, checks ------------------------------------------------------------------------------------------


def corrections() -> list[tuple[str, date]]:
    return list(DueItem.objects.filter(duty="infectious_disease.correction").values_list("reason_zh", "due_on"))


def test_a_suspected_case_is_owed_its_correction_within_a_day_of_being_settled(county: Any) -> None:
    person = county.resident()
    first = {"diagnosed_on": date(2026, 6, 27), "diagnosed_hour": 9, "diagnosed_minute": 15, "disease": "cholera"}
    shared = {"resident": person, "organisation_id": CLINIC}
    recording.save(Suspicion(**shared, **first, case_class="3"), actor="doctor", day=TODAY)
    card = {"onset_on": date(2026, 6, 27), "filled_on": date(2026, 6, 27), "reported_hour": 10, "reported_minute": 0}
    recording.save(ReportCard(**shared, **first, **card, case_class="3", reported_on=date(2026, 6, 27)), actor="doctor", day=TODAY)
    assert corrections() == [("2026年6月27日报告的疑似霍乱病例尚未排除或确诊，查明后24小时内订正", date(9999, 12, 31))]

    confirmed = first | {"diagnosed_on": DAY, "diagnosed_minute": 30}
    recording.save(Suspicion(**shared, **confirmed, case_class="2", first_visit="2"), actor="doctor", day=TODAY)
    assert corrections() == [("疑似霍乱病例已确诊，应于2026年6月30日09:30前订正报告卡", TODAY)]

    later = card | {"filled_on": DAY}
    corrected = ReportCard(**shared, **confirmed, **later, card_kind="2", case_class="2", reported_on=DAY)
    recording.save(corrected, actor="doctor", day=TODAY)
    assert (corrections(), corrected.resolves, corrected.limit_minutes, corrected.took_minutes) == ([], True, 1440, 30)


def report(stage: str, day: date, *, hour: int = 10, **facts: Any) -> EventReport:
    values = {
        "name": "样镇小学水痘聚集", "number": 1, "category": "1", "grade": "2", "received_on": date(2026, 6, 1), "received_hour": 9,
        "received_minute": 0, "filled_on": day, "reported_on": day, "reported_hour": hour, "reported_minute": 0,
    }  # fmt: skip
    made = EventReport(organisation_id=TOWNSHIP, stage=stage, **(values | facts))
    return recording.save(made, actor="township", day=TODAY)


def test_a_serious_event_is_followed_every_day_and_closed_within_two_weeks_of_its_end(county: Any) -> None:
    first = report("1", date(2026, 6, 1))
    assert (first.limit_minutes, first.took_minutes, first.next_stage, first.next_due_on) == (120, 60, "2", date(2026, 6, 2))
    second = report("2", date(2026, 6, 2), ended_on=date(2026, 6, 2))
    assert (second.next_stage, second.next_due_on, second.took_minutes) == ("3", date(2026, 6, 16), None)
    closing = report("3", date(2026, 6, 16), ended_on=date(2026, 6, 2))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.answered_on, second.answered_on, closing.next_stage) == (date(2026, 6, 2), date(2026, 6, 16), None)


def test_the_card_of_an_event_says_what_it_lacks(county: Any) -> None:
    bare = report("1", date(2026, 6, 1), setting="1")
    assert (bare.complete, bare.lacking) == (False, "1,2,3,4,5,6,7,8,9,10")
    full = report(
        "1", date(2026, 6, 1), name="样镇集中聚餐食物中毒", occurred_on=date(2026, 6, 1), place="样村", spread="样村三组", total_cases=6,
        symptoms="2", diagnosis="毒蘑菇中毒", measures="救治患者", information="5", phone="0000-0000000", setting="15",
    )  # fmt: skip
    assert (full.complete, full.lacking) == (True, None)


def test_a_check_derives_what_was_missed(county: Any) -> None:
    span = {"covers_from": date(2026, 1, 1), "covers_to": DAY, "looked_through": 900}
    check = MissedCheck(organisation_id=TOWNSHIP, checked_on=DAY, check_kind="1", looked_at="1", found=10, already=8, **span)
    assert recording.save(check, actor="township", day=TODAY).missed == 2
