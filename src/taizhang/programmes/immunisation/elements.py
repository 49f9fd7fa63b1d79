"""Elements of vaccination: the dose, the certificate, states of health, adverse events, stock, cold chain and school checks.

Codes of vaccines, ways and sites are this system's own; a vaccine's standard code stands with its lot in the tracing system.
"""

from taizhang.kernel.elements import coded, day, number, words, yes_no
from taizhang.programmes.immunisation.entry import LACKABLE, RESULTS
from taizhang.programmes.immunisation.schedule.plan import VERDICTS
from taizhang.programmes.immunisation.vaccines import VACCINES

_VACCINES = {code: (vaccine.name.zh, vaccine.name.en) for code, vaccine in VACCINES.items()}

# -- one dose ----------------------------------------------------------------------------------------------------------

VACCINE = coded("vaccine", "疫苗", "Vaccine", _VACCINES)
LOT = words("vaccine_lot", "疫苗批号", "Lot", standard="DE08.50.009.00")
MAKER = words("vaccine_maker", "上市许可持有人（生产企业）", "Maker")
EXPIRES_ON = day("vaccine_expires_on", "疫苗有效期至", "Expires on")
TRACE_CODE = words("trace_code", "最小包装单位识别信息（追溯码）", "Tracing code of the smallest package")
WAY = coded(
    "vaccination_way", "接种途径", "Way",
    {"1": ("肌内注射", "Intramuscular"), "2": ("皮下注射", "Subcutaneous"), "3": ("皮内注射", "Intradermal"), "4": ("口服", "Oral")},
)  # fmt: skip
SITE = coded(
    "vaccination_site", "接种部位", "Site",
    {
        "1": ("左上臂", "Left upper arm"), "2": ("右上臂", "Right upper arm"), "3": ("左大腿前外侧", "Left thigh"),
        "4": ("右大腿前外侧", "Right thigh"), "5": ("口腔", "Mouth"),
    },
)  # fmt: skip
VOLUME = words("vaccination_volume", "接种剂量", "Volume")
FEE = coded(
    "vaccination_fee", "费用类别", "Paid by",
    {"1": ("免疫规划（免费）", "The programme, free"), "2": ("非免疫规划（自费）", "The recipient")},
)  # fmt: skip
INFORMED = yes_no("vaccination_informed", "已告知并询问健康状况和禁忌", "Informed, and asked about health and contraindications")
CHECKED_THREE_SEVEN = yes_no("vaccination_checked", "已做三查七对一验证", "Checked before the injection")
OBSERVED_MINUTES = number("observed_minutes", "留观时间", "Observed for", "分钟", "0", "240")
GIVEN_ELSEWHERE = words("given_elsewhere", "外地（院）接种单位", "Given elsewhere, by")
VACCINATOR = words("vaccinator", "接种医生", "Vaccinator")
VACCINATION_NOTE = words("vaccination_note", "备注", "Note")
DOSE_NUMBER = number("dose_number", "剂次", "Dose", "剂", "1", "9")
VERDICT = coded("dose_verdict", "有效性", "Whether it counts", VERDICTS)

# -- the certificate ---------------------------------------------------------------------------------------------------

ISSUED_ON = day("certificate_issued_on", "建证（卡）日期", "Certificate issued on")
CERTIFICATE_NUMBER = words("certificate_number", "预防接种证编号", "Certificate number")
LIVING = coded(
    "living_type", "居住类型", "Living here", {"1": ("常住", "For good"), "2": ("流动", "Moving"), "3": ("临时", "For a time")}
)  # fmt: skip
BIRTH_HOSPITAL = words("birth_hospital", "出生医院", "Born in")
IMMUNOGLOBULIN_ON = day("hbig_given_on", "乙肝免疫球蛋白注射日期", "Hepatitis B immunoglobulin given on")
REACTION_HISTORY = words("reaction_history", "疫苗异常反应史", "Reactions to vaccines before")
CONTRAINDICATION_HISTORY = words("contraindication_history", "接种禁忌", "Contraindications")
INFECTION_HISTORY = words("infection_history", "传染病史", "Infectious diseases had")
MOVED_IN_ON = day("card_moved_in_on", "迁入时间", "Moved in on")
MOVED_OUT_ON = day("card_moved_out_on", "迁出时间", "Moved out on")
MOVED_OUT_WHY = words("card_moved_out_why", "迁出原因", "Why moved out")
ISSUED_BY = words("certificate_issued_by", "建证（卡）人", "Issued by")

# -- states of health --------------------------------------------------------------------------------------------------

