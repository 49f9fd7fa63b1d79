"""Registers of children's health: the newborn's visit, the three forms of checks, referrals followed."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from taizhang.kernel.duties import Person
from taizhang.kernel.registers import Chart, Drawn
from taizhang.kernel.text import Text
from taizhang.programmes.children import growth, models
from taizhang.programmes.registering import register_of


def _drawn(measure: growth.Measure, places: int) -> Callable[[Person, Sequence[Mapping[str, Any]]], Drawn | None]:
    """The growth chart of a measure; places: the decimals its field is stored with."""

    def draw(person: Person, rows: Sequence[Mapping[str, Any]]) -> Drawn | None:
        if person.sex not in (growth.BOY, growth.GIRL):
            return None
        weeks = next((row["birth_weeks"] for row in rows if row.get("birth_weeks") is not None), None)
        measured = [
            (row["visited_on"], Decimal(row[measure.value]).scaleb(-places))
            for row in rows
            if row.get(measure.value) is not None
            and row["visited_on"] >= growth.birth_corrected(person.birth_date, row["visited_on"], weeks)
        ]
        chart = growth.chart(measure, person.sex, person.birth_date, measured, birth_weeks=weeks)
        if not chart.points:
            return None
        curves = {_named(deviation): [(Decimal(month), value) for month, value in line] for deviation, line in chart.curves.items()}
        return Drawn(curves, [(day, age, value) for (day, _), (age, value) in zip(measured, chart.points, strict=True)])

    return draw


def _named(deviation: int) -> str:
    """A curve's name: −3SD … +3SD, and M, the median."""
    return f"{deviation:+d}SD".replace("-", "−") if deviation else "M"


_AGE = Text("月龄", "Age in months")
_STANDARD = Text(
    "曲线为世界卫生组织标准（2006、2007年）的中位数（M）和各标准差（SD）；早产儿到2周岁按矫正月龄。",
    "The median (M) and standard deviations (SD) of the WHO standards of 2006 and 2007; age corrected to two years of a child born early.",
)
_WEIGHT = Chart(Text("年龄别体重", "Weight for age"), _AGE, "kg", _STANDARD, _drawn(growth.Measure.WEIGHT, 2))
_LENGTH = Chart(Text("年龄别身长（身高）", "Length (height) for age"), _AGE, "cm", _STANDARD, _drawn(growth.Measure.LENGTH, 1))
_HEAD = Chart(Text("年龄别头围", "Head circumference for age"), _AGE, "cm", _STANDARD, _drawn(growth.Measure.HEAD, 1))

_TAIL = ("illness", "referral_advised", "guidance")
_OUTCOME = ("stage", "body", "weight_level", "length_level", "anaemia", "weight_z", "length_z", "weight_length_z", "next_check_on")

_SECTIONS = {
    "birth_weeks": Text("出生情况", "Birth"),
    "weight": Text("体格发育", "Growth"),
    "haemoglobin": Text("辅助检查", "Tests"),
    "warning_signs": Text("发育评估", "Development"),
    "illness": Text("患病、转诊与指导", "Illness, referral, guidance"),
}

NEWBORN_VISITS = register_of(
    models.NewbornVisit,
    "newborn_visits",
    Text("新生儿家庭访视记录", "Home visits to newborns"),
    natural_key=("resident", "visited_on"),
    in_list=("visited_on", "birth_weight", "birth_weeks", "feeding", "hearing_screen", "referral_advised"),
    measured=(
        "visited_on", "birth_weeks", "discharged_on", "birth_manner", "asphyxia", "malformation", "hearing_screen", "disease_screen",
        "birth_weight", "birth_length", "weight", "feeding", "milk", "milk_times", "vomiting", "stool", "stool_times", "temperature",
        "heart_rate", "respiration", "face", "jaundice", "fontanelle", "eyes", "limb_movement", "ears", "neck_mass", "nose", "skin",
        "mouth", "anus", "heart_lungs", "chest", "genitals", "abdomen", "spine", "cord", "referral_advised", "guidance",
    ),
    by_staff=("doctor",),
    sections={
        "father_name": Text("父母", "Parents"),
        "birth_weeks": Text("出生情况", "Birth"),
        "weight": Text("目前情况", "Now"),
        "temperature": Text("体格检查", "Examination"),
        "referral_advised": Text("转诊与指导", "Referral and guidance"),
    },
    outcome=("high_risk", "next_check_on"),
    filters=("visited_on", "hearing_screen", "referral_advised"),
    charts=(_WEIGHT, _LENGTH, _HEAD),
)  # fmt: skip

