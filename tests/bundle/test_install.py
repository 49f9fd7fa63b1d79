"""From the archive to the first page, upgraded and rolled back, where there is no network: one installation, told in order."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bundle.conftest import Apart
from servers import postgresql_tools, start_postgresql
from taizhang import __version__

FIRST = ("--org", "420683", "--name", "样例市卫生局")
PORT = 8000

_PAGES = """
import re, urllib.request
page = urllib.request.urlopen("http://127.0.0.1:{port}/sign-in/", timeout=120)
text = page.read().decode()
style = re.search(r'href="(/static/vendor/tabler[^"]+)"', text).group(1)
packed = urllib.request.Request("http://127.0.0.1:{port}" + style, headers={{"Accept-Encoding": "gzip"}})
answer = urllib.request.urlopen(packed, timeout=120)
print(page.status, answer.status, answer.headers["Content-Encoding"])
"""
# A township is added, and the organisations are told: so one sees which records an installation works with.
_TOWNSHIP = """
import sys, django
django.setup()
from taizhang.county.organisations import add_organisation
from taizhang.county.models import Organisation
if sys.argv[1:]:
    add_organisation(sys.argv[1], sys.argv[2], "township_hospital", parent="420683")
print(*sorted(Organisation.objects.values_list("code", flat=True)))
"""


class Installation:
    """A prefix, and what one does with it."""

    def __init__(self, apart: Apart, prefix: Path, **environment: str) -> None:
        self.apart, self.prefix, self.environment = apart, prefix, environment

    def install(self, archive: Path, *options: str) -> "subprocess.CompletedProcess[str]":
        return self.apart.run("sh", archive / "install.sh", "--prefix", self.prefix, *options, **self.environment)

    def done(self, archive: Path, *options: str) -> str:
        ended = self.install(archive, *options)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    def refused(self, archive: Path, *options: str) -> str:
        ended = self.install(archive, *options)
        assert ended.returncode == 2, ended.stdout + ended.stderr
        return ended.stderr

    @property
    def version(self) -> str:
        return os.readlink(self.prefix / "current")

    def organisations(self, *added: str) -> list[str]:
        settings = f". {self.prefix}/etc/taizhang.env"
        done = self.apart.run(
            "sh", "-c", f'set -a; {settings}; exec {self.prefix}/current/bin/python -I -c "$@"', "sh", _TOWNSHIP, *added, **self.environment
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    def pages(self) -> str:
        """Start the site as the installer says, and ask for its first page and for a style sheet."""
        site = self.apart.start(self.prefix / "taizhang", "serve", "--port", PORT)
        try:
            assert site.stdout
            assert "网站已启动" in site.stdout.readline()
            asked = self.apart.run(self.prefix / "current/bin/python", "-I", "-c", _PAGES.format(port=PORT))
            assert asked.returncode == 0, asked.stderr
            return asked.stdout.strip()
        finally:
            site.terminate()
            site.communicate(timeout=30)


@pytest.fixture(scope="module")
def here(apart: Apart, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return Installation(apart, tmp_path_factory.mktemp("machine") / "opt")


def test_an_installation_that_was_killed_is_cleared_and_done_again(here: Installation, unpacked: Path, apart: Apart) -> None:
    assert apart.run("sh", "-c", "tail -n +3 /proc/net/dev | cut -d: -f1").stdout.split() == ["lo"]
    begun = apart.start("sh", unpacked / "install.sh", "--prefix", here.prefix, *FIRST)
    for _ in range(600):
        if (here.prefix / __version__ / "bin/python").exists():
            break
        time.sleep(0.05)
    os.killpg(begun.pid, signal.SIGKILL)
    begun.communicate()
    assert not (here.prefix / "current").exists()

    said = here.done(unpacked, *FIRST)
    assert "清除上次没有装完的" in said
    assert len(re.findall(r"首次密码 \w{4}(-\w{4}){3}\n", said)) == 1
    assert here.version == __version__
    assert here.organisations() == ["420683"]
    assert (here.prefix / "etc/taizhang.env").stat().st_mode & 0o007 == 0
    assert (here.prefix / "home").stat().st_mode & 0o077 == 0


def test_the_first_page_is_served(here: Installation) -> None:
    assert here.pages() == "200 200 gzip"


def test_installed_already_and_nothing_to_go_back_to(here: Installation, unpacked: Path) -> None:
    assert f"{__version__} 已经装好" in here.refused(unpacked)
    assert "这些选项只用于首次安装" in here.refused(unpacked, *FIRST)
    assert "没有可以退回的版本" in here.refused(unpacked, "--rollback")


def test_a_rollback_over_equal_tables_keeps_what_was_entered(here: Installation, unpacked: Path, later: Callable[..., Path]) -> None:
    said = here.done(later("0.8.0"))
    assert f"已从 {__version__} 升级到 0.8.0" in said
    assert here.version == "0.8.0"
    assert f"现在的版本 0.8.0 比这个安装包（{__version__}）新" in here.refused(unpacked)
    assert here.organisations("420683101", "河口镇卫生院") == ["420683", "420683101"]
    assert "升级后录入的内容全部保留" in here.done(unpacked, "--rollback")
    assert here.version == __version__
    assert not (here.prefix / "0.8.0").exists()
    assert here.organisations() == ["420683", "420683101"]


def _fails(here: Installation, archive: Path) -> None:
    """The first step of the tables succeeds, the second does not: afterwards nothing has happened."""
    before = here.organisations()
    (here.prefix / "home/fail").touch()
    ended = here.install(archive)
    assert (ended.returncode, "数据库没有升级成功" in ended.stderr) == (1, True), ended.stdout + ended.stderr
    assert "the step that was to fail" in ended.stderr
    assert here.version == __version__
    assert not (here.prefix / "0.9.0").exists()
    assert here.organisations() == before
    (here.prefix / "home/fail").unlink()


def _up_and_back(here: Installation, archive: Path) -> None:
    """To a version with other tables, and back to the backup once that is asked for."""
    before = here.organisations()
    here.done(archive)
    assert here.version == "0.9.0"
    assert here.organisations("420683109", "新镇卫生院") == [*before, "420683109"]
    said = here.refused(here.prefix / "current", "--rollback")
    assert "0.9.0 改过数据库的表" in said
    assert here.version == "0.9.0"

    said = here.done(here.prefix / "current", "--rollback", "--to-backup")
    assert "升级后的内容另存在" in said
    assert here.version == __version__
    assert here.organisations() == before
    assert list(here.prefix.glob("home.aside-*/home.json"))
    assert "一致" in here.apart.run(here.prefix / "taizhang", "migrate", "--check", **here.environment).stdout


def test_other_tables_upgrade_and_go_back_by_the_backup(here: Installation, later: Callable[..., Path]) -> None:
    archive = later("0.9.0", tables=True)
    _fails(here, archive)
    _up_and_back(here, archive)
    assert here.pages() == "200 200 gzip"


@pytest.mark.postgresql
def test_the_same_on_postgresql(here: Installation, unpacked: Path, later: Callable[..., Path]) -> None:
    """In the same prefix, whose programs are there already: another home, its database on a PostgreSQL reached by its socket."""
    for name in ("installed", "current"):
        (here.prefix / name).unlink(missing_ok=True)
    for gone in here.prefix.glob("home*"):
        gone.rename(here.prefix / f"sqlite-{gone.name}")
    (here.prefix / "etc/taizhang.env").unlink(missing_ok=True)
    server, reached = start_postgresql("create database county")
    try:
        here.environment["PATH"] = f"{postgresql_tools()}:{os.environ['PATH']}"
        url = f"postgresql://postgres@/county?host={reached['HOST']}&port={reached['PORT']}"
        here.done(unpacked, *FIRST, "--database", url)
        here.organisations("420683102", "东镇卫生院")
        archive = later("0.9.0", tables=True)
        _fails(here, archive)
        _up_and_back(here, archive)
    finally:
        server.cleanup()
