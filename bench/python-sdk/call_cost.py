"""
What a call of the SDK costs the thread of a training script, beside the least that handing something over costs, and beside
writing it there and then. Run: PYTHONPATH=sdks/python/src python3 bench/python-sdk/call_cost.py
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import tributary

CALLS, PAUSE = 20_000, 0.0001
METRICS = {"loss": 2.5, "learningRate": 3e-4, "gradNorm": 1.25}
AMOUNTS = {"code": 1_000, "math/structured": 500, ("web", "shard-1"): 2_500}


def microseconds(call: Callable[[int], object], calls: int) -> list[float]:
    """Of each call, with a pause behind it, as a training step is one."""
    found = []
    for step in range(calls):
        began = time.perf_counter_ns()
        call(step)
        found.append((time.perf_counter_ns() - began) / 1_000)
        time.sleep(PAUSE)
    return sorted(found)


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    run = tributary.run("bench", model="m", environment={"TRIBUTARY_MODE": "spool", "TRIBUTARY_SPOOL": str(folder)})
    queue: deque[tuple[dict[str, float], int]] = deque()
    file = (folder / "direct.ndjson").open("w")

    def write(step: int) -> None:
        file.write(json.dumps({"step": step, **METRICS}) + "\n")
        file.flush()
        os.fsync(file.fileno())

    limit = microseconds(lambda step: queue.append((dict(METRICS), step)), CALLS)
    rows = {
        "copy and append to a queue": limit,
        "run.log, three metrics and tokens": microseconds(lambda step: run.log(METRICS, step=step, tokens=4_000), CALLS),
        "run.batch, three amounts": microseconds(lambda step: run.batch(step, AMOUNTS), CALLS),
        "write and fsync a line": microseconds(write, 500),
    }
    run.finish()
    for name, found in rows.items():
        median, high = statistics.median(found), found[int(len(found) * 0.99)]
        print(f"{name:36} p50 {median:9.2f} µs  p99 {high:9.2f} µs  {median / statistics.median(limit):8.1f} × the queue")
    print(run.status())


if __name__ == "__main__":
    main()
