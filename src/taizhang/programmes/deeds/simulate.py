"""What the synthetic county's bureau and its institutions do, and write down: documents, meetings, training, supervision and the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from taizhang.kernel.periods import month_end
from taizhang.programmes.deeds import elements as e
from taizhang.programmes.deeds import rules
from taizhang.programmes.lines import CHAPTERS, LINES, chapter_code, chapter_of_line
from taizhang.simulation.places import COUNTY_CODE, COUNTY_NAME, Places
from taizhang.simulation.run import Row

ON_TIME = 0.93  # of the deeds are registered within days
CHECKING_DAYS = 4
_OWN = ("deeds", "rectification", "titles")  # registers of other work; nobody issues a document on them
# Whose work a chapter is, beside the bureau's.
_INSTITUTION = {1: "MIO", 2: "CDC", 3: "CDC", 4: "MCH", 6: "INS"}
_DEPARTMENT = {
    1: "体制改革科", 2: "基层卫生健康科", 3: "疾病预防控制科", 4: "妇幼健康科", 5: "药政科", 6: "综合监督科", 7: "规划财务科",
    8: "爱卫办", 9: "办公室", 10: "办公室",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Habit:
    """How often a year a kind of deed is done in a chapter (least, most), and how it is titled."""

    kind: str
    least: int
    most: int
    titles: tuple[str, ...]


# {line}: the line of work; {year}; {county}.
_HABITS = (
    _Habit(
        e.DOCUMENT,
        3,
        6,
        ("{county}{year}年{line}工作实施方案", "关于进一步做好{line}工作的通知", "关于开展{year}年{line}督导检查的通知", "{line}考核办法"),
    ),
    _Habit(e.MEETING, 4, 8, ("{year}年{line}工作推进会", "{line}工作例会", "{line}工作调度会")),
    _Habit(e.TRAINING, 2, 5, ("{year}年{line}业务培训班", "{line}规范培训")),
    _Habit(e.SUPERVISION, 2, 4, ("{line}工作督导", "{year}年{line}专项督导")),
    _Habit(e.SURVEY, 0, 2, ("{line}工作调研",)),
    _Habit(e.PUBLICITY, 1, 5, ("{line}主题宣传活动", "{line}知识进乡村活动")),
)
_ONLY = {
    3: (_Habit(e.DRILL, 1, 3, ("突发公共卫生事件应急演练", "重点传染病疫情处置演练")),),
    7: (_Habit(e.AWARD, 1, 1, ("{year}年卫生健康先进集体和先进个人表彰",)), _Habit(e.COOPERATION, 0, 2, ("对口帮扶合作协议签订",))),
    8: (_Habit(e.PUBLICITY, 4, 8, ("爱国卫生月活动", "村庄清洁行动", "无烟日宣传活动")),),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """The deeds of every year since the January of the first, in the order of their days."""
    found = [
        deed
        for year in range(start.year, end.year + 1)
        for chapter in CHAPTERS
        for habit in (*_HABITS, *_ONLY.get(chapter, ()))
        for deed in _year(places, year, chapter, habit, random)
    ]
    numbers: dict[int, int] = {}
    key = 0
    for deed in sorted(found, key=lambda d: (d["held_on"], d["title"])):
        if deed["held_on"] > end:
            continue
        key += 1
        year = deed["held_on"].year
        if deed["kind"] == e.DOCUMENT:
            numbers[year] = numbers.get(year, 0) + 1
            deed["document_number"] = f"安卫发〔{year}〕{numbers[year]}号"
        yield "deeds.Deed", {"id": key, **deed, **_handled(deed, end, random)}


def _year(places: Places, year: int, chapter: int, habit: _Habit, random: Random) -> Iterator[dict[str, object]]:
    lines = [code for code in LINES if chapter_of_line(code) == chapter and code not in _OWN]
    general = chapter_code(chapter)
    seen: set[tuple[date, str]] = set()
    for number in range(random.randint(habit.least, habit.most) if chapter < 10 else min(2, habit.most)):
        # A year begins with the plan for the whole chapter; later deeds are for one line or another.
        line = general if number == 0 else random.choice(lines)
        name = CHAPTERS[chapter].zh if line == general else LINES[line].zh
        template = habit.titles[min(number, len(habit.titles) - 1)]
        title = template.format(line=name, year=year, county=COUNTY_NAME.zh).replace("工作工作", "工作")
        # The year's plan comes first of its documents.
        months = range(1, 13) if habit.kind != e.DOCUMENT else range(1, 2) if number == 0 else range(2, 13)
        day = _working_day(year, random.choice(months), random)
        if (day, title) in seen:
            continue
        seen.add((day, title))
        deed: dict[str, object] = {
            "line": line, "kind": habit.kind, "title": title, "held_on": day, "organisation_id": _host(chapter, habit.kind, random),
            "department": _DEPARTMENT[chapter], "recorded_by": "bureau",
        }  # fmt: skip
        yield deed | _size(places, habit.kind, random)


def _host(chapter: int, kind: str, random: Random) -> str:
    """Documents and rounds are the bureau's; the rest is often held by the institution in charge."""
    institution = _INSTITUTION.get(chapter)
    if institution is None or kind in (e.DOCUMENT, e.SUPERVISION, e.AWARD) or random.random() < 0.4:
        return COUNTY_CODE
    return f"{COUNTY_CODE}-{institution}"


def _size(places: Places, kind: str, random: Random) -> dict[str, object]:
    towns = len(places.townships)
    if kind == e.SUPERVISION:
        covered = towns if random.random() < 0.6 else max(1, round(towns * random.uniform(0.5, 0.95)))
        return {"units": covered, "units_of": towns, "result": "现场反馈问题并限期整改"}
    if kind == e.TRAINING:
        return {"persons": random.randint(30, 60 + 12 * towns), "result": "参训人员考核合格"}
    if kind in (e.MEETING, e.DRILL):
        return {"persons": random.randint(15, 40 + 4 * towns)}
    return {"persons": random.randint(100, 900)} if kind == e.PUBLICITY else {}


def _handled(deed: dict[str, object], end: date, random: Random) -> dict[str, object]:
    """Registered within days, mostly; checked within days; taken into the quarter's summary after the quarter."""
    held = deed["held_on"]
    assert isinstance(held, date)
    registered = held + timedelta(days=random.randint(0, 4) if random.random() < ON_TIME else random.randint(9, 25))
    late = registered > end
    registered = min(registered, end)
    checked = registered + timedelta(days=random.randint(1, CHECKING_DAYS))
    row: dict[str, object] = {
        "registered_on": registered,
        "registered_in": rules.working_days_between(held, registered),
        "late": (registered - held).days > 7,
        "state": rules.REGISTERED,
    }
    if checked <= end and not late:
        row |= {"checked_on": checked, "checked_by": "leader", "state": rules.CHECKED}
        quarter_end = month_end(held.year, (held.month + 2) // 3 * 3)
        used = max(quarter_end, checked) + timedelta(days=5)
        if used <= end:
            row |= {"used_on": used, "used_by": "bureau", "state": rules.USED}
    return row


def _working_day(year: int, month: int, random: Random) -> date:
    day = date(year, month, random.randrange(1, 27))
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)
