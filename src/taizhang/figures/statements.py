"""The SQL of memberships, kept from one process to the next: writing it for all populations takes seconds, reading it none.

    HOME/ledger/sql/<what writes it>/<membership name>.sql

A membership's name tells its definitions, parameters and period; the folder's name tells the rest that the text hangs on: the tables'
columns, the compiler and the libraries it writes with. Texts can be deleted at any time. TAIZHANG_STATEMENTS names another folder, such
as one that several homes share.
"""

import hashlib
import os
import secrets
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from taizhang.kernel import engines
from taizhang.kernel.registry import registry

FOLDER_VARIABLE = "TAIZHANG_STATEMENTS"


def statement(ledger: Path, membership: str, write: Callable[[], str]) -> str:
    """The SQL of the membership of that name, by `write` where no process has written it before."""
    file = Path(os.environ.get(FOLDER_VARIABLE) or ledger / "sql") / _writer() / f"{membership}.sql"
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        pass
    text = write()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    working = file.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        working.write_text(text, encoding="utf-8")
        os.replace(working, file)
    finally:
        working.unlink(missing_ok=True)
    return text


@lru_cache(maxsize=1)
def _writer() -> str:
    """12 hexadecimal digits of all that decides how a definition is written, beside the definition."""
    digest = hashlib.sha256()
    for library in ("ibis-framework", "sqlglot"):
        digest.update(f"{library} {version(library)}\n".encode())
    for source in sorted(Path(engines.__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    for contract in sorted(registry.contracts.values(), key=lambda contract: contract.table):
        digest.update(repr(contract).encode())
    return digest.hexdigest()[:12]
