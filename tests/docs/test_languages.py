"""Everything a user reads has both languages, and the English one is English."""

import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest

import taizhang.programmes
from taizhang.kernel.elements import Element
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text

CHINESE = re.compile(r"[\u3400-\u9fff]")
SIGNS = {"-", "±", "+", "++", "+++", "++++", "—"}  # results of a test strip, an empty box: the same in every language
FILLED = re.compile(r"\{[\w.]+\}")  # a form's wording names the fields that stand in it


def _texts(value: Any, where: str, seen: set[int]) -> Iterator[tuple[str, Text]]:
    """Every Text within a declaration, with where it stands."""
    if isinstance(value, Text):
        yield where, value
    elif id(value) in seen:
        return
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        seen.add(id(value))
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name), f"{where}.{field.name}", seen)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, f"{where}[{key}]", seen)
    elif isinstance(value, (tuple, list)):
        for place, inner in enumerate(value):
            yield from _texts(inner, f"{where}[{place}]", seen)


def _elements() -> dict[str, Element]:
    found = {}
    for module in pkgutil.walk_packages(taizhang.programmes.__path__, "taizhang.programmes."):
        if "migrations" in module.name:
            continue
        for value in vars(importlib.import_module(module.name)).values():
            for element in value if isinstance(value, (tuple, list)) else (value,):
                if isinstance(element, Element):
                    found[element.name] = element
    return found


DECLARED = {field.name: getattr(registry, field.name) for field in dataclasses.fields(registry)} | {"elements": _elements()}


@pytest.mark.parametrize("kind", DECLARED)
def test_the_english_of_a_declaration_is_english(kind: str) -> None:
    texts = list(_texts(DECLARED[kind], kind, set()))
    wrong = {where: t.en for where, t in texts if CHINESE.search(t.en) or not (t.en in SIGNS or re.search(r"[A-Za-z0-9]", t.en))}
    assert wrong == {}


@pytest.mark.parametrize("kind", DECLARED)
def test_the_chinese_of_a_declaration_is_not_its_english(kind: str) -> None:
    """A label of letters alone (HIV, ABO) is the same in both."""
    texts = list(_texts(DECLARED[kind], kind, set()))
    assert {where: text.zh for where, text in texts if text.zh == text.en and re.search(r"[a-z]{4}", FILLED.sub("", text.zh))} == {}


def test_the_declarations_were_found() -> None:
    counted = {kind: len(list(_texts(value, kind, set()))) for kind, value in DECLARED.items()}
    assert counted["indicators"] > 300
    assert counted["elements"] > 200
    assert counted["forms"] > 100
