"""What is owed after an infectious disease was registered: its report card, in two hours or in twenty-four; and of a case reported as
suspected, the correction once it is settled."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from taizhang.kernel.duties import WHENEVER, DueItem, Duty, History, Person, Urgency
from taizhang.kernel.periods import day_zh
from taizhang.kernel.text import Text
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


CARD = Duty(
    code="infectious_disease.card",
    name=Text("填报传染病报告卡", "Report card of an infectious disease"),
    register="infection_cards",
    reads=(SUSPICION.table,),
    due=_card_due,
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


CORRECTION_OF_SUSPECTED = Duty(
    code="infectious_disease.correction",
    name=Text("订正疑似病例报告卡", "Correcting the card of a suspected case"),
    register="infection_cards",
    reads=(REPORT_CARD.table, SUSPICION.table),
    due=_correction_due,
)
