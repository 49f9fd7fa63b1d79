"""What several aggregates over one table have in common, to stand below the aggregation as one filter."""

from collections.abc import Callable, Sequence
from typing import Any

from taizhang.kernel.query import nodes
from taizhang.kernel.query.walking import is_fixed

_MOST_VALUES = 40  # a longer list costs more than it saves


def conjuncts(condition: nodes.Value) -> list[nodes.Value]:
    """The parts of an 'and', nested ones flat."""
    if isinstance(condition, nodes.And):
        return [part for each in condition.parts for part in conjuncts(each)]
    return [condition]


def shared_conditions(lists: Sequence[Sequence[nodes.Value]], literal: Callable[[nodes.Value], Any]) -> list[nodes.Value]:
    """Conditions that every row must meet which any of the aggregates counts.

    The conditions all of them state; and for a column that every one bounds, the span or the list of values that covers all
    bounds. `literal` gives the value of a node that is fixed for the run.
    """
    shared = [part for part in lists[0] if all(part in other for other in lists[1:])]
    rest = [[part for part in each if part not in shared] for each in lists]
    if not all(rest):
        return shared
    for column in dict.fromkeys(c for part in rest[0] if (c := _column(part)) is not None):
        restricted = [[part for part in each if _column(part) == column] for each in rest]
        if all(restricted):
            shared.extend(_cover(column, restricted, literal))
    return shared


def _column(part: nodes.Value) -> nodes.RowColumn | None:
    """The column a simple condition (column against something fixed) restricts."""
    match part:
        case nodes.Compare(_, nodes.RowColumn() as column, other) if is_fixed(other):
            return column
        case nodes.OneOf(nodes.RowColumn() as column):
            return column
    return None


def _cover(column: nodes.RowColumn, lists: Sequence[Sequence[nodes.Value]], literal: Callable[[nodes.Value], Any]) -> list[nodes.Value]:
    if column.type in ("int", "date"):
        spans = [_span(parts, literal) for parts in lists]
        found: list[nodes.Value] = []
        if all(low is not None for low, _ in spans):
            found.append(nodes.Compare(">=", column, nodes.Literal_(min(low for low, _ in spans))))
        if all(high is not None for _, high in spans):
            found.append(nodes.Compare("<=", column, nodes.Literal_(max(high for _, high in spans))))
        return found
    values: dict[int | str, None] = {}
    for parts in lists:
        allowed = _values(parts, literal)
        if allowed is None:
            return []
        values.update(dict.fromkeys(allowed))
    return [nodes.OneOf(column, tuple(values))] if column.type == "code" and 0 < len(values) <= _MOST_VALUES else []


def _span(parts: Sequence[nodes.Value], literal: Callable[[nodes.Value], Any]) -> tuple[Any, Any]:
    """The lowest and highest value the conditions allow (a strict bound is taken as its inclusive one); None for no bound."""
    low: Any = None
    high: Any = None
    for part in parts:
        if not isinstance(part, nodes.Compare) or (bound := literal(part.right)) is None:
            continue
        if part.operator in (">", ">=", "=="):
            low = bound if low is None else max(low, bound)
        if part.operator in ("<", "<=", "=="):
            high = bound if high is None else min(high, bound)
    return low, high


def _values(parts: Sequence[nodes.Value], literal: Callable[[nodes.Value], Any]) -> tuple[int | str, ...] | None:
    """The codes the conditions allow, or None where they name none."""
    for part in parts:
        if isinstance(part, nodes.OneOf):
            return part.values
        if isinstance(part, nodes.Compare) and part.operator == "==" and (value := literal(part.right)) is not None:
            return (value,)
    return None
