"""A byte-level decoder-only transformer and its optimiser, small enough for one core."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp

Params = dict[str, Any]
LOOK_BACK = 2


@dataclass(frozen=True)
class Config:
    """Sizes and schedule; every run of the experiment uses the same ones."""

    vocabulary: int = 256
    width: int = 96
    layers: int = 2
    heads: int = 3
    context: int = 128
    batch: int = 8
    steps: int = 1750
    peak_rate: float = 5e-3
    warmup: int = 90
    final_rate: float = 0.05
    beta1: float = 0.9
    beta2: float = 0.98
    weight_decay: float = 0.1
    clip: float = 1.0

    @property
    def bytes_per_step(self) -> int:
        return self.batch * self.context

    @property
    def budget(self) -> int:
        return self.steps * self.bytes_per_step


def initial_params(config: Config, seed: int) -> Params:
    keys = iter(jax.random.split(jax.random.key(seed), 3 + LOOK_BACK + 4 * config.layers))
    width, residual = config.width, (2 * config.layers) ** -0.5

    def normal(rows: int, columns: int, scale: float) -> jax.Array:
        return scale * jax.random.normal(next(keys), (rows, columns), jnp.float32)

    def block() -> Params:
        return {"qkv": normal(width, 3 * width, width**-0.5), "out": normal(width, width, residual * width**-0.5),
                "up": normal(width, 4 * width, width**-0.5),
                "down": normal(4 * width, width, residual * (4 * width) ** -0.5)}

    return {"embedding": normal(config.vocabulary, width, 0.5), "position": normal(config.context, width, 0.1),
            "earlier": [normal(config.vocabulary, width, 0.5) for _ in range(LOOK_BACK)],
            "head": normal(config.vocabulary, width, 0.02),
            "blocks": [block() for _ in range(config.layers)], "scale": jnp.ones((width,), jnp.float32)}


def normalise(hidden: jax.Array) -> jax.Array:
    return hidden * jax.lax.rsqrt(jnp.mean(hidden * hidden, -1, keepdims=True) + 1e-5)


def attention(config: Config, block: Params, hidden: jax.Array) -> jax.Array:
    rows, context, width = hidden.shape
    shape = (rows, context, config.heads, width // config.heads)
    query, key, value = (part.reshape(shape).transpose(0, 2, 1, 3)
                         for part in jnp.split(hidden @ block["qkv"], 3, -1))
    score = query @ key.swapaxes(-1, -2) * (width // config.heads) ** -0.5
    past = jnp.tril(jnp.ones((context, context), bool))
    mixed = jax.nn.softmax(jnp.where(past, score, -1e9), -1) @ value
    return mixed.transpose(0, 2, 1, 3).reshape(hidden.shape) @ block["out"]


def logits_of(config: Config, params: Params, inputs: jax.Array) -> jax.Array:
    """Each position starts from its byte, its place and the two bytes before it, which spares a layer."""
    hidden = params["embedding"][inputs] + params["position"]
    for back, table in enumerate(params["earlier"], 1):
        hidden = hidden + table[jnp.pad(inputs, ((0, 0), (back, 0)))[:, : inputs.shape[1]]]
    for block in params["blocks"]:
        hidden = hidden + attention(config, block, normalise(hidden))
        hidden = hidden + jnp.square(jax.nn.relu(normalise(hidden) @ block["up"])) @ block["down"]
    return normalise(hidden) * params["scale"] @ params["head"].T


def nats(config: Config, params: Params, window: jax.Array) -> jax.Array:
    """Surprisal of each byte of a window [rows, context + 1] after its first."""
    logits = logits_of(config, params, window[:, :-1])
    chosen = jnp.take_along_axis(logits, window[:, 1:, None], -1)[..., 0]
    return jax.nn.logsumexp(logits, -1) - chosen


def learning_rate(config: Config, step: jax.Array) -> jax.Array:
    """Linear warm-up, then a cosine down to `final_rate` of the peak; steps count from 1."""
    done = jnp.clip((step - config.warmup) / (config.steps - config.warmup), 0, 1)
    cosine = config.final_rate + (1 - config.final_rate) * 0.5 * (1 + jnp.cos(jnp.pi * done))
    return config.peak_rate * jnp.minimum(step / config.warmup, cosine)


@partial(jax.jit, static_argnums=0, donate_argnums=(1, 2, 3))
def train_step(
    config: Config, params: Params, mean: Params, square: Params, step: jax.Array, window: jax.Array
) -> tuple[Params, Params, Params, jax.Array]:
    """One AdamW step (Loshchilov and Hutter 2019); the last value is [loss, learning rate, gradient norm]."""
    loss, gradient = jax.value_and_grad(lambda p: nats(config, p, window).mean())(params)
    norm = jnp.sqrt(sum(jnp.vdot(leaf, leaf) for leaf in jax.tree.leaves(gradient)))
    rate = learning_rate(config, step)
    shrink = jnp.minimum(1.0, config.clip / (norm + 1e-9))
    mean = jax.tree.map(lambda m, g: config.beta1 * m + (1 - config.beta1) * shrink * g, mean, gradient)
    square = jax.tree.map(lambda v, g: config.beta2 * v + (1 - config.beta2) * (shrink * g) ** 2, square, gradient)
    first, second = 1 - config.beta1**step, 1 - config.beta2**step

    def updated(p: jax.Array, m: jax.Array, v: jax.Array) -> jax.Array:
        decay = config.weight_decay if p.ndim == 2 else 0.0
        return p - rate * (m / first / (jnp.sqrt(v / second) + 1e-8) + decay * p)

    return jax.tree.map(updated, params, mean, square), mean, square, jnp.stack([loss, rate, norm])


@partial(jax.jit, static_argnums=0)
def window_nats(config: Config, params: Params, window: jax.Array) -> jax.Array:
    return nats(config, params, window)
