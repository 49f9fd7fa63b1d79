"""What the desk's forms have in common: reading fields, and saying why something was refused."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpRequest

from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text
from taizhang.summaries.desk.errors import DeskError


def field(request: HttpRequest, name: str, most: int = 400) -> str:
    """A field as typed, without the blanks around it."""
    return request.POST.get(name, "").strip()[:most]


def day_of(request: HttpRequest, name: str) -> date | None:
    """None where it is empty. Raises DeskError."""
    written = field(request, name, 20)
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise DeskError(Text(f"“{written}”不是日期，应写作2026-06-30。", f"“{written}” is no day; write 2026-06-30.")) from None


def number_of(request: HttpRequest, name: str) -> int | None:
    written = field(request, name, 8)
    if not written:
        return None
    if not (written.isascii() and written.isdigit()):
        raise DeskError(Text(f"“{written}”不是整数。", f"“{written}” is no whole number."))
    return int(written)


def decimal_of(request: HttpRequest, name: str) -> Decimal | None:
    written = field(request, name, 20)
    if not written:
        return None
    try:
        value = Decimal(written.rstrip("%‰"))
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite():
        raise DeskError(Text(f"“{written}”不是数。", f"“{written}” is no number."))
    return value


def twin(zh: str, en: str) -> Text | None:
    """A wording with its English, which is the Chinese where nobody wrote one."""
    return Text(zh, en or zh) if zh else None


def said(refusal: Refusal, language: str) -> list[str]:
    """Why it was refused, a line a reason, in the reader's language where the refusal has it."""
    if isinstance(refusal, DeskError):
        return [t.in_language(language) for t in (refusal.message, *refusal.reasons)]
    text = getattr(refusal, "text", None)
    return [text.in_language(language)] if isinstance(text, Text) else [line.strip() for line in str(refusal).splitlines() if line.strip()]


def done(request: HttpRequest, text: Text) -> None:
    """Say on the next page what was done."""
    messages.success(request, text.in_language(request.language))  # type: ignore[attr-defined]
