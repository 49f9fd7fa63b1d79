"""The phrase kit 句式: one declaration for each kind of phrase, with the condition under which it is said and its wording in Chinese and
English. No figure is worded anywhere else.

Pencil rule: what is printed follows from what is printed. Percentage points are the difference of the two printed rates; relative
growth comes from exact counts; relative growth of a rate is not printed.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from taizhang.figures.model import Figure, Reading
from taizhang.kernel import arithmetic
from taizhang.kernel.indicators import Better, Status
from taizhang.kernel.parameters import Parameter, as_decimal
from taizhang.kernel.text import Text
from taizhang.summaries.document import FigureSpan, Run, Words

SMALL_BASE = 1000  # a base below this stands in brackets beside the growth, so that nobody reads 50 % where two became three
NO_PERCENT_BELOW = 5  # over a base this small no percent is printed, only the two counts
PACE_WORTH_SAYING = 2  # percentage points ahead of or behind the time gone
TEN_THOUSAND = 10_000

# A slot: the same words in both languages, a text with its twin, or a number as it prints in each.
Slot = str | Text | tuple[Run, Run]
Bilingual = tuple[tuple[Run, ...], tuple[Run, ...]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """kind: the row of the phrase kit. condition: when it may be said, in words. wording: with {slots}."""

    kind: str
    condition: Text
    wording: Text

    def say(self, **slots: Slot) -> Bilingual:
        """The wording with its slots filled: Chinese runs, English runs."""
        return _fill(self.wording.zh, 0, slots), _fill(self.wording.en, 1, slots)


def _fill(wording: str, language: int, slots: dict[str, Slot]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for piece in re.split(r"(\{\w+\})", wording):
        if not piece:
            continue
        if not piece.startswith("{"):
            runs.append(Words(piece))
            continue
        slot = slots[piece[1:-1]]
        if isinstance(slot, tuple):
            runs.append(slot[language])
        else:
            text = slot if isinstance(slot, str) else (slot.zh, slot.en)[language]
            if text:
                runs.append(Words(text))
    return tuple(runs)


# -- numbers as they print ------------------------------------------------------------------------------------------------------


def span(figures: Figure | Sequence[Figure], part: str, zh: str, en: str | None = None, how: Text | None = None) -> tuple[Run, Run]:
    """A number in both languages, carrying its figures."""
    behind = (figures,) if isinstance(figures, Figure) else tuple(figures)
    return FigureSpan(zh, part, behind, how), FigureSpan(zh if en is None else en, part, behind, how)


_RATES = ("%", "‰", "1/10万")


def rate_text(value: Decimal, unit: str, language: str = "zh") -> str:
    if unit in ("%", "‰"):
        return f"{value}{unit}"
    if unit == "1/10万":
        return f"{value}/10万" if language == "zh" else f"{value} per 100,000"
    return str(value)


def count_text(scaled: int, places: int) -> tuple[str, str]:
    """A count in full digits: Chinese without separators, English with."""
    number = Decimal(scaled).scaleb(-places)
    return str(number), f"{number:,}"


def value(figure: Figure) -> tuple[Run, Run]:
    """The printed value: a rate with its sign, a count bare. All of it is 100%, not 100.00%; a rate that was reported as 75%, and a
    mean (平均每次73人次), have no noughts behind the point."""
    assert figure.value is not None
    if figure.indicator.is_rate:
        whole = figure.status is Status.RATE_ONLY and figure.value == figure.value.to_integral_value()
        mean = figure.indicator.unit not in _RATES
        printed = Decimal(100) if figure.indicator.unit == "%" and is_full(figure) else figure.value
        if whole or mean:
            printed = Decimal(plain(figure.value))
        return span(figure, "value", rate_text(printed, figure.indicator.unit), rate_text(printed, figure.indicator.unit, "en"))
    if figure.numerator is None:
        return span(figure, "value", str(figure.value), f"{figure.value:,}")
    zh, en = count_text(figure.numerator, figure.places)
    # 约 stands before its number, 余 and 多 after it: 约1000人次, 800余人.
    about = f"{figure.qualifier}{zh}" if figure.qualifier == "约" else f"{zh}{figure.qualifier}"
    return span(figure, "value", about, f"about {en}" if figure.qualifier else en)


def none_of(figure: Figure) -> tuple[Run, Run]:
    """无: the word for a zero that every unit has reported."""
    return span(figure, "value", "无", "no", Text("各单位均报告为零", "every unit has reported zero"))


def in_wan(figure: Figure) -> tuple[Run, Run]:
    """A count in 万 with two decimals; below 10,000 in full digits. English keeps full digits."""
    assert figure.numerator is not None
    count = Fraction(figure.numerator, 10**figure.places)
    if count < TEN_THOUSAND:
        return value(figure)
    printed = arithmetic.round_half_away(count / TEN_THOUSAND, 2)
    return span(figure, "value", f"{plain(printed)}万", count_text(figure.numerator, figure.places)[1])


TITLES = 2  # documents that a sentence names
NAMES = 5  # of anything else


def titles(figure: Figure) -> Bilingual:
    """《甲》《乙》等文件: the first documents counted; one alone is 《甲》. A title has no English twin and stays unsaid there."""
    named = figure.names[:TITLES]
    more = "" if named and figure.numerator == 1 else "等文件" if named else "文件"
    return ((Words("".join(f"《{name}》" for name in named) + more),), ())


def names(figure: Figure) -> Bilingual:
    """甲、乙、丙等: what is counted, by name; 等 where there is more than one."""
    named = figure.names[:NAMES]
    more = "等" if named and (figure.numerator or 0) > 1 else ""
    return ((Words("、".join(named) + more),), ())


_YUAN = {"万元": TEN_THOUSAND, "元": 1, "分": Fraction(1, 100), "亿元": TEN_THOUSAND * TEN_THOUSAND}


def in_wanyuan(figure: Figure, scaled: int | None = None) -> tuple[Run, Run]:
    """Money in 万元 with two decimals, from 1 亿元 on in 亿元, with its unit."""
    amount = figure.numerator if scaled is None else scaled
    assert amount is not None
    yuan = Fraction(amount, 10**figure.places) * _YUAN.get(figure.indicator.unit, 1)
    if yuan >= _YUAN["亿元"]:
        zh = f"{plain(arithmetic.round_half_away(yuan / _YUAN['亿元'], 2))}亿元"
    else:
        zh = f"{plain(arithmetic.round_half_away(yuan / TEN_THOUSAND, 2))}万元"
    return span(figure, "value", zh, f"{arithmetic.round_half_away(yuan, 0):,} yuan")


def plain(number: Decimal) -> str:
    """A number without needless decimals: 80.00 is 80, 77.50 is 77.5."""
    return f"{number.normalize():f}"


# -- conditions of a whole sentence ------------------------------------------------------------------------------------------------


class Verdict(StrEnum):
    SAY = "say"
    SKIP = "skip"  # the condition is not met; another sentence says it, or nobody
    MISSING = "missing"  # it cannot be told whether the condition is met


def is_zero(figure: Figure) -> bool:
    return figure.numerator == 0 if figure.numerator is not None else figure.value == 0


def is_full(figure: Figure) -> bool:
    return figure.numerator is not None and figure.numerator == figure.denominator and figure.numerator > 0


def has_all_reports(figure: Figure) -> bool:
    return figure.status in (Status.OK, Status.RATE_ONLY) and not figure.missing


def _zero(figures: Sequence[Figure]) -> Verdict:
    if not all(is_zero(f) for f in figures):
        return Verdict.SKIP
    return Verdict.SAY if all(has_all_reports(f) for f in figures) else Verdict.MISSING


def _nonzero(figures: Sequence[Figure]) -> Verdict:
    return Verdict.SKIP if all(is_zero(f) for f in figures) else Verdict.SAY


def _full(figures: Sequence[Figure]) -> Verdict:
    rates = [f for f in figures if f.denominator is not None]
    return Verdict.SAY if rates and all(is_full(f) and has_all_reports(f) for f in rates) else Verdict.SKIP


def _notfull(figures: Sequence[Figure]) -> Verdict:
    return Verdict.SKIP if _full(figures) is Verdict.SAY else Verdict.SAY


def _parts(figures: Sequence[Figure]) -> Verdict:
    whole, *parts = (f.numerator for f in figures)
    if whole is None or any(p is None for p in parts) or sum(p for p in parts if p is not None) > whole:
        return Verdict.MISSING
    return Verdict.SAY


def _annual(figures: Sequence[Figure]) -> Verdict:
    return Verdict.SAY if figures and all(f.period.cutoff == f.period.year_end for f in figures) else Verdict.SKIP


def _pace(figures: Sequence[Figure]) -> Verdict:
    return Verdict.SKIP if _annual(figures) is Verdict.SAY else Verdict.SAY


CONDITIONS: dict[str, tuple[Text, Callable[[Sequence[Figure]], Verdict]]] = {
    "zero": (Text("各单位均已报告为零", "every unit has reported zero"), _zero),
    "nonzero": (Text("合计不为零", "the sum is not zero"), _nonzero),
    "full": (Text("分子等于分母，且各单位均已报告", "numerator equals denominator, and every unit has reported"), _full),
    "notfull": (Text("分子小于分母，或有单位未报", "numerator below denominator, or a unit has not reported"), _notfull),
    "pace": (Text("年度未结束", "the year is not over"), _pace),
    "annual": (Text("年度已结束", "the year is over"), _annual),
    "parts": (Text("各部分之和不大于合计", "the parts are not more than the whole"), _parts),
}


# -- comparisons -----------------------------------------------------------------------------------------------------------------

_KNOWN_LAST_YEAR = Text("本期和去年同期均有值且已报全", "both periods are known and complete")
POINTS = Phrase("year-on-year", _KNOWN_LAST_YEAR, Text("，比去年同期{verb}{points}", ", {points} {verb} the same period last year"))
LEVEL = Phrase("year-on-year", _KNOWN_LAST_YEAR, Text("，与去年同期持平", ", the same as a year before"))
GROWTH = Phrase("year-on-year", _KNOWN_LAST_YEAR, Text("，比去年同期{verb}{growth}", ", {verb} {growth} on the same period last year"))
GROWTH_SMALL = Phrase(
    "year-on-year",
    Text("基数小于一千", "base below a thousand"),
    Text("，比去年同期（{base}{unit}）{verb}{growth}", ", {verb} {growth} on the same period last year ({base})"),
)
TWO_COUNTS = Phrase(
    "year-on-year", Text("基数为零或极小", "base of nought or nearly"), Text("，去年同期为{base}{unit}", ", against {base} a year before")
)
MORE = Phrase(
    "month",
    Text("上一时段已报全", "the period before is complete"),
    Text("，比{before}{verb}{n}{unit}", ", {n} {verb} than in the {before}"),
)
LEVEL_BEFORE = Phrase(
    "month", Text("上一时段已报全", "the period before is complete"), Text("，与{before}持平", ", the same as in the {before}")
)


def _comparable(figure: Figure, reading: Reading | None) -> Reading | None:
    known = (Status.OK, Status.RATE_ONLY)
    return reading if reading is not None and figure.status in known and reading.status in known and reading.value is not None else None


def points(figure: Figure) -> Bilingual | None:
    """，比去年同期提高1.15个百分点: the difference of the two printed rates. None where either is unknown."""
    last = _comparable(figure, figure.last_year)
    word = {"%": Text("个百分点", "percentage points"), "‰": Text("个千分点", "per-mille points")}.get(figure.indicator.unit)
    if last is None or word is None or figure.value is None or last.value is None:
        return None
    difference = arithmetic.points(figure.value, last.value)
    if difference == 0:
        return LEVEL.say()
    rise = Text("上升" if figure.indicator.better == Better.LOWER else "提高", "above")
    verb = rise if difference > 0 else Text("下降", "below")
    how = Text(f"{figure.printed}减去年同期{last.printed}", f"{figure.printed} less {last.printed} a year before")
    return POINTS.say(verb=verb, points=span(figure, "points", f"{abs(difference)}{word.zh}", f"{abs(difference)} {word.en}", how))


def growth(figure: Figure) -> Bilingual | None:
    """，比去年同期（512人）增长12.50%: from exact counts. None where either is unknown, and for rates."""
    last = _comparable(figure, figure.last_year)
    if last is None or figure.indicator.is_rate or figure.numerator is None or last.numerator is None:
        return None
    base = Decimal(last.numerator).scaleb(-last.places)
    now = Decimal(figure.numerator).scaleb(-figure.places)
    unit = figure.indicator.unit
    base_span = span(figure, "last_year", *count_text(last.numerator, last.places))
    if now == base:
        return LEVEL.say()
    if base < NO_PERCENT_BELOW:
        return TWO_COUNTS.say(base=base_span, unit=unit)
    change = arithmetic.growth(Fraction(now), Fraction(base))
    assert change is not None
    rise = Text("上升" if figure.indicator.better == Better.LOWER else "增长", "up")
    verb = rise if change > 0 else Text("下降", "down")
    how = Text(f"（{now}－{base}）÷{base}", f"({now} - {base}) / {base}")
    printed = span(figure, "growth", f"{abs(change)}%", how=how)
    return (
        GROWTH_SMALL.say(base=base_span, unit=unit, verb=verb, growth=printed)
        if base < SMALL_BASE
        else GROWTH.say(verb=verb, growth=printed)
    )


_BEFORE = {"month": Text("上月", "month before"), "quarter": Text("上季度", "quarter before"), "week": Text("上周", "week before")}


def month(figure: Figure) -> Bilingual | None:
    """，比上月多3例: the difference of two counts, for diseases. Said of a month, quarter or week."""
    last = _comparable(figure, figure.previous)
    before = _BEFORE.get(figure.period.kind)
    if last is None or before is None or figure.numerator is None or last.numerator is None or figure.indicator.is_rate:
        return None
    difference = figure.numerator - last.numerator
    if difference == 0:
        return LEVEL_BEFORE.say(before=before)
    zh, en = count_text(abs(difference), figure.places)
    how = Text(f"{figure.printed}减{before.zh}{last.printed}", f"{figure.printed} less {last.printed} in the {before.en}")
    verb = Text("多", "more") if difference > 0 else Text("少", "fewer")
    return MORE.say(before=before, verb=verb, n=span(figure, "growth", zh, en, how), unit=figure.indicator.unit)


# -- parameters --------------------------------------------------------------------------------------------------------------------

_CHANGED = Text("参数在本年内有变动", "the parameter has changed within the year")
FROM_TO = Phrase("from–to", _CHANGED, Text("由{before}{verb}到{now}", "{verb} from {before} to {now}"))
_ENGLISH_UNITS = {"元": " yuan", "万元": "0,000 yuan", "%": "%", "‰": "‰"}


def from_to(parameter: Parameter, day: date) -> Bilingual | None:
    """由85%提高到90%: a parameter's value at the end of last year and now. None unless both were in force and they differ."""
    before, now = parameter.at(date(day.year - 1, 12, 31)), parameter.at(day)
    if before is None or now is None or before == now:
        return None
    unit, english = parameter.read_unit, _ENGLISH_UNITS.get(parameter.read_unit, "")
    was, becomes = as_decimal(before, parameter.places), as_decimal(now, parameter.places)
    return FROM_TO.say(
        before=Text(f"{was}{unit}", f"{was}{english}"),
        verb=Text("提高", "raised") if now > before else Text("调整", "lowered"),
        now=Text(f"{becomes}{unit}", f"{becomes}{english}"),
    )


