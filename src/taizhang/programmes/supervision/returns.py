"""卫生监督报表: a row for each specialty, in which only the elements of that specialty are filled. 监督执法分专业报表: units, inspections,
cases and fines, the same columns in every specialty."""

from taizhang.kernel.reporting import flow, form, stock
from taizhang.kernel.sources import Source

SOURCE = Source("国家卫生监督信息报告卡及汇总表", "经常性卫生监督，案件查处")
SPECIALTY_SOURCE = Source("国家卫生监督信息报告卡及汇总表", "分专业监督检查和案件查处汇总")

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
SPECIALTIES = form(
    "supervision_specialties", "监督执法分专业报表", "Inspection by specialty", SPECIALTY_SOURCE,
    stock("units", "应监督单位", "Units under inspection", "家"),
    stock("covered", "本年已监督单位", "Units inspected this year", "家"),
    flow("visits", "监督检查户次", "Inspections", "户次"),
    flow("passed", "合格户次", "Inspections passed", "户次"),
    flow("filed", "立案", "Cases filed", "件"),
    flow("closed", "结案", "Cases closed", "件"),
    flow("fined", "罚没款", "Fines", "万元", places=2),
    rows={
        "public_places": ("公共场所卫生", "Public places"),
        "drinking_water": ("生活饮用水", "Drinking water"),
        "schools": ("学校卫生", "Schools"),
        "medical": ("医疗卫生", "Medical practice"),
        "infectious": ("传染病防治", "Infectious disease control"),
        "occupational": ("职业卫生", "Occupational health"),
        "radiation": ("放射卫生", "Radiation health"),
        "tableware": ("餐饮具集中消毒", "Tableware disinfection"),
        "blood": ("采供血", "Blood supply"),
        "maternal": ("母婴保健和计划生育技术", "Maternal and family planning services"),
        "total": ("合计", "Total"),
    },
    total="total",
    parts=(("covered", "units"), ("passed", "visits")),
)
