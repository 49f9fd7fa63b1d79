"""What is owed to every patient under management: the next visit, as the last judged one says, else counted from enrolment."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from taizhang.kernel.duties import WHENEVER, DueItem, Duty, History, Person, Urgency
from taizhang.kernel.elements import Element
from taizhang.kernel.periods import add_months, day_zh
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.programmes.chronic import screening
from taizhang.programmes.chronic.disease import ManagedDisease
from taizhang.programmes.chronic.visits import NOT_ASSESSED, REFERRAL, ROUTINE, TWO_WEEKS_ADVERSE, TWO_WEEKS_UNCONTROLLED
from taizhang.programmes.elements import DIAGNOSIS_CORRECTED

# A routine visit is announced so many days ahead; no document states it.
AHEAD = timedelta(days=14)

# What the last visit measured, as the doctor says it: "血压158/96"; None where nothing was.
Measured = Callable[[Mapping[str, Any]], Text | None]

_REASONS = {
    ROUTINE: Text("上次{measured}，控制满意，应于{day}前随访", "Last time {measured}, controlled; visit by {day}"),
    TWO_WEEKS_UNCONTROLLED: Text(
        "上次{measured}，首次控制不满意，应于{day}前复查", "Last time {measured}, not controlled for the first time; see again by {day}"
    ),
    TWO_WEEKS_ADVERSE: Text("上次出现药物不良反应，应于{day}前复查", "Last time an adverse drug reaction; see again by {day}"),
    REFERRAL: Text("上次{measured}，已建议转诊，应于{day}前了解转诊结果", "Last time {measured}, referred; follow the referral by {day}"),
}
_URGENCY = {REFERRAL: Urgency.DANGER, TWO_WEEKS_UNCONTROLLED: Urgency.EARLY, TWO_WEEKS_ADVERSE: Urgency.EARLY}
_UNMEASURED = Text("随访", "visited")


def visit_duty(disease: ManagedDisease, name: Text, *, measured: Measured) -> Duty:
    """The duty to visit the disease's patients."""
    case_table, visit_table = disease.case.table, disease.follow_up.table

    def due(person: Person, history: History, until: date) -> Iterator[DueItem]:
        case = open_case(history, case_table)
        if case is None:
            return
        item = _after_visits(history[visit_table], case["enrolled_on"], measured) or _first(disease, case["enrolled_on"])
        if item is not None and item.opens_on <= until:
            yield item

    return Duty(code=disease.named("visit"), name=name, register=f"{disease.code}_follow_ups", reads=(case_table, visit_table), due=due)


# Somebody whose disease a hospital has confirmed is enrolled within so many days; no document states it.
ENROLLED_WITHIN = timedelta(days=14)

_AGAIN = {
    screening.REMEASURE: Text(
        "{on}{measured}，升高，应于{day}前非同日复测", "{measured} on {on}, raised; measure again on another day by {day}"
    ),
    screening.REFERRAL: Text(
        "{on}{measured}，疑似患者已建议转诊，应于{day}前了解转诊结果",
        "{measured} on {on}, suspected and referred; learn the result by {day}",
    ),
    screening.YEARLY: Text(
        "高危人群（{risks}），上次{on}，应于{day}前复测", "At high risk ({risks}), last seen on {on}; measure again by {day}"
    ),
}


def screening_duty(
    disease: ManagedDisease,
    name: Text,
    *,
    measured: Measured,
    risks: Element,
    everybody: tuple[int, Text] | None = None,
    also: tuple[str, str, str] | None = None,
) -> Duty:
    """The duty to screen for the disease, of those who are not under management: what the last screening asks for, and, where everybody is
    screened once in a calendar year, that. everybody: from which age, and the reason told. also: another table, its day and the value whose
    presence there is such a measurement."""
    case_table, table = disease.case.table, disease.screening.table
    wording = dict(risks.codes)

    def due(person: Person, history: History, until: date) -> Iterator[DueItem]:
        if open_case(history, case_table) is not None:
            return
        rows = history[table]
        last = rows[-1] if rows else None
        if last is not None and last["next_due_on"] is not None:
            item = _screened_again(last, rows, measured, wording)
        elif everybody is None or _stands_confirmed(last, history[case_table]):
            return
        else:
            age, reason = everybody
            years = [row["screened_on"].year for row in rows]
            if also is not None:
                other, day, value = also
                years += [row[day].year for row in history[other] if row[value] is not None]
            opens = add_months(person.birth_date, 12 * age)
            if years:
                opens = max(opens, date(max(years) + 1, 1, 1))
            item = DueItem(opens_on=opens, due_on=WHENEVER, reason=reason, urgency=Urgency.IN_PASSING)
        if item.opens_on <= until:
            yield item

    reads = (case_table, table) if also is None else (case_table, table, also[0])
    return Duty(
        code=disease.named("screening"),
        name=name,
        register=f"{disease.code}_screenings",
        reads=reads,
        due=due,
        ages=(everybody[0], 150) if everybody is not None else None,
    )


