"""How the synthetic county looks after its mothers: whoever was born in the last years had a mother who was registered, checked and
visited, most of them in time; some women are pregnant today. What no record counts (subsidies, breastfeeding) is reported."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from taizhang.programmes.maternal import rules
from taizhang.programmes.maternal.returns import SUBSIDY, SURVEY
from taizhang.simulation.bodies import born
from taizhang.simulation.people import Person
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Rate, Reporting, about, of, per_10k
from taizhang.simulation.run import Row, VillageLife

TARGETS = {"maternal.managed_rate": Rate(90), "maternal.screening_rate": Rate(98), "maternal.early_check_rate": Rate(90)}

NEWBORN_DEATHS, EXPECTING = 0.004, 0.75  # of a birth: dies as a newborn; women pregnant today, of a year's births
_RATES: Month = {("breastfeeding_rate", ""): about(8600, 9300)}
_SUBSIDY: Month = {
    ("subsidised", ""): per_10k(4.5, 7.5),
    ("elsewhere", ""): of("subsidised", 0.05, 0.15),
    ("paid", ""): of("subsidised", 3.0, 3.4),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Subsidies from the county; the rate of breastfeeding over the year so far, without counts."""
    yield from Reporting(SURVEY, places, random).cumulative(_RATES, start, end)
    yield from Reporting(SUBSIDY, places, random).monthly(_SUBSIDY, start, end, by_township=False)


def live(life: VillageLife) -> Iterator[Row]:
    """The pregnancies of one village: of the children born since the county's history began, and of women expecting today."""
    born = sorted(
        (p for p in life.people if life.start < p.birth_date <= life.end and p.first_day <= p.birth_date), key=lambda p: p.birth_date
    )
    women = [p for p in life.people if p.sex == "2" and p.died_on is None and 17 <= p.age_on(life.start) <= 45]
    mothers: dict[int, date] = {}  # who gave birth last on which day
    expecting = 0.0
    for child in born:
        mother = _mother(life, child, women, mothers)
        if mother is not None:
            mothers[mother.id] = child.birth_date
            expecting += EXPECTING / 3
            yield from _pregnancy(life, mother, child.birth_date, child)
    for child in born:
        if life.random.random() < NEWBORN_DEATHS:
            yield from _lost(life, child.birth_date - timedelta(days=life.random.randrange(3, 40)))
    free = [w for w in women if 20 <= w.age_on(life.end) <= 38 and w.last_day(life.end) == life.end and w.first_day <= life.start]
    life.random.shuffle(free)
    for woman in free[: round(expecting)]:
        due = life.end + timedelta(days=life.random.randrange(1, 215))
        if mothers.get(woman.id, life.start) < due - timedelta(days=480):
            yield from _pregnancy(life, woman, due, None)
    yield from _couples(life)


def _mother(life: VillageLife, child: Person, women: list[Person], mothers: dict[int, date]) -> Person | None:
    """A woman of the child's household of an age to be its mother, not pregnant with another then."""
    for woman in women:
        gap = (child.birth_date - mothers.get(woman.id, date(1900, 1, 1))).days
        if woman.household == child.household and 18 <= woman.age_on(child.birth_date) <= 46 and gap > 330 and woman.first_day < life.start:
            return woman
    return None


def _row(life: VillageLife, model: str, person: Person, day: date, **columns: Any) -> Row:
    label = f"maternal.{model}"
    row = {
        "id": life.key(label),
        "resident_id": person.id,
        "organisation_id": person.clinic_on(day),
        "recorded_by": f"v{life.village.code[6:]}",
    }
    return label, row | columns


