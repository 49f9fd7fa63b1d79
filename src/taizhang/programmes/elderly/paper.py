"""老年人生活自理能力评估表 on paper. Its other items stand on the 健康体检表 of the same year."""

from taizhang.kernel.paper import PaperForm, PaperRow, PaperScale, PaperSection
from taizhang.kernel.text import Text
from taizhang.programmes.elderly.rules import FORM

_ALONE = Text("独立完成", "Alone")
_SAME = Text("—", "—")


def _scale(place: int, field: str, zh: str, en: str, *levels: tuple[Text, int]) -> PaperScale:
    return PaperScale(Text(f"（{place}）{zh}", f"({place}) {en}"), field, levels)


SELF_CARE = PaperForm(
    code="elderly_self_care_form",
    name=Text("老年人生活自理能力评估表", "Self-care assessment of an old person"),
    register="elderly_assessments",
    source=FORM,
    sections=(
        PaperSection(None, (PaperRow(Text("评估日期", "Assessed on"), ("assessed_on",)),)),
        PaperSection(
            Text("评估事项、内容与评分", "Item and score"),
            (
                _scale(
                    1, "eating", "进餐：使用餐具将饭菜送入口、咀嚼、吞咽等活动", "Eating: bringing food to the mouth, chewing, swallowing",
                    (_ALONE, 0), (_SAME, 0),
                    (Text("需要协助，如切碎、搅拌食物等", "Needs help such as cutting the food"), 3),
                    (Text("完全需要帮助", "Needs full help"), 5),
                ),
                _scale(
                    2, "grooming", "梳洗：梳头、洗脸、刷牙、剃须、洗澡等活动", "Grooming: hair, face, teeth, shaving, bathing",
                    (_ALONE, 0),
                    (Text("能独立地洗头、梳头、洗脸、刷牙、剃须等；洗澡需要协助", "Alone but for bathing"), 1),
                    (Text("在协助下和适当的时间内，能完成部分梳洗活动", "Part of it, with help and time"), 3),
                    (Text("完全需要帮助", "Needs full help"), 7),
                ),
                _scale(
                    3, "dressing", "穿衣：穿衣裤、袜子、鞋子等活动", "Dressing: clothes, socks, shoes",
                    (_ALONE, 0), (_SAME, 0),
                    (Text("需要协助，在适当的时间内完成部分穿衣", "Part of it, with help and time"), 3),
                    (Text("完全需要帮助", "Needs full help"), 5),
                ),
                _scale(
                    4, "toileting", "如厕：小便、大便等活动及自控", "Toileting: bladder and bowels, and control of them",
                    (Text("不需协助，可自控", "No help, in control"), 0),
                    (Text("偶尔失禁，但基本上能如厕或使用便具", "Incontinent now and then, reaches the toilet"), 1),
                    (Text("经常失禁，在很多提示和协助下尚能如厕或使用便具", "Often incontinent, needs much help"), 5),
                    (Text("完全失禁，完全需要帮助", "Wholly incontinent, needs full help"), 10),
                ),
                _scale(
                    5, "moving", "活动：站立、室内行走、上下楼梯、户外活动", "Moving about: standing, walking, stairs, outdoors",
                    (Text("独立完成所有活动", "All of it alone"), 0),
                    (Text("借助较小的外力或辅助装置能完成站立、行走、上下楼梯等", "With slight help or an aid"), 1),
                    (Text("借助较大的外力才能完成站立、行走，不能上下楼梯", "With much help; no stairs"), 5),
                    (Text("卧床不起，活动完全需要帮助", "Bedridden"), 10),
                ),
            ),
            levels=(
                Text("可自理", "Independent"), Text("轻度依赖", "Mildly dependent"), Text("中度依赖", "Moderately dependent"),
                Text("不能自理", "Unable"),
            ),
        ),
        PaperSection(
            None,
            (
                PaperRow(Text("总评分", "Total"), ("self_care_score",), Text("{self_care_score}分", "{self_care_score}")),
                PaperRow(Text("评估医生", "Assessed by"), ("doctor",)),
            ),
        ),
    ),
    notes=(
        Text(
            "该表为自评表，根据上表5个方面进行评估，将各方面判断评分汇总后，0～3分者为可自理；4～8分者为轻度依赖；9～18分者为中度依赖；≥19分者为不能自理。",
            "The scores of the five items are added: 0 to 3 independent, 4 to 8 mildly, 9 to 18 moderately dependent, 19 and above unable.",
        ),
    ),
)  # fmt: skip
