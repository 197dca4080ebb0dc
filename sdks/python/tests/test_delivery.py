"""What is sent arrives once, however the server answers."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import tributary
from tributary import __main__ as commands
from tributary import delivery, spool
from tributary.server import Server, Unavailable, announced_by, post_lines
from tributary.settings import read_settings
from tributary.spool import spools_in

SOURCE = Path(__file__).parent.parent / "src"
Reply = tuple[int, dict[str, str], Any]
STORED: Reply = (201, {}, None)
PROBLEM = {"code": "body_too_large"}
LINE = b'{"id": "1", "type": "training.run.ended"}\n'


class Log:
    """A log behind HTTP: keeps the first event of each id. `reply` says how a request is answered, and if it is kept before."""

    def __init__(self) -> None:
        self.events: dict[str, Any] = {}
        self.keys: list[str | None] = []
        self.attempts: int | None = None
        self.health: Reply = (200, {}, {"instance": "i", "logId": "l"})
        self.reply: Callable[[list[Any]], tuple[bool, Reply | None]] = lambda _: (True, STORED)
        log = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                log.keys.append(self.headers.get("authorization"))
                if self.path == "/graphql":
                    return self.answer(200, {}, {"data": {"run": {"attempt": log.attempts}}})
                events = [json.loads(line) for line in gzip.decompress(body).splitlines()]
                is_kept, reply = log.reply(events)
                new = sum(event["id"] not in log.events for event in events)
                if is_kept:
                    for event in events:
                        log.events.setdefault(event["id"], event)
                if reply is None:
                    self.connection.close()
                    return
                status, headers, answer = reply
                self.answer(status, headers, {"stored": new, "duplicates": len(events) - new} if answer is None else answer)

            def do_GET(self) -> None:
                self.answer(*log.health)

            def answer(self, status: int, headers: dict[str, str], body: Any) -> None:
                content = json.dumps(body).encode()
                self.send_response(status)
                for name, value in ({"content-length": str(len(content))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def steps(self) -> list[int]:
        return sorted(step for event in self.events.values() if event["type"] == "training.steps.recorded"
                      for step in event["data"]["steps"])


class DeliveryTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.log = Log()
        self.addCleanup(self.log.close)
        self.variables = {"TRIBUTARY_URL": self.log.url, "TRIBUTARY_SPOOL": str(self.folder), "TRIBUTARY_EXIT_SECONDS": "30"}
        before = delivery.FIRST_WAIT
        delivery.FIRST_WAIT = 0.01
        self.addCleanup(setattr, delivery, "FIRST_WAIT", before)

    def run_of(self, **more: str) -> tributary.Run:
        run = tributary.run("r", model="m", attempt=1, environment=self.variables | more)
        assert isinstance(run, tributary.Run)
        self.addCleanup(run.close)
        return run

    def sync(self, *arguments: str) -> int:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            return commands.main(["sync", str(self.folder), *arguments], self.variables)

    def test_all_arrives_once_whatever_fails_on_the_way(self) -> None:
        dice = random.Random(3)

        def reply(_: list[Any]) -> tuple[bool, Reply | None]:
            fate = dice.randrange(6)
            return [(True, STORED), (False, None), (True, None), (True, (503, {}, {})), (False, (429, {"retry-after": "0"}, {})),
                    (True, (200, {}, {"stored": 0, "duplicates": 0}))][fate]

        self.log.reply = reply
        run = self.run_of()
        for step in range(2_000):
            run.log({"loss": 1.0}, step=step)
            run.batch(step, {"code": 2})
        run.finish()
        self.assertEqual(self.log.steps(), list(range(2_000)))
        self.assertEqual(sum(one["amount"] for event in self.log.events.values()
                             if event["type"] == "training.exposure.recorded" for one in event["data"]["amounts"]), 4_000)
        status = run.status()
        self.assertEqual((status.sent, status.refused, status.last_error), (len(self.log.events), 0, None))

    def test_what_was_not_sent_is_sent_by_sync_once(self) -> None:
        run = self.run_of(TRIBUTARY_MODE="spool")
        for step in range(100):
            run.log({"loss": 1.0}, step=step)
        run.finish()
        self.assertEqual(self.log.events, {})
        self.assertEqual(self.sync(), 0)
        self.assertEqual(self.log.steps(), list(range(100)))
        requests = len(self.log.keys)
        self.assertEqual(self.sync(), 0)
        self.assertEqual(len(self.log.keys), requests)

    def test_a_later_start_sends_what_an_earlier_one_left(self) -> None:
        script = "import os, tributary\nrun = tributary.run('r', model='m')\nrun.log({'loss': 1.0}, step=7)\nrun.flush()\nos._exit(9)"
        subprocess.run([sys.executable, "-c", script], check=False,
                       env=os.environ | self.variables | {"PYTHONPATH": str(SOURCE), "TRIBUTARY_MODE": "spool"})
        self.assertEqual(self.log.events, {})
        run = tributary.run("r", model="m", environment=self.variables)
        run.finish()
        self.assertEqual(run.attempt, 2)
        self.assertEqual(self.log.steps(), [7])

    def test_a_start_on_another_machine_counts_on_from_what_the_server_knows(self) -> None:
        for known, attempt in ((None, 1), (4, 5), (4, 6), (9, 10)):
            self.log.attempts = known
            run = tributary.run("r", model="m", environment=self.variables)
            run.finish()
            self.assertEqual(run.attempt, attempt)
        with redirect_stderr(io.StringIO()) as said:
            run = tributary.run("other", model="m", environment=self.variables | {"TRIBUTARY_URL": "http://127.0.0.1:9",
                                                                                  "TRIBUTARY_EXIT_SECONDS": "0.1"})
            run.finish()
        self.assertEqual(run.attempt, 1)
        self.assertIn("nobody could be asked how often other was started", said.getvalue())

    def test_a_refused_event_is_kept_with_its_reason_and_the_others_are_stored(self) -> None:
        def reply(events: list[Any]) -> tuple[bool, Reply | None]:
            receipts = [{"index": at, "code": "schema_violation", "pointer": "/data/step"} if event["type"].endswith("saved") else {}
                        for at, event in enumerate(events)]
            refused = sum("code" in receipt for receipt in receipts)
            return True, (207, {}, {"stored": len(events) - refused, "duplicates": 0, "receipts": receipts})

        self.log.reply = reply
        run = self.run_of()
        run.checkpoint(3)
        run.finish()
        status = run.status()
        self.assertEqual((status.refused, status.last_error), (1, "schema_violation /data/step"))
        [kept] = [json.loads(line) for line in (spools_in(self.folder)[0] / "refused.ndjson").read_text().splitlines()]
        self.assertEqual(kept["event"]["data"]["checkpointId"], "r@3")

    def test_a_request_that_is_refused_as_a_whole_costs_the_one_event_that_is_to_blame(self) -> None:
        def reply(events: list[Any]) -> tuple[bool, Reply | None]:
            is_bad = any(event["type"].endswith("saved") for event in events)
            return (False, (413, {"content-type": "application/problem+json"}, PROBLEM)) if is_bad else (True, STORED)

        run = self.run_of(TRIBUTARY_MODE="spool")
        for step in range(20):
            run.log({"loss": 1.0}, step=step)
            if step == 11:
                run.checkpoint(step)
        run.finish()
        self.log.reply = reply
        self.assertEqual(self.sync(), 1)
        self.assertEqual(self.log.steps(), list(range(20)))
        self.assertEqual([event["type"] for event in self.log.events.values()].count("training.checkpoint.saved"), 0)
        self.assertEqual(self.sync(), 0)

    def test_whatever_else_an_answer_says_all_arrives_later(self) -> None:
        run = self.run_of(TRIBUTARY_MODE="spool")
        run.log({"loss": 1.0}, step=1)
        run.finish()
        answers: list[Reply] = [(status, {}, {"title": "no"}) for status in (
            300, 304, 307, 308, 400, 401, 402, 403, 404, 405, 407, 408, 409, 410, 413, 418, 421, 422, 425, 429, 451, 500, 501, 502, 503,
            504, 507, 511, 521)]
        answers += [(200, {}, body) for body in ([], {}, "text", {"stored": 9, "duplicates": 0}, {"stored": "3"}, {"stored": 0, "duplicates": 0,
                    "receipts": [{"code": "x"}, 5]})]
        for answer in answers:
            self.log.reply = lambda _, answer=answer: (False, answer)  # type: ignore[misc]
            self.assertEqual(self.sync(), 1, str(answer))
        self.assertEqual(list(self.folder.rglob("refused.ndjson")), [])
        self.log.reply = lambda _: (True, STORED)
        self.assertEqual(self.sync(), 0)
        self.assertEqual(self.log.steps(), [1])

    def test_a_spool_that_cannot_be_read_keeps_no_other_from_being_sent(self) -> None:
        for attempt, damage in ((1, b"nonsense\n" * 3), (2, b""), (3, None)):
            run = tributary.run("r", model="m", attempt=attempt, environment=self.variables | {"TRIBUTARY_MODE": "spool"})
            run.log({"loss": 1.0}, step=attempt)
            run.finish()
            if damage is not None:
                next(self.folder.rglob(f"attempt-{attempt}/**/*.spool")).write_bytes(damage)
        self.assertEqual(self.sync(), 1)
        self.assertEqual(self.log.steps(), [3])
        run = tributary.run("r", model="m", environment=self.variables)
        run.log({"loss": 1.0}, step=4)
        run.finish()
        self.assertEqual((run.attempt, self.log.steps()), (4, [3, 4]))

    def test_what_is_before_a_damaged_line_is_sent_and_the_line_is_named(self) -> None:
        run = self.run_of(TRIBUTARY_MODE="spool")
        for step in range(300):
            run.log({"loss": 1.0}, step=step)
        run.finish()
        path = next(self.folder.rglob("*.spool"))
        path.write_bytes(path.read_bytes().replace(b'["row",200', b'["row",900'))
        self.assertEqual(self.sync(), 1)
        self.assertEqual(self.log.steps(), list(range(192)))

    def test_a_run_that_ends_asks_a_server_that_is_back_at_once(self) -> None:
        is_away = True
        self.log.reply = lambda _: (False, (503, {"retry-after": "30"}, {})) if is_away else (True, STORED)
        run = self.run_of()
        run.log({"loss": 1.0}, step=1)
        while not run.status().last_error:
            time.sleep(0.01)
        is_away = False
        began = time.monotonic()
        run.finish()
        self.assertLess(time.monotonic() - began, 25)
        self.assertEqual(self.log.steps(), [1])

    def test_another_program_on_the_port_of_a_server_that_ended_refuses_no_event(self) -> None:
        run = self.run_of(TRIBUTARY_MODE="spool")
        run.log({"loss": 1.0}, step=1)
        run.finish()
        data = self.folder / "data"
        data.mkdir()
        (data / "server.json").write_text(json.dumps({"url": self.log.url, "pid": 1, "instance": "i", "logId": "l", "inode": "0:0"}))
        self.log.health = (400, {"content-type": "application/problem+json"}, PROBLEM)
        self.variables = {"TRIBUTARY_DATA": str(data)}
        self.assertEqual(self.sync(), 1)
        self.assertEqual(list(self.folder.rglob("refused.ndjson")), [])

    def test_two_processes_that_send_one_spool_send_all_of_it(self) -> None:
        before, spool.SEGMENT_BYTES = spool.SEGMENT_BYTES, 500
        self.addCleanup(setattr, spool, "SEGMENT_BYTES", before)
        dice = random.Random(1)
        self.log.reply = lambda _: (time.sleep(dice.random() / 50), (True, STORED))[1]
        run = self.run_of()
        syncs = [threading.Thread(target=lambda: [self.sync() for _ in range(20)]) for _ in range(2)]
        for one in syncs:
            one.start()
        for step in range(3_000):
            run.log({"loss": 1.0}, step=step)
            if step % 100 == 0:
                run.flush()
        run.finish()
        for one in syncs:
            one.join()
        self.assertEqual(self.sync(), 0)
        self.assertEqual(self.log.steps(), list(range(3_000)))

    def test_a_server_that_does_not_admit_the_caller_gets_it_later(self) -> None:
        self.log.reply = lambda _: (True, STORED) if self.log.keys[-1] == "Bearer k" else (False, (401, {}, {}))
        run = self.run_of(TRIBUTARY_EXIT_SECONDS="0.2")
        run.log({"loss": 1.0}, step=1)
        run.finish()
        self.assertRegex(run.status().last_error or "", "answered 401")
        self.assertEqual(self.sync(), 1)
        self.variables["TRIBUTARY_API_KEY"] = "k"
        self.assertEqual(self.sync(), 0)
        self.assertEqual(self.log.steps(), [1])

    def test_a_key_is_not_sent_to_where_a_server_points(self) -> None:
        other = Log()
        self.addCleanup(other.close)
        for status in (301, 302, 303, 307, 308):
            self.log.reply = lambda _, status=status: (False, (status, {"location": f"{other.url}/v1/events"}, {}))  # type: ignore[misc]
            with self.assertRaises(Unavailable):
                post_lines(Server(self.log.url, "k"), [LINE])
        self.assertEqual(other.keys, [])

    def test_an_exit_does_not_wait_for_a_server_that_does_not_answer(self) -> None:
        hung = threading.Event()
        self.addCleanup(hung.set)
        self.log.reply = lambda _: (hung.wait(60), STORED)
        run = self.run_of(TRIBUTARY_EXIT_SECONDS="0.3")
        run.log({"loss": 1.0}, step=1)
        began = time.monotonic()
        run.finish()
        self.assertLess(time.monotonic() - began, 30)

    def test_the_owner_of_a_data_directory_needs_no_key_and_another_server_gets_nothing(self) -> None:
        data = self.folder / "data"
        data.mkdir()
        inode = f"{data.stat().st_dev}:{data.stat().st_ino}"
        told = {"url": self.log.url, "pid": 1, "instance": "i", "logId": "l", "inode": inode, "token": "t"}
        (data / "server.json").write_text(json.dumps(told))
        self.assertEqual(announced_by(data, None), Server(self.log.url, "t"))
        for wrong in ({"instance": "j"}, {"logId": "m"}, {"inode": "0:0"}, {"url": None}, {"url": "http://127.0.0.1:9"}):
            (data / "server.json").write_text(json.dumps(told | wrong))
            with self.assertRaises(Unavailable):
                announced_by(data, None)
        (data / "server.json").unlink()
        with self.assertRaisesRegex(Unavailable, "no server serves"):
            announced_by(data, None)

    def test_no_secret_is_shown(self) -> None:
        self.assertNotIn("secret", repr(Server("http://a", "secret")))
        for server in (Server("http://user:secret@127.0.0.1:9", "k"), Server("http://user:secret@127.0.0.1", "k"),
                       Server("http://127.0.0.1:9", "secret\n"), Server("http://user:secret@", "k")):
            with self.assertRaises(Unavailable) as caught:
                post_lines(server, [LINE])
            self.assertNotIn("secret", str(caught.exception))
        settings = read_settings({"TRIBUTARY_API_KEY": "secret\n"})
        self.assertEqual(settings.key, "secret")
        self.assertNotIn("secret", repr(settings))


if __name__ == "__main__":
    unittest.main()
