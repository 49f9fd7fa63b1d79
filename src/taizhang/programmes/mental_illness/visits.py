"""When the next visit to a patient is due, and why: a pure function over the visits so far. No Django, no clock.

Source: 国家基本公共卫生服务规范（第三版） 严重精神障碍患者管理服务规范 二、服务内容（三）分类干预.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from taizhang.kernel.engines.rows import RowRule, compile_row
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period, add_months
from taizhang.kernel.query import nodes
from taizhang.kernel.rules import Due
from taizhang.kernel.text import Text
from taizhang.programmes.mental_illness.elements import FAIRLY_STABLE, NOT_ASSESSED, UNSTABLE

ROUTINE, TWO_WEEKS_UNSTABLE, TWO_WEEKS_FAIRLY, MONTH_FAIRLY = "routine", "two_weeks_unstable", "two_weeks_fairly", "month_fairly"

DUE_REASONS = {
    ROUTINE: Text("病情稳定或趋于稳定，3个月内随访", "Stable, or settling: visit within three months"),
    TWO_WEEKS_UNSTABLE: Text("病情不稳定，转诊或处置后2周内随访", "Unstable: visit within two weeks of the referral"),
    TWO_WEEKS_FAIRLY: Text("病情基本稳定，调整治疗后2周内随访", "Fairly stable: visit within two weeks of the change"),
    MONTH_FAIRLY: Text(
        "处理后仍未达到稳定，请专科医师指导，1个月内随访", "Still not stable: a psychiatrist's guidance, visit within a month"
    ),
}
WITHIN_TWO_WEEKS = (TWO_WEEKS_UNSTABLE, TWO_WEEKS_FAIRLY)
_SETTLING = ("1", "2")  # 治疗效果: 痊愈, 好转


@dataclass(frozen=True, slots=True)
class Assessed:
    """What one visit contributes to the due date."""

    on: date
    visit_class: str
    settling: bool  # the treatment helps


def next_due(history: Sequence[Assessed], *, routine_months: int, early_days: int, specialist_months: int) -> Due | None:
    """When the next visit is due after the last of `history` (in time order), and why; None while none could be assessed.

    A visit at which nobody was reached leaves the duty as it stood. 趋于稳定 after an adjustment is read as: the class is stable, or it is
    still fairly stable and the treatment helps.
    """
    assessed = [visit for visit in history if visit.visit_class != NOT_ASSESSED]
    if not assessed:
        return None
    last, before = assessed[-1], assessed[-2] if len(assessed) > 1 else None
    if last.visit_class == UNSTABLE:
        return _due(last.on + timedelta(days=early_days), TWO_WEEKS_UNSTABLE)
    if last.visit_class == FAIRLY_STABLE:
        if before is None or before.visit_class != FAIRLY_STABLE:
            return _due(last.on + timedelta(days=early_days), TWO_WEEKS_FAIRLY)
        if not last.settling:
            return _due(add_months(last.on, specialist_months), MONTH_FAIRLY)
    return _due(add_months(last.on, routine_months), ROUTINE)


def _due(on: date, reason: str) -> Due:
    return Due(on, reason, DUE_REASONS[reason])


class VisitRules:
    """The class of a visit as an expression over its row, and what follows from a resident's visits."""

    def __init__(self, visit_class: nodes.Value) -> None:
        self.visit_class = visit_class
        self._compiled: tuple[Mapping[str, Parameter], RowRule] | None = None

    def derive(self, rows: Sequence[Mapping[str, Any]], parameters: Mapping[str, Parameter]) -> list[dict[str, Any]]:
        """The derived columns of all of one resident's visits, given in time order."""
        if self._compiled is None or self._compiled[0] is not parameters:
            self._compiled = (parameters, compile_row(self.visit_class, parameters))
        judge = self._compiled[1]
        visits = [
            Assessed(row["visited_on"], judge(row, Period(row["visited_on"], row["visited_on"]), {}), row.get("effect") in _SETTLING)
            for row in rows
        ]
        derived = []
        for place, visit in enumerate(visits):
            numbers = {name: parameters[f"mental_illness.{name}"].at(visit.on) for name in _NUMBERS}
            due = None
            if all(value is not None for value in numbers.values()):  # before the first rule in force there is no duty
                due = next_due(visits[: place + 1], **{name: value for name, value in numbers.items() if value is not None})
            derived.append(
                {
                    "visit_class": visit.visit_class,
                    "next_due_on": due.on if due else None,
                    "due_reason": due.reason if due else "",
                    "answered_on": next((later.on for later in visits[place + 1 :] if later.visit_class != NOT_ASSESSED), None),
                }
            )
        return derived


_NUMBERS = ("routine_months", "early_days", "specialist_months")
