"""Sends what spools hold. The same events may be sent twice: their ids make the log count them once."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .events import Event
from .files import InUse, Lock
from .server import Posted, Refused, RefusedEvent, Unavailable
from .spool import Group, Place, SpoolReader, SpoolUnreadable

MOST_EVENTS, MOST_BYTES, MOST_SPOOL_BYTES = 500, 1_000_000, 4_000_000

Post = Callable[[Sequence[bytes]], Posted]
"""Sends events as lines of JSON. Throws Unavailable, Refused."""


@dataclass
class Shipped:
    """Events that the server has answered for, those of them that it refused, and why it refused the last one."""

    sent: int = 0
    refused: int = 0
    reason: str | None = None


def ship(folder: Path, post: Post, shipped: Shipped, is_stopped: Callable[[], bool] = lambda: False) -> None:
    """
    Sends the events of a spool that were not sent, in order, and counts them. What the server refuses is kept beside
    them in `refused.ndjson`. Throws Unavailable, also where another process sends the spool; what was not sent then is sent by
    the next call. Throws SpoolUnreadable, OSError.
    """
    try:
        lock = Lock(folder / "shipping.lock")
    except InUse as error:
        raise Unavailable(f"another process sends {folder}") from error
    def post_unless_stopped(lines: Sequence[bytes]) -> Posted:
        if is_stopped():
            raise Unavailable("the process ends")
        return post(lines)

    with lock:
        reader = SpoolReader(folder)
        place = reader.place()
        for events, after in requests_of(reader.groups(place), place):
            answered = [(batch, refused_of(post_unless_stopped, batch)) for batch in batches_of(events)]
            for batch, refused in answered:
                _keep(folder, batch, refused)
            reader.sent(after)
            for batch, refused in answered:
                shipped.sent += len(batch)
                shipped.refused += len(refused)
                shipped.reason = refused[-1].reason if refused else shipped.reason


def requests_of(groups: Iterator[Group], begin: Place) -> Iterator[tuple[list[Event], Place]]:
    """
    Groups that fit into one request go together; one that does not is not divided here. What is before a line that can't be read
    is there before the fault: throws what the groups throw.
    """
    events: list[Event] = []
    after = begin
    fault: Exception | None = None
    while True:
        try:
            group = next(groups, None)
        except (SpoolUnreadable, OSError) as error:
            group, fault = None, error
        if group is None:
            break
        is_long = group.after.segment != begin.segment or group.after.offset - begin.offset > MOST_SPOOL_BYTES
        if after != begin and (is_long or len(events) + len(group.events) > MOST_EVENTS):
            yield events, after
            events, begin = [], after
        events, after = events + group.events, group.after
    if after != begin:
        yield events, after
    if fault is not None:
        raise fault


Sent = tuple[Event, bytes]
"""An event, and the line that it is sent as; empty where JSON can't say it."""


def batches_of(events: Sequence[Event]) -> Iterator[list[Sent]]:
    """Events of one request: so many, and so many bytes; a longer event goes alone."""
    batch: list[Sent] = []
    size = 0
    for event in events:
        line = _line_of(event)
        if batch and (len(batch) == MOST_EVENTS or size + len(line) > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append((event, line))
        size += len(line)
    if batch:
        yield batch


def _line_of(event: Event) -> bytes:
    try:
        return json.dumps(event, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
    except ValueError:
        return b""


def refused_of(post: Post, batch: Sequence[Sent]) -> list[RefusedEvent]:
    """The refused ones of a batch. Throws Unavailable."""
    said = [(at, line) for at, (_, line) in enumerate(batch) if line]
    unsaid = [RefusedEvent(at, "JSON can't say it") for at, (_, line) in enumerate(batch) if not line]
    refused = post_or_refuse(post, [line for _, line in said]) if said else []
    return unsaid + [RefusedEvent(said[one.index][0], one.reason) for one in refused]


def post_or_refuse(post: Post, lines: Sequence[bytes]) -> list[RefusedEvent]:
    """A request that is refused as a whole is halved until it is clear which event is to blame. Throws Unavailable."""
    try:
        return post(lines).refused
    except Refused as error:
        if len(lines) == 1:
            return [RefusedEvent(0, str(error))]
    middle = len(lines) // 2
    first = post_or_refuse(post, lines[:middle])
    return first + [RefusedEvent(middle + one.index, one.reason) for one in post_or_refuse(post, lines[middle:])]


def _keep(folder: Path, batch: Sequence[Sent], refused: Sequence[RefusedEvent]) -> None:
    if not refused:
        return
    with (folder / "refused.ndjson").open("a", encoding="utf-8") as file:
        file.writelines(json.dumps({"reason": one.reason, "event": batch[one.index][0]}) + "\n" for one in refused)
        file.flush()
        os.fsync(file.fileno())
