"""Vaccines, the series of doses they count for, and the words for way, site and series. No Django.

A series (乙肝, 百白破 ...) is what a child must complete; a vaccine is what is in the syringe. A combined vaccine outside the programme
counts as a dose of every series it holds.
"""

from dataclasses import dataclass

from taizhang.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Vaccine:
    """series: those it counts for. live, injected: what decides the distance to other live vaccines. free: of the programme."""

    name: Text
    series: tuple[str, ...] = ()
    live: bool = False
    injected: bool = True
    free: bool = True


HEPB, BCG, IPV, BOPV, DTAP, DT, MMR, JE_LIVE, JE_KILLED = "01", "02", "03", "04", "05", "06", "07", "08", "09"
MPSV_A, MPSV_AC, HEPA_LIVE, HEPA_KILLED, HPV, FIVE_IN_ONE, HIB_AC, OTHER = "10", "11", "12", "13", "14", "21", "22", "99"

VACCINES: dict[str, Vaccine] = {
    HEPB: Vaccine(Text("乙肝疫苗", "Hepatitis B"), ("hepb",)),
    BCG: Vaccine(Text("卡介苗", "BCG"), ("bcg",), live=True),
    IPV: Vaccine(Text("脊灰灭活疫苗", "Polio, inactivated"), ("polio",)),
    BOPV: Vaccine(Text("二价脊灰减毒活疫苗", "Polio, live, oral"), ("polio",), live=True, injected=False),
    DTAP: Vaccine(Text("百白破疫苗", "Diphtheria, tetanus and pertussis"), ("dtap",)),
    DT: Vaccine(Text("白破疫苗", "Diphtheria and tetanus"), ("dtap",)),
    MMR: Vaccine(Text("麻腮风疫苗", "Measles, mumps and rubella"), ("mmr",), live=True),
    JE_LIVE: Vaccine(Text("乙脑减毒活疫苗", "Japanese encephalitis, live"), ("je",), live=True),
    JE_KILLED: Vaccine(Text("乙脑灭活疫苗", "Japanese encephalitis, inactivated"), ("je",)),
    MPSV_A: Vaccine(Text("A群流脑多糖疫苗", "Meningococcal A"), ("mena",)),
    MPSV_AC: Vaccine(Text("A群C群流脑多糖疫苗", "Meningococcal A and C"), ("menac",)),
    HEPA_LIVE: Vaccine(Text("甲肝减毒活疫苗", "Hepatitis A, live"), ("hepa",), live=True),
    HEPA_KILLED: Vaccine(Text("甲肝灭活疫苗", "Hepatitis A, inactivated"), ("hepa",)),
    HPV: Vaccine(Text("双价人乳头瘤病毒疫苗", "Human papillomavirus, bivalent"), ("hpv",)),
    FIVE_IN_ONE: Vaccine(Text("五联疫苗（百白破-脊灰灭活-Hib）", "DTaP-IPV-Hib"), ("dtap", "polio"), free=False),
    "23": Vaccine(Text("Hib疫苗", "Hib"), free=False),
    "24": Vaccine(Text("水痘疫苗", "Varicella"), live=True, free=False),
    "25": Vaccine(Text("流感疫苗", "Influenza"), free=False),
    "26": Vaccine(Text("肺炎球菌疫苗", "Pneumococcal"), free=False),
    "27": Vaccine(Text("轮状病毒疫苗", "Rotavirus"), live=True, injected=False, free=False),
    "28": Vaccine(Text("肠道病毒71型疫苗", "Enterovirus 71"), free=False),
    "29": Vaccine(Text("狂犬病疫苗", "Rabies"), free=False),
    "30": Vaccine(Text("带状疱疹疫苗", "Herpes zoster"), free=False),
    OTHER: Vaccine(Text("其他非免疫规划疫苗", "Other, outside the programme"), free=False),
}
PROGRAMME_VACCINES = tuple(code for code, vaccine in VACCINES.items() if vaccine.free)
LIVE = tuple(code for code, vaccine in VACCINES.items() if vaccine.live)
LIVE_INJECTED = tuple(code for code, vaccine in VACCINES.items() if vaccine.live and vaccine.injected and code != BCG)

# The row of the return that a series stands in.
SERIES: dict[str, Text] = {
    "hepb": Text("乙肝疫苗", "Hepatitis B"),
    "bcg": Text("卡介苗", "BCG"),
    "polio": Text("脊灰疫苗", "Polio"),
    "dtap": Text("百白破疫苗", "Diphtheria, tetanus and pertussis"),
    "mmr": Text("麻腮风疫苗", "Measles, mumps and rubella"),
    "je": Text("乙脑疫苗", "Japanese encephalitis"),
    "mena": Text("A群流脑疫苗", "Meningococcal A"),
    "menac": Text("A群C群流脑疫苗", "Meningococcal A and C"),
    "hepa": Text("甲肝疫苗", "Hepatitis A"),
    "hpv": Text("人乳头瘤病毒疫苗", "Human papillomavirus"),
}
ROWS: dict[str, tuple[str, ...]] = {
    "hepatitis_b": ("hepb",), "bcg": ("bcg",), "polio": ("polio",), "dtap": ("dtap",), "mmr": ("mmr",), "encephalitis": ("je",),
    "meningitis": ("mena", "menac"), "hepatitis_a": ("hepa",), "hpv": ("hpv",),
}  # fmt: skip
_ORDINALS = "零一二三四五六"


def dose_name(series: str, number: int) -> Text:
    """百白破疫苗第三剂."""
    return Text(f"{SERIES[series].zh}第{_ORDINALS[number]}剂", f"{SERIES[series].en}, dose {number}")
