"""After the signature: a publication with its files, what later corrections move, an edited Word file handed back; and an old document
brought to a new period."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from taizhang.county import audit
from taizhang.kernel.periods import Period, PeriodError
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text
from taizhang.summaries.desk.errors import DeskError
from taizhang.summaries.document import FigureSpan, Words
from taizhang.summaries.publishing import paper, publish
from taizhang.summaries.publishing.correct import corrections, note
from taizhang.summaries.publishing.handback import compare
from taizhang.summaries.publishing.models import Publication
from taizhang.summaries.publishing.rebind import Open, Rebound, ReboundSentence, State, read_old, rebind
from taizhang.summaries.publishing.wordfile import LARGEST_FILE
from taizhang.web.asking import Asked, default_period
from taizhang.web.desk.draft import told
from taizhang.web.desk.posting import field
from taizhang.web.desk.rights import desk_asked, may_write_for
from taizhang.web.shown import Shown
from taizhang.web.summary import COPIES, attached

NO_FILE = Text("请选择文件。", "Choose a file.")
TOO_LARGE = Text("文件超过50 MB，不像一份总结。请核对。", "The file is over 50 MB; is it a summary?")


def _found(request: HttpRequest, number: int) -> tuple[Asked, Publication]:
    """Raises Http404 for a publication that is unknown or of an organisation outside the reader's scope."""
    ask = desk_asked(request)
    found = Publication.objects.select_related("draft").filter(pk=number).first()
    if found is None or (ask.tree.present(found.organisation) or found.organisation) not in ask.viewable:
        raise Http404
    return ask, found


def publication(request: HttpRequest, number: int) -> HttpResponse:
    """Its files and proof. ?corrections=1: every published figure computed again. A posted Word file is held against it."""
    ask, found = _found(request, number)
    facts = {
        "ask": ask,
        "publication": found,
        "copies": COPIES.items(),
        "let_stand": publish.let_stand_of(found),
        "writes": may_write_for(ask.staff, found.organisation),
    }
    status = 200
    try:
        if request.method == "POST":
            facts["comparison"] = _compared(request, found)
        elif request.GET.get("corrections") == "1":
            facts["verified"] = publish.verify_publication(found)
            facts["corrections"] = moved = corrections(found)
            facts["note"] = note(moved)
    except Refusal as refusal:
        facts["faults"], status = told(refusal, ask.language), 422
    return render(request, "web/desk/publication.html", facts, status=status)


def file(request: HttpRequest, number: int, copy: str) -> HttpResponse:
    """The frozen Word file as it went out; one audit line."""
    ask, found = _found(request, number)
    if copy not in COPIES:
        raise Http404
    path = found.folder / f"{copy}.docx"
    if not path.is_file():
        raise publish.PublishingError(Text(
            f"印发件第{number}号的文件{path.name}不在。请从备份恢复published/{number}目录。",
            f"{path.name} of publication {number} is gone. Restore published/{number} from a backup.",
        ))  # fmt: skip
    audit.record(ask.staff, audit.EXPORT, detail={"file": copy, "publication": number})
    return attached(path.read_bytes(), f"{found.title}（{COPIES[copy].zh}）.docx", f"publication-{number}-{copy}.docx")


def correction_note(request: HttpRequest, number: int) -> HttpResponse:
    """The drafted note 更正说明 as a Word file; where nothing on paper is moved, the page that says so."""
    ask, found = _found(request, number)
    drafted = note(corrections(found))
    if drafted is None:
        return redirect(f"{reverse('desk-publication', args=[number])}?corrections=1")
    audit.record(ask.staff, audit.EXPORT, detail={"file": "correction", "publication": number})
    name = "更正说明.docx" if ask.language == "zh" else "correction.docx"
    return attached(paper.note_bytes(drafted, ask.language), name, f"correction-{number}.docx")


