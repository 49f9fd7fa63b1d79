"""What goes wrong in the synthetic county's units, is found, and is mended, most of it in time."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from taizhang.kernel.periods import add_months
from taizhang.programmes.lines import chapter_code
from taizhang.programmes.rectification import rules
from taizhang.programmes.rectification.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Rate, Reporting, about
from taizhang.simulation.run import Row

TARGETS = {"rectification.rate": Rate(90)}

# Of the return only what no record holds.
_MONTH: Month = {("discussants", ""): about(40, 160)}

REPEAT_MONTHS = 12
RETURNED = 0.06  # of the mendings do not pass
_CLAUSES: dict[int, tuple[str, ...]] = {
    1: ("医保目录外用药告知不到位", "报销公示不及时"),
    2: ("健康档案更新不及时", "随访记录不完整", "体检结果未反馈", "健康教育资料不足"),
    3: ("传染病报告卡填写不全", "预检分诊落实不到位", "冷链温度记录缺项"),
    4: ("高危孕产妇专案管理不全", "新生儿访视不及时"),
    5: ("药品进销存账物不符", "抗菌药物处方比例偏高", "近效期药品未标识"),
    6: ("医疗废物登记不全", "消毒记录缺项", "超范围执业"),
    7: ("村卫生室设施维护不到位", "病历书写不规范", "人员资质公示不全"),
    8: ("环境卫生死角未清理", "病媒生物防制设施缺损"),
    9: ("投诉答复超期",),
}
_A_YEAR = 0.35  # problems a clause, unit and year


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """The county's monthly return of discussions, and the problems of the township hospitals."""
    yield from Reporting(FORM, places, random).monthly(_MONTH, start, end, by_township=False)
    diligence = {
        t.code: sum(v.diligence for v in places.villages if v.township is t) / max(1, sum(v.township is t for v in places.villages))
        for t in places.townships
    }
    key = 0
    for unit, care in diligence.items():
        for chapter, clauses in _CLAUSES.items():
            for clause in clauses:
                earlier: list[date] = []
                for found in _days(start.year, end, care, random):
                    key += 1
                    repeated = rules.is_repeated(found, earlier, REPEAT_MONTHS)
                    earlier.append(found)
                    problem = _problem(unit, chapter, clause, found, care, end, random)
                    yield "rectification.Problem", {"id": key, **problem, "repeated": repeated}


def _days(first_year: int, end: date, care: float, random: Random) -> list[date]:
    """The days on which a clause was found broken in a unit; the less diligent the unit, the more often."""
    days = set()
    for year in range(first_year, end.year + 1):
        if random.random() < _A_YEAR * (1.9 - care):
            days.add(date(year, random.randrange(1, 13), random.randrange(1, 29)))
    return sorted(day for day in days if day <= end)


def _problem(unit: str, chapter: int, clause: str, found: date, care: float, end: date, random: Random) -> dict[str, object]:
    grade = random.choices("123", (78, 18, 4))[0]
    due = found + timedelta(days={"1": 30, "2": 45, "3": 60}[grade])
    row: dict[str, object] = {
        "organisation_id": unit, "line": chapter_code(chapter), "clause": clause, "description": f"{clause}，查阅资料和现场查看时发现",
        "source": random.choices("1234567", (40, 22, 8, 14, 3, 8, 5))[0], "grade": grade, "found_on": found, "due_on": due,
        "recorded_by": "bureau",
    }  # fmt: skip
    steps = {"assigned_on": found + timedelta(days=random.randint(0, 3))}
    steps["started_on"] = steps["assigned_on"] + timedelta(days=random.randint(1, 4))
    takes = random.randint(5, 28) if random.random() < 0.35 + 0.6 * care else random.randint(40, 150)
    steps["mended_on"] = steps["started_on"] + timedelta(days=takes)
    if random.random() < RETURNED and steps["mended_on"] <= end:
        row |= {"returned_times": 1, "returned_on": steps["mended_on"] + timedelta(days=5)}
        steps["mended_on"] += timedelta(days=random.randint(10, 25))
        if row["returned_on"] > end:  # type: ignore[operator]
            row |= {"returned_times": 0, "returned_on": None}
    steps["verified_on"] = steps["mended_on"] + timedelta(days=random.randint(3, 20))
    steps["closed_on"] = steps["verified_on"] + timedelta(days=random.randint(0, 3))
    done = {name: day for name, day in steps.items() if day <= min(end, add_months(found, 12))}
    dates = rules.Dates(**done, returned_on=row.get("returned_on"))  # type: ignore[arg-type]
    if "mended_on" in done:
        row["evidence"] = "整改报告和照片"
    if "started_on" in done:
        row |= {"measures": "逐项核对，补齐资料，开展培训", "owner": "分管副院长"}
    return row | done | {"state": rules.state_of(dates)}
