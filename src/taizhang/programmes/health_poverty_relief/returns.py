"""健康扶贫报表: people ill by kind of disease and those treated, contracts, relief of costs, households at risk of falling back."""

from taizhang.kernel.reporting import flow, form, stock
from taizhang.kernel.sources import Source

SOURCE = Source("关于巩固拓展健康扶贫成果同乡村振兴有效衔接的实施意见", "重点任务")

FORM = form(
    "health_poverty_relief", "健康扶贫报表", "Health poverty relief", SOURCE,
    stock("people", "脱贫人口和监测对象", "People lifted out of poverty or watched", "人"),
    stock("insured", "参加基本医疗保险", "Of these, insured", "人"),
    stock("ill", "患病人数", "People ill", "人"),
    stock("treated", "已落实救治人数", "People treated or managed", "人"),
    flow("settled", "一站式结算", "One-stop settlements", "人次"),
    flow("pay_later", "先诊疗后付费", "Treated before paying", "人次"),
    flow("relieved", "减免和救助资金", "Costs relieved", "万元", places=2),
    flow("at_risk", "因病返贫风险户", "Households at risk through illness", "户"),
    flow("helped", "已落实帮扶户", "Households helped", "户"),
    rows={
        "serious": ("大病", "Serious diseases"),
        "chronic": ("慢病", "Chronic diseases"),
        "grave": ("重病", "Grave diseases"),
        "total": ("合计", "Total"),
    },
    total="total",
    parts=(("insured", "people"), ("treated", "ill"), ("helped", "at_risk")),
)
