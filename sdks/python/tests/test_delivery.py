"""What is sent arrives once, however the server answers."""

from __future__ import annotations

import gzip
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
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import tributary
from tributary import __main__ as commands
from tributary import delivery
from tributary.server import Unavailable, announced_by, post_events, Server
from tributary.spool import spools_in

SOURCE = Path(__file__).parent.parent / "src"
Reply = tuple[int, dict[str, str], Any]
STORED: Reply = (201, {}, None)


class Log:
    """A log behind HTTP: keeps the first event of each id. `reply` says how a request is answered, and if it is kept before."""

    def __init__(self) -> None:
        self.events: dict[str, Any] = {}
        self.keys: list[str | None] = []
        self.reply: Callable[[list[Any]], tuple[bool, Reply | None]] = lambda _: (True, STORED)
        log = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                log.keys.append(self.headers.get("authorization"))
                events = [json.loads(line) for line in gzip.decompress(body).splitlines()]
                is_kept, reply = log.reply(events)
                if is_kept:
                    for event in events:
                        log.events.setdefault(event["id"], event)
                if reply is None:
                    self.connection.close()
                    return
                self.answer(*reply)

            def do_GET(self) -> None:
                self.answer(200, {}, {"instance": "i", "logId": "l"})

            def answer(self, status: int, headers: dict[str, str], body: Any) -> None:
                content = json.dumps({"stored": 0, "receipts": []} if body is None else body).encode()
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
        return commands.main(["sync", str(self.folder), *arguments], self.variables)

    def test_all_arrives_once_whatever_fails_on_the_way(self) -> None:
        dice = random.Random(3)

        def reply(_: list[Any]) -> tuple[bool, Reply | None]:
            fate = dice.randrange(6)
            return [(True, STORED), (False, None), (True, None), (True, (503, {}, {})), (False, (429, {"retry-after": "0"}, {})),
                    (True, (200, {}, {"hello": "I am no log"}))][fate]

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

    def test_a_refused_event_is_kept_with_its_reason_and_the_others_are_stored(self) -> None:
        def reply(events: list[Any]) -> tuple[bool, Reply | None]:
            receipts = [{"index": at, "code": "schema_violation", "pointer": "/data/step"} if event["type"].endswith("saved") else {}
                        for at, event in enumerate(events)]
            return True, (207, {}, {"stored": 1, "receipts": receipts})

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
            return (False, (413, {}, {"title": "too large"})) if is_bad else (True, STORED)

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
                post_events(Server(self.log.url, "k"), [{"id": "1"}])
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
        with self.assertRaises(Unavailable) as caught:
            post_events(Server("http://user:secret@127.0.0.1:9", "secret"), [{"id": "1"}])
        self.assertNotIn("secret", str(caught.exception))


if __name__ == "__main__":
    unittest.main()
