"""What a script recorded, in the order of its calls: the lines of a spool."""

from __future__ import annotations

import json
import zlib
from typing import Any

Record = list[Any]
"""
`["segment", head]`: the first line of each file, see `SegmentHead`.
`["fact", type, data, time]`: a fact as it is sent.
`["row", step, {metric: number}, time]`: metrics of a step.
`["point", step, {metric: number}, time]`: metrics that were measured beside the steps.
`["batch", first, last, {unit, method, tokenizer}, [[slice, shard, amount]], [[shard, from, count]] or null, time]`: what
steps consumed.
`["cut"]`: what was recorded since the last cut makes events of its own.
"""

CUT: Record = ["cut"]


class Damaged(ValueError):
    """A line is not what was written."""


def line_of(record: Record) -> bytes:
    """A line that tells whether all of it is there: its checksum, and the record as JSON."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "replace")
    return b"%08x %s\n" % (zlib.crc32(text), text)


def record_in(line: bytes) -> Record:
    """Throws Damaged."""
    checksum, _, text = line.rstrip(b"\n").partition(b" ")
    if checksum != b"%08x" % zlib.crc32(text):
        raise Damaged("the checksum of a line differs from its text")
    record: Record = json.loads(text)
    return record
