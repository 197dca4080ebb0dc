"""What a training script says of its run."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal

from .exits import at_exit, no_exit
from .delivery import Delivery
from .events import Writer
from .ranks import Rank
from .records import Record
from .recorder import Recorder
from .server import post_events, server_of
from .settings import Settings
from .spool import SpoolWriter, folder_of, run_folder, spools_in
from .values import captured, number_of, plain

Method = Literal["measured", "reported", "declared", "inferred", "sampled"]
"""How a number was counted."""

SLICE = re.compile(r"[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*")
# What needs no copy.
IMMUTABLE = frozenset({float, int})

# Characters of a name: those of columns are shorter.
MOST_NAME = {"row": 64, "point": 512}


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
    """Metrics that were dropped because too much waited for the disk."""
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

    def __init__(self, writer: Writer, settings: Settings, rank: Rank) -> None:
        """Throws SpoolInUse, SpoolUnreadable, OSError."""
        self.id, self.attempt, self.settings, self.rank = writer.run, writer.attempt, settings, rank
        self.is_first = rank.number == 0
        self.is_recording = True
        self.last_step: int | None = None
        self.folder = folder_of(settings.spool, writer)
        spool = SpoolWriter(self.folder, writer)
        self.delivery: Delivery | None = None
        if settings.mode == "online":
            left = [one for one in spools_in(run_folder(settings.spool, self.id)) if one != self.folder]
            self.delivery = Delivery(self.folder, lambda events: post_events(server_of(settings), events), left)
        notice = self.delivery.notice if self.delivery else lambda: None
        self.recorder = Recorder(spool, settings.flush_seconds, notice)
        self.ending = threading.Lock()
        notice()
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
        What this process consumed in a step, or since `first_step`: an amount for each slice, or for each (slice, shard).
        `documents` says which of them in order: (shard, first, count).
        """
        if not self.is_recording:
            return
        try:
            copied, order = dict(amounts), None if documents is None else list(documents)
        except Exception as error:
            return self._cannot(error)
        first = step if first_step is None else first_step
        counted = {"unit": unit, "method": method} | ({"tokenizer": tokenizer} if tokenizer else {})
        self._saw(step)
        self.recorder.give(lambda time: ["batch", *_steps(first, step, order), counted, _amounts(copied),
                                         _documents(order), time], "lineage")

    def checkpoint(self, step: int, *, id: str | None = None, uri: str | None = None, tokens: int | None = None,
                   digest: str | None = None, bytes: int | None = None, parents: Sequence[str] | None = None) -> str:
        """
        The parameters were saved. `tokens` are those consumed up to the step. Returns the id, `RUN@STEP` where none is
        given, which a later run names as its `parent_checkpoint`. This one call waits for the disk: whoever goes on from the
        checkpoint finds recorded all that is before it, where the call comes before the checkpoint gets its final name.
        """
        name = id or f"{self.id}@{step}"
        self._fact("training.checkpoint.saved", self._attempt() | {
            "checkpointId": name, "step": step, "uri": uri, "tokens": tokens, "digest": digest, "bytes": bytes,
            "parents": parents}, step)
        self.flush(self.settings.exit_seconds)
        return name

    def score(self, benchmark: str, value: float, *, capability: str, metric: str, unit: str, higher_is_better: bool,
              harness: str, step: int | None = None, checkpoint: str | None = None, method: Method = "measured",
              **more: Any) -> None:
        """A score of a checkpoint. `more` are further members of `evaluation.score.recorded`, by their names there."""
        self._fact("evaluation.score.recorded", {
            "runId": self.id, "checkpointId": checkpoint, "step": step, "capability": capability, "benchmark": benchmark,
            "metric": metric, "harness": {"name": harness}, "value": value, "unit": unit,
            "higherIsBetter": higher_is_better, "method": method, **more})

    def skipped(self, steps: Iterable[int], *, reason: str) -> None:
        """Steps whose update was not applied, as after an overflow: what they read was not learned from."""
        try:
            found = sorted(steps)
        except Exception as error:
            return self._cannot(error)
        self._fact("training.steps.skipped", self._attempt() | {"steps": found, "reason": reason})

    def annotate(self, **tags: str) -> None:
        """Tags of the run; the newest value of each counts."""
        self._fact("training.run.annotated", {"runId": self.id, "tags": {name: str(tag) for name, tag in tags.items()}})

    def flush(self, seconds: float = 60.0) -> bool:
        """Waits until all that was recorded before is on the disk, so many seconds at most. Whether it is."""
        return self.is_recording and self.recorder.flush(seconds)

    def finish(self, status: Literal["completed", "failed", "stopped"] = "completed", *, reason: str | None = None) -> None:
        """Ends the attempt, and waits for the disk and the server, each `TRIBUTARY_EXIT_SECONDS` at most."""
        self._fact("training.run.ended", self._attempt() | {"status": status, "lastStep": self.last_step, "reason": reason})
        self.close()

    def close(self) -> None:
        """As `finish`, for a process that leaves the attempt without an end."""
        with self.ending:
            if not self.is_recording:
                return
            self.is_recording = False
        no_exit(self)
        if self.recorder.dropped:
            self.recorder.give(_record_of("training.run.annotated", {
                "runId": self.id, "tags": {"tributary.dropped": str(self.recorder.dropped)}}), "lineage")
        self.recorder.close(self.settings.exit_seconds)
        if self.delivery:
            self.delivery.close(self.settings.exit_seconds)

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

    def start(self, data: Mapping[str, Any]) -> None:
        """The fact that the attempt began."""
        self._fact("training.run.started", self._attempt() | dict(data))

    def _metrics(self, kind: Literal["row", "point"], step: int, metrics: Mapping[str, Any], tokens: Any = None) -> None:
        if not (self.is_recording and self.is_first):
            return
        try:
            values = {name: value if type(value) in IMMUTABLE else captured(value) for name, value in metrics.items()}
            if tokens is not None:
                values["tokens"] = captured(tokens)
        except Exception as error:
            return self._cannot(error)
        self._saw(step)
        self.recorder.give(lambda time: [kind, _step(step), _named(values, MOST_NAME[kind]), time], "metrics")

    def _attempt(self) -> dict[str, Any]:
        return {"runId": self.id, "attempt": self.attempt}

    def _fact(self, kind: str, data: Mapping[str, Any], step: int | None = None) -> None:
        if not (self.is_recording and self.is_first):
            return
        if step is not None:
            self._saw(step)
        self.recorder.give(_record_of(kind, {name: value for name, value in data.items() if value is not None}), "lineage")

    def _saw(self, step: Any) -> None:
        if isinstance(step, int):
            self.last_step = step if self.last_step is None else max(self.last_step, step)

    def _cannot(self, error: Exception) -> None:
        self.recorder.invalid += 1
        self.recorder.last_error = f"not recorded: {error}"


