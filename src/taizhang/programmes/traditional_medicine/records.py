"""What the ledger holds of the constitution of the elderly and of the guidance of small children."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text
from taizhang.programmes.traditional_medicine.questions import FIELDS, TYPES

_ORGANISATION = Column("organisation", "code", Text("服务机构", "Served by"), field="organisation_id")

CONSTITUTION = RecordContract(
    table="constitution",
    label=Text("老年人中医药健康管理服务记录", "Constitution of the elderly"),
    model="traditional_medicine.Constitution",
    served_on="assessed_on",
    columns=(
        _ORGANISATION,
        Column("assessed_on", "date", Text("体质辨识日期", "Assessed on")),
        *(Column(name, "int", Text(f"第{place}题", f"Question {place}"), unit="分") for place, name in enumerate(FIELDS, 1)),
        *(Column(f"{code}_score", "int", Text(f"{name.zh}得分", f"{name.en}, score"), unit="分") for code, (name, _) in TYPES.items()),
        *(Column(code, "code", name) for code, (name, _) in TYPES.items()),
        Column("complete", "bool", Text("33题齐全", "All 33 answered")),
        Column("guidance", "code", Text("中医药保健指导", "Guidance")),
        Column("next_on", "date", Text("下次体质辨识日期", "Next assessment")),
    ),
)

CHILD_GUIDANCE = RecordContract(
    table="child_medicine",
    label=Text("儿童中医药健康管理服务记录", "Guidance of small children by Chinese medicine"),
    model="traditional_medicine.ChildGuidance",
    served_on="visited_on",
    columns=(
        _ORGANISATION,
        Column("visited_on", "date", Text("随访日期", "Date of the visit")),
        Column("stage", "code", Text("指导月龄", "Age of the guidance")),
        Column("service", "code", Text("服务内容", "Service")),
    ),
)
