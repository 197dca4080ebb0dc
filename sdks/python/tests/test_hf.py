"""The Trainer of transformers with a tiny model: killed, resumed, with partial accumulation, dropped batches and workers."""

from __future__ import annotations

import shutil
import tempfile
import unittest
from collections import Counter
from pathlib import Path
from typing import Any

from test_run import events_below
from trainers import data_of, lines_of, missing, totals_of, train

SKIPPED = missing("torch", "transformers", "accelerate")
WIDTH = 8


def held(index: int) -> tuple[str, str, int]:
    """Slice, shard and tokens of an item, said again and not taken from the script."""
    return ("code", "math/plain", "web")[index % 3], ("s0", "s1")[index % 2], 1 + 2 + index % (WIDTH - 2)


def learned_in(folder: Path) -> list[tuple[int, list[int]]]:
    """Each step of each start, in order, and the items that the model saw in it."""
    steps: list[tuple[int, list[int]]] = []
    seen: list[int] = []
    for line in lines_of(folder / "learned.ndjson"):
        if isinstance(line, list):
            seen += line
            continue
        steps.append((line["step"], seen))
        seen = []
    return steps


def tokens_of(items: list[int]) -> Counter[tuple[str, str | None]]:
    found: Counter[tuple[str, str | None]] = Counter()
    for index in items:
        slice_name, shard, tokens = held(index)
        found[slice_name, shard] += tokens
    return found


@unittest.skipIf(SKIPPED, SKIPPED)
class TrainerTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def trained(self, kind: str, kill: int = 0) -> str:
        ended = train("trained_script.py", self.folder, kind, str(kill))
        self.assertEqual(ended.returncode, -9 if kill else 0, ended.stderr[-3000:])
        return ended.stderr

    def events(self) -> list[dict[str, Any]]:
        return events_below(self.folder / "spool")

    def test_what_the_model_learned_is_recorded_over_a_kill_and_a_resume_and_nothing_else(self) -> None:
        self.trained("shards", kill=13)
        self.trained("shards")
        events = self.events()
        first, second = data_of(events, "run.started")
        self.assertEqual((first["runId"], first["seeds"], first["config"]["max_steps"]), ("tiny-run", {"init": 7, "dataOrder": 8}, -1))
        self.assertEqual(second["resumedFrom"], {"attempt": 1, "step": 10})
        learned = learned_in(self.folder)
        self.assertEqual([step for step, _ in learned], [*range(1, 14), *range(11, 19)])
        kept = [one for one in data_of(events, "exposure.recorded") if one["attempt"] == 2 or one["lastStep"] <= 10]
        counted = [items for at, (_, items) in enumerate(learned) if at < 10 or at >= 13]
        self.assertEqual(totals_of(kept), tokens_of([index for items in counted for index in items]))
        self.assertEqual(sum(len(items) for items in counted), 100)
        self.assertGreater(len(lines_of(self.folder / "read.ndjson")), sum(len(items) for _, items in learned))
        self.each_step_is_recorded_once_with_its_tokens(events)
        self.checkpoints_and_evaluations(events)

    def each_step_is_recorded_once_with_its_tokens(self, events: list[dict[str, Any]]) -> None:
        rows = [(row["attempt"], step, tokens) for row in data_of(events, "steps.recorded")
                for step, tokens in zip(row["steps"], row["columns"]["tokens"], strict=True)]
        steps = [(attempt, step) for attempt, step, _ in rows]
        self.assertEqual(len(set(steps)), len(steps))
        kept = {step: tokens for attempt, step, tokens in rows if attempt == 2 or step <= 10}
        # Nine steps an epoch, of which the last has one batch of two items, and the others have three.
        self.assertEqual(kept, {step: 2 * WIDTH * (1 if step in (9, 18) else 3) for step in range(1, 19)})

    def checkpoints_and_evaluations(self, events: list[dict[str, Any]]) -> None:
        checkpoints = data_of(events, "checkpoint.saved")
        self.assertEqual([(one["step"], one["tokens"]) for one in checkpoints], [(5, 240), (10, 448), (15, 688), (18, 800)])
        self.assertEqual({Path(one["uri"]).parent for one in checkpoints}, {self.folder / "tiny-run"})
        points = Counter((one["attempt"], name, step) for one in data_of(events, "metrics.recorded")
                         for name, step in zip(one["keys"], one["steps"], strict=True))
        self.assertEqual({key: count for key, count in points.items() if key[1] in ("eval_loss", "eval_final_loss", "train_loss")},
                         {(1, "eval_loss", 6): 1, (1, "eval_loss", 12): 1, (2, "eval_loss", 12): 1, (2, "eval_loss", 18): 1,
                          (2, "train_loss", 18): 1, (2, "eval_final_loss", 18): 1})
        [end] = data_of(events, "run.ended")
        self.assertEqual((end["status"], end["lastStep"], end["attempt"]), ("completed", 18, 2))

    def test_batches_that_the_loader_drops_are_not_counted(self) -> None:
        self.trained("dropped")
        learned = sum((items for _, items in learned_in(self.folder)), [])
        self.assertEqual(len(learned), 100)
        self.assertEqual(totals_of(data_of(self.events(), "exposure.recorded")), tokens_of(learned))

    def test_an_iterable_data_set_is_counted_as_it_is_learned(self) -> None:
        self.trained("stream")
        learned = [items for _, items in learned_in(self.folder)]
        self.assertEqual(len(learned), 18)
        self.assertEqual(totals_of(data_of(self.events(), "exposure.recorded")), tokens_of(sum(learned, [])))

    def test_data_of_one_slice_are_counted_by_the_trainer(self) -> None:
        self.trained("slice")
        exposures = data_of(self.events(), "exposure.recorded")
        self.assertEqual((totals_of(exposures), {one["method"] for one in exposures}), ({("code", None): 800}, {"reported"}))


if __name__ == "__main__":
    unittest.main()
