"""The consumer as a child process of `serve` and `demo`: started anew, never forked, because the Delta library does not survive a fork."""

import os
import signal
import stat
import subprocess
import sys
import threading

from django.conf import settings

from taizhang.config.starting import starting

_NICE = 5  # somebody waits for a page, nobody for the next version: on a busy machine the site goes first


def start() -> "subprocess.Popen[bytes]":
    """Start the consumer for the home in force. It ends when this process ends: it reads a pipe that closes then."""
    environment = {**os.environ, "TAIZHANG_HOME": str(settings.HOME.path)}
    return subprocess.Popen([sys.executable, "-m", "taizhang.ledger"], stdin=subprocess.PIPE, env=environment)


def stop(child: "subprocess.Popen[bytes]", timeout: float = 20) -> None:
    """End it after the pass at hand."""
    if child.stdin:
        child.stdin.close()
    try:
        child.wait(timeout)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def main() -> None:
    """What the child runs."""
    import django

    with starting():
        django.setup()
        from taizhang.ledger.consumer import run_forever

    os.nice(_NICE)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    if stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):  # a service of its own has no pipe and ends by a signal
        threading.Thread(target=lambda: (sys.stdin.buffer.read(), ended.set()), daemon=True).start()
    run_forever(ended)
