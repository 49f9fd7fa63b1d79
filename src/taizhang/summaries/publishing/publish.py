"""Freezing a document 定稿冻结, all or nothing; proving a publication; computing it again.

    HOME/published/<id>/clean.docx, review.docx    what went out, and its review copy
                       /figures.json               every figure of the document
                       /prose.json                 every sentence, and the figures behind its numbers
                       /members.json, members/     the member lists of its populations
                       /cells.json                 the return cells that its figures hold
                       /let_stand.json             what does not add up and was let stand, with the signed reasons; only where there is any
                       /places.json                the organisations, and who stood under whom, as known on that day
                       /manifest.json              size and SHA-256 of all of these; its own stands in the database

The folder is filled under another name and renamed inside the transaction that writes the rows: either both are there or neither.
Files are read-only. The ledger version is pinned, so that its files are never removed.
"""

import hashlib
import json
import os
import secrets
import shutil
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from taizhang.config import home
from taizhang.county import audit
from taizhang.county.models import Staff
from taizhang.figures import compute
from taizhang.figures.model import Figure
from taizhang.figures.placing import Trees
from taizhang.figures.source import ledger_at
from taizhang.kernel.indicators import DataSource
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.ledger import versions
from taizhang.summaries import word
from taizhang.summaries.desk.models import Draft, DraftState
from taizhang.summaries.document import Document, Typed
from taizhang.summaries.publishing import adding_up
from taizhang.summaries.publishing.adding_up import LetStand
from taizhang.summaries.publishing.adding_up import PublishingError as PublishingError
from taizhang.summaries.publishing.frozen import FrozenFigure, Key, freeze, key_of, thaw
from taizhang.summaries.publishing.members import MemberFile, copy_members, file_of, read_member_files, recount
from taizhang.summaries.publishing.models import Publication, PublishedFigure, PublishedFile
from taizhang.summaries.publishing.prose import Prose, as_json, freeze_prose, thaw_prose

CLEAN, REVIEW, MANIFEST = "clean.docx", "review.docx", "manifest.json"
FIGURES, PROSE, MEMBERS, CELLS, PLACES = "figures.json", "prose.json", "members.json", "cells.json", "places.json"
LET_STAND = "let_stand.json"
MOST_NAMED = 5
_COLUMNS = {
    "code", "category", "organisation", "period", "cutoff", "numerator", "denominator", "places", "value", "printed", "status", "source",
    "definition", "parameters", "qualifier",
}  # fmt: skip


# -- publishing ----------------------------------------------------------------------------------------------------------------


def publish(
    document: Document,
    by: str,
    *,
    day: date | None = None,
    draft: Draft | None = None,
    again: bool = False,
    reasons: Mapping[str, str] | None = None,
    signer: Staff | None = None,
) -> Publication:
    """Freeze and store a document. day: of publication, by default the home's working day. draft: the desk's working copy it was made of;
    it must be approved, and is marked published with it. again: a second publication of the same organisation, period and title. reasons:
    why what does not add up stands, by the marks of the findings; signer: the account that signs them, where there is one.

    Raises DoesNotAddUp, PublishingError, LedgerError (its ledger version is not kept) and FigureError; then nothing was stored.
    """
    day = day or home.current().working_day()
    figures = all_figures(document)
    _may_be_published(document, figures, draft, again)
    standing = adding_up.let_stand(document, reasons or {}, by, day)
    frozen = [freeze(figure, registry) for figure in figures]
    root = Path(settings.HOME.path) / "published"
    root.mkdir(mode=0o700, exist_ok=True)
    working = root / f".{secrets.token_hex(6)}.tmp"
    target: Path | None = None
    try:
        working.mkdir(mode=0o700)
        _fill(working, document, figures, frozen, standing)
        files = _listed(working)
        manifest = _write_json(working / MANIFEST, {"files": files, "ledger_version": document.ledger_version, "day": day.isoformat()})
        _read_only(working)
        with transaction.atomic():
            versions.pin(document.ledger_version, f"印发：{document.title.zh}"[:120])
            publication = _stored(document, by, day, draft, frozen, files, manifest)
            if standing:
                told = [{"mark": s.mark, "quote": s.quote, "reason": s.reason} for s in standing]
                audit.record(signer, audit.LET_STAND, detail={"publication": publication.pk, "by": by, "findings": told})
            if publication.folder.exists():  # of a database that was restored to before it; it belongs to nobody here, and stays
                publication.folder.rename(root / f"{publication.pk}.left-{secrets.token_hex(4)}")
            os.rename(working, publication.folder)
            target = publication.folder
            _sync_folder(root)
    except BaseException:
        for left in (working, target):
            if left is not None and left.exists():
                _remove(left)
        raise
    return publication


