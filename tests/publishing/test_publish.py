"""Published is frozen: it computes to itself, whatever is corrected, folded or forgotten afterwards."""

import json
import os
from dataclasses import replace
from datetime import date, timedelta

import pytest

from taizhang.county.models import OrganisationLink
from taizhang.county.organisations import merge_into
from taizhang.figures.subscribe import forget
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.ledger import layout, versions
from taizhang.ledger.consumer import fold, sync
from taizhang.ledger.models import LedgerVersion
from taizhang.programmes.hypertension.models import FollowUp
from taizhang.returns.checks import CellEntry
from taizhang.returns.entry import enter
from taizhang.summaries import word
from taizhang.summaries.document import Sentence, Words
from taizhang.summaries.publishing import publish as module
from taizhang.summaries.publishing.correct import corrections, moved_members, note
from taizhang.summaries.publishing.models import Publication, PublishedFigure
from taizhang.summaries.publishing.publish import (
    PublishingError,
    all_figures,
    frozen_figures,
    prose_of,
    publish,
    recompute,
    verify_publication,
)

H1 = Period.parse("2026H1")
CONTROLLED = "hypertension.controlled"


def of(figures, code, organisation="990101"):  # type: ignore[no-untyped-def]
    return next(f for f in figures if f.code == code and f.organisation == organisation and not f.category)


def test_everything_of_a_document_is_frozen_in_one_folder(work) -> None:  # type: ignore[no-untyped-def]
    document = work.whole_document()
    made = publish(document, "办公室", day=date(2026, 7, 6))
    assert made.folder.name == str(made.pk)
    assert {f.path for f in made.files.all()} >= {"clean.docx", "review.docx", "figures.json", "prose.json", "cells.json", "members.json"}
    assert (made.folder / "clean.docx").read_bytes() == word.to_bytes(document)
    assert all(not os.stat(f).st_mode & 0o222 for f in made.folder.rglob("*") if f.is_file())
    frozen = frozen_figures(made)
    assert {f.key for f in frozen} == {module.key_of(f) for f in all_figures(document)}
    one = of(frozen, CONTROLLED)
    assert (one.numerator, one.denominator, one.printed, one.source) == (8, 12, "66.67%", "recorded")
    assert one.parameters
    assert one.definition
    assert one.cutoff == "2026-06-30"
    assert one.last_year is not None
    sentences = prose_of(made).sentences
    assert [s.text() for s in sentences] == [s.text() for s in document.sentences()]
    assert [frozen[n - 1].printed for s in sentences for r in s.zh if r.part == "value" for n in r.figures]
    assert LedgerVersion.objects.get(number=document.ledger_version).pinned_for
    assert verify_publication(made)
    manifest = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) == {f.path for f in made.files.all()}


def test_later_corrections_folds_and_retention_leave_a_publication_as_it_was(work) -> None:  # type: ignore[no-untyped-def]
    made = publish(work.document(), "办公室")
    before = frozen_figures(made)
    FollowUp.objects.filter(resident=work.patients[0], visited_on__year=2026).update(systolic=190)
    FollowUp.objects.filter(resident=work.patients[1]).delete()
    work.visit(9, date(2026, 6, 1))
    sync()
    fold(force=True)
    for days in range(3):
        work.visit(10, date(2026, 6, 3 + days))
        sync()
    versions.retention(date.today() + timedelta(days=200))
    forget(layout.folder() / "membership", 10_000)
    again = recompute(made)
    assert all(one.agrees for one in again)
    assert len(again) == len(before)
    recorded = [one for one in again if one.from_members is not None]
    assert recorded
    assert all(one.from_version.counts == one.figure.counts for one in again if one.from_version)
    assert all(one.from_version for one in again)
    result = verify_publication(made)
    assert (bool(result), result.figures) == (True, len(before))


def test_units_moved_afterwards_do_not_move_what_was_published(work) -> None:  # type: ignore[no-untyped-def]
    made = publish(work.document(), "办公室")
    moved = OrganisationLink.objects.filter(child_id="990101101201", parent_id="990101101")
    assert moved.update(parent_id="990101102")  # a link that is found to have been wrong all along
    again = recompute(made)
    assert all(one.from_version is not None and one.from_version.counts == one.figure.counts for one in again)
    assert any(m.causes for m in corrections(made).movements), "the figures of today stand where the units stand today"


