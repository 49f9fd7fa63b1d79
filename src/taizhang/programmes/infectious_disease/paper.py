"""传染病报告卡 on paper."""

from taizhang.kernel.paper import PaperForm, PaperRow, PaperSection
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.infectious_disease.rules import SPECIFICATION


def _row(zh: str, en: str, *fields: str, wording: tuple[str, str] | None = None) -> PaperRow:
    return PaperRow(Text(zh, en), fields, Text(*wording) if wording else None)


def _moment(zh: str, en: str, name: str) -> PaperRow:
    fields = (f"{name}_on", f"{name}_hour", f"{name}_minute")
    return _row(
        zh, en, *fields,
        wording=(f"{{{fields[0]}}}　{{{fields[1]}}}时{{{fields[2]}}}分", f"{{{fields[0]}}}, {{{fields[1]}}} h {{{fields[2]}}} min"),
    )  # fmt: skip


CARD = PaperForm(
    code="infection_card_form",
    name=Text("中华人民共和国传染病报告卡", "Report card of an infectious disease"),
    register="infection_cards",
    source=Source(SPECIFICATION, "传染病及突发公共卫生事件报告和处理服务规范 附件1 传染病报告卡"),
    sections=(
        PaperSection(
            None,
            (
                _row("卡片编号", "Number", "card_number"),
                _row("报卡类别", "Kind of card", "card_kind"),
                _row("患儿家长姓名", "Parent", "parent"),
                _row("有效证件号", "Identity number", "resident.identity_number"),
                _row(
                    "性别、出生日期", "Sex, birth date", "resident.sex", "resident.birth_date",
                    wording=("{resident.sex}　　出生日期 {resident.birth_date}", "{resident.sex}  born {resident.birth_date}"),
                ),
                _row("工作单位（学校）", "Workplace or school", "workplace"),
                _row("联系电话", "Phone", "phone"),
                _row("病人属于", "Lives in", "belongs"),
                _row("现住址（详填）", "Address", "address"),
                _row("人群分类", "Occupation", "occupation"),
                _row("病例分类", "Certainty", "case_class", "acute", wording=("（1）{case_class}　（2）{acute}",
                "(1) {case_class} (2) {acute}")),
                _row("发病日期", "Onset", "onset_on"),
                _moment("诊断时间", "Diagnosed", "diagnosed"),
                _row("死亡日期", "Died", "died_on"),
                _row("传染病类别", "Class", "disease_class"),
                _row("疾病名称", "Disease", "disease", "kind", wording=("{disease}　{kind}", "{disease} {kind}")),
                _row("订正前病名", "Before the correction", "corrected"),
                _row("退卡原因", "Why sent back", "returned"),
                _row("报告医生", "Doctor", "reporter"),
                _row("填卡日期", "Filled in on", "filled_on"),
                _moment("网络报告时间", "Reported", "reported"),
                _moment("审核时间", "Reviewed", "reviewed"),
                _row("备注", "Remark", "remark"),
            ),
        ),
    ),
)  # fmt: skip
