"""Simulated users of the site: each with cookies, the token of its forms and an account of its own post, walking the pages of that post.

A writer is a village doctor who saves a visit every half minute. Readers are of five posts, in the numbers of READERS, and choose each next
step by the weights of their post (STEPS). Pages are asked for as a browser does (kept-alive connection, gzip); pictures, styles and scripts
are not, since a browser has them after the first page.
"""

from __future__ import annotations

import asyncio
import gzip
import random
import re
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import lxml.html

HOST = "127.0.0.1"
PERIOD = "2026H1"
PATIENCE = 120.0  # seconds after which an answer counts as an error
CYCLE = 30.0  # seconds from one visit of a writer to the next
READING = 8.0  # mean seconds a reader looks at a page
# Of 200 readers. County offices and leaders open boards; the many work in their lists.
READERS = {"village": 70, "township": 80, "line": 25, "bureau": 15, "leader": 10}
LISTS = ("hypertension_follow_ups", "diabetes_follow_ups", "examinations", "health_records", "vaccinations")
FIGURES = (
    "hypertension.standard_by_pace", "hypertension.controlled", "diabetes.standard_by_pace", "elderly.management_by_pace",
    "health_records.active",
)  # fmt: skip
# A visit as it is typed; what the form of the day does not ask is left out.
TYPED = {
    "v-way_of_visit": "2", "v-hypertension_symptoms": "1", "v-diabetes_symptoms": "1", "v-weight": "61.5", "v-heart_rate": "72",
    "v-foot_pulse": "1", "v-fasting_glucose": "6.4", "v-adherence": "1", "v-adverse_reaction": "1", "v-hypoglycaemia": "1", "carry": "1",
}  # fmt: skip


