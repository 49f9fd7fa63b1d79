"""Forms of maternal and child health: services, rates of the yearly report, subsidies, folic acid, mother-to-child transmission."""

from taizhang.kernel.reporting import flow, form, rate_only
from taizhang.kernel.sources import Source

SERVICES_SOURCE = Source("国家基本公共卫生服务规范（第三版）", "孕产妇健康管理服务规范")
SURVEY_SOURCE = Source("全国妇幼卫生调查制度", "妇幼卫生年报")
SUBSIDY_SOURCE = Source("农村孕产妇住院分娩补助项目管理方案")
FOLIC_ACID_SOURCE = Source("增补叶酸预防神经管缺陷项目管理方案")
TRANSMISSION_SOURCE = Source("预防艾滋病、梅毒和乙肝母婴传播工作实施方案")

SERVICES = form(
    "maternal",
    "孕产妇健康管理报表",
    "Health management of mothers",
    SERVICES_SOURCE,
    flow("services", "孕产妇保健服务", "Health services given to mothers", "人次"),
    flow("antenatal", "产前检查", "Antenatal checks", "人次"),
    flow("postnatal", "产后访视", "Postnatal visits", "人次"),
    parts=(("antenatal", "services"), ("postnatal", "services")),
)
# Rates that the bureau publishes without their counts.
SURVEY = form(
    "maternal_child_rates",
    "妇幼健康报表",
    "Maternal and child health rates",
    SURVEY_SOURCE,
    rate_only("booklet_rate", "孕产妇建册率", "Mothers registered"),
    rate_only("early_check_rate", "早孕检查率", "Mothers checked in early pregnancy"),
    rate_only("antenatal_rate", "产前健康管理率", "Mothers managed before birth"),
    rate_only("postnatal_visit_rate", "产后访视率", "Mothers visited after birth"),
    rate_only("newborn_visit_rate", "新生儿访视率", "Newborns visited"),
    rate_only("breastfeeding_rate", "6个月内母乳喂养率", "Breastfed within 6 months"),
)
SUBSIDY = form(
    "delivery_subsidy",
    "孕产妇住院分娩补助报表",
    "Subsidies for hospital delivery",
    SUBSIDY_SOURCE,
    flow("subsidised", "补助孕产妇", "Mothers subsidised", "人"),
    flow("elsewhere", "其中外地住院分娩", "Of these, delivered elsewhere", "人"),
    flow("paid", "补助资金", "Subsidies paid", "万元", places=2),
    parts=(("elsewhere", "subsidised"),),
)
FOLIC_ACID = form(
    "folic_acid",
    "叶酸发放报表",
    "Folic acid supply",
    FOLIC_ACID_SOURCE,
    flow("women", "发放叶酸的妇女", "Women supplied with folic acid", "人"),
    flow("bottles", "发放叶酸片", "Bottles of folic acid supplied", "瓶"),
)
TRANSMISSION = form(
    "mother_to_child",
    "预防艾滋病梅毒乙肝母婴传播报表",
    "Prevention of mother-to-child transmission",
    TRANSMISSION_SOURCE,
    flow("tested", "接受检测的孕产妇", "Mothers tested", "人"),
    flow("syphilis", "梅毒阳性", "Syphilis positive", "人"),
    flow("hiv", "HIV阳性", "HIV positive", "人"),
    flow("hiv_delivered", "HIV阳性其中已分娩", "HIV positive, delivered", "人"),
    flow("hepatitis_b", "乙肝表面抗原阳性", "Hepatitis B surface antigen positive", "人"),
    parts=(("syphilis", "tested"), ("hiv", "tested"), ("hiv_delivered", "hiv"), ("hepatitis_b", "tested")),
    sensitive_for="hiv",
)
VITAL = form(
    "maternal_child_survival",
    "母婴安全报表",
    "Survival of mothers and infants",
    SURVEY_SOURCE,
    flow("live_births", "活产数", "Live births", "人"),
    flow("hospital_births", "住院分娩活产数", "Live births in hospital", "人"),
    flow("maternal_deaths", "孕产妇死亡", "Maternal deaths", "人"),
    flow("infant_deaths", "婴儿死亡", "Infant deaths", "人"),
    flow("newborn_deaths", "新生儿死亡", "Newborn deaths", "人"),
    flow("under_five_deaths", "五岁以下儿童死亡", "Deaths of children under five", "人"),
    flow("managed", "系统管理产妇", "Mothers systematically managed", "人"),
    flow("high_risk", "高危孕产妇", "Mothers at high risk", "人"),
    flow("high_risk_managed", "专案管理高危孕产妇", "Mothers at high risk under special management", "人"),
    flow("screened", "新生儿疾病筛查", "Newborns screened for disease", "人"),
    flow("hearing", "新生儿听力筛查", "Newborns screened for hearing", "人"),
    flow("defects", "出生缺陷", "Birth defects", "人"),
    parts=(
        ("hospital_births", "live_births"),
        ("newborn_deaths", "infant_deaths"),
        ("infant_deaths", "under_five_deaths"),
        ("high_risk_managed", "high_risk"),
        ("screened", "live_births"),
        ("hearing", "live_births"),
    ),
)
