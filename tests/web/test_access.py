"""What discretion, trace and audit do, and that sensitive lines stay closed; which post reaches which page: test_matrix.py."""

import logging
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from taizhang.county.models import AuditEntry, Staff

from .conftest import CLINIC, FAR_CLINIC, OTHER_TOWNSHIP, ROOT, SIBLING, TOWNSHIP, Town

CODE = "hypertension.managed"
NOWHERE = "990101999"
PERIOD = "?period=2026H1"

PAGES: dict[str, Callable[[str, int], str]] = {
    "board": lambda code, who: reverse("board-of", args=[code]),
    "figure": lambda code, who: reverse("figure", args=[CODE, code]),
    "series": lambda code, who: reverse("series", args=["hypertension.standard", code]),
    "members": lambda code, who: reverse("members", args=[CODE, code, "numerator"]),
    "why": lambda code, who: reverse("why", args=[CODE, code, who]),
    "summary": lambda code, who: reverse("summary", args=[code]),
    "clean copy": lambda code, who: reverse("summary-file", args=[code, "clean"]),
    "review copy": lambda code, who: reverse("summary-file", args=[code, "review"]),
}


def test_nothing_opens_without_signing_in(town: Town, client: Client) -> None:
    person = town.patients[CLINIC][0].pk
    for name, address in PAGES.items():
        answer = client.get(address(CLINIC, person))
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("sign-in")), name
    for name in ("board", "me"):
        assert client.get(reverse(name)).status_code == 302
    assert not AuditEntry.objects.exists()


def test_a_guessed_person_and_a_guessed_organisation_tell_nothing(town: Town, enter_as: Any) -> None:
    client = enter_as("doctor")
    outside = client.get(reverse("why", args=[CODE, CLINIC, town.patients[SIBLING][0].pk]))
    nobody = client.get(reverse("why", args=[CODE, CLINIC, 99999999]))
    assert (outside.status_code, nobody.status_code) == (404, 404)
    assert outside.content == nobody.content
    foreign, unknown = client.get(reverse("board-of", args=[SIBLING])), client.get(reverse("board-of", args=[NOWHERE]))
    assert foreign.content == unknown.content
    for broken in ("/figures/no.such/990101101201/", f"/figures/{CODE}/{CLINIC}/everyone/", f"/figures/{CODE}/{CLINIC}/people/1x/"):
        assert client.get(broken).status_code == 404


def test_a_list_masks_names_and_writes_one_audit_line_with_filter_and_count(town: Town, enter_as: Any) -> None:
    page = enter_as("township").get(reverse("members", args=[CODE, TOWNSHIP, "numerator"]) + PERIOD + "&page=2").content.decode()
    assert "顾**" in page
    assert not [name for name in town.names if name in page]
    (line,) = AuditEntry.objects.all()
    assert (line.staff.username, line.action, line.resident) == ("township", "trace", None)  # type: ignore[union-attr]
    assert line.detail == {
        "filter": {"indicator": CODE, "period": "2026H1", "organisation": TOWNSHIP, "part": "numerator", "page": 2}, "count": 63,
    }  # fmt: skip


def test_opening_a_person_shows_the_name_and_writes_one_audit_line(town: Town, enter_as: Any) -> None:
    person = town.patients[CLINIC][1]
    page = enter_as("doctor").get(reverse("why", args=["hypertension.standard_by_pace", CLINIC, person.pk]) + PERIOD).content.decode()
    assert person.name in page
    assert "还差什么" in page
    (line,) = AuditEntry.objects.all()
    assert (line.action, line.resident) == ("open_person", person.pk)


def test_boards_figures_and_summaries_on_screen_need_no_audit_line_and_a_download_writes_one(town: Town, enter_as: Any) -> None:
    client = enter_as("bureau")
    for name in ("board", "figure", "summary"):
        client.get(PAGES[name](ROOT, 0) + PERIOD)
    assert not AuditEntry.objects.exists()
    answer = client.get(PAGES["review copy"](ROOT, 0) + PERIOD)
    assert answer.content[:2] == b"PK"
    assert "attachment" in answer["Content-Disposition"]
    (line,) = AuditEntry.objects.all()
    assert (line.action, line.detail["file"], line.detail["organisation"], line.detail["period"]) == ("export", "review", ROOT, "2026H1")


