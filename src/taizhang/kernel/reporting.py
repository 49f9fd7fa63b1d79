"""The words in which a form of returns and its indicators are declared: one line an element, one line an indicator.

    FORM = form("folic_acid", "叶酸发放报表", "Folic acid supply", source, flow("tablets", "发放叶酸片", "Folic acid supplied", "瓶"), ...)
    TABLETS = reported(FORM, "tablets", why=("…", "…"), better=HIGHER)
    RATE = reported_rate(FORM, "delivered", "purchased", code="delivery_rate", name=("…配送率", "…"), why=("…", "…"))
"""

from taizhang.kernel.forms import Category, Form, FormElement, Kind, PartOf, Scope
from taizhang.kernel.indicators import Attribution, Better, Cell, Indicator, Reported, Series, TimeBase
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text

RATE_PLACES = 2  # a bureau prints rates with two decimals

HIGHER, LOWER, NEITHER = Better.HIGHER, Better.LOWER, Better.NEITHER


def own_definition(form_name: str) -> Source:
    """The source of a form that no national document lays down: this system's own description of it."""
    return Source("台账报表口径说明", f"《{form_name}》", verified=True)


def flow(code: str, zh: str, en: str, unit: str, places: int = 0) -> FormElement:
    """A column that adds up over periods."""
    return FormElement(code, Text(zh, en), unit, Kind.FLOW, places)


def stock(code: str, zh: str, en: str, unit: str, places: int = 0) -> FormElement:
    """A column as of a day."""
    return FormElement(code, Text(zh, en), unit, Kind.STOCK, places)


def plan(code: str, zh: str, en: str, unit: str, places: int = 0) -> FormElement:
    """A yearly task."""
    return FormElement(code, Text(zh, en), unit, Kind.PLAN, places)


def rate_only(code: str, zh: str, en: str, unit: str = "%", places: int = RATE_PLACES) -> FormElement:
    """A rate that units report without its counts."""
    return FormElement(code, Text(zh, en), unit, Kind.RATE, places)


def form(
    code: str, zh: str, en: str, source: Source, *elements: FormElement, rows: dict[str, tuple[str, str]] | None = None,
    total: str = "", open_rows: bool = False, parts: tuple[tuple[str, str], ...] = (), scope: Scope = Scope.AREA, sensitive_for: str = "",
) -> Form:
    """A form. rows: its categories by code; total: the code of the row that sums the others; parts: pairs of (part, whole)."""
    return Form(
        code=code, name=Text(zh, en), elements=elements, source=source, scope=scope, total=total, open_categories=open_rows,
        categories=tuple(Category(row, Text(*names)) for row, names in (rows or {}).items()),
        checks=tuple(PartOf(part, whole) for part, whole in parts), sensitive_for=sensitive_for,
    )


_TIME_BASES = {Kind.FLOW: TimeBase.FLOW, Kind.STOCK: TimeBase.STOCK, Kind.RATE: TimeBase.FLOW, Kind.PLAN: TimeBase.STOCK}


def reported(
    of: Form, element: str, *, why: tuple[str, str], code: str = "", name: tuple[str, str] | None = None, row: str = "",
    by_row: bool = False, better: Better = Better.NEITHER, prefix: str = "",
) -> Indicator:
    """The indicator that is one element of a form: in one row, in the form's own row, or by_row with one figure a row.

    Its code is `prefix`.`code` (the form's code and the element's, unless said otherwise); its name is the element's.
    """
    column = of.element(element)
    cell = Cell(of.code, element, row)
    is_rate = column.kind is Kind.RATE
    return Indicator(
        code=f"{prefix or of.code}.{code or element}", name=Text(*name) if name else column.name,
        unit=column.unit, counting_unit=column.unit,
        time_base=_TIME_BASES[column.kind], attribution=Attribution.REPORTED_BY, better=better, source=of.source, why=Text(*why),
        reported=Reported(rate=cell) if is_rate else Reported(numerator=cell, by_category=by_row), places=column.places,
    )


def reported_rate(
    of: Form, numerator: str, denominator: str | Series, *, code: str, name: tuple[str, str], why: tuple[str, str], unit: str = "%",
    row: str = "", by_row: bool = False, better: Better = Better.HIGHER, prefix: str = "",
) -> Indicator:
    """The indicator that is a quotient of two elements of a form, or of an element over a named population."""
    column = of.element(numerator)
    below = denominator if isinstance(denominator, Series) else Cell(of.code, of.element(denominator).code, row)
    return Indicator(
        code=f"{prefix or of.code}.{code}", name=Text(*name), unit=unit, counting_unit=column.unit, time_base=_TIME_BASES[column.kind],
        attribution=Attribution.REPORTED_BY, better=better, source=of.source, why=Text(*why), places=RATE_PLACES,
        reported=Reported(numerator=Cell(of.code, numerator, row), denominator=below, by_category=by_row),
    )
