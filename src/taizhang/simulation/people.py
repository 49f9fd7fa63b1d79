"""Synthetic people: households of three generations, an age and sex structure like a rural county's, lives with moves and deaths.

Names are drawn from lists of common characters; identity numbers begin with 99, which no issuing authority has. Nobody is real.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from taizhang.county.english import syllables
from taizhang.simulation.places import Places, Village

_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶"
    "程苏魏吕丁任沈姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶"
    "贺顾毛郝龚邵万钱严覃武戚莫孔向汤"
)
_GIVEN_MALE = "伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林建国志海山川文武德福贵生根田水春雨晨阳子轩"
_GIVEN_FEMALE = "芳娜敏静丽艳娟霞秀玲桂英兰凤梅琴红云燕雪莲翠花春香月珍莉萍慧婷颖欣怡佳雯涵梓若彤玉芬巧素淑"
INITIALS: dict[str, str] = {}

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"

# Managed prevalence by age at the end: of people of 35 and over, 13 % of all residents hypertensive and 4.6 % diabetic.
_PREVALENCE = {
    "hypertension": ((35, 0.0), (50, 0.08), (65, 0.22), (75, 0.40), (130, 0.43)),
    "diabetes": ((35, 0.0), (50, 0.027), (65, 0.086), (75, 0.135), (130, 0.135)),
}

# Rarer than one in a hundred, from which age, and the share of them that has it.
_RARE = {"mental_illness": (18, 0.0056)}


@dataclass(slots=True)
class Person:
    """One synthetic resident. organisations: where managed, from which day to which (None: still). conditions: name of a chronic
    condition and the day it was diagnosed."""

    id: int
    village: Village
    sex: str
    birth_date: date
    surname: str
    given: str
    household: int
    relation: str
    registration: str
    identity: str | None
    phone: str
    died_on: date | None = None
    residencies: list[tuple[Village, date, date | None]] = field(default_factory=list)
    conditions: dict[str, date] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.surname + self.given

    @property
    def initials(self) -> str:
        return "".join(initial_of(character) for character in self.name)

    def last_day(self, end: date) -> date:
        """The last day lived here, at most `end`."""
        left = self.residencies[-1][2]
        return min(end, self.died_on or end, left or end)

    @property
    def first_day(self) -> date:
        return self.residencies[0][1]

    def clinic_on(self, day: date) -> str:
        """Code of the organisation that manages the person on a day."""
        for village, start, stop in reversed(self.residencies):
            if start <= day and (stop is None or day <= stop):
                return village.code
        return self.residencies[-1][0].code

    def age_on(self, day: date) -> int:
        return day.year - self.birth_date.year - ((day.month, day.day) < (self.birth_date.month, self.birth_date.day))


def initial_of(character: str) -> str:
    """First letter of a character's pinyin."""
    if character not in INITIALS:
        INITIALS[character] = syllables(character, first_letters=True)[0]
    return INITIALS[character]


def identity_number(birth: date, sex: str, serial: int, district: int) -> str:
    """A number that passes GB 11643 and belongs to nobody: its address code begins with 99."""
    sequence = (serial % 499) * 2 + (1 if sex == "1" else 2)
    first = f"99{district % 10000:04}{birth:%Y%m%d}{sequence:03}"
    check = _CHECK[sum(int(d) * w for d, w in zip(first, _WEIGHTS, strict=True)) % 11]
    return first + check


def people_of(village: Village, places: Places, start: date, end: date, seed: int) -> list[Person]:
    """Everyone who lives in the village at any time from `start` to `end`, with their lives. The same seed gives the same people,
    whatever other villages exist or in which order they are made."""
    random = Random(f"{seed}/{village.code}")
    people: list[Person] = []
    household = 0
    while len(people) < village.size:
        household += 1
        ages = _household(random)
        surname = random.choice(_SURNAMES)
        for age, sex, relation in ages:
            if len(people) >= village.size:
                break
            birth = end - timedelta(days=int((age + random.random()) * 365.25))
            people.append(_person(random, village, places, len(people), household, birth, sex, relation, surname))
    for person in people:
        _live(random, person, places, start, end)
    # Those who died or left before today are not among the people above: add them, so that last year had its own people.
    for number in range(round(village.size * 0.022 * (end - start).days / 365)):
        old = random.random() < 0.55
        age = random.gauss(78, 9) if old else random.uniform(1, 70)
        birth = end - timedelta(days=int(max(3.2, min(104, age)) * 365.25))
        sex = random.choice("12")
        person = _person(random, village, places, len(people), 100 + number % max(1, household), birth, sex, "80", random.choice(_SURNAMES))
        gone = start + timedelta(days=random.randrange((end - start).days))
        person.residencies = [(village, max(start.replace(year=start.year - 3), birth), gone)]
        if old:
            person.died_on = gone
        _fall_ill(random, person, start, end)
        people.append(person)
    _fall_rarely_ill(Random(f"{seed}/{village.code}/rare"), people, end)
    return people


