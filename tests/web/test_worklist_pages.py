"""The worklist's pages: who is shown what, in which order, and the day's end."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from conftest import SmallCounty
from taizhang.county.models import AuditEntry, Household, Staff
from taizhang.county.recording import save
from taizhang.kernel.duties import Urgency
from taizhang.kernel.text import Text
from taizhang.programmes.hypertension.models import FollowUp, Screening
from taizhang.web.middleware import LANGUAGE_COOKIE
from taizhang.web.worklist.listed import Line
from taizhang.worklist.models import DueItem

from .visiting import BOTH, DAY, HTN, address, filled, page_of, patient, send


def test_the_list_shows_who_is_due_and_why_with_names_and_telephones_masked(doctor: Client, county: SmallCounty) -> None:
    household = Household.objects.create(division_id=county.clinics[0], number="1", address="青山镇河湾村3组12号")
    patient(county, household=household)
    page = doctor.get(reverse("worklist")).content.decode()
    assert "顾**" in page
    assert "139****1234" in page
    assert "顾样甲" not in page
    assert "13900001234" not in page
    assert "3组12号" in page
    assert "上次血压132/80，控制满意，应于6月20日前随访" in page
    assert "上次空腹血糖6.1，控制满意，应于6月20日前随访" in page
    assert "逾期10天" in page
    (line,) = AuditEntry.objects.filter(action="list_people")
    assert line.detail == {"filter": {"worklist": "2026-06-30"}, "count": 1}


def test_a_telephone_number_is_opened_for_a_line_in_the_audit_trail(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    answer = doctor.post(reverse("call", args=[person.pk]), headers={"HX-Request": "true"})
    assert "13900001234" in answer.content.decode()
    assert AuditEntry.objects.get(action="open_person").resident == person.pk


def test_the_route_is_in_full_in_the_order_one_walks_and_is_an_export(doctor: Client, county: SmallCounty) -> None:
    for name, place in (("顾样甲", "10组2号"), ("顾样乙", "2组11号"), ("顾样丙", "2组3号")):
        household = Household.objects.create(division_id=county.clinics[0], number=name, address=f"青山镇河湾村{place}")
        patient(county, name, household=household)
    page = doctor.get(reverse("route")).content.decode()
    assert page.index("顾样丙") < page.index("顾样乙") < page.index("顾样甲")
    assert AuditEntry.objects.get(action="export").detail["count"] == 3
    only = doctor.get(reverse("route") + "?group=2").content.decode()
    assert "顾样丙" in only
    assert "顾样甲" not in only


@pytest.mark.parametrize(
    ("username", "seen"),
    [("doctor", {"甲"}), ("neighbour", {"乙"}), ("township", {"甲", "乙"}), ("township2", {"丙"}), ("bureau", None)],
)
def test_each_post_sees_its_own_people_only(client: Client, county: SmallCounty, username: str, seen: set[str] | None) -> None:
    people = {name: patient(county, f"顾样{name}", place) for place, name in enumerate("甲乙丙")}
    client.force_login(county.staff(username))
    for name, person in people.items():
        mine = seen is not None and name in seen
        token = uuid4()
        for answer in (
            client.get(address(person)),
            client.post(reverse("visit-foresee", args=[person.pk]), {"r": HTN}),
            client.post(reverse("call", args=[person.pk])),
        ):
            assert answer.status_code == (200 if mine else 404), (username, name)
        assert client.post(reverse("visit-discard", args=[person.pk])).status_code == (302 if mine else 404)
        assert client.get(reverse("visit-done", args=[person.pk, token])).status_code == 404
        if not mine:
            assert client.post(address(person), {"r": HTN, **BOTH}).status_code == 404
    for name in ("worklist", "route", "day-end"):
        assert client.get(reverse(name)).status_code == (404 if seen is None else 200)
    if seen is not None:
        page = client.get(reverse("route")).content.decode()
        assert {name for name in people if f"顾样{name}" in page} == seen
    assert FollowUp.objects.count() == 3


def test_the_urgent_come_first_then_those_overdue_longest_and_pages_follow_each_other(
    doctor: Client, county: SmallCounty, monkeypatch: pytest.MonkeyPatch
) -> None:
    from taizhang.web.worklist import views

    monkeypatch.setattr(views, "PAGE", 2)
    names = "甲乙丙丁戊"
    people = {name: patient(county, f"顾样{name}", both=False) for name in names}
    for name, day, upper in (("戊", date(2026, 6, 10), 190), ("丁", date(2026, 6, 14), 150), ("丙", date(2026, 3, 10), 130)):
        facts = {"organisation_id": county.clinics[0], "way": "2", "outcome": "1", "systolic": upper, "diastolic": 80}
        if day.month == 3:
            FollowUp.objects.filter(resident=people[name]).delete()
        save(FollowUp(resident=people[name], visited_on=day, **facts), actor="tests", day=DAY)
    seen, query = [], ""
    while True:
        page = page_of(doctor.get(reverse("worklist") + query))
        seen += [int(a.get("href").split("/")[2]) for a in page.find_class("visit-link")]
        following = page.xpath("//a[@rel='next']")
        if not following:
            break
        query = following[0].get("href")
    assert seen == [people[name].pk for name in "戊丁丙甲乙"]


@pytest.mark.parametrize("query", ["?after=9.99999999.1", "?after=x", "?group=%27%3B--", "?village=990101102201", "?programme=<b>"])
def test_a_strange_filter_shows_a_list_all_the_same(doctor: Client, county: SmallCounty, query: str) -> None:
    patient(county)
    assert doctor.get(reverse("worklist") + query).status_code == 200


def test_screening_and_renewal_stand_in_a_list_of_their_own_and_the_year_s_examination_in_another(
    doctor: Client, county: SmallCounty
) -> None:
    ill, well = patient(county), county.resident("顾样乙", birth=date(1980, 1, 1))
    old = county.resident("顾样丙", birth=date(1950, 1, 1))
    facts = {"resident": well, "organisation_id": county.clinics[0], "systolic": 132, "diastolic": 86, "risk_reasons": "1"}
    save(Screening(screened_on=date(2025, 6, 1), **facts), actor="tests", day=DAY)
    again = DueItem.objects.get(resident=well, duty="hypertension.screening")
    assert (again.due_on, again.urgency) == (date(2025, 12, 1), Urgency.IN_PASSING)  # overdue, and yet no visit of its own

    def shown(query: str) -> set[int]:
        return {int(a.get("href").split("/")[2]) for a in page_of(doctor.get(reverse("worklist") + query)).find_class("visit-link")}

    assert shown("") == shown("?urgent=1") | {ill.pk} == {ill.pk}
    assert shown("?list=yearly") == {old.pk}
    assert {ill.pk, well.pk, old.pk} >= shown("?list=passing") >= {well.pk, old.pk}
    assert shown("?list=passing&overdue=1") == {well.pk}
    assert shown("?soon=1") == set()
    counts = doctor.get(reverse("worklist") + "?list=passing").context
    assert (counts["counts"]["late"], [on for *_, on in counts["lists"]]) == (1, [False, False, True])
    # What one meets the person for names the rest in one line.
    beside = page_of(doctor.get(reverse("worklist"))).find_class("beside")
    assert [line.text_content().strip()[:2] for line in beside] == ["顺带"]


def test_among_equally_urgent_those_overdue_come_first(doctor: Client, county: SmallCounty) -> None:
    people = [patient(county, f"顾样{n}", both=False) for n in "甲乙丙丁"]
    places = [(1, date(2026, 7, 3)), (4, date(2026, 6, 1)), (3, date(2026, 7, 1)), (1, date(2026, 6, 29))]
    for person, (urgency, due_on) in zip(people, places, strict=True):
        DueItem.objects.filter(resident=person, duty="hypertension.visit").update(urgency=urgency, due_on=due_on)
    page = page_of(doctor.get(reverse("worklist")))
    seen = [int(a.get("href").split("/")[2]) for a in page.find_class("visit-link")]
    assert seen == [people[n].pk for n in (3, 0, 1, 2)]


def test_a_sensitive_line_is_on_the_list_of_those_who_treat_only(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    DueItem.objects.filter(resident=person).update(programme="hiv", reason_zh="隐秘之事")
    assert "隐秘之事" not in doctor.get(reverse("worklist")).content.decode()
    Staff.objects.filter(username="doctor").update(treats="hiv")
    assert "隐秘之事" in doctor.get(reverse("worklist")).content.decode()


def test_queries_do_not_grow_with_the_list(doctor: Client, county: SmallCounty) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(name: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            doctor.get(reverse(name))
        return len(captured)

    patient(county)
    few = {name: count(name) for name in ("worklist", "route", "day-end")}
    assert few["day-end"] <= 17
    for n in range(12):
        patient(county, f"顾样{n}")
    assert {name: count(name) for name in few} == few


def test_the_day_s_end_counts_what_was_done_and_what_is_left(doctor: Client, county: SmallCounty) -> None:
    person, other = patient(county), patient(county, "顾样乙")
    assert send(doctor, person, filled(doctor, person, BOTH)).status_code == 302
    answer = doctor.get(reverse("day-end"))
    assert answer.context["totals"] == {"today": 2, "month": 2, "left": 2, "late": 2}
    assert other.name not in answer.content.decode()


@pytest.mark.parametrize(
    ("late", "said"), [(0, None), (1, ("逾期1天", "1 day late")), (365, ("逾期365天", "365 days late")),
                       (376, ("2025年11月12日起逾期", "late since 2025-11-12"))],
)  # fmt: skip
def test_what_is_over_a_year_late_names_its_day(late: int, said: tuple[str, str] | None) -> None:
    name = Text("慢阻肺筛查", "Screening for COPD")
    line = Line(name, name, Text("10月29日筛查", "screened on 2025-10-29"), date(2025, 11, 12), late, Urgency.DANGER)
    assert ((line.late_text.zh, line.late_text.en) if line.late_text else None) == said
    assert line.due_text == Text("截止2025年11月12日", "by 2025-11-12")


def test_english_names_every_day_in_one_manner(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    assert send(doctor, person, filled(doctor, person, BOTH)).status_code == 302
    patient(county, "顾样乙")
    doctor.cookies[LANGUAGE_COOKIE] = "en"
    text = page_of(doctor.get(reverse("worklist"))).text_content()
    assert re.search(r"by \d{4}-\d\d-\d\d", text)
    assert not re.search(r"\d (?:January|February|March|April|May|June|July|August|September|October|November|December)|by \d\d?-\d", text)
