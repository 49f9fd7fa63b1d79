"""Rules over pregnancies: the due day, the weeks of each visit, the five colours, entry rules and notices.

No Django, no clock. Gestation is in days: 12 weeks and 6 days are 90.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from taizhang.kernel.arithmetic import round_half_away
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.query.words import Expression, PersonRow, RowSet, choose, parameter, records
from taizhang.kernel.rules import EntryRule, Notice
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.maternal.records import (
    ANTENATAL_VISIT,
    BIRTH,
    CHILD_DEATH,
    DELIVERY,
    MATERNAL_DEATH,
    MOTHER_TEST,
    PREGNANCY,
    RISK,
)

SPECIFICATION = "国家基本公共卫生服务规范（第三版）"
SERVED = Source(SPECIFICATION, "孕产妇健康管理服务规范 一、服务对象")
CONTENT = Source(SPECIFICATION, "孕产妇健康管理服务规范 二、服务内容")
TARGETS = Source(SPECIFICATION, "孕产妇健康管理服务规范 五、工作指标")
GRADING = Source("孕产妇妊娠风险评估与管理工作规范", "二、妊娠风险评估分级")
HIGH_RISK = Source("孕产妇妊娠风险评估与管理工作规范", "三、妊娠风险管理")
CARE = Source("孕产期保健工作规范")
SURVEY = Source("全国妇幼卫生调查制度", "妇幼卫生年报 指标解释")
SCREENING = Source("新生儿疾病筛查管理办法")
TRANSMISSION = Source("预防艾滋病、梅毒和乙肝母婴传播工作实施方案")

TERM = 280  # days from the last menstrual period to the expected day of birth
WEEK = 7
GREEN, YELLOW, ORANGE, RED = "1", "2", "3", "4"
BIRTH_OUTCOME = "1"
IN_HOSPITAL = ("1", "2", "3", "4")
BY_PERIOD, BY_ULTRASOUND = "1", "2"
TESTED = "2"

# -- the due day ------------------------------------------------------------------------------------------------------------------


def due_day(
    last_period_on: date | None, scanned_on: date | None, scan_days: int | None, differing_days: int | None
) -> tuple[date | None, str]:
    """The expected day of birth and by what it was reckoned. An early ultrasound wins over the last period where that is unknown, or where
    the two differ by `differing_days` or more; else the period stands. None and "" while neither is known."""
    by_period = None if last_period_on is None else last_period_on + timedelta(days=TERM)
    by_scan = None if scanned_on is None or scan_days is None else scanned_on + timedelta(days=TERM - scan_days)
    if by_period is None:
        return by_scan, BY_ULTRASOUND if by_scan else ""
    if by_scan is not None and differing_days is not None and abs((by_scan - by_period).days) >= differing_days:
        return by_scan, BY_ULTRASOUND
    return by_period, BY_PERIOD


def gestation(due_on: date | None, day: date) -> int | None:
    """Days of gestation on a day; None while the due day is not known."""
    return None if due_on is None else TERM - (due_on - day).days


def weeks(days: int | None) -> str:
    """As the handbook writes it: 12+6."""
    return "" if days is None else f"{days // WEEK}+{days % WEEK}"


def body_mass_index(weight: int | None, height: int | None, known: int | None = None) -> int | None:
    """In tenths of kg/m², from weight in tenths of kg and height in tenths of cm; `known` while either is missing."""
    if weight is None or not height:
        return known
    return int(round_half_away(Fraction(weight * 1_000_000, height * height), 0))


# -- the weeks of the visits --------------------------------------------------------------------------------------------------------

WINDOWS = ("2", "3", "4", "5")
WINDOW_NAMES = {"2": "第2次", "3": "第3次", "4": "第4次", "5": "第5次"}


@dataclass(frozen=True, slots=True)
class Window:
    """The weeks of one antenatal visit: first and last day of gestation, both inclusive."""

    code: str
    first: int
    last: int

    def days(self, due_on: date) -> tuple[date, date]:
        start = due_on - timedelta(days=TERM)
        return start + timedelta(days=self.first), start + timedelta(days=self.last)


def windows(parameters: Mapping[str, Parameter], day: date) -> tuple[Window, ...]:
    """The windows in force on a day; none before the rule."""
    found = []
    for code in WINDOWS:
        first = parameters[f"maternal.visit_{code}_first_week"].at(day)
        last = parameters[f"maternal.visit_{code}_last_week"].at(day)
        if first is not None and last is not None:
            found.append(Window(code, first * WEEK, last * WEEK + WEEK - 1))
    return tuple(found)


def window_of(found: Sequence[Window], days: int | None) -> str | None:
    """The window a gestation falls into; None where it falls into none (before 16 weeks, in weeks 25 to 27, after 40+6)."""
    return next((w.code for w in found if days is not None and w.first <= days <= w.last), None)


def next_window(found: Sequence[Window], days: int | None) -> Window | None:
    """The window that follows a check at this gestation: the first that begins after it."""
    return next((w for w in found if days is not None and w.first > days), None)


# -- the five colours -----------------------------------------------------------------------------------------------------------------

_pregnancy = records(PREGNANCY)
_visit = records(ANTENATAL_VISIT)
_risk = records(RISK)
_delivery = records(DELIVERY)
_birth = records(BIRTH)
_child_death = records(CHILD_DEATH)
_maternal_death = records(MATERNAL_DEATH)

_test = records(MOTHER_TEST)
_infected = (_test.syphilis == "2") | (_test.hiv == "2")
_older = _pregnancy.age >= parameter("maternal.orange_age")
_obese = _pregnancy.body_mass_index >= parameter("maternal.orange_bmi")
_severe_anaemia = _pregnancy.haemoglobin < parameter("maternal.severe_anaemia")
_yellow_age = (_pregnancy.age >= parameter("maternal.yellow_age")) | (_pregnancy.age <= parameter("maternal.young_age"))
_yellow_index = (_pregnancy.body_mass_index > parameter("maternal.yellow_bmi")) | (
    _pregnancy.body_mass_index < parameter("maternal.low_bmi")
)
_anaemia = _pregnancy.haemoglobin < parameter("maternal.anaemia")
_few_platelets = _pregnancy.platelets < parameter("maternal.low_platelets")

MEASURED_RISK = (
    choose(
        (_older | _obese | _severe_anaemia, ORANGE),
        (
            _yellow_age | _yellow_index | _anaemia | _few_platelets | (_pregnancy.caesareans >= 1),
            YELLOW,
        ),
        otherwise=GREEN,
    )
    .named("按检查结果提示的风险", "risk by what was measured", source=GRADING)
    .node
)

COLOUR = (
    choose(
        (_risk.red_factors.is_present, RED),
        (_risk.orange_factors.is_present, ORANGE),
        (_risk.yellow_factors.is_present, YELLOW),
        otherwise=GREEN,
    )
    .named("妊娠风险分级", "risk of the pregnancy", source=GRADING)
    .node
)


# Purple stands beside the colour, and with the tests: whoever may not open those sees the colour alone.
PURPLE_MARK = (_infected | _test.infections.is_present).named("传染病（紫色）", "an infectious disease (purple)", source=GRADING).node


def is_orange_or_red(row: RowSet | PersonRow) -> Expression:
    """橙、红: the colours that all who care for her see. row: a risk assessment or a delivery, as rows or picked."""
    return row.colour.is_in(ORANGE, RED).named(
        "风险分级为橙色或红色",
        "graded orange or red",
        unmet=Text("风险分级为绿色或黄色", "graded green or yellow"),
        source=HIGH_RISK,
    )


# -- notices ----------------------------------------------------------------------------------------------------------------------

NOTICES = (
    Notice(
        "maternal.infected",
        MOTHER_TEST.table,
        _infected.node,
        Text(
            "梅毒或HIV检测阳性：按紫色管理，立即转介定点机构治疗，做好母婴阻断。",
            "Syphilis or HIV positive: manage as purple, refer for treatment at once and protect the child.",
        ),
        urgent=True,
        source=TRANSMISSION,
    ),
    Notice(
        "maternal.hepatitis_b",
        MOTHER_TEST.table,
        (_test.hbsag == "2").node,
        Text(
            "乙肝表面抗原阳性：所生新生儿须在出生后24小时内注射乙肝免疫球蛋白和第一针乙肝疫苗。",
            "Hepatitis B positive: the newborn needs immunoglobulin and vaccine within 24 hours.",
        ),
        source=TRANSMISSION,
    ),
    Notice(
        "maternal.measured_orange",
        PREGNANCY.table,
        (_older | _obese | _severe_anaemia).node,
        Text(
            "年龄{age}岁、体质指数{body_mass_index}、血红蛋白{haemoglobin}g/L提示较高风险（橙色）：请作风险评估，建立高危专案并转县级以上危重孕产妇救治中心。",
            "Age {age}, body mass index {body_mass_index}, haemoglobin {haemoglobin} suggest orange: assess, open a file, refer.",
        ),
        urgent=True,
        source=GRADING,
    ),
    Notice(
        "maternal.measured_yellow",
        PREGNANCY.table,
        (_yellow_age | _yellow_index | _anaemia | _few_platelets | (_pregnancy.caesareans >= 1)).node,
        Text(
            "年龄{age}岁、体质指数{body_mass_index}、血红蛋白{haemoglobin}g/L或剖宫产史提示一般风险（黄色）以上：请作风险评估，建议到二级以上机构产检和分娩。",
            "Age {age}, body mass index {body_mass_index}, haemoglobin {haemoglobin} or a past caesarean suggest yellow: assess the risk.",
        ),
        source=GRADING,
    ),
    Notice(
        "maternal.late_registration",
        PREGNANCY.table,
        (_pregnancy.gestation_days >= parameter("maternal.early_days")).node,
        Text(
            "建册时孕龄{gestation_days}天，已满孕13周，不计入早孕建册。",
            "Registered at {gestation_days} days, after 13 weeks: not an early registration.",
        ),
        source=TARGETS,
    ),
    Notice(
        "maternal.high_pressure",
        ANTENATAL_VISIT.table,
        ((_visit.systolic >= parameter("maternal.high_systolic")) | (_visit.diastolic >= parameter("maternal.high_diastolic"))).node,
        Text(
            "血压{systolic}/{diastolic}mmHg：警惕妊娠期高血压疾病，查尿蛋白并立即转诊。",
            "Pressure {systolic}/{diastolic}: think of pre-eclampsia, test the urine, refer at once.",
        ),
        urgent=True,
        source=CONTENT,
    ),
    Notice(
        "maternal.fetal_heart",
        ANTENATAL_VISIT.table,
        ((_visit.fetal_heart < parameter("maternal.fetal_heart_low")) | (_visit.fetal_heart > parameter("maternal.fetal_heart_high"))).node,
        Text("胎心率{fetal_heart}次/分，超出正常范围：立即转诊。", "Fetal heart {fetal_heart}: outside the normal range, refer at once."),
        urgent=True,
        source=CONTENT,
    ),
    Notice(
        "maternal.high_risk",
        RISK.table,
        is_orange_or_red(_risk).node,
        Text(
            "高危孕产妇（橙、红）：建立专案，一对一管理，并报告县妇幼保健机构。",
            "High risk: open a special file, one doctor for her, report to the county.",
        ),
        urgent=True,
        source=HIGH_RISK,
    ),
    Notice(
        "maternal.immunoglobulin",
        BIRTH.table,
        ((_birth.mother_hbsag == "2") & _birth.immunoglobulin_hours.is_missing).node,
        Text(
            "母亲乙肝表面抗原阳性而未登记乙肝免疫球蛋白：请在出生后24小时内注射。",
            "Hepatitis B mother, no immunoglobulin yet: give it within 24 hours of birth.",
        ),
        urgent=True,
        source=TRANSMISSION,
    ),
)

# -- entry rules --------------------------------------------------------------------------------------------------------------------


def _rule(name: str, table: str, holds: Expression, zh: str, en: str, *fields: str, source: Source | None = None) -> EntryRule:
    return EntryRule(name=f"{table}.{name}", table=table, holds=holds.node, refusal=Text(zh, en), fields=fields, source=source)


ENTRY_RULES = (
    _rule(
        "dated",
        "pregnancy",
        _pregnancy.last_period_on.is_present | (_pregnancy.scanned_on.is_present & _pregnancy.scan_days.is_present),
        "末次月经不详的，请填写早孕期超声检查日期和孕龄，用以推算预产期。",
        "With the last period unknown, give day and gestation of an early ultrasound, to reckon the due day.",
        "last_period_on",
        "scanned_on",
        "scan_days",
        source=CONTENT,
    ),
    _rule(
        "period_before",
        "pregnancy",
        _pregnancy.last_period_on.is_missing | (_pregnancy.last_period_on <= _pregnancy.registered_on),
        "末次月经{last_period_on}晚于建册日期{registered_on}。请核对。",
        "The last period {last_period_on} is after the registration on {registered_on}. Check both days.",
        "last_period_on",
    ),
    _rule(
        "period_recent",
        "pregnancy",
        _pregnancy.last_period_on.is_missing
        | (_pregnancy.registered_on <= _pregnancy.last_period_on.plus(parameter("maternal.longest_gestation"), "day")),
        "末次月经{last_period_on}距建册{registered_on}超过一次妊娠的最长时间。请核对。",
        "The last period {last_period_on} is longer before {registered_on} than a pregnancy lasts. Check it.",
        "last_period_on",
    ),
    _rule(
        "scanned_by_then",
        "pregnancy",
        _pregnancy.scanned_on.is_missing | (_pregnancy.scanned_on <= _pregnancy.registered_on),
        "超声检查日期{scanned_on}晚于建册日期{registered_on}。请核对。",
        "The scan on {scanned_on} is after {registered_on}. Check it.",
        "scanned_on",
    ),
    _rule(
        "gravidity",
        "pregnancy",
        _pregnancy.gravidity > _pregnancy.vaginal_births + _pregnancy.caesareans,
        "孕次{gravidity}（含本次）应多于分娩次数（阴道分娩{vaginal_births}、剖宫产{caesareans}）。请核对。",
        "{gravidity} pregnancies (this one included) must exceed the births ({vaginal_births} vaginal, {caesareans} caesarean).",
        "gravidity",
    ),
    _rule(
        "tested_dated",
        "pregnancy",
        _pregnancy.tested_on.is_missing | (_pregnancy.tested == "2"),
        "填了三病检测日期{tested_on}，检测情况应为“已检测”。请核对。",
        "The day of the tests, {tested_on}, is given: then they have been done. Check it.",
        "tested",
        source=TRANSMISSION,
    ),
    _rule(
        "says_something",
        "mother_test",
        _test.hiv.is_present
        | _test.syphilis.is_present
        | _test.hbsag.is_present
        | _test.infections.is_present
        | _test.special_on.is_present
        | _test.treatment.is_present
        | _test.prophylaxis_on.is_present,
        "没有检测结果，也没有治疗或阻断服务。请至少填写一项。",
        "Neither a result nor a treatment is given. Fill in one of them.",
        "hiv",
    ),
    _rule(
        "treatment_dated",
        "mother_test",
        _test.treatment.is_missing | _test.treatment_on.is_present | (_test.treatment == "4"),
        "填了孕产妇治疗，请填写治疗开始日期。",
        "A treatment needs the day it began.",
        "treatment_on",
        source=TRANSMISSION,
    ),
    _rule(
        "pressure",
        "pregnancy",
        _pregnancy.diastolic < _pregnancy.systolic,
        "舒张压{diastolic}不低于收缩压{systolic}。请核对是否填反。",
        "The diastolic pressure {diastolic} is not below the systolic {systolic}.",
        "diastolic",
        "systolic",
    ),
    _rule(
        "pressure",
        "antenatal_visit",
        _visit.diastolic < _visit.systolic,
        "舒张压{diastolic}不低于收缩压{systolic}。请核对是否填反。",
        "The diastolic pressure {diastolic} is not below the systolic {systolic}.",
        "diastolic",
        "systolic",
    ),
    _rule(
        "place_of_birth",
        "delivery",
        ~((_delivery.outcome == BIRTH_OUTCOME) & _delivery.delivered_at.is_missing),
        "结局为分娩的，请填写分娩地点。",
        "A birth needs its place.",
        "delivered_at",
        source=SURVEY,
    ),
    _rule(
        "children",
        "delivery",
        ~((_delivery.outcome == BIRTH_OUTCOME) & (_delivery.live_births + _delivery.stillbirths < 1)),
        "结局为分娩的，活产数与死胎死产数合计至少1人，现为{live_births}、{stillbirths}。",
        "A birth has at least one child; given are {live_births} and {stillbirths}.",
        "live_births",
        "stillbirths",
        source=SURVEY,
    ),
    _rule(
        "no_live_birth",
        "delivery",
        (_delivery.outcome == BIRTH_OUTCOME) | (_delivery.live_births < 1),
        "结局为流产、引产的没有活产；有活产{live_births}人的应填“分娩”。",
        "An ended pregnancy has no live birth; with {live_births} it is a birth.",
        "outcome",
        "live_births",
        source=SURVEY,
    ),
    _rule(
        "discharged_after",
        "delivery",
        _delivery.discharged_on.is_missing | (_delivery.discharged_on >= _delivery.ended_on),
        "出院日期{discharged_on}早于分娩日期{ended_on}。请核对。",
        "Left on {discharged_on}, before the birth on {ended_on}.",
        "discharged_on",
    ),
    _rule(
        "special_after",
        "pregnancy_risk",
        _risk.special_on.is_missing | (_risk.special_on >= _risk.assessed_on),
        "高危专案建立日期{special_on}早于评估日期{assessed_on}。请核对。",
        "The file of {special_on} is before the assessment on {assessed_on}.",
        "special_on",
    ),
    _rule(
        "screened_after",
        "birth",
        (_birth.heel_blood_on.is_missing | (_birth.heel_blood_on >= _birth.born_on))
        & (_birth.hearing_on.is_missing | (_birth.hearing_on >= _birth.born_on)),
        "采血日期{heel_blood_on}或听力筛查日期{hearing_on}早于出生日期{born_on}。请核对。",
        "A screening ({heel_blood_on}, {hearing_on}) is before the birth on {born_on}.",
        "heel_blood_on",
        "hearing_on",
    ),
    _rule(
        "under_five",
        "child_death",
        _child_death.age_days.is_missing | (_child_death.age_days >= 0),
        "死亡日期{died_on}早于出生日期。请核对。",
        "Died on {died_on}, before the birth. Check it.",
        "died_on",
    ),
    _rule(
        "ended_before",
        "maternal_death",
        _maternal_death.ended_on.is_missing | (_maternal_death.ended_on <= _maternal_death.died_on),
        "妊娠终止日期{ended_on}晚于死亡日期{died_on}。请核对。",
        "The pregnancy ended on {ended_on}, after the death on {died_on}.",
        "ended_on",
    ),
)


# -- what a delivery is told by the pregnancy before it and the visits after it ------------------------------------------------


def within(record: Any, first: date | None, last: date | None) -> bool:
    """Whether a record's day lies after `first` and not after `last`; None for no bound."""
    day: date = getattr(record, record.DAY)
    return (first is None or day > first) and (last is None or day <= last)


