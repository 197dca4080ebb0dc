"""Trains every run of the plan once and writes what happened to the outbox."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

import facts
from feed import Feed, HeldOut, Shards, read_held_out, read_shards
from fetch import read_sources, sha256_of
from outbox import Outbox
from plan import Mixture, Run, arms, runs, swarm

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
import jax  # noqa: E402 - reads XLA_FLAGS when it's imported

import model  # noqa: E402

CHECKPOINTS = 5
READ_EVERY = 50
EVAL_ROWS = 16
CODE_FILES = ("corpus.py", "feed.py", "metamath.py", "model.py", "plan.py", "train.py")
CAPABILITIES = {
    "code": ("code",), "code_nl": ("code_nl",), "math_plain": ("math/plain",), "math_structured": ("math/structured",),
    "math": ("math/plain", "math/structured"), "math_text": ("math_text",), "knowledge": ("knowledge",),
}
# Written down before the first run, in bits per byte against the control.
PREDICTED = {
    "wo_code": (("code", 0.5), ("code_nl", 0.05), ("math", 0.0)),
    "wo_math": (("math", 1.0), ("math_text", 0.02), ("code", -0.03)),
    "dense": (("math_structured", -0.1), ("math_plain", 0.1), ("math_text", -0.01)),
}


@dataclass(frozen=True)
class Lab:
    """What every run shares."""

    config: model.Config
    shards: Shards
    held_out: HeldOut
    say: Callable[[str], None]


def opening(index: list[dict[str, object]]) -> list[facts.Event]:
    """Everything that's known before the first step: corpus, plans, assignments."""
    sources = {source.folder: source for source in read_sources()}
    plans = [facts.plan(mixture, PREDICTED.get(mixture.name, ())) for mixture in (*arms(), *swarm())]
    shards = [facts.shard(entry, sources[str(entry["source"])]) for entry in index]
    return [facts.taxonomy(), *shards, *plans, *facts.assignments()]


def code_digest() -> str:
    """Digest of the files that decide a run's result, in name order."""
    folder = Path(__file__).parent
    return hashlib.sha256("".join(sha256_of(folder / name) for name in CODE_FILES).encode()).hexdigest()


def described(config: model.Config, mixture: Mixture, parameters: int) -> dict[str, object]:
    return {
        "model": {"name": "lab-byte-transformer", "parameters": parameters,
                  "architecture": f"decoder-only, {config.layers} layers, width {config.width}, "
                                  f"{config.heads} heads, context {config.context}, "
                                  f"{model.LOOK_BACK} earlier bytes embedded"},
        "config": asdict(config) | {"optimiser": "AdamW", "weights": mixture.weights},
        "code": {"digest": code_digest()}, "tokenBudget": config.budget,
        "hardware": f"CPU {platform.machine()}, one thread, jax {jax.__version__}",
    }


def weight_bytes(params: model.Params) -> bytes:
    return b"".join(np.asarray(leaf).tobytes() for leaf in jax.tree.leaves(params))


def document_bits(lab: Lab, params: model.Params) -> np.ndarray:
    """Bits per byte of each held-out document, in windows of the training context."""
    context, rows = lab.config.context, lab.held_out.rows
    windows = np.concatenate([rows[:, at : at + context + 1] for at in range(0, rows.shape[1] - 1, context)])
    padded = np.pad(windows, ((0, -len(windows) % EVAL_ROWS), (0, 0)))
    nats = np.concatenate([np.asarray(model.window_nats(lab.config, params, padded[at : at + EVAL_ROWS]))
                           for at in range(0, len(padded), EVAL_ROWS)])[: len(windows)]
    by_document = np.concatenate(np.split(nats, len(windows) // len(rows)), axis=1)
    counted = np.arange(by_document.shape[1]) < lab.held_out.sizes[:, None]
    return (by_document.astype(np.float64) * counted).sum(1) / lab.held_out.sizes / np.log(2)


def evaluated(lab: Lab, run_id: str, step: int, params: model.Params) -> list[facts.Event]:
    bits, tokens, last = document_bits(lab, params), step * lab.config.bytes_per_step, step == lab.config.steps
    found = []
    for capability, slices in CAPABILITIES.items():
        chosen = [at for at, name in enumerate(lab.held_out.slices) if name in slices]
        values = [float(bits[at]) for at in chosen]
        found.append(facts.score(run_id, step, tokens, capability, values))
        if last:
            ids = [lab.held_out.ids[at] for at in chosen]
            found.append(facts.items(run_id, step, capability, ids, values))
    return found


def train(lab: Lab, run: Run) -> list[facts.Event]:
    """Trains one run; returns its events in the order they happened."""
    config = lab.config
    params = model.initial_params(config, run.seed)
    mean, square = (jax.tree.map(jax.numpy.zeros_like, params) for _ in range(2))
    parameters = sum(leaf.size for leaf in jax.tree.leaves(params))
    events = [facts.run_started(run, described(config, run.mixture, parameters))]
    feed = Feed(lab.shards, run.mixture.weights, run.seed)
    interval = config.steps // CHECKPOINTS
    for first in range(1, config.steps + 1, interval):
        last, readings = first + interval - 1, []
        for step in range(first, last + 1):
            params, mean, square, reading = model.train_step(
                config, params, mean, square, np.float32(step), feed.batch(config.batch, config.context))
            readings.append(reading)
            if step % READ_EVERY == 0:
                lab.say(f"{run.id} step {step}/{config.steps} loss {float(reading[0]):.3f}")
        events += interval_events(lab, run.id, first, np.stack(readings), feed.drain())
        weights = weight_bytes(params)
        digest = hashlib.sha256(weights).hexdigest()
        events.append(facts.checkpoint(run.id, last, last * config.bytes_per_step, weights, digest))
        events += evaluated(lab, run.id, last, params)
    return [*events, facts.run_ended(run.id, config.steps, config.budget)]


def interval_events(
    lab: Lab, run_id: str, first: int, readings: np.ndarray, consumed: np.ndarray
) -> list[facts.Event]:
    """Readings and exposure of the steps between two checkpoints."""
    last = first + len(readings) - 1
    columns = dict(zip(("loss", "learningRate", "gradNorm"), readings.T.tolist(), strict=True))
    columns["tokens"] = [step * lab.config.bytes_per_step for step in range(first, last + 1)]
    amounts = zip(lab.shards.slices, lab.shards.ids, consumed.tolist(), strict=True)
    return [facts.steps_recorded(run_id, first, columns, facts.now()),
            facts.exposure(run_id, first, last, amounts)]


def train_all(work: Path, after_run: Callable[[], None], limit: int | None = None) -> None:
    """Trains what the outbox doesn't hold yet; `after_run` is called whenever it has grown."""
    corpus = work / "corpus"
    index = json.loads((corpus / "index.json").read_text())
    outbox = Outbox(work)
    if not outbox.holds("opening"):
        outbox.add("opening", opening(index))
    left = [run for run in runs() if not outbox.holds(run.id)][:limit]
    shards, held_out, begun = read_shards(corpus, index), read_held_out(corpus, index), time.monotonic()
    for number, run in enumerate(left):
        def say(text: str, number: int = number) -> None:
            spent = time.monotonic() - begun
            total = f" of about {spent / number * len(left) / 60:.0f}" if number else ""
            print(f"run {number + 1} of {len(left)}: {text}, {spent / 60:.1f}{total} min", file=sys.stderr, flush=True)

        outbox.add(run.id, train(Lab(model.Config(), shards, held_out, say), run))
        after_run()
