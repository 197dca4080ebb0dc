"""Byte streams of the slices, batches drawn from a mixture, and the exposure that was really consumed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus import HELD_OUT_BYTES, SLICES
from plan import Weights

SEPARATOR = 0
Index = list[dict[str, Any]]


@dataclass(frozen=True)
class Shards:
    """Training documents by slice, each with the position of its shard in `ids`."""

    ids: list[str]
    slices: list[str]
    documents: dict[str, list[tuple[int, np.ndarray]]]

    def bytes_of(self, slice_: str) -> int:
        return sum(len(text) for _, text in self.documents[slice_])


@dataclass(frozen=True)
class HeldOut:
    """Scored excerpts: one row a document, padded; `sizes` are the bytes that count."""

    ids: list[str]
    slices: list[str]
    rows: np.ndarray
    sizes: np.ndarray


def lines_of(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def with_separator(text: str) -> np.ndarray:
    return np.frombuffer(bytes([SEPARATOR]) + text.encode(), np.uint8)


def read_shards(corpus: Path, index: Index) -> Shards:
    train = [entry for entry in index if entry["split"] == "train"]
    documents: dict[str, list[tuple[int, np.ndarray]]] = {name: [] for name in SLICES}
    for position, entry in enumerate(train):
        documents[entry["slice"]] += [(position, with_separator(line["text"]))
                                      for line in lines_of(corpus / entry["file"])]
    return Shards([entry["shardId"] for entry in train], [entry["slice"] for entry in train], documents)


def read_held_out(corpus: Path, index: Index) -> HeldOut:
    ids, slices, rows, sizes = [], [], [], []
    for entry in (entry for entry in index if entry["split"] == "held_out"):
        for number, line in enumerate(lines_of(corpus / entry["file"])):
            text = with_separator(line["text"])
            ids.append(f"{entry['shardId']}/{number}")
            slices.append(entry["slice"])
            rows.append(np.pad(text, (0, HELD_OUT_BYTES + 1 - len(text))))
            sizes.append(len(text) - 1)
    return HeldOut(ids, slices, np.stack(rows).astype(np.int32), np.array(sizes))


class Stream:
    """One slice in a shuffled document order; starts over at its end."""

    def __init__(self, documents: list[tuple[int, np.ndarray]], order: np.random.Generator) -> None:
        shuffled = [documents[at] for at in order.permutation(len(documents))]
        self.text = np.concatenate([text for _, text in shuffled])
        self.shard = np.repeat([shard for shard, _ in shuffled], [len(text) for _, text in shuffled])
        self.at = 0

    def take(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """`count` + 1 bytes, the last `count` of them to be predicted, and the shards of those."""
        places = np.arange(self.at, self.at + count + 1) % len(self.text)
        self.at += count
        return self.text[places], self.shard[places[1:]]


class Feed:
    """Draws each sequence's slice by the mixture's weights and counts what was consumed, by shard."""

    def __init__(self, shards: Shards, weights: Weights, seed: int) -> None:
        self.draw = np.random.default_rng([seed, 1])
        self.streams = [Stream(shards.documents[name], np.random.default_rng([seed, 2, at]))
                        for at, name in enumerate(SLICES)]
        self.edges = np.cumsum([weights[name] for name in SLICES])
        self.consumed = np.zeros(len(shards.ids), np.int64)

    def batch(self, rows: int, context: int) -> np.ndarray:
        window = np.empty((rows, context + 1), np.int32)
        for row, point in enumerate(self.draw.random(rows) * self.edges[-1]):
            stream = self.streams[int(np.searchsorted(self.edges, point, side="right"))]
            window[row], shard = stream.take(context)
            self.consumed += np.bincount(shard, minlength=len(self.consumed))
        return window

    def drain(self) -> np.ndarray:
        """Bytes consumed by shard since the last call."""
        taken, self.consumed = self.consumed, np.zeros_like(self.consumed)
        return taken
