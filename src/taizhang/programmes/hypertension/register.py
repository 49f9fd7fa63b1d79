"""Registers of hypertension patients: 专档 and 高血压患者随访服务记录表."""

from taizhang.kernel.text import Text
from taizhang.programmes import elements as e
from taizhang.programmes.chronic import register as chronic
from taizhang.programmes.chronic.register import PRESSURE, asked, carried, measured
from taizhang.programmes.hypertension import elements as own
from taizhang.programmes.hypertension.records import HYPERTENSION

CASES = chronic.cases(HYPERTENSION, Text("高血压患者专档", "Hypertension cases"))

FOLLOW_UPS = chronic.follow_ups(
    HYPERTENSION,
    Text("高血压患者随访", "Hypertension visits"),
    symptoms=own.SYMPTOMS,
    vital=PRESSURE,
    signs=(measured(e.HEART_RATE),),
    food=(carried(own.SALT), carried(own.TARGET_SALT)),
)

SCREENINGS = chronic.screenings(
    HYPERTENSION,
    Text("首诊测压和高血压高危人群登记", "Blood pressure at the first visit, and people at high risk"),
    asked=(
        *PRESSURE,
        asked(e.HEIGHT),
        asked(e.WEIGHT),
        asked(e.WAIST),
        asked(own.FAMILY_HYPERTENSION),
        asked(own.SALT),
        asked(e.DRINKING),
    ),
)
