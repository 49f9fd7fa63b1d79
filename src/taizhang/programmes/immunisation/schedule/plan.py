"""A child's plan: which dose each record counts as, what is owed from when to when, and why a record does not count.

Pure functions; no clock. Rules of 国家免疫规划疫苗儿童免疫程序及说明 一般原则: a dose falls due on the first day on which the edition
then in force asks for it (that is the whole transition between editions); given before its minimum age or interval it does not
count and is given again; a series is never restarted; two injected live vaccines are given on one day or at least 28 days apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from taizhang.kernel.periods import add_months
from taizhang.programmes.immunisation import vaccines as v
from taizhang.programmes.immunisation.schedule.tables import DoseRule, Edition, edition_on, editions

LIVE_GAP = timedelta(days=28)
_DAY = timedelta(days=1)
# Within so many months of the due age where the schedule names no limit.
IN_TIME_MONTHS = 1
SEVEN_YEARS, TWO_YEARS = 84, 24
_FIRST_THREE_OF_DTAP = 3
_DOSES_OF_A = 2

COUNTS, TOO_YOUNG, TOO_SOON, TOO_NEAR_LIVE, SURPLUS, NOT_SCHEDULED = "1", "2", "3", "4", "5", "9"
VERDICTS = {  # how a record counts towards the schedule
    COUNTS: ("有效", "Counts"),
    TOO_YOUNG: ("未满最小月龄，无效", "Below the minimum age: does not count"),
    TOO_SOON: ("距上一剂间隔不足，无效", "Too soon after the dose before: does not count"),
    TOO_NEAR_LIVE: ("与其他注射减毒活疫苗间隔不足28天", "Within 28 days of another injected live vaccine"),
    SURPLUS: ("程序外加强", "Beyond the series"),
    NOT_SCHEDULED: ("非免疫规划程序", "Outside the schedule"),
}


@dataclass(frozen=True, slots=True)
class Given:
    """A vaccine given on a day. key: the record's, to tell two of a day apart."""

    vaccine: str
    on: date
    key: int = 0


@dataclass(frozen=True, slots=True)
class Restriction:
    """From `start` to `until` (None: for good) these vaccines are prohibited, deferred or to be judged by a doctor (kind: rules.py)."""

    vaccines: frozenset[str]
    kind: str
    start: date
    until: date | None


PROHIBITED, DEFERRED, TO_BE_JUDGED = "1", "2", "3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One dose of the schedule for one child.

    due_on: 应种日期, by age and the dose before. in_time_until: the last day in time. can_on: the first day on which it may be given as
    things stand; None while the dose before has not been given, while it is given, or never again. given_on: the dose that counts.
    lapses_on: the day from which it is given no more. exempt_from, exempt_until: prohibited or deferred between these days.
    """

    series: str
    number: int
    vaccine: str
    due_on: date
    in_time_until: date
    lapses_on: date
    can_on: date | None = None
    given_on: date | None = None
    exempt: str = ""
    exempt_from: date | None = None
    exempt_until: date | None = None

    @property
    def code(self) -> str:
        return f"{self.series}_{self.number}"

    @property
    def in_time(self) -> bool:
        return self.given_on is not None and self.given_on <= self.in_time_until


@dataclass(frozen=True, slots=True)
class Plan:
    """Every dose of the schedule for a child, and how each record counts: (number in its series, verdict) by the record's place."""

    slots: tuple[Slot, ...]
    judged: tuple[tuple[int | None, str], ...]


def plan_of(birth: date, sex: str, given: Sequence[Given], restrictions: Iterable[Restriction] = ()) -> Plan:
    """The plan of a child born on `birth`. given: what was given, in time order."""
    judged: list[tuple[int | None, str]] = [(None, NOT_SCHEDULED)] * len(given)
    slots: list[Slot] = []
    limits = tuple(restrictions)
    counted: dict[str, list[date]] = {}
    for series in v.SERIES:
        own = [(place, g) for place, g in enumerate(given) if series in v.VACCINES[g.vaccine].series]
        first = own[0][1].vaccine if own else None
        dates: list[date] = []
        for place, dose in own:
            number, verdict = _judge(series, first, birth, sex, dose, dates, counted, given)
            if verdict == COUNTS:
                dates.append(dose.on)
            # A combined vaccine is told by the first of its series that it counts in.
            if judged[place][1] != COUNTS:
                judged[place] = (number, verdict)
        counted[series] = dates
        slots += _slots(series, first, birth, sex, dates, counted, given, limits)
    return Plan(tuple(slots), tuple(judged))


