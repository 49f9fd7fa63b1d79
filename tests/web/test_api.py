"""The JSON interface: fuzzed by its own description, every endpoint by every post, and what an integrator relies on."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from taizhang.county.models import AuditEntry, PeriodLock, Staff
from taizhang.kernel.registry import registry
from taizhang.programmes.hypertension.models import Case, FollowUp
from taizhang.web.api.tokens import digest, make
from taizhang.web.models import ApiToken

from .conftest import CLINIC, FAR_CLINIC, OTHER_TOWNSHIP, ROOT, SIBLING, TOWNSHIP, Town

VISITS, CASES = "hypertension_follow_ups", "hypertension_cases"
VISIT = {"organisation": CLINIC, "visited_on": "2026-06-20", "way": "1", "outcome": "1", "systolic": 142, "diastolic": 88, "weight": 63.5}
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


class Program:
    """A program with the token of an account."""

    def __init__(self, username: str) -> None:
        self.client = Client()
        self.token = make(Staff.objects.get(username=username), "tests", 30)

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        sent = {"Authorization": f"Bearer {self.token}", **{name.replace("_", "-"): value for name, value in headers.items()}}
        data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return getattr(self.client, method)(f"/api{path}", headers=sent, **data)


@pytest.fixture
def as_program(town: Town) -> Any:
    return Program


# -- fuzzed ------------------------------------------------------------------------------------------------------------

# One register about people with numbers and answers of every kind, one about nobody; of the others, whose code is the same, the lists.
WHOLE = (VISITS, "deeds")


BOUNDED = settings(
    max_examples=8, deadline=None, database=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
BRIEFLY = settings(BOUNDED, max_examples=3)  # the list of each other register: the same code sixty times


def _bounds(operation: Any) -> settings | None:
    path = operation.path.removeprefix("/api/")
    if not path.startswith("registers/") or path.split("/")[1] in WHOLE:
        return BOUNDED
    return BRIEFLY if operation.method == "get" and "{pk}" not in path else None


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Requests straight to the application would close the connection that the test's transaction lives on."""
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    yield
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


@pytest.mark.usefixtures("_one_connection")
def test_nothing_that_the_description_allows_or_forbids_breaks_it(as_program: Any, town: Town) -> None:
    from taizhang.web.wsgi import application

    FollowUp.objects.create(resident=town.patients[CLINIC][0], organisation_id=CLINIC, visited_on=date(2026, 6, 1), way="1", outcome="1")
    program = as_program("admin")
    headers = {"Authorization": f"Bearer {program.token}", "Accept-Encoding": "identity"}
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application, headers=headers)
    tried: dict[str, set[int]] = {}
    real = {
        "pk": list(FollowUp.objects.values_list("pk", flat=True)),
        "resident": [person.pk for person in town.patients[CLINIC]],
        "organisation": [CLINIC, FAR_CLINIC, "990101999"],
        "visited_on": ["2026-06-20"],
        "held_on": ["2026-06-10"],
    }

    def told_by(label: str) -> Any:
        def tell(case: Any, chance: Any) -> None:
            if case.path_parameters and chance.random() < 0.7:
                case.path_parameters["pk"] = chance.choice(real["pk"])
            if isinstance(case.body, dict):
                for name in ("resident", "organisation", "visited_on", "held_on"):
                    if name in case.body and chance.random() < 0.8:
                        case.body[name] = chance.choice(real[name])
            if case.method in ("PUT", "DELETE") and chance.random() < 0.7:
                case.headers = {**(case.headers or {}), "If-Match": "*"}
            with transaction.atomic():
                response = case.call_and_validate(headers=headers, checks=CHECKS)
                transaction.set_rollback(True)
            tried.setdefault(label, set()).add(response.status_code)

        return tell

    for result in schema.get_all_operations():
        operation = result.ok()
        if bounds := _bounds(operation):
            examples = given(case=operation.as_strategy(), chance=st.randoms(use_true_random=False))
            bounds(examples(told_by(f"{operation.method} {operation.path}")))()
    assert {method.partition(" ")[0] for method in tried} == {"get", "post", "put", "delete"}
    reached = set().union(*tried.values())
    assert {200, 204, 404, 422} <= reached, tried  # it came further than the door
    assert not [code for code in reached if code >= 500]


