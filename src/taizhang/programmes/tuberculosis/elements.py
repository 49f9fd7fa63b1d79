"""Data elements of the forms for tuberculosis, in the order and with the numbers of the paper."""

from taizhang.kernel.elements import Element, coded, day, number, words

_NO_YES = {"1": ("无", "None"), "2": ("有", "Yes")}

# -- referral of people with suspicious symptoms ---------------------------------------------------------------------------------

REFERRED_ON = day("tb_referred_on", "推介转诊日期", "Referred on")
SUSPICIOUS = coded(
    "tb_suspicious_symptoms", "可疑症状", "Suspicious symptoms",
    {
        "1": ("咳嗽、咳痰≥2周", "Cough or sputum for two weeks or more"), "2": ("咯血或血痰", "Blood in the sputum"),
        "3": ("发热、盗汗、胸痛或不明原因消瘦", "Fever, night sweats, chest pain, loss of weight"),
    },
    several=True,
)  # fmt: skip
REFERRED_TO = words("tb_referred_to", "转诊至（结核病定点医疗机构）", "Referred to (designated hospital)")
TRACED_ON = day("tb_traced_on", "随访（追踪）日期", "Followed up on")
TRACED_BY = coded(
    "tb_traced_by", "追踪方式", "Followed up by", {"1": ("电话", "Telephone"), "2": ("入户", "At home"), "3": ("其他", "Other")}
)
ARRIVED_ON = day("tb_arrived_on", "到位就诊日期", "Arrived at the hospital on")
NOT_ARRIVED_REASON = words("tb_not_arrived_reason", "未到位原因", "Why not arrived")
RESULT = coded(
    "tb_referral_result", "就诊结果", "Result",
    {"1": ("确诊肺结核", "Tuberculosis"), "2": ("排除肺结核", "Not tuberculosis"), "3": ("待查", "Pending")},
)  # fmt: skip

# -- the case ---------------------------------------------------------------------------------------------------------------------

NOTIFIED_ON = day("tb_notified_on", "接到管理通知单日期", "Notice received on")
NOTIFIED_BY = words("tb_notified_by", "通知单位", "Notified by")
PATIENT_TYPE = coded("tb_patient_type", "患者类型", "Kind of patient", {"1": ("初治", "New"), "2": ("复治", "Retreated")})
NEW, RETREATED = "1", "2"
SPUTUM = coded("tb_sputum", "痰菌情况", "Sputum", {"1": ("阳性", "Positive"), "2": ("阴性", "Negative"), "3": ("未查痰", "Not tested")})
RESISTANCE = coded(
    "tb_resistance", "耐药情况", "Resistance", {"1": ("耐药", "Resistant"), "2": ("非耐药", "Not resistant"), "3": ("未检测", "Not tested")}
)
TREATMENT_STARTED_ON = day("tb_treatment_started_on", "开始治疗日期", "Treatment began on")
STOPPED_ON = day("tb_stopped_on", "停止治疗时间", "Treatment stopped on")
COMPLETED = "1"
STOP_REASON = coded(
    "tb_stop_reason", "停止治疗原因", "Why stopped",
    {
        "1": ("完成疗程", "Treatment completed"), "2": ("死亡", "Died"), "3": ("丢失", "Lost"),
        "4": ("转入耐多药治疗", "Passed on to treatment of multiple resistance"), "9": ("其他", "Other"),
    },
)  # fmt: skip
VISITS_DUE = number("tb_visits_due", "应访视患者次数", "Visits due", "次", "0", "200")
VISITS_MADE = number("tb_visits_made", "实际访视次数", "Visits made", "次", "0", "400")
DOSES_DUE = number("tb_doses_due", "应服药次数", "Doses due", "次", "1", "2000")
DOSES_TAKEN = number("tb_doses_taken", "实际服药次数", "Doses taken", "次", "0", "2000")
ADHERENCE_PERCENT = number("tb_adherence_percent", "服药率", "Doses taken of those due", "%", "0", "100", places=1)
ASSESSED_BY = words("tb_assessed_by", "评估医生签名", "Assessed by")

# -- treatment, as both visit forms have it ---------------------------------------------------------------------------------------

