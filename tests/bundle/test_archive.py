"""What is in the archive, and what it refuses before it touches anything."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bundle.conftest import ENVIRONMENT, ROOT
from taizhang import __version__


def install(archive: Path, *options: object, through: tuple[str, ...] = (), **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [*through, "sh", str(archive / "install.sh"), *map(str, options)]
    return subprocess.run(command, env=ENVIRONMENT | environment, capture_output=True, text=True, check=False, timeout=600)


@pytest.fixture
def copy(unpacked: Path, tmp_path: Path) -> Path:
    """The archive, of which a test may replace files."""
    return Path(shutil.copytree(unpacked, tmp_path / "copy", copy_function=os.link))


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_every_locked_wheel_is_there_for_both_architectures(unpacked: Path, bundling: object, tmp_path: Path, machine: str) -> None:
    tags = [f"--platform=manylinux{tag}_{machine}" for tag in ("_2_28", "_2_27", "_2_26", "_2_24", "_2_17", "2014")]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--require-hashes",
         "--only-binary=:all:", "--python-version=3.11", *tags, f"--find-links={unpacked / 'wheels/any'}",
         f"--find-links={unpacked / 'wheels' / machine}", f"--dest={tmp_path}", "-r", str(unpacked / "requirements.txt")],
        env=ENVIRONMENT | {"PIP_CONFIG_FILE": "/dev/null"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    locked = [line for line in (ROOT / "requirements/base.txt").read_text(encoding="utf-8").splitlines() if "==" in line]
    assert len(list(tmp_path.iterdir())) == len(locked) + 1  # and this software's own


def test_it_holds_the_manual_the_assets_and_no_address_of_a_package_index(unpacked: Path) -> None:
    import zipfile

    assert "安装说明.html" in (unpacked / "manual/index.html").read_text(encoding="utf-8")
    assert "<table>" in (unpacked / "manual/administration.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(unpacked / f"wheels/any/taizhang-{__version__}-py3-none-any.whl") as wheel:
        names = set(wheel.namelist())
    vendor = "taizhang/web/static/vendor/"
    assert {vendor + "tabler.min.css", vendor + "tabler.min.css.gz", vendor + "htmx.min.js", vendor + "echarts.simple.min.js"} <= names
    assert "taizhang/web/help/manual/start.md" in names
    for name in ("install.sh", "requirements.txt", "facts"):
        assert "://" not in (unpacked / name).read_text(encoding="utf-8").replace("http://127.0.0.1:8000/", "")


def test_an_altered_and_a_missing_file_are_named(copy: Path, tmp_path: Path) -> None:
    altered = copy / "deploy/nginx.conf"
    text = altered.read_text(encoding="utf-8")
    altered.unlink()
    for held in (text + " ", None):
        if held is not None:
            altered.write_text(held, encoding="utf-8")
        else:
            altered.unlink()
        done = install(copy, "--prefix", tmp_path / "opt", "--org", "420683", "--name", "样例市卫生局")
        assert (done.returncode, "deploy/nginx.conf 缺失或被改动" in done.stderr) == (2, True), done.stderr
        assert not (tmp_path / "opt").exists()


def test_another_architecture_an_older_python_and_a_small_disk_are_refused(unpacked: Path, tmp_path: Path) -> None:
    prefix = tmp_path / "opt"
    first = ("--prefix", prefix, "--org", "420683", "--name", "样例市卫生局")
    done = install(unpacked, *first, through=("setarch", "linux32"))
    assert (done.returncode, "这个安装包只有" in done.stderr) == (2, True), done.stderr
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\necho 3.9\n", encoding="utf-8")
    old.chmod(0o755)
    done = install(unpacked, *first, "--python", old)
    assert (done.returncode, "本机的 Python 是 3.9，这个安装包需要 Python 3.11" in done.stderr) == (2, True), done.stderr
    done = install(unpacked, *first, "--python", tmp_path / "none", "--lang", "en")
    assert (done.returncode, "was not found" in done.stderr) == (2, True), done.stderr
    assert not prefix.exists()
    if os.geteuid() == 0:
        prefix.mkdir()
        small = ("unshare", "--mount", "sh", "-c", f'mount -t tmpfs -o size=64m none {prefix} && exec "$@"', "sh")
        done = install(unpacked, *first, through=small)
        assert (done.returncode, "磁盘空间不够" in done.stderr, "只剩 64 MB" in done.stderr) == (2, True, True), done.stderr
        assert list(prefix.iterdir()) == []


def test_options_that_cannot_be_are_refused_before_anything_is_made(unpacked: Path, tmp_path: Path) -> None:
    prefix = tmp_path / "opt"
    for options, said in (
        (("--prefix", prefix), "要用 --org 和 --name"),
        (("--prefix", prefix, "--org"), "--org 后面缺少值"),
        (("--prefix", tmp_path / "with blank", "--org", "420683", "--name", "局"), "只能用字母、数字"),
        (("--prefix", prefix, "--org", "420683", "--name", "局", "--host", "a b"), "主机名"),
        (("--prefix", prefix, "--rollback"), "没有安装台账"),
        (("--prefix", prefix, "--colour"), "不认识的选项：--colour"),
        (("--prefix", prefix, "--org", "420683", "--name", "局", "--take-over"), "没有台账，不能接着用"),
    ):
        done = install(unpacked, *options)
        assert (done.returncode, said in done.stderr) == (2, True), (options, done.stderr)
    assert not prefix.exists()
    assert install(unpacked, "--prefix", prefix, "--check").stdout.endswith("本机可以安装。\n")
    assert not prefix.exists()
