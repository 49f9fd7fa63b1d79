"""What the rooms promise each other, and what no tracked file may hold."""

import ast
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "taizhang"
PROGRAMMES = SOURCE / "programmes"
LINES = sorted(file.parent for file in PROGRAMMES.glob("*/__init__.py") if "\nPROGRAMME = " in file.read_text(encoding="utf-8"))
# What stands beside the lines of work and all of them share: files, and folders (chronic) that declare no line of work.
_BESIDE = {file.stem for file in PROGRAMMES.glob("*.py")} | {file.parent.name for file in PROGRAMMES.glob("*/__init__.py")}
SHARED = sorted(_BESIDE - {"__init__"} - {folder.name for folder in LINES})


def _run(*command: str) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]


@lru_cache(maxsize=1)
def _tracked() -> tuple[str, ...]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return tuple(name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file())


def test_the_import_contracts_hold() -> None:
    done = subprocess.run([str(Path(sys.executable).parent / "lint-imports")], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:]


def test_ruff_finds_nothing() -> None:
    _run("ruff", "check", "src", "tests", "bench", "docs")


def test_mypy_finds_nothing_in_the_kernel() -> None:
    _run("mypy")


# -- lines of work -------------------------------------------------------------------------------------------------------


def _imports(file: Path) -> set[str]:
    """Modules a file imports, in full: "taizhang.programmes.hypertension.records"."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


def _reach(file: Path, own: str) -> set[str]:
    """What a file of programme `own` imports of other programmes, beside what all may: another's `records` and the shared files."""
    beyond = set()
    for name in _imports(file):
        parts = name.split(".")
        if parts[:2] != ["taizhang", "programmes"] or len(parts) < 3:
            continue
        other, module = parts[2], parts[3] if len(parts) > 3 else ""
        if other != own and other not in SHARED and module != "records" and (PROGRAMMES / other).is_dir():
            beyond.add(name)
    # `from taizhang.programmes.elderly import records` is one import under two names.
    return {name for name in beyond if f"{name}.records" not in _imports(file)}


@pytest.mark.parametrize("folder", LINES, ids=lambda folder: folder.name)
def test_a_line_of_work_knows_nothing_of_another_but_its_records(folder: Path) -> None:
    reaching = {str(f.relative_to(SOURCE)): found for f in folder.rglob("*.py") if (found := _reach(f, folder.name))}
    assert reaching == {}


@pytest.mark.parametrize("name", SHARED)
def test_what_the_lines_of_work_share_knows_none_of_them(name: str) -> None:
    files = [*(PROGRAMMES / name).rglob("*.py"), *PROGRAMMES.glob(f"{name}.py")]
    assert {str(f.relative_to(SOURCE)): found for f in files if (found := _reach(f, name))} == {}


def test_a_file_that_reaches_into_another_line_of_work_is_found(tmp_path: Path) -> None:
    file = tmp_path / "indicators.py"
    file.write_text(
        "from taizhang.programmes.hypertension.rules import RULES\nfrom taizhang.programmes.elderly.records import ASSESSMENT\n"
    )
    assert _reach(file, "diabetes") == {"taizhang.programmes.hypertension.rules", "taizhang.programmes.hypertension.rules.RULES"}
    assert _reach(file, "hypertension") == set()


# -- nothing is fetched at run time ----------------------------------------------------------------------------------------

_FETCHING = ("autoinstall_known_extensions", "autoload_known_extensions")


def _left_to_fetch(file: Path) -> list[str]:
    """Calls of duckdb.connect that do not switch off the fetching of extensions, and statements that fetch one."""
    found: list[str] = []
    text = file.read_text(encoding="utf-8")
    if not re.search(r"duckdb|INSTALL|spark\.jars", text):
        return found
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "duckdb.connect":
            config = next((word.value for word in node.keywords if word.arg == "config"), None)
            given = ast.literal_eval(config) if isinstance(config, ast.Dict) else {}
            if any(str(given.get(name)).lower() != "false" for name in _FETCHING):
                found.append(f"{file.name}:{node.lineno}")
        elif isinstance(node, ast.Constant) and re.match(r"(?:FORCE )?INSTALL \w|spark\.jars\.(?:packages|repositories)", str(node.value)):
            found.append(f"{file.name}:{node.lineno}")
    return found


def test_no_engine_fetches_an_extension_by_itself() -> None:
    assert [found for folder in ("src", "bench") for file in sorted((ROOT / folder).rglob("*.py")) for found in _left_to_fetch(file)] == []


@pytest.mark.parametrize(
    "line",
    [
        "duckdb.connect()",
        "duckdb.connect(config={'autoinstall_known_extensions': False})",
        "duckdb.connect(config={'autoinstall_known_extensions': 'false', 'autoload_known_extensions': True})",
        "opened.execute('INSTALL httpfs')",
        "{'spark.jars.packages': 'io.delta:delta'}",
    ],
)
def test_an_engine_that_would_fetch_is_found(line: str, tmp_path: Path) -> None:
    file = tmp_path / "engine.py"
    file.write_text(line, encoding="utf-8")
    assert _left_to_fetch(file) == ["engine.py:1"]


# -- words and traces ----------------------------------------------------------------------------------------------------


def test_every_word_of_the_glossary_is_used_in_the_code() -> None:
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \|", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    words = [word.strip() for row in rows for word in row.split(",") if word.strip() and not set(word) <= {"-"}]
    assert len(words) > 50
    code = "\n".join(file.read_text(encoding="utf-8").lower() for file in SOURCE.rglob("*.py"))
    normal = re.sub(r"[\s_-]+", "", code)
    assert [word for word in words if re.sub(r"[\s_-]+", "", word.lower()) not in normal] == []


_TEXT = {".py", ".md", ".yaml", ".yml", ".toml", ".txt", ".in", ".json", ".html", ".css", ".js", ".sh", ".svg", ".cfg", ".csv", ""}
_FORBIDDEN = re.compile(
    r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/"  # a path of one machine
    r"|--(?:index-url|extra-index-url|find-links|trusted-host)\s+\S"  # an address that packages came from
    r"|\"resolved\":|https?://(?:registry\.|pypi\.|files\.pythonhosted|[\w.-]*(?:artifactory|nexus|devpi|mirror))"
)


def test_no_tracked_file_names_a_registry_or_a_path_of_one_machine() -> None:
    named = []
    for name in _tracked():
        if Path(name).suffix not in _TEXT:
            continue
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if found := _FORBIDDEN.search(line):
                named.append(f"{name}:{number}: {found[0]}")
    assert named == []


# Put together here, so that this file holds none of them either.
@pytest.mark.parametrize("start", ["/root", "see /work", "--index-url", '"resolved"', "https://registry"], ids=str)
@pytest.mark.parametrize("rest", [("/thing", " a", ": 1", ".example/simple")], ids=["any"])
def test_such_a_line_is_found(start: str, rest: tuple[str, ...]) -> None:
    assert any(_FORBIDDEN.search(start + end) for end in rest)


def test_no_tracked_file_is_a_home_a_key_or_a_build() -> None:
    assert [n for n in _tracked() if re.search(r"\.(key|sqlite3|parquet|pyc)$|^(home|build|dist|node_modules)/", n)] == []
