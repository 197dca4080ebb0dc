"""What is on the disk stays, wherever a process or a disk stopped."""

from __future__ import annotations

import errno
import io
import itertools
import random
import shutil
import tempfile
import unittest
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from tributary import spool
from tributary.events import Event
from tributary.records import CUT, Record, line_of
from tributary.files import InUse, Lock
from tributary.spool import (Line, Place, SpoolReader, SpoolUnreadable, SpoolWriter, claim_attempt, close_left, first_free,
                             run_folder, segment_path, segments_in)

START = Place(1, 0, 0)


def lines(*records: Record) -> list[Line]:
    return [(record, line_of(record)) for record in records]


def row(step: int) -> Record:
    return ["row", step, {"loss": step}, "t"]


def events_in(folder: Path) -> list[Event]:
    return [event for group in SpoolReader(folder).groups(START) for event in group.events]


def steps_in(folder: Path) -> list[int]:
    return [step for event in events_in(folder) for step in event["data"]["steps"]]


class SpoolTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def begun(self, attempt: int = 1) -> SpoolWriter:
        writer = SpoolWriter.begin(self.folder, "r", attempt, 0)
        self.addCleanup(writer.close)
        return writer

    def written(self, *records: Record, attempt: int = 1) -> Path:
        writer = self.begun(attempt)
        writer.append(lines(*records))
        writer.close()
        return writer.folder

    def with_short_segments(self) -> None:
        before, spool.SEGMENT_BYTES = spool.SEGMENT_BYTES, 200
        self.addCleanup(setattr, spool, "SEGMENT_BYTES", before)

    def test_what_was_cut_is_read_and_what_was_not_waits(self) -> None:
        writer = self.begun()
        writer.append(lines(row(1), CUT, row(2)))
        self.assertEqual(steps_in(writer.folder), [1])
        writer.append(lines(CUT))
        self.assertEqual(steps_in(writer.folder), [1, 2])

    def test_whatever_byte_a_file_ends_at_the_lines_before_it_are_there_and_it_goes_on(self) -> None:
        content = segment_path(self.written(row(1), row(2), CUT, row(3), CUT, row(4), row(5)), 1).read_bytes()
        for end in range(content.index(b"\n") + 1, len(content) + 1):
            folder = self.folder / f"cut-{end}"
            folder.mkdir()
            segment_path(folder, 1).write_bytes(content[:end])
            kept = content[: content.rindex(b"\n", 0, end) + 1].count(b'["row"')
            writer = SpoolWriter.go_on(folder)
            writer.append(lines(row(9), CUT))
            writer.close()
            events = events_in(folder)
            self.assertEqual(steps_in(folder), [*range(1, kept + 1), 9], f"cut at {end}")
            self.assertEqual(len({event["id"] for event in events}), len(events))

    def test_a_line_that_was_changed_in_the_middle_is_named_and_nothing_behind_it_is_sent(self) -> None:
        folder = self.written(row(1), CUT, row(2), CUT)
        path = segment_path(folder, 1)
        path.write_bytes(path.read_bytes().replace(b'"loss":2', b'"loss":3'))
        groups = SpoolReader(folder).groups(START)
        self.assertEqual(len(next(groups).events), 1)
        with self.assertRaisesRegex(SpoolUnreadable, "byte .*checksum"):
            next(groups)

    def test_segments_continue_each_other_and_go_once_they_were_sent(self) -> None:
        self.with_short_segments()
        folder = self.written(*(record for step in range(10) for record in (row(step), CUT)))
        for part in (1, 2):
            writer = SpoolWriter.go_on(folder)
            for step in range(10 * part, 10 * part + 10):
                writer.append(lines(row(step), CUT))
            writer.close()
        self.assertGreater(len(segments_in(folder)), 5)
        self.assertEqual(steps_in(folder), list(range(30)))
        ids = [event["id"] for event in events_in(folder)]
        reader, found = SpoolReader(folder), []
        for _ in range(40):
            for group in reader.groups(reader.place()):
                found += group.events
                reader.sent(group.after)
                break
        self.assertEqual([event["id"] for event in found], ids)
        self.assertLessEqual(len(segments_in(folder)), 2)

    def test_a_reader_beside_a_writer_reads_all_wherever_it_looks(self) -> None:
        self.with_short_segments()
        dice = random.Random(5)
        for attempt in range(1, 60):
            writer, found = self.begun(attempt), []
            groups, step = SpoolReader(writer.folder).groups(START), 0
            for _ in range(60):
                if dice.random() < 0.6:
                    writer.append(lines(row(step), CUT))
                    step += 1
                    continue
                group = next(groups, None)
                if group is None:
                    reader = SpoolReader(writer.folder)
                    groups = reader.groups(found[-1].after if found else START)
                else:
                    found.append(group)
            found += SpoolReader(writer.folder).groups(found[-1].after if found else START)
            self.assertEqual([one["data"]["steps"][0] for group in found for one in group.events], list(range(step)))

    def test_a_cursor_that_is_lost_empty_or_behind_what_is_left_sends_again_what_is_left(self) -> None:
        self.with_short_segments()
        folder = self.written()
        writer = SpoolWriter.go_on(folder)
        for step in range(20):
            writer.append(lines(row(step), CUT))
        writer.close()
        ids = {event["id"]: event["data"]["steps"][0] for event in events_in(folder)}
        reader = SpoolReader(folder)
        for group in list(reader.groups(START))[:12]:
            reader.sent(group.after)
        for content in (None, "", "{", "[]", '{"segment": 1, "offset": 0, "events": 0}'):
            reader.cursor.unlink(missing_ok=True)
            if content is not None:
                reader.cursor.write_text(content)
            again = [event for group in reader.groups(reader.place()) for event in group.events]
            self.assertEqual([ids[event["id"]] for event in again], [one["data"]["steps"][0] for one in again])
            self.assertEqual([one["data"]["steps"][0] for one in again][-8:], list(range(12, 20)))

    def test_a_disk_without_room_at_any_write_costs_nothing_once_it_has_some(self) -> None:
        self.with_short_segments()
        for at in range(40):
            writer = self.begun(at + 1)
            with failing_writes(at):
                for step in range(12):
                    while True:
                        try:
                            writer.append(lines(row(step), CUT))
                            break
                        except OSError:
                            continue
            writer.close()
            events = events_in(writer.folder)
            self.assertEqual(steps_in(writer.folder), list(range(12)), f"no room at write {at}")
            self.assertEqual(len({event["id"] for event in events}), len(events))

    def test_a_spool_that_was_deleted_is_noticed(self) -> None:
        writer = self.begun()
        shutil.rmtree(writer.folder)
        with self.assertRaisesRegex(FileNotFoundError, "deleted"):
            writer.append(lines(row(1), CUT))

    def test_two_processes_never_write_to_one_spool_nor_count_one_attempt(self) -> None:
        writer = self.begun()
        for _ in range(2):
            with self.assertRaises(InUse):
                SpoolWriter.go_on(writer.folder)
        close_left(writer.folder)
        writer.close()
        Lock(writer.folder / "lock").release()
        self.assertEqual([claim_attempt(self.folder, "r", known) for known in (0, 0, 7, 0)], [2, 3, 8, 9])
        self.assertEqual([first_free(self.folder, "r", 1, rank) for rank in (0, 1)], [2, 1])

    def test_a_run_has_a_folder_of_its_own_whatever_its_id(self) -> None:
        names = ["a", "a/b", "a%2Fb", "..", ".", "a ", " a", "x" * 256, "x" * 255, "ä" * 256, "\ud800", "\ud801", "A", "con/../x"]
        folders = {str(run_folder(self.folder, name)).lower() for name in names}
        self.assertEqual(len(folders), len(names))
        for name in names:
            self.assertEqual(run_folder(self.folder, name).parent, self.folder)
            run_folder(self.folder, name).mkdir()

    def test_a_file_of_something_else_is_refused_by_its_name(self) -> None:
        folder = self.folder / "a"
        folder.mkdir()
        for content in (b"", b"hello\n", line_of(["segment", {"version": 2}]), line_of(row(1))):
            segment_path(folder, 1).write_bytes(content)
            with self.assertRaisesRegex(SpoolUnreadable, "000001.spool"):
                list(SpoolReader(folder).groups(START))
            with self.assertRaises(SpoolUnreadable):
                SpoolWriter.go_on(folder)


@contextmanager
def failing_writes(at: int) -> Iterator[None]:
    """The write with this number, and the two behind it, find no room after half of it."""
    writes = itertools.count()

    class Raw(io.FileIO):
        def write(self, content: Any) -> int:
            if at <= next(writes) <= at + 2:
                super().write(bytes(content)[: len(content) // 2])
                raise OSError(errno.ENOSPC, "no room")
            return super().write(content)

    before = Path.open

    def opened(path: Path, mode: str = "r", buffering: int = -1, **more: Any) -> Any:
        if "b" not in mode or mode == "rb":
            return before(path, mode, buffering, **more)
        raw = Raw(path, mode.replace("b", ""))
        return raw if buffering == 0 else io.BufferedWriter(raw)

    with mock.patch.object(Path, "open", opened):
        yield


if __name__ == "__main__":
    unittest.main()
