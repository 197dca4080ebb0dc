"""Run with `python3 -m unittest` in this folder; the training test needs jax and says so where it's absent."""

from __future__ import annotations

import gzip
import importlib.util
import json
import tempfile
import threading
import unittest
from collections import Counter
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import annotate
import corpus
import facts
import fetch
import metamath
import plan
import send
import tag
from finish import FOLDER

HAS_JAX = importlib.util.find_spec("jax") is not None


class PlanTest(unittest.TestCase):
    def test_every_mixture_sums_to_one(self) -> None:
        for mixture in (*plan.arms(), *plan.swarm()):
            self.assertAlmostEqual(sum(mixture.weights.values()), 1.0, places=9, msg=mixture.name)

    def test_the_dense_arm_keeps_the_math_budget_and_everything_else(self) -> None:
        full, dense = (next(arm.weights for arm in plan.arms() if arm.name == name) for name in ("full", "dense"))
        self.assertAlmostEqual(dense["math/plain"] + dense["math/structured"],
                               full["math/plain"] + full["math/structured"])
        self.assertEqual({name: weight for name, weight in dense.items() if not name.startswith("math/")},
                         {name: weight for name, weight in full.items() if not name.startswith("math/")})

    def test_removing_a_slice_scales_the_rest_in_proportion(self) -> None:
        cut = plan.without(plan.FULL, "code")
        self.assertEqual(cut["code"], 0)
        for name in set(plan.FULL) - {"code"}:
            self.assertAlmostEqual(cut[name] / plan.FULL[name], 1 / 0.75, places=4)

    def test_all_41_runs_are_distinct_and_the_ablation_comes_first(self) -> None:
        order = plan.runs()
        self.assertEqual(len({run.id for run in order}), 41)
        self.assertEqual({run.design for run in order[:12]}, {"controlled_ablation"})
        self.assertEqual([run.id for run in order], [run.id for run in plan.runs()])


class FactsTest(unittest.TestCase):
    def test_an_event_id_follows_from_run_kind_and_step_range(self) -> None:
        first = facts.steps_recorded("lab-full-s1", 1, {"loss": [2.0, 1.0]}, facts.now())
        again = facts.steps_recorded("lab-full-s1", 1, {"loss": [2.0, 1.0]}, facts.now())
        other = facts.steps_recorded("lab-full-s1", 3, {"loss": [2.0, 1.0]}, facts.now())
        self.assertEqual(first["id"], again["id"])
        self.assertNotEqual(first["id"], other["id"])

    def test_a_value_that_is_not_finite_becomes_null_and_is_named(self) -> None:
        data = facts.steps_recorded("run", 1, {"loss": [1.0, float("nan"), float("-inf")]}, facts.now())["data"]
        self.assertEqual(data["columns"]["loss"], [1.0, None, None])
        self.assertEqual(data["nonfinite"]["loss"], [{"index": 1, "value": "nan"}, {"index": 2, "value": "-inf"}])


class RecordedLogTest(unittest.TestCase):
    def test_every_run_records_what_its_code_fixed(self) -> None:
        lines = gzip.decompress(annotate.LOG.read_bytes()).decode().splitlines()
        self.assertEqual(annotate.without_fixed(lines), [])
        recorded = [json.loads(line) for line in lines if '"training.run.' in line]
        fixed = {fact["data"]["runId"]: fact["data"]["params"] for fact in recorded
                 if fact["type"] == "training.run.annotated"}
        started = [fact["data"] for fact in recorded if fact["type"] == "training.run.started"]
        self.assertEqual({start["code"]["digest"] for start in started}, {annotate.code_digest()})
        for start in started:
            self.assertEqual(fixed[start["runId"]], facts.FIXED_BY_CODE)


class TagTest(unittest.TestCase):
    """The facts beside the log: of the bytes that were trained on, by the model that ships, and what the card shows."""

    def setUp(self) -> None:
        with gzip.open(tag.FACTS, "rt", encoding="utf-8") as stream:
            self.facts = [json.loads(line) for line in stream]

    def test_every_fact_is_of_the_bytes_that_the_log_registers(self) -> None:
        measured = {(fact["data"]["values"][0]["ref"], fact["importedsha256"]) for fact in self.facts}
        self.assertEqual(measured, set(tag.registered_digests().items()))

    def test_the_model_that_ships_has_tagged_them(self) -> None:
        model = FOLDER.parent.parent / "libs/attributes/domain/model/domain.onnx"
        versions = {fact["data"]["instrument"]["version"] for fact in self.facts}
        self.assertEqual(versions, {f"sha256:{fetch.sha256_of(model)[:16]}"}, "run tag.py again")

    def test_the_card_has_their_table(self) -> None:
        with gzip.open(FOLDER / "log.ndjson.gz", "rt", encoding="utf-8") as stream:
            shards = [json.loads(line)["data"] for line in stream if '"corpus.shard.registered"' in line]
        slices = {shard["shardId"]: (shard["split"], shard["slice"]) for shard in shards}
        labels: tag.Labels = {}
        for fact in self.facts:
            if fact["data"]["attribute"] == "domain.label":
                for value in fact["data"]["values"]:
                    labels.setdefault(slices[value["ref"]], Counter())[value["bucket"]] += value["value"]
        self.assertIn(tag.text_of(labels), (FOLDER / "README.md").read_text(encoding="utf-8"))


