"""Rules over a child's visits: when each check opens and is due, what growth and blood say, and who is to be referred.

No Django, no clock. Classes are kernel expressions over a row of a check: the form and the ledger read the same text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from taizhang.kernel.contracts import RecordContract
from taizhang.kernel.engines.rows import RowRule, compile_row
from taizhang.kernel.periods import Period, add_months, months_between
from taizhang.kernel.query.words import Expression, RowSet, choose, parameter, records
from taizhang.kernel.registry import registry
from taizhang.kernel.rules import EntryRule, Notice
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.children import growth
from taizhang.programmes.children.records import CHECKS, INFANT, NEWBORN, PRESCHOOL, REFERRAL, TODDLER

SPECIFICATION = "国家基本公共卫生服务规范（第三版）"
CHAPTER = Source(SPECIFICATION, "0～6岁儿童健康管理服务规范")
CONTENT = Source(SPECIFICATION, "0～6岁儿童健康管理服务规范 二、服务内容")
PROBLEMS = Source(SPECIFICATION, "0～6岁儿童健康管理服务规范 二、服务内容（五）健康问题处理")
GROWTH = Source("WS/T 423—2022 7岁以下儿童生长标准", "营养状况的标准差评价（数值按WHO 2006/2007标准计算）")
ANAEMIA = Source("儿童营养性疾病管理技术规范", "营养性缺铁性贫血 评估与分度")
ENTRY_CHECK = Source("系统录入核对要求", "数值合理范围")

# -- the ages ------------------------------------------------------------------------------------------------------------------

STAGES = {INFANT.table: (1, 3, 6, 8), TODDLER.table: (12, 18, 24, 30), PRESCHOOL.table: (36, 48, 60, 72)}  # months, by form
ALL_STAGES = tuple(months for stages in STAGES.values() for months in stages)
FORM_OF = {months: table for table, stages in STAGES.items() for months in stages}
_INFANCY = 12  # months: from then on the wider window


def stage_name(months: int) -> Text:
    """满月, 3月龄, 4岁."""
    if months == 1:
        return Text("满月", "one month")
    if months < 36:
        return Text(f"{months}月龄", f"{months} months")
    return Text(f"{months // 12}岁", f"{months // 12} years")


@dataclass(frozen=True, slots=True)
class Window:
    """When a check can be done: opens and closes, both inclusive; due, the last day on which it is in time."""

    months: int
    opens: date
    due: date
    closes: date


def _days(name: str) -> int:
    return next(value for _, value in reversed(registry.parameters[f"children.{name}"].values) if value is not None)


def early_days(months: int) -> int:
    return _days("early_days_infant" if months < _INFANCY else "early_days")


def late_days(months: int) -> int:
    return _days("late_days_infant" if months < _INFANCY else "late_days")


def windows(birth: date) -> list[Window]:
    """The twelve windows of a child. A check is that of the last window that has opened, so each closes the day before the next opens."""
    return _windows(birth, tuple(early_days(m) for m in ALL_STAGES), tuple(late_days(m) for m in ALL_STAGES), _days("full_month_day"))


@lru_cache(maxsize=4096)
def _windows(birth: date, early: tuple[int, ...], late: tuple[int, ...], full_month: int) -> list[Window]:
    opens = [add_months(birth, months) - timedelta(days=days) for months, days in zip(ALL_STAGES, early, strict=True)]
    opens[0] = birth + timedelta(days=full_month)
    seventh_birthday = add_months(birth, 84)
    ends = [*(day - timedelta(days=1) for day in opens[1:]), seventh_birthday - timedelta(days=1)]
    due = [add_months(birth, months) + timedelta(days=days) for months, days in zip(ALL_STAGES, late, strict=True)]
    return [Window(m, o, min(d, c), c) for m, o, d, c in zip(ALL_STAGES, opens, due, ends, strict=True)]


def stage_on(birth: date, on: date) -> int | None:
    """The check that a visit on this day is; None before the full month and from seven years on."""
    return next((w.months for w in reversed(windows(birth)) if w.opens <= on <= w.closes), None)


def next_check(birth: date, on: date) -> date | None:
    """The day the next check falls on after this one: the age itself. None after the last."""
    return next((add_months(birth, w.months) for w in windows(birth) if w.opens > on), None)


# -- growth ----------------------------------------------------------------------------------------------------------------------


def underweight(row: RowSet) -> Expression:
    return (row.weight_z < parameter("children.z_low")).named("低体重", "underweight", source=GROWTH)


def stunted(row: RowSet) -> Expression:
    return (row.length_z < parameter("children.z_low")).named("生长迟缓", "stunted", source=GROWTH)


def _for_length(row: RowSet) -> Expression:
    """Weight against length, as far as the tables reach (120 cm), then the body mass index for age."""
    return choose((row.weight_length_z.is_present, row.weight_length_z), otherwise=row.bmi_z)


def wasted(row: RowSet) -> Expression:
    return (_for_length(row) < parameter("children.z_low")).named("消瘦", "wasted", source=GROWTH)


def obese(row: RowSet) -> Expression:
    return (_for_length(row) >= parameter("children.z_obese")).named("肥胖", "obese", source=GROWTH)


def overweight(row: RowSet) -> Expression:
    value = _for_length(row)
    return ((value >= parameter("children.z_overweight")) & (value < parameter("children.z_obese"))).named(
        "超重", "overweight", source=GROWTH
    )


def measured(row: RowSet) -> Expression:
    """Weight and length were both taken, and the standards reach this age."""
    return row.weight_z.is_present & row.length_z.is_present


BODY_CLASSES = {"2": underweight, "3": wasted, "4": stunted, "5": overweight, "6": obese}  # codes of 体格发育评价


def level(score: int | None, on: date) -> str | None:
    """上 above two deviations, 下 below minus two, else 中."""
    high, low = (registry.parameters[f"children.{name}"].at(on) for name in ("z_obese", "z_low"))
    if score is None or high is None or low is None:
        return None
    return "1" if score >= high else "3" if score < low else "2"


# -- blood -----------------------------------------------------------------------------------------------------------------------


def anaemia_of(row: RowSet) -> Expression:
    """0 none, 1 mild, 2 moderate, 3 severe by haemoglobin and age; "" where it was not measured, or below six months."""
    limit = choose(
        (row.age_months < parameter("children.anaemia_later_months"), parameter("children.haemoglobin_low")),
        otherwise=parameter("children.haemoglobin_low_later"),
    )
    return choose(
        (row.haemoglobin.is_missing | (row.age_months < parameter("children.anaemia_from_months")), ""),
        (row.haemoglobin < parameter("children.haemoglobin_severe"), "3"),
        (row.haemoglobin < parameter("children.haemoglobin_moderate"), "2"),
        (row.haemoglobin < limit, "1"),
        (row.haemoglobin >= limit, "0"),
        otherwise="",
    ).named("贫血程度", "anaemia", source=ANAEMIA)


def anaemic(row: RowSet) -> Expression:
    return anaemia_of(row).is_in("1", "2", "3")


def delayed(row: RowSet) -> Expression:
    return (row.warning_signs.is_present & (row.warning_signs != "0")).named(
        "有发育预警征象", "warning signs of development", source=PROBLEMS
    )


def referred(row: RowSet) -> Expression:
    return row.referral_advised == "2"


# -- what a check is made to say: one reading for the stored record and for the synthetic county ---------------------------------------

_ROWS = {contract.table: records(contract) for contract in CHECKS}


@lru_cache(maxsize=8)
def _compiled(table: str) -> tuple[list[tuple[str, RowRule]], RowRule]:
    row = _ROWS[table]
    bodies = [(code, compile_row(rule(row).node, registry.parameters)) for code, rule in BODY_CLASSES.items()]
    return bodies, compile_row(anaemia_of(row).node, registry.parameters)


def judge(contract: RecordContract, sex: str, birth: date, values: Mapping[str, Any]) -> dict[str, Any]:
    """The derived columns of one check: its age, scores, grades, physical development, anaemia and the day of the next."""
    on: date = values["visited_on"]
    stage = stage_on(birth, on)
    found = growth.scores(
        sex, birth, on,
        weight=values.get("weight"), length=values.get("length"), head=values.get("head"), birth_weeks=values.get("birth_weeks"),
    )  # fmt: skip
    derived: dict[str, Any] = {
        "stage": str(stage) if stage in STAGES[contract.table] else None,
        "age_months": months_between(birth, on) if on >= birth else None,
        "weight_z": found.weight,
        "length_z": found.length,
        "weight_length_z": found.weight_length,
        "bmi_z": found.bmi,
        "head_z": found.head,
        "weight_level": level(found.weight, on),
        "length_level": level(found.length, on),
        "weight_length_level": level(found.weight_length, on),
        "next_check_on": next_check(birth, on),
    }
    bodies, anaemia = _compiled(contract.table)
    period, row = Period(on, on), {**values, **derived}
    codes = [code for code, rule in bodies if rule(row, period, {}) is True]
    is_measured = derived["weight_z"] is not None and derived["length_z"] is not None
    derived["body"] = ",".join(codes) or ("1" if is_measured else None)
    derived["anaemia"] = anaemia(row, period, {}) or None
    return derived


def is_high_risk(values: Mapping[str, Any]) -> bool:
    """Born before 37 weeks, below 2500 g, of twins or more, asphyxiated, or with a malformation: to be visited again."""
    weeks, weight, manner = values.get("birth_weeks"), values.get("birth_weight"), str(values.get("birth_manner") or "").split(",")
    return (
        (weeks is not None and weeks < _days("preterm_weeks"))
        or (weight is not None and weight < _days("low_birth_weight"))
        or "5" in manner
        or values.get("asphyxia") == "2"
        or values.get("malformation") == "2"
    )


# -- notices and entry rules ---------------------------------------------------------------------------------------------------------


def _notices(contract: RecordContract) -> tuple[Notice, ...]:
    row, table = _ROWS[contract.table], contract.table
    anaemia = anaemia_of(row)

    def notice(name: str, when: Expression, zh: str, en: str, source: Source, *, urgent: bool = False) -> Notice:
        return Notice(f"{table}.{name}", table, when.node, Text(zh, en), urgent=urgent, source=source)

    return (
        notice(
            "other_form", row.stage.is_missing,
            "该儿童的月龄不属于本表：满月至8月龄、12至30月龄、3至6岁各有一表，请改用相应的表。",
            "The child's age does not belong to this form: there is one for 1 to 8 months, 12 to 30 months and 3 to 6 years.", CONTENT,
        ),
        notice(
            "severe_anaemia", anaemia.is_in("2", "3"),
            "血红蛋白{haemoglobin}g/L，中度及以上贫血：应转诊，并追踪随访转诊后结果。",
            "Haemoglobin {haemoglobin} g/L, moderate or severe anaemia: refer, and follow what comes of it.", PROBLEMS, urgent=True,
        ),
        notice(
            "mild_anaemia", anaemia == "1",
            "血红蛋白{haemoglobin}g/L，轻度贫血：分析原因，给予喂养和铁剂指导，一个月后复查血红蛋白。",
            "Haemoglobin {haemoglobin} g/L, mild anaemia: look for the cause, guide feeding and iron, test again in a month.", ANAEMIA,
        ),
        notice(
            "malnourished", underweight(row) | wasted(row) | stunted(row),
            "生长低于−2个标准差（体重{weight_z}，身长（身高）{length_z}）：分析原因，给予指导或转诊，并追踪随访。",
            "Growth below −2 deviations (weight {weight_z}, length {length_z}): look for the cause, guide or refer, and follow.", PROBLEMS,
            urgent=True,
        ),
        notice(
            "obese", obese(row),
            "体重达到肥胖界值：分析原因，指导合理膳食和活动，必要时转诊，并追踪随访。",
            "The weight is in the range of obesity: look for the cause, guide diet and movement, refer where needed, and follow.", PROBLEMS,
        ),
        notice(
            "delayed", delayed(row),
            "有发育预警征象：应转诊作发育评估，并追踪随访转诊后结果。",
            "Warning signs of development: refer for an assessment, and follow what comes of it.", PROBLEMS, urgent=True,
        ),
        notice(
            "deaf", row.hearing == "2", "听力未通过：应转诊复查听力，并追踪结果。",
            "Hearing not passed: refer, and follow what comes of it.", PROBLEMS, urgent=True,
        ),
    )  # fmt: skip


INFANT_NOTICES, TODDLER_NOTICES, PRESCHOOL_NOTICES = (_notices(contract) for contract in CHECKS)

_newborn = records(NEWBORN)
NEWBORN_NOTICES = (
    Notice(
        "newborn_visit.high_risk", NEWBORN.table, _newborn.high_risk.node,
        Text(
            "高危新生儿（早产、低出生体重、双多胎、窒息或畸形）：应增加家庭访视次数，必要时转诊。",
            "A newborn at high risk (preterm, low weight, twins, asphyxia or malformation): visit more often, refer where needed.",
        ),
        urgent=True, source=CONTENT,
    ),
    Notice(
        "newborn_visit.unscreened", NEWBORN.table, (_newborn.hearing_screen.is_in("3", "4") | (_newborn.disease_screen == "1")).node,
        Text(
            "听力或疾病筛查未进行：督促家长到助产机构补做。",
            "Hearing or disease screening was not done: urge the parents to have it made up.",
        ),
        source=CONTENT,
    ),
    Notice(
        "newborn_visit.hearing", NEWBORN.table, (_newborn.hearing_screen == "2").node,
        Text("听力初筛未通过：42天内复筛。", "The first hearing screening was not passed: screen again within 42 days."),
        urgent=True, source=CONTENT,
    ),
)  # fmt: skip

_followed = records(REFERRAL)

BORN_BEFORE_DISCHARGE = EntryRule(
    name="newborn_visit.discharged_before_visit",
    table=NEWBORN.table,
    holds=(_newborn.discharged_on.is_missing | (_newborn.discharged_on <= _newborn.visited_on)).node,
    refusal=Text(
        "出院日期{discharged_on}晚于访视日期{visited_on}：家庭访视在出院之后，请核对。",
        "Discharged on {discharged_on}, after the visit on {visited_on}. The home visit follows the discharge: check both days.",
    ),
    fields=("discharged_on", "visited_on"),
    source=CONTENT,
)
SEEN_OR_NOT = EntryRule(
    name="child_referral.found_only_when_seen",
    table=REFERRAL.table,
    holds=(~(_followed.attended == "2") | _followed.found.is_missing).node,
    refusal=Text(
        "就诊情况为“未就诊”，却填有诊断结果；请改正就诊情况，或删去诊断结果。",
        "“Not seen”, yet something was found. Correct whether the child was seen, or remove what was found.",
    ),
    fields=("attended", "found"),
    source=PROBLEMS,
)
FOUND_WHEN_SEEN = Notice(
    "child_referral.seen_without_result",
    REFERRAL.table,
    ((_followed.attended == "1") & _followed.found.is_missing).node,
    Text(
        "已就诊，还没有诊断结果：请向家长或就诊机构问明后补填。", "Seen, and no result yet: ask the parents or the hospital and fill it in."
    ),
    source=PROBLEMS,
)
