"""`make bundle`: one archive from which a machine without any network is installed, dist/taizhang-VERSION.tar.gz, with its sum beside it.

    install.sh          checks, installs, upgrades, rolls back
    facts               version, Python and C library the wheels are for, disk they need
    requirements.txt    what is installed, each with its hash: requirements/base.txt and this software's own wheel
    wheels/any, wheels/x86_64, wheels/aarch64
    deploy/             systemd units, nginx, PostgreSQL, settings
    manual/             the manual as HTML, and docs/install.md; LICENSE, CHANGELOG.md
    SHA256SUMS          of every file above

Wheels are fetched by pip, once: build/bundle keeps them, and what is there is not asked for again. Each is held against the hash in
requirements/. Files in the archive carry the time of the last commit, no owner, and stand in order: two builds of one commit are alike.
"""

import argparse
import gzip
import hashlib
import html
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
PYTHON = "3.11"  # Debian 12's
GLIBC = "2.28"  # the oldest C library whose wheels are taken: Debian 10, openEuler 20.03, Kylin V10
MACHINES = ("x86_64", "aarch64")
_TAGS = ("2_28", "2_27", "2_26", "2_24", "2_17", "2014")  # from the newest C library to the oldest; every 2_28 machine runs all of them
MANUAL = ROOT / "src/taizhang/web/help/manual"
VENDOR = ROOT / "src/taizhang/web/static/vendor"
ASSETS = ("htmx.min.js", "tabler.min.css", "echarts.simple.min.js")


def main() -> int:
    options = argparse.ArgumentParser(description="Make the archive for machines without Internet.")
    options.add_argument("--machines", nargs="+", choices=MACHINES, default=list(MACHINES), help="architectures to hold")
    options.add_argument("--wheels", type=Path, default=ROOT / "build/bundle", help="where fetched wheels are kept")
    options.add_argument("--output", type=Path, default=ROOT / "dist", help="folder of the archive")
    given = options.parse_args()
    if not all((VENDOR / name).exists() for name in ASSETS):
        sys.stderr.write("The site's style and charts are not there (src/taizhang/web/static/vendor): run make assets first.\n")
        return 2
    version = _version()
    with tempfile.TemporaryDirectory(prefix="taizhang-bundle-") as folder:
        inside = Path(folder) / f"taizhang-{version}"
        _fill(inside, version, given.machines, given.wheels)
        given.output.mkdir(parents=True, exist_ok=True)
        archive = given.output / f"{inside.name}.tar.gz"
        _pack(inside, archive)
    sum_file = archive.with_name(archive.name + ".sha256")
    sum_file.write_text(f"{_sha256(archive)}  {archive.name}\n", encoding="utf-8")
    sys.stdout.write(f"{archive}  {archive.stat().st_size / 1_000_000:.0f} MB\n")
    return 0


def _version() -> str:
    found = re.search(r'__version__ = "([^"]+)"', (ROOT / "src/taizhang/__init__.py").read_text(encoding="utf-8"))
    if found is None:
        raise SystemExit("src/taizhang/__init__.py names no version.")
    return found.group(1)


def _fill(inside: Path, version: str, machines: list[str], kept: Path) -> None:
    shared = inside / "wheels/any"
    shared.mkdir(parents=True)
    needed = {}
    for machine in machines:
        fetched = inside / "wheels" / machine
        _fetch(machine, fetched, kept / machine)
        needed[machine] = _kilobytes(fetched)
        for wheel in fetched.glob("*-none-any.whl"):
            wheel.replace(shared / wheel.name)
    shutil.copytree(ROOT / "deploy", inside / "deploy")
    _manual(inside / "manual")
    shutil.copy(ROOT / "scripts/install.sh", inside)
    for name in ("LICENSE", "CHANGELOG.md", "docs/install.md"):
        shutil.copy(ROOT / name, inside if "/" not in name else inside / "manual")
    facts = {"python": PYTHON, "glibc": GLIBC, **{f"kilobytes_{machine}": needed[machine] for machine in machines}}
    seal(inside, version, own_wheel(shared), facts)


