"""A run that records nothing."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from .run import Status


class DisabledRun:
    """Has the methods of `Run`, and does nothing."""

    def __init__(self, id: str, attempt: int) -> None:
        self.id, self.attempt = id, attempt

    def log(self, *_: Any, **__: Any) -> None: ...

    def measure(self, *_: Any, **__: Any) -> None: ...

    def batch(self, *_: Any, **__: Any) -> None: ...

    def checkpoint(self, step: int, *, id: str | None = None, **_: Any) -> str:
        return id or f"{self.id}@{step}"

    def score(self, *_: Any, **__: Any) -> None: ...

    def skipped(self, *_: Any, **__: Any) -> None: ...

    def annotate(self, **_: str) -> None: ...

    def flush(self, seconds: float = 0.0) -> bool:
        return True

    def end(self, *_: Any, **__: Any) -> None: ...

    def finish(self, *_: Any, **__: Any) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Status:
        return Status(self.attempt, 0, 0, 0, 0, 0, 0, None)

    def __enter__(self) -> DisabledRun:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None: ...
