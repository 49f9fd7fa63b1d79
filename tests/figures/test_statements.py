"""The SQL of memberships is written once and read by every later process."""

from pathlib import Path

import pytest

from taizhang.figures import statements


def test_a_text_is_written_once_and_read_ever_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(statements.FOLDER_VARIABLE, raising=False)
    assert statements.statement(tmp_path, "elders-0a-2026H1", lambda: "SELECT 1") == "SELECT 1"
    assert statements.statement(tmp_path, "elders-0a-2026H1", lambda: "never asked") == "SELECT 1"
    assert statements.statement(tmp_path, "elders-0a-2026Q1", lambda: "SELECT 2") == "SELECT 2"
    assert [file.name for file in sorted(tmp_path.rglob("*.sql"))] == ["elders-0a-2026H1.sql", "elders-0a-2026Q1.sql"]


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(statements.FOLDER_VARIABLE, raising=False)

    def fail() -> str:
        raise ValueError("no such column")

    with pytest.raises(ValueError, match="no such column"):
        statements.statement(tmp_path, "elders-0a-2026H1", fail)
    assert not list(tmp_path.rglob("*.*"))


def test_other_tables_or_another_compiler_have_texts_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(statements.FOLDER_VARIABLE, str(tmp_path / "shared"))
    statements.statement(tmp_path, "elders-0a-2026H1", lambda: "SELECT 1")
    monkeypatch.setattr(statements, "version", lambda library: "another")
    statements._writer.cache_clear()
    try:
        assert statements.statement(tmp_path, "elders-0a-2026H1", lambda: "SELECT 2") == "SELECT 2"
    finally:
        statements._writer.cache_clear()
    assert len(list((tmp_path / "shared").iterdir())) == 2
