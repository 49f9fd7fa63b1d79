"""From a data element to the field that stores it, so that a model states what it asks and nothing else."""

from __future__ import annotations

from typing import Any

from django.db import models

from taizhang.kernel.elements import Element, ElementType


def element_field(element: Element, *, required: bool = False, **options: Any) -> models.Field[Any, Any]:
    """The Django field of an element; `.element` on it gives the element back.

    A number is stored as a whole number of its last place (7.0 mmol/L with one place is 70). What was not filled in is null, for codes
    as well, so that "missing" is one thing in database and ledger; only free text is empty instead.
    """
    common: dict[str, Any] = {"verbose_name": element.label.zh, "null": not required, "blank": not required}
    match element.type:
        case ElementType.NUMBER:
            field: models.Field[Any, Any] = models.IntegerField(**{**common, **options})
        case ElementType.DATE:
            field = models.DateField(**{**common, **options})
        case ElementType.CODE:
            choices = [(code, label.zh) for code, label in element.codes]
            field = models.CharField(**{**common, "max_length": 4, "choices": choices, **options})
        case ElementType.CODES:
            field = models.CharField(**{**common, "max_length": 60, **options})
        case ElementType.YES_NO:
            field = models.BooleanField(**{**common, **options})
        case ElementType.TEXT:
            field = models.CharField(**{**common, "max_length": 200, "null": False, "default": "", **options})
    field.element = element  # type: ignore[attr-defined]
    return field


def worded(field: models.Field[Any, Any], element: Element) -> models.Field[Any, Any]:
    """A derived field that is read as `element`: pages and paper then print its label and codes in both languages."""
    field.element = element  # type: ignore[attr-defined]
    return field


def is_required(field: models.Field[Any, Any]) -> bool:
    """Whether a record cannot be without it. A default answers for what was not said, but for a text, whose default is the empty one."""
    answered = field.has_default() and field.get_default() != ""
    return bool(field.editable and not field.blank and not answered and not field.primary_key)


def element_of(field: models.Field[Any, Any]) -> Element | None:
    """The element a field stores, or None for a field that is no element."""
    return getattr(field, "element", None)
