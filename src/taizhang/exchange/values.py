"""Texts of cells brought to values, and the things many kinds of file name: days, organisations, residents."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from taizhang.county.identity import IdentityError, check_identity_number, vault
from taizhang.county.models import FormerNumber, Organisation, Resident, Role, Staff
from taizhang.county.organisations import tree_on
from taizhang.county.people import residents_for
from taizhang.county.scopes import organisations_for
from taizhang.kernel.text import Text

_EXCEL_EPOCH = date(1899, 12, 30)
_CHUNK = 900


def read_day(written: str) -> date | Text:
    """A day written 2026-06-01, 2026/6/1, 2026.6.1, 2026年6月1日, 20260601, or as the number Excel keeps for it; or what is wrong."""
    text = written.strip().removesuffix(" 00:00:00")
    if re.fullmatch(r"\d{5}", text, re.ASCII):  # days since the end of 1899: from 1927 on
        return _EXCEL_EPOCH + timedelta(days=int(text))
    match = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text, re.ASCII) or re.fullmatch(
        r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text, re.ASCII
    )
    if match is None:
        return Text(
            f"“{written}”不是日期。请填2026-06-01、2026年6月1日或20260601这样的日期。",
            f"{written!r} is no date; write one such as 2026-06-01.",
        )
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return Text(f"“{written}”这一天不存在。请核对年月日。", f"There is no day {written!r}. Check year, month and day.")


_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})


def is_formula(written: str) -> bool:
    """Whether a cell holds a formula, or the error that one came to."""
    return (written.startswith("=") and len(written) > 1) or written in _ERRORS


def formula_message(written: str) -> Text:
    if written in _ERRORS:
        return Text(
            f"此格是公式的错误值{written}。请填写实际的内容。",
            f"The cell holds the error {written} of a formula. Enter what belongs there.",
        )
    return Text(
        f"此格是公式（{written[:40]}），存下的结果可能已经过时。请复制后选择性粘贴为“数值”，再重新导入。",
        f"The cell holds a formula ({written[:40]}). Paste it as a value and import again.",
    )


@dataclass(slots=True)
class Places:
    """The organisations, by code and by name, and over which of them the actor may write (None: a process, let in before)."""

    by_code: dict[str, Organisation]
    by_name: dict[str, list[str]]
    writable: frozenset[str] | None

    @classmethod
    def everywhere(cls) -> "Places":
        """For files that an office imports for the whole county."""
        return cls.read("", date.min)

    @classmethod
    def read(cls, actor: Staff | str, day: date) -> "Places":
        by_code = {place.code: place for place in Organisation.objects.order_by("code")}
        by_name: dict[str, list[str]] = {}
        for place in by_code.values():
            for name in {place.name, place.name_en}:
                by_name.setdefault(name, []).append(place.code)
        writable = None if isinstance(actor, str) else frozenset(organisations_for(actor, "write", tree_on(day)))
        return cls(by_code, by_name, writable)

    def find(self, written: str) -> str | Text:
        """The code of the organisation that a cell names by code or name, or what is wrong."""
        code = written.strip()
        if code not in self.by_code:
            named = self.by_name.get(code, [])
            if len(named) > 1:
                codes = "、".join(named)
                return Text(
                    f"名为“{written}”的机构有{len(named)}个（{codes}）。请改填机构代码。",
                    f"{written!r} names several: {codes}. Give the code.",
                )
            if not named:
                return Text(
                    f"没有代码或名称为“{written}”的机构。请核对，或先登记该机构。",
                    f"There is no organisation {written!r}. Check code or name.",
                )
            code = named[0]
        if self.writable is not None and code not in self.writable:
            return Text(f"您没有为“{written}”录入的权限。请由该机构或其上级导入。", f"You may not write for {written!r}.")
        return code


def only_for(actor: Staff | str, *roles: Role) -> Text | None:
    """Why the actor may not import such a file; None if allowed. A process has been let in before."""
    if isinstance(actor, str) or (actor.is_active and actor.role in roles):
        return None
    names = "、".join(role.label for role in roles)
    return Text(f"这种文件只能由{names}导入。请交其导入。", f"Only {', '.join(role.value for role in roles)} may import such a file.")


@dataclass(frozen=True, slots=True)
class Known:
    """A resident as an import needs one."""

    id: int
    name: str


@dataclass(slots=True)
class People:
    """Residents named by identity number or health record number, looked up for a batch of rows at once."""

    actor: Staff | str
    day: date

    def find(self, written: Iterable[str]) -> Mapping[str, Known | Text]:
        """Each text with its resident, or what is wrong with it. Queries grow with hundreds of texts."""
        found: dict[str, Known | Text] = {}
        hashes: dict[str, list[str]] = {}
        numbers: dict[str, list[str]] = {}
        for text in set(written):
            cleaned = re.sub(r"[\s-]", "", text)
            if re.fullmatch(r"[\d.]+[eE]\+?\d+", cleaned):
                found[text] = Text(
                    f"“{text}”是被Excel当作数字存的号码，后几位已经丢失。请把该列设为“文本”格式，再重填号码。",
                    f"Excel kept {text!r} as a number and lost its last digits. Format the column as text and enter it again.",
                )
            elif re.fullmatch(r"\d{17}", cleaned, re.ASCII):
                numbers.setdefault(cleaned, []).append(text)
            else:
                try:
                    stated = check_identity_number(cleaned, day=self.day)
                    hashes.setdefault(vault().lookup(stated.number), []).append(text)
                except IdentityError as error:
                    found[text] = Text(
                        f"{error}（或填17位健康档案编号。）",
                        "The number is wrong: give an identity number of 18 or a record number of 17 digits.",
                    )
        self._look("identity_hash", hashes, found)
        self._look("record_number", numbers, found)
        return found

    def _look(self, by: str, wanted: Mapping[str, list[str]], found: dict[str, Known | Text]) -> None:
        keys = sorted(wanted)
        rows: Any = Resident.objects.all() if isinstance(self.actor, str) else residents_for(self.actor, "write", self.day)
        for start in range(0, len(keys), _CHUNK):
            for key, pk, name in rows.filter(**{f"{by}__in": keys[start : start + _CHUNK]}).values_list(by, "id", "name"):
                for text in wanted[key]:
                    found[text] = Known(pk, name)
            former = {"kind": _FORMERLY[by], "value__in": keys[start : start + _CHUNK]}
            taken_in = FormerNumber.objects.filter(**former, resident__in=rows)
            for key, pk, name in taken_in.values_list("value", "resident", "resident__name"):
                for text in wanted[key]:
                    found.setdefault(text, Known(pk, name))
        for key in keys:
            for text in wanted[key]:
                found.setdefault(text, _NOBODY)


_FORMERLY = {"identity_hash": "document", "record_number": "record"}  # numbers of who was merged into somebody
_NOBODY = Text(
    "没有这位居民，或不在您的权限范围内。请先登记居民，或核对号码。",
    "No such resident within your scope. Register the person, or check the number.",
)
