"""Takes what a script records off its thread, and brings it to the disk."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Literal

from .records import CUT, Record, line_of
from .spool import Line, SpoolWriter

MOST_WAITING = 100_000
RECORDS_OF_A_CUT = 64
SECONDS_OF_A_CUT = 10.0
SECONDS_AFTER_A_FAULT = 5.0

Made = Callable[[str], Record]
"""Makes a record from the time at which it was recorded; throws where it can't be one."""


class Recorder:
    """
    Puts records in order on the disk, at most `flush_seconds` after they were given, from a thread that waits for work
    without asking for it. Whoever gives one never waits, and nothing is thrown: what can't be kept is counted, with a reason.
    """

    def __init__(self, writer: SpoolWriter, flush_seconds: float, on_cut: Callable[[], None]) -> None:
        self.writer, self.flush_seconds, self.on_cut = writer, flush_seconds, on_cut
        # What to record and when it was given, or somebody who waits for all before it.
        self.waiting: deque[tuple[Made, float] | threading.Event] = deque()
        self.dropped = self.invalid = self.spooled = 0
        self.last_error: str | None = None
        self.has_failed = False
        self.work, self.hurry, self.closing = threading.Event(), threading.Event(), threading.Event()
        self.uncut, self.cut_due, self.last_step = 0, math.inf, -1
        self.thread = threading.Thread(target=self._run, name="tributary-recorder", daemon=True)
        self.thread.start()

    def give(self, made: Made, kind: Literal["metrics", "lineage"]) -> None:
        """Metrics are dropped where too much waits; what says where data came from is not."""
        if self.has_failed:
            self.dropped += 1
            return
        if kind == "metrics" and len(self.waiting) >= MOST_WAITING:
            self.dropped += 1
            self.last_error = f"more than {MOST_WAITING} records wait for the disk: metrics were dropped"
            return
        self.waiting.append((made, time.time()))
        if not self.work.is_set():
            self.work.set()

    def refuse(self, error: Exception) -> None:
        """What was given can't be recorded."""
        self.invalid += 1
        self.last_error = f"not recorded: {error}"

    def flush(self, seconds: float) -> bool:
        """Cuts what was given until now. Whether all of it is on the disk in time."""
        if self.has_failed:
            return False
        self.give(lambda _: CUT, "lineage")
        is_kept = threading.Event()
        self.waiting.append(is_kept)
        self.hurry.set()
        self.work.set()
        return is_kept.wait(timeout=seconds)

    def close(self, seconds: float) -> bool:
        """As `flush`; nothing is recorded afterwards."""
        until = time.monotonic() + seconds
        is_kept = self.flush(seconds)
        self.closing.set()
        self.work.set()
        self.thread.join(timeout=max(0.1, until - time.monotonic()))
        return is_kept

    def _run(self) -> None:
        """A fault of this thread is none of the script: nothing more is recorded, and the status says why."""
        try:
            while self.waiting or not self.closing.is_set():
                self._round()
        except Exception as error:
            self.has_failed = True
            self.dropped += len(self.waiting)
            self.last_error = f"nothing more is recorded: {type(error).__name__}: {error}"
        self.writer.close()

    def _round(self) -> None:
        if self.work.wait(timeout=self._until_cut()):
            self.hurry.wait(timeout=0 if self.closing.is_set() else self.flush_seconds)
        self.hurry.clear()
        self.work.clear()
        self._keep([self.waiting.popleft() for _ in range(len(self.waiting))])

    def _until_cut(self) -> float | None:
        return None if self.cut_due == math.inf else max(0.0, self.cut_due - time.monotonic())

    def _keep(self, taken: list[tuple[Made, float] | threading.Event]) -> None:
        """Brings what was taken to the disk; tries again where that has no room."""
        lines = self._with_cuts([line for given in taken if isinstance(given, tuple) for line in self._made(*given)])
        while lines and not self._append(lines):
            if self.closing.wait(timeout=SECONDS_AFTER_A_FAULT):
                self.dropped += sum(record != CUT for record, _ in lines)
                return
        for given in taken:
            if isinstance(given, threading.Event):
                given.set()
        if any(record == CUT for record, _ in lines):
            self.on_cut()

    def _made(self, made: Made, at: float) -> list[Line]:
        try:
            record = made(datetime.fromtimestamp(at, timezone.utc).isoformat(timespec="milliseconds"))
            return [(record, line_of(record))]
        except Exception as error:  # A value of the script's own types may throw anything.
            self.refuse(error)
            return []

    def _with_cuts(self, lines: list[Line]) -> list[Line]:
        """
        A cut after each fact; after so many records, before the next step, because a step that stands on both sides of a cut is
        recorded twice; and after so many seconds. None after another one.
        """
        kept: list[Line] = []
        for record, line in lines:
            if record == CUT:
                self._cut(kept)
                continue
            if self._is_full() and _begins_a_step(record, self.last_step):
                self._cut(kept)
            kept.append((record, line))
            self.uncut += 1
            if record[0] == "fact":
                self._cut(kept)
            elif record[0] != "point":
                self.last_step = max(self.last_step, record[2] if record[0] == "batch" else record[1])
        if not lines and time.monotonic() >= self.cut_due:
            self._cut(kept)
        if lines and self.uncut > 0:
            self.cut_due = time.monotonic() + SECONDS_OF_A_CUT if self.cut_due == math.inf else self.cut_due
        return kept

    def _is_full(self) -> bool:
        return self.uncut >= RECORDS_OF_A_CUT or time.monotonic() >= self.cut_due

    def _cut(self, kept: list[Line]) -> None:
        if self.uncut > 0:
            kept.append((CUT, line_of(CUT)))
        self.uncut, self.cut_due = 0, math.inf

    def _append(self, lines: list[Line]) -> bool:
        try:
            self.writer.append(lines)
        except OSError as error:
            self.last_error = f"not on the disk yet: {error}"
            return False
        self.spooled += sum(record != CUT for record, _ in lines)
        return True


def _begins_a_step(record: Record, last_step: int) -> bool:
    """Whether nothing of the step is recorded yet; also where a run goes back."""
    if record[0] in ("fact", "point"):
        return False
    return record[1] != last_step if record[0] == "row" else record[1] > last_step or record[2] < last_step
