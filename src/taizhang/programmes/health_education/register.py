"""Registers of the activities and of the yearly plans."""

from taizhang.kernel.text import Text
from taizhang.programmes.health_education.models import Activity, Plan
from taizhang.programmes.registering import register_of

ACTIVITIES = register_of(
    Activity,
    "health_activities",
    Text("健康教育活动记录", "Health education activities"),
    natural_key=("organisation", "held_on", "kind", "theme", "place"),
    in_list=("held_on", "place", "kind", "theme", "attended", "materials"),
    measured=("held_on", "place", "kind", "theme", "attended", "materials", "minutes", "board_number", "content", "evaluation", "evidence"),
    carried=("organiser", "speaker", "audience", "board_area", "principal"),
    by_staff=("filled_by",),
    sections={
        "held_on": Text("活动", "Activity"),
        "organiser": Text("组织与对象", "Who held it, who came"),
        "materials": Text("资料与宣传栏", "Material and boards"),
        "content": Text("内容与评价", "What was done"),
        "filled_by": Text("存档", "Filing"),
    },
    filters=("held_on", "kind"),
)
PLANS = register_of(
    Plan,
    "health_education_plans",
    Text("健康教育年度计划", "Yearly plans of health education"),
    natural_key=("organisation", "year", "kind"),
    in_list=("year", "kind", "tier", "planned"),
    measured=("made_on", "year", "tier", "kind", "planned", "topics"),
    outcome=("counted_times",),
    filters=("year", "kind"),
)
