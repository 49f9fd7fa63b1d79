"""What is owed after an infectious disease was registered: its report card, in two hours or in twenty-four; and of a case reported as
suspected, the correction once it is settled. What an institution owes after it learnt of an emergency: the first report, a report a day
while the event is serious, the closing report; and after a check for missed cases, their reports."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from taizhang.kernel.duties import WHENEVER, DueItem, Duty, History, Opening, Person, UnitDuty, Urgency
from taizhang.kernel.periods import day_zh
from taizhang.kernel.text import Text
from taizhang.programmes.infectious_disease import event_elements as v
from taizhang.programmes.infectious_disease.diseases import BY_CODE
from taizhang.programmes.infectious_disease.elements import CLINICAL, CONFIRMED, CORRECTION, EXCLUDED, FIRST_CARD, NOT_REPORTED, SUSPECTED
from taizhang.programmes.infectious_disease.records import CARD as REPORT_CARD
from taizhang.programmes.infectious_disease.records import SUSPICION
from taizhang.programmes.infectious_disease.timing import in_force, moment

URGENT = timedelta(hours=2)


def _card_due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    for entry in history[SUSPICION.table]:
        if entry["outcome"] != NOT_REPORTED or entry["diagnosed_on"] > until:
            continue
        diagnosed = moment(entry["diagnosed_on"], entry["diagnosed_hour"], entry["diagnosed_minute"])
        if diagnosed is None:
            continue
        allowed = timedelta(minutes=entry["limit_minutes"])
        by = diagnosed + allowed
        name = BY_CODE[entry["disease"]].name
        hours = allowed // timedelta(hours=1)
        yield DueItem(
            opens_on=entry["diagnosed_on"],
            due_on=entry["due_on"],
            reason=Text(
                f"{day_zh(diagnosed.date())}登记{name.zh}，{hours}小时内报告，应于{day_zh(by.date())}{by:%H:%M}前网络报告",
                f"{name.en} registered on {diagnosed:%Y-%m-%d}: report within {hours} hours, by {by:%Y-%m-%d %H:%M}",
            ),
            urgency=Urgency.DANGER if allowed <= URGENT else Urgency.EARLY,
            item=f"{entry['id']}",
        )


# What the register of diseases and the report card ask alike.
_OF_THE_CASE = ("disease", "kind", "case_class", "onset_on", "diagnosed_on", "diagnosed_hour", "diagnosed_minute")


def _card_opens(history: History, item: str) -> Opening:
    entry = next((entry for entry in history[SUSPICION.table] if f"{entry['id']}" == item), None)
    return Opening() if entry is None else Opening(values={name: entry[name] for name in _OF_THE_CASE})


CARD = Duty(
    code="infectious_disease.card",
    name=Text("填报传染病报告卡", "Report card of an infectious disease"),
    register="infection_cards",
    reads=(SUSPICION.table,),
    due=_card_due,
    opening=_card_opens,
)


def _correction_due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    """订正疑似病例. The day begins when the register says that the case was confirmed or excluded; until then nothing sets a day."""
    cards = [card for card in history[REPORT_CARD.table] if card["void_on"] is None and card["reported_on"] is not None]
    for card in cards:
        days = in_force("same_illness_days", card["diagnosed_on"])
        if card["card_kind"] != FIRST_CARD or card["case_class"] != SUSPECTED or card["diagnosed_on"] > until or days is None:
            continue
        within = card["diagnosed_on"] + timedelta(days=days)
        if any(o["card_kind"] == CORRECTION and card["diagnosed_on"] <= o["diagnosed_on"] <= within for o in cards):
            continue
        name = BY_CODE[card["disease"]].name
        settled = next((e for e in history[SUSPICION.table] if e["diagnosed_on"] <= within and _settles(e, card)), None)
        said = moment(settled["diagnosed_on"], settled["diagnosed_hour"], settled["diagnosed_minute"]) if settled else None
        minutes = in_force("correction_minutes", card["diagnosed_on"])
        if settled is None or said is None or minutes is None:
            yield DueItem(
                opens_on=card["diagnosed_on"],
                due_on=WHENEVER,
                reason=Text(
                    f"{day_zh(card['diagnosed_on'])}报告的疑似{name.zh}病例尚未排除或确诊，查明后24小时内订正",
                    f"{name.en}, reported as suspected on {card['diagnosed_on']}: settle it, and correct the card within a day",
                ),
                urgency=Urgency.IN_PASSING,
                item=f"{card['id']}",
            )
            continue
        by = said + timedelta(minutes=minutes)
        outcome = Text("已排除", "excluded") if settled["handled"] == EXCLUDED else Text("已确诊", "confirmed")
        yield DueItem(
            opens_on=said.date(),
            due_on=by.date(),
            reason=Text(
                f"疑似{name.zh}病例{outcome.zh}，应于{day_zh(by.date())}{by:%H:%M}前订正报告卡",
                f"Suspected {name.en} {outcome.en}: correct the card by {by:%Y-%m-%d %H:%M}",
            ),
            urgency=Urgency.EARLY,
            item=f"{card['id']}",
        )


def _settles(entry: Mapping[str, Any], card: Mapping[str, Any]) -> bool:
    """Whether an entry of the register confirms or excludes the case of a card. The entry that was reported may itself be set to excluded;
    a confirmation is a later one."""
    if entry["disease"] != card["disease"]:
        return False
    known, suspected = (moment(row["diagnosed_on"], row["diagnosed_hour"], row["diagnosed_minute"]) for row in (entry, card))
    if known is None or suspected is None:
        return False
    if entry["handled"] == EXCLUDED:
        return known >= suspected
    return known > suspected and entry["case_class"] in (CLINICAL, CONFIRMED)


def _correction_opens(history: History, item: str) -> Opening:
    """The card as it was sent, as a correction; once the register says how the case was settled, with that diagnosis and its time."""
    card = next((card for card in history[REPORT_CARD.table] if f"{card['id']}" == item), None)
    if card is None:
        return Opening()
    values = {name: card[name] for name in _OF_THE_CASE} | {"card_kind": CORRECTION, "case_class": None}
    days = in_force("same_illness_days", card["diagnosed_on"])
    within = card["diagnosed_on"] + timedelta(days=days or 0)
    settled = next((e for e in history[SUSPICION.table] if e["diagnosed_on"] <= within and _settles(e, card)), None)
    if settled is not None and settled["handled"] != EXCLUDED:
        values |= {name: settled[name] for name in ("case_class", "diagnosed_on", "diagnosed_hour", "diagnosed_minute")}
    return Opening(values=values)


CORRECTION_OF_SUSPECTED = Duty(
    code="infectious_disease.correction",
    name=Text("订正疑似病例报告卡", "Correcting the card of a suspected case"),
    register="infection_cards",
    reads=(REPORT_CARD.table, SUSPICION.table),
    due=_correction_due,
    opening=_correction_opens,
)


# -- of the institution itself -------------------------------------------------------------------------------------------------------


def _first_report(row: Mapping[str, Any]) -> Text:
    learnt, name = moment(row["received_on"], row["received_hour"], row["received_minute"]), row["name"]
    if learnt is None or row["limit_minutes"] is None:
        return Text(f"“{name}”尚未网络报告", f"“{name}” has not been reported")
    by = learnt + timedelta(minutes=row["limit_minutes"])
    return Text(
        f"“{name}”{day_zh(learnt.date())}{learnt:%H:%M}接到报告，应于{day_zh(by.date())}{by:%H:%M}前网络报告",
        f"“{name}” was learnt of on {learnt:%Y-%m-%d %H:%M}: report by {by:%Y-%m-%d %H:%M}",
    )


def _in_progress(row: Mapping[str, Any]) -> Text:
    grade = dict(v.GRADE.codes)[row["grade"]]
    return Text(
        f"“{row['name']}”为{grade.zh}事件，{day_zh(row['reported_on'])}报告过，应于{day_zh(row['next_due_on'])}前进程报告",
        f"“{row['name']}” ({grade.en}), reported on {row['reported_on']}: report on its progress by {row['next_due_on']}",
    )


def _closing(row: Mapping[str, Any]) -> Text:
    name, by = row["name"], row["next_due_on"]
    if by is None:
        return Text(f"“{name}”尚未结案，终止后两周内结案报告", f"“{name}” is open: closing report within two weeks of its end")
    return Text(
        f"“{name}”{day_zh(row['ended_on'])}终止，应于{day_zh(by)}前结案报告",
        f"“{name}” ended on {row['ended_on']}: closing report by {by}",
    )


def _missed(row: Mapping[str, Any]) -> Text:
    return Text(
        f"{day_zh(row['checked_on'])}漏报调查查出漏报{row['missed']}例，逐例补报后填补报完成日期",
        f"The check of {row['checked_on']} found {row['missed']} missed: report each, then fill in the day",
    )


# What every report on an event says alike; the rest tells how it went on. The counts of a report are those of its own day.
_OF_THE_EVENT = (
    "organisation_id", "name", "category", "grade", "received_on", "received_hour", "received_minute", "occurred_on", "confirmed_on",
    "diagnosis", "area", "place", "setting", "school_kind", "information", "spread", "exposed", "first_onset_on", "symptoms", "signs",
    "phone", "ended_on",
)  # fmt: skip


def _next_of(stage: str) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    """The next report: of the same event, of `stage`, its number one further within the stage."""

    def following(row: Mapping[str, Any]) -> Mapping[str, Any]:
        number = row["number"] + 1 if row["stage"] == stage else 1
        return {name: row[name] for name in _OF_THE_EVENT} | {"stage": stage, "number": number}

    return following


FIRST_REPORT = UnitDuty(
    code="infectious_disease.event_first", name=Text("突发公共卫生事件初次报告", "First report on an emergency"), register="event_reports",
    where={"stage": v.INITIAL}, done="reported_on", due_on="due_on", reason=_first_report,
)  # fmt: skip
REPORT_IN_PROGRESS = UnitDuty(
    code="infectious_disease.event_progress", name=Text("突发公共卫生事件进程报告", "Report in progress on an emergency"),
    register="event_reports", where={"next_stage": v.PROCESS}, done="answered_on", due_on="next_due_on", reason=_in_progress,
    following=_next_of(v.PROCESS),
)  # fmt: skip
CLOSING_REPORT = UnitDuty(
    code="infectious_disease.event_closing", name=Text("突发公共卫生事件结案报告", "Closing report on an emergency"),
    register="event_reports", where={"next_stage": v.CLOSING}, done="answered_on", due_on="next_due_on", reason=_closing,
    urgency=Urgency.EARLY, following=_next_of(v.CLOSING),
)  # fmt: skip
MISSED_CASES = UnitDuty(
    code="infectious_disease.missed_cases", name=Text("补报漏报病例", "Reporting missed cases after all"), register="missed_checks",
    where={"missed__gt": 0}, done="mended_on", due_on="", reason=_missed,
)  # fmt: skip