class CorpusTest(unittest.TestCase):
    def test_a_copy_with_other_layout_and_numbers_is_dropped(self) -> None:
        copies = [corpus.Document("code", "a", "def f():\n    return 17\n"),
                  corpus.Document("code", "b", "DEF F(): return 42")]
        self.assertEqual(corpus.deduplicated(copies), copies[:1])

    def test_a_training_document_that_repeats_a_held_out_one_is_dropped(self) -> None:
        text = " ".join(f"word{chr(97 + at % 26)}{chr(97 + at // 26)}" for at in range(200))
        held_out = corpus.Document("code", "a", text)
        leak = corpus.Document("code", "b", "something before it. " + text)
        clean = corpus.Document("code", "b", text[::-1])
        self.assertEqual(corpus.without_leaks([leak, clean], [held_out]), [clean])

    def test_a_theorem_explained_in_words_is_structured_and_a_bare_one_plain(self) -> None:
        proof = "$p |- ( ph -> ps ) $= ( ax-mp a1i syl mpbir ) ABC $.\n"
        words = "The inverse of an isomorphism composed with the isomorphism is again the identity."
        explained, bare = metamath.theorem_blocks(f"$( {words} $)\none {proof}$( Lemma. $)\ntwo {proof}")
        self.assertTrue(metamath.is_structured(explained))
        self.assertFalse(metamath.is_structured(bare))


class BusyOnce(BaseHTTPRequestHandler):
    """Answers the first request with 503 and keeps the bodies of the others."""

    bodies: list[bytes] = []
    asked = 0

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        type(self).asked += 1
        if self.asked == 1:
            self.send_response(503)
            self.send_header("retry-after", "0")
        else:
            self.bodies.append(body)
            self.send_response(202)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


class SendTest(unittest.TestCase):
    def test_a_busy_server_gets_the_same_lines_again_and_nothing_twice(self) -> None:
        server = HTTPServer(("127.0.0.1", 0), BusyOnce)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        with tempfile.TemporaryDirectory() as folder:
            outbox = Path(folder) / "outbox.ndjson"
            outbox.write_bytes(b'{"id":1}\n' * 501 + b'{"id":')
            address = f"http://127.0.0.1:{server.server_port}"
            self.assertEqual(send.deliver(outbox, address), 501)
            self.assertEqual(send.deliver(outbox, address), 0)
        self.assertEqual([body.count(b"\n") for body in BusyOnce.bodies], [500, 1])


@unittest.skipUnless(HAS_JAX, "needs jax: pip install -r requirements.txt")
class TrainTest(unittest.TestCase):
    def test_exposure_of_a_twenty_step_run_sums_to_its_byte_budget(self) -> None:
        import numpy as np

        import model
        import train
        from feed import HeldOut, Shards

        config = model.Config(width=16, layers=1, heads=2, context=16, batch=2, steps=20, warmup=2)
        documents = {name: [(at, np.arange(1, 60, dtype=np.uint8))] for at, name in enumerate(corpus.SLICES)}
        shards = Shards(list(corpus.SLICES), list(corpus.SLICES), documents)
        held_out = HeldOut([f"{name}/{at}" for name in corpus.SLICES for at in range(2)],
                           [name for name in corpus.SLICES for _ in range(2)],
                           np.ones((12, 33), np.int32), np.full(12, 32))
        events = train.train(train.Lab(config, shards, held_out, lambda _: None), plan.runs()[0])
        exposures = [fact["data"] for fact in events if fact["type"] == "training.exposure.recorded"]
        self.assertEqual(sum(part["amount"] for data in exposures for part in data["amounts"]), config.budget)
        self.assertEqual([data["lastStep"] for data in exposures], [4, 8, 12, 16, 20])
        self.assertEqual(len({fact["id"] for fact in events}), len(events))
        for fact in events:
            facts.line_of(fact)


if __name__ == "__main__":
    unittest.main()
