"""Small counts of sensitive lines of work: a count that names people to whoever knows the place."""

from taizhang.figures.model import Figure

SMALL = 5  # the first count that names nobody


def is_small(figure: Figure) -> bool:
    """Its own counts, or those it is compared with: a change in percent would tell them."""
    readings = [r for r in (figure, figure.last_year, figure.previous) if r is not None]
    return any(n is not None and 0 < n < SMALL * 10**r.places for r in readings for n in (r.numerator, r.denominator))