ASKED_ON = day("state_asked_on", "评估日期", "Judged on")
STATE = coded(
    "health_state", "健康状态", "State of health",
    {
        "1": ("对疫苗成分或上次接种严重过敏", "Severe allergy to a component or a dose before"),
        "2": ("急性疾病、慢性病急性发作或发热", "Acute illness or fever"),
        "3": ("免疫缺陷或免疫抑制", "Immune deficiency or suppression"),
        "4": ("HIV感染", "HIV infection"),
        "5": ("HIV感染母亲所生、尚未排除感染", "Exposed to HIV, infection not ruled out"),
        "6": ("注射免疫球蛋白或输血制品", "Immunoglobulin or blood products given"),
        "7": ("妊娠", "Pregnancy"),
        "8": ("接种百白破疫苗后出现脑病", "Encephalopathy after pertussis vaccine"),
        "9": ("其他（由医生判定）", "Other, judged by a doctor"),
    },
)  # fmt: skip
STATE_VACCINES = coded("state_vaccines", "涉及疫苗", "Vaccines concerned", _VACCINES, several=True)
CONCLUSION = coded(
    "state_conclusion", "接种建议", "What follows",
    {"1": ("禁忌", "Prohibited"), "2": ("延期", "Deferred"), "3": ("评估后接种", "To be judged before vaccination")},
)  # fmt: skip
STATE_FROM = day("state_from", "起始日期", "From")
STATE_UNTIL = day("state_until", "截止日期", "Until")
STATE_REASON = words("state_reason", "原因说明", "Reason")
JUDGED_BY = words("state_judged_by", "评估医生", "Judged by")

# -- adverse events ----------------------------------------------------------------------------------------------------

HAPPENED_ON = day("adverse_happened_on", "反应发生日期", "Reaction on")
AFTER_DOSE_ON = day("adverse_dose_on", "接种日期（反应前）", "Vaccinated on (before the reaction)")
SYMPTOMS = coded(
    "adverse_symptoms", "主要临床表现", "Symptoms",
    {
        "1": ("发热", "Fever"), "2": ("局部红肿", "Redness and swelling"), "3": ("局部硬结", "Induration"),
        "4": ("过敏性休克", "Anaphylactic shock"), "5": ("喉头水肿", "Laryngeal oedema"), "6": ("荨麻疹", "Urticaria"),
        "7": ("过敏性皮疹", "Allergic rash"), "8": ("血管性水肿", "Angio-oedema"), "9": ("过敏性紫癜", "Allergic purpura"),
        "10": ("血小板减少性紫癜", "Thrombocytopenic purpura"), "11": ("热性惊厥", "Febrile convulsion"), "12": ("癫痫", "Epilepsy"),
        "13": ("多发性神经炎（格林-巴利）", "Guillain-Barré"), "14": ("疫苗相关麻痹型脊灰", "Vaccine-associated polio"),
        "15": ("卡介苗淋巴结炎", "BCG lymphadenitis"), "16": ("无菌性脓肿", "Sterile abscess"), "17": ("晕厥、癔症", "Fainting, hysteria"),
        "99": ("其他", "Other"),
    },
    several=True,
)  # fmt: skip
TEMPERATURE_OF_FEVER = number("adverse_fever", "最高体温（腋温）", "Highest temperature", "℃", "35.0", "43.0", places=1)
SWELLING = number("adverse_swelling", "红肿或硬结直径", "Swelling, diameter", "cm", "0.0", "30.0", places=1)
SEVERE = yes_no("adverse_severe", "严重（死亡、危及生命、残疾、住院）", "Severe (death, danger, disability, hospital)")
DIED = yes_no("adverse_urgent", "死亡、严重残疾、群体性或有重大社会影响", "Death, severe disability, cluster or public concern")
FOUND_ON = day("adverse_found_on", "发现日期", "Found on")
REPORTED_ON = day("adverse_reported_on", "报告日期", "Reported on")
REPORT_HOURS = number("adverse_report_hours", "发现至报告用时", "From finding to report", "小时", "0", "9999")
INVESTIGATED_ON = day("adverse_investigated_on", "调查开始日期", "Investigation begun on")
CASE_FORM_ON = day("adverse_case_form_on", "个案调查表完成日期", "Case form completed on")
CLASSIFICATION = coded(
    "adverse_classification", "调查诊断分类", "Class",
    {
        "1": ("一般反应", "Common reaction"), "2": ("异常反应", "Adverse reaction"), "3": ("疫苗质量事故", "Fault of the vaccine"),
        "4": ("接种事故", "Fault of the vaccination"), "5": ("偶合症", "Coincidence"), "6": ("心因性反应", "Psychogenic"),
        "9": ("待定", "Not settled"),
    },
)  # fmt: skip
OUTCOME = coded(
    "adverse_outcome", "转归", "Outcome",
    {"1": ("治愈", "Cured"), "2": ("好转", "Better"), "3": ("后遗症", "With after-effects"), "4": ("死亡", "Died"),
     "9": ("不详", "Unknown")},
)  # fmt: skip
REPORTER = words("adverse_reporter", "报告人", "Reported by")

