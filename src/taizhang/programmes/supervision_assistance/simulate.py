"""How the synthetic county assists health supervision: each place once a quarter, most quarters, and what is found."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from taizhang.kernel.registry import registry
from taizhang.programmes.supervision_assistance import elements as e
from taizhang.programmes.supervision_assistance import rules
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Rate
from taizhang.simulation.run import Row

TARGETS = {"supervision_assistance.reporting": Rate(95), "supervision_assistance.patrolled_on_time": Rate(90)}

_TOWN = (
    (e.WATER, "镇水厂"), (e.SCHOOL, "中心小学"), (e.SCHOOL, "镇中学"), (e.PRACTICE, "集市周边"), (e.FOOD, "学校食堂"),
    (e.FAMILY_PLANNING, "计划生育服务站"),
)  # fmt: skip
_VILLAGE = ((e.WATER, "村集中供水点"), (e.FOOD, "农村集体聚餐点"))
_CONTENT = {
    e.WATER: "水源防护、消毒记录、末梢水余氯", e.SCHOOL: "教室采光照明、饮水、晨检和因病缺勤记录",
    e.PRACTICE: "有无游医、无证行医和非法采供血",
    e.FOOD: "食品留样、加工环境、有无聚集性腹泻", e.FAMILY_PLANNING: "执业许可、人员资质、有无非法终止妊娠",
}  # fmt: skip
_PROBLEMS = {
    e.WATER: "末梢水余氯不足，消毒记录不全", e.SCHOOL: "晨检记录缺项", e.PRACTICE: "发现外来人员摆摊行医", e.FOOD: "未按规定留样",
    e.FAMILY_PLANNING: "资质公示不全",
}  # fmt: skip
_FINDS = 0.06  # of patrols find a problem
_QUARTERS = (1, 4, 7, 10)


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Patrols and information of every township hospital and village clinic since the January of the first year."""
    units: list[tuple[str, str, tuple[tuple[str, str], ...], str, float]] = [
        (t.code, f"t{t.code[6:]}", _TOWN, t.name.zh, 0.96) for t in places.townships
    ]
    units += [(v.code, f"v{v.code[6:]}", _VILLAGE, v.name.zh, v.diligence) for v in places.villages]
    months = registry.parameters["supervision_assistance.patrol_months"]
    patrols = clues = 0
    for unit, account, kinds, name, care in units:
        shared = {"organisation_id": unit, "recorded_by": account}
        for domain, kind in kinds:
            days = list(_days(start.year, end, care, random))
            for number, day in enumerate(days):
                problem = random.random() < _FINDS
                patrols += 1
                yield "supervision_assistance.Patrol", {
                    "id": patrols, **shared, "patrolled_on": day, "domain": domain, "place": f"{name}{kind}", "content": _CONTENT[domain],
                    "chlorine": _chlorine(problem, random) if domain == e.WATER else None, "problem_found": problem,
                    "problem": _PROBLEMS[domain] if problem else "", "action": random.choice(("1", "1,2", "2")) if problem else None,
                    "ceased": False, "next_due_on": rules.next_patrol(day, False, months.at(day)).on,
                    "answered_on": days[number + 1] if number + 1 < len(days) else None,
                }  # fmt: skip
                if problem:
                    clues += 1
                    yield "supervision_assistance.Clue", {"id": clues, **shared, **_clue(domain, f"{name}{kind}", day, end, care, random)}


def _days(first_year: int, end: date, care: float, random: Random) -> Iterator[date]:
    """A day in most quarters."""
    for year in range(first_year, end.year + 1):
        for month in _QUARTERS:
            day = date(year, month, 1) + timedelta(days=random.randrange(5, 85))
            if day <= end and random.random() < 0.5 + 0.5 * care:
                yield day


def _chlorine(problem: bool, random: Random) -> int:
    return random.randrange(0, 5) if problem else random.randrange(6, 40)


def _clue(domain: str, place: str, day: date, end: date, care: float, random: Random) -> dict[str, Any]:
    """What was found on a patrol; reported the same day, mostly."""
    told: date | None = day if random.random() < care else day + timedelta(days=random.choice((1, 1, 2, 5)))
    if told is not None and (told > end or random.random() < 0.03):
        told = None
    return {
        "found_on": day, "kind": domain, "place": place, "content": _PROBLEMS[domain], "source": "1", "reported_on": told,
        "reported_to": "县卫生监督所" if told else "", "result": "2" if told else None, "reported_in": rules.reported_in(day, told),
    }  # fmt: skip
