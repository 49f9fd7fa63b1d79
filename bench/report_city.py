"""The city's measurements as a table and as a section of docs/measured.md, with what was not reached."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_SIZES = ("small", "county", "city")
_GB = 1 << 30

# A line's words, its numbers at the three sizes ("" where not measured), its aim.
Line = tuple[str, list[str], str]

_INTRODUCTION = """\
One county of {county:,} residents is simulated with three years of records; the city is {counties} copies of it in one ledger sorted by
date, each with keys and organisation codes of its own, under one tree ({places:,} places). So a number of the city is a county's times
{counties} (checked), and what its people went through is not {counties} times as various. Under management at the end:
{hypertension:,} with hypertension and {diabetes:,} with type 2 diabetes (about 950,000 and 330,000 were asked for).

`make bench-city` on {processor}, {memory}; {system}; {packages}; PostgreSQL {version}. Each step is a process of its own
(load average before each {load_low:.1f} to {load_high:.1f}).
"""

_EXPLANATION = """\
"By hand" is DuckDB SQL (bench/handwritten). PostgreSQL runs SQL written by hand for it (bench/handwritten/postgresql) on {pg_rows:,} rows
of the tables, and of these the columns, that it reads, copied, indexed by resident and by date and analysed in {pg_load:.0f} s;
{settings}. All three give the same numbers or the run ends. Ours also writes who the members are, from
which every figure is traced; neither of the others does.

Freshness: {writers} writers save a visit each {pause:.0f} s on average (exponential pauses) for {seconds} s, on SQLite; one reader writes
a new visit, corrects one and deletes one in turn, and asks for its clinic's figures (the half-year, the one before and last year's, of all
of which the memberships were made before) until they show it.
"""


def table(found: dict[str, Any]) -> str:
    rows = [("Measurement", *(f"{found['sizes'][size]:,}" for size in _SIZES), "Aim")]
    rows += [(what, *numbers, aim) for what, numbers, aim in lines(found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def lines(found: dict[str, Any]) -> list[Line]:
    counting = {size: found[f"counting-{size}"] for size in _SIZES}

    def each(what: str, said: Callable[[dict[str, Any]], str], aim: str = "") -> Line:
        return what, [said(counting[size]) for size in _SIZES], aim

    def two(what: str, step: str, said: Callable[[dict[str, Any]], str], aim: str = "") -> Line:
        return what, ["", *(said(found[f"{step}-{size}"]) for size in ("county", "city"))], aim

    def fresh(what: str, kind: str, aim: str = "") -> Line:
        return two(what, "freshness", lambda f: _p50_p95(f[kind]) if kind in f else "none in time", aim)

    city = counting["city"]
    pg = found["postgresql-city"]
    ratio = pg["seconds"] / city["compared_seconds"]
    return [
        each("Rows about residents", lambda c: f"{c['rows'] / 1e6:.1f} million"),
        each("The ledger on disk", lambda c: _size(c["ledger_bytes"])),
        each(f"All {city['indicators']} indicators from residents' records, all places", lambda c: f"{c['seconds']:.1f} s"),
        each("… the first time in a process", lambda c: f"{c['first_seconds']:.1f} s"),
        each("… for each 100,000 residents", _per_100_000(found), "no more than at the size before"),
        each("… peak memory", lambda c: f"{c['peak_mb']:,} MB", "under 4 GiB"),
        each("… memberships on disk", lambda c: _size(c["membership_bytes"])),
        each("A plain scan of the columns read", lambda c: f"{c['scan_seconds']:.2f} s"),
        each(f"The {city['compared']} indicators that are also written by hand", lambda c: f"{c['compared_seconds']:.2f} s"),
        each("… by hand in DuckDB, equal results", lambda c: f"{c['handwritten_seconds']:.2f} s"),
        each("… ratio to that", lambda c: f"{c['ratio']:.2f}", "at most 1.3"),
        (f"… by PostgreSQL {pg['version']}, equal results", ["", "", f"{pg['seconds']:.1f} s (first {pg['first_seconds']:.1f} s)"], ""),
        ("… PostgreSQL's time to ours", ["", "", f"{ratio:.1f} x"], "at least 5 x"),
        two("500 changed residents, memberships of the running period", "changes", lambda f: f"{f['many']['seconds']:.2f} s", "about 1 s"),
        two("… and the ledger's version, with the two ended periods compared", "changes", lambda f: f"{f['many']['ledger_seconds']:.2f} s"),
        two("One changed resident, memberships of the running period", "changes", lambda f: f"{f['one']['seconds']:.2f} s"),
        two("… and the ledger's version, with the two ended periods compared", "changes", lambda f: f"{f['one']['ledger_seconds']:.2f} s"),
        two("The first since the consumer began", "changes", lambda f: f"{f['first']['seconds']:.1f} s"),
        fresh("A save until the ledger has it, 50 writing", "ledger"),
        fresh("… until the figure shows it: a new visit", "new"),
        fresh("… a corrected one", "corrected"),
        fresh("… a deleted one", "deleted"),
        fresh("… all three", "all", "p95 under 2 s"),
        two("Visits that the 50 saved meanwhile", "freshness", lambda f: f"{f['wrote']['saved']}"),
        two("… errors", "freshness", lambda f: f"{f['wrote']['errors']}", "none"),
        two("… each took", "freshness", lambda f: _p50_p95(f["wrote"]) if f["wrote"]["saved"] else ""),
    ]


def missed(found: dict[str, Any]) -> Iterator[str]:
    """What was not reached, why, and what to try next."""
    city, county, small = (found[f"counting-{size}"] for size in ("city", "county", "small"))
    per = [found[f"counting-{size}"]["seconds"] / found["sizes"][size] for size in ("county", "city")]
    if city["ratio"] > 1.3:
        yield (
            f"At most 1.3 x hand-written SQL: {city['ratio']:.2f} (at the smaller sizes {small['ratio']:.2f} and {county['ratio']:.2f}). "
            "Ours also writes each membership to disk and adds it up from there; the hand-written query keeps nothing."
        )
    if (ratio := found["postgresql-city"]["seconds"] / city["compared_seconds"]) < 5:
        yield f"At least 5 x PostgreSQL: {ratio:.1f} x, against SQL written for it over rows cut down to the columns it reads."
    if city["peak_mb"] > 4096:
        yield (
            f"Under 4 GiB: {city['peak_mb']:,} MB. DuckDB takes four fifths of the machine's memory before it spills; next to try: a "
            "`memory_limit` for the ledger's connections, at what it then costs in time."
        )
    if per[1] > per[0] * 1.05:
        yield (
            f"Growth no more than linear from {found['sizes']['county']:,} to {found['sizes']['city']:,}: {per[1] / per[0]:.2f} times the "
            "seconds a resident."
        )
    if (late := found["freshness-city"]["all"]["p95_ms"] / 1000) > 2:
        yield (
            f"Freshness under 2 s at {found['sizes']['city']:,}: p95 {late:.1f} s (at {found['sizes']['county']:,} "
            f"{found['freshness-county']['all']['p95_ms'] / 1000:.1f} s). A save waits for the pass before it, and for its own: taking it, "
            "then following it through every membership that looks at its table."
        )
    if (again := found["changes-city"]["many"]["seconds"]) > 1.2:
        yield (
            f"500 changes in about a second: {again:.1f} s, for {found['changes-city']['populations']} populations of the running period "
            "(the prototype had 5)."
        )


def write(page: Path, found: dict[str, Any]) -> None:
    """Put the city's section into the page, in place of an earlier one."""
    text = f"<!-- note city -->\n{_section(found)}<!-- end -->\n"
    stands = page.read_text(encoding="utf-8")
    there = re.search(r"<!-- note city -->\n.*?<!-- end -->\n", stands, re.DOTALL)
    first = re.search(r"<!-- note [\w-]+ -->\n", stands)
    if there:
        stands = stands[: there.start()] + text + stands[there.end() :]
    else:
        at = first.start() if first else len(stands)
        stands = f"{stands[:at]}{text}\n{stands[at:]}" if first else f"{stands}\n{text}"
    page.write_text(stands, encoding="utf-8")