def owed(plan: Plan, day: date) -> list[Slot]:
    """What may be given on a day."""
    return [slot for slot in plan.slots if slot.can_on is not None and slot.can_on <= day < slot.lapses_on]


def missing_at_entry(plan: Plan, day: date) -> list[Slot]:
    """入托入学查验: what the child's age asks for by the day, and has not been given."""
    return [s for s in plan.slots if s.given_on is None and s.due_on <= day < s.lapses_on and not _exempt_on(s, day)]


def _exempt_on(slot: Slot, day: date) -> bool:
    return slot.exempt_from is not None and slot.exempt_from <= day and (slot.exempt_until is None or day <= slot.exempt_until)


# -- how a record counts -----------------------------------------------------------------------------------------------


def _judge(
    series: str,
    first: str | None,
    birth: date,
    sex: str,
    dose: Given,
    before: list[date],
    counted: dict[str, list[date]],
    given: Sequence[Given],
) -> tuple[int | None, str]:
    number = len(before) + 1
    rule = _asked(edition_on(dose.on), series, first, birth, sex).get(number)
    if rule is None:
        return None, SURPLUS
    if dose.on < add_months(birth, _minimum_months(series, number, rule, counted)):
        return number, TOO_YOUNG
    if before and dose.on < _after_gap(series, number, rule, birth, before, dose.on):
        return number, TOO_SOON
    if series == "menac" and number == 1 and (a := counted.get("mena")) and dose.on < add_months(a[-1], _gap_after_a(a)):
        return number, TOO_SOON
    if _near_live(dose.vaccine, dose.on, given):
        return number, TOO_NEAR_LIVE
    return number, COUNTS


def _near_live(vaccine: str, day: date, given: Sequence[Given]) -> bool:
    return vaccine in v.LIVE_INJECTED and any(g.vaccine in v.LIVE_INJECTED and g.on < day < g.on + LIVE_GAP for g in given)


def _asked(edition: Edition, series: str, first: str | None, birth: date, sex: str) -> Mapping[int, DoseRule]:
    """The doses of a series that an edition asks of this child."""
    rules = edition.series(series, first)
    if series != "hpv":  # the only series that not every child is asked for
        return rules
    return {n: r for n, r in rules.items() if r.girls_born_since is None or (sex == "2" and birth >= r.girls_born_since)}


def _minimum_months(series: str, number: int, rule: DoseRule, counted: dict[str, list[date]]) -> int:
    """The minimum age; A and C group vaccine is given from two years on to a child who lacks doses of group A."""
    if series == "menac" and number == 1 and len(counted.get("mena", [])) < _DOSES_OF_A:
        return TWO_YEARS
    return rule.months


def _gap_after_a(doses: list[date]) -> int:
    return 12 if len(doses) >= _DOSES_OF_A else 3


def _after_gap(series: str, number: int, rule: DoseRule, birth: date, before: list[date], day: date | None = None) -> date:
    """The first day that keeps the distance to the doses before."""
    first = add_months(before[-1] + timedelta(days=rule.gap_days), rule.gap_months)
    if rule.from_first_months:
        first = max(first, add_months(before[0], rule.from_first_months))
    # From seven years on 白破 is given, its third dose six months after the second.
    if series == "dtap" and number == _FIRST_THREE_OF_DTAP and max(first, day or first) >= add_months(birth, SEVEN_YEARS):
        first = add_months(before[-1], 6)
    return first


# -- what is owed ------------------------------------------------------------------------------------------------------


def _slots(
    series: str,
    first: str | None,
    birth: date,
    sex: str,
    dates: list[date],
    counted: dict[str, list[date]],
    given: Sequence[Given],
    limits: Sequence[Restriction],
) -> list[Slot]:
    found = []
    wanted = {n for e in editions() for n in _asked(e, series, first, birth, sex)}
    for number in sorted(wanted):
        due = _first_asked(series, first, birth, sex, number)
        if due is None:
            continue
        by_age, rule = due
        before = dates[: number - 1]
        due_on = by_age
        if len(before) == number - 1 and before:
            due_on = max(by_age, _after_gap(series, number, rule, birth, before))
        elif series == "menac" and number == 1 and (a := counted.get("mena")):
            due_on = max(by_age, add_months(a[-1], _gap_after_a(a)))
        given_on = dates[number - 1] if len(dates) >= number else None
        slot = Slot(
            series=series,
            number=number,
            vaccine=_vaccine(series, rule, birth, given_on or due_on),
            due_on=due_on,
            in_time_until=max(_in_time_until(birth, by_age, rule), due_on),
            lapses_on=add_months(birth, rule.until),
            given_on=given_on,
        )
        found.append(_with_limits(slot, _can_on(slot, rule, birth, before, counted, given), birth, limits))
    return found