def _screened_again(last: Mapping[str, Any], rows: Any, measured: Measured, wording: Mapping[str, Text]) -> DueItem:
    due_on, reason = last["next_due_on"], last["due_reason"]
    # What is told is the screening that set the duty, not a contact after it that left the duty as it stood.
    setting = next(row for row in rows if (row["next_due_on"], row["due_reason"]) == (due_on, reason))
    value = next((told for row in (setting, *reversed(rows)) if (told := measured(row)) is not None), Text("筛查", "Screened"))
    named = [wording[code] for code in (last["risk_reasons"] or "").split(",") if code in wording]
    told = said(
        _AGAIN[reason],
        on=by_day(setting["screened_on"], due_on),
        day=by_day(due_on, setting["screened_on"]),
        measured=value,
        risks={"zh": "、".join(t.zh for t in named), "en": ", ".join(t.en for t in named)},
    )
    opens = due_on - AHEAD if reason == screening.YEARLY else setting["screened_on"] + timedelta(days=1)
    # People at high risk are many: they are measured when they come, or in a drive; who is suspected to be ill is sought out.
    urgency = {screening.REFERRAL: Urgency.DANGER, screening.REMEASURE: Urgency.EARLY}.get(reason, Urgency.IN_PASSING)
    return DueItem(opens_on=min(opens, due_on), due_on=due_on, reason=told, urgency=urgency)


def enrolment_duty(disease: ManagedDisease, name: Text, *, patient: Text) -> Duty:
    """The duty to enrol whoever a hospital has confirmed to have the disease. patient: what such a person is called."""
    case_table, table = disease.case.table, disease.screening.table

    def due(person: Person, history: History, until: date) -> Iterator[DueItem]:
        rows = history[table]
        last = rows[-1] if rows else None
        if last is None or last["result"] != screening.CONFIRMED:
            return
        on = last["screened_on"]
        if any(case["closed_on"] is None or case["closed_on"] >= on for case in history[case_table]):
            return  # enrolled; a case that was closed before the disease was confirmed is of an earlier time
        reason = said(
            Text("{on}得知已确诊为{patient}，应建专档纳入管理", "Known since {on} to be {patient}; open a case"),
            on={"zh": day_zh(on), "en": on.isoformat()},
            patient=patient,
        )
        if on <= until:
            yield DueItem(opens_on=on, due_on=on + ENROLLED_WITHIN, reason=reason, urgency=Urgency.EARLY)

    return Duty(code=disease.named("enrolment"), name=name, register=f"{disease.code}_cases", reads=(case_table, table), due=due)


def _stands_confirmed(last: Mapping[str, Any] | None, cases: Any) -> bool:
    """Whether the last screening learnt that the disease was confirmed, and no case was closed since because the diagnosis was wrong: after
    a correction screening begins anew."""
    if last is None or last["result"] != screening.CONFIRMED:
        return False
    corrected = (case["closed_on"] for case in cases if case["close_reason"] == DIAGNOSIS_CORRECTED)
    return not any(on is not None and on >= last["screened_on"] for on in corrected)


def open_case(history: History, table: str) -> Mapping[str, Any] | None:
    """The case that has not been closed, the latest if there are several."""
    return next((case for case in reversed(history[table]) if case["closed_on"] is None), None)


def by_day(day: date, after: date) -> dict[str, str]:
    """A day as reasons name it, by language: 6月14日, with its year where it is not that of the day it follows; in English as every page
    writes days, 2026-06-14."""
    return {"zh": day_zh(day) if day.year != after.year else day_zh(day).partition("年")[2], "en": day.isoformat()}


def said(wording: Text, **filled: Mapping[str, str] | Text) -> Text:
    """A reason with its names filled in, each in its language."""

    def of(language: str) -> dict[str, str]:
        return {n: v.in_language(language) if isinstance(v, Text) else v[language] for n, v in filled.items()}

    return Text(wording.zh.format(**of("zh")), wording.en.format(**of("en")))


def _after_visits(visits: Any, enrolled_on: date, measured: Measured) -> DueItem | None:
    """As the last visit under this case that a due day followed from says. A visit at which nobody was reached carries on the day that
    stood; the values told are those of the last one that was judged."""
    under = [visit for visit in visits if visit["next_due_on"] is not None and visit["visited_on"] >= enrolled_on]
    if not under:
        return None
    last = under[-1]
    judged = next((v for v in reversed(under) if v["visit_class"] != NOT_ASSESSED or v["danger_signs"] or measured(v)), last)
    due_on, reason = last["next_due_on"], last["due_reason"]
    opens = due_on - AHEAD if reason == ROUTINE else judged["visited_on"] + timedelta(days=1)
    day = by_day(due_on, judged["visited_on"])
    words = said(_REASONS.get(reason, _REASONS[ROUTINE]), measured=measured(judged) or _UNMEASURED, day=day)
    return DueItem(opens_on=min(opens, due_on), due_on=due_on, reason=words, urgency=_URGENCY.get(reason, Urgency.ROUTINE))


def _first(disease: ManagedDisease, enrolled_on: date) -> DueItem | None:
    months = registry.parameters[disease.named("routine_months")].at(enrolled_on)
    if months is None:  # enrolled before any rule was in force: by the first one
        months = next((value for _, value in registry.parameters[disease.named("routine_months")].values if value is not None), None)
    if months is None:
        return None
    due_on = add_months(enrolled_on, months)
    wording = Text("{enrolled}纳入管理后尚未随访，应于{day}前随访", "Not visited since the enrolment on {enrolled}; visit by {day}")
    enrolled = {"zh": day_zh(enrolled_on), "en": enrolled_on.isoformat()}
    reason = said(wording, enrolled=enrolled, day=by_day(due_on, enrolled_on))
    return DueItem(opens_on=enrolled_on, due_on=due_on, reason=reason)
