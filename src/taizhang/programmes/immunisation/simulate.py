"""How the synthetic county vaccinates: certificates within weeks of birth, doses at clinic days near their age, a few late, missed or held
back; stock, refrigerators and school checks by township. What records give, no return is simulated for."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from taizhang.kernel.periods import add_months, month_end
from taizhang.programmes.immunisation import elements as e
from taizhang.programmes.immunisation import rules
from taizhang.programmes.immunisation import vaccines as v
from taizhang.programmes.immunisation.entry import entry_of
from taizhang.programmes.immunisation.following import MANAGED_MONTHS, lines_of
from taizhang.programmes.immunisation.schedule.plan import Given, Plan, Restriction, plan_of
from taizhang.programmes.immunisation.schedule.tables import DoseRule, edition_on
from taizhang.simulation.bodies import born
from taizhang.simulation.people import Person
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Rate
from taizhang.simulation.run import Row, VillageLife

TARGETS = {"immunisation.rate": Rate(95), "immunisation.certificate_rate": Rate(98)}

# A child comes at these ages in months; what is due is then given together.
_VISITS = (0, 1, 2, 3, 4, 6, 8, 9, 10, 12, 18, 19, 24, 36, 48, 60, 72, 78)
_HPV_SINCE = date(2025, 11, 10)
_MAKERS = ("中国生物", "华兰生物", "科兴生物", "智飞生物")
_ACCOUNT = "v{}"


def live(life: VillageLife) -> Iterator[Row]:
    """Certificates, vaccinations, adverse events and doses due of the village's children."""
    for person in life.people:
        last = person.last_day(life.end)
        if last < person.first_day:
            continue
        under_seven = add_months(person.birth_date, MANAGED_MONTHS) > life.end
        girl = person.sex == "2" and add_months(_HPV_SINCE, -168) <= person.birth_date
        if under_seven or girl:
            yield from _child(life, person, last, under_seven)


def _child(life: VillageLife, person: Person, last: date, known: bool) -> Iterator[Row]:
    random = life.random
    shared: dict[str, Any] = {"resident_id": person.id, "recorded_by": _ACCOUNT.format(life.village.code[6:])}
    limits: list[Restriction] = []
    if known and random.random() < 0.997:
        issued = person.birth_date + timedelta(days=random.randrange(0, 28))
        if issued <= last:
            yield "immunisation.Certificate", {
                "id": life.key("immunisation.Certificate"), **shared, "organisation_id": person.clinic_on(issued), "issued_on": issued,
                "living": "1" if person.registration == "1" else "2", "mother_hbsag": "2" if random.random() < 0.05 else "1",
                "birth_weight": born(person)[1],
            }  # fmt: skip
    if known and random.random() < 0.006 and (started := add_months(person.birth_date, 7)) <= last:
        found = rules.restriction_of("6", started, None, None, None)
        limits.append(found)
        yield "immunisation.HealthState", {
            "id": life.key("immunisation.HealthState"), **shared, "organisation_id": person.clinic_on(started), "asked_on": started,
            "state": "6", "started_on": started, "concerned": ",".join(sorted(found.vaccines)), "kind": found.kind, "ends_on": found.until,
        }  # fmt: skip
    given = list(_given(life, person, last, known, limits))
    plan = plan_of(person.birth_date, person.sex, [Given(vaccine, on) for vaccine, on, _ in given], limits)
    for (vaccine, on, rule), (number, verdict) in zip(given, plan.judged, strict=True):
        yield "immunisation.Vaccination", {
            "id": life.key("immunisation.Vaccination"), **shared, "organisation_id": person.clinic_on(on), "given_on": on,
            "vaccine": vaccine, "lot": _lot(vaccine, on), "expires_on": add_months(on.replace(day=1), 18),
            "maker": _MAKERS[int(vaccine) % len(_MAKERS)], "way": rule.way if rule else "1", "site": rule.site if rule else "1",
            "volume": rule.volume if rule else "0.5mL", "fee": "1" if v.VACCINES[vaccine].free else "2", "informed": True, "checked": True,
            "observed_minutes": 30, "dose_number": number, "verdict": verdict,
        }  # fmt: skip
        if on >= life.start and random.random() < 0.003:
            yield "immunisation.AdverseEvent", _reaction(life, person, vaccine, on, last, shared)
    if known:
        yield from _entries(life, person, last, plan, shared)
    for slot, line in lines_of(plan, person.birth_date, known=known).items():
        yield "immunisation.DoseDue", {"id": life.key("immunisation.DoseDue"), "resident_id": person.id, "slot": slot, **line}


