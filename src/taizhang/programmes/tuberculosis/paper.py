"""肺结核患者第一次入户随访记录表, 肺结核患者随访服务记录表 with the closing of the case, and the referral slip, on paper."""

from taizhang.kernel.paper import PaperForm, PaperRow, PaperSection
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.disease import SPECIFICATION

_CHAPTER = "肺结核患者健康管理服务规范"


def _row(zh: str, en: str, *fields: str, wording: tuple[str, str] | None = None) -> PaperRow:
    return PaperRow(Text(zh, en), fields, Text(*wording) if wording else None)


def _source(form: str) -> Source:
    return Source(SPECIFICATION, f"{_CHAPTER} 附件 {form}")


_SYMPTOMS = PaperSection(
    Text("症状及体征", "Symptoms and signs"),
    (_row("症状及体征", "Symptoms and signs", "symptoms"), _row("其他", "Other", "other_symptoms")),
)
_LIFE = PaperSection(
    Text("生活方式", "Way of life"),
    (
        _row(
            "吸烟（支/天）\n现在/目标", "Cigarettes a day\nnow/target", "smoking", "target_smoking",
            wording=("{smoking}/{target_smoking}", "{smoking}/{target_smoking}"),
        ),
        _row(
            "饮酒（两/天）\n现在/目标", "Alcohol a day (50 g)\nnow/target", "drinking", "target_drinking",
            wording=("{drinking}/{target_drinking}", "{drinking}/{target_drinking}"),
        ),
    ),
)  # fmt: skip
_MEDICINES = PaperSection(
    Text("用药", "Medicines"),
    (
        _row("化疗方案", "Regimen", "regimen"),
        _row("用法", "How taken", "usage"),
        _row("药品剂型", "Form of the medicines", "drug_form"),
    ),
)
_END = PaperSection(
    None, (_row("下次随访时间", "Next visit on", "next_due_on"), _row("评估（随访）医生签名", "Doctor's signature", "doctor"))
)

FIRST_VISITS = PaperForm(
    code="tuberculosis_first_visit_form",
    name=Text("肺结核患者第一次入户随访记录表", "First home visit to a tuberculosis patient"),
    register="tuberculosis_first_visits",
    source=_source("肺结核患者第一次入户随访记录表"),
    sections=(
        PaperSection(
            None,
            (
                _row("随访时间", "Date of the visit", "visited_on"),
                _row("随访方式", "Way of the visit", "way"),
                _row(
                    "随访结果", "Outcome", "outcome", "lost_reason", "told_above_on",
                    wording=(
                        "{outcome}　未访到原因：{lost_reason}　报告上级日期：{told_above_on}",
                        "{outcome}; why not: {lost_reason}; told to the level above on {told_above_on}",
                    ),
                ),
                _row("患者类型", "Kind of patient", "patient_type"),
                _row("痰菌情况", "Sputum", "sputum"),
                _row("耐药情况", "Resistance", "resistance"),
            ),
        ),
        _SYMPTOMS,
        _MEDICINES,
        PaperSection(None, (_row("督导人员选择", "Supervisor", "supervisor"),)),
        PaperSection(
            Text("家庭居住环境评估", "The dwelling"),
            (_row("单独的居室", "A room of one's own", "own_room"), _row("通风情况", "Ventilation", "ventilation")),
        ),
        _LIFE,
        PaperSection(
            Text("健康教育及培训", "Education"),
            (
                _row(
                    "取药地点、时间", "Medicines collected at, on", "collection_place", "collection_on",
                    wording=("地点：{collection_place}　　时间：{collection_on}", "at {collection_place} on {collection_on}"),
                ),
                _row("服药记录卡的填写", "Filling in the card", "lesson_card"),
                _row("服药方法及药品存放", "Taking and storing medicines", "lesson_storage"),
                _row("肺结核治疗疗程", "How long treatment takes", "lesson_course"),
                _row("不规律服药危害", "Harm of breaks", "lesson_irregular"),
                _row("服药后不良反应及处理", "Adverse reactions and what to do", "lesson_reactions"),
                _row("治疗期间复诊查痰", "Sputum tests during treatment", "lesson_sputum"),
                _row("外出期间如何坚持服药", "Taking medicines away from home", "lesson_travel"),
                _row("生活习惯及注意事项", "Habits to keep", "lesson_habits"),
                _row("密切接触者检查", "Examination of close contacts", "lesson_contacts"),
            ),
        ),
        _END,
    ),
)  # fmt: skip

