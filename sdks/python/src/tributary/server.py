"""The server that facts are sent to, and how it answers."""

from __future__ import annotations

import gzip
import json
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from .settings import Settings

TIMEOUT_SECONDS = 60.0
HEALTH_SECONDS = 2.0
MOST_ANSWER_BYTES = 64 * 1024 * 1024
NO_HEADERS: Mapping[str, str] = {}

# What concerns the request itself, where Tributary says so: the same one would be refused again. All else may change.
REFUSED = {400, 409, 410, 413, 415, 422}


class Unavailable(Exception):
    """Nobody knows whether the events are stored: the same ones are sent again. `after` is in seconds."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Refused(Exception):
    """The server refuses the request as a whole; the same one would be refused again."""


@dataclass(frozen=True)
class RefusedEvent:
    """One event that the log does not take, and why."""

    index: int
    reason: str


@dataclass(frozen=True)
class Server:
    """An address, and what admits this user there."""

    url: str
    """Never shown."""
    key: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Posted:
    """How many events the log has that it did not have before, and those that it refused."""

    stored: int
    refused: list[RefusedEvent]


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """The key of a server is not for the one that it points to."""

    def redirect_request(self, *_: Any) -> NoReturn:
        raise Unavailable("the server redirects requests; name the address that it redirects to")


def server_of(settings: Settings) -> Server:
    """The server of the data directory where one is named, else the one at the address. Throws Unavailable."""
    if settings.data is None:
        return Server(settings.url, settings.key)
    return announced_by(settings.data, settings.key)


def announced_by(data: Path, key: str | None) -> Server:
    """
    The server that serves a data directory: its owner needs no key. One that was killed leaves `server.json`, and another
    one may have its port by now, so the one that answers has to be the one that wrote the file. Throws Unavailable.
    """
    try:
        announced = json.loads((data / "server.json").read_text())
        url, told = str(announced["url"]).rstrip("/"), {name: announced.get(name) for name in ("instance", "logId")}
        inode, found = announced.get("inode"), data.stat()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unavailable(f"no server serves {data}: {type(error).__name__}") from error
    health = _asked(f"{url}/health")
    if any(health.get(name) != value for name, value in told.items()) or inode != f"{found.st_dev}:{found.st_ino}":
        raise Unavailable(f"another server than that of {data} answers at {url}")
    return Server(url, announced.get("token") or key)


def post_lines(server: Server, lines: Sequence[bytes]) -> Posted:
    """Each event, a line of JSON, is stored or refused by itself. Throws Unavailable, Refused."""
    headers = {"content-type": "application/x-ndjson", "content-encoding": "gzip"} | _admission(server)
    answer = _read(f"{server.url}/v1/events?atomic=false", TIMEOUT_SECONDS, gzip.compress(b"".join(lines), 1), headers)
    stored, known, refused = answer.get("stored"), answer.get("duplicates"), refused_in(answer)
    if not isinstance(stored, int) or not isinstance(known, int) or stored + known + len(refused) != len(lines):
        raise Unavailable(f"what answers at {_shown(server.url)} does not account for the events that it was sent")
    return Posted(stored, refused)


def last_attempt(settings: Settings, run: str) -> int | None:
    """The newest attempt of a run that the server knows, 0 where it knows none; None where it has not said so in time."""
    found: list[int] = []

    def ask() -> None:
        try:
            found.append(_last_attempt(server_of(settings), run))
        except Exception:
            return

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(timeout=2 * HEALTH_SECONDS)
    return found[0] if found else None


def _last_attempt(server: Server, run: str) -> int:
    question = {"query": "query ($run: ID!) { run(id: $run) { attempt } }", "variables": {"run": run}}
    headers = {"content-type": "application/json"} | _admission(server)
    answer = _asked(f"{server.url}/graphql", json.dumps(question).encode(), headers)
    codes = {(error.get("extensions") or {}).get("code") for error in answer.get("errors") or []}
    if codes - {"unknown_run"}:
        raise Unavailable(f"the server does not say which attempts it knows: {codes}")
    return int(((answer.get("data") or {}).get("run") or {}).get("attempt") or 0)


def _admission(server: Server) -> dict[str, str]:
    return {"authorization": f"Bearer {server.key}"} if server.key else {}


def refused_in(answer: dict[str, Any]) -> list[RefusedEvent]:
    """The receipts of refused events have a code, those of known ids with other content the hash that is known."""
    receipts = answer.get("receipts")
    return [RefusedEvent(receipt["index"], _reason(receipt)) for receipt in (receipts if isinstance(receipts, list) else [])
            if isinstance(receipt, dict) and isinstance(receipt.get("index"), int) and ("code" in receipt or "knownHash" in receipt)]


def _reason(receipt: dict[str, Any]) -> str:
    if "knownHash" in receipt:
        return "known id with other content"
    return " ".join(str(receipt[name]) for name in ("code", "pointer", "message") if name in receipt)


def _asked(url: str, body: bytes | None = None, headers: Mapping[str, str] = NO_HEADERS) -> dict[str, Any]:
    """As `_read`, of what is no event: a refusal says nothing of those. Throws Unavailable."""
    try:
        return _read(url, HEALTH_SECONDS, body, headers)
    except Refused as error:
        raise Unavailable(str(error)) from error


def _read(url: str, seconds: float, body: bytes | None = None, headers: Mapping[str, str] = NO_HEADERS) -> dict[str, Any]:
    """The answer, as an object of JSON; a request with a body is a POST. Throws Unavailable, Refused."""
    try:
        request = urllib.request.Request(url, body, dict(headers))
        with _opener(url).open(request, timeout=seconds) as response:
            return _object_in(response.read(MOST_ANSWER_BYTES))
    except urllib.error.HTTPError as error:
        with error:
            _raise(url, error)
    except OSError as error:
        raise Unavailable(f"no answer from {_shown(url)}: {getattr(error, 'reason', error)}") from error
    except (ValueError, HTTPException) as error:  # Their texts may have a part of the address or a header.
        raise Unavailable(f"no answer from {_shown(url)}: {type(error).__name__}") from error


def _object_in(body: bytes) -> dict[str, Any]:
    found = json.loads(body)
    return found if isinstance(found, dict) else {}


def _raise(url: str, error: urllib.error.HTTPError) -> NoReturn:
    try:
        body = error.read(2_000)
    except (OSError, HTTPException):
        body = b""
    said = f"{_shown(url)} answered {error.code}: {body.decode(errors='replace')}"
    if error.code in REFUSED and _is_problem(error, body):
        raise Refused(said) from error
    asked = error.headers.get("retry-after", "")
    raise Unavailable(said, float(asked) if asked.isdigit() else None) from error


def _is_problem(error: urllib.error.HTTPError, body: bytes) -> bool:
    """Whether Tributary says what is wrong, and not a proxy before it. A long answer is cut off, so its text is looked at."""
    kind = error.headers.get("content-type", "")
    return kind.startswith("application/problem+json") and re.search(rb'"code":\s*"\w+"', body) is not None


def _opener(url: str) -> urllib.request.OpenerDirector:
    """A proxy of the environment is for other machines."""
    return urllib.request.build_opener(NoRedirects, *([urllib.request.ProxyHandler({})] if is_loopback(url) else []))


def is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _shown(url: str) -> str:
    """An address without a user and a password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
