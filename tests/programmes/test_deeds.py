"""Deeds, problems and titles: records about nobody, stored, checked and stepped through their states; and the way to the summary."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.apps import apps
from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.county import recording
from taizhang.county.models import Change, PeriodLock
from taizhang.county.recording import RecordRefused
from taizhang.figures.compute import figures
from taizhang.figures.trace import trace
from taizhang.kernel.engines.duck import members as duck_members
from taizhang.kernel.engines.reference import ReferenceEngine
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.ledger import layout
from taizhang.ledger.consumer import sync
from taizhang.programmes.deeds import rules, states
from taizhang.programmes.deeds import simulate as simulated_deeds
from taizhang.programmes.deeds.models import Deed
from taizhang.programmes.lines import CHAPTERS, LINES, chapter_of_line
from taizhang.programmes.rectification import rules as problem_rules
from taizhang.programmes.rectification import simulate as simulated_problems
from taizhang.programmes.rectification import states as problem_states
from taizhang.programmes.rectification.models import Problem
from taizhang.programmes.titles import simulate as simulated_titles
from taizhang.programmes.titles import states as title_states
from taizhang.programmes.titles.models import Application
from taizhang.simulation.places import lay_out
from taizhang.summaries import chapters
from taizhang.summaries.build import build

from .cases import Tables, database

TODAY = date(2026, 6, 30)
H1 = Period.parse("2026H1")
BUREAU, CDC, TOWN = "990101", "990101-CDC", "990101101"


def deed(**facts: Any) -> Deed:
    values = {
        "organisation_id": BUREAU, "line": "hypertension", "kind": "1", "title": "高血压患者管理实施方案", "held_on": date(2026, 3, 2),
        "registered_on": date(2026, 3, 3),
    }  # fmt: skip
    return Deed(**{**values, **facts})


def problem(**facts: Any) -> Problem:
    values = {
        "organisation_id": TOWN, "line": "chapter_2", "source": "1", "clause": "随访记录不完整", "description": "抽查十份缺三份",
        "found_on": date(2026, 3, 2), "due_on": date(2026, 4, 2),
    }  # fmt: skip
    return Problem(**{**values, **facts})


def saved(record: Any, day: date = TODAY) -> Any:
    return recording.save(record, actor="bureau", day=day)


# -- lines of work -----------------------------------------------------------------------------------------------------------


def test_every_line_of_work_of_the_system_is_a_line_of_a_deed_in_the_chapter_that_tells_of_it() -> None:
    for programme in registry.programmes.values():
        assert LINES[programme.code] == programme.name
        assert chapter_of_line(programme.code) == chapters.chapter_of(programme.order).hundred
    assert list(CHAPTERS) == [c.hundred for c in (*chapters.CHAPTERS, chapters.OTHER)]


# -- deeds -------------------------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.dates(date(2024, 1, 1), date(2027, 1, 1)), st.integers(0, 60))
def test_working_days_are_mondays_to_fridays_after_the_day(first: date, days: int) -> None:
    counted = sum((first + timedelta(days=n)).weekday() < 5 for n in range(1, days + 1))
    assert rules.working_days_between(first, first + timedelta(days=days)) == counted


def test_a_deed_is_registered_checked_and_taken_in_each_with_its_day_and_account(county: Any) -> None:
    made = saved(deed())
    assert (made.recorded_by, made.state, made.registered_in) == ("bureau", rules.REGISTERED, 1)
    with pytest.raises(states.StepRefused, match="尚未审核"):
        states.use(made, actor="bureau", day=TODAY)
    states.check(made, actor=county.staff("bureau"), day=date(2026, 3, 4))
    states.use(made, actor="writer", day=date(2026, 4, 1))
    made.refresh_from_db()
    assert (made.checked_on, made.checked_by, made.used_on, made.used_by) == (date(2026, 3, 4), "bureau", date(2026, 4, 1), "writer")
    assert made.state == rules.USED
    with pytest.raises(states.StepRefused, match="已于2026-04-01入稿"):
        states.send_back(made, actor="bureau", day=TODAY)
    actors = [change.actor for change in Change.objects.filter(table="deeds_deed").order_by("id")]
    assert actors == ["bureau", "bureau", "writer"]


def test_what_is_wrong_with_a_deed_is_said_with_the_cure(county: Any) -> None:
    with pytest.raises(RecordRefused) as caught:
        saved(deed(line="dentistry", kind="", held_on=date(2026, 7, 1)))
    assert {fault.field for fault in caught.value.faults} == {"line", "kind", "held_on"}
    assert "工作条线没有“dentistry”这一项" in str(caught.value)
    saved(deed())
    with pytest.raises(RecordRefused, match="该单位2026-03-02已有一条工作纪实记录"):
        saved(deed())


def test_a_closed_month_keeps_its_deeds_and_those_of_the_units_below(county: Any) -> None:
    own, below = saved(deed()), saved(deed(organisation_id=CDC, title="疾控培训", kind="2"))
    march = date(2026, 3, 1)
    with pytest.raises(states.StepRefused, match="还没有结束"):
        states.close_month(BUREAU, march, actor="bureau", day=date(2026, 3, 31))
    with pytest.raises(states.StepRefused, match="还有2条工作纪实未审核"):
        states.close_month(BUREAU, march, actor="bureau", day=date(2026, 4, 3))
    for each in (own, below):
        states.check(each, actor="bureau", day=date(2026, 4, 3))
    states.close_month(BUREAU, march, actor="bureau", day=date(2026, 4, 3))
    with pytest.raises(RecordRefused, match="2026年03月工作纪实已于2026-04-03结账"):
        saved(deed(organisation_id=CDC, held_on=date(2026, 3, 31), registered_on=date(2026, 4, 4)))
    with pytest.raises(RecordRefused, match="已锁定"):
        recording.remove(below, actor="bureau", day=TODAY)
    saved(deed(held_on=date(2026, 4, 1), registered_on=date(2026, 4, 1)))
    states.use(own, actor="bureau", day=TODAY)  # a summary may still take in what the closed month holds
    assert states.closing_day(march) == date(2026, 4, 5)
    with pytest.raises(states.StepRefused, match="已于2026-04-03结账"):
        states.close_month(BUREAU, march, actor="bureau", day=TODAY)


def test_an_ordinary_lock_holds_for_deeds_too(county: Any) -> None:
    PeriodLock.objects.create(organisation_id=BUREAU, start=date(2026, 1, 1), end=date(2026, 3, 31), reason="季报已核定")
    with pytest.raises(RecordRefused, match="季报已核定"):
        saved(deed(organisation_id=TOWN))


def test_many_are_stored_as_if_saved_one_by_one(either_database: str, make_county: Any) -> None:
    make_county()
    rows = [
        {
            "organisation_id": unit, "line": "chapter_2", "source": "1", "clause": clause, "description": "抽查", "found_on": day,
            "due_on": day + timedelta(days=30),
        }
        for unit in (TOWN, "990101102") for clause in ("甲", "乙") for day in (date(2025, 3, 1), date(2026, 3, 1), date(2026, 3, 2))
    ]  # fmt: skip
    assert recording.check_many(Problem, rows, day=TODAY) == [[]] * len(rows)
    assert recording.apply_many(Problem, rows, actor="import") == len(rows)
    facts = Problem.objects.order_by("organisation_id", "clause", "found_on").values_list("repeated", flat=True)
    assert list(facts) == [False, True, True] * 4
    Problem.objects.all().delete()
    for row in rows:
        saved(Problem(**row))
    assert list(Problem.objects.order_by("organisation_id", "clause", "found_on").values_list("repeated", flat=True)) == list(facts)


# -- problems ----------------------------------------------------------------------------------------------------------------


def test_a_problem_goes_its_way_and_back_once(county: Any) -> None:
    made, r = saved(problem()), problem_rules
    assert made.state == r.FOUND
    with pytest.raises(problem_states.StepRefused, match="现为“发现”，不能转为“复核”。可以的下一步：交办"):
        problem_states.move(made, r.VERIFIED, actor="bureau", day=TODAY)
    problem_states.move(made, r.ASSIGNED, actor="bureau", day=date(2026, 3, 3), note="李样员")
    with pytest.raises(problem_states.StepRefused, match="没有整改佐证"):
        problem_states.move(made, r.MENDED, actor="township", day=date(2026, 3, 9))
    problem_states.move(made, r.MENDED, actor="township", day=date(2026, 3, 9), note="照片三张")
    problem_states.move(made, r.RETURNED, actor="bureau", day=date(2026, 3, 12))
    assert (made.state, made.mended_on, made.returned_times) == (r.RETURNED, None, 1)
    problem_states.move(made, r.MENDING, actor="township", day=date(2026, 3, 13), note="逐份补齐")
    problem_states.move(made, r.MENDED, actor="township", day=date(2026, 3, 20))
    problem_states.move(made, r.VERIFIED, actor="bureau", day=date(2026, 3, 25), note="王样员")
    problem_states.move(made, r.CLOSED, actor="bureau", day=date(2026, 3, 25))
    made.refresh_from_db()
    assert (made.state, made.owner, made.verified_by, made.mended_on) == (r.CLOSED, "李样员", "王样员", date(2026, 3, 20))
    with pytest.raises(problem_states.StepRefused, match="可以的下一步：无"):
        problem_states.move(made, r.RETURNED, actor="bureau", day=TODAY)


def test_removing_the_first_takes_the_repeat_from_the_second(county: Any) -> None:
    first = saved(problem(found_on=date(2025, 9, 1), due_on=date(2025, 10, 1)))
    second = saved(problem())
    assert second.repeated
    recording.remove(first, actor="bureau", day=TODAY)
    second.refresh_from_db()
    assert not second.repeated


@pytest.mark.parametrize(("left", "told"), [(8, None), (7, 7), (5, None), (3, 3), (0, 0), (-2, -2)])
def test_the_owner_is_reminded_before_the_deadline_and_the_superior_after_it(left: int, told: int | None) -> None:
    assert problem_rules.reminder(TODAY + timedelta(days=left), TODAY, (7, 3, 0)) == told


def test_reminders_name_what_is_due_and_what_is_past_its_day(county: Any) -> None:
    for number, left in enumerate((8, 7, 3, 0, -5)):
        saved(problem(clause=f"条款{'甲乙丙丁戊'[number]}", due_on=TODAY + timedelta(days=left)))
    saved(problem(clause="已改", due_on=TODAY, mended_on=date(2026, 3, 9)))
    found = problem_states.reminders({TOWN}, day=TODAY)
    assert [(each.clause, left) for each, left in found] == [("条款戊", -5), ("条款丁", 0), ("条款丙", 3), ("条款乙", 7)]
    assert problem_states.reminders({BUREAU}, day=TODAY) == []


# -- titles ------------------------------------------------------------------------------------------------------------------


def test_a_title_passes_its_stages_forward_only_and_is_reviewed_as_often_as_need_be(county: Any) -> None:
    made = saved(
        Application(
            organisation_id=TOWN, line="chapter_8", title="国家卫生乡镇", level="1", applied_on=date(2025, 3, 1), stage_on=date(2025, 3, 1)
        )
    )
    with pytest.raises(title_states.StepRefused, match="现为“申报”，不能转为“复审”"):
        title_states.advance(made, "7", actor="bureau", day=TODAY)
    title_states.advance(made, "3", actor="bureau", day=date(2025, 6, 1), score=905)
    with pytest.raises(title_states.StepRefused, match="不能转为“自评”"):
        title_states.advance(made, "2", actor="bureau", day=TODAY)
    title_states.advance(made, "6", actor="bureau", day=date(2025, 9, 1), certificate="第8号", expires_on=date(2028, 8, 31))
    title_states.advance(made, "7", actor="bureau", day=date(2026, 5, 1), expires_on=date(2029, 8, 31))
    title_states.advance(made, "7", actor="bureau", day=date(2026, 6, 1))
    made.refresh_from_db()
    assert (made.score, made.named_on, made.reviewed_on, made.expires_on) == (905, date(2025, 9, 1), date(2026, 6, 1), date(2029, 8, 31))


# -- checks ------------------------------------------------------------------------------------------------------------------

_DEED = {"organisation": BUREAU, "line": "hypertension", "kind": "2", "held_on": date(2026, 6, 1), "registered_on": date(2026, 6, 2)}
_PROBLEM = {"organisation": TOWN, "line": "chapter_2", "clause": "甲", "found_on": date(2026, 3, 2), "due_on": date(2026, 4, 2)}
_TITLE = {"organisation": TOWN, "line": "chapter_8", "applied_on": date(2024, 3, 2), "named_on": date(2025, 3, 2)}

# check -> table, what it finds, what it does not
FOUND_BY: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "deeds.registered_late": ("deed", _DEED | {"registered_in": 6}, _DEED | {"registered_in": 5}),
    "deeds.not_checked": ("deed", _DEED | {"registered_on": date(2026, 6, 22)}, _DEED | {"registered_on": date(2026, 6, 23)}),
    "deeds.document_without_number": ("deed", _DEED | {"kind": "1"}, _DEED | {"kind": "1", "document_number": "一号"}),
    "rectification.mended_on_the_day_found": (
        "problem", _PROBLEM | {"grade": "3", "mended_on": date(2026, 3, 2)}, _PROBLEM | {"grade": "3", "mended_on": date(2026, 3, 3)},
    ),
    "rectification.not_verified": (
        "problem", _PROBLEM | {"mended_on": date(2026, 5, 30)}, _PROBLEM | {"mended_on": date(2026, 5, 31)},
    ),
    "rectification.came_back": ("problem", _PROBLEM | {"repeated": True}, _PROBLEM | {"repeated": False}),
    "titles.lapsed": ("title_application", _TITLE | {"expires_on": date(2026, 6, 29)}, _TITLE | {"expires_on": date(2026, 6, 30)}),
    "titles.without_term": ("title_application", _TITLE, _TITLE | {"expires_on": date(2028, 3, 1)}),
}  # fmt: skip


@pytest.mark.parametrize("code", FOUND_BY)
def test_a_check_finds_the_one_and_leaves_the_other(code: str) -> None:
    check, (table, hit, missed) = registry.checks[code], FOUND_BY[code]
    tables: Tables = {name: [] for name in registry.contracts} | {table: [{"id": 1, **hit}, {"id": 2, **missed}]}
    engine = ReferenceEngine(tables, registry.parameters)
    assert check.population.rows is not None
    assert [row["id"] for row in engine.rows(check.population.rows, H1, None)] == [1, 2]
    assert [row["id"] for row in tables[table] if engine.value(check.condition, H1, row=row) is True] == [1]
    connection = database(tables)
    assert [m["member"] for m in duck_members(connection, check.population, [], H1, registry.parameters)] == [1, 2]
    connection.close()


def test_every_check_of_the_three_registers_is_tried() -> None:
    assert {code for code in registry.checks if code.split(".")[0] in ("deeds", "rectification", "titles")} == set(FOUND_BY)


# -- the simulated county ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", [simulated_deeds, simulated_problems, simulated_titles])
def test_the_simulated_county_writes_what_a_county_could(module: Any, county: Any) -> None:
    """Every simulated row passes the checks of a typed one, and holds what would be derived from it."""
    places = lay_out(4000, 1)
    rows = [
        (model, row)
        for model, row in module.report(places, date(2023, 11, 21), date(2026, 11, 21), Random("1"))
        if not model.startswith("returns.")
    ]
    assert len(rows) > (5 if module is simulated_titles else 40)
    model = apps.get_model(rows[0][0])
    known = ("990101101", "990101-CDC", BUREAU)
    # The small county has fewer institutions; whose deed it was is not what is tried here.
    plain = [{**row, "organisation_id": row["organisation_id"] if row["organisation_id"] in known else BUREAU} for _, row in rows]
    faults = [fault for each in recording.check_many(model, plain, day=date(2026, 11, 21)) for fault in each]
    assert faults == []
    assert len({row["id"] for _, row in rows}) == len(rows)
    histories: dict[str, list[Any]] = {}
    for _, row in rows:
        histories.setdefault(row["organisation_id"], []).append(model(**row))
    for history in histories.values():
        history.sort(key=lambda r: (getattr(r, model.DAY), r.pk))
        derived = [f.attname for f in model._meta.concrete_fields if not f.editable and f.attname not in ("recorded_at",)]
        before = [[getattr(record, name) for name in derived] for record in history]
        model.derive(history)
        assert [[getattr(record, name) for name in derived] for record in history] == before


# -- the whole road ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def empty_ledger(transactional_db: None) -> Iterator[None]:
    shutil.rmtree(layout.folder(), ignore_errors=True)
    yield
    shutil.rmtree(layout.folder(), ignore_errors=True)


def test_from_a_saved_deed_to_the_sentence_that_opens_its_chapter_and_back(empty_ledger: None, make_county: Any) -> None:
    make_county()
    made = [
        saved(deed()),
        saved(deed(title="高血压防治通知", held_on=date(2026, 4, 1), registered_on=date(2026, 4, 1))),
        saved(deed(organisation_id=CDC, kind="3", title="慢病培训班", persons=64, line="chapter_2")),
        saved(deed(organisation_id=CDC, kind="2", title="结核例会", line="tuberculosis")),
        saved(deed(kind="2", title="局务会", line="chapter_10")),
        saved(deed(kind="4", title="没有审核的督导", units=2)),
    ]
    for each in made[:-1]:
        states.check(each, actor="bureau", day=date(2026, 4, 2))
    saved(problem(mended_on=date(2026, 3, 9)))
    saved(problem(clause="健康档案更新不及时"))
    sync()
    [total] = figures(H1, BUREAU, indicators=["deeds.documents"], with_categories=False)
    assert total.numerator == 2
    traced = trace("deeds.documents", H1, BUREAU, category="chapter:2")
    assert [(m.member, m.resident, m.name) for m in traced.members] == [
        (made[0].pk, None, "高血压患者管理实施方案"), (made[1].pk, None, "高血压防治通知"),
    ]  # fmt: skip
    assert trace("deeds.documents", H1, BUREAU, category="line:hypertension").count == 2
    document = build(H1, BUREAU)
    sections = {s.chapter: s for s in document.parts[0].sections}
    opened = sections[2].paragraphs[0]
    assert opened.head is None  # it stands alone: the chapter's slogan is head enough
    assert [s.text() for s in opened.sentences] == [
        "印发《高血压患者管理实施方案》《高血压防治通知》等文件2份，举办培训1期、培训64人次。",
        "发现问题2个，已整改1个，整改率50.00%。",
    ]
    assert opened.sentences[0].text("en") == "Documents issued: 2; training courses: 1, attended 64 times. "
    assert [(s.figure.code, s.figure.category) for s in opened.sentences[0].spans()] == [
        ("deeds.documents", "chapter:2"), ("deeds.trainings", "chapter:2"), ("deeds.trained", "chapter:2"),
    ]  # fmt: skip
    assert [s.text() for s in sections[3].paragraphs[0].sentences] == ["召开会议1次。"]
    assert 5 not in sections  # no deeds, no figures: no word
    assert [p.head.zh for p in sections[10].paragraphs if p.head] == ["加强调度抓落实", "统筹推进各项工作"]
    assert "没有审核的督导" not in "".join(s.text() for s in document.sentences())
