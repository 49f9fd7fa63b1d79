"""Registers of patients with type 2 diabetes: 专档 and 2型糖尿病患者随访服务记录表."""

from taizhang.kernel.text import Text
from taizhang.programmes import elements as e
from taizhang.programmes.chronic import register as chronic
from taizhang.programmes.chronic.register import PRESSURE, asked, carried, measured
from taizhang.programmes.diabetes import elements as own
from taizhang.programmes.diabetes.records import DIABETES

CASES = chronic.cases(DIABETES, Text("2型糖尿病患者专档", "Type 2 diabetes cases"))

FOLLOW_UPS = chronic.follow_ups(
    DIABETES,
    Text("2型糖尿病患者随访", "Type 2 diabetes visits"),
    symptoms=own.SYMPTOMS,
    vital=PRESSURE,
    signs=(measured(own.FOOT_PULSE),),
    food=(carried(own.STAPLE_FOOD), carried(own.TARGET_STAPLE_FOOD)),
    tests=(
        measured(e.FASTING_GLUCOSE, in_list=True),
        asked(e.RANDOM_GLUCOSE),
        asked(e.GLYCATED_HAEMOGLOBIN),
        asked(own.GLYCATED_TESTED_ON),
    ),
    reactions=(measured(own.HYPOGLYCAEMIA),),
    medicines=(carried(own.INSULIN_KIND), carried(own.INSULIN_DOSE)),
)

SCREENINGS = chronic.screenings(
    DIABETES,
    Text("2型糖尿病高危人群筛查", "Screening of people at high risk of type 2 diabetes"),
    asked=(
        measured(e.FASTING_GLUCOSE, in_list=True),
        asked(e.RANDOM_GLUCOSE),
        asked(e.HEIGHT),
        asked(e.WEIGHT),
        asked(e.WAIST),
        asked(own.FAMILY_DIABETES),
        asked(own.GESTATIONAL_DIABETES),
        asked(own.RAISED_PRESSURE),
        asked(own.RAISED_LIPIDS),
        asked(own.SEDENTARY),
    ),
)
