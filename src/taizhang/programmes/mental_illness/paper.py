"""严重精神障碍患者个人信息补充表 and 严重精神障碍患者随访服务记录表 on paper."""

from taizhang.kernel.paper import PaperForm, PaperRow, PaperSection
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.disease import SPECIFICATION
from taizhang.programmes.mental_illness.elements import NOT_ASSESSED

_CHAPTER = "严重精神障碍患者管理服务规范"
_HARM = (
    ("minor", "1轻度滋事", "1 minor trouble"), ("trouble", "2肇事", "2 trouble"), ("disaster", "3肇祸", "3 serious harm"),
    ("other", "4其他危害行为", "4 other harm"), ("self_harm", "5自伤", "5 self-harm"), ("suicide", "6自杀未遂", "6 attempted suicide"),
)  # fmt: skip


def _row(zh: str, en: str, *fields: str, wording: tuple[str, str] | None = None, unprinted: tuple[str, ...] = ()) -> PaperRow:
    return PaperRow(Text(zh, en), fields, Text(*wording) if wording else None, unprinted=unprinted)


def _harm(fields: tuple[str, ...]) -> PaperRow:
    """危险行为: each kind with how often."""
    zh = "　".join(f"{label}{{{field}}}次" for field, (_, label, _) in zip(fields, _HARM, strict=True))
    en = ", ".join(f"{label} {{{field}}}" for field, (_, _, label) in zip(fields, _HARM, strict=True))
    return _row("危险行为", "Dangerous behaviour", *fields, wording=(zh, en))


def _medicine(kind: str, place: int) -> PaperRow:
    name, use, dose = (f"{kind}_{place}_{part}" for part in ("name", "use", "dose"))
    return _row(
        f"药物{place}", f"Medicine {place}", name, use, dose,
        wording=(f"{{{name}}}　用法：{{{use}}}　每次剂量 {{{dose}}}mg", f"{{{name}}}, {{{use}}}, {{{dose}}} mg each"),
    )  # fmt: skip


CASES = PaperForm(
    code="mental_illness_supplement_form",
    name=Text("严重精神障碍患者个人信息补充表", "Supplementary information on a patient with severe mental illness"),
    register="mental_illness_cases",
    source=Source(SPECIFICATION, f"{_CHAPTER} 附件 严重精神障碍患者个人信息补充表"),
    sections=(
        PaperSection(
            None,
            (
                _row(
                    "监护人姓名、与患者关系", "Guardian, relation", "guardian_name", "guardian_relation",
                    wording=("{guardian_name}　　与患者关系 {guardian_relation}", "{guardian_name}, {guardian_relation}"),
                ),
                _row(
                    "监护人住址、电话", "Guardian: address, phone", "guardian_address", "guardian_phone",
                    wording=("{guardian_address}　　电话 {guardian_phone}", "{guardian_address}, phone {guardian_phone}"),
                ),
                _row("辖区村（居）委会联系人、电话", "Village committee: contact, phone", "village_contact"),
                _row("户别", "Household", "household_kind"),
                _row("就业情况", "Employment", "employment"),
                _row("知情同意", "Consent", "consent"),
                _row(
                    "签字、签字时间", "Signed, on", "consented_by", "consented_on",
                    wording=("签字：{consented_by}　　签字时间 {consented_on}", "signed {consented_by} on {consented_on}"),
                ),
                _row("初次发病时间", "First fell ill on", "first_onset_on"),
                _row("既往主要症状", "Symptoms so far", "past_symptoms"),
                _row("既往关锁情况", "Confinement so far", "past_confinement"),
            ),
        ),
        PaperSection(
            Text("既往治疗情况", "Treatment so far"),
            (
                _row("门诊", "Outpatient", "past_outpatient"),
                _row("首次抗精神病药治疗时间", "First treated on", "first_treated_on"),
                _row(
                    "住院", "Hospital", "past_admissions",
                    wording=("曾住精神专科医院/综合医院精神专科 {past_admissions} 次", "in a psychiatric hospital {past_admissions} times"),
                ),
            ),
        ),
        PaperSection(
            None,
            (
                _row("目前诊断", "Diagnosis", "diagnosis"),
                _row(
                    "确诊医院、日期", "Diagnosed by, on", "diagnosed_by", "diagnosed_on",
                    wording=("确诊医院 {diagnosed_by}　　确诊日期 {diagnosed_on}", "{diagnosed_by}, on {diagnosed_on}"),
                ),
                _row("最近一次治疗效果", "Effect of the last treatment", "last_effect"),
                _harm(("past_minor", "past_trouble", "past_disaster", "past_other_harm", "past_self_harm", "past_suicide")),
                _row("经济状况", "Means", "economy"),
                _row("专科医生的意见（如果有请记录）", "The specialist's opinion", "specialist_opinion"),
                _row(
                    "填表日期、医生签字", "Filled in on, signature", "enrolled_on", "doctor",
                    wording=("{enrolled_on}　　医生签字 {doctor}", "{enrolled_on}, {doctor}"),
                ),
                _row(
                    "终止管理", "Closed", "closed_on", "close_reason",
                    wording=("终止管理日期 {closed_on}　　原因 {close_reason}", "on {closed_on}, {close_reason}"),
                ),
            ),
        ),
    ),
)  # fmt: skip

