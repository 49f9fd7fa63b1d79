"""A summary as .docx, in the layout of GB/T 9704—2012: A4, 22 lines of 28 characters.

Two files come from one document. The clean copy 清稿 is the text and its table by place. The review copy 校核稿 has a Word comment on every
number (definition, numerator, denominator, source, period, ledger version), the annex of all figures, and the missing list.

Fonts are named, not bundled: 方正小标宋简体, 仿宋_GB2312, 黑体, 楷体_GB2312, as the standard asks. Where a machine lacks them, its own
substitutes are used: on Debian fonts-noto-cjk and fonts-arphic-ukai, with a fontconfig alias for each name (docs). Equal documents
give equal bytes.
"""

import io
import os
from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime, time
from pathlib import Path

from docx import api as docx_api
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import Mm, Pt
from docx.table import _Row as DocxRow
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run as DocxRun

from taizhang.figures.model import Figure, Missing
from taizhang.kernel.registry import Registry, registry
from taizhang.kernel.text import Text
from taizhang.summaries import dossier
from taizhang.summaries.document import Document, FigureSpan, PlaceTable, Typed
from taizhang.summaries.layout import Block, blocks
from taizhang.summaries.ooxml import (
    BOTTOM,
    FANG,
    HEI,
    KAI,
    LEFT,
    RIGHT,
    TITLE,
    TOP,
    drop_grid,
    indent_two,
    keep_whole,
    repeat_header,
    set_fonts,
    set_page,
    stamped,
    three_rules,
)
from taizhang.summaries.tables import RATE_COLUMNS, by_rate

_FONTS = {"body": FANG, "item": FANG, "section": KAI, "part": HEI}

TABLE, SMALL_TABLE = Pt(12), Pt(9)  # 小四, 小五
AUTHOR = "台账"
TOGETHER = 20  # rows of a small table that is not parted over two pages
TITLE_WIDTH = 20  # characters of 二号 in a line


def write(document: Document, path: Path, review: bool = False, known: Registry = registry) -> Path:
    """Write the clean copy, or with `review` the review copy, to `path`. Gives the path back."""
    path = Path(path)
    contents = to_bytes(document, review=review, known=known)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.write_bytes(contents)
    os.replace(half, path)  # the file is the old one or the new one, never half of it
    return path


def to_bytes(document: Document, *, review: bool = False, known: Registry = registry) -> bytes:
    """The file as bytes: the same for equal documents."""
    docx = docx_api.Document()
    set_page(docx)
    _properties(docx, document)
    writer = _Writer(docx, document, known, review)
    writer.title()
    for block in blocks(document):
        writer.block(block)
    if document.place_table is not None:
        writer.place_table(document.place_table)
    if review:
        writer.annex_of_figures()
        writer.missing_list()
    stream = io.BytesIO()
    docx.save(stream)
    return stamped(stream.getvalue())


def _properties(docx: Docx, document: Document) -> None:
    """Fixed: the file says nothing of the hour it was written or the machine it was written on."""
    properties = docx.core_properties
    properties.title = document.title.in_language(document.language)
    properties.author = properties.last_modified_by = document.organisation_name.in_language(document.language)
    properties.subject = properties.keywords = properties.category = ""
    properties.comments = f"ledger version {document.ledger_version}"
    properties.created = properties.modified = datetime.combine(document.period.cutoff, time())
    properties.revision = 1
    properties.language = "zh-CN" if document.language == "zh" else "en"


# -- the text --------------------------------------------------------------------------------------------------------------------


