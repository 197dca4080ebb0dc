"""What is recorded reaches the disk where a process ends, and the server where there is time."""

from __future__ import annotations

import atexit
import os
import signal
import threading
import time
from collections.abc import Iterable
from types import FrameType
from typing import Any, Protocol

SECONDS_OF_A_SIGNAL = 2.0


class Open(Protocol):
    """A run of this process that has not ended."""

    def close(self) -> None: ...

    def flush(self, seconds: float = ...) -> bool: ...

    def forked(self) -> None: ...


_open: list[Open] = []
_before: dict[int, Any] = {}


def at_exit(run: Open) -> None:
    """Closes the run where the interpreter ends; where the process is told to end, its records reach the disk first."""
    _open.append(run)
    _watch(signal.SIGTERM)


def no_exit(run: Open) -> None:
    """The run has been closed."""
    if run in _open:
        _open.remove(run)
    if not _open:
        _unwatch(signal.SIGTERM)


@atexit.register
def _close_all() -> None:
    for run in list(_open):
        run.close()


def _forked() -> None:
    """What records in this process belongs to it alone, and a copy has no threads that could."""
    for run in _open:
        run.forked()
    _open.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)


def _watch(number: int) -> None:
    """Only the main thread may set what a signal does, and one that is ignored, or that is watched already, stays so."""
    if threading.current_thread() is not threading.main_thread():
        return
    before = signal.getsignal(number)
    if before in (signal.SIG_IGN, _on_signal, None):
        return
    _before[number] = before
    signal.signal(number, _on_signal)


def _unwatch(number: int) -> None:
    """Where the script has set another handler meanwhile, that one stays, and may call this one."""
    if threading.current_thread() is threading.main_thread() and signal.getsignal(number) is _on_signal:
        signal.signal(number, _before.pop(number, signal.SIG_DFL))


def _on_signal(number: int, frame: FrameType | None) -> None:
    """Nothing is sent: the process has no time. Then what the signal did before."""
    flushing = threading.Thread(target=_flush_all, args=(list(_open),), daemon=True)
    flushing.start()
    flushing.join(timeout=SECONDS_OF_A_SIGNAL)
    before = _before.get(number, signal.SIG_DFL)
    if callable(before):
        before(number, frame)
        return
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def _flush_all(runs: Iterable[Open]) -> None:
    """In a thread of its own: the one that was interrupted may be about to wake the recorder."""
    until = time.monotonic() + SECONDS_OF_A_SIGNAL
    for run in runs:
        run.flush(max(0.1, until - time.monotonic()))
