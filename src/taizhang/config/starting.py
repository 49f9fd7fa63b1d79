"""Starting a process: Django and all that the lines of work declare."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def starting() -> Iterator[None]:
    """What is imported and declared within stays until the process ends. Python would look through it again and again for what it may let
    go while it grows, which takes a fifth of a start, and on every full pass later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
