"""Registers on pages: lists, one record, its form, removing, files in and out, reassignment; and who may do what."""

import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from taizhang.county.models import AuditEntry, PeriodLock, Residency, Staff
from taizhang.kernel.registry import registry
from taizhang.programmes.deeds.models import Deed
from taizhang.programmes.hypertension.models import Case, FollowUp
from taizhang.web.registers import listing

from .conftest import CLINIC, FAR_CLINIC, ROOT, SIBLING, Town

VISITS, CASES = "hypertension_follow_ups", "hypertension_cases"
VISIT = {"organisation": CLINIC, "visited_on": "2026-06-20", "way": "1", "outcome": "1", "systolic": "142", "diastolic": "88"}


@pytest.fixture(autouse=True)
def _writers(town: Town) -> None:
    """Those of the town who may write: the doctor, the township, the administrator."""
    assert {"doctor", "township", "admin"} <= set(Staff.objects.values_list("username", flat=True))


def url(name: str, *arguments: Any) -> str:
    return reverse(name, args=arguments)


def visit(town: Town, clinic: str = CLINIC, day: date = date(2026, 6, 1), **facts: Any) -> FollowUp:
    from taizhang.county.recording import save

    values = {"way": "1", "outcome": "1", "systolic": 150, "diastolic": 90} | facts
    return save(FollowUp(resident=town.patients[clinic][0], organisation_id=clinic, visited_on=day, **values), actor="tests", day=town.day)


# -- lists -------------------------------------------------------------------------------------------------------------


def test_the_index_lists_every_register_with_what_it_holds(town: Town, enter_as: Any) -> None:
    page = enter_as("doctor").get(url("registers"))
    told = {entry.asked.register.code: entry.count for _, entries in page.context["groups"] for entry in entries}
    sensitive = {code for code, programme in registry.programmes.items() if programme.sensitive}
    kept = {code for code, register in registry.registers.items() if register.sensitive_for}
    assert set(told) == {code for code, register in registry.registers.items() if register.programme not in sensitive} - kept
    assert (told[CASES], told[VISITS]) == (3, 2)


def test_a_list_is_masked_audited_and_turned_by_key_there_and_back(town: Town, enter_as: Any) -> None:
    client = enter_as("township")
    first = client.get(url("register", CASES))
    keys = [line.pk for line in first.context["lines"]]
    assert len(keys) == 50
    assert first.context["count"] == 63
    assert not [name for name in town.names if name in first.content.decode()]
    second = client.get(url("register", CASES), {"after": first.context["after"]})
    rest = [line.pk for line in second.context["lines"]]
    assert sorted(keys + rest) == sorted(Case.objects.filter(organisation__code__startswith="990101101").values_list("pk", flat=True))
    assert second.context["after"] == ""
    back = client.get(url("register", CASES), {"before": second.context["before"]})
    assert [line.pk for line in back.context["lines"]] == keys
    assert back.context["before"] == ""
    lines = list(AuditEntry.objects.order_by("id"))
    assert [(line.action, line.detail) for line in lines] == [
        ("list_people", {"filter": {"register": CASES}, "count": count}) for count in (50, 13, 50)
    ]


def test_a_row_written_meanwhile_shifts_no_page(town: Town, enter_as: Any) -> None:
    client = enter_as("township")
    after = client.get(url("register", CASES)).context["after"]
    before = [line.pk for line in client.get(url("register", CASES), {"after": after}).context["lines"]]
    Case.objects.create(
        resident=town.patients[CLINIC][0], organisation_id=CLINIC, enrolled_on=date(2026, 6, 1), diagnosed_on=date(2026, 6, 1)
    )
    assert [line.pk for line in client.get(url("register", CASES), {"after": after}).context["lines"]] == before


