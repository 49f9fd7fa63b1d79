"""Rules of reporting infectious diseases: what is owed, by when to the minute, which card answers which entry of the register.

No Django, no clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from taizhang.kernel.periods import age_in_years
from taizhang.kernel.query.words import Expression, RowSet, any_of, parameter, records
from taizhang.kernel.rules import EntryRule, Notice
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.infectious_disease import elements as e
from taizhang.programmes.infectious_disease.diseases import ASKED_ACUTE, BY_CODE, DISEASES, is_urgent
from taizhang.programmes.infectious_disease.event_rules import EVENT_NOTICES, EVENT_RULES
from taizhang.programmes.infectious_disease.records import CARD, SUSPICION
from taizhang.programmes.infectious_disease.timing import Moment, day_of_limit, in_force, minutes_between, moment, not_before

SPECIFICATION = "国家基本公共卫生服务规范（第三版）"
SERVICE = Source(SPECIFICATION, "传染病及突发公共卫生事件报告和处理服务规范 二、服务内容")
REGULATION = Source("传染病信息报告管理规范（2026年版）", "报告时限")
LAW = Source("中华人民共和国传染病防治法（2025年修订）", "第三条、第四条")
CARD_FORM = Source("中华人民共和国传染病报告卡", "填卡说明")


def limits(disease: str | None, kind: str | None, day: date, *, outbreak: bool = False) -> tuple[int | None, int | None]:
    """Minutes from the diagnosis to the report, and from the report to its review; None twice for what was in no list on the day."""
    if disease not in BY_CODE or not (BY_CODE[disease].on(day).disease_class or outbreak):
        return None, None
    if outbreak or is_urgent(disease, kind, day):
        return in_force("urgent_minutes", day), in_force("urgent_review_minutes", day)
    return in_force("ordinary_minutes", day), in_force("review_minutes", day)


def _diagnosed(row: Mapping[str, Any]) -> Moment:
    return row["diagnosed_on"], row["diagnosed_hour"], row["diagnosed_minute"]


def _reported(row: Mapping[str, Any]) -> Moment:
    return row["reported_on"], row["reported_hour"], row["reported_minute"]


def judge_cards(cards: Sequence[Mapping[str, Any]], birth: date | None) -> list[dict[str, Any]]:
    """The derived columns of one person's report cards, in time order. A correction that settles a suspected case has a limit of its own,
    from the moment of the new diagnosis."""
    found: list[dict[str, Any]] = []
    for place, card in enumerate(cards):
        day = card["diagnosed_on"]
        limit, review = limits(card["disease"], card["kind"], day, outbreak=bool(card["outbreak"]))
        resolves = _resolves(card, cards[:place])
        if limit is not None and resolves:
            limit = in_force("correction_minutes", day)
        lacking = lacking_of(card, birth)
        found.append(
            {
                "disease_class": BY_CODE[card["disease"]].on(day).disease_class or None if card["disease"] in BY_CODE else None,
                "limit_minutes": limit,
                "due_on": day_of_limit(moment(*_diagnosed(card)), limit),
                "took_minutes": minutes_between(_diagnosed(card), _reported(card)),
                "review_limit": review,
                "review_due_on": day_of_limit(moment(*_reported(card)), review),
                "review_took": minutes_between(_reported(card), (card["reviewed_on"], card["reviewed_hour"], card["reviewed_minute"])),
                "lacking": ",".join(lacking) or None,
                "complete": not lacking,
                "doubled": _doubles(card, cards[:place]),
                "resolves": resolves,
            }
        )
    return found


def _resolves(card: Mapping[str, Any], earlier: Iterable[Mapping[str, Any]]) -> bool:
    """订正疑似病例: a correction by which a case reported as suspected becomes a certain one, or another disease."""
    if card["card_kind"] != e.CORRECTION or card["void_on"] is not None or card["case_class"] == e.SUSPECTED:
        return False
    days = in_force("same_illness_days", card["diagnosed_on"])
    return days is not None and any(
        other["case_class"] == e.SUSPECTED
        and other["void_on"] is None
        and other["disease"] in (card["disease"], card["corrected"])
        and abs((card["diagnosed_on"] - other["diagnosed_on"]).days) <= days
        for other in earlier
    )


def lacking_of(card: Mapping[str, Any], birth: date | None) -> list[str]:
    """The items of the card that this patient's needs and does not have, as codes of e.LACKING. 填卡说明."""
    young = in_force("parent_under_age", card["diagnosed_on"])
    child = birth is not None and young is not None and age_in_years(birth, card["diagnosed_on"]) < young
    wants_kind = card["disease"] in BY_CODE and bool(BY_CODE[card["disease"]].kinds)
    conditions = (
        ("1", child and not card["parent"]),
        ("2", card["occupation"] in e.AT_SCHOOL and not card["workplace"]),
        ("3", wants_kind and not card["kind"]),
        ("4", (card["kind"] in ASKED_ACUTE or card["disease"] in ASKED_ACUTE) and not card["acute"]),
        ("5", not card["phone"]),
        ("6", not card["address"]),
        ("7", not card["occupation"]),
        ("8", not card["belongs"]),
    )
    return [code for code, lacks in conditions if lacks]


