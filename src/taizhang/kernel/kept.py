"""What is worked out of a definition again and again, kept beside it."""

from collections.abc import Callable
from typing import Generic, TypeVar

MadeT = TypeVar("MadeT")
_MOST = 4096


class Kept(Generic[MadeT]):
    """By the definition's identity, not by its value: hashing a tree walks all of it, which is what is to be saved. The definition is held
    beside what was made of it, so that no other object can take its identity."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, MadeT]] = {}

    def of(self, definition: object, make: Callable[[], MadeT]) -> MadeT:
        found = self._known.get(id(definition))
        if found is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            found = self._known[id(definition)] = (definition, make())
        return found[1]
