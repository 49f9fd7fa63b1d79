"""What a page weighs on a slow line, and what it asks of the database: neither grows with the county."""

import gzip
import re
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from .conftest import CLINIC, ROOT, SIBLING, TOWNSHIP, Town

FIRST, NEXT = 300_000, 60_000  # bytes as sent, compressed: the first page with all it loads, and each one after it
_LOADED = re.compile(r'(?:<script[^>]*\ssrc|<link[^>]*rel="(?:stylesheet|icon|preload)"[^>]*\shref|<img[^>]*\ssrc)="([^"]+)"')
_IN_STYLE = re.compile(r'url\(["\']?([^"\')]+\.woff2)["\']?\)')


def weight_of(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def loaded_by(page: str) -> dict[str, int]:
    """What a page makes a browser fetch from here, with its weight. Scripts' own later loads (the charts) wait until they are drawn."""
    found = {}
    for address in _LOADED.findall(page):
        name = unquote(address.partition("?")[0]).removeprefix(settings.STATIC_URL)
        path = finders.find(name) or finders.find(re.sub(r"\.[0-9a-f]{8,12}(\.\w+)$", r"\1", name))
        if path and address.startswith(settings.STATIC_URL):
            with open(path, "rb") as file:
                found[name] = weight_of(file.read())
    return found


# account: the pages of its day, in their order
DAYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "doctor": (("worklist",), ("day-end",), ("people",), ("registers",), ("register", "hypertension_cases"), ("board",), ("help",)),
    "township": (("returns",), ("return", "immunisation", TOWNSHIP, "2026-05"), ("board",), ("people",), ("day-sheet", "examinations")),
    "bureau": (("board",), ("targets",), ("target", "hypertension.managed", ROOT), ("desk",), ("returns",), ("check",)),
    "leader": (("board",), ("director", ROOT), ("figure", "hypertension.managed", ROOT), ("summary", ROOT)),
    "admin": (("administration",), ("administration-staff",), ("administration-locks",), ("administration-scopes",)),
}


@pytest.mark.parametrize("account", DAYS)
def test_the_first_page_is_light_and_the_next_ones_are_lighter(town: Town, enter_as: Any, account: str) -> None:
    client = enter_as(account)
    held: set[str] = set()  # what the browser already has
    for place, (name, *arguments) in enumerate(DAYS[account]):
        answer = client.get(reverse(name, args=arguments))
        assert answer.status_code == 200, name
        loads = loaded_by(answer.content.decode())
        assert loads, f"{name}: a page without its style sheet"
        fresh = {file: weight for file, weight in loads.items() if file not in held}
        held |= set(fresh)
        weight = weight_of(answer.content) + sum(fresh.values())
        most = FIRST if place == 0 else NEXT
        assert weight <= most, f"{name}: {weight:,} bytes, page {weight_of(answer.content):,}, {fresh}"


# -- the database ------------------------------------------------------------------------------------------------------

LISTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (  # account of few, account of many, page
    ("doctor", "neighbour", ("register", "hypertension_cases")),
    ("doctor", "neighbour", ("worklist",)),
    ("doctor", "neighbour", ("day-end",)),
    ("doctor", "neighbour", ("registers",)),
    ("doctor", "neighbour", ("day-sheet", "examinations")),
    ("doctor", "neighbour", ("returns",)),
    ("doctor", "neighbour", ("board",)),
    ("doctor", "neighbour", ("targets",)),
)


@pytest.mark.parametrize(("few", "many", "page"), LISTS, ids=lambda value: value if isinstance(value, str) else value[0])
def test_a_list_of_many_asks_no_more_of_the_database_than_a_list_of_few(
    town: Town, enter_as: Any, few: str, many: str, page: tuple[str, ...]
) -> None:
    """The doctor's clinic has 3 patients, the neighbour's 60."""
    assert (len(town.patients[CLINIC]), len(town.patients[SIBLING])) == (3, 60)
    counts = {}
    for account in (few, many):
        client = enter_as(account)
        client.get(reverse(page[0], args=page[1:]))
        with CaptureQueriesContext(connection) as queries:  # fmt: skip
            assert client.get(reverse(page[0], args=page[1:])).status_code == 200
        counts[account] = len(queries)
    assert counts[many] <= counts[few], counts


def test_searching_people_asks_the_same_however_many_are_found(town: Town, enter_as: Any) -> None:
    counts = []
    for account in ("doctor", "neighbour"):
        client = enter_as(account)
        client.post(reverse("people"), {"text": "顾样"})
        with CaptureQueriesContext(connection) as queries:  # fmt: skip
            client.post(reverse("people"), {"text": "顾样"})
        counts.append(len(queries))
    assert counts[1] <= counts[0], counts