INFANT_CHECKS = register_of(
    models.InfantCheck,
    "infant_checks",
    Text("1～8月龄儿童健康检查", "Checks at 1 to 8 months"),
    natural_key=("resident", "visited_on"),
    in_list=("visited_on", "weight", "length", "head", "haemoglobin", "referral_advised"),
    measured=(
        "visited_on", "weight", "length", "head", "face", "skin", "fontanelle", "neck_mass", "eyes", "ears", "chest", "abdomen", "navel",
        "limbs", "rickets_symptoms", "rickets_signs", "genitals", "haemoglobin", "outdoor", "vitamin_d", "warning_signs", *_TAIL,
    ),
    carried=("birth_weeks",),
    by_staff=("doctor",),
    sections={**_SECTIONS, "face": Text("体格检查", "Examination")},
    outcome=_OUTCOME,
    charts=(_WEIGHT, _LENGTH, _HEAD),
    filters=("visited_on", "referral_advised"),
)  # fmt: skip

TODDLER_CHECKS = register_of(
    models.ToddlerCheck,
    "toddler_checks",
    Text("12～30月龄儿童健康检查", "Checks at 12 to 30 months"),
    natural_key=("resident", "visited_on"),
    in_list=("visited_on", "weight", "length", "haemoglobin", "referral_advised"),
    measured=(
        "visited_on", "weight", "length", "face", "skin", "fontanelle", "eyes", "ears", "teeth", "decayed", "chest", "abdomen", "limbs",
        "gait", "rickets_signs", "haemoglobin", "outdoor", "vitamin_d", "warning_signs", *_TAIL,
    ),
    carried=("birth_weeks",),
    by_staff=("doctor",),
    sections={**_SECTIONS, "face": Text("体格检查", "Examination")},
    outcome=_OUTCOME,
    charts=(_WEIGHT, _LENGTH),
    filters=("visited_on", "referral_advised"),
)  # fmt: skip

PRESCHOOL_CHECKS = register_of(
    models.PreschoolCheck,
    "preschool_checks",
    Text("3～6岁儿童健康检查", "Checks at 3 to 6 years"),
    natural_key=("resident", "visited_on"),
    in_list=("visited_on", "weight", "length", "vision_left", "vision_right", "haemoglobin", "referral_advised"),
    measured=(
        "visited_on", "weight", "length", "vision_left", "vision_right", "eyes", "hearing", "teeth", "decayed", "chest", "abdomen",
        "haemoglobin", "warning_signs", *_TAIL,
    ),
    by_staff=("doctor",),
    sections={**_SECTIONS, "vision_left": Text("体格检查", "Examination")},
    outcome=_OUTCOME,
    charts=(_WEIGHT, _LENGTH),
    filters=("visited_on", "referral_advised"),
    day_sheet=True,
)  # fmt: skip

REFERRALS = register_of(
    models.ReferralFollowed,
    "child_referrals",
    Text("儿童转诊追踪", "Referrals of children followed"),
    natural_key=("resident", "followed_on"),
    in_list=("followed_on", "attended", "found", "outcome"),
    measured=("followed_on", "attended", "attended_at", "found", "treatment", "outcome"),
    by_staff=("doctor",),
    filters=("followed_on", "attended"),
)
