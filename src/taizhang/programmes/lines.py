"""工作条线: the lines of work that a deed, a problem or a title belongs to.

A line is a programme, by its folder's name, or a chapter of the summary as a whole (chapter_2) for what serves several of its programmes.
The programmes are found, not listed: a folder that is added is a line at once.
"""

import importlib
import pkgutil

from taizhang import programmes
from taizhang.kernel.elements import coded
from taizhang.kernel.indicators import Breakdown
from taizhang.kernel.query.words import Expression, choose
from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

# By the hundred of Programme.order, which is what places a programme in a chapter.
CHAPTERS = {
    1: Text("医药卫生体制改革", "Health reform"),
    2: Text("基本公共卫生服务", "Basic public health services"),
    3: Text("疾病预防控制", "Disease control"),
    4: Text("妇幼健康", "Maternal and child health"),
    5: Text("基本药物制度和医疗服务管理", "Essential medicines and medical care"),
    6: Text("卫生监督执法", "Health inspection"),
    7: Text("卫生服务体系建设", "Institutions and workforce"),
    8: Text("爱国卫生运动", "Patriotic health campaign"),
    9: Text("群众诉求办理和问题整改", "Complaints and rectification"),
    10: Text("综合工作", "General work"),
}


def _programmes() -> list[Programme]:
    roots = [importlib.import_module(f"{programmes.__name__}.{m.name}") for m in pkgutil.iter_modules(programmes.__path__) if m.ispkg]
    found = [root.PROGRAMME for root in roots if isinstance(getattr(root, "PROGRAMME", None), Programme)]
    return sorted(found, key=lambda p: (p.order, p.code))


_FOUND = _programmes()


def chapter_code(hundred: int) -> str:
    return f"chapter_{hundred}"


def chapter_of_line(line: str) -> int:
    """The chapter a line stands in, by its hundred; general work for a line nobody knows."""
    if line.startswith("chapter_"):
        return int(line.removeprefix("chapter_"))
    order = next((p.order for p in _FOUND if p.code == line), 1000)
    return order // 100 if order // 100 in CHAPTERS else 10


# Chapters first: an office thinks of those before it looks for a single line.
LINES: dict[str, Text] = {chapter_code(n): Text(f"{name.zh}（综合）", f"{name.en} as a whole") for n, name in CHAPTERS.items()} | {
    p.code: p.name for p in _FOUND
}


def by_line(line: Expression) -> Breakdown:
    """The breakdown of records by the line of work they belong to."""
    return Breakdown(name="line", label=Text("工作条线", "Line of work"), value=line.node, categories=tuple(LINES.items()))


def by_chapter(line: Expression) -> Breakdown:
    """The breakdown by the chapter of the summary that tells of the line."""
    members = {n: [code for code in LINES if chapter_of_line(code) == n] for n in CHAPTERS}
    chapter = choose(*((line.is_in(*codes), str(n)) for n, codes in members.items()), otherwise=str(max(CHAPTERS)))
    return Breakdown(
        name="chapter", label=Text("总结篇章", "Chapter of the summary"), value=chapter.node,
        categories=tuple((str(n), name) for n, name in CHAPTERS.items()),
    )


# The line as forms and files ask for it.
LINE = coded("line_of_work", "工作条线", "Line of work", {code: (name.zh, name.en) for code, name in LINES.items()})