REGIMEN = words("tb_regimen", "化疗方案", "Regimen")
USAGE = coded("tb_usage", "用法", "How taken", {"1": ("每日", "Daily"), "2": ("间歇", "With intervals")})
DRUG_FORM = coded(
    "tb_drug_form", "药品剂型", "Form of the medicines",
    {
        "1": ("固定剂量复合制剂", "Fixed-dose combination"), "2": ("散装药", "Loose"), "3": ("板式组合药", "Blister"),
        "4": ("注射剂", "Injection"),
    },
    several=True,
)  # fmt: skip
MEDICAL = "1"
SUPERVISOR = coded(
    "tb_supervisor", "督导人员选择", "Supervisor",
    {"1": ("医生", "Doctor"), "2": ("家属", "Family"), "3": ("自服药", "Nobody"), "4": ("其他", "Other")},
)  # fmt: skip
SYMPTOMS = coded(
    "tb_symptoms", "症状及体征", "Symptoms and signs",
    {
        "0": ("没有症状", "None"), "1": ("咳嗽咳痰", "Cough, sputum"), "2": ("低热盗汗", "Fever, night sweats"),
        "3": ("咯血或血痰", "Blood in the sputum"), "4": ("胸痛消瘦", "Chest pain, loss of weight"), "5": ("恶心纳差", "Nausea"),
        "6": ("头痛失眠", "Headache, sleeplessness"), "7": ("视物模糊", "Blurred sight"), "8": ("皮肤瘙痒、皮疹", "Itch, rash"),
        "9": ("耳鸣、听力下降", "Ringing ears, hearing worse"),
    },
    several=True,
)  # fmt: skip
OTHER_SYMPTOMS = words("tb_other_symptoms", "其他症状及体征", "Other symptoms and signs")

# -- the first home visit -----------------------------------------------------------------------------------------------------------

TOLD_ABOVE_ON = day("tb_told_above_on", "未访到报告上级日期", "Not met: told to the level above on")
OWN_ROOM = coded("tb_own_room", "单独的居室", "A room of one's own", {"1": ("有", "Yes"), "2": ("无", "No")})
VENTILATION = coded("tb_ventilation", "通风情况", "Ventilation", {"1": ("良好", "Good"), "2": ("一般", "Fair"), "3": ("差", "Poor")})
COLLECTION_PLACE = words("tb_collection_place", "取药地点", "Medicines collected at")
COLLECTION_ON = day("tb_collection_on", "取药时间", "Medicines collected on")
_LEARNT = {"1": ("掌握", "Understood"), "2": ("未掌握", "Not understood")}


def _lesson(name: str, zh: str, en: str) -> Element:
    return coded(f"tb_lesson_{name}", zh, en, _LEARNT)


LESSON_CARD = _lesson("card", "服药记录卡的填写", "Filling in the card")
LESSON_STORAGE = _lesson("storage", "服药方法及药品存放", "Taking and storing medicines")
LESSON_COURSE = _lesson("course", "肺结核治疗疗程", "How long treatment takes")
LESSON_IRREGULAR = _lesson("irregular", "不规律服药危害", "Harm of breaks")
LESSON_REACTIONS = _lesson("reactions", "服药后不良反应及处理", "Adverse reactions and what to do")
LESSON_SPUTUM = _lesson("sputum", "治疗期间复诊查痰", "Sputum tests during treatment")
LESSON_TRAVEL = _lesson("travel", "外出期间如何坚持服药", "Taking medicines away from home")
LESSON_HABITS = _lesson("habits", "生活习惯及注意事项", "Habits to keep")
LESSON_CONTACTS = _lesson("contacts", "密切接触者检查", "Examination of close contacts")

# -- a follow-up ----------------------------------------------------------------------------------------------------------------------

TREATMENT_MONTH = number("tb_treatment_month", "治疗月序", "Month of treatment", "月", "1", "36")
INTENSIVE = "1"
PHASE = coded(
    "tb_phase", "治疗阶段", "Phase of treatment",
    {"1": ("强化期（注射期）", "Intensive or injection phase"), "2": ("继续期", "Continuation phase")},
)  # fmt: skip
DOSES_MISSED = number("tb_doses_missed", "漏服药次数", "Doses missed", "次", "0", "200")
ADVERSE_REACTION = coded("tb_adverse_reaction", "抗结核药不良反应", "Reaction to tuberculosis medicines", _NO_YES)
ADVERSE_REACTION_DETAIL = words("tb_adverse_reaction_detail", "抗结核药不良反应说明", "What reaction to tuberculosis medicines")
COMPLICATION = coded("tb_complication", "并发症或合并症", "Complication or other disease", _NO_YES)
COMPLICATION_DETAIL = words("tb_complication_detail", "并发症或合并症说明", "Which complication")
REFERRAL_TO = words("tb_referral_to", "转诊科别", "Referred to (department)")
REFERRAL_REASON = words("tb_referral_reason", "结核转诊原因", "Why referred, tuberculosis")
TWO_WEEK_RESULT = words("tb_two_week_result", "2周内随访，随访结果", "Found when followed up within two weeks")
HANDLING = words("tb_handling", "处理意见", "What is to be done")
