"""Where facts go, as the environment says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

Mode = Literal["online", "spool", "disabled"]

DEFAULT_URL = "http://127.0.0.1:4800"
DEFAULT_SPOOL = ".tributary-spool"
MOST_ATTEMPTS = 1_000_000


@dataclass(frozen=True)
class Settings:
    """`online` sends what is recorded, `spool` only keeps it in files, `disabled` does nothing."""

    mode: Mode
    spool: Path
    url: str
    """The data directory of a server of this user, whose address and token are read from it."""
    data: Path | None
    """The number of this start of the run, where whoever starts it counts them."""
    attempt: int | None
    """The API key of a server that asks for one. Never shown."""
    key: str | None = field(default=None, repr=False)
    """Seconds until what was recorded is on the disk."""
    flush_seconds: float = 0.5
    """Seconds that an exit waits for the server."""
    exit_seconds: float = 5.0


class SettingsError(ValueError):
    """An environment variable has a value that means nothing; the message names both."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Throws SettingsError."""
    data = environment.get("TRIBUTARY_DATA")
    return Settings(
        mode=_mode(environment),
        spool=Path(environment.get("TRIBUTARY_SPOOL") or DEFAULT_SPOOL).absolute(),
        url=url_in(environment.get("TRIBUTARY_URL") or DEFAULT_URL, "TRIBUTARY_URL"),
        key=_key(environment),
        data=Path(data) if data and not environment.get("TRIBUTARY_URL") else None,
        attempt=_attempt(environment),
        flush_seconds=_seconds(environment, "TRIBUTARY_FLUSH_SECONDS", 0.5),
        exit_seconds=_seconds(environment, "TRIBUTARY_EXIT_SECONDS", 5.0),
    )


def url_in(text: str, name: str) -> str:
    """The address of a server, without a slash at its end. Throws SettingsError."""
    try:
        parts = urlsplit(text)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0 and "@" not in text
    except ValueError:
        is_address = False
    if not is_address:
        raise SettingsError(f"{name} is no address of a server, such as http://127.0.0.1:4800; a key goes into TRIBUTARY_API_KEY")
    return text.rstrip("/")


def _mode(environment: Mapping[str, str]) -> Mode:
    if environment.get("TRIBUTARY_DISABLED", "") not in ("", "0"):
        return "disabled"
    asked = environment.get("TRIBUTARY_MODE") or "online"
    for mode in get_args(Mode):
        if asked == mode:
            return mode
    raise SettingsError(f"TRIBUTARY_MODE is {asked!r}; it is online, spool or disabled")


def _key(environment: Mapping[str, str]) -> str | None:
    """Files of secrets often end with a line end."""
    key = environment.get("TRIBUTARY_API_KEY", "").strip()
    if not key.isascii() or not key.isprintable():
        raise SettingsError("TRIBUTARY_API_KEY has characters that no key has")
    return key or None


def _attempt(environment: Mapping[str, str]) -> int | None:
    """Counts of restarts that launchers keep begin again with each job, so they name no attempt of a run."""
    text = environment.get("TRIBUTARY_ATTEMPT")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_ATTEMPTS:
        raise SettingsError(f"TRIBUTARY_ATTEMPT is {text!r}; it is a whole number from 1 to {MOST_ATTEMPTS}")
    return int(text)


def _seconds(environment: Mapping[str, str], name: str, otherwise: float) -> float:
    text = environment.get(name)
    if not text:
        return otherwise
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds <= 3600:
        raise SettingsError(f"{name} is {text!r}; it is a number of seconds, more than 0 and at most 3600")
    return seconds
