"""Registers of COPD: 专档, 慢阻肺患者随访服务记录表 and 慢阻肺筛查问卷."""

from taizhang.kernel.text import Text
from taizhang.programmes import elements as e
from taizhang.programmes import laboratory as lab
from taizhang.programmes.chronic import register as chronic
from taizhang.programmes.chronic.register import asked, carried, measured
from taizhang.programmes.copd import elements as own
from taizhang.programmes.copd.records import COPD

CASES = chronic.cases(
    COPD, Text("慢阻肺患者专档", "COPD cases"), confirmed=(measured(own.RATIO, in_list=True), measured(own.FEV1_PREDICTED, in_list=True))
)

FOLLOW_UPS = chronic.follow_ups(
    COPD,
    Text("慢阻肺患者随访", "COPD visits"),
    symptoms=own.SYMPTOMS,
    vital=(
        measured(own.SYMPTOM_CHANGE, in_list=True),
        measured(own.EXACERBATIONS_SINCE, in_list=True),
        measured(own.MMRC),
        measured(own.CAT, in_list=True),
        measured(own.EXACERBATIONS),
        asked(own.ADMISSIONS),
        measured(own.OXYGEN),
        asked(lab.RESPIRATION),
        asked(e.HEART_RATE),
    ),
    tests=(asked(own.RATIO), asked(own.FEV1_PREDICTED)),
    reactions=(measured(own.INHALER),),
    medicines=(carried(own.HOME_OXYGEN), carried(own.FLU_VACCINE), carried(own.PNEUMONIA_VACCINE), asked(own.REHABILITATION)),
)

SCREENINGS = chronic.screenings(
    COPD,
    Text("慢阻肺筛查问卷", "Questionnaire for COPD"),
    asked=(
        measured(e.HEIGHT),
        measured(e.WEIGHT),
        measured(e.SMOKING),
        measured(own.SMOKING_YEARS),
        measured(own.OFTEN_COUGHS),
        measured(own.BREATHLESSNESS, in_list=True),
        measured(own.SMOKY_FUEL),
        measured(own.FAMILY_LUNGS),
    ),
    score=("score",),
)
