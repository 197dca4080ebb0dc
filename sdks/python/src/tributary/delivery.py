"""Sends spools from a thread, for as long as its process lives."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

from .server import Unavailable
from .shipping import Post, Shipped, ship
from .spool import SpoolUnreadable, close_left

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0


class Delivery:
    """
    Sends what was cut, and again what was not taken; waits longer each time that nobody answers. First what earlier processes
    of the run have left.
    """

    def __init__(self, folder: Path, post: Post, left: Iterable[Path]) -> None:
        self.folder, self.post, self.left = folder, post, list(left)
        self.shipped = Shipped()
        self.last_error: str | None = None
        self.work, self.stopped = threading.Event(), threading.Event()
        self.is_idle = threading.Event()
        self.is_idle.set()
        self.thread = threading.Thread(target=self._run, name="tributary-delivery", daemon=True)
        self.thread.start()

    def notice(self) -> None:
        """Something was cut."""
        self.is_idle.clear()
        self.work.set()

    def close(self, seconds: float) -> bool:
        """Whether all that was cut has been sent in time. Nothing is sent afterwards."""
        is_sent = self.is_idle.wait(timeout=seconds)
        self.stopped.set()
        self.work.set()
        self.thread.join(timeout=1.0)
        return is_sent

    def _run(self) -> None:
        wait = FIRST_WAIT
        while not self.stopped.is_set():
            self.work.wait()
            self.work.clear()
            after = self._attempt()
            if after is None:
                wait = FIRST_WAIT
                if not self.work.is_set():
                    self.is_idle.set()
                continue
            self.work.set()
            self.stopped.wait(timeout=min(LONGEST_WAIT, max(after, wait)))
            wait = min(LONGEST_WAIT, wait * 2)

    def _attempt(self) -> float | None:
        """Seconds to wait at least before the next attempt; None where everything was sent, or nothing ever can be."""
        try:
            while self.left:
                self._send_left(self.left[0])
                del self.left[0]
            ship(self.folder, self.post, self.shipped, self.stopped.is_set)
        except Unavailable as error:
            self.last_error = str(error)
            return error.after or 0.0
        except OSError as error:
            self.last_error = f"the spool can't be read: {error}"
            return 0.0
        except SpoolUnreadable as error:
            self.last_error = str(error)
            return None
        except Exception as error:  # An answer that nobody foresaw: what was recorded stays where it is.
            self.last_error = f"not sent: {type(error).__name__}: {error}"
            return LONGEST_WAIT
        self.last_error = None
        return None


    def _send_left(self, folder: Path) -> None:
        try:
            close_left(folder)
            ship(folder, self.post, self.shipped, self.stopped.is_set)
        except SpoolUnreadable as error:
            self.last_error = str(error)
