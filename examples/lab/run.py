"""The whole experiment: fetch the packages, build the corpus, train every run, and send the events if asked."""

from __future__ import annotations

import argparse
from pathlib import Path

import corpus
import fetch
import send


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder for downloads, corpus and outbox")
    parser.add_argument("--server", help="address of a running server; without it the events stay in the outbox")
    parser.add_argument("--runs", type=int, help="train at most this many runs now")
    options = parser.parse_args()
    work: Path = options.work
    work.mkdir(parents=True, exist_ok=True)
    if not (work / "corpus" / "index.json").exists():
        corpus.build(fetch.fetch(work), work / "corpus")

    from train import train_all  # JAX is needed from here on only

    def deliver() -> None:
        if options.server:
            send.deliver(work / "outbox.ndjson", options.server)

    deliver()
    train_all(work, deliver, options.runs)
    print(f"all events are in {work / 'outbox.ndjson'}")


if __name__ == "__main__":
    main()
