"""The permission matrix: every address of the site and of the interface, by every post, over every organisation, and with guessed
identifiers. The tables below are meant to be read: page, who may, over what. An address without a row fails the test by its name.

test_access.py says what trace, discretion and audit do beyond this; test_api.py what a token is and that nothing opens without one."""

import re
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

from taizhang.county.models import DuplicatePair, PeriodLock, Resident, Role, Staff
from taizhang.county.reach import is_about_residents
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.programmes.hypertension.models import Case
from taizhang.web.api.tokens import make
from taizhang.web.models import ApiToken

from .conftest import CLINIC, FAR_CLINIC, OTHER_TOWNSHIP, ROOT, SIBLING, TOWNSHIP, Town

CDC = "990101-CDC"
CLINICS = (CLINIC, SIBLING, FAR_CLINIC)
DRAFTS = (TOWNSHIP, OTHER_TOWNSHIP, ROOT)  # who writes summaries here
UNITS = (CLINIC, SIBLING, TOWNSHIP, FAR_CLINIC, OTHER_TOWNSHIP, ROOT)
HALF = "2026H1"

# -- who, and over whom ------------------------------------------------------------------------------------------------

Who = Mapping[str, frozenset[str]]  # account: the organisations over which it may
EVERYWHERE = frozenset(UNITS)
VIEWS: Who = {
    "doctor": frozenset({CLINIC}),
    "neighbour": frozenset({SIBLING}),
    "township": frozenset({TOWNSHIP, CLINIC, SIBLING}),
    "township2": frozenset({OTHER_TOWNSHIP, FAR_CLINIC}),
    "cdc": EVERYWHERE,
    "treating": EVERYWHERE,  # a line office that cares for HIV patients
    "bureau": EVERYWHERE,
    "leader": EVERYWHERE,
    "admin": EVERYWHERE,
}
ACCOUNTS = (*VIEWS, "nobody")  # nobody has not signed in


def only(who: Who, *accounts: str) -> Who:
    return {account: places for account, places in who.items() if account in accounts}


def but(who: Who, *accounts: str) -> Who:
    return {account: places for account, places in who.items() if account not in accounts}


def at(**places: str) -> Who:
    """Each account over one organisation."""
    return {account: frozenset({place}) for account, place in places.items()}


FIELD = ("doctor", "neighbour", "township", "township2", "admin")
WRITES = only(VIEWS, *FIELD)  # write scope over persons
PERSONS = but(VIEWS, "leader")  # posts with a door to people and registers
OFFICES = but(VIEWS, "doctor", "neighbour")
DESK = OFFICES
WRITERS = only(DESK, "township", "township2", "bureau", "cdc", "treating")
OWN_DESK = at(township=TOWNSHIP, township2=OTHER_TOWNSHIP, bureau=ROOT)  # an office writes its own documents
APPROVES = at(township=TOWNSHIP, township2=OTHER_TOWNSHIP, leader=ROOT)
FILLS = {**WRITES, "bureau": frozenset({ROOT})}  # returns: the write scope, and the unit's own office
REVIEWS = {  # returns: an office of the tier directly above; at the top a second person of the bureau
    "township": frozenset({CLINIC, SIBLING}),
    "township2": frozenset({FAR_CLINIC}),
    "bureau": frozenset({TOWNSHIP, OTHER_TOWNSHIP, ROOT}),
    "leader": frozenset({ROOT}),
    "cdc": frozenset({TOWNSHIP, OTHER_TOWNSHIP}),
    "treating": frozenset({TOWNSHIP, OTHER_TOWNSHIP}),
}
SETS_TARGETS = {  # a township's office only over the clinics below it: its own page carries the table of them
    "township": frozenset({TOWNSHIP, CLINIC, SIBLING}),
    "township2": frozenset({OTHER_TOWNSHIP, FAR_CLINIC}),
    "bureau": EVERYWHERE,
    "admin": EVERYWHERE,
}
ADMINISTERS = only(VIEWS, "admin")
ADMINISTERS_BELOW = only(VIEWS, "township", "township2", "admin")
TREATS = only(VIEWS, "treating")
DOCTORS_OWN = at(doctor=CLINIC)
TOWNSHIPS_OWN = at(township=CLINIC)
ADMINS_OWN = at(admin=ROOT)
# Settling: who is paid, who pays and who answers for it; the bureau alone decides.
PAYING = but(VIEWS, "doctor", "neighbour", "cdc", "treating")
DECIDES = only(VIEWS, "bureau", "admin")
NOBODY: Who = {}

