"""Trainers that record by themselves. Each is imported where it is first named, and needs the package that it is for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

TRAINERS = ("hf", "lightning")


def __getattr__(name: str) -> Any:
    if name not in TRAINERS:
        raise AttributeError(f"tributary.integrations has {' and '.join(TRAINERS)}, and no {name}")
    return import_module(f"{__name__}.{name}")
