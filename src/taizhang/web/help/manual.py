"""The user manual 使用手册: Markdown files of this package, with pictures that docs/pictures.py takes of the pages themselves."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.navigation import ENTRIES, doors

FOLDER = Path(__file__).parent / "manual"
PICTURES = FOLDER / "pictures"
# The pages in the order of the contents: one about the site as a whole, one an area, by the name of its first page, and one about what
# concerns them all.
CONTENTS: dict[str, Text] = (
    {"start": Text("登录与页面", "Signing in, and the pages")}
    | {entry.address: entry.label for entry in ENTRIES}
    | {"corrections": Text("更正", "Corrections")}
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is read: its body, and its parts with their anchors."""

    body: SafeString
    parts: tuple[tuple[str, str], ...]


def reader() -> MarkdownIt:
    """Markdown as the manual uses it: tables, and no HTML of its own."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(maxsize=32)
def read(name: str) -> Page:
    """A page of the manual. Addresses of pictures and of other pages become those of the site."""
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    markdown = reader()
    tokens = markdown.parse(text)
    parts: list[tuple[str, str]] = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            anchor = f"part-{len(parts) + 1}"
            token.attrSet("id", anchor)
            parts.append((anchor, tokens[place + 1].content))
        for child in token.children or ():
            _to_the_site(child)
    # The text is the package's own, and HTML in it is printed as text.
    return Page(mark_safe(markdown.renderer.render(tokens, markdown.options, {})), tuple(parts))


def _to_the_site(token: Token) -> None:
    if token.type == "image":
        source = str(token.attrGet("src"))
        token.attrSet("src", reverse("help-picture", args=[PurePath(source).name]))
        token.attrSet("loading", "lazy")
    elif token.type == "link_open":
        target = str(token.attrGet("href"))
        if target.endswith(".md"):
            token.attrSet("href", reverse("help-manual", args=[target.removesuffix(".md")]))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What help there is."""
    reachable = {door.url for door in doors(request)}
    facts = {
        "pages": [(name, title, _is_reachable(name, reachable)) for name, title in CONTENTS.items()],
        "programmes": sorted(registry.programmes.values(), key=lambda programme: programme.order),
        "indicators": len(registry.indicators),
    }
    return render(request, "web/help/index.html", facts)


def _is_reachable(name: str, reachable: set[str]) -> bool:
    """Whether the reader's post has the door that a page explains."""
    try:
        return name in ("start", "corrections") or reverse(name) in reachable
    except NoReverseMatch:
        return False


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    if name not in CONTENTS:
        raise Http404
    names = list(CONTENTS)
    place = names.index(name)
    found = read(name)
    facts = {
        "name": name,
        "title": CONTENTS[name],
        "manual": found,
        "contents": list(CONTENTS.items()),
        "before": (names[place - 1], CONTENTS[names[place - 1]]) if place else None,
        "after": (names[place + 1], CONTENTS[names[place + 1]]) if place + 1 < len(names) else None,
    }
    return render(request, "web/help/manual.html", facts)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of a page, of a simulated county."""
    path = PICTURES / name
    if PurePath(name).name != name or path.suffix != ".png" or not path.is_file():
        raise Http404
    answer = FileResponse(path.open("rb"), content_type="image/png")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer
