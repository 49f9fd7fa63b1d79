"""A consumer to be killed. Loads once, then forks a fresh consumer per line read: "run", or "die POINT" to kill itself at one point of a
pass. It prints the process number. Forking is safe here because the parent never uses the Delta library."""

import os
import signal
import sys
import threading

from django.conf import settings

database = sys.argv[1]

import django  # noqa: E402

settings.DATABASES["default"]["NAME"] = database
django.setup()

from taizhang.ledger import consumer, signals, tables, versions  # noqa: E402

signals._subscribers.clear()  # what rooms above do with a new version is tested there


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(owner: object, name: str, *, call: int = 1) -> None:
    """Die at the `call`th entry of a function."""
    real, seen = getattr(owner, name), []

    def wrapper(*args: object, **kwargs: object) -> object:
        seen.append(1)
        if len(seen) == call:
            die()
        return real(*args, **kwargs)

    setattr(owner, name, wrapper)


def after(owner: object, name: str) -> None:
    """Die when a function has done its work."""
    real = getattr(owner, name)

    def wrapper(*args: object, **kwargs: object) -> None:
        real(*args, **kwargs)
        die()

    setattr(owner, name, wrapper)


POINTS = {
    "before the first append": lambda: before(tables.Handle, "append"),
    "between two tables": lambda: before(tables.Handle, "append", call=2),
    "after an append": lambda: after(tables.Handle, "append"),
    "before publishing": lambda: before(consumer, "publish"),
    "inside publishing": lambda: before(consumer, "mark_taken"),
    "after marking, before the commit": lambda: after(consumer, "mark_taken"),
    "after publishing": lambda: after(consumer, "publish"),
    "in a fold, after the new base": lambda: after(tables.Handle, "overwrite"),
    "in a rebuild, after the first table": lambda: after(tables.Handle, "overwrite"),
}


def consume(order: str) -> None:
    if order == "run":
        consumer.run_forever(threading.Event(), poll=0.005)
    point = order.removeprefix("die ")
    POINTS[point]()
    if point.startswith("in a fold"):
        consumer.fold(force=True)
    elif point.startswith("in a rebuild"):
        consumer.rebuild()
    else:
        consumer.sync()
    raise AssertionError(f"{point} was never reached at version {versions.latest()}")


for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os.close(0)
        try:
            consume(line.strip())
        finally:
            os._exit(1)
    print(child, flush=True)
    if line.startswith("die"):
        _, status = os.waitpid(child, 0)
        print(os.WTERMSIG(status) if os.WIFSIGNALED(status) else -1, flush=True)
    else:
        sys.stdin.readline()  # the test says when it has killed it
        os.waitpid(child, 0)
        print("gone", flush=True)
