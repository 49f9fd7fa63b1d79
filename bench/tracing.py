"""From a figure to its first 100 members with the exact count, as a page asks for it: a board of its own each time, on membership files
that the consumer made."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from bench.homes import DAY, PERIOD, enter, percentiles

RUNS = 30
LIMIT = 100
# The largest figure there is, a gap (counted, not summed) and one category, each for the whole county.
QUESTIONS = (
    ("health_records.total", "numerator", ""),
    ("health_records.active", "gap", ""),
    ("health_records.active", "gap", "sex:2"),
    ("hypertension.standard_by_pace", "gap", ""),
    ("hypertension.visits", "numerator", "way:1"),
)


def main(home: Path) -> dict[str, Any]:
    enter(home)
    from taizhang.config import home as homes
    from taizhang.figures.trace import trace
    from taizhang.kernel.periods import Period

    period, root = Period.parse(PERIOD), homes.current().organisation
    found = []
    for code, part, category in QUESTIONS:
        spent = []
        for _ in range(RUNS + 1):
            began = time.perf_counter()
            traced = trace(code, period, root, part, LIMIT, category=category, day=DAY)  # type: ignore[arg-type]
            spent.append(time.perf_counter() - began)
        found.append({"indicator": code, "part": part, "category": category, "count": traced.count, **percentiles(spent[1:])})
    return {"traces": found, "p95_ms": max(line["p95_ms"] for line in found)}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
