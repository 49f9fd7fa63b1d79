"""传染病报告卡 and 突发公共卫生事件相关信息报告卡 on paper, and the register of checks for missed cases."""

from taizhang.kernel.paper import PaperForm, PaperRow, PaperSection
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.infectious_disease.event_rules import EVENT_CARD, MISSED_CHECKING
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
                _row("审核人", "Reviewer", "reviewer"),
                _row("属暴发、新发或原因不明", "Outbreak, new or unexplained", "outbreak"),
                _row("作废", "Void", "void_on", "void_reason", wording=("{void_on}　{void_reason}", "{void_on} {void_reason}")),
                _row("备注", "Remark", "remark"),
            ),
        ),
    ),
)  # fmt: skip
EVENT = PaperForm(
    code="event_report_form",
    name=Text("突发公共卫生事件相关信息报告卡", "Report card of a public-health emergency"),
    register="event_reports",
    source=EVENT_CARD,
    sections=(
        PaperSection(
            None,
            (
                _row("报告阶段", "Stage", "stage", "number", wording=("{stage}（第{number}次）", "{stage} (No. {number})")),
                _row("填报日期", "Filled in on", "filled_on"),
                _row(
                    "报告人、联系电话", "Reported by, phone", "reporter", "phone",
                    wording=("{reporter}　　联系电话 {phone}", "{reporter}, {phone}"),
                ),
                _row("事件名称", "Name of the event", "name"),
                _row("信息类别", "Category", "category"),
                _row("突发事件等级", "Grade", "grade"),
                _row("确认日期", "Confirmed on", "confirmed_on"),
                _row("初步诊断（可能原因）", "First diagnosis or likely cause", "diagnosis"),
                _row("订正诊断", "Corrected diagnosis", "final_diagnosis"),
                _row("发生地区、详细地点", "Where", "area", "place", wording=("{area}　{place}", "{area} {place}")),
                _row("事件发生场所", "Kind of place", "setting"),
                _row("如是学校，则类别", "If a school, which", "school_kind"),
                _row("事件信息来源", "How it became known", "information"),
                _row(
                    "波及的地域范围、人数", "How far it reaches, people exposed", "spread", "exposed",
                    wording=("{spread}　　{exposed}人", "{spread}, {exposed} people"),
                ),
                _row(
                    "新报告病例、死亡、排除", "New cases, deaths, excluded", "new_cases", "new_deaths", "excluded_cases",
                    wording=("病例{new_cases}例　死亡{new_deaths}例　排除{excluded_cases}例",
                             "{new_cases} cases, {new_deaths} deaths, {excluded_cases} excluded"),
                ),
                _row(
                    "累计报告病例、死亡", "Cases and deaths so far", "total_cases", "total_deaths",
                    wording=("病例{total_cases}例　死亡{total_deaths}例", "{total_cases} cases, {total_deaths} deaths"),
                ),
                _row("事件发生日期", "Happened on", "occurred_on"),
                _moment("接到报告时间", "Learnt of", "received"),
                _row(
                    "首例、末例发病日期", "First and last onset", "first_onset_on", "last_onset_on",
                    wording=("首例 {first_onset_on}　末例 {last_onset_on}", "first {first_onset_on}, last {last_onset_on}"),
                ),
                _row("主要症状", "Main symptoms", "symptoms"),
                _row("主要体征", "Main signs", "signs"),
                _row("主要措施与效果", "Measures and their effect", "measures"),
                _row("发展趋势与下一步计划", "Likely course and next steps", "trend"),
                _row("确认事件终止日期", "Ended on", "ended_on"),
                _moment("网络报告时间", "Reported", "reported"),
            ),
        ),
    ),
    notes=(
        Text(
            "初步报告应在接到报告后2小时内完成；特别重大、重大事件按日进程报告；事件确认终止后2周内结案报告。",
            "The first report within two hours of learning of it; of serious events a report a day; the closing report within two weeks.",
        ),
    ),
)  # fmt: skip
MISSED = PaperForm(
    code="missed_check_form",
    name=Text("传染病漏报调查登记表", "Register of checks for missed cases"),
    register="missed_checks",
    source=MISSED_CHECKING,
    side_by_side=4,
    sections=(
        PaperSection(
            None,
            (
                _row("调查日期", "Checked on", "checked_on"),
                _row("调查方式", "Kind of check", "check_kind"),
                _row("查阅资料", "What was looked at", "looked_at"),
                _row("查阅期间", "Span", "covers_from", "covers_to", wording=("{covers_from}至{covers_to}", "{covers_from}–{covers_to}")),
                _row("查阅记录数", "Entries looked through", "looked_through"),
                _row("应报告病例数", "Had to be reported", "found"),
                _row("已报告病例数", "Reported", "already"),
                _row("迟报病例数", "Late", "late_found"),
                _row("卡片与登记不符", "Cards unlike the entry", "unlike"),
                _row("漏报病例数", "Missed", "missed"),
                _row("漏报病种", "Diseases missed", "missed_diseases"),
                _row("补报完成日期", "Made good on", "mended_on"),
                _row("调查人", "Checked by", "checked_by"),
            ),
        ),
    ),
)  # fmt: skip
