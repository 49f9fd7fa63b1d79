"""The desk on pages: who may what, the way of a document from its first section to its correction, and typed work that is never lost."""

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from .conftest import ROOT, TOWNSHIP, Town

CJK = re.compile(r"[\u3400-\u9fff]+")
HALF = {"kind": "half", "year": "2026", "span": "H1", "layout": "nested"}


@pytest.fixture(autouse=True)
def published_is_taken_back(db: None) -> Iterator[None]:
    from django.conf import settings

    yield
    shutil.rmtree(settings.HOME.path / "published", ignore_errors=True)


@pytest.fixture
def bureau_draft(town: Town) -> Any:
    from taizhang.kernel.periods import Period
    from taizhang.summaries.desk.drafts import open_draft

    return open_draft(ROOT, "half", Period.parse("2026H1"), by=town.staff("bureau"))


def at(draft: Any, name: str, *more: str) -> str:
    return reverse(f"desk-{name}", args=[draft.pk, *more])


# -- who may what ----------------------------------------------------------------------------------------------------------------


def test_a_village_doctor_has_no_desk_and_a_township_does_not_see_the_bureaus(town: Town, bureau_draft: Any, enter_as: Any) -> None:
    assert enter_as("doctor").get(reverse("desk")).status_code == 404
    township = enter_as("township")
    assert bureau_draft not in [d for d, *_ in township.get(reverse("desk")).context["drafts"]]
    for name in ("draft", "preview", "missing", "plan"):
        assert township.get(at(bureau_draft, name)).status_code == 404
    assert township.get(at(bureau_draft, "section", "2")).status_code == 404
    assert township.get(at(bureau_draft, "file", "clean")).status_code == 404
    assert township.get(reverse("desk-references", args=[ROOT])).status_code == 404


@pytest.mark.parametrize("reader", ["leader", "cdc", "admin"])
def test_who_only_reads_changes_nothing(town: Town, bureau_draft: Any, enter_as: Any, reader: str) -> None:
    from taizhang.summaries.desk.models import Bulletin, HumanText

    client = enter_as(reader)
    assert client.get(at(bureau_draft, "draft")).status_code == 200
    save = {"do": "save", "text": "开展督导。", "number": "1"}
    assert client.post(at(bureau_draft, "section", "2"), save).status_code == 404
    assert client.post(at(bureau_draft, "assign", "2"), {"owner": "cdc"}).status_code == 404
    assert client.post(at(bureau_draft, "missing"), {"all": "leave_out"}).status_code == 404
    assert client.post(at(bureau_draft, "plan"), {"do": "draft"}).status_code == 404
    assert client.post(at(bureau_draft, "discard")).status_code == 404
    assert client.post(reverse("desk-references", args=[ROOT]), {"indicator": "x"}).status_code == 404
    assert client.post(reverse("desk-order", args=[ROOT]), {"do": "reset"}).status_code == 404
    assert not HumanText.objects.exists()
    assert not Bulletin.objects.exists()
    assert not bureau_draft.work.exists()


def test_the_office_that_writes_does_not_approve(town: Town, bureau_draft: Any, enter_as: Any) -> None:
    assert enter_as("bureau").post(at(bureau_draft, "approve")).status_code == 404
    assert enter_as("admin").post(at(bureau_draft, "approve")).status_code == 404


def test_an_owner_of_a_section_writes_that_section_alone(town: Town, bureau_draft: Any, enter_as: Any) -> None:
    from taizhang.summaries.desk import sections

    sections.assign(bureau_draft, "3", town.staff("cdc"), by=town.staff("bureau"))
    client = enter_as("cdc")
    save = {"do": "save", "text": "开展疫情研判。", "number": "1"}
    assert client.post(at(bureau_draft, "section", "3"), save).status_code == 302
    assert client.post(at(bureau_draft, "section", "2"), save).status_code == 404
    assert client.post(at(bureau_draft, "section", "3"), {"do": "handed_in"}).status_code == 302
    assert client.post(at(bureau_draft, "section", "3"), {"do": "accepted"}).status_code == 404
    assert bureau_draft.work.get().state == "handed_in"


