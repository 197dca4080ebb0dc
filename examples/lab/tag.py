"""Tags every shard of the corpus by the domain model of the project, and compares the tags with the lab's own labels.

Needs a build of the project (`npm run build`). Writes the facts into tags.ndjson.gz and the table into README.md."""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
from collections import Counter
from pathlib import Path

import corpus
import fetch
from finish import FOLDER, table, write_into_card

COMMAND = FOLDER.parent.parent / "dist" / "cli.js"
FACTS = FOLDER / "tags.ndjson.gz"
BEGIN, END = "<!-- tags: written by tag.py -->", "<!-- end of tags -->"
TAGS = ("code", "code_nl", "math/plain", "math/structured", "math_text", "knowledge", "other", "abstained")

Labels = dict[tuple[str, str], Counter[str]]


def registered_digests() -> dict[str, str]:
    """The SHA-256 of each shard, as the recorded log has it."""
    with gzip.open(FOLDER / "log.ndjson.gz", "rt", encoding="utf-8") as stream:
        facts = [json.loads(line) for line in stream if '"corpus.shard.registered"' in line]
    return {fact["data"]["shardId"]: fact["data"]["digest"]["value"] for fact in facts}


def tag(file: Path, shard: str, facts: Path) -> Counter[str]:
    """Writes the facts of one shard, and returns how many of its documents have each label."""
    command = ["node", COMMAND, "tag", file, "--attribute", "domain", "--field", "text", "--shard", shard,
               "--facts", facts, "--json"]
    answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return Counter(answer["groups"]["domain.label"])


def tag_all(work: Path) -> Labels:
    """Tags the shards whose texts are those that were trained on. Returns labels by split and the lab's slice."""
    digests = registered_digests()
    labels: Labels = {}
    lines = []
    for shard in json.loads((work / "corpus" / "index.json").read_text()):
        name, file = shard["shardId"], work / "corpus" / shard["file"]
        if fetch.sha256_of(file) != digests[name]:
            raise SystemExit(f"{file} is not the shard {name} of the recorded log; delete {work / 'corpus'}")
        facts = work / "facts.ndjson"
        labels.setdefault((shard["split"], shard["slice"]), Counter()).update(tag(file, name, facts))
        lines += facts.read_text(encoding="utf-8").splitlines(keepends=True)
    FACTS.write_bytes(gzip.compress("".join(lines).encode(), 9, mtime=0))
    return labels


def agreement(labels: Labels, split: str) -> str:
    """A row for each slice of the lab, a column for each tag; documents, and the share whose tag is the slice."""
    rows = []
    for name in corpus.SLICES:
        counts = labels[split, name]
        same = f"{100 * counts[name] / counts.total():.1f} %"
        rows.append([f"`{name}`", f"{counts.total():,}", same, *(f"{counts[tag]:,}" for tag in TAGS)])
    return table(["lab's label", "documents", "same tag", *(f"`{tag}`" for tag in TAGS)], rows)


def text_of(labels: Labels) -> str:
    return "\n\n".join(("Training documents, whole:", agreement(labels, "train"),
                        f"Held-out excerpts of at most {corpus.HELD_OUT_BYTES} bytes:", agreement(labels, "held_out")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder of downloads and corpus, as of run.py")
    work: Path = parser.parse_args().work
    if not (work / "corpus" / "index.json").exists():
        corpus.build(fetch.fetch(work), work / "corpus")
    write_into_card(text_of(tag_all(work)), BEGIN, END)
    print(f"{FACTS}: {FACTS.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
