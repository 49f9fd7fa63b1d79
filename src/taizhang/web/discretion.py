"""Figures of sensitive lines of work (HIV, mental illness, tuberculosis), and figures of open lines that are read from records kept for
one (mothers found with syphilis): staff who do not treat those people see counts only, none below a township, and no small ones but the
county's own."""

from collections.abc import Iterable

from taizhang.county.models import OrganisationKind, Staff
from taizhang.county.organisations import OrganisationTree
from taizhang.county.scopes import treats_all
from taizhang.figures.model import Figure
from taizhang.figures.small_counts import is_small
from taizhang.kernel.indicators import Indicator
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text

HIDDEN = Text("不公开", "withheld")
_BELOW_TOWNSHIP = (OrganisationKind.VILLAGE_CLINIC, OrganisationKind.COMMUNITY_STATION)


def may_see_persons(staff: Staff, indicator: Indicator) -> bool:
    """Whether lists of persons and single cells behind the indicator are open to `staff`, within the view scope."""
    return treats_all(staff, registry.rights_for(indicator))


def withheld(figure: Figure, staff: Staff, tree: OrganisationTree) -> bool:
    """Whether this figure is kept back from `staff`."""
    if may_see_persons(staff, figure.indicator):
        return False
    if figure.organisation in tree and tree.kind(figure.organisation) in _BELOW_TOWNSHIP:
        return True
    if figure.organisation == tree.root and figure.is_total:
        return False
    return is_small(figure)


def withheld_among(figures: Iterable[Figure], staff: Staff, tree: OrganisationTree) -> set[tuple[str, str]]:
    """Of the figures that add up to one shown above them (units, categories), those kept back, as (organisation, category). Where only
    one would be, the rest and the total would tell it: then all are."""
    every = list(figures)
    hidden = {(f.organisation, f.category) for f in every if withheld(f, staff, tree)}
    return {(f.organisation, f.category) for f in every} if len(hidden) == 1 else hidden
