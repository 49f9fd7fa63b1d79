"""Forms of surveillance: notifiable diseases by class and by disease, the quality of reporting, outbreaks. Counts only."""

from taizhang.kernel.reporting import flow, form
from taizhang.kernel.sources import Source

SOURCE = Source("中华人民共和国传染病防治法", "疫情报告、通报和公布")
QUALITY_SOURCE = Source("传染病信息报告管理规范", "报告质量管理")
OUTBREAK_SOURCE = Source("突发公共卫生事件相关信息报告管理工作规范", "信息报告标准")

CLASSES = form(
    "surveillance", "法定传染病疫情报表", "Notifiable diseases by class", SOURCE,
    flow("cases", "发病数", "Cases", "例"),
    flow("deaths", "死亡数", "Deaths", "例"),
    rows={
        "class_a": ("甲类", "Class A"),
        "class_b": ("乙类", "Class B"),
        "class_c": ("丙类", "Class C"),
        "total": ("合计", "Total"),
    },
    total="total",
    parts=(("deaths", "cases"),),
)
DISEASES = form(
    "notifiable_diseases", "法定传染病分病种报表", "Notifiable diseases by disease", SOURCE,
    flow("cases", "发病数", "Cases", "例"),
    flow("deaths", "死亡数", "Deaths", "例"),
    rows={
        "plague": ("鼠疫", "Plague"),
        "cholera": ("霍乱", "Cholera"),
        "hepatitis_b": ("乙肝", "Hepatitis B"),
        "hepatitis_other": ("其他病毒性肝炎", "Other viral hepatitis"),
        "tuberculosis": ("肺结核", "Pulmonary tuberculosis"),
        "syphilis": ("梅毒", "Syphilis"),
        "gonorrhoea": ("淋病", "Gonorrhoea"),
        "dysentery": ("细菌性和阿米巴性痢疾", "Dysentery"),
        "brucellosis": ("布鲁氏菌病", "Brucellosis"),
        "pertussis": ("百日咳", "Pertussis"),
        "scarlet_fever": ("猩红热", "Scarlet fever"),
        "haemorrhagic_fever": ("流行性出血热", "Haemorrhagic fever with renal syndrome"),
        "measles": ("麻疹", "Measles"),
        "rabies": ("狂犬病", "Rabies"),
        "dengue": ("登革热", "Dengue"),
        "other_b": ("其他乙类传染病", "Other class B diseases"),
        "influenza": ("流行性感冒", "Influenza"),
        "hand_foot_mouth": ("手足口病", "Hand, foot and mouth disease"),
        "infectious_diarrhoea": ("其他感染性腹泻病", "Other infectious diarrhoea"),
        "mumps": ("流行性腮腺炎", "Mumps"),
        "other_c": ("其他丙类传染病", "Other class C diseases"),
    },
    parts=(("deaths", "cases"),),
)
QUALITY = form(
    "disease_reporting", "传染病报告质量报表", "Quality of disease reporting", QUALITY_SOURCE,
    flow("cards", "报告传染病卡片", "Report cards", "张"),
    flow("timely", "及时报告卡片", "Cards reported in time", "张"),
    flow("reviewed", "及时审核卡片", "Cards reviewed in time", "张"),
    flow("institutions_checked", "开展漏报检查机构", "Institutions checked for under-reporting", "家"),
    flow("cases_checked", "检查登记病例", "Registered cases checked", "例"),
    flow("missed", "发现漏报病例", "Cases found not reported", "例"),
    parts=(("timely", "cards"), ("reviewed", "cards"), ("missed", "cases_checked")),
)
OUTBREAKS = form(
    "outbreaks", "聚集性和暴发疫情报表", "Clusters and outbreaks", OUTBREAK_SOURCE,
    flow("found", "报告疫情", "Outbreaks reported", "起"),
    flow("ended", "已终止疫情", "Outbreaks ended", "起"),
    flow("cases", "涉及病例", "Cases in outbreaks", "例"),
    rows={
        "schools": ("学校和托幼机构", "Schools and kindergartens"),
        "villages": ("村（居）", "Villages and neighbourhoods"),
        "others": ("其他场所", "Other places"),
        "total": ("合计", "Total"),
    },
    total="total",
    parts=(("ended", "found"),),
)