def _first_asked(series: str, first: str | None, birth: date, sex: str, number: int) -> tuple[date, DoseRule] | None:
    """The first day on which the edition then in force asks for the dose, and its rule."""
    known = editions()
    for place, edition in enumerate(known):
        rule = _asked(edition, series, first, birth, sex).get(number)
        if rule is None:
            continue
        reached = add_months(birth, rule.months)
        day = reached if place == 0 else max(reached, edition.since)
        if place + 1 == len(known) or day < known[place + 1].since:
            return day, _last_rule(series, first, birth, sex, number, day)
    return None


def _last_rule(series: str, first: str | None, birth: date, sex: str, number: int, day: date) -> DoseRule:
    """The rule of the dose as the edition in force when its time runs out has it: a limit that was widened is widened for it too."""
    rule = _asked(edition_on(day), series, first, birth, sex)[number]
    for edition in editions():
        later = _asked(edition, series, first, birth, sex).get(number)
        if later is not None and day < edition.since <= _in_time_until(birth, day, rule) and later.vaccine == rule.vaccine:
            rule = later
    return rule


def _in_time_until(birth: date, due: date, rule: DoseRule) -> date:
    """The last day in time: 完成前 N is the day before turning N. A child for whom an edition first asked later has a month from then."""
    if rule.before_days is not None:
        return birth + timedelta(days=rule.before_days - 1)
    if rule.before is not None and due < add_months(birth, rule.before):
        return add_months(birth, rule.before) - _DAY
    return add_months(due, IN_TIME_MONTHS) - _DAY


def _vaccine(series: str, rule: DoseRule, birth: date, day: date) -> str:
    return v.DT if series == "dtap" and day >= add_months(birth, SEVEN_YEARS) else rule.vaccine


def _can_on(
    slot: Slot, rule: DoseRule, birth: date, before: list[date], counted: dict[str, list[date]], given: Sequence[Given]
) -> date | None:
    """The first day on which it may be given, other live vaccines heeded; None where the dose before is missing or it is given."""
    if slot.given_on is not None or len(before) < slot.number - 1:
        return None
    # A dose that was asked for by an edition of old is judged by the one in force when it is given.
    day = max(slot.due_on, _early(slot, rule, birth, counted))
    if slot.series == "dtap" and slot.number == _FIRST_THREE_OF_DTAP and before and day >= add_months(birth, SEVEN_YEARS):
        day = max(day, add_months(before[-1], 6))
    if slot.vaccine in v.LIVE_INJECTED:
        for other in sorted((g for g in given if g.vaccine in v.LIVE_INJECTED), key=lambda g: g.on):
            if other.on < day < other.on + LIVE_GAP:
                day = other.on + LIVE_GAP
    return day if day < slot.lapses_on else None


def _early(slot: Slot, rule: DoseRule, birth: date, counted: dict[str, list[date]]) -> date:
    return add_months(birth, _minimum_months(slot.series, slot.number, rule, counted))


def _with_limits(slot: Slot, can_on: date | None, birth: date, limits: Sequence[Restriction]) -> Slot:
    """The slot as far as contraindications let it: deferred to the day after, or not at all; live polio vaccine gives way to the killed."""
    own = [limit for limit in limits if slot.vaccine in limit.vaccines and slot.given_on is None]
    vaccine = slot.vaccine
    if vaccine == v.BOPV and own and not any(v.IPV in limit.vaccines for limit in own):
        vaccine, own = v.IPV, []
    exempt, since, until = "", None, None
    for limit in sorted(own, key=lambda item: item.start):
        if limit.kind == TO_BE_JUDGED:
            exempt = exempt or TO_BE_JUDGED
        elif limit.until is None:
            exempt, since, until, can_on = limit.kind, limit.start, None, None
            break
        else:
            exempt, since, until = limit.kind, limit.start, limit.until
            if can_on is not None and limit.start <= can_on <= limit.until:
                can_on = limit.until + _DAY
    if can_on is not None and can_on >= slot.lapses_on:
        can_on = None
    return Slot(
        series=slot.series,
        number=slot.number,
        vaccine=vaccine,
        due_on=slot.due_on,
        in_time_until=slot.in_time_until,
        lapses_on=slot.lapses_on,
        can_on=can_on,
        given_on=slot.given_on,
        exempt=exempt,
        exempt_from=since,
        exempt_until=until,
    )
