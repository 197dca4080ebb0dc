"""Data sets whose items say which slice they are of, and batches that say how much of each they hold."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .amounts import KEY, UNKNOWN, Amounts
from .run import slice_and_shard
from .values import amount_of

Slice = str | Callable[[Any], Any]
"""A name, or what tells it of an item; it may also tell the amounts, for an item that is packed from several slices."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item as the data set gave it, and what it holds. `collate` takes it apart."""

    item: Any
    amounts: dict[Any, Any]


@dataclass(frozen=True, slots=True)
class Counting:
    """How items are counted; travels to the workers of a loader."""

    slice: Slice
    shard: Slice | None
    tokens: int | Callable[[Any], Any] | None

    def carried(self, item: Any) -> Item:
        """Throws nothing: an item that can't be counted is trained on all the same."""
        try:
            return Item(item, self._amounts(item))
        except Exception as error:
            return Item(item, {UNKNOWN: f"{type(error).__name__}: {error}"})

    def _amounts(self, item: Any) -> dict[Any, Any]:
        name = self.slice(item) if callable(self.slice) else self.slice
        if isinstance(name, Mapping):
            return {one: amount_of(amount) for one, amount in name.items()}
        if self.shard is not None:
            name = (name, self.shard(item) if callable(self.shard) else self.shard)
        tokens = self.tokens
        return {name: amount_of(tokens(item)) if callable(tokens) else _tokens_of(item) if tokens is None else tokens}


def wrap(dataset: Any, *, slice: Slice, shard: Slice | None = None, tokens: int | Callable[[Any], Any] | None = None) -> Any:
    """
    The data set, map-style or iterable, with items that say what they hold. `slice` and `shard` are names, or functions of an
    item, such as `operator.itemgetter("domain")`; a function for `slice` may give `{slice: tokens}` where an item is packed from
    several. `tokens` is a number or a function of an item; without it, it is the number of its `input_ids`, padding included.
    Functions are pickled where workers are spawned, so they are no lambdas there.

    The loader needs `collate`, which gives the items as they were to the collate function that it wraps. Throws TypeError,
    ValueError.
    """
    _require_names(slice, shard, tokens)
    counting = Counting(slice, shard, tokens)
    if _is_pipe(dataset):
        raise TypeError("loaders share out a data pipe over their workers by its class, which wrap would hide: wrap what the pipe reads")
    if is_stream_of_torch(dataset):
        from .streams import Stream  # Imports torch, which the script has.

        return Stream(dataset, counting)
    if hasattr(dataset, "__getitem__"):
        return Wrapped(dataset, counting)
    if hasattr(dataset, "__iter__"):
        return Iterated(dataset, counting)
    raise TypeError(f"a {type(dataset).__name__} is no data set: it has neither __getitem__ nor __iter__")


class Delegating:
    """Has what the data set has, such as `set_epoch`."""

    def __init__(self, dataset: Any, counting: Counting) -> None:
        self.dataset, self.counting = dataset, counting

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name in ("dataset", "counting"):  # Also while it is unpickled, when it has nothing yet.
            raise AttributeError(name)
        return getattr(self.dataset, name)

    def __len__(self) -> int:
        return len(self.dataset)


class Wrapped(Delegating):
    """A map-style data set."""

    def __getitem__(self, index: Any) -> Item:
        return self.counting.carried(self.dataset[index])

    def __getitems__(self, indices: Sequence[Any]) -> list[Item]:
        """Loaders ask for a whole batch at once, which some data sets read faster."""
        together = getattr(self.dataset, "__getitems__", None)
        items = together(indices) if callable(together) else [self.dataset[index] for index in indices]
        return [self.counting.carried(item) for item in items]


class Iterated(Delegating):
    """An iterable data set."""

    def __iter__(self) -> Iterator[Item]:
        carried = self.counting.carried
        for item in self.dataset:
            yield carried(item)


class Collate:
    """A collate function for items of `wrap`; others it leaves as they are."""

    def __init__(self, inner: Callable[[Any], Any] | None, counts: bool) -> None:
        self.inner, self.counts = inner, counts

    def __call__(self, items: Any) -> Any:
        inner = self.inner or _default_collate()
        if isinstance(items, Item):  # A loader without batches gives single items.
            return self._with_amounts(inner(items.item), [items])
        if not any(isinstance(item, Item) for item in items):
            return inner(items)
        return self._with_amounts(inner([item.item if isinstance(item, Item) else item for item in items]), items)

    def _with_amounts(self, batch: Any, items: Iterable[Any]) -> Any:
        if not self.counts:
            return batch
        if not isinstance(batch, Mapping):
            raise TypeError(f"the collate function gave a {type(batch).__name__}, which has no place for {KEY!r}: let it give a dict")
        amounts = Amounts()
        for item in items:
            amounts.add(item.amounts if isinstance(item, Item) else {UNKNOWN: "an item of the batch comes from a data set without wrap"})
        # Batches of a tokenizer lose what is no tensor where they are moved to a device.
        return {**batch, KEY: amounts}


def collate(inner: Callable[[Any], Any] | None = None) -> Callable[[Any], Any]:
    """
    The collate function, or PyTorch's own, for items of `wrap`: batches, which have to be mappings, become dicts with their amounts
    as `batch["__tributary__"]`. Take them out before the model sees the batch: `run.batch(step, batch.pop("__tributary__"))`.
    """
    return Collate(inner, counts=True)


def _require_names(slice: Slice, shard: Slice | None, tokens: Any) -> None:
    """What is constant is known to be wrong before the training begins."""
    slice_and_shard("any" if callable(slice) else slice if shard is None or callable(shard) else (slice, shard))
    if not callable(tokens) and tokens is not None:
        amount_of(tokens)


def is_stream_of_torch(dataset: Any) -> bool:
    """Nothing is imported to find out: whoever has such a data set has imported it."""
    data = sys.modules.get("torch.utils.data")
    return data is not None and isinstance(dataset, data.IterableDataset)


def _is_pipe(dataset: Any) -> bool:
    data = sys.modules.get("torch.utils.data")
    kinds = tuple(kind for name in ("IterDataPipe", "MapDataPipe") if (kind := getattr(data, name, None)) is not None)
    return isinstance(dataset, kinds)


def _tokens_of(item: Any) -> int:
    ids = item["input_ids"]
    count = getattr(ids, "numel", None)
    return count() if callable(count) else getattr(ids, "size", None) or len(ids)


def _default_collate() -> Callable[[Any], Any]:
    from torch.utils.data import default_collate

    found: Callable[[Any], Any] = default_collate
    return found