# Kindergarten at three, school at six, in the September from which the child is of age.
_ENTRIES = ((36, "1", "中心幼儿园"), (72, "2", "第1小学"))


def _entries(life: VillageLife, person: Person, last: date, plan: Plan, shared: dict[str, Any]) -> Iterator[Row]:
    """The checks of the child's certificate as it enters kindergarten and school."""
    for months, kind, school in _ENTRIES:
        of_age = add_months(person.birth_date, months)
        term = date(of_age.year + (of_age > date(of_age.year, 9, 1)), 9, 1)
        checked = term + timedelta(days=4 + person.id % 20)
        if not max(life.start, person.first_day) <= checked <= last:
            continue
        found = entry_of(plan, checked)
        yield "immunisation.EntryCheck", {
            "id": life.key("immunisation.EntryCheck"), **shared, "organisation_id": life.village.township.code, "checked_on": checked,
            "school": f"{life.village.township.name.zh}{school}", "kind": kind, "term_started_on": term, "certificate": "1",
            "told_on": checked if found.missing else None, "missing": ",".join(found.missing) or None, "result": found.result,
            "caught_up_on": found.caught_up_on,
        }  # fmt: skip


def _given(
    life: VillageLife, person: Person, last: date, known: bool, limits: list[Restriction]
) -> Iterator[tuple[str, date, DoseRule | None]]:
    """What the child was given, in time order: at each visit every dose whose age and distance are reached."""
    random, birth = life.random, person.birth_date
    dates: dict[str, list[date]] = {series: [] for series in v.SERIES}
    missed = 0.004 + 0.05 * (1 - life.village.diligence)
    visits = _VISITS if known else (156, 162)
    for months in visits:
        at = add_months(birth, months)
        day = at if months == 0 else at + timedelta(days=random.randrange(0, 20))
        if not known:
            day = max(day, _HPV_SINCE + timedelta(days=random.randrange(0, 60) + (183 if months > 156 else 0)))
        if day > last:
            return
        if months and random.random() < (missed if known else 0.12):
            continue
        edition = edition_on(day)
        for series, before in dates.items():
            if (series == "hpv") == known:
                continue
            rule = edition.series(series, None).get(len(before) + 1)
            if rule is None or not _may(rule, birth, before, dates, series, day):
                continue
            if any(rule.vaccine in limit.vaccines and limit.start <= day <= (limit.until or date.max) for limit in limits):
                continue
            before.append(day)
            yield rule.vaccine, day, rule
        if known and months >= 8 and random.random() < 0.25:
            yield random.choice(("24", "25", "26", "27", "28")), day, None


def _may(rule: DoseRule, birth: date, before: list[date], dates: dict[str, list[date]], series: str, day: date) -> bool:
    if day < add_months(birth, rule.months) or day >= add_months(birth, rule.until):
        return False
    if before and day < add_months(before[-1] + timedelta(days=rule.gap_days), rule.gap_months):
        return False
    if before and rule.from_first_months and day < add_months(before[0], rule.from_first_months):
        return False
    return not (series == "menac" and not before and dates["mena"] and day < add_months(dates["mena"][-1], 12))


def _lot(vaccine: str, on: date) -> str:
    """A lot lasts a quarter."""
    return f"{on.year}{(on.month + 2) // 3:02}{vaccine}"


def _reaction(life: VillageLife, person: Person, vaccine: str, on: date, last: date, shared: dict[str, Any]) -> dict[str, Any]:
    random = life.random
    happened = min(on + timedelta(days=random.randrange(0, 2)), last)
    reported = min(happened + timedelta(days=1), life.end)
    investigated = min(reported + timedelta(days=1), life.end)
    return {
        "id": life.key("immunisation.AdverseEvent"), **shared, "organisation_id": person.clinic_on(happened), "happened_on": happened,
        "dose_on": on, "vaccine": vaccine, "lot": _lot(vaccine, on), "symptoms": random.choice(("1", "2", "1,2", "7")),
        "found_on": happened,
        "reported_on": reported, "report_hours": random.choice((2, 6, 12, 24, 30)), "investigated_on": investigated,
        "case_form_on": min(investigated + timedelta(days=random.randrange(1, 6)), life.end),
        "classification": random.choices(("1", "2", "5"), (8, 1, 1))[0], "outcome": "1",
    }  # fmt: skip


