"""What is owed to hypertension patients."""

from collections.abc import Mapping
from typing import Any

from taizhang.kernel.text import Text
from taizhang.programmes.chronic.duties import enrolment_duty, screening_duty, visit_duty
from taizhang.programmes.health_records.records import EXAMINATION
from taizhang.programmes.hypertension.records import HYPERTENSION
from taizhang.programmes.hypertension.rules import RISKS


def _pressure(visit: Mapping[str, Any]) -> Text | None:
    if visit["systolic"] is None:
        return None
    pressure = f"{visit['systolic']}/{visit['diastolic']}"
    return Text(f"血压{pressure}", f"pressure {pressure}")


VISIT = visit_duty(HYPERTENSION, Text("高血压随访", "Hypertension visit"), measured=_pressure)
SCREENING = screening_duty(
    HYPERTENSION,
    Text("首诊测血压和高危复测", "Pressure at the first visit; people at high risk"),
    measured=_pressure,
    risks=RISKS,
    everybody=(35, Text("35岁及以上，本年首次见面时测量血压", "35 or over: measure the pressure when first met this year")),
    also=(EXAMINATION.table, "examined_on", "systolic"),
)
ENROLMENT = enrolment_duty(
    HYPERTENSION, Text("高血压建专档", "Enrolment of a hypertension patient"), patient=Text("高血压患者", "a hypertension patient")
)