def _pregnancy(life: VillageLife, woman: Person, born_on: date, child: Person | None) -> Iterator[Row]:
    """One pregnancy, from folic acid to the 42-day check, as far as it has come by the last day."""
    random, diligence = life.random, life.village.diligence
    gestation = born(child)[0] * 7 + random.randrange(7) if child else rules.TERM
    due_on = born_on + timedelta(days=rules.TERM - gestation)
    conceived = due_on - timedelta(days=rules.TERM)
    registered = conceived + timedelta(
        days=random.randrange(48, 88) if random.random() < 0.86 + 0.12 * diligence else random.randrange(92, 150)
    )
    last_day = woman.last_day(life.end)
    if registered > last_day or registered >= born_on:
        return
    if random.random() < 0.85 and registered - timedelta(days=60) > woman.first_day:
        yield _row(
            life,
            "FolicAcidSupply",
            woman,
            registered - timedelta(days=60),
            given_on=registered - timedelta(days=60),
            bottles=random.choice((3, 6)),
            stage="1",
            regular=random.random() < 0.88,
        )
    row, colour, results = _first_check(life, woman, registered, conceived, due_on)
    yield "maternal.Pregnancy", row
    yield _tests(life, woman, registered, results)
    positive = results["hbsag"] == "2"
    assessed = registered + timedelta(days=random.randrange(0, 5))
    special = None
    if assessed <= min(last_day, born_on):
        factors = {"2": {"yellow_factors": "13"}, "3": {"orange_factors": "1" if row["age"] >= 40 else "5"}, "4": {"red_factors": "1"}}.get(
            colour, {}
        )
        if colour == "2" and row["measured_risk"] != "2":
            factors = {"yellow_factors": "19"}  # carries hepatitis B: the open form says other general risk
        special = assessed if colour in "34" and random.random() < 0.985 else None
        yield _row(
            life,
            "RiskAssessment",
            woman,
            assessed,
            assessed_on=assessed,
            **factors,
            colour=colour,
            special_on=special,
            reported_on=special,
            referred="2" if colour in "34" else "1",
        )
    checks = 1
    for window in _WINDOWS:
        first, last = window.days(due_on)
        last = min(last, born_on - timedelta(days=1))
        if last < first:
            continue
        day = first + timedelta(days=random.randrange((last - first).days + 1))
        if day > last_day or day >= born_on or day <= registered or random.random() > 0.97 + 0.028 * diligence:
            continue
        checks += 1
        yield _antenatal(life, woman, day, conceived, row, window)
    if child is not None:
        known = {
            "registered_on": registered,
            "registered_days": row["gestation_days"],
            "checks": checks,
            "colour": colour,
            "special_on": special,
            "tested_on": registered,
            "tested_days": row["gestation_days"],
            "gestation_days": gestation,
        }
        yield from _birth(life, woman, child, gestation, known, positive)


_WINDOWS = tuple(rules.Window(code, a * 7, b * 7 + 6) for code, a, b in (("2", 16, 20), ("3", 21, 24), ("4", 28, 36), ("5", 37, 40)))


def _first_check(life: VillageLife, woman: Person, day: date, conceived: date, due_on: date) -> tuple[dict[str, Any], str, dict[str, str]]:
    """The registration; the colour of the pregnancy; and what the tests gave."""
    random = life.random
    age = woman.age_on(day)
    height, weight = int(random.gauss(1590, 50)), int(random.gauss(560, 70))
    index = rules.body_mass_index(weight, height) or 210
    haemoglobin = int(random.gauss(122, 9))
    hepatitis = random.random() < 0.055
    syphilis = random.random() < 0.002
    measured = "3" if age >= 40 or index >= 280 else "2" if age >= 35 or index > 250 or index < 185 or haemoglobin < 110 else "1"
    colour = "2" if hepatitis and measured == "1" else measured
    if random.random() < 0.004:
        colour = "4"
    days = (day - conceived).days
    _, row = _row(
        life,
        "Pregnancy",
        woman,
        day,
        registered_on=day,
        gravidity=random.choice((1, 1, 2, 2, 3)),
        vaginal_births=0,
        caesareans=0,
        last_period_on=conceived,
        past_illness="1",
        family_history="1",
        personal_history="1",
        gynae_surgery="1",
        height=height,
        weight=weight,
        body_mass_index=index,
        systolic=(upper := int(random.gauss(112, 8))),
        diastolic=upper - random.randrange(32, 44),
        heart="1",
        lungs="1",
        vulva="1",
        vagina="1",
        cervix="1",
        uterus="1",
        adnexa="1",
        haemoglobin=haemoglobin,
        white_cells=random.randint(50, 100),
        platelets=random.randint(140, 300),
        urine_protein="1",
        urine_sugar="1",
        urine_ketone="1",
        urine_blood="1",
        alt=random.randint(80, 350),
        ast=random.randint(100, 350),
        bilirubin=random.randint(60, 180),
        creatinine=random.randint(400, 700),
        urea=random.randint(250, 550),
        tested="2",
        tested_on=day,
        assessment="1" if measured == "1" else "2",
        guidance="1,2,3,4,5",
        referred="1" if colour in "12" else "2",
        due_on=due_on,
        due_method="1",
        gestation_days=days,
        gestation_printed=rules.weeks(days),
        age=age,
        measured_risk=measured,
        next_check_on=_next_check(due_on, days),
    )
    return row, colour, {"hbsag": "2" if hepatitis else "1", "syphilis": "2" if syphilis else "1", "hiv": "1"}