def all_figures(document: Document) -> list[Figure]:
    """Every figure the document holds, each once: those of its annex, of its sentences, and of its table by place."""
    found: dict[Key, Figure] = {}
    spoken = [f for sentence in document.sentences() for span in (*sentence.spans("zh"), *sentence.spans("en")) for f in span.figures]
    table = [f for _, row in document.place_table.rows for f in row if f is not None] if document.place_table else []
    for figure in (*document.figures, *spoken, *table):
        found.setdefault(key_of(figure), figure)
    return list(found.values())


def _may_be_published(document: Document, figures: Sequence[Figure], draft: Draft | None, again: bool) -> None:
    if not figures:
        raise PublishingError(Text("文中没有数字，无可冻结。请先生成总结。", "The document holds no figure. Build it first."))
    others = sorted({f.ledger_version for f in figures} - {document.ledger_version})
    if others:
        raise PublishingError(
            Text(
                f"文中数字来自不同的台账版本（{document.ledger_version}、{'、'.join(map(str, others))}）。请按同一版本重新生成后印发。",
                f"Its figures come from several ledger versions ({document.ledger_version}, {others}). Build it anew at one version.",
            )
        )
    if draft is not None and draft.state != DraftState.APPROVED:
        raise PublishingError(
            Text(
                f"工作稿“{draft}”尚未审定（{draft.get_state_display()}）。请先审定。",
                f"The draft is not approved ({draft.state}). Approve it first.",
            )
        )
    if draft is not None and draft.ledger_version not in (None, document.ledger_version):
        raise PublishingError(
            Text(
                f"审定时的台账是第{draft.ledger_version}版，本文是第{document.ledger_version}版。请用审定的那一版生成后印发，或重新审定。",
                f"Approved at ledger version {draft.ledger_version}, but built at {document.ledger_version}. Build or approve it again.",
            )
        )
    earlier = Publication.objects.filter(
        organisation=document.organisation, title=document.title.zh, period_start=document.period.start, period_end=document.period.end,
        cutoff=document.period.cutoff,
    ).first()
    if earlier is not None and not again:
        raise PublishingError(
            Text(
                f"《{document.title.zh}》已于{earlier.published_on}印发（第{earlier.pk}号）。数字有变请用 "
                f"taizhang corrections {earlier.pk} 起草更正说明；确需重新印发，请加 --again。",
                f"It was published on {earlier.published_on} (No. {earlier.pk}). Use taizhang corrections {earlier.pk}, "
                "or publish --again.",
            )
        )
    wrong = [f for f, now in _computed(figures, document.ledger_version) if now is None or _counts(f) != _counts(now)]
    if wrong:
        named = "、".join(f"{f.organisation_name.zh}{f.indicator.name.zh}{f.printed}" for f in wrong[:MOST_NAMED])
        named += "等" if len(wrong) > MOST_NAMED else ""
        raise PublishingError(
            Text(
                f"文中{len(wrong)}个数字与台账第{document.ledger_version}版重算的不一致（{named}）。"
                "请重新生成总结后印发。",
                f"{len(wrong)} figures are not what ledger version {document.ledger_version} gives "
                f"({', '.join(f.code for f in wrong[:MOST_NAMED])}). Build the summary anew.",
            )
        )


def _counts(figure: Figure) -> tuple[object, ...]:
    return (figure.numerator, figure.denominator, figure.value, figure.status)


def _computed(figures: Iterable[Figure], version: int) -> list[tuple[Figure, Figure | None]]:
    wanted = list(figures)
    found = compute_again([key_of(f) for f in wanted], version)
    return [(f, found.get(key_of(f))) for f in wanted]


def compute_again(keys: Iterable[Key], version: int | None, trees: Trees | None = None) -> dict[Key, Figure]:
    """The figures of these keys at a ledger version (by default the latest), one reading a period and organisation. trees: of the day the
    figures were frozen; by default those of today."""
    asked: dict[tuple[str, str], dict[str, None]] = {}
    for organisation, code, _, period in keys:
        if code in registry.indicators:
            asked.setdefault((period, organisation), {})[code] = None
    ledger = ledger_at(version)
    found: dict[Key, Figure] = {}
    for (text, organisation), codes in asked.items():
        period = Period.parse(text)
        for figure in compute.figures(period, organisation, indicators=list(codes), version=ledger, day=period.cutoff, trees=trees):
            found[organisation, figure.code, figure.category, text] = figure
    return found