# -- opening ---------------------------------------------------------------------------------------------------------------------------


def test_a_draft_is_opened_once_and_a_fault_keeps_what_was_chosen(town: Town, enter_as: Any) -> None:
    from taizhang.summaries.desk.models import Draft

    client = enter_as("bureau")
    answer = client.post(reverse("desk-new"), HALF)
    draft = Draft.objects.get()
    assert answer.url == at(draft, "draft")
    again = client.post(reverse("desk-new"), HALF)
    assert again.status_code == 422
    assert f"编号{draft.pk}" in again.content.decode()
    assert 'value="half" required checked' in again.content.decode()
    assert client.post(reverse("desk-new"), {**HALF, "kind": "month"}).status_code == 422
    assert client.post(reverse("desk-new"), {**HALF, "span": "X9"}).status_code == 422
    assert Draft.objects.count() == 1


def test_a_township_writes_its_own_document(town: Town, enter_as: Any) -> None:
    from taizhang.summaries.desk.models import Draft

    client = enter_as("township")
    client.post(reverse("desk-new"), HALF)
    draft = Draft.objects.get()
    assert draft.organisation_id == TOWNSHIP
    page = client.get(at(draft, "preview")).content.decode()
    assert f"/figures/hypertension.managed/{TOWNSHIP}/" in page


# -- a section ----------------------------------------------------------------------------------------------------------------------------


def test_typed_numbers_are_listed_and_answered_for(town: Town, bureau_draft: Any, enter_as: Any) -> None:
    from taizhang.summaries.desk.models import HumanText

    client, page = enter_as("bureau"), at(bureau_draft, "section", "2")
    assert client.post(page, {"do": "save", "number": "1", "text": "举办讲座35场，在管患者64人。", "leads": "1"}).status_code == 302
    shown = client.get(page)
    (written,) = shown.context["written"]
    assert [(t.text, t.bound) for t in written.typed] == [("35场", None), ("64人", None)]
    assert '<mark class="typed open"' in shown.content.decode()
    first, second = (t.key for t in written.typed)
    assert client.post(page, {"do": "sign", "number": "1", "key": first}).status_code == 302
    assert client.post(page, {"do": "bind", "number": "1", "key": second, "figure": "hypertension.managed"}).status_code == 302
    assert HumanText.objects.get().text == "举办讲座35场，在管患者{hypertension.managed}人。"
    printed = client.get(at(bureau_draft, "preview")).content.decode()
    assert '<mark class="typed bound"' in printed
    assert '<mark class="typed open" title' not in printed
    assert client.get(at(bureau_draft, "draft")).context["made"].unbound == ()


