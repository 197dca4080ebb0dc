"""What a training script says of its run."""

from __future__ import annotations

import math
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from .amounts import UNKNOWN
from .delivery import Delivery
from .exits import at_exit, no_exit
from .ranks import Rank
from .recorder import Recorder
from .records import Record
from .server import post_lines, server_of
from .settings import Settings
from .spool import SpoolWriter
from .values import amount_of, captured, number_of, plain, step_of

Method = Literal["measured", "reported", "declared", "inferred", "sampled"]
"""How a number was counted."""

SLICE = re.compile(r"[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*")

# Characters of names: those of columns are shorter.
MOST_NAME = {"row": 64, "point": 512}
MOST_SLICE, MOST_SHARD, MOST_TOKENIZER = 128, 256, 256
MOST_RANGES = MOST_SKIPPED = 10_000
DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Status:
    """Counts since the start of the process. What is spooled and not sent is sent later, by this process or by `sync`."""

    attempt: int
    waiting: int
    """Records on the disk."""
    spooled: int
    """Events that the server has answered for."""
    sent: int
    """Those of them that it refused; they are in `refused.ndjson` beside the spool, with the reason."""
    refused: int
    """Records that were dropped because too much waited for the disk, or because that had no room at the end."""
    dropped: int
    """Calls whose values can't be recorded."""
    invalid: int
    """The newest reason for any of these."""
    last_error: str | None


