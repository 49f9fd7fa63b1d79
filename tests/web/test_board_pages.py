"""The board's ways in and out: time, line of work, ranking and course, files, and the director's page."""

import io
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from .conftest import CLINIC, OTHER_TOWNSHIP, ROOT, TOWNSHIP, Town

PERIOD = "?period=2026H1"
FIGURE = "hypertension.managed"


def sheets(answer: Any) -> dict[str, list[list[Any]]]:
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


# -- ways in ---------------------------------------------------------------------------------------------------------------------


def test_the_board_leads_down_in_time_and_by_line_of_work(town: Town, enter_as: Any) -> None:
    answer = enter_as("bureau").get(reverse("board-of", args=[ROOT]) + "?period=2026-02")
    times = {period: on for _, period, on in answer.context["times"]}
    assert next(iter(times)) == "2026"
    assert times["2026-02"]
    assert "2026-06" in times
    assert "2026-07" not in times  # not begun
    assert reverse("line", args=[ROOT, "hypertension"]) + "?period=2026-02" in answer.content.decode()


def test_a_line_of_work_shows_its_figures_and_compares_the_units(town: Town, enter_as: Any) -> None:
    answer = enter_as("bureau").get(reverse("line", args=[ROOT, "hypertension"]) + PERIOD + f"&focus={FIGURE}")
    rows = {row.code: row for row in answer.context["group"].rows}
    assert rows[FIGURE].value == "64"
    assert answer.context["focus"].code == FIGURE
    assert {r.figure.organisation: r.value for r in answer.context["ranking"]} == {TOWNSHIP: "63", OTHER_TOWNSHIP: "1"}
    page = answer.content.decode()
    assert rows[FIGURE].url in page
    assert 'id="ranking-table"' in page  # the chart's numbers as text
    assert 'id="series-table"' in page


@pytest.mark.parametrize("name", ["line", "line-excel"])
def test_an_unknown_line_and_a_unit_outside_the_scope_are_not_told_apart(town: Town, enter_as: Any, name: str) -> None:
    client = enter_as("township")
    assert client.get(reverse(name, args=[TOWNSHIP, "nothing"])).status_code == 404
    assert client.get(reverse(name, args=[OTHER_TOWNSHIP, "hypertension"])).status_code == 404
    for address in ("board-excel", "director"):
        assert client.get(reverse(address, args=[ROOT])).status_code == 404
    for address in ("series-excel", "units-excel"):
        assert client.get(reverse(address, args=[FIGURE, ROOT])).status_code == 404
        assert client.get(reverse(address, args=["nothing", TOWNSHIP])).status_code == 404


# -- files ----------------------------------------------------------------------------------------------------------------------------


def test_the_board_is_taken_away_as_excel_with_numbers_as_numbers(town: Town, enter_as: Any) -> None:
    from taizhang.county.models import AuditEntry

    found = sheets(enter_as("bureau").get(reverse("board-excel", args=[ROOT]) + PERIOD))
    row = next(r for r in found["指标"] if r[1] == "管理高血压患者人数")
    assert row[3] == 64
    assert found["下级单位"][1][0] == "单位"
    assert AuditEntry.objects.filter(action="export", detail__file="board").count() == 1


def test_each_chart_is_taken_away_as_excel(town: Town, enter_as: Any) -> None:
    client = enter_as("bureau")
    units = sheets(client.get(reverse("units-excel", args=[FIGURE, ROOT]) + PERIOD))["下级单位"]
    assert [row[1] for row in units[2:]] == [63, 1]
    course = sheets(client.get(reverse("series-excel", args=[FIGURE, ROOT]) + PERIOD))["走势"]
    json = client.get(reverse("series", args=[FIGURE, ROOT]) + PERIOD).json()
    assert [row[0] for row in course[2:]] == json["labels"]
    assert [row[1] for row in course[2:]] == [float(v) if v is not None else "" for v in json["values"]]


