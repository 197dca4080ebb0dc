"""Items that say what they hold, and batches that carry it, with loaders where PyTorch is here."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
import tempfile
import unittest
from operator import itemgetter
from pathlib import Path
from typing import Any

from test_run import SOURCE, events_below
from trainers import data_of, missing, totals_of

import tributary
from tributary.amounts import KEY, UNKNOWN, Amounts
from tributary.wrapping import Item

NO_TORCH = missing("torch")
ITEMS = [{"input_ids": [1] * (at + 1), "domain": ("code", "math/plain")[at % 2]} for at in range(10)]


def as_list(items: list[Any]) -> dict[str, Any]:
    return {"items": items}


def words(item: dict[str, Any]) -> int:
    return 3 if item["domain"] == "code" else 5


def packed(item: dict[str, Any]) -> dict[Any, int]:
    return {"code": 2, ("web", "s1"): 4}


class Lines:
    """An iterable data set with a method of its own."""

    epoch = 0

    def __iter__(self) -> Any:
        return iter(ITEMS)

    def set_epoch(self, epoch: int) -> None:
        self.epoch = epoch


class WrapTest(unittest.TestCase):
    def test_the_collate_function_gets_the_items_as_they_were(self) -> None:
        batch = tributary.collate(as_list)([tributary.wrap(ITEMS, slice="code")[at] for at in (2, 5)])
        self.assertIs(batch["items"][0], ITEMS[2])
        self.assertEqual(batch.pop(KEY), {"code": 9})
        self.assertEqual(ITEMS[2].keys(), {"input_ids", "domain"})

    def test_slices_shards_and_tokens_are_names_or_functions_of_an_item(self) -> None:
        domain = itemgetter("domain")
        asked: list[tuple[dict[str, Any], dict[Any, int]]] = [
            ({"slice": domain}, {"code": 1, "math/plain": 2}),
            ({"slice": domain, "shard": "s0", "tokens": words}, {("code", "s0"): 3, ("math/plain", "s0"): 5}),
            ({"slice": "web", "shard": domain, "tokens": 7}, {("web", "code"): 7, ("web", "math/plain"): 7}),
            ({"slice": packed}, {"code": 4, ("web", "s1"): 8}),
        ]
        for arguments, amounts in asked:
            data = tributary.wrap(ITEMS, **arguments)
            self.assertEqual(tributary.collate(as_list)(data.__getitems__([0, 1]))[KEY], amounts)

    def test_iterable_data_sets_and_their_own_methods_are_kept(self) -> None:
        lines = Lines()
        data = tributary.wrap(lines, slice=itemgetter("domain"))
        data.set_epoch(3)
        self.assertEqual(lines.epoch, 3)
        self.assertEqual(tributary.collate(as_list)(list(iter(data)))[KEY], {"code": 25, "math/plain": 30})
        self.assertEqual(len(tributary.wrap(ITEMS, slice="code")), 10)
        with self.assertRaises(TypeError):
            len(data)

    def test_items_of_no_wrap_are_left_alone(self) -> None:
        self.assertEqual(tributary.collate(as_list)(ITEMS[:2]), {"items": ITEMS[:2]})

    def test_wrapped_data_travel_to_other_processes(self) -> None:
        data = pickle.loads(pickle.dumps(tributary.wrap(ITEMS, slice=itemgetter("domain"), tokens=words)))
        batch = pickle.loads(pickle.dumps(tributary.collate(as_list)))([data[0], data[1]])
        batch = pickle.loads(pickle.dumps(batch))
        self.assertEqual(batch[KEY], {"code": 3, "math/plain": 5})

    def test_an_item_that_can_not_be_counted_is_trained_on_and_its_batch_is_refused_with_the_reason(self) -> None:
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        run = tributary.run("r", model="m", environment={"TRIBUTARY_MODE": "spool", "TRIBUTARY_SPOOL": str(folder)})
        self.addCleanup(run.close)
        wrong: list[dict[str, Any]] = [{"slice": itemgetter("language")}, {"slice": "code", "tokens": itemgetter("domain")},
                                       {"slice": lambda _: {"code": -1}}]
        for at, arguments in enumerate(wrong):
            data = tributary.wrap(ITEMS, **arguments)
            batch = tributary.collate(as_list)([data[0], Item(ITEMS[1], {"code": 2})])
            self.assertEqual(len(batch["items"]), 2)
            run.batch(at, batch.pop(KEY))
        run.batch(9, tributary.collate(as_list)([ITEMS[0], Item(ITEMS[1], {"code": 2})])[KEY])
        run.batch(10, {"code": 1})
        self.assertTrue(run.flush(30))
        self.assertEqual(run.status().invalid, 4)
        self.assertIn("an item of the batch comes from a data set without wrap", run.status().last_error)
        self.assertEqual(totals_of(data_of(events_below(folder), "exposure.recorded")), {("code", None): 1})

    def test_what_no_batch_can_be_counted_with_is_refused_before_a_training(self) -> None:
        for arguments in ({"slice": "Code"}, {"slice": ""}, {"slice": "code", "shard": ""}, {"slice": "code", "tokens": -1}):
            with self.assertRaises(ValueError):
                tributary.wrap(ITEMS, **arguments)
        with self.assertRaisesRegex(TypeError, "a int is no data set"):
            tributary.wrap(7, slice="code")
        with self.assertRaisesRegex(TypeError, "gave a list, which has no place for '__tributary__': let it give a dict"):
            tributary.collate(list)([Item(1, {"code": 1})])

    def test_the_first_reason_for_something_unknown_stays(self) -> None:
        amounts = Amounts()
        for more in ({"code": 1}, {UNKNOWN: "first"}, {UNKNOWN: "second", "code": 2}):
            amounts.add(more)
        self.assertEqual(amounts, {"code": 3, UNKNOWN: "first"})

    def test_nothing_of_torch_or_a_trainer_is_imported_before_it_is_used(self) -> None:
        script = ("import sys, tributary; tributary.wrap([{}], slice='code')[0]; tributary.integrations\n"
                  "print([name for name in ('torch', 'transformers', 'lightning', 'numpy') if name in sys.modules])")
        done = subprocess.run([sys.executable, "-c", script], env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, check=True)
        self.assertEqual(done.stdout, "[]\n")

    def test_a_trainer_that_is_not_installed_is_named(self) -> None:
        for package, module in (("transformers", "hf"), ("lightning", "lightning")):
            blocked = ("class No:\n    def find_spec(self, name, path=None, target=None):\n"
                       "        if name.split('.')[0] in ('transformers', 'lightning', 'pytorch_lightning'):\n"
                       "            raise ModuleNotFoundError(name, name=name.split('.')[0])\n"
                       f"import sys; sys.meta_path.insert(0, No())\nimport tributary\ntributary.integrations.{module}\n")
            done = subprocess.run([sys.executable, "-c", blocked], env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, check=False)
            self.assertIn(f"ImportError: tributary.integrations.{module} needs {package}: pip install {package}", done.stderr)
        with self.assertRaisesRegex(AttributeError, "has hf and lightning, and no keras"):
            _ = tributary.integrations.keras


@unittest.skipIf(NO_TORCH, NO_TORCH)
class LoaderTest(unittest.TestCase):
    """With PyTorch's loader: what a batch carries is what it has."""

    def expect(self, data: Any, **more: Any) -> None:
        import torch

        def carried(loader: Any) -> list[tuple[int, dict[Any, int]]]:
            return [(sum(len(item["input_ids"]) for item in batch["items"]), dict(batch[KEY])) for batch in loader]

        batches = carried(torch.utils.data.DataLoader(data, batch_size=3, collate_fn=tributary.collate(as_list), **more))
        self.assertGreaterEqual(len(batches), 4)
        for tokens, amounts in batches:
            self.assertEqual(sum(amounts.values()), tokens)
        self.assertEqual(sum(tokens for tokens, _ in batches), 55)

    def test_workers_that_are_forked_or_spawned_count_as_the_process_does(self) -> None:
        data = tributary.wrap(ITEMS, slice=itemgetter("domain"))
        self.expect(data)
        for how in ("fork", "spawn"):
            self.expect(data, num_workers=2, multiprocessing_context=how, shuffle=True)

    def test_data_sets_that_are_put_together_keep_their_slices(self) -> None:
        import torch

        data = torch.utils.data.ConcatDataset([tributary.wrap(ITEMS[:5], slice="code"), tributary.wrap(ITEMS[5:], slice="web")])
        self.expect(data, num_workers=1, persistent_workers=True, prefetch_factor=4)
        self.expect(torch.utils.data.Subset(data, range(10)))

    def test_a_stream_of_torch_stays_one(self) -> None:
        import torch
        from loaders import Numbers

        data = tributary.wrap(Numbers(), slice=itemgetter("domain"))
        self.assertIsInstance(data, torch.utils.data.IterableDataset)
        self.expect(data)
        self.expect(data, num_workers=2, multiprocessing_context="spawn")

    def test_the_loader_of_torch_without_collate_names_what_it_got(self) -> None:
        import torch

        loader = torch.utils.data.DataLoader(tributary.wrap(ITEMS, slice="code"), batch_size=2)
        with self.assertRaisesRegex(TypeError, "tributary.wrapping.Item"):
            next(iter(loader))

    def test_collate_of_nothing_is_the_one_of_torch(self) -> None:
        import torch

        data = tributary.wrap([{"x": at} for at in range(4)], slice="code", tokens=1)
        [batch] = torch.utils.data.DataLoader(data, batch_size=4, collate_fn=tributary.collate())
        self.assertEqual((batch["x"].tolist(), batch[KEY]), ([0, 1, 2, 3], {"code": 4}))


if __name__ == "__main__":
    unittest.main()
