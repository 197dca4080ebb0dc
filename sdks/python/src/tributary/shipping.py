"""Sends what spools hold. The same events may be sent twice: their ids make the log count them once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .events import Event
from .server import Posted, Refused, RefusedEvent
from .spool import Group, Place, SpoolReader

MOST_EVENTS, MOST_BYTES = 500, 1_000_000

Post = Callable[[Sequence[Event]], Posted]
"""Throws Unavailable, Refused."""


@dataclass
class Shipped:
    """Events that the server has answered for, those of them that it refused, and why it refused the last one."""

    sent: int = 0
    refused: int = 0
    reason: str | None = None


def ship(folder: Path, post: Post, shipped: Shipped, is_stopped: Callable[[], bool] = lambda: False) -> None:
    """
    Sends the events of a spool that were not sent, in order, and counts them. What the server refuses is kept beside
    them in `refused.ndjson`. Throws Unavailable; what was not sent then is sent by the next call. Throws SpoolUnreadable.
    """
    reader = SpoolReader(folder)
    for events, after in requests_of(reader.groups(reader.place())):
        if is_stopped():
            return
        for batch in batches_of(events):
            _keep(folder, batch, refused := post_or_refuse(post, batch))
            shipped.sent += len(batch)
            shipped.refused += len(refused)
            shipped.reason = refused[-1].reason if refused else shipped.reason
        reader.sent(after)


def requests_of(groups: Iterator[Group]) -> Iterator[tuple[list[Event], Place]]:
    """Groups that fit into one request go together; one that does not is not divided here."""
    events: list[Event] = []
    after: Place | None = None
    for group in groups:
        if after is not None and len(events) + len(group.events) > MOST_EVENTS:
            yield events, after
            events = []
        events, after = events + group.events, group.after
    if after is not None:
        yield events, after


def batches_of(events: Sequence[Event]) -> Iterator[list[Event]]:
    """Events of one request: so many, and so many bytes; a longer event goes alone."""
    batch: list[Event] = []
    size = 0
    for event in events:
        length = len(json.dumps(event))
        if batch and (len(batch) == MOST_EVENTS or size + length > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(event)
        size += length
    if batch:
        yield batch


def post_or_refuse(post: Post, events: Sequence[Event]) -> list[RefusedEvent]:
    """The refused ones. A request that is refused as a whole is halved until it is clear which event is to blame."""
    try:
        return post(events).refused
    except Refused as error:
        if len(events) == 1:
            return [RefusedEvent(0, str(error))]
    middle = len(events) // 2
    second = [RefusedEvent(middle + one.index, one.reason) for one in post_or_refuse(post, events[middle:])]
    return post_or_refuse(post, events[:middle]) + second


def _keep(folder: Path, events: Sequence[Event], refused: Sequence[RefusedEvent]) -> None:
    if not refused:
        return
    with (folder / "refused.ndjson").open("a", encoding="utf-8") as file:
        file.writelines(json.dumps({"reason": one.reason, "event": events[one.index]}) + "\n" for one in refused)