# -- the tables --------------------------------------------------------------------------------------------------------

Given = str | int


@dataclass(frozen=True)
class Row:
    """reads, writes: who may GET and POST, over which organisations; None where there is nothing to GET or POST. over: the organisations at
    which it is tried; none for what is about no organisation. The parameters of the address come from `given`, else from the world by
    their own name; `unknown` are those that a guess replaces."""

    reads: Who | None
    writes: Who | None = None
    over: tuple[str, ...] = ()
    post: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Given] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


Sent = Mapping[str, Any] | None


def page(reads: Who, writes: Who | None = None, over: tuple[str, ...] = (), post: Sent = None, query: Sent = None, **given: Given) -> Row:
    """A page, and what is sent from it."""
    return Row(reads, writes, over, post or {}, given, query or {})


def deed(writes: Who, over: tuple[str, ...] = (), post: Mapping[str, Any] | None = None, **given: Given) -> Row:
    """What is only posted to."""
    return Row(None, writes, over, post or {}, given)


MANAGED, CASES, PAPER, SHEET, RETURN, LINE = (
    "hypertension.managed", "hypertension_cases", "hypertension_follow_ups", "examinations", "immunisation", "hypertension",
)  # fmt: skip
_return = {"form": RETURN, "period": "2026-05"}