def test_filters_stand_in_the_address_and_a_wrong_one_is_told(town: Town, enter_as: Any) -> None:
    client = enter_as("township")
    visit(town, way="2")
    shown = client.get(url("register", VISITS), {"way": "2"})
    assert [line.cells[2].text for line in shown.context["lines"]] == ["家庭"]
    assert "way=2" in shown.context["query"]
    both = client.get(url("register", VISITS), {"way": ["1", "2"], "visited_on_from": "2026-05-01"})
    assert both.context["count"] == 2
    assert client.get(url("register", CASES), {"organisation": SIBLING}).context["count"] == 60
    wrong = client.get(url("register", VISITS), {"way": "9", "visited_on_to": "soon", "organisation": FAR_CLINIC, "after": "zzz"})
    assert wrong.status_code == 200
    said = wrong.content.decode()
    for told in ("没有“9”这一项", "日期“soon”无法识别", "不在您的权限范围内", "翻页位置无法识别"):
        assert told in said


def test_columns_are_chosen_in_the_address(town: Town, enter_as: Any) -> None:
    page = enter_as("doctor").get(url("register", VISITS), {"column": ["systolic", "visit_class", "weight"]})
    assert [field for field, *_ in page.context["columns"]] == ["systolic", "weight"]
    assert "column=systolic&column=weight" in page.context["query"]


def test_queries_do_not_grow_with_rows(town: Town, enter_as: Any) -> None:
    client = enter_as("township")
    counts = []
    for organisation in (CLINIC, SIBLING):  # 3 and 50 rows
        address = url("register", CASES) + f"?organisation={organisation}"
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_every_register_can_be_turned_by_its_order() -> None:
    """A page is found by the order's values: none of them may be missing."""
    from taizhang.county.reach import model_of

    for register in registry.registers.values():
        for name in register.order:
            assert not model_of(register)._meta.get_field(name.lstrip("-")).null, (register.code, name)


# -- one record --------------------------------------------------------------------------------------------------------


def test_a_record_is_shown_by_section_with_what_the_rules_made_of_it(town: Town, enter_as: Any) -> None:
    made = visit(town)
    page = enter_as("doctor").get(url("register-record", VISITS, made.pk))
    text = page.content.decode()
    assert town.patients[CLINIC][0].name in text
    assert {shown.label.zh: shown.text for section in page.context["sections"] for shown in section.fields}["收缩压"] == "150 mmHg"
    assert "控制不满意" in " ".join(shown.text for shown in page.context["outcome"])
    (line,) = AuditEntry.objects.all()
    assert (line.action, line.resident) == ("open_person", town.patients[CLINIC][0].pk)


def test_a_changed_record_tells_who_changed_what(town: Town, enter_as: Any) -> None:
    made = visit(town)
    client = enter_as("doctor")
    form = client.get(url("register-edit", VISITS, made.pk))
    version = form.context["version"]
    sent = client.post(url("register-edit", VISITS, made.pk), {**VISIT, "visited_on": "2026-06-01", "version": version})
    assert (sent.status_code, sent["Location"]) == (302, url("register-record", VISITS, made.pk))
    steps = client.get(url("register-record", VISITS, made.pk)).context["steps"]
    assert steps[0].who == "样员doctor"
    told = {(d.label.zh, d.before, d.after) for d in steps[0].differences}
    assert {("收缩压", "150 mmHg", "142 mmHg"), ("舒张压", "90 mmHg", "88 mmHg")} <= told


def test_faults_stand_at_their_fields_and_typed_work_is_kept(town: Town, enter_as: Any) -> None:
    made = visit(town)
    client = enter_as("doctor")
    page = client.post(
        url("register-edit", VISITS, made.pk),
        {**VISIT, "systolic": "999", "diastolic": "abc", "visited_on": "2027-01-01", "other_signs": "<script>x</script>", "version": "0"},
    )
    assert page.status_code == 422
    faults = {one.name: one.faults[0].zh for one in page.context["form"].faulty}
    assert "超出合理范围" in faults["systolic"]
    assert "应填数字" in faults["diastolic"]
    text = page.content.decode()
    assert 'value="999"' in text
    assert "&lt;script&gt;" in text
    assert "<script>x" not in text
    assert FollowUp.objects.get(pk=made.pk).systolic == 150
    rule = client.post(url("register-edit", VISITS, made.pk), {**VISIT, "systolic": "80", "diastolic": "90", "version": str(10**17)})
    assert rule.status_code == 422
    assert [one.name for one in rule.context["form"].faulty] == ["systolic"]