class _Writer:
    def __init__(self, docx: Docx, document: Document, known: Registry, review: bool) -> None:
        self.docx, self.document, self.known, self.review = docx, document, known, review
        self.language = document.language
        self.commented_at = datetime.combine(document.period.cutoff, time(), UTC)

    def title(self) -> None:
        for line in title_lines(self.document.title.in_language(self.language), self.document.organisation_name.in_language(self.language)):
            paragraph = self.docx.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.line_spacing = Pt(34)
            paragraph.paragraph_format.keep_with_next = True
            self._run(paragraph, line, TITLE, Pt(22))
        self.docx.add_paragraph()

    def block(self, block: Block) -> None:
        paragraph = self.docx.add_paragraph()
        indent_two(paragraph)
        if block.kind == "part":
            paragraph.paragraph_format.keep_with_next = True
            level = OxmlElement("w:outlineLvl")
            level.set(qn("w:val"), "0")
            paragraph._p.get_or_add_pPr().append(level)
        for segment in block.segments:
            run = self._run(paragraph, segment.run.text, _FONTS[segment.style])
            run.bold = True if segment.style == "item" else None
            if self.review and isinstance(segment.run, FigureSpan):
                self._comment(run, dossier.comment(segment.run, self.known, self.language))
            elif self.review and isinstance(segment.run, Typed):
                self._comment(run, dossier.typed_comment(segment.run, self.language))

    def _comment(self, run: DocxRun, text: str) -> None:
        comment = self.docx.add_comment(run, text, author=AUTHOR, initials=AUTHOR)
        comment._comment_elm.date = self.commented_at
        for paragraph in comment.paragraphs:
            paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
            for piece in paragraph.runs:
                piece.font.size = Pt(9)

    def _run(self, paragraph: DocxParagraph, text: str, font: str, size: Pt | None = None) -> DocxRun:
        run = paragraph.add_run(text)
        if size is not None:
            run.font.size = size
        set_fonts(run._r.get_or_add_rPr(), font)
        return run

    def _say(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    # -- annexes -----------------------------------------------------------------------------------------------------------

    def _annex(self, label: str, heading: str, note: str = "") -> None:
        paragraph = self.docx.add_paragraph()
        paragraph.paragraph_format.page_break_before = True  # a paragraph of its own for the break could fall on a page of its own
        self._run(paragraph, label, HEI)
        paragraph = self.docx.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        self._run(paragraph, heading, HEI)
        if note:
            paragraph = self.docx.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.keep_with_next = True
            self._run(paragraph, note, FANG, Pt(10.5))

    def place_table(self, table: PlaceTable) -> None:
        units = sorted(set(table.units))
        self._annex(self._say("附表", "Table"), table.title.in_language(self.language), self._say("单位：", "Unit: ") + "、".join(units))
        header = [self._say("单位名称", "Unit"), *(c.in_language(self.language) for c in table.columns)]
        rows = [
            [
                name.in_language(self.language),
                *(f.printed.removesuffix(u) if f is not None else "—" for f, u in zip(figures, table.units, strict=True)),
            ]
            for name, figures in table.rows
        ]
        width = 156.0
        first = 42.0
        self._table(header, rows, [first, *[(width - first) / len(table.columns)] * len(table.columns)], left=(0,))
        for column, unit, lines in by_rate(table):
            self._counts_by_place(column, unit, [[name.in_language(self.language), *said] for name, _, said in lines])

    def _counts_by_place(self, column: Text, unit: str, rows: Sequence[Sequence[str]]) -> None:
        """What a rate of the table is made of, unit by unit: counts, rate, last year, change."""
        caption = self.docx.add_paragraph()
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        caption.paragraph_format.keep_with_next = True
        caption.paragraph_format.space_before = Pt(12)
        self._run(caption, f"{column.in_language(self.language)}（{unit}）", HEI, TABLE)
        header = [self._say("单位名称", "Unit"), *(part.in_language(self.language) for part in RATE_COLUMNS)]
        self._table(header, rows, [46.0, *[22.0] * len(RATE_COLUMNS)], left=(0,), together=len(rows) <= TOGETHER)

    def _landscape(self) -> None:
        section = self.docx.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = LEFT, RIGHT, BOTTOM, TOP
        section.footer_distance = Mm(14)
        drop_grid(section)

    def annex_of_figures(self) -> None:
        self._landscape()
        label = self._say(f"台账版本：{self.document.ledger_version}", f"Ledger version {self.document.ledger_version}")
        self._annex(self._say("校核附件一", "Review annex 1"), self._say("数字清单", "All figures"), label)
        header = (
            ["序号", "指标", "单位", "本期", "分子", "分母", "去年同期", "变化", "全年任务", "完成", "来源", "状态"]
            if self.language == "zh"
            else [
                "No.",
                "Indicator",
                "Unit",
                "Value",
                "Numerator",
                "Denominator",
                "Last year",
                "Change",
                "Target",
                "Done",
                "Source",
                "Status",
            ]
        )
        rows = [self._figure_row(number, figure) for number, figure in enumerate(self.document.figures, start=1)]
        self._table(header, rows, [11, 50, 13, 17, 18, 18, 16, 16, 16, 14, 16, 20], left=(1,), size=SMALL_TABLE)

    def _figure_row(self, number: int, figure: Figure) -> list[str]:
        rate = figure.indicator.is_rate
        last, change, target = figure.last_year, figure.change_last_year, figure.target
        return [
            str(number),
            dossier.name(figure).in_language(self.language),
            figure.indicator.unit,
            figure.printed,
            dossier.count(figure.numerator, figure, self.language) if rate else "",
            dossier.count(figure.denominator, figure, self.language) if rate else "",
            last.printed if last is not None else "—",
            f"{change.value:+}{change.unit.replace('个百分点', '点').replace('个千分点', '点')}" if change is not None else "—",
            f"{target.value.normalize():f}" if target is not None else "",
            f"{figure.completion}%" if figure.completion is not None else "",
            figure.source.label.in_language(self.language),
            figure.status.label.in_language(self.language),
        ]

    def missing_list(self) -> None:
        self._annex(self._say("校核附件二", "Review annex 2"), self._say("缺数清单", "What is missing"))
        if not self.document.missing:
            self._run(self.docx.add_paragraph(), self._say("本文所需数据均已报全。", "Nothing is missing."), FANG)
            return
        header = (
            ["序号", "所在段落", "句子", "缺少的数据", "状态", "应报单位"]
            if self.language == "zh"
            else ["No.", "Paragraph", "Sentence", "Lacks", "Status", "Owed by"]
        )
        rows = [
            [
                str(number),
                item.section.in_language(self.language),
                item.sentence.in_language(self.language),
                item.element.in_language(self.language),
                item.status.label.in_language(self.language),
                _owed(item.owed_by, self.language),
            ]
            for number, item in enumerate(self.document.missing, start=1)
        ]
        self._table(header, rows, [11, 30, 78, 42, 22, 42], left=(1, 2, 3, 5), size=Pt(10.5))

    def _table(
        self, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], left: Sequence[int], size: Pt = TABLE,
        *, together: bool = False,
    ) -> None:  # fmt: skip
        """三线表: three rules, the header repeated on each page. widths in mm; left: the columns of words; together: on one page."""
        table = self.docx.add_table(rows=1, cols=len(header))
        bare = deepcopy(table.rows[0]._tr)
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        three_rules(table)
        repeat_header(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        self._lay_out(table.rows[0], widths, (), size, HEI, tied=together and bool(rows))
        _fill(table.rows[0]._tr, header)
        patterns: dict[bool, CT_Row] = {}  # a row is laid out once and copied: an annex has some five thousand cells
        for index, texts in enumerate(rows, start=1):
            tied = together and index < len(rows)
            if tied not in patterns:
                patterns[tied] = deepcopy(bare)
                self._lay_out(DocxRow(patterns[tied], table), widths, left, size, FANG, tied=tied)
            row = deepcopy(patterns[tied])
            _fill(row, texts)
            table._tbl.append(row)

    def _lay_out(self, row: DocxRow, widths: Sequence[float], left: Sequence[int], size: Pt, font: str, *, tied: bool) -> None:
        """A row whose cells are still empty. tied: to the next, on one page."""
        keep_whole(row._tr)
        row.height = Pt(size.pt * 1.8)
        for place, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = cell.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if place in left else WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.line_spacing = Pt(size.pt * 1.35)
            if tied:
                paragraph.paragraph_format.keep_with_next = True
            self._run(paragraph, "", font, size)


def _fill(row: CT_Row, texts: Sequence[str]) -> None:
    """Write into the one run of each cell."""
    for run, text in zip(row.iter(qn("w:r")), texts, strict=True):
        run.text = text


def title_lines(title: str, organisation: str) -> list[str]:
    """The title in lines of at most 20 characters, broken after the organisation and before 和, never inside a word."""
    if _width(title) <= TITLE_WIDTH:
        return [title]
    if not title.startswith(organisation):
        return [title]
    rest = title.removeprefix(organisation).lstrip(": ")
    if _width(rest) <= TITLE_WIDTH or "和" not in rest:
        return [organisation, rest]
    first, _, second = rest.partition("和")
    return [organisation + first, "和" + second] if _width(organisation + first) <= TITLE_WIDTH else [organisation, first, "和" + second]


def _width(text: str) -> float:
    return sum(0.5 if ord(c) < 128 else 1 for c in text)


def _owed(owed: Sequence[Missing], language: str) -> str:
    if not owed:
        return "—"
    named = [f"{m.name.in_language(language)}：{m.what.in_language(language)}" for m in owed]
    return ("；" if language == "zh" else "; ").join(named)
