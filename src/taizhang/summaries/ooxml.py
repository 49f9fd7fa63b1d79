"""The page of GB/T 9704—2012 and the pieces of WordprocessingML that python-docx has no words for."""

import io
import zipfile

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt, Twips
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

# GB/T 9704—2012, 5.1 and 5.2: the type area of 156 by 225 mm holds 22 lines of 28 characters of size 三号 (16 pt).
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
BODY = Pt(16)
LINE = Pt(28.95)
LINE_TWIPS = 579
# 156 mm / 28 characters = 15.79 pt a character; the grid takes the difference to 16 pt in 4096ths of a point, a run in whole twips.
CHARACTER_SPACE = -849
TIGHTER_TWIPS = -6
CHARACTER_TWIPS = 316
PAGE_NUMBER = Pt(14)

SONG, FANG, HEI, KAI, TITLE = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
LATIN = "Times New Roman"
ALTERNATIVES = {FANG: "仿宋", KAI: "楷体", TITLE: "宋体"}


def set_page(docx: Docx) -> None:
    section = docx.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = TOP, BOTTOM, LEFT, RIGHT
    # The number stands 7 mm below the type area: 35 mm less 7 mm less its own line.
    section.footer_distance = Mm(23)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    for key, value in (("type", "linesAndChars"), ("linePitch", str(LINE_TWIPS)), ("charSpace", str(CHARACTER_SPACE))):
        grid.set(qn(f"w:{key}"), value)
    docx.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    normal = docx.styles["Normal"]
    normal.font.size = BODY
    set_fonts(normal.element.get_or_add_rPr(), FANG)
    tight = OxmlElement("w:spacing")
    tight.set(qn("w:val"), str(TIGHTER_TWIPS))
    normal.element.get_or_add_rPr().insert_element_before(tight, *_AFTER_SPACING)
    form = normal.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    form.widow_control = False  # every page keeps its 22 lines
    # No extra space between Chinese and figures: the grid counts characters. And the grid is declared, not snapped to: the exact pitch
    # and the tighter characters fill it the same in Word, WPS and LibreOffice, which would give each figure two cells.
    # Hanging punctuation is off: it drops a full stop where two fonts meet at the line's end.
    for tag in ("w:overflowPunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:snapToGrid"):
        _off(normal.element.get_or_add_pPr(), tag)
    defaults = docx.styles.element.find(qn("w:docDefaults"))
    fonts = defaults.find(f".//{qn('w:rFonts')}") if defaults is not None else None
    if fonts is not None:
        fonts.attrib.clear()
        set_fonts(fonts.getparent(), FANG)
    language = defaults.find(f".//{qn('w:lang')}") if defaults is not None else None
    if language is not None:
        # Figures stay in Western script: under zh-CN LibreOffice parts a number at the line's end (102.|86%), which the standard forbids.
        # The price, in LibreOffice alone, is that it does not break after 、 between two rates and may stretch the line before them.
        language.set(qn("w:eastAsia"), "zh-CN")


_AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")
# Elements of w:pPr that the schema wants after the spacing switches.
_AFTER_AUTOSPACE = (
    "w:bidi",
    "w:adjustRightInd",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:jc",
    "w:textAlignment",
    "w:outlineLvl",
    "w:rPr",
)


def _off(properties: BaseOxmlElement, tag: str) -> None:
    element = OxmlElement(tag)
    element.set(qn("w:val"), "0")
    properties.insert_element_before(element, *_AFTER_AUTOSPACE)


def set_fonts(properties: BaseOxmlElement, east_asia: str, latin: str = LATIN) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for key, value in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", east_asia), ("hint", "eastAsia")):
        fonts.set(qn(f"w:{key}"), value)


def _page_number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —: 四号 宋体, one character from the outer edge; odd pages right, even pages left."""
    paragraph.alignment = side
    indent = paragraph.paragraph_format
    if side == WD_ALIGN_PARAGRAPH.RIGHT:
        indent.right_indent = PAGE_NUMBER
    else:
        indent.left_indent = PAGE_NUMBER
    indent.line_spacing_rule = WD_LINE_SPACING.SINGLE

    def piece(text: str = "") -> Run:
        run = paragraph.add_run(text)
        run.font.size = PAGE_NUMBER
        set_fonts(run._r.get_or_add_rPr(), SONG, SONG)
        return run

    piece("— ")
    for kind in ("begin", "instr", "separate", "text", "end"):
        run = piece("1" if kind == "text" else "")
        if kind == "instr":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = " PAGE "
            run._r.append(instruction)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
    piece(" —")


def _alternatives() -> bytes:
    """For each font the standard names, the one that Windows and Linux ship in its place."""
    fonts = "".join(f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in ALTERNATIVES.items())
    return fonts.encode()


def stamped(content: bytes) -> bytes:
    """The same package with one fixed time on all its files, and with alternatives to its fonts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == "word/fontTable.xml":
                part = part.replace(b"</w:fonts>", _alternatives() + b"</w:fonts>")
            target.writestr(zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def indent_two(paragraph: Paragraph) -> None:
    """Two characters, said both ways: in characters for Word, in twips for the rest."""
    paragraph.paragraph_format.first_line_indent = Twips(2 * CHARACTER_TWIPS)
    paragraph._p.pPr.ind.set(qn("w:firstLineChars"), "200")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def drop_grid(section: Section) -> None:
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:
        section._sectPr.remove(grid)


def three_rules(table: Table) -> None:
    """Thick above and below, thin under the header."""
    borders = OxmlElement("w:tblBorders")
    for side, size in (("top", "12"), ("bottom", "12")):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
    for cell in table.rows[0].cells:
        edge = OxmlElement("w:tcBorders")
        line = OxmlElement("w:bottom")
        for key, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{key}"), value)
        edge.append(line)
        cell._tc.get_or_add_tcPr().append(edge)


def repeat_header(table: Table) -> None:
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)


def keep_whole(row: BaseOxmlElement) -> None:
    """A row is not split over two pages."""
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