def _tests(life: VillageLife, woman: Person, day: date, results: dict[str, str]) -> Row:
    """The tests of the day she was registered, at the township's hospital; for syphilis she is treated, and a special file is opened."""
    infected = results["syphilis"] == "2"
    treated = {"infections": "2", "special_on": day, "treatment": "2", "treatment_on": day} if infected else {}
    township = woman.clinic_on(day)[:9]
    label, row = _row(life, "MotherTest", woman, day, served_on=day, **results, **treated, complete=True, purple=infected)
    return label, row | {"organisation_id": township, "recorded_by": f"t{township[6:]}"}


def _next_check(due_on: date, days: int) -> date | None:
    following = rules.next_window(_WINDOWS, days)
    return following.days(due_on)[1] if following else None


def _antenatal(life: VillageLife, woman: Person, day: date, conceived: date, first: dict[str, Any], window: rules.Window) -> Row:
    """A later check: the pressure near that of the first, a pound and more a week put on since the twelfth."""
    random, days, due_on = life.random, (day - conceived).days, first["due_on"]
    upper = int(first["systolic"] + random.gauss(2, 4))
    return _row(
        life,
        "AntenatalVisit",
        woman,
        day,
        visited_on=day,
        complaint="无不适",
        weight=int(first["weight"] + max(0, days - 84) * 0.6 + random.gauss(0, 5)),
        fundal_height=days + random.randrange(-15, 15),
        girth=int(740 + days * 0.9 + (first["weight"] - 560) * 0.5 + random.gauss(0, 8)),
        fetal_heart=random.randint(120, 158),
        systolic=upper,
        diastolic=upper - random.randrange(32, 44),
        haemoglobin=int(random.gauss(116, 8)),
        urine_protein="1",
        visit_class="1" if random.random() < 0.93 else "2",
        guidance="1,2,5",
        referred="1",
        due_on=due_on,
        gestation_days=days,
        gestation_printed=rules.weeks(days),
        window_code=window.code,
        next_check_on=_next_check(due_on, days),
    )


def _birth(life: VillageLife, woman: Person, child: Person, gestation: int, known: dict[str, Any], positive: bool) -> Iterator[Row]:
    random, born_on, end = life.random, child.birth_date, woman.last_day(life.end)
    discharged = born_on + timedelta(days=random.randrange(2, 6))
    visit = discharged + timedelta(days=random.randrange(1, 8) if random.random() < 0.93 else random.randrange(8, 27))
    final = born_on + timedelta(days=random.randrange(42, 57))
    visited = visit if visit <= end and random.random() < 0.93 + 0.06 * life.village.diligence else None
    checked = final if final <= end and random.random() < 0.9 + 0.07 * life.village.diligence else None
    caesarean = random.random() < 0.42
    if born_on <= end:
        yield _row(
            life,
            "Delivery",
            woman,
            born_on,
            ended_on=born_on,
            outcome="1",
            delivered_at=random.choices("1234", (70, 22, 6, 2))[0],
            manner="3" if caesarean else "1",
            live_births=1,
            stillbirths=0,
            blood_loss=random.randrange(100, 420),
            discharged_on=discharged if discharged <= end else None,
            visited_on=visited,
            checked_on=checked,
            **known,
        )
        yield _newborn(life, child, gestation, positive)
    after = {"general_health": "好", "general_mind": "好", "breasts": "1", "lochia": "1", "uterus": "1", "wound": "1"}
    if visited:
        yield _row(
            life,
            "PostnatalVisit",
            woman,
            visited,
            visited_on=visited,
            temperature=random.randint(361, 370),
            systolic=116,
            diastolic=74,
            visit_class="1",
            guidance="1,2,3,4,5",
            referred="1",
            **after,
        )
    if checked:
        yield _row(
            life,
            "FinalCheck",
            woman,
            checked,
            checked_on=checked,
            systolic=116,
            diastolic=74,
            recovery="1",
            guidance="1,2,3,4",
            handling="1",
            **after,
        )