def test_a_form_left_open_while_another_changed_the_record(town: Town, enter_as: Any) -> None:
    made = visit(town)
    client = enter_as("doctor")
    version = client.get(url("register-edit", VISITS, made.pk)).context["version"]
    other = Client()
    other.force_login(town.staff("township"))
    other.post(url("register-edit", VISITS, made.pk), {**VISIT, "visited_on": "2026-06-01", "systolic": "131", "version": version})
    mine = {**VISIT, "visited_on": "2026-06-01", "systolic": "155", "version": version}
    met = client.post(url("register-edit", VISITS, made.pk), mine)
    assert met.status_code == 409
    assert "样员township" in met.content.decode()
    assert 'value="155"' in met.content.decode()
    assert FollowUp.objects.get(pk=made.pk).systolic == 131
    again = client.post(url("register-edit", VISITS, made.pk), {**mine, "version": met.context["version"]})
    assert again.status_code == 302
    assert FollowUp.objects.get(pk=made.pk).systolic == 155


def test_what_the_rules_make_anew_is_in_nobodys_way(town: Town, enter_as: Any) -> None:
    """Another visit changes when this one was answered; the form stays good."""
    made = visit(town)
    client = enter_as("doctor")
    version = client.get(url("register-edit", VISITS, made.pk)).context["version"]
    visit(town, day=date(2026, 6, 15))
    assert FollowUp.objects.get(pk=made.pk).answered_on == date(2026, 6, 15)
    assert client.post(url("register-edit", VISITS, made.pk), {**VISIT, "visited_on": "2026-06-01", "version": version}).status_code == 302


