"""考核评分表: the year's assessment table of the basic public-health services, filled from figures alone.

A table is data: assessment/*.yaml here, and a file of the same name in HOME/assessment replaces it, because provinces and counties lay
down indicators, points and targets anew each year. A score is worked out from the exact counts and rounded once, to two decimals; the
counts stand beside it, so that a reader with a pencil gets the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

from taizhang.config import home
from taizhang.figures.compute import Board
from taizhang.figures.model import Figure
from taizhang.kernel.arithmetic import round_half_away
from taizhang.kernel.indicators import Better, Status
from taizhang.kernel.parameters import ParameterError, read_yaml
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.settlement.errors import SettlementError

FOLDER = Path(__file__).parent / "assessment"
TABLE = "basic_public_health"
PLACES = 2
_FACTORS = {"%": 100, "‰": 1000, "1/10万": 100000}


class Scoring(StrEnum):
    """计分办法."""

    SHARE = "share"
    THRESHOLD = "threshold"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the table. target: the value that earns all points, in the indicator's unit; deduct: of STEP, the points lost for each
    whole unit missing. part_year: the indicator that stands for an annual one while the year runs."""

    package: Text
    indicator: str
    points: Decimal
    target: Decimal
    scoring: Scoring
    deduct: Decimal = Decimal(0)
    part_year: str = ""

    def rule(self, better: Better) -> Text:
        """计分办法 in words."""
        over = better is Better.LOWER
        if self.scoring is Scoring.SHARE:
            return Text("按比例得分，达到标准得满分", "in proportion, full points at the target")
        if self.scoring is Scoring.THRESHOLD:
            return Text("达标得满分，不达标不得分", "full points at the target, else none")
        return Text(
            f"每{'高' if over else '低'}1个单位扣{self.deduct}分，扣完为止",
            f"{self.deduct} points off for each unit {'above' if over else 'below'} the target",
        )


