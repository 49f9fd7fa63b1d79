"""卫生计生监督协管巡查登记表 and 信息报告登记表 on paper, several records side by side."""

from taizhang.kernel.paper import PaperForm, PaperRow, PaperSection
from taizhang.kernel.text import Text
from taizhang.programmes.supervision_assistance.rules import CLUE_FORM, PATROL_FORM

PATROL_PAPER = PaperForm(
    code="assistance_patrol_form",
    name=Text("卫生计生监督协管巡查登记表", "Register of patrols"),
    register="assistance_patrols",
    source=PATROL_FORM,
    side_by_side=4,
    sections=(
        PaperSection(
            None,
            (
                PaperRow(
                    Text("巡查地点与内容", "Place and what was looked at"), ("place", "domain", "content"),
                    Text("{place}\n{domain}\n{content}", "{place}\n{domain}\n{content}"),
                ),
                PaperRow(Text("发现的主要问题", "Main problem found"), ("problem",)),
                PaperRow(Text("处置方式", "What was done"), ("action",)),
                PaperRow(Text("巡查日期", "Patrolled on"), ("patrolled_on",)),
                PaperRow(Text("巡查人", "Patrolled by"), ("patrolled_by",)),
                PaperRow(Text("备注", "Note"), ("note",)),
            ),
        ),
    ),
    notes=(
        Text(
            "对食源性疾病、饮用水卫生安全、学校卫生、非法行医和非法采供血、计划生育开展巡查，填写本表。",
            "For patrols on foodborne disease, drinking water, school health, illegal practice and taking of blood, and family planning.",
        ),
    ),
)  # fmt: skip
CLUE_PAPER = PaperForm(
    code="assistance_clue_form",
    name=Text("卫生计生监督协管信息报告登记表", "Register of information reported"),
    register="assistance_clues",
    source=CLUE_FORM,
    side_by_side=4,
    sections=(
        PaperSection(
            None,
            (
                PaperRow(Text("发现时间", "Found on"), ("found_on",)),
                PaperRow(Text("信息类别", "Kind of information"), ("kind",)),
                PaperRow(Text("信息内容", "What was found"), ("place", "content"), Text("{place}\n{content}", "{place}\n{content}")),
                PaperRow(Text("报告时间", "Reported on"), ("reported_on",)),
                PaperRow(Text("报告人", "Reported by"), ("reporter",)),
            ),
        ),
    ),
    notes=(
        Text(
            "信息内容：注明发现问题（隐患）的地点、内容等有关情况的简要描述。",
            "What was found: the place and a short description of the problem or hazard.",
        ),
    ),
)  # fmt: skip