def test_adding_twice_writes_once(town: Town, enter_as: Any) -> None:
    client = enter_as("doctor")
    person = town.resident("何样新", clinic=0, record_number="99010110110177777")
    sent = {**VISIT, "resident": "99010110110177777"}
    first, second = (client.post(url("register-new", VISITS), sent) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    made = FollowUp.objects.get(resident=person)
    assert (made.systolic, made.recorded_by) == (142, "doctor")
    other = client.post(url("register-new", VISITS), {**sent, "systolic": "150"})
    assert other.status_code == 422
    assert "已有一条" in other.content.decode()


def test_nobody_is_entered_outside_the_scope(town: Town, enter_as: Any) -> None:
    outsider = town.resident("何样外", clinic=1, record_number="99010110110277777")
    client = enter_as("doctor")
    page = client.post(url("register-new", VISITS), {**VISIT, "resident": outsider.record_number})
    assert page.status_code == 422
    assert "不在您的权限范围内" in page.content.decode()
    place = client.post(url("register-new", VISITS), {**VISIT, "resident": outsider.record_number, "organisation": SIBLING})
    assert "organisation" in {one.name for one in place.context["form"].faulty}
    assert not FollowUp.objects.filter(resident=outsider).exists()


def test_a_record_is_removed_with_a_reason_and_not_in_a_locked_period(town: Town, enter_as: Any) -> None:
    made = visit(town)
    client = enter_as("doctor")
    assert client.post(url("register-remove", VISITS, made.pk), {"reason": "other"}).status_code == 422
    lock = PeriodLock.objects.create(organisation_id=ROOT, start=date(2026, 6, 1), end=date(2026, 6, 30), reason="上报")
    held = client.post(url("register-remove", VISITS, made.pk), {"reason": "doubled"})
    assert held.status_code == 422
    assert "已锁定：上报" in held.content.decode()
    lock.delete()
    assert client.post(url("register-remove", VISITS, made.pk), {"reason": "other", "note": "测试"}).status_code == 302
    assert not FollowUp.objects.filter(pk=made.pk).exists()
    line = AuditEntry.objects.get(action="remove_record")
    assert (line.resident, line.detail) == (made.resident_id, {"register": VISITS, "record": made.pk, "reason": "其他（请说明）：测试"})


# -- records about nobody ----------------------------------------------------------------------------------------------


def test_an_office_writes_its_own_deeds(town: Town, enter_as: Any) -> None:
    client = enter_as("bureau")
    page = client.get(url("register-new", "deeds"))
    assert 'value="990101" selected' in page.content.decode()
    sent = {
        "organisation": ROOT, "line": "hypertension", "kind": registry.registers["deeds"].column("kind").element.codes[0][0],  # type: ignore[union-attr]
        "title": "关于做好随访的通知", "held_on": "2026-06-10", "sessions": "1", "registered_on": "2026-06-11",
    }  # fmt: skip
    made = client.post(url("register-new", "deeds"), sent)
    assert made.status_code == 302, made.content.decode()
    deed = Deed.objects.get()
    shown = client.get(url("register-record", "deeds", deed.pk))
    assert "关于做好随访的通知" in shown.content.decode()
    assert not AuditEntry.objects.exists()  # it tells of nobody
    assert enter_as("doctor").get(url("register-record", "deeds", deed.pk)).status_code == 404
    assert enter_as("cdc").get(url("register-record", "deeds", deed.pk)).status_code == 200
    assert enter_as("cdc").get(url("register-edit", "deeds", deed.pk)).status_code == 404


# -- files -------------------------------------------------------------------------------------------------------------


def _content(answer: Any) -> bytes:
    """What a download sends; reading it to its end closes it."""
    return b"".join(answer.streaming_content)


def _sheet(content: bytes) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python()


def test_the_filtered_list_goes_out_and_comes_back_unchanged(town: Town, enter_as: Any) -> None:
    for number, person in enumerate(town.patients[CLINIC]):
        person.record_number = f"9901011011018888{number}"
        person.save()
    client = enter_as("doctor")
    answer = client.get(url("register-export", VISITS), {"visited_on_from": "2026-05-01"})
    content = _content(answer)
    rows = _sheet(content)
    assert len(rows) == 2
    assert AuditEntry.objects.get().detail["count"] == 1
    upload = io.BytesIO(content)
    upload.name = "随访.xlsx"
    checked = client.post(url("register-import", VISITS), {"file": upload}, follow=True)
    assert (checked.context["counts"]["unchanged"], checked.context["counts"]["refused"]) == (1, 0)


def test_people_managed_twice_push_nobody_off_the_list_or_the_file(town: Town, enter_as: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where rows are counted no further than the third, and the first person's comes four times."""
    monkeypatch.setattr(listing, "COUNTED", 3)
    first, *others = town.patients[CLINIC]
    Residency.objects.filter(resident__in=others).delete()
    for person, year in ((first, 2021), (first, 2022), (first, 2023), *((other, 2020) for other in others)):
        Residency.objects.create(resident=person, organisation_id=CLINIC, started_on=date(year, 1, 1))
    client = enter_as("doctor")
    asked = {"enrolled_on_from": "2024-01-01"}
    assert client.get(url("register", CASES), asked).context["count"] == 3
    assert len(_sheet(_content(client.get(url("register-export", CASES), asked)))) == 1 + 3


def test_a_file_is_checked_shown_confirmed_and_its_bad_rows_come_back(town: Town, enter_as: Any) -> None:
    person = town.patients[CLINIC][0]
    person.record_number = "99010110110199999"
    person.save()
    client = enter_as("doctor")
    head = "健康档案编号,机构,随访日期,随访方式,随访结果,收缩压,舒张压"
    lines = [
        head,
        "99010110110199999,990101101201,2026-06-11,门诊,已随访,132,84",
        "99010110110199999,990101101201,2026-06-12,门诊,已随访,999,84",
    ]
    upload = io.BytesIO("\n".join(lines).encode())
    upload.name = "../../随访 6月.csv"
    checked = client.post(url("register-import", VISITS), {"file": upload}, follow=True)
    assert checked.context["counts"] == {"read": 2, "accepted": 1, "unchanged": 0, "corrected": 0, "refused": 1}
    assert not FollowUp.objects.filter(visited_on=date(2026, 6, 11)).exists()
    address = checked.redirect_chain[-1][0]
    neighbour = Client()
    neighbour.force_login(town.staff("township"))
    assert neighbour.get(address).status_code == 404
    done = client.post(address, follow=True)
    assert done.context["note"]["done"]
    assert client.post(address).status_code == 200  # sent twice, imported once
    assert FollowUp.objects.filter(visited_on=date(2026, 6, 11)).count() == 1
    reasons = client.get(address + "reasons.xlsx")
    told = _sheet(_content(reasons))
    assert "超出合理范围" in str(told[1])


def test_a_wrong_file_is_refused_whole(town: Town, enter_as: Any) -> None:
    client = enter_as("doctor")
    for name, content, said in (
        ("x.xlsx", b"PK not a workbook", ""),
        ("x.csv", b"a,b\n1,2\n", "没有一个认识的列名"),
        ("empty.csv", b"", ""),
    ):
        upload = io.BytesIO(content)
        upload.name = name
        page = client.post(url("register-import", VISITS), {"file": upload})
        assert page.status_code == 422, name
        assert said in page.content.decode()
    assert "请选择要导入的文件" in client.post(url("register-import", VISITS)).content.decode()


# -- reassignment ------------------------------------------------------------------------------------------------------


def test_cases_are_reassigned_after_a_preview_and_locked_ones_stay(town: Town, enter_as: Any) -> None:
    client = enter_as("township")
    Case.objects.filter(organisation=SIBLING, pk__in=Case.objects.filter(organisation=SIBLING).order_by("pk")[:5]).update(
        enrolled_on=date(2024, 3, 1)
    )
    PeriodLock.objects.create(organisation_id=ROOT, start=date(2024, 3, 1), end=date(2024, 3, 31), reason="已上报")
    sent = {"every": "1", "query": f"organisation={SIBLING}", "organisation": CLINIC, "reason": "卫生室合并"}
    preview = client.post(url("register-reassign", CASES), {**sent, "step": "preview"})
    foreseen = preview.context["foreseen"]
    assert (foreseen.chosen, foreseen.moved, foreseen.locked) == (60, 55, 5)
    assert [(name.zh, count) for name, count in preview.context["sources"]] == [("山口村卫生室", 55)]
    stale = client.post(url("register-reassign", CASES), {**sent, "step": "confirm", "expected": "54"})
    assert stale.status_code == 422
    assert "预览之后记录有了变动" in stale.content.decode()
    with CaptureQueriesContext(connection) as queries:
        done = client.post(url("register-reassign", CASES), {**sent, "step": "confirm", "expected": "55"})
    assert done.status_code == 302
    assert len([q for q in queries if q["sql"].startswith('UPDATE "hypertension_case"')]) == 1
    assert Case.objects.filter(organisation=SIBLING).count() == 5
    line = AuditEntry.objects.get(action="reassign")
    assert line.detail == {"register": CASES, "to": {"organisation_id": CLINIC}, "count": 55, "reason": "卫生室合并"}


def test_a_reassignment_needs_a_reason_a_target_and_the_scope(town: Town, enter_as: Any) -> None:
    client = enter_as("doctor")
    chosen = {"key": list(Case.objects.filter(organisation=CLINIC).values_list("pk", flat=True)), "step": "preview"}
    for sent, said in (
        ({"organisation": CLINIC}, "请写明改派的原因"),
        ({"reason": "合并"}, "请填写新的机构"),
        ({"reason": "合并", "organisation": SIBLING}, "没有为"),
    ):
        page = client.post(url("register-reassign", CASES), {**chosen, **sent})
        assert page.status_code == 422
        assert said in page.content.decode()
    foreign = {"key": list(Case.objects.filter(organisation=SIBLING).values_list("pk", flat=True)), "step": "preview"}
    page = client.post(url("register-reassign", CASES), {**foreign, "reason": "合并", "organisation": CLINIC})
    assert page.context["foreseen"].chosen == 0
    assert client.post(url("register-reassign", "deeds"), {"every": "1"}).status_code == 404


# -- who may -----------------------------------------------------------------------------------------------------------

READS = ("register-record",)
WRITES = ("register-edit", "register-remove")
MAY = {  # account: where it may read, where it may write
    "doctor": ({CLINIC}, {CLINIC}),
    "neighbour": ({SIBLING}, {SIBLING}),
    "township": ({CLINIC, SIBLING}, {CLINIC, SIBLING}),
    "township2": ({FAR_CLINIC}, {FAR_CLINIC}),
    "bureau": ({CLINIC, SIBLING, FAR_CLINIC}, set()),
    "cdc": ({CLINIC, SIBLING, FAR_CLINIC}, set()),
    "leader": (set(), set()),
    "admin": ({CLINIC, SIBLING, FAR_CLINIC}, {CLINIC, SIBLING, FAR_CLINIC}),
}


@pytest.mark.parametrize("username", MAY)
def test_each_post_reaches_its_own_records_and_no_others(town: Town, enter_as: Any, username: str) -> None:
    client = enter_as(username)
    reads, writes = MAY[username]
    for clinic in (CLINIC, SIBLING, FAR_CLINIC):
        case = Case.objects.get(resident=town.patients[clinic][0])
        for name in READS + WRITES:
            allowed = clinic in (reads if name in READS else writes)
            assert client.get(url(name, CASES, case.pk)).status_code == (200 if allowed else 404), (username, name, clinic)
    for name, allowed in (("register", bool(reads)), ("register-export", bool(reads)), ("register-blank", bool(reads)),
                          ("register-new", bool(writes)), ("register-import", bool(writes))):  # fmt: skip
        answer = client.get(url(name, CASES))
        if answer.streaming:
            _content(answer)
        assert answer.status_code == (200 if allowed else 404), (username, name)
    assert client.get(url("registers")).status_code == (200 if reads else 404)
    assert client.get(url("register-record", CASES, 2**62)).status_code == 404
    assert client.get(url("register", "nothing")).status_code == 404


def test_a_sensitive_register_opens_to_those_who_treat_its_people(town: Town, enter_as: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    closed = replace(registry.programmes["hypertension"], sensitive=True)
    monkeypatch.setitem(registry.programmes, "hypertension", closed)
    case = Case.objects.filter(organisation=CLINIC).first()
    assert case is not None
    doctor = enter_as("doctor")
    for address in (
        url("register", CASES),
        url("register-record", CASES, case.pk),
        url("register-export", CASES),
        url("register-new", CASES),
    ):
        assert doctor.get(address).status_code == 404
    assert "高血压患者专档" not in doctor.get(url("registers")).content.decode()
    Staff.objects.filter(username="doctor").update(treats="hypertension")
    assert doctor.get(url("register-record", CASES, case.pk)).status_code == 200


def test_nothing_opens_without_signing_in(town: Town, client: Client) -> None:
    for name, arguments in (("registers", ()), ("register", (CASES,)), ("register-export", (CASES,)), ("register-record", (CASES, 1))):
        assert client.get(url(name, *arguments)).status_code == 302
    assert not AuditEntry.objects.exists()


def test_pages_in_english_hold_no_chinese_of_ours(town: Town, enter_as: Any) -> None:
    made = visit(town)
    client = enter_as("doctor")
    client.cookies["language"] = "en"
    for address in (url("registers"), url("register-edit", VISITS, made.pk), url("register-import", VISITS)):
        text = client.get(address).content.decode()
        for sign in ("登记簿", "保存", "导入", "筛选", "收缩压"):
            assert sign not in text, (address, sign)