# -- completion ------------------------------------------------------------------------------------------------------------------

_HAS_TARGET = Text("有年度任务", "there is a yearly target")
COMPLETION = Phrase("completion", _HAS_TARGET, Text("，完成全年任务的{completion}", ", {completion} of the year's task"))
COMPLETION_PACE = Phrase(
    "completion",
    Text("与时间进度相差两个百分点以上", "two points or more from the time gone"),
    Text("，完成全年任务的{completion}（{verb}于时间进度{pace}）", ", {completion} of the year's task ({pace} {verb} the time gone)"),
)
REACHED = Phrase("completion", _HAS_TARGET, Text("，达到年度目标（{target}）", ", reaching the year's target ({target})"))
SHORT = Phrase("completion", _HAS_TARGET, Text("，距{target}的年度目标差{gap}", ", {gap} short of the year's target of {target}"))
WITHIN = Phrase("limit", _HAS_TARGET, Text("，控制在{target}以内", ", within the limit of {target}"))
ABOVE = Phrase("limit", _HAS_TARGET, Text("，高于{target}的控制目标{gap}", ", {gap} above the limit of {target}"))


def target_span(figure: Figure) -> tuple[Run, Run]:
    """The yearly target as printed: a rate with its sign, a count bare."""
    assert figure.target is not None
    how = Text(f"{figure.target.year}年任务，依据：{figure.target.source}", f"target of {figure.target.year}: {figure.target.source}")
    text = plain(figure.target.value)
    if figure.indicator.is_rate:
        return span(
            figure, "target", rate_text(Decimal(text), figure.indicator.unit), rate_text(Decimal(text), figure.indicator.unit, "en"), how
        )
    return span(figure, "target", text, f"{Decimal(text):,}", how)