def test_what_cannot_be_kept_stays_in_the_form(town: Town, bureau_draft: Any, enter_as: Any) -> None:
    from taizhang.summaries.desk.models import HumanText

    client, page = enter_as("bureau"), at(bureau_draft, "section", "2")
    answer = client.post(page, {"do": "save", "number": "1", "text": "管理{hypertension.nothing}人。<b>", "head": "管好"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "hypertension.nothing" in text
    assert "管理{hypertension.nothing}人。&lt;b&gt;</textarea>" in text
    assert 'value="管好"' in text
    assert not HumanText.objects.exists()
    gone = client.post(page, {"do": "sign", "number": "7", "key": "x"})
    assert gone.status_code == 422
    assert "没有第7段" in gone.content.decode()


def test_last_years_words_stand_beside_and_are_taken_over(town: Town, bureau_draft: Any, enter_as: Any) -> None:
    from taizhang.kernel.periods import Period
    from taizhang.summaries.desk import human

    last = human.write(ROOT, "2", Period.parse("2025H1"), "组织义诊进乡村。", by=town.staff("bureau"))
    client, page = enter_as("bureau"), at(bureau_draft, "section", "2")
    assert client.get(page).context["before"] == [last]
    assert "组织义诊进乡村。</textarea>" in client.get(f"{page}?carry={last.pk}").content.decode()


def test_the_picker_finds_figures_by_name_and_withholds_what_the_board_withholds(town: Town, bureau_draft: Any, enter_as: Any) -> None:
    client = enter_as("bureau")
    address = at(bureau_draft, "figures", "2")
    found = client.get(address, {"q": "高血压 管理"}, headers={"HX-Request": "true"})
    assert [o.code for o in found.context["offered"]][:1] == ["hypertension.managed"]
    assert b"<html" not in found.content
    assert b'data-insert="{hypertension.managed}"' in found.content
    nothing = client.get(address, {"q": "没有这个"}, headers={"HX-Request": "true"}).content.decode()
    assert "没有名称含" in nothing
    assert client.get(address, {"q": "高血压"}).url.startswith(at(bureau_draft, "section", "2"))  # without scripts: the whole page
    assert client.get(at(bureau_draft, "figures", "nowhere")).status_code == 404


def test_a_section_is_returned_with_a_reason_only(town: Town, bureau_draft: Any, enter_as: Any) -> None:
    from taizhang.summaries.desk import sections

    sections.assign(bureau_draft, "2", town.staff("bureau"), by="tests")
    client, page = enter_as("bureau"), at(bureau_draft, "section", "2")
    client.post(page, {"do": "handed_in"})
    assert client.post(page, {"do": "handed_in"}).status_code == 422  # pressed twice
    assert client.post(page, {"do": "returned"}).status_code == 422
    assert client.post(page, {"do": "returned", "reason": "缺整改情况"}).status_code == 302
    assert "缺整改情况" in client.get(at(bureau_draft, "draft")).content.decode()


# -- missing figures, steps, order, bulletins ------------------------------------------------------------------------------------------


def test_the_missing_list_names_whom_to_call_and_takes_a_choice(town: Town, bureau_draft: Any, enter_as: Any) -> None:
    from taizhang.summaries.desk.models import MissingDecision

    client, page = enter_as("bureau"), at(bureau_draft, "missing")
    lacks = client.get(page).context["lacks"]
    assert lacks
    assert any(lack.calls for lack in lacks)
    code = lacks[0].code
    assert client.post(page, {"code": code, "choice": "leave_out"}).status_code == 302
    assert MissingDecision.objects.get().code == code
    group = lacks[0].filled_by.key
    answer = client.post(page, {"code": code, "choice": "leave_out", "group": group})
    assert answer.headers["Location"].endswith(f"?open={group}&settled={code}#lack-{code}")
    back = client.get(answer.headers["Location"].partition("#")[0]).content.decode()
    assert back.count("已处理</span>") == 1, "said beside the figure, where the page comes to stand"
    assert client.post(page, {"code": "nothing", "choice": "wait"}).status_code == 422
    assert client.post(page, {"code": code, "choice": "perhaps"}).status_code == 422
    assert client.post(page, {"all": "leave_out"}).status_code == 302
    assert client.get(at(bureau_draft, "draft")).context["made"].waiting == []
    assert code in {lack.code for lack in client.get(page).context["lacks"]}, "what is left out can be taken back"
    assert client.post(page, {"code": code, "choice": "wait"}).status_code == 302
    assert [lack.code for lack in client.get(at(bureau_draft, "draft")).context["made"].waiting] == [code]


def test_the_missing_list_stands_by_what_would_fill_it_and_hides_nothing(town: Town, bureau_draft: Any, enter_as: Any) -> None:
    client, page = enter_as("bureau"), at(bureau_draft, "missing")
    answer = client.get(page)
    groups = [shown.group for shown in answer.context["groups"]]
    assert sorted(lack.code for group in groups for lack in group.lacks) == sorted(lack.code for lack in answer.context["lacks"])
    assert [group.waiting for group in groups] == sorted((group.waiting for group in groups), reverse=True)
    first = groups[0]
    assert (first.source.kind, len(first.lacks) > 1) == ("return", True)
    assert reverse("returns-year", args=[first.source.code, ROOT]) in answer.content.decode()
    answer = client.post(page, {"group": first.source.key, "each": "leave_out"})
    assert answer.headers["Location"].endswith(f"?open={first.source.key}&settled={first.source.key}#{first.source.key}")
    shown = client.get(page, {"open": first.source.key}).context["groups"]
    settled = next(each for each in shown if each.group.source == first.source)
    assert (settled.group.waiting, settled.opened) == (0, True)
    assert sum(each.group.waiting for each in shown) == sum(group.waiting for group in groups) - len(first.lacks)
    assert [each.group.waiting for each in shown] == sorted((each.group.waiting for each in shown), reverse=True)


def test_steps_are_added_changed_and_deleted(town: Town, bureau_draft: Any, enter_as: Any) -> None:
    client, page = enter_as("bureau"), at(bureau_draft, "plan")
    step = {
        "do": "set", "head": "抓好随访", "measure": "逐村核对名单", "lead": "公卫科", "due_on": "2026-09-30",
        "indicator": "hypertension.managed", "target": "200",
    }  # fmt: skip
    assert client.post(page, step).status_code == 302
    shown = client.get(page).content.decode()
    assert '<b class="digits">200</b>' in shown  # never 2E+2
    wrong = client.post(page, {**step, "target": "许多"})
    assert wrong.status_code == 422
    assert "逐村核对名单" in wrong.content.decode()
    assert client.post(page, {**step, "number": "1", "lead": "疾控科"}).status_code == 302
    assert bureau_draft.plan.get().lead == "疾控科"
    assert client.post(page, {"do": "remove", "number": "1"}).status_code == 302
    assert not bureau_draft.plan.exists()


def test_the_order_of_sections_is_the_bureaus(town: Town, bureau_draft: Any, enter_as: Any) -> None:
    client = enter_as("bureau")
    page = reverse("desk-order", args=[ROOT])
    fields = {f"position-{row['code']}": row["position"] for row in client.get(page).context["rows"]}
    fields |= {"position-3": "0", "heading-3": "疾病防控有力"}
    assert client.post(page, fields | {"position-2": "第一"}).status_code == 422
    assert client.post(page, fields | {"position-2": "9", "position-1": "8", "position-3": "1"}).status_code == 302
    assert [r.code for r in client.get(at(bureau_draft, "draft")).context["rows"]][1] == "3"
    assert "疾病防控有力" in client.get(at(bureau_draft, "draft")).content.decode()


def test_bulletins_come_one_by_one_or_as_a_table_whole_or_not_at_all(town: Town, enter_as: Any) -> None:
    from taizhang.summaries.desk.models import Bulletin
    from taizhang.summaries.desk.references import COLUMNS

    client, page = enter_as("bureau"), reverse("desk-references", args=[ROOT])
    one = {
        "indicator": "hypertension.managed",
        "period": "2026H1",
        "level": "city",
        "rank": "3",
        "of": "9",
        "document": "通报",
        "day": "2026-07-05",
    }
    assert client.post(page, one).status_code == 302
    wrong = client.post(page, {**one, "rank": "12"})
    assert wrong.status_code == 422
    assert 'value="12"' in wrong.content.decode()
    good, bad = "hypertension.managed,2026Q1,city,1,9,,通报,,2026-04-05", "nothing,2026Q1,city,1,9,,通报,,2026-04-05"
    table = SimpleUploadedFile("t.csv", "\n".join((",".join(COLUMNS), good, bad)).encode())
    assert client.post(page, {"file": table}).status_code == 422
    assert client.post(page, {"file": SimpleUploadedFile("t.csv", ",".join(COLUMNS).encode("gbk"))}).status_code == 422
    assert Bulletin.objects.count() == 1


# -- approval to correction ------------------------------------------------------------------------------------------------------------


def test_from_approval_to_the_file_handed_back(town: Town, bureau_draft: Any, enter_as: Any) -> None:
    from taizhang.county.models import AuditEntry
    from taizhang.summaries.publishing.models import Publication

    client = enter_as("bureau")
    client.post(at(bureau_draft, "section", "2"), {"do": "save", "number": "1", "text": "举办讲座35场。"})
    client.post(at(bureau_draft, "missing"), {"all": "leave_out"})
    leader = enter_as("leader")
    refused = leader.post(at(bureau_draft, "approve"))
    assert refused.status_code == 422
    assert "其中1个没有来源" in refused.content.decode()
    assert leader.post(at(bureau_draft, "approve"), {"accept_unbound": "1"}).status_code == 302
    assert enter_as("leader").post(at(bureau_draft, "reopen"), {"reason": "缺整改情况"}).status_code == 302
    assert '样员leader退回起草：<span lang="zh-CN">缺整改情况' in enter_as("bureau").get(at(bureau_draft, "draft")).content.decode()
    assert enter_as("leader").post(at(bureau_draft, "approve"), {"accept_unbound": "1"}).status_code == 302
    assert "缺整改情况" not in enter_as("bureau").get(at(bureau_draft, "draft")).content.decode()
    closed = enter_as("bureau").post(at(bureau_draft, "section", "2"), {"do": "save", "number": "1", "text": "改。"})
    assert closed.status_code == 404
    answer = enter_as("bureau").post(at(bureau_draft, "publish"))
    publication = Publication.objects.get()
    assert answer.url == reverse("desk-publication", args=[publication.pk])
    assert publication.unbound == 1
    client = enter_as("bureau")
    clean = client.get(reverse("desk-publication-file", args=[publication.pk, "clean"]))
    assert clean.content == (publication.folder / "clean.docx").read_bytes()
    assert AuditEntry.objects.filter(action="export", detail__publication=publication.pk).count() == 1
    page = reverse("desk-publication", args=[publication.pk])
    back = client.post(page, {"file": SimpleUploadedFile("back.docx", clean.content)})
    assert back.context["comparison"].is_clean
    assert client.post(page, {"file": SimpleUploadedFile("back.docx", b"PK\x03\x04 torn")}).status_code == 422
    assert client.post(page).status_code == 422
    moved = client.get(page, {"corrections": "1"})
    assert moved.context["verified"].problems == ()
    assert moved.context["corrections"].movements == ()
    to_the_page = client.get(reverse("desk-note", args=[publication.pk]))  # nothing to correct
    assert to_the_page["Location"] == reverse("desk-publication", args=[publication.pk]) + "?corrections=1"
    assert enter_as("township").get(page).status_code == 404


def test_what_does_not_add_up_goes_out_with_the_approvers_reason_only(town: Town, bureau_draft: Any, enter_as: Any) -> None:
    from taizhang.county.models import AuditEntry
    from taizhang.summaries.publishing.models import Publication

    client = enter_as("bureau")
    text = "抓好四项活动：一是宣传；二是培训；三是督导。其中应检1000人，实检952人，检查率92.5%。"
    client.post(at(bureau_draft, "section", "2"), {"do": "save", "number": "1", "text": text})
    client.post(at(bureau_draft, "missing"), {"all": "leave_out"})
    leader = enter_as("leader")
    assert leader.post(at(bureau_draft, "approve"), {"accept_unbound": "1"}).status_code == 422, "a contradiction the desk itself sees"
    assert leader.post(at(bureau_draft, "approve"), {"accept_unbound": "1", "why": "市局通报原文如此"}).status_code == 302
    page = at(bureau_draft, "publish")
    office = enter_as("bureau")
    refused = office.post(page)
    assert refused.status_code == 422
    fields = [f"reason-{one.finding.mark}" for one in refused.context["standing"]]
    assert len(fields) == 2
    field = fields[0]
    assert field not in refused.content.decode(), "the office is not asked to sign"
    assert office.post(page, {field: "市局通报原文如此"}).status_code == 404
    leader = enter_as("leader")
    assert field in leader.post(page).content.decode()
    short = leader.post(page, {field: "好"})
    assert (short.status_code, 'value="好"' in short.content.decode()) == (422, True), "what was typed stays"
    assert not Publication.objects.exists()
    answer = leader.post(page, dict.fromkeys(fields, "市局通报原文如此"))
    publication = Publication.objects.get()
    assert answer.url == reverse("desk-publication", args=[publication.pk])
    assert "市局通报原文如此" in enter_as("bureau").get(answer.url).content.decode()
    entries = AuditEntry.objects.filter(action="let_stand")
    assert [("draft" in e.detail, e.staff) for e in entries.order_by("pk")] == [(True, town.staff("leader")), (False, town.staff("leader"))]


def test_an_old_document_gets_new_figures_and_says_what_it_cannot(town: Town, enter_as: Any) -> None:
    client, page = enter_as("bureau"), reverse("desk-rebind")
    fields = {"old": "2025H1", "new": "2026H1", "text": "召开会议88次，群众满意。", "do": "show"}
    answer = client.post(page, fields)
    assert answer.status_code == 200
    assert '<mark class="typed open"' in answer.content.decode()
    backwards = client.post(page, {**fields, "old": "2026H1", "new": "2025H1"})
    assert backwards.status_code == 422
    assert "召开会议88次" in backwards.content.decode()
    assert client.post(page, {**fields, "text": ""}).status_code == 422
    assert client.post(page, {**fields, "do": "file"}).content[:2] == b"PK"


# -- every page ------------------------------------------------------------------------------------------------------------------------


def test_queries_do_not_grow_with_sections_and_paragraphs(town: Town, bureau_draft: Any, enter_as: Any) -> None:
    from taizhang.kernel.periods import Period
    from taizhang.summaries.desk import human, sections

    client, by = enter_as("bureau"), town.staff("bureau")

    def count() -> int:
        client.get(at(bureau_draft, "draft"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(at(bureau_draft, "draft"))
        return len(asked)

    sections.assign(bureau_draft, "1", by, by=by)
    human.write(ROOT, "1", Period.parse("2026H1"), "会议3次。", by=by)
    few = count()
    for code in "2345678":
        sections.assign(bureau_draft, code, by, by=by)
        for number in (1, 2, 3):
            human.write(ROOT, code, Period.parse("2026H1"), f"会议{number}次。", by=by, number=number)
    assert count() == few


def test_english_pages_of_the_desk_hold_no_chinese_but_what_is_marked(town: Town, bureau_draft: Any, enter_as: Any) -> None:
    from taizhang.county.models import Staff

    Staff.objects.update(name="Office")
    client = enter_as("bureau")
    client.get(reverse("language", args=["en"]))
    addresses = [at(bureau_draft, name) for name in ("draft", "missing", "plan")]
    addresses += [at(bureau_draft, "section", "2"), reverse("desk"), reverse("desk-order", args=[ROOT]), reverse("desk-rebind")]
    addresses += [reverse("desk-references", args=[ROOT]), reverse("director", args=[ROOT]), reverse("line", args=[ROOT, "hypertension"])]
    for address in addresses:
        page = client.get(address).content.decode().replace(">账<", "><")
        page = re.sub(r'<(\w+)[^>]* lang="zh-CN"[^>]*>.*?</\1>', "", page, flags=re.S)
        assert not CJK.findall(page), (address, CJK.findall(page)[:8])
