"""Counties on shared storage: one run on the cluster gives every county, the city and the province; a late upload, that county alone."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from cluster.conftest import taizhang

CODES = ("hypertension.controlled", "mental_illness.registered", "health_education.materials")
FIRST, SECOND, PROVINCE = "990101", "990201", "990000"


def asked() -> list[str]:
    return [part for code in CODES for part in ("--indicator", code)]


@pytest.fixture(scope="module")
def second_county(shared_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another county: the first one's shared ledger with every organisation's code its own, and twice the number in no table."""
    folder = tmp_path_factory.mktemp("shared") / SECOND
    shutil.copytree(shared_county, folder)
    with duckdb.connect() as connection:
        for file in folder.glob("*/*/*.parquet"):
            source = f"read_parquet('{file}')"
            texts = [name for name, kind, *_ in connection.execute(f"DESCRIBE FROM {source}").fetchall() if kind == "VARCHAR"]
            renamed = ", ".join(f"replace(\"{name}\", '{FIRST}', '{SECOND}') AS \"{name}\"" for name in texts)
            rewritten = f"SELECT * REPLACE ({renamed}) FROM {source}" if texts else f"FROM {source}"
            connection.execute(f"COPY ({rewritten}) TO '{file}.new' (FORMAT parquet)")
            Path(f"{file}.new").replace(file)
    page = json.loads((folder / "version.json").read_text().replace(FIRST, SECOND))
    for entry in (e for parts in page["tables"].values() for entries in parts.values() for e in entries):
        entry["size"] = (folder / entry["path"]).stat().st_size
    (folder / "version.json").write_text(json.dumps(page))
    return folder


@pytest.fixture(scope="module")
def province(county_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("province") / "home"
    made = taizhang("init", "--simulated", "--above-counties", "--org", PROVINCE, "--name", "样例省卫生厅", home=home)
    assert made.returncode == 0, made.stderr[-4000:]
    shutil.copytree(county_home / "parameters", home / "parameters", dirs_exist_ok=True)
    return home


def test_one_run_gives_every_county_the_cities_and_the_province(
    master: str, county_home: Path, shared_county: Path, second_county: Path, province: Path
) -> None:
    ledgers = ["--ledgers", str(shared_county), "--ledgers", str(second_county)]
    command = ["cluster", "figures", "--period", "2026H1@2026-06-30", *ledgers, *asked(), "--format", "json"]
    done = taizhang(*command, home=province, TAIZHANG_ENGINE="spark", TAIZHANG_ENGINE_URL=master)
    assert done.returncode == 0, done.stderr[-4000:]
    assert "本次计算：990101、990201" in done.stderr
    alone = taizhang("figures", "--period", "2026H1@2026-06-30", *asked(), "--format", "json", home=county_home)
    own = {(f["indicator"], f["category_code"]): f for f in json.loads(alone.stdout)}
    found = {(f["organisation"], f["indicator"], f["category_code"]): f for f in json.loads(done.stdout)}
    assert list(dict.fromkeys(place for place, *_ in found)) == [PROVINCE, "990100", FIRST, "990200", SECOND]
    assert own["hypertension.controlled", ""]["denominator"] > 20
    for (code, category), figure in own.items():
        for place in (FIRST, SECOND, "990100", "990200"):
            same = found[place, code, category]
            assert [same[n] for n in ("numerator", "denominator", "value", "status")] == [
                figure[n] for n in ("numerator", "denominator", "value", "status")
            ], (place, code, category)
        assert found[PROVINCE, code, category]["numerator"] == (2 * figure["numerator"] if figure["numerator"] is not None else None)

    # A correction comes from the second county: it alone is counted again, and by another engine at that.
    page = json.loads((second_county / "version.json").read_text())
    (second_county / "version.json").write_text(json.dumps(page | {"version": page["version"] + 1, "stamp": "2026-07-02T09:00:00+00:00"}))
    late = taizhang(*command, home=province)
    assert late.returncode == 0, late.stderr[-4000:]
    assert "本次计算：990201\n" in late.stderr
    assert "台账未变，沿用：990101\n" in late.stderr
    assert late.stdout == done.stdout


def test_a_county_whose_upload_is_not_whole_is_named_and_left_out(
    shared_county: Path, second_county: Path, province: Path, tmp_path: Path
) -> None:
    broken = tmp_path / SECOND
    shutil.copytree(second_county, broken)
    next(broken.glob("hypertension_case/base/*.parquet")).unlink()
    done = taizhang(
        "cluster", "figures", "--period", "2026H1@2026-06-30", "--ledgers", str(shared_county), "--ledgers", str(broken),
        "--indicator", CODES[0], "--format", "json", home=province,
    )  # fmt: skip
    assert done.returncode == 1
    assert "共享台账的文件缺失或不全" in done.stderr
    whole = next(f for f in json.loads(done.stdout) if f["organisation"] == PROVINCE and not f["category_code"])
    assert whole["status"] == "partial"
    assert [m["organisation"] for m in whole["missing"]] == [SECOND]
