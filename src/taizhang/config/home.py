"""The home: one folder that holds a county's database, ledger and keys.

    HOME/home.json            what it is: service or simulated, its root organisation, a demo's own working day
    HOME/taizhang.sqlite3     the transactional database (unless TAIZHANG_DATABASE_URL names a PostgreSQL)
    HOME/ledger/              the append-only columnar copy, its versions and membership files
    HOME/parameters/*.yaml    what the county itself lays down: dated values of parameters, with their document
    HOME/keys/                keys for identity numbers, the ledger and sessions; never backed up with the data they open
"""

import json
import os
import secrets
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from taizhang.kernel.refusals import Refusal

HOME_VARIABLE = "TAIZHANG_HOME"
DEFAULT_HOME = Path("home")


class HomeError(Refusal, RuntimeError):
    """A folder that is no home, or one that cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Home:
    """A home folder. Making the object reads nothing; `create` makes the folder."""

    path: Path

    @property
    def ledger(self) -> Path:
        return self.path / "ledger"

    @property
    def parameters(self) -> Path:
        return self.path / "parameters"

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def database(self) -> Path:
        return self.path / "taizhang.sqlite3"

    @property
    def exists(self) -> bool:
        return (self.path / "home.json").is_file()

    @cached_property
    def _facts(self) -> dict[str, str | None]:
        try:
            facts: dict[str, str | None] = json.loads((self.path / "home.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise HomeError(
                f"{self.path} 不是台账目录。先运行 taizhang init --org 代码 --name 名称 或 taizhang demo，或用 --home 指明目录。"
            ) from None
        except json.JSONDecodeError as error:
            raise HomeError(f"{self.path / 'home.json'} 已损坏（{error}）。请从备份恢复该文件。") from error
        return facts

    @property
    def kind(self) -> Literal["service", "simulated"]:
        """A simulated home accepts only codes and identity numbers that begin with 99; a service home refuses them."""
        return "simulated" if self._facts["kind"] == "simulated" else "service"

    @property
    def organisation(self) -> str:
        """Code of the root organisation: the bureau."""
        return str(self._facts["organisation"])

    def working_day(self) -> date:
        """The day this home lives in: today, or a demo's own day. The only place where the system asks the clock for a day."""
        fixed = self._facts.get("working_day")
        return date.fromisoformat(fixed) if fixed else date.today()

    def must_be_new(self) -> None:
        if self.exists:
            raise HomeError(f"{self.path} 已经是台账目录，未作改动。换一个 --home，或先移走它。")

    def create(self, *, kind: str, organisation: str, working_day: date | None = None) -> None:
        """Make the folder with its keys. Refuses to touch one that is a home already."""
        self.must_be_new()
        self.path.mkdir(parents=True, exist_ok=True)
        self.ledger.mkdir(exist_ok=True, mode=0o700)
        self.ensure_keys()
        facts = {"kind": kind, "organisation": organisation, "working_day": working_day.isoformat() if working_day else None}
        (self.path / "home.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        self.__dict__.pop("_facts", None)

    def ensure_keys(self) -> None:
        """Each key is 32 random bytes in a file only its owner reads."""
        self.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in ("identity", "lookup", "session"):
            file = self.keys / f"{name}.key"
            if not file.exists():
                descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(descriptor, "w", encoding="ascii") as stream:
                    stream.write(secrets.token_hex(32))

    def key(self, name: Literal["identity", "lookup", "session"]) -> bytes:
        """identity encrypts identity numbers, lookup keys their search hash, session signs cookies."""
        try:
            return bytes.fromhex((self.keys / f"{name}.key").read_text(encoding="ascii").strip())
        except FileNotFoundError:
            raise HomeError(f"缺少密钥文件 {self.keys / f'{name}.key'}。没有它无法读取身份证号；请从密钥备份恢复。") from None


def current() -> Home:
    """The home in force: TAIZHANG_HOME, else ./home."""
    return Home(Path(os.environ.get(HOME_VARIABLE, str(DEFAULT_HOME))).absolute())
