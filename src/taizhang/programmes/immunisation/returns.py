"""Forms of immunisation: doses due and given by vaccine, certificates and school checks, adverse events."""

from taizhang.kernel.reporting import flow, form
from taizhang.kernel.sources import Source

SOURCE = Source("国家基本公共卫生服务规范（第三版）", "预防接种服务规范，工作指标")
SCHOOL_SOURCE = Source("中华人民共和国疫苗管理法", "第四十八条 入托入学查验")
ADVERSE_SOURCE = Source("全国疑似预防接种异常反应监测方案", "报告与调查")

DOSES = form(
    "immunisation", "免疫规划疫苗接种报表", "Doses of the immunisation programme", SOURCE,
    flow("due", "应种剂次", "Doses due", "剂次"),
    flow("given", "实种剂次", "Doses given", "剂次"),
    rows={
        "hepatitis_b": ("乙肝疫苗", "Hepatitis B"),
        "bcg": ("卡介苗", "BCG"),
        "polio": ("脊灰疫苗", "Polio"),
        "dtap": ("百白破疫苗", "Diphtheria, tetanus and pertussis"),
        "mmr": ("麻腮风疫苗", "Measles, mumps and rubella"),
        "encephalitis": ("乙脑疫苗", "Japanese encephalitis"),
        "meningitis": ("流脑疫苗", "Meningococcal"),
        "hepatitis_a": ("甲肝疫苗", "Hepatitis A"),
        "hpv": ("人乳头瘤病毒疫苗", "Human papillomavirus"),
        "total": ("合计", "Total"),
    },
    total="total",
    parts=(("given", "due"),),
)
CERTIFICATES = form(
    "vaccination_certificates", "预防接种证报表", "Vaccination certificates", SOURCE,
    flow("children", "应建证儿童", "Children to be given a certificate", "人"),
    flow("certified", "已建证儿童", "Children given a certificate", "人"),
    flow("voluntary", "非免疫规划疫苗接种", "Doses outside the programme", "剂次"),
    parts=(("certified", "children"),),
)
SCHOOLS = form(
    "school_vaccination_check", "入托入学查验接种证报表", "Vaccination checks at school entry", SCHOOL_SOURCE,
    flow("schools", "应查验学校和托幼机构", "Schools and kindergartens to check", "所"),
    flow("schools_checked", "已查验学校和托幼机构", "Schools and kindergartens that checked", "所"),
    flow("children_checked", "查验儿童", "Children checked", "人"),
    flow("to_catch_up", "需补种儿童", "Children to catch up", "人"),
    flow("caught_up", "已补种儿童", "Children who caught up", "人"),
    parts=(("schools_checked", "schools"), ("to_catch_up", "children_checked"), ("caught_up", "to_catch_up")),
)
ADVERSE = form(
    "vaccination_adverse_events", "疑似预防接种异常反应报表", "Adverse events following immunisation", ADVERSE_SOURCE,
    flow("events", "报告例数", "Events reported", "例"),
    flow("investigated", "规范处置例数", "Events handled by the rules", "例"),
    flow("severe", "严重异常反应", "Severe reactions", "例"),
    parts=(("investigated", "events"), ("severe", "events")),
)