class Run:
    """
    An attempt of a run. Its methods return at once and throw nothing: what they are given is on the disk within
    `TRIBUTARY_FLUSH_SECONDS`, and with the server when that answers. A copy in a forked process records nothing.
    """

    def __init__(self, writer: SpoolWriter, settings: Settings, rank: Rank, left: Sequence[Path]) -> None:
        self.id, self.attempt, self.settings, self.rank = writer.writer.run, writer.writer.attempt, settings, rank
        self.folder = writer.folder
        self.is_first = rank.number == 0
        self.is_recording = True
        self.last_step: int | None = None
        self.delivery: Delivery | None = None
        if settings.mode == "online":
            self.delivery = Delivery(self.folder, lambda lines: post_lines(server_of(settings), lines), left)
        notice = self.delivery.notice if self.delivery else lambda: None
        self.recorder = Recorder(writer, settings.flush_seconds, notice)
        self.ending = threading.Lock()
        at_exit(self)

    def log(self, metrics: Mapping[str, Any], *, step: int, tokens: int | None = None) -> None:
        """
        Metrics of a step, by name; once a step. `tokens` are those of the step, over all processes, and no running total.
        Tensors are read later, from another thread, as they are now.
        """
        self._metrics("row", step, metrics, tokens)

    def measure(self, metrics: Mapping[str, Any], *, step: int) -> None:
        """Metrics that are measured beside the steps, such as a validation loss: a name may have any number of values at a step."""
        self._metrics("point", step, metrics)

    def batch(self, step: int, amounts: Mapping[str | tuple[str, str], Any], *, first_step: int | None = None,
              unit: Literal["token", "byte"] = "token", method: Method = "measured", tokenizer: str | None = None,
              documents: Sequence[tuple[str, int, int]] | None = None) -> None:
        """
        What was consumed in a step, or since `first_step`: an amount for each slice, or for each (slice, shard). It is what this
        process consumed where each of several processes knows its attempt, otherwise what all of them did. `documents` says
        which of them in order, where there is one process: (shard, first, count).
        """
        if not self.is_recording:
            return
        try:
            last = step_of(step)
            first = last if first_step is None else step_of(first_step)
            counted = {"unit": unit, "method": method} | ({} if tokenizer is None else {"tokenizer": _text(tokenizer, MOST_TOKENIZER)})
            given = [(name, captured(amount)) for name, amount in amounts.items()]
            order = None if documents is None else self._documents(first, last, documents)
            if first > last:
                raise ValueError(f"steps {first} to {last} are none")
        except Exception as error:
            return self.recorder.refuse(error)
        self._saw(last)
        self.recorder.give(lambda time: ["batch", first, last, counted, _amounts(given), order, time], "lineage")

    def checkpoint(self, step: int, *, id: str | None = None, uri: str | None = None, tokens: int | None = None,
                   digest: str | None = None, bytes: int | None = None, parents: Sequence[str] | None = None) -> str:
        """
        The parameters were saved. `tokens` are those consumed up to the step. Returns the id, `RUN@STEP` where none is
        given, which a later run names as its `parent_checkpoint`. This one call waits for the disk, `TRIBUTARY_EXIT_SECONDS` at
        most: whoever goes on from the checkpoint finds recorded all that this process said before it, where the call comes
        before the checkpoint gets its final name. Other processes of the run call `flush` there.
        """
        name = id or f"{self.id}@{step}"
        self._fact("training.checkpoint.saved", lambda: self._of_attempt() | {
            "checkpointId": name, "step": self._saw(step_of(step)), "uri": uri, "tokens": tokens, "digest": _digest(digest),
            "bytes": bytes, "parents": parents})
        if not self.flush(self.settings.exit_seconds) and self.is_recording:
            self.recorder.last_error = f"checkpoint {name} is not on the disk yet: {self.recorder.last_error}"
        return name

    def score(self, benchmark: str, value: float, *, capability: str, metric: str, unit: str, higher_is_better: bool,
              harness: str, step: int | None = None, checkpoint: str | None = None, method: Method = "measured",
              **more: Any) -> None:
        """A score of a checkpoint. `more` are further members of `evaluation.score.recorded`, by their names there."""
        self._fact("evaluation.score.recorded", lambda: {
            "runId": self.id, "checkpointId": checkpoint, "step": step, "capability": capability, "benchmark": benchmark,
            "metric": metric, "harness": {"name": harness}, "value": _finite(value), "unit": unit,
            "higherIsBetter": higher_is_better, "method": method, **_said(more)})

    def skipped(self, steps: Iterable[int], *, reason: Literal["nan", "overflow", "operator", "unknown"]) -> None:
        """Steps whose update was not applied, as after an overflow: what they read was not learned from."""
        def data() -> dict[str, Any]:
            if reason not in ("nan", "overflow", "operator", "unknown"):
                raise ValueError(f"{reason!r} is no reason to skip steps: nan, overflow, operator or unknown")
            found = sorted({step_of(step) for step in steps})
            if not 1 <= len(found) <= MOST_SKIPPED:
                raise ValueError(f"{len(found)} steps were skipped: name 1 to {MOST_SKIPPED} at a time")
            return self._of_attempt() | {"steps": found, "reason": reason}

        self._fact("training.steps.skipped", data)

    def annotate(self, **tags: str) -> None:
        """Tags of the run; the newest value of each counts."""
        self._fact("training.run.annotated", lambda: {"runId": self.id, "tags": {name: str(tag) for name, tag in tags.items()}})

    def flush(self, seconds: float = 60.0) -> bool:
        """Waits until all that was recorded before is on the disk, so many seconds at most. Whether it is."""
        return self.is_recording and self.recorder.flush(seconds)

    def finish(self, status: Literal["completed", "failed", "stopped"] = "completed", *, reason: str | None = None) -> None:
        """Ends the attempt, and waits for the disk and the server, `TRIBUTARY_EXIT_SECONDS` at most."""
        self.end(status, reason=reason)
        self.close()

    def end(self, status: Literal["completed", "failed", "stopped"], *, reason: str | None = None) -> None:
        """The training ended, and what is measured afterwards is still recorded, until `close` or the exit of the process."""
        self._fact("training.run.ended", lambda: self._of_attempt() | {
            "status": status, "lastStep": self.last_step, "reason": reason or None})

    def close(self) -> None:
        """As `finish`, for a process that leaves the attempt without an end."""
        with self.ending:
            if not self.is_recording:
                return
            if self.recorder.dropped:
                self.annotate(**{"tributary.dropped": str(self.recorder.dropped)})
            self.is_recording = False
        no_exit(self)
        until = time.monotonic() + self.settings.exit_seconds
        self.recorder.close(self.settings.exit_seconds)
        if self.delivery:
            self.delivery.close(max(0.0, until - time.monotonic()))

    def status(self) -> Status:
        recorder, shipped = self.recorder, self.delivery.shipped if self.delivery else None
        reasons = [recorder.last_error, self.delivery and self.delivery.last_error, shipped and shipped.reason]
        return Status(
            attempt=self.attempt, waiting=len(recorder.waiting), spooled=recorder.spooled,
            sent=shipped.sent if shipped else 0, refused=shipped.refused if shipped else 0,
            dropped=recorder.dropped, invalid=recorder.invalid,
            last_error=next((reason for reason in reasons if reason), None))

    def __enter__(self) -> Run:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.finish()
        elif issubclass(kind, (KeyboardInterrupt, SystemExit)):
            self.finish("stopped", reason=kind.__name__)
        else:
            self.finish("failed", reason=kind.__name__)

    def forked(self) -> None:
        """This is a copy in another process: the run goes on in that one."""
        self.is_recording = False

    def begin(self, data: Mapping[str, Any]) -> None:
        """The fact that the attempt began, as JSON can say it."""
        self._fact("training.run.started", lambda: self._of_attempt() | dict(data))

    def _metrics(self, kind: Literal["row", "point"], step: int, metrics: Mapping[str, Any], tokens: Any = None) -> None:
        if not (self.is_recording and self.is_first):
            return
        try:
            values = {name: captured(value) for name, value in metrics.items()}
            if tokens is not None:
                values["tokens"] = captured(tokens)
            at = self._saw(step_of(step))
        except Exception as error:
            return self.recorder.refuse(error)
        self.recorder.give(lambda time: [kind, at, _named(values, kind), time], "metrics")

    def _documents(self, first: int, last: int, documents: Sequence[tuple[str, int, int]]) -> list[Record]:
        if first != last:
            raise ValueError("documents are those of one step")
        if self.rank.processes > 1:
            raise ValueError("documents of one of several processes say nothing of the order of all")
        if len(documents) > MOST_RANGES:
            raise ValueError(f"{len(documents)} ranges of documents are more than {MOST_RANGES}")
        return [[_text(shard, MOST_SHARD), step_of(begin), _count(count)] for shard, begin, count in documents]

    def _of_attempt(self) -> dict[str, Any]:
        return {"runId": self.id, "attempt": self.attempt}

    def _fact(self, kind: str, data: Callable[[], Mapping[str, Any]]) -> None:
        if not (self.is_recording and self.is_first):
            return
        try:
            said = plain({name: value for name, value in data().items() if value is not None})
        except Exception as error:
            return self.recorder.refuse(error)
        self.recorder.give(lambda time: ["fact", kind, said, time], "lineage")

    def _saw(self, step: int) -> int:
        self.last_step = step if self.last_step is None else max(self.last_step, step)
        return step


