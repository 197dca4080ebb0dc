"""What lines of a spool become, for whatever a script calls."""

from __future__ import annotations

import json
import random
import unittest
from collections import Counter
from pathlib import Path
from typing import Any

from tributary.events import Writer, events_of
from tributary.records import Record

WRITER = Writer("r", 1, 0, "spool")
TIME = "2026-01-01T00:00:00.000+00:00"
COUNTED = {"unit": "token", "method": "measured"}


def row(step: int, **values: Any) -> Record:
    return ["row", step, values, TIME]


def batch(first: int, last: int, *amounts: list[Any], documents: list[Any] | None = None, **more: str) -> Record:
    return ["batch", first, last, COUNTED | more, list(amounts), documents, TIME]


def random_records(seed: int) -> list[Record]:
    dice = random.Random(seed)
    records: list[Record] = []
    step = 0
    for _ in range(dice.randrange(1, 200)):
        step = max(0, step + dice.choice([1, 1, 1, 1, 2, 0, -5]))
        names = dice.sample(["loss", "rate", "norm", "a", "b"], dice.randrange(1, 5))
        if dice.random() < 0.1:
            records.append(["point", step, {name: dice.choice([1.5, "nan"]) for name in names}, TIME])
        elif dice.random() < 0.6:
            records.append(row(step, **{name: dice.choice([dice.random(), "nan", "+inf", "-inf", 3]) for name in names}))
        else:
            last = step + dice.choice([0, 0, 3])
            amounts = [[dice.choice(["code", "math/plain"]), dice.choice([None, "s"]), dice.randrange(9)] for _ in range(2)]
            records.append(batch(step, last, *amounts, unit=dice.choice(["token", "token", "byte"])))
            step = last
    return records


def points_in(events: list[dict[str, Any]]) -> Counter[tuple[str, int, Any]]:
    """Every value of every metric, and the step that it is of."""
    found: Counter[tuple[str, int, Any]] = Counter()
    for event in events:
        data = event["data"]
        if event["type"] == "training.steps.recorded":
            for name, values in data["columns"].items():
                odd = {one["index"]: one["value"] for one in data.get("nonfinite", {}).get(name, [])}
                found.update((name, step, odd.get(at, value)) for at, (step, value) in enumerate(zip(data["steps"], values, strict=True)))
        if event["type"] == "training.metrics.recorded":
            odd = {one["index"]: one["value"] for one in data.get("nonfinite", [])}
            points = zip(data["keys"], data["steps"], data["values"], strict=True)
            found.update((name, step, odd.get(at, value)) for at, (name, step, value) in enumerate(points))
    return found


def amounts_in(events: list[dict[str, Any]]) -> Counter[tuple[str, str, str | None]]:
    found: Counter[tuple[str, str, str | None]] = Counter()
    for event in events:
        if event["type"] == "training.exposure.recorded":
            for one in event["data"]["amounts"]:
                found[event["data"]["unit"], one["slice"], one.get("shardId")] += one["amount"]
    return found


class RandomScripts(unittest.TestCase):
    def test_every_point_is_there_as_often_as_it_was_logged(self) -> None:
        for seed in range(300):
            records = random_records(seed)
            logged = Counter((name, one[1], value) for one in records if one[0] in ("row", "point")
                             for name, value in one[2].items())
            self.assertEqual(points_in(events_of(WRITER, 0, records)), logged, f"seed {seed}")

    def test_amounts_add_up_to_what_was_given(self) -> None:
        for seed in range(300):
            records = random_records(seed)
            given: Counter[tuple[str, str, str | None]] = Counter()
            for one in records:
                if one[0] == "batch":
                    for name, shard, amount in one[4]:
                        given[one[3]["unit"], name, shard] += amount
            self.assertEqual(amounts_in(events_of(WRITER, 0, records)), given, f"seed {seed}")

    def test_facts_are_as_long_as_their_schemas_allow_and_steps_ascend(self) -> None:
        for seed in range(300):
            for event in events_of(WRITER, 0, random_records(seed)):
                data = event["data"]
                if event["type"] == "training.steps.recorded":
                    self.assertEqual(data["steps"], sorted(set(data["steps"])))
                    self.assertEqual({len(values) for values in data["columns"].values()}, {len(data["steps"])})
                elif event["type"] == "training.exposure.recorded":
                    self.assertLessEqual(data["firstStep"], data["lastStep"])

    def test_a_step_whose_metrics_are_logged_one_after_the_other_is_recorded_once(self) -> None:
        rows = [row(step, **values) for step in range(1, 40)
                for values in ([{"loss": 1.0, "tokens": 9}] + [{"norm": 2.0}, {"rate": 3.0}] * (step % 10 == 0))]
        facts = [event["data"] for event in events_of(WRITER, 0, rows)]
        self.assertEqual([sorted(fact["columns"]) for fact in facts], [["loss", "tokens"], ["loss", "norm", "rate", "tokens"]])
        self.assertEqual(sorted(step for fact in facts for step in fact["steps"]), list(range(1, 40)))

    def test_steps_of_an_exposure_are_exactly_those_of_its_batches(self) -> None:
        for seed in range(300):
            records = [one for one in random_records(seed) if one[0] == "batch" and one[4]]
            given = {step for one in records for step in range(one[1], one[2] + 1)}
            found = {step for event in events_of(WRITER, 0, records)
                     for step in range(event["data"]["firstStep"], event["data"]["lastStep"] + 1)}
            self.assertEqual(found, given, f"seed {seed}")

    def test_the_same_lines_are_the_same_events_under_ids_of_their_own(self) -> None:
        records = random_records(1)
        events = events_of(WRITER, 7, records)
        self.assertEqual(events, events_of(WRITER, 7, records))
        other = Writer("r", 1, 0, "the spool of another machine")
        ids = [event["id"] for writer in (WRITER, other) for event in events_of(writer, 7, records)]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual(events_of(WRITER, 8, records)[0]["id"], events[1]["id"])


