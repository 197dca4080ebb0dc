"""The experiment as CloudEvents; an event's id follows from what it says, so a retry can't count twice."""

from __future__ import annotations

import json
import math
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from plan import ORDER_SEED, SWARM_CONCENTRATION, SWARM_SEED, Mixture, Run, arms, swarm

SOURCE = "/examples/lab"
EXPERIMENT = "lab"
TAXONOMY, TAXONOMY_VERSION = "lab", "1"
TOKENIZER = "byte"
BENCHMARK, HARNESS = "held-out-text", {"name": "tributary-lab", "version": "1"}
METRIC = {"metric": "bits_per_byte", "metricVersion": "1"}
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:tributary:example:lab:1")

Event = dict[str, Any]

# What `model.py` and `train.py` fix for every run and their configuration does not say.
FIXED_BY_CODE = {"precision": "float32", "schedule": "linear warm-up, then cosine", "init_from": "scratch"}

DEFINITIONS = {
    "code": ("Source code", "Python, Go and JavaScript source files, comments and docstrings left in."),
    "code_nl": ("Prose about code", "Language manuals and package descriptions written for programmers."),
    "math/plain": ("Plain formal math", "Metamath theorem blocks that the structure rule doesn't call structured."),
    "math/structured": ("Structured formal math", "Metamath theorem blocks explained in words and derived in steps: "
                        "at least 12 prose words, 4 named steps, a fifth of the text prose."),
    "math_text": ("Prose with formulas", "Manuals and docstrings of scientific packages that hold LaTeX."),
    "knowledge": ("Prose about the world", "Dictionary entries and glosses."),
}


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def event(kind: str, key: str, data: dict[str, Any], time: str | None = None) -> Event:
    return {
        "specversion": "1.0", "id": str(uuid.uuid5(NAMESPACE, f"{kind}|{key}")), "source": SOURCE, "type": kind,
        "time": time or now(), "datacontenttype": "application/json",
        "dataschema": f"urn:tributary:schema:{kind}:1.0", "data": data,
    }