def test_the_member_lists_alone_give_the_recorded_figures(work, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    made = publish(work.document(), "办公室")
    monkeypatch.setattr(module, "compute_again", lambda keys, version, trees: {})
    one = next(o for o in recompute(made) if o.figure.code == CONTROLLED and o.figure.organisation == "990101")
    assert one.from_members == (8, 12)
    assert one.agrees
    assert one.from_version is None


def test_a_touched_file_or_row_is_found(work) -> None:  # type: ignore[no-untyped-def]
    made = publish(work.document(), "办公室")
    row = PublishedFigure.objects.filter(publication=made, code=CONTROLLED, organisation="990101").get()
    PublishedFigure.objects.filter(pk=row.pk).update(numerator=9)
    problems = verify_publication(made).problems
    assert any("figures.json" in p.zh for p in problems)
    assert any("66.67%" in p.zh for p in problems)
    PublishedFigure.objects.filter(pk=row.pk).update(numerator=8)
    assert verify_publication(made)
    file = made.folder / "clean.docx"
    file.chmod(0o600)
    file.write_bytes(file.read_bytes() + b" ")
    assert [p.zh for p in verify_publication(made).problems] == [f"published/{made.pk}/clean.docx 已被改动。请从备份恢复该文件。"]
    file.unlink()
    assert "不在" in verify_publication(made).problems[0].zh
    (made.folder / "prose.json").chmod(0o600)
    (made.folder / "prose.json").write_text("{", encoding="utf-8")
    with pytest.raises(PublishingError, match="请从备份恢复"):
        prose_of(made)


def test_a_publication_that_fails_on_the_way_leaves_nothing(work, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    document = work.document()

    def fail(*args: object) -> None:
        raise OSError("disk full")

    for name in ("_fill", "_stored", "_sync_folder"):
        with monkeypatch.context() as patched:
            patched.setattr(module, name, fail)
            with pytest.raises(OSError, match="disk full"):
                publish(document, "办公室")
        assert not Publication.objects.exists()
        assert not LedgerVersion.objects.exclude(pinned_for="").exists()
        root = layout.folder().parent / "published"
        assert list(root.iterdir()) == []
    assert publish(document, "办公室").pk


def test_what_may_not_be_published(work) -> None:  # type: ignore[no-untyped-def]
    document = work.document()
    figures = tuple(replace(f, numerator=9) if f.code == CONTROLLED and f.is_total else f for f in document.figures)
    with pytest.raises(PublishingError, match=r"重算的不一致.*管理人群血压控制率66\.67%"):
        publish(replace(document, figures=figures), "办公室")
    with pytest.raises(PublishingError, match="不同的台账版本"):
        publish(replace(document, ledger_version=document.ledger_version + 1), "办公室")
    publish(document, "办公室")
    with pytest.raises(PublishingError, match=r"已于.*印发"):
        publish(document, "办公室")
    assert publish(document, "办公室", again=True).pk
    with pytest.raises(PublishingError, match="没有第99号"):
        module.publication_of(99)


def test_a_draft_is_published_with_its_document_or_not_at_all(work) -> None:  # type: ignore[no-untyped-def]
    from taizhang.summaries.desk.models import Draft, DraftState, KindCode

    document = work.document()
    draft = Draft.objects.create(
        organisation_id="990101", kind=KindCode.HALF, period_start=date(2026, 1, 1), period_end=date(2026, 6, 30), cutoff=date(2026, 6, 30),
        made_by="办公室",
    )
    with pytest.raises(PublishingError, match="尚未审定"):
        publish(document, "办公室", draft=draft)
    draft.state, draft.ledger_version = DraftState.APPROVED, document.ledger_version + 5
    with pytest.raises(PublishingError, match="审定时的台账"):
        publish(document, "办公室", draft=draft)
    draft.ledger_version = document.ledger_version
    draft.save()
    made = publish(document, "局长", draft=draft, day=date(2026, 7, 8))
    draft.refresh_from_db()
    assert (draft.state, draft.published_by, draft.published_on, made.draft) == (DraftState.PUBLISHED, "局长", date(2026, 7, 8), draft)


# -- corrections ---------------------------------------------------------------------------------------------------------------


def test_nothing_corrected_moves_nothing(work) -> None:  # type: ignore[no-untyped-def]
    made = publish(work.document(), "办公室")
    found = corrections(made)
    assert found.movements == ()
    assert note(found) is None
    assert found.checked == made.figure_count


def test_a_corrected_record_names_the_figures_it_moves_by_how_much_and_whom(work) -> None:  # type: ignore[no-untyped-def]
    made = publish(work.document(), "办公室")
    FollowUp.objects.filter(resident=work.patients[0], visited_on__year=2026).update(systolic=190)
    work.visit(9, date(2026, 6, 1))
    work.visit(10, date(2026, 6, 1))
    sync()
    found = corrections(made)
    moved = next(m for m in found.movements if m.before.code == CONTROLLED and m.before.organisation == "990101")
    assert (moved.before.printed, moved.now.printed, moved.difference.zh) == ("66.67%", "75.00%", "提高8.33个百分点")
    (part,) = moved.members
    assert (part.part, len(part.entered), len(part.left)) == ("numerator", 2, 1)
    assert "分子新计入2人、不再计入1人" in moved.causes[0].zh
    assert moved.sentences
    assert all("66.67%" in s for s in moved.sentences[:1])
    drafted = note(found)
    assert "关于更正《样例县卫生健康局2026年上半年工作总结" in drafted.title.zh
    assert any("原为66.67%（8/12），更正为75.00%（9/12），提高8.33个百分点" in p.zh for p in drafted.paragraphs)
    assert all("样甲" not in p.zh for p in drafted.paragraphs)
    members = moved_members(made, moved.number, "numerator", work.county.staff("bureau"))
    assert {r for _, r in members.left} == {work.patients[0].pk}
    with pytest.raises(PublishingError, match="无权"):
        moved_members(made, moved.number, "numerator", work.county.staff("doctor"))


def test_last_years_correction_moves_what_was_said_of_this_year(work) -> None:  # type: ignore[no-untyped-def]
    made = publish(work.document(), "办公室")
    FollowUp.objects.filter(resident=work.patients[0], visited_on__year=2025).update(systolic=190)
    sync()
    moved = {m.before.code: m for m in corrections(made).movements if m.before.organisation == "990101" and not m.before.category}
    assert moved[CONTROLLED].before.counts == moved[CONTROLLED].now.counts
    assert "去年同期的数字由" in moved[CONTROLLED].causes[0].zh


def test_a_return_corrected_after_publishing_is_named_with_its_cells(work) -> None:  # type: ignore[no-untyped-def]
    def report(township: str, lectures: int, attended: int, *, correct: bool = False) -> None:
        cells = [CellEntry("lectures", lectures), CellEntry("attended", attended)]
        result = enter(registry.forms["health_education"], township, H1, cells, "tests", correct=correct)
        assert result.refused == ()

    for township in work.county.townships:
        report(township, 20, 900)
    sync()
    made = publish(work.document("health_education"), "办公室")
    assert json.loads((made.folder / "cells.json").read_text(encoding="utf-8"))
    report("990101102", 26, 1140, correct=True)
    sync()
    found = corrections(made)
    moved = {m.before.code: m for m in found.movements if m.before.organisation == "990101"}
    lectures = moved["health_education.lectures"]
    assert (lectures.before.printed, lectures.now.printed, lectures.difference.zh) == ("40", "46", "增加6次（15.00%）")
    (cell,) = lectures.cells
    assert (cell.organisation, str(cell.before), str(cell.after)) == ("990101102", "20", "26")
    assert "白水乡卫生院《健康教育报表》2026年上半年举办健康知识讲座由20次改为26次" in note(found).paragraphs[1].zh
    assert verify_publication(made)
    merge_into("990101102", "990101101", date(2026, 6, 1))  # a unit that has closed since is still called by its name
    since = {m.before.code: m for m in corrections(made).movements if m.before.organisation == "990101"}
    assert {c.place.zh for c in since["health_education.lectures"].cells} == {"白水乡卫生院"}


def test_a_document_that_does_not_add_up_is_not_published(work) -> None:  # type: ignore[no-untyped-def]
    document = work.document()
    wrong = Words("应检1000人，实检952人，检查率92.5%。")
    said = replace(document.opening, sentences=(*document.opening.sentences, Sentence((wrong,), (wrong,))))
    with pytest.raises(PublishingError, match=r"95\.2%"):
        publish(replace(document, opening=said), "办公室", day=date(2026, 7, 6))
    assert not Publication.objects.exists()


def test_what_does_not_add_up_goes_out_only_with_a_signed_reason_for_each(work) -> None:  # type: ignore[no-untyped-def]
    from taizhang.county.models import AuditEntry
    from taizhang.summaries.publishing.adding_up import DoesNotAddUp
    from taizhang.summaries.publishing.publish import let_stand_of

    document = work.document()
    wrong = Words("市局通报：应检1000人，实检952人，检查率92.5%。全县共有职工500人，其中医生200人、护士250人、其他60人。")
    said = replace(document.opening, sentences=(*document.opening.sentences, Sentence((wrong,), (wrong,))))
    document = replace(document, opening=said)
    with pytest.raises(DoesNotAddUp) as caught:
        publish(document, "局长", day=date(2026, 7, 6))
    one, other = caught.value.findings
    assert one.mark in caught.value.text.zh
    reason = "市局通报原文如此，已去函核实"
    with pytest.raises(DoesNotAddUp, match="500人"):
        publish(document, "局长", day=date(2026, 7, 6), reasons={one.mark: reason})
    with pytest.raises(DoesNotAddUp, match="理由须有"):
        publish(document, "局长", day=date(2026, 7, 6), reasons={one.mark: reason, other.mark: "好"})
    with pytest.raises(PublishingError, match="没有标记为zzzzzz"):
        publish(document, "局长", day=date(2026, 7, 6), reasons={one.mark: reason, other.mark: reason, "zzzzzz": reason})
    assert not Publication.objects.exists()
    assert not AuditEntry.objects.filter(action="let_stand").exists()
    made = publish(document, "局长", day=date(2026, 7, 6), reasons={one.mark: reason, other.mark: reason})
    assert [(s.quote, s.reason, s.by, s.on) for s in let_stand_of(made)] == [
        (one.quote, reason, "局长", "2026-07-06"),
        (other.quote, reason, "局长", "2026-07-06"),
    ]
    assert verify_publication(made)
    entry = AuditEntry.objects.get(action="let_stand")
    assert (entry.detail["publication"], [f["reason"] for f in entry.detail["findings"]]) == (made.pk, [reason, reason])
    (made.folder / "let_stand.json").chmod(0o600)
    (made.folder / "let_stand.json").write_text("[]", encoding="utf-8")
    assert not verify_publication(made), "a reason cannot be changed afterwards"