def _record_of(kind: str, data: Mapping[str, Any]) -> Any:
    return lambda time: ["fact", kind, plain(data), time]


def _step(step: Any) -> int:
    found = number_of(step)
    if not isinstance(found, int) or found < 0:
        raise ValueError(f"{step!r} is no step: steps are whole numbers from 0")
    return found


def _steps(first: Any, last: Any, documents: Sequence[Any] | None) -> tuple[int, int]:
    found = _step(first), _step(last)
    if found[0] > found[1]:
        raise ValueError(f"steps {first} to {last} are none")
    if documents is not None and found[0] != found[1]:
        raise ValueError("documents are those of one step")
    return found


def _named(values: Mapping[str, Any], most: int) -> dict[str, Any]:
    if not values:
        raise ValueError("no metric is named")
    for name in values:
        if not isinstance(name, str) or not 1 <= len(name) <= most:
            raise ValueError(f"{str(name)[:most]!r} is no name of a metric: those have 1 to {most} characters")
    return {name: number_of(value) for name, value in values.items()}


def _amounts(amounts: Mapping[Any, Any]) -> list[list[Any]]:
    found = []
    for name, amount in amounts.items():
        slice_name, shard = name if isinstance(name, tuple) else (name, None)
        if not isinstance(slice_name, str) or not SLICE.fullmatch(slice_name):
            raise ValueError(f"{slice_name!r} is no slice: a path of lower-case names, such as math/structured")
        number = number_of(amount)
        if isinstance(number, str) or number < 0:
            raise ValueError(f"{amount!r} of {slice_name} is no amount")
        found.append([slice_name, shard, number])
    return found


def _documents(documents: Sequence[tuple[str, int, int]] | None) -> list[Record] | None:
    return None if documents is None else [[shard, _step(first), _step(count)] for shard, first, count in documents]
