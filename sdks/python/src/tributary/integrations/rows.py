"""Metrics of a trainer, which may speak of a step more than once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..run import MOST_NAME
from ..values import captured


# A column of a step is what it was trained on; a metric of this name may be a sum, or no whole number.
COUNTED = "tokens"


class Rows:
    """
    Each step is recorded once: its metrics wait until the trainer goes on, or `settle`. What comes later, with another value, or
    under a long name, is measured beside the steps.
    """

    def __init__(self, run: Any) -> None:
        self.run = run
        self.row: dict[str, Any] = {}
        self.tokens: int | None = None
        self.step, self.is_recorded = -1, False

    def log(self, metrics: Mapping[str, Any], step: int, tokens: int | None = None) -> None:
        found = numbers_in(metrics)
        if step != self.step:
            self.settle()
            self.step, self.is_recorded = step, False
        if self.is_recorded:
            return self.measure(found, step)
        self.tokens = self.tokens if tokens is None else tokens
        fitting = {name: value for name, value in found.items() if len(name) <= MOST_NAME["row"] and name not in self.row and name != COUNTED}
        self.row |= {name: captured(value) for name, value in fitting.items()}
        self.measure({name: value for name, value in found.items() if name not in fitting and not self._has(name, value)}, step)

    def measure(self, metrics: Mapping[str, Any], step: int) -> None:
        found = numbers_in(metrics)
        if found:
            self.run.measure(found, step=step)

    def settle(self) -> None:
        """Nothing more is expected of the step."""
        if not self.row and self.tokens is None:
            return
        row, tokens = self.row, self.tokens
        self.row, self.tokens, self.is_recorded = {}, None, True
        self.run.log(row, step=self.step, tokens=tokens)

    def flush(self, seconds: float) -> None:
        """What was said until now is on the disk, in time."""
        self.settle()
        self.run.flush(seconds)

    def _has(self, name: str, value: Any) -> bool:
        """Trainers say the epoch, or the learning rate, with each of several parts of a step."""
        return isinstance(value, (int, float)) and self.row.get(name) == value


def numbers_in(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """What is a number: trainers log texts and lists too, and one of them would cost the whole step."""
    return {name: value for name, value in metrics.items()
            if isinstance(name, str) and 1 <= len(name) <= MOST_NAME["point"] and _is_number(value)}


def _is_number(value: Any) -> bool:
    if isinstance(value, (int, float)):
        return True
    count = getattr(value, "numel", None)
    return hasattr(value, "item") and (count() if callable(count) else getattr(value, "size", 0)) == 1
