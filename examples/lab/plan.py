"""The arms of the ablation, the swarm of random mixtures, and the shuffled order of all runs."""

from __future__ import annotations

import random
from dataclasses import dataclass

from corpus import SLICES

FULL = {"code": 0.25, "code_nl": 0.15, "math/plain": 0.1875, "math/structured": 0.0625,
        "math_text": 0.15, "knowledge": 0.20}
DENSE_SHARE = 0.75
SEEDS = (1, 2, 3)
SWARM_SIZE, SWARM_REPLICATES = 24, 5
SWARM_CONCENTRATION = 8.0
ORDER_SEED, SWARM_SEED = 20261124, 4711

Weights = dict[str, float]


@dataclass(frozen=True)
class Mixture:
    """Planned shares of the byte budget by leaf slice, and why."""

    name: str
    weights: Weights
    rationale: str
    displacement: str | None = None


@dataclass(frozen=True)
class Run:
    """One training run: a mixture, the design it belongs to, and its seed."""

    mixture: Mixture
    design: str
    seed: int

    @property
    def id(self) -> str:
        return f"lab-{self.mixture.name}-s{self.seed}"


def rounded(weights: Weights) -> Weights:
    """Weights to six digits that sum to exactly one; the largest takes the rest."""
    total = sum(weights.values())
    kept = {name: round(weight / total, 6) for name, weight in weights.items()}
    largest = max(kept, key=lambda name: kept[name])
    kept[largest] = round(kept[largest] + 1 - sum(kept.values()), 6)
    return kept


def without(weights: Weights, *removed: str) -> Weights:
    return rounded({name: 0.0 if name in removed else weight for name, weight in weights.items()})


def denser(weights: Weights, share: float) -> Weights:
    """The same math budget, `share` of it structured."""
    math = weights["math/plain"] + weights["math/structured"]
    return {**weights, "math/plain": math * (1 - share), "math/structured": math * share}


def arms() -> list[Mixture]:
    return [
        Mixture("full", FULL, "Reference mixture over all six leaf slices; the control of the ablation."),
        Mixture("wo_code", without(FULL, "code"),
                "Source code removed, the rest scaled up in proportion: what does code do for the other capabilities?",
                "proportional"),
        Mixture("wo_math", without(FULL, "math/plain", "math/structured"),
                "Both math slices removed, the rest scaled up in proportion.", "proportional"),
        Mixture("dense", denser(FULL, DENSE_SHARE),
                "Structured share inside an unchanged math budget raised from 0.25 to 0.75: "
                "is explained, stepwise math worth more than bare symbol strings?", "within:math"),
    ]


def swarm() -> list[Mixture]:
    """Mixtures drawn from a Dirichlet distribution centred on the reference."""
    draw = random.Random(SWARM_SEED)
    mixtures = []
    for number in range(1, SWARM_SIZE + 1):
        weights = {name: draw.gammavariate(SWARM_CONCENTRATION * FULL[name], 1.0) for name in SLICES}
        mixtures.append(Mixture(f"swarm-{number:02d}", rounded(weights),
                                f"Draw {number} of a Dirichlet distribution centred on the reference mixture."))
    return mixtures


def runs() -> list[Run]:
    """All ablation runs in random order, then all swarm runs in random order."""
    order = random.Random(ORDER_SEED)
    ablation = [Run(arm, "controlled_ablation", seed) for arm in arms() for seed in SEEDS]
    mixtures = swarm()
    spread = [Run(mixture, "swarm", 100 + at) for at, mixture in enumerate(mixtures, 1)]
    replicated = order.sample(range(SWARM_SIZE), SWARM_REPLICATES)
    spread += [Run(mixtures[at], "swarm", 201 + at) for at in sorted(replicated)]
    order.shuffle(ablation)
    order.shuffle(spread)
    return ablation + spread
