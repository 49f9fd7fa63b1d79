"""Addresses of pages. A board asks for three hundred, the same at every reading."""

from functools import lru_cache

from django.urls import reverse

_REMEMBERED = 50_000  # some 10 MB


@lru_cache(_REMEMBERED)
def address(name: str, *arguments: object) -> str:
    """The address of the page `name`, as Django's reverse gives it. Raises NoReverseMatch."""
    return reverse(name, args=arguments)