def test_someone_who_has_moved_away_is_counted_then_but_not_shown(town: Town, enter_as: Any) -> None:
    from taizhang.county.moving import move

    person = town.patients[CLINIC][2]
    move(person, FAR_CLINIC, date(2026, 6, 30), actor="tests", day=town.day)
    page = enter_as("doctor").get(reverse("members", args=[CODE, CLINIC, "numerator"]) + "?period=2026-05").content.decode()
    assert "已不在您的范围内" in page
    assert str(person.record_number) not in page or person.record_number is None
    assert enter_as("doctor").get(reverse("why", args=[CODE, CLINIC, person.pk])).status_code == 404


# -- sensitive lines of work -------------------------------------------------------------------------------------------


def test_a_sensitive_line_shows_counts_only_and_no_small_ones_below_the_county(town: Town, enter_as: Any) -> None:
    client = enter_as("bureau")
    county = client.get(reverse("figure", args=["hiv.found", ROOT]) + PERIOD)
    assert county.context["shown"].value == "14"
    assert [unit.value for unit in county.context["units"]] == ["不公开", "不公开"]  # one would tell the other
    assert [part.url for part in county.context["parts"]] == [""]
    assert client.get(reverse("members", args=["hiv.found", ROOT, "numerator"]) + PERIOD).status_code == 404
    small = client.get(reverse("figure", args=["hiv.found", OTHER_TOWNSHIP]) + PERIOD)
    assert small.context["shown"].value == "不公开"
    assert small.context["shown"].sort_value == ""
    series = client.get(reverse("series", args=["hiv.found", OTHER_TOWNSHIP]) + PERIOD).json()
    assert set(series["values"]) == {None}


def test_a_units_own_summary_is_silent_on_a_sensitive_line_with_small_counts(town: Town, enter_as: Any) -> None:
    client = enter_as("bureau")
    said = {unit: client.get(reverse("summary", args=[unit]) + PERIOD).content.decode() for unit in (ROOT, TOWNSHIP, OTHER_TOWNSHIP)}
    assert {unit: "艾滋病病人和感染者" in text for unit, text in said.items()} == {  # 14, 12 and 2
        ROOT: True, TOWNSHIP: True, OTHER_TOWNSHIP: False,
    }  # fmt: skip


def test_those_who_treat_see_the_cells(town: Town, enter_as: Any) -> None:
    client = enter_as("treating")
    assert [unit.value for unit in client.get(reverse("figure", args=["hiv.found", ROOT]) + PERIOD).context["units"]] == ["12", "2"]
    page = client.get(reverse("members", args=["hiv.found", ROOT, "numerator"]) + PERIOD)
    assert page.status_code == 200
    assert len(page.context["cells"]) == 1


# A patient of each sensitive line that keeps registers of persons, and a page's word for what is still owed to them. HIV has returns only.
SECRET = "暗记"
LINES = ("mental_illness", "tuberculosis")


def _patient(town: Town, line: str) -> tuple[Any, dict[str, int]]:
    """A person at the doctor's clinic with a record in every register of the line, by register, and something owed."""
    from taizhang.county import recording
    from taizhang.kernel.registry import registry
    from taizhang.programmes.mental_illness import models as mind
    from taizhang.programmes.tuberculosis import models as lung
    from taizhang.worklist.models import DueItem

    person = town.resident("顾样密", clinic=0)
    spring, visit = date(2026, 3, 1), {"visited_on": date(2026, 3, 4), "way": "2", "outcome": "1"}
    able = dict.fromkeys(("self_care", "housework", "learning", "social_contact"), "1") | {"productive_work": "9"}
    kept: dict[str, list[Any]] = {
        "mental_illness": [
            mind.Case(enrolled_on=spring, consent="1", consented_on=spring, diagnosis="1"),
            mind.FollowUp(**visit, risk="0", symptom_level="1", insight="1", effect="2", **able),
        ],
        "tuberculosis": [
            lung.Referral(referred_on=spring, suspicious="1"),
            lung.Case(notified_on=spring, patient_type="1", treatment_started_on=spring),
            lung.FirstVisit(**visit, supervisor="1"),
            lung.FollowUp(**visit | {"visited_on": date(2026, 4, 4)}, supervisor="1", phase="1", doses_missed=0, adverse_reaction="1"),
        ],
    }
    records = {}
    for row in kept[line]:
        row.resident, row.organisation_id = person, CLINIC
        (code,) = (r.code for r in registry.registers.values() if r.model == row._meta.label)
        records[code] = recording.save(row, actor="tests", day=town.day).pk
    assert set(records) == {r.code for r in registry.registers.values() if r.programme == line}
    assert DueItem.objects.filter(resident=person, programme=line).update(reason_zh=SECRET, reason_en=SECRET)
    return person, records


