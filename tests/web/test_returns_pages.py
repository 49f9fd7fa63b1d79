"""Pages of returns: filling, checks while typing, the tiers, locks, files, and what is shown to nobody else."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from taizhang.county.models import PeriodLock
from taizhang.exchange.report import workbook
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.returns.checks import CellEntry
from taizhang.returns.entry import enter
from taizhang.returns.models import Return, ReturnCell, ReturnStep

from .conftest import CLINIC, OTHER_TOWNSHIP, ROOT, TOWNSHIP, Town

MAY = "2026-05"
SERVICES = {"c-0-services": "120", "c-0-antenatal": "80", "c-0-postnatal": "40"}


def url(form: str = "maternal", organisation: str = TOWNSHIP, name: str = "return", period: str = MAY) -> str:
    return reverse(name, args=[form, organisation, period])


def seen(page: Any) -> str:
    return str(page.context["seen"])


def fill(client: Any, values: dict[str, str], action: str = "save", address: str = "", stamp: str | None = None) -> Any:
    address = address or url()
    return client.post(address, {"seen": seen(client.get(address)) if stamp is None else stamp, "action": action, **values})


def stored(form: str = "maternal", organisation: str = TOWNSHIP) -> dict[tuple[str, str], int]:
    rows = ReturnCell.objects.filter(form=form, organisation_id=organisation, report__period_start=date(2026, 5, 1))
    return {(c.element, c.category): c.value for c in rows}


def report(form: str = "maternal") -> Return:
    return Return.objects.get(form=form, organisation_id=TOWNSHIP, period_start=date(2026, 5, 1))


# -- filling -----------------------------------------------------------------------------------------------------------


def test_a_draft_is_kept_and_comes_back(enter_as: Any) -> None:
    client = enter_as("township")
    assert fill(client, {"c-0-services": " １，２００ "}).status_code == 302
    assert (stored(), report().state) == ({("services", ""): 1200}, "draft")
    assert 'value="1200"' in client.get(url()).content.decode()


def test_what_is_no_number_comes_back_as_typed_with_the_reason_at_its_place(enter_as: Any) -> None:
    page = fill(enter_as("township"), {**SERVICES, "c-0-antenatal": "=cmd|'/c calc'!A1", "c-0-postnatal": "<b>40</b>"})
    text = page.content.decode()
    assert page.status_code == 422
    assert stored() == {}
    assert 'value="=cmd|&#39;/c calc&#39;!A1"' in text
    assert "<b>40</b>" not in text
    assert 'id="f-0-antenatal"' in text
    assert "应填数字" in text
    assert 'value="120"' in text


def test_handing_in_with_a_part_above_its_whole_keeps_the_draft_and_says_what_to_mend(enter_as: Any) -> None:
    page = fill(enter_as("township"), {**SERVICES, "c-0-antenatal": "121"}, "submit")
    assert page.status_code == 422
    assert "产前检查121人次大于孕产妇保健服务120人次" in page.content.decode()
    assert "已存为草稿，但没有上报" in page.content.decode()
    assert (stored()["antenatal", ""], report().state) == (121, "draft")


def test_handing_in_after_the_closing_day_is_marked_late_and_listed(enter_as: Any) -> None:
    client = enter_as("township")
    assert fill(client, SERVICES, "submit").status_code == 302
    assert report().state == "submitted"
    step = ReturnStep.objects.get(report=report())
    assert (step.actor, step.taken_on) == ("township", date(2026, 6, 30))
    page = client.get(url()).content.decode()
    assert "已过截止日，记为补录" in page
    assert '<span class="chip late">补录</span>' in page
    listed = client.get(reverse("returns-of", args=[TOWNSHIP]) + "?period=2026-05")
    assert [chip.form.zh for chip in listed.context["late"]] == ["孕产妇健康管理报表"]


def test_pressing_twice_hands_in_once(enter_as: Any) -> None:
    client = enter_as("township")
    stamp = seen(client.get(url()))
    assert [fill(client, SERVICES, "submit", stamp=stamp).status_code for _ in range(2)] == [302, 302]
    assert ReturnStep.objects.filter(report=report()).count() == 1


def test_a_form_left_open_while_another_changed_it_writes_nothing_and_shows_both(enter_as: Any, town: Town) -> None:
    client = enter_as("township")
    stamp = seen(client.get(url()))
    fill(client, {"c-0-services": "90"})
    page = fill(client, {"c-0-services": "95"}, stamp=stamp)
    text = page.content.decode()
    assert page.status_code == 409
    assert stored() == {("services", ""): 90}
    assert 'value="95"' in text
    assert "已存：90" in text
    assert "已被他人修改" in text
    assert fill(client, {"c-0-services": "95"}, stamp=seen(page)).status_code == 302  # looked at, and meant
    assert stored() == {("services", ""): 95}


def test_what_another_left_empty_is_said_in_the_reader_s_language(enter_as: Any) -> None:
    client = enter_as("township")
    client.get(reverse("language", args=["en"]))
    stamp = seen(client.get(url()))
    fill(client, {"c-0-antenatal": "90"})
    page = fill(client, {"c-0-services": "95"}, stamp=stamp).content.decode()
    assert "stored: (empty)" in page
    assert "（空）" not in page


def test_a_fault_does_not_hide_what_another_kept_meanwhile(enter_as: Any) -> None:
    client = enter_as("township")
    stamp = seen(client.get(url()))
    fill(client, {"c-0-services": "90"})
    page = fill(client, {"c-0-services": "9五"}, stamp=stamp)
    assert page.status_code == 422
    page = fill(client, {"c-0-services": "95"}, stamp=seen(page))
    assert page.status_code == 409
    assert "已存：90" in page.content.decode()
    assert stored() == {("services", ""): 90}


def test_what_was_handed_in_cannot_be_changed_and_what_was_typed_stays(enter_as: Any) -> None:
    client = enter_as("township")
    fill(client, SERVICES, "submit")
    page = fill(client, {**SERVICES, "c-0-services": "999"})
    assert page.status_code == 409
    assert "已上报，正在等待审核，不能修改" in page.content.decode()
    assert stored()["services", ""] == 120


def test_an_expired_session_leads_to_signing_in_and_back(client: Any, town: Town) -> None:
    answer = client.post(url(), {"c-0-services": "1"})
    assert answer.status_code == 302
    assert answer.url == f"{reverse('sign-in')}?next={url()}"


def test_the_last_period_and_last_year_stand_beside(enter_as: Any) -> None:
    form = registry.forms["maternal"]
    for period, value in (("2026-04", 111), ("2025-05", 222)):
        enter(form, TOWNSHIP, Period.parse(period), [CellEntry("services", value)], "tests")
    (box, *_) = enter_as("township").get(url()).context["grid"].lines[0].boxes
    assert (box.previous, box.last_year) == ("111", "222")


def test_rows_that_the_unit_names_are_kept_and_a_number_without_a_name_is_asked_about(enter_as: Any) -> None:
    client, address = enter_as("township"), url("construction")
    columns = [column.element.code for column in client.get(address).context["grid"].columns]
    rows = {"row-0": "", "row-1": "<script>alert(1)</script>", "row-2": "", f"c-1-{columns[0]}": "3"}
    assert fill(client, rows, address=address).status_code == 302
    assert stored("construction") == {(columns[0], "<script>alert(1)</script>"): 3}
    text = client.get(address).content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text
    page = fill(client, {**rows, f"c-2-{columns[0]}": "4"}, address=address)
    assert page.status_code == 422
    assert "第2行填了数但没有写名称" in page.content.decode()


# -- while typing ------------------------------------------------------------------------------------------------------


def test_checks_while_typing_are_those_of_handing_in_and_write_nothing(enter_as: Any) -> None:
    client = enter_as("township")
    wrong = client.post(url(name="return-check"), {**SERVICES, "c-0-antenatal": "121"}).content.decode()
    assert "产前检查121人次大于孕产妇保健服务120人次" in wrong
    assert 'data-cell="c-0-antenatal"' in wrong
    assert "表内关系相符" in client.post(url(name="return-check"), SERVICES).content.decode()
    assert not stored()


def test_the_total_row_is_added_up_beside_what_is_typed(enter_as: Any) -> None:
    client = enter_as("township")
    rows = [line.category for line in client.get(url("immunisation")).context["grid"].lines]
    element = registry.forms["immunisation"].elements[0].code
    total = rows.index("total")
    text = client.post(url("immunisation", name="return-check"), {f"c-0-{element}": "5", f"c-1-{element}": "7"}).content.decode()
    assert f'id="t-{total}-{element}"' in text
    assert 'data-value="12"' in text


def test_records_are_offered_and_taken_without_a_script(enter_as: Any) -> None:
    client, address = enter_as("township"), url("hypertension_management")
    offered = client.get(url("hypertension_management", name="return-records")).content.decode()
    assert 'data-for="0-managed" data-value="63"' in offered  # 3 and 60 patients of the two clinics
    assert fill(client, {"take": "0-managed", "c-0-visits": "9"}, "", address=address).status_code == 302
    assert stored("hypertension_management") == {("managed", ""): 63, ("visits", ""): 9}
    cell = ReturnCell.objects.get(form="hypertension_management", element="managed")
    assert cell.note == "来自记录"


# -- the tiers ---------------------------------------------------------------------------------------------------------


def hand_in(client: Any) -> str:
    fill(client, SERVICES, "submit")
    return url(name="return-step")


def test_the_bureau_sends_back_with_a_reason_and_accepts_and_opens_again(enter_as: Any) -> None:
    step = hand_in(enter_as("township"))
    client = enter_as("bureau")
    page = client.get(url())
    assert page.context["of"].reviews
    assert client.post(step, {"action": "return", "seen": seen(page), "reason": " "}).status_code == 422
    assert client.post(step, {"action": "return", "seen": seen(page), "reason": "漏报两个村"}).status_code == 302
    assert "退回原因" in enter_as("township").get(url()).content.decode()
    fill(enter_as("township"), {**SERVICES, "c-0-services": "130"}, "submit")
    client = enter_as("bureau")
    page = client.get(url())
    assert [client.post(step, {"action": "accept", "seen": seen(page)}).status_code for _ in range(2)] == [302, 302]
    assert report().state == "accepted"
    assert fill(enter_as("township"), SERVICES).status_code == 409  # locked
    client = enter_as("bureau")
    client.post(step, {"action": "reopen", "seen": seen(client.get(url())), "reason": "补报一家"})
    assert report().state == "returned"
    assert list(ReturnStep.objects.filter(report=report()).order_by("id").values_list("action", "actor", "reason")) == [
        ("submitted", "township", ""), ("returned", "bureau", "漏报两个村"), ("submitted", "township", ""), ("accepted", "bureau", ""),
        ("reopened", "bureau", "补报一家"),
    ]  # fmt: skip


def test_nobody_accepts_numbers_other_than_those_they_looked_at(enter_as: Any) -> None:
    step = hand_in(enter_as("township"))
    stamp = seen(enter_as("bureau").get(url()))
    enter(registry.forms["maternal"], TOWNSHIP, Period.parse(MAY), [CellEntry("services", 500)], "import", correct=True)
    page = enter_as("bureau").post(step, {"action": "accept", "seen": stamp})
    assert page.status_code == 409
    assert "在您查看之后已有变动" in page.content.decode()
    assert report().state == "submitted"


@pytest.mark.parametrize("username", ["township", "township2", "doctor", "leader"])
def test_only_the_office_above_may_accept(enter_as: Any, username: str) -> None:
    step = hand_in(enter_as("township"))
    assert enter_as(username).post(step, {"action": "accept", "seen": "x"}).status_code == 404
    assert report().state == "submitted"


def test_at_the_top_a_second_person_accepts(enter_as: Any) -> None:
    address = url(organisation=ROOT)
    fill(enter_as("bureau"), SERVICES, "submit", address)
    assert not enter_as("bureau").get(address).context["of"].reviews
    assert enter_as("leader").get(address).context["of"].reviews


@pytest.mark.parametrize(
    ("username", "organisation", "page", "fills"),
    [
        ("township", TOWNSHIP, 200, True),
        ("township", CLINIC, 200, True),
        ("township2", TOWNSHIP, 404, False),
        ("doctor", TOWNSHIP, 404, False),
        ("doctor", CLINIC, 200, True),
        ("bureau", TOWNSHIP, 200, False),
        ("bureau", ROOT, 200, True),
        ("leader", ROOT, 200, False),
        ("cdc", OTHER_TOWNSHIP, 200, False),
    ],
)
def test_who_may_see_and_who_may_fill(enter_as: Any, username: str, organisation: str, page: int, fills: bool) -> None:
    client = enter_as(username)
    assert client.get(url(organisation=organisation)).status_code == page
    sent = client.post(url(organisation=organisation), {"c-0-services": "1", "seen": "none"})
    assert (sent.status_code != 404) is fills
    assert not Return.objects.filter(form="maternal", period_start=date(2026, 5, 1)).exists()  # "none" is no stamp: nothing was written
    for name in ("return-check", "return-upload"):
        assert (client.post(url(organisation=organisation, name=name)).status_code != 404) is fills


def test_numbers_of_a_sensitive_line_are_open_to_who_fills_and_who_treats(enter_as: Any, town: Town) -> None:
    half = url("hiv", OTHER_TOWNSHIP, period="2026H1")
    for username in ("bureau", "leader", "cdc"):
        client = enter_as(username)
        page = client.get(half)
        assert page.status_code == 200
        assert page.context["grid"] is None
        assert client.get(url("hiv", OTHER_TOWNSHIP, "return-filled", "2026H1")).status_code == 404
    for username in ("township2", "treating"):
        assert enter_as(username).get(half).context["grid"] is not None


def test_locked_days_refuse_and_say_who_unlocks(enter_as: Any, town: Town) -> None:
    client = enter_as("township")
    fill(client, SERVICES)
    PeriodLock.objects.create(organisation_id=ROOT, start=date(2026, 1, 1), end=date(2026, 6, 30), reason="半年总结已定稿")
    page = fill(client, {**SERVICES, "c-0-services": "121"})
    assert page.status_code == 422
    assert "半年总结已定稿" in page.content.decode()
    assert 'value="121"' in page.content.decode()
    assert stored()["services", ""] == 120


@pytest.mark.parametrize("period", ["2027-01", "nonsense", "2026-13", "2026-05'--"])
def test_a_period_that_is_none_or_lies_ahead_is_not_found(enter_as: Any, period: str) -> None:
    assert enter_as("township").get(url(period=period)).status_code == 404


# -- the overview ------------------------------------------------------------------------------------------------------


def test_the_overview_counts_names_and_rates(enter_as: Any) -> None:
    form = registry.forms["folic_acid"]
    for unit in (TOWNSHIP, OTHER_TOWNSHIP):
        enter(form, unit, Period.parse("2026-04"), [CellEntry("women", 3)], "tests", day=date(2026, 5, 3))
    enter(form, TOWNSHIP, Period.parse(MAY), [CellEntry("women", 4)], "tests", day=date(2026, 6, 2))
    page = enter_as("bureau").get(reverse("returns") + "?period=2026-05")
    (row,) = [row for _, rows in page.context["groups"] for row in rows if row.form.code == "folic_acid"]
    stands = row.standing
    assert (stands.due, stands.reported, str(stands.reporting_rate), str(stands.on_time_rate)) == (2, 1, "50.00", "50.00")
    assert [unit for unit, _ in row.missing] == ["白水乡卫生院"]
    assert [chip.form.zh for chip in page.context["waiting"] if chip.form.zh == "叶酸发放报表"]
    own = enter_as("township2").get(reverse("returns") + "?period=2026-05")
    assert [chip.form.zh for chip in own.context["todo"]] == ["叶酸发放报表"]
    year = enter_as("bureau").get(reverse("returns-year", args=["folic_acid", ROOT]) + "?period=2026")
    assert [unit for unit, *_ in year.context["rows"]] == ["青山镇卫生院", "白水乡卫生院"]
    assert re.search(r"报告率 [\d.]+%，及时率 [\d.]+%，补录 \d+ 张", year.content.decode())


def test_no_more_queries_for_more_returns(enter_as: Any, django_assert_max_num_queries: Any) -> None:
    client = enter_as("bureau")
    with django_assert_max_num_queries(14):
        client.get(reverse("returns") + "?period=2026")
    for month in range(1, 6):
        for code in ("folic_acid", "maternal", "children"):
            form = registry.forms[code]
            for unit in (TOWNSHIP, OTHER_TOWNSHIP):
                enter(form, unit, Period.month(2026, month), [CellEntry(form.elements[0].code, 1)], "tests")
    with django_assert_max_num_queries(14):
        client.get(reverse("returns") + "?period=2026")
    client = enter_as("township")
    with django_assert_max_num_queries(26):
        client.get(url())


# -- files -------------------------------------------------------------------------------------------------------------


def sheet(data: bytes) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return book.get_sheet_by_index(0).to_python()


def uploaded(tmp_path: Path, *rows: list[Any], name: str = "孕产妇健康管理报表.xlsx") -> SimpleUploadedFile:
    path = tmp_path / "up.xlsx"
    with workbook(path) as book:
        page = book.add_worksheet("孕产妇健康管理报表")
        heading = ["机构代码", "时段", "孕产妇保健服务（人次）", "产前检查（人次）", "产后访视（人次）"]
        for line, cells in enumerate([heading, *rows]):
            for place, value in enumerate(cells):
                page.write(line, place, value)
    return SimpleUploadedFile(name, path.read_bytes())


def test_the_blank_form_goes_out_and_comes_back_filled(enter_as: Any, tmp_path: Path) -> None:
    client = enter_as("township")
    blank = client.get(url(name="return-blank"))
    head, line = sheet(blank.content)[:2]
    assert "产前检查（人次）" in head
    assert TOWNSHIP in line
    fill(client, {"c-0-services": "100", "c-0-postnatal": "7"})
    answer = client.post(url(name="return-upload"), {"file": uploaded(tmp_path, [TOWNSHIP, "2026年5月", 120, 80, ""])}, follow=True)
    assert "导入的数已存为草稿" in answer.content.decode()
    assert stored() == {("services", ""): 120, ("antenatal", ""): 80, ("postnatal", ""): 7}  # an empty place stays
    assert report().state == "draft"


def test_what_does_not_belong_is_set_aside_in_a_workbook_for_its_bringer_only(enter_as: Any, tmp_path: Path) -> None:
    client = enter_as("township")
    rows = ([TOWNSHIP, "2026年5月", 120, "八十", 1], [OTHER_TOWNSHIP, "2026年5月", 5, 5, 5], [TOWNSHIP, "2026年4月", 9, 9, 9])
    answer = client.post(url(name="return-upload"), {"file": uploaded(tmp_path, *rows)}, follow=True)
    assert stored() == {("services", ""): 120, ("postnatal", ""): 1}
    assert Return.objects.filter(form="maternal").exclude(organisation_id__in=[TOWNSHIP, ROOT]).count() == 0
    text = answer.content.decode()
    assert "退回7个数" in text
    (link,) = [part.split('"')[0] for part in text.split('href="') if part.startswith("/returns/reasons/")]
    assert "本页只接收2026年5月" in str(sheet(client.get(link).content))
    assert enter_as("township2").get(link).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [("照片.xlsx", b"\x89PNG\r\n", "不是Excel工作簿"), ("../../x.csv", b"a,b\n1,2\n", "也不是报表名"), ("空.xlsx", b"", "是空文件")],
    ids=["picture", "no form", "empty"],
)
def test_a_wrong_file_is_refused_and_says_why(enter_as: Any, name: str, content: bytes, told: str) -> None:
    client = enter_as("township")
    answer = client.post(url(name="return-upload"), {"file": SimpleUploadedFile(name, content)}, follow=True)
    assert told in answer.content.decode()
    assert not stored()


def test_numbers_go_out_with_an_audit_line(enter_as: Any) -> None:
    from taizhang.county.models import AuditEntry

    client = enter_as("township")
    fill(client, SERVICES)
    assert 120 in sheet(client.get(url(name="return-filled")).content)[1]
    assert AuditEntry.objects.filter(action="export", staff__username="township").count() == 1
