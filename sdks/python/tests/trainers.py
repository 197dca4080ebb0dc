"""Scripts that train with a package which may not be here, and what they left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tributary.events import Event

HERE = Path(__file__).parent
SOURCE = HERE.parent / "src"



def missing(*packages: str) -> str:
    """Why a test that needs packages is skipped; empty where they are here."""
    absent = [package for package in packages if find_spec(package) is None]
    return f"needs {', '.join(absent)}" if absent else ""


def train(script: str, folder: Path, *arguments: str, processes: int = 1, **variables: str) -> subprocess.CompletedProcess[str]:
    launcher = [] if processes == 1 else ["-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={processes}"]
    environment = os.environ | {"PYTHONPATH": str(SOURCE), "TRIBUTARY_MODE": "spool", "TRIBUTARY_SPOOL": str(folder / "spool")}
    return subprocess.run([sys.executable, *launcher, str(HERE / script), str(folder), *arguments], env=environment | variables, text=True,
                          capture_output=True, timeout=600, check=False)


def lines_of(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def data_of(events: list[Event], kind: str) -> list[dict[str, Any]]:
    return [event["data"] for event in events if event["type"] == f"training.{kind}"]


def totals_of(exposures: list[dict[str, Any]]) -> Counter[tuple[str, str | None]]:
    found: Counter[tuple[str, str | None]] = Counter()
    for exposure in exposures:
        for one in exposure["amounts"]:
            found[one["slice"], one.get("shardId")] += one["amount"]
    return found
