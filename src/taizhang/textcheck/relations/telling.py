"""A relation told in words: what was reckoned, what stands there, and what would be right."""

from collections.abc import Sequence
from fractions import Fraction

from taizhang.kernel.text import Text
from taizhang.textcheck.amounts import Quantity, Sort
from taizhang.textcheck.model import Relation, RelationKind, Verdict
from taizhang.textcheck.verdicts import cause_of, number, printed


def make(
    kind: RelationKind, stated: Quantity, operands: Sequence[Quantity], verdict: Verdict, right: Fraction, sum_text: str, name: str, *,
    cause: Text | None = None, tie: int = 0,
) -> Relation:  # fmt: skip
    """A relation told in words: what was reckoned, what stands there."""
    exact = number(right)
    shown = printed(right, stated)
    sign = stated.unit if stated.sort in (Sort.RATE, Sort.POINTS) else ""
    large = stated.sort is Sort.MONEY or (stated.value >= 10_000 and stated.sort is Sort.COUNT)
    arithmetic = f"{sum_text}＝{printed(right, stated, more=2) if large else exact + sign}"
    if verdict is Verdict.INCONSISTENT and cause is None:
        cause = cause_of(stated, right)
    written = stated.text
    if verdict is Verdict.CONSISTENT:
        message = Text(f"{name}{written}与{arithmetic}相符", f"{written} agrees with {arithmetic}")
    elif verdict is Verdict.ROUNDING:
        message = Text(
            f"{name}{written}与{arithmetic}只差在舍入，按四舍五入应为{shown}",
            f"{written} is off by rounding only: {arithmetic}, rounded {shown}",
        )
    else:
        why, because = (f"（{cause.zh}）", f" ({cause.en})") if cause else ("", "")
        message = Text(
            f"{name}{written}与文中的数不符：{arithmetic}，应为{shown}{why}。请核对这几个数。",
            f"{written} does not follow from the text: {arithmetic}, so it ought to be {shown}{because}. Check these numbers.",
        )
    return Relation(kind, stated, tuple(operands), verdict, shown, message, arithmetic, cause, tie)
