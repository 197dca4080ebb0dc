"""What is recorded reaches the disk where a process ends, and the server where there is time."""

from __future__ import annotations

import atexit
import os
import signal
import threading
from types import FrameType
from typing import Any, Protocol

SECONDS_OF_A_SIGNAL = 2.0


class Open(Protocol):
    """A run of this process that has not ended."""

    def close(self) -> None: ...

    def forked(self) -> None: ...

    def flush(self, seconds: float = ...) -> bool: ...


_open: list[Open] = []
_before: dict[int, Any] = {}


def _forked() -> None:
    """Only what records in this process belongs to it, and a copy has no threads that could."""
    for run in _open:
        run.forked()
    _open.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)


def at_exit(run: Open) -> None:
    """Closes the run where the interpreter ends; where the process is told to end, its records reach the disk first."""
    _open.append(run)
    if len(_open) == 1:
        atexit.register(_close_all)
        _watch(signal.SIGTERM)


def no_exit(run: Open) -> None:
    """The run has been closed."""
    if run in _open:
        _open.remove(run)
    if not _open:
        atexit.unregister(_close_all)
        _unwatch(signal.SIGTERM)


def _close_all() -> None:
    for run in list(_open):
        run.close()


def _watch(number: int) -> None:
    """Only the main thread may set what a signal does, and one that is ignored stays so."""
    if threading.current_thread() is threading.main_thread() and signal.getsignal(number) is not signal.SIG_IGN:
        _before[number] = signal.signal(number, _on_signal)


def _unwatch(number: int) -> None:
    if number in _before and threading.current_thread() is threading.main_thread():
        if signal.getsignal(number) is _on_signal:
            signal.signal(number, _before[number])
        del _before[number]


def _on_signal(number: int, frame: FrameType | None) -> None:
    """Nothing is sent: the process has no time. Then what the signal did before."""
    for run in list(_open):
        run.flush(SECONDS_OF_A_SIGNAL)
    before = _before.get(number, signal.SIG_DFL)
    if callable(before):
        before(number, frame)
        return
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
