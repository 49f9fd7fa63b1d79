"""Pages about people: finding somebody, one person, registering, moves and deaths, and the examination day."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from .conftest import CLINIC, FAR_CLINIC, SIBLING, Town

DAY_SHEET = "day-sheet"
PRESSURE = {"systolic": "150", "diastolic": "95", "height": "160.5", "weight": "60"}


@pytest.fixture
def somebody(town: Town) -> Any:
    return town.patients[CLINIC][0]


def _trail(count: int = 1) -> list[Any]:
    from taizhang.county.models import AuditEntry

    return list(AuditEntry.objects.order_by("-pk")[:count])


# -- finding -----------------------------------------------------------------------------------------------------------


def test_a_search_is_posted_shows_people_masked_and_leaves_no_trace_of_what_was_asked(somebody: Any, enter_as: Any) -> None:
    answer = enter_as("doctor").post(reverse("people"), {"q": somebody.name})
    page = answer.content.decode()
    assert "顾**" in page
    assert page.count(somebody.name) == 1  # what was typed stands in the box, nowhere else
    assert reverse("person", args=[somebody.pk]) in page
    entry = _trail()[0]
    assert (entry.action, somebody.name in str(entry.detail)) == ("search", False)


def test_a_search_asked_by_address_finds_nothing(somebody: Any, enter_as: Any) -> None:
    page = enter_as("doctor").get(reverse("people"), {"q": somebody.name}).content.decode()
    assert reverse("person", args=[somebody.pk]) not in page


def test_a_wrong_identity_number_is_told_and_stays_in_the_box(enter_as: Any, town: Town) -> None:
    answer = enter_as("doctor").post(reverse("people"), {"q": "990101195503010000"})
    assert answer.status_code == 422
    assert "990101195503010000" in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


def test_what_a_search_asks_of_the_database_does_not_grow_with_the_found(town: Town, enter_as: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = enter_as("bureau")
    client.post(reverse("people"), {"q": "顾样甲0"})
    with CaptureQueriesContext(connection) as few:
        client.post(reverse("people"), {"q": "顾样甲0"})
    with CaptureQueriesContext(connection) as many:
        client.post(reverse("people"), {"q": "顾"})
    assert len(many) == len(few) <= 12


def test_a_leader_has_no_door_to_people(enter_as: Any, somebody: Any) -> None:
    client = enter_as("leader")
    assert client.get(reverse("people")).status_code == 404
    assert client.get(reverse("person", args=[somebody.pk])).status_code == 404


# -- one person --------------------------------------------------------------------------------------------------------


def test_a_person_is_masked_until_opened_and_both_are_written_down(town: Town, enter_as: Any) -> None:
    person = town.resident("顾样明", identity_number="")
    client = enter_as("doctor")
    address = reverse("person", args=[person.pk])
    assert "顾样明" not in client.get(address).content.decode()
    assert [(e.action, e.resident, e.detail["purpose"]) for e in _trail()] == [("open_person", person.pk, "view")]
    assert "顾样明" in client.post(address).content.decode()
    assert [(e.action, e.resident, e.detail["purpose"]) for e in _trail()] == [("open_person", person.pk, "identity")]


def test_the_page_holds_what_was_done_what_is_lacking_and_a_course(somebody: Any, enter_as: Any, town: Town) -> None:
    from taizhang.programmes.hypertension.models import FollowUp

    FollowUp.objects.create(
        resident=somebody, organisation_id=CLINIC, visited_on=date(2026, 6, 3), way="1", outcome="1",
        systolic=144, diastolic=84, recorded_by="t",
    )  # fmt: skip
    page = enter_as("doctor").get(reverse("person", args=[somebody.pk]), {"period": "2026-01..2026-05"}).content.decode()
    done = page[page.index('class="timeline"') :]
    days = ("2026-06-03", "2026-05-03", "2026-02-03", "2020-01-01")  # the last: moved in
    assert [done.index(day) for day in days] == sorted(done.index(day) for day in days)
    assert 'data-points="2026-02-03=130;2026-05-03=130;2026-06-03=144"' in page
    assert "高血压患者规范管理率" in page
    assert "再随访" in page or "还差" in page  # what would mend it
    assert reverse("visit", args=[somebody.pk]) in page


def test_what_the_charts_draw_is_there_as_excel_and_written_down(somebody: Any, enter_as: Any, town: Town, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    (tmp_path / "courses.xlsx").write_bytes(enter_as("doctor").get(reverse("person-courses", args=[somebody.pk])).content)
    book = CalamineWorkbook.from_path(tmp_path / "courses.xlsx")
    rows = book.get_sheet_by_name("变化").to_python()
    assert ["收缩压", "mmHg", "2026-02-03", 130] in rows
    assert ["收缩压", "mmHg", "2026-05-03", 130] in rows
    assert [(e.action, e.resident) for e in _trail(2)] == [("export", somebody.pk), ("open_person", somebody.pk)]


def test_growth_goes_out_with_the_curves_it_is_seen_against(town: Town, enter_as: Any, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    from taizhang.programmes.children.models import InfantCheck

    child = town.resident("顾样婴", birth=date(2026, 1, 5), moved_in=date(2026, 1, 5))
    for month, weight in ((2, 450), (4, 660)):
        InfantCheck.objects.create(resident=child, organisation_id=CLINIC, visited_on=date(2026, month, 5), weight=weight, recorded_by="t")
    (tmp_path / "courses.xlsx").write_bytes(enter_as("doctor").get(reverse("person-courses", args=[child.pk])).content)
    book = CalamineWorkbook.from_path(tmp_path / "courses.xlsx")
    growth = book.get_sheet_by_name(book.sheet_names[0]).to_python()
    assert [row[:3] for row in growth[2:4]] == [["2026-02-05", 1.02, 4.5], ["2026-04-05", 2.96, 6.6]]
    assert growth[1][3:] == ["−3SD", "−2SD", "−1SD", "M", "+1SD", "+2SD", "+3SD"]


def test_why_counted_on_the_page_is_what_the_explanation_says(somebody: Any, enter_as: Any, town: Town) -> None:
    """The page reads the records as they stand in the database, the explanation the ledger's."""
    from taizhang.figures.why import why, why_now
    from taizhang.kernel.explain import Judgement
    from taizhang.kernel.periods import Period
    from taizhang.kernel.registry import registry
    from taizhang.programmes.hypertension.models import Case, FollowUp

    period = Period.parse("2026-01..2026-05")
    every = [indicator for indicator in registry.indicators_on(period.cutoff) if indicator.population is not None]
    together = why_now(every, somebody.pk, period)
    assert {"hypertension.managed", "hypertension.standard"} <= set(together) < {indicator.code for indicator in every}
    for indicator in every:
        explained = why(indicator.code, somebody.pk, period)
        said = Judgement(explained.counted, explained.mend) if explained.counted_in_denominator else None
        assert together.get(indicator.code) == said, indicator.code
    case, visits = Case.objects.get(resident=somebody), FollowUp.objects.filter(resident=somebody).order_by("-pk")
    at_hand = {"resident": [somebody], Case.CONTRACT.table: [case], FollowUp.CONTRACT.table: list(visits)}
    assert why_now(every, somebody.pk, period, at_hand=at_hand) == together


