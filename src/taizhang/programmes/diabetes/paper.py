"""2型糖尿病患者随访服务记录表 on paper."""

from taizhang.kernel.paper import PaperForm, PaperRow, PaperSection
from taizhang.kernel.text import Text
from taizhang.programmes.chronic import paper as chronic

FOLLOW_UPS = PaperForm(
    code="diabetes_follow_up_form",
    name=Text("2型糖尿病患者随访服务记录表", "Follow-up record of a patient with type 2 diabetes"),
    register="diabetes_follow_ups",
    source=chronic.form_source("2型糖尿病患者健康管理服务规范 附件"),
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
                PaperRow(Text("足背动脉搏动", "Pulse of the foot"), ("foot_pulse",)),
                chronic.OTHER_SIGNS,
            ),
        ),
        chronic.way_of_life(
            PaperRow(
                Text("主食（克/天）", "Staple food (g a day)"),
                ("staple_food", "target_staple_food"),
                Text("{staple_food}/{target_staple_food}", "{staple_food}/{target_staple_food}"),
            )
        ),
        PaperSection(
            Text("辅助检查", "Tests"),
            (
                PaperRow(Text("空腹血糖值", "Fasting glucose"), ("fasting_glucose",)),
                PaperRow(Text("随机（餐后）血糖", "Random (after a meal) glucose"), ("random_glucose",)),
                PaperRow(
                    Text("糖化血红蛋白\n检查日期", "Glycated haemoglobin\ntested on"),
                    ("glycated_haemoglobin", "glycated_tested_on"),
                    Text("{glycated_haemoglobin}%\n{glycated_tested_on}", "{glycated_haemoglobin}%\n{glycated_tested_on}"),
                ),
                PaperRow(Text("其他检查", "Other tests"), ("other_tests",)),
            ),
        ),
        PaperSection(
            None,
            (
                chronic.ADHERENCE,
                chronic.REACTION,
                PaperRow(Text("低血糖反应", "Hypoglycaemia"), ("hypoglycaemia",)),
                chronic.CLASS,
            ),
        ),
        chronic.medicines(
            PaperRow(
                Text("胰岛素\n用法和用量", "Insulin\nhow and how much"),
                ("insulin_kind", "insulin_dose"),
                Text("种类：{insulin_kind}\n{insulin_dose}", "Kind: {insulin_kind}\n{insulin_dose}"),
            ),
        ),
        *chronic.the_end(),
    ),
)
