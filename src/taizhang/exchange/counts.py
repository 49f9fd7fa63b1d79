"""Files of targets 任务 and of population counts 人口数: few rows, each an organisation's number for a year or a day."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction

from taizhang.county import populations
from taizhang.county.models import PopulationCount, Role
from taizhang.exchange.columns import Column, Heading
from taizhang.exchange.reading import FileRefused
from taizhang.exchange.report import CellFault, Row
from taizhang.exchange.run import Run, empty_faults, formula_faults
from taizhang.exchange.values import Places, only_for, read_day
from taizhang.figures.model import FigureError
from taizhang.figures.models import Target, TargetUnit
from taizhang.figures.targets import set_target
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text

_ORGANISATION = Column("organisation", Text("机构", "Organisation"), required=True, names=("机构代码", "机构名称"))
_OFFICE = (Role.BUREAU_OFFICE, Role.ADMINISTRATOR)

TARGETS = Text("任务目标", "targets")
TARGET_COLUMNS = (
    Column("indicator", Text("指标", "Indicator"), required=True, names=("指标代码", "指标名称")),
    _ORGANISATION,
    Column("year", Text("年度", "Year"), required=True, names=("年份",)),
    Column("value", Text("任务值", "Target"), required=True, names=("任务", "目标", "目标值")),
    Column("unit", Text("单位", "Unit")),
    Column("source", Text("依据文件", "Source document"), required=True, names=("文件", "依据")),
)
POPULATION = Text("人口数", "population counts")
POPULATION_COLUMNS = (
    Column("series", Text("口径", "Series"), required=True, names=("人口口径",)),
    _ORGANISATION,
    Column("as_of", Text("时点", "As of"), required=True, names=("截至", "日期")),
    Column("value", Text("人数", "Persons"), required=True, names=("人口数",)),
    Column("source", Text("来源", "Source"), required=True),
)
_UNITS = {TargetUnit.PERCENT.label: TargetUnit.PERCENT.value, TargetUnit.COUNT.label: TargetUnit.COUNT.value}


def _refused(message: Text | None) -> None:
    if message is not None:
        raise FileRefused(message)


def _differs(stored: str) -> Text:
    return Text(
        f"已登记为{stored}。确为更正的，请勾选“更正”（命令行加--correct）重新导入。",
        f"It is entered as {stored}. If this corrects it, import with --correct.",
    )


def _number(written: str) -> Decimal | Text:
    try:
        number = Decimal(written.replace(",", "").removesuffix("%").strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= 10**12:
        return Text(f"应填数字，现为“{written}”。请改正。", f"A number is needed, not {written!r}.")
    return number


def _number_of(faults: list[CellFault], heading: Heading, row: Row, field: str) -> Decimal:
    written = heading.value(row.cells, field)
    number = _number(written)
    if isinstance(number, Text):
        faults.append(CellFault(heading.label(field), written, number))
        return Decimal(0)
    return number


def _place_of(faults: list[CellFault], heading: Heading, row: Row, places: Places) -> str:
    written = heading.value(row.cells, "organisation")
    code = places.find(written)
    if isinstance(code, Text):
        faults.append(CellFault(heading.label("organisation"), written, code))
        return ""
    return code


# -- targets -----------------------------------------------------------------------------------------------------------


def import_targets(run: Run) -> None:
    _refused(only_for(run.actor, *_OFFICE))
    heading, rows = run.table(TARGET_COLUMNS, TARGETS)
    places = Places.everywhere()
    names = {name: code for code, dated in registry.indicators.items() for i in dated for name in (i.name.zh, i.name.en, code)}
    seen: dict[tuple[str, str, int], tuple[Decimal, str]] = {}
    with transaction.atomic():
        for row in rows:
            run.report.read += 1
            faults = [*formula_faults(heading, row), *empty_faults(heading, row, TARGET_COLUMNS)]
            if not faults:
                _take_target(run, heading, row, places, names, seen, faults)
            if faults:
                run.refuse(row, faults)


def _take_target(
    run: Run, heading: Heading, row: Row, places: Places, names: dict[str, str],
    seen: dict[tuple[str, str, int], tuple[Decimal, str]], faults: list[CellFault],
) -> None:  # fmt: skip
    def said(field: str) -> str:
        return heading.value(row.cells, field)

    def fault(field: str, message: Text) -> None:
        faults.append(CellFault(heading.label(field), said(field), message))

    organisation = _place_of(faults, heading, row, places)
    indicator = names.get(said("indicator"), said("indicator"))
    year = said("year").removesuffix("年").removesuffix("度")
    if not (year.isascii() and year.isdigit() and 1949 <= int(year) <= 2200):
        fault("year", Text(f"年度应填四位年份，现为“{said('year')}”。请改正。", f"The year must have four digits, not {said('year')!r}."))
    value = _number_of(faults, heading, row, "value")
    if faults:
        return
    key = (indicator, organisation, int(year))
    stored = Target.objects.filter(indicator=key[0], organisation_id=key[1], year=key[2]).first()
    if key in seen and seen[key] != (value, said("source")):
        fault(
            "value", Text("本文件中同一指标、机构、年度出现两次且内容不同。请只留一行。", "Given twice with other contents. Keep one row.")
        )
        return
    differs = stored is not None and (stored.value, stored.source) != (value, said("source"))
    if differs and not run.correct:
        assert stored is not None
        fault("value", _differs(f"{stored.value.normalize():f}（{stored.source}）"))
        return
    try:
        with transaction.atomic():
            unit = _UNITS.get(said("unit"), said("unit")) or None
            if unit is not None and (siblings := registry.indicators.get(indicator)) and unit == siblings[-1].unit:
                unit = None  # the indicator's own unit, as a table prints it
            changed = set_target(*key, value, said("source"), actor=_account(run), unit=unit, dry_run=run.dry_run)
    except FigureError as error:
        field = "indicator" if indicator not in registry.indicators else "value"
        fault(field, Text(str(error), "The target was refused: check indicator, value, unit and source."))
        return
    repeated = key in seen
    seen[key] = (value, said("source"))
    if not changed or repeated:
        run.report.unchanged += 1
    elif differs:
        run.report.corrected += 1
    else:
        run.report.accepted += 1


def _account(run: Run) -> str:
    return run.actor if isinstance(run.actor, str) else run.actor.username


# -- populations -------------------------------------------------------------------------------------------------------


def import_population(run: Run) -> None:
    _refused(only_for(run.actor, *_OFFICE))
    heading, rows = run.table(POPULATION_COLUMNS, POPULATION)
    places = Places.everywhere()
    names = {name: code for code, label in populations.SERIES.items() for name in (code, label.zh, label.en)}
    stored = {(c.series, c.organisation_id, c.as_of): (c.value, c.source) for c in PopulationCount.objects.all()}
    seen: dict[tuple[str, str, date], tuple[int, str]] = {}
    wanted: list[populations.Count] = []
    for row in rows:
        run.report.read += 1
        faults = [*formula_faults(heading, row), *empty_faults(heading, row, POPULATION_COLUMNS)]
        count = None if faults else _count(run, heading, row, places, names, faults)
        if count is not None:
            key, facts = (count.series, count.organisation, count.as_of), (count.value, count.source)
            written = heading.value(row.cells, "value")
            if seen.get(key, facts) != facts:
                twice = Text(
                    "本文件中同一口径、机构、时点出现两次且内容不同。请只留一行。", "Given twice with other contents. Keep one row."
                )
                faults.append(CellFault(heading.label("value"), written, twice))
            elif stored.get(key, facts) != facts and not run.correct:
                value, source = stored[key]
                faults.append(CellFault(heading.label("value"), written, _differs(f"{value}（{source}）")))
            elif key in seen or stored.get(key) == facts:
                run.report.unchanged += 1
            else:
                run.report.corrected += key in stored
                run.report.accepted += key not in stored
                wanted.append(count)
            if not faults:
                seen[key] = facts
        if faults:
            run.refuse(row, faults)
    if wanted and not run.dry_run:
        populations.set_counts(wanted, actor=run.actor)


def _count(
    run: Run, heading: Heading, row: Row, places: Places, names: dict[str, str], faults: list[CellFault]
) -> populations.Count | None:
    def said(field: str) -> str:
        return heading.value(row.cells, field)

    def fault(field: str, message: Text) -> None:
        faults.append(CellFault(heading.label(field), said(field), message))

    organisation = _place_of(faults, heading, row, places)
    series = names.get(said("series"))
    if series is None:
        allowed = "、".join(label.zh for label in populations.SERIES.values())
        english = ", ".join(label.en for label in populations.SERIES.values())
        fault(
            "series", Text(f"没有“{said('series')}”这一人口口径，可填：{allowed}。", f"There is no series {said('series')!r}: {english}.")
        )
    as_of = read_day(said("as_of"))
    if isinstance(as_of, Text):
        fault("as_of", as_of)
    elif as_of > run.day:
        fault("as_of", Text(f"时点{as_of}晚于今天（{run.day}）。请核对。", f"{as_of} is after today ({run.day})."))
    value = _number_of(faults, heading, row, "value")
    if value != value.to_integral_value() or value < 0:
        fault(
            "value",
            Text(f"人数应为0或正整数，现为{said('value')}。请核对。", f"The count must be a whole number from 0, not {said('value')}."),
        )
    if len(said("source")) > 120:
        fault("source", Text("来源超过120字。请缩短。", "The source is longer than 120 characters."))
    if faults or series is None or isinstance(as_of, Text):
        return None
    return populations.Count(series, organisation, as_of, int(value), said("source"))