def _fill(
    folder: Path, document: Document, figures: Sequence[Figure], frozen: Sequence[FrozenFigure], standing: Sequence[LetStand]
) -> None:
    if standing:
        _write_json(folder / LET_STAND, adding_up.as_json(standing))
    numbers = {f.key: number for number, f in enumerate(frozen, start=1)}
    (folder / CLEAN).write_bytes(word.to_bytes(document))
    (folder / REVIEW).write_bytes(word.to_bytes(document, review=True))
    _write_json(folder / FIGURES, [f.as_json() for f in frozen])
    _write_json(folder / PROSE, as_json(freeze_prose(document, numbers)))
    _write_json(folder / MEMBERS, [f.as_json() for f in copy_members(figures, document.ledger_version, folder)])
    _write_json(folder / PLACES, Trees(home.current().organisation).stored())
    _write_json(folder / CELLS, cells_at(document.ledger_version, {c for f in figures for c in f.cells}))


def cells_at(version: int | None, ids: set[int]) -> list[dict[str, Any]]:
    """These return cells as the ledger version holds them."""
    rows = compute.facts_of(ledger_at(version)).cells.rows
    return [
        {name: value.isoformat() if isinstance(value, date) else value for name, value in rows[number].items()}
        for number in sorted(ids & rows.keys())
    ]


def _stored(
    document: Document, by: str, day: date, draft: Draft | None, frozen: Sequence[FrozenFigure], files: dict[str, dict[str, Any]],
    manifest: str,
) -> Publication:
    typed = [r for s in document.sentences() for r in s.runs("zh") if isinstance(r, Typed)]
    publication = Publication.objects.create(
        draft=draft,
        organisation=document.organisation,
        organisation_name=document.organisation_name.zh,
        title=document.title.zh,
        title_en=document.title.en,
        language=document.language,
        period_start=document.period.start,
        period_end=document.period.end,
        cutoff=document.period.cutoff,
        ledger_version=document.ledger_version,
        figure_count=len(frozen),
        unbound=sum(run.bound is None for run in typed),
        manifest_sha256=manifest,
        published_by=by,
        published_on=day,
    )
    PublishedFigure.objects.bulk_create(_row(publication, number, f) for number, f in enumerate(frozen, start=1))
    PublishedFile.objects.bulk_create(
        PublishedFile(publication=publication, path=path, size=entry["size"], sha256=entry["sha256"]) for path, entry in files.items()
    )
    if draft is not None:
        draft.state, draft.published_by, draft.published_on = DraftState.PUBLISHED, by, day
        draft.save(update_fields=["state", "published_by", "published_on"])
    return publication


def _row(publication: Publication, number: int, figure: FrozenFigure) -> PublishedFigure:
    stored = figure.as_json()
    columns = {name: stored.pop(name) for name in sorted(_COLUMNS)}
    return PublishedFigure(publication=publication, number=number, more=json.loads(json.dumps(stored)), **columns)


# -- reading -------------------------------------------------------------------------------------------------------------------


def publication_of(number: int) -> Publication:
    """The publication of this number. Raises PublishingError."""
    found = Publication.objects.filter(pk=number).first()
    if found is None:
        known = "、".join(str(p) for p in Publication.objects.values_list("pk", flat=True)[:10])
        raise PublishingError(
            Text(
                f"没有第{number}号印发件。" + (f"现有：{known}。" if known else "还没有印发过；用 taizhang publish 印发。"),
                f"There is no publication No. {number}. " + (f"There are: {known}." if known else "Nothing was published yet."),
            )
        )
    return found


def frozen_figures(publication: Publication) -> list[FrozenFigure]:
    """In the order of their numbers: the first has number 1."""
    found = []
    for row in publication.figures.all():
        stored = {name: getattr(row, name) for name in _COLUMNS}
        found.append(thaw({**stored, "cutoff": row.cutoff.isoformat(), **row.more}))
    return found


def prose_of(publication: Publication) -> Prose:
    return thaw_prose(read_json(publication, PROSE))


def member_files(publication: Publication) -> list[MemberFile]:
    return read_member_files(read_json(publication, MEMBERS))


def let_stand_of(publication: Publication) -> list[LetStand]:
    """What does not add up in it and was let stand, with the reasons."""
    kept = publication.files.filter(path=LET_STAND).exists()
    return adding_up.from_json(read_json(publication, LET_STAND)) if kept else []


def read_json(publication: Publication, name: str) -> Any:
    file = publication.folder / name
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PublishingError(
            Text(
                f"印发件第{publication.pk}号的文件 {file} 不在或已损坏（{type(error).__name__}）。"
                f"请从备份恢复 published/{publication.pk} 目录。",
                f"{file} of publication No. {publication.pk} is gone or damaged. Restore published/{publication.pk} from a backup.",
            )
        ) from None


