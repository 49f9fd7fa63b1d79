"""Sample outputs of the simulated county: figures as JSON and both copies of the summary under docs/samples/, pages of them and of the
year's summary as pictures under docs/pictures/. The same seed gives the same texts. The pictures need LibreOffice, poppler and the
fonts of docs/fonts.md.

    .venv/bin/python -m docs.samples
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parent
SAMPLES, PICTURES = DOCS / "samples", DOCS / "pictures"
PERIOD = "2026-01..2026-10"
YEAR = "2026"
SHOWN = (
    "health_records.coverage",
    "hypertension.controlled",
    "elderly.management",
    "health_education.per_lecture",
    "insurance.inpatient_share",
)


def main() -> None:
    SAMPLES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="taizhang-samples-") as folder:
        home = str(Path(folder) / "home")
        _taizhang("simulate", "--population", "9000", "--seed", "1", "--until", "2026-10-31", "--home", home)
        codes = [argument for code in SHOWN for argument in ("--indicator", code)]
        figures = json.loads(_taizhang("figures", "--period", PERIOD, *codes, "--format", "json", "--home", home))
        totals = [figure for figure in figures if not figure["category"]]
        text = json.dumps(totals, ensure_ascii=False, indent=1) + "\n"
        (SAMPLES / "figures.json").write_text(text, encoding="utf-8")
        for name, picture, holds, more in (
            ("clean-copy", "summary-page", "主要工作开展情况", ()),
            ("review-copy", "review-page", "数字清单", ("--review",)),
        ):
            file = SAMPLES / f"{name}.docx"
            _taizhang("summary", "--period", PERIOD, "--output", str(file), *more, "--home", home)
            _picture(file, PICTURES / picture, holds, Path(folder))
        _year(Path(folder))


def _year(folder: Path) -> None:
    """Two pages of the same county's whole year: of its text, and of its tables by place. The file itself is not kept."""
    home, file = str(folder / "year"), folder / "year.docx"
    _taizhang("simulate", "--population", "9000", "--seed", "1", "--until", "2026-12-31", "--home", home)
    _taizhang("summary", "--period", YEAR, "--output", str(file), "--home", home)
    _picture(file, PICTURES / "year-page", "疾病预防控制", folder, dots=78)
    _picture(file, PICTURES / "year-tables", "附表", folder)


def _taizhang(*arguments: str) -> str:
    command = [sys.executable, "-m", "taizhang.cli.main", *arguments]
    environment = os.environ | {"PYTHONPATH": str(DOCS.parent / "src"), "TAIZHANG_LANG": "zh"}
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def _picture(file: Path, picture: Path, holds: str, folder: Path, *, dots: int = 84) -> None:
    """The first page that holds a text, as PNG, with the substitutes that docs/fonts.md names for fonts a server does not have."""
    fonts = folder / "fonts.conf"
    found = re.search(r"```xml\n(.*?)```", (DOCS / "fonts.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found, "docs/fonts.md holds the font substitutes"
    system = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n</fontconfig>'
    fonts.write_text(found[1].replace("</fontconfig>", system), encoding="utf-8")
    convert = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*convert, str(file)], env=os.environ | {"FONTCONFIG_FILE": str(fonts)}, check=True, stdout=subprocess.DEVNULL)
    pdf = folder / f"{file.stem}.pdf"
    pages = subprocess.run(["pdftotext", str(pdf), "-"], check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout.split("\f")
    page = str(next(number for number, text in enumerate(pages, 1) if holds in text))
    draw = ["pdftoppm", "-r", str(dots), "-gray", "-png", "-singlefile", "-f", page, "-l", page]
    subprocess.run([*draw, str(pdf), str(picture)], check=True)


if __name__ == "__main__":
    if not shutil.which("soffice") or not shutil.which("pdftoppm"):
        sys.exit("docs.samples needs soffice (LibreOffice) and pdftoppm (poppler-utils).")
    main()
