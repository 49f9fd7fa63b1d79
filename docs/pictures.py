"""The pictures of the user manual, taken of the pages themselves in a simulated county and kept beside its text. The same seed gives the
same county. Needs Chromium and ImageMagick (a palette makes a picture a third as large).

    .venv/bin/python -m docs.pictures [NAME ...]
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANUAL = Path(__file__).parent.parent / "src" / "taizhang" / "web" / "help" / "manual"
PICTURES = MANUAL / "pictures"
WIDTH, HEIGHT = 1120, 720
COLOURS = 64
PORT = 8697
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
FIGURE = "hypertension.standard_by_pace"
Way = Callable[[Any], object]


@dataclass(frozen=True)
class Picture:
    """One picture: who looks, the address, the way from there to what is shown, and how much of the page. tall: pixels from the top.
    before: what others do first, given the page, the site and the accounts' password."""

    name: str
    account: str
    address: str
    way: Way | None = None
    tall: int = HEIGHT
    before: Callable[[Any, str, str], object] | None = None


def _click(selector: str) -> Way:
    def way(page: Any) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")

    return way


def _in_turn(*ways: Way) -> Way:
    def way(page: Any) -> None:
        for each in ways:
            each(page)

    return way


def _merger(page: Any) -> None:
    page.fill("#merge_into", "990101101")
    page.fill("#merge_day", "2027-01-01")
    page.locator("form[action$='merge/'] button").click()


def _slips(page: Any) -> None:
    for box in page.locator("input[name=account]").all():
        box.check()
    page.locator("form[action$='reset/'] button[type=submit]").first.click()


def _first_password(page: Any) -> None:
    """The page that a slip leads to."""
    _slips(page)
    username, password = page.locator(".slip dd").all_text_contents()[:2]
    page.context.clear_cookies()
    _sign_in(page, page.url.split("/administration")[0], username, password)


def _new_draft(page: Any) -> None:
    page.locator("main form button.btn-primary").first.click()
    page.wait_for_load_state("networkidle")


def _first_draft(page: Any) -> None:
    """The draft that an earlier picture made."""
    for link in page.locator("main a").all():
        if re.fullmatch(r"/desk/\d+/", link.get_attribute("href") or ""):
            link.click()
            page.wait_for_load_state("networkidle")
            return
    _new_draft(page)


def _correction(page: Any) -> None:
    """The form in which a person is corrected, out of the menu of the person's page."""
    _click(".who a")(page)
    _click(".menu.drop:has(a[href$='/correct/']) > summary")(page)
    _click("a[href$='/correct/']")(page)


def _corrected_record(page: Any) -> None:
    """The first record of the list, after its pressure has been put right: what stood before and what stands now."""
    _click(".rows tbody th a")(page)
    _click("main a[href$='/edit/']")(page)
    page.fill("[name=systolic]", "138")
    _click(".save-bar button[type=submit]")(page)
    page.locator("#life-title").scroll_into_view_if_needed()


def _published(page: Any, site: str, password: str) -> None:
    """A summary drafted, approved and published; then one of the visits it counts is removed: it had been entered twice."""
    _sign_in(page, site, BUREAU, password)
    page.goto(f"{site}/desk/")
    page.select_option("[name=span]", "C9")  # a document of its own, beside the draft of the other pictures
    _new_draft(page)
    draft = page.url
    page.goto(f"{draft}missing/")
    if page.locator("button[name=all][value=leave_out]").count():
        _click("button[name=all][value=leave_out]")(page)
    for account, address, ways in (
        ("leader", draft, ("form[action$='approve/'] button", "form[action$='publish/'] button")),
        (DOCTOR, f"{site}/registers/hypertension_follow_ups/?visited_on_to=2026-09-30", (".rows tbody th a", "main a[href$='/remove/']")),
    ):
        page.context.clear_cookies()
        _sign_in(page, site, account, password)
        page.goto(address)
        for way in ways:
            _click(way)(page)
    page.check("[name=reason][value=doubled]")
    _click("main form button[type=submit]")(page)
    page.context.clear_cookies()


def _what_moved(page: Any) -> None:
    """What the removal moved; it comes into the ledger in a moment."""
    _click("main a[href*='/desk/publications/']")(page)
    address = page.url.split("?")[0]
    for _ in range(30):
        page.goto(f"{address}?corrections=1")
        if page.locator("[aria-labelledby=moved-title] tbody tr").count():
            return
        time.sleep(1)


