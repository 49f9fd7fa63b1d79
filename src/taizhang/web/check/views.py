"""文稿核对: a text pasted or dropped, its figures marked, what does not add up listed with its arithmetic; a Word file with comments.

Nothing of the text is stored or logged. It is compared with the ledger only within the reader's scope, and never with a figure that is kept
back from the reader.
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from taizhang.kernel.periods import Period, PeriodError
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text
from taizhang.summaries.checking import Match, against_ledger
from taizhang.textcheck.check import Checked, check, must_be_chinese
from taizhang.textcheck.files import LARGEST, Form, Source, read_bytes
from taizhang.textcheck.marked import marked
from taizhang.textcheck.model import Relation, Verdict
from taizhang.textcheck.refusals import TextRefused
from taizhang.textcheck.word import with_comments
from taizhang.web.asking import Asked, asked
from taizhang.web.discretion import withheld
from taizhang.web.navigation import ENTRIES
from taizhang.web.shown import Shown

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
UNPROCESSABLE = 422
_DOOR = next(entry for entry in ENTRIES if entry.address == "check")
_ORDER = (Verdict.INCONSISTENT, Verdict.ROUNDING, Verdict.CONSISTENT, Verdict.UNTESTABLE)
_MEANS = {
    Verdict.INCONSISTENT: Text("文中的数对不上，请核对", "the text's numbers do not add up"),
    Verdict.ROUNDING: Text("只差在末位，舍入方法不同", "off in the last digit only"),
    Verdict.CONSISTENT: Text("按文中的数重算相符", "reckoned again, it agrees"),
    Verdict.UNTESTABLE: Text("文中缺少要用的数", "the text lacks what is needed"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A relation as the page lists it. number: of its mark in the text."""

    number: int
    verdict: str
    label: str
    kind: str
    quote: str
    message: str
    arithmetic: str
    cause: str
    recomputed: str
    operands: list[str]


@dataclass(frozen=True, slots=True)
class Group:
    verdict: str
    label: str
    means: str
    findings: list[Finding]
    open: bool


@dataclass(frozen=True, slots=True)
class Ours:
    """A figure of the text beside ours."""

    written: str
    name: str
    ours: str
    agrees: bool
    url: str


def page(request: HttpRequest) -> HttpResponse:
    ask = _asked(request)
    facts: dict[str, object] = {
        "ask": ask,
        "organisations": _organisations(ask),
        "typed": "",
        "period": str(ask.period),
        "chosen": ask.organisation,
    }
    if request.method != "POST":
        return render(request, "web/check/page.html", facts)
    # What was typed comes back with whatever is found, so that it is never lost.
    typed = request.POST.get("text", "")
    facts |= {"typed": typed, "period": request.POST.get("period", "").strip()[:40], "compare": request.POST.get("compare") == "1"}
    try:
        source, _ = _given(request)
        checked = check(source.text)
        matches = _compared(request, checked, facts) if facts["compare"] else None
    except Refusal as refusal:
        facts["problem"] = _told(refusal, ask.language)
        return render(request, _template(request), facts, status=UNPROCESSABLE)
    facts |= _result(checked, matches, ask, source)
    return render(request, _template(request), facts)


@require_POST
def comments(request: HttpRequest) -> HttpResponse:
    """The text as a Word file with a comment at each spot."""
    ask = _asked(request)
    try:
        source, content = _given(request)
        made = with_comments(content, source, check(source.text), language=ask.language)
    except Refusal as refusal:
        facts = {
            "ask": ask, "organisations": _organisations(ask), "typed": request.POST.get("text", ""), "period": str(ask.period),
            "chosen": ask.organisation, "problem": _told(refusal, ask.language),
        }  # fmt: skip
        return render(request, "web/check/page.html", facts, status=UNPROCESSABLE)
    response = HttpResponse(made, content_type=_WORD)
    response["Content-Disposition"] = "attachment; filename=\"checked.docx\"; filename*=UTF-8''%E6%A0%B8%E5%AF%B9%E6%89%B9%E6%B3%A8.docx"
    return response


