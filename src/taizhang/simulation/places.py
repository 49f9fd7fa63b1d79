"""The simulated county's places: divisions, and the three tiers of organisations that serve them. All codes begin with 99."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from taizhang.county.english import pinyin
from taizhang.kernel.text import Text

VILLAGE_SIZE = 900  # one doctor serves about so many
COUNTY_CODE = "990101"
COUNTY_NAME = Text("安澜县", "Anlan County")

_FIRST = "云石龙凤金青白沙松竹梅柳荷桃杏枫溪河湖泉岭峰坪塘桥渡井田安永兴福和泰"
_SECOND = "溪桥山水湾坪岭沟塘坝林源泉渡口塔台庄田园"


@dataclass(frozen=True, slots=True)
class Township:
    """A township and its hospital, whose code is the division's."""

    index: int
    code: str
    name: Text

    @property
    def hospital(self) -> Text:
        return Text(f"{self.name.zh}卫生院", f"{self.name.en} Hospital")


@dataclass(frozen=True, slots=True)
class Village:
    """A village and its clinic, whose code is the division's. diligence is the share of its duties that the clinic does in time."""

    index: int
    code: str
    name: Text
    township: Township
    size: int
    diligence: float

    @property
    def clinic(self) -> Text:
        return Text(f"{self.name.zh}卫生室", f"{self.name.en} Clinic")


@dataclass(frozen=True, slots=True)
class Places:
    """The whole county, laid out from a population and a seed."""

    townships: tuple[Township, ...]
    villages: tuple[Village, ...]
    institutions: tuple[tuple[str, str, Text], ...] = field(
        default=(
            (COUNTY_CODE, "bureau", Text("安澜县卫生健康局", "Anlan County Health Bureau")),
            (f"{COUNTY_CODE}-CDC", "cdc", Text("安澜县疾病预防控制中心", "Anlan County CDC")),
            (f"{COUNTY_CODE}-MCH", "mch", Text("安澜县妇幼保健院", "Anlan County Maternal and Child Hospital")),
            (f"{COUNTY_CODE}-INS", "inspection", Text("安澜县卫生监督所", "Anlan County Health Inspection Institute")),
            (f"{COUNTY_CODE}-MIO", "insurance", Text("安澜县医疗保险服务中心", "Anlan County Medical Insurance Office")),
            (f"{COUNTY_CODE}-H01", "hospital", Text("安澜县人民医院", "Anlan County People's Hospital")),
        )
    )


def lay_out(population: int, seed: int) -> Places:
    """Places for so many people: villages of about 900, townships of about 1.2 x the square root of the villages."""
    villages = max(1, round(population / VILLAGE_SIZE))
    townships = max(1, round(villages / max(1.0, 1.2 * math.sqrt(villages))))
    random = Random(f"{seed}/places")
    names = _names(random, townships)
    towns = [
        Township(i, f"{COUNTY_CODE}{100 + i}", Text(f"{zh}镇", f"{en} Town")) for i, (zh, en) in zip(range(townships), names, strict=False)
    ]
    made = []
    sizes = _share(population, villages, random)
    # Townships differ more than the villages inside one: the lag of a township is what a bureau looks for.
    climate = [min(0.99, max(0.62, random.gauss(0.90, 0.06))) for _ in towns]
    used: dict[int, Iterator[tuple[str, str]]] = {}
    count = [0] * townships
    for i in range(villages):
        town = towns[i * townships // villages]
        zh, en = next(used.setdefault(town.index, iter(_names(random, villages // townships + 2))))
        code = f"{town.code}{201 + count[town.index]}"
        count[town.index] += 1
        diligence = min(0.995, max(0.45, random.gauss(climate[town.index], 0.04)))
        made.append(Village(i, code, Text(f"{zh}村", f"{en} Village"), town, sizes[i], diligence))
    return Places(tuple(towns), tuple(made))


def _names(random: Random, wanted: int) -> list[tuple[str, str]]:
    """Place names, Chinese and in pinyin, no two alike in either."""
    pairs = [a + b for a in _FIRST for b in _SECOND if a != b]
    random.shuffle(pairs)
    by_pinyin: dict[str, str] = {}
    for zh in pairs:
        by_pinyin.setdefault(pinyin(zh), zh)
    return [(zh, en) for en, zh in by_pinyin.items()][:wanted]


def _share(total: int, parts: int, random: Random) -> list[int]:
    weights = [random.uniform(0.6, 1.4) for _ in range(parts)]
    scale = total / sum(weights)
    sizes = [max(1, int(weight * scale)) for weight in weights]
    sizes[-1] = max(1, sizes[-1] + total - sum(sizes))
    return sizes
