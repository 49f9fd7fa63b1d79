"""Sums with some rows changed, against the same rows laid out anew."""

from random import Random

from taizhang.figures.summing import Sums, Vector

COLUMNS = ("members", "visits.n", "visits.d")


def rows_of(chance: Random, organisations: range) -> dict[tuple[str, str], Vector]:
    some = [f"99010110{n:02d}" for n in organisations if chance.random() < 0.6]
    return {(o, c): (chance.randrange(1, 9), chance.randrange(9), 0) for o in some for c in ("", "sex:1", "sex:2") if chance.random() < 0.8}


def test_changed_rows_come_leave_and_replace_as_if_all_were_laid_out_anew() -> None:
    for seed in range(40):
        chance = Random(seed)
        before = rows_of(chance, range(12))
        since = rows_of(chance, range(6, 15))
        since |= {key: (0, 0, 0) for key in before if chance.random() < 0.3} | {("9901019999", "age:60"): (0, 0, 0)}
        whole = Sums.of_rows(COLUMNS, before)
        made = whole.differing(since)
        wanted = {key: vector for key, vector in (before | since).items() if vector[0]}
        assert made.rows == wanted
        assert made.parts == Sums.of_rows(COLUMNS, wanted).parts
        assert whole.rows == before, "the whole membership's own stay as they are"
        assert all(made.vector(*key) == wanted.get(key) for key in (*before, *since))
        places = sorted({organisation for organisation, _ in wanted})
        assert made.over(places) == tuple(
            sum(column) for column in zip(made.zero, *(v for (_, c), v in wanted.items() if not c), strict=True)
        )
