"""The national forms of Chinese medicine on paper: 老年人中医药健康管理服务记录表, and that of children of 6 to 36 months."""

from taizhang.kernel.paper import PaperForm, PaperRow, PaperScale, PaperSection
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.traditional_medicine.questions import OFTEN, OWN_ANSWERS, QUESTIONS, TYPES
from taizhang.programmes.traditional_medicine.rules import SPECIFICATION


def _question(place: int, zh: str, en: str) -> PaperScale:
    levels = tuple((wording, score) for score, wording in enumerate(OWN_ANSWERS.get(place, OFTEN), 1))
    return PaperScale(Text(f"（{place}）{zh}", f"({place}) {en}"), f"q{place}", levels)


CONSTITUTION = PaperForm(
    code="constitution_form",
    name=Text("老年人中医药健康管理服务记录表", "Health management of the elderly by Chinese medicine"),
    register="constitutions",
    source=Source(SPECIFICATION, "中医药健康管理服务规范 附件 老年人中医药健康管理服务记录表"),
    sections=(
        PaperSection(
            Text("请根据近一年的体验和感觉，回答以下问题", "By what you felt in the last year"),
            tuple(_question(place, zh, en) for place, (zh, en) in enumerate(QUESTIONS, 1)),
            levels=OFTEN,
        ),
        PaperSection(
            Text("体质类型", "Constitution"),
            tuple(
                PaperRow(
                    name, (f"{code}_score", code),
                    Text(f"得分 {{{code}_score}}　{{{code}}}", f"score {{{code}_score}}  {{{code}}}"),
                )
                for code, (name, _) in TYPES.items()
            ),
            starts_page=True,
        ),
        PaperSection(
            None,
            (
                PaperRow(
                    Text("中医药保健指导", "Guidance"), ("guidance", "guidance_other"),
                    Text("{guidance}\n其他：{guidance_other}", "{guidance}\nother: {guidance_other}"),
                ),
                PaperRow(Text("填表日期", "Date"), ("assessed_on",)),
                PaperRow(Text("医生签名", "Doctor"), ("doctor",)),
            ),
        ),
    ),
)  # fmt: skip

CHILD_GUIDANCE = PaperForm(
    code="child_medicine_form",
    name=Text("儿童中医药健康管理服务记录表", "Health management of children by Chinese medicine"),
    register="child_medicines",
    source=Source(SPECIFICATION, "中医药健康管理服务规范 附件 儿童中医药健康管理服务记录表（6～18月龄、24～36月龄）"),
    side_by_side=3,
    sections=(
        PaperSection(
            None,
            (
                PaperRow(Text("月龄", "Age"), ("stage",)),
                PaperRow(Text("随访日期", "Visited on"), ("visited_on",)),
                PaperRow(
                    Text("中医药健康管理服务", "Service"), ("service", "service_other"),
                    Text("{service}\n其他：{service_other}", "{service}\nother: {service_other}"),
                ),
                PaperRow(Text("下次随访日期", "Next"), ("next_on",)),
                PaperRow(Text("随访医生签名", "Doctor"), ("doctor",)),
            ),
        ),
    ),
)  # fmt: skip
