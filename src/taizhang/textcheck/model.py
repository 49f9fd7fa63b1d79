"""What a check finds: relations between quantities, each with its verdict, its words and its arithmetic."""

from dataclasses import dataclass, field
from enum import StrEnum

from taizhang.kernel.text import Text
from taizhang.textcheck.amounts import Quantity


class RelationKind(StrEnum):
    RATIO = "ratio"
    SUM = "sum"
    PART = "part"
    GROWTH = "growth"
    COMPLETION = "completion"
    AVERAGE = "average"
    COUNT = "count"
    REPEAT = "repeat"
    SHARED = "shared-denominator"
    CHANGE = "change"

    @property
    def label(self) -> Text:
        return _KINDS[self]


class Verdict(StrEnum):
    CONSISTENT = "consistent"
    ROUNDING = "rounding"
    INCONSISTENT = "inconsistent"
    UNTESTABLE = "untestable"

    @property
    def label(self) -> Text:
        return _VERDICTS[self]


_KINDS = {
    RelationKind.RATIO: Text("率与两数", "rate from its counts"),
    RelationKind.SUM: Text("分项与合计", "parts and their sum"),
    RelationKind.PART: Text("部分与总数", "part of a whole"),
    RelationKind.GROWTH: Text("增减", "growth or fall"),
    RelationKind.COMPLETION: Text("任务完成", "completion of a task"),
    RelationKind.AVERAGE: Text("平均", "average"),
    RelationKind.COUNT: Text("列举与数目", "list and its number"),
    RelationKind.REPEAT: Text("前后两处", "said twice"),
    RelationKind.SHARED: Text("共同分母", "shared denominator"),
    RelationKind.CHANGE: Text("由此到彼", "from one to another"),
}
_VERDICTS = {
    Verdict.CONSISTENT: Text("一致", "consistent"),
    Verdict.ROUNDING: Text("舍入差", "rounding slip"),
    Verdict.INCONSISTENT: Text("不一致", "inconsistent"),
    Verdict.UNTESTABLE: Text("无法核对", "cannot be tested"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """stated: the number tested; operands: what it is tested against. recomputed: the value that would be right, as it would be printed;
    "" where there is none. arithmetic: the sum as one would pencil it. tie: how firmly the words hold it together, for choosing between two
    readings of one number."""

    kind: RelationKind
    stated: Quantity
    operands: tuple[Quantity, ...]
    verdict: Verdict
    recomputed: str
    message: Text
    arithmetic: str = ""
    cause: Text | None = None
    tie: int = 0


@dataclass(slots=True)
class Found:
    """Relations as they are found, and which numbers a finder has already taken for its own (a growth rate is no share)."""

    relations: list[Relation] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    def add(self, relation: Relation | None, *, takes: bool = True) -> bool:
        if relation is None:
            return False
        self.relations.append(relation)
        if takes:
            self.taken.add(relation.stated.start)
        return True
