"""A register whose columns are those of its paper form, read from the stored record, so that a field is declared once."""

from collections.abc import Collection, Mapping

from taizhang.county.fields import element_of, is_required
from taizhang.county.recording import Record, StoredRecord
from taizhang.kernel.registers import Asking, Chart, Register, RegisterColumn
from taizhang.kernel.text import Text

RESIDENT = RegisterColumn(
    "resident",
    Text("居民（证件号或档案编号）", "Resident (identity or record number)"),
    kind="resident",
    required=True,
    in_list=True,
    asking=Asking.NEVER,
)
ORGANISATION = RegisterColumn(
    "organisation", Text("机构", "Organisation"), kind="organisation", required=True, in_list=True, asking=Asking.NEVER
)


def columns_of(
    model: type[StoredRecord],
    *,
    in_list: Collection[str],
    measured: Collection[str] = (),
    carried: Collection[str] = (),
    by_staff: Collection[str] = (),
    sections: Mapping[str, Text] | None = None,
) -> tuple[RegisterColumn, ...]:
    """Resident (where it is about one), organisation, then every element that is written (not derived), in the order of the model. in_list:
    the fields a list shows. measured, carried: how a visit asks for them; by_staff: those that the page fills with who wrote; all others
    are folded away. sections: from which field on the form has which heading. Raises ValueError for a field the model does not have."""
    heading = None
    columns = []
    for field in model._meta.concrete_fields:
        element = element_of(field)
        if not field.editable or element is None:
            continue
        heading = (sections or {}).get(field.name, heading)
        asking = Asking.MEASURED if field.name in measured else Asking.CARRIED if field.name in carried else Asking.ON_DEMAND
        columns.append(
            RegisterColumn(
                field.name,
                element.label,
                element,
                kind="staff" if field.name in by_staff else "element",
                required=is_required(field),
                in_list=field.name in in_list,
                asking=Asking.NEVER if field.name in by_staff else asking,
                section=heading,
            )
        )
    named = {*in_list, *measured, *carried, *by_staff, *(sections or {})}
    if unknown := named - {column.field for column in columns}:
        raise ValueError(f"{model.__name__} has no field {', '.join(sorted(unknown))} to show. Correct the name.")
    return (RESIDENT, ORGANISATION, *columns) if issubclass(model, Record) else (ORGANISATION, *columns)


def register_of(
    model: type[StoredRecord],
    code: str,
    name: Text,
    *,
    natural_key: tuple[str, ...],
    in_list: Collection[str],
    measured: Collection[str] = (),
    carried: Collection[str] = (),
    by_staff: Collection[str] = (),
    sections: Mapping[str, Text] | None = None,
    outcome: tuple[str, ...] = (),
    filters: tuple[str, ...] = (),
    day_sheet: bool = False,
    judged: tuple[str, ...] = (),
    on_request: bool = False,
    charts: tuple[Chart, ...] = (),
) -> Register:
    """The register of a stored record, the latest first, with the columns of its form (columns_of). natural_key: its fields by which a row
    is recognised. outcome, filters, day_sheet, judged, on_request, charts: as the Register has them."""
    return Register(
        code=code,
        name=name,
        model=model.CONTRACT.model,
        table=model.CONTRACT.table,
        natural_key=natural_key,
        order=(f"-{model.DAY}", "-id"),
        columns=columns_of(model, in_list=in_list, measured=measured, carried=carried, by_staff=by_staff, sections=sections),
        outcome=outcome,
        filters=filters,
        day_sheet=day_sheet,
        judged=judged,
        on_request=on_request,
        charts=charts,
    )
