"""Data elements of the two forms for severe mental illness, in the order and with the numbers of the paper.

Medicines have elements of their own: were they shared with the other follow-up forms, an antipsychotic would stand on a hypertension form
that everybody at the clinic may open.
"""

from taizhang.kernel.elements import Element, coded, day, number, words, yes_no
from taizhang.kernel.text import Text

# -- the person and the guardian ---------------------------------------------------------------------------------------------

GUARDIAN_ADDRESS = words("guardian_address", "监护人住址", "Guardian: address")
VILLAGE_CONTACT = words("village_committee_contact", "辖区村（居）委会联系人、电话", "Village committee: contact and phone")
HOUSEHOLD_KIND = coded("household_kind", "户别", "Urban or rural household", {"1": ("城镇", "Urban"), "2": ("农村", "Rural")})
EMPLOYMENT = coded(
    "employment", "就业情况", "Employment",
    {
        "1": ("在岗工人", "Worker"), "2": ("在岗管理者", "Manager"), "3": ("农民", "Farmer"), "4": ("下岗或无业", "Without work"),
        "5": ("在校学生", "Student"), "6": ("退休", "Retired"), "7": ("专业技术人员", "Professional"), "8": ("其他", "Other"),
        "9": ("不详", "Not known"),
    },
)  # fmt: skip
AGREED = "1"
CONSENT = coded(
    "psychiatric_consent", "知情同意", "Consent",
    {"1": ("同意参加管理", "Agrees to be managed"), "0": ("不同意参加管理", "Does not agree")},
)  # fmt: skip
CONSENTED_BY = words("psychiatric_consented_by", "知情同意签字", "Consent signed by")
CONSENTED_ON = day("psychiatric_consented_on", "签字时间", "Consent signed on")

# -- the illness ---------------------------------------------------------------------------------------------------------------

DIAGNOSIS = coded(
    "psychiatric_diagnosis", "目前诊断", "Diagnosis",
    {
        "1": ("精神分裂症", "Schizophrenia"), "2": ("分裂情感性障碍", "Schizoaffective disorder"),
        "3": ("偏执性精神病", "Persistent delusional disorder"), "4": ("双相（情感）障碍", "Bipolar disorder"),
        "5": ("癫痫所致精神障碍", "Mental disorder due to epilepsy"),
        "6": ("精神发育迟滞伴发精神障碍", "Mental retardation with mental disorder"),
    },
)  # fmt: skip
DIAGNOSIS_CODES = {"1": "F20", "2": "F25", "3": "F22", "4": "F31", "5": "G40", "6": "F70–F79"}  # ICD-10, as hospitals write it
FIRST_ONSET_ON = day("first_onset_on", "初次发病时间", "First fell ill on")
_SYMPTOMS = {
    "1": ("幻觉", "Hallucinations"), "2": ("交流困难", "Hard to talk with"), "3": ("猜疑", "Suspicion"),
    "4": ("喜怒无常", "Moods"), "5": ("行为怪异", "Odd behaviour"), "6": ("兴奋话多", "Excited, talks much"),
    "7": ("伤人毁物", "Hurts people, breaks things"), "8": ("悲观厌世", "Weary of life"), "9": ("无故外走", "Wanders off"),
    "10": ("自语自笑", "Talks and laughs alone"), "11": ("孤僻懒散", "Withdrawn, idle"), "12": ("其他", "Other"),
}  # fmt: skip
PAST_SYMPTOMS = coded("psychiatric_past_symptoms", "既往主要症状", "Symptoms so far", _SYMPTOMS, several=True)
SYMPTOMS = coded("psychiatric_symptoms", "目前症状", "Present symptoms", _SYMPTOMS, several=True)
_CONFINEMENT = {"1": ("无关锁", "None"), "2": ("关锁", "Confined"), "3": ("关锁已解除", "Released")}
PAST_CONFINEMENT = coded("psychiatric_past_confinement", "既往关锁情况", "Confinement so far", _CONFINEMENT)
PAST_OUTPATIENT = coded(
    "psychiatric_past_outpatient", "既往门诊治疗", "Treated as an outpatient",
    {"1": ("未治", "No"), "2": ("间断门诊治疗", "With breaks"), "3": ("连续门诊治疗", "Without break")},
)  # fmt: skip
FIRST_TREATED_ON = day("psychiatric_first_treated_on", "首次抗精神病药治疗时间", "First treated with antipsychotics on")
PAST_ADMISSIONS = number("psychiatric_past_admissions", "曾住精神专科医院（科）次数", "Times in a psychiatric hospital", "次", "0", "99")
_EFFECT = {"2": ("好转", "Better"), "3": ("无变化", "Unchanged"), "4": ("加重", "Worse")}
LAST_EFFECT = coded(
    "psychiatric_last_effect", "最近一次治疗效果", "Effect of the last treatment", {"1": ("临床痊愈", "Recovered"), **_EFFECT}
)
ECONOMY = coded(
    "psychiatric_economy", "经济状况", "Means",
    {"1": ("贫困，在当地贫困线标准以下", "Poor, below the local line"), "2": ("非贫困", "Not poor")},
)  # fmt: skip
SPECIALIST_OPINION = words("psychiatric_specialist_opinion", "专科医生的意见", "The specialist's opinion")


