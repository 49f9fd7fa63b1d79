"""更正: which published figures later corrections move, by how much and because of what; and the note that says so.

A figure is moved when what it printed, its counts or its state differ at today's ledger version; one whose own count stands may still have
printed a comparison with last year that does not. Causes are told apart: members that came in or left, cells of returns, population
counts, a definition or parameter that changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from taizhang.county import audit
from taizhang.county.models import Staff
from taizhang.county.scopes import may, treats_all
from taizhang.figures.compute import Board
from taizhang.figures.source import ledger_at
from taizhang.kernel.arithmetic import growth, points
from taizhang.kernel.indicators import DataSource, Indicator, Series, Status
from taizhang.kernel.parameters import as_decimal
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.summaries.publishing.frozen import FrozenFigure, freeze
from taizhang.summaries.publishing.members import Moved, file_of, moved
from taizhang.summaries.publishing.models import Publication
from taizhang.summaries.publishing.publish import (
    CELLS,
    PublishingError,
    cells_at,
    compute_again,
    frozen_figures,
    member_files,
    prose_of,
    read_json,
)

_POINTS = {"%": Text("个百分点", "percentage points"), "‰": Text("个千分点", "per-mille points")}
_PARTS = {"numerator": Text("分子", "the numerator"), "denominator": Text("分母", "the denominator")}


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of a return that reads otherwise now. place: what `organisation` is called. before or after None: it came new, or is gone."""

    form: Text
    element: Text
    category: str
    organisation: str
    place: Text
    period: Text
    before: Decimal | None
    after: Decimal | None
    unit: str

    @property
    def text(self) -> Text:
        row = f"（{self.category}）" if self.category else ""
        was, now = ("—" if v is None else f"{v:f}" for v in (self.before, self.after))
        zh = [text if text == "—" else f"{text}{self.unit}" for text in (was, now)]
        return Text(
            f"{self.place.zh}《{self.form.zh}》{self.period.zh}{self.element.zh}{row}由{zh[0]}改为{zh[1]}",
            f"{self.place.en}, {self.form.en}, {self.period.en}, {self.element.en}{row}: {was} is now {now}",
        )


@dataclass(frozen=True, slots=True)
class Movement:
    """A published figure that reads otherwise today. now is None where no such figure is given any more. members: who came and left, by
    part; sentences: the published ones that print it; in_table: the table by place does. others: causes that are neither."""

    number: int
    before: FrozenFigure
    now: FrozenFigure | None
    members: tuple[Moved, ...]
    cells: tuple[CellChange, ...]
    others: tuple[Text, ...]
    sentences: tuple[str, ...]
    in_table: bool = False

    @property
    def is_public(self) -> bool:
        """It stands in the text or the table that went out, and not only in the annex of the review copy."""
        return bool(self.sentences or self.in_table) and (self.now is None or _on_paper(self.before, self.now))

    @property
    def difference(self) -> Text | None:
        """提高1.15个百分点; 增加3人（2.10%）. None where one of the two has no value."""
        was, is_ = self.before.decimal, self.now.decimal if self.now is not None else None
        if was is None or is_ is None:
            return None
        change = points(is_, was)
        if change == 0:
            return Text("印出的数字不变", "prints the same")
        unit = _POINTS.get(self.before.unit)
        if unit is not None:
            verb = ("提高", "up") if change > 0 else ("下降", "down")
            return Text(f"{verb[0]}{abs(change):f}{unit.zh}", f"{verb[1]} {abs(change):f} {unit.en}")
        percent = growth(Fraction(is_), Fraction(was))
        share = f"{abs(percent)}%" if percent is not None else ""
        verb = ("增加", "up") if change > 0 else ("减少", "down")
        zh, en = (f"（{share}）", f" ({share})") if share else ("", "")
        counted = "" if "/" in self.before.unit else self.before.unit
        return Text(f"{verb[0]}{abs(change):f}{counted}{zh}", f"{verb[1]} {abs(change):,f}{en}")

    @property
    def causes(self) -> tuple[Text, ...]:
        """In words, with counts and never a person."""
        found = []
        for part in self.members:
            said = [
                (len(part.entered), "新计入", "came in"),
                (len(part.left), "不再计入", "left"),
                (len(part.changed), "计数有变", "counted otherwise"),
            ]
            unit = "人" if part.persons else "条记录"
            one, many = ("person", "people") if part.persons else ("record", "records")
            zh = "、".join(f"{word}{n}{unit}" for n, word, _ in said if n)
            en = ", ".join(f"{n} {one if n == 1 else many} {word}" for n, _, word in said if n)
            found.append(Text(f"记录更正，{_PARTS[part.part].zh}{zh}", f"records were corrected; of {_PARTS[part.part].en} {en}"))
        found += [c.text for c in self.cells]
        return (*found, *self.others) or (Text("原因未查明，请逐级核对", "cause not found; check unit by unit"),)


