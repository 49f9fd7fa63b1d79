"""Advances out of a file: one line a payment, as the finance office hands the list round. All of it is entered or nothing is."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from taizhang.config import home
from taizhang.county.models import Organisation
from taizhang.settlement.errors import SettlementError
from taizhang.settlement.models import Advance
from taizhang.settlement.settle import fen, pay_advance
from taizhang.settlement.work import PAID

COLUMNS = ("机构代码", "机构", "金额（元）", "拨付日期", "拨付文件")
_NAMES = {
    "机构代码": "code", "单位代码": "code", "代码": "code", "机构": "name", "单位": "name", "机构名称": "name", "单位名称": "name",
    "金额（元）": "amount", "金额": "amount", "拨付金额（元）": "amount", "拨付日期": "paid_on", "日期": "paid_on",
    "拨付文件": "document", "文件": "document", "文号": "document", "年度": "year",
}  # fmt: skip
_NEEDED = {"amount": "金额（元）", "paid_on": "拨付日期", "document": "拨付文件"}
_TOTALS = ("合计", "总计", "小计")
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
SHOWN = 20  # faults told at once


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of a file: lines entered now with their sum in fen, and lines that stood there already."""

    made: int
    amount: int
    unchanged: int


def enter_advances(
    rows: Iterable[tuple[int, list[str]]], *, actor: str, day: date | None = None, may: Callable[[str], bool] = lambda code: True
) -> Entered:
    """Enter the advances of a sheet: rows as (number in the file, texts of the cells), a heading first (a title above it is passed over, a
    row of totals too). may: whether the actor may pay a unit. A line that stands there already changes nothing. Raises SettlementError with
    every fault and its row; then nothing was entered."""
    today = day or home.current().working_day()
    lines = iter(rows)
    at = _heading(lines)
    units = {unit.pk: unit for unit in Organisation.objects.filter(kind__in=PAID)}
    named: dict[str, list[str]] = {}
    for unit in units.values():
        named.setdefault(unit.name, []).append(unit.pk)
    faults: list[str] = []
    made = amount = unchanged = 0
    with transaction.atomic():
        for number, cells in lines:
            line = {name: cells[column].strip() if column < len(cells) else "" for name, column in at.items()}
            if any(cell.strip() in _TOTALS for cell in cells[:2]):
                continue
            try:
                code = _unit(line, units, named)
                if not may(code):
                    raise SettlementError(f"“{units[code].name}”不在您的权限范围内")
                paid, paid_on, year = fen(line["amount"]), _day(line["paid_on"]), _year(line.get("year", ""))
                if _stands(code, paid, paid_on, line["document"]):
                    unchanged += 1
                    continue
                pay_advance(code, paid, paid_on=paid_on, document=line["document"], actor=actor, year=year, day=today)
            except SettlementError as error:
                faults.append(f"第{number}行：{str(error).rstrip('。')}")
                continue
            made, amount = made + 1, amount + paid
        if faults:
            transaction.set_rollback(True)
    if faults:
        more = f"\n  ……共{len(faults)}处" if len(faults) > SHOWN else ""
        raise SettlementError("预拨清单没有导入，请改正后重新导入：\n  " + "\n  ".join(faults[:SHOWN]) + more)
    return Entered(made, amount, unchanged)


def _heading(lines: Iterable[tuple[int, list[str]]]) -> dict[str, int]:
    """Where each column stands, from the first of the leading rows that names them."""
    for number, cells in lines:
        at = {_NAMES[cell.strip()]: column for column, cell in enumerate(cells) if cell.strip() in _NAMES}
        if set(_NEEDED) <= set(at) and {"code", "name"} & set(at):
            return at
        if number > 5:
            break
    raise SettlementError(f"没有找到表头。前5行中应有一行写有：{'、'.join(COLUMNS)}（机构代码和机构至少一列）。")


def _unit(line: dict[str, str], units: dict[str, Organisation], named: dict[str, list[str]]) -> str:
    code, name = line.get("code", ""), line.get("name", "")
    if code:
        if code not in units:
            raise SettlementError(f"没有代码为“{code}”的结算单位")
        if name and units[code].name != name:
            raise SettlementError(f"代码“{code}”是{units[code].name}，不是“{name}”；请核对代码和机构")
        return code
    found = named.get(name, [])
    if len(found) != 1:
        raise SettlementError(f"“{name}”{'有' + str(len(found)) + '个，请填机构代码' if found else '不是结算单位'}")
    return found[0]


def _day(written: str) -> date:
    try:
        year, month, day = _DAY.fullmatch(written.partition(" ")[0]).groups()  # type: ignore[union-attr]
        return date(int(year), int(month), int(day))
    except (AttributeError, ValueError):
        raise SettlementError(f"拨付日期“{written}”不是有效日期，请写成 2026-06-30") from None


def _year(written: str) -> int | None:
    if not written:
        return None
    if not (written.removesuffix("年").isascii() and written.removesuffix("年").isdigit()):
        raise SettlementError(f"年度“{written}”不是年份")
    return int(written.removesuffix("年"))


def _stands(code: str, amount: int, paid_on: date, document: str) -> bool:
    return Advance.objects.filter(organisation_id=code, amount=amount, paid_on=paid_on, document=document.strip()[:120]).exists()
