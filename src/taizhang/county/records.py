"""What the ledger holds of the county itself."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text

RESIDENT = RecordContract(
    table="resident",
    label=Text("居民", "Resident"),
    model="county.Resident",
    one_row_per_resident=True,
    columns=(
        Column("sex", "code", Text("性别", "Sex")),
        Column("birth_date", "date", Text("出生日期", "Birth date")),
        Column("registration", "code", Text("户籍类型", "Registration")),
        Column("died_on", "date", Text("死亡日期", "Date of death")),
    ),
)

# Where a resident lives and which organisation manages them, from day to day. A move closes one line and opens the next.
RESIDENCY = RecordContract(
    table="residency",
    label=Text("居住与管理", "Residency"),
    model="county.Residency",
    columns=(
        Column("organisation", "code", Text("管理机构", "Managing organisation"), field="organisation_id"),
        Column("started_on", "date", Text("迁入日期", "Moved in")),
        Column("ended_on", "date", Text("迁出日期", "Moved out")),
    ),
)

POPULATION_COUNT = RecordContract(
    table="population_count",
    label=Text("人口数", "Population count"),
    model="county.PopulationCount",
    about_residents=False,
    columns=(
        Column("series", "code", Text("口径", "Series")),
        Column("organisation", "code", Text("机构", "Organisation"), field="organisation_id"),
        Column("as_of", "date", Text("时点", "As of")),
        Column("value", "int", Text("人数", "Persons")),
    ),
)
