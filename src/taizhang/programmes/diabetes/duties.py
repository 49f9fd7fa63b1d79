"""What is owed to patients with type 2 diabetes."""

from collections.abc import Mapping
from typing import Any

from taizhang.kernel.parameters import as_decimal
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.duties import enrolment_duty, screening_duty, visit_duty
from taizhang.programmes.diabetes.records import DIABETES
from taizhang.programmes.diabetes.rules import RISKS


def _glucose(visit: Mapping[str, Any]) -> Text | None:
    if visit["fasting_glucose"] is not None:
        fasting = as_decimal(visit["fasting_glucose"], 1)
        return Text(f"空腹血糖{fasting}", f"fasting glucose {fasting}")
    if visit["random_glucose"] is not None:
        random = as_decimal(visit["random_glucose"], 1)
        return Text(f"随机血糖{random}", f"random glucose {random}")
    return None


VISIT = visit_duty(DIABETES, Text("糖尿病随访", "Diabetes visit"), measured=_glucose)
SCREENING = screening_duty(
    DIABETES, Text("糖尿病高危人群测血糖", "Glucose of people at high risk of diabetes"), measured=_glucose, risks=RISKS
)
ENROLMENT = enrolment_duty(
    DIABETES, Text("糖尿病建专档", "Enrolment of a diabetes patient"), patient=Text("2型糖尿病患者", "a patient with type 2 diabetes")
)