def _times(name: str, zh: str, en: str) -> tuple[Element, Element]:
    """How often, up to enrolment and since the last visit."""
    label = Text(f"{zh}次数", f"{en}, times")
    before = number(f"psychiatric_past_{name}", f"既往{label.zh}", f"So far: {label.en}", "次", "0", "99")
    return before, number(f"psychiatric_{name}", label.zh, label.en, "次", "0", "99")


PAST_MINOR, MINOR = _times("minor", "轻度滋事", "Minor trouble")
PAST_TROUBLE, TROUBLE = _times("trouble", "肇事", "Trouble")
PAST_DISASTER, DISASTER = _times("disaster", "肇祸", "Serious harm")
PAST_OTHER_HARM, OTHER_HARM = _times("other_harm", "其他危害行为", "Other harm")
PAST_SELF_HARM, SELF_HARM = _times("self_harm", "自伤", "Self-harm")
PAST_SUICIDE, SUICIDE = _times("suicide", "自杀未遂", "Attempted suicide")

# -- a visit ---------------------------------------------------------------------------------------------------------------------

LOST_REASON = coded(
    "psychiatric_lost_reason", "若失访，原因", "If not reached, why",
    {
        "1": ("外出打工", "Working elsewhere"), "2": ("迁居他处", "Moved"), "3": ("走失", "Gone missing"),
        "4": ("连续3次未到访", "Missed three times running"), "5": ("其他", "Other"),
    },
)  # fmt: skip
DIED_ON = day("psychiatric_died_on", "如死亡，死亡日期", "If dead: the day")
DEATH_CAUSE = coded(
    "psychiatric_death_cause", "死亡原因", "Cause of death",
    {
        "1": ("躯体疾病", "Somatic disease"), "2": ("自杀", "Suicide"), "3": ("他杀", "Killed"), "4": ("意外", "Accident"),
        "5": ("精神疾病相关并发症", "Complication of the mental illness"), "6": ("其他", "Other"),
    },
)  # fmt: skip
SOMATIC_CAUSE = coded(
    "psychiatric_somatic_cause", "躯体疾病种类", "Which somatic disease",
    {
        "1": ("传染病和寄生虫病", "Infection"), "2": ("肿瘤", "Tumour"), "3": ("心脏病", "Heart"), "4": ("脑血管病", "Stroke"),
        "5": ("呼吸系统疾病", "Respiratory"), "6": ("消化系统疾病", "Digestive"), "7": ("其他疾病", "Other"), "8": ("不详", "Not known"),
    },
)  # fmt: skip
RISK = coded(
    "psychiatric_risk", "危险性评估", "Risk",
    {
        "0": ("0级：无符合以下1～5级中的任何行为", "0: none of what follows"),
        "1": ("1级：口头威胁，喊叫，但没有打砸行为", "1: threatens and shouts, breaks nothing"),
        "2": ("2级：打砸行为，局限在家里，针对财物，能被劝说制止", "2: breaks things, at home, property, can be dissuaded"),
        "3": ("3级：明显打砸行为，不分场合，针对财物，不能接受劝说而停止", "3: anywhere, property, cannot be dissuaded"),
        "4": (
            "4级：持续的打砸行为，不分场合，针对财物或人，不能接受劝说而停止（包括自伤、自杀）",
            "4: continuous, anywhere, property or people, cannot be dissuaded (self-harm and suicide included)",
        ),
        "5": (
            "5级：持管制性危险武器的针对人的任何暴力行为，或者纵火、爆炸等行为，无论在家里还是公共场合",
            "5: violence against people with weapons, arson or explosion, at home or in public",
        ),
    },
)  # fmt: skip
SYMPTOM_LEVEL = coded(
    "psychiatric_symptom_level", "精神症状程度", "Symptoms: how marked",
    {"1": ("基本消失", "Mostly gone"), "2": ("存在，不明显", "Present, not marked"), "3": ("明显", "Marked")},
)  # fmt: skip
OTHER_SYMPTOMS = words("psychiatric_other_symptoms", "其他精神症状", "Other psychiatric symptoms")
INSIGHT = coded(
    "psychiatric_insight", "自知力", "Insight",
    {"1": ("自知力完全", "Full"), "2": ("自知力不全", "Partial"), "3": ("自知力缺失", "None")},
)  # fmt: skip
_GRADES = {"1": ("良好", "Good"), "2": ("一般", "Fair"), "3": ("较差", "Poor")}
_GRADES_OR_NONE = {**_GRADES, "9": ("此项不适用", "Does not apply")}
SLEEP = coded("psychiatric_sleep", "睡眠情况", "Sleep", _GRADES)
EATING = coded("psychiatric_eating", "饮食情况", "Eating", _GRADES)
SELF_CARE = coded("psychiatric_self_care", "个人生活料理", "Looks after oneself", _GRADES)
HOUSEWORK = coded("psychiatric_housework", "家务劳动", "Housework", _GRADES)
PRODUCTIVE_WORK = coded("psychiatric_work", "生产劳动及工作", "Work", _GRADES_OR_NONE)
LEARNING = coded("psychiatric_learning", "学习能力", "Learning", _GRADES)
SOCIAL_CONTACT = coded("psychiatric_social_contact", "社会人际交往", "Social contact", _GRADES)
CONFINEMENT = coded("psychiatric_confinement", "两次随访期间关锁情况", "Confined since the last visit", _CONFINEMENT)
HOSPITALISATION = coded(
    "psychiatric_hospitalisation", "两次随访期间住院情况", "In hospital since the last visit",
    {"0": ("未住院", "No"), "1": ("目前正在住院", "Now in hospital"), "2": ("曾住院，现未住院", "Was, not now")},
)  # fmt: skip
LAST_DISCHARGED_ON = day("psychiatric_last_discharged_on", "末次出院时间", "Last discharged on")
LABORATORY = coded("psychiatric_laboratory", "实验室检查", "Laboratory tests", {"1": ("无", "None"), "2": ("有", "Yes")})
LABORATORY_DETAIL = words("psychiatric_laboratory_detail", "实验室检查内容", "Which tests")
REGULAR = "1"
ADHERENCE = coded(
    "psychiatric_adherence", "用药依从性", "Taking psychiatric medicines",
    {
        "1": ("按医嘱规律用药", "Regularly, as ordered"), "2": ("间断用药", "With breaks"), "3": ("不用药", "Not at all"),
        "4": ("医嘱无需用药", "None ordered"),
    },
)  # fmt: skip
ADVERSE_REACTION = coded(
    "psychiatric_adverse_reaction", "精神药物不良反应", "Reaction to psychiatric medicines",
    {"1": ("无", "None"), "2": ("有", "Yes"), "9": ("此项不适用", "Does not apply")},
)  # fmt: skip
ADVERSE_REACTION_DETAIL = words("psychiatric_adverse_reaction_detail", "精神药物不良反应说明", "What reaction to psychiatric medicines")
SEVERE_REACTION = yes_no("psychiatric_severe_reaction", "有严重药物不良反应", "The reaction is severe")
SEVERE_SOMATIC = yes_no("psychiatric_severe_somatic", "有严重躯体疾病", "Severe somatic disease")
EFFECT = coded(
    "psychiatric_effect", "治疗效果", "Effect of treatment",
    {"1": ("痊愈", "Recovered"), **_EFFECT, "9": ("此项不适用", "Does not apply")},
)  # fmt: skip
REFERRED = coded("psychiatric_referred", "是否转诊", "Referred", {"1": ("否", "No"), "2": ("是", "Yes")})
REFERRAL_REASON = words("psychiatric_referral_reason", "精神科转诊原因", "Reason for psychiatric referral")
REFERRAL_TO = words("psychiatric_referral_to", "转诊至机构及科室", "Referred to (institution, department)")


