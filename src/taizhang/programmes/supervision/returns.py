"""卫生监督报表: a row for each specialty, in which only the elements of that specialty are filled."""

from taizhang.kernel.reporting import flow, form
from taizhang.kernel.sources import Source

SOURCE = Source("国家卫生监督信息报告卡及汇总表", "经常性卫生监督，案件查处")

FORM = form(
    "supervision", "卫生监督报表", "Health supervision", SOURCE,
    flow("employers_checked", "监督检查用人单位", "Employers inspected", "家"),
    flow("employers_with_problems", "存在问题用人单位", "Employers with problems", "家"),
    flow("entry_examinations", "岗前体检", "Examinations before taking up work", "人次"),
    flow("health_certificates", "发放健康证", "Health certificates issued", "个"),
    flow("units_checked", "监督检查单位", "Units inspected", "家"),
    flow("institutions_patrolled", "巡查医疗机构", "Medical institutions patrolled", "家"),
    flow("opinions", "下达整改意见书", "Written opinions issued", "份"),
    flow("cases_filed", "立案查处", "Cases filed", "家"),
    flow("licences_verified", "校验医疗机构", "Medical institutions verified", "家"),
    flow("adverts", "查处违法广告", "Unlawful advertisements dealt with", "起"),
    flow("complaints", "处理群众投诉", "Complaints handled", "起"),
    flow("consulted", "接受宣传咨询", "People advised at publicity events", "人次"),
    rows={
        "occupational": ("职业卫生", "Occupational health"),
        "radiation": ("放射卫生", "Radiation health"),
        "medical": ("医疗服务", "Medical services"),
        "publicity": ("宣传", "Publicity"),
    },
    parts=(("employers_with_problems", "employers_checked"),),
)
