"""Each post's main path in a real browser, at desk and phone width. Every page on the way is kept as a picture under build/screenshots/,
stays within the screen's width, and has no serious finding of the accessibility check. test_browser.py walks the trace of a figure,
test_browser_returns.py fills a return by keys; what they show is not repeated here."""

import gzip
import re
from datetime import date
from functools import partial
from io import BytesIO
from typing import Any

import lxml.html
import pytest
from django.urls import reverse

from .conftest import ACCOUNTS, CLINIC, PASSWORD, ROOT, TOWNSHIP, Town
from .test_browser import IN_A_BROWSER, SHOTS

WIDTHS = {"desk": (1280, 900), "phone": (390, 844)}
GRAVE = ("serious", "critical")
VISIT = {
    "way_of_visit": "2", "hypertension_symptoms": "1", "adherence": "1", "adverse_reaction": "1",
    "systolic": "136", "diastolic": "84", "weight": "61.5", "heart_rate": "72",
}  # fmt: skip
TALLEST = 3000  # of a picture, in pixels: a board goes on for twenty thousand
FIRST_PAGE, NEXT_PAGE = 300 * 1024, 60 * 1024  # bytes over the line


@pytest.fixture
def db(site: tuple[Town, str]) -> None:
    """The database as it is committed: what a path writes is there for the next, and goes when the town goes."""


class Walk:
    """One browser window of one width, and what it met: findings, page by page."""

    def __init__(self, browser: Any, server: str, width: str) -> None:
        from axe_playwright_python.sync_playwright import Axe

        self.server, self.width, self.axe = server, width, Axe()
        self.findings: list[str] = []
        size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
        # The check is a script put into the page, which the site's own policy rightly refuses.
        self.page = browser.new_context(viewport=size, locale="zh-CN", bypass_csp=True).new_page()
        self.page.set_default_timeout(120_000)
        self.page.on("pageerror", lambda error: self.findings.append(f"{self.page.url}: {error}"))
        self.page.on("console", lambda message: self._heard(message))

    def _heard(self, message: Any) -> None:
        # What is foreseen while somebody types is asked anew at the next key, and the question before it given up: on a slow machine often.
        given_up = message.text.startswith(("htmx:sendAbort", "htmx:afterRequest"))  # a question that fails says htmx:sendError besides
        if message.type == "error" and "status of 422" not in message.text and not given_up:
            self.findings.append(f"{self.page.url}: {message.text}")

    def sign_in(self, account: str, then: str) -> None:
        self.page.context.clear_cookies()
        self.page.goto(f"{self.server}{reverse('sign-in')}?next={then}")
        self.page.locator("#id_username").fill(account)
        self.page.locator("#id_password").fill(PASSWORD)
        self.press("登录")

    def open(self, name: str, *arguments: object, query: str = "") -> None:
        self.page.goto(self.server + reverse(name, args=arguments) + query)

    def press(self, button: str) -> None:
        """The button is pressed, and the page it leads to stands."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).first.click()

    def download(self, by: Any) -> str:
        """The name of the file that a click hands over."""
        with self.page.expect_download() as downloading:
            by.click()
        return str(downloading.value.suggested_filename)

    def look(self, name: str) -> None:
        from playwright.sync_api import Error

        width, height = WIDTHS[self.width]
        whole = {"x": 0, "y": 0, "width": width, "height": min(TALLEST, max(height, self.page.evaluate("document.body.scrollHeight")))}
        take = partial(self.page.screenshot, path=SHOTS / f"path-{name}-{self.width}.png", full_page=True, clip=whole)
        try:
            take()
        except Error as error:  # on a machine at its limits Chromium may not draw in time; the page is as it was
            if "Unable to capture screenshot" not in str(error):
                raise
            take()
        if self.page.evaluate("document.documentElement.scrollWidth") > width:
            self.findings.append(f"{name}: wider than the screen")
        for found in self.axe.run(self.page, options={"resultTypes": ["violations"]}).response["violations"]:
            if found["impact"] in GRAVE:
                where = "; ".join(str(node["target"]) for node in found["nodes"][:3])
                self.findings.append(f"{name}: {found['id']} ({found['impact']}) at {where}")

    def done(self) -> None:
        self.page.context.close()
        assert not self.findings, "\n".join(self.findings)


@pytest.fixture(params=WIDTHS)
def walk(site: tuple[Town, str], db: None, browser: Any, request: pytest.FixtureRequest) -> Walk:
    return Walk(browser, site[1], request.param)


def by_width(walk: Walk, desk: Any, phone: Any) -> Any:
    """What each walk takes for its own, so that neither finds the other's work."""
    return desk if walk.width == "desk" else phone


