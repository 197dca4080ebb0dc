"""Metrics of a trainer, which may speak of a step more than once."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from ..run import MOST_NAME, Run

SECONDS_OF_A_STEP = 5.0
"""Until then, further metrics of a step stand in one record with the first."""


class Rows:
    """Each step is logged once; what comes later, again, or under a long name, is measured beside the steps."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.step, self.names, self.until = -1, frozenset[str](), 0.0
        self.waiting: tuple[int, int] | None = None

    def tokens(self, step: int, tokens: int) -> None:
        """Those of a step, which wait for its metrics; `settle` where none come."""
        self.settle()
        self.waiting = (step, tokens)

    def settle(self) -> None:
        if self.waiting is not None:
            step, tokens = self.waiting
            self.waiting = None
            self._row(step, {}, tokens)

    def flush(self, seconds: float) -> None:
        """What was said until now is on the disk, in time; the step that is recorded with it has no further metrics."""
        self.settle()
        self.until = 0.0
        self.run.flush(seconds)

    def log(self, metrics: Mapping[str, Any], step: int) -> None:
        found = numbers_in(metrics)
        if self.waiting is not None and self.waiting[0] != step:
            self.settle()
        if step == self.step and (self.names & found.keys() or time.monotonic() > self.until):
            return self.measure(found, step)
        row = {name: value for name, value in found.items() if len(name) <= MOST_NAME["row"]}
        tokens = None if self.waiting is None else self.waiting[1]
        self.waiting = None
        if row or tokens is not None:
            self._row(step, row, tokens)
        self.measure({name: value for name, value in found.items() if name not in row}, step)

    def measure(self, metrics: Mapping[str, Any], step: int) -> None:
        found = numbers_in(metrics)
        if found:
            self.run.measure(found, step=step)

    def _row(self, step: int, row: Mapping[str, Any], tokens: int | None) -> None:
        if step != self.step:
            self.step, self.names, self.until = step, frozenset(), time.monotonic() + SECONDS_OF_A_STEP
        self.names |= row.keys()
        self.run.log(row, step=step, tokens=tokens)


def numbers_in(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """What is a number: trainers log texts and lists too, and one of them would cost the whole step."""
    return {name: value for name, value in metrics.items()
            if isinstance(name, str) and 1 <= len(name) <= MOST_NAME["point"] and _is_number(value)}


def _is_number(value: Any) -> bool:
    if isinstance(value, (int, float)):
        return True
    count = getattr(value, "numel", None)
    return hasattr(value, "item") and (count() if callable(count) else getattr(value, "size", 0)) == 1
