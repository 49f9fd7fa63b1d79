"""What the synthetic county lays down for settling, and what it paid ahead: prices of its own, and an advance to each unit every spring."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from taizhang.kernel.parameters import read_yaml
from taizhang.simulation.places import COUNTY_NAME, Places
from taizhang.simulation.run import Row

_DOCUMENT = {"document": f"{COUNTY_NAME.zh}基本公共卫生服务项目补助标准（模拟）", "verified": True}
_SHIPPED: dict[str, Any] = read_yaml(Path(__file__).parent / "parameters" / "prices.yaml")
# The county takes over the reference prices, and pays a little more for visits from its second year on.
_RAISED = {"settlement.price_hypertension_visit": 1300, "settlement.price_diabetes_visit": 1600}
PARAMETERS = {
    name: {
        "source": dict(_DOCUMENT),
        "values": {date(2023, 1, 1): max(body["values"].items())[1], **({date(2025, 1, 1): _RAISED[name]} if name in _RAISED else {})},
    }
    for name, body in _SHIPPED.items()
}
_FEN_A_HEAD = {"township": 900, "village": 1100}  # paid ahead for each resident a year


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """An advance to every township hospital and village clinic each March."""
    size = {town.code: sum(village.size for village in places.villages if village.township is town) for town in places.townships}
    units = [(town.code, size[town.code] * _FEN_A_HEAD["township"]) for town in places.townships]
    units += [(village.code, village.size * _FEN_A_HEAD["village"]) for village in places.villages]
    key = 0
    for year in range(start.year, end.year + 1):
        paid_on = date(year, 3, 18)
        for code, amount in units if start <= paid_on <= end else ():
            key += 1
            yield "settlement.Advance", {
                "id": key, "organisation_id": code, "year": year, "paid_on": paid_on, "amount": amount // 10_000 * 10_000,
                "document": f"安财社〔{year}〕12号（模拟）", "entered_by": "bureau",
            }  # fmt: skip
