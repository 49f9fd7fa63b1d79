"""What is asked of whole trees: the meaning without names, whether a value is fixed for the run, which parameters and tables are read."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from taizhang.kernel.contracts import RecordContract
from taizhang.kernel.kept import Kept
from taizhang.kernel.query.nodes import Count, Named, Node, ParameterValue, PersonColumn, Records, RowColumn, Sum, field_names, walk

NodeT = TypeVar("NodeT", bound=Node)


def without_names(node: NodeT) -> NodeT:
    """The same meaning with every Named looked through."""
    if isinstance(node, Named):
        return cast(NodeT, without_names(node.value))  # a Named stands only where a value may
    return cast(NodeT, rebuilt(cast(Node, node), without_names))


def rebuilt(node: NodeT, change: Callable[[Node], Node]) -> NodeT:
    """The node with `change` made to each of its children; itself where that changes none."""
    names = field_names(type(node))
    before = [getattr(node, name) for name in names]
    after = [_changed(value, change) for value in before]
    if all(one is other for one, other in zip(before, after, strict=True)):
        return node
    return type(node)(**dict(zip(names, after, strict=True)))


def _changed(value: Any, change: Callable[[Node], Node]) -> Any:
    if isinstance(value, Node):
        return change(value)
    if not isinstance(value, tuple):
        return value
    parts = tuple(_changed(part, change) for part in value)
    return value if all(one is other for one, other in zip(value, parts, strict=True)) else parts


def is_fixed(node: Node) -> bool:
    """Whether the value is one for the whole run: it looks at the period and parameters only."""
    return not any(isinstance(n, (RowColumn, PersonColumn, Count, Sum)) for n in walk(node))


def parameters_of(*trees: Node) -> tuple[str, ...]:
    """Names of the dated parameters used, sorted."""
    return tuple(sorted({name for tree in trees for name in _read(tree)[0]}))


def contracts_of(*trees: Node) -> dict[str, RecordContract]:
    """The record tables that are read, by name."""
    return {table: contract for tree in trees for table, contract in _read(tree)[1].items()}


_Reads = tuple[frozenset[str], dict[str, RecordContract]]  # names of parameters; contracts by table
_reads: Kept[_Reads] = Kept()


def _read(tree: Node) -> _Reads:
    return _reads.of(tree, lambda: _found_in(tree))


def _found_in(tree: Node) -> _Reads:
    below = list(walk(tree))
    parameters = frozenset(n.name for n in below if isinstance(n, ParameterValue))
    return parameters, {n.of.table: n.of for n in below if isinstance(n, (Records, RowColumn))}