def _section(found: dict[str, Any]) -> str:
    sizes, city, fresh = found["sizes"], found["counting-city"], found["freshness-city"]
    loads = [step["load_before"] for name, step in found.items() if name.startswith(("counting", "postgresql", "changes", "freshness"))]
    introduction = _INTRODUCTION.format(
        county=sizes["county"], counties=found["counties"], places=city["places"], hypertension=city["whole"]["hypertension_patients"],
        diabetes=city["whole"]["diabetes_patients"], version=found["postgresql-city"]["version"], load_low=min(loads), load_high=max(loads),
        **found["machine"],
    )  # fmt: skip
    explanation = _EXPLANATION.format(
        pg_rows=found["load-postgresql"]["rows"], pg_load=found["load-postgresql"]["load_seconds"], settings=found["settings"],
        writers=fresh["writers"], pause=fresh["pause"], seconds=fresh["seconds"],
    )  # fmt: skip
    head = "| Measurement | " + " | ".join(f"{sizes[size]:,}" for size in _SIZES) + " | Aim |\n|---|---|---|---|---|\n"
    rows = "".join(f"| {what} | {' | '.join(numbers)} | {aim} |\n" for what, numbers, aim in lines(found))
    late = "".join(f"- {text}\n" for text in missed(found))
    said = f"\nNot reached:\n\n{late}" if late else "\nAll aims are reached.\n"
    return f"## A city of {sizes['city']:,} residents\n\n{introduction}\n{head}{rows}\n{explanation}{said}"


def _per_100_000(found: dict[str, Any]) -> Callable[[dict[str, Any]], str]:
    size_of = {id(found[f"counting-{size}"]): found["sizes"][size] for size in _SIZES}
    return lambda counted: f"{counted['seconds'] / size_of[id(counted)] * 100_000:.2f} s"


def _p50_p95(line: dict[str, Any]) -> str:
    return f"p50 {line['p50_ms'] / 1000:.2f}, p95 {line['p95_ms'] / 1000:.2f} s ({line['runs']})"


def _size(size: int) -> str:
    return f"{size / _GB:.2f} GiB" if size >= _GB / 10 else f"{size / (1 << 20):.0f} MiB"
