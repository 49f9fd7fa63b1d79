"""Register of the yearly assessments of the elderly."""

from taizhang.kernel.text import Text
from taizhang.programmes.elderly.models import Assessment
from taizhang.programmes.registering import register_of

ASSESSMENTS = register_of(
    Assessment,
    "elderly_assessments",
    Text("老年人健康管理记录", "Yearly assessments of the elderly"),
    natural_key=("resident", "assessed_on"),
    in_list=("assessed_on", "cognition_screen", "emotion_screen", "guidance_given", "feedback_on"),
)
