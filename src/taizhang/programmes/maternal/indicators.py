"""Figures of maternal and child health as reported. The seven rates come without counts: they are printed, never rolled up."""

from functools import partial

from taizhang.kernel.reporting import HIGHER, LOWER, NEITHER, reported
from taizhang.programmes.maternal.returns import FOLIC_ACID, SERVICES, SUBSIDY, SURVEY, TRANSMISSION

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
