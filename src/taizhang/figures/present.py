"""How a figure is written: as the printed text of a value, and as the JSON of files and the API."""

from decimal import Decimal
from typing import Any

from taizhang.figures.model import NOTHING, Aim, Change, Figure, Reading

# Signs that follow the number without a word between; other units (人, 份, 人次/次) stand in the text around it.
_SIGNS = ("%", "‰")


def printed(value: Decimal | None, unit: str) -> str:
    """84.24%, 3.29‰, 568306, 24.91; — for none."""
    if value is None:
        return NOTHING
    return f"{value:f}{unit}" if unit in _SIGNS else f"{value:f}"


def grouped(value: Decimal | None, unit: str, language: str) -> str:
    """As printed; English groups the thousands of a count (568,306)."""
    if value is None or language == "zh":
        return printed(value, unit)
    return f"{value:,f}{unit}" if unit in _SIGNS else f"{value:,f}"


def exact(number: int | None, places: int) -> int | float | None:
    """A count for JSON: a whole number, or where it has decimals the number people read (2573.5). The only float of a figure, made when
    it leaves; nothing is computed from it."""
    if number is None or not places:
        return number
    return float(Decimal(number).scaleb(-places))


def as_json(figure: Figure) -> dict[str, Any]:
    """The fields of `taizhang figures --format json`. value is text, so that 90.40 keeps its last digit. category is worded as the rows of
    a return are (初治涂阳, 男), empty for the total; category_code is what trace takes (sex:1)."""
    return {
        "indicator": figure.indicator.code,
        "name": figure.indicator.name.zh,
        "name_en": figure.indicator.name.en,
        "unit": figure.indicator.unit,
        "category": figure.category_name.zh if figure.category_name else "",
        "category_en": figure.category_name.en if figure.category_name else "",
        "category_code": figure.category,
        "organisation": figure.organisation,
        "organisation_name": figure.organisation_name.zh,
        "organisation_name_en": figure.organisation_name.en,
        "period": str(figure.period).partition("@")[0],
        "cutoff": figure.period.cutoff.isoformat(),
        "numerator": exact(figure.numerator, figure.places),
        "denominator": exact(figure.denominator, figure.places),
        "value": _text(figure.value),
        "status": figure.status.value,
        "source": figure.source.value,
        "qualifier": figure.qualifier,
        "missing": [{"organisation": m.organisation, "name": m.name.zh, "what": m.what.zh} for m in figure.missing],
        "previous": _reading(figure.previous),
        "last_year": _reading(figure.last_year),
        "change_previous": _change(figure.change_previous),
        "change_last_year": _change(figure.change_last_year),
        "target": _aim(figure.target),
        "completion": _text(figure.completion),
        "pace": _text(figure.pace),
        "rank": [figure.rank.place, figure.rank.of] if figure.rank else None,
        "ledger_version": figure.ledger_version,
        "definition": figure.definition,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _reading(reading: Reading | None) -> dict[str, Any] | None:
    if reading is None:
        return None
    return {
        "period": str(reading.period),
        "numerator": exact(reading.numerator, reading.places),
        "denominator": exact(reading.denominator, reading.places),
        "value": _text(reading.value),
        "status": reading.status.value,
    }


def _change(change: Change | None) -> dict[str, str] | None:
    return None if change is None else {"value": f"{change.value:f}", "unit": change.unit}


def _aim(aim: Aim | None) -> dict[str, Any] | None:
    return None if aim is None else {"year": aim.year, "value": f"{aim.value:f}", "unit": aim.unit, "source": aim.source}