# -- the village doctor ------------------------------------------------------------------------------------------------


class TestPaths:
    pytestmark = IN_A_BROWSER

    def test_village_doctor_signs_in_visits_by_keys_alone_and_ends_the_day(self, walk: Walk, site: tuple[Town, str]) -> None:
        from playwright.sync_api import expect

        from taizhang.programmes.hypertension.models import FollowUp

        page, person = walk.page, site[0].patients[CLINIC][by_width(walk, 1, 2)]
        page.goto(walk.server + reverse("worklist"))
        expect(page.locator("#id_username")).to_be_focused()  # the browser gives it the focus after the page has loaded
        page.keyboard.type("doctor")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        walk.look("worklist")
        page.goto(walk.server + reverse("visit", args=[person.pk]) + "?r=hypertension_follow_ups")
        expect(page.locator("[name=v-way_of_visit]").first).to_be_focused()
        covered = self._typed_by_keys(page)
        assert not covered, f"under the save bar: {covered}"
        walk.look("visit")
        assert page.evaluate("document.activeElement.id") == "save"
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "/done/" in page.url
        walk.look("visit-done")
        saved = FollowUp.objects.get(resident=person)
        assert (saved.systolic, saved.diastolic, saved.weight, saved.way, saved.symptoms) == (136, 84, 615, "2", "1")
        walk.open("day-end")
        walk.look("day-end")
        common = {"resident": person, "organisation_id": CLINIC, "way": "1", "outcome": "1", "diastolic": 82, "recorded_by": "tests"}
        FollowUp.objects.bulk_create([FollowUp(visited_on=date(2026, month, 4), systolic=140 + month, **common) for month in (3, 4)])
        walk.open("person", person.pk)
        walk.look("person")
        assert walk.download(page.locator("[data-picture]").first).endswith(".png")
        assert walk.download(page.locator(".trends").get_by_role("link", name="下载Excel")).endswith(".xlsx")
        walk.done()

    @staticmethod
    def _typed_by_keys(page: Any) -> list[str]:
        """From the field that has the focus to the save button, by digits and Enter. Gives the fields that the bar at the bottom hid."""
        covered = []
        for _ in range(60):
            name, kind, hidden = page.evaluate(
                """() => {
                  const at = document.activeElement, box = at.getBoundingClientRect(), side = document.querySelector(".visit-side");
                  const bar = side.getBoundingClientRect();
                  const below = matchMedia("(max-width: 1000px)").matches;
                  const hidden = below && !side.contains(at) && box.bottom > bar.top && box.top < bar.bottom;
                  return [at.id === "save" ? "save" : at.name, at.type, hidden];
                }"""
            )
            if name == "save":
                return covered
            if hidden:
                covered.append(name)
            answer = VISIT.get(name.removeprefix("v-"))
            if answer is None or kind in ("radio", "checkbox"):
                if answer is not None:
                    page.keyboard.press(answer)
                if kind == "radio" and answer is not None:
                    continue  # a digit chooses and moves on
            else:
                page.keyboard.type(answer)
            page.keyboard.press("Enter")
        raise AssertionError(f"the save button was not reached; the focus is on {name}")

    # -- the township's office -----------------------------------------------------------------------------------------

    def test_township_fills_the_examination_day_and_hands_a_return_in(self, walk: Walk, site: tuple[Town, str]) -> None:
        from taizhang.returns.models import Return

        page, month = walk.page, by_width(walk, 5, 4)
        walk.sign_in("township", reverse("day-sheet", args=["examinations"]))
        cells = page.locator("form.day-sheet tr[data-row] td > input:not([type])")
        if cells.count():
            cells.first.focus()
            page.keyboard.type("36.5")
            page.keyboard.press("Tab")
        walk.look("examination-day")
        walk.open("returns")
        walk.look("returns")
        walk.open("return", "maternal", TOWNSHIP, f"2026-{month:02}")
        for place, number in enumerate(("120", "80", "40")):
            page.locator("input.cell").nth(place).fill(number)
        walk.look("return")
        page.locator("button[name=action][value=submit]").click()
        page.wait_for_load_state()
        walk.look("return-handed-in")
        report = Return.objects.get(form="maternal", organisation_id=TOWNSHIP, period_start__month=month, period_end__month=month)
        assert report.state == "submitted"
        # The bureau accepts it.
        walk.sign_in("bureau", reverse("return", args=["maternal", TOWNSHIP, f"2026-{month:02}"]))
        walk.look("return-to-accept")
        walk.press("审核通过")
        report.refresh_from_db()
        assert report.state == "accepted"
        walk.done()

    # -- the bureau's office and its leader ----------------------------------------------------------------------------

    def test_bureau_goes_down_to_a_person_and_brings_a_document_to_print(self, walk: Walk, site: tuple[Town, str]) -> None:
        from taizhang.kernel.periods import Period
        from taizhang.summaries.desk.drafts import open_draft
        from taizhang.summaries.desk.models import Draft
        from taizhang.summaries.publishing.models import Publication

        page = walk.page
        walk.sign_in("bureau", reverse("board"))
        walk.look("board")
        walk.open("members", "hypertension.managed", ROOT, "numerator")
        walk.look("members")
        with page.expect_navigation():
            page.locator("a.open").first.click()
        walk.look("why")
        walk.open("desk")
        walk.look("desk")
        if walk.width == "desk":
            page.locator("input[name=kind][value=half]").check()
            page.locator(f"form[action='{reverse('desk-new')}'] [name=span]").select_option("H1")
            walk.press("建立")
        else:  # the same document again: what another period comes to takes its time
            half = Period.parse("2026H1")
            known = Draft.objects.filter(organisation_id=ROOT).first() or open_draft(ROOT, "half", half, by=site[0].staff("bureau"))
            walk.open("desk-draft", known.pk)
        walk.look("draft")
        address = page.url
        page.goto(address + "preview/")
        walk.look("preview")
        page.locator(".sheet a[href*='/figures/']").first.click()
        page.wait_for_load_state()
        walk.look("figure")
        if walk.width == "phone":  # once is enough: it is published
            return walk.done()
        page.goto(address + "missing/")
        walk.look("missing")
        page.locator("button[value=leave_out], [name=all][value=leave_out]").first.click()
        page.wait_for_load_state()
        walk.sign_in("leader", address.removeprefix(walk.server))
        walk.press("审定")
        walk.look("approved")
        walk.sign_in("bureau", address.removeprefix(walk.server))
        before = Publication.objects.count()
        walk.press("印发并冻结")
        walk.look("published")
        assert Publication.objects.count() == before + 1
        return walk.done()

    def test_leader_opens_the_board_and_the_page_that_prints_on_one_sheet(self, walk: Walk, site: tuple[Town, str]) -> None:
        from pypdf import PdfReader

        page = walk.page
        walk.sign_in("leader", reverse("board"))
        with page.expect_navigation():
            page.locator("a.key").first.click()
        page.locator("[data-chart=line][data-drawn]").wait_for()
        walk.look("leader-figure")
        for chart in page.locator(".panel:has([data-chart])").all():
            assert walk.download(chart.locator("[data-picture]")).endswith(".png")
            assert walk.download(chart.get_by_role("link", name="下载Excel")).endswith(".xlsx")
        walk.open("director", ROOT)
        walk.look("director")
        assert len(PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages) == 1
        walk.done()

    # -- the centre and the administrator ------------------------------------------------------------------------------

    def test_disease_control_narrows_a_register_and_opens_a_record(self, walk: Walk, site: tuple[Town, str]) -> None:
        page = walk.page
        walk.sign_in("cdc", reverse("registers"))
        with page.expect_navigation():
            page.locator("a[href*='hypertension_cases']").first.click()
        walk.look("register")
        assert walk.download(page.get_by_role("link", name="导出Excel")).endswith(".xlsx")
        with page.expect_navigation():
            page.locator("table.rows tbody a").first.click()
        walk.look("record")
        walk.done()

    def test_administrator_imports_staff_prints_slips_and_sees_the_organisation(self, walk: Walk, site: tuple[Town, str]) -> None:
        from taizhang.county.models import Staff

        page, account = walk.page, by_width(walk, "newone", "newtwo")
        walk.sign_in("admin", reverse("administration-staff-import"))
        rows = f"账号,姓名,机构代码,岗位\n{account},样新,{CLINIC},村医\n"
        page.locator("#file").set_input_files({"name": "人员.csv", "mimeType": "text/csv", "buffer": rows.encode()})
        walk.press("导入")
        walk.look("slips")
        assert page.locator(".slip").count() == 1, page.locator("main").inner_text()
        assert Staff.objects.get(username=account).organisation_id == CLINIC
        walk.open("administration-organisation", CLINIC)
        walk.look("organisation")
        walk.done()

    # -- every first page ----------------------------------------------------------------------------------------------

    def test_every_first_page_of_every_post_has_no_serious_finding(self, walk: Walk, site: tuple[Town, str]) -> None:
        from taizhang.web.navigation import ENTRIES

        seen: set[str] = set()
        for account in ACCOUNTS:
            role = site[0].staff(account).role
            fresh = [entry.address for entry in ENTRIES if role in entry.roles and entry.address not in seen]
            if fresh:
                walk.sign_in(account, reverse(fresh[0]))
            for address in fresh:
                walk.open(address)
                walk.look(f"first-{address}")
                seen.add(address)
        assert seen == {entry.address for entry in ENTRIES}
        for name in ("help", "me", "help-first-day", "api-docs"):
            walk.open(name)
            walk.look(f"first-{name}")
        walk.done()


