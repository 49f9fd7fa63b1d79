"""Elements of 突发公共卫生事件相关信息报告卡 and of the check for missed cases 漏报调查. Times are asked as the card prints them: day,
hour, minute."""

from taizhang.kernel.elements import coded, day, number, words

EVENT_NAME = words("event_name", "事件名称", "Name of the event")
STAGE = coded(
    "event_stage", "报告阶段", "Stage of the report",
    {"1": ("初步报告", "First report"), "2": ("进程报告", "Report in progress"), "3": ("结案报告", "Closing report")},
)  # fmt: skip
INITIAL, PROCESS, CLOSING = "1", "2", "3"
NUMBER = number("event_report_number", "本阶段第几次报告", "Number of the report within its stage", "次", "1", "500")
CATEGORY = coded(
    "event_category", "信息类别", "Category",
    {
        "1": ("传染病", "Infectious disease"), "2": ("食物中毒", "Food poisoning"), "3": ("职业中毒", "Occupational poisoning"),
        "4": ("其他中毒事件", "Other poisoning"), "5": ("环境卫生", "Environment"), "6": ("免疫接种", "Vaccination"),
        "7": ("群体性不明原因疾病", "Cluster of unexplained illness"), "8": ("医疗机构内感染", "Infection within an institution"),
        "9": ("放射性卫生", "Radiation"), "10": ("其他公共卫生", "Other"),
    },
)  # fmt: skip
GRADE = coded(
    "event_grade", "突发事件等级", "Grade",
    {
        "1": ("特别重大", "Most serious (I)"), "2": ("重大", "Serious (II)"), "3": ("较大", "Major (III)"), "4": ("一般", "Ordinary (IV)"),
        "5": ("未分级", "Not graded"), "6": ("非突发事件", "No emergency"),
    },
)  # fmt: skip
# Of these two grades there is a report in progress every day.
DAILY_GRADES = ("1", "2")
RECEIVED_ON = day("event_received_on", "接到报告日期", "Learnt of on")
RECEIVED_HOUR = number("event_received_hour", "接到报告时间（时）", "Learnt of at, hour", "时", "0", "23")
RECEIVED_MINUTE = number("event_received_minute", "接到报告时间（分）", "Learnt of at, minute", "分", "0", "59")
OCCURRED_ON = day("event_occurred_on", "事件发生日期", "Happened on")
CONFIRMED_ON = day("event_confirmed_on", "确认日期", "Confirmed on")
DIAGNOSIS = words("event_diagnosis", "初步诊断（可能原因）", "First diagnosis or likely cause")
FINAL_DIAGNOSIS = words("event_final_diagnosis", "订正诊断", "Corrected diagnosis")
AREA = words("event_area", "发生地区", "Area")
PLACE = words("event_place", "详细地点", "Place")
SETTING = coded(
    "event_setting", "事件发生场所", "Kind of place",
    {
        "1": ("学校", "School"), "2": ("医疗卫生机构", "Health institution"), "3": ("家庭", "Home"),
        "4": ("宾馆、饭店、写字楼", "Hotel or offices"), "5": ("餐饮服务单位", "Food service"), "6": ("交通运输工具", "Vehicle"),
        "7": ("菜场、商场或超市", "Market or shop"), "8": ("车站、码头或机场", "Station, port or airport"),
        "9": ("党政机关办公场所", "Government offices"), "10": ("企事业单位办公场所", "Other offices"),
        "11": ("厂矿企业生产场所", "Factory or mine"), "12": ("建筑工地", "Building site"), "13": ("城市住宅小区", "Housing estate"),
        "14": ("城市其他公共场所", "Other public place"), "15": ("农村村庄", "Village"), "16": ("农村农田野外", "Fields"),
        "17": ("其他重要公共场所", "Other important place"),
    },
)  # fmt: skip
AT_SCHOOL = "1"
SCHOOL_KIND = coded(
    "event_school_kind", "学校类别", "Kind of school",
    {
        "1": ("托幼机构", "Nursery or kindergarten"), "2": ("小学", "Primary school"), "3": ("中学", "Secondary school"),
        "4": ("大、中专院校", "College"), "5": ("综合类学校", "Combined school"), "6": ("其他", "Other"),
    },
)  # fmt: skip
INFORMATION = coded(
    "event_information_from", "事件信息来源", "How it became known",
    {
        "1": ("属地医疗机构", "Institution of the area"), "2": ("外地医疗机构", "Institution elsewhere"), "3": ("报纸、广播、电视", "News"),
        "4": ("互联网", "Internet"), "5": ("电话报告", "Telephone"), "6": ("上门直接报告", "In person"),
        "7": ("本系统自动预警", "Warning of the system"), "8": ("填报单位人员目睹", "Seen by own staff"), "9": ("其他", "Other"),
    },
)  # fmt: skip
SPREAD = words("event_spread", "事件波及的地域范围", "How far it reaches")
EXPOSED = number("event_exposed", "波及人数", "People exposed", "人", "0", "1000000")
NEW_CASES = number("event_new_cases", "新报告病例数", "New cases", "例", "0", "100000")
NEW_DEATHS = number("event_new_deaths", "新报告死亡数", "New deaths", "例", "0", "100000")
EXCLUDED_CASES = number("event_excluded_cases", "排除病例数", "Cases excluded", "例", "0", "100000")
TOTAL_CASES = number("event_total_cases", "累计报告病例数", "Cases so far", "例", "0", "100000")
TOTAL_DEATHS = number("event_total_deaths", "累计报告死亡数", "Deaths so far", "例", "0", "100000")
FIRST_ONSET = day("event_first_onset_on", "首例病人发病日期", "First onset")
LAST_ONSET = day("event_last_onset_on", "末例病人发病日期", "Last onset")
SYMPTOMS = coded(
    "event_symptoms", "主要症状", "Main symptoms",
    {
        "1": ("呼吸道症状", "respiratory"), "2": ("胃肠道症状", "gastrointestinal"), "3": ("神经系统症状", "neurological"),
        "4": ("皮肤黏膜症状", "skin"), "5": ("精神症状", "mental"), "6": ("其他", "other"), "7": ("发热", "fever"),
    },
    several=True,
)  # fmt: skip
SIGNS = words("event_signs", "主要体征", "Main signs")
MEASURES = words("event_measures", "主要措施与效果", "Measures and their effect")
TREND = words("event_trend", "发展趋势与下一步工作计划", "Likely course and next steps")
ENDED_ON = day("event_ended_on", "确认事件终止日期", "Confirmed as ended on")
REPORTER = words("event_reporter", "报告人", "Reported by")
PHONE = words("event_phone", "联系电话", "Phone of who reports")
FILLED_ON = day("event_filled_on", "填报日期", "Filled in on")

