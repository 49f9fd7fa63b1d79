"""Whom a write has touched: what rooms above do in the same transaction when a person's records, birth or residence have changed.

The county knows no room above it; they ask here to be told (the worklist does).
"""

from collections.abc import Callable, Collection

# residents, and the ledger table that was written (a line of work's, "resident" or "residency").
Follower = Callable[[Collection[int], str], None]
_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Call `follower` at every write, once however often it asks."""
    if follower not in _followers:
        _followers.append(follower)


def touched(residents: Collection[int], table: str) -> None:
    """Tell that records of these residents were written, inside the transaction that wrote them."""
    if residents:
        for follower in _followers:
            follower(residents, table)
