"""What institutions themselves owe, on the worklist: the reports on an emergency, missed cases, patrols and clues."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conftest import SmallCounty
from taizhang.county.models import Role, ScopeGrant, Staff
from taizhang.county.recording import save
from taizhang.county.scopes import grant_role_scopes
from taizhang.programmes.infectious_disease.models import EventReport, MissedCheck
from taizhang.programmes.supervision_assistance.models import Clue, Patrol
from taizhang.worklist.models import DueItem

from .visiting import DAY, page_of

pytestmark = pytest.mark.django_db


def report(
    county: SmallCounty, stage: str, on: date, *, sent: bool = True, grade: str = "2", name: str = "某校流感", **facts: Any
) -> EventReport:
    values: dict[str, Any] = {
        "organisation_id": county.townships[0], "name": name, "stage": stage, "number": 1, "category": "1", "grade": grade,
        "received_on": DAY - timedelta(days=4), "received_hour": 9, "received_minute": 0, "filled_on": on,
    }  # fmt: skip
    if sent:
        values |= {"reported_on": on, "reported_hour": 10, "reported_minute": 0}
    return save(EventReport(**{**values, **facts}), actor="t", day=DAY)


def owed(client: Client) -> list[str]:
    page = page_of(client.get(reverse("worklist")))
    return [" ".join(line.text_content().split()) for line in page.xpath("//ul[contains(@class, 'owing')]/li")]


@pytest.fixture
def office(client: Client, county: SmallCounty) -> Client:
    client.force_login(county.staff("township"))
    return client


def test_the_reports_on_an_emergency_are_owed_one_after_the_other(office: Client, county: SmallCounty) -> None:
    begun = DAY - timedelta(days=4)
    first = report(county, "1", begun, sent=False)
    (line,) = owed(office)
    assert "“某校流感”2026年6月26日09:00接到报告，应于2026年6月26日11:00前网络报告" in line
    assert "逾期4天" in line
    first.reported_on, first.reported_hour, first.reported_minute = begun, 10, 0
    save(first, actor="t", day=DAY)
    (line,) = owed(office)
    assert "“某校流感”为重大事件，2026年6月26日报告过，应于2026年6月27日前进程报告" in line
    report(county, "2", DAY - timedelta(days=1), ended_on=DAY - timedelta(days=1))
    (line,) = owed(office)
    assert "应于2026年7月13日前结案报告" in line
    report(county, "3", DAY, ended_on=DAY - timedelta(days=1), final_diagnosis="流行性感冒")
    assert owed(office) == []


def test_a_lesser_emergency_stays_open_until_it_is_closed(office: Client, county: SmallCounty) -> None:
    report(county, "1", DAY - timedelta(days=4), grade="4")
    assert ["尚未结案，终止后两周内结案报告" in line for line in owed(office)] == [True]
    report(county, "3", DAY, grade="4", ended_on=DAY - timedelta(days=1))
    assert owed(office) == []


def test_missed_cases_clues_and_patrols_stand_there_until_they_are_done(office: Client, county: SmallCounty) -> None:
    place = {"organisation_id": county.townships[0]}
    spans = {"covers_from": date(2026, 1, 1), "covers_to": DAY, "looked_through": 90, "found": 5}
    check = MissedCheck(checked_on=DAY, check_kind="1", looked_at="1", already=3, **spans, **place)
    save(check, actor="t", day=DAY)
    save(MissedCheck(checked_on=DAY, check_kind="1", looked_at="2", already=5, **spans, **place), actor="t", day=DAY)
    clue = Clue(found_on=DAY, kind="1", content="食物中毒线索", **place)
    save(clue, actor="t", day=DAY)
    for name, seen in (("上季度巡查的小学", date(2026, 3, 31)), ("本季度巡查的小学", date(2026, 4, 1))):
        save(Patrol(patrolled_on=seen, domain="3", place=name, content="查看", **place), actor="t", day=DAY)
    lines = owed(office)
    assert len(lines) == 3
    assert any("漏报调查查出漏报2例" in line for line in lines)
    assert any("线索，尚未报告" in line for line in lines)
    assert any("上季度巡查的小学" in line and "截止2026年6月30日" in line for line in lines)  # the other is due by 30 September only
    check.mended_on, clue.reported_on = DAY, DAY
    save(check, actor="t", day=DAY)
    save(clue, actor="t", day=DAY)
    assert len(owed(office)) == 1


def test_only_those_who_may_write_there_see_it_and_the_queries_do_not_grow(client: Client, county: SmallCounty) -> None:
    report(county, "1", DAY - timedelta(days=4), sent=False)
    client.force_login(county.staff("township2"))
    assert owed(client) == []
    client.force_login(county.staff("township"))
    owed(client)
    with CaptureQueriesContext(connection) as few:
        assert len(owed(client)) == 1
    for number in range(12):
        report(county, "1", DAY - timedelta(days=4), sent=False, name=f"第{number}起")
    with CaptureQueriesContext(connection) as many:
        assert len(owed(client)) == 13
    assert len(many) == len(few)


def test_the_days_end_counts_what_the_institution_itself_did_and_still_owes(office: Client, county: SmallCounty) -> None:
    def line(name: str) -> list[str]:
        page = page_of(office.get(reverse("day-end")))
        rows = [[cell.text_content().strip() for cell in row] for row in page.xpath("//tbody/tr")]
        return next((cells[1:] for cells in rows if cells[0].startswith(name)), [])

    def tallies() -> str:
        return " ".join(page_of(office.get(reverse("day-end"))).find_class("tallies")[0].text_content().split())

    assert line("突发公共卫生事件相关信息报告卡") == []
    assert "本机构应做" not in tallies()
    report(county, "1", DAY - timedelta(days=4), sent=False)  # to be sent within two hours, four days ago
    report(county, "1", DAY, grade="4", name="某村中毒")  # sent today; its closing report has no day yet
    may = date(2026, 5, 31)
    report(county, "1", may, grade="6", name="上月的事件", received_on=may, ended_on=may)  # last month's; to be closed by 14 June
    assert line("突发公共卫生事件相关信息报告卡") == ["1", "2", "—", "3", "2"]
    assert "3本机构应做（件），逾期2" in tallies()
    report(county, "3", DAY, grade="6", name="上月的事件", received_on=may, ended_on=may)
    assert line("突发公共卫生事件相关信息报告卡") == ["2", "3", "—", "2", "1"]
    place = {"organisation_id": county.townships[0], "domain": "3", "place": "某小学", "content": "查看"}
    save(Patrol(patrolled_on=date(2026, 4, 1), **place), actor="t", day=DAY)  # again by 30 September: shown a month before
    assert line("卫生监督协管巡查") == []
    save(Patrol(patrolled_on=date(2026, 3, 31), **place | {"place": "某医院"}), actor="t", day=DAY)
    assert line("卫生监督协管巡查") == ["0", "0", "—", "1", "0"]


def test_the_cdc_has_its_own_duties_on_its_worklist_and_no_person(client: Client, county: SmallCounty) -> None:
    cdc = Staff.objects.create(username="cdc", name="样员疾控", organisation_id="990101-CDC", role=Role.LINE_OFFICE, password="!")
    grant_role_scopes(cdc, county.root)
    ScopeGrant.objects.filter(staff=cdc).update(may_write=True)  # even then: residents are served by clinics and township hospitals
    person = county.resident("诸葛试样", birth=date(1950, 1, 1))
    assert DueItem.objects.filter(resident=person).open_on(DAY).exists()
    client.force_login(cdc)
    assert owed(client) == []
    assert "本机构今天没有应做的事项" in client.get(reverse("worklist")).content.decode()
    report(county, "1", DAY - timedelta(days=4), sent=False, name="县城中毒", organisation_id="990101-CDC")
    (line,) = owed(client)
    assert "“县城中毒”" in line
    for name in ("worklist", "day-end"):
        page = page_of(client.get(reverse(name)))
        assert "诸葛" not in page.text_content()
        assert not page.xpath("//a[contains(@href, '/visit/')]")
    assert "突发公共卫生事件相关信息报告卡" in page.text_content()
    assert client.get(reverse("route")).status_code == client.get(reverse("visit", args=[person.pk])).status_code == 404
    assert reverse("worklist") in page_of(client.get(reverse("me"))).xpath("//nav//a/@href")
