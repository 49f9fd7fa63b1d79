"""What the chronic diseases have in common: the classes of a visit, and when the next one is due.

No Django, no clock. A visit's class comes from one kernel expression per disease (its rules.py); when the next visit is due
needs the visits before it and is a pure function here.
Source: 国家基本公共卫生服务规范（第三版）, 高血压患者、2型糖尿病患者健康管理服务规范.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from taizhang.kernel.engines.rows import compile_row
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period, add_months, age_in_years
from taizhang.kernel.query import nodes
from taizhang.kernel.query.fingerprint import fingerprint
from taizhang.kernel.query.walking import parameters_of
from taizhang.kernel.rules import Due
from taizhang.kernel.text import Text

CONTROLLED, UNCONTROLLED, ADVERSE, COMPLICATION, NOT_ASSESSED = "1", "2", "3", "4", "0"

VISIT_CLASSES = {
    CONTROLLED: Text("控制满意", "Controlled"),
    UNCONTROLLED: Text("控制不满意", "Not controlled"),
    ADVERSE: Text("不良反应", "Adverse reaction"),
    COMPLICATION: Text("并发症", "Complication"),
    # Nobody was reached, or a telephone call yielded no value. The paper form has no box for it; it is never printed as a class.
    NOT_ASSESSED: Text("未评价", "Not assessed"),
}

ROUTINE, TWO_WEEKS_UNCONTROLLED, TWO_WEEKS_ADVERSE, REFERRAL = "routine", "two_weeks_uncontrolled", "two_weeks_adverse", "referral"

DUE_REASONS = {
    ROUTINE: Text("病情稳定，按期随访", "Stable: routine visit"),
    TWO_WEEKS_UNCONTROLLED: Text(
        "第一次控制不满意，调整用药后2周内随访", "First time not controlled: visit within two weeks of the change"
    ),
    TWO_WEEKS_ADVERSE: Text("出现药物不良反应，调整用药后2周内随访", "Adverse reaction: visit within two weeks of the change"),
    REFERRAL: Text("已建议转诊，2周内随访转诊情况", "Referred: follow the referral within two weeks"),
}
WITHIN_TWO_WEEKS = (TWO_WEEKS_UNCONTROLLED, TWO_WEEKS_ADVERSE, REFERRAL)


@dataclass(frozen=True, slots=True)
class Contact:
    """What one visit contributes to the due date. within_target: pressure (glucose) met its target; None where nothing was measured."""

    on: date
    visit_class: str
    within_target: bool | None
    adverse: bool
    danger: bool

    @property
    def judged(self) -> bool:
        return self.visit_class != NOT_ASSESSED or self.danger


def next_due(history: Sequence[Contact], *, routine_months: int, early_days: int) -> Due | None:
    """When the next visit is due after the last of `history` (in time order), and why. None while no visit could be judged.

    A contact that could not be judged (not reached, nothing measured) leaves the duty as it stood: a call that nobody answers
    does not move a deadline. Danger speaks for itself, whatever else was not measured.
    """
    assessed = [contact for contact in history if contact.judged]
    if not assessed:
        return None
    last, before = assessed[-1], assessed[-2] if len(assessed) > 1 else None
    reason = _reason(last, before)
    on = add_months(last.on, routine_months) if reason == ROUTINE else last.on + timedelta(days=early_days)
    return Due(on, reason, DUE_REASONS[reason])


def _reason(last: Contact, before: Contact | None) -> str:
    still_uncontrolled = before is not None and before.within_target is False and last.within_target is False
    still_adverse = before is not None and before.adverse and last.adverse
    if last.danger or last.visit_class == COMPLICATION or still_uncontrolled or still_adverse:
        return REFERRAL
    if last.visit_class == ADVERSE:
        return TWO_WEEKS_ADVERSE
    return TWO_WEEKS_UNCONTROLLED if last.visit_class == UNCONTROLLED else ROUTINE


@dataclass(slots=True, kw_only=True, eq=False)
class FollowUpRules:
    """The rules one disease's visits are judged by. The three expressions are over a row of the follow-up table; the two names are
    parameters: months to a routine visit, days to an early one."""

    visit_class: nodes.Value
    within_target: nodes.Value
    danger: nodes.Value
    routine_months: str
    early_days: str
    _judge: "_Judge | None" = field(default=None, init=False, repr=False)

    def judge(self, row: Mapping[str, Any], *, birth_date: date, parameters: Mapping[str, Parameter]) -> Contact:
        """One visit, by the rules in force on its day. row: the columns of the follow-up table, as a form or the table holds them."""
        return self._with(parameters).contact({**row, "age_at_visit": age_in_years(birth_date, row["visited_on"])})

    def derive(self, rows: Sequence[Mapping[str, Any]], *, birth_date: date, parameters: Mapping[str, Parameter]) -> list[dict[str, Any]]:
        """The derived columns of all of one resident's visits, given in time order.

        answered_on is the day of the next visit that could be judged, referral_checked_on, after a visit with a referral, of the next
        contact at which its result was learnt; until one came they are None.
        """
        judge = self._with(parameters)
        contacts = [self.judge(row, birth_date=birth_date, parameters=parameters) for row in rows]
        derived = []
        for place, contact in enumerate(contacts):
            months, days = parameters[self.routine_months].at(contact.on), parameters[self.early_days].at(contact.on)
            # Before the first rule in force there is a visit, but no duty that follows from it.
            due = None if months is None or days is None else next_due(contacts[: place + 1], routine_months=months, early_days=days)
            derived.append(
                {
                    "age_at_visit": age_in_years(birth_date, contact.on),
                    "visit_class": contact.visit_class,
                    "within_target": contact.within_target,
                    "next_due_on": due.on if due else None,
                    "due_reason": due.reason if due else "",
                    "answered_on": next((later.on for later in contacts[place + 1 :] if later.judged), None),
                    "referral_checked_on": _checked_on(rows[place + 1 :]) if due is not None and due.reason == REFERRAL else None,
                    "rule": judge.fingerprint(contact.on),
                }
            )
        return derived

    def _with(self, parameters: Mapping[str, Parameter]) -> "_Judge":
        if self._judge is None or self._judge.parameters is not parameters:
            self._judge = _Judge(self, parameters)
        return self._judge


def _checked_on(later: Sequence[Mapping[str, Any]]) -> date | None:
    """The day of the first of these contacts at which the result of the referral was learnt."""
    return next((row["visited_on"] for row in later if row.get("referral_result")), None)


class _Judge:
    """Rules made ready to judge many visits: a simulated county has millions of them."""

    def __init__(self, rules: FollowUpRules, parameters: Mapping[str, Parameter]) -> None:
        self.parameters = parameters
        self._node = rules.visit_class
        self._class, self._within, self._danger = (
            compile_row(node, parameters) for node in (rules.visit_class, rules.within_target, rules.danger)
        )
        self._used = parameters_of(rules.visit_class)
        self._fingerprints: dict[tuple[int | None, ...], str] = {}

    def contact(self, row: Mapping[str, Any]) -> Contact:
        day = Period(row["visited_on"], row["visited_on"])
        return Contact(
            on=row["visited_on"],
            visit_class=self._class(row, day, {}),
            within_target=self._within(row, day, {}),
            adverse=row.get("adverse_reaction") == "2",
            danger=self._danger(row, day, {}) is True,
        )

    def fingerprint(self, day: date) -> str:
        """The fingerprint of the class rule with the numbers in force on `day`."""
        numbers = tuple(self.parameters[name].at(day) for name in self._used)
        if numbers not in self._fingerprints:
            self._fingerprints[numbers] = fingerprint(self._node, self.parameters, day)
        return self._fingerprints[numbers]
