"""Files of staff. New accounts get first passwords, handed back in a sheet that only its owner reads; they are kept nowhere else."""

import re
from contextlib import suppress
from pathlib import Path

from django.db import transaction

from taizhang.config import home
from taizhang.county.changes import acting_as
from taizhang.county.models import Role, ScopeGrant, Staff
from taizhang.county.passwords import mark_first, new_password
from taizhang.county.scopes import grant_role_scopes
from taizhang.exchange.columns import Column, Heading
from taizhang.exchange.reading import FileRefused
from taizhang.exchange.report import CellFault, Row, new_file, workbook
from taizhang.exchange.run import Run, empty_faults, formula_faults
from taizhang.exchange.values import Places, only_for
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text

STAFF = Text("人员", "staff")
COLUMNS = (
    Column("username", Text("账号", "Account"), required=True, names=("用户名", "登录名")),
    Column("name", Text("姓名", "Name"), required=True),
    Column("organisation", Text("机构", "Organisation"), required=True, names=("机构代码", "机构名称", "所在机构")),
    Column("role", Text("岗位", "Post"), required=True),
    Column("phone", Text("电话", "Telephone"), names=("手机", "联系电话")),
    Column("treats", Text("诊疗的敏感业务", "Sensitive lines treated")),
)
_FIELDS = {"name": "name", "organisation": "organisation_id", "role": "role", "phone": "phone", "treats": "treats"}


def import_staff(run: Run) -> None:
    if (message := only_for(run.actor, Role.ADMINISTRATOR)) is not None:
        raise FileRefused(message)
    heading, rows = run.table(COLUMNS, STAFF)
    places = Places.everywhere()
    stored = {staff.username: staff for staff in Staff.objects.all()}
    seen: dict[str, dict[str, str]] = {}
    new: list[Staff] = []
    changed: list[tuple[Staff, dict[str, str]]] = []
    for row in rows:
        run.report.read += 1
        values, faults = _read(heading, row, places)
        username = heading.value(row.cells, "username")
        if not faults and username in seen:
            if seen[username] == values:
                run.report.unchanged += 1
                continue
            message = Text(
                "本文件中该账号出现两次且内容不同。请只留一行。", "The account is given twice with other contents. Keep one row."
            )
            faults.append(CellFault(heading.label("username"), username, message))
        known = stored.get(username)
        if not faults and known is not None:
            faults += _other_values(run, heading, row, known, values)
        if faults:
            run.refuse(row, faults)
            continue
        seen[username] = values
        if known is None:
            run.report.accepted += 1
            new.append(Staff(username=username, **values))
        elif any(getattr(known, name) != value for name, value in values.items()):
            run.report.corrected += 1
            changed.append((known, values))
        else:
            run.report.unchanged += 1
    if not run.dry_run and (new or changed):
        _write(run, new, changed)


def _read(heading: Heading, row: Row, places: Places) -> tuple[dict[str, str], list[CellFault]]:
    faults = [*formula_faults(heading, row), *empty_faults(heading, row, COLUMNS)]
    values: dict[str, str] = {}

    def fault(field: str, zh: str, en: str) -> None:
        faults.append(CellFault(heading.label(field), heading.value(row.cells, field), Text(zh, en)))

    if faults:
        return values, faults
    for field, name in _FIELDS.items():
        if field in heading.places:
            values[name] = heading.value(row.cells, field)
    username = heading.value(row.cells, "username")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_.-]{1,39}", username):
        fault(
            "username",
            "账号应以字母开头，由2至40个字母、数字、点、横线组成。请改正。",
            "An account has 2 to 40 letters and digits, a letter first.",
        )
    if len(values["name"]) > 40:
        fault("name", "姓名超过40字。请缩短。", "The name is longer than 40 characters.")
    if values.get("phone") and not re.fullmatch(r"[\d-]{7,20}", values["phone"], re.ASCII):
        fault("phone", "电话应为7至20位数字。请核对后重填。", "A phone number has 7 to 20 digits.")
    roles = {name: role.value for role in Role for name in (role.value, role.label)}
    if values["role"] not in roles:
        allowed = "、".join(role.label for role in Role)
        fault("role", f"没有“{values['role']}”这一岗位，可填：{allowed}。", f"There is no post {values['role']!r}: {', '.join(Role)}.")
    else:
        values["role"] = roles[values["role"]]
    code = places.find(values["organisation_id"])
    if isinstance(code, Text):
        faults.append(CellFault(heading.label("organisation"), values["organisation_id"], code))
    else:
        values["organisation_id"] = code
    if values.get("treats"):
        named = {name: p.code for p in registry.programmes.values() for name in (p.code, p.name.zh, p.name.en)}
        written = [part.strip() for part in re.split("[,，、]", values["treats"]) if part.strip()]
        if unknown := [part for part in written if part not in named]:
            fault("treats", f"没有“{unknown[0]}”这一业务。请核对业务名称。", f"There is no line of work {unknown[0]!r}.")
        else:
            values["treats"] = ",".join(sorted({named[part] for part in written}))
    return values, faults


def _other_values(run: Run, heading: Heading, row: Row, known: Staff, values: dict[str, str]) -> list[CellFault]:
    if run.correct:
        return []
    labels = {name: field for field, name in _FIELDS.items()}
    message = Text(
        "该账号已有，此项与登记的不同。确为更正的，请勾选“更正”（命令行加--correct）重新导入。",
        "The account exists with another value here. If this corrects it, import with --correct.",
    )
    return [
        CellFault(heading.label(labels[name]), heading.value(row.cells, labels[name]), message)
        for name, value in values.items()
        if getattr(known, name) != value
    ]


def _write(run: Run, new: list[Staff], changed: list[tuple[Staff, dict[str, str]]]) -> None:
    passwords = [new_password() for _ in new]
    for staff, password in zip(new, passwords, strict=True):  # slow on purpose (argon2), so done before the database is held
        staff.set_password(password)
    root = home.current().organisation
    sheet: Path | None = None
    try:
        with acting_as(run.actor), transaction.atomic():
            for staff in new:
                staff.save(force_insert=True)
                grant_role_scopes(staff, root)
            mark_first(new)
            for staff, values in changed:
                moved = (staff.organisation_id, staff.role) != (values["organisation_id"], values["role"])
                for name, value in values.items():
                    setattr(staff, name, value)
                staff.save(update_fields=list(values))
                if moved:  # what the old post could open, the new one must not
                    ScopeGrant.objects.filter(staff=staff).delete()
                    grant_role_scopes(staff, root)
            if new:
                sheet = _answer(run, new, passwords)
    except BaseException:
        if sheet is not None:
            with suppress(FileNotFoundError):
                sheet.unlink()
        raise
    run.report.answer_file = sheet


def _answer(run: Run, new: list[Staff], passwords: list[str]) -> Path:
    path = new_file(f"{run.path.stem}_{run.day:%Y%m%d}_首次密码")
    book = workbook(path)
    page = book.add_worksheet("首次密码")
    page.set_column(0, 3, 24)
    for line, cells in enumerate([("账号", "姓名", "机构", "首次密码"), *_lines(new, passwords)]):
        for place, value in enumerate(cells):
            page.write_string(line, place, value)
    book.close()
    return path


def _lines(new: list[Staff], passwords: list[str]) -> list[tuple[str, str, str, str]]:
    return [(s.username, s.name, s.organisation_id, password) for s, password in zip(new, passwords, strict=True)]
