"""Words on pages, in the reader's language: every wording of a template stands there in Chinese and in English, side by side."""

from datetime import date
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from taizhang.kernel.periods import day_zh
from taizhang.kernel.text import Text

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: template.Context, zh: str, en: str, **values: Any) -> SafeString:
    """{% say "共{count}人" "{count} people" count=n %}: the wording in the page's language; values are escaped, Texts translated."""
    language = context.get("language", "zh")
    filled = {name: value.in_language(language) if isinstance(value, Text) else value for name, value in values.items()}
    return format_html(zh if language == "zh" else en, **filled) if filled else conditional_escape(zh if language == "zh" else en)


@register.simple_tag(takes_context=True)
def text(context: template.Context, value: Text | None) -> str:
    """A declared wording in the page's language; nothing for none."""
    return "" if value is None else value.in_language(context.get("language", "zh"))


@register.simple_tag(takes_context=True)
def day(context: template.Context, value: date | None) -> str:
    """2026年6月30日, or 2026-06-30 in English."""
    if value is None:
        return ""
    return day_zh(value) if context.get("language", "zh") == "zh" else value.isoformat()