BUREAU, DOCTOR, ADMINISTRATOR = "bureau", "v100201", "admin"
SHOWN = (
    Picture("first-day", DOCTOR, "/help/first-day/", tall=620),
    Picture("worklist", DOCTOR, "/worklist/"),
    Picture("visit", DOCTOR, "/worklist/", _click("main a.btn-primary, main a[href^='/visit/']"), 900),
    Picture("person", DOCTOR, "/registers/hypertension_follow_ups/", _click(".who a"), 1200),
    Picture("examination-day", DOCTOR, "/people/examination-day/"),
    Picture("paper", DOCTOR, "/registers/hypertension_follow_ups/", _in_turn(_click(".rows tbody th a"), _click("a[href*=paper]")), 1100),
    Picture("registers", DOCTOR, "/registers/", tall=620),
    Picture("register", DOCTOR, "/registers/hypertension_follow_ups/"),
    Picture("returns", "t100", "/returns/"),
    Picture("return", "t100", "/returns/health_education/990101100/2026-10/"),
    Picture("board", BUREAU, "/", tall=900),
    Picture("figure", BUREAU, f"/figures/{FIGURE}/990101/", tall=900),
    Picture("why", "t100", f"/figures/{FIGURE}/990101100/", _in_turn(_click("ul.parts li:last-child a"), _click("a.open"))),
    Picture("director", BUREAU, "/board/990101/director/", tall=1000),
    Picture("settlement", BUREAU, "/settlement/"),
    Picture("check", BUREAU, "/check/", tall=560),
    Picture("targets", BUREAU, "/targets/"),
    Picture("desk", BUREAU, "/desk/", tall=720),
    Picture("draft", BUREAU, "/desk/", _new_draft),
    Picture("section", BUREAU, "/desk/", _in_turn(_first_draft, _click("main a[href*='/sections/']"))),
    Picture("correct-person", DOCTOR, "/registers/hypertension_follow_ups/", _correction, 600),
    Picture("correct-record", DOCTOR, "/registers/hypertension_follow_ups/", _corrected_record),
    Picture("corrections", BUREAU, "/desk/", _what_moved, 860, before=_published),
    Picture("administration", ADMINISTRATOR, "/administration/", tall=420),
    Picture("organisation", ADMINISTRATOR, "/administration/organisations/990101100/", tall=820),
    Picture("merger", ADMINISTRATOR, "/administration/organisations/990101100/", _merger, 640),
    Picture("scopes", ADMINISTRATOR, "/administration/scopes/", tall=900),
    Picture("slips", ADMINISTRATOR, "/administration/staff/?q=v1012", _slips, 560),
    Picture("password", ADMINISTRATOR, "/administration/staff/?q=v101202", _first_password, 620),
)  # fmt: skip


def main() -> int:
    wanted = set(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="taizhang-pictures-") as folder:
        home = Path(folder) / "home"
        told = _taizhang("simulate", "--population", "9000", "--seed", "1", "--until", "2026-10-31", "--home", str(home))
        password = re.findall(r"taizhang-[0-9a-f]{6}", told)[-1]
        server = subprocess.Popen([sys.executable, "-m", "taizhang.cli.main", "serve", "--port", str(PORT), "--home", str(home)])
        try:
            site = f"http://127.0.0.1:{PORT}"
            _wait_for(site)
            failed = take([picture for picture in SHOWN if not wanted or picture.name in wanted], site, password, PICTURES)
        finally:
            server.terminate()
            server.wait(30)
    for line in failed:
        sys.stderr.write(line + "\n")
    return 1 if failed else 0


def take(pictures: list[Picture], site: str, password: str, folder: Path) -> list[str]:
    """Take the pictures; what could not be taken, a line each."""
    from playwright.sync_api import Error, sync_playwright

    folder.mkdir(exist_ok=True)
    failed = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
        for picture in pictures:
            page = browser.new_context(viewport={"width": WIDTH, "height": picture.tall}, locale="zh-CN").new_page()
            page.set_default_timeout(60_000)
            try:
                if picture.before is not None:
                    picture.before(page, site, password)
                _sign_in(page, site, picture.account, password)
                answer = page.goto(site + picture.address)
                if answer is None or answer.status != 200:
                    raise Error(f"status {answer.status if answer else 'none'}")
                if picture.way is not None:
                    picture.way(page)
                page.wait_for_load_state("networkidle")
                if page.locator(".wrong-code").count():
                    raise Error(f"an error page: {page.locator('.wrong-code').inner_text()}")
                file = folder / f"{picture.name}.png"
                page.screenshot(path=file)
                _shrink(file)
            except Error as error:
                failed.append(f"{picture.name}: {error.message.splitlines()[0]}")
            finally:
                page.context.close()
        browser.close()
    return failed


def _sign_in(page: Any, site: str, account: str, password: str) -> None:
    page.goto(f"{site}/sign-in/")
    page.fill("#id_username", account)
    page.fill("#id_password", password)
    page.locator("form button[type=submit]").first.click()
    page.wait_for_load_state("networkidle")


def _shrink(file: Path) -> None:
    """To a palette: flat pages lose nothing that is seen."""
    subprocess.run(["convert", file, "-strip", "+dither", "-colors", str(COLOURS), f"PNG8:{file}"], check=True)


def _taizhang(*arguments: str) -> str:
    command = [sys.executable, "-m", "taizhang.cli.main", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, "COLUMNS": "200"}).stdout


def _wait_for(site: str) -> None:
    for _ in range(180):  # a busy machine takes its time
        try:
            with urllib.request.urlopen(f"{site}/sign-in/", timeout=2):
                return
        except OSError:
            time.sleep(1)
    raise RuntimeError("the site did not start")


if __name__ == "__main__":
    sys.exit(main())
