"""Filling a return by keyboard in a real browser, at both widths: moving, the checks while typing, a pasted block, and a session that ends
in between. The pictures are kept under build/screenshots/."""

from typing import Any

import pytest
from django.urls import reverse

from .conftest import PASSWORD, TOWNSHIP, Town
from .test_browser import IN_A_BROWSER, SHOTS, WIDTHS

pytestmark = IN_A_BROWSER
PASTE = """text => {
  const data = new DataTransfer(); data.setData("text", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.mark.parametrize(("width", "month"), [("desk", "2026-05"), ("phone", "2026-04")])  # one month each: neither finds the other's draft
def test_a_return_is_filled_by_keys_and_survives_the_end_of_the_session(
    site: tuple[Town, str], browser: Any, width: str, month: str
) -> None:
    from playwright.sync_api import expect

    server, address = site[1], reverse("return", args=["immunisation", TOWNSHIP, month])
    page = browser.new_page(viewport={"width": WIDTHS[width][0], "height": WIDTHS[width][1]}, locale="zh-CN")

    def sign_in() -> None:
        page.locator("#id_username").fill("township")
        page.locator("#id_password").fill(PASSWORD)
        with page.expect_navigation():  # until it has loaded: a key pressed before the page's script runs moves nothing
            page.get_by_role("button", name="登录").click()

    page.goto(server + address)
    sign_in()
    cells = page.locator("input.cell")
    cells.nth(0).focus()
    page.keyboard.type("5")
    page.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    page.keyboard.type("9")
    expect(page.locator("#checks")).to_contain_text("实种剂次9剂次大于应种剂次5剂次")
    expect(cells.nth(1)).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Enter")
    expect(cells.nth(3)).to_be_focused()
    cells.nth(0).focus()
    page.evaluate(PASTE, "1,200\t30\n40\t40\n")
    expect(cells.nth(2)).to_have_value("40")
    expect(page.locator("#checks")).to_contain_text("表内关系相符")
    page.locator(".sum .take").first.click()
    expect(cells.nth(cells.count() - 2)).to_have_value("1240")
    page.screenshot(path=SHOTS / f"return-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width][0]

    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="存草稿").click()
    sign_in()
    expect(page.get_by_role("heading", level=1)).to_have_text("填的内容还在，尚未保存")
    page.get_by_role("button", name="继续保存").click()
    expect(page.locator(".done")).to_have_text("已存为草稿，尚未上报。")
    expect(cells.nth(0)).to_have_value("1200")
    expect(page.locator("#restored")).to_be_hidden()
    page.goto(server + reverse("returns"))
    page.screenshot(path=SHOTS / f"returns-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width][0]
    page.close()
