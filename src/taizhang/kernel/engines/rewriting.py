"""What is done to a membership's trees before they are written as SQL. Neither changes what they mean.

- Whether a resident has a row in any of several tables is asked once of all their rows, and not once of each table.
- A value that the text would repeat is computed once and named: an engine does not look for equal parts inside CASE, AND and COALESCE, and
  months between two days, of which the smaller is taken, would be written a dozen times over.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from taizhang.kernel.contracts import ColumnType
from taizhang.kernel.query import nodes
from taizhang.kernel.query.walking import is_fixed, rebuilt


@dataclass(frozen=True, slots=True)
class Among(nodes.Value):
    """Whether a resident has a row among those that any of `counts` counts."""

    counts: tuple[nodes.Count, ...]

    @property
    def type(self) -> ColumnType:
        return "bool"


def walk_facts(node: nodes.Node) -> Iterator[nodes.Node]:
    """The node and those below it, but not what stands inside an `Among`: it is no fact of its own."""
    yield node
    if not isinstance(node, Among):
        for child in node.children():
            yield from walk_facts(child)


# -- one question of several tables ----------------------------------------------------------------------------------------


def asked_together(trees: Sequence[nodes.Value]) -> list[nodes.Value]:
    """The trees, with an 'or' of rows in several tables as one `Among`. A table that is also counted otherwise is left where it is: its
    rows are grouped by resident all the same."""
    otherwise: set[str] = set()
    askers: dict[str, set[nodes.Or]] = {}
    for tree in trees:
        _note(tree, otherwise, askers)
    alone = otherwise | {table for table, ors in askers.items() if len(ors) > 1}

    def changed(node: nodes.Node) -> nodes.Node:
        if isinstance(node, nodes.Or):
            counts = {part: count for part in node.parts if (count := _existing(part)) and count.rows.contract.table not in alone}
            if len({count.rows.contract.table for count in counts.values()}) > 1:
                among = Among(tuple(counts.values()))
                rest = tuple(rebuilt(part, changed) for part in node.parts if part not in counts)
                return nodes.Or((*rest, among)) if rest else among
        return rebuilt(node, changed)

    return [cast(nodes.Value, changed(tree)) for tree in trees]


def _note(node: nodes.Node, otherwise: set[str], askers: dict[str, set[nodes.Or]]) -> None:
    if isinstance(node, (nodes.Count, nodes.Sum)):
        otherwise.add(node.rows.contract.table)
        return
    for child in node.children():
        count = _existing(child) if isinstance(node, nodes.Or) else None
        if count is not None and isinstance(node, nodes.Or):
            askers.setdefault(count.rows.contract.table, set()).add(node)
        else:
            _note(child, otherwise, askers)


def _existing(node: nodes.Node) -> nodes.Count | None:
    """The count of which the condition asks that it be one at least."""
    match node:
        case nodes.Compare(">=", nodes.Count() as count, nodes.Literal_(1)):
            return count
    return None


# -- values named once -----------------------------------------------------------------------------------------------------

# How many times the text of a value repeats that of the values it is made of.
_REPEATED: Mapping[str, int] = {"min": 2, "max": 2, "month": 3, "year": 3}


def named_once(trees: Sequence[nodes.Value]) -> list[list[nodes.Value]]:
    """The values about a resident that the text would repeat, in steps: a step's values are made of columns and of earlier steps'."""
    written: Counter[nodes.Value] = Counter()
    for tree in trees:
        _weigh(tree, 1, written)
    named = {value for value, times in written.items() if times > 1}
    depths: dict[nodes.Value, int] = {}
    for value in sorted(named, key=repr):
        _depth(value, named, depths)
    steps: list[list[nodes.Value]] = [[] for _ in range(max(depths.values(), default=-1) + 1)]
    for value, depth in depths.items():
        steps[depth].append(value)
    return steps


def is_nameable(node: nodes.Node) -> bool:
    """Whether it costs more to compute than to look up."""
    match node:
        case nodes.Arithmetic() | nodes.Choose():
            return True
        case nodes.Shift(_, _, unit) | nodes.Elapsed(unit):
            return unit != "day"
    return False


def _weigh(node: nodes.Node, times: int, written: Counter[nodes.Value]) -> None:
    if isinstance(node, (nodes.PersonColumn, nodes.Count, nodes.Sum, Among)):
        return
    if isinstance(node, nodes.Value) and is_nameable(node):
        if is_fixed(node):
            return
        written[node] += times
        if written[node] > times:
            return  # what is below it was weighed when it was first met, and is written once, where it is named
    if isinstance(node, nodes.Compare) and (age := _age(node)) is not None:
        _weigh(age.first, times, written)  # becomes a birth date compared with a day
        return
    repeated = _REPEATED.get(node.operator, 1) if isinstance(node, nodes.Arithmetic) else 1
    if isinstance(node, nodes.Elapsed):
        repeated = _REPEATED.get(node.unit, 1)
    for child in node.children():
        _weigh(child, times * repeated, written)


def _age(node: nodes.Compare) -> nodes.Elapsed | None:
    for side, other in ((node.left, node.right), (node.right, node.left)):
        if isinstance(side, nodes.Elapsed) and side.unit == "year" and is_fixed(side.last) and is_fixed(other):
            return side
    return None


def _depth(node: nodes.Node, named: set[nodes.Value], depths: dict[nodes.Value, int]) -> int:
    """The step in which a named value is computed, or, of another, the first one after all that it is made of."""
    if isinstance(node, (nodes.PersonColumn, nodes.Count, nodes.Sum, Among)):
        return 0
    if isinstance(node, nodes.Value) and is_nameable(node) and node in named:
        if node not in depths:
            depths[node] = max((_depth(child, named, depths) for child in node.children()), default=0)
        return depths[node] + 1
    return max((_depth(child, named, depths) for child in node.children()), default=0)
