"""Importing files 导入: `taizhang import KIND FILE`, and the same from a page.

Every row is checked. Good rows go in, all in one transaction; refused rows go to a workbook with the reason beside each, from which
they can be corrected and imported again. The same file twice changes nothing. A file that cannot be read as a whole (no workbook,
columns missing, renamed or doubled, an unknown encoding) is refused with FileRefused before anything is written.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from taizhang.county.models import Staff
from taizhang.county.reach import may_open
from taizhang.exchange.counts import POPULATION, TARGETS, import_population, import_targets
from taizhang.exchange.organisations import ORGANISATIONS, import_organisations
from taizhang.exchange.reading import FileRefused, open_file
from taizhang.exchange.registers import import_register
from taizhang.exchange.report import ImportReport
from taizhang.exchange.residents import RESIDENTS, import_residents
from taizhang.exchange.returns import RETURNS, import_returns
from taizhang.exchange.run import Progress, Run
from taizhang.exchange.staff import STAFF, import_staff
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text

__all__ = ["FileRefused", "ImportReport", "import_file", "kinds"]

_KINDS: dict[str, tuple[Text, Callable[[Run], None]]] = {
    "organisations": (ORGANISATIONS, import_organisations),
    "residents": (RESIDENTS, import_residents),
    "staff": (STAFF, import_staff),
    "targets": (TARGETS, import_targets),
    "population": (POPULATION, import_population),
    "returns": (RETURNS, import_returns),
}


def kinds() -> dict[str, Text]:
    """What can be imported, by the code a command names it with."""
    return {code: name for code, (name, _) in _KINDS.items()} | {code: register.name for code, register in registry.registers.items()}


def import_file(
    kind: str, path: Path, *, actor: Staff | str, day: date,
    dry_run: bool = False, correct: bool = False, progress: Progress | None = None,
) -> ImportReport:  # fmt: skip
    """Import a file. kind: a code or a Chinese name of kinds(). actor: who imports; a member of staff imports within the scope to write,
    a process (a name) has been let in before. day: the day it happens; nothing may be dated after it. dry_run: check and
    report only. correct: rows may change records that are there with other values. progress: told rows done and in all.

    Raises FileRefused where the file as a whole is refused.
    """
    report = ImportReport(dry_run=dry_run)
    work = _work(kind, actor)
    run = Run(path, open_file(path), actor, day, dry_run, correct, progress, report)
    try:
        work(run)
    except BaseException:
        run.reasons.discard()  # half a list of reasons would be taken for the whole
        raise
    run.reasons.close()
    return report


def _work(kind: str, actor: Staff | str) -> Callable[[Run], None]:
    written = kind.strip()
    for code, (name, work) in _KINDS.items():
        if written in (code, name.zh):
            return work
    register = next((r for code, r in registry.registers.items() if written in (code, r.name.zh)), None)
    if register is None or (isinstance(actor, Staff) and not may_open(actor, register)):
        listed = "、".join(f"{code}（{name.zh}）" for code, name in kinds().items())
        raise FileRefused(
            Text(f"没有“{kind}”这种文件。可导入：{listed}。", f"There is no kind {kind!r}. It can be one of: {', '.join(kinds())}.")
        )
    return lambda run: import_register(run, register)
