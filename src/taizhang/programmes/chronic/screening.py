"""Finding the patients of a chronic disease: who is screened, who is suspected and referred, who is at high risk and measured again.

No Django, no clock. A screening is one measurement or questionnaire of somebody who is not under management. What it is taken for follows
from all of the person's screenings up to it:

    raised         as often in a row as the specification asks for (on different days): 疑似, referred, the result learnt within two weeks
    raised         not yet as often: measured again within the days given
    not raised     at high risk for the reasons that the specification lists: measured again after so many months; else nothing to note

A contact at which nothing was measured leaves the duty as it stood. Once the hospital has confirmed the disease, screening is over and the
person is to be enrolled; once it has excluded it, counting begins anew, and who was at high risk before the referral still is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.elements import Element, coded
from taizhang.kernel.engines.rows import compile_row
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period, add_months, age_in_years
from taizhang.kernel.query import nodes
from taizhang.kernel.text import Text
from taizhang.programmes.elements import REFERRAL_CONFIRMED, REFERRAL_EXCLUDED

NORMAL, HIGH_RISK, AGAIN, SUSPECTED, CONFIRMED, NOT_MEASURED = "1", "2", "3", "4", "5", "0"

RESULTS = {
    NORMAL: Text("未见异常", "Nothing to note"),
    HIGH_RISK: Text("高危人群", "At high risk"),
    AGAIN: Text("需复测", "To be measured again"),
    SUSPECTED: Text("疑似，已建议转诊", "Suspected, referred"),
    CONFIRMED: Text("已确诊", "Confirmed"),
    NOT_MEASURED: Text("未测量", "Not measured"),
}

REMEASURE, REFERRAL, YEARLY = "remeasure", "referral", "high_risk"
DUE_REASONS = {
    REMEASURE: Text("本次升高，非同日复测", "Raised: measure again on another day"),
    REFERRAL: Text("疑似患者，2周内随访转诊结果", "Suspected: follow the referral within two weeks"),
    YEARLY: Text("高危人群，定期复测", "At high risk: measured regularly"),
}
RESULT = coded("screening_result", "筛查结果", "Result of the screening", {c: (t.zh, t.en) for c, t in RESULTS.items()})
DUE_REASON = coded("screening_due_reason", "下次复测缘由", "Why again", {c: (t.zh, t.en) for c, t in DUE_REASONS.items()})


@dataclass(frozen=True, slots=True)
class Criterion:
    """One reason for being at high risk, over a row of the screenings. code: its number on the list of the specification."""

    code: str
    text: Text
    holds: nodes.Value


def risks(name: str, criteria: Sequence[Criterion]) -> Element:
    """The reasons as an element that pages and paper print."""
    return coded(name, "高危因素", "Reasons of risk", {c.code: (c.text.zh, c.text.en) for c in criteria}, several=True)


def screening_table(disease: str, label: Text, *, measured: tuple[Column, ...]) -> RecordContract:
    """筛查. disease: the code, which is the Django app too. measured: what is measured or asked, and what is derived from that alone."""
    return RecordContract(
        table=f"{disease}_screening",
        label=label,
        model=f"{disease}.Screening",
        columns=(
            Column("organisation", "code", Text("筛查机构", "Screened by"), field="organisation_id"),
            Column("screened_on", "date", Text("筛查日期", "Screened on")),
            Column("age_at_screening", "int", Text("筛查时年龄", "Age at the screening"), unit="岁"),
            *measured,
            Column("referral_result", "code", Text("转诊结果", "Result of the referral")),
            Column("result", "code", Text("筛查结果", "Result")),
            Column("risk_reasons", "code", Text("高危因素", "Reasons of risk")),
            Column("next_due_on", "date", Text("下次应复测日期", "Due again on")),
            Column("due_reason", "code", Text("下次复测缘由", "Why again")),
            Column("answered_on", "date", Text("下次实际日期", "Done on")),
        ),
    )


@dataclass(slots=True, kw_only=True, eq=False)
class ScreeningRules:
    """The rules one disease's screenings are judged by; the expressions are over a row of the table, and the resident's sex.

    measured: something was measured that can be judged. raised: it points to the disease. criteria: the reasons of high risk. score: the
    points of a questionnaire, where there are any. The names are parameters: how often in a row raised makes a suspect, days to measuring
    again, days to learning the referral's result, months to the next measurement of people at high risk.
    """

    measured: nodes.Value
    raised: nodes.Value
    criteria: tuple[Criterion, ...] = ()
    score: nodes.Value | None = None
    times_raised: str
    again_days: str
    referral_days: str
    high_risk_months: str
    _ready: "_Ready | None" = field(default=None, init=False, repr=False)

    def derive(
        self, rows: Sequence[Mapping[str, Any]], *, birth_date: date, sex: str, parameters: Mapping[str, Parameter]
    ) -> list[dict[str, Any]]:
        """The derived columns of all of one resident's screenings, given in time order. answered_on is the day of the next screening that
        did what was due: that learnt the referral's result, or that measured."""
        if self._ready is None or self._ready.parameters is not parameters:
            self._ready = _Ready(self, parameters)
        derived: list[dict[str, Any]] = []
        raised_before = 0
        for row in rows:
            on, before = row["screened_on"], derived[-1] if derived else None
            seen = self._ready.seen(row, birth_date, sex)
            # What makes somebody at high risk does not go away because one contact measured nothing.
            reasons = seen.reasons if seen.measured or before is None else tuple((before["risk_reasons"] or "").split(","))
            reasons = tuple(code for code in reasons if code)
            suspected = before is not None and before["due_reason"] == REFERRAL
            excluded = row.get("referral_result") == REFERRAL_EXCLUDED
            if excluded or (before is not None and before["due_reason"] == REMEASURE and on > before["next_due_on"]):
                raised_before = 0  # excluded, or the days within which it is measured again have passed
            if seen.raised:
                raised_before += 1
            elif seen.measured:
                raised_before = 0
            if row.get("referral_result") == REFERRAL_CONFIRMED:
                result, due_on, reason = CONFIRMED, None, ""
            elif suspected and not excluded and not row.get("referral_result"):
                assert before is not None
                result, due_on, reason = SUSPECTED, before["next_due_on"], REFERRAL
            elif suspected and not excluded:
                result, due_on, reason = SUSPECTED, self._after(REFERRAL, on, parameters), REFERRAL
            elif not seen.measured and not excluded:
                result = before["result"] if before is not None else NOT_MEASURED
                due_on, reason = (before["next_due_on"], before["due_reason"]) if before is not None else (None, "")
            else:
                result, reason = self._judged(seen.raised, reasons, raised_before, on, parameters)
                due_on = self._after(reason, on, parameters) if reason else None
            derived.append(
                {
                    "age_at_screening": age_in_years(birth_date, on),
                    **({"score": seen.score} if self.score is not None else {}),
                    "result": result,
                    "risk_reasons": ",".join(reasons) or None,
                    "next_due_on": due_on,
                    "due_reason": reason if due_on is not None else "",
                    "answered_on": None,
                    "measured": seen.measured,
                }
            )
        for place, line in enumerate(derived):
            later = zip(rows[place + 1 :], derived[place + 1 :], strict=True)
            if line["due_reason"] == REFERRAL:
                line["answered_on"] = next((row["screened_on"] for row, _ in later if row.get("referral_result")), None)
            elif line["due_reason"]:
                line["answered_on"] = next((row["screened_on"] for row, after in later if after["measured"]), None)
        return [{name: value for name, value in line.items() if name != "measured"} for line in derived]

    def _judged(self, raised: bool, reasons: Sequence[str], times: int, on: date, parameters: Mapping[str, Parameter]) -> tuple[str, str]:
        if raised:
            return (SUSPECTED, REFERRAL) if times >= (parameters[self.times_raised].at(on) or 1) else (AGAIN, REMEASURE)
        return (HIGH_RISK, YEARLY) if reasons else (NORMAL, "")

    def _after(self, reason: str, on: date, parameters: Mapping[str, Parameter]) -> date | None:
        """When it is due after `on`; None before any rule was in force."""
        if reason == YEARLY:
            months = parameters[self.high_risk_months].at(on)
            return None if months is None else add_months(on, months)
        days = parameters[self.referral_days if reason == REFERRAL else self.again_days].at(on)
        return None if days is None else on + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class _Seen:
    """One screening, by itself."""

    measured: bool
    raised: bool
    reasons: tuple[str, ...]
    score: int | None


class _Ready:
    """Rules made ready to judge many screenings."""

    def __init__(self, rules: ScreeningRules, parameters: Mapping[str, Parameter]) -> None:
        self.parameters = parameters
        self._measured, self._raised = compile_row(rules.measured, parameters), compile_row(rules.raised, parameters)
        self._score = compile_row(rules.score, parameters) if rules.score is not None else None
        self._criteria = [(criterion.code, compile_row(criterion.holds, parameters)) for criterion in rules.criteria]

    def seen(self, row: Mapping[str, Any], birth_date: date, sex: str) -> _Seen:
        on = row["screened_on"]
        full = {**row, "age_at_screening": age_in_years(birth_date, on)}
        day, people = Period(on, on), {"resident": {"sex": sex, "birth_date": birth_date}}
        measured = self._measured(full, day, people) is True
        return _Seen(
            measured=measured,
            raised=measured and self._raised(full, day, people) is True,
            reasons=tuple(code for code, holds in self._criteria if holds(full, day, people) is True) if measured else (),
            score=self._score(full, day, people) if self._score is not None and measured else None,
        )