def gap_span(figure: Figure) -> tuple[Run, Run]:
    """The distance of a printed rate from its target, in points."""
    assert figure.target is not None
    assert figure.value is not None
    gap = arithmetic.round_half_away(abs(figure.target.value - figure.value), figure.indicator.places)
    word = ("个千分点", "per-mille points") if figure.indicator.unit == "‰" else ("个百分点", "percentage points")
    how = Text(
        f"年度目标{plain(figure.target.value)}与{figure.printed}之差", f"target {plain(figure.target.value)} against {figure.printed}"
    )
    return span(figure, "gap", f"{gap}{word[0]}", f"{gap} {word[1]}", how)


def pace_span(figure: Figure) -> tuple[Run, Run]:
    assert figure.pace is not None
    progress = arithmetic.round_half_away(figure.period.time_progress * 100, 2)
    how = Text(f"完成{figure.completion}%，时间进度{progress}%", f"{figure.completion}% done, {progress}% of the year gone")
    return span(figure, "pace", f"{abs(figure.pace)}个百分点", f"{abs(figure.pace)} percentage points", how)


def completion_span(figure: Figure) -> tuple[Run, Run]:
    assert figure.completion is not None
    assert figure.target is not None
    goal = plain(figure.target.value)
    how = Text(f"全年任务{goal}{figure.target.unit}，依据：{figure.target.source}", f"the year's task is {goal}: {figure.target.source}")
    return span(figure, "completion", f"{figure.completion}%", how=how)


