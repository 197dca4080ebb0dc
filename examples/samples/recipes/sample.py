"""Writes the files of a sample and counts, as it writes them, what an import has to find."""

import json
import math
import sys
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent
# Where they are written: over themselves, or into the folder that is named.
OUT = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
COUNTS = {}


def loss(step, seed=0):
    """A loss in nats that falls with the step, the same on every machine to the digits that a trainer prints."""
    return round(2.5 + 8 / (1 + step / 4) + 0.01 * math.sin(7 * step + seed), 6)


def write(kind, name, text):
    path = OUT / kind / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def write_json(kind, name, value):
    write(kind, name, json.dumps(value, indent=2) + "\n")


def write_lines(kind, name, lines, end="\n"):
    write(kind, name, "".join(line + end for line in lines))


def count(kind, **found):
    """What the facts of a kind have to hold; `refused` records are named by the report."""
    COUNTS[kind] = {**COUNTS.get(kind, {}), **found}


def write_counts():
    """Writes the counts of this run. Those of the other recipe stay; a kind that neither counts any more has none."""
    path = SAMPLES / "counts.json"
    before = json.loads(path.read_text()) if path.exists() else {}
    packed = "parquet-history"
    others = {kind: found for kind, found in before.items() if (kind == packed) != (packed in COUNTS)}
    (OUT / "counts.json").write_text(json.dumps(dict(sorted({**others, **COUNTS}.items())), indent=2) + "\n")
