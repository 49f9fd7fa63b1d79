"""The measurements as a table, and as a section of docs/measured.md."""

import re
from pathlib import Path
from typing import Any

_HEAD = """# Measured

Written by `make bench`, and the city by `make bench-city`; each size has a section of its own, measured in one run on one machine.
Milliseconds and seconds are wall clock; a ratio is between two numbers of the same run. "By hand" is SQL written by hand for the same
numbers (bench/handwritten), which must give equal results or the run fails. A county is simulated with three years of records up to the
end of the half-year measured.
"""

Line = tuple[str, str, str]  # what, measured, aim
_ABOVE = re.compile(r"\S*/(?=src/|site-packages/)")  # where the code lies on this machine


def lines(found: dict[str, Any]) -> list[Line]:
    made: list[Line] = []
    if counted := found.get("counting"):
        what = f"All {counted['indicators']} indicators from residents' records, {counted['places']:,} places, one half-year"
        made += [
            (what, f"{counted['seconds']:.2f} s ({counted['first_seconds']:.2f} s when a process first compiles them)", ""),
            ("… peak memory", f"{counted['peak_mb']:,} MB", ""),
            ("… a plain scan of the columns read", f"{counted['scan_seconds']:.2f} s", ""),
            ("… ratio to that", f"{counted['ratio_scan']:.1f}", ""),
            (f"The {counted['compared']} of them that are also written by hand", f"{counted['compared_seconds']:.2f} s", ""),
            ("… by hand, equal results", f"{counted['handwritten_seconds']:.2f} s", ""),
            ("… ratio to that", f"{counted['ratio']:.2f}", "at most 1.5"),
        ]
    if traced := found.get("tracing"):
        for line in traced["traces"]:
            what = " ".join(filter(None, (line["indicator"], line["part"], line["category"])))
            measured = f"p50 {line['p50_ms']:.0f} ms, p95 {line['p95_ms']:.0f} ms"
            made.append((f"First 100 of {line['count']:,} members: {what}", measured, "under 300 ms"))
    for name, line in found.get("saving", {}).items():
        aim = "under 2 s" if name == "in the figure" else ""
        made.append((f"A visit saved, until it is {name}", f"p50 {line['p50_ms']:.0f} ms, p95 {line['p95_ms']:.0f} ms", aim))
    if imported := found.get("importing"):
        made.append((f"Import of {imported['rows']:,} visits from CSV, all rules", f"{imported['rows_per_second']:,} rows/s", ""))
        made.append(("… the same file again, nothing changed", f"{imported['rows'] / imported['again_seconds']:,.0f} rows/s", ""))
        if imported["ratio"]:
            made.append(("… PostgreSQL COPY of the same rows, unchecked", f"{imported['copy_rows_per_second']:,} rows/s", ""))
            made.append(("… ratio of the times", f"{imported['ratio']}", ""))
    if searched := found.get("searching"):
        for what, line in slowest(searched["searches"]).items():
            text = f"p50 {line['p50_ms']:.0f} ms, p95 {line['p95_ms']:.0f} ms"
            made.append((f"Searching {searched['residents']:,} people by {what}, the slowest of three scopes", text, "under 100 ms"))
    for name, label in (("ledger_only", "straight into the ledger"), ("database", "into the database (SQLite)")):
        if made_home := found.get("simulating", {}).get(name):
            speed = f"{made_home['seconds']:.0f} s, {made_home['per_second']:,} residents/s, {made_home['peak_mb']:,} MB"
            made.append((f"Simulating {made_home['residents']:,} residents, {label}", speed, ""))
    if checked := found.get("textcheck"):
        made += [
            (
                f"Text checker, {checked['relations']} labelled relations in {checked['texts']} texts: recall",
                f"{checked['recall']:.3f}",
                "0.90",
            ),
            ('… precision of "inconsistent"', f"{checked['inconsistent_precision']:.3f}", "0.97"),
            ("… planted errors named", f"{checked['inconsistent_recall']:.3f}", ""),
            (
                f"… {checked['long_characters']:,} characters, 50 pages",
                f"{checked['long_seconds']:.2f} s, {checked['characters_per_second']:,} characters/s",
                "under 2 s",
            ),
        ]
    return made


