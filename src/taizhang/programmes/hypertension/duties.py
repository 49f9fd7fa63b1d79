"""What is owed to hypertension patients."""

from collections.abc import Mapping
from typing import Any

from taizhang.kernel.text import Text
from taizhang.programmes.chronic.duties import visit_duty
from taizhang.programmes.hypertension.records import HYPERTENSION


def _pressure(visit: Mapping[str, Any]) -> Text | None:
    if visit["systolic"] is None:
        return None
    pressure = f"{visit['systolic']}/{visit['diastolic']}"
    return Text(f"血压{pressure}", f"pressure {pressure}")


VISIT = visit_duty(HYPERTENSION, Text("高血压随访", "Hypertension visit"), measured=_pressure)
