"""The work summary on screen: the document as it would be printed, every number a link to its figure; what it lacks; and both files."""

from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from taizhang.county import audit
from taizhang.kernel.text import Text
from taizhang.summaries.build import build
from taizhang.summaries.document import Document
from taizhang.summaries.word import to_bytes
from taizhang.web import sheet
from taizhang.web.asking import Asked, asked, chooser
from taizhang.web.desk.made import gathered

COPIES = {"clean": Text("清稿", "clean copy"), "review": Text("校核稿", "review copy")}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def summary(request: HttpRequest, organisation: str) -> HttpResponse:
    ask = asked(request, organisation)
    document = _made(ask)
    english = request.GET.get("english", "1" if ask.language == "en" else "0") != "0"
    facts = {
        "ask": ask,
        "chooser": chooser(ask),
        "document": document,
        "paragraphs": sheet.paragraphs(document, ask.language),
        "numbers": len(document.spans()),
        "english": english,
        "other": urlencode({"period": str(ask.period), "english": "0" if english else "1"}),
        "table": sheet.place_table(document, ask.language),
        "copies": [(code, name, f"{reverse('summary-file', args=[ask.organisation, code])}?{ask.query}") for code, name in COPIES.items()],
    }
    return render(request, "web/summary.html", facts)


def download(request: HttpRequest, organisation: str, copy: str) -> HttpResponse:
    """The Word file, built now; one audit line."""
    ask = asked(request, organisation)
    if copy not in COPIES:
        raise Http404
    document = _made(ask)
    contents = to_bytes(document, review=copy == "review")
    detail = {"file": copy, "organisation": ask.organisation, "period": str(ask.period), "ledger_version": document.ledger_version}
    audit.record(ask.staff, audit.EXPORT, detail=detail)
    return attached(contents, f"{document.title.zh}（{COPIES[copy].zh}）.docx", f"summary-{copy}.docx")


def _made(ask: Asked) -> Document:
    """Composed anew from what was read for the page before: who looks at a summary takes its file next."""
    return build(ask.period, ask.organisation, day=ask.day, gathered=gathered(ask.period, ask.organisation, day=ask.day))


def attached(contents: bytes, name: str, plain: str, kind: str = WORD) -> HttpResponse:
    """A file to keep. plain: its name for programs that know no Chinese ones."""
    response = HttpResponse(contents, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return response
