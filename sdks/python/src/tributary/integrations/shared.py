"""What the trainers have in common: a fault of the recording is none of the training."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, TypeVar

Hook = TypeVar("Hook", bound=Callable[..., None])


class Speaking:
    """Says each thing once, on stderr."""

    said: frozenset[str] = frozenset()

    def say(self, text: str, kind: str | None = None) -> None:
        """Of one kind only the first is said: texts with a reason may differ for each step. Throws nothing."""
        if (kind or text) not in self.said:
            self.said |= {kind or text}
            with suppress(OSError, ValueError):  # stderr may be closed, or a file on a full disk.
                print(f"tributary: {text}", file=sys.stderr)


def shown(text: str) -> str:
    """A reason may quote an item of the data."""
    return repr(text[:200])


def quiet(hook: Hook) -> Hook:
    """Throws nothing."""

    @wraps(hook)
    def guarded(self: Any, *given: Any, **named: Any) -> None:
        try:
            hook(self, *given, **named)
        except Exception as error:
            self.say(f"{hook.__name__} was not recorded: {type(error).__name__}: {shown(str(error))}", hook.__name__)

    return guarded  # type: ignore[return-value]


def parameters_of(model: Any) -> int:
    """DeepSpeed keeps the number of a parameter whose values are elsewhere."""
    return sum(getattr(one, "ds_numel", None) or one.numel() for one in model.parameters())
