"""Announcing new versions. Rooms above subscribe; the ledger knows none of them."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

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


CatchUp = Callable[[int], None]
_catching_up: list[CatchUp] = []


def on_catching_up(callback: CatchUp) -> CatchUp:
    """Call `callback` with a version's number, in the process that made it, once for all versions of a few seconds: what need not follow
    each of them. Subscribing twice is once."""
    if callback not in _catching_up:
        _catching_up.append(callback)
    return callback


def catch_up(number: int) -> None:
    """Tell every such subscriber; one that fails is logged as in `announce`."""
    for callback in list(_catching_up):
        _tell(number, callback.__qualname__, partial(callback, number))


Idler = Callable[[], bool]
_idlers: list[Idler] = []


def while_idle(callback: Idler) -> Idler:
    """Have the running consumer call `callback` again and again while nothing has waited for some minutes, until it says that nothing is
    left. Each call is short: what is saved meanwhile waits for it. Subscribing twice is once."""
    if callback not in _idlers:
        _idlers.append(callback)
    return callback


def idle() -> bool:
    """Whether any of them did something. One that fails is logged and has nothing left for now."""
    busy = False
    for callback in list(_idlers):
        try:
            busy |= callback()
        except Exception as error:
            _log(f"{callback.__qualname__} while idle", error)
    return busy


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
        _tell(number, callback.__qualname__, partial(callback, announcement))


def _tell(number: int, name: str, call: Callable[[], None]) -> None:
    try:
        call()
    except Exception as error:
        _log(f"version {number}: {name}", error)


def _log(what: str, error: Exception) -> None:
    """Without its message, which could hold a person's values."""
    log.error("%s failed with %s\n%s", what, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