def _named(values: Mapping[str, Any], kind: Literal["row", "point"]) -> dict[str, Any]:
    if not values:
        raise ValueError("no metric is named")
    found = {_text(name, MOST_NAME[kind]): number_of(value) for name, value in values.items()}
    if kind == "row" and "tokens" in found:
        found["tokens"] = step_of(found["tokens"])
    return found


def _text(text: Any, most: int) -> str:
    if not isinstance(text, str) or not 1 <= len(text) <= most or "\0" in text:
        raise ValueError(f"{str(text)[:most]!r} is no name: text of 1 to {most} characters")
    return text


def slice_and_shard(name: Any) -> tuple[str, str | None]:
    """Of the name of an amount. Throws ValueError."""
    slice_name, shard = name if isinstance(name, tuple) else (name, None)
    if not SLICE.fullmatch(_text(slice_name, MOST_SLICE)):
        raise ValueError(f"{slice_name!r} is no slice: a path of lower-case names, such as math/structured")
    return slice_name, None if shard is None else _text(shard, MOST_SHARD)


def _amounts(given: Sequence[tuple[Any, Any]]) -> list[list[Any]]:
    for name, reason in given:
        if name == UNKNOWN:
            raise ValueError(f"what a batch holds is not known: {reason}")
    return [[*slice_and_shard(name), amount_of(amount)] for name, amount in given]


def _count(value: Any) -> int:
    count = step_of(value)
    if count == 0:
        raise ValueError("a range of no documents is none")
    return count


def _said(more: Mapping[str, Any]) -> dict[str, Any]:
    """Without numbers that are not finite: a harness gives such an error for a single item."""
    return {name: value for name, value in more.items() if not isinstance(value, float) or math.isfinite(value)}


def _digest(digest: str | None) -> str | None:
    if digest is not None and not DIGEST.fullmatch(digest):
        raise ValueError("a digest is a SHA-256 of 64 lower-case hexadecimal digits")
    return digest


def _finite(value: Any) -> float | int:
    number = number_of(captured(value))
    if isinstance(number, str):
        raise ValueError(f"{number} is no score")
    return number
