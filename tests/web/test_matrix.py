"""The permission matrix tried: every address of the site and of the interface, by every post, over every organisation, and with guessed
identifiers. Who may what stands in matrix.py.

test_access.py says what trace, discretion, audit and the sensitive lines do beyond this; test_api.py what a token is and that nothing
opens without one."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from taizhang.config import home
from taizhang.county import recording
from taizhang.county.merging import merge
from taizhang.county.models import DuplicatePair, PeriodLock, Role, Staff
from taizhang.county.reach import is_about_residents
from taizhang.kernel.periods import Period
from taizhang.kernel.registers import Register
from taizhang.kernel.registry import registry
from taizhang.programmes.hypertension.models import Case, FollowUp
from taizhang.web.api.tokens import make
from taizhang.web.models import ApiToken

from .conftest import CLINIC, FAR_CLINIC, OTHER_TOWNSHIP, ROOT, SIBLING, TOWNSHIP, Town
from .matrix import (
    ACCOUNTS,
    CASES,
    CLINICS,
    DRAFTS,
    ELSEWHERE,
    HALF,
    INTERFACE,
    LINE,
    MANAGED,
    OPEN,
    OPERATIONS,
    RETURN,
    SHEET,
    SITE,
    UNITS,
    VIEWS,
    Row,
    Who,
)

UNKNOWN: Mapping[str, Any] = {
    "organisation": "990101999", "resident": 99_999_999, "pk": 99_999_999, "number": 99_999_999, "username": "nobody-here",
    "token": UUID(int=7), "code": "990101999", "name": "guessed.xlsx",
}  # fmt: skip
NAMES = {CLINIC: "欧阳河湾", SIBLING: "司徒山口", FAR_CLINIC: "诸葛石桥"}
USERS = {CLINIC: "doctor", SIBLING: "neighbour", FAR_CLINIC: "fardoctor"}
WRITERS = {TOWNSHIP: "township", OTHER_TOWNSHIP: "township2", ROOT: "bureau"}
REFUSED_ROWS = "matrix_退回.xlsx"
assert set(WRITERS) == set(DRAFTS)

# -- the world they stand in -------------------------------------------------------------------------------------------


@dataclass
class World:
    """One of everything at every organisation. things: by name, then by organisation, what an address is filled with."""

    town: Town
    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    folders: list[Any] = field(default_factory=list)

    def file(self, folder: Any, name: str, content: bytes) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        self.folders.append(folder)


@pytest.fixture(scope="module")
def _world(_town: Town, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock():
        made = World(_town)
        Staff.objects.create(username="fardoctor", name="样员远", organisation_id=FAR_CLINIC, role=Role.VILLAGE_DOCTOR, password="!")
        made.things = {"organisation": {unit: unit for unit in UNITS}, "username": USERS}
        made.things |= _people(_town) | _documents(made) | _notes(made)
    yield made
    for folder in made.folders:
        shutil.rmtree(folder, ignore_errors=True)
    (home.current().path / "imports" / REFUSED_ROWS).unlink()


@pytest.fixture
def world(_world: World, db: None) -> World:
    """What a request writes on top is taken back."""
    return _world


def _people(town: Town) -> dict[str, dict[str, Any]]:
    """A person of each clinic, with a case, a visit, and somebody who may be the same one; all in the ledger."""
    from taizhang.ledger.consumer import sync
    from taizhang.worklist.models import Visit

    people = {clinic: town.resident(NAMES[clinic], clinic=place) for place, clinic in enumerate(CLINICS)}
    others = {clinic: town.resident(clinic=place) for place, clinic in enumerate(CLINICS)}
    facts = {clinic: {"resident": people[clinic], "organisation_id": clinic} for clinic in CLINICS}
    day = date(2024, 5, 1)
    cases = {c: recording.save(Case(enrolled_on=day, diagnosed_on=day, **facts[c]), actor="tests", day=town.day).pk for c in CLINICS}
    for day_of_visit in (date(2026, 2, 3), date(2026, 5, 3)):  # two make a course
        measured = {"visited_on": day_of_visit, "way": "1", "outcome": "1", "systolic": 130, "diastolic": 80}
        visits = {c: recording.save(FollowUp(**measured, **facts[c]), actor="tests", day=town.day).pk for c in CLINICS}
    pairs, merges = {}, {}
    for place, clinic in enumerate(CLINICS):
        first, second = sorted((people[clinic].pk, others[clinic].pk))
        pairs[clinic] = DuplicatePair.objects.create(first_id=first, second_id=second, score=80, reasons="", found_on=town.day).pk
        kept, gone = (town.resident("王重样", clinic=place).pk for _ in range(2))
        merges[clinic] = merge(kept, gone, reason="同一证件", actor=town.staff("admin"), day=town.day).pk
    receipt = Visit.objects.create(token=UUID(int=1), staff=town.staff("doctor"), resident=people[CLINIC], day=town.day)
    while sync() is not None:
        pass
    return {
        "resident": {clinic: person.pk for clinic, person in people.items()}, "pk": cases, "visit": visits, "pair": pairs,
        "merge": merges, "receipt": dict.fromkeys(CLINICS, receipt.token),
    }  # fmt: skip


def _documents(made: World) -> dict[str, dict[str, Any]]:
    """Returns, a draft, an approved draft and a publication of each organisation that writes them."""
    from taizhang.returns.checks import CellEntry
    from taizhang.returns.entry import enter
    from taizhang.settlement.models import Settlement
    from taizhang.summaries.desk.drafts import open_draft
    from taizhang.summaries.desk.models import Draft
    from taizhang.summaries.publishing.models import Publication

    town, half = made.town, Period.parse(HALF)
    for unit in UNITS:
        enter(registry.forms[RETURN], unit, Period.parse("2026-05"), [CellEntry("due", 5), CellEntry("given", 5)], "tests")
    drafts = {place: open_draft(place, "half", half, by=town.staff(by)).pk for place, by in WRITERS.items()}
    approved = {place: open_draft(place, "special", half, by=town.staff(by), programme=LINE).pk for place, by in WRITERS.items()}
    Draft.objects.filter(pk__in=approved.values()).update(state="approved")
    publications = {
        place: Publication.objects.create(
            organisation=place, organisation_name="样例", title="样例总结", title_en="Sample", language="zh", period_start=half.start,
            period_end=half.end, cutoff=half.end, ledger_version=1, figure_count=0, unbound=0, manifest_sha256="0" * 64,
            published_by=by, published_on=town.day,
        )
        for place, by in WRITERS.items()
    }  # fmt: skip
    for publication in publications.values():
        made.file(publication.folder, "clean.docx", b"PK")
    settled = {
        unit: Settlement.objects.create(
            organisation_id=unit, year=2025, through=date(2025, 12, 31), ledger_version=1, approved_on=town.day, approved_by="bureau"
        ).pk
        for unit in UNITS
    }
    published = {place: publication.pk for place, publication in publications.items()}
    return {"number": drafts, "approved": approved, "publication": published, "settled": settled}


def _notes(made: World) -> dict[str, dict[str, Any]]:
    """What an import leaves to the one who brought the file, a lock, and the doctor's token."""
    town, imports = made.town, home.current().path / "imports"
    staff = town.staff("township").pk
    counts = dict.fromkeys(("read", "accepted", "corrected", "unchanged", "refused"), 0)
    note = {"staff": staff, "register": CASES, "file": "x.xlsx", "done": True, "said": ["x", "x"], "counts": counts, "faults": []}
    told = {**note, "register": SHEET, "name": "x.xlsx", "back": "/", "report": None}
    for folder, content in ((imports / "uploads" / "matrix-upload", note), (imports / "results" / "matrix-results", told)):
        made.file(folder, "note.json", json.dumps(content).encode())
        made.file(folder, "reasons.xlsx", b"PK")
    (imports / REFUSED_ROWS).write_bytes(b"PK")
    lock = PeriodLock.objects.create(organisation_id=ROOT, start=date(2025, 1, 1), end=date(2025, 1, 31), reason="已审核")
    ends = timezone.now() + timedelta(days=1)
    token = ApiToken.objects.create(staff=town.staff("doctor"), name="x", digest="d" * 64, expires_at=ends)
    return {
        "upload": {CLINIC: "matrix-upload"}, "results": {CLINIC: "matrix-results"}, "lock": {ROOT: lock.pk},
        "api_token": {CLINIC: token.pk}, "reasons": {CLINIC: "x.xlsx"}, "refused": {ROOT: REFUSED_ROWS},
    }  # fmt: skip


