"""Addresses of pages. A board asks for three hundred, the same at every reading."""

from functools import lru_cache

from django.urls import reverse

_REMEMBERED = 50_000  # some 10 MB


@lru_cache(_REMEMBERED)
def address(name: str, *arguments: object) -> str:
    """The address of the page `name`, as Django's reverse gives it. Raises NoReverseMatch."""
    return reverse(name, args=arguments)


def address_ending(name: str, *arguments: object) -> str:
    """The same of a page whose last argument is the number of a person or a record, or the code of an organisation: of those there are too
    many to remember each, and all but the last is the same."""
    before, _, after = address(name, *arguments[:-1], 0).rpartition("0")
    return f"{before}{arguments[-1]}{after}"
