"""English names of places and organisations: pinyin for the name itself, English for what it is."""

_KINDS = (
    ("卫生健康委员会", "Health Commission"),
    ("卫生健康局", "Health Bureau"),
    ("卫生和计划生育局", "Health and Family Planning Bureau"),
    ("卫生局", "Health Bureau"),
    ("疾病预防控制中心", "Centre for Disease Control and Prevention"),
    ("妇幼保健计划生育服务中心", "Maternal and Child Health Centre"),
    ("妇幼保健院", "Maternal and Child Health Hospital"),
    ("卫生监督所", "Health Inspection Institute"),
    ("卫生监督局", "Health Inspection Bureau"),
    ("新型农村合作医疗管理办公室", "Rural Cooperative Medical Scheme Office"),
    ("社区卫生服务中心", "Community Health Centre"),
    ("社区卫生服务站", "Community Health Station"),
    ("中心卫生院", "Central Township Hospital"),
    ("卫生院", "Township Hospital"),
    ("村卫生室", "Village Clinic"),
    ("卫生室", "Village Clinic"),
    ("人民医院", "People's Hospital"),
    ("中医医院", "Hospital of Traditional Chinese Medicine"),
    ("中医院", "Hospital of Traditional Chinese Medicine"),
    ("医院", "Hospital"),
)
_PLACES = (
    ("街道办事处", "Subdistrict"),
    ("街道", "Subdistrict"),
    ("社区", "Community"),
    ("县", "County"),
    ("市", "City"),
    ("区", "District"),
    ("镇", "Town"),
    ("乡", "Township"),
    ("村", "Village"),
)


def syllables(name: str, *, first_letters: bool = False) -> list[str]:
    """Pinyin by character, without tones: 样例 -> yang, li."""
    from pypinyin import Style, lazy_pinyin  # its dictionary takes half a second to load, which most commands do not need

    return lazy_pinyin(name, style=Style.FIRST_LETTER if first_letters else Style.NORMAL)


def pinyin(name: str) -> str:
    """样例 -> Yangli."""
    return "".join(syllables(name)).capitalize()


def initials(name: str) -> str:
    """First letters of the pinyin, lower case: 王小明 -> wxm. Letters and digits of the name stay; marks such as · fall away."""
    letters = "".join(syllables(name, first_letters=True))
    return "".join(letter for letter in letters.lower() if letter.isascii() and letter.isalnum())[:20]


def place_of(name: str) -> str:
    """What an organisation's name says of its place: 样例市卫生局 -> 样例市, 河湾村卫生室 -> 河湾村."""
    kind = next((zh.removeprefix("村") for zh, _ in _KINDS if name.endswith(zh)), "")
    return name[: len(name) - len(kind)] or name


def english_name(name: str) -> str:
    """样例市卫生局 -> Yangli City Health Bureau. A name made of no known parts is its pinyin."""
    kind = next(((zh, en) for zh, en in _KINDS if name.endswith(zh)), ("", ""))
    rest = name[: len(name) - len(kind[0])]
    if not rest:
        return kind[1]
    place = next(((zh, en) for zh, en in _PLACES if rest.endswith(zh) and len(rest) > len(zh)), ("", ""))
    own = pinyin(rest[: len(rest) - len(place[0])])
    # 某村卫生室 is "Mou Village Clinic", 某镇卫生院 is "Mou Township Hospital": the kind already says what the place is.
    said = place[1] and kind[1].startswith(("Village", "Township", "Community")) and place[0] in ("村", "镇", "乡", "社区")
    return " ".join(part for part in (own, "" if said else place[1], kind[1]) if part)
