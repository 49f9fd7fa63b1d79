"""A file's bytes → its text. Text, Word and PDF with a text layer; everything else is refused with the reason and the cure.

Nothing in a file is run, fetched or logged. Memory and time are bounded: 10 MB of file, 2,000,000 characters, 400 pages, 60 MB unpacked.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from taizhang.kernel.text import Text
from taizhang.textcheck.check import LONGEST, must_be_chinese
from taizhang.textcheck.refusals import TextRefused

LARGEST = 10 * 2**20
_UNPACKED = 60 * 2**20
_PAGES = 400
_MAIN = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Form(StrEnum):
    TEXT = "text"
    WORD = "word"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Source:
    """A text as read. paragraphs: of a Word file, where each of its paragraphs (w:p, in the order of the file) stands in the text."""

    text: str
    form: Form
    paragraphs: tuple[tuple[int, int], ...] = ()


def read_file(path: Path) -> Source:
    """Raises TextRefused."""
    if not path.is_file():
        raise TextRefused(Text(f"没有文件 {path}。请核对文件名和所在目录。", f"There is no file {path}. Check name and folder."))
    if path.stat().st_size > LARGEST:
        raise _too_large()
    return read_bytes(path.read_bytes())


def read_bytes(content: bytes) -> Source:
    """What a file is, its bytes say, not its name. Raises TextRefused."""
    if len(content) > LARGEST:
        raise _too_large()
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise TextRefused(Text("文件是空的。请确认选对了文件。", "The file is empty. Check that it is the right one."))
    if content.startswith(b"PK\x03\x04"):
        source = _word(content)
    elif content[:1024].lstrip().startswith(b"%PDF"):
        source = _pdf(content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise TextRefused(
            Text(
                "这是旧版 .doc 文件或带打开密码。请在Word中去掉密码，另存为 .docx 后再核对。",
                "An old .doc, or one with a password. Save it as .docx without.",
            )
        )
    elif content.startswith(b"{\\rtf"):
        raise TextRefused(Text("这是RTF文件。请在Word中另存为 .docx 后再核对。", "An RTF file. Save it as .docx."))
    else:
        source = Source(_decoded(content), Form.TEXT)
    must_be_chinese(source.text)
    return source


def _too_large() -> TextRefused:
    limit = LARGEST // 2**20
    return TextRefused(
        Text(
            f"文件超过{limit}MB，不像一份总结。请去掉图片或分段后再核对。",
            f"The file is over {limit} MB. Take out pictures, or check it in parts.",
        )
    )


# -- plain text ----------------------------------------------------------------------------------------------------------------


def _decoded(content: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _proper(content, encoding)
    if b"\x00" in content[:4096]:  # UTF-16 without its mark, or no text at all
        for encoding in ("utf-16-le", "utf-16-be"):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if _looks_written(text):
                return text
        raise _binary()
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _looks_written(text):
            return text
        break
    else:
        # Chinese with a few bytes lost, as happens in transfer.
        text = content.decode("utf-8", errors="replace")
        if _looks_written(text) and text.count("\ufffd") * 200 < len(text):
            return text
        raise _binary()
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            other = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _looks_written(other) and sum("\u4e00" <= c <= "\u9fff" for c in other[:2000]) * 2 > min(len(other), 2000):
            return other
    if any(ord(c) < 9 for c in text[:4096]):
        raise _binary()
    return text


def _proper(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise _binary() from None


def _looks_written(text: str) -> bool:
    sample = text[:20_000]
    odd = sum((ord(c) < 32 and c not in "\t\r\n\f\v") or "\ue000" <= c <= "\uf8ff" or "\ud800" <= c <= "\udfff" for c in sample)
    return odd * 100 <= len(sample)


def _binary() -> TextRefused:
    return TextRefused(
        Text(
            "这不是文本、Word（.docx）或带文字的PDF文件，或编码无法识别。请另存为其中一种后再核对。",
            "Neither text, Word (.docx) nor PDF, or in an unknown encoding.",
        )
    )


# -- Word ----------------------------------------------------------------------------------------------------------------------

_DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    EOFError,
    RuntimeError,
    OSError,
    KeyError,
    ValueError,
)


def _word(content: bytes) -> Source:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if _MAIN not in package.namelist():
                raise TextRefused(
                    Text(
                        "这是压缩包或表格，里面没有Word正文。请选择 .docx 文件。",
                        "An archive or a workbook without a Word text. Choose a .docx.",
                    )
                )
            if sum(i.file_size for i in package.infolist()) > _UNPACKED:
                raise TextRefused(
                    Text("这个Word文件解开后过大，不像一份总结。请另存为新的 .docx。", "Unpacks to far more than a summary. Save it anew.")
                )
            with package.open(_MAIN) as stream:
                xml = stream.read(_UNPACKED + 1)
        if len(xml) > _UNPACKED or b"<!DOCTYPE" in xml[:4096]:
            raise etree.XMLSyntaxError("refused", 0, 0, 0)
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))
    except TextRefused:
        raise
    except _DAMAGED as error:
        raise TextRefused(
            Text(
                f"Word文件已损坏，无法读取（{type(error).__name__}）。请在Word中用“打开并修复”打开后另存为 .docx。",
                f"The Word file is damaged ({type(error).__name__}). Open and repair it in Word and save it as .docx.",
            )
        ) from None
    made: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for paragraph in root.iter(f"{W}p"):
        text = "".join(t for _, t in pieces(paragraph))
        spans.append((at, at + len(text)))
        made.append(text + "\n")
        at += len(text) + 1
        if at > LONGEST:
            raise TextRefused(Text("文字太长，不像一份总结。请分段核对。", "Too long for a summary. Check it in parts."))
    text = "".join(made)
    if not text.strip():
        raise TextRefused(
            Text("Word文件里没有文字（可能全是图片）。请换成带文字的文件。", "The Word file holds no text, perhaps only pictures.")
        )
    return Source(text, Form.WORD, tuple(spans))


_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{W}p"}


def pieces(paragraph: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The text of a paragraph, piece by piece with the element that holds it; accepted as it would read: without deletions."""
    stack = [iter(paragraph)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        if child.tag == f"{W}t":
            yield child, child.text or ""
        elif child.tag in _SIGNS:
            yield child, _SIGNS[child.tag]
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            stack.append(iter(child))


# -- PDF -----------------------------------------------------------------------------------------------------------------------


def _pdf(content: bytes) -> Source:
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise TextRefused(Text("PDF带打开密码。请去掉密码后再核对。", "The PDF has a password. Remove it."))
        if len(reader.pages) > _PAGES:
            raise TextRefused(Text(f"PDF超过{_PAGES}页，不像一份总结。请分段核对。", f"Over {_PAGES} pages. Check it in parts."))
        made, length = [], 0
        for page in reader.pages:
            text = page.extract_text() or ""
            length += len(text)
            if length > LONGEST:
                raise TextRefused(Text("文字太长，不像一份总结。请分段核对。", "Too long for a summary. Check it in parts."))
            made.append(text)
    except TextRefused:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
        zlib.error,
        NotImplementedError,
        AssertionError,
    ) as error:
        raise TextRefused(
            Text(
                f"PDF已损坏或格式特殊，无法读取（{type(error).__name__}）。请重新导出，或另存为 .docx。",
                f"The PDF is damaged or of an odd kind ({type(error).__name__}). Export it anew, or as .docx.",
            )
        ) from None
    text = "\n".join(made)
    if len(re.sub(r"\s", "", text)) < 10 * min(len(made), 3):
        raise TextRefused(
            Text(
                "这个PDF是扫描件，没有文字层。请用带文字的PDF、Word或粘贴正文。",
                "This PDF is a scan without text. Use one with a text layer, Word, or paste it.",
            )
        )
    return Source(text, Form.PDF)