def seal(inside: Path, version: str, own: Path, facts: dict[str, object]) -> None:
    """Write what names the other files: requirements with this software's own wheel, facts, sums."""
    locked = (ROOT / "requirements/base.txt").read_text(encoding="utf-8")
    (inside / "requirements.txt").write_text(f"{locked}taizhang=={version} \\\n    --hash=sha256:{_sha256(own)}\n", encoding="utf-8")
    (inside / "facts").write_text("".join(f"{name}={value}\n" for name, value in {"version": version, **facts}.items()), encoding="utf-8")
    listed = [file for file in sorted(inside.rglob("*")) if file.is_file() and file.name != "SHA256SUMS"]
    sums = [f"{_sha256(file)}  {file.relative_to(inside).as_posix()}\n" for file in listed]
    (inside / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


# -- wheels ----------------------------------------------------------------------------------------------------------------


def _fetch(machine: str, into: Path, kept: Path) -> None:
    """The locked wheels for one architecture: from those kept, without asking anybody, else from the package index."""
    platforms = [part for tag in _TAGS for part in ("--platform", f"manylinux{'' if tag == '2014' else '_'}{tag}_{machine}")]
    locks = [part for name in ("base", "bundle") for part in ("-r", str(ROOT / f"requirements/{name}.txt"))]
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps",
        "--only-binary=:all:", "--implementation=cp", f"--python-version={PYTHON}", *platforms, *locks,
    ]  # fmt: skip
    from_kept = [*command, "--no-index", f"--find-links={kept}", f"--dest={into}"]
    if not kept.is_dir() or subprocess.run(from_kept, capture_output=True, check=False).returncode:
        sys.stdout.write(f"fetching wheels for {machine} ...\n")
        sys.stdout.flush()
        shutil.rmtree(kept, ignore_errors=True)
        subprocess.run([*command, f"--dest={kept}"], check=True)
        subprocess.run(from_kept, check=True)


def _kilobytes(wheels: Path) -> int:
    """Disk that the wheels take once installed: their files, Python's compiled copies, and the ends of blocks."""
    total = 0
    for wheel in wheels.glob("*.whl"):
        with zipfile.ZipFile(wheel) as opened:
            total += sum(file.file_size * (2 if file.filename.endswith(".py") else 1) for file in opened.infolist())
    return total // 1024 + 131_072


def own_wheel(into: Path, root: Path = ROOT) -> Path:
    """The wheel of this software (of the checkout `root`), of a copy: what an earlier build left in the checkout does not get in."""
    with tempfile.TemporaryDirectory(prefix="taizhang-wheel-") as folder:
        copy = Path(folder)
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(root / name, copy)
        shutil.copytree(root / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        subprocess.run(
            [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps",
             "--no-build-isolation", "--wheel-dir", str(into), str(copy)],
            check=True, env={**os.environ, "SOURCE_DATE_EPOCH": str(_when())},
        )  # fmt: skip
    return next(into.glob("taizhang-*.whl"))


# -- manual ----------------------------------------------------------------------------------------------------------------

_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title><style>
body {{ max-width: 46em; margin: 2em auto; padding: 0 1em; line-height: 1.75; color: #1d2730; font-family: "Noto Sans CJK SC", "Microsoft YaHei", sans-serif }}
img {{ max-width: 100%; border: 1px solid #d5dbe0 }} table {{ border-collapse: collapse; width: 100% }} td, th {{ border: 1px solid #c9d1d8; padding: 4px 8px; text-align: left }}
pre {{ background: #f3f5f6; padding: 10px; overflow: auto }} a {{ color: #164e78 }}
</style></head><body>{body}</body></html>
"""  # noqa: E501


def _manual(into: Path) -> None:
    """The manual that the site serves under /help/manual/, to be read before there is a site."""
    pictures = into / "pictures"
    shutil.copytree(MANUAL / "pictures", pictures)
    listed = []
    for source in [ROOT / "deploy/安装说明.md", *sorted(MANUAL.glob("*.md"))]:
        title, body = _rendered(source.read_text(encoding="utf-8"))
        (into / f"{source.stem}.html").write_text(_PAGE.format(title=html.escape(title), body=body), encoding="utf-8")
        listed.append(f'<li><a href="{source.stem}.html">{html.escape(title)}</a></li>')
    index = f'<h1>台账使用手册</h1><ul>{"".join(listed)}</ul><p><a href="install.md">Installation in English</a></p>'
    (into / "index.html").write_text(_PAGE.format(title="台账使用手册", body=index), encoding="utf-8")


def _rendered(text: str) -> tuple[str, str]:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    title = next(tokens[place + 1].content for place, token in enumerate(tokens) if token.type == "heading_open")
    for token in tokens:
        for child in token.children or ():
            target = str(child.attrGet("href") or "")
            if target.endswith(".md") and ":" not in target:
                child.attrSet("href", target.removesuffix(".md") + ".html")
    return title, markdown.renderer.render(tokens, markdown.options, {})


# -- the archive -----------------------------------------------------------------------------------------------------------


def _when() -> int:
    """The time of the last commit, in seconds; where there is no git, of the newest source file."""
    asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    if asked.returncode == 0 and asked.stdout.strip():
        return int(asked.stdout)
    return int(max(file.stat().st_mtime for file in (ROOT / "src").rglob("*.py")))


def _pack(inside: Path, archive: Path) -> None:
    """Wheels are compressed already: the lightest compression is as small as the heaviest, in a tenth of the time."""
    moment = _when()

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = moment
        entry.mode = 0o755 if entry.isdir() or entry.name.endswith(".sh") else 0o644
        return entry

    unfinished = archive.with_name(f".{archive.name}.unfinished")
    with (
        unfinished.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=1, mtime=moment) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        tar.add(inside, arcname=inside.name, filter=plain)
    unfinished.replace(archive)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
