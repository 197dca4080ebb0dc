"""The Trainer of Lightning with a tiny model: killed, resumed, with accumulation, validation and a test behind it."""

from __future__ import annotations

import shutil
import tempfile
import unittest
from collections import Counter
from pathlib import Path

from test_run import events_below
from trainers import data_of, lines_of, missing, totals_of, train

SKIPPED = missing("torch", "lightning")


@unittest.skipIf(SKIPPED, SKIPPED)
class LoggerTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def trained(self, package: str, kill: int = -1) -> None:
        ended = train("lightning_script.py", self.folder, package, str(kill))
        self.assertEqual(ended.returncode, -9 if kill >= 0 else 0, ended.stderr[-3000:])

    def test_steps_checkpoints_and_amounts_are_recorded_over_a_kill_and_a_resume(self) -> None:
        self.trained("lightning.pytorch", kill=13)
        self.trained("lightning.pytorch")
        events = events_below(self.folder / "spool")
        first, second = data_of(events, "run.started")
        self.assertEqual((first["model"], first["config"]), ({"name": "Model", "parameters": 5}, {"width": 4}))
        self.assertEqual(second["resumedFrom"], {"attempt": 1, "step": 9})
        rows = Counter((row["attempt"], step) for row in data_of(events, "steps.recorded") for step in row["steps"])
        self.assertEqual(set(rows.values()), {1})
        kept = [row for row in data_of(events, "steps.recorded") if row["attempt"] == 2]
        self.assertEqual(sorted(step for row in kept for step in row["steps"] if "loss" in row["columns"]), list(range(10, 18)))
        checkpoints = [(one["attempt"], one["step"]) for one in data_of(events, "checkpoint.saved")]
        self.assertEqual(checkpoints[:3], [(1, 4), (1, 9), (2, 14)])
        [end] = data_of(events, "run.ended")
        self.assertEqual((end["status"], end["attempt"]), ("completed", 2))
        self.assertIn("test/loss", [key for one in data_of(events, "metrics.recorded") for key in one["keys"]])
        self.amounts(events)

    def amounts(self, events: list[dict[str, object]]) -> None:
        """Those of the second start are all on the disk, whatever the first one was killed with."""
        learned = lines_of(self.folder / "learned.ndjson")
        begin = max(at for at, (step, _) in enumerate(learned) if at and step < learned[at - 1][0])
        seen = Counter(("code", "math")[index % 2] for _, items in learned[begin:] for index in items)
        recorded = totals_of([one for one in data_of(events, "exposure.recorded") if one["attempt"] == 2])
        self.assertEqual(recorded, {(name, None): 4 * count for name, count in seen.items()})

    @unittest.skipIf(missing("pytorch_lightning"), missing("pytorch_lightning"))
    def test_the_package_under_its_other_name_records_as_well(self) -> None:
        self.trained("pytorch_lightning")
        [end] = data_of(events_below(self.folder / "spool"), "run.ended")
        self.assertEqual((end["status"], end["lastStep"]), ("completed", 17))


if __name__ == "__main__":
    unittest.main()
