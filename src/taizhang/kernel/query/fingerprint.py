"""The fingerprint of a definition: equal for equal meaning, another for another, on every machine and Python version.

It covers the tree (class names and fields, names given to parts looked through), contracts by their table, and of every parameter the
value in force on the day. A figure carries it, so that a figure of last year can be told from one under a changed rule.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from taizhang.kernel.contracts import RecordContract
from taizhang.kernel.indicators import Indicator, Population
from taizhang.kernel.kept import Kept
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.query import nodes
from taizhang.kernel.query.walking import parameters_of


def fingerprint(definition: Indicator | Population | nodes.Node, parameters: Mapping[str, Parameter], day: date) -> str:
    """12 hexadecimal digits of the meaning of `definition` under the parameters in force on `day`."""
    canonical, names = _known.of(definition, lambda: _canonical(definition))
    in_force = {name: parameters[name].at(day) if name in parameters else None for name in names}
    return hashlib.sha256(f"{canonical}{json.dumps(in_force, sort_keys=True)}".encode()).hexdigest()[:12]


_known: Kept[tuple[str, tuple[str, ...]]] = Kept()


def _canonical(definition: Indicator | Population | nodes.Node) -> tuple[str, tuple[str, ...]]:
    """The definition as text that is the same everywhere, and the names of the parameters it uses."""
    parts = _parts(definition)
    trees = [part for part in parts if isinstance(part, nodes.Node)]
    return json.dumps([_plain(part) for part in parts], ensure_ascii=True, separators=(",", ":")), parameters_of(*trees)


def _parts(definition: Indicator | Population | nodes.Node) -> list[Any]:
    if isinstance(definition, nodes.Node):
        return [definition]
    if isinstance(definition, Population):
        breakdowns = [part for b in definition.breakdowns for part in (b.name, b.value)]
        return [definition.attribution.value, definition.condition, definition.rows, definition.organisation, *breakdowns]
    people = definition.population
    found: list[Any] = [
        definition.unit,
        definition.time_base.value,
        definition.attribution.value,
        definition.numerator,
        definition.denominator,
    ]
    if people is not None:
        found += [people.condition, people.rows, people.organisation]
    return [*found, definition.reported]


def _plain(value: Any) -> Any:
    """Lists and plain values only. Lists are tagged, so that a code "2026-01-01" is no date."""
    if isinstance(value, nodes.Named):
        return _plain(value.value)
    if isinstance(value, RecordContract):
        return ["table", value.table]
    if is_dataclass(value):
        return [type(value).__name__, *(_plain(getattr(value, field.name)) for field in fields(value))]
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return ["date", value.isoformat()] if isinstance(value, date) else value
