"""Which process of a distributed run this is. Nothing is imported or communicated for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

RANKS = ("RANK", "SLURM_PROCID", "OMPI_COMM_WORLD_RANK", "PMI_RANK")
SIZES = ("WORLD_SIZE", "SLURM_NTASKS", "OMPI_COMM_WORLD_SIZE", "PMI_SIZE")


@dataclass(frozen=True)
class Rank:
    """The number of a process, from 0, among how many."""

    number: int
    processes: int


def rank_of(environment: Mapping[str, str]) -> Rank:
    """The first of the launchers' variables that is a number counts; a single process where there is none."""
    number = _first(environment, RANKS, 0)
    return Rank(number, max(_first(environment, SIZES, 1), number + 1))


def _first(environment: Mapping[str, str], names: tuple[str, ...], otherwise: int) -> int:
    for name in names:
        text = environment.get(name, "")
        if text.isascii() and text.isdigit():
            return int(text)
    return otherwise