LIMIT = number("event_limit", "初步报告时限", "Time to report", "分钟", "0", "100000")
DUE_ON = day("event_due_on", "初步报告截止日期", "First report due")
TOOK = number("event_took", "初步报告用时", "Reported within", "分钟", "-100000000", "100000000")
NEXT_STAGE = coded("event_next_stage", "下一报告", "Next report", {"2": ("进程报告", "in progress"), "3": ("结案报告", "closing")})
NEXT_DUE_ON = day("event_next_due_on", "下一报告截止日期", "Next report due")
LACKING = coded(
    "event_lacking", "报告卡尚缺项目", "Still lacking on the card",
    {
        "1": ("发生日期", "day"), "2": ("详细地点", "place"), "3": ("波及范围", "how far it reaches"), "4": ("累计病例数", "cases so far"),
        "5": ("主要症状或体征", "symptoms or signs"), "6": ("初步诊断或可能原因", "likely cause"), "7": ("主要措施", "measures"),
        "8": ("信息来源", "how it became known"), "9": ("联系电话", "phone"), "10": ("学校类别", "kind of school"),
        "11": ("发展趋势与下一步计划", "course and next steps"), "12": ("订正诊断（最终结论）", "final diagnosis"),
    },
    several=True,
)  # fmt: skip

# -- the check for missed cases ------------------------------------------------------------------------------------------------------

CHECKED_ON = day("missed_checked_on", "调查日期", "Checked on")
CHECK_KIND = coded(
    "missed_check_kind", "调查方式", "Kind of check",
    {"1": ("本机构自查", "By the institution itself"), "2": ("上级督导检查", "By its supervisors")},
)  # fmt: skip
LOOKED_AT = coded(
    "missed_looked_at", "查阅资料", "What was looked at",
    {
        "1": ("门诊日志", "Clinic log"), "2": ("出入院登记", "Ward register"), "3": ("检验登记", "Laboratory register"),
        "4": ("影像（放射）登记", "Imaging register"), "5": ("死亡登记", "Register of deaths"),
    },
)  # fmt: skip
COVERS_FROM = day("missed_covers_from", "查阅期间自", "Entries from")
COVERS_TO = day("missed_covers_to", "查阅期间至", "Entries to")
LOOKED_THROUGH = number("missed_looked_through", "查阅记录数", "Entries looked through", "条", "0", "1000000")
FOUND = number("missed_found", "查出应报告病例数", "Cases that had to be reported", "例", "0", "100000")
ALREADY = number("missed_already", "其中已报告病例数", "Of these, reported", "例", "0", "100000")
LATE_FOUND = number("missed_late", "其中迟报病例数", "Of these, late", "例", "0", "100000")
UNLIKE = number("missed_unlike", "卡片与登记不符病例数", "Cards unlike the entry", "例", "0", "100000")
MISSED = number("missed_cases", "漏报病例数", "Missed", "例", "0", "100000")
MISSED_DISEASES = words("missed_diseases", "漏报病种", "Diseases missed")
MENDED_ON = day("missed_mended_on", "补报完成日期", "Made good on")
CHECKED_BY = words("missed_checked_by", "调查人", "Checked by")