def _person(
    random: Random, village: Village, places: Places, index: int, household: int, birth: date, sex: str, relation: str, surname: str
) -> Person:
    given = random.choice(_GIVEN_MALE if sex == "1" else _GIVEN_FEMALE)
    if random.random() < 0.7:
        given += random.choice(_GIVEN_MALE if sex == "1" else _GIVEN_FEMALE)
    # Sequence numbers must differ within one district and birth day: district and serial both come from the person's place.
    identity = identity_number(birth, sex, index, 101 + village.index * 3 + index // 499) if random.random() > 0.004 else None
    if relation in ("30", "40", "20") and random.random() < 0.15:
        surname = random.choice(_SURNAMES)
    return Person(
        id=(village.index + 1) * 10_000 + index,
        village=village,
        sex=sex,
        birth_date=birth,
        surname=surname,
        given=given,
        household=household,
        relation=relation,
        registration="1" if random.random() < 0.94 else "2",
        identity=identity,
        phone=f"99{random.randrange(10**9):09}",
    )


def _household(random: Random) -> list[tuple[float, str, str]]:
    """Ages, sexes and relations (GB/T 4761) of one household, today."""
    kind = random.random()
    if kind < 0.25:  # old people by themselves
        age = min(95.0, max(61.0, random.gauss(71, 7)))
        return [(age, "1", "01"), (max(58.0, age - random.uniform(0, 4)), "2", "10")] if random.random() < 0.68 else [(age, "2", "01")]
    if kind < 0.40:  # one or two grown-ups
        age = random.uniform(24, 62)
        return [(age, "1", "01")] + ([(age - random.uniform(-2, 4), "2", "10")] if random.random() < 0.6 else [])
    age = random.gauss(41, 8) if kind < 0.72 else random.gauss(38, 7)
    age = min(58.0, max(24.0, age))
    members = [(age, "1", "01"), (age - random.uniform(-1, 4), "2", "10")]
    for _ in range(random.choices((0, 1, 2, 3), (0.14, 0.42, 0.37, 0.07))[0]):
        child = age - random.uniform(22, 33)
        if child > 0:
            boy = random.random() < 0.52
            members.append((child, "1" if boy else "2", "20" if boy else "30"))
    if kind >= 0.72:  # three generations
        parent = age + random.uniform(22, 31)
        if parent < 96:
            members.append((parent, "2", "50"))
            if random.random() < 0.7:
                members.append((parent + random.uniform(-1, 4), "1", "50"))
    return members


def _live(random: Random, person: Person, places: Places, start: date, end: date) -> None:
    """Moves of someone who is here today."""
    came = max(person.birth_date, start.replace(year=start.year - 3))
    if random.random() < 0.035 and person.birth_date < start:  # moved into the county since
        came = start + timedelta(days=random.randrange((end - start).days))
    person.residencies = [(person.village, came, None)]
    if random.random() < 0.012 and len(places.villages) > 1 and came < start:  # moved between villages
        moved = start + timedelta(days=random.randrange(30, (end - start).days))
        before = random.choice(places.villages)
        if before.code != person.village.code:
            person.residencies = [(before, came, moved - timedelta(days=1)), (person.village, moved, None)]
    _fall_ill(random, person, start, end)


def _fall_ill(random: Random, person: Person, start: date, end: date) -> None:
    age = person.age_on(end)
    for condition, bands in _PREVALENCE.items():
        chance = next(share for limit, share in bands if age < limit)
        if random.random() < chance:
            # Diagnosed some time in the last nine years, from 35 on: a share of patients is new in each year.
            diagnosed = end - timedelta(days=int(365.25 * 9 * random.random() ** 0.8))
            thirty_five = person.birth_date.replace(year=person.birth_date.year + 35, day=min(person.birth_date.day, 28))
            if thirty_five < end:
                person.conditions[condition] = max(diagnosed, thirty_five)


def _fall_rarely_ill(random: Random, people: list[Person], end: date) -> None:
    """By a random stream of its own, so that one more condition leaves everybody's life as it was."""
    for person in people:
        for condition, (youngest, share) in _RARE.items():
            age = person.age_on(end)
            if age >= youngest and random.random() < share:
                # First ill some time since youth, known for up to twenty years.
                person.conditions[condition] = end - timedelta(days=int(365.25 * min(20, age - youngest + 1) * random.random()))