def of_pregnancy(delivery: Any, before: Any | None, following: Any | None, beside: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """The derived columns of a pregnancy's outcome: its registration, checks, highest colour, the day of the tests, and the first visit and
    check after it.

    before, following: the outcomes of her pregnancies just before and after; records between belong to this one. A record on the day of
    the outcome belongs before it, but for visits after birth.
    """
    ended = delivery.ended_on
    since = before.ended_on if before else None
    pregnancies = [p for p in beside.get("maternal.Pregnancy", ()) if within(p, since, ended)]
    checks = [v for v in beside.get("maternal.AntenatalVisit", ()) if within(v, since, ended)]
    risks = [r for r in beside.get("maternal.RiskAssessment", ()) if within(r, since, ended)]
    until = following.ended_on if following else None
    later = [p.registered_on for p in beside.get("maternal.Pregnancy", ()) if p.registered_on > ended]
    until = min([*([until] if until else []), *later], default=None)
    eve = ended - timedelta(days=1)
    visits = [v.visited_on for v in beside.get("maternal.PostnatalVisit", ()) if within(v, eve, until)]
    finals = [c.checked_on for c in beside.get("maternal.FinalCheck", ()) if within(c, eve, until)]
    first = pregnancies[0] if pregnancies else None
    tested_on = min(
        [
            *(p.tested_on or p.registered_on for p in pregnancies if p.tested == TESTED),
            *(t.served_on for t in beside.get("maternal.MotherTest", ()) if t.complete and within(t, since, ended)),
        ],
        default=None,
    )
    due_on = pregnancies[-1].due_on if pregnancies else None
    return {
        "gestation_days": gestation(due_on, ended),
        "registered_on": first.registered_on if first else None,
        "registered_days": first.gestation_days if first else None,
        "checks": len(pregnancies[:1]) + len(checks),
        "colour": max((r.colour for r in risks), default=None),
        "special_on": min((r.special_on for r in risks if r.special_on), default=None),
        "tested_on": tested_on,
        "tested_days": gestation(due_on, tested_on) if tested_on else None,
        "visited_on": min(visits, default=None),
        "checked_on": min(finals, default=None),
    }