@dataclass(frozen=True, slots=True)
class Corrections:
    """What later corrections move. printed: those movements that change a number that went out."""

    publication: Publication
    version: int
    checked: int
    movements: tuple[Movement, ...]

    @property
    def printed(self) -> tuple[Movement, ...]:
        return tuple(m for m in self.movements if m.is_public)


def corrections(publication: Publication, version: int | None = None) -> Corrections:
    """Every published figure that is not what `version` (by default the latest) gives. Raises LedgerError, PublishingError."""
    frozen, files, prose = frozen_figures(publication), member_files(publication), prose_of(publication)
    ledger = ledger_at(version)
    now = compute_again([f.key for f in frozen], ledger.number)
    old_cells = {cell["id"]: cell for cell in read_json(publication, CELLS)}
    boards: dict[str, Board] = {}
    said: dict[int, list[str]] = {}
    for sentence in prose.sentences:
        for number in dict.fromkeys(n for run in sentence.runs(prose.language) for n in run.figures):
            said.setdefault(number, []).append(sentence.text(prose.language).strip())
    in_table = {n for row in prose.rows for run in row for n in run.figures}
    found = []
    for number, figure in enumerate(frozen, start=1):
        again = now.get(figure.key)
        today = freeze(again, registry) if again is not None else None
        if today is not None and not _moved(figure, today):
            continue
        if figure.period not in boards:
            period = Period.parse(figure.period)
            boards[figure.period] = Board(period, version=ledger, day=period.cutoff)
        board, file = boards[figure.period], file_of(figure, files)
        members = tuple(moved(figure, file, publication.folder, board)) if file is not None and today is not None else ()
        cells = _cells_changed(figure, today, old_cells, ledger.number, board)
        others = _other_causes(figure, today, members, cells)
        found.append(Movement(number, figure, today, members, cells, others, tuple(said.get(number, ())), number in in_table))
    return Corrections(publication, ledger.number, len(frozen), tuple(found))


def moved_members(publication: Publication, number: int, part: str, staff: Staff, version: int | None = None) -> Moved | None:
    """The persons behind a movement, for staff who may see persons of the unit and of the line of work; the look is audited. Raises
    PublishingError for anybody else. None: nobody came or left."""
    frozen = frozen_figures(publication)
    if not 1 <= number <= len(frozen):
        raise PublishingError(Text(f"印发件没有第{number}个数字（共{len(frozen)}个）。", f"There is no figure {number} of {len(frozen)}."))
    figure = frozen[number - 1]
    period = Period.parse(figure.period)
    board = Board(period, version=version, day=period.cutoff)
    indicator = board.now.indicator(figure.code)
    rights = registry.rights_for(indicator) if indicator is not None else ()
    allowed = may(staff, "view", figure.organisation, board.tree) and treats_all(staff, rights)
    if not allowed:
        raise PublishingError(
            Text(
                f"您无权查看{figure.organisation_name}“{figure.name}”的人员名单。需要时请向系统管理员申请权限。",
                f"You may not see the persons behind “{figure.name_en}” of {figure.organisation_name_en}. Ask the administrator.",
            )
        )
    file = file_of(figure, member_files(publication))
    found = next((m for m in moved(figure, file, publication.folder, board) if m.part == part), None) if file is not None else None
    shown = len(found.entered) + len(found.left) + len(found.changed) if found else 0
    audit.record(staff, audit.TRACE, None, {"publication": publication.pk, "indicator": figure.code, "part": part, "count": shown})
    return found


