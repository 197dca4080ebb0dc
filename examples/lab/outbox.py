"""A durable file of events, one section a run, each added whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from facts import Event, line_of


class Outbox:
    """`outbox.ndjson` and the list of its finished sections. Bytes after the last section are truncated on opening."""

    def __init__(self, work: Path) -> None:
        self.path, self.state_path = work / "outbox.ndjson", work / "outbox.json"
        self.sections: list[str] = []
        self.size = 0
        if self.state_path.exists():
            state = json.loads(self.state_path.read_text())
            self.sections, self.size = state["sections"], state["bytes"]
        self.path.touch()
        os.truncate(self.path, self.size)

    def holds(self, section: str) -> bool:
        return section in self.sections

    def add(self, section: str, events: Sequence[Event]) -> None:
        with self.path.open("ab") as stream:
            stream.write("".join(map(line_of, events)).encode())
            stream.flush()
            os.fsync(stream.fileno())
            self.size = stream.tell()
        self.sections.append(section)
        partial = self.state_path.with_suffix(".part")
        with partial.open("w") as state:
            json.dump({"bytes": self.size, "sections": self.sections}, state)
            state.flush()
            os.fsync(state.fileno())
        partial.replace(self.state_path)
