"""What is owed to COPD patients, and to those who are screened for it."""

from collections.abc import Mapping
from typing import Any

from taizhang.kernel.text import Text
from taizhang.programmes.chronic.duties import enrolment_duty, screening_duty, visit_duty
from taizhang.programmes.copd.elements import SYMPTOM_CHANGE
from taizhang.programmes.copd.records import COPD
from taizhang.programmes.copd.rules import RISKS

_CHANGES = dict(SYMPTOM_CHANGE.codes)


def _symptoms(visit: Mapping[str, Any]) -> Text | None:
    change = _CHANGES.get(visit["symptom_change"] or "")
    if change is None:
        return None
    times = visit["exacerbations_since"] or 0
    if times:
        return Text(f"症状{change.zh}、急性加重{times}次", f"symptoms {change.en.lower()}, {times} exacerbations")
    return Text(f"症状{change.zh}", f"symptoms {change.en.lower()}")


def _score(screening: Mapping[str, Any]) -> Text | None:
    score = screening["score"]
    return None if score is None else Text(f"筛查问卷{score}分", f"score of {score}")


VISIT = visit_duty(COPD, Text("慢阻肺随访", "COPD visit"), measured=_symptoms)
SCREENING = screening_duty(
    COPD,
    Text("慢阻肺筛查", "Screening for COPD"),
    measured=_score,
    risks=RISKS,
    everybody=(
        40,
        Text("40岁及以上，本年首次见面时填写慢阻肺筛查问卷", "40 or over: answer the COPD questionnaire when met this year"),
    ),
)
ENROLMENT = enrolment_duty(COPD, Text("慢阻肺建专档", "Enrolment of a COPD patient"), patient=Text("慢阻肺患者", "a COPD patient"))
