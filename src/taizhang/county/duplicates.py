"""Duplicate residents 疑似重复: found, listed, decided on. What is decided is kept, and nobody is asked again.

Found by the identity document in another form (a number of 15 digits, or typed under another kind of document), then by name, birth and
address. Candidates are compared within blocks that stream from an index, so that a million residents take minutes and little memory:
everybody born on one day with one initial, and everybody of one name in one township. What lies outside both can never reach the
threshold (see `compare`), so blocking loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations, groupby

from django.db import transaction
from django.db.models import Q, QuerySet
from rapidfuzz import fuzz
from rapidfuzz.distance import Hamming, Levenshtein

from taizhang.config import home
from taizhang.county import audit
from taizhang.county.english import syllables
from taizhang.county.identity import NO_DOCUMENT, RESIDENT_IDENTITY_CARD, IdentityError, check_identity_number, vault
from taizhang.county.models import DuplicateDecision, DuplicatePair, Resident, Staff
from taizhang.county.people import NotAllowed, residents_for
from taizhang.kernel.text import Text

# Points for what agrees; engineering choices, weighed on 台账 made by hand (docs/decisions/0009). A pair needs ENOUGH of 100.
ENOUGH = 75
_NAME, _SOUND, _ONE_CHARACTER = 40, 32, 12
_BIRTH, _BIRTH_NEAR = 35, 20
_ADDRESS, _VILLAGE, _PHONE = 15, 8, 10
_OTHER_SEX = -20
_NUMBER_MISTYPED = 5
_SAME_ADDRESS = 90  # of 100, by rapidfuzz
_MISTYPED_DIGITS = 2

REASONS = {
    "document": Text("证件号相同（证件类型或写法不同）", "the same document number in another form"),
    "name": Text("姓名相同", "the same name"),
    "sound": Text("姓名同音", "names that sound the same"),
    "one_character": Text("姓名差一字", "names that differ in one character"),
    "birth": Text("出生日期相同", "the same birth date"),
    "birth_near": Text("出生日期相近（差一位或月日颠倒）", "birth dates that differ in a digit, or month and day exchanged"),
    "address": Text("住址相同", "the same address"),
    "village": Text("同村", "the same village"),
    "phone": Text("电话相同", "the same telephone"),
    "mistyped": Text("身份证号只差一两位", "identity numbers that differ in one or two digits"),
    "other_sex": Text("性别不同", "another sex"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """What is compared of a resident. document: kind and sealed number, opened only for a pair that comes into question."""

    pk: int
    name: str
    initials: str
    sex: str
    birth: date
    phone: str
    village: str
    address: str
    kind: str
    cipher: bytes | None


_FIELDS = (
    "pk", "name", "initials", "sex", "birth_date", "phone", "household__division_id", "household__address", "identity_kind",
    "identity_cipher",
)  # fmt: skip


def _cards(rows: QuerySet[Resident], *order: str) -> Iterator[Card]:
    for pk, name, letters, sex, birth, phone, village, address, kind, cipher in rows.order_by(*order).values_list(*_FIELDS).iterator(5_000):
        yield Card(pk, name, letters, sex, birth, phone, village or "", address or "", kind, bytes(cipher) if cipher else None)


# -- comparing ---------------------------------------------------------------------------------------------------------


def compare(one: Card, other: Card) -> tuple[int, tuple[str, ...]] | None:
    """Points and reasons of a pair; None for a pair that cannot be one person or has too few points. Symmetric."""
    points, reasons = 0, []
    if one.name == other.name:
        points, reasons = _NAME, ["name"]
    elif one.initials == other.initials and _sound(one.name) == _sound(other.name):
        points, reasons = _SOUND, ["sound"]
    elif one.initials[:1] == other.initials[:1] and len(one.name) >= 3 and Levenshtein.distance(one.name, other.name) == 1:
        points, reasons = _ONE_CHARACTER, ["one_character"]
    else:
        return None
    if one.birth == other.birth:
        points, reasons = points + _BIRTH, [*reasons, "birth"]
    elif one.name == other.name and one.village[:9] == other.village[:9] and _near(one.birth, other.birth):
        points, reasons = points + _BIRTH_NEAR, [*reasons, "birth_near"]
    else:
        return None
    if one.address and fuzz.ratio(one.address, other.address) >= _SAME_ADDRESS:
        points, reasons = points + _ADDRESS, [*reasons, "address"]
    elif one.village and one.village == other.village:
        points, reasons = points + _VILLAGE, [*reasons, "village"]
    if one.phone and one.phone == other.phone:
        points, reasons = points + _PHONE, [*reasons, "phone"]
    if one.sex != other.sex:
        points, reasons = points + _OTHER_SEX, [*reasons, "other_sex"]
    if points + _NUMBER_MISTYPED < ENOUGH:
        return None
    if one.kind == other.kind == RESIDENT_IDENTITY_CARD and one.cipher and other.cipher:
        # Two cards of two people are two people, unless one number is a slip of the other.
        mine, theirs = vault().decrypt(one.cipher), vault().decrypt(other.cipher)
        if len(mine) != len(theirs) or Hamming.distance(mine, theirs) > _MISTYPED_DIGITS:
            return None
        points, reasons = points + _NUMBER_MISTYPED, [*reasons, "mistyped"]
    return (min(points, 100), tuple(reasons)) if points >= ENOUGH else None


@lru_cache(maxsize=50_000)
def _sound(name: str) -> str:
    return " ".join(syllables(name))


def _near(one: date, other: date) -> bool:
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return True
    return Hamming.distance(f"{one:%Y%m%d}", f"{other:%Y%m%d}") == 1


# -- finding -----------------------------------------------------------------------------------------------------------


def find(rows: QuerySet[Resident] | None = None) -> dict[tuple[int, int], tuple[int, tuple[str, ...]]]:
    """Every pair that may be one person, by keys (the lower first), with points and reasons. rows: among whom; everybody unless given."""
    people = Resident.objects.all() if rows is None else rows
    found: dict[tuple[int, int], tuple[int, tuple[str, ...]]] = dict(_by_document(people))
    for block in _blocks(people):
        for one, other in combinations(block, 2):
            pair = (min(one.pk, other.pk), max(one.pk, other.pk))
            if pair not in found and (judged := compare(one, other)) is not None:
                found[pair] = judged
    return found


def _blocks(people: QuerySet[Resident]) -> Iterator[list[Card]]:
    born = _cards(people, "birth_date", "initials", "pk")
    for _, group in groupby(born, key=lambda card: (card.birth, card.initials[:1])):
        yield from _worth(group)
    named = _cards(people, "name", "household__division_id", "pk")
    for _, group in groupby(named, key=lambda card: (card.name, card.village[:9])):
        yield from _worth(group)


def _worth(group: Iterable[Card]) -> Iterator[list[Card]]:
    block = list(group)
    if len(block) > 1:
        yield block


def _by_document(people: QuerySet[Resident]) -> Iterator[tuple[tuple[int, int], tuple[int, tuple[str, ...]]]]:
    """Numbers kept under another kind of document that are identity numbers of somebody else here. Only those few are opened."""
    day = home.current().working_day()
    others = people.exclude(identity_kind__in=(RESIDENT_IDENTITY_CARD, NO_DOCUMENT)).exclude(identity_cipher=None)
    by_digest: dict[str, list[int]] = {}
    for pk, cipher in others.values_list("pk", "identity_cipher").iterator(5_000):
        try:
            number = check_identity_number(vault().decrypt(bytes(cipher)), day=day).number
        except IdentityError:
            continue  # a passport, a birth certificate
        by_digest.setdefault(vault().lookup(number), []).append(pk)
    keys = sorted(by_digest)
    for start in range(0, len(keys), 900):
        bearers = people.filter(identity_hash__in=keys[start : start + 900]).values_list("identity_hash", "pk")
        for digest, pk in bearers:
            by_digest[digest].append(pk)
    for digest in keys:
        for one, other in combinations(sorted(set(by_digest[digest])), 2):
            yield (one, other), (100, ("document",))


def scan(day: date) -> int:
    """Look through everybody and list the pairs that nobody has decided on; how many there are."""
    found = find()
    decided = set(DuplicateDecision.objects.values_list("first", "second"))
    fresh = [
        DuplicatePair(first_id=first, second_id=second, score=points, reasons=",".join(reasons), found_on=day)
        for (first, second), (points, reasons) in sorted(found.items())
        if (first, second) not in decided
    ]
    with transaction.atomic():
        DuplicatePair.objects.all().delete()
        DuplicatePair.objects.bulk_create(fresh, batch_size=100)
    return len(fresh)


# -- listing and deciding ----------------------------------------------------------------------------------------------


def listed(staff: Staff, day: date, *, after: int = 0, limit: int = 50) -> list[DuplicatePair]:
    """The pairs of whom `staff` may see both, the likeliest first; leaves one audit line. after: how many to pass over."""
    seen = residents_for(staff, "view", day).values("pk")
    pairs = DuplicatePair.objects.filter(Q(first__in=seen) & Q(second__in=seen)).select_related("first", "second")
    page = list(pairs.order_by("-score", "id")[after : after + limit])
    audit.record(staff, audit.LIST_PEOPLE, detail={"filter": {"duplicates": True, "after": after}, "count": len(page)})
    return page


def pair_for(staff: Staff, pair: int, day: date) -> DuplicatePair:
    """One pair, both within the view scope. Raises NotAllowed."""
    seen = residents_for(staff, "view", day).values("pk")
    found = DuplicatePair.objects.filter(pk=pair, first__in=seen, second__in=seen).select_related("first", "second").first()
    if found is None:
        raise NotAllowed
    return found


def decide(first: int, second: int, *, same: bool, reason: str, actor: Staff | None) -> None:
    """Keep what was decided of two residents; the pair leaves the list."""
    one, other = sorted((first, second))
    values = {"same": same, "reason": reason.strip()[:200], "decided_by": actor}
    with transaction.atomic():
        DuplicateDecision.objects.update_or_create(first=one, second=other, defaults=values)
        DuplicatePair.objects.filter(first_id=one, second_id=other).delete()