def test_queries_of_a_persons_page_do_not_grow_with_what_was_done(town: Town, enter_as: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from taizhang.programmes.hypertension.models import FollowUp

    person = town.patients[CLINIC][2]
    FollowUp.objects.create(resident=person, organisation_id=CLINIC, visited_on=date(2025, 1, 3), way="1", outcome="1", recorded_by="t")
    client, address = enter_as("doctor"), reverse("person", args=[person.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for day in range(1, 29):
        FollowUp.objects.create(
            resident=person, organisation_id=CLINIC, visited_on=date(2025, 2, day), way="1", outcome="1", recorded_by="t"
        )
    with CaptureQueriesContext(connection) as many:
        page = client.get(address).content.decode()
    assert len(many) == len(few) <= 15
    assert reverse("person-timeline", args=[person.pk]) in page  # a page of it; the rest follows
    rest = client.get(reverse("person-timeline", args=[person.pk]), {"after": "25"}, headers={"HX-Request": "true"}).content.decode()
    assert "2025-01-03" in rest
    assert "<html" not in rest


@pytest.mark.parametrize("name", ["person", "person-timeline", "person-courses", "person-death", "person-move"])
def test_somebody_outside_the_scope_is_as_unknown_as_nobody(town: Town, enter_as: Any, name: str) -> None:
    client = enter_as("doctor")
    for resident in (town.patients[FAR_CLINIC][0].pk, 10**9):
        assert client.get(reverse(name, args=[resident])).status_code == 404


def test_the_household_is_masked_and_leads_only_where_the_reader_may_go(town: Town, enter_as: Any) -> None:
    from taizhang.county.models import Household, Organisation, Resident

    home = Household.objects.create(
        division_id=Organisation.objects.get(pk=CLINIC).division_id, number="99010110120100077", address="河湾村7号"
    )
    near, far = town.patients[CLINIC][1], town.patients[FAR_CLINIC][0]
    Resident.objects.filter(pk__in=[town.patients[CLINIC][0].pk, near.pk, far.pk]).update(household=home)
    page = enter_as("doctor").get(reverse("person", args=[town.patients[CLINIC][0].pk])).content.decode()
    assert reverse("person", args=[near.pk]) in page
    assert reverse("person", args=[far.pk]) not in page
    assert near.name not in page
    assert "河湾村7号" not in page  # an address identifies: with the rest of the identity only


# -- registering, moving, dying ----------------------------------------------------------------------------------------


NEW = {"name": "顾样新", "sex": "2", "birth_date": "1990-03-04", "registration": "1", "moved_in": "2026-01-05", "organisation": CLINIC}


def test_a_resident_is_registered_with_a_new_household(enter_as: Any, town: Town) -> None:
    from taizhang.county.models import Resident

    answer = enter_as("doctor").post(reverse("person-new"), {**NEW, "address": "河湾村1组9号", "relation": "01"})
    made = Resident.objects.get(name="顾样新")
    assert answer.url == reverse("person", args=[made.pk])
    assert (made.household.address, made.relation, made.residencies.get().organisation_id) == ("河湾村1组9号", "01", CLINIC)
    assert made.household.number.startswith(made.household.division_id)


def test_a_faulty_registration_writes_nothing_and_keeps_what_was_typed(enter_as: Any, town: Town) -> None:
    from taizhang.county.models import Household, Resident

    before = Resident.objects.count(), Household.objects.count()
    typed = {**NEW, "birth_date": "2026-02-30", "identity_number": "99010119900304000X", "address": "河湾村1组9号"}
    answer = enter_as("doctor").post(reverse("person-new"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "顾样新" in page
    assert "河湾村1组9号" in page
    assert 'id="fault-birth_date"' in page
    answer = enter_as("doctor").post(reverse("person-new"), {**typed, "birth_date": "1990-03-04"})
    assert 'id="fault-identity_number"' in answer.content.decode()
    assert (Resident.objects.count(), Household.objects.count()) == before


def test_nobody_is_registered_for_a_place_of_others(enter_as: Any, town: Town) -> None:
    answer = enter_as("doctor").post(reverse("person-new"), {**NEW, "organisation": FAR_CLINIC})
    assert answer.status_code == 422
    assert 'id="fault-organisation"' in answer.content.decode()


@pytest.fixture
def details(somebody: Any) -> dict[str, str]:
    """What the form of corrections is filled with, as a browser sends it back."""
    lived = somebody.residencies.get().started_on.isoformat()
    return {
        "name": somebody.name, "sex": somebody.sex, "birth_date": somebody.birth_date.isoformat(), "phone": somebody.phone,
        "registration": somebody.registration, "moved_in": lived, "identity_number": "", "address": "", "relation": "",
    }  # fmt: skip


def _opened(client: Any, address: str) -> dict[str, str]:
    return {"seen": client.get(address).context["seen"]}


def test_details_are_corrected_and_the_number_is_never_in_the_form(somebody: Any, enter_as: Any, details: dict[str, str]) -> None:
    client, address = enter_as("doctor"), reverse("person-correct", args=[somebody.pk])
    page = client.get(address)
    assert somebody.name in page.content.decode()
    answer = client.post(address, {**details, **_opened(client, address), "phone": "13911112222", "address": "河湾村1组9号"})
    assert answer.url == reverse("person", args=[somebody.pk])
    somebody.refresh_from_db()
    assert (somebody.phone, somebody.household.address) == ("13911112222", "河湾村1组9号")
    assert [(entry.action, entry.detail["purpose"]) for entry in _trail()] == [("open_person", "write")]


def test_a_wrong_correction_is_told_at_the_box_and_what_was_typed_stays(somebody: Any, enter_as: Any, details: dict[str, str]) -> None:
    client, address = enter_as("doctor"), reverse("person-correct", args=[somebody.pk])
    wrong = {**details, **_opened(client, address), "phone": "12", "birth_date": "2026-02-30", "name": "顾<b>"}
    answer = client.post(address, wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="fault-birth_date"' in page
    assert "顾&lt;b&gt;" in page
    answer = client.post(address, {**wrong, "birth_date": details["birth_date"]})
    assert 'id="fault-phone"' in answer.content.decode()
    somebody.refresh_from_db()
    assert somebody.name == details["name"]


def test_what_another_corrected_meanwhile_is_shown_before_it_is_overwritten(somebody: Any, enter_as: Any, details: dict[str, str]) -> None:
    client, address = enter_as("doctor"), reverse("person-correct", args=[somebody.pk])
    opened = _opened(client, address)
    client.post(address, {**details, **opened, "phone": "13911112222"})
    answer = client.post(address, {**details, **opened, "phone": "13933334444"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "现为：13911112222" in page
    assert "13933334444" in page
    client.post(address, {**details, "seen": answer.context["seen"], "phone": "13933334444"})
    somebody.refresh_from_db()
    assert somebody.phone == "13933334444"


def test_a_move_within_the_county_closes_one_line_and_opens_the_next(somebody: Any, enter_as: Any) -> None:
    answer = enter_as("doctor").post(reverse("person-move", args=[somebody.pk]), {"organisation": SIBLING, "moved_on": "2026-05-10"})
    assert answer.url == reverse("people")  # no longer the reader's
    assert list(somebody.residencies.order_by("started_on").values_list("organisation_id", "ended_on")) == [
        (CLINIC, date(2026, 5, 9)),
        (SIBLING, None),
    ]


def test_a_move_before_the_last_is_told_at_the_field(somebody: Any, enter_as: Any) -> None:
    answer = enter_as("doctor").post(reverse("person-move", args=[somebody.pk]), {"organisation": SIBLING, "moved_on": "2019-05-10"})
    assert answer.status_code == 422
    assert 'id="fault-moved_on"' in answer.content.decode()
    assert somebody.residencies.count() == 1


def test_a_death_is_entered_refused_twice_and_taken_back(somebody: Any, enter_as: Any) -> None:
    client, address = enter_as("doctor"), reverse("person-death", args=[somebody.pk])
    assert client.post(address, {"died_on": "1900-01-01"}).status_code == 422
    client.post(address, {"died_on": "2026-05-20"})
    somebody.refresh_from_db()
    assert somebody.died_on == date(2026, 5, 20)
    client.post(address, {"withdraw": "1"})
    somebody.refresh_from_db()
    assert somebody.died_on is None


# -- the examination day -----------------------------------------------------------------------------------------------


@pytest.fixture
def sheet(town: Town, enter_as: Any) -> Any:
    """The doctor at the sheet of the general measures, everybody of the village put on it by being due or not."""
    from taizhang.worklist.listing import rebuild

    rebuild()
    return enter_as("doctor")


def _typed(resident: int, values: dict[str, str], version: str = "") -> dict[str, str]:
    return {f"r{resident}-{name}": value for name, value in values.items()} | {f"r{resident}-version": version}


def _at(name: str, *rest: Any) -> str:
    return reverse(name, args=["examinations", *rest]) + "?section=1"


def test_the_sheet_has_a_row_for_who_is_due_and_a_column_for_what_is_measured(sheet: Any, town: Town) -> None:
    page = sheet.get(_at(DAY_SHEET)).content.decode()
    assert page.count("<tr data-row=") == len(town.patients[CLINIC])  # hypertension patients are due a yearly examination
    assert 'id="c-systolic"' in page
    assert town.patients[CLINIC][0].name not in page
    assert "顾**" in page


def test_a_row_is_saved_when_it_is_left_with_what_the_rules_make_of_it(sheet: Any, somebody: Any, town: Town) -> None:
    from taizhang.programmes.health_records.models import Examination

    told = sheet.post(_at("day-sheet-row", somebody.pk), _typed(somebody.pk, PRESSURE)).content.decode()
    made = Examination.objects.get(resident=somebody)
    assert (made.systolic, made.weight, made.body_mass_index, made.examined_on) == (150, 600, 233, town.day)
    assert "data-saved" in told
    assert "23.3" in told


def test_foreseeing_shows_the_same_and_writes_nothing(sheet: Any, somebody: Any) -> None:
    from taizhang.programmes.health_records.models import Examination

    told = sheet.post(_at("day-sheet-foresee", somebody.pk), _typed(somebody.pk, PRESSURE)).content.decode()
    assert "23.3" in told
    assert "data-saved" not in told
    assert not Examination.objects.exists()


def test_a_value_out_of_range_or_against_a_rule_is_told_and_nothing_is_written(sheet: Any, somebody: Any) -> None:
    from taizhang.programmes.health_records.models import Examination

    told = sheet.post(_at("day-sheet-row", somebody.pk), _typed(somebody.pk, {**PRESSURE, "weight": "9000"})).content.decode()
    assert 'data-faulty="weight ' in told
    told = sheet.post(_at("day-sheet-row", somebody.pk), _typed(somebody.pk, {**PRESSURE, "diastolic": "160"})).content.decode()
    assert "diastolic" in told
    assert not Examination.objects.exists()


def test_another_heading_fills_the_same_record_and_leaves_the_first_alone(sheet: Any, somebody: Any) -> None:
    from taizhang.programmes.health_records.models import Examination

    sheet.post(_at("day-sheet-row", somebody.pk), _typed(somebody.pk, PRESSURE))
    tests = reverse("day-sheet-row", args=["examinations", somebody.pk]) + "?section=5"
    told = sheet.post(tests, _typed(somebody.pk, {"haemoglobin": "130", "ecg": "1"})).content.decode()
    made = Examination.objects.get(resident=somebody)
    assert (made.haemoglobin, made.ecg, made.systolic) == (130, "1", 150), told


def test_a_row_changed_by_another_meanwhile_is_asked_about_then_the_own_stands(sheet: Any, somebody: Any) -> None:
    import re

    from taizhang.programmes.health_records.models import Examination

    address = _at("day-sheet-row", somebody.pk)
    told = sheet.post(address, _typed(somebody.pk, PRESSURE)).content.decode()
    seen = re.search(r'-version" value="(\w+)"', told)
    assert seen is not None
    Examination.objects.update(systolic=160)
    told = sheet.post(address, _typed(somebody.pk, {**PRESSURE, "systolic": "152"}, seen[1])).content.decode()
    assert "有人改过这一行" in told
    assert Examination.objects.get().systolic == 160
    anew = re.search(r'-version" value="(\w+)"', told)
    assert anew is not None
    sheet.post(address, _typed(somebody.pk, {**PRESSURE, "systolic": "152"}, anew[1]))
    assert Examination.objects.get().systolic == 152


def test_without_scripts_one_button_saves_the_good_rows_and_keeps_the_others(sheet: Any, town: Town) -> None:
    from taizhang.programmes.health_records.models import Examination

    good, wrong = town.patients[CLINIC][0], town.patients[CLINIC][1]
    answer = sheet.post(_at(DAY_SHEET), _typed(good.pk, PRESSURE) | _typed(wrong.pk, {**PRESSURE, "systolic": "9"}))
    assert answer.status_code == 422
    assert f'name="r{wrong.pk}-systolic" value="9"' in answer.content.decode()
    assert [e.resident_id for e in Examination.objects.all()] == [good.pk]


def test_queries_of_the_sheet_do_not_grow_with_its_rows(town: Town, enter_as: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from taizhang.worklist.listing import rebuild

    rebuild()
    client = enter_as("admin")
    client.get(_at(DAY_SHEET))
    counts = []
    for place in (CLINIC, SIBLING):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"{_at(DAY_SHEET)}&place={place}").content.decode()
        counts.append((len(asked), page.count("<tr data-row=")))
    assert counts[0][1] < counts[1][1]
    assert counts[0][0] == counts[1][0]


def test_somebody_who_was_not_due_is_put_on_by_number(sheet: Any, town: Town) -> None:
    from taizhang.county.models import Resident

    guest = town.resident("顾样客", birth=date(1990, 1, 1))
    Resident.objects.filter(pk=guest.pk).update(record_number="99010110120100088")
    assert f'data-row="{guest.pk}"' not in sheet.get(_at(DAY_SHEET)).content.decode()
    sheet.post(_at("day-sheet-add"), {"number": "99010110120100088"})
    assert f'data-row="{guest.pk}"' in sheet.get(_at(DAY_SHEET)).content.decode()


def test_a_row_of_somebody_elses_patient_is_not_found(sheet: Any, town: Town) -> None:
    far = town.patients[FAR_CLINIC][0]
    assert sheet.post(_at("day-sheet-row", far.pk), _typed(far.pk, PRESSURE)).status_code == 404
    assert sheet.post(_at("day-sheet-foresee", far.pk), _typed(far.pk, PRESSURE)).status_code == 404


def test_who_writes_for_nobody_has_no_sheet(enter_as: Any, town: Town) -> None:
    assert enter_as("cdc").get(reverse("examination-day")).status_code == 404


# -- laboratory results ------------------------------------------------------------------------------------------------


def _file(*rows: list[str]) -> BytesIO:
    import xlsxwriter

    stored = BytesIO()
    book = xlsxwriter.Workbook(stored, {"in_memory": True})
    page = book.add_worksheet("结果")
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            page.write_string(number, place, text)
    book.close()
    stored.seek(0)
    stored.name = "results.xlsx"
    return stored


@pytest.fixture
def numbered(town: Town) -> list[Any]:
    from taizhang.county.models import Resident

    people = town.patients[CLINIC]
    for place, person in enumerate(people):
        Resident.objects.filter(pk=person.pk).update(record_number=f"990101101201001{place:02}")
    return people


def test_results_go_into_the_days_records_and_what_cannot_comes_back_with_reasons(sheet: Any, town: Town, numbered: list[Any]) -> None:
    from taizhang.programmes.health_records.models import Examination

    first, second, third = numbered
    sheet.post(_at("day-sheet-row", first.pk), _typed(first.pk, PRESSURE))
    rows = (
        ["健康档案编号", "姓名", "血红蛋白", "空腹血糖（mmol/L）", "尿蛋白"],
        ["99010110120100100", first.name, "128", "6.1", "-"],
        ["99010110120100101", second.name, "", "5.4", ""],
        ["99010110120100102", "错名", "130", "", ""],
        ["99010110120199999", "", "130", "", ""],
    )
    answer = sheet.post(_at("day-sheet-results"), {"file": _file(*rows)}, follow=True)
    page = answer.content.decode()
    made = Examination.objects.get(resident=first)
    assert (made.haemoglobin, made.fasting_glucose, made.urine_protein, made.systolic) == (128, 61, "1", 150)
    assert Examination.objects.get(resident=second).fasting_glucose == 54
    assert not Examination.objects.filter(resident=third).exists()
    assert "串行" in page
    reasons = sheet.get(reverse("day-sheet-reasons", args=["examinations", answer.request["PATH_INFO"].rstrip("/").rpartition("/")[2]]))
    assert b"".join(reasons.streaming_content)[:2] == b"PK"


def test_a_file_with_an_unknown_heading_or_no_workbook_is_refused_whole(sheet: Any, numbered: list[Any]) -> None:
    from taizhang.programmes.health_records.models import Examination

    answer = sheet.post(_at("day-sheet-results"), {"file": _file(["健康档案编号", "血红素"], ["99010110120100100", "128"])})
    assert answer.status_code == 422
    assert "血红素" in answer.content.decode()
    wrong = BytesIO(b"<html>")
    wrong.name = "results.xlsx"
    assert sheet.post(_at("day-sheet-results"), {"file": wrong}).status_code == 422
    assert sheet.post(_at("day-sheet-results"), {}).status_code == 422
    assert not Examination.objects.exists()
