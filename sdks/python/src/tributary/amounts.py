"""What a batch holds, by slice, and how it travels with the batch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

KEY = "__tributary__"
"""The member of a batch that has its amounts."""

UNKNOWN = "__unknown__"
"""Stands among amounts where those of an item could not be told, with the reason: such amounts are refused as a whole."""


class Amounts(dict[Any, Any]):
    """Tokens by slice, or by (slice, shard)."""

    def add(self, more: Mapping[Any, Any]) -> None:
        """The first reason for something unknown stays."""
        for name, amount in more.items():
            self[name] = self.get(name, amount) if name == UNKNOWN else self.get(name, 0) + amount
