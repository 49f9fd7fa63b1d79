"""Words for days, periods, places and titles, as a bureau writes them."""

import re
from calendar import month_name
from datetime import date

from taizhang.kernel.periods import Period, add_months, month_end
from taizhang.kernel.text import Text

FOUR_WEEKS = 28
_QUARTERS = ("first", "second", "third", "fourth")


def due_day(period: Period) -> date:
    """When the next steps fall due: a month's or week's at the end of the next month; longer periods' at the end of the quarter, the next
    one where fewer than four weeks are left of this."""
    last = period.cutoff
    if period.kind in ("month", "week"):
        following = add_months(date(last.year, last.month, 1), 1)
        return month_end(following.year, following.month)
    quarter = add_months(date(last.year, (last.month - 1) // 3 * 3 + 1, 1), 2)
    due = month_end(quarter.year, quarter.month)
    if (due - last).days < FOUR_WEEKS:
        quarter = add_months(quarter, 3)
        due = month_end(quarter.year, quarter.month)
    return due


def day_words(day: date, year: int) -> Text:
    """6月底, 6月20日; with its year where that is another than the document's."""
    zh, en = (f"{day.year}年", f" {day.year}") if day.year != year else ("", "")
    if day == month_end(day.year, day.month):
        return Text(f"{zh}{day.month}月底", f"the end of {month_name[day.month]}{en}")
    return Text(f"{zh}{day.month}月{day.day}日", f"{day.day} {month_name[day.month]}{en}")


def period_words(period: Period) -> Text:
    """What a sentence calls the period within its year: 上半年, 1—10月, 6月; 今年以来 while it is still running."""
    if period.cutoff != period.end:
        if period.start == period.year_start:
            return Text("今年以来", "the year so far")
        return span_of_days(period)
    kind, first_month, last_month = period.kind, period.start.month, period.end.month
    if kind == "year":
        return Text("全年", "the year")
    if kind == "half":
        return Text("上半年", "the first half of the year") if first_month == 1 else Text("下半年", "the second half of the year")
    if kind == "quarter":
        index = (first_month - 1) // 3
        return Text(f"{'一二三四'[index]}季度", f"the {_QUARTERS[index]} quarter")
    if kind == "month":
        return Text(f"{first_month}月", month_name[first_month])
    if kind == "months":
        return Text(f"{first_month}—{last_month}月", f"{month_name[first_month]} to {month_name[last_month]}")
    return period.name


def span_of_days(period: Period) -> Text:
    """1月1日至9月20日: what was done from a period's first day to its cut-off."""
    first, last = day_words(period.start, period.year), day_words(period.cutoff, period.year)
    return Text(f"{first.zh}至{last.zh}", f"the days from {first.en} to {last.en}")


def full_period(period: Period) -> Text:
    """2026年上半年, 2013年1—10月."""
    name = period.name
    return Text(name.zh.replace("–", "—"), name.en if name.en[0].isdigit() or name.en[:1].isupper() else f"the {name.en}")


def lowered(english: str) -> str:
    """A name within a sentence: small first letter, unless the word is an abbreviation (HIV)."""
    return english if english[:2].isupper() else english[:1].lower() + english[1:]


_AREAS = (
    (r"自治县|县", Text("全县", "the county")),
    (r"市", Text("全市", "the city")),
    (r"区", Text("全区", "the district")),
    (r"旗", Text("全旗", "the banner")),
    (r"镇", Text("全镇", "the township")),
    (r"乡", Text("全乡", "the township")),
    (r"街道", Text("全街道", "the subdistrict")),
    (r"村", Text("全村", "the village")),
)


def area_words(name: str) -> Text:
    """全县 for 甲县卫生健康局, 全市 for 样例市卫生局, 全镇 for 丙镇卫生院: by the last division word before the institution's own."""
    place = re.sub(r"(?<=.)(社区)?(卫生|疾病|妇幼|中心|人民|中医|医院).*$", "", name)
    found = [(match.end(), area) for pattern, area in _AREAS for match in re.finditer(pattern, place) if match.start() > 0]
    return max(found, key=lambda f: f[0])[1] if found else Text("全辖区", "the area")


def title(organisation: Text, period: Period) -> Text:
    """XX县卫生健康局2026年上半年工作总结和下半年工作打算: the kind of document follows from the kind of period."""
    when, english = full_period(period), period.name.en
    year, kind, first = period.start.year, period.kind, period.start.month
    if kind == "half" and first == 1:
        ending = Text("工作总结和下半年工作打算", f"Work summary for the {english} and plan for the second half")
    elif kind in ("year", "half"):
        ending = Text(
            f"工作总结和{year + 1}年工作打算", f"Work summary for {'the ' if kind == 'half' else ''}{english} and plan for {year + 1}"
        )
    elif kind == "month":
        ending = Text(f"工作小结和{first % 12 + 1}月工作计划", f"Work brief for {english} and plan for {month_name[first % 12 + 1]}")
    elif kind == "quarter":
        ending = Text("工作小结", f"Work brief for {english}")
    else:
        ending = Text("工作总结", f"Work summary for {english}")
    return Text(f"{organisation.zh}{when.zh}{ending.zh}", f"{organisation.en}: {ending.en}")


def plan_heading(period: Period) -> Text:
    if period.kind == "month":
        return Text("下月工作计划", "Plan for the next month")
    if period.kind == "half" and period.start.month == 1:
        return Text("下半年工作打算", "Plan for the second half")
    if period.kind in ("year", "half"):
        return Text(f"{period.year + 1}年工作打算", f"Plan for {period.year + 1}")
    return Text("下一步工作打算", "Next steps")
