"""
The events that recorded lines make. The same lines make the same events, so sending them again counts nothing twice:
whoever changes what a line makes gives spools another VERSION, and reads the old ones as before.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .records import Record
from .values import NOT_FINITE, Number

SOURCE = "urn:tributary:python"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, SOURCE)

# Limits of the facts' schemas.
MOST_STEPS, MOST_COLUMNS, MOST_POINTS, MOST_AMOUNTS = 1_024, 64, 10_000, 10_000
# Of the parts of one fact, as text; telemetry may have 1 MiB.
MOST_CHARACTERS = 500_000

# Columns that answers read by their names.
WELL_KNOWN = ("loss", "tokens", "learningRate", "gradNorm")

Event = dict[str, Any]
Fact = tuple[str, dict[str, Any], str]
"""Type, data, and the time at which it was recorded."""


@dataclass(frozen=True)
class Writer:
    """Who wrote a spool: a process of an attempt of a run. The id of the spool is its own, wherever another one has the same name."""

    run: str
    attempt: int
    rank: int
    spool: str


def events_of(writer: Writer, first: int, records: Iterable[Record]) -> list[Event]:
    """The events of what lies between two cuts. `first` counts the events of the spool before them."""
    facts = facts_of(writer, list(records))
    return [event_of(writer, first + at, fact) for at, fact in enumerate(facts)]


def event_of(writer: Writer, number: int, fact: Fact) -> Event:
    kind, data, time = fact
    return {
        "specversion": "1.0", "id": str(uuid.uuid5(NAMESPACE, f"{writer.spool}|{number}")), "source": SOURCE, "type": kind,
        "time": time, "datacontenttype": "application/json", "dataschema": f"urn:tributary:schema:{kind}:1.0", "data": data,
    }


def facts_of(writer: Writer, records: Sequence[Record]) -> Iterator[Fact]:
    """Metrics and batches first: a checkpoint or an end is recorded after the steps before it."""
    of = {"runId": writer.run, "attempt": writer.attempt}
    yield from _steps(of, [record for record in records if record[0] == "row"])
    yield from _points(of, [record for record in records if record[0] == "point"])
    batches = [record for record in records if record[0] == "batch"]
    yield from _exposures(of, batches)
    yield from _orders(of, [record for record in batches if record[5] is not None])
    yield from ((kind, data, time) for name, *rest in records if name == "fact" for kind, data, time in [rest])


Row = dict[str, Number]


def _steps(of: dict[str, Any], rows: Sequence[Record]) -> Iterator[Fact]:
    """
    Each step stands in one fact, with all of its metrics: a second one would be another record of the step. What is more than
    a fact has columns for are points.
    """
    if not rows:
        return
    groups: dict[tuple[str, ...], list[tuple[int, Row]]] = {}
    for step, values in _merged(rows):
        groups.setdefault(tuple(sorted(values)), []).append((step, values))
    time = rows[-1][3]
    for names, steps in groups.items():
        names = tuple(sorted(names, key=lambda name: name not in WELL_KNOWN))
        for ascending in _ascending(steps):
            columns = _columns((name, [values[name] for _, values in ascending]) for name in names[:MOST_COLUMNS])
            yield "training.steps.recorded", of | {"steps": [step for step, _ in ascending]} | columns, time
        more = names[MOST_COLUMNS:]
        if more:
            yield from _points(of, [["point", step, {name: values[name] for name in more}, time] for step, values in steps])


def _merged(rows: Sequence[Record]) -> Iterator[tuple[int, Row]]:
    """Metrics of a step that were logged one after the other are those of one step, unless one of them comes again."""
    step, values = rows[0][1], dict(rows[0][2])
    for _, next_step, more, _ in rows[1:]:
        if next_step == step and not values.keys() & more.keys():
            values |= more
            continue
        yield step, values
        step, values = next_step, dict(more)
    yield step, values


def _ascending(steps: Sequence[tuple[int, Row]]) -> Iterator[list[tuple[int, Row]]]:
    """Parts in which steps ascend, of as many steps as a fact may have."""
    part: list[tuple[int, Row]] = []
    for step in steps:
        if part and (step[0] <= part[-1][0] or len(part) == MOST_STEPS):
            yield part
            part = []
        part.append(step)
    yield part


def _columns(series: Iterable[tuple[str, list[Number]]]) -> dict[str, Any]:
    columns: dict[str, list[float | int | None]] = {}
    nonfinite: dict[str, list[dict[str, Any]]] = {}
    for name, values in series:
        columns[name] = [None if isinstance(value, str) else value for value in values]
        odd = [{"index": at, "value": value} for at, value in enumerate(values) if value in NOT_FINITE]
        if odd:
            nonfinite[name] = odd
    return {"columns": columns} | ({"nonfinite": nonfinite} if nonfinite else {})


def _points(of: dict[str, Any], records: Sequence[Record]) -> Iterator[Fact]:
    points = [(name, step, value, time) for _, step, values, time in records for name, value in values.items()]
    for some in _parts(points, MOST_POINTS, lambda point: 6 * len(point[0]) + 60):
        odd = [{"index": at, "value": value} for at, (_, _, value, _) in enumerate(some) if value in NOT_FINITE]
        yield "training.metrics.recorded", of | {
            "keys": [name for name, _, _, _ in some], "steps": [step for _, step, _, _ in some],
            "times": [_microseconds(time) for _, _, _, time in some],
            "values": [None if isinstance(value, str) else value for _, _, value, _ in some], "method": "measured",
        } | ({"nonfinite": odd} if odd else {}), some[-1][3]


def _microseconds(time: str) -> int:
    return round(datetime.fromisoformat(time).timestamp() * 1_000_000)


def _exposures(of: dict[str, Any], batches: Sequence[Record]) -> Iterator[Fact]:
    """Amounts of steps without a gap between them are added up: whoever resumes goes on from a cut."""
    for together in _consecutive(batches, key=lambda record: record[3]):
        totals: dict[tuple[str, str | None], float] = {}
        for slice_name, shard, amount in (amount for record in together for amount in record[4]):
            totals[slice_name, shard] = totals.get((slice_name, shard), 0) + amount
        amounts = [{"slice": name, **({"shardId": shard} if shard else {}), "amount": amount}
                   for (name, shard), amount in totals.items()]
        steps = {"firstStep": together[0][1], "lastStep": together[-1][2]}
        for some in _parts(amounts, MOST_AMOUNTS, lambda one: len(one["slice"]) + 6 * len(one.get("shardId", "")) + 60):
            yield "training.exposure.recorded", of | steps | together[0][3] | {"amounts": list(some)}, together[-1][6]


def _orders(of: dict[str, Any], batches: Sequence[Record]) -> Iterator[Fact]:
    """Which documents each step read, in order; batches of several steps say it of none."""
    for together in _consecutive(batches, key=lambda record: record[3]["method"]):
        steps: dict[int, list[dict[str, Any]]] = {}
        for record in together:
            ranges = ({"shardId": shard, "from": first, "count": count} for shard, first, count in record[5])
            steps.setdefault(record[1], []).extend(ranges)
        for some in _parts(list(steps.items()), MOST_STEPS, lambda one: sum(6 * len(part["shardId"]) + 80 for part in one[1])):
            yield "training.order.recorded", of | {
                "firstStep": some[0][0], "lastStep": some[-1][0], "method": together[0][3]["method"],
                "order": {"ranges": {"of": "document", "steps": [ranges for _, ranges in some]}}}, together[-1][6]


def _consecutive(batches: Sequence[Record], key: Callable[[Record], Any]) -> Iterator[list[Record]]:
    """Batches of the same steps, as of several parts of a batch, or of the steps behind."""
    together: list[Record] = []
    for record in batches:
        before = together[-1] if together else record
        goes_on = record[1:3] == before[1:3] or record[1] == before[2] + 1
        if together and (key(record) != key(together[0]) or not goes_on):
            yield together
            together = []
        together.append(record)
    if together:
        yield together


def _parts(items: Sequence[Any], most: int, size: Callable[[Any], int]) -> Iterator[Sequence[Any]]:
    """Parts of so many items, and of so many characters, of which `size` is not less than those of an item."""
    part: list[Any] = []
    characters = 0
    for item in items:
        if part and (len(part) == most or characters + size(item) > MOST_CHARACTERS):
            yield part
            part, characters = [], 0
        part.append(item)
        characters += size(item)
    if part:
        yield part