def _doubles(card: Mapping[str, Any], earlier: Iterable[Mapping[str, Any]]) -> bool:
    """重卡: another first card, not void, of the same disease and illness stands before it."""
    if card["card_kind"] != e.FIRST_CARD or card["void_on"] is not None:
        return False
    return any(
        other["card_kind"] == e.FIRST_CARD and other["void_on"] is None and _same_illness(card["disease"], card["diagnosed_on"], other)
        for other in earlier
    )


def _same_illness(disease: str, day: date, card: Mapping[str, Any]) -> bool:
    days = in_force("same_illness_days", day)
    return days is not None and disease in (card["disease"], card["corrected"]) and abs((card["diagnosed_on"] - day).days) <= days


def judge_suspicion(entry: Mapping[str, Any], cards: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The derived columns of one entry of the register, given the person's cards in time order."""
    day = entry["diagnosed_on"]
    limit, _ = limits(entry["disease"], entry["kind"], day)
    owed = limit is not None and entry["first_visit"] != e.AGAIN and entry["handled"] not in (e.ELSEWHERE, e.EXCLUDED)
    answers = [c for c in cards if c["void_on"] is None and c["reported_on"] is not None and _same_illness(entry["disease"], day, c)]
    card = min(answers, key=lambda c: (c["reported_on"], c["reported_hour"] or 0, c["reported_minute"] or 0), default=None)
    took = minutes_between(_diagnosed(entry), _reported(card)) if card is not None else None
    if not owed:
        outcome = e.NOTHING_OWED
    elif card is None:
        outcome = e.NOT_REPORTED
    else:
        outcome = e.IN_TIME if took is not None and limit is not None and took <= limit else e.LATE
    return {
        "disease_class": BY_CODE[entry["disease"]].on(day).disease_class or None if entry["disease"] in BY_CODE else None,
        "limit_minutes": limit,
        "due_on": day_of_limit(moment(*_diagnosed(entry)), limit),
        "owed": owed,
        "card_on": card["reported_on"] if card is not None else None,
        "took_minutes": took,
        "outcome": outcome,
    }


# -- what a record must meet ---------------------------------------------------------------------------------------------------------

_card, _entry = records(CARD), records(SUSPICION)


def _kind_fits(row: RowSet) -> Expression:
    return any_of(
        row.kind.is_missing,
        *((row.disease == disease.code) & row.kind.is_in(*(code for code, _ in disease.kinds)) for disease in DISEASES if disease.kinds),
    )


def _order(table: str, name: str, holds: Expression, zh: str, en: str, *fields: str) -> EntryRule:
    return EntryRule(name=f"{table}.{name}", table=table, holds=holds.node, refusal=Text(zh, en), fields=fields, source=CARD_FORM)


CARD_ONSET = _order(
    CARD.table, "onset_first", _card.onset_on <= _card.diagnosed_on,
    "发病日期{onset_on}晚于诊断日期{diagnosed_on}；请核对两个日期。", "The onset {onset_on} is after the diagnosis {diagnosed_on}.",
    "onset_on", "diagnosed_on",
)  # fmt: skip
ENTRY_ONSET = _order(
    SUSPICION.table, "onset_first", _entry.onset_on <= _entry.diagnosed_on,
    "发病日期{onset_on}晚于诊断日期{diagnosed_on}；请核对两个日期。", "The onset {onset_on} is after the diagnosis {diagnosed_on}.",
    "onset_on", "diagnosed_on",
)  # fmt: skip
CARD_FILLED = _order(
    CARD.table, "filled_after_diagnosis", _card.filled_on >= _card.diagnosed_on,
    "填卡日期{filled_on}早于诊断日期{diagnosed_on}；请核对。", "Filled in on {filled_on}, before the diagnosis {diagnosed_on}.",
    "filled_on", "diagnosed_on",
)  # fmt: skip
CARD_REPORTED = _order(
    CARD.table, "reported_after_filling", _card.reported_on.is_missing | (_card.reported_on >= _card.filled_on),
    "网络报告日期{reported_on}早于填卡日期{filled_on}；请核对。", "Reported on {reported_on}, before it was filled in {filled_on}.",
    "reported_on", "filled_on",
)  # fmt: skip
CARD_MOMENT = _order(
    CARD.table, "reported_after_diagnosis", not_before(_card, "reported", "diagnosed"),
    "网络报告时间早于诊断时间；请核对日期、时、分。", "The report is before the diagnosis. Check day, hour and minute.",
    "reported_hour", "diagnosed_hour",
)  # fmt: skip
CARD_TIMED = _order(
    CARD.table, "report_timed", _card.reported_on.is_missing | (_card.reported_hour.is_present & _card.reported_minute.is_present),
    "填了网络报告日期，还要填几时几分；及时与否按分钟判定。", "The report needs hour and minute: it is judged to the minute.",
    "reported_hour",
)  # fmt: skip
CARD_REVIEW = _order(
    CARD.table, "reviewed_after_report", not_before(_card, "reviewed", "reported"),
    "审核时间早于网络报告时间；请核对日期、时、分。", "The review is before the report. Check day, hour and minute.",
    "reviewed_hour", "reported_hour",
)  # fmt: skip
CARD_DEATH = _order(
    CARD.table, "died_after_onset", _card.died_on.is_missing | (_card.died_on >= _card.onset_on),
    "死亡日期{died_on}早于发病日期{onset_on}；请核对。", "Died on {died_on}, before the onset {onset_on}.",
    "died_on", "onset_on",
)  # fmt: skip
CARD_KIND = _order(
    CARD.table, "kind_of_disease", _kind_fits(_card),
    "所选分型不属于这种传染病；请在该病的分型中选择。", "The kind is not one of this disease. Choose one of its own.", "kind",
)  # fmt: skip
ENTRY_KIND = _order(
    SUSPICION.table, "kind_of_disease", _kind_fits(_entry),
    "所选分型不属于这种传染病；请在该病的分型中选择。", "The kind is not one of this disease. Choose one of its own.", "kind",
)  # fmt: skip

# -- what a form tells at once -------------------------------------------------------------------------------------------------------

_URGENT = Text(
    "须在诊断后2小时内网络报告，并立即电话报告乡镇卫生院和县疾控中心。",
    "To be reported within two hours of the diagnosis, and by telephone at once to the township hospital and the county CDC.",
)
ENTRY_URGENT = Notice(
    "infection_suspicion.two_hours", SUSPICION.table,
    (_entry.owed & (_entry.limit_minutes <= parameter("infectious_disease.urgent_minutes"))).node, _URGENT, urgent=True, source=REGULATION,
)  # fmt: skip
CARD_URGENT = Notice(
    "infection_card.two_hours", CARD.table,
    (_card.reported_on.is_missing & (_card.limit_minutes <= parameter("infectious_disease.urgent_minutes"))).node, _URGENT, urgent=True,
    source=REGULATION,
)  # fmt: skip
# The rule of 2015 had these at two hours; until the text of 2026 is read, who reports is prompted and judged by 24 hours.
CARD_PROMPTED = Notice(
    "infection_card.prompted", CARD.table, (_card.reported_on.is_missing & _card.disease.is_in("polio", "novel_influenza")).node,
    Text("2015年规范要求该病2小时内报告；请在2小时内报告（及时率按24小时判定）。",
    "The rule of 2015 asked for two hours; report within two."),
    urgent=True, source=Source("传染病信息报告管理规范（2015年版）", "报告时限"),
)  # fmt: skip
ENTRY_OWED = Notice(
    "infection_suspicion.to_report", SUSPICION.table, (_entry.outcome == e.NOT_REPORTED).node,
    Text("属法定传染病，请在时限内填报传染病报告卡。", "A notifiable disease: fill in its report card in time."), source=SERVICE,
)  # fmt: skip
UNLISTED = Notice(
    "infection_card.unlisted", CARD.table, _card.disease_class.is_missing.node,
    Text("诊断当日该病不属法定传染病，不计入报告率和及时率。",
    "On the day of the diagnosis the disease was not notifiable; it counts in no rate."),
    source=LAW,
)  # fmt: skip
INCOMPLETE = Notice(
    "infection_card.incomplete", CARD.table, (~_card.complete).node,
    Text("报告卡还有应填项目未填，见“尚缺项目”。", "The card still lacks items; see what is lacking."), source=CARD_FORM,
)  # fmt: skip
DOUBLED = Notice(
    "infection_card.doubled", CARD.table, _card.doubled.node,
    Text("同一病例已有报告卡；如为订正，请改选“订正报告”，否则请作废其中一张。",
    "This illness has a card: choose a correction, or void one."),
    urgent=True, source=CARD_FORM,
)  # fmt: skip
LATE = Notice(
    "infection_card.late", CARD.table, (_card.took_minutes > _card.limit_minutes).node,
    Text("报告用时{took_minutes}分钟，超过时限{limit_minutes}分钟。",
    "Reported after {took_minutes} minutes; {limit_minutes} are allowed."),
    source=REGULATION,
)  # fmt: skip

# -- emergencies, and checks for missed cases: event_rules.py --------------------------------------------------------------------------

RULES_OF_EVENTS = (*EVENT_RULES, *EVENT_NOTICES)
