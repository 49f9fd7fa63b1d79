"""The labelled set says what it means: its format, its quotes, and every verdict against plain recomputation."""

import re
from collections import Counter
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from . import pencil

LABELLED = Path(__file__).parent / "labelled"
SENTENCE_FILES = sorted([*LABELLED.glob("sentences_*.yaml"), *LABELLED.glob("round_*.yaml")])
PAGE_FILES = sorted((LABELLED / "pages").glob("*.yaml"))
_NEEDED = {"kind", "stated", "operands", "verdict", "quote"}


@lru_cache
def entries(file: Path) -> tuple[dict[str, Any], ...]:
    """The labelled texts of one file: many sentences, or one page."""
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tuple(read) if isinstance(read, list) else (read,)


def _all(files: list[Path]) -> list[dict[str, Any]]:
    return [entry for file in files for entry in entries(file)]


def _relations(files: list[Path]) -> list[tuple[str, dict[str, Any]]]:
    return [(entry["text"], relation) for entry in _all(files) for relation in entry["relations"]]


@pytest.mark.parametrize("file", SENTENCE_FILES + PAGE_FILES, ids=lambda file: file.stem)
def test_every_label_has_the_agreed_shape_and_stands_in_its_text(file: Path) -> None:
    for entry in entries(file):
        text = entry["text"]
        assert isinstance(text, str)
        assert text.strip()
        for relation in entry["relations"]:
            told = f"{file.name}: {text[:40]}… {relation}"
            assert _NEEDED <= set(relation) <= _NEEDED | {"cause"}, told
            assert relation["kind"] in pencil.KINDS, told
            assert relation["verdict"] in pencil.VERDICTS, told
            assert text.count(relation["quote"]) == 1, f"the quote must point to one place. {told}"
            assert relation["stated"] in relation["quote"], told
            assert relation["operands"], told
            assert all(isinstance(operand, str) and operand in text for operand in relation["operands"]), told
            assert ("cause" in relation) <= (relation["verdict"] != pencil.CONSISTENT), f"only a slip has a cause. {told}"


@pytest.mark.parametrize("file", SENTENCE_FILES + PAGE_FILES, ids=lambda file: file.stem)
def test_every_verdict_is_what_a_pencil_finds(file: Path) -> None:
    for entry in entries(file):
        for relation in entry["relations"]:
            if relation["verdict"] == pencil.UNTESTABLE:
                continue
            found = pencil.verdicts(relation["kind"], relation["stated"], relation["operands"], relation["quote"])
            assert relation["verdict"] in found, f"{file.name}: {entry['text'][:60]}… {relation}: {found}"


def test_no_relation_is_labelled_twice() -> None:
    for entry in _all(SENTENCE_FILES + PAGE_FILES):
        keys = Counter((r["kind"], r["quote"], r["stated"], tuple(r["operands"])) for r in entry["relations"])
        assert all(times == 1 for times in keys.values()), keys.most_common(1)


def test_the_set_is_large_enough_and_balanced() -> None:
    sentences = _all(SENTENCE_FILES)
    assert len(sentences) >= 170
    assert len({entry["text"] for entry in sentences}) == len(sentences)
    assert len(PAGE_FILES) >= 6
    assert all(600 <= len(entry["text"]) <= 1500 for entry in _all(PAGE_FILES))
    tested = _relations(SENTENCE_FILES + PAGE_FILES)
    wrong = Counter(r["kind"] for _, r in tested if r["verdict"] == pencil.INCONSISTENT)
    right = Counter(r["kind"] for _, r in tested if r["verdict"] == pencil.CONSISTENT)
    assert all(wrong[kind] >= 3 and right[kind] >= 3 for kind in pencil.KINDS), (wrong, right)
    assert right.total() >= wrong.total()
    assert sum(r["verdict"] == pencil.ROUNDING for _, r in tested) >= 10
    assert sum(not entry["relations"] for entry in sentences) >= 30, "traps: alike in looks, not in meaning"


def test_every_usual_cause_is_planted() -> None:
    planted = Counter(r.get("cause") for _, r in _relations(SENTENCE_FILES + PAGE_FILES))
    for cause in (
        "other denominator", "truncated", "rounded from rounded", "comparison name", "percent for percentage point",
        "factor of ten", "digits swapped", "direction", "two values",
    ):  # fmt: skip
        assert planted[cause] >= 2, cause


def test_the_set_holds_dirty_text() -> None:
    texts = "\n".join(entry["text"] for entry in _all(SENTENCE_FILES + PAGE_FILES))
    for dirt in ("[０-９]", r"\*\*", "xx", r"0、\*", "衛", r"衛\(wèi\)", r"\d、\d+%、\d", "第[0-9]+页", "萬", "，\n"):
        assert re.search(dirt, texts), dirt


@pytest.mark.parametrize(
    ("kind", "stated", "operands", "quote", "found"),
    [
        ("ratio", "95.2", ["952", "1000"], "率95.2%", {"consistent"}),
        ("ratio", "66.6", ["2", "3"], "率66.6%", {"rounding"}),
        ("ratio", "9.52", ["952", "1000"], "率9.52%", {"inconsistent"}),
        ("growth", "50", ["100", "200"], "下降50%", {"consistent"}),
        ("growth", "50", ["100", "200"], "增长50%", {"inconsistent"}),
        ("change", "5", ["45", "40"], "提高5个百分点", {"consistent"}),
        ("change", "5", ["45", "40"], "提高5%", {"inconsistent"}),
        ("change", "12.5", ["45", "40"], "提高12.5%", {"consistent"}),
        ("average", "2.5", ["2500", "1000000"], "每千人口2.5张", {"consistent"}),
        ("sum", "360", ["100余", "150"], "共360人", {"inconsistent"}),
        ("sum", "300", ["100余", "140"], "共300人", {"consistent"}),
        ("repeat", "43.98万", ["439812"], "43.98万份", {"consistent"}),
        ("shared-denominator", "2.00", ["1", "20.00/10万", "10", "2.00‰"], "2.00‰", {"consistent"}),
        ("shared-denominator", "3.00", ["1", "20.00/10万", "10", "3.00‰"], "3.00‰", {"inconsistent"}),
    ],
)
def test_the_pencil_itself(kind: str, stated: str, operands: list[str], quote: str, found: set[str]) -> None:
    assert pencil.verdicts(kind, stated, operands, quote) == found


@pytest.mark.parametrize(
    ("printed", "face"),
    [
        ("４８．６万", "486000"),
        ("97、7", "97.7"),
        ("十五", "15"),
        ("二十三", "23"),
        ("一亿二千万", "120000000"),
        ("1,286", "1286"),
        ("三分之一", "1/3"),
        ("3千", "3000"),
    ],
)
def test_a_printed_number_is_read(printed: str, face: str) -> None:
    assert pencil.amount(printed).face == Fraction(face)