# -- weight ------------------------------------------------------------------------------------------------------------


def test_the_first_page_is_within_300_kilobytes_and_every_next_within_60(town: Town, enter_as: Any) -> None:
    """As the server sends them to a browser: pages, styles and scripts compressed, each asset once."""
    from taizhang.web.navigation import ENTRIES

    for account in ("doctor", "township", "bureau"):  # every entry, by the one or the other
        client = enter_as(account)
        kept: set[str] = set()
        assert _weight(client, reverse("board"), kept) <= FIRST_PAGE, account  # where signing in leads
        for entry in ENTRIES:
            if town.staff(account).role in entry.roles:
                assert _weight(client, reverse(entry.address), kept) <= NEXT_PAGE, (account, entry.address)
    person = town.patients[CLINIC][0]
    client = enter_as("doctor")
    for address in (reverse("visit", args=[person.pk]), reverse("person", args=[person.pk])):
        assert _weight(client, address, kept) <= NEXT_PAGE, address


def _weight(client: Any, address: str, kept: set[str]) -> int:
    """What the page costs somebody who has `kept` already."""
    page, weight = _sent(client, address)
    for asset in lxml.html.fromstring(page).xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src"):
        if asset not in kept:
            kept.add(asset)
            weight += _sent(client, asset)[1]
    return weight


def _sent(client: Any, address: str) -> tuple[bytes, int]:
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200, address
    sent = b"".join(answer.streaming_content) if answer.streaming else answer.content
    packed = answer.headers.get("Content-Encoding") == "gzip"
    assert packed or len(sent) < 1000 or re.search(r"image|png", answer.headers["Content-Type"]), f"{address} is sent as it stands"
    return gzip.decompress(sent) if packed else sent, len(sent)