# -- what is asked of it -----------------------------------------------------------------------------------------------


def addresses(resolver: Any = None, namespace: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every address of the site: its name (api: before those of the interface) and its parameters."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            for name, more in addresses(pattern, "api:" if pattern.namespace else namespace):
                yield name, [*pattern.pattern.converters, *more]
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", list(pattern.pattern.converters)


PARAMETERS = dict(addresses())


def _is_operation(name: str) -> bool:
    register, _, operation = name.removeprefix("api:").rpartition("-")
    return register in registry.registers and operation in OPERATIONS


def test_every_address_of_the_site_has_a_row_and_every_row_an_address() -> None:
    rows = {*SITE, *INTERFACE, *OPEN, *ELSEWHERE}
    assert not sorted(name for name in set(PARAMETERS) - rows if not _is_operation(name))
    assert not sorted(rows - set(PARAMETERS))
    for register in registry.registers:
        assert {f"api:{register}-{operation}" for operation in OPERATIONS} <= set(PARAMETERS)


REFUSED = (403, 404, 405)
SAID_TO_NOBODY = {("visit-foresee", "get"), ("visit-foresee", "post")}  # says in the panel that the session has ended
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|csrf[^"]*":"[^"]+"')


@dataclass
class Trying:
    """One account on its way through the site. found: what was not as the tables say."""

    client: Client
    account: str
    world: World
    found: list[str] = field(default_factory=list)
    _guesses: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def row(self, name: str, row: Row) -> None:
        """Reading and writing at every place that says something: where it is closed, at each; where there is only reading or only writing,
        the other at one place that is closed to the account; where everything is open, at the top and farthest off."""
        for method, who in (("get", row.reads), ("post", row.writes)):
            mine = (who or row.reads or row.writes or {}).get(self.account)
            places = row.over or ("",)
            closed = [place for place in places if mine is None or (row.over and place not in mine)]
            opened = [place for place in places if place not in closed]
            for place in closed if who is not None else closed[:1]:
                self._once(name, row, method, place, allowed=False)
            if who is None or (row.dear and self.account != row.dear):
                continue
            for place in (opened[-1], opened[1]) if len(opened) > 3 else opened:
                self._once(name, row, method, place, allowed=True)

    def _once(self, name: str, row: Row, method: str, place: str, *, allowed: bool) -> None:
        things = self.world.things
        given = {parameter: row.given.get(parameter, parameter) for parameter in PARAMETERS[name]}
        url = reverse(name, kwargs={p: things[value][place] if value in things else value for p, value in given.items()})
        sent = row.query if method == "get" else row.post
        data = {key: things[value].get(place, value) if value in things else value for key, value in sent.items()}
        status, body, to = self._send(method, url, data)
        told = f"{self.account} {method} {name} at {place or '-'}: {status}"
        if self.account == "nobody":
            if not (status == 302 and "/sign-in/" in to) and (name, method) not in SAID_TO_NOBODY:
                self.found.append(told)
            return
        if (status not in REFUSED) != allowed or status >= 500:
            self.found.append(f"{told}, should be {'open' if allowed else 'closed'}")
        if any(NAMES[clinic] in body for clinic in CLINICS if clinic not in VIEWS[self.account]):
            self.found.append(f"{told}, and it names a person outside the scope")
        guess = reverse(name, kwargs={p: UNKNOWN[p] if value in things else value for p, value in given.items()})
        if not allowed and guess != url and (status, body) != self._guess(method, guess, data):
            self.found.append(f"{told}, but another answer to what is unknown")

    def _guess(self, method: str, url: str, data: dict[str, Any]) -> tuple[int, str]:
        if (method, url) not in self._guesses:
            self._guesses[method, url] = self._send(method, url, data)[:2]
        return self._guesses[method, url]

    def _send(self, method: str, url: str, data: dict[str, Any]) -> tuple[int, str, str]:
        """Status, body and whither; whatever was written is taken back."""
        with transaction.atomic():
            answer = getattr(self.client, method)(url, data)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        return answer.status_code, TOKEN.sub("", body.decode(errors="replace")), answer.headers.get("Location", "")


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_post_reaches_its_own_and_nothing_else(world: World, client: Client, account: str) -> None:
    if account != "nobody":
        client.force_login(world.town.staff(account))
    client.raise_request_exception = False
    trying = Trying(client, account, world)
    for name, row in SITE.items():
        trying.row(name, row)
    assert not trying.found, "\n".join(trying.found)


@pytest.mark.parametrize("account", VIEWS)
def test_searching_opens_nobody_outside_the_scope_and_names_nobody(world: World, client: Client, account: str) -> None:
    client.force_login(world.town.staff(account))
    for clinic, name in NAMES.items():
        answer = client.post(reverse("people"), {"q": name[:2]})
        assert (answer.status_code == 404) == (account == "leader"), account
        page = answer.content.decode()
        assert name not in page
        link = f'"{reverse("person", args=[world.things["resident"][clinic]])}"'
        assert (link in page) == (clinic in VIEWS[account] and account != "leader"), (account, name)


# -- the interface -----------------------------------------------------------------------------------------------------

SENSITIVE = sorted(code for code, programme in registry.programmes.items() if programme.sensitive)


def _is_closed(register: Register) -> bool:
    """Whether persons of the register are open only to who treats them; nobody here does."""
    return is_about_residents(register) and (bool(register.sensitive_for) or register.programme in SENSITIVE)


def _calls() -> Iterator[tuple[str, str, str, Who, tuple[str, ...]]]:
    """Name, register, method, who, over. Of registers other than CASES nothing stands here: reading the list and writing say everything."""
    for name, (method, who, over) in INTERFACE.items():
        yield name, "", method, who, over
    for code in registry.registers:
        for operation, (method, who, over) in OPERATIONS.items():
            if code == CASES or operation == "list":
                yield f"api:{code}-{operation}", code, method, who, over
            elif operation == "add":
                yield f"api:{code}-{operation}", code, method, who, (FAR_CLINIC, SIBLING)


def _answers(world: World, token: str, method: str, name: str, place: str, register: str) -> Any:
    """What the interface answers; whatever was written is taken back."""
    things = world.things
    person, record = (things[thing].get(place, UNKNOWN["pk"]) for thing in ("resident", "pk"))
    pk = person if name == "api:person" else record
    url = reverse(name, kwargs={"pk": pk} if PARAMETERS[name] else {})
    headers = {"Authorization": f"Bearer {token}", "If-Match": "*"}
    day = "2026-06-02" if method == "post" else "2024-05-01"  # a second case on the day of the first would be refused
    body = {"resident": person, "organisation": place or CLINIC, "enrolled_on": day, "diagnosed_on": day} if register else {"text": "诸葛"}
    with transaction.atomic():
        if method == "get":
            query = {"period": HALF, "indicator": MANAGED, "organisation": place} if name == "api:figures" else {}
            answer = Client().get(url, query, headers=headers)
        elif method == "delete":
            answer = Client().delete(f"{url}?reason=x", headers=headers)
        else:
            answer = getattr(Client(), method)(url, body, content_type="application/json", headers=headers)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("account", VIEWS)
def test_every_call_of_the_interface_reaches_the_same(world: World, account: str) -> None:
    token = make(world.town.staff(account), "tests", 30)
    found = []
    for name, register, method, who, over in _calls():
        sensitive = bool(register) and _is_closed(registry.registers[register])
        for place in over or ("",):
            answer = _answers(world, token, method, name, place, register)
            told = f"{account} {method} {name} at {place or '-'}: {answer.status_code}"
            body = answer.content.decode()
            if any(NAMES[clinic] in body for clinic in CLINICS if clinic not in VIEWS[account]):
                found.append(f"{told}, and it names a person outside the scope")
            if answer.status_code >= 500:
                found.append(told)
            allowed = account in who and (not over or place in who[account]) and not sensitive
            # A body that is wrong, or names somebody outside the scope, is told so before a record is looked for: 422 to everybody alike.
            if not allowed or register in ("", CASES) or not over:
                if (answer.status_code < 300) != allowed:
                    found.append(f"{told}, should be {'open' if allowed else 'closed'}")
                if not allowed and over and not name.endswith("-add"):
                    unknown = _answers(world, token, method, name, UNKNOWN["organisation"], register)
                    if (unknown.status_code, unknown.content) != (answer.status_code, answer.content):
                        found.append(f"{told}, but another answer to what is unknown")
    assert not found, "\n".join(found)


def test_a_guessed_token_opens_nothing(world: World) -> None:
    for token in ("", "x", "d" * 64):  # the last is the digest that is stored, not the token
        answer = Client().get(reverse("api:organisations"), headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401, token
