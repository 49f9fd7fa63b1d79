"""A new county, ready for work: what `taizhang init` does."""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from taizhang.config.home import Home, HomeError
from taizhang.county.changes import acting_as
from taizhang.county.models import Organisation, OrganisationKind, Role, Staff
from taizhang.county.organisations import add_organisation, check_division_code, check_simulated
from taizhang.county.passwords import mark_first, new_password
from taizhang.county.scopes import grant_role_scopes
from taizhang.county.tables import make_tables

ADMINISTRATOR = "admin"


@dataclass(frozen=True, slots=True)
class NewCounty:
    """What was made. The password is shown once and kept nowhere."""

    organisation: str
    name_en: str
    username: str
    password: str


def must_hold_no_county() -> None:
    """Before a home is made: a database reached by an address, unlike SQLite's file in the home, may hold another home's county. Raises
    HomeError; nothing was made."""
    if connection.vendor == "sqlite" or Organisation._meta.db_table not in connection.introspection.table_names():
        return
    # Code and name alone: the tables of an earlier version may lack other columns.
    if root := Organisation.objects.order_by("pk").values_list("pk", "name").first():
        raise HomeError(
            f"TAIZHANG_DATABASE_URL 指向的数据库里已有台账（{root[0]} {root[1]}），未作改动。"
            "请新建一个空数据库后重试；接着用那个台账，请用它自己的台账目录。"
        )


def initialise(
    home: Home, organisation: str, name: str, *, name_en: str = "", kind: str = "service", working_day: date | None = None,
    above_counties: bool = False,
) -> NewCounty:
    """Make the home (unless its folder is one already), its tables, the root division and bureau, and an administrator. above_counties:
    the home of a city or province, which rolls counties up.

    Django must be set up with this home in force. Raises DivisionError for a wrong code, OrganisationError if the bureau is there and
    HomeError where the database holds another home's county.
    """
    check_division_code(organisation, above_counties=above_counties)
    check_simulated(organisation, kind)
    if not home.exists:
        must_hold_no_county()
        home.create(kind=kind, organisation=organisation, working_day=working_day)
    make_tables()
    password = new_password()
    with acting_as("init"), transaction.atomic():
        bureau = add_organisation(
            organisation, name, OrganisationKind.BUREAU, parent=None, name_en=name_en, above_counties=above_counties
        )
        staff = Staff.objects.create_user(ADMINISTRATOR, password, name="系统管理员", organisation=bureau, role=Role.ADMINISTRATOR)
        grant_role_scopes(staff, bureau.code)
        mark_first([staff])
    return NewCounty(bureau.code, bureau.name_en, staff.username, password)
