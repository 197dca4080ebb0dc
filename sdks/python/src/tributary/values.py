"""Numbers as training scripts have them: Python's, NumPy's and tensors."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

Number = int | float | str
"""A finite number, or `nan`, `+inf` or `-inf`."""

NOT_FINITE = frozenset({"nan", "+inf", "-inf"})

# What needs no copy.
IMMUTABLE = frozenset({float, int, bool, str, type(None)})

LARGEST_EXACT = 2**53


class NotANumber(ValueError):
    """What was given as a number is none."""


def captured(value: Any) -> Any:
    """Keeps the value that a tensor or an array has now: its script may write to it before it is read. Waits for no device."""
    if type(value) in IMMUTABLE:
        return value
    detach = getattr(value, "detach", None)
    if detach is not None:
        return detach().clone()
    return value.copy() if hasattr(value, "ndim") and hasattr(value, "copy") else value


def number_of(value: Any) -> Number:
    """The number of a captured value; reads it from the device that has it. Throws NotANumber."""
    if not isinstance(value, (int, float)):
        value = _item(value)
    if isinstance(value, int) and abs(value) <= LARGEST_EXACT:
        return int(value)
    try:
        number = float(value)
    except OverflowError:
        number = math.inf if value > 0 else -math.inf
    if math.isfinite(number):
        return number
    return "nan" if math.isnan(number) else ("+inf" if number > 0 else "-inf")


def step_of(value: Any) -> int:
    """A step, of any type of whole numbers. Throws NotANumber."""
    found = number_of(value)
    if not isinstance(found, int) or not 0 <= found < LARGEST_EXACT:
        raise NotANumber(f"{value!r} is no step: steps are whole numbers from 0")
    return found


def amount_of(value: Any) -> int | float:
    """An amount that many of can be added up. Throws NotANumber."""
    found = number_of(value)
    if isinstance(found, str) or not 0 <= found <= LARGEST_EXACT:
        raise NotANumber(f"{value!r} is no amount: amounts are numbers from 0 to 2^53")
    return found


def plain(value: Any) -> Any:
    """What JSON can say of a configuration: other objects are their text, and so are numbers that are not finite."""
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, (int, float)):
        return number_of(value)
    if isinstance(value, Mapping):
        return {str(name): plain(member) for name, member in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(member) for member in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    try:
        return number_of(value)
    except NotANumber:
        return str(value)


def _item(value: Any) -> int | float:
    item = getattr(value, "item", None)
    try:
        found = item() if item is not None else value
    except Exception as error:
        raise NotANumber(f"a value of {type(value).__name__} is no single number: {error}") from error
    if isinstance(found, (int, float)):
        return found
    raise NotANumber(f"a value of {type(value).__name__} is no number")
