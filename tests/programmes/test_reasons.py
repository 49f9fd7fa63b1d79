"""Whoever does not meet a condition is told why in words, not by the condition's name or formula alone."""

from collections.abc import Iterator

import pytest

from taizhang.kernel.explain import _bare
from taizhang.kernel.indicators import Indicator
from taizhang.kernel.query import nodes
from taizhang.kernel.query.words import always, records
from taizhang.kernel.registry import registry
from taizhang.programmes.titles.records import APPLICATION

_title = records(APPLICATION)


def _conditions(node: nodes.Value) -> Iterator[nodes.Value]:
    """What an explanation takes one by one, named or not."""
    if isinstance(node, nodes.And):
        for part in node.parts:
            yield from _conditions(part)
    else:
        yield node


def _explained(indicator: Indicator) -> Iterator[nodes.Value]:
    people = indicator.population
    if people is None:
        return
    # Rows that are not of the population are not explained: nobody asks why a visit of last year is no visit of this year.
    for tree in (None if people.rows is not None else people.condition, indicator.numerator, indicator.denominator):
        if isinstance(tree, nodes.Value) and tree != always.node:
            yield from _conditions(tree)


def _speaks(condition: nodes.Value) -> bool:
    """Whether whoever does not meet it always reads more than "not yet met" and a name."""
    if isinstance(condition, nodes.Named) and condition.unmet is not None and "{" not in condition.unmet.zh + condition.unmet.en:
        return True
    # A number and a comparison tell what was found, as several conditions tell which of them failed; so they do where the sentence wants
    # a number that nobody has.
    return condition.type == "int" or isinstance(_bare(condition), (nodes.Compare, nodes.And))


def test_no_condition_prints_the_bare_words() -> None:
    silent = {
        f"{indicator.code}: {condition}"
        for definitions in registry.indicators.values()
        for indicator in definitions
        for condition in _explained(indicator)
        if not _speaks(condition)
    }
    assert not silent


def test_every_named_condition_of_several_says_what_is_unmet() -> None:
    """A comparison under a name tells what was found; anything else under a name has a sentence of its own."""
    silent = {
        f"{indicator.code}: {condition.label.zh}"
        for definitions in registry.indicators.values()
        for indicator in definitions
        for condition in _explained(indicator)
        if isinstance(condition, nodes.Named)
        and condition.unmet is None
        and condition.type != "int"
        and not isinstance(_bare(condition), nodes.Compare)
    }
    assert not silent


@pytest.mark.parametrize(
    "condition",
    [
        _title.ended_on.is_missing,
        ~_title.named_on.is_present.named("已命名", "named"),
        _title.ended_on.is_missing.named("没有终止", "not ended"),
        _title.ended_on.is_missing | (_title.named_on >= _title.applied_on),
    ],
)
def test_what_says_nothing_is_found(condition: object) -> None:
    assert not _speaks(condition.node)  # type: ignore[attr-defined]
