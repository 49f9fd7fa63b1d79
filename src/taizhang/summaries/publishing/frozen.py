"""A figure as it was published: every number it prints, and everything that says how it came about.

It is plain data, so that it can be read when its indicator is long gone from the code.
"""

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from taizhang.figures.model import Figure, Reading
from taizhang.kernel.indicators import Indicator
from taizhang.kernel.periods import Period
from taizhang.kernel.query import nodes
from taizhang.kernel.query.walking import parameters_of
from taizhang.kernel.registry import Registry
from taizhang.kernel.text import Text

Key = tuple[str, str, str, str]  # organisation, indicator, category, period with its cut-off


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenReading:
    """What a figure was compared with."""

    period: str
    numerator: int | None
    denominator: int | None
    places: int
    value: str
    printed: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenFigure:
    """value and the other decimals are text, without a digit lost; "" where there is none. parameters: the value in force of each
    parameter the definition looks at. cells: ids of the return cells in it."""

    organisation: str
    code: str
    category: str
    period: str
    cutoff: str
    name: str
    name_en: str
    category_name: str
    category_name_en: str
    organisation_name: str
    organisation_name_en: str
    unit: str
    better: str
    numerator: int | None
    denominator: int | None
    places: int
    value: str
    printed: str
    status: str
    source: str
    qualifier: str
    definition: str
    parameters: dict[str, int | None] = field(default_factory=dict)
    last_year: FrozenReading | None = None
    previous: FrozenReading | None = None
    target: str = ""
    target_source: str = ""
    completion: str = ""
    pace: str = ""
    cells: tuple[int, ...] = ()
    reported_by: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return (self.organisation, self.code, self.category, self.period)

    @property
    def decimal(self) -> Decimal | None:
        return Decimal(self.value) if self.value else None

    @property
    def is_rate(self) -> bool:
        return self.unit in ("%", "‰", "1/10万") or "/" in self.unit

    @property
    def full_name(self) -> Text:
        """With its category and, for the note of a correction, nothing else."""
        if not self.category_name:
            return Text(self.name, self.name_en)
        return Text(f"{self.name}（{self.category_name}）", f"{self.name_en} ({self.category_name_en})")

    @property
    def counts(self) -> tuple[int | None, int | None, int, str, str]:
        """What must be the same when it is computed again."""
        return (self.numerator, self.denominator, self.places, self.value, self.status)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def key_of(figure: Figure) -> Key:
    return (figure.organisation, figure.code, figure.category, str(figure.period))


def freeze(figure: Figure, known: Registry) -> FrozenFigure:
    indicator, category = figure.indicator, figure.category_name
    return FrozenFigure(
        organisation=figure.organisation,
        code=figure.code,
        category=figure.category,
        period=str(figure.period),
        cutoff=figure.period.cutoff.isoformat(),
        name=indicator.name.zh,
        name_en=indicator.name.en,
        category_name=category.zh if category else "",
        category_name_en=category.en if category else "",
        organisation_name=figure.organisation_name.zh,
        organisation_name_en=figure.organisation_name.en,
        unit=indicator.unit,
        better=indicator.better.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        places=figure.places,
        value=_text(figure.value),
        printed=figure.printed,
        status=figure.status.value,
        source=figure.source.value,
        qualifier=figure.qualifier,
        definition=figure.definition,
        parameters=_parameters_in_force(indicator, figure.period, known),
        last_year=_reading(figure.last_year),
        previous=_reading(figure.previous),
        target=_text(figure.target.value) if figure.target else "",
        target_source=figure.target.source if figure.target else "",
        completion=_text(figure.completion),
        pace=_text(figure.pace),
        cells=tuple(figure.cells),
        reported_by=tuple(figure.reported_by),
        missing=tuple(f"{m.organisation} {m.what.zh}" for m in figure.missing),
    )


def thaw(stored: dict[str, Any]) -> FrozenFigure:
    """Back from JSON."""
    made = dict(stored)
    for name in ("last_year", "previous"):
        made[name] = FrozenReading(**made[name]) if made.get(name) else None
    for name in ("cells", "reported_by", "missing"):
        made[name] = tuple(made[name])
    return FrozenFigure(**made)


def _parameters_in_force(indicator: Indicator, period: Period, known: Registry) -> dict[str, int | None]:
    """The dated parameters a definition looks at, at their value on the cut-off."""
    population = indicator.population
    trees = [indicator.numerator, indicator.denominator]
    if population is not None:
        trees += [population.condition, population.rows, population.organisation]
    used = parameters_of(*(tree for tree in trees if isinstance(tree, nodes.Node)))
    return {name: known.parameters[name].at(period.cutoff) for name in used}


def _reading(reading: Reading | None) -> FrozenReading | None:
    if reading is None:
        return None
    return FrozenReading(
        period=str(reading.period), numerator=reading.numerator, denominator=reading.denominator, places=reading.places,
        value=_text(reading.value), printed=reading.printed, status=reading.status.value,
    )


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
