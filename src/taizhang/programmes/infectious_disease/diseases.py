"""法定传染病: the notifiable diseases by day, with class, management as class A, and kinds. A report is judged by what stood on the day of
the diagnosis. Diseases are counted as such; their kinds (甲肝, 肺炭疽) only tell them apart.

42 diseases since 2026-04-01: 中华人民共和国传染病防治法 (2025) 第三条, 第四条; 国家卫生健康委公告2026年第3号. Earlier days are from memory,
unverified.
AIDS is reported by named staff of the HIV line in its own system, and stands in no list here.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from taizhang.kernel.text import Text

CLASS_A, CLASS_B, CLASS_C = "1", "2", "3"
_LAW_2004 = date(2004, 12, 1)  # the law of 2004 in force
_LAW_2025 = date(2025, 9, 1)
_NOTICE_2026 = date(2026, 4, 1)


@dataclass(frozen=True, slots=True)
class Listing:
    """How a disease stands in the list from a day on. disease_class: 甲 乙 丙, "" while it is in none. as_a: 按甲类管理."""

    since: date
    disease_class: str
    as_a: bool = False


@dataclass(frozen=True, slots=True)
class Disease:
    """kinds: 分型, by code. card_code: the four digits of the legacy report card; "" for who never had any. urgent_kinds: kinds that are
    managed as class A where the disease is not."""

    code: str
    name: Text
    listings: tuple[Listing, ...]
    kinds: tuple[tuple[str, Text], ...] = ()
    card_code: str = ""
    urgent_kinds: tuple[str, ...] = ()

    def on(self, day: date) -> Listing:
        """How it stood on a day."""
        for listing, following in pairwise((*self.listings, Listing(date.max, ""))):
            if listing.since <= day < following.since:
                return listing
        return Listing(date.min, "")


def _always(disease_class: str) -> tuple[Listing, ...]:
    return (Listing(_LAW_2004, disease_class),)


def _from(day: date, disease_class: str = CLASS_B) -> tuple[Listing, ...]:
    return (Listing(day, disease_class),)


def _until_2025(as_a: bool = False) -> tuple[Listing, ...]:
    return (Listing(_LAW_2004, CLASS_B, as_a), Listing(_LAW_2025, ""))


def _kinds(code: str, *named: tuple[str, str, str]) -> tuple[tuple[str, Text], ...]:
    return tuple((f"{code}_{kind}", Text(zh, en)) for kind, zh, en in named)


_UNTYPED = ("untyped", "未分型", "untyped")


def _b(code: str, zh: str, en: str, card: str = "", *kinds: tuple[str, str, str], listings: tuple[Listing, ...] = (),
       urgent: tuple[str, ...] = ()) -> Disease:  # fmt: skip
    return Disease(code, Text(zh, en), listings or _always(CLASS_B), _kinds(code, *kinds), card, urgent)


def _c(code: str, zh: str, en: str, card: str) -> Disease:
    return Disease(code, Text(zh, en), _always(CLASS_C), (), card)


DISEASES = (
    Disease("plague", Text("鼠疫", "Plague"), _always(CLASS_A), (), "0100"),
    Disease("cholera", Text("霍乱", "Cholera"), _always(CLASS_A), (), "0200"),
    _b(
        "covid", "新型冠状病毒感染", "COVID-19",
        listings=(Listing(date(2020, 1, 20), CLASS_B, as_a=True), Listing(date(2023, 1, 8), CLASS_B)),
    ),
    _b("sars", "传染性非典型肺炎", "SARS", "2700", listings=(Listing(_LAW_2004, CLASS_B, as_a=True),)),
    _b(
        "hepatitis", "病毒性肝炎", "Viral hepatitis", "0300",
        ("a", "甲型肝炎", "hepatitis A"), ("b", "乙型肝炎", "hepatitis B"), ("c", "丙型肝炎", "hepatitis C"), ("d", "丁型肝炎",
        "hepatitis D"),
        ("e", "戊型肝炎", "hepatitis E"), ("untyped", "肝炎（未分型）", "hepatitis, untyped"),
    ),
    _b("polio", "脊髓灰质炎", "Poliomyelitis", "0900"),
    _b(
        "novel_influenza", "人感染新亚型流感", "Human infection with a novel influenza",  "",
        *((kind.lower(), kind, kind) for kind in ("H3N8", "H5N1", "H5N6", "H7N4", "H7N9", "H9N2", "H10N3", "H10N5", "H10N8")),
        ("ea_h1n1", "欧亚类禽H1N1", "Eurasian avian-like H1N1"), ("other", "其他新亚型流感", "other novel influenza"),
        listings=_from(_LAW_2025),
    ),
    _b("avian_influenza", "人感染高致病性禽流感", "Human infection with HPAI", listings=_until_2025()),
    _b("h7n9", "人感染H7N9禽流感", "Human infection with H7N9", "5200", listings=_until_2025()),
    _b("measles", "麻疹", "Measles", "1000"),
    _b("haemorrhagic_fever", "流行性出血热", "Haemorrhagic fever with renal syndrome", "1500"),
    _b("rabies", "狂犬病", "Rabies", "1600"),
    _b("japanese_encephalitis", "流行性乙型脑炎", "Japanese encephalitis", "2100"),
    _b("dengue", "登革热", "Dengue", "2400"),
    _b("mpox", "猴痘", "Mpox", listings=_from(date(2023, 9, 20))),
    _b(
        "anthrax", "炭疽", "Anthrax", "1900",
        ("lung", "肺炭疽", "pulmonary anthrax"), ("skin", "皮肤炭疽", "cutaneous anthrax"), ("untyped", "炭疽（未分型）",
        "anthrax, untyped"),
        urgent=("anthrax_lung",),
    ),
    _b(
        "dysentery", "细菌性和阿米巴性痢疾", "Dysentery", "0400",
        ("bacillary", "细菌性痢疾", "bacillary dysentery"), ("amoebic", "阿米巴性痢疾", "amoebic dysentery"),
    ),
    _b(
        "tuberculosis", "肺结核", "Pulmonary tuberculosis", "2600",
        ("resistant", "利福平耐药", "rifampicin-resistant"), ("positive", "病原学阳性", "pathogen found"),
        ("negative", "病原学阴性", "pathogen not found"), ("no_result", "无病原学结果", "no result"),
    ),
    _b(
        "typhoid", "伤寒和副伤寒", "Typhoid and paratyphoid", "0500",
        ("typhoid", "伤寒", "typhoid"), ("para", "副伤寒", "paratyphoid"),
    ),
    _b("meningitis", "流行性脑脊髓膜炎", "Meningococcal meningitis", "1300"),
    _b("pertussis", "百日咳", "Pertussis", "1100"),
    _b("diphtheria", "白喉", "Diphtheria", "1200"),
    _b("neonatal_tetanus", "新生儿破伤风", "Neonatal tetanus", "2500"),
    _b("scarlet_fever", "猩红热", "Scarlet fever", "1400"),
    _b("brucellosis", "布鲁氏菌病", "Brucellosis", "1800"),
    _b("gonorrhoea", "淋病", "Gonorrhoea", "0700"),
    _b(
        "syphilis", "梅毒", "Syphilis", "0800",
        ("1", "一期梅毒", "primary"), ("2", "二期梅毒", "secondary"), ("3", "三期梅毒", "tertiary"), ("congenital", "胎传梅毒",
        "congenital"),
        ("latent", "隐性梅毒", "latent"),
    ),
    _b("leptospirosis", "钩端螺旋体病", "Leptospirosis", "1700"),
    _b("schistosomiasis", "血吸虫病", "Schistosomiasis", "3100"),
    _b(
        "malaria", "疟疾", "Malaria", "2300",
        ("vivax", "间日疟", "vivax"), ("falciparum", "恶性疟", "falciparum"), ("malariae", "三日疟", "quartan"),
        ("ovale", "卵形疟", "ovale"), ("mixed", "混合感染疟疾", "mixed"), ("untyped", "疟疾（未分型）", "malaria, untyped"),
    ),
    _b("chikungunya", "基孔肯雅热", "Chikungunya", listings=_from(_NOTICE_2026)),
    _b("sfts", "发热伴血小板减少综合征", "Severe fever with thrombocytopenia", listings=_from(_NOTICE_2026)),
    _c("influenza", "流行性感冒", "Influenza", "3500"),
    _c("mumps", "流行性腮腺炎", "Mumps", "3600"),
    _c("rubella", "风疹", "Rubella", "3700"),
    _c("conjunctivitis", "急性出血性结膜炎", "Acute haemorrhagic conjunctivitis", "3800"),
    _c("leprosy", "麻风病", "Leprosy", "3400"),
    _c("typhus", "流行性和地方性斑疹伤寒", "Typhus", "2000"),
    _c("kala_azar", "黑热病", "Kala-azar", "2200"),
    _c("echinococcosis", "包虫病", "Echinococcosis", "3300"),
    _c("filariasis", "丝虫病", "Filariasis", "3200"),
    _c("hand_foot_mouth", "手足口病", "Hand, foot and mouth disease", "4000"),
    _c("diarrhoea", "其他感染性腹泻病", "Other infectious diarrhoea", "3900"),
    # 突发原因不明的传染病: within two hours, in whatever class it will stand one day.
    Disease("unexplained", Text("不明原因传染病", "Infectious disease of unknown cause"), (Listing(_LAW_2004, CLASS_B, as_a=True),)),
)  # fmt: skip
BY_CODE = {disease.code: disease for disease in DISEASES}
# 病例分类2 (急性、慢性、未分型) is asked of these.
ASKED_ACUTE = ("hepatitis_b", "schistosomiasis")


def is_urgent(disease: str, kind: str | None, day: date) -> bool:
    """Whether a report is due in two hours: 甲类, or managed as such, on the day of the diagnosis."""
    found = BY_CODE[disease]
    listing = found.on(day)
    return listing.disease_class == CLASS_A or listing.as_a or (bool(listing.disease_class) and kind in found.urgent_kinds)
