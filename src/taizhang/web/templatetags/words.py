"""Words and addresses on pages. Every wording of a template stands there in Chinese and in English, side by side.

A list of forty people asks for a thousand of these: what is fixed when the template is read is worked out then, and not at each page.
"""

from datetime import date
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, Parser, Token, token_kwargs
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_as_django_reads_it
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from taizhang.kernel.periods import day_zh
from taizhang.kernel.text import Text
from taizhang.web.addresses import address

register = template.Library()


@register.tag
def say(parser: Parser, token: Token) -> Node:
    """{% say "共{count}人" "{count} people" count=n %}: the wording in the page's language; values are escaped, Texts translated.
    With `as name` at the end it is kept under that name."""
    _, *bits = token.split_contents()
    kept = ""
    if len(bits) > 2 and bits[-2] == "as":
        *bits, _, kept = bits
    wordings = [parser.compile_filter(bit) for bit in bits[:2]]
    rest = bits[2:]
    values = token_kwargs(rest, parser)
    if len(wordings) != 2 or rest:
        raise template.TemplateSyntaxError(f"say takes a Chinese and an English wording, then name=value: {token.contents}")
    return Say(wordings[0], wordings[1], values, kept)


class Say(Node):
    def __init__(self, zh: FilterExpression, en: FilterExpression, values: dict[str, FilterExpression], kept: str) -> None:
        self.zh, self.en, self.values, self.kept = zh, en, values, kept
        self.fixed: dict[str, SafeString] = {}
        if not values and all(isinstance(each.var, str) and not each.filters for each in (zh, en)):
            self.fixed = {"zh": conditional_escape(zh.var), "en": conditional_escape(en.var)}

    def render(self, context: template.Context) -> SafeString:
        language = context.get("language", "zh")
        said = self.fixed["zh" if language == "zh" else "en"] if self.fixed else self._filled(context, language)
        if self.kept:
            context[self.kept] = said
            return SafeString("")
        return said

    def _filled(self, context: template.Context, language: str) -> SafeString:
        wording = (self.zh if language == "zh" else self.en).resolve(context)
        if not self.values:
            return conditional_escape(wording)
        found = {name: value.resolve(context) for name, value in self.values.items()}
        return format_html(wording, **{name: v.in_language(language) if isinstance(v, Text) else v for name, v in found.items()})


@register.tag
def text(parser: Parser, token: Token) -> Node:
    """{% text name %}: a declared wording in the page's language; nothing for none."""
    _, *bits = token.split_contents()
    if len(bits) != 1:
        raise template.TemplateSyntaxError(f"text takes one declared wording: {token.contents}")
    return Worded(parser.compile_filter(bits[0]))


class Worded(Node):
    def __init__(self, value: FilterExpression) -> None:
        self.value = value

    def render(self, context: template.Context) -> SafeString:
        value = self.value.resolve(context, ignore_failures=True)
        return SafeString("") if value is None else conditional_escape(value.in_language(context.get("language", "zh")))


@register.simple_tag(takes_context=True)
def day(context: template.Context, value: date | None) -> str:
    """2026年6月30日, or 2026-06-30 in English."""
    if value is None:
        return ""
    return day_zh(value) if context.get("language", "zh") == "zh" else value.isoformat()


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """As Django's; addresses that were asked for before are remembered."""
    node = url_as_django_reads_it(parser, token)
    return node if node.kwargs or node.asvar else Remembered(node.view_name, node.args, node.kwargs, node.asvar)


class Remembered(URLNode):
    def render(self, context: template.Context) -> Any:
        return conditional_escape(address(self.view_name.resolve(context), *(each.resolve(context) for each in self.args)))
