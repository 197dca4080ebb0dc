"""The files of one process of an attempt: what it recorded, on the disk before anything is sent."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from .events import Event, Writer, events_of
from .records import CUT, Damaged, Record, line_of, record_in

try:
    import fcntl
except ImportError:  # Windows: nobody is kept from writing to a spool twice.
    fcntl = None  # type: ignore[assignment]

SEGMENT_BYTES = 16 * 1024 * 1024
VERSION = 1


class SpoolInUse(Exception):
    """Another process writes to the spool."""


class SpoolUnreadable(Exception):
    """A file is not one of a spool, or one of a later version."""


def folder_of(spool: Path, writer: Writer) -> Path:
    return run_folder(spool, writer.run) / f"attempt-{writer.attempt}" / f"rank-{writer.rank}"


def run_folder(spool: Path, run: str) -> Path:
    """A folder that the run has alone, also where its id is no name of a file."""
    text = run.encode("utf-8", "surrogatepass")
    name = quote(text, safe=" ")
    plain = len(name) <= 120 and not name.startswith((".", "sha256-")) and name.strip() == name
    return spool / (name if plain else f"sha256-{sha256(text).hexdigest()}")


def claim_attempt(spool: Path, run: str, known: int) -> int:
    """The next attempt of a run, after those known elsewhere: making its folder succeeds for one process alone. Throws OSError."""
    folder = run_folder(spool, run)
    folder.mkdir(parents=True, exist_ok=True)
    here = [int(found[1]) for entry in folder.iterdir() if (found := re.fullmatch(r"attempt-(\d+)", entry.name))]
    attempt = max([known, *here]) + 1
    while True:
        try:
            (folder / f"attempt-{attempt}").mkdir()
            return attempt
        except FileExistsError:
            attempt += 1


@dataclass(frozen=True)
class Place:
    """A segment, a byte in it, and how many events are before it."""

    segment: int
    offset: int
    events: int


START = Place(1, 0, 0)


class SpoolWriter:
    """Appends records. What it found half written, it closes: a torn line is removed, and records without a cut get one."""

    def __init__(self, folder: Path, writer: Writer) -> None:
        """Throws SpoolInUse, SpoolUnreadable, OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.writer = folder, writer
        self.lock = Lock(folder / "lock")
        self.pending: list[Record] = []
        segments = segments_in(folder)
        self.segment = segments[-1] if segments else 0
        self.events = 0
        try:
            if self.segment:
                self._recover()
            else:
                self._begin()
        except BaseException:
            self.lock.release()
            raise

    def append(self, lines: Sequence[Line]) -> None:
        """Returns once the records are on the disk. Throws OSError; then none of them is there."""
        before = self.file.tell()
        try:
            self.file.write(b"".join(line for _, line in lines))
            self.file.flush()
            os.fsync(self.file.fileno())
        except OSError:
            self._truncate(before)
            raise
        for record, _ in lines:
            if record != CUT:
                self.pending.append(record)
                continue
            self.events += len(events_of(self.writer, 0, self.pending))
            self.pending = []
        if not self.pending and self.file.tell() > SEGMENT_BYTES:
            self._begin()

    def close(self) -> None:
        self.file.close()
        self.lock.release()

    def _recover(self) -> None:
        path = segment_path(self.folder, self.segment)
        head, end = head_of(path), 0
        for record, end in records_of(path, 0):
            if record[0] == "segment":
                self.events = record[1]["events"]
            elif record == CUT:
                self.events += len(events_of(head, 0, self.pending))
                self.pending = []
            else:
                self.pending.append(record)
        self.file = path.open("r+b")
        self._truncate(end)
        if self.pending:
            self.append([(CUT, line_of(CUT))])

    def _begin(self) -> None:
        """The file has its name once its head is whole."""
        path = segment_path(self.folder, self.segment + 1)
        head = {"version": VERSION, "run": self.writer.run, "attempt": self.writer.attempt, "rank": self.writer.rank,
                "events": self.events}
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            file.write(line_of(["segment", head]))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(self.folder)
        if self.segment:
            self.file.close()
        self.segment += 1
        self.file = path.open("r+b")
        self.file.seek(0, os.SEEK_END)

    def _truncate(self, size: int) -> None:
        self.file.seek(size)
        self.file.truncate()


