"""Placing: where an organisation of any day stands in the tree that figures are laid over.

The tree is the one of the period's cut-off, for the period itself and for the earlier ones it is compared with, so that a merged township
is compared with the sum of those it was made of. Trees come from dated links in the database, not from the ledger: a figure at an
old ledger version is laid over the links as they are known today, unless whoever asks hands over the links as they were known then.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from taizhang.county.models import Organisation, OrganisationLink
from taizhang.county.organisations import OrganisationTree, build_tree, state_of_places
from taizhang.kernel.text import Text


class Trees:
    """The tree on any day: read from the database once, or from what `stored` gave."""

    def __init__(self, root: str, stored: Mapping[str, Any] | None = None) -> None:
        self._root = root if stored is None else stored["root"]
        if stored is None:
            self._organisations = list(Organisation.objects.order_by("code"))
            self._links = list(OrganisationLink.objects.order_by("valid_from"))
        else:
            self._organisations = [Organisation(**_days(o, "opened_on", "closed_on")) for o in stored["organisations"]]
            self._links = [OrganisationLink(**_days(link, "valid_from", "valid_to")) for link in stored["links"]]
        self._known: dict[date, OrganisationTree] = {}

    def stored(self) -> dict[str, Any]:
        """Organisations and dated links as plain data, to be kept."""
        return {
            "root": self._root,
            "organisations": [
                {"code": o.code, "name": o.name, "name_en": o.name_en, "kind": str(o.kind), "opened_on": _iso(o.opened_on),
                 "closed_on": _iso(o.closed_on)}
                for o in self._organisations
            ],
            "links": [
                {"child_id": n.child_id, "parent_id": n.parent_id, "valid_from": _iso(n.valid_from), "valid_to": _iso(n.valid_to)}
                for n in self._links
            ],
        }  # fmt: skip

    def on(self, day: date) -> OrganisationTree:
        if day not in self._known:
            self._known[day] = build_tree(day, self._organisations, self._links, self._root)
        return self._known[day]

    def name(self, code: str) -> Text:
        """Its name, closed or not; the code where nobody knows it."""
        return next((o.label for o in self._organisations if o.code == code), Text(code, code))


_standing: list[tuple[str, str, Trees]] = []


def trees_now(root: str) -> Trees:
    """The trees as the database has them now: those that were read last, unless an organisation or a link has changed since. One
    query."""
    state = state_of_places()
    for known_root, known_state, trees in list(_standing):
        if (known_root, known_state) == (root, state):
            return trees
    trees = Trees(root)
    _standing[:] = [(root, state, trees)]
    return trees


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _days(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {**row, **{n: date.fromisoformat(row[n]) if row[n] else None for n in names}}


_spans: list[tuple[OrganisationTree, dict[str, tuple[int, int]]]] = []
_KEPT = 8


def spans_of(tree: OrganisationTree) -> dict[str, tuple[int, int]]:
    """Of each place its number when the tree is walked downwards branch by branch, and the first number after all that stand below it."""
    for known, spans in list(_spans):
        if known is tree:
            return spans
    spans: dict[str, tuple[int, int]] = {}
    walked, open_ = 0, [(code, False) for code in tree.codes if tree.parent(code) is None]
    while open_:
        code, left = open_.pop()
        if left:
            spans[code] = (spans[code][0], walked)
            continue
        spans[code] = (walked, walked)
        walked += 1
        open_.append((code, True))
        open_ += [(child, False) for child in reversed(tree.children(code))]
    _spans[:] = [*_spans[-_KEPT + 1 :], (tree, spans)]
    return spans


@dataclass(frozen=True)
class Placing:
    """A tree, and what became of organisations that are not in it."""

    tree: OrganisationTree
    trees: Trees

    def node_of(self, code: str) -> str:
        """The organisation itself, else the open one it has become; the root for one that nobody knows, so that nobody is lost."""
        return self.tree.present(code) or self.tree.root

    def merged_into(self, node: str, codes: Iterable[str], *, after: date) -> list[str]:
        """Those of `codes` that were still open on the day `after` and have since become `node`."""
        then = self.trees.on(after)
        return sorted(c for c in codes if c not in self.tree and c in then and self.tree.present(c) == node)

    def name(self, code: str) -> Text:
        return self.tree.name(code) if code in self.tree else self.trees.name(code)


@dataclass(frozen=True)
class Reporting:
    """The tree as far as somebody in it reports: together with organisations that were open at the start of a period and have since closed
    (each stands beside the one it has become, as it did when it filed its returns), and without the branches where nobody ever filed what
    is asked for. within: those who did, and all above them; most of a county's thousand clinics never file most forms."""

    placing: Placing
    closed: Collection[str]
    within: Collection[str]

    def children(self, code: str) -> list[str]:
        tree = self.placing.tree
        if code not in tree:
            return []
        beside = [c for c in self.closed if tree.parent(self.placing.node_of(c)) == code]
        return [c for c in (*tree.children(code), *beside) if c in self.within]

    def descendants(self, code: str) -> list[str]:
        tree = self.placing.tree
        if code not in tree:
            return [code]
        below = [*tree.descendants(code), *(c for c in self.closed if tree.is_under(self.placing.node_of(c), code))]
        return [c for c in below if c in self.within]