FOLLOW_UPS = PaperForm(
    code="mental_illness_follow_up_form",
    name=Text("严重精神障碍患者随访服务记录表", "Follow-up record of a patient with severe mental illness"),
    register="mental_illness_follow_ups",
    source=Source(SPECIFICATION, f"{_CHAPTER} 附件 严重精神障碍患者随访服务记录表"),
    sections=(
        PaperSection(
            None,
            (
                _row("随访日期", "Date of the visit", "visited_on"),
                _row("本次随访形式", "Way of the visit", "way"),
                _row("随访结果", "Outcome", "outcome"),
                _row("若失访，原因", "If not reached, why", "lost_reason"),
                _row("如死亡，死亡日期", "If dead, the day", "died_on"),
                _row("死亡原因", "Cause of death", "death_cause"),
                _row("躯体疾病", "Somatic disease", "somatic_cause"),
                _row("危险性评估", "Risk", "risk"),
                _row("目前症状", "Present symptoms", "symptoms"),
                _row(
                    "症状程度、其他", "How marked, other", "symptom_level", "other_symptoms",
                    wording=("{symptom_level}　　其他：{other_symptoms}", "{symptom_level}; other: {other_symptoms}"),
                ),
                _row("自知力", "Insight", "insight"),
                _row("睡眠情况", "Sleep", "sleep"),
                _row("饮食情况", "Eating", "eating"),
            ),
        ),
        PaperSection(
            Text("社会功能情况", "Social function"),
            (
                _row("个人生活料理", "Looks after oneself", "self_care"),
                _row("家务劳动", "Housework", "housework"),
                _row("生产劳动及工作", "Work", "productive_work"),
                _row("学习能力", "Learning", "learning"),
                _row("社会人际交往", "Social contact", "social_contact"),
            ),
        ),
        PaperSection(
            None,
            (
                _harm(
                    (
                        "incidents_minor", "incidents_trouble", "incidents_disaster", "incidents_other", "incidents_self_harm",
                        "incidents_suicide",
                    )
                ),
                _row("两次随访期间关锁情况", "Confined since the last visit", "confinement"),
                _row("两次随访期间住院情况", "In hospital since the last visit", "hospitalisation"),
                _row("末次出院时间", "Last discharged on", "last_discharged_on"),
                _row("实验室检查", "Laboratory tests", "laboratory"),
                _row("检查内容", "Which", "laboratory_detail"),
                _row("用药依从性", "Taking medicines", "adherence"),
                _row("药物不良反应", "Adverse reaction", "adverse_reaction"),
                _row(
                    "不良反应说明", "What reaction", "adverse_reaction_detail", "severe_reaction", "severe_somatic",
                    wording=(
                        "{adverse_reaction_detail}　严重不良反应：{severe_reaction}　严重躯体疾病：{severe_somatic}",
                        "{adverse_reaction_detail}; severe: {severe_reaction}; severe somatic disease: {severe_somatic}",
                    ),
                ),
                _row("治疗效果", "Effect of treatment", "effect"),
                _row("是否转诊", "Referred", "referred"),
                _row(
                    "转诊原因、转诊至", "Why, where to", "referral_reason", "referral_to",
                    wording=("转诊原因：{referral_reason}　　转诊至机构及科室：{referral_to}", "{referral_reason}; to {referral_to}"),
                ),
            ),
        ),
        PaperSection(Text("用药情况", "Medicines"), tuple(_medicine("medicine", place) for place in (1, 2, 3))),
        PaperSection(Text("用药指导", "Medicines advised"), tuple(_medicine("advised", place) for place in (1, 2, 3))),
        PaperSection(
            None,
            (
                _row("康复措施", "Rehabilitation", "rehabilitation"),
                _row("本次随访分类", "Class of this visit", "visit_class", unprinted=(NOT_ASSESSED,)),
                _row(
                    "医生改判", "By the doctor", "doctor_class", "override_reason",
                    wording=("{doctor_class}　理由：{override_reason}", "{doctor_class}: {override_reason}"),
                ),
                _row("下次随访日期", "Next visit on", "next_due_on"),
                _row("随访医生签名", "Doctor's signature", "doctor"),
            ),
        ),
    ),
)  # fmt: skip
