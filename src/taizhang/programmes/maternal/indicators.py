"""Figures of maternal and child health as reported. The seven rates come without counts: they are printed, never rolled up."""

from functools import partial

from taizhang.kernel.reporting import HIGHER, LOWER, NEITHER, reported, reported_rate
from taizhang.programmes.maternal.returns import FOLIC_ACID, SERVICES, SUBSIDY, SURVEY, TRANSMISSION, VITAL

_service = partial(reported, SERVICES, better=HIGHER)
SERVICES_GIVEN = _service(
    "services", why=("孕产妇从建册到产后接受的全部保健服务。", "All services mothers receive, from registration to after birth.")
)
ANTENATAL = _service(
    "antenatal",
    name=("孕产妇产前检查", "Antenatal checks"),
    why=("产前检查发现高危妊娠，保障母婴安全。", "Antenatal checks find risky pregnancies in time."),
)
POSTNATAL = _service(
    "postnatal",
    name=("孕产妇产后访视", "Postnatal visits"),
    why=("产后访视及早发现母婴异常。", "Postnatal visits find trouble of mother and child early."),
)

_rate = partial(reported, SURVEY, better=HIGHER, prefix="maternal")
BOOKLET_RATE = _rate("booklet_rate", why=("建册是孕产妇管理的起点。", "Registration is where the care of a mother begins."))
EARLY_CHECK_RATE = _rate(
    "early_check_rate", why=("孕早期检查可及早识别妊娠风险。", "An early check shows the risks of a pregnancy in time.")
)
ANTENATAL_RATE = _rate("antenatal_rate", why=("反映产前检查是否按规范次数完成。", "Whether antenatal checks reach the prescribed number."))
POSTNATAL_VISIT_RATE = _rate(
    "postnatal_visit_rate", why=("产后是母婴风险较高的时期，须上门访视。", "After birth both are at risk and are to be visited.")
)
NEWBORN_VISIT_RATE = _rate("newborn_visit_rate", why=("新生儿死亡集中在出生后的头几周。", "Most newborn deaths fall in the first weeks."))
BREASTFEEDING_RATE = _rate("breastfeeding_rate", why=("母乳喂养降低婴儿患病和死亡。", "Breastfeeding lowers illness and death of infants."))
UNDER_THREE_RATE = _rate(
    "under_three_rate", why=("反映婴幼儿是否按月龄得到系统管理。", "Whether small children are seen at the ages prescribed.")
)

_subsidy = partial(reported, SUBSIDY, prefix="maternal")
SUBSIDISED = _subsidy(
    "subsidised",
    code="subsidised",
    name=("补助住院分娩农村孕产妇", "Rural mothers subsidised for hospital delivery"),
    better=HIGHER,
    why=("住院分娩补助降低孕产妇和新生儿死亡。", "Subsidised hospital delivery lowers deaths of mothers and newborns."),
)
SUBSIDISED_ELSEWHERE = _subsidy(
    "elsewhere",
    code="subsidised_elsewhere",
    name=("外地住院分娩补助孕产妇", "Mothers subsidised for delivery elsewhere"),
    better=NEITHER,
    why=("外地分娩同样享受补助，反映政策落实到人。", "Delivery elsewhere is subsidised too: the policy follows the person."),
)
SUBSIDY_PAID = _subsidy(
    "paid",
    code="subsidy_paid",
    name=("住院分娩补助资金", "Subsidies paid for hospital delivery"),
    better=NEITHER,
    why=("项目资金须足额及时到人。", "The money has to reach mothers in full and in time."),
)

_folic_acid = partial(reported, FOLIC_ACID, prefix="maternal", better=HIGHER)
FOLIC_ACID_WOMEN = _folic_acid(
    "women",
    code="folic_acid_women",
    why=("孕前和孕早期增补叶酸可预防神经管缺陷。", "Folic acid before and in early pregnancy prevents neural tube defects."),
)
FOLIC_ACID_BOTTLES = _folic_acid(
    "bottles",
    code="folic_acid_bottles",
    why=("发放量与人数对照，可看出是否足量服用。", "Set against the women, it shows whether the supply suffices."),
)

_transmission = partial(reported, TRANSMISSION, prefix="maternal")
TESTED = _transmission(
    "tested",
    code="transmission_tested",
    name=("接受艾滋病、梅毒、乙肝检测的孕产妇", "Mothers tested for HIV, syphilis and hepatitis B"),
    better=HIGHER,
    why=("检测是阻断母婴传播的第一步。", "Testing is the first step in stopping transmission to the child."),
)
SYPHILIS = _transmission(
    "syphilis",
    code="transmission_syphilis",
    name=("孕产妇梅毒阳性", "Mothers found syphilis positive"),
    better=LOWER,
    why=("阳性者须及时干预，防止先天梅毒。", "Those positive are treated at once to prevent congenital syphilis."),
)
HIV = _transmission(
    "hiv",
    code="transmission_hiv",
    name=("孕产妇HIV阳性", "Mothers found HIV positive"),
    better=LOWER,
    why=("阳性者须用药阻断并随访所生婴儿。", "Those positive receive drugs, and their infants are followed."),
)
HIV_DELIVERED = _transmission(
    "hiv_delivered",
    code="transmission_hiv_delivered",
    name=("HIV阳性孕产妇已分娩", "HIV positive mothers delivered"),
    better=NEITHER,
    why=("已分娩者的婴儿须纳入随访。", "Their infants enter follow-up."),
)
HEPATITIS_B = _transmission(
    "hepatitis_b",
    code="transmission_hepatitis_b",
    name=("孕产妇乙肝表面抗原阳性", "Mothers found hepatitis B surface antigen positive"),
    better=LOWER,
    why=("其新生儿须在出生后及时注射乙肝免疫球蛋白。", "Their newborns need hepatitis B immunoglobulin soon after birth."),
)