def _given(request: HttpRequest) -> UploadedFile:
    given = request.FILES.get("file")
    if not isinstance(given, UploadedFile):
        raise DeskError(NO_FILE)
    if given.size is None or given.size > LARGEST_FILE:
        raise DeskError(TOO_LARGE)
    return given


def _compared(request: HttpRequest, found: Publication) -> object:
    given = _given(request)
    with TemporaryDirectory() as folder:
        path = Path(folder) / Path(given.name or "handed-back.docx").name
        path.write_bytes(given.read())
        return compare(path, found)


# -- an old document with new figures -------------------------------------------------------------------------------------------------


def rebinding(request: HttpRequest) -> HttpResponse:
    """旧稿换数: the answer on screen, or (do=file) as a Word file with grounds and comments."""
    ask = desk_asked(request)
    organisation = ask.staff.organisation_id if ask.staff.organisation_id in ask.viewable else ask.organisation
    if not may_write_for(ask.staff, organisation):
        raise Http404
    if request.method != "POST":
        return _rebinding_page(request, ask, organisation)
    try:
        found = _rebound(request, organisation)
    except (Refusal, PeriodError) as refusal:
        return _rebinding_page(request, ask, organisation, told(refusal, ask.language), status=422)
    if field(request, "do", 10) == "file":
        audit.record(ask.staff, audit.EXPORT, detail={"file": "rebound", "organisation": organisation, "period": str(found.new)})
        return attached(paper.rebound_bytes(found), f"旧稿换数（{found.new.name.zh}）.docx", "rebound.docx")
    return _rebinding_page(request, ask, organisation, found=found)


def _rebound(request: HttpRequest, organisation: str) -> Rebound:
    old, new = Period.parse(field(request, "old", 40)), Period.parse(field(request, "new", 40))
    if chosen := field(request, "publication", 10):
        source = Publication.objects.filter(pk=chosen if chosen.isdigit() else None, organisation=organisation).first()
        if source is None:
            raise DeskError(Text("没有这份印发件。", "There is no such publication."))
        return rebind(source, source.period, new, organisation)
    if written := request.POST.get("text", "").strip():
        return rebind(written, old, new, organisation)
    given = _given(request)
    with TemporaryDirectory() as folder:
        path = Path(folder) / Path(given.name or "old.docx").name
        path.write_bytes(given.read())
        return rebind(read_old(path), old, new, organisation)


def _rebinding_page(
    request: HttpRequest, ask: Asked, organisation: str, faults: Sequence[str] = (), *, found: Rebound | None = None, status: int = 200
) -> HttpResponse:
    now = default_period(ask.day)
    facts = {
        "ask": ask,
        "organisation": ask.tree.name(organisation),
        "publications": Publication.objects.filter(organisation=organisation)[:20],
        "faults": list(faults),
        "posted": request.POST,
        "old": request.POST.get("old", str(now.same_period_last_year())),
        "new": request.POST.get("new", str(now)),
        "found": found,
        "counts": [(state.value, state.label, found.count(state)) for state in State] if found else [],
        "paragraphs": [[_sentence(s, ask.language) for s in p] for p in found.paragraphs] if found else [],
    }
    return render(request, "web/desk/rebind.html", facts, status=status)


def _sentence(sentence: ReboundSentence, language: str) -> dict[str, object]:
    """Its runs as (words, kind, page, reason)."""
    runs = []
    for run in sentence.runs:
        if isinstance(run, FigureSpan):
            runs.append((run.text, "new", Shown(run.figure, language).url, (run.how or run.figure.indicator.name).in_language(language)))
        elif isinstance(run, Open):
            runs.append((run.text, "open", "", run.reason.in_language(language)))
        elif isinstance(run, Words):
            runs.append((run.text, "", "", ""))
        else:
            runs.append((run.text, "new", "", ""))
    return {"state": sentence.state.value, "runs": runs, "reasons": [r.in_language(language) for r in sentence.reasons]}
