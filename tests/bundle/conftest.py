"""The archive that `make bundle` made, later ones derived from it, and a network namespace of its own to install them in."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from taizhang import __version__

ROOT = Path(__file__).parents[2]
ARCHIVE = ROOT / "dist" / f"taizhang-{__version__}.tar.gz"
# No variable of this environment reaches what is installed, but where programs are.
ENVIRONMENT = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}

# Holds the namespace: brings its loopback up and waits until its input ends.
_HOLDER = """
import fcntl, socket, struct, sys
with socket.socket() as any_socket:
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh22x", b"lo", 0x41))  # SIOCSIFFLAGS: up, running
print("up", flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True)
class Apart:
    """Commands run here reach no network but this namespace's own loopback."""

    enter: tuple[str, ...]

    def run(self, *command: object, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(self._full(command), env=ENVIRONMENT | environment, capture_output=True, text=True, check=False, timeout=600)

    def start(self, *command: object) -> "subprocess.Popen[str]":
        """In a session of its own, so that all of it can be ended at once."""
        return subprocess.Popen(self._full(command), env=ENVIRONMENT, stdout=subprocess.PIPE, text=True, start_new_session=True)

    def _full(self, command: tuple[object, ...]) -> list[str]:
        return [*self.enter, *map(str, command)]


@pytest.fixture(scope="session")
def apart() -> Iterator[Apart]:
    alone = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--net", "--user", "--map-root-user"]
    if shutil.which("unshare") is None or shutil.which("nsenter") is None:
        pytest.skip("a network namespace needs unshare and nsenter (util-linux)")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    holder: subprocess.Popen[str] = subprocess.Popen([*alone, sys.executable, "-c", _HOLDER], **pipes)  # type: ignore[call-overload]
    assert holder.stdin is not None
    assert holder.stdout is not None
    if (said := holder.stdout.readline()) != "up\n":
        pytest.skip(f"a network namespace of its own is not permitted here: {said.strip()}")
    user = () if os.geteuid() == 0 else ("--user", "--preserve-credentials")
    yield Apart(("nsenter", f"--target={holder.pid}", "--net", *user, "--"))
    holder.communicate()


@pytest.fixture(scope="session")
def bundling() -> ModuleType:
    """scripts/bundle.py."""
    spec = importlib.util.spec_from_file_location("bundling", ROOT / "scripts/bundle.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive as an administrator unpacks it."""
    assert ARCHIVE.exists(), "make bundle makes the archive that is tested here"
    folder = tmp_path_factory.mktemp("archive")
    with tarfile.open(ARCHIVE) as opened:
        opened.extractall(folder, filter="data")
    return folder / f"taizhang-{__version__}"


# A later version's change of the tables, in two steps; the second fails where the home holds a file `fail`.
_STEPS = {
    "0901_later": 'migrations.RunSQL("CREATE TABLE county_later (id integer)", "DROP TABLE county_later")',
    "0902_later_still": "migrations.RunPython(refuse_on_request, migrations.RunPython.noop)",
}
_MIGRATION = '''"""{name}"""

from django.conf import settings
from django.db import migrations


def refuse_on_request(apps, editor):
    if (settings.HOME.path / "fail").exists():
        raise RuntimeError("the step that was to fail")


class Migration(migrations.Migration):
    dependencies = [("county", "{before}")]
    operations = [{step}]
'''


@pytest.fixture(scope="session")
def later(unpacked: Path, bundling: Any, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """An archive of another version of this software, unpacked: the same wheels but its own, which may bring tables of its own."""

    def make(version: str, *, tables: bool = False) -> Path:
        checkout = tmp_path_factory.mktemp("checkout")
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, checkout)
        shutil.copytree(ROOT / "src", checkout / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        package = checkout / "src/taizhang"
        (package / "__init__.py").write_text(f'__version__ = "{version}"\n', encoding="utf-8")
        if tables:
            migrations = package / "county/migrations"
            before = max(file.stem for file in migrations.glob("0*.py"))
            for name, step in _STEPS.items():
                (migrations / f"{name}.py").write_text(_MIGRATION.format(name=name, before=before, step=step), encoding="utf-8")
                before = name
        archive = checkout / f"taizhang-{version}"
        shutil.copytree(unpacked, archive, copy_function=os.link)
        for altered in ("facts", "SHA256SUMS", "requirements.txt", f"wheels/any/taizhang-{__version__}-py3-none-any.whl"):
            (archive / altered).unlink()
        facts = dict(line.split("=", 1) for line in (unpacked / "facts").read_text(encoding="utf-8").splitlines())
        del facts["version"]
        bundling.seal(archive, version, bundling.own_wheel(archive / "wheels/any", checkout), facts)
        return archive

    return make
