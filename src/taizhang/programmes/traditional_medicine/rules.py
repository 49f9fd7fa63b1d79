"""Rules of Chinese medicine's health management: the nine constitutions from 33 answers, and the ages at which small children are guided.

No Django, no clock. The verdicts are kernel expressions over a row of the assessment: the form and the ledger read the same text.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from taizhang.kernel.engines.rows import RowRule, compile_row
from taizhang.kernel.periods import Period, add_months
from taizhang.kernel.query.words import Expression, PersonRow, RowSet, all_of, choose, parameter, records
from taizhang.kernel.registry import registry
from taizhang.kernel.rules import EntryRule, Notice
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.traditional_medicine.questions import BALANCED, BIASED, FIELDS, REVERSED, TYPES
from taizhang.programmes.traditional_medicine.records import CHILD_GUIDANCE, CONSTITUTION

SPECIFICATION = "国家基本公共卫生服务规范（第三版）"
ELDERLY = Source(SPECIFICATION, "中医药健康管理服务规范 老年人中医药健康管理服务 二、服务内容")
CHILDREN = Source(SPECIFICATION, "中医药健康管理服务规范 0～36个月儿童中医药健康管理服务 二、服务内容")
STANDARD = Source(SPECIFICATION, "中医药健康管理服务规范 附件 体质判定标准表")

YES, TENDS, NO = "1", "2", "3"
VERDICTS = {YES: Text("是", "Yes"), TENDS: Text("倾向是（平和质：基本是）", "Tends to (balanced: mostly)"), NO: Text("否", "No")}


def score_of(code: str, row: RowSet | PersonRow) -> Expression:
    """The sum of the answers of a type; of the balanced one four are turned round. Missing while one is."""
    first, *rest = TYPES[code][1]
    total: Expression = getattr(row, f"q{first}")
    for number in rest:
        answer = getattr(row, f"q{number}")
        total = total - answer + 6 if code == BALANCED and number in REVERSED else total + answer
    return total


def verdict_of(code: str, row: RowSet | PersonRow) -> Expression:
    """是, 倾向是 (平和质: 基本是) or 否 by the scores; "" while an answer is missing."""
    name = TYPES[code][0]
    score = getattr(row, f"{code}_score")
    complete = all_of(*(getattr(row, f"{each}_score").is_present for each in TYPES))
    if code == BALANCED:
        enough = score >= parameter("traditional_medicine.balanced_yes")
        others = [getattr(row, f"{each}_score") for each in BIASED]
        verdict = choose(
            (~complete, ""),
            (enough & all_of(*(o <= parameter("traditional_medicine.balanced_others_yes") for o in others)), YES),
            (enough & all_of(*(o <= parameter("traditional_medicine.balanced_others_mostly") for o in others)), TENDS),
            otherwise=NO,
        )
    else:
        verdict = choose(
            (~complete, ""),
            (score >= parameter("traditional_medicine.biased_yes"), YES),
            (score >= parameter("traditional_medicine.biased_tends"), TENDS),
            otherwise=NO,
        )
    return verdict.named(name.zh, name.en, source=STANDARD)


_row = records(CONSTITUTION)


@lru_cache(maxsize=1)
def _compiled() -> tuple[dict[str, RowRule], dict[str, RowRule]]:
    scores = {code: compile_row(score_of(code, _row).node, registry.parameters) for code in TYPES}
    return scores, {code: compile_row(verdict_of(code, _row).node, registry.parameters) for code in TYPES}


def judge(values: Mapping[str, Any]) -> dict[str, Any]:
    """The derived columns of one assessment: nine scores and verdicts, those that are 是 (or 基本是), whether complete."""
    period = Period(values["assessed_on"], values["assessed_on"])
    scores, verdicts = _compiled()
    row: dict[str, Any] = dict(values)
    derived: dict[str, Any] = {f"{code}_score": rule(row, period, {}) for code, rule in scores.items()}
    row |= derived
    found = {code: rule(row, period, {}) or None for code, rule in verdicts.items()}
    derived |= found
    derived["complete"] = all(values.get(name) is not None for name in FIELDS)
    derived["main"] = (
        ",".join(str(place) for place, code in enumerate(TYPES, 1) if found[code] == YES or (code == BALANCED and found[code] == TENDS))
        or None
    )
    derived["next_on"] = add_months(values["assessed_on"], 12)
    return derived


# -- children ------------------------------------------------------------------------------------------------------------------------

STAGES = (6, 12, 18, 24, 30, 36)
# What is taught to parents at each age, beside diet and daily life: the codes of the form.
TAUGHT = {6: "3", 12: "3", 18: "4", 24: "4", 30: "5", 36: "5"}


def _days(name: str) -> int:
    return next(value for _, value in reversed(registry.parameters[f"traditional_medicine.{name}"].values) if value is not None)


def windows(birth: date) -> list[tuple[int, date, date, date]]:
    """Age in months, the first day, the last in time, and the last on which the guidance can be given."""
    early, late = _days("early_days"), _days("late_days")
    found = []
    for place, months in enumerate(STAGES):
        opens = add_months(birth, months) - timedelta(days=early)
        following = STAGES[place + 1] if place + 1 < len(STAGES) else STAGES[-1] + 6
        closes = add_months(birth, following) - timedelta(days=early + 1)
        found.append((months, opens, min(add_months(birth, months) + timedelta(days=late), closes), closes))
    return found


def stage_on(birth: date, on: date) -> int | None:
    return next((months for months, opens, _, closes in windows(birth) if opens <= on <= closes), None)


_child = records(CHILD_GUIDANCE)
OTHER_AGE = Notice(
    "child_medicine.other_age", CHILD_GUIDANCE.table, _child.stage.is_missing.node,
    Text(
        "该儿童不在中医药健康管理的月龄（6、12、18、24、30、36月龄）之内。",
        "The child is not at an age of the guidance: 6, 12, 18, 24, 30, 36 months.",
    ),
    source=CHILDREN,
)  # fmt: skip
BIASED_FOUND = Notice(
    "constitution.biased", CONSTITUTION.table,
    (_row.complete & ~_row.balanced.is_in(YES, TENDS)).node,
    Text("为偏颇体质，应按体质类型给予情志、饮食、起居、运动和穴位保健指导。", "A biased constitution: guide by its type."), source=ELDERLY,
)  # fmt: skip
ALL_ANSWERED = tuple(
    EntryRule(
        name=f"constitution.{name}_answered",
        table=CONSTITUTION.table,
        holds=getattr(_row, name).is_present.node,
        refusal=Text(
            f"第{number}题未答，33题须全答。",
            f"Question {number} is not answered; all 33 are needed.",
        ),
        fields=(name,),
        source=STANDARD,
    )
    for number, name in enumerate(FIELDS, 1)
)
GUIDED_WHEN_COMPLETE = EntryRule(
    name="child_medicine.service_given",
    table=CHILD_GUIDANCE.table,
    holds=_child.service.is_present.node,
    refusal=Text("没有选服务内容；请选本次做了哪些指导。", "No service is chosen. Choose what was done."),
    fields=("service",),
    source=CHILDREN,
)