def _medicine(place: int, *, guidance: bool) -> tuple[Element, Element, Element]:
    kind, en = ("用药指导", "Advised medicine") if guidance else ("精神科药物", "Psychiatric medicine")
    name = f"psychiatric_{'advised' if guidance else 'medicine'}_{place}"
    return (
        words(f"{name}_name", f"{kind}{place}名称", f"{en} {place}"),
        words(f"{name}_use", f"{kind}{place}用法", f"{en} {place}: how often"),
        number(f"{name}_dose", f"{kind}{place}每次剂量", f"{en} {place}: each dose", "mg", "0", "5000", places=2, short=True),
    )


MEDICINES = tuple(_medicine(place, guidance=False) for place in (1, 2, 3))
ADVISED = tuple(_medicine(place, guidance=True) for place in (1, 2, 3))
REHABILITATION = coded(
    "psychiatric_rehabilitation", "康复措施", "Rehabilitation",
    {
        "1": ("生活劳动能力", "Daily life and work"), "2": ("职业训练", "Vocational training"), "3": ("学习能力", "Learning"),
        "4": ("社会交往", "Social contact"), "5": ("其他", "Other"),
    },
    several=True,
)  # fmt: skip

NOT_ASSESSED, UNSTABLE, FAIRLY_STABLE, STABLE = "0", "1", "2", "3"
CLASSES = {
    UNSTABLE: Text("不稳定", "Unstable"),
    FAIRLY_STABLE: Text("基本稳定", "Fairly stable"),
    STABLE: Text("稳定", "Stable"),
    # Nobody was reached, or too little was assessed; the paper form has no box for it.
    NOT_ASSESSED: Text("未评价", "Not assessed"),
}
_GIVEN = {code: (text.zh, text.en) for code, text in CLASSES.items() if code != NOT_ASSESSED}
DOCTOR_CLASS = coded("psychiatric_doctor_class", "医生改判分类", "Class given by the doctor instead", _GIVEN)
OVERRIDE_REASON = coded(
    "psychiatric_override_reason", "改判理由", "Why another class",
    {
        "1": ("精神专科医生意见", "A psychiatrist's opinion"), "2": ("家属或知情人反映病情变化", "Family or others report a change"),
        "3": ("近期治疗调整", "Treatment was changed lately"), "9": ("其他（写入其他症状栏）", "Other (written under other symptoms)"),
    },
)  # fmt: skip
VISIT_CLASS = coded("psychiatric_visit_class", "本次随访分类", "Class of the visit", {c: (t.zh, t.en) for c, t in CLASSES.items()})