def completion(figure: Figure) -> Bilingual | None:
    """，完成全年任务的54.86%（快于时间进度4.86个百分点）; a rate against its target; None without a target."""
    if figure.target is None or figure.value is None or figure.status not in (Status.OK, Status.RATE_ONLY):
        return None
    if figure.indicator.is_rate:
        return _against_target(figure)
    if figure.completion is None:
        return None
    if figure.pace is None or abs(figure.pace) < PACE_WORTH_SAYING or figure.period.cutoff == figure.period.year_end:
        return COMPLETION.say(completion=completion_span(figure))
    verb = Text("快", "ahead of") if figure.pace > 0 else Text("慢", "behind")
    return COMPLETION_PACE.say(completion=completion_span(figure), verb=verb, pace=pace_span(figure))


def _against_target(figure: Figure) -> Bilingual:
    lower = figure.indicator.better == Better.LOWER
    if figure.on_pace:
        return (WITHIN if lower else REACHED).say(target=target_span(figure))
    return (ABOVE if lower else SHORT).say(target=target_span(figure), gap=gap_span(figure))


# -- incomplete reports ------------------------------------------------------------------------------------------------------------

PARTIAL = Phrase(
    "partial",
    Text("部分单位未报", "some units have not reported"),
    Text("（应报{expected}个单位，按已报的{reported}个统计）", " (from the {reported} of {expected} units that have reported)"),
)


def partial(figure: Figure) -> Bilingual:
    """A figure that lacks some units says so."""
    missing, reported = len({m.organisation for m in figure.missing}), len(set(figure.reported_by))
    how = Text(f"未报：{'、'.join(m.name.zh for m in figure.missing)}", f"not reported: {', '.join(m.name.en for m in figure.missing)}")
    return PARTIAL.say(
        expected=span(figure, "reported", str(reported + missing), how=how), reported=span(figure, "reported", str(reported), how=how)
    )
