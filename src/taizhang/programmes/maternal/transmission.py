"""Indicators of the prevention of HIV, syphilis and hepatitis B from mother to child.

Those that tell a result are read from the tests, which few may open: others see counts only, and no small ones.
"""

from functools import partial

from taizhang.kernel.query.words import always
from taizhang.kernel.reporting import HIGHER, LOWER, NEITHER, reported
from taizhang.programmes.maternal import populations as who
from taizhang.programmes.maternal.making import also_counted, rate_of
from taizhang.programmes.maternal.returns import TRANSMISSION
from taizhang.programmes.maternal.rules import TRANSMISSION as PREVENTION

_transmission = partial(reported, TRANSMISSION, prefix="maternal")
TESTED = also_counted(
    _transmission(
        "tested",
        code="transmission_tested",
        name=("接受艾滋病、梅毒、乙肝检测的孕产妇", "Mothers tested for HIV, syphilis and hepatitis B"),
        better=HIGHER,
        why=("检测是阻断母婴传播的第一步。", "Testing is the first step in stopping transmission to the child."),
    ),
    who.TESTED,
    always,
)
SYPHILIS = also_counted(
    _transmission(
        "syphilis",
        code="transmission_syphilis",
        name=("孕产妇梅毒阳性", "Mothers found syphilis positive"),
        better=LOWER,
        why=("阳性者须及时干预，防止先天梅毒。", "Those positive are treated at once to prevent congenital syphilis."),
    ),
    who.TESTED,
    who.syphilis_found,
)
HIV = also_counted(
    _transmission(
        "hiv",
        code="transmission_hiv",
        name=("孕产妇HIV阳性", "Mothers found HIV positive"),
        better=LOWER,
        why=("阳性者须用药阻断并随访所生婴儿。", "Those positive receive drugs, and their infants are followed."),
    ),
    who.TESTED,
    who.hiv_found,
)
HIV_DELIVERED = also_counted(
    _transmission(
        "hiv_delivered",
        code="transmission_hiv_delivered",
        name=("HIV阳性孕产妇已分娩", "HIV positive mothers delivered"),
        better=NEITHER,
        why=("已分娩者的婴儿须纳入随访。", "Their infants enter follow-up."),
    ),
    who.GAVE_BIRTH,
    who.hiv_known,
)
HEPATITIS_B = also_counted(
    _transmission(
        "hepatitis_b",
        code="transmission_hepatitis_b",
        name=("孕产妇乙肝表面抗原阳性", "Mothers found hepatitis B surface antigen positive"),
        better=LOWER,
        why=("其新生儿须在出生后及时注射乙肝免疫球蛋白。", "Their newborns need hepatitis B immunoglobulin soon after birth."),
    ),
    who.TESTED,
    who.hepatitis_b_found,
)
TEST_RATE = rate_of(
    "transmission_test_rate",
    "孕产妇艾滋病、梅毒、乙肝检测率",
    "Mothers tested for HIV, syphilis and hepatitis B, rate",
    ("三项都检测了才算，漏一个就可能漏掉一个孩子。", "All three: whoever is missed may cost a child its health."),
    who.DELIVERIES,
    who.tested,
    source=PREVENTION,
)
EARLY_TEST_RATE = rate_of(
    "transmission_early_rate",
    "孕早期艾滋病、梅毒、乙肝检测率",
    "Tested in early pregnancy",
    ("越早发现，阻断越有效。", "The earlier it is found, the better the child is protected."),
    who.DELIVERIES,
    who.tested_early,
    source=PREVENTION,
)
IMMUNOGLOBULIN_RATE = rate_of(
    "immunoglobulin_rate",
    "乙肝暴露儿童24小时内免疫球蛋白注射率",
    "Exposed newborns given immunoglobulin within 24 hours",
    ("超过24小时阻断效果明显下降。", "After 24 hours it protects much less."),
    who.BIRTHS,
    who.exposed & who.protected,
    who.exposed,
    source=PREVENTION,
)

ALL = (
    TESTED,
    SYPHILIS,
    HIV,
    HIV_DELIVERED,
    HEPATITIS_B,
    TEST_RATE,
    EARLY_TEST_RATE,
    IMMUNOGLOBULIN_RATE,
)