def _newborn(life: VillageLife, child: Person, gestation: int, positive: bool) -> Row:
    random, born_on = life.random, child.birth_date
    blood, hearing = born_on + timedelta(days=random.randrange(3, 8)), born_on + timedelta(days=random.randrange(2, 5))
    alive = child.last_day(life.end)
    defect = random.random() < 0.009
    return _row(
        life,
        "Birth",
        child,
        born_on,
        born_on=born_on,
        weeks_at_birth=gestation // 7,
        birth_weight=born(child)[1],
        birth_length=random.randint(470, 530),
        apgar_1=random.choice((8, 9, 9, 10)),
        apgar_5=10,
        defect=defect,
        heel_blood_on=blood if blood <= alive and random.random() < 0.992 else None,
        thyroid="1",
        phenylketonuria="1",
        hearing_on=hearing if hearing <= alive and random.random() < 0.99 else None,
        hearing="1",
        mother_hbsag="2" if positive else "1",
        immunoglobulin_hours=random.choices((random.randrange(1, 12), 30), (98, 2))[0] if positive else None,
    )


def _lost(life: VillageLife, born_on: date) -> Iterator[Row]:
    """A newborn who died: one more person of the village, with a birth and a death reported."""
    if born_on <= life.start:
        return
    first = life.people[0]
    died_on = born_on + timedelta(days=life.random.choice((0, 1, 3, 6, 15, 40)))
    if died_on > life.end:
        return
    child = Person(
        id=(life.village.index + 1) * 10_000 + len(life.people),
        village=life.village,
        sex=life.random.choice("12"),
        birth_date=born_on,
        surname=first.surname,
        given="婴",
        household=first.household,
        relation="80",
        registration="1",
        identity=None,
        phone="",
        died_on=died_on,
        residencies=[(life.village, born_on, died_on)],
    )
    life.people.append(child)
    yield _newborn(life, child, 240, False)
    yield _row(
        life,
        "ChildDeath",
        child,
        died_on,
        died_on=died_on,
        age_days=(died_on - born_on).days,
        death_place="1",
        treatment="1",
        diagnosed_by="2",
        diagnosis="早产",
        code="P07.3",
        evidence="2",
        reported_on=min(life.end, died_on + timedelta(days=5)),
    )


def _couples(life: VillageLife) -> Iterator[Row]:
    """Who marries is checked, and who plans a child."""
    for person in life.people:
        if 21 <= person.age_on(life.end) <= 32 and person.died_on is None and life.random.random() < 0.09:
            day = max(person.first_day, life.start) + timedelta(days=life.random.randrange(20, 900))
            if day <= person.last_day(life.end) and person.age_on(day) >= 20:
                yield _row(life, "PremaritalCheck", person, day, checked_on=day, result="1")
        if 22 <= person.age_on(life.end) <= 38 and person.died_on is None and life.random.random() < 0.07:
            day = max(person.first_day, life.start) + timedelta(days=life.random.randrange(20, 900))
            if day <= person.last_day(life.end) and person.age_on(day) >= 20:
                yield _row(
                    life,
                    "PreconceptionCheck",
                    person,
                    day,
                    checked_on=day,
                    risk="2" if life.random.random() < 0.2 else "1",
                    advice="按风险评估结果咨询指导",
                )