SITE: dict[str, Row] = {
    # the board: everybody over what they view
    "board": page(VIEWS),
    "board-of": page(VIEWS, over=UNITS),
    "board-excel": page(VIEWS, over=UNITS),
    "director": page(VIEWS, over=UNITS),
    "line": page(VIEWS, over=UNITS, programme=LINE),
    "line-excel": page(VIEWS, over=UNITS, programme=LINE),
    "figure": page(VIEWS, over=UNITS, code=MANAGED),
    "series": page(VIEWS, over=UNITS, code=MANAGED),
    "series-excel": page(VIEWS, over=UNITS, code=MANAGED),
    "units-excel": page(VIEWS, over=UNITS, code=MANAGED),
    "members": page(VIEWS, over=UNITS, code=MANAGED, part="numerator"),
    "why": page(VIEWS, over=CLINICS, code=MANAGED),
    "summary": page(VIEWS, over=UNITS),
    "summary-file": page(VIEWS, over=UNITS, copy="review"),
    # oneself
    "me": page(VIEWS),
    "password": page(VIEWS, VIEWS),
    # the worklist and the visit: who writes over persons
    "worklist": page(WRITES),
    "route": page(WRITES),
    "day-end": page(WRITES),
    "call": deed(WRITES, CLINICS),
    "visit": page(WRITES, WRITES, CLINICS),
    "visit-foresee": deed(WRITES, CLINICS),
    "visit-discard": deed(WRITES, CLINICS),
    "visit-done": page(DOCTORS_OWN, over=CLINICS, token="receipt"),
    # people
    "people": page(PERSONS, PERSONS, post={"text": "顾"}),
    "person": page(PERSONS, over=CLINICS),
    "person-timeline": page(PERSONS, over=CLINICS),
    "person-new": page(WRITES, WRITES),
    "person-move": page(WRITES, WRITES, CLINICS),
    "person-death": page(WRITES, WRITES, CLINICS),
    "examination-day": page(WRITES),
    "day-sheet": page(WRITES, WRITES, code=SHEET),
    "day-sheet-add": deed(WRITES, code=SHEET),
    "day-sheet-row": deed(WRITES, CLINICS, code=SHEET),
    "day-sheet-foresee": deed(WRITES, CLINICS, code=SHEET),
    "day-sheet-blank": page(WRITES, code=SHEET),
    "day-sheet-results": page(WRITES, WRITES, code=SHEET),
    "day-sheet-told": page(TOWNSHIPS_OWN, over=(CLINIC,), code=SHEET, token="results"),
    "day-sheet-reasons": page(TOWNSHIPS_OWN, over=(CLINIC,), code=SHEET, token="results"),
    "paper": page(PERSONS, over=CLINICS, code=PAPER, pk="visit"),
    "paper-day": page(PERSONS, code=PAPER, day="2026-05-03"),
    "duplicates": page(PERSONS),
    "duplicate": page(PERSONS, {**WRITES, "bureau": EVERYWHERE}, CLINICS, pk="pair"),
    "merges": page(PERSONS),
    "merge-back": deed(NOBODY, pk=99_999_999),  # no merge stands here; who may is tried where they are made
    # registers
    "registers": page(PERSONS),
    "register": page(PERSONS, code=CASES),
    "register-export": page(PERSONS, code=CASES),
    "register-blank": page(PERSONS, code=CASES),
    "register-record": page(PERSONS, over=CLINICS, code=CASES),
    "register-new": page(WRITES, WRITES, code=CASES),
    "register-edit": page(WRITES, WRITES, CLINICS, code=CASES),
    "register-remove": page(WRITES, WRITES, CLINICS, code=CASES),
    "register-reassign": deed(WRITES, code=CASES),
    "register-import": page(WRITES, WRITES, code=CASES),
    "register-import-one": page(TOWNSHIPS_OWN, TOWNSHIPS_OWN, (CLINIC,), code=CASES, token="upload"),
    "register-import-discard": deed(TOWNSHIPS_OWN, (CLINIC,), code=CASES, token="upload"),
    "register-import-reasons": page(TOWNSHIPS_OWN, over=(CLINIC,), code=CASES, token="upload"),
    # returns
    "returns": page(VIEWS),
    "returns-of": page(VIEWS, over=UNITS),
    "returns-year": page(VIEWS, over=UNITS, form=RETURN),
    "return": page(VIEWS, FILLS, UNITS, **_return),
    "return-check": deed(FILLS, UNITS, **_return),
    "return-records": page(FILLS, over=UNITS, **_return),
    "return-step": deed(REVIEWS, UNITS, {"action": "accept"}, **_return),
    "return-blank": page(VIEWS, over=UNITS, **_return),
    "return-filled": page(VIEWS, over=UNITS, **_return),
    "return-upload": deed(FILLS, UNITS, **_return),
    "return-reasons": page(NOBODY, over=(CLINIC,), name="reasons"),  # who brought the file in this session, and nobody else
    # targets
    "targets": page(VIEWS),
    "targets-of": page(VIEWS, over=UNITS),
    "target-choose": page(VIEWS, over=UNITS, query={"indicator": MANAGED}),
    "target": page(VIEWS, SETS_TARGETS, UNITS, code=MANAGED),
    # the summary's desk
    "desk": page(DESK),
    "desk-new": deed(WRITERS, post={"kind": "half"}),
    "desk-rebind": page(WRITERS, WRITERS),
    "desk-order": page(DESK, OWN_DESK, UNITS, {"do": "reset"}),
    "desk-references": page(DESK, OWN_DESK, UNITS),
    "desk-draft": page(DESK, over=DRAFTS),
    "desk-preview": page(DESK, over=DRAFTS),
    "desk-missing": page(DESK, OWN_DESK, DRAFTS, {"all": "leave_out"}),
    "desk-plan": page(DESK, OWN_DESK, DRAFTS, {"do": "draft"}),
    # whoever reads the draft and only opens the address of a deed is led back to the draft
    "desk-approve": page(DESK, APPROVES, DRAFTS),
    "desk-reopen": page(DESK, APPROVES, DRAFTS, number="approved"),
    "desk-publish": page(DESK, OWN_DESK, DRAFTS, number="approved"),
    "desk-discard": page(DESK, OWN_DESK, DRAFTS),
    "desk-file": page(DESK, over=DRAFTS, copy="review"),
    "desk-section": page(DESK, OWN_DESK, DRAFTS, {"do": "save", "number": "1", "text": "x"}, section="2"),
    "desk-figures": page(DESK, over=DRAFTS, section="2"),
    "desk-assign": page(DESK, OWN_DESK, DRAFTS, section="2"),
    "desk-publication": page(DESK, DESK, DRAFTS, number="publication"),
    "desk-publication-file": page(DESK, over=DRAFTS, number="publication", copy="clean"),
    "desk-note": page(DESK, over=DRAFTS, number="publication"),
    # settlement
    "settlement": page(PAYING, DECIDES, post={"act": "approve"}),
    "settlement-of": page(PAYING, DECIDES, UNITS, {"act": "approve"}),
    "settlement-excel": page(PAYING, over=UNITS),
    "assessment-excel": page(PAYING, over=UNITS),
    "settlement-unit": page(PAYING, over=CLINICS),
    "settlement-paid": page(PAYING, over=CLINICS, service="hypertension_visit"),
    "findings": page(PAYING, over=UNITS),
    "findings-of": page(PAYING, DECIDES, UNITS, code="health_records.without_record"),
    # administration
    "administration": page(ADMINISTERS_BELOW),
    "administration-organisations": page(ADMINISTERS_BELOW),
    "administration-organisation": page(ADMINISTERS_BELOW, over=UNITS, code="organisation"),
    "administration-organisation-add": page(ADMINISTERS, ADMINISTERS),
    "administration-organisation-change": deed(ADMINISTERS, UNITS, code="organisation", act="rename"),
    "administration-staff": page(ADMINISTERS_BELOW),
    "administration-staff-add": page(ADMINISTERS, ADMINISTERS),
    "administration-staff-import": page(ADMINISTERS, ADMINISTERS),
    "administration-staff-blank": page(ADMINISTERS),
    "administration-staff-refused": page(ADMINISTERS, name="refused"),
    "administration-staff-reset": deed(ADMINISTERS_BELOW, CLINICS, {"staff": "username"}),
    "administration-person": page(ADMINISTERS_BELOW, ADMINISTERS, CLINICS),
    "administration-person-state": deed(ADMINISTERS, CLINICS),
    "administration-person-scopes": page(ADMINISTERS, ADMINISTERS, CLINICS),
    "administration-scopes": page(ADMINISTERS),
    "administration-parameters": page(ADMINISTERS),
    "administration-parameter": page(ADMINISTERS, name="parameter"),
    "administration-locks": page(ADMINISTERS, ADMINISTERS),
    "administration-unlock": deed(ADMINISTERS, (ROOT,), number="lock"),
    "administration-audit": page(ADMINISTERS),
    "administration-audit-writes": page(ADMINISTERS),
    "administration-system": page(ADMINISTERS),
    "administration-system-json": page(ADMINISTERS),
    # help, the check of a text, the interface's own pages
    "help": page(VIEWS),
    "help-first-day": page(VIEWS),
    "help-first-day-put-away": deed(VIEWS),
    "help-step": page(VIEWS, step="password"),
    "help-manual": page(VIEWS, name="start"),
    "help-meanings": page(VIEWS),
    "help-programme": page(VIEWS, code=LINE),
    "help-elements": page(VIEWS),
    # not on a village doctor's bar; it tells nobody more than the board does
    "check": page(VIEWS, VIEWS, post={"text": "x"}),
    "check-comments": deed(VIEWS, post={"text": "x"}),
    "api-docs": page(VIEWS),
    "api-token-create": deed(VIEWS),
    "api-token-revoke": deed(DOCTORS_OWN, (CLINIC,), pk="api_token"),
}


