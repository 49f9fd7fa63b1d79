"""How the synthetic county's institutions teach health: a plan each January, then material, boards, consultations and lectures by month."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from taizhang.programmes.health_education import elements as e
from taizhang.programmes.health_education import rules
from taizhang.programmes.health_education.records import FOLLOWED
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import PerTenThousand, Rate
from taizhang.simulation.run import Row

TARGETS = {
    "health_education.lectures": PerTenThousand(68),
    "health_education.boards": PerTenThousand(80),
    "health_education.minimum_by_pace": Rate(95),
}

# By kind and tier: how many a year a diligent institution holds.
_YEARLY = {
    e.TOWNSHIP: {e.PRINTED: 14, e.BROADCAST: 7, e.BOARD: 13, e.CONSULTATION: 10, e.LECTURE: 13},
    e.VILLAGE: {e.PRINTED: 13, e.BOARD: 7, e.LECTURE: 7},
}
_THEMES = (
    "高血压防治", "糖尿病饮食与运动", "合理膳食与减盐", "控烟限酒", "预防接种知识", "孕产期保健", "儿童营养与喂养", "老年人防跌倒",
    "结核病防治", "艾滋病防治", "心理健康与精神卫生", "科学就医与合理用药", "中医养生保健", "突发事件自救互救", "慢阻肺防治",
    "饮用水与食品安全",
)  # fmt: skip
_PLACES = {e.PRINTED: "门诊大厅", e.BROADCAST: "候诊区", e.BOARD: "院内宣传栏", e.CONSULTATION: "集市", e.LECTURE: "会议室"}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Plans and activities of every township hospital and village clinic, since the January of the first year."""
    units = [(t.code, e.TOWNSHIP, 0.97) for t in places.townships] + [(v.code, e.VILLAGE, v.diligence) for v in places.villages]
    plans = activities = 0
    for unit, tier, diligence in units:
        account = f"t{unit[6:]}" if tier == e.TOWNSHIP else f"v{unit[6:]}"
        shared = {"organisation_id": unit, "recorded_by": account}
        for year in range(start.year, end.year + 1):
            held: list[dict[str, Any]] = []
            for kind, yearly in _YEARLY[tier].items():
                held += _year(kind, yearly, tier, year, diligence, end, random)
            held.sort(key=lambda a: a["held_on"])
            known = [rules.Held(a["kind"], a["held_on"], a["theme"]) for a in held]
            for activity, first in zip(held, rules.firsts(known), strict=True):
                activities += 1
                yield "health_education.Activity", {"id": activities, **shared, **activity, "first_of_title": first}
            made = date(year, 1, 8)
            if made > end:
                continue
            for kind, yearly in _YEARLY[tier].items():
                plans += 1
                days = rules.counted_days(kind, year, known)
                done = {f"done_{n}_on": days[n - 1] if n <= len(days) else None for n in range(1, FOLLOWED + 1)}
                yield "health_education.Plan", {
                    "id": plans, **shared, "made_on": made, "year": year, "tier": tier, "kind": kind, "planned": yearly,
                    "starts_on": date(year, 1, 1), "counted_times": len(days), **done,
                }  # fmt: skip


def _year(kind: str, yearly: int, tier: str, year: int, diligence: float, end: date, random: Random) -> Iterator[dict[str, Any]]:
    """One kind's activities of a year, spread evenly; the less diligent the unit, the more of them are left out."""
    used: set[tuple[date, str]] = set()
    for number in range(yearly):
        day = date(year, 1, 1) + timedelta(days=int((number + random.uniform(0.25, 0.85)) * 365 / yearly))
        theme = _THEMES[(number + year) % len(_THEMES)]
        if day > end or random.random() > 0.78 + 0.22 * diligence or (day, theme) in used:
            continue
        used.add((day, theme))
        yield {"held_on": day, "kind": kind, "theme": theme, **_size(kind, tier, number, random)}


def _size(kind: str, tier: str, number: int, random: Random) -> dict[str, Any]:
    row: dict[str, Any] = {
        "place": _PLACES[kind] if tier == e.TOWNSHIP else "村卫生室", "organiser": "公共卫生科" if tier == e.TOWNSHIP else "村卫生室",
        "audience": "辖区居民",
    }  # fmt: skip
    if kind == e.PRINTED:
        return row | {"materials": random.randrange(60, 180) * (3 if tier == e.TOWNSHIP else 1), "evidence": "3"}
    if kind == e.BROADCAST:
        return row | {"minutes": random.randrange(600, 2400), "evidence": "4"}
    if kind == e.BOARD:
        return row | {
            "board_number": 1 + number % (2 if tier == e.TOWNSHIP else 1),
            "board_area": random.choice((20, 20, 24, 30)),
            "evidence": "2",
        }
    crowd = (
        random.randrange(60, 160)
        if kind == e.CONSULTATION
        else random.randrange(25, 60)
        if tier == e.TOWNSHIP
        else random.randrange(18, 40)
    )
    evidence = "2,5" if random.random() < 0.96 else ""
    return row | {"attended": crowd, "materials": crowd, "speaker": "卫生院医生", "evidence": evidence}
