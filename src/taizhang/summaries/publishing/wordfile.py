"""The text of a .docx from outside: paragraphs and table rows, in reading order.

Only the main text part is opened, as XML without entities, document types or network. Nothing is run and nothing is fetched: macros,
links, embedded objects and templates stay closed. What Word, WPS or a repair does to a file (other runs, bookmarks, proofing marks,
lost comments, a main part of another name) does not matter; insertions that are not yet accepted count as text, deletions do not.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lxml import etree

from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text

LARGEST_FILE = 50 * 2**20
_LARGEST_PART = 80 * 2**20  # a file of a few kilobytes can unpack to anything
_ZIP, _OLD_WORD, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf"
_MAIN = "word/document.xml"


# What zipfile and the parser raise for a file that is cut off, altered, encrypted or packed in a way they do not know (RuntimeError and
# its NotImplementedError are zipfile's words for the last two).
_DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, etree.XMLSyntaxError, EOFError, RuntimeError, OSError)


class WordFileRefused(Refusal, ValueError):
    """A file that is no readable Word document; `text` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.zh)
        self.text = text


@dataclass(frozen=True, slots=True)
class WordText:
    """paragraphs: outside tables, empty ones left out. rows: of all tables, a text a cell."""

    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_word(path: Path) -> WordText:
    """Raises WordFileRefused."""
    path = Path(path)
    if not path.is_file():
        raise WordFileRefused(Text(f"没有文件 {path}。请核对文件名和所在目录。", f"There is no file {path}. Check name and folder."))
    size = path.stat().st_size
    if size == 0 or size > LARGEST_FILE:
        limit = LARGEST_FILE // 2**20
        raise WordFileRefused(
            Text(f"{path.name} 是空文件或超过{limit}MB。请在Word中重新另存。", f"{path.name} is empty or over {limit} MB. Save it again.")
        )
    return read_word_bytes(path.read_bytes(), path.name)


def read_word_bytes(content: bytes, name: str) -> WordText:
    if content.startswith(_OLD_WORD):
        raise WordFileRefused(
            Text(
                f"{name} 是旧版 .doc 文件或带打开密码。请在Word中去掉密码，另存为“Word 文档（.docx）”后重新交回。",
                f"{name} is an old .doc or has a password. Remove the password and save it as .docx.",
            )
        )
    if not content.startswith(_ZIP):
        kind = "RTF文件" if content.startswith(_RTF) else "Word文档"
        raise WordFileRefused(
            Text(
                f"{name} 是{kind}，不是 .docx。请在Word中另存为“Word 文档（.docx）”。" if kind == "RTF文件"
                else f"{name} 不是Word文档（.docx），只是改了名或选错了文件。请在Word中另存为“Word 文档（.docx）”。",
                f"{name} is no Word document (.docx), whatever its name says. Save it as .docx in Word.",
            )
        )  # fmt: skip
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            root = _parsed(_part(package, _main_part(package, name), name))
    except _DAMAGED as error:
        raise _damaged(name, error) from None
    paragraphs, rows = [], []
    for kind, texts in _walk(root):
        if kind == "p" and texts[0].strip():
            paragraphs.append(texts[0].strip())
        elif kind == "row" and any(texts):
            rows.append(tuple(texts))
    if not paragraphs and not rows:
        raise WordFileRefused(Text(f"{name} 里没有文字。请核对是否选错文件。", f"{name} holds no text. Check that it is the right file."))
    return WordText(tuple(paragraphs), tuple(rows))


def _damaged(name: str, error: Exception) -> WordFileRefused:
    return WordFileRefused(
        Text(
            f"{name} 已损坏，无法读取（{type(error).__name__}）。请在Word中用“打开并修复”打开后另存为 .docx，再交回。",
            f"{name} is damaged ({type(error).__name__}). Open and repair it in Word, save it as .docx, and hand it back again.",
        )
    )


def _main_part(package: zipfile.ZipFile, name: str) -> str:
    """The main text's part: as the package's relationships name it, which a repair may have renamed."""
    names = set(package.namelist())
    if "_rels/.rels" in names:
        for element in _parsed(_part(package, "_rels/.rels", name)):
            if str(element.get("Type", "")).endswith("/officeDocument") and element.get("TargetMode") != "External":
                target = str(PurePosixPath(str(element.get("Target", "")).lstrip("/")))
                if target in names:
                    return target
    if _MAIN in names:
        return _MAIN
    raise WordFileRefused(
        Text(
            f"{name} 是压缩包，但里面没有Word正文（可能是Excel、WPS其他格式或普通压缩包）。请交回 .docx 文件。",
            f"{name} is an archive without a Word text (perhaps a workbook). Hand in a .docx.",
        )
    )


def _part(package: zipfile.ZipFile, part: str, name: str) -> bytes:
    if package.getinfo(part).file_size > _LARGEST_PART:
        zh = f"{name} 解开后过大，不像一份总结。请另存为新的 .docx 后交回。"
        raise WordFileRefused(Text(zh, f"{name} unpacks to far more than a summary. Save it anew."))
    return package.read(part)


def _parsed(content: bytes) -> etree._Element:
    if b"<!DOCTYPE" in content[:2048]:
        raise etree.XMLSyntaxError("document type", 0, 0, 0)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


_SKIPPED = {"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "sectPr", "footnoteReference", "commentReference"}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


def _walk(element: etree._Element):  # type: ignore[no-untyped-def]
    """("p", [text]) of each paragraph, ("row", cells) of each row; what is inside a text box follows its paragraph."""
    for child in element:
        kind = _local(child)
        if kind == "p":
            inner: list[etree._Element] = []
            yield "p", ["".join(_text(child, inner))]
            for box in inner:
                yield from _walk(box)
        elif kind == "tr":
            cells = [cell for cell in child if _local(cell) in ("tc", "sdt")]
            yield "row", ["".join("".join(t) for k, t in _walk(cell) if k == "p").strip() for cell in cells]
        elif kind and kind not in _SKIPPED:
            yield from _walk(child)


def _text(element: etree._Element, boxes: list[etree._Element]):  # type: ignore[no-untyped-def]
    for child in element:
        kind = _local(child)
        if kind == "t":
            yield child.text or ""
        elif kind in _SIGNS:
            yield _SIGNS[kind]
        elif kind == "txbxContent":
            boxes.append(child)
        elif kind and kind not in _SKIPPED:
            yield from _text(child, boxes)
