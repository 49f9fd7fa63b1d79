"""What most populations of a period ask of every resident: who he is, and of which organisation he is a resident on the day.

Each of some forty populations would pick every resident's residency out of all residencies and join it to him, which is most of what it
costs to make a small one. It is gathered once for a ledger version and a period, and stands beside the memberships that are made from it:

    HOME/ledger/membership/<version>/residents-<digest>.gathered       Parquet; a row a resident, resident, c0, c1, ...

The digest is of the SQL that makes it, so that another definition, parameter or period gives another file.
"""

from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock

from taizhang.kernel.engines.compiler import RESIDENT_TABLE, person_columns
from taizhang.kernel.indicators import Indicator, Population
from taizhang.kernel.periods import Period
from taizhang.kernel.query import nodes
from taizhang.kernel.query.walking import parameters_of
from taizhang.kernel.registry import registry

SUFFIX = ".gathered"
_MANY = 8  # populations that look at a picked row, from which on it is gathered

_Columns = tuple[nodes.PersonColumn, ...]
_KEPT = 8
_known: OrderedDict[tuple[int, ...], tuple[Sequence[Indicator], _Columns]] = OrderedDict()  # indicators in force, by identity
_lock = Lock()


def columns_for(population: Population, indicators: Sequence[Indicator], period: Period, parameters: Mapping[str, object]) -> _Columns:
    """The columns to gather, where this population looks at a picked row among them; else none."""
    columns = _asked_by_many(registry.indicators_on(period.cutoff))
    picks = {column.of for column in columns if isinstance(column.of, nodes.Pick)}
    if not any(column.of in picks for column in person_columns(population, indicators)):
        return ()
    return columns if all(name in parameters for name in parameters_of(*columns)) else ()


def _asked_by_many(indicators: Sequence[Indicator]) -> _Columns:
    key = tuple(map(id, indicators))
    with _lock:
        if key in _known:
            _known.move_to_end(key)
            return _known[key][1]
    over: dict[Population, list[Indicator]] = {}
    for indicator in indicators:
        if indicator.population is not None:
            over.setdefault(indicator.population, []).append(indicator)
    asked = [person_columns(population, its) for population, its in over.items()]
    many = Counter(of for columns in asked for of in {column.of for column in columns})
    found = {column for columns in asked for column in columns if _is_gathered(column.of, many)}
    columns = tuple(sorted(found, key=repr))
    with _lock:
        _known[key] = (indicators, columns)
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return columns


def _is_gathered(of: nodes.Pick | nodes.Records, asked: Mapping[nodes.Pick | nodes.Records, int]) -> bool:
    if isinstance(of, nodes.Pick):
        return asked[of] >= _MANY
    return of.contract.table == RESIDENT_TABLE
