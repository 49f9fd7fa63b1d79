"""肺结核防治报表: suspects seen, patients found by kind, and the year's task."""

from taizhang.kernel.reporting import flow, form, plan, stock
from taizhang.kernel.sources import Source

SOURCE = Source("中国结核病防治规划实施工作指南", "患者发现，登记报告")

FORM = form(
    "tuberculosis",
    "肺结核防治报表",
    "Tuberculosis control",
    SOURCE,
    flow("suspects", "接诊疑似肺结核病人", "Suspected tuberculosis patients seen", "人"),
    stock("population", "总人口", "Population", "人"),
    flow("found", "发现肺结核病人", "Tuberculosis patients found", "人"),
    plan("task", "年度任务", "Task of the year", "人"),
    rows={
        "new_smear_positive": ("初治涂阳", "New, smear positive"),
        "retreated_smear_positive": ("复治涂阳", "Retreated, smear positive"),
        "smear_negative": ("涂阴", "Smear negative"),
        "total": ("合计", "Total"),
    },
    total="total",
)

MANAGEMENT = form(
    "tuberculosis_management", "肺结核患者健康管理报表", "Management of tuberculosis patients",
    Source("国家基本公共卫生服务规范（第三版）", "肺结核患者健康管理服务规范 五、工作指标"),
    flow("referred", "推介转诊可疑症状者", "Referred with suspicious symptoms", "人"),
    flow("arrived", "转诊到位", "Arrived at the hospital", "人"),
    flow("notified", "通知管理患者", "Patients notified of", "人"),
    flow("managed", "已管理患者", "Of these under management", "人"),
    flow("completed", "完成治疗患者", "Treatment completed", "人"),
    flow("regular", "规则服药患者", "Of these regular", "人"),
    flow("visits", "随访", "Visits made", "人次"),
    parts=(("arrived", "referred"), ("managed", "notified"), ("regular", "completed")),
)  # fmt: skip
