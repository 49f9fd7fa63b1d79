"""The permission matrix as tables to be read: every address of the site and of the interface, which accounts may read and write there, and
over which organisations. test_matrix.py tries them; an address without a row fails there by its name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .conftest import CLINIC, FAR_CLINIC, OTHER_TOWNSHIP, ROOT, SIBLING, TOWNSHIP

CLINICS = (CLINIC, SIBLING, FAR_CLINIC)
DRAFTS = (TOWNSHIP, OTHER_TOWNSHIP, ROOT)  # who writes summaries here
UNITS = (CLINIC, SIBLING, TOWNSHIP, FAR_CLINIC, OTHER_TOWNSHIP, ROOT)
HALF = "2026H1"

# -- who, and over whom ------------------------------------------------------------------------------------------------

Who = Mapping[str, frozenset[str]]  # account: the organisations over which it may
EVERYWHERE = frozenset(UNITS)
VIEWS: Who = {  # one account of each role
    "doctor": frozenset({CLINIC}),
    "township": frozenset({TOWNSHIP, CLINIC, SIBLING}),
    "cdc": EVERYWHERE,
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


FIELD = ("doctor", "township", "admin")
WRITES = only(VIEWS, *FIELD)  # write scope over persons
OWES = {**WRITES, "cdc": EVERYWHERE}  # a worklist: of persons, or of the institution's own duties alone
TAKES_IN = {**WRITES, "township": frozenset(CLINICS)}  # 迁入: an office takes over, masked, whom it may search for
PERSONS = but(VIEWS, "leader")  # posts with a door to people and registers
OFFICES = but(VIEWS, "doctor")
DESK = OFFICES
WRITERS = only(DESK, "township", "bureau", "cdc")
OWN_DESK = at(township=TOWNSHIP, bureau=ROOT)  # an office writes its own documents
APPROVES = at(township=TOWNSHIP, leader=ROOT)
PUBLISHES = {**OWN_DESK, **APPROVES}
FILLS = {**WRITES, "bureau": frozenset({ROOT})}  # returns: the write scope, and the unit's own office
REVIEWS = {  # returns: an office of the tier directly above; at the top a second person of the bureau
    "township": frozenset({CLINIC, SIBLING}),
    "bureau": frozenset({TOWNSHIP, OTHER_TOWNSHIP, ROOT}),
    "leader": frozenset({ROOT}),
    "cdc": frozenset({TOWNSHIP, OTHER_TOWNSHIP}),
}
SETS_TARGETS = {  # a township's office only over the clinics below it: its own page carries the table of them
    "township": frozenset({TOWNSHIP, CLINIC, SIBLING}),
    "bureau": EVERYWHERE,
    "admin": EVERYWHERE,
}
ADMINISTERS = only(VIEWS, "admin")
ADMINISTERS_BELOW = only(VIEWS, "township", "admin")
DOCTORS_OWN = at(doctor=CLINIC)
TOWNSHIPS_OWN = at(township=CLINIC)
ADMINS_OWN = at(admin=ROOT)
# Settling: who is paid, who pays and who answers for it; the bureau alone decides.
PAYING = but(VIEWS, "doctor", "cdc")
DECIDES = only(VIEWS, "bureau", "admin")
NOBODY: Who = {}

# -- the tables --------------------------------------------------------------------------------------------------------

Given = str | int


@dataclass(frozen=True)
class Row:
    """reads, writes: who may GET and POST, over which organisations; None where there is nothing to GET or POST. over: the organisations at
    which it is tried; none for what is about no organisation. The parameters of the address come from `given`, else from the world by
    their own name. dear: what takes seconds is opened by this account only, and refused to everybody else as everything is."""

    reads: Who | None
    writes: Who | None = None
    over: tuple[str, ...] = ()
    post: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Given] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    dear: str = ""


Sent = Mapping[str, Any] | None


def page(
    reads: Who, writes: Who | None = None, over: tuple[str, ...] = (), post: Sent = None, query: Sent = None, dear: str = "", **given: Given
) -> Row:
    """A page, and what is sent from it."""
    return Row(reads, writes, over, post or {}, given, query or {}, dear)


def deed(writes: Who, over: tuple[str, ...] = (), post: Mapping[str, Any] | None = None, **given: Given) -> Row:
    """What is only posted to."""
    return Row(None, writes, over, post or {}, given)


MANAGED, CASES, PAPER, SHEET, RETURN, LINE = (
    "hypertension.managed", "hypertension_cases", "hypertension_follow_ups", "examinations", "immunisation", "hypertension",
)  # fmt: skip
LIGHT = "family_doctor.signed"  # its twelve periods are soon evaluated
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
    "series": page(VIEWS, over=UNITS, code=LIGHT),
    "series-excel": page(VIEWS, over=UNITS, code=LIGHT),
    "units-excel": page(VIEWS, over=UNITS, code=MANAGED),
    "members": page(VIEWS, over=UNITS, code=MANAGED, part="numerator"),
    "why": page(VIEWS, over=CLINICS, code=MANAGED),
    "summary": page(VIEWS, over=UNITS),
    "summary-file": page(VIEWS, over=UNITS, copy="review", dear="bureau"),
    # oneself
    "me": page(VIEWS),
    "password": page(VIEWS, VIEWS),
    # the worklist and the visit: who writes over persons
    "worklist": page(OWES),
    "route": page(WRITES),
    "day-end": page(OWES),
    "call": deed(WRITES, CLINICS),
    "visit": page(WRITES, WRITES, CLINICS),
    "visit-foresee": deed(WRITES, CLINICS),
    "visit-discard": deed(WRITES, CLINICS),
    "visit-done": page(DOCTORS_OWN, over=CLINICS, token="receipt"),
    # people
    "people": page(PERSONS, PERSONS, post={"q": "诸葛"}),
    "person": page(PERSONS, over=CLINICS),
    "person-timeline": page(PERSONS, over=CLINICS),
    "person-courses": page(PERSONS, over=CLINICS),
    "person-new": page(WRITES, WRITES),
    "person-correct": page(WRITES, WRITES, CLINICS),
    "person-move": page(TAKES_IN, TAKES_IN, CLINICS),
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
    "merge-back": deed({**WRITES, "bureau": EVERYWHERE}, CLINICS, {"reason": "x"}, pk="merge"),
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
    "register-import-reasons": page(TOWNSHIPS_OWN, over=(CLINIC,), code=CASES, token="upload"),
    "register-import-discard": deed(TOWNSHIPS_OWN, (CLINIC,), code=CASES, token="upload"),  # last: the file is gone
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
    "desk-new": page(DESK, WRITERS, post={"kind": "half"}),
    "desk-rebind": page(WRITERS, WRITERS),
    "desk-order": page(DESK, OWN_DESK, UNITS, {"do": "reset"}),
    "desk-references": page(DESK, OWN_DESK, UNITS),
    "desk-draft": page(DESK, over=DRAFTS),
    "desk-preview": page(DESK, over=DRAFTS),
    "desk-missing": page(DESK, OWN_DESK, DRAFTS, {"all": "leave_out"}),
    "desk-plan": page(DESK, OWN_DESK, DRAFTS, {"do": "draft"}),
    # whoever reads the draft and only opens the address of a deed is shown the draft
    "desk-approve": page(DESK, APPROVES, DRAFTS),
    "desk-reopen": page(DESK, APPROVES, DRAFTS, number="approved"),
    "desk-publish": page(DESK, PUBLISHES, DRAFTS, number="approved"),
    "desk-discard": page(DESK, OWN_DESK, DRAFTS),
    "desk-file": page(DESK, over=DRAFTS, copy="review", dear="bureau"),
    "desk-section": page(DESK, OWN_DESK, DRAFTS, {"do": "save", "number": "1", "text": "x"}, section="2"),
    "desk-figures": page(DESK, over=DRAFTS, section="2"),
    "desk-assign": page(DESK, OWN_DESK, DRAFTS, section="2"),
    "desk-publication": page(DESK, DESK, DRAFTS, number="publication"),
    "desk-publication-file": page(DESK, over=DRAFTS, number="publication", copy="clean"),
    "desk-note": page(DESK, over=DRAFTS, number="publication"),
    # settlement
    "settlement": page(PAYING, DECIDES, post={"act": "approve"}),
    "settlement-of": page(PAYING, DECIDES, UNITS, {"act": "approve"}),
    "settlement-settled": page(PAYING, DECIDES, UNITS, {"act": "reopen"}, number="settled"),
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
    "administration-import": page(ADMINISTERS_BELOW, ADMINISTERS_BELOW, kind="residents"),
    "administration-import-blank": page(ADMINISTERS_BELOW, kind="residents"),
    "administration-import-refused": page(NOBODY, over=(CLINIC,), kind="residents", name="reasons"),  # who brought the file, nobody else
    "administration-staff": page(ADMINISTERS_BELOW),
    "administration-staff-add": page(ADMINISTERS, ADMINISTERS),
    "administration-staff-import": page(ADMINISTERS, ADMINISTERS),
    "administration-staff-blank": page(ADMINISTERS),
    "administration-staff-refused": page(ADMINISTERS, over=(ROOT,), name="refused"),
    "administration-staff-reset": deed(ADMINISTERS_BELOW, CLINICS, {"account": "username"}),
    "administration-person": page(ADMINISTERS_BELOW, ADMINISTERS, CLINICS),
    "administration-person-state": deed(ADMINISTERS, CLINICS),
    "administration-person-scopes": page(ADMINISTERS, ADMINISTERS, CLINICS),
    "administration-scopes": page(ADMINISTERS),
    "administration-parameters": page(ADMINISTERS),
    "administration-parameter": page(ADMINISTERS, ADMINISTERS, name="hypertension.enrolment_age"),
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
    "check": page(OFFICES, OFFICES, post={"text": "x"}),
    "check-comments": deed(OFFICES, post={"text": "x"}),
    "api-docs": page(VIEWS, dear="bureau"),
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
    "kept": "what its reader had typed, and no one else's: test_kept_forms.py",
    "api-openapi": "asks for a session or a token: test_api.py",
}
