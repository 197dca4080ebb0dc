"""Adds to the recorded log what the code of its runs fixed and their configurations did not say.

Only runs of the code in this folder are annotated: the digest that their start recorded must be that of the files here."""

from __future__ import annotations

import ast
import gzip
import hashlib
import json

import facts
from fetch import sha256_of
from finish import FOLDER

LOG = FOLDER / "log.ndjson.gz"


def code_digest() -> str:
    """That of `train.py`, which needs jax to be imported."""
    body = ast.parse((FOLDER / "train.py").read_text(encoding="utf-8")).body
    (names,) = (part.value for part in body
                if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == "CODE_FILES")
    files = ast.literal_eval(names)
    return hashlib.sha256("".join(sha256_of(FOLDER / name) for name in files).encode()).hexdigest()


def without_fixed(lines: list[str]) -> list[str]:
    """Ids of the runs of this code that record nothing of what it fixed."""
    recorded = [json.loads(line) for line in lines if '"training.run.' in line]
    annotated = {fact["data"]["runId"] for fact in recorded if fact["type"] == "training.run.annotated"}
    started = [fact["data"] for fact in recorded if fact["type"] == "training.run.started"]
    return [start["runId"] for start in started
            if start["code"]["digest"] == code_digest() and start["runId"] not in annotated
            and not facts.FIXED_BY_CODE.keys() <= start["config"].keys()]


def main() -> None:
    lines = gzip.decompress(LOG.read_bytes()).decode().splitlines(keepends=True)
    added = [facts.line_of(facts.run_annotated(run)) for run in without_fixed(lines)]
    if added:
        LOG.write_bytes(gzip.compress("".join(lines + added).encode(), 9, mtime=0))
    print(f"{len(added)} runs annotated")


if __name__ == "__main__":
    main()
