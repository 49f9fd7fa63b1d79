"""高血压患者随访服务记录表 on paper."""

from taizhang.kernel.paper import PaperForm, PaperRow, PaperSection
from taizhang.kernel.text import Text
from taizhang.programmes.chronic import paper as chronic

FOLLOW_UPS = PaperForm(
    code="hypertension_follow_up_form",
    name=Text("高血压患者随访服务记录表", "Follow-up record of a hypertension patient"),
    register="hypertension_follow_ups",
    source=chronic.form_source("高血压患者健康管理服务规范 附件"),
    side_by_side=chronic.FOUR_VISITS,
    sections=(
        chronic.the_visit(),
        chronic.symptoms(),
        PaperSection(
            Text("体征", "Signs"),
            (
                chronic.PRESSURE,
                chronic.WEIGHT,
                chronic.INDEX,
                PaperRow(Text("心率（次/分钟）", "Heart rate (a minute)"), ("heart_rate",)),
                chronic.OTHER_SIGNS,
            ),
        ),
        chronic.way_of_life(
            PaperRow(
                Text("摄盐情况（咸淡）", "Salt intake"),
                ("salt", "target_salt"),
                Text("{salt}/{target_salt}", "{salt}/{target_salt}"),
            )
        ),
        PaperSection(
            None,
            (
                PaperRow(Text("辅助检查", "Tests"), ("other_tests",)),
                chronic.ADHERENCE,
                chronic.REACTION,
                chronic.CLASS,
            ),
        ),
        chronic.medicines(),
        *chronic.the_end(),
    ),
)