def line_of(fact: Event) -> str:
    return json.dumps(fact, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def six_digits(value: float) -> float:
    return float(f"{value:.6g}")


def taxonomy() -> Event:
    slices = [{"slice": name, "title": title, "definition": definition, "measuredBy": "examples/lab/corpus.py"}
              for name, (title, definition) in DEFINITIONS.items()]
    return event("corpus.taxonomy.versioned", f"{TAXONOMY}@{TAXONOMY_VERSION}", {
        "taxonomyId": TAXONOMY, "version": TAXONOMY_VERSION, "slices": slices,
        "rationale": "Six leaf slices over five domains; only math is divided, by a measured rule on each document."})


def shard(entry: dict[str, Any], source: Any) -> Event:
    """`entry` is a line of the corpus index, `source` the package it comes from."""
    return event("corpus.shard.registered", f"{entry['shardId']}@{entry['sha256']}", {
        "shardId": entry["shardId"], "uri": f"corpus/{entry['file']}", "slice": entry["slice"],
        "taxonomyVersion": TAXONOMY_VERSION, "split": entry["split"],
        "digest": {"algorithm": "sha256", "value": entry["sha256"]}, "bytes": entry["bytes"],
        "documents": entry["documents"], "tokens": entry["bytes"] + entry["documents"], "tokenizer": TOKENIZER,
        "method": "measured", "licence": source.licence,
        "origin": {"registry": source.registry, "package": source.package, "version": source.version}})


def plan(mixture: Mixture, predicted: Sequence[tuple[str, float]] = ()) -> Event:
    weights = [{"slice": name, "weight": weight} for name, weight in mixture.weights.items()]
    data: dict[str, Any] = {
        "mixtureId": mixture_id(mixture), "experimentId": EXPERIMENT, "taxonomyVersion": TAXONOMY_VERSION,
        "unit": "token_share", "phases": [{"name": "main", "fromStep": 0, "weights": weights}],
        "rationale": mixture.rationale, "decidedBy": "examples/lab/plan.py"}
    if mixture.displacement:
        data |= {"displacement": mixture.displacement, "parentMixtureId": "lab-full"}
    if predicted:
        data["predictedEffects"] = [{"capability": name, "effect": effect, "unit": "bits_per_byte"}
                                    for name, effect in predicted]
    return event("mixture.plan.decided", mixture_id(mixture), data)


def mixture_id(mixture: Mixture) -> str:
    return f"lab-{mixture.name}"


def assignments() -> Iterable[Event]:
    def arm(mixture: Mixture) -> dict[str, Any]:
        named = {"arm": mixture.name, "mixtureId": mixture_id(mixture), "role": "train"}
        return named | ({"displacement": mixture.displacement} if mixture.displacement else {})

    yield event("mixture.experiment.assigned", "controlled_ablation", {
        "experimentId": EXPERIMENT, "design": "controlled_ablation", "assignment": "randomised", "control": "full",
        "randomisation": {"method": "run order shuffled by Python random.Random; the same three seeds in every arm",
                          "seed": str(ORDER_SEED)},
        "protocol": "Four arms at one byte budget, three seeds each; a seed sets the initial weights and data order.",
        "arms": [arm(mixture) for mixture in arms()]})
    yield event("mixture.experiment.assigned", "swarm", {
        "experimentId": EXPERIMENT, "design": "swarm", "assignment": "randomised",
        "randomisation": {"method": f"Dirichlet, concentration {SWARM_CONCENTRATION:g}, centred on full; "
                          "drawn by Python random.Random", "seed": str(SWARM_SEED)},
        "protocol": "Twenty-four mixtures at the ablation's byte budget, one seed each; five of them, drawn at random, "
                    "once more with another seed.",
        "arms": [arm(mixture) for mixture in swarm()]})


def run_started(run: Run, facts: dict[str, Any]) -> Event:
    return event("training.run.started", run.id, {
        "runId": run.id, "attempt": 1, "experimentId": EXPERIMENT, "arm": run.mixture.name,
        "mixtureId": mixture_id(run.mixture), "tokenizer": TOKENIZER,
        "seeds": {"init": run.seed, "dataOrder": run.seed}, **facts, "config": facts["config"] | FIXED_BY_CODE})


def run_annotated(run_id: str) -> Event:
    """What the code of a run fixed, for a run whose start was recorded without it."""
    return event("training.run.annotated", run_id, {"runId": run_id, "params": dict(FIXED_BY_CODE)})


def steps_recorded(run_id: str, first: int, columns: dict[str, Sequence[float]], time: str) -> Event:
    """Steps count from 1; a value that isn't finite becomes null and is named in `nonfinite`.

    The trainer's `tokens` is a running total; the fact wants the tokens of the step.
    """
    count = len(next(iter(columns.values())))
    if "tokens" in columns:
        columns = columns | {"tokens": of_each_step(columns["tokens"], first)}
    odd = {name: [{"index": at, "value": odd_name(value)} for at, value in enumerate(values)
                  if not math.isfinite(value)] for name, values in columns.items()}
    odd = {name: found for name, found in odd.items() if found}
    data: dict[str, Any] = {
        "runId": run_id, "attempt": 1, "steps": list(range(first, first + count)),
        "columns": {name: [written(value) for value in values] for name, values in columns.items()}}
    return event("training.steps.recorded", f"{run_id}|{first}-{first + count - 1}",
                 data | ({"nonfinite": odd} if odd else {}), time)


def of_each_step(totals: Sequence[int], first: int) -> list[int]:
    """Differences of a running total over steps that start at `first`; every step consumes alike before it."""
    before = totals[0] // first * (first - 1)
    return [total - earlier for total, earlier in zip(totals, [before, *totals], strict=False)]


def written(value: float) -> float | int | None:
    if isinstance(value, int):
        return value
    return six_digits(value) if math.isfinite(value) else None


def odd_name(value: float) -> str:
    if math.isnan(value):
        return "nan"
    return "+inf" if value > 0 else "-inf"


def exposure(run_id: str, first: int, last: int, amounts: Iterable[tuple[str, str, int]]) -> Event:
    """`amounts` are (slice, shard, bytes)."""
    return event("training.exposure.recorded", f"{run_id}|{first}-{last}", {
        "runId": run_id, "attempt": 1, "firstStep": first, "lastStep": last, "unit": "byte", "method": "measured",
        "tokenizer": TOKENIZER,
        "amounts": [{"slice": name, "shardId": shard_id, "amount": amount}
                    for name, shard_id, amount in amounts if amount]})


def checkpoint_id(run_id: str, step: int) -> str:
    return f"{run_id}@{step}"


def checkpoint(run_id: str, step: int, tokens: int, weights: bytes, digest: str) -> Event:
    return event("training.checkpoint.saved", checkpoint_id(run_id, step), {
        "runId": run_id, "attempt": 1, "checkpointId": checkpoint_id(run_id, step), "step": step, "tokens": tokens,
        "digest": digest, "bytes": len(weights)})


def score(run_id: str, step: int, tokens: int, capability: str, values: Sequence[float]) -> Event:
    """Mean over held-out documents, with the standard error of that mean."""
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))
    return event("evaluation.score.recorded", f"{run_id}|{step}|{capability}", {
        "runId": run_id, "checkpointId": checkpoint_id(run_id, step), "step": step, "tokens": tokens,
        "capability": capability, "benchmark": BENCHMARK, "split": "held_out", **METRIC, "harness": HARNESS,
        "value": six_digits(mean), "stderr": six_digits(spread / math.sqrt(len(values))), "items": len(values),
        "unit": "bits_per_byte", "higherIsBetter": False, "randomBaseline": 8.0, "method": "measured"})


def items(run_id: str, step: int, capability: str, ids: Sequence[str], values: Sequence[float]) -> Event:
    return event("evaluation.items.recorded", f"{run_id}|{step}|{capability}", {
        "runId": run_id, "step": step, "capability": capability, "benchmark": BENCHMARK, **METRIC,
        "harness": HARNESS, "itemIds": list(ids), "values": [six_digits(value) for value in values]})


def run_ended(run_id: str, steps: int, tokens: int) -> Event:
    return event("training.run.ended", run_id, {
        "runId": run_id, "attempt": 1, "status": "completed", "lastStep": steps, "tokens": tokens})