# Operations of a register in the interface: who reads and who writes, over what.
OPERATIONS: dict[str, tuple[str, Who, tuple[str, ...]]] = {
    "list": ("get", PERSONS, ()),
    "read": ("get", PERSONS, CLINICS),
    "add": ("post", WRITES, CLINICS),
    "change": ("put", WRITES, CLINICS),
    "remove": ("delete", WRITES, CLINICS),
}
INTERFACE: dict[str, tuple[str, Who, tuple[str, ...]]] = {
    "api:organisations": ("get", VIEWS, ()),
    "api:search": ("post", PERSONS, ()),
    "api:person": ("get", PERSONS, CLINICS),
    "api:figures": ("get", VIEWS, UNITS),
    "api:worklist": ("get", WRITES, ()),
}
# What asks for no account at all, and why.
OPEN = {
    "sign-in": "the door itself",
    "metrics": "numbers about nobody, for a monitor on this machine: test_metrics.py",
    "sign-out": "ends a session, if there is one",
    "language": "chooses a language before signing in",
    "api:api-root": "the interface's own root says only that there is none",
}
# What is made for the whole page of a first request; tried in tests of their own.
ELSEWHERE = {
    "help-picture": "pictures of a simulated county in the package: test_help.py",
    "api-openapi": "asks for a session or a token: test_api.py",
}

