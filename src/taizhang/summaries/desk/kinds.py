"""The kinds of document, and the periods each takes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from taizhang.kernel.periods import Period
from taizhang.kernel.text import Text
from taizhang.summaries import wording
from taizhang.summaries.desk.errors import DeskError
from taizhang.summaries.desk.models import KindCode


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document. takes: the period it can be of. plan: the heading of its next steps; None where it has none. digest: opening and
    headline sentences only. cumulative: two of one year may overlap, because each begins on 1 January."""

    code: KindCode
    name: Text
    takes: Callable[[Period], bool]
    periods: Text
    digest: bool = False
    cumulative: bool = False

    def title(self, organisation: Text, period: Period, programme: Text | None = None) -> Text:
        when, english = wording.full_period(period), period.name.en
        if self.code is KindCode.SPECIAL and programme is not None:
            return Text(f"{organisation.zh}{when.zh}{programme.zh}情况报告", f"{organisation.en}: Report on {programme.en}, {english}")
        if self.code is KindCode.MONTH:
            return Text(
                f"{organisation.zh}{when.zh}工作小结和下月工作打算",
                f"{organisation.en}: Work brief for {english} and plan for the next month",
            )
        if self.code is KindCode.MONTHS:
            return Text(f"{organisation.zh}{when.zh}工作总结", f"{organisation.en}: Work summary for {english}")
        return wording.title(organisation, period)

    def plan_heading(self, period: Period) -> Text:
        if self.code is KindCode.MONTH:
            return Text("下月工作打算", "Plan for the next month")
        if self.code is KindCode.SPECIAL:
            return Text("工作建议", "What is proposed")
        return wording.plan_heading(period)


KINDS = {
    kind.code: kind
    for kind in (
        Kind(KindCode.MONTH, Text("月度小结", "month"), lambda p: p.kind == "month", Text("一个整月", "one whole month")),
        Kind(
            KindCode.QUARTER,
            Text("季度小结", "quarter digest"),
            lambda p: p.kind == "quarter",
            Text("一个季度", "one quarter"),
            digest=True,
        ),
        Kind(KindCode.HALF, Text("半年总结", "half-year"), lambda p: p.kind == "half", Text("上半年或下半年", "a half-year")),
        Kind(
            KindCode.MONTHS,
            Text("1至N月总结", "months one to N"),
            lambda p: p.start == date(p.start.year, 1, 1) and p.kind in ("month", "quarter", "half", "months"),
            Text("1月1日起的整月", "whole months from January on"),
            cumulative=True,
        ),
        Kind(KindCode.YEAR, Text("年度总结", "year"), lambda p: p.kind == "year", Text("一个整年", "one year")),
        Kind(KindCode.SPECIAL, Text("专题报告", "special report"), lambda p: True, Text("任何时段", "any period")),
    )
}


def kind_named(code: str) -> Kind:
    if code not in KINDS:
        raise DeskError(Text(
            f"没有“{code}”这种文种。可用：{'、'.join(f'{k.code}（{k.name.zh}）' for k in KINDS.values())}。",
            f"No kind of document is called {code!r}. There are: {', '.join(KINDS)}.",
        ))  # fmt: skip
    return KINDS[KindCode(code)]


def kind_of(period: Period) -> Kind:
    """The kind a period alone suggests."""
    found = next((k for k in KINDS.values() if k.takes(period) and not k.cumulative), KINDS[KindCode.SPECIAL])
    return KINDS[KindCode.MONTHS] if found.code is KindCode.SPECIAL and KINDS[KindCode.MONTHS].takes(period) else found
