"""`python -m tributary sync [FOLDER]` sends what spools hold; `python -m tributary status [FOLDER]` says what that is."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from .server import post_lines, server_of
from .settings import Settings, SettingsError, read_settings, url_in
from .shipping import Shipped, ship
from .spool import SpoolReader, close_left, spools_in


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tributary", description=__doc__)
    parser.add_argument("command", choices=["sync", "status"])
    parser.add_argument("folder", nargs="?", type=Path, help="where the spools are; TRIBUTARY_SPOOL by default")
    parser.add_argument("--url", help="the server; TRIBUTARY_URL by default")
    asked = parser.parse_args(arguments)
    try:
        settings = read_settings(environment)
        if asked.url:
            settings = replace(settings, url=url_in(asked.url, "--url"), data=None)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    folder = asked.folder or settings.spool
    spools = spools_in(folder)
    if not spools:
        print(f"{folder} holds no spool", file=sys.stderr)
        return 1
    each = _sync if asked.command == "sync" else _status
    return max([each(spool, settings) for spool in spools])


def _sync(folder: Path, settings: Settings) -> int:
    """Sends a spool. One that a process still writes to is sent up to its last cut."""
    shipped = Shipped()
    failed = False
    try:
        close_left(folder)
        ship(folder, lambda lines: post_lines(server_of(settings), lines), shipped)
    except Exception as error:  # The other spools are sent all the same.
        print(f"{folder}: {type(error).__name__}: {error}", file=sys.stderr)
        failed = True
    print(f"{folder}: {shipped.sent} events sent" + (f", {shipped.refused} of them refused" if shipped.refused else ""))
    if shipped.reason:
        print(f"{folder / 'refused.ndjson'}: {shipped.reason}", file=sys.stderr)
    return 1 if failed or shipped.refused else 0


def _status(folder: Path, _: Settings) -> int:
    reader = SpoolReader(folder)
    try:
        place = reader.place()
        waiting = sum(len(group.events) for group in reader.groups(place))
    except Exception as error:
        print(f"{folder}: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(f"{folder}: {place.events} events sent, {waiting} to send")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