def _moved(before: FrozenFigure, now: FrozenFigure) -> bool:
    return before.counts != now.counts or before.qualifier != now.qualifier or _on_paper(before, now) or before.definition != now.definition


def _on_paper(before: FrozenFigure, now: FrozenFigure) -> bool:
    """Whether anything that a sentence can print of it differs."""

    def paper(figure: FrozenFigure) -> tuple[Any, ...]:
        compared = tuple((r.printed, r.status) if r else None for r in (figure.last_year, figure.previous))
        own = (figure.printed, figure.status, figure.numerator, figure.denominator)
        return (*own, figure.target, figure.completion, figure.pace, *compared)

    return paper(before) != paper(now)


def _cells_changed(
    before: FrozenFigure, now: FrozenFigure | None, old: dict[int, dict[str, Any]], version: int, board: Board
) -> tuple[CellChange, ...]:
    """Cells are held together by what they are of, not by their ids: a return that is replaced brings new ones."""
    then = {_place(old[c]): old[c] for c in before.cells if c in old}
    today = {_place(cell): cell for cell in cells_at(version, set(now.cells))} if now is not None else {}
    found = []
    for place in sorted(then.keys() | today.keys()):
        was, is_ = then.get(place), today.get(place)
        if was is not None and is_ is not None and was["value"] == is_["value"]:
            continue
        cell = was or is_
        assert cell is not None
        form = registry.forms.get(cell["form"])
        element = form.element(cell["element"]) if form is not None else None
        places = element.places if element is not None else 0
        values = (None if c is None or c["value"] is None else as_decimal(c["value"], places) for c in (was, is_))
        period = Period.parse(f"{cell['period_start']}..{cell['period_end']}")
        found.append(
            CellChange(
                form.name if form is not None else Text(cell["form"], cell["form"]),
                element.name if element is not None else Text(cell["element"], cell["element"]),
                cell["category"] or "", cell["organisation"], board.now.placing.name(cell["organisation"]), period.name, *values,
                element.unit if element is not None else "",
            )
        )  # fmt: skip
    return tuple(found)


def _place(cell: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(cell[name] or "") for name in ("form", "organisation", "element", "category", "period_start", "period_end"))


def _other_causes(
    before: FrozenFigure, now: FrozenFigure | None, members: tuple[Moved, ...], cells: tuple[CellChange, ...]
) -> tuple[Text, ...]:
    if now is None:
        return (Text("现已没有这项指标或分组", "this indicator or category is no longer given"),)
    found = []
    if before.definition != now.definition:
        changed = [
            f"{registry.parameters[name].label.zh if name in registry.parameters else name}由{old}改为{now.parameters.get(name)}"
            for name, old in before.parameters.items()
            if now.parameters.get(name) != old
        ]
        detail = f"：{'、'.join(changed)}" if changed else ""
        found.append(
            Text(
                f"口径有变（{before.definition}→{now.definition}）{detail}",
                f"the definition changed ({before.definition} → {now.definition})",
            )
        )
    if before.denominator != now.denominator and _over_population(before.code):
        was_, now_ = before.denominator, now.denominator
        found.append(Text(f"人口数由{was_}改为{now_}", f"the population was {was_}, is {now_}"))
    if before.source != now.source:
        names = [DataSource(f.source).label for f in (before, now)]
        found.append(Text(f"数据来源由{names[0].zh}改为{names[1].zh}", f"the source was {names[0].en}, is {names[1].en}"))
    if before.status != now.status:
        labels = [Status(f.status).label for f in (before, now)]
        found.append(Text(f"状态由“{labels[0].zh}”变为“{labels[1].zh}”", f"its status was {labels[0].en}, is {labels[1].en}"))
    for was, is_, name in ((before.last_year, now.last_year, "去年同期"), (before.previous, now.previous, "上期")):
        if (was.printed if was else "—") != (is_.printed if is_ else "—"):
            was_, now_ = was.printed if was else "—", is_.printed if is_ else "—"
            label = "the same period last year" if name == "去年同期" else "the period before"
            found.append(Text(f"{name}的数字由{was_}变为{now_}", f"{label} was {was_}, is {now_}"))
    if before.target != now.target:
        found.append(Text(f"年度任务由{before.target or '无'}改为{now.target or '无'}", f"the target was {before.target}, is {now.target}"))
    if not (members or cells or found) and before.counts != now.counts:
        found.append(Text("机构隶属关系有变", "units were placed elsewhere in the tree"))
    return tuple(found)


