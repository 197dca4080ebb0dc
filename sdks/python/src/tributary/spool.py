"""The files of one process of an attempt: what it recorded, on the disk before anything is sent."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from .events import Event, Writer, events_of
from .files import AppendedFile, InUse, Lock, write_whole
from .records import CUT, Damaged, Record, line_of, record_in

SEGMENT_BYTES = 16 * 1024 * 1024
VERSION = 1


class SpoolUnreadable(Exception):
    """A file is not one of this spool, or one of a later version, or was changed."""


def folder_of(spool: Path, run: str, attempt: int, rank: int) -> Path:
    return run_folder(spool, run) / f"attempt-{attempt}" / f"rank-{rank}"


def run_folder(spool: Path, run: str) -> Path:
    """A folder that the run has alone, also where its id is no name of a file, or differs from another one in its case."""
    text = run.encode("utf-8", "surrogatepass")
    name = quote(text, safe=" ")
    plain = len(name) <= 120 and name == name.lower() and not name.startswith((".", "sha256-")) and name.strip() == name
    return spool / (name if plain else f"sha256-{sha256(text).hexdigest()}")


def attempts_in(spool: Path, run: str) -> dict[int, Path]:
    """The attempts of a run that a spool knows. Throws OSError."""
    folder = run_folder(spool, run)
    found = {int(name[1]): entry for entry in (folder.iterdir() if folder.exists() else [])
             if (name := re.fullmatch(r"attempt-(\d+)", entry.name))}
    return dict(sorted(found.items()))


def claim_attempt(spool: Path, run: str, known: int) -> int:
    """The next attempt of a run, after those known elsewhere: making its folder succeeds for one process alone. Throws OSError."""
    folder = run_folder(spool, run)
    folder.mkdir(parents=True, exist_ok=True)
    attempt = max([known, *attempts_in(spool, run)]) + 1
    while True:
        try:
            (folder / f"attempt-{attempt}").mkdir()
            return attempt
        except FileExistsError:
            attempt += 1


def first_free(spool: Path, run: str, attempt: int, rank: int) -> int:
    """The first attempt from a number on of which this process has recorded nothing."""
    while segments_in(folder_of(spool, run, attempt, rank)):
        attempt += 1
    return attempt


@dataclass(frozen=True)
class Place:
    """A segment, a byte in it, and how many events are before it."""

    segment: int
    offset: int
    events: int


Line = tuple[Record, bytes]
"""A record, and the line that it is written as."""


class SpoolWriter:
    """Appends records. What it found half written, it closes: a torn line is removed, and records without a cut get one."""

    def __init__(self, folder: Path, lock: Lock, writer: Writer, segment: int) -> None:
        self.folder, self.lock, self.writer, self.segment = folder, lock, writer, segment
        self.events = 0
        self.pending: list[Record] = []

    @staticmethod
    def begin(spool: Path, run: str, attempt: int, rank: int) -> SpoolWriter:
        """A spool that does not exist yet. Throws InUse, OSError."""
        folder = folder_of(spool, run, attempt, rank)
        folder.mkdir(parents=True, exist_ok=True)
        lock = Lock(folder / "lock")
        if segments_in(folder):
            lock.release()
            raise InUse(f"another process began {folder}")
        writer = SpoolWriter(folder, lock, Writer(run, attempt, rank, uuid.uuid4().hex), 0)
        writer._open(writer._rotate)
        return writer

    @staticmethod
    def go_on(folder: Path) -> SpoolWriter:
        """A spool whose process has ended. Throws InUse, SpoolUnreadable, OSError."""
        lock = Lock(folder / "lock")
        try:
            segment = segments_in(folder)[-1]
            writer = SpoolWriter(folder, lock, head_of(segment_path(folder, segment)).writer, segment)
        except BaseException:
            lock.release()
            raise
        writer._open(writer._recover)
        return writer

    def append(self, lines: Sequence[Line]) -> None:
        """Returns once the records are on the disk. Throws OSError; then none of them is there."""
        if not self.pending and self.file.end > SEGMENT_BYTES:
            self._rotate()
        self.file.append(b"".join(line for _, line in lines))
        for record, _ in lines:
            if record == CUT:
                self.events += len(events_of(self.writer, 0, self.pending))
                self.pending = []
            else:
                self.pending.append(record)

    def close(self) -> None:
        self.file.close()
        self.lock.release()

    def _open(self, opening: Callable[[], None]) -> None:
        """A spool that could not be opened is free for the next attempt."""
        try:
            opening()
        except BaseException:
            self.lock.release()
            raise

    def _recover(self) -> None:
        path = segment_path(self.folder, self.segment)
        end = 0
        for record, end in records_of(path, 0):
            if record[0] == "segment":
                self.events = record[1]["events"]
            elif record == CUT:
                self.events += len(events_of(self.writer, 0, self.pending))
                self.pending = []
            else:
                self.pending.append(record)
        self.file = AppendedFile(path, end)
        if self.pending:
            self.append([(CUT, line_of(CUT))])

    def _rotate(self) -> None:
        """The next segment has its name once its head is whole; until then the one before stays the last."""
        path = segment_path(self.folder, self.segment + 1)
        head = line_of(["segment", {"version": VERSION, "events": self.events, **self.writer.__dict__}])
        write_whole(path, head)
        before, self.file = getattr(self, "file", None), AppendedFile(path, len(head))
        self.segment += 1
        if before is not None:
            before.close()


def records_of(path: Path, offset: int) -> Iterator[tuple[Record, int]]:
    """
    The records from a byte on, each with the byte behind it. A last line that is torn, or is being written, is left out.
    Throws SpoolUnreadable, OSError.
    """
    with path.open("rb") as file:
        file.seek(offset)
        for text in file:
            try:
                record = record_in(text) if text.endswith(b"\n") else None
            except (Damaged, ValueError) as error:
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
        """
        Where what has not been sent begins. Where nobody knows, that is the beginning of what is left: sending an event again
        counts nothing twice. Throws SpoolUnreadable, OSError.
        """
        try:
            place = Place(**json.loads(self.cursor.read_text()))
            path = segment_path(self.folder, place.segment)
            if not path.exists() or place.offset <= path.stat().st_size and place.events >= 0:
                return place
        except (FileNotFoundError, ValueError, TypeError):
            pass
        return self._first_from(1)

    def groups(self, place: Place) -> Iterator[Group]:
        """Throws SpoolUnreadable, OSError."""
        if not segment_path(self.folder, place.segment).exists():
            place = self._first_from(place.segment)
        while True:
            # Looked for before the segment is read: a writer that goes on to the next one writes no more to this.
            has_next = segment_path(self.folder, place.segment + 1).exists()
            for group in self._groups_in(place):
                place = group.after
                yield group
            if not has_next:
                return
            place = Place(place.segment + 1, 0, place.events)

    def sent(self, place: Place) -> None:
        """Everything before the place was sent. Segments that hold nothing else are removed. Throws OSError."""
        write_whole(self.cursor, json.dumps(place.__dict__).encode())
        for segment in segments_in(self.folder):
            if segment < place.segment:
                segment_path(self.folder, segment).unlink()

    def _first_from(self, segment: int) -> Place:
        known = [one for one in segments_in(self.folder) if one >= segment]
        if not known:
            raise SpoolUnreadable(f"{self.folder} has no segment from {segment} on")
        return Place(known[0], 0, head_of(segment_path(self.folder, known[0])).events)

    def _groups_in(self, place: Place) -> Iterator[Group]:
        path = segment_path(self.folder, place.segment)
        head = head_of(path)
        if place.offset == 0 and head.events != place.events:
            raise SpoolUnreadable(f"{path} begins behind event {head.events}, and {place.events} were before it")
        records: list[Record] = []
        for record, end in records_of(path, place.offset):
            if record == CUT:
                events = events_of(head.writer, place.events, records)
                place = replace(place, offset=end, events=place.events + len(events))
                records = []
                yield Group(events, place)
            elif record[0] != "segment":
                records.append(record)


@dataclass(frozen=True)
class SegmentHead:
    """Who wrote a segment, and how many events of the spool are before it."""

    writer: Writer
    events: int


def head_of(path: Path) -> SegmentHead:
    """Throws SpoolUnreadable, OSError."""
    first = next(records_of(path, 0), None)
    name, *rest = first[0] if first else [""]
    if name != "segment" or rest[0].get("version") != VERSION:
        raise SpoolUnreadable(f"{path} is not a spool of this version")
    head = rest[0]
    return SegmentHead(Writer(head["run"], head["attempt"], head["rank"], head["spool"]), head["events"])


def segments_in(folder: Path) -> list[int]:
    return sorted(int(entry.stem) for entry in folder.glob("*.spool") if entry.stem.isdigit())


def segment_path(folder: Path, segment: int) -> Path:
    return folder / f"{segment:06}.spool"


def close_left(folder: Path) -> None:
    """
    Cuts what a process left that ended between two cuts. Nothing where one writes to it, or where a line can't be read: what is
    before that is sent all the same, and sending it says so. Throws OSError.
    """
    try:
        SpoolWriter.go_on(folder).close()
    except (InUse, SpoolUnreadable):
        pass


def spools_in(spool: Path) -> list[Path]:
    """The folders of all writers below a folder."""
    return sorted({path.parent for path in spool.rglob("*.spool") if path.stem.isdigit() and path.is_file()})