Line = tuple[Record, bytes]
"""A record, and the line that it is written as."""


def records_of(path: Path, offset: int) -> Iterator[tuple[Record, int]]:
    """
    The records from a byte on, each with the byte behind it. A last line that is torn, or is being written, is left out.
    Throws SpoolUnreadable.
    """
    with path.open("rb") as file:
        file.seek(offset)
        for text in file:
            try:
                record = record_in(text) if text.endswith(b"\n") else None
            except (Damaged, json.JSONDecodeError) as error:
                if file.read(1) == b"":
                    return
                raise SpoolUnreadable(f"{path}, byte {offset}: {error}; what follows it is not sent") from error
            if record is None:
                return
            offset += len(text)
            yield record, offset


@dataclass(frozen=True)
class Group:
    """The events of what lies between two cuts, and where the next ones begin."""

    events: list[Event]
    after: Place


class SpoolReader:
    """Reads what a writer, of this process or of one that has ended, has cut."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cursor = folder / "sent.json"

    def place(self) -> Place:
        """Where what has not been sent begins."""
        try:
            return Place(**json.loads(self.cursor.read_text()))
        except FileNotFoundError:
            return START

    def groups(self, place: Place) -> Iterator[Group]:
        """Throws SpoolUnreadable, OSError."""
        while (path := segment_path(self.folder, place.segment)).exists():
            for group in self._groups_in(path, place):
                place = group.after
                yield group
            if not segment_path(self.folder, place.segment + 1).exists():
                return
            place = Place(place.segment + 1, 0, place.events)

    def sent(self, place: Place) -> None:
        """Everything before the place was sent. Segments that hold nothing else are removed."""
        part = self.cursor.with_suffix(".part")
        part.write_text(json.dumps(place.__dict__))
        part.replace(self.cursor)
        for segment in segments_in(self.folder):
            if segment < place.segment:
                segment_path(self.folder, segment).unlink()

    def _groups_in(self, path: Path, place: Place) -> Iterator[Group]:
        writer = head_of(path)
        records: list[Record] = []
        for record, end in records_of(path, place.offset):
            if record == CUT:
                events = events_of(writer, place.events, records)
                place = replace(place, offset=end, events=place.events + len(events))
                records = []
                yield Group(events, place)
            elif record[0] != "segment":
                records.append(record)


def head_of(path: Path) -> Writer:
    """Who wrote a segment. Throws SpoolUnreadable."""
    first = next(records_of(path, 0), None)
    name, *rest = first[0] if first else [""]
    if name != "segment" or rest[0].get("version") != VERSION:
        raise SpoolUnreadable(f"{path} is not a spool of this version")
    return Writer(rest[0]["run"], rest[0]["attempt"], rest[0]["rank"])


def segments_in(folder: Path) -> list[int]:
    return sorted(int(entry.stem) for entry in folder.glob("*.spool") if entry.stem.isdigit())


def segment_path(folder: Path, segment: int) -> Path:
    return folder / f"{segment:06}.spool"


def close_left(folder: Path) -> None:
    """Cuts what a process left that ended between two cuts. Throws SpoolUnreadable, OSError."""
    try:
        SpoolWriter(folder, head_of(segment_path(folder, segments_in(folder)[-1]))).close()
    except SpoolInUse:
        pass


def spools_in(spool: Path) -> list[Path]:
    """The folders of all writers below a folder."""
    return sorted({path.parent for path in spool.rglob("*.spool")})


class Lock:
    """Keeps a second process from a spool; the system frees it when the process ends, however it does."""

    def __init__(self, path: Path) -> None:
        """Throws SpoolInUse."""
        self.file = path.open("w")
        try:
            if fcntl is not None:
                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.file.close()
            raise SpoolInUse(f"another process writes to {path.parent}") from error

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()

    def release(self) -> None:
        self.file.close()


def sync_folder(folder: Path) -> None:
    """The name of a new file reaches the disk with its folder."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
