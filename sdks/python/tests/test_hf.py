"""The Trainer of transformers with a tiny model: killed, resumed, with partial accumulation, dropped batches and workers."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import unittest
from collections import Counter
from contextlib import redirect_stderr
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from test_run import events_below
from trainers import data_of, lines_of, missing, totals_of, train

SKIPPED = missing("torch", "transformers", "accelerate")
NO_TRANSFORMERS = missing("transformers")
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

    def test_each_of_several_processes_records_its_own_batches_where_all_know_the_attempt(self) -> None:
        ended = train("trained_script.py", self.folder, "shards", "0", processes=2, TRIBUTARY_ATTEMPT="1")
        self.assertEqual(ended.returncode, 0, ended.stderr[-3000:])
        learned = sum((line for line in lines_of(self.folder / "learned.ndjson") if isinstance(line, list)), [])
        events = self.events()
        self.assertEqual(totals_of(data_of(events, "exposure.recorded")), tokens_of(learned))
        tokens = [one for row in data_of(events, "steps.recorded") for one in row["columns"]["tokens"]]
        self.assertEqual((sum(tokens), len(data_of(events, "run.started"))), (len(learned) * WIDTH, 1))

    def test_amounts_of_one_of_several_processes_are_not_taken_for_those_of_all(self) -> None:
        ended = train("trained_script.py", self.folder, "shards", "0", processes=2)
        self.assertEqual(ended.returncode, 0, ended.stderr[-3000:])
        self.assertIn("what batches hold is not recorded: each of the 2 processes knows its own batches only", ended.stderr)
        self.assertEqual(data_of(self.events(), "exposure.recorded"), [])
        self.assertEqual(len(data_of(self.events(), "run.ended")), 1)

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


class Parameter:
    def numel(self) -> int:
        return 12


def arguments(**more: Any) -> SimpleNamespace:
    """What a callback reads of TrainingArguments, which need torch."""
    return SimpleNamespace(**{"output_dir": "out/run-7", "run_name": None, "seed": 1, "data_seed": None, "fsdp": None, "world_size": 1,
                              "include_num_input_tokens_seen": "all", "to_sanitized_dict": lambda: {"learning_rate": 0.1}} | more)


@unittest.skipIf(NO_TRANSFORMERS, NO_TRANSFORMERS)
class HooksTest(unittest.TestCase):
    """Hooks as a Trainer calls them, with its own state and control."""

    def setUp(self) -> None:
        from transformers import TrainerControl, TrainerState

        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        variables = patch.dict(os.environ, {"TRIBUTARY_MODE": "spool", "TRIBUTARY_SPOOL": str(self.folder / "spool")})
        variables.start()
        self.addCleanup(variables.stop)
        self.args, self.state, self.control = arguments(), TrainerState(max_steps=10), TrainerControl()
        self.model = SimpleNamespace(parameters=lambda: [Parameter()], config=SimpleNamespace(
            _name_or_path="", model_type="tiny", to_dict=lambda: {"width": 8}))

    def callback(self, *given: Any, **more: Any) -> Any:
        import tributary

        found = tributary.integrations.hf.Callback(*given, **more)
        self.addCleanup(lambda: found.run and found.run.close())
        return found

    def say(self, callback: Any, hook: str, **more: Any) -> None:
        getattr(callback, hook)(self.args, self.state, self.control, model=self.model, **more)

    def step(self, callback: Any, tokens: int = 100) -> None:
        self.say(callback, "on_step_begin")
        self.state.global_step += 1
        self.state.num_input_tokens_seen += tokens
        self.say(callback, "on_step_end")

    def events(self) -> list[dict[str, Any]]:
        return events_below(self.folder / "spool")

    def test_a_run_is_named_by_the_script_the_arguments_or_their_folder(self) -> None:
        for name, run_name, expected in ((None, None, "run-7"), (None, "out/run-7", "run-7"), (None, "mine", "mine"), ("a/b", "mine", "a/b")):
            self.args = arguments(run_name=run_name)
            callback = self.callback(name)
            self.say(callback, "on_train_begin")
            self.assertEqual(callback.run.id, expected)
            callback.run.close()

    def test_what_the_trainer_knows_is_recorded_with_the_start(self) -> None:
        callback = self.callback("r", arm="b")
        self.state.global_step = 5
        with redirect_stderr(io.StringIO()):
            self.say(callback, "on_train_begin", processing_class=SimpleNamespace(name_or_path="bytes"))
        callback.run.flush()
        [start] = data_of(self.events(), "run.started")
        self.assertEqual(start, {"runId": "r", "attempt": 1, "arm": "b", "tokenizer": "bytes", "seeds": {"init": 1, "dataOrder": 1},
                                 "model": {"name": "tiny", "architecture": "SimpleNamespace", "parameters": 12},
                                 "config": {"learning_rate": 0.1, "model": {"width": 8}}})

    def test_the_learning_rate_and_the_gradient_norm_are_the_columns_that_answers_read(self) -> None:
        callback = self.callback("r")
        self.say(callback, "on_train_begin")
        self.step(callback)
        self.say(callback, "on_log", logs={"loss": 2.0, "learning_rate": 0.1, "grad_norm": 1.5})
        self.step(callback)
        self.say(callback, "on_log", logs={"learning_rate": 0.2, "learningRate": 0.3, "eval_grad_norm": 4.0})
        self.say(callback, "on_train_end")
        rows = data_of(self.events(), "steps.recorded")
        self.assertEqual([row["columns"] for row in rows if row["steps"] == [1]],
                         [{"loss": [2.0], "tokens": [100], "learningRate": [0.1], "gradNorm": [1.5]}])
        self.assertEqual([row["columns"] for row in rows if row["steps"] == [2]],
                         [{"tokens": [100], "learningRate": [0.3], "learning_rate": [0.2]}])

    def test_texts_are_left_out_and_what_is_logged_again_is_measured(self) -> None:
        callback = self.callback("r", slice="code")
        self.say(callback, "on_train_begin")
        self.step(callback)
        self.say(callback, "on_log", logs={"loss": 2.0, "note": "low", "none": None, "n" * 80: 1.0})
        self.say(callback, "on_log", logs={"loss": 1.0, "epoch": 0.5})
        self.step(callback, 50)
        self.say(callback, "on_train_end")
        self.say(callback, "on_evaluate", metrics={"eval_loss": 3.0, "eval_note": "late", "epoch": 1})
        events = self.events()
        columns = {step: {name: values[at] for name, values in row["columns"].items()} for row in data_of(events, "steps.recorded")
                   for at, step in enumerate(row["steps"])}
        self.assertEqual(columns, {1: {"loss": 2.0, "tokens": 100, "epoch": 0.5}, 2: {"tokens": 50}})
        points = [(name, value) for one in data_of(events, "metrics.recorded") for name, value in zip(one["keys"], one["values"], strict=True)]
        self.assertEqual(points, [("n" * 80, 1.0), ("loss", 1.0), ("eval_loss", 3.0)])
        self.assertEqual(totals_of(data_of(events, "exposure.recorded")), {("code", None): 150})
        [end] = data_of(events, "run.ended")
        self.assertEqual((end["status"], end["reason"]), ("stopped", "stopped before step 10"))
        self.assertEqual(callback.run.status().invalid, 0)

    def test_a_trainer_that_begins_again_makes_another_attempt(self) -> None:
        callback = self.callback("r")
        for _ in range(2):
            self.say(callback, "on_train_begin")
            self.step(callback)
            self.state.global_step = self.state.num_input_tokens_seen = 0
        self.say(callback, "on_train_end")
        self.assertEqual([(one["attempt"], one["steps"], one["columns"]) for one in data_of(self.events(), "steps.recorded")],
                         [(1, [1], {"tokens": [100]}), (2, [1], {"tokens": [100]})])

    def test_no_fault_of_the_recording_reaches_the_training(self) -> None:
        (self.folder / "spool").write_text("no folder")
        callback = self.callback("r")
        with redirect_stderr(io.StringIO()) as said:
            for _ in range(2):
                self.say(callback, "on_train_begin")
                self.step(callback)
                self.say(callback, "on_log", logs={"loss": 1.0})
                self.say(callback, "on_save")
                self.say(callback, "on_train_end")
        self.assertEqual(said.getvalue().count("on_train_begin was not recorded"), 1)
        self.assertEqual(len(said.getvalue().splitlines()), 1)

    def test_arguments_that_no_run_can_have_are_refused_where_they_are_given(self) -> None:
        for more in ({"colour": 1}, {"slice": "Code"}):
            with self.assertRaises((TypeError, ValueError)):
                self.callback(**more)
        with patch.dict(os.environ, {"TRIBUTARY_MODE": "on"}), self.assertRaises(ValueError):
            self.callback()

    def test_a_second_callback_for_one_trainer_is_refused_rather_than_without_amounts(self) -> None:
        trainer = SimpleNamespace(args=arguments(world_size=1), train_dataset=[], data_collator=list, training_step=lambda *_: 0,
                                  prediction_step=lambda *_: 0, callback_handler=SimpleNamespace(callbacks=[]),
                                  add_callback=lambda _: None)
        first = self.callback("a")
        first.attach(trainer)
        first.attach(trainer)
        with self.assertRaisesRegex(ValueError, "another callback counts"):
            self.callback("b").attach(trainer)

    def test_a_closed_stderr_ends_no_training(self) -> None:
        class Closed(io.StringIO):
            def write(self, text: str) -> int:
                raise BrokenPipeError("nobody reads")

        callback = self.callback("r")
        with redirect_stderr(Closed()):
            callback.batches._add(None)
            callback.batches._add({"__unknown__": "a" * 9})

    def test_of_several_processes_the_first_records_and_each_its_batches_where_all_know_the_attempt(self) -> None:
        import tributary
        from tributary.integrations.hf.batches import why_not

        self.state.is_world_process_zero = False
        other = self.callback("r")
        self.say(other, "on_train_begin")
        self.assertIsNone(other.run)
        stream = tributary.wrap(iter([]), slice="code")
        args = arguments(world_size=2, accelerator_config=SimpleNamespace(dispatch_batches=None))
        several = SimpleNamespace(args=args, train_dataset=[])
        self.assertIn("set TRIBUTARY_ATTEMPT for all of them", why_not(several, None))
        self.assertIsNone(why_not(several, 3))
        self.assertIn("each would count it", why_not(SimpleNamespace(**vars(several), get_tp_size=lambda: 2), 3))
        several.train_dataset = stream
        self.assertIn("one process reads for all", why_not(several, 3))
        args.accelerator_config.dispatch_batches = False
        self.assertIsNone(why_not(several, 3))
        with patch.dict(os.environ, {"TRIBUTARY_ATTEMPT": "3", "RANK": "1", "WORLD_SIZE": "2"}):
            self.say(other, "on_train_begin")
            other.batches.amounts.add({"code": 7})
            self.step(other)
            other.run.flush()
        self.assertEqual([event["type"] for event in self.events()], ["training.exposure.recorded"])


if __name__ == "__main__":
    unittest.main()
