"""Rules of family doctor contracts: what has been given of what was agreed, when the next is due, and whether a contract was renewed.

The services agreed are spread evenly over the contract, 按进度: of n services over m months, the k-th is due when k×m÷n months, rounded up,
are over. No Django, no clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from taizhang.kernel.periods import add_months
from taizhang.kernel.periods import months_between as months_from
from taizhang.kernel.query.words import (
    Expression,
    RowSet,
    all_of,
    choose,
    cutoff,
    larger_of,
    months_between,
    parameter,
    records,
    smaller_of,
)
from taizhang.kernel.rules import EntryRule, Notice
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.family_doctor.records import CONTRACT, ITEMS_AT_MOST, SERVICE, TEAM

GUIDANCE = "关于推进家庭医生签约服务高质量发展的指导意见"
COVERAGE = Source(GUIDANCE, "主要目标，签约服务覆盖率")
FULFILMENT = Source(GUIDANCE, "优化服务方式，强化签约履约")
PACE = Source(GUIDANCE, "强化签约履约（未核对），按进度口径由本系统明确")
AGREEMENT = Source(GUIDANCE, "签约服务协议：有效期原则上为1～3年（未核对）")

_DAY = timedelta(days=1)


def codes(joined: str | None) -> tuple[str, ...]:
    """The codes of a list stored comma-joined."""
    return tuple(code for code in (joined or "").split(",") if code)


def months_of(starts_on: date, ends_on: date) -> int:
    """Complete months of a contract, at least one."""
    return max(1, months_from(starts_on, ends_on + _DAY))


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """What has been given of what a contract agrees. days: of each first giving, in order. left: codes still owed. next_due_on: None once
    nothing is left."""

    days: tuple[date, ...]
    left: tuple[str, ...]
    fulfilled_on: date | None
    next_due_on: date | None


def fulfilment(items: Sequence[str], starts_on: date, ends_on: date, given: Iterable[tuple[date, Sequence[str]]]) -> Fulfilment:
    """given: day and services of each visit; only those within the contract count, and each service once."""
    first: dict[str, date] = {}
    for day, done in sorted(given):
        if starts_on <= day <= ends_on:
            for item in done:
                if item in items:
                    first.setdefault(item, day)
    days = tuple(sorted(first.values()))
    left = tuple(item for item in items if item not in first)
    if not left:
        return Fulfilment(days, (), days[-1] if days else None, None)
    months = -(-(len(days) + 1) * months_of(starts_on, ends_on) // len(items))  # rounded up
    return Fulfilment(days, left, None, min(ends_on, add_months(starts_on, months) - _DAY))


def renews(ended_on: date, signed_on: date, window_days: int | None) -> bool:
    """Whether a contract signed on a day follows the one before without a gap to speak of. No rule in force: none does."""
    return window_days is not None and signed_on <= ended_on + timedelta(days=window_days)


# -- as conditions of a contract's row ---------------------------------------------------------------------------------------------

_contract = records(CONTRACT)


def in_force(contract: RowSet, day: Expression) -> Expression:
    """Whether a contract, a row of its table, binds on a day."""
    return all_of(
        contract.signed_on <= day, contract.starts_on <= day, contract.ends_on >= day,
        contract.terminated_on.is_missing | (contract.terminated_on > day),
    )  # fmt: skip


_term = larger_of(months_between(_contract.starts_on, _contract.ends_on.plus(1, "day")), 1)
ITEMS_DUE = smaller_of(
    months_between(_contract.starts_on, cutoff.plus(1, "day")) * _contract.items_agreed // _term, _contract.items_agreed
).named("截止日应履约项目数", "services due by the cut-off", source=PACE)


def _done() -> Expression:
    total = choose((_contract.done_1_on <= cutoff, 1), otherwise=0)
    for number in range(2, ITEMS_AT_MOST + 1):
        total = total + choose((getattr(_contract, f"done_{number}_on") <= cutoff, 1), otherwise=0)
    return total.named("截止日已履约项目数", "services given by the cut-off", source=FULFILMENT)


ITEMS_DONE = _done()

# -- entry rules ----------------------------------------------------------------------------------------------------------------------

_service = records(SERVICE)
_team = records(TEAM)


def _some(column: Expression) -> Expression:
    """Something is written there."""
    return all_of(column.is_present, column != "")


def _rule(table: str, name: str, holds: Expression, zh: str, en: str, *fields: str, source: Source = AGREEMENT) -> EntryRule:
    return EntryRule(name=f"{table}.{name}", table=table, holds=holds.node, refusal=Text(zh, en), fields=fields, source=source)


ENTRY_RULES = (
    _rule(
        TEAM.table, "dissolved_after_it_was_formed", _team.dissolved_on.is_missing | (_team.dissolved_on >= _team.formed_on),
        "撤销日期{dissolved_on}早于组建日期{formed_on}。请核对。",
        "Dissolved on {dissolved_on}, before it was formed on {formed_on}. Check both days.", "dissolved_on", source=COVERAGE,
    ),
    _rule(
        CONTRACT.table, "starts_when_signed_or_after", _contract.starts_on >= _contract.signed_on,
        "协议起始日期{starts_on}早于签约日期{signed_on}。不能倒签，请核对。",
        "In force from {starts_on}, before it was signed on {signed_on}. Contracts are not dated back; check both days.", "starts_on",
    ),
    _rule(
        CONTRACT.table, "lasts_at_least_a_month", _contract.ends_on >= _contract.starts_on.plus(1, "month").minus(1, "day"),
        "协议终止日期{ends_on}距起始日期{starts_on}不足一个月。协议期原则上为1～3年，请核对。",
        "In force until {ends_on}, less than a month from {starts_on}. Contracts run for one to three years; check both days.", "ends_on",
    ),
    _rule(
        CONTRACT.table, "has_services", _some(_contract.items),
        "没有约定服务项目。请至少勾选一项。", "No service is agreed. Tick at least one.", "items", source=FULFILMENT,
    ),
    _rule(
        CONTRACT.table, "ended_early_with_reason",
        _contract.terminated_on.is_missing | _some(_contract.terminate_reason),
        "提前解约须填解约原因。请补填。", "A contract that ended early needs the reason. Fill it in.", "terminate_reason",
    ),
    _rule(
        CONTRACT.table, "ended_early_within_its_term",
        _contract.terminated_on.is_missing
        | all_of(_contract.terminated_on >= _contract.signed_on, _contract.terminated_on <= _contract.ends_on),
        "提前解约日期{terminated_on}不在签约日期和协议终止日期{ends_on}之间。请核对。",
        "Ended early on {terminated_on}, which is not between its signing and its end on {ends_on}. Check the days.", "terminated_on",
    ),
    _rule(
        SERVICE.table, "missed_with_reason", ~_some(_service.items_missed) | _some(_service.missed_reason),
        "有应履约而未履约的项目，须填未履约原因。请补填。", "Services were due and not given. Fill in the reason.", "missed_reason",
        source=FULFILMENT,
    ),
    _rule(
        SERVICE.table, "has_something", _some(_service.items_done) | _some(_service.items_missed),
        "本次履约项目和未履约项目都没有填。请至少勾选一项。", "Neither services given nor missed. Tick at least one.", "visited_on",
        source=FULFILMENT,
    ),
)  # fmt: skip
NOTICES = (
    Notice(
        name="family_contract.longer_than_meant", table=CONTRACT.table,
        when=(months_between(_contract.starts_on, _contract.ends_on.plus(1, "day")) > parameter("family_doctor.longest_months")).node,
        text=Text(
            "协议期过长，指导意见原则上为1～3年，请核对终止日期{ends_on}。",
            "It runs too long; one to three years are meant. Check its end on {ends_on}.",
        ),
        source=AGREEMENT,
    ),
)  # fmt: skip