# -- units -------------------------------------------------------------------------------------------------------------

_STOCKED = (v.HEPB, v.IPV, v.BOPV, v.DTAP, v.MMR, v.JE_LIVE, v.MPSV_A, v.MPSV_AC, v.HEPA_LIVE)


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Stock and refrigerators of every township hospital over the last year, school checks of each September, from records."""
    stock = readings = schools = 0
    for town in places.townships:
        people = sum(village.size for village in places.villages if village.township is town)
        account = f"t{town.code[6:]}"
        for first in _months(date(end.year - 1, end.month, 1), end):
            for vaccine in _STOCKED:
                for row in _stock(vaccine, first, end, people, random):
                    stock += 1
                    yield "immunisation.StockMovement", {"id": stock, "organisation_id": town.code, "recorded_by": account, **row}
        day = end - timedelta(days=120)
        while day <= end:
            for at in "12":
                readings += 1
                warm = random.random() < 0.002
                yield "immunisation.ColdChainReading", {
                    "id": readings, "organisation_id": town.code, "recorded_by": account, "read_on": day, "read_at": at,
                    "equipment": "冰箱1",
                    "temperature": random.randrange(85, 120) if warm else random.randrange(30, 72),
                    **({"out_minutes": random.randrange(20, 240), "action": "封存疫苗并报告，检修设备"} if warm else {}),
                }  # fmt: skip
            day += timedelta(days=1)
        for year in range(start.year, end.year + 1):
            for number in range(max(1, round(people / 2_500))):
                checked = date(year, 9, random.randrange(5, 29))
                if checked > end:
                    continue
                schools += 1
                children = random.randrange(18, 60)
                to_catch_up = random.randrange(0, 3)
                yield "immunisation.SchoolCheck", {
                    "id": schools, "organisation_id": town.code, "recorded_by": account, "checked_on": checked,
                    "school": f"{town.name.zh}{'中心幼儿园' if number == 0 else f'第{number}小学'}", "kind": "1" if number == 0 else "2",
                    "term_started_on": date(year, 9, 1), "children_new": children, "children_checked": children,
                    "to_catch_up": to_catch_up, "caught_up": to_catch_up if random.random() < 0.93 else max(0, to_catch_up - 1),
                    **({"rechecked_on": date(year, 12, 10)} if date(year, 12, 10) <= end else {}),
                }  # fmt: skip


def _stock(vaccine: str, first: date, end: date, people: int, random: Random) -> Iterator[dict[str, Any]]:
    """A month of one vaccine: received in its first week, used, a little discarded, counted on its last day; each month its own lot."""
    received = max(2, round(people / 10_000 * random.uniform(8, 14)))
    wasted = 1 if random.random() < 0.06 else 0
    used = max(0, received - wasted - random.randrange(0, 2))
    counted = received - wasted - used - (1 if received > wasted + used and random.random() < 0.01 else 0)
    lot = f"{first:%Y%m}{vaccine}"
    moves: list[tuple[date, str, int, dict[str, Any]]] = [
        (first + timedelta(days=3), e.RECEIVED, received,
         {"arrival_temperature": random.randrange(30, 70), "transport_record": True, "counterpart": "县疾控中心"}),
        (first + timedelta(days=20), e.USED, used, {}),
        (first + timedelta(days=22), e.WASTED, wasted, {"waste_reason": "2"}),
        (month_end(first.year, first.month), e.COUNTED, counted, {}),
    ]  # fmt: skip
    kept = [move for move in moves if move[0] <= end and not (move[1] == e.WASTED and move[2] == 0)]
    for (day, movement, doses, more), (on_hand, difference) in zip(kept, rules.balances((m[1], m[2]) for m in kept), strict=True):
        yield {
            "moved_on": day, "vaccine": vaccine, "lot": lot, "expires_on": add_months(first, 18), "movement": movement, "doses": doses,
            "on_hand": on_hand, "difference": difference, **more,
        }  # fmt: skip


def _months(first: date, end: date) -> Iterator[date]:
    while first <= end:
        yield first
        first = add_months(first, 1)
