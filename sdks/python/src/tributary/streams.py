"""An iterable data set that PyTorch's loaders take for one. Imports torch."""

from __future__ import annotations

from torch.utils.data import IterableDataset

from .wrapping import Iterated


class Stream(Iterated, IterableDataset):  # type: ignore[misc]
    """As the data set, with items that say what they hold."""
