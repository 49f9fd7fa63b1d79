"""Whoever does not meet a named condition is told why in words, not by its name alone."""

from collections.abc import Iterator

from taizhang.kernel.explain import _bare
from taizhang.kernel.query import nodes
from taizhang.kernel.registry import registry


def _conditions(node: nodes.Node | None) -> Iterator[nodes.Value]:
    if isinstance(node, nodes.And):
        for part in node.parts:
            yield from _conditions(part)
    elif isinstance(node, nodes.Named):
        yield node


def test_every_named_condition_says_what_is_unmet() -> None:
    silent = set()
    for definitions in registry.indicators.values():
        for indicator in definitions:
            if indicator.population is None:
                continue
            for tree in (indicator.population.condition, indicator.numerator, indicator.denominator):
                for named in _conditions(tree if isinstance(tree, nodes.Value) else None):
                    # A number and a comparison tell what was found; anything else would say "not yet met" and its name.
                    speaks = named.type == "int" or isinstance(_bare(named), nodes.Compare)
                    if isinstance(named, nodes.Named) and named.unmet is None and not speaks:
                        silent.add(f"{indicator.code}: {named.label.zh}")
    assert not silent
