"""A run in a process of its own: killed, ended, forked, without disk, with values that are none."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

import tributary
from tributary.events import Event
from tributary.spool import Place, SpoolReader, close_left, spools_in

SOURCE = Path(__file__).parent.parent / "src"


def events_below(folder: Path) -> list[Event]:
    for one in spools_in(folder):
        close_left(one)
    return [event for one in spools_in(folder) for group in SpoolReader(one).groups(Place(1, 0, 0)) for event in group.events]


def steps_in(events: list[Event]) -> list[int]:
    return [step for event in events if event["type"] == "training.steps.recorded" for step in event["data"]["steps"]]


def terminated(process: subprocess.Popen[str]) -> int:
    """The exit code of a process that is told to end once it has printed a line."""
    assert process.stdout is not None
    process.stdout.readline()
    process.terminate()
    return process.wait(timeout=30)


class Tensor:
    """Is written to in place, and read from its device."""

    def __init__(self, value: float) -> None:
        self.value = value

    def detach(self) -> Tensor:
        return self

    def clone(self) -> Tensor:
        return Tensor(self.value)

    def item(self) -> float:
        return self.value


class Array:
    """An array of NumPy that has one value."""

    ndim = 0

    def __init__(self, value: float) -> None:
        self.value = value

    def copy(self) -> Array:
        return Array(self.value)

    def item(self) -> float:
        return self.value


class RunTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.variables = {"TRIBUTARY_MODE": "spool", "TRIBUTARY_SPOOL": str(self.folder)}

    def run_of(self, name: str = "r", **more: Any) -> tributary.Run:
        run = tributary.run(name, model="m", environment=self.variables, **more)
        assert isinstance(run, tributary.Run)
        self.addCleanup(run.close)
        return run

    def script(self, text: str) -> subprocess.Popen[str]:
        """A process with a run `run` and what its script does with it."""
        before = "import os, signal, sys, threading, time, tributary\nrun = tributary.run('r', model='m')\n"
        process = subprocess.Popen([sys.executable, "-c", before + textwrap.dedent(text)], stdout=subprocess.PIPE, text=True,
                                   env=os.environ | self.variables | {"PYTHONPATH": str(SOURCE)})
        assert process.stdout is not None
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def test_a_killed_process_has_on_the_disk_what_it_recorded_before_the_last_moments(self) -> None:
        for at in (0.3, 0.9, 1.6):
            process = self.script("""
                for step in range(10**9):
                    run.log({'loss': 1.0}, step=step)
                    if step % 100 == 0:
                        print(step, time.time(), flush=True)
                    time.sleep(0.0005)
            """)
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(at)
            process.kill()
            killed = time.time()
            printed = [line.split() for line in process.stdout.read().splitlines() if line.count(" ") == 1]
            old = [int(step) for step, when in printed if float(when) < killed - 1.5]
            events = events_below(self.folder)
            steps = steps_in([event for event in events if event["data"].get("attempt") == events[-1]["data"]["attempt"]])
            self.assertEqual(steps, list(range(len(steps))))
            self.assertGreaterEqual(len(steps), max(old, default=0))
            self.assertEqual(len({event["id"] for event in events}), len(events))

    def test_a_process_that_is_told_to_end_keeps_all_and_ends_as_it_would_have(self) -> None:
        process = self.script("""
            for step in range(50): run.log({'loss': 1.0}, step=step)
            print('logged', flush=True)
            time.sleep(60)
        """)
        self.assertEqual(terminated(process), -signal.SIGTERM)
        self.assertEqual(steps_in(events_below(self.folder)), list(range(50)))

    def test_what_a_script_does_on_a_signal_is_done_after_the_flush(self) -> None:
        process = self.script("""
            run.close()
            signal.signal(signal.SIGTERM, lambda *_: (print('saved', flush=True), sys.exit(3)))
            run = tributary.run('other', model='m')
            run.log({'loss': 1.0}, step=1)
            print('logged', flush=True)
            time.sleep(60)
        """)
        self.assertEqual(terminated(process), 3)
        assert process.stdout is not None
        self.assertEqual(process.stdout.read(), "saved\n")
        self.assertIn(1, steps_in(events_below(self.folder)))

    def test_a_signal_ends_a_process_whose_runs_were_closed_by_other_threads(self) -> None:
        process = self.script("""
            for name in 'abc':
                thread = threading.Thread(target=run.close)
                thread.start()
                thread.join()
                run = tributary.run(name, model='m')
            run.log({'loss': 1.0}, step=1)
            print('logged', flush=True)
            time.sleep(60)
        """)
        self.assertEqual(terminated(process), -signal.SIGTERM)
        self.assertEqual(steps_in(events_below(self.folder)), [1])

    def test_a_worker_that_was_forked_keeps_no_lock_of_the_run(self) -> None:
        process = self.script("""
            run.log({'loss': 1.0}, step=1)
            run.flush()
            if os.fork() == 0:
                time.sleep(10)
                os._exit(0)
            print('forked', flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        """)
        assert process.stdout is not None
        process.stdout.readline()
        process.wait(timeout=30)
        self.assertEqual(steps_in(events_below(self.folder)), [1])

    def test_a_script_that_ends_without_finish_keeps_all_and_its_attempt_has_no_end(self) -> None:
        process = self.script("for step in range(50): run.log({'loss': 1.0}, step=step)")
        self.assertEqual(process.wait(timeout=30), 0)
        events = events_below(self.folder)
        self.assertEqual(steps_in(events), list(range(50)))
        self.assertNotIn("training.run.ended", [event["type"] for event in events])

    def test_a_copy_in_a_forked_process_records_nothing_and_ends_nothing(self) -> None:
        process = self.script("""
            run.log({'loss': 1.0}, step=1)
            if os.fork() == 0:
                run.log({'loss': 2.0}, step=2)
                run.finish()
                os._exit(0)
            os.wait()
            run.log({'loss': 3.0}, step=3)
            run.finish()
        """)
        self.assertEqual(process.wait(timeout=30), 0)
        events = events_below(self.folder)
        self.assertEqual(steps_in(events), [1, 3])
        self.assertEqual([event["type"] for event in events].count("training.run.ended"), 1)

    def test_a_full_disk_costs_nothing_once_it_has_room(self) -> None:
        process = self.script("""
            import resource
            from tributary import recorder
            recorder.SECONDS_AFTER_A_FAULT = 0.1
            soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            run.flush()
            resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, hard))
            for step in range(500): run.log({'loss': 1.0}, step=step)
            assert not run.flush(1.0)
            assert 'disk' in run.status().last_error, run.status()
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            assert run.flush(10.0)
        """)
        self.assertEqual(process.wait(timeout=60), 0)
        self.assertEqual(steps_in(events_below(self.folder)), list(range(500)))

    def test_each_start_is_an_attempt_and_goes_on_from_the_one_before(self) -> None:
        self.run_of().close()
        self.run_of(resumed_from=40).close()
        self.run_of(resumed_from=(1, 10)).close()
        starts = [event["data"] for event in events_below(self.folder) if event["type"] == "training.run.started"]
        self.assertEqual([(start["attempt"], start.get("resumedFrom")) for start in starts],
                         [(1, None), (2, {"attempt": 1, "step": 40}), (3, {"attempt": 1, "step": 10})])
        with self.assertRaisesRegex(ValueError, "attempt 4 can't go on from attempt 9"):
            self.run_of(resumed_from=(9, 1))

    def test_a_run_whose_earlier_attempts_nobody_recorded_begins_without_what_it_resumed_from(self) -> None:
        with redirect_stderr(io.StringIO()) as said:
            self.run_of(resumed_from=5_000).close()
        self.assertIn("no attempt before this one is known", said.getvalue())
        self.assertNotIn("resumedFrom", events_below(self.folder)[0]["data"])

    def test_a_start_with_the_number_of_an_earlier_one_gets_another(self) -> None:
        self.variables |= {"TRIBUTARY_ATTEMPT": "3", "WORLD_SIZE": "2"}
        with redirect_stderr(io.StringIO()):
            for rank in ("0", "1", "0", "1"):
                self.variables["RANK"] = rank
                run = self.run_of()
                run.batch(1, {"code": 10})
                run.close()
        attempts = [event["data"]["attempt"] for event in events_below(self.folder) if event["type"] == "training.exposure.recorded"]
        self.assertEqual(sorted(attempts), [3, 3, 4, 4])

    def test_starts_at_one_moment_with_one_number_get_one_each(self) -> None:
        self.variables["TRIBUTARY_ATTEMPT"] = "3"
        processes = [self.script("run.batch(1, {'code': 10})\nprint(run.attempt)") for _ in range(5)]
        found = sorted(int(process.communicate(timeout=60)[0]) for process in processes)
        self.assertEqual(found, [3, 4, 5, 6, 7])

    def test_an_exception_ends_the_attempt_as_failed_and_goes_on(self) -> None:
        with self.assertRaises(ZeroDivisionError), self.run_of() as run:
            run.log({"loss": 1.0}, step=5)
            raise ZeroDivisionError("secret")
        [end] = [event["data"] for event in events_below(self.folder) if event["type"] == "training.run.ended"]
        self.assertEqual(end, {"runId": "r", "attempt": 1, "status": "failed", "lastStep": 5, "reason": "ZeroDivisionError"})

    def test_what_is_no_number_step_name_or_slice_is_counted_and_throws_nothing(self) -> None:
        class Hostile:
            def item(self) -> float:
                raise RuntimeError("the device is gone")

            def detach(self) -> Hostile:
                raise RuntimeError("no graph")

            def __str__(self) -> str:
                raise RuntimeError("no text")

        run = self.run_of()
        wrong: list[Any] = [
            lambda: run.log({"loss": "low"}, step=1), lambda: run.log({"loss": None}, step=1), lambda: run.log(7, step=1),
            lambda: run.log({"loss": Hostile()}, step=1), lambda: run.log({"x" * 65: 1.0}, step=1), lambda: run.log({"": 1.0}, step=1),
            lambda: run.log({"loss": 1.0}, step=-1), lambda: run.log({"loss": 1.0}, step=1.5), lambda: run.log({1: 1.0}, step=1),
            lambda: run.batch(1, {"Code": 1}), lambda: run.batch(1, {"code": -1}), lambda: run.batch(1, {"code": float("nan")}),
            lambda: run.batch(1, {"code": 1}, first_step=2), lambda: run.batch(2, {"code": 1}, first_step=1, documents=[("s", 0, 1)]),
            lambda: run.batch(1, 5), lambda: run.skipped([1, "a"], reason="nan"), lambda: run.skipped([1], reason="a spike"),
            lambda: run.batch(1, {("code", 7): 1}), lambda: run.batch(1, {("math", ("shard", 7)): 1}), lambda: run.batch(1, {"x" * 129: 1}),
            lambda: run.batch(1, {("code", "x" * 257): 1}), lambda: run.batch(1, {"code": 1e308}), lambda: run.batch(2**53, {"code": 1}),
            lambda: run.batch(1, {"code": 1}, documents=[("s", 0, 0)]), lambda: run.batch(1, {"code": 1}, documents=[(7, 0, 1)]),
            lambda: run.log({"loss": 1.0}, step=1, tokens=4096.5), lambda: run.log({"loss": 1.0}, step=2**60), lambda: run.log({"a\0": 1.0}, step=1),
            lambda: run.skipped([], reason="nan"), lambda: run.checkpoint(1, digest="sha256:0"), lambda: run.log({}, step=1),
            lambda: run.annotate(x=Hostile()), lambda: run.checkpoint("last"),
            lambda: run.score("b", float("nan"), capability="c", metric="m", unit="u", higher_is_better=True, harness="h"),
        ]
        for call in wrong:
            call()
        run.log({"loss": True, "big": 2**70, "huge": 10**400, "inf": float("-inf")}, step=1)
        self.assertTrue(run.flush(30))
        self.assertEqual(run.status().invalid, len(wrong))
        events = events_below(self.folder)
        [steps] = [event["data"] for event in events if event["type"] == "training.steps.recorded"]
        self.assertEqual(steps["columns"], {"loss": [1], "big": [float(2**70)], "huge": [None], "inf": [None]})
        self.assertEqual({name: one[0]["value"] for name, one in steps["nonfinite"].items()}, {"huge": "+inf", "inf": "-inf"})

    def test_a_configuration_of_any_objects_is_recorded(self) -> None:
        run = self.run_of(config={"path": Path("a"), "nested": {1: {float("nan")}}, "odd": object, "list": (1, None, True)})
        self.assertTrue(run.flush(30))
        [start] = events_below(self.folder)
        self.assertEqual(start["data"]["config"], {"path": "a", "nested": {"1": ["nan"]}, "odd": str(object), "list": [1, None, True]})

    def test_a_value_is_recorded_as_it_was_when_it_was_given(self) -> None:
        run = self.run_of()
        for kind in (Tensor, Array):
            value, step = kind(3), kind(1)
            run.log({"loss": value}, step=step, tokens=value)
            run.measure({"eval": value}, step=step)
            run.batch(step, {"code": value})
            value.value = step.value = 7
        config: dict[str, Any] = {"width": 8}
        other = self.run_of("other", config=config, seeds={"init": Array(5)}, resumed_from=None)
        config["late"] = True
        run.checkpoint(Array(1), tokens=Array(9))
        run.score("b", Array(0.5), capability="c", metric="m", unit="u", higher_is_better=True, harness="h", step=Array(1))
        self.assertTrue(run.flush(30) and other.flush(30))
        text = json.dumps(events_below(self.folder))
        self.assertNotRegex(text, r'\b7\b|late')
        self.assertRegex(text, '"seeds": {"init": 5}')
        self.assertRegex(text, '"step": 1, "tokens": 9')
        self.assertRegex(text, '"value": 0.5')
        self.assertEqual(run.status().invalid, 0)

    def test_a_step_that_is_logged_in_parts_is_recorded_once(self) -> None:
        run = self.run_of()
        for step in range(200):
            run.log({"loss": 1.0}, step=step, tokens=10)
            run.batch(step, {"code": 10})
            run.log({"norm": 2.0}, step=step)
            run.measure({"eval": 1.0}, step=max(0, step - 1))
            run.log({"rate": 3.0}, step=step)
            if step % 37 == 0:
                time.sleep(0.05)
        self.assertTrue(run.flush(30))
        self.assertEqual(sorted(steps_in(events_below(self.folder))), list(range(200)))

    def test_only_the_first_process_records_the_run_and_each_what_it_consumed(self) -> None:
        self.variables |= {"TRIBUTARY_ATTEMPT": "2", "WORLD_SIZE": "2"}
        for rank in ("0", "1"):
            self.variables["RANK"] = rank
            run = self.run_of()
            run.log({"loss": 1.0}, step=1)
            run.batch(1, {"code": 10})
            run.finish()
        kinds = [event["type"] for event in events_below(self.folder)]
        self.assertEqual(sorted(kinds), ["training.exposure.recorded", "training.exposure.recorded", "training.run.ended",
                                         "training.run.started", "training.steps.recorded"])

    def test_a_process_that_is_disabled_or_does_not_know_its_attempt_records_nothing(self) -> None:
        for more in ({"TRIBUTARY_DISABLED": "1"}, {"TRIBUTARY_MODE": "disabled"}, {"RANK": "3"}):
            run = tributary.run("r", model="m", environment=self.variables | more)
            run.log({"loss": 1.0}, step=1)
            run.batch(1, {"code": 10})
            self.assertEqual(run.checkpoint(7), "r@7")
            run.finish()
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_an_environment_that_means_nothing_is_named(self) -> None:
        wrong = [("TRIBUTARY_MODE", "on"), ("TRIBUTARY_ATTEMPT", "0"), ("TRIBUTARY_FLUSH_SECONDS", "soon"),
                 ("TRIBUTARY_EXIT_SECONDS", "-1")]
        for name, value in wrong:
            with self.assertRaisesRegex(tributary.SettingsError, f"{name} is '{value}'"):
                tributary.run("r", model="m", environment=self.variables | {name: value})
        for address in ("localhost:4800", "ftp://host", "http://", "http://host:port", "file:///etc/passwd"):
            with self.assertRaisesRegex(tributary.SettingsError, "TRIBUTARY_URL is no address"):
                tributary.run("r", model="m", environment=self.variables | {"TRIBUTARY_URL": address})
        wrong_arguments: list[dict[str, Any]] = [{"id": ""}, {"id": "\ud800"}, {"attempt": 0}, {"seeds": {"torch": 1}}, {"seeds": {"init": 2**60}},
                                                 {"config": {str(at): at for at in range(501)}},
                                                 {"attempt": 2_000_000}, {"code": {"commit": "1"}}, {"model": {"parameters": 1}}, {"config": {"a": "\0"}},
                                                 {"resumed_from": (1, -1), "attempt": 2}, {"forked_from": ("r", None)}]
        for arguments in wrong_arguments:
            with self.assertRaises(ValueError):
                tributary.run(**({"id": "r", "model": "m", "environment": self.variables} | arguments))
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_more_metrics_than_memory_may_hold_are_dropped_and_counted_and_no_exposure_is(self) -> None:
        process = self.script("""
            from tributary import recorder
            recorder.MOST_WAITING = 100
            run.recorder._keep = lambda taken, keep=run.recorder._keep: (time.sleep(2), keep(taken))
            for step in range(1000):
                run.log({'loss': 1.0}, step=step)
                run.batch(step, {'code': 1})
            print(run.status().dropped, flush=True)
        """)
        self.assertEqual(process.wait(timeout=60), 0)
        assert process.stdout is not None
        dropped = int(process.stdout.read())
        events = events_below(self.folder)
        self.assertGreater(dropped, 0)
        self.assertEqual(len(steps_in(events)), 1000 - dropped)
        self.assertEqual(sum(one["amount"] for event in events if event["type"] == "training.exposure.recorded"
                             for one in event["data"]["amounts"]), 1000)
        [tags] = [event["data"]["tags"] for event in events if event["type"] == "training.run.annotated"]
        self.assertEqual(tags, {"tributary.dropped": str(dropped)})


if __name__ == "__main__":
    unittest.main()
