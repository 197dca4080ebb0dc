"""What is on the disk stays, wherever a process or a disk stopped."""

from __future__ import annotations

import shutil
import tempfile
import unittest
from pathlib import Path

from tributary import spool
from tributary.events import Event, Writer
from tributary.records import CUT, Record, line_of
from tributary.spool import (START, Line, Lock, SpoolInUse, SpoolReader, SpoolUnreadable, SpoolWriter, claim_attempt, close_left,
                             run_folder, segment_path, segments_in)

WRITER = Writer("r", 1, 0)


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

    def written(self, name: str, *records: Record) -> Path:
        writer = SpoolWriter(self.folder / name, WRITER)
        writer.append(lines(*records))
        writer.close()
        return self.folder / name

    def test_what_was_cut_is_read_and_what_was_not_waits(self) -> None:
        writer = SpoolWriter(self.folder / "a", WRITER)
        self.addCleanup(writer.close)
        writer.append(lines(row(1), CUT, row(2)))
        self.assertEqual(steps_in(self.folder / "a"), [1])
        writer.append(lines(CUT))
        self.assertEqual(steps_in(self.folder / "a"), [1, 2])

    def test_whatever_byte_a_file_ends_at_the_lines_before_it_are_there_and_it_goes_on(self) -> None:
        whole = self.written("whole", row(1), row(2), CUT, row(3), CUT, row(4), row(5))
        content = segment_path(whole, 1).read_bytes()
        head = content.index(b"\n") + 1
        for end in range(head, len(content) + 1):
            folder = self.folder / f"cut-{end}"
            folder.mkdir()
            segment_path(folder, 1).write_bytes(content[:end])
            kept = content[:end].count(b'["row"') - (0 if content[:end].endswith(b"\n") or not torn_row(content[:end]) else 1)
            writer = SpoolWriter(folder, WRITER)
            writer.append(lines(row(9), CUT))
            writer.close()
            events = events_in(folder)
            self.assertEqual(steps_in(folder), [*range(1, kept + 1), 9], f"cut at {end}")
            self.assertEqual(len({event["id"] for event in events}), len(events))

    def test_a_line_that_was_changed_in_the_middle_is_named_and_nothing_behind_it_is_sent(self) -> None:
        folder = self.written("a", row(1), CUT, row(2), CUT)
        path = segment_path(folder, 1)
        path.write_bytes(path.read_bytes().replace(b'"loss":2', b'"loss":3'))
        groups = SpoolReader(folder).groups(START)
        self.assertEqual(len(next(groups).events), 1)
        with self.assertRaisesRegex(SpoolUnreadable, "byte .*checksum"):
            next(groups)

    def test_segments_continue_each_other_and_go_once_they_were_sent(self) -> None:
        before, spool.SEGMENT_BYTES = spool.SEGMENT_BYTES, 200
        self.addCleanup(setattr, spool, "SEGMENT_BYTES", before)
        folder = self.folder / "a"
        for part in range(3):
            writer = SpoolWriter(folder, WRITER)
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

    def test_two_processes_never_write_to_one_spool_nor_count_one_attempt(self) -> None:
        writer = SpoolWriter(self.folder / "a", WRITER)
        with self.assertRaises(SpoolInUse):
            SpoolWriter(self.folder / "a", WRITER)
        close_left(self.folder / "a")
        writer.close()
        Lock(self.folder / "a" / "lock").release()
        self.assertEqual([claim_attempt(self.folder, "r", known) for known in (0, 0, 7, 0)], [1, 2, 8, 9])

    def test_a_run_has_a_folder_of_its_own_whatever_its_id(self) -> None:
        names = ["a", "a/b", "a%2Fb", "..", ".", "a ", " a", "x" * 256, "x" * 255, "ä" * 256, "\ud800", "\ud801", "A", "con/../x"]
        folders = {run_folder(self.folder, name) for name in names}
        self.assertEqual(len(folders), len(names))
        self.assertEqual({folder.parent for folder in folders}, {self.folder})
        for folder in folders:
            folder.mkdir()

    def test_a_file_of_something_else_is_refused_by_its_name(self) -> None:
        folder = self.folder / "a"
        folder.mkdir()
        for content in (b"", b"hello\n", line_of(["segment", {"version": 2}]), line_of(row(1))):
            segment_path(folder, 1).write_bytes(content)
            with self.assertRaisesRegex(SpoolUnreadable, "000001.spool"):
                list(SpoolReader(folder).groups(START))
            with self.assertRaises(SpoolUnreadable):
                SpoolWriter(folder, WRITER)


def torn_row(content: bytes) -> bool:
    return b'["row"' in content[content.rindex(b"\n") + 1 :]


if __name__ == "__main__":
    unittest.main()
