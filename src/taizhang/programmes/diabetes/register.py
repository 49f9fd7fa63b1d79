"""Registers of patients with type 2 diabetes: 专档 and 2型糖尿病患者随访服务记录表."""

from taizhang.kernel.text import Text
from taizhang.programmes import elements as e
from taizhang.programmes.chronic import register as chronic
from taizhang.programmes.chronic.register import asked
from taizhang.programmes.diabetes import elements as own
from taizhang.programmes.diabetes.records import DIABETES

CASES = chronic.cases(DIABETES, Text("2型糖尿病患者专档", "Type 2 diabetes cases"))

FOLLOW_UPS = chronic.follow_ups(
    DIABETES,
    Text("2型糖尿病患者随访", "Type 2 diabetes visits"),
    symptoms=own.SYMPTOMS,
    signs=(asked(own.FOOT_PULSE),),
    food=(asked(own.STAPLE_FOOD), asked(own.TARGET_STAPLE_FOOD)),
    tests=(
        asked(e.FASTING_GLUCOSE, in_list=True),
        asked(e.RANDOM_GLUCOSE),
        asked(e.GLYCATED_HAEMOGLOBIN),
        asked(own.GLYCATED_TESTED_ON),
    ),
    reactions=(asked(own.HYPOGLYCAEMIA),),
    medicines=(asked(own.INSULIN_KIND), asked(own.INSULIN_DOSE)),
)