def slowest(searches: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Of what is typed, by whichever account it takes longest: a village's, a township's, the county's."""
    found: dict[str, dict[str, float]] = {}
    for asked, line in searches.items():
        _, _, what = asked.partition(", ")
        if what not in found or line["p95_ms"] > found[what]["p95_ms"]:
            found[what] = line
    return found


def table(found: dict[str, Any]) -> str:
    rows = [("Measurement", "Measured", "Aim"), *lines(found)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def write(page: Path, found: dict[str, Any]) -> None:
    """Put the size's section into the page, in place of an earlier one; sections stand by size."""
    stands = page.read_text(encoding="utf-8") if page.exists() else ""
    sections = {int(size): text for size, text in re.findall(r"<!-- size (\d+) -->\n(.*?)<!-- end -->\n", stands, re.DOTALL)}
    sections[found["size"]] = _section(found)
    notes = re.findall(r"<!-- note [\w-]+ -->\n.*?<!-- end -->\n", stands, re.DOTALL)  # by hand, or of the city
    body = "".join(f"\n<!-- size {size} -->\n{text}<!-- end -->\n" for size, text in sorted(sections.items()))
    page.write_text(_HEAD + body + "".join(f"\n{note}" for note in notes), encoding="utf-8")


def _section(found: dict[str, Any]) -> str:
    on = found["machine"]
    rows = "".join(f"| {what} | {measured} | {aim} |\n" for what, measured, aim in lines(found))
    return (
        f"## {found['size']:,} residents\n\n"
        f"`make bench SIZE={found['size']}` on {on['processor']}, {on['memory']}; {on['system']}; {on['packages']}. "
        f"Load average before {found['load_before']}, after {found['load_after']}.\n\n"
        f"| Measurement | Measured | Aim |\n|---|---|---|\n{rows}"
    )


# -- writers and readers together ----------------------------------------------------------------------------------------------

_RUNS = (("paused", "with the pauses of a working day"), ("unpaused", "without any pause"))
_LOAD_AIM = "p95 under 300 ms, no errors"
_LOAD_METHOD = """\
`make bench-load SIZE={size}`: {size:,} residents with three years of records; the real server, in PostgreSQL's case by the command
lines of the service's units (deploy/), in SQLite's by `taizhang serve`; the ledger's consumer running. The users sign in, keep
cookies and send forms as a browser does; they are simulated on the same two cores. Writers are village doctors: worklist, form,
four answers while typing, save, what was saved, a visit every 30 s. Readers pause for 8 s on average (exponential): of 200, 70
village doctors (worklists, forms, persons, searches), 80 township offices (lists, filters, next pages, persons, searches, returns,
boards, Excel), 25 line offices, 15 bureau offices and 10 leaders (boards, figures, members, the director's page). Milliseconds to
the last byte; files count apart from pages."""
_LOAD_CITY = """ The residents are a city of {counties} counties, copies of one that was simulated (bench/city_records.py); of the line
offices, bureau offices and leaders half are the city's and see the whole."""


def load_table(found: dict[str, Any]) -> str:
    return "\n".join(line for line in _load_lines(found) if line)


def write_load(page: Path, found: dict[str, Any]) -> None:
    """Put the run into the page as the section on writers and readers, in place of an earlier one."""
    stands = page.read_text(encoding="utf-8") if page.exists() else _HEAD
    on = found["machine"]
    counties = found.get("counties", 1)
    note, title = ("load", "together") if counties == 1 else ("load-city", f"together, {found['size']:,} residents")
    method = _LOAD_METHOD.format(size=found["size"]) + (_LOAD_CITY.format(counties=counties) if counties > 1 else "")
    section = (
        f"<!-- note {note} -->\n## Writers and readers {title}\n\n{method}\n\n"
        f"On {on['processor']}, {on['memory']}; {on['system']}; {on['packages']}. "
        f"Load average before {found['load_before']}, after {found['load_after']}.\n\n" + "\n".join(_load_lines(found)) + "\n<!-- end -->\n"
    )
    earlier = re.search(rf"<!-- note {note} -->\n.*?<!-- end -->\n", stands, re.DOTALL)
    page.write_text(stands.replace(earlier[0], section) if earlier else f"{stands}\n{section}", encoding="utf-8")


def _warmed(measured: dict[str, Any]) -> str:
    if "warm_mb" not in measured:
        return ""
    return (
        f"The database's shared_buffers are a quarter of the machine's memory; {measured['warm_mb']:,} MB of what pages read were read "
        f"into them before (pg_prewarm, {measured['warm_seconds']:.0f} s), as a database that was not just copied has them. "
    )


def _load_lines(found: dict[str, Any]) -> list[str]:
    made: list[str] = []
    for kind in ("postgresql", "sqlite"):
        if kind in found:
            measured = found[kind]
            made += [
                f"**{measured['database']}**, {measured['writers']} writers and {measured['readers']} readers. The night before "
                f"what the day's pages ask for was made ahead in {measured['night']['steps']:,} steps and "
                f"{measured['night']['seconds']:.0f} s. "
                + _warmed(measured)
                + f"The day's first board took {measured['first_board_seconds']} s; signing in, four at once, "
                f"{_spread(measured['signing_in']['kinds'])}. "
                f"Processor time of the site {measured['server_cpu_seconds']:.0f} s, "
                f"of the simulated users {measured['loader_cpu_seconds']:.0f} s.",
                "",
                "| Page | Asked for | p50 | p95 | p99 |",
                "|---|---|---|---|---|",
            ]
            for name, label in _RUNS:
                if name in measured:
                    made += _run_lines(measured[name], label, _LOAD_AIM if name == "paused" else "")
            made.append("")
            if measured.get("first_error"):
                made += ["The first error of all, and the site's log of it:", ""]
                made += [*(f"    {_ABOVE.sub('', line)}" for line in measured["first_error"].splitlines()), ""]
    return made


def _run_lines(run: dict[str, Any], label: str, aim: str) -> list[str]:
    what = f"**All pages, {label}**{f' (aim: {aim})' if aim else ''}"
    made = [_page_line(what, run["pages"])]
    if aim:
        made += [_page_line(kind, spent) for kind, spent in run["kinds"].items()]
    faults = "; ".join(f"{what} ({count})" for what, count in run["errors"].items()) or "none"
    made.append(f"| … {run['per_second']} answers a second, {run['visits']} visits saved; errors: {faults} | {run['requests']:,} | | | |")
    return made


def _page_line(what: str, spent: dict[str, Any]) -> str:
    if not spent["runs"]:
        return f"| {what} | 0 | | | |"
    return f"| {what} | {spent['runs']:,} | {spent['p50_ms']:.0f} ms | {spent['p95_ms']:.0f} ms | {spent['p99_ms']:.0f} ms |"


def _spread(kinds: dict[str, Any]) -> str:
    spent = kinds.get("signing in", {})
    return f"p50 {spent['p50_ms']:.0f} ms, p95 {spent['p95_ms']:.0f} ms" if spent.get("runs") else "failed"
