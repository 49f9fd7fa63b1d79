"""References 上级通报: the city rank, the provincial and the national value of an indicator, with the document that says so. The only
source of 居全市第三位 and 高于全省平均水平 in a summary."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taizhang.figures.model import Figure
from taizhang.kernel.indicators import Status
from taizhang.kernel.text import Text
from taizhang.summaries import phrases
from taizhang.summaries.phrases import Bilingual, Phrase, span

LEVELS = {
    "city": Text("全市", "the city"),
    "province": Text("全省", "the province"),
    "nation": Text("全国", "the nation"),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """What one bulletin says of one indicator. level: a key of LEVELS. rank (of how many, where it says) or value, the level's own mean
    in the indicator's unit."""

    indicator: str
    level: str
    rank: int | None
    of: int | None
    value: Decimal | None
    document: str
    number: str
    day: date

    @property
    def cited(self) -> Text:
        number = f"（{self.number}）" if self.number else ""
        return Text(f"依据《{self.document}》{number}，{self.day}", f"from 《{self.document}》{number}, {self.day}")


References = Mapping[str, tuple[Reference, ...]]
NO_REFERENCES: References = {}

_CITED = Text("有上级通报", "a higher authority's bulletin says so")
RANK = Phrase("reference", _CITED, Text("，居{level}第{rank}位", ", ranking {rank} in {level}"))
AGAINST = Phrase("reference", _CITED, Text("，{verb}{level}平均水平（{value}）", ", {verb} the mean of {level} ({value})"))
_VERBS = {1: Text("高于", "above"), -1: Text("低于", "below")}
LEVEL_WITH = Phrase("reference", _CITED, Text("，与{level}平均水平（{value}）持平", ", level with the mean of {level} ({value})"))


def compared(figure: Figure, references: References) -> Bilingual | None:
    """，居全市第3位 where the bulletin ranks, else ，高于全省平均水平（76.20%）; None where no bulletin of this period speaks of it, or
    our own figure is not whole: a rank is said of the number beside it."""
    if figure.value is None or figure.status not in (Status.OK, Status.RATE_ONLY) or not figure.is_total:
        return None
    found = sorted(references.get(figure.code, ()), key=lambda r: (r.rank is None, list(LEVELS).index(r.level), r.number))
    if not found:
        return None
    first = found[0]
    level = LEVELS[first.level]
    if first.rank is not None:
        return RANK.say(level=level, rank=span(figure, "reference", str(first.rank), how=first.cited))
    assert first.value is not None
    unit = figure.indicator.unit
    zh, en = (phrases.rate_text(first.value, unit, language) for language in ("zh", "en"))
    value = span(figure, "reference", zh, en, first.cited)
    if figure.value == first.value:
        return LEVEL_WITH.say(level=level, value=value)
    return AGAINST.say(verb=_VERBS[1 if figure.value > first.value else -1], level=level, value=value)