HOSTILE = [
    "\u0000", "\ud800", "' OR 1=1 --", "<script>alert(1)</script>", "${jndi:ldap://x}", "٣٤", "9" * 400, "=1+1", "\u202e𠮷",
    "../../etc/passwd",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_kept_or_refused_and_breaks_nothing(as_program: Any, town: Town, text: str) -> None:
    program = as_program("doctor")
    person = town.patients[CLINIC][1].pk
    made = program("post", f"/registers/{VISITS}", {**VISIT, "resident": person, "other_signs": text})
    assert made.status_code in (201, 422)
    if made.status_code == 201:
        assert FollowUp.objects.get(pk=made.json()["id"]).other_signs == text.strip()
    assert program("post", "/people/search", {"text": text[:60]}).status_code in (200, 422)
    assert program("get", f"/registers/{VISITS}?organisation={'%00' if text == chr(0) else 'x'}&after=%22%5B").status_code == 422
    for body in (b"{", b"[]", b"null", b'{"systolic": NaN}', b"\xff"):
        answer = program.client.post(
            f"/api/registers/{VISITS}", data=body, content_type="application/json", headers={"Authorization": f"Bearer {program.token}"}
        )
        assert answer.status_code in (400, 422)
        assert answer["Content-Type"] == "application/problem+json"


# -- who may -----------------------------------------------------------------------------------------------------------

EVERYWHERE = {CLINIC, SIBLING, FAR_CLINIC}
SEES = {
    "doctor": {CLINIC}, "neighbour": {SIBLING}, "township": {CLINIC, SIBLING}, "township2": {FAR_CLINIC}, "bureau": EVERYWHERE,
    "cdc": EVERYWHERE, "leader": set(), "admin": EVERYWHERE,
}  # fmt: skip
WRITES = {**SEES, "bureau": set(), "cdc": set()}
VIEWS = {  # organisations whose figures
    "doctor": {CLINIC}, "neighbour": {SIBLING}, "township": {TOWNSHIP, CLINIC, SIBLING}, "township2": {OTHER_TOWNSHIP, FAR_CLINIC},
}  # fmt: skip
ALL = {ROOT, TOWNSHIP, OTHER_TOWNSHIP} | EVERYWHERE


@pytest.mark.parametrize("username", SEES)
def test_each_post_reaches_what_is_its_own(as_program: Any, town: Town, username: str) -> None:
    program = as_program(username)
    assert {place["code"] for place in program("get", "/organisations").json()} & ALL == VIEWS.get(username, ALL)
    for clinic in sorted(EVERYWHERE):
        person, case = town.patients[clinic][0], Case.objects.get(resident=town.patients[clinic][0])
        sees, writes = clinic in SEES[username], clinic in WRITES[username]
        body = {"resident": person.pk, "organisation": clinic, "enrolled_on": "2024-05-01", "diagnosed_on": "2024-05-01"}
        expected = [
            (program("get", f"/registers/{CASES}/{case.pk}"), sees),
            (program("get", f"/people/{person.pk}"), sees),
            (program("get", f"/registers/{CASES}?resident={person.pk}").json().get("rows"), sees),
            (program("put", f"/registers/{CASES}/{case.pk}", body, If_Match="*"), writes),
            (program("post", f"/registers/{CASES}", {**body, "enrolled_on": "2026-06-02", "diagnosed_on": "2026-06-02"}), writes),
            (program("delete", f"/registers/{CASES}/{case.pk}?reason=x", If_Match="*"), writes),
        ]
        for place, (answer, allowed) in enumerate(expected):
            if isinstance(answer, list | None):
                assert bool(answer) == allowed, (username, clinic, place)
            elif allowed:
                assert 200 <= answer.status_code < 300, (username, clinic, place, answer.content)
            else:  # a resident outside the scope is a fault of the body, and tells as little
                assert answer.status_code in (404, 422), (username, clinic, place)
                assert answer["Content-Type"] == "application/problem+json"
                assert person.name not in answer.content.decode()
    for code in sorted(ALL | {"990101999"}):
        answer = program("get", f"/figures?period=2026H1&indicator=hypertension.managed&organisation={code}")
        assert answer.status_code == (200 if code in VIEWS.get(username, ALL) else 404), (username, code)
    assert program("get", "/worklist").status_code == (
        200 if username in ("doctor", "neighbour", "township", "township2", "admin") else 404
    )
    found = program("post", "/people/search", {"text": "顾样"})
    assert found.status_code == (404 if username == "leader" else 200)
    if username in ("doctor", "neighbour"):
        assert {row["organisation"] for row in found.json()} == SEES[username]


def test_without_a_good_token_nothing_opens(as_program: Any, town: Town) -> None:
    program = as_program("doctor")
    paths = ["/organisations", f"/registers/{VISITS}", f"/registers/{VISITS}/1", "/figures?period=2026H1", "/worklist", "/openapi.json"]

    def refused() -> None:
        for path in paths:
            answer = program("get", path)
            assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json"), path
            assert answer["WWW-Authenticate"] == "Bearer"

    good = program.token
    for program.token in ("", "x", good[:-1], good + " x"):
        refused()
    program.token = good
    assert program("get", "/organisations").status_code == 200
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    refused()
    ApiToken.objects.update(expires_at=timezone.now() + timedelta(days=1))
    Staff.objects.filter(username="doctor").update(is_active=False)
    refused()
    signed_in = Client()
    signed_in.force_login(town.staff("township"))
    assert signed_in.get(f"/api/registers/{VISITS}").status_code == 401  # a page's session is no token


# -- what an integrator relies on --------------------------------------------------------------------------------------


def test_a_record_goes_in_comes_out_is_changed_and_removed(as_program: Any, town: Town) -> None:
    program = as_program("doctor")
    person = town.patients[CLINIC][1]
    made = program("post", f"/registers/{VISITS}", {**VISIT, "resident": person.pk})
    assert made.status_code == 201
    assert made["Location"].endswith(f"/{made.json()['id']}")
    assert (made.json()["systolic"], made.json()["weight"], made.json()["visited_on"]) == (142, 63.5, "2026-06-20")
    assert FollowUp.objects.get(pk=made.json()["id"]).weight == 635
    assert made.json()["recorded_by"] == "doctor"
    assert made.json()["visit_class"]
    path = f"/registers/{VISITS}/{made.json()['id']}"
    read = program("get", path)
    assert read.json() == made.json()
    body = {**VISIT, "resident": person.pk, "systolic": 138}
    assert program("put", path, body).status_code == 428
    changed = program("put", path, body, If_Match=read["ETag"])
    assert (changed.status_code, changed.json()["systolic"]) == (200, 138)
    late = program("put", path, {**body, "systolic": 120}, If_Match=read["ETag"])
    assert late.status_code == 412
    assert "重新读取" in late.json()["detail"]
    assert FollowUp.objects.get(pk=made.json()["id"]).systolic == 138
    assert program("delete", path, If_Match=changed["ETag"]).status_code == 422
    gone = program("delete", path + "?reason=重复录入", If_Match=changed["ETag"])
    assert (gone.status_code, gone.content) == (204, b"")
    assert program("get", path).status_code == 404
    assert AuditEntry.objects.get(action="remove_record").detail["reason"] == "重复录入"


def test_faults_are_told_field_by_field_in_both_languages_without_the_value(as_program: Any, town: Town) -> None:
    program = as_program("doctor")
    person = town.patients[CLINIC][1].pk
    schema = program("post", f"/registers/{VISITS}", {**VISIT, "resident": person, "systolic": 999, "way": "77"})
    assert {fault["field"] for fault in schema.json()["faults"]} == {"systolic", "way"}
    places = program("post", f"/registers/{VISITS}", {**VISIT, "resident": person, "weight": 63.55})
    assert "最多保留1位小数" in places.json()["faults"][0]["message"]
    rule = program("post", f"/registers/{VISITS}", {**VISIT, "resident": person, "visited_on": "2027-01-01"})
    assert "晚于今天" in rule.json()["faults"][0]["message"]
    assert "after today" in rule.json()["faults"][0]["message_en"]
    PeriodLock.objects.create(organisation_id=ROOT, start=date(2026, 6, 1), end=date(2026, 6, 30), reason="已上报")
    locked = program("post", f"/registers/{VISITS}", {**VISIT, "resident": person})
    assert (locked.status_code, "已锁定" in locked.json()["detail"]) == (422, True)
    assert not FollowUp.objects.filter(visited_on=date(2026, 6, 20)).exists()


def test_a_list_is_walked_by_its_cursor_with_equal_queries(as_program: Any, town: Town) -> None:
    program = as_program("township")
    program("get", "/organisations")  # the token's first use is noted
    seen: list[int] = []
    after, counts = "", set()
    for _ in range(10):
        with CaptureQueriesContext(connection) as queries:
            page = program("get", f"/registers/{CASES}?limit=20&after={after}").json()
        counts.add(len(queries))
        seen += [row["id"] for row in page["rows"]]
        if not (after := page["after"]):
            break
    assert len(seen) == len(set(seen)) == 63
    assert len(counts) == 1
    narrowed = program("get", f"/registers/{CASES}?organisation={CLINIC}&enrolled_on_from=2024-01-01").json()
    assert len(narrowed["rows"]) == 3
    assert program("get", f"/registers/{CASES}?organisation={FAR_CLINIC}").status_code == 422
    line = AuditEntry.objects.order_by("id").last()
    assert line is not None
    assert line.detail == {"filter": {"register": CASES, "organisation": CLINIC, "enrolled_on_from": "2024-01-01"}, "count": 3}


def test_people_are_masked_until_opened(as_program: Any, town: Town) -> None:
    program = as_program("doctor")
    person = town.patients[CLINIC][0]
    (row,) = [row for row in program("post", "/people/search", {"text": person.name}).json() if row["id"] == person.pk]
    assert row["name"] == "顾***"
    assert program("get", f"/people/{person.pk}").json()["name"] == person.name
    assert [(line.action, line.resident) for line in AuditEntry.objects.exclude(action="create_token")] == [
        ("search", None), ("open_person", person.pk),
    ]  # fmt: skip


def test_figures_are_those_of_the_board_and_keep_small_counts_of_sensitive_lines(as_program: Any, town: Town) -> None:
    found = as_program("bureau")("get", "/figures?period=2026H1&indicator=hypertension.managed&indicator=hiv.found&children=true").json()
    told = {(row["indicator"], row["organisation"]): (row["value"], row["status"]) for row in found}
    assert told["hypertension.managed", ROOT] == ("64", "ok")
    assert told["hiv.found", ROOT][0] == "14"
    assert told["hiv.found", OTHER_TOWNSHIP] == (None, "withheld")
    assert told["hiv.found", TOWNSHIP] == (None, "withheld")  # one would tell the other
    program = as_program("bureau")
    for wrong in ("period=soon", "period=2099", "period=2026H1&indicator=no.such", "indicator=hypertension.managed"):
        assert program("get", f"/figures?{wrong}").status_code == 422


def test_every_elements_type_unit_range_and_codes_stand_in_the_description(as_program: Any) -> None:
    shapes = as_program("doctor")("get", "/openapi.json").json()["components"]["schemas"]
    for register in registry.registers.values():
        name = "".join(part.capitalize() for part in register.code.split("_")) + "Written"
        fields = shapes[name]["properties"]
        assert set(fields) == {column.field for column in register.columns}
        for column in register.columns:
            element, told = column.element, json.dumps(fields[column.field], ensure_ascii=False)
            if element is None:
                continue
            assert element.label.zh in told
            assert not element.unit or f'"x-unit": "{element.unit}"' in told
            if element.codes:
                assert fields[column.field]["x-codes"] == {code: {"zh": wording.zh, "en": wording.en} for code, wording in element.codes}


# -- tokens on "My account" --------------------------------------------------------------------------------------------


def test_a_token_is_shown_once_kept_as_a_digest_and_revoked(town: Town, enter_as: Any) -> None:
    client = enter_as("doctor")
    made = client.post(reverse("api-token-create"), {"name": "体检系统", "days": "30"})
    token = made.context["token"]
    assert token in made.content.decode()
    stored = ApiToken.objects.get()
    assert (stored.digest, stored.name) == (digest(token), "体检系统")
    mine = client.get(reverse("me")).content.decode()
    assert "体检系统" in mine
    assert token not in mine
    answer = Client().get("/api/organisations", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert ApiToken.objects.get().last_used_at is not None
    assert enter_as("neighbour").post(reverse("api-token-revoke", args=[stored.pk])).status_code == 404
    assert enter_as("doctor").post(reverse("api-token-revoke", args=[stored.pk])).status_code == 302
    assert Client().get("/api/organisations", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    actions = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
    assert [action for action in actions if "token" in action] == ["create_token", "revoke_token"]
    for sent in ({"name": "", "days": "30"}, {"name": "x", "days": "0"}, {"name": "x", "days": "9999"}):
        assert client.post(reverse("api-token-create"), sent).status_code == 302
    assert not ApiToken.objects.exists()


def test_the_description_is_a_page_of_our_own(town: Town, enter_as: Any) -> None:
    page = enter_as("doctor").get(reverse("api-docs"))
    text = page.content.decode()
    assert "/api/registers/hypertension_follow_ups" in text
    assert "mmHg" in text
    assert "https://" not in text
