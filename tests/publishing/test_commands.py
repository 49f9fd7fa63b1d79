"""What later corrections moved, as the command tells it and as the note that it drafts."""

from pathlib import Path

import docx as word_files
from typer.testing import CliRunner

from taizhang.ledger.consumer import sync
from taizhang.programmes.hypertension.models import FollowUp
from taizhang.summaries.publishing.publish import publish


def test_corrections_are_listed_and_the_note_is_written(work, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from taizhang.cli.main import app

    made = publish(work.document(), "办公室")
    FollowUp.objects.filter(resident=work.patients[0], visited_on__year=2026).update(systolic=190)
    sync()
    note = tmp_path / "更正.docx"
    done = CliRunner().invoke(app, ["corrections", str(made.pk), "--format", "csv", "-o", str(note)])
    assert (done.exit_code, done.exception.__class__) == (1, SystemExit), "done, and something was found"
    assert "hypertension.controlled" in done.stdout, "the figure, by its code"
    paragraphs = [p.text for p in word_files.Document(str(note)).paragraphs]
    assert any("更正为" in p and "记录更正" in p for p in paragraphs)
    assert paragraphs[0].startswith("关于更正《")
