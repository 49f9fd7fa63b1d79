"""The way of a reader in a real browser, at desk and phone width: sign in, board, figure, members, one person, summary. What is seen is
kept under build/screenshots/ to be looked at."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from .conftest import PASSWORD, ROOT, SIBLING, Town

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
NEEDS_CHROMIUM = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: run scripts/browser.sh, or apt-get install chromium")
IN_A_BROWSER = [pytest.mark.browser, NEEDS_CHROMIUM]
pytestmark = IN_A_BROWSER
SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
WIDTHS = {"desk": (1440, 900), "phone": (390, 844)}
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
FIGURE = "hypertension.standard_by_pace"


@pytest.mark.parametrize("width", WIDTHS)
def test_from_signing_in_to_the_summary(site: tuple[Town, str], browser: Any, width: str) -> None:
    from playwright.sync_api import Page, expect

    expect.set_options(timeout=60_000)  # a board nobody has opened yet counts every figure first
    server = site[1]
    troubles: list[str] = []

    def look(page: Page, name: str) -> None:
        """Keep the picture; nothing may stick out of the screen sideways."""
        page.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width][0], name

    page = browser.new_page(viewport={"width": WIDTHS[width][0], "height": WIDTHS[width][1]}, locale="zh-CN")
    page.on("console", lambda message: troubles.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))

    page.goto(server + reverse("board"))
    expect(page).to_have_url(re.compile("/sign-in/"))
    look(page, "sign-in")
    expect(page.locator("#id_username")).to_be_focused()  # the browser gives it the focus after the page has loaded
    page.keyboard.type("bureau")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("样例县卫生健康局")
    look(page, "board")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()  # the first stop leads past the bar
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()

    page.locator(f"a.key[href*='{FIGURE}']").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("高血压患者按进度规范管理率")
    expect(page.locator("[data-chart=line]")).to_have_attribute("data-drawn", "yes", timeout=20_000)
    expect(page.locator("[data-chart=line] canvas")).to_be_visible()
    look(page, "figure")

    page.locator("ul.parts a").last.click()  # the gap
    expect(page.locator("table.members tbody tr")).to_have_count(50)
    look(page, "members")
    page.get_by_role("link", name="下一页").click()  # htmx puts in the next page and the address
    expect(page).to_have_url(re.compile("page=2"))
    expect(page.locator(".pager")).to_contain_text("第51–")
    page.go_back()
    expect(page.locator(".pager")).to_contain_text("第1–50")

    page.locator("a.open").first.click()
    expect(page.locator(".verdict h2")).to_have_text("计入分母但未计入分子（差距）")
    expect(page.locator(".mend")).to_contain_text("随访")
    look(page, "why")

    page.goto(server + reverse("summary", args=[ROOT]))
    expect(page.locator(".sheet-title")).to_contain_text("工作总结")
    look(page, "summary")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="校核稿").click()
    downloaded = downloading.value.path()
    assert Path(downloaded).read_bytes()[:2] == b"PK"
    assert downloading.value.suggested_filename.endswith("（校核稿）.docx")

    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Work summary")
    page.goto(server + reverse("board-of", args=[SIBLING]) + "?year=2026&span=Q1")
    expect(page.locator("select[name=span]")).to_have_value("Q1")
    look(page, "board-english")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in/"))
    page.close()
    assert not troubles


def test_a_table_sorts_by_its_columns(site: tuple[Town, str], browser: Any) -> None:
    from playwright.sync_api import expect

    server, page = site[1], browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page.goto(server + reverse("sign-in") + "?next=" + reverse("figure", args=["hypertension.managed", ROOT]))
    page.locator("#id_username").fill("bureau")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    names, column = page.locator("#units-table tbody th"), page.locator("#units-table thead .sort").nth(1)
    column.click()
    expect(names).to_have_text(["青山镇卫生院", "白水乡卫生院"])  # 63, 1
    column.click()
    expect(names).to_have_text(["白水乡卫生院", "青山镇卫生院"])
    expect(page.locator("#units-table th[aria-sort]")).to_have_attribute("aria-sort", "ascending")
    page.close()
