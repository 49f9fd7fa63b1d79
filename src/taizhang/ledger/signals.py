"""Announcing new versions. Rooms above subscribe; the ledger knows none of them."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger("taizhang.ledger")


@dataclass(frozen=True, slots=True)
class Announcement:
    """A new version. residents: those whose rows changed since `previous`; None: unknown, take all. tables: likewise for tables."""

    number: int
    previous: int | None
    residents: list[int] | None
    tables: set[str] | None


Subscriber = Callable[[Announcement], None]
_subscribers: list[Subscriber] = []


def on_new_version(callback: Subscriber) -> Subscriber:
    """Call `callback` after each new version, in the process that made it. Subscribing twice is once."""
    if callback not in _subscribers:
        _subscribers.append(callback)
    return callback


def forget(callback: Subscriber) -> None:
    """End a subscription."""
    if callback in _subscribers:
        _subscribers.remove(callback)


def announce(number: int, previous: int | None) -> None:
    """Tell every subscriber. One that fails is logged (without its message, which could hold a person's values) and stops nobody."""
    if not _subscribers:
        return
    from taizhang.ledger import changed

    known = previous is not None
    announcement = Announcement(
        number,
        previous,
        changed.residents(previous, number) if known else None,
        changed.tables(previous, number) if known else None,
    )
    for callback in list(_subscribers):
        try:
            callback(announcement)
        except Exception as error:
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("version %s: %s failed with %s\n%s", number, callback.__qualname__, type(error).__name__, where)
