"""A register whose columns are those of its paper form, read from the stored record, so that a field is declared once."""

from collections.abc import Collection

from taizhang.county.fields import element_of
from taizhang.county.recording import Record, StoredRecord
from taizhang.kernel.registers import Register, RegisterColumn
from taizhang.kernel.text import Text

RESIDENT = RegisterColumn(
    "resident", Text("居民（证件号或档案编号）", "Resident (identity or record number)"), kind="resident", required=True, in_list=True
)
ORGANISATION = RegisterColumn("organisation", Text("机构", "Organisation"), kind="organisation", required=True, in_list=True)


def columns_of(model: type[StoredRecord], *, in_list: Collection[str]) -> tuple[RegisterColumn, ...]:
    """Resident (where it is about one), organisation, then every element that is written (not derived), in the order of the model. in_list:
    the fields a list shows. Raises ValueError for a field the model does not have."""
    columns = [
        RegisterColumn(
            field.name, element.label, element, required=not field.blank and not field.has_default(), in_list=field.name in in_list
        )
        for field in model._meta.concrete_fields
        if field.editable and (element := element_of(field)) is not None
    ]
    if unknown := set(in_list) - {column.field for column in columns}:
        raise ValueError(f"{model.__name__} has no field {', '.join(sorted(unknown))} to show in a list. Correct the name.")
    return (RESIDENT, ORGANISATION, *columns) if issubclass(model, Record) else (ORGANISATION, *columns)


def register_of(model: type[StoredRecord], code: str, name: Text, *, natural_key: tuple[str, ...], in_list: Collection[str]) -> Register:
    """The register of a stored record, the latest first, with the columns of its form. natural_key, in_list: its fields by which a row is
    recognised, and those that a list shows."""
    return Register(
        code=code,
        name=name,
        model=model.CONTRACT.model,
        table=model.CONTRACT.table,
        natural_key=natural_key,
        order=(f"-{model.DAY}", "-id"),
        columns=columns_of(model, in_list=in_list),
    )
