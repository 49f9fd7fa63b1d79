"""Files of organisations: how a bureau's tree is laid down in one go. What exists is never changed by a file: renaming, moving, merging
and closing are acts with a day, each shown before it is done."""

import re

from django.db import transaction

from taizhang.config import home
from taizhang.county.changes import acting_as
from taizhang.county.models import OrganisationKind, Role
from taizhang.county.organisations import DivisionError, OrganisationError, add_organisation
from taizhang.exchange.columns import Column, Heading
from taizhang.exchange.reading import FileRefused
from taizhang.exchange.report import CellFault, Row
from taizhang.exchange.run import Run, empty_faults, formula_faults
from taizhang.exchange.values import Places, only_for, read_day
from taizhang.kernel.text import Text

ORGANISATIONS = Text("机构", "organisations")
COLUMNS = (
    Column("code", Text("代码", "Code"), required=True, names=("机构代码",)),
    Column("name", Text("名称", "Name"), required=True, names=("机构名称",)),
    Column("kind", Text("类别", "Kind"), required=True, names=("机构类别",)),
    Column("parent", Text("上级机构", "The organisation above"), names=("上级机构代码", "上级机构名称", "上级")),
    Column("since", Text("成立日期", "Opened on")),
    Column("name_en", Text("英文名称", "English name")),
)
_CODE = re.compile(r"[0-9]{6,12}(-[0-9A-Za-z]{1,11})?")
_KINDS = {name: kind for kind in OrganisationKind for name in (kind.value, kind.label)}


class _OnlyChecked(Exception):
    """Ends the transaction of a dry run."""


def import_organisations(run: Run) -> None:
    if (message := only_for(run.actor, Role.ADMINISTRATOR)) is not None:
        raise FileRefused(message)
    heading, rows = run.table(COLUMNS, ORGANISATIONS)
    try:
        with acting_as(run.actor), transaction.atomic():
            _lay_down(run, heading, list(rows))
            if run.dry_run:
                raise _OnlyChecked
    except _OnlyChecked:
        pass


def _lay_down(run: Run, heading: Heading, rows: list[Row]) -> None:
    """Those above before those below: a township's code is shorter than its villages'. Rows of one depth in the order of the file."""
    places = Places.everywhere()
    for row in sorted(rows, key=lambda row: len(heading.value(row.cells, "code").split("-")[0])):
        run.report.read += 1
        if faults := [*formula_faults(heading, row), *empty_faults(heading, row, COLUMNS)]:
            run.refuse(row, faults)
        elif fault := _add(run, heading, row, places):
            run.refuse(row, [fault])


def _add(run: Run, heading: Heading, row: Row, places: Places) -> CellFault | None:
    said = {column.field: heading.value(row.cells, column.field) for column in COLUMNS}

    def fault(field: str, message: Text) -> CellFault:
        return CellFault(heading.label(field) or heading.label("code"), said[field], message)

    if not _CODE.fullmatch(said["code"]):
        return fault(
            "code",
            Text(
                "代码应为6、9或12位区划代码；县级机构用县代码加后缀，如420683-CDC。请改正。",
                "A code is a division code of 6, 9 or 12 digits; a county institution's has a suffix, such as 420683-CDC.",
            ),
        )
    kind = _KINDS.get(said["kind"])
    if kind is None:
        listed = "、".join(each.label for each in OrganisationKind)
        return fault("kind", Text(f"没有“{said['kind']}”这一类别，可填：{listed}。", f"No such kind: {', '.join(OrganisationKind)}."))
    if len(said["name"]) > 80 or len(said["name_en"]) > 120:
        return fault("name", Text("名称过长：中文不超过80字，英文不超过120字。", "The name is too long: 80 characters, 120 in English."))
    since = read_day(said["since"]) if said["since"] else None
    if isinstance(since, Text):
        return fault("since", since)
    known = places.by_code.get(said["code"])
    if known is not None:
        if (known.name, known.kind) == (said["name"], kind.value):
            run.report.unchanged += 1
            return None
        message = Text(
            f"该代码已是“{known.name}”（{OrganisationKind(known.kind).label}）。改名、划转、撤销请在“机构”页办理；另一机构请另编代码。",
            f"The code is that of {known.name}. Rename, move or close it on its page; give another organisation a code of its own.",
        )
        return fault("code", message)
    above = places.find(said["parent"] or _above(said["code"], places))
    if isinstance(above, Text):
        return fault("parent", above)
    try:
        made = add_organisation(said["code"], said["name"], kind, parent=above, since=since, name_en=said["name_en"])
    except (OrganisationError, DivisionError) as error:
        return fault("code", Text(str(error), str(error)))
    places.by_code[made.code] = made
    for name in {made.name, made.name_en}:
        places.by_name.setdefault(name, []).append(made.code)
    run.report.accepted += 1
    return None


def _above(code: str, places: Places) -> str:
    """Whom an organisation stands under when the file does not say: a village's clinic under the township's hospital, all else under the
    bureau."""
    return code[:9] if len(code) == 12 and code[:9] in places.by_code else home.current().organisation
