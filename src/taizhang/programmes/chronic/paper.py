"""The follow-up forms of the chronic diseases: what both print alike, four visits side by side."""

from taizhang.kernel.paper import PaperRow, PaperSection
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.visits import NOT_ASSESSED

SPECIFICATION = "国家基本公共卫生服务规范（第三版）"
FOUR_VISITS = 4


def form_source(clause: str) -> Source:
    return Source(SPECIFICATION, clause)


def the_visit() -> PaperSection:
    return PaperSection(
        None,
        (
            PaperRow(Text("随访日期", "Date of the visit"), ("visited_on",)),
            PaperRow(Text("随访方式", "Way of the visit"), ("way",)),
        ),
    )


def symptoms() -> PaperSection:
    return PaperSection(
        Text("症状", "Symptoms"),
        (
            PaperRow(Text("症状", "Symptoms"), ("symptoms",)),
            PaperRow(Text("其他", "Other"), ("other_symptoms",)),
        ),
    )


PRESSURE = PaperRow(
    Text("血压（mmHg）", "Blood pressure (mmHg)"), ("systolic", "diastolic"), Text("{systolic}/{diastolic}", "{systolic}/{diastolic}")
)
WEIGHT = PaperRow(
    Text("体重（kg）", "Weight (kg)"),
    ("weight", "target_weight"),
    Text("{weight}/{target_weight}", "{weight}/{target_weight}"),
)
INDEX = PaperRow(
    Text("体质指数（kg/m²）", "Body mass index (kg/m²)"),
    ("body_mass_index", "target_body_mass_index"),
    Text("{body_mass_index}/{target_body_mass_index}", "{body_mass_index}/{target_body_mass_index}"),
)
OTHER_SIGNS = PaperRow(Text("其他", "Other"), ("other_signs",))


def way_of_life(*food: PaperRow) -> PaperSection:
    """生活方式指导. food: the line about salt or staple food."""
    return PaperSection(
        Text("生活方式指导", "Way of life"),
        (
            PaperRow(
                Text("日吸烟量（支）", "Cigarettes a day"),
                ("smoking", "target_smoking"),
                Text("{smoking}/{target_smoking}", "{smoking}/{target_smoking}"),
            ),
            PaperRow(
                Text("日饮酒量（两）", "Alcohol a day (50 g)"),
                ("drinking", "target_drinking"),
                Text("{drinking}/{target_drinking}", "{drinking}/{target_drinking}"),
            ),
            PaperRow(
                Text("运动", "Exercise"),
                ("exercise_times", "exercise_minutes", "target_exercise_times", "target_exercise_minutes"),
                Text(
                    "{exercise_times}次/周 {exercise_minutes}分钟/次\n{target_exercise_times}次/周 {target_exercise_minutes}分钟/次",
                    "{exercise_times} times/week {exercise_minutes} min\n{target_exercise_times} times/week {target_exercise_minutes} min",
                ),
            ),
            *food,
            PaperRow(Text("心理调整", "Psychological adjustment"), ("psychological",)),
            PaperRow(Text("遵医行为", "Following advice"), ("compliance",)),
        ),
    )


def _medicine(place: int) -> tuple[PaperRow, PaperRow]:
    return (
        PaperRow(Text(f"药物名称{place}", f"Medicine {place}"), (f"medicine_{place}_name",)),
        PaperRow(
            Text("用法用量", "How and how much"),
            (f"medicine_{place}_times", f"medicine_{place}_dose"),
            Text(
                f"每日{{medicine_{place}_times}}次 每次{{medicine_{place}_dose}}mg",
                f"{{medicine_{place}_times}} times a day, {{medicine_{place}_dose}} mg each",
            ),
        ),
    )


ADHERENCE = PaperRow(Text("服药依从性", "Taking medicines"), ("adherence",))
REACTION = PaperRow(
    Text("药物不良反应", "Adverse drug reaction"),
    ("adverse_reaction", "adverse_reaction_detail"),
    Text("{adverse_reaction}\n{adverse_reaction_detail}", "{adverse_reaction}\n{adverse_reaction_detail}"),
)
CLASS = PaperRow(Text("此次随访分类", "Class of this visit"), ("visit_class",), unprinted=(NOT_ASSESSED,))


def medicines(*more: PaperRow) -> PaperSection:
    return PaperSection(
        Text("用药情况", "Medicines"),
        (
            *(row for place in (1, 2, 3) for row in _medicine(place)),
            PaperRow(Text("其他药物及用法用量", "Other medicines, how and how much"), ("other_medicines",)),
            *more,
        ),
    )


def the_end() -> tuple[PaperSection, PaperSection]:
    return (
        PaperSection(
            Text("转诊", "Referral"),
            (
                PaperRow(Text("原因", "Reason"), ("referral_reason",)),
                PaperRow(Text("机构及科别", "Institution and department"), ("referral_to",)),
            ),
        ),
        PaperSection(
            None,
            (
                PaperRow(Text("下次随访日期", "Next visit on"), ("next_due_on",)),
                PaperRow(Text("随访医生签名", "Doctor's signature"), ("doctor",)),
            ),
        ),
    )