# -- the world they stand in -------------------------------------------------------------------------------------------

UNKNOWN: Mapping[str, Any] = {
    "organisation": "990101999", "resident": 99_999_999, "pk": 99_999_999, "number": 99_999_999, "username": "nobody-here",
    "token": UUID(int=7), "code": "990101999", "name": "guessed.xlsx",
}  # fmt: skip


@dataclass
class World:
    """One of everything at every organisation. things: by name, then by organisation, what an address is filled with."""

    town: Town
    things: dict[str, dict[str, Any]] = field(default_factory=dict)

    def of(self, name: str, organisation: str) -> Any:
        return self.things[name][organisation]


NAMES = {CLINIC: "欧阳河湾", SIBLING: "司徒山口", FAR_CLINIC: "诸葛石桥"}
USERS = {CLINIC: "doctor", SIBLING: "neighbour", FAR_CLINIC: "fardoctor"}


def _write(folder: Any, name: str, content: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def _pair(town: Town, clinic: str) -> int:
    """Two of the clinic's residents who may be one."""
    one, other = town.patients[clinic][0], town.resident(clinic=CLINICS.index(clinic))
    first, second = sorted((one.pk, other.pk))
    made = DuplicatePair.objects.create(first_id=first, second_id=second, score=80, reasons="", found_on=town.day)
    return int(made.pk)


@pytest.fixture
def world(town: Town) -> Iterator[World]:
    import json
    import shutil

    from taizhang.config import home
    from taizhang.programmes.hypertension.models import FollowUp
    from taizhang.returns.checks import CellEntry
    from taizhang.returns.entry import enter
    from taizhang.summaries.desk.drafts import open_draft
    from taizhang.summaries.publishing.models import Publication
    from taizhang.worklist.models import Visit

    made = World(town)
    half, day = Period.parse(HALF), date(2026, 5, 3)
    Staff.objects.create(username="fardoctor", name="样员远", organisation_id=FAR_CLINIC, role=Role.VILLAGE_DOCTOR, password="!")
    people = {clinic: town.patients[clinic][0] for clinic in CLINICS}
    for clinic, person in people.items():
        Resident.objects.filter(pk=person.pk).update(name=NAMES[clinic])
    visits = {
        clinic: FollowUp.objects.get_or_create(
            resident=person, organisation_id=clinic, visited_on=day, defaults={"way": "1", "outcome": "1", "recorded_by": "tests"}
        )[0].pk
        for clinic, person in people.items()
    }
    for unit in UNITS:
        enter(registry.forms[RETURN], unit, Period.parse("2026-05"), [CellEntry("due", 5), CellEntry("given", 5)], "tests")
    writers = {TOWNSHIP: "township", OTHER_TOWNSHIP: "township2", ROOT: "bureau"}
    drafts = {place: open_draft(place, "half", half, by=town.staff(by)) for place, by in writers.items()}
    approved = {place: open_draft(place, "quarter", Period.parse("2026Q1"), by=town.staff(by)) for place, by in writers.items()}
    type(drafts[ROOT]).objects.filter(pk__in=[draft.pk for draft in approved.values()]).update(state="approved")
    publications = {
        place: Publication.objects.create(
            organisation=place, organisation_name="样例", title="样例总结", title_en="Sample", language="zh", period_start=half.start,
            period_end=half.end, cutoff=half.end, ledger_version=1, figure_count=0, unbound=0, manifest_sha256="0" * 64,
            published_by=by, published_on=town.day,
        )
        for place, by in writers.items()
    }  # fmt: skip
    for publication in publications.values():
        _write(publication.folder, "clean.docx", b"PK")
    imports = home.current().path / "imports"
    note = {
        "staff": town.staff("township").pk,
        "register": CASES,
        "counts": {},
        "faults": [],
        "back": "/",
        "name": "x.xlsx",
        "report": None,
    }
    _write(imports / "uploads" / "matrix-upload", "note.json", json.dumps(note).encode())
    _write(imports / "uploads" / "matrix-upload", "reasons.xlsx", b"PK")
    told = {**note, "register": SHEET, "counts": dict.fromkeys(("read", "accepted", "corrected", "unchanged", "refused"), 0)}
    _write(imports / "results" / "matrix-results", "note.json", json.dumps(told).encode())
    _write(imports / "results" / "matrix-results", "reasons.xlsx", b"PK")
    receipt = Visit.objects.create(token=UUID(int=1), staff=town.staff("doctor"), resident=people[CLINIC], day=town.day)
    lock = PeriodLock.objects.create(organisation_id=ROOT, start=date(2025, 1, 1), end=date(2025, 1, 31), reason="已审核")
    token = ApiToken.objects.create(
        staff=town.staff("doctor"), name="x", digest="d" * 64, expires_at=timezone.now() + timedelta(days=1)
    )  # fmt: skip
    made.things = {
        "resident": {clinic: person.pk for clinic, person in people.items()},
        "pk": {clinic: Case.objects.get(resident=person).pk for clinic, person in people.items()},
        "visit": visits,
        "organisation": {unit: unit for unit in UNITS},
        "number": {place: draft.pk for place, draft in drafts.items()},
        "approved": {place: draft.pk for place, draft in approved.items()},
        "publication": {place: publication.pk for place, publication in publications.items()},
        "username": USERS,
        "receipt": dict.fromkeys(CLINICS, receipt.token),
        "upload": {CLINIC: "matrix-upload"},
        "results": {CLINIC: "matrix-results"},
        "lock": {ROOT: lock.pk},
        "pair": {clinic: _pair(town, clinic) for clinic in CLINICS},
        "api_token": {CLINIC: token.pk},
        "reasons": {CLINIC: "x.xlsx"},
    }
    yield made
    for publication in publications.values():
        shutil.rmtree(publication.folder, ignore_errors=True)
    for folder in (imports / "uploads" / "matrix-upload", imports / "results" / "matrix-results"):
        shutil.rmtree(folder, ignore_errors=True)


# -- what is asked of it -----------------------------------------------------------------------------------------------


def addresses(resolver: Any = None, namespace: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every address of the site: its name (api: before those of the interface) and its parameters."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            for name, more in addresses(pattern, "api:" if pattern.namespace else namespace):
                yield name, [*pattern.pattern.converters, *more]
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", list(pattern.pattern.converters)


def _is_operation(name: str) -> bool:
    register, _, operation = name.removeprefix("api:").rpartition("-")
    return register in registry.registers and operation in OPERATIONS


def test_every_address_of_the_site_has_a_row_and_every_row_an_address() -> None:
    named = {name for name, _ in addresses()}
    rows = {*SITE, *INTERFACE, *OPEN, *ELSEWHERE}
    assert not sorted(name for name in named - rows if not _is_operation(name))
    assert not sorted(rows - named)
    for register in registry.registers:
        assert {f"api:{register}-{operation}" for operation in OPERATIONS} <= named


PARAMETERS = dict(addresses())


def _arguments(row: Row, name: str, world: World, place: str) -> dict[str, Any]:
    found = {}
    for parameter in PARAMETERS[name]:
        value = row.given.get(parameter, parameter)
        found[parameter] = world.of(value, place) if value in world.things else value
    return found


def _guessed(row: Row, name: str, world: World, place: str) -> dict[str, Any]:
    """The same address with what names the thing replaced by what names nothing."""
    return {
        parameter: UNKNOWN[parameter] if row.given.get(parameter, parameter) in world.things else value
        for parameter, value in _arguments(row, name, world, place).items()
    }


REFUSED = (403, 404, 405)
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
        for method, who in (("get", row.reads), ("post", row.writes)):
            mine = (who or row.reads or row.writes or {}).get(self.account)
            for place in self._worth_trying(row.over, mine):
                allowed = mine is not None and (not row.over or place in mine)
                if allowed and name in SLOW and self.account != "bureau":
                    continue
                if not (allowed and who is None):  # what is neither read nor written there says nothing of rights
                    self._once(name, row, method, place, allowed=allowed)

    def _worth_trying(self, over: tuple[str, ...], mine: frozenset[str] | None) -> tuple[str, ...]:
        """Who may everywhere is tried at the top and farthest off."""
        return (over[-1], over[1]) if len(over) > 2 and mine and mine >= set(over) else over or ("",)

    def _once(self, name: str, row: Row, method: str, place: str, *, allowed: bool) -> None:
        things = self.world.things
        url = reverse(name, kwargs=_arguments(row, name, self.world, place))
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
        guess = reverse(name, kwargs=_guessed(row, name, self.world, place))
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


SLOW = {"summary-file", "desk-file", "desk-publish", "api-docs"}  # take seconds: opened once, refused to everybody else
SAID_TO_NOBODY = {("visit-foresee", "get"), ("visit-foresee", "post")}  # says in the panel that the session has ended


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_post_reaches_its_own_and_nothing_else(world: World, client: Client, account: str) -> None:
    if account != "nobody":
        client.force_login(world.town.staff(account))
    client.raise_request_exception = False
    trying = Trying(client, account, world)
    for name, row in SITE.items():
        trying.row(name, row)
    assert not trying.found, "\n".join(trying.found)


# -- the interface -----------------------------------------------------------------------------------------------------


def _answers(world: World, token: str, method: str, name: str, place: str, register: str) -> Any:
    """What a program with this token is answered. Whatever it wrote is taken back."""
    things = world.things
    person, record = things["resident"].get(place, UNKNOWN["resident"]), things["pk"].get(place, UNKNOWN["pk"])
    pk = person if name == "api:person" else record if register == CASES else UNKNOWN["pk"]
    url = reverse(name, kwargs={"pk": pk} if PARAMETERS[name] else {})
    headers = {"Authorization": f"Bearer {token}", "If-Match": "*"}
    day = "2026-06-02" if method == "post" else "2024-05-01"  # a second case on the day of the first would be refused
    body = {"resident": person, "organisation": place or CLINIC, "enrolled_on": day, "diagnosed_on": day} if register else {"text": "顾"}
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
    calls = [(name, "", *call) for name, call in INTERFACE.items()]
    calls += [(f"api:{code}-{operation}", code, *call) for code in registry.registers for operation, call in OPERATIONS.items()]
    for name, register, method, who, over in calls:
        for place in over or ("",):
            answer = _answers(world, token, method, name, place, register)
            told = f"{account} {method} {name} at {place or '-'}: {answer.status_code}"
            body = answer.content.decode()
            if any(NAMES[clinic] in body for clinic in CLINICS if clinic not in VIEWS[account]):
                found.append(f"{told}, and it names a person outside the scope")
            if answer.status_code >= 500:
                found.append(told)
            closed_line = register and registry.registers[register].programme in SENSITIVE
            sensitive = closed_line and is_about_residents(registry.registers[register])
            allowed = account in who and (not over or place in who[account]) and not sensitive
            # Of registers other than CASES nothing stands here: there only the refusals say something. A body that is wrong, or names
            # somebody outside the scope, is told so before a record is looked for: 422 to everybody alike.
            if not allowed or register in ("", CASES) or not over:
                if (answer.status_code < 300) != allowed:
                    found.append(f"{told}, should be {'open' if allowed else 'closed'}")
                if not allowed and over:
                    unknown = _answers(world, token, method, name, UNKNOWN["organisation"], register)
                    if (unknown.status_code, unknown.content) != (answer.status_code, answer.content) and not name.endswith("-add"):
                        found.append(f"{told}, but another answer to what is unknown")
    assert not found, "\n".join(found)


def test_a_guessed_token_opens_nothing(world: World) -> None:
    for token in ("", "x", "d" * 64):  # the last is the digest that is stored, not the token
        answer = Client().get(reverse("api:organisations"), headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401, token


# -- sensitive lines of work -------------------------------------------------------------------------------------------

SENSITIVE = sorted(code for code, programme in registry.programmes.items() if programme.sensitive)


def test_people_of_a_sensitive_line_open_to_nobody_who_does_not_treat_them(world: World, enter_as: Any) -> None:
    registers = [r.code for r in registry.registers.values() if r.programme in SENSITIVE and is_about_residents(r)]
    for account in VIEWS:
        client = enter_as(account)
        for part in ("numerator", "gap"):
            answer = client.get(reverse("members", args=["hiv.found", ROOT, part]) + f"?period={HALF}")
            assert answer.status_code == 404 or account in TREATS, (account, part)
        for register in registers:
            treats = registry.registers[register].programme in world.town.staff(account).treats.split(",")
            for name in ("register", "register-export", "register-blank", "register-new", "register-import"):
                status = client.get(reverse(name, args=[register])).status_code
                assert treats or status == 404, (account, name, register)
