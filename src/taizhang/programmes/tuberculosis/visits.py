"""When the next visit to a tuberculosis patient is due, and why. No Django, no clock.

Source: 国家基本公共卫生服务规范（第三版） 肺结核患者健康管理服务规范 二、服务内容（三）督导服药和随访管理.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from taizhang.kernel.engines.rows import RowRule, compile_row
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period, add_months
from taizhang.kernel.query import nodes
from taizhang.kernel.text import Text

REFERRAL, MEDICAL, FAMILY_INTENSIVE, FAMILY_CONTINUATION = "referral", "medical", "family_intensive", "family_continuation"
NONE = ""

DUE_REASONS = {
    REFERRAL: Text("有不良反应、并发症或已转诊，2周内随访", "A reaction, a complication or a referral: visit within two weeks"),
    MEDICAL: Text("医务人员督导，每月至少随访1次", "Supervised by a doctor: a visit a month"),
    FAMILY_INTENSIVE: Text(
        "家庭成员督导，强化期（注射期）每10天随访1次", "Supervised by the family, intensive phase: a visit every ten days"
    ),
    FAMILY_CONTINUATION: Text("家庭成员督导，继续期每月随访1次", "Supervised by the family, continuation phase: a visit a month"),
}
_IN_DAYS = {REFERRAL: "referral_days", FAMILY_INTENSIVE: "family_days"}
_IN_MONTHS = {MEDICAL: "medical_months", FAMILY_CONTINUATION: "family_months"}


def due_on(day: date, reason: str, parameters: Mapping[str, Parameter]) -> date | None:
    """The last day of the visit that follows one on `day`; None before the first rule in force."""
    count = parameters[f"tuberculosis.{_IN_DAYS.get(reason) or _IN_MONTHS[reason]}"].at(day)
    if count is None:
        return None
    return day + timedelta(days=count) if reason in _IN_DAYS else add_months(day, count)


class DueRule:
    """Why the next visit is due, as an expression over a visit's row; NONE where nobody was reached."""

    def __init__(self, reason: nodes.Value) -> None:
        self.reason = reason
        self._compiled: tuple[Mapping[str, Parameter], RowRule] | None = None

    def derive(self, rows: Sequence[Mapping[str, Any]], parameters: Mapping[str, Parameter]) -> list[tuple[date | None, str]]:
        """Next due day and its reason after each of a resident's visits, in time order. One at which nobody was reached leaves the duty as
        it stood."""
        if self._compiled is None or self._compiled[0] is not parameters:
            self._compiled = (parameters, compile_row(self.reason, parameters))
        derived: list[tuple[date | None, str]] = []
        standing: tuple[date | None, str] = (None, NONE)
        for row in rows:
            reason = self._compiled[1](row, Period(row["visited_on"], row["visited_on"]), {})
            if reason != NONE:
                on = due_on(row["visited_on"], reason, parameters)
                standing = (on, reason if on else NONE)
            derived.append(standing)
        return derived