class LongParts(unittest.TestCase):
    def test_many_steps_columns_and_amounts_are_divided(self) -> None:
        rows = [row(step, **{f"m{at}": step for at in range(70)}) for step in range(1_500)]
        events = events_of(WRITER, 0, rows)
        columns = [event["data"] for event in events if event["type"] == "training.steps.recorded"]
        self.assertEqual([(len(data["steps"]), len(data["columns"])) for data in columns], [(1_024, 64), (476, 64)])
        self.assertEqual(sum(points_in(events).values()), 70 * 1_500)
        shards = [["web", f"shard-{at}", 1] for at in range(25_000)]
        exposures = events_of(WRITER, 0, [batch(1, 1, *shards)])
        self.assertEqual(sum(len(event["data"]["amounts"]) for event in exposures), 25_000)
        self.assertLessEqual(max(len(event["data"]["amounts"]) for event in exposures), 10_000)

    def test_no_event_is_longer_than_telemetry_may_be(self) -> None:
        shards = [["web", "ü" * 240 + str(at), 1.5] for at in range(10_000)]
        points = [["point", step, {"x" * 500 + str(name): 1.5 for name in range(100)}, TIME] for step in range(64)]
        documents = [batch(step, step, ["web", None, 1], documents=[["s" * 200, at, 1] for at in range(2_000)]) for step in range(64)]
        names = [["point", 1, {"字" * 500 + str(name): 1.5 for name in range(900)}, TIME]]
        for event in events_of(WRITER, 0, [batch(1, 1, *shards), *points, *names, *documents]):
            most = 8_388_608 if event["type"] == "training.order.recorded" else 1_048_576
            self.assertLess(len(json.dumps(event, ensure_ascii=False).encode()), most)


class Documents(unittest.TestCase):
    def test_documents_of_consecutive_steps_are_one_order(self) -> None:
        records = [batch(step, step, ["web", None, 4], documents=[["s", 4 * step, 4]]) for step in (1, 2, 3, 7)]
        orders = [event["data"] for event in events_of(WRITER, 0, records) if event["type"] == "training.order.recorded"]
        self.assertEqual([(one["firstStep"], one["lastStep"], len(one["order"]["ranges"]["steps"])) for one in orders],
                         [(1, 3, 3), (7, 7, 1)])
        self.assertEqual(orders[0]["order"]["ranges"]["steps"][1], [{"shardId": "s", "from": 8, "count": 4}])


    def test_parts_of_a_batch_are_one_exposure_and_one_order(self) -> None:
        records = [batch(step, step, ["web", None, 4], documents=[["s", 8 * step + 4 * part, 4]]) for step in (1, 2) for part in (0, 1)]
        exposure, order = (event["data"] for event in events_of(WRITER, 0, records))
        self.assertEqual((exposure["firstStep"], exposure["lastStep"], exposure["amounts"]), (1, 2, [{"slice": "web", "amount": 16}]))
        self.assertEqual([[one["from"] for one in step] for step in order["order"]["ranges"]["steps"]], [[8, 12], [16, 20]])


class Golden(unittest.TestCase):
    def test_lines_make_the_events_that_they_made_in_every_release(self) -> None:
        """A change here needs another VERSION of spools, and the old one still read as before."""
        records = [row(1, loss=1.5, tokens=10), row(2, loss="nan", tokens=10), batch(1, 2, ["code", "s", 20]),
                   ["point", 2, {"eval": "+inf"}, TIME], ["fact", "training.checkpoint.saved", {"step": 2}, TIME]]
        golden = json.loads((Path(__file__).parent / "golden_events.json").read_text())
        self.assertEqual(events_of(WRITER, 3, records), golden)


class Order(unittest.TestCase):
    def test_a_checkpoint_comes_behind_the_steps_before_it(self) -> None:
        records = [row(1, loss=1.0), ["fact", "training.checkpoint.saved", {"step": 1}, TIME]]
        kinds = [event["type"] for event in events_of(WRITER, 0, records)]
        self.assertEqual(kinds, ["training.steps.recorded", "training.checkpoint.saved"])


if __name__ == "__main__":
    unittest.main()