@dataclass(frozen=True, slots=True)
class Definition:
    """A table as it is laid down. since: the first year it holds for. own: laid down by the county itself."""

    code: str
    name: Text
    source: Source
    since: int
    items: tuple[Item, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """A line filled. target, target_source: the county's own yearly target for the unit where it set one, else the table's. score: None
    where the line is left out of the assessment; remark says why."""

    item: Item
    figure: Figure
    target: Decimal
    target_source: str
    score: Decimal | None
    remark: Text | None

    @property
    def rule(self) -> Text:
        return self.item.rule(self.figure.indicator.better)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A table filled for an organisation and a year. assessable: the points of the lines that could be assessed."""

    definition: Definition
    organisation: str
    organisation_name: Text
    period: Period
    lines: tuple[Scored, ...]
    ledger_version: int

    @property
    def points(self) -> Decimal:
        return sum((line.item.points for line in self.lines), Decimal(0))

    @property
    def assessable(self) -> Decimal:
        return sum((line.item.points for line in self.lines if line.score is not None), Decimal(0))

    @property
    def score(self) -> Decimal:
        """得分合计: the sum of the scores as printed."""
        return sum((line.score for line in self.lines if line.score is not None), Decimal(0))

    @property
    def converted(self) -> Decimal | None:
        """折算得分: out of a hundred, over the lines that could be assessed; None where there is none."""
        if not self.assessable:
            return None
        return round_half_away(Fraction(self.score) / Fraction(self.assessable) * 100, PLACES)


def assess(organisation: str, year: int, *, table: str = TABLE, version: Any = None, day: date | None = None) -> Assessment:
    """The table filled for an organisation; of a running year, up to the working day. Raises SettlementError, OrganisationError."""
    definition = definition_of(table)
    if year < definition.since:
        raise SettlementError(f"《{definition.name.zh}》自{definition.since}年起使用，没有{year}年的。请换年份。")
    board = Board(Period.of_year(year), version=version, day=day)
    whole = board.period.cutoff == board.period.year_end
    board.read_targets([organisation])
    lines = []
    for item in definition.items:
        code = item.indicator if whole or not item.part_year else item.part_year
        (indicator,) = board.definitions([code])
        figure = board.figure(indicator, organisation)
        named = board.figure(board.definitions([item.indicator])[0], organisation).target if code != item.indicator else figure.target
        target = item.target if named is None else named.value
        source = definition.source.document if named is None else named.source
        score, remark = score_of(item, figure, target)
        if code != item.indicator and remark is None:
            remark = Text(f"年中按“{indicator.name.zh}”计", f"while the year runs: {indicator.name.en}")
        lines.append(Scored(item, figure, target, source, score, remark))
    return Assessment(definition, organisation, board.tree.name(organisation), board.period, tuple(lines), board.ledger.number)


def score_of(item: Item, figure: Figure, target: Decimal) -> tuple[Decimal | None, Text | None]:
    """The score of a line, and what is to be said of it. Not reported earns nothing, and is said so; where nobody is eligible, nothing
    is due yet or no rule is in force, the line is left out."""
    if figure.status is Status.NOT_REPORTED:
        owed = "、".join(dict.fromkeys(m.what.zh for m in figure.missing[:3]))
        return Decimal("0.00"), Text(f"未报，不得分{f'（{owed}）' if owed else ''}", "not reported, no points")
    value = exact_value(figure)
    if value is None:
        label = figure.status.label
        return None, Text(f"{label.zh}，不参评", f"{label.en}, left out")
    remark = None
    if figure.status is Status.PARTIAL:
        names = "、".join(dict.fromkeys(m.name.zh for m in figure.missing[:5]))
        remark = Text(
            f"部分单位已报，缺{names}", f"partly reported; missing {', '.join(dict.fromkeys(m.name.en for m in figure.missing[:5]))}"
        )
    return points_for(item, value, target, figure.indicator.better), remark


def points_for(item: Item, value: Fraction, target: Decimal, better: Better) -> Decimal:
    """得分: exact, rounded once."""
    aim, points = Fraction(target), Fraction(item.points)
    lacking = value - aim if better is Better.LOWER else aim - value
    if lacking <= 0:
        return round_half_away(points, PLACES)
    if item.scoring is Scoring.THRESHOLD:
        earned = Fraction(0)
    elif item.scoring is Scoring.STEP:
        earned = max(Fraction(0), points - Fraction(item.deduct) * (lacking // 1))
    else:
        share = aim / value if better is Better.LOWER else value / aim
        earned = points * max(Fraction(0), share)
    return round_half_away(earned, PLACES)


def exact_value(figure: Figure) -> Fraction | None:
    """The figure's value before rounding; None where it has none."""
    if figure.value is None:
        return None
    if not figure.indicator.is_rate or figure.numerator is None or figure.denominator is None:
        return Fraction(figure.value)
    if figure.denominator == 0:
        return None
    return Fraction(figure.numerator, figure.denominator) * _FACTORS.get(figure.indicator.unit, 1)


# -- the definitions -----------------------------------------------------------------------------------------------------------


def definition_of(code: str = TABLE) -> Definition:
    """The table of this code: the county's own, else the one shipped. Raises SettlementError with every fault."""
    own = home.current().path / "assessment" / f"{code}.yaml"
    path = own if own.is_file() else FOLDER / f"{code}.yaml"
    if not path.is_file():
        raise SettlementError(f"没有考核表“{code}”。可用：{'、'.join(sorted(p.stem for p in FOLDER.glob('*.yaml')))}。")
    return read_definition(path, own=path == own)


def read_definition(path: Path, *, own: bool = False) -> Definition:
    """One file. Raises SettlementError, naming the file and what to mend."""
    try:
        content = read_yaml(path)
        ((code, body),) = content.items()
        faults: list[str] = []
        items = tuple(item for number, line in enumerate(body["items"], 1) if (item := _item(number, line, faults)) is not None)
        source = Source(body["source"]["document"], body["source"].get("clause", ""), bool(body["source"].get("verified", False)))
        made = Definition(code, Text(body["name"]["zh"], body["name"]["en"]), source, int(body["from"]), items, own)
    except (ParameterError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise SettlementError(f"考核表文件 {path.name} 不能使用：{error}。请对照随附的 {TABLE}.yaml 改正。") from error
    if not items and not faults:
        faults.append("没有任何考核指标")
    if faults:
        raise SettlementError(f"考核表文件 {path.name} 不能使用：\n  " + "\n  ".join(faults))
    return made


_KEYS = {"package", "indicator", "points", "target", "scoring", "deduct", "part_year"}


def _item(number: int, line: Mapping[str, Any], faults: list[str]) -> Item | None:
    where = f"第{number}项"
    found: list[str] = []
    if unknown := set(line) - _KEYS:
        found.append(f"{where}：不认识“{'、'.join(sorted(unknown))}”，可用的有{'、'.join(sorted(_KEYS))}")
    for key in ("indicator", "part_year"):
        if line.get(key) and line[key] not in registry.indicators:
            found.append(f"{where}：没有指标“{line[key]}”，请核对指标代码")
    if line.get("scoring") not in set(Scoring):
        found.append(f"{where}：计分办法“{line.get('scoring')}”应是 {'、'.join(Scoring)} 之一")
    numbers: dict[str, Decimal] = {}
    for key in ("points", "target", "deduct"):
        try:
            numbers[key] = Decimal(str(line.get(key, 0)))
        except ArithmeticError:
            found.append(f"{where}：{key} 应是数字，现为“{line.get(key)}”")
            continue
        if numbers[key] < 0 or (numbers[key] == 0 and (key != "deduct" or line.get("scoring") == Scoring.STEP)):
            found.append(f"{where}：{key} 应大于0")
    faults.extend(found)
    if found:
        return None
    package = Text(line["package"]["zh"], line["package"]["en"])
    return Item(
        package,
        line["indicator"],
        numbers["points"],
        numbers["target"],
        Scoring(line["scoring"]),
        numbers["deduct"],
        line.get("part_year", ""),
    )


def grouped(lines: Sequence[Scored]) -> list[tuple[Text, list[Scored]]]:
    """Lines by package, in the order of the table."""
    found: dict[str, tuple[Text, list[Scored]]] = {}
    for line in lines:
        found.setdefault(line.item.package.zh, (line.item.package, []))[1].append(line)
    return list(found.values())
