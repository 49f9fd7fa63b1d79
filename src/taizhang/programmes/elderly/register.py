"""Register of the yearly assessments of the elderly."""

from taizhang.kernel.registers import Register
from taizhang.kernel.text import Text
from taizhang.programmes.elderly.models import Assessment
from taizhang.programmes.elderly.records import ASSESSMENT
from taizhang.programmes.registering import columns_of

ASSESSMENTS = Register(
    code="elderly_assessments",
    name=Text("老年人健康管理记录", "Yearly assessments of the elderly"),
    model=ASSESSMENT.model,
    table=ASSESSMENT.table,
    natural_key=("resident", "assessed_on"),
    order=("-assessed_on", "-id"),
    columns=columns_of(Assessment, in_list=("assessed_on", "cognition_screen", "emotion_screen", "guidance_given", "feedback_on")),
)