LIVE_BIRTHS = reported(
    VITAL,
    "live_births",
    prefix="maternal",
    better=NEITHER,
    name=("活产数", "Live births"),
    why=("活产数是妇幼健康各项率的分母。", "The rates of maternal and child health stand on live births."),
)
MATERNAL_DEATHS = reported(
    VITAL,
    "maternal_deaths",
    prefix="maternal",
    better=LOWER,
    name=("孕产妇死亡人数", "Maternal deaths"),
    why=("死亡一例，评审一例，改进一例。", "Each death is reviewed, and something is mended."),
)
INFANT_DEATHS = reported(
    VITAL,
    "infant_deaths",
    prefix="maternal",
    better=LOWER,
    name=("婴儿死亡人数", "Infant deaths"),
    why=("婴儿死亡反映妇幼健康的综合水平。", "Infant deaths tell how mothers and children fare."),
)
HOSPITAL_DELIVERY_RATE = reported_rate(
    VITAL,
    "hospital_births",
    "live_births",
    code="hospital_delivery_rate",
    prefix="maternal",
    better=HIGHER,
    name=("住院分娩率", "Births in hospital"),
    why=("住院分娩是保障母婴安全最有效的措施。", "Birth in hospital is what keeps both safest."),
)
MATERNAL_MORTALITY = reported_rate(
    VITAL,
    "maternal_deaths",
    "live_births",
    code="maternal_mortality",
    unit="1/10万",
    prefix="maternal",
    better=LOWER,
    name=("孕产妇死亡率", "Maternal mortality"),
    why=(
        "国际通用的妇幼健康核心指标；县级例数少，须与例数同看。",
        "The core measure everywhere; in a county it has to be read with its few cases.",
    ),
)
NEWBORN_MORTALITY = reported_rate(
    VITAL,
    "newborn_deaths",
    "live_births",
    code="newborn_mortality",
    unit="‰",
    prefix="maternal",
    better=LOWER,
    name=("新生儿死亡率", "Newborn mortality"),
    why=("新生儿死亡占婴儿死亡的大半。", "Most infants who die are newborn."),
)
INFANT_MORTALITY = reported_rate(
    VITAL,
    "infant_deaths",
    "live_births",
    code="infant_mortality",
    unit="‰",
    prefix="maternal",
    better=LOWER,
    name=("婴儿死亡率", "Infant mortality"),
    why=("国际通用的健康核心指标。", "A core measure of health everywhere."),
)
UNDER_FIVE_MORTALITY = reported_rate(
    VITAL,
    "under_five_deaths",
    "live_births",
    code="under_five_mortality",
    unit="‰",
    prefix="maternal",
    better=LOWER,
    name=("五岁以下儿童死亡率", "Mortality under five"),
    why=("反映儿童生存保障水平。", "How well children's lives are protected."),
)
MANAGED_RATE = reported_rate(
    VITAL,
    "managed",
    "live_births",
    code="managed_rate",
    prefix="maternal",
    better=HIGHER,
    name=("孕产妇系统管理率", "Mothers systematically managed"),
    why=("从早孕建册到产后访视全程管理的比例。", "Those cared for from registration to the visit after birth."),
)
HIGH_RISK = reported(
    VITAL,
    "high_risk",
    prefix="maternal",
    better=NEITHER,
    name=("高危孕产妇", "Mothers at high risk"),
    why=("高危管理是防止死亡的关键。", "Deaths are prevented among those at risk."),
)
HIGH_RISK_RATE = reported_rate(
    VITAL,
    "high_risk_managed",
    "high_risk",
    code="high_risk_rate",
    prefix="maternal",
    better=HIGHER,
    name=("高危孕产妇专案管理率", "Mothers at high risk under special management"),
    why=("高危孕产妇须一人一案。", "Each is owed a file of her own."),
)
SCREENING_RATE = reported_rate(
    VITAL,
    "screened",
    "live_births",
    code="screening_rate",
    prefix="maternal",
    better=HIGHER,
    name=("新生儿疾病筛查率", "Newborns screened for disease"),
    why=("早筛早治，避免终身残疾。", "Found early, a lifelong disability is spared."),
)
HEARING_RATE = reported_rate(
    VITAL,
    "hearing",
    "live_births",
    code="hearing_rate",
    prefix="maternal",
    better=HIGHER,
    name=("新生儿听力筛查率", "Newborns screened for hearing"),
    why=("早发现听力障碍，早干预。", "Found early, helped early."),
)
