"""How pages are filled in: Jinja2 compiles a template to Python once and keeps it.

Beside Jinja2's own the templates know the tags say, text, day, url and static. Every wording stands there in Chinese and in English, side
by side. A list of forty people asks for a thousand of these: what is fixed when the template is read is worked out then.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from string import Formatter
from typing import Any

from django.template import defaultfilters
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.dateformat import format as in_django_form
from jinja2 import ChainableUndefined, Environment, nodes, pass_context
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.tests import test_none
from markupsafe import Markup, escape

from taizhang.kernel.periods import day_zh
from taizhang.kernel.text import Text
from taizhang.web.addresses import address
from taizhang.web.units import unit_in


class Absent(ChainableUndefined):
    """A name that the page was not given: empty when printed, false when asked, in no order with anything."""

    def _no(self, other: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _no  # type: ignore[assignment]


class Pages(Environment):
    """The templates' environment. The backend's options come on top."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "undefined": Absent, "keep_trailing_newline": True, "extensions": [Tags]})
        self.filters |= FILTERS
        self.tests["none"] = _none

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`a.b`: of a dictionary its key before its method. An error inside a property is an error and not an absent name."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            if hasattr(type(obj), attribute) and not isinstance(obj, Absent):
                raise
        try:
            return obj[attribute]
        except (AttributeError, TypeError, LookupError):
            return self.undefined(obj=obj, name=attribute)


def _none(value: object) -> bool:
    return test_none(value) or isinstance(value, Absent)


class Tags(Extension):
    """say, text, day, url, static."""

    tags = frozenset({"say", "text", "day", "url", "static"})

    def parse(self, parser: Parser) -> nodes.Node:
        tag = next(parser.stream)
        made: nodes.Node = _TAGS[tag.value](parser, tag.lineno)
        return made.set_lineno(tag.lineno)


def _say(parser: Parser, line: int) -> nodes.Node:
    """{% say "共{count}人" "{count} people" count=n %}: the wording in the page's language; values are escaped, Texts translated.
    With `as name` at the end it is kept under that name."""
    wordings = [parser.stream.expect("string").value for _ in range(2)]
    values: dict[str, nodes.Expr] = {}
    while parser.stream.current.type == "name" and parser.stream.look().type == "assign":
        name = next(parser.stream).value
        next(parser.stream)
        values[name] = parser.parse_unary()
    kept = _kept(parser)
    zh, en = (_filled(parser, wording, values, line) for wording in wordings)
    said = nodes.If(nodes.Compare(_language(), [nodes.Operand("eq", nodes.Const("en"))]), [en], [], [zh])
    return nodes.AssignBlock(kept, None, [said]) if kept else said


def _filled(parser: Parser, wording: str, values: dict[str, nodes.Expr], line: int) -> nodes.Output:
    """A wording with its {name}s as a piece of template: nothing is looked for when the page is filled in."""
    pieces: list[nodes.Expr] = []
    for words, name, form, conversion in Formatter().parse(wording):
        if words:
            pieces.append(nodes.TemplateData(words))
        if name is not None:
            if name not in values or form or conversion:
                parser.fail(f"say has no value {name!r} for {wording!r}: give it as {name}=...", line)
            pieces.append(_filter(values[name], "said", _language()))
    return nodes.Output(pieces)


def _text(parser: Parser, line: int) -> nodes.Node:
    """{% text name %}: a declared wording in the page's language; nothing for none."""
    return nodes.Output([_filter(parser.parse_unary(), "worded", _language())])


def _day(parser: Parser, line: int) -> nodes.Node:
    """{% day name %}: 2026年6月30日, or 2026-06-30 in English."""
    return nodes.Output([_filter(parser.parse_unary(), "day", _language())])


def _url(parser: Parser, line: int) -> nodes.Node:
    """{% url "person" person.pk %}: the address of a page; with `as name` at the end it is kept under that name."""
    parts = [_part(parser)]
    while parser.stream.current.type != "block_end" and not parser.stream.current.test("name:as"):
        parts.append(_part(parser))
    found = _filter(parts[0], "address", *parts[1:])
    kept = _kept(parser)
    return nodes.Assign(kept, found) if kept else nodes.Output([found])


def _static(parser: Parser, line: int) -> nodes.Node:
    """{% static "site/site.css" %}: the address of a file."""
    return nodes.Output([_filter(_part(parser), "static")])


def _part(parser: Parser) -> nodes.Expr:
    """One of several expressions side by side. Jinja2 would read two strings side by side as one."""
    if parser.stream.current.type == "string":
        return nodes.Const(next(parser.stream).value)
    return parser.parse_unary()


def _kept(parser: Parser) -> nodes.Expr | None:
    return parser.parse_assign_target(name_only=True) if parser.stream.skip_if("name:as") else None


def _language() -> nodes.Name:
    return nodes.Name("language", "load")


def _filter(value: nodes.Expr, name: str, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(value, name, list(arguments), [], None, None)


_TAGS: dict[str, Callable[[Parser, int], nodes.Node]] = {"say": _say, "text": _text, "day": _day, "url": _url, "static": _static}


def said(value: Any, language: str) -> Any:
    """A value within a wording."""
    return value.in_language("en" if language == "en" else "zh") if isinstance(value, Text) else value


def worded(value: Text | None, language: str) -> str:
    """A declared wording; nothing for none."""
    return value.in_language("en" if language == "en" else "zh") if value else ""


def day(value: date | None, language: str) -> str:
    """2026年6月30日, or 2026-06-30 in English."""
    if not value:
        return ""
    return value.isoformat() if language == "en" else day_zh(value)


def in_form(value: date | None, form: str) -> str:
    """A day or a time in Django's letters ("Y-m-d H:i"), in the county's own time; nothing for none."""
    if not value:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    elif form == "Y-m-d":
        return f"{value.year}-{value.month:02}-{value.day:02}"
    elif form == "y-m-d":
        return f"{value.year % 100:02}-{value.month:02}-{value.day:02}"
    return in_django_form(value, form)


_SPAN_OF_TIME = re.compile(r"\d{4}-\d\d-\d\d|\d{4}年(?:\d+(?:[—–]\d+)?月(?:\d+日)?|上半年|下半年|第.季度)?")


def unbroken(value: object) -> Markup:
    """What may be broken before the time it names, 2026年1—10月 or 2026-10-31, and never within it."""
    return Markup(_SPAN_OF_TIME.sub(r'<wbr><span class="unbroken">\g<0></span>', str(escape(value))))


@pass_context
def size(context: Context, value: int) -> str:
    """0 字节, 10.8 MB; in English 0 bytes."""
    with translation.override("en" if context.get("language") == "en" else "zh-hans"):
        return str(defaultfilters.filesizeformat(value))


FILTERS: dict[str, Callable[..., Any]] = {
    "said": said,
    "worded": worded,
    "day": day,
    "date": in_form,
    "address": address,
    "unbroken": unbroken,
    "unit": unit_in,
    "static": lru_cache(static),
    "length": defaultfilters.length,
    "default_if_none": lambda value, other: other if value is None else value,
    "filesizeformat": size,
    "linebreaksbr": lambda value: Markup(defaultfilters.linebreaksbr(str(value))),
    "quoted": defaultfilters.urlencode,
}
