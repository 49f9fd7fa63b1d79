"""What is owed under family doctor contracts: the next service agreed, the renewal, and a contract for those of priority groups."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from taizhang.kernel.duties import WHENEVER, DueItem, Duty, History, Person, Urgency
from taizhang.kernel.periods import add_months, day_zh
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.programmes.diabetes.records import CASE as DIABETES
from taizhang.programmes.family_doctor.elements import ITEMS
from taizhang.programmes.family_doctor.records import CONTRACT
from taizhang.programmes.family_doctor.rules import codes
from taizhang.programmes.hypertension.records import CASE as HYPERTENSION

AHEAD = timedelta(days=30)
_WORDS = dict(ITEMS.codes)


def _elderly_age() -> int:
    return next(value for _, value in reversed(registry.parameters["family_doctor.elderly_age"].values) if value is not None)


def _last(history: History) -> Mapping[str, Any] | None:
    """The latest contract, unless it was ended early."""
    last = history[CONTRACT.table][-1] if history[CONTRACT.table] else None
    return last if last is not None and last["terminated_on"] is None else None


def _next_service(person: Person, history: History, until: date) -> Iterator[DueItem]:
    last = _last(history)
    if last is None or last["next_due_on"] is None:
        return
    due_on = last["next_due_on"]
    opens = max(last["starts_on"], due_on - AHEAD)
    left = [_WORDS[code] for code in codes(last["items_left"])]
    if opens <= until:
        yield DueItem(
            opens_on=opens, due_on=due_on, closes_on=last["ends_on"], urgency=Urgency.IN_PASSING,
            reason=Text(
                f"签约约定的{'、'.join(item.zh for item in left)}尚未履约，应于{day_zh(due_on)}前再完成一项",
                f"Still owed under the contract: {', '.join(item.en.lower() for item in left)}; the next by {due_on}",
            ),
        )  # fmt: skip


def _renewal(person: Person, history: History, until: date) -> Iterator[DueItem]:
    last = _last(history)
    if last is None or last["ends_on"] - AHEAD > until:
        return
    yield DueItem(
        opens_on=last["ends_on"] - AHEAD, due_on=last["ends_on"], urgency=Urgency.IN_PASSING,
        reason=Text(
            f"家庭医生签约协议{day_zh(last['ends_on'])}到期，请征求本人意愿后续签",
            f"The contract with the family doctor ends on {last['ends_on']}; ask whether to renew it",
        ),
    )  # fmt: skip


def _signing(person: Person, history: History, until: date) -> Iterator[DueItem]:
    if history[CONTRACT.table]:
        return  # renewed, or ended at the person's wish
    groups = [
        (since, who)
        for since, who in (
            (_since(history, HYPERTENSION.table), Text("高血压患者", "a hypertension patient")),
            (_since(history, DIABETES.table), Text("糖尿病患者", "a diabetes patient")),
            (add_months(person.birth_date, _elderly_age() * 12), Text("65岁及以上老年人", "65 or over")),
        )
        if since is not None and since <= until
    ]
    if groups:
        yield DueItem(
            opens_on=min(since for since, _ in groups), due_on=WHENEVER, urgency=Urgency.IN_PASSING,
            reason=Text(
                f"{'、'.join(who.zh for _, who in groups)}，尚未签约家庭医生，见面时可征求意愿签约",
                f"{', '.join(who.en for _, who in groups)}; no contract with a family doctor yet, offer one when you meet",
            ),
        )  # fmt: skip


def _since(history: History, table: str) -> date | None:
    """Since when the person is a patient under management; None where no longer, or never."""
    open_cases = [case["enrolled_on"] for case in history[table] if case["closed_on"] is None and case["enrolled_on"] is not None]
    return min(open_cases, default=None)


NEXT_SERVICE = Duty(
    code="family_doctor.service", name=Text("签约履约服务", "Service under contract"), register="contract_services",
    reads=(CONTRACT.table,), due=_next_service,
)  # fmt: skip
RENEWAL = Duty(
    code="family_doctor.renewal", name=Text("家庭医生续签", "Renewal of the contract"), register="family_contracts",
    reads=(CONTRACT.table,), due=_renewal,
)  # fmt: skip
SIGNING = Duty(
    code="family_doctor.signing", name=Text("家庭医生签约", "Contract with a family doctor"), register="family_contracts",
    reads=(CONTRACT.table, HYPERTENSION.table, DIABETES.table), due=_signing, ages=(64, 150),
)  # fmt: skip
