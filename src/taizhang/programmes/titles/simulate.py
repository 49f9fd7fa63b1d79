"""The titles that the synthetic county's units work for, win and renew."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from taizhang.kernel.periods import add_months
from taizhang.programmes.lines import chapter_code
from taizhang.programmes.titles import elements as e
from taizhang.simulation.places import COUNTY_CODE, Places
from taizhang.simulation.run import Row

PASSES = 0.82


@dataclass(frozen=True, slots=True)
class _Campaign:
    """A title, who works for it (the bureau, an institution, every other township), and for how many years it holds. Stages: those of its
    level, with the months each takes."""

    title: str
    chapter: int
    level: str
    unit: str
    years: int


_CAMPAIGNS = (
    _Campaign("国家卫生乡镇", 8, "1", "townships", 3),
    _Campaign("省级卫生先进单位", 8, "2", "townships", 3),
    _Campaign("优质服务基层行推荐标准机构", 7, "2", "townships", 3),
    _Campaign("省级慢性病综合防控示范区", 2, "2", COUNTY_CODE, 5),
    _Campaign("省级健康县", 8, "2", COUNTY_CODE, 3),
    _Campaign("市级妇幼健康优质服务单位", 4, "3", f"{COUNTY_CODE}-MCH", 3),
    _Campaign("市级平安医院", 7, "3", f"{COUNTY_CODE}-H01", 2),
)
_STAGES = {
    "1": (e.APPLIED, e.SELF_ASSESSED, e.COUNTY, e.CITY, e.PROVINCE, e.NAMED),
    "2": (e.APPLIED, e.SELF_ASSESSED, e.COUNTY, e.CITY, e.PROVINCE, e.NAMED),
    "3": (e.APPLIED, e.SELF_ASSESSED, e.COUNTY, e.CITY, e.NAMED),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """One application a unit and title, begun on some day of the history."""
    key = 0
    for campaign in _CAMPAIGNS:
        units = [t.code for t in places.townships if random.random() < 0.5] if campaign.unit == "townships" else [campaign.unit]
        for unit in units:
            applied = start + timedelta(days=random.randrange(max(1, (end - start).days - 30)))
            key += 1
            yield "titles.Application", {"id": key, **_application(campaign, unit, applied, end, random)}


def _application(campaign: _Campaign, unit: str, applied: date, end: date, random: Random) -> dict[str, object]:
    row: dict[str, object] = {
        "organisation_id": unit, "line": chapter_code(campaign.chapter), "title": campaign.title, "level": campaign.level,
        "applied_on": applied, "stage": e.APPLIED, "stage_on": applied, "recorded_by": "bureau",
    }  # fmt: skip
    passes, day = random.random() < PASSES, applied
    for stage in _STAGES[campaign.level][1:]:
        day += timedelta(days=random.randint(25, 100))
        if day > end:
            break
        if stage == e.NAMED and not passes:
            return row | {"ended_on": day, "ended_why": "1"}
        row |= {"stage": stage, "stage_on": day}
        if stage >= e.COUNTY:
            row["score"] = random.randint(820, 985)
        if stage == e.NAMED:
            row |= {"named_on": day, "expires_on": add_months(day, 12 * campaign.years)}
            row["certificate"] = f"命名文件〔{day.year}〕{random.randint(3, 60)}号"
    return row
