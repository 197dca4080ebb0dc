"""Posts an outbox of events to a server, from where the last call stopped; a retry sends the same ids."""

from __future__ import annotations

import argparse
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

MOST_EVENTS, MOST_BYTES = 500, 1_000_000
ATTEMPTS, LONGEST_WAIT_S = 8, 30.0
AGAIN = {429, 502, 503, 504}


class Refused(Exception):
    """The server refused a batch, and a retry would not succeed."""


def batches(outbox: Path, start: int) -> Iterator[tuple[bytes, int]]:
    """Yields (body, offset after it) of complete lines; an incomplete last line is left for later."""
    body, count, at = b"", 0, start
    with outbox.open("rb") as stream:
        stream.seek(start)
        for line in stream:
            if not line.endswith(b"\n"):
                break
            if body and (count == MOST_EVENTS or len(body) + len(line) > MOST_BYTES):
                yield body, at
                body, count = b"", 0
            body, count, at = body + line, count + 1, at + len(line)
    if body:
        yield body, at


def post(url: str, body: bytes) -> None:
    request = urllib.request.Request(url, body, {"content-type": "application/x-ndjson"}, method="POST")
    with urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()


def post_until_taken(url: str, body: bytes) -> None:
    for attempt in range(1, ATTEMPTS + 1):
        wait = min(LONGEST_WAIT_S, 0.5 * 2**attempt)
        try:
            return post(url, body)
        except urllib.error.HTTPError as error:
            if error.code not in AGAIN:
                raise Refused(f"{url} answered {error.code}: {error.read(2_000).decode(errors='replace')}") from error
            reason, wait = f"{error.code}", retry_after(error, wait)
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            reason = str(error)
        if attempt < ATTEMPTS:
            print(f"send: {reason}; again in {wait:.1f} s", file=sys.stderr)
            time.sleep(wait)
    raise Refused(f"{url} didn't take the events in {ATTEMPTS} attempts; run the same command again later")


def retry_after(error: urllib.error.HTTPError, otherwise: float) -> float:
    asked = error.headers.get("retry-after", "")
    return min(LONGEST_WAIT_S, float(asked)) if asked.isdigit() else otherwise


def deliver(outbox: Path, server: str) -> int:
    """Sends new events of the outbox. Returns their number."""
    if not outbox.exists():
        return 0
    cursor = outbox.with_suffix(".sent")
    start, sent = int(cursor.read_text()) if cursor.exists() else 0, 0
    for body, after in batches(outbox, start):
        post_until_taken(f"{server.rstrip('/')}/v1/events", body)
        partial = cursor.with_suffix(".part")
        partial.write_text(str(after))
        partial.replace(cursor)
        sent += body.count(b"\n")
    return sent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("outbox", type=Path)
    parser.add_argument("--server", required=True)
    options = parser.parse_args()
    try:
        print(f"sent {deliver(options.outbox, options.server)} events")
    except Refused as refused:
        raise SystemExit(f"send: {refused}") from refused


if __name__ == "__main__":
    main()