# -- computing again, proving --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A published figure computed again. from_members: (numerator, denominator) of the frozen member list, None where returns have a part
    in it. from_version: the figure at the pinned ledger version, on the tree of organisations as it was known when it was published."""

    figure: FrozenFigure
    from_members: tuple[int, int | None] | None
    from_version: FrozenFigure | None

    @property
    def agrees(self) -> bool:
        """The member list decides where there is one."""
        if self.from_members is not None:
            top, bottom = self.from_members
            return top == self.figure.numerator and (bottom is None or bottom == self.figure.denominator)
        return self.from_version is not None and self.from_version.counts == self.figure.counts


def recompute(publication: Publication) -> list[Recomputed]:
    """Every published figure again, from the pinned version and from the frozen member lists; never from anything newer."""
    frozen, files = frozen_figures(publication), member_files(publication)
    trees = Trees(publication.organisation, read_json(publication, PLACES))
    now = compute_again([f.key for f in frozen], publication.ledger_version, trees)
    found = []
    for figure in frozen:
        file = file_of(figure, files) if figure.source == DataSource.RECORDED.value else None
        members = recount(figure, file, publication.folder) if file is not None else None
        again = now.get(figure.key)
        found.append(Recomputed(figure, members, freeze(again, registry) if again is not None else None))
    return found


@dataclass(frozen=True, slots=True)
class Verified:
    """files: those whose hash is right. problems: each names the file or the figure."""

    files: int
    figures: int
    problems: tuple[Text, ...]

    def __bool__(self) -> bool:
        return not self.problems


def verify_publication(publication: Publication) -> Verified:
    """Prove the files by their hashes, the rows by the files, and the figures by computing them again."""
    problems, good = _verify_files(publication)
    if problems:
        return Verified(good, 0, tuple(problems))
    frozen = frozen_figures(publication)
    filed = [thaw(stored) for stored in read_json(publication, FIGURES)]
    if frozen != filed:
        differing = [f.name for f, g in zip(frozen, filed, strict=False) if f != g][:MOST_NAMED]
        problems.append(
            Text(
                f"数据库中的印发数字与冻结文件 {FIGURES} 不一致：{'、'.join(differing) or '个数不同'}。以文件为准，请查明谁改了数据库。",
                f"The rows in the database are not those of {FIGURES}. The file is right; find out who changed the database.",
            )
        )
    again = recompute(publication)
    for one in again:
        if not one.agrees:
            name = one.figure.full_name
            problems.append(
                Text(
                    f"{one.figure.organisation_name}{name.zh}：印发为{one.figure.printed}，重算不是这个数。请核对台账第"
                    f"{publication.ledger_version}版的文件（taizhang verify）。",
                    f"{one.figure.organisation_name_en}, {name.en}: published as {one.figure.printed}, computed otherwise. Check ledger "
                    f"version {publication.ledger_version} (taizhang verify).",
                )
            )
    return Verified(good, sum(one.agrees for one in again), tuple(problems))


def _verify_files(publication: Publication) -> tuple[list[Text], int]:
    problems: list[Text] = []
    good = 0

    def wrong(path: str, zh: str, en: str) -> None:
        where = f"published/{publication.pk}/{path}"
        problems.append(Text(f"{where} {zh}。请从备份恢复该文件。", f"{where} {en}. Restore it from a backup."))

    listed = {f.path: (f.size, f.sha256) for f in publication.files.all()}
    manifest = publication.folder / MANIFEST
    if not manifest.is_file() or _hash(manifest) != publication.manifest_sha256:
        wrong(MANIFEST, "不在或已被改动", "is gone or was changed")
    elif {p: (e["size"], e["sha256"]) for p, e in read_json(publication, MANIFEST)["files"].items()} != listed:
        wrong(MANIFEST, "与数据库的文件清单不一致", "does not agree with the list in the database")
    for path, (size, digest) in listed.items():
        file = publication.folder / path
        if not file.is_file():
            wrong(path, "不在", "is gone")
        elif file.stat().st_size != size or _hash(file) != digest:
            wrong(path, "已被改动", "was changed")
        else:
            good += 1
    there = {f.relative_to(publication.folder).as_posix() for f in publication.folder.rglob("*") if f.is_file()}
    for path in sorted(there - listed.keys() - {MANIFEST}):
        where = f"published/{publication.pk}/{path}"
        problems.append(Text(f"{where} 不属于印发件，请移走。", f"{where} does not belong there. Move it away."))
    return problems, good


# -- files ---------------------------------------------------------------------------------------------------------------------


def _write_json(file: Path, content: object) -> str:
    """Gives its SHA-256."""
    written = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()
    file.write_bytes(written)
    return hashlib.sha256(written).hexdigest()


def _listed(folder: Path) -> dict[str, dict[str, Any]]:
    files = sorted(f for f in folder.rglob("*") if f.is_file())
    return {f.relative_to(folder).as_posix(): {"size": f.stat().st_size, "sha256": _hash(f)} for f in files}


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_only(folder: Path) -> None:
    """On the disk before its row is in the database, and not to be written again."""
    for file in folder.rglob("*"):
        if file.is_file():
            with file.open("rb") as stream:
                os.fsync(stream.fileno())
            file.chmod(stat.S_IRUSR)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
