"""Register of the yearly assessments of the elderly."""

from taizhang.kernel.text import Text
from taizhang.programmes.elderly.models import Assessment, Feedback
from taizhang.programmes.elderly.rules import SCORES
from taizhang.programmes.registering import register_of

ASSESSMENTS = register_of(
    Assessment,
    "elderly_assessments",
    Text("老年人健康管理记录", "Yearly assessments of the elderly"),
    natural_key=("resident", "assessed_on"),
    in_list=("assessed_on", "cognition_screen", "emotion_screen", "guidance_given", "feedback_on"),
    measured=(
        "assessed_on",
        "self_rated_health",
        *SCORES,
        "cognition_screen",
        "emotion_screen",
        "exercise_frequency",
        "diet",
        "smoking_status",
        "drinking_frequency",
        "guidance_given",
        "guidance_topics",
    ),
    by_staff=("doctor",),
    sections={
        "self_rated_health": Text("健康状态", "State of health"),
        "eating": Text("生活自理能力", "Self-care"),
        "cognition_screen": Text("认知与情感", "Cognition and mood"),
        "exercise_frequency": Text("生活方式", "Way of life"),
        "guidance_given": Text("健康指导与反馈", "Guidance and feedback"),
    },
    outcome=("self_care_score", "next_due_on", "told_on"),
    filters=("assessed_on", "cognition_screen", "emotion_screen"),
)
FEEDBACKS = register_of(
    Feedback,
    "elderly_feedbacks",
    Text("老年人体检结果反馈", "Results of the elderly told"),
    natural_key=("resident", "told_on"),
    in_list=("told_on", "way", "told_to", "abnormal", "advice"),
    measured=("told_on", "way", "told_to", "abnormal", "advice", "content"),
    by_staff=("doctor",),
    filters=("told_on", "abnormal"),
)
