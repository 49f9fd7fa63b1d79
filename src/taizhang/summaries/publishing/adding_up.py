"""What does not add up in a document that is to go out 放行: named finding by finding; each may stand with a signed reason, and only so.

A document may quote an upper level's figure that truly contradicts its own. The approver then writes why it stands. Reason, signer and day
are frozen with the document in let_stand.json, shown with the publication, and written to the audit trail.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text
from taizhang.summaries.checking import contradictions_of
from taizhang.summaries.document import Document

SHORTEST_REASON = 4
LONGEST_REASON = 200
_NAMED = 5


class PublishingError(Refusal, ValueError):
    """A document that cannot be published, or a publication that cannot be read; `text` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.zh)
        self.text = text


@dataclass(frozen=True, slots=True)
class Finding:
    """quote: the words of the document. mark: six signs of its words and arithmetic, by which a reason is given for it."""

    quote: str
    message: Text
    arithmetic: str

    @property
    def mark(self) -> str:
        return hashlib.sha256(f"{self.quote}|{self.arithmetic}".encode()).hexdigest()[:6]


@dataclass(frozen=True, slots=True)
class LetStand:
    """A finding that stands. by: who signed for it."""

    mark: str
    quote: str
    zh: str
    en: str
    arithmetic: str
    reason: str
    by: str
    on: str

    @property
    def message(self) -> Text:
        return Text(self.zh, self.en)


class DoesNotAddUp(PublishingError):
    """findings: all of the document, those with a reason among them."""

    def __init__(self, text: Text, findings: Sequence[Finding]) -> None:
        super().__init__(text)
        self.findings = tuple(findings)


def findings_of(document: Document) -> list[Finding]:
    """What a reader with a pencil finds wrong, each once."""
    found = [Finding(quote, relation.message, relation.arithmetic) for quote, relation in contradictions_of(document)]
    return list({f.mark: f for f in found}.values())


def let_stand(document: Document, reasons: Mapping[str, str], by: str, on: date) -> list[LetStand]:
    """The findings with their signed reasons. Raises DoesNotAddUp for those without one, PublishingError for a reason too short or given
    for what is not in the text."""
    findings = findings_of(document)
    given = {mark: reason.strip() for mark, reason in reasons.items() if reason.strip()}
    unknown = sorted(given.keys() - {f.mark for f in findings})
    if unknown:
        raise PublishingError(
            Text(
                f"文中没有标记为{'、'.join(unknown)}的不一致，理由无处可用。文字可能已改，请重新印发，按新的标记填写。",
                f"Nothing in the text is marked {', '.join(unknown)}; perhaps it was changed. Publish anew and use the new marks.",
            )
        )
    short = [mark for mark, reason in given.items() if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON]
    if short:
        raise DoesNotAddUp(
            Text(
                f"〔{short[0]}〕的放行理由须有{SHORTEST_REASON}至{LONGEST_REASON}字，写明数字从何而来、为何照发。",
                f"The reason for {short[0]} must have {SHORTEST_REASON} to {LONGEST_REASON} characters: whence the number, and why "
                "it stands.",
            ),
            findings,
        )
    missing = [f for f in findings if f.mark not in given]
    if missing:
        raise DoesNotAddUp(_unsigned(missing), findings)
    return [
        LetStand(f.mark, f.quote, f.message.zh, f.message.en, f.arithmetic, given[f.mark], by, on.isoformat()) for f in findings
    ]  # fmt: skip


def _unsigned(missing: Sequence[Finding]) -> Text:
    first = missing[:_NAMED]
    return Text(
        f"文中有{len(missing)}处数字前后不一致："
        + "；".join(f"〔{f.mark}〕“{f.quote}”{f.message.zh}" for f in first)
        + "请改正后印发；确需照发的，由审定人逐处写明理由放行。",
        f"{len(missing)} figures of the text do not add up: "
        + "; ".join(f"[{f.mark}] {f.message.en}" for f in first)
        + " Mend them first; what must go out as it is, the approver lets stand with a reason for each.",
    )


def as_json(standing: Sequence[LetStand]) -> list[dict[str, Any]]:
    return [asdict(one) for one in standing]


def from_json(stored: Sequence[Mapping[str, Any]]) -> list[LetStand]:
    return [LetStand(**one) for one in stored]
