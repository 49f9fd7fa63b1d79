"""Dated parameters 参数: numbers that a document states, by date, with unit and source, kept in YAML beside the programme.

    hypertension.visits_per_year:
      name: {zh: 每年随访次数, en: Visits a year}
      unit: 次
      source: {document: 国家基本公共卫生服务规范（第三版）, clause: 高血压患者健康管理服务规范, verified: false}
      values:
        2017-02-28: 4
        2030-01-01: null      # repealed: no rule in force, which is not the same as nought

A formula never holds such a number; it names the parameter, and a run takes the value in force on its day. What a county lays down for
itself stands in its home, parameters/*.yaml, as `source` and `values` of a parameter that is declared here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text

_LAST_PLACE = re.compile(r"0\.(0*1) ?")


class ParameterError(ValueError):
    """A parameter file that cannot be believed; the message names file, parameter and cure."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number by date. `values` runs from the earliest day; None from a day on means that no rule is in force."""

    name: str
    label: Text
    unit: str
    source: Source
    values: tuple[tuple[date, int | None], ...]

    @property
    def places(self) -> int:
        """The decimals of the number: two where it is stated in units of 0.01kg."""
        return len(found[1]) if (found := _LAST_PLACE.match(self.unit)) else 0

    @property
    def read_unit(self) -> str:
        """The unit that people read behind the number with its decimals: kg where it is stated in units of 0.01kg."""
        return _LAST_PLACE.sub("", self.unit)

    def at(self, day: date) -> int | None:
        """The whole number in force on `day`, or None where no rule is in force."""
        value = None
        for since, number in self.values:
            if since <= day:
                value = number
        return value


_FIELDS = {"name", "unit", "source", "values"}
_COUNTY_FIELDS = {"source", "values"}


class _UniqueKeyLoader(yaml.CSafeLoader):
    """YAML that refuses a key written twice, where the standard loader silently keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                place = key_node.start_mark
                raise ParameterError(f"{place.name}: {key!r} is written twice (line {place.line + 1}). Keep one.")
            seen.add(key)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path) -> Any:
    """One YAML file, with a doubled key refused."""
    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, _UniqueKeyLoader)


def load_parameters(folders: Iterable[Path]) -> dict[str, Parameter]:
    """All parameters of the *.yaml files in `folders`. Every fault of every file is reported at once."""
    found: dict[str, Parameter] = {}
    faults: list[str] = []
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            try:
                content = read_yaml(path) or {}
            except ParameterError as error:
                faults.append(str(error))
                continue
            for name, body in content.items():
                try:
                    parameter = _parse(name, body)
                except (ParameterError, ValueError, KeyError, TypeError, AttributeError) as error:
                    faults.append(f"{path.name}: {name}: {error}")
                    continue
                if name in found:
                    faults.append(f"{path.name}: {name}: declared in another file as well. Keep one.")
                found[name] = parameter
    if faults:
        raise ParameterError("Parameters cannot be used:\n  " + "\n  ".join(faults))
    return found


def with_county_values(declared: Mapping[str, Parameter], folder: Path) -> dict[str, Parameter]:
    """The declared parameters with the dated values that a county states for itself in `folder`: its value holds from its day on, values
    of other days stay, and its document becomes the source. Every fault of every file is reported at once."""
    found = dict(declared)
    faults: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            content = read_yaml(path) or {}
        except ParameterError as error:
            faults.append(str(error))
            continue
        for name, body in content.items():
            try:
                if name not in declared:
                    raise ParameterError("no line of work declares this parameter; check its spelling")
                _check_fields(body, _COUNTY_FIELDS)
                values = {**dict(found[name].values), **dict(_values_of(body))}
                found[name] = replace(found[name], source=_source_of(body), values=tuple(sorted(values.items())))
            except (ParameterError, ValueError, KeyError, TypeError, AttributeError) as error:
                faults.append(f"{path.name}: {name}: {error}")
    if faults:
        raise ParameterError("Parameters of the home cannot be used:\n  " + "\n  ".join(faults))
    return found


def _parse(name: str, body: Mapping[str, Any]) -> Parameter:
    _check_fields(body, _FIELDS)
    values = tuple(sorted(_values_of(body)))
    return Parameter(name, Text(body["name"]["zh"], body["name"]["en"]), str(body["unit"]), _source_of(body), values)


def _check_fields(body: Mapping[str, Any], known: set[str]) -> None:
    if unknown := set(body) - known:
        raise ParameterError(f"unknown key {', '.join(sorted(unknown))}; known are {', '.join(sorted(known))}")


def _values_of(body: Mapping[str, Any]) -> list[tuple[date, int | None]]:
    values = []
    for day, number in body["values"].items():
        if not isinstance(day, date):
            raise ParameterError(f"{day!r} is not a day; write 2017-02-28")
        if isinstance(number, bool) or not (number is None or isinstance(number, int)):
            raise ParameterError(f"{number!r} from {day} is not a whole number; state it in units of its last place")
        values.append((day, number))
    return values


def _source_of(body: Mapping[str, Any]) -> Source:
    return Source(body["source"]["document"], body["source"].get("clause", ""), bool(body["source"].get("verified", False)))


def as_decimal(value: int, places: int) -> Decimal:
    """A whole number of last places as the number people read: 70 with one place is 7.0."""
    return Decimal(value).scaleb(-places)