def _open_pages(person: int) -> list[str]:
    """Pages about a person, or about many, that must be silent on a line the reader does not treat."""
    found = [reverse(name, args=[person]) for name in ("person", "person-timeline", "visit")]
    return [*found, *(reverse(name) for name in ("worklist", "route", "day-end", "registers", "api:worklist"))]


def _closed_pages(line: str, person: int, records: dict[str, int]) -> list[str]:
    """Pages that are not there for who does not treat."""
    from taizhang.kernel.registry import registry

    found = [reverse(name, args=[code]) for code in records for name in ("register", "register-export", "register-blank", "register-new")]
    found += [reverse("register-import", args=[code]) for code in records]
    for name in ("register-record", "register-edit", "register-remove"):
        found += [reverse(name, args=[code, pk]) for code, pk in records.items()]
    papers = {paper.register for paper in registry.papers.values()} & set(records)
    found += [reverse("paper", args=[code, records[code]]) for code in papers]
    found += [reverse("paper-day", args=[code, "2026-03-04"]) for code in papers]
    assert papers
    indicators = [i[-1] for i in registry.indicators.values() if i[-1].programme == line and i[-1].population is not None]
    found += [reverse("why", args=[i.code, CLINIC, person]) for i in indicators]
    return found + [reverse("members", args=[i.code, CLINIC, part]) for i in indicators for part in ("numerator", "gap")]


@pytest.mark.parametrize("line", LINES)
def test_who_does_not_treat_finds_nothing_of_a_person_s_sensitive_line(town: Town, enter_as: Any, line: str) -> None:
    """Person page and timeline, worklist, visit, registers, exports, printed forms, traces, explanations and the interface."""
    from taizhang.kernel.registry import registry
    from taizhang.web.api.tokens import make

    person, records = _patient(town, line)
    told = {SECRET, registry.programmes[line].name.zh, *(registry.registers[code].name.zh for code in records)}
    papers = {paper.register for paper in registry.papers.values()}
    for username in ("doctor", "township", "bureau", "cdc", "admin"):
        client = enter_as(username)
        opened = []
        for address in _open_pages(person.pk):
            headers = {"Authorization": f"Bearer {make(town.staff(username), 'tests', 30)}"} if address.startswith("/api/") else {}
            answer = client.get(address, headers=headers)
            opened.append(answer.status_code)
            assert answer.status_code in (200, 404), (username, address)
            assert not [word for word in told if word in answer.content.decode()], (username, address)
        assert 200 in opened
        for address in _closed_pages(line, person.pk, records):
            assert client.get(address).status_code == 404, (username, address)
        for code, pk in records.items():
            headers = {"Authorization": f"Bearer {make(town.staff(username), 'tests', 30)}"}
            for name, arguments in ((f"api:{code}-list", {}), (f"api:{code}-read", {"pk": pk})):
                answer = client.get(reverse(name, kwargs=arguments), headers=headers)
                assert answer.status_code == 404, (username, name)
    Staff.objects.filter(username="doctor").update(treats=line)
    client = enter_as("doctor")
    seen = {address: client.get(address).content.decode() for address in _open_pages(person.pk) if not address.startswith("/api/")}
    silent = {address for address, page in seen.items() if not any(word in page for word in told)}
    assert silent <= {reverse("day-end")}
    for code, pk in records.items():
        assert client.get(reverse("register-record", args=[code, pk])).status_code == 200
        exported = client.get(reverse("register-export", args=[code]))
        assert b"".join(exported.streaming_content)[:2] == b"PK"
        assert code not in papers or client.get(reverse("paper", args=[code, pk])).status_code == 200


# -- what stays constant, and what stays out of the logs ---------------------------------------------------------------


def test_the_number_of_queries_does_not_grow_with_the_members(town: Town, enter_as: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = enter_as("bureau")
    counts = {}
    for code in (FAR_CLINIC, CLINIC, SIBLING):  # 1, 3 and 60 members
        address = reverse("members", args=[CODE, code, "numerator"]) + PERIOD
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts[code] = len(queries)
    assert len(set(counts.values())) == 1, counts


def test_no_name_of_a_person_reaches_the_logs(town: Town, enter_as: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = enter_as("township")
    person = town.patients[CLINIC][0]
    client.get(reverse("members", args=[CODE, TOWNSHIP, "gap"]) + PERIOD)
    client.get(reverse("why", args=[CODE, CLINIC, person.pk]) + PERIOD)
    client.get(reverse("why", args=[CODE, CLINIC, town.patients[FAR_CLINIC][0].pk]) + PERIOD)
    client.get(reverse("members", args=[CODE, OTHER_TOWNSHIP, "numerator"]))
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    assert logged
    assert not [name for name in town.names if name in logged]
