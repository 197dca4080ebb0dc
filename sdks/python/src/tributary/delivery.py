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
    Sends what was cut, and again what was not taken; waits longer each time that nobody answers. Then what earlier attempts of the
    run have left.
    """

    def __init__(self, folder: Path, post: Post, left: Iterable[Path]) -> None:
        self.folder, self.post, self.left = folder, post, list(left)
        self.shipped = Shipped()
        self.last_error: str | None = None
        self.stopped = threading.Event()
        self.changed = threading.Condition()
        # Cuts that were noticed, those that were sent, and whether somebody waits for an end of all attempts.
        self.noticed, self.sent, self.is_closing = 1, 0, False
        self.thread = threading.Thread(target=self._run, name="tributary-delivery", daemon=True)
        self.thread.start()

    def notice(self) -> None:
        """Something was cut."""
        with self.changed:
            self.noticed += 1
            self.changed.notify_all()

    def close(self, seconds: float) -> bool:
        """Whether all that was cut has been sent in time. No request begins afterwards."""
        with self.changed:
            self.is_closing = True
            self.changed.notify_all()
            is_sent = self.changed.wait_for(lambda: self.sent == self.noticed, timeout=seconds)
            self.stopped.set()
            self.changed.notify_all()
        self.thread.join(timeout=0.1)
        return is_sent

    def _run(self) -> None:
        wait = FIRST_WAIT
        while not self.stopped.is_set():
            with self.changed:
                self.changed.wait_for(lambda: self.sent < self.noticed or self.stopped.is_set())
                reached = self.noticed
            after = self._send(self.folder)
            if after is None:
                wait = FIRST_WAIT
                self._send_left()
                with self.changed:
                    self.sent = reached
                    self.changed.notify_all()
                continue
            self._rest(min(LONGEST_WAIT, max(after, wait)))
            wait = min(LONGEST_WAIT, wait * 2)

    def _rest(self, seconds: float) -> None:
        """A run that ends asks once more at once, and then as often as at the beginning."""
        with self.changed:
            if self.is_closing:
                self.changed.wait_for(self.stopped.is_set, timeout=min(seconds, FIRST_WAIT))
            else:
                self.changed.wait_for(lambda: self.is_closing or self.stopped.is_set(), timeout=seconds)

    def _send_left(self) -> None:
        """Once, each time that the own spool has been sent: an earlier one that can't be sent keeps nobody waiting."""
        self.left = [folder for folder in self.left if self.stopped.is_set() or self._send(folder, is_left=True) is not None]

    def _send(self, folder: Path, is_left: bool = False) -> float | None:
        """A spool of an earlier attempt that can't be read concerns nobody who records now: `sync` says why."""
        try:
            if is_left:
                close_left(folder)
            ship(folder, self.post, self.shipped, self.stopped.is_set)
        except Unavailable as error:
            self.last_error = str(error)
            return error.after or 0.0
        except SpoolUnreadable as error:
            self.last_error = str(error)
            return None
        except Exception as error:
            self.last_error = f"{folder} was not sent: {type(error).__name__}: {error}"
            return None if is_left else LONGEST_WAIT
        if not is_left:
            self.last_error = None
        return None