def _over_population(code: str) -> bool:
    siblings: Iterable[Indicator] = registry.indicators.get(code, ())
    return any(
        isinstance(i.denominator, Series) or (i.reported is not None and isinstance(i.reported.denominator, Series)) for i in siblings
    )


# -- the note ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Note:
    """更正说明, drafted: a title and paragraphs, the last of them the signature."""

    title: Text
    paragraphs: tuple[Text, ...]


def note(found: Corrections) -> Note | None:
    """None where nothing on paper is moved: then there is nothing to correct in public."""
    if not found.printed:
        return None
    publication = found.publication
    day = publication.published_on
    when = Text(f"{day.year}年{day.month}月{day.day}日", day.isoformat())
    count = len(found.printed)
    paragraphs = [
        Text(
            f"{publication.organisation_name}{when.zh}印发的《{publication.title}》（数据取自台账第{publication.ledger_version}版），"
            f"因有关记录和报表在印发后作了更正，按台账第{found.version}版重新核算，其中{count}项数字有变，现更正如下：",
            f"“{publication.title_en}”, published on {when.en} (ledger version {publication.ledger_version}), contains {count} figures "
            f"that corrections made since have moved. By ledger version {found.version} they read:",
        )
    ]
    for number, movement in enumerate(found.printed, start=1):
        paragraphs.append(_item(number, movement, publication.organisation))
    paragraphs.append(
        Text("其余数字不变。以上更正已留存核对清单，可逐项追溯。", "All other figures stand. Each correction can be traced to its records.")
    )
    paragraphs.append(Text(publication.organisation_name, publication.organisation_name))
    title = Text(f"关于更正《{publication.title}》有关数字的说明", f"Correction of figures in “{publication.title_en}”")
    return Note(title, tuple(paragraphs))


def _item(number: int, movement: Movement, organisation: str) -> Text:
    before, now, name = movement.before, movement.now, movement.before.full_name
    if before.organisation != organisation:
        name = Text(f"{before.organisation_name}{name.zh}", f"{before.organisation_name_en}, {name.en}")
    was = _counted(before)
    is_ = _counted(now) if now is not None else Text("不再提供", "no longer given")
    difference = movement.difference
    zh = f"，{difference.zh}" if difference else ""
    en = f" ({difference.en})" if difference else ""
    causes = Text("；".join(c.zh for c in movement.causes), "; ".join(c.en for c in movement.causes))
    return Text(
        f"{number}. {name.zh}：原为{was.zh}，更正为{is_.zh}{zh}。原因：{causes.zh}。",
        f"{number}. {name.en}: was {was.en}, is {is_.en}{en}. Cause: {causes.en}.",
    )


def _counted(figure: FrozenFigure) -> Text:
    """90.46%（439800/486200）; 41370人."""
    if figure.is_rate and figure.numerator is not None and figure.denominator is not None:
        top, bottom = (f"{as_decimal(n, figure.places):f}" for n in (figure.numerator, figure.denominator))
        return Text(f"{figure.printed}（{top}/{bottom}）", f"{figure.printed} ({top}/{bottom})")
    unit = "" if figure.is_rate or not figure.value else figure.unit
    return Text(f"{figure.printed}{unit}", figure.printed)
