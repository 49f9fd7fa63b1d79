"""What is owed to a pregnant woman and to a mother: the antenatal visits by weeks, the risk's follow-up, the outcome's registration, the
visit after birth and the 42-day check."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from taizhang.kernel.duties import DueItem, Duty, History, Person, Urgency
from taizhang.kernel.periods import day_zh
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.programmes.maternal import rules
from taizhang.programmes.maternal.records import (
    ANTENATAL_VISIT,
    DELIVERY,
    FINAL_CHECK,
    MOTHER_TEST,
    POSTNATAL_VISIT,
    PREGNANCY,
    RISK,
)
from taizhang.programmes.maternal.rules import BIRTH_OUTCOME, ORANGE, RED

Row = Mapping[str, Any]
# Days within which a woman at high risk is seen again, and for the outcome to be written down; no national document states them.
AGAIN, AGAIN_RED, OUTCOME_GRACE = timedelta(days=14), timedelta(days=7), timedelta(days=14)
INFANT = timedelta(days=90)  # how long the child's preventive treatment is asked after
POSITIVE = "2"
_COLOURS = {ORANGE: Text("橙色", "orange"), RED: Text("红色", "red")}


def pregnancy_now(history: History) -> Row | None:
    """The pregnancy that has not ended yet; one whose due day is long past still asks for its outcome."""
    pregnancies, ends = history[PREGNANCY.table], history[DELIVERY.table]
    if not pregnancies or pregnancies[-1]["due_on"] is None:
        return None
    last = pregnancies[-1]
    return None if ends and ends[-1]["ended_on"] >= last["registered_on"] else last


def _number(name: str, day: date) -> int | None:
    return registry.parameters[f"maternal.{name}"].at(day)


def _antenatal(person: Person, history: History, until: date) -> Iterator[DueItem]:
    """The windows after the registration, each until a visit has been made in it or the next has opened."""
    pregnancy = pregnancy_now(history)
    if pregnancy is None:
        return
    due_on, registered = pregnancy["due_on"], pregnancy["registered_on"]
    found = rules.windows(registry.parameters, registered)
    done = {v["window_code"] for v in history[ANTENATAL_VISIT.table] if v["visited_on"] >= registered}
    done.add(rules.window_of(found, pregnancy["gestation_days"]))
    open_windows = [w for w in found if w.code not in done and w.last > pregnancy["gestation_days"]]
    for window in open_windows:
        first, last = window.days(due_on)
        later = [w for w in found if w.first > window.first and w.code in done]
        if later or first > until:
            continue
        name = rules.WINDOW_NAMES[window.code]
        reason = Text(
            f"预产期{day_zh(due_on)}，{name}产前随访应在孕{window.first // 7}～{window.last // 7}周（{day_zh(first)}至{day_zh(last)}）完成",
            f"Due {due_on}; antenatal visit {window.code} belongs to weeks {window.first // 7} to {window.last // 7}, {first} to {last}",
        )
        following = next((w for w in found if w.first > window.first), None)
        closes = following.days(due_on)[0] - timedelta(days=1) if following else None
        yield DueItem(opens_on=first, due_on=last, closes_on=closes, reason=reason, urgency=Urgency.WINDOW, item=window.code)


def _high_risk(person: Person, history: History, until: date) -> Iterator[DueItem]:
    """A woman graded orange is seen every fortnight, red every week; a grading is owed with the first check."""
    pregnancy = pregnancy_now(history)
    if pregnancy is None:
        return
    graded = [r for r in history[RISK.table] if r["assessed_on"] >= pregnancy["registered_on"]]
    if not graded:
        measured = pregnancy["measured_risk"]
        pointed = measured not in (None, rules.GREEN)
        hint_zh, hint_en = ("，检查结果提示有风险", ", and what was measured points to a risk") if pointed else ("", "")
        registered = pregnancy["registered_on"]
        yield DueItem(
            opens_on=registered,
            due_on=registered + AGAIN,
            reason=Text(
                f"{day_zh(registered)}建册后尚未作妊娠风险评估{hint_zh}", f"Registered on {registered}, risk not yet graded{hint_en}"
            ),
            urgency=Urgency.DANGER if pointed else Urgency.ROUTINE,
        )
        return
    last = graded[-1]
    if last["colour"] not in (ORANGE, RED):
        return
    seen = _seen_since(last["assessed_on"], history)
    due_on = seen + (AGAIN_RED if last["colour"] == RED else AGAIN)
    colour = _COLOURS[last["colour"]]
    is_referred = last["referred"] == "2"
    referred_zh, referred_en = ("，已建议转诊，须落实转诊结果", ", referred: learn what came of it") if is_referred else ("", "")
    reason = Text(
        f"高危孕妇（{colour.zh}），{day_zh(seen)}随访过，应于{day_zh(due_on)}前再次随访评估{referred_zh}",
        f"At high risk ({colour.en}), seen on {seen}; see and grade again by {due_on}{referred_en}",
    )
    if seen <= until:
        yield DueItem(opens_on=seen, due_on=due_on, reason=reason, urgency=Urgency.DANGER)


def _seen_since(day: date, history: History) -> date:
    return max([day, *(v["visited_on"] for v in history[ANTENATAL_VISIT.table] if v["visited_on"] > day)])


def _infection(person: Person, history: History, until: date) -> Iterator[DueItem]:
    """While she is pregnant, an infected (purple) woman is seen every fortnight; one with HIV or syphilis is owed her treatment, and her
    child what protects it. Only those who may open the tests know of these."""
    tests = [t for t in history[MOTHER_TEST.table] if t["purple"]]
    pregnancy, birth = pregnancy_now(history), _last_birth(history)
    if pregnancy is not None and pregnancy["due_on"] is not None:
        since = pregnancy["due_on"] - timedelta(days=rules.TERM)
    elif birth is not None:
        since = birth["ended_on"] - timedelta(days=rules.TERM)
    else:
        return
    found = [t for t in tests if t["served_on"] >= since]
    if not found or found[0]["served_on"] > until:
        return
    first = found[0]["served_on"]
    later = [t for t in history[MOTHER_TEST.table] if t["served_on"] >= first]
    blocked = any(POSITIVE in (t["hiv"], t["syphilis"]) for t in found)
    if blocked and not any(t["treatment"] for t in later):
        reason = Text(
            f"{day_zh(first)}检出阳性，尚未登记治疗情况，应于{day_zh(first + AGAIN)}前落实",
            f"Found positive on {first}; no treatment noted: settle it by {first + AGAIN}",
        )
        yield DueItem(opens_on=first, due_on=first + AGAIN, reason=reason, urgency=Urgency.DANGER, item="treatment")
    if pregnancy is not None:
        seen = _seen_since(later[-1]["served_on"], history)
        reason = Text(
            f"高危孕妇（紫色），{day_zh(seen)}随访过，应于{day_zh(seen + AGAIN)}前再次随访",
            f"At high risk (purple), seen on {seen}; see again by {seen + AGAIN}",
        )
        if seen <= until:
            yield DueItem(opens_on=seen, due_on=seen + AGAIN, reason=reason, urgency=Urgency.DANGER, item="follow_up")
    elif birth is not None and blocked and birth["live_births"] and birth["ended_on"] <= until:
        if not any(t["prophylaxis_on"] for t in later):
            born = birth["ended_on"]
            reason = Text(
                f"{day_zh(born)}分娩，所生儿童尚未登记预防用药，请立即核实",
                f"Gave birth on {born}; no preventive treatment of the child noted: ask at once",
            )
            yield DueItem(
                opens_on=born, due_on=born + timedelta(days=1), closes_on=born + INFANT, reason=reason, urgency=Urgency.DANGER, item="child"
            )  # fmt: skip


def _outcome(person: Person, history: History, until: date) -> Iterator[DueItem]:
    pregnancy = pregnancy_now(history)
    if pregnancy is None or pregnancy["due_on"] > until:
        return
    due_on = pregnancy["due_on"]
    reason = Text(f"预产期{day_zh(due_on)}，尚无分娩（妊娠结局）登记，请联系核实", f"Due {due_on}; no outcome written down: ask")
    yield DueItem(opens_on=due_on, due_on=due_on + OUTCOME_GRACE, reason=reason, urgency=Urgency.EARLY)


def _last_birth(history: History) -> Row | None:
    ends = [d for d in history[DELIVERY.table] if d["outcome"] == BIRTH_OUTCOME]
    if not ends or pregnancy_now(history) is not None:
        return None
    return ends[-1]


def _postnatal(person: Person, history: History, until: date) -> Iterator[DueItem]:
    birth = _last_birth(history)
    if birth is None or any(v["visited_on"] >= birth["ended_on"] for v in history[POSTNATAL_VISIT.table]):
        return
    home, days = birth["discharged_on"] or birth["ended_on"], _number("visit_within_days", birth["ended_on"])
    last = _number("visit_counted_days", birth["ended_on"]) or days
    if days is None or home > until or _over(birth, history):
        return
    said = f"{day_zh(home)}出院" if birth["discharged_on"] else f"{day_zh(home)}分娩（出院日期未登记）"
    due_on = home + timedelta(days=days)
    reason = Text(
        f"产妇{said}，应于{day_zh(due_on)}前上门产后访视（出院后{last}天内有效）",
        f"Left hospital on {home}; visit at home by {due_on} (counts within {last} days)",
    )
    closes = home + timedelta(days=max(days, last or days))
    yield DueItem(opens_on=home, due_on=due_on, closes_on=closes, reason=reason, urgency=Urgency.WINDOW)


def _over(birth: Row, history: History) -> bool:
    """Whether the 42-day check has been made: then no visit after birth is owed any more."""
    return any(c["checked_on"] >= birth["ended_on"] for c in history[FINAL_CHECK.table])


def _final(person: Person, history: History, until: date) -> Iterator[DueItem]:
    birth = _last_birth(history)
    if birth is None or _over(birth, history):
        return
    first, last = (_number(f"final_{edge}_days", birth["ended_on"]) for edge in ("from", "until"))
    if first is None or last is None:
        return
    opens, due_on = (birth["ended_on"] + timedelta(days=n) for n in (first, last))
    reason = Text(
        f"{day_zh(birth['ended_on'])}分娩，应在{day_zh(opens)}至{day_zh(due_on)}作产后42天健康检查",
        f"Gave birth on {birth['ended_on']}; 42-day check from {opens} to {due_on}",
    )
    if opens <= until:
        yield DueItem(opens_on=opens, due_on=due_on, reason=reason, urgency=Urgency.WINDOW)


_BEFORE = (PREGNANCY.table, ANTENATAL_VISIT.table, DELIVERY.table)
ANTENATAL = Duty(
    code="maternal.antenatal", name=Text("产前随访", "Antenatal visit"), register="antenatal_visits", reads=_BEFORE, due=_antenatal
)
HIGH_RISK = Duty(
    code="maternal.risk",
    name=Text("妊娠风险评估与高危随访", "Grading of risk"),
    register="pregnancy_risks",
    reads=(*_BEFORE, RISK.table),
    due=_high_risk,
)
INFECTION = Duty(
    code="maternal.infection",
    name=Text("传染病孕产妇随访与阻断", "Care of an infected mother"),
    register="mother_tests",
    reads=(*_BEFORE, MOTHER_TEST.table),
    due=_infection,
)
OUTCOME = Duty(
    code="maternal.outcome", name=Text("登记妊娠结局", "Outcome of the pregnancy"), register="deliveries", reads=_BEFORE, due=_outcome
)
POSTNATAL = Duty(
    code="maternal.postnatal",
    name=Text("产后访视", "Visit after birth"),
    register="postnatal_visits",
    reads=(PREGNANCY.table, DELIVERY.table, POSTNATAL_VISIT.table, FINAL_CHECK.table),
    due=_postnatal,
)
FINAL = Duty(
    code="maternal.final_check",
    name=Text("产后42天健康检查", "42-day check"),
    register="final_checks",
    reads=(PREGNANCY.table, DELIVERY.table, FINAL_CHECK.table),
    due=_final,
)
