"""A data set of PyTorch for workers that are spawned, which import it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from torch.utils.data import IterableDataset, get_worker_info


class Numbers(IterableDataset):  # type: ignore[misc]
    """Ten items, of which each worker has its own."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        worker = get_worker_info()
        first, every = (0, 1) if worker is None else (worker.id, worker.num_workers)
        return ({"input_ids": [1] * (at + 1), "domain": "code"} for at in range(first, 10, every))