def _asked(request: HttpRequest) -> Asked:
    """Raises Http404 for a post without this door: who writes no documents has none to check."""
    ask = asked(request)
    if ask.staff.role not in _DOOR.roles:
        raise Http404
    return ask


def _template(request: HttpRequest) -> str:
    return "web/check/_result.html" if request.headers.get("HX-Request") else "web/check/page.html"


def _told(refusal: Refusal, language: str) -> str:
    text = getattr(refusal, "text", None)
    return text.in_language(language) if isinstance(text, Text) else str(refusal)


def _given(request: HttpRequest) -> tuple[Source, bytes | None]:
    """The file, or what was pasted. Raises TextRefused."""
    upload = request.FILES.get("file")
    if upload is not None and upload.size:
        if upload.size > LARGEST:
            limit = LARGEST // 2**20
            raise TextRefused(
                Text(
                    f"文件超过{limit}MB。请去掉图片或分段后再核对。",
                    f"The file is over {limit} MB. Take out pictures, or check it in parts.",
                )
            )
        content = upload.read()
        return read_bytes(content), content
    typed = request.POST.get("text", "")
    must_be_chinese(typed)
    return Source(typed.replace("\r\n", "\n"), Form.TEXT), None


def _organisations(ask: Asked) -> list[tuple[str, str]]:
    """The reader's own top, and those right below it."""
    codes = [ask.organisation, *(c for c in ask.tree.children(ask.organisation) if c in ask.viewable)]
    return [(code, ask.tree.name(code).in_language(ask.language)) for code in codes]


def _compared(request: HttpRequest, checked: Checked, facts: dict[str, object]) -> list[Match]:
    """Raises PeriodError. An organisation outside the scope is not there."""
    ask = asked(request, request.POST.get("organisation") or None)
    facts["chosen"] = ask.organisation
    try:
        period = Period.parse(str(facts["period"]))
    except PeriodError as error:
        raise TextRefused(Text(str(error), "This is no period. Write 2026-06, 2026Q2, 2026H1, 2026 or 2026-01..2026-10.")) from None
    found = against_ledger(checked, ask.organisation, period.known_on(ask.day))
    return [m for m in found if not withheld(m.figure, ask.staff, ask.tree)]


def _result(checked: Checked, matches: list[Match] | None, ask: Asked, source: Source) -> dict[str, object]:
    findings = [_finding(n, r, checked, ask.language) for n, r in enumerate(checked.relations)]
    groups = [
        Group(
            verdict.value, verdict.label.in_language(ask.language), _MEANS[verdict].in_language(ask.language), chosen,
            verdict in (Verdict.INCONSISTENT, Verdict.ROUNDING),
        )
        for verdict in _ORDER
        if (chosen := [f for f in findings if f.verdict == verdict.value])
    ]  # fmt: skip
    by_place = {m.quantity.start: m for m in matches or ()}
    ours = [_ours(m, ask.language) for m in matches or ()]
    return {
        "checked": True,
        "marks": list(marked(checked)),
        "groups": groups,
        "counts": [(v.value, v.label.in_language(ask.language), len(checked.of(v))) for v in _ORDER],
        "figures": len(checked.reading.quantities),
        "compared": matches is not None,
        "differing": [o for o in ours if not o.agrees],
        "agreeing": [o for o in ours if o.agrees],
        "matched": len(by_place),
        "is_word": source.form is Form.WORD,
        "comments_url": reverse("check-comments"),
    }


def _finding(number: int, relation: Relation, checked: Checked, language: str) -> Finding:
    return Finding(
        number, relation.verdict.value, relation.verdict.label.in_language(language), relation.kind.label.in_language(language),
        checked.place(relation.stated, words=True).quote, relation.message.in_language(language), relation.arithmetic,
        relation.cause.in_language(language) if relation.cause else "", relation.recomputed,
        [checked.place(o, words=True).quote for o in relation.operands],
    )  # fmt: skip


def _ours(match: Match, language: str) -> Ours:
    return Ours(match.quantity.text, match.name.in_language(language), match.ours, match.agrees, Shown(match.figure, language).url)