FOLLOW_UPS = PaperForm(
    code="tuberculosis_follow_up_form",
    name=Text("肺结核患者随访服务记录表", "Follow-up record of a tuberculosis patient"),
    register="tuberculosis_follow_ups",
    source=_source("肺结核患者随访服务记录表"),
    side_by_side=4,
    sections=(
        PaperSection(
            None,
            (
                _row("随访时间", "Date of the visit", "visited_on"),
                _row(
                    "治疗月序", "Month of treatment", "treatment_month", "phase",
                    wording=("第{treatment_month}月\n{phase}", "month {treatment_month}\n{phase}"),
                ),
                _row("督导人员", "Supervisor", "supervisor"),
                _row("随访方式", "Way of the visit", "way"),
                _row("随访结果", "Outcome", "outcome", "lost_reason", wording=("{outcome}\n{lost_reason}", "{outcome}\n{lost_reason}")),
            ),
        ),
        _SYMPTOMS,
        _LIFE,
        PaperSection(
            Text("用药", "Medicines"),
            (*(row for row in _MEDICINES.rows), _row("漏服药次数", "Doses missed", "doses_missed")),
        ),
        PaperSection(
            None,
            (
                _row("药物不良反应", "Adverse reaction", "adverse_reaction"),
                _row("不良反应说明", "What reaction", "adverse_reaction_detail"),
                _row("并发症或合并症", "Complication or other disease", "complication"),
                _row("并发症或合并症说明", "Which", "complication_detail"),
            ),
        ),
        PaperSection(
            Text("转诊", "Referral"),
            (
                _row("科别", "Department", "referral_to"),
                _row("原因", "Reason", "referral_reason"),
                _row("2周内随访，随访结果", "Found within two weeks", "two_week_result"),
            ),
        ),
        PaperSection(None, (_row("处理意见", "What is to be done", "handling"),)),
        _END,
    ),
)  # fmt: skip

CASES = PaperForm(
    code="tuberculosis_closing_form",
    name=Text("肺结核患者管理与停止治疗评估（随访服务记录表末栏）", "Tuberculosis: the case and its closing (end of the follow-up form)"),
    register="tuberculosis_cases",
    source=_source("肺结核患者随访服务记录表 停止治疗及全程管理情况"),
    sections=(
        PaperSection(
            Text("患者情况", "The patient"),
            (
                _row(
                    "通知单", "Notice", "notified_on", "notified_by",
                    wording=("接到日期 {notified_on}　　通知单位 {notified_by}", "received {notified_on} from {notified_by}"),
                ),
                _row(
                    "确诊", "Diagnosis", "diagnosed_on", "diagnosed_by",
                    wording=("确诊日期 {diagnosed_on}　　确诊机构 {diagnosed_by}", "on {diagnosed_on} by {diagnosed_by}"),
                ),
                _row("患者类型", "Kind of patient", "patient_type"),
                _row("痰菌情况", "Sputum", "sputum"),
                _row("耐药情况", "Resistance", "resistance"),
                _row("化疗方案", "Regimen", "regimen"),
                _row("开始治疗日期", "Treatment began on", "treatment_started_on"),
            ),
        ),
        PaperSection(
            Text("停止治疗及原因", "End of treatment"),
            (
                _row("出现停止治疗时间", "Stopped on", "stopped_on"),
                _row("停止治疗原因", "Why stopped", "stop_reason"),
            ),
        ),
        PaperSection(
            Text("全程管理情况", "The whole course"),
            (
                _row(
                    "访视", "Visits", "visits_due", "visits_made",
                    wording=("应访视患者 {visits_due} 次，实际访视 {visits_made} 次", "{visits_due} due, {visits_made} made"),
                ),
                _row(
                    "服药", "Doses", "doses_due", "doses_taken", "adherence_percent",
                    wording=(
                        "患者在疗程中，应服药 {doses_due} 次，实际服药 {doses_taken} 次，服药率 {adherence_percent}%",
                        "{doses_due} due, {doses_taken} taken, {adherence_percent} %",
                    ),
                ),
                _row("评估医生签名", "Assessed by", "assessed_by"),
            ),
        ),
    ),
)  # fmt: skip

REFERRALS = PaperForm(
    code="tuberculosis_referral_form",
    name=Text("双向转诊单（肺结核可疑症状者推介转诊）", "Referral slip (suspected tuberculosis)"),
    register="tuberculosis_referrals",
    source=Source(SPECIFICATION, f"{_CHAPTER} 二、服务内容（一）筛查及推介转诊"),
    sections=(
        PaperSection(
            Text("存根", "Counterfoil"),
            (
                _row(
                    "患者", "Patient", "resident.sex", "resident.birth_date",
                    wording=("性别 {resident.sex}　　出生日期 {resident.birth_date}", "{resident.sex}, born {resident.birth_date}"),
                ),
                _row("推介转诊日期", "Referred on", "referred_on"),
                _row("可疑症状", "Suspicious symptoms", "suspicious"),
                _row("转诊至", "Referred to", "referred_to"),
                _row("转诊医生", "Doctor", "doctor"),
            ),
        ),
        PaperSection(
            Text("追踪与到位", "Follow-up and arrival"),
            (
                _row("随访（追踪）日期", "Followed up on", "traced_on"),
                _row("追踪方式", "By", "traced_by"),
                _row("到位就诊日期", "Arrived on", "arrived_on"),
                _row("未到位原因", "Why not arrived", "not_arrived_reason"),
                _row("就诊结果", "Result", "result"),
            ),
        ),
    ),
)  # fmt: skip