# -- stock -------------------------------------------------------------------------------------------------------------

MOVED_ON = day("stock_moved_on", "日期", "Day")
MOVEMENT = coded(
    "stock_movement", "出入库类别", "Movement",
    {
        "1": ("入库", "Received"), "2": ("接种使用", "Given"), "3": ("调出", "Passed on"), "4": ("报废", "Discarded"),
        "5": ("盘点", "Counted"), "6": ("停用封存", "Locked"),
    },
)  # fmt: skip
RECEIVED, USED, PASSED_ON, WASTED, COUNTED, LOCKED = "1", "2", "3", "4", "5", "6"
DOSES = number("stock_doses", "数量", "Doses", "剂", "0", "100000")
COUNTERPART = words("stock_counterpart", "来源或去向", "From or to")
ARRIVAL_TEMPERATURE = number("arrival_temperature", "到货温度", "Temperature on arrival", "℃", "-40.0", "50.0", places=1)
TRANSPORT_RECORD = yes_no("transport_record", "有运输温度记录", "With a record of the temperature under way")
WASTE_REASON = coded(
    "waste_reason", "报废原因", "Why discarded",
    {
        "1": ("过期", "Expired"), "2": ("破损", "Broken"), "3": ("冷链故障", "Cold chain failed"), "4": ("开启后超时", "Open too long"),
        "9": ("其他", "Other"),
    },
)  # fmt: skip
KEEPER = words("stock_keeper", "经办人", "Kept by")

# -- cold chain --------------------------------------------------------------------------------------------------------

READ_ON = day("cold_read_on", "测温日期", "Read on")
READ_AT = coded("cold_read_at", "测温时段", "Read in the", {"1": ("上午", "Morning"), "2": ("下午", "Afternoon")})
EQUIPMENT = words("cold_equipment", "冷链设备编号", "Equipment")
COLD_TEMPERATURE = number("cold_temperature", "温度", "Temperature", "℃", "-60.0", "60.0", places=1)
OUT_MINUTES = number("cold_out_minutes", "超温持续时间", "Out of range for", "分钟", "0", "10080")
COLD_ACTION = words("cold_action", "超温处置", "What was done")
READER = words("cold_reader", "测温人", "Read by")

# -- school checks -----------------------------------------------------------------------------------------------------

CHECKED_ON = day("school_checked_on", "查验日期", "Checked on")
SCHOOL = words("school", "学校或托幼机构", "School or kindergarten")
SCHOOL_KIND = coded(
    "school_kind", "机构类别", "Kind", {"1": ("托育、幼儿园", "Kindergarten"), "2": ("小学", "Primary school"), "3": ("中学", "Secondary")}
)
TERM_STARTED_ON = day("term_started_on", "开学日期", "Term began on")
CHILDREN_NEW = number("children_new", "新入（转）儿童", "New children", "人", "0", "5000")
CHILDREN_CHECKED = number("children_checked", "已查验儿童", "Children checked", "人", "0", "5000")
WITHOUT_CERTIFICATE = number("without_certificate", "无证儿童", "Without a certificate", "人", "0", "5000")
CERTIFIED_AFTER = number("certified_after", "已补证儿童", "Given a certificate since", "人", "0", "5000")
TO_CATCH_UP = number("to_catch_up", "需补种儿童", "To catch up", "人", "0", "5000")
CAUGHT_UP = number("caught_up", "已补种儿童（全程）", "Caught up", "人", "0", "5000")
RECHECKED_ON = day("school_rechecked_on", "复核日期", "Checked again on")
CHECKED_BY = words("school_checked_by", "查验人", "Checked by")
CERTIFICATE_SHOWN = coded(
    "certificate_shown", "预防接种证", "Certificate",
    {"1": ("持证", "Shown"), "2": ("无证，已补办", "None; issued since"), "3": ("无证", "None")},
)  # fmt: skip
CATCH_UP_TOLD_ON = day("catch_up_told_on", "补种通知日期", "Told to catch up on")
DOSES_MISSING = coded("doses_missing", "查验时缺种剂次", "Doses lacking when checked", LACKABLE, several=True)
ENTRY_RESULT = coded("entry_result", "查验结果", "Result", RESULTS)
CAUGHT_UP_ON = day("caught_up_on", "补种完成日期", "Caught up on")