@dataclass
class Samples:
    """Seconds by kind of page, and what went wrong, as (kind, what). first_error: of the very first, also before anything is measured,
    the address and what the page said."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[tuple[str, str]] = field(default_factory=list)
    first_error: str = ""
    on: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    address: str  # where a redirection leads, "" without one
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Failed(Exception):
    """An answer that no user should get; it is in the samples."""


class Browser:
    """One user's browser: a kept-alive connection and cookies. Raises Failed for an answer that is none or an error."""

    def __init__(self, port: int, samples: Samples) -> None:
        self.port, self.samples = port, samples
        self.cookies: dict[str, str] = {}
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, kind: str, path: str) -> Answer:
        answer = await self._ask(kind, "GET", path, b"", (200, 302))
        return await self._ask(kind, "GET", answer.address, b"") if answer.address else answer

    async def post(self, kind: str, path: str, form: Sequence[tuple[str, str]], *, wanted: tuple[int, ...] = (200, 302)) -> Answer:
        return await self._ask(kind, "POST", path, urlencode(form).encode(), wanted)

    async def _ask(self, kind: str, method: str, path: str, body: bytes, wanted: tuple[int, ...] = (200,)) -> Answer:
        began = time.perf_counter()
        try:
            answer = await asyncio.wait_for(self._exchange(method, path, body), PATIENCE)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            self.close()
            self._failed(kind, type(error).__name__, f"{method} {path}")
        spent = time.perf_counter() - began
        if self.samples.on:
            self.samples.seconds[kind].append(spent)
        if answer.status not in wanted or answer.address.startswith("/sign-in/"):
            self._failed(kind, f"{answer.status} {answer.address}".strip(), f"{method} {path}", answer.text)
        return answer

    def _failed(self, kind: str, what: str, asked: str, page: str = "") -> Any:
        if not self.samples.first_error:
            said = " ".join(re.sub(r"<head>.*?</head>|<[^>]*>", " ", page, flags=re.DOTALL).split())
            self.samples.first_error = f"{asked}: {what} {said[:200]}".strip()
        if self.samples.on:
            self.samples.errors.append((kind, what))
        raise Failed(f"{kind}: {what}")

    async def _exchange(self, method: str, path: str, body: bytes) -> Answer:
        head = [f"{method} {path} HTTP/1.1", f"Host: {HOST}:{self.port}", "Accept-Encoding: gzip", "Accept: text/html"]
        if self.cookies:
            head.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            head += [f"Content-Length: {len(body)}", "Content-Type: application/x-www-form-urlencoded"]
            head += [f"Origin: http://{HOST}:{self.port}", f"Referer: http://{HOST}:{self.port}{path}"]
        sent = ("\r\n".join(head) + "\r\n\r\n").encode() + body
        kept = self._streams is not None
        try:
            return await self._once(sent)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.close()
            if not kept:
                raise
            return await self._once(sent)  # a server may close a connection that rests; a browser opens another

    async def _once(self, sent: bytes) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection(HOST, self.port, limit=2**20)
        reader, writer = self._streams
        writer.write(sent)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split(" ", 2)[1])
        headers: dict[str, str] = {}
        for line in head[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                cookie, _, text = value.partition(";")[0].partition("=")
                self.cookies[cookie] = text
            else:
                headers[name.lower()] = value
        body = await _body(reader, headers)
        if headers.get("connection", "").lower() == "close":
            self.close()
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        return Answer(status, headers.get("location", ""), body)

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def _body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    parts = []
    while size := int((await reader.readline()).strip(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readline()
    return b"".join(parts)


# -- users -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Account:
    """Who signs in: the post, the organisation, and texts to search for among its people."""

    username: str
    post: str
    organisation: str
    searches: tuple[str, ...]


@dataclass
class User:
    """A signed-in account at its browser. share: of several users of one account, which part of the people is this one's."""

    account: Account
    browser: Browser
    chance: random.Random
    share: tuple[int, int] = (0, 1)
    people: list[str] = field(default_factory=list)  # addresses of persons seen on lists
    following: str = ""  # the address of a list's next page
    shown: str = ""  # the list last looked at

    async def sign_in(self, password: str) -> None:
        page = await self.browser.get("sign-in form", "/sign-in/")
        form = [("csrfmiddlewaretoken", _token(page.text)), ("username", self.account.username), ("password", password)]
        await self.browser.post("signing in", "/sign-in/", form, wanted=(302,))

    def see(self, answer: Answer) -> None:
        """Remember whom a list named."""
        found = re.findall(r'href="(/people/\d+/)"', answer.text)
        self.people = found or self.people


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    return found[1] if found else ""


def accounts_for(users: int, accounts: Sequence[Account]) -> list[tuple[Account, tuple[int, int]]]:
    """So many users of these accounts, spread evenly over the county, and the share of each in its account."""
    step = max(1, len(accounts) // users)
    chosen = [accounts[place * step % len(accounts)] for place in range(users)]
    of = {account.username: sum(c is account for c in chosen) for account in chosen}
    met: dict[str, int] = defaultdict(int)
    shared = []
    for account in chosen:
        shared.append((account, (met[account.username], of[account.username])))
        met[account.username] += 1
    return shared


# -- the writer --------------------------------------------------------------------------------------------------------


async def write_visit(user: User, visited: set[int], pause: Callable[[float], Awaitable[None]]) -> bool:
    """One visit: the worklist, the form, four answers of the panel while typing, the save, what was saved. False where nobody is due.
    visited: who had a visit today, and can be due for the next one already."""
    own, of = user.share
    for programme in ("hypertension", "diabetes"):
        page = await user.browser.get("worklist", f"/worklist/?programme={programme}")
        listed = dict.fromkeys(int(n) for n in re.findall(r'href="/visit/(\d+)/"', page.text))
        due = [resident for resident in listed if resident % of == own and resident not in visited]
        if due:
            break
    else:
        return False
    resident = user.chance.choice(due[:10])
    await pause(3)
    address = f"/visit/{resident}/"
    page = await user.browser.get("visit form", f"{address}?r={programme}_follow_ups")
    form = lxml.html.fromstring(page.body).get_element_by_id("visit")
    typed = {**TYPED, "v-systolic": str(user.chance.randint(112, 158)), "v-diastolic": str(user.chance.randint(66, 96))}
    asked = set(form.fields.keys())
    preset = [(name, value) for name, value in form.form_values() if name not in typed]
    answers = [(name, value) for name, value in typed.items() if name in asked]
    for part in range(1, 5):
        await pause(4)
        await user.browser.post("answer while typing", f"{address}foresee/", preset + answers[: part * len(answers) // 4])
    await pause(2)
    saved = await user.browser.post("save", address, preset + answers, wanted=(302,))
    visited.add(resident)
    await user.browser.get("saved", saved.address)
    return True


# -- readers -----------------------------------------------------------------------------------------------------------


async def open_worklist(user: User) -> None:
    which = user.chance.choice(("", "", "?overdue=1", "?list=yearly", "?programme=hypertension"))
    page = await user.browser.get("worklist", f"/worklist/{which}")
    user.people = [f"/people/{n}/" for n in re.findall(r'href="/visit/(\d+)/"', page.text)] or user.people


async def open_form(user: User) -> None:
    if not user.people:
        return await open_worklist(user)
    await user.browser.get("visit form", user.chance.choice(user.people).replace("/people/", "/visit/"))


async def open_person(user: User) -> None:
    if not user.people:
        return await search(user)
    await user.browser.get("person", user.chance.choice(user.people))


async def day_end(user: User) -> None:
    await user.browser.get("day's end", "/worklist/day-end/")


async def search(user: User) -> None:
    page = await user.browser.get("search form", "/people/")
    form = [("csrfmiddlewaretoken", _token(page.text)), ("q", user.chance.choice(user.account.searches))]
    user.see(await user.browser.post("search", "/people/", form, wanted=(200,)))


async def open_list(user: User) -> None:
    user.shown = f"/registers/{user.chance.choice(LISTS)}/"
    await _list(user, "register list", user.shown)


async def narrow_list(user: User) -> None:
    year = user.chance.choice((2025, 2026))
    month = user.chance.randint(1, 6)
    user.shown = "/registers/hypertension_follow_ups/"
    query = f"?visited_on_from={year}-{month:02}-01&visited_on_to={year}-{month:02}-28"
    await _list(user, "register filtered", user.shown + query)


async def next_page(user: User) -> None:
    if not user.following:
        return await open_list(user)
    await _list(user, "register next page", user.following)


async def _list(user: User, kind: str, path: str) -> None:
    page = await user.browser.get(kind, path)
    found = re.search(r'rel="next" href="([^"#]+)', page.text)
    user.following = path.partition("?")[0] + found[1].replace("&amp;", "&") if found else ""
    user.see(page)


async def export(user: User) -> None:
    """A month of a township's visits as a workbook."""
    month = user.chance.randint(1, 6)
    query = f"?visited_on_from=2026-{month:02}-01&visited_on_to=2026-{month:02}-28"
    await user.browser.get("export to Excel", f"/registers/hypertension_follow_ups/export.xlsx{query}")


async def open_returns(user: User) -> None:
    await user.browser.get("returns", "/returns/")


async def open_board(user: User) -> None:
    await user.browser.get("board", f"/board/{user.account.organisation}/?period={PERIOD}")


async def drill(user: User) -> None:
    page = await user.browser.get("board", f"/board/{user.account.organisation}/?period={PERIOD}")
    below = [n for n in set(re.findall(r"/board/([\w-]+)/", page.text)) if n != user.account.organisation]
    if below:
        await user.browser.get("board below", f"/board/{user.chance.choice(sorted(below))}/?period={PERIOD}")


async def open_figure(user: User) -> None:
    """The page of a figure, and the course of time that its chart asks for."""
    address = f"/figures/{user.chance.choice(FIGURES)}/{user.account.organisation}/"
    await user.browser.get("figure", f"{address}?period={PERIOD}")
    await user.browser.get("course of time", f"{address}series.json?period={PERIOD}")


async def open_members(user: User) -> None:
    part = user.chance.choice(("gap", "numerator"))
    address = f"/figures/{user.chance.choice(FIGURES)}/{user.account.organisation}/{part}/?period={PERIOD}"
    user.see(await user.browser.get("members", address))


async def open_director(user: User) -> None:
    await user.browser.get("director's page", f"/board/{user.account.organisation}/director/?period={PERIOD}")


Step = Callable[[User], Awaitable[None]]
STEPS: dict[str, tuple[tuple[Step, int], ...]] = {
    "village": ((open_worklist, 35), (open_form, 20), (open_person, 20), (search, 15), (day_end, 5), (open_board, 5)),
    "township": (
        (open_list, 25), (narrow_list, 20), (next_page, 15), (open_person, 12), (search, 10), (open_returns, 8), (open_board, 6),
        (export, 4),
    ),
    "line": (
        (open_list, 25), (narrow_list, 20), (next_page, 10), (open_person, 10), (open_board, 15), (open_figure, 10), (open_members, 10),
    ),
    "bureau": ((open_board, 25), (drill, 25), (open_figure, 20), (open_returns, 15), (open_director, 15)),
    "leader": ((open_board, 40), (drill, 20), (open_figure, 25), (open_director, 15)),
}  # fmt: skip


async def read_on(user: User) -> None:
    """The next step of a reader."""
    steps = STEPS[user.account.post]
    (step,) = user.chance.choices([step for step, _ in steps], [weight for _, weight in steps])
    await step(user)
