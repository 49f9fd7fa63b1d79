"""The text checker on the labelled set: recall of testable relations, precision of "inconsistent", per kind, and characters per second.

`python -m bench.textcheck [--misses]`. A labelled relation is found when a relation of the same kind is given whose number or operands lie
in its quotation. An "inconsistent" is right when the labels have one of the same kind there.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from taizhang.textcheck.check import Checked, check
from taizhang.textcheck.model import Relation, Verdict

LABELLED = Path(__file__).resolve().parent.parent / "tests" / "textcheck" / "labelled"
PAGE = 600  # characters of a page, as a summary is printed
LONG_PAGES = 50


@dataclass
class Score:
    """wanted, found: testable labelled relations; agreed: found with the labelled verdict; claimed, right: of "inconsistent"; planted,
    seen: labelled inconsistencies and those of them that were named."""

    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    agreed: Counter[str] = field(default_factory=Counter)
    claimed: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    planted: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    texts: int = 0
    characters: int = 0

    @property
    def recall(self) -> float:
        return self.found.total() / max(1, self.wanted.total())

    @property
    def precision(self) -> float:
        return self.right.total() / max(1, self.claimed.total())

    @property
    def agreement(self) -> float:
        return self.agreed.total() / max(1, self.found.total())

    @property
    def planted_found(self) -> float:
        return self.seen.total() / max(1, self.planted.total())


def labelled(folder: Path = LABELLED) -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted(folder.rglob("*.yaml")):
        read = yaml.safe_load(file.read_text(encoding="utf-8")) or []
        for entry in read if isinstance(read, list) else [read]:
            yield file.relative_to(folder).as_posix(), entry


def scored(folder: Path = LABELLED) -> Score:
    score = Score()
    for name, entry in labelled(folder):
        _one(name, entry, score)
    return score


def _one(name: str, entry: dict[str, Any], score: Score) -> None:
    text = entry["text"]
    checked = check(text)
    score.texts += 1
    score.characters += len(text)
    labels = [(label, _span(text, label)) for label in entry.get("relations") or []]
    for label, span in labels:
        kind, verdict = label["kind"], label["verdict"]
        ours = [
            r for r in checked.relations if _same(r.kind.value, kind) and r.verdict is not Verdict.UNTESTABLE and _touches(checked, r, span)
        ]
        if verdict == "untestable":
            continue
        score.wanted[kind] += 1
        score.planted[kind] += verdict == "inconsistent"
        if ours:
            score.found[kind] += 1
        good = any(r.verdict.value == verdict for r in ours)
        score.agreed[kind] += good
        score.seen[kind] += good and verdict == "inconsistent"
        if not good:
            had = ", ".join(sorted({r.verdict.value for r in ours})) or "nothing"
            score.misses.append(f"{name}: {kind} {verdict}, got {had}: {label['quote']} | {text[:90] if len(text) < 300 else ''}")
    for relation in checked.of(Verdict.INCONSISTENT):
        kind = relation.kind.value
        score.claimed[kind] += 1
        if any(
            _same(label["kind"], kind) and label["verdict"] == "inconsistent" and _touches(checked, relation, span)
            for label, span in labels
        ):
            score.right[kind] += 1
        else:
            score.misses.append(
                f"{name}: WRONGLY {kind} inconsistent: {checked.place(relation.stated, words=True).quote} [{relation.arithmetic}] |"
                f" {text[:90] if len(text) < 300 else ''}"
            )


_ONE = {"growth", "change"}


def _same(one: str, other: str) -> bool:
    """提高1.5个百分点 is growth to one reader and change to another: the two count as one kind."""
    return one == other or {one, other} <= _ONE


def _span(text: str, label: dict[str, Any]) -> tuple[int, int]:
    """Where the stated number of a label stands; the whole quotation where it is not in it as written."""
    quote = str(label["quote"])
    at = text.find(quote)
    if at < 0:
        at = text.find(str(label["stated"]))
        return (at, at + len(str(label["stated"]))) if at >= 0 else (0, 0)
    return at, at + len(quote)


def _touches(checked: Checked, relation: Relation, span: tuple[int, int]) -> bool:
    places = [checked.place(q) for q in (relation.stated, *relation.operands)]
    return any(p.start < span[1] and span[0] < p.end for p in places)


def long_text(folder: Path = LABELLED) -> str:
    """Fifty pages of the labelled texts, one after the other."""
    texts = [entry["text"] for _, entry in labelled(folder)]
    made, length = [], 0
    while length < PAGE * LONG_PAGES:
        for text in texts:
            made.append(text)
            length += len(text)
            if length >= PAGE * LONG_PAGES:
                break
    return "\n".join(made)


def measured(folder: Path = LABELLED) -> dict[str, Any]:
    score = scored(folder)
    text = long_text(folder)
    spent = []
    for _ in range(3):
        began = time.perf_counter()
        check(text)
        spent.append(time.perf_counter() - began)
    return {
        "texts": score.texts,
        "relations": score.wanted.total(),
        "recall": round(score.recall, 3),
        "verdicts_agreeing": round(score.agreement, 3),
        "inconsistent_precision": round(score.precision, 3),
        "inconsistent_recall": round(score.planted_found, 3),
        "kinds": {
            kind: {
                "relations": score.wanted[kind],
                "recall": round(score.found[kind] / max(1, score.wanted[kind]), 3),
                "inconsistent": score.planted[kind],
                "named": score.seen[kind],
                "claimed": score.claimed[kind],
                "right": score.right[kind],
            }
            for kind in sorted(score.wanted | score.claimed)
        },
        "long_characters": len(text),
        "long_seconds": round(min(spent), 2),
        "characters_per_second": round(len(text) / min(spent)),
    }


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench.textcheck", description=__doc__)
    asked.add_argument("--misses", action="store_true", help="name each relation missed or wrongly called inconsistent")
    options = asked.parse_args()
    if options.misses:
        print("\n".join(scored().misses))
    print(json.dumps(measured(), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