def test_a_file_withholds_what_the_page_withholds(town: Town, enter_as: Any) -> None:
    """Two of HIV in a township is a small count: told to nobody but who treats them."""
    units = sheets(enter_as("bureau").get(reverse("units-excel", args=["hiv.found", ROOT]) + PERIOD))["下级单位"]
    assert {row[1] for row in units[2:]} == {"不公开"}
    assert {cell for row in units[2:] for cell in row[2:4]} == {""}
    own = sheets(enter_as("treating").get(reverse("units-excel", args=["hiv.found", ROOT]) + PERIOD))["下级单位"]
    assert [row[1] for row in own[2:]] == [12, 2]


# -- the director's page ----------------------------------------------------------------------------------------------------------------


def test_the_directors_page_says_who_answers(town: Town, enter_as: Any) -> None:
    from taizhang.figures.models import TargetDuty
    from taizhang.figures.targets import set_target

    set_target(FIGURE, ROOT, 2026, Decimal(1000), "年度任务书", actor="tests")
    TargetDuty.objects.create(indicator=FIGURE, year=2026, leader="样员副局长", department="疾控科")
    answer = enter_as("leader").get(reverse("director", args=[ROOT]) + PERIOD)
    assert len(answer.context["cards"]) <= 12
    (behind,) = [b for b in answer.context["behind"] if b.shown.code == FIGURE]
    assert (behind.who.leader, behind.who.department) == ("样员副局长", "疾控科")
    page = answer.content.decode()
    assert "样员副局长、疾控科" in page
    assert behind.shown.url.replace("&", "&amp;") in page


def test_three_that_lag_are_of_three_lines_of_work_and_the_widest_gap_is_first(town: Town, enter_as: Any) -> None:
    from taizhang.figures.targets import set_target

    set_target(FIGURE, ROOT, 2026, Decimal(100), "任务书", actor="tests")
    set_target("hypertension.standard_by_pace", ROOT, 2026, Decimal(90), "任务书", actor="tests")
    set_target("maternal.antenatal", ROOT, 2026, Decimal(280), "任务书", actor="tests")
    behind = enter_as("leader").get(reverse("director", args=[ROOT]) + PERIOD).context["behind"]
    lines = [b.shown.figure.indicator.programme for b in behind]
    assert lines[0] == "hypertension"
    assert behind[0].shown.code == "hypertension.standard_by_pace"
    assert len(lines) == len(set(lines)) <= 3


def test_what_waits_for_a_signature_is_to_be_decided_and_a_doctor_is_not_told(town: Town, enter_as: Any) -> None:
    from taizhang.kernel.periods import Period
    from taizhang.summaries.desk import sections
    from taizhang.summaries.desk.drafts import open_draft
    from taizhang.summaries.desk.models import WorkState

    by = town.staff("bureau")
    draft = open_draft(ROOT, "half", Period.parse("2026H1"), by=by)
    work = sections.assign(draft, "2", by, by=by)
    sections.step(work, WorkState.HANDED_IN, by=by)
    address = reverse("director", args=[ROOT]) + PERIOD
    told = [d.what.zh for d in enter_as("leader").get(address).context["decisions"]]
    assert "2026年上半年文稿1节待采用" in told
    assert len(told) <= 3
    sections.step(work, WorkState.ACCEPTED, by=by)
    assert "2026年上半年文稿待审定" in [d.what.zh for d in enter_as("leader").get(address).context["decisions"]]
    own = enter_as("doctor").get(reverse("director", args=[CLINIC]) + PERIOD)
    assert not [d for d in own.context["decisions"] if "文稿" in d.what.zh]


def test_queries_of_the_directors_page_do_not_grow_with_tasks(town: Town, enter_as: Any) -> None:
    from taizhang.figures.targets import set_target
    from taizhang.kernel.registry import registry

    client, address = enter_as("leader"), reverse("director", args=[ROOT]) + PERIOD

    def count() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    few = count()
    for code in list(registry.indicators)[:12]:
        set_target(code, ROOT, 2026, Decimal(50), "任务书", actor="tests")
    assert count() == few <= 12
