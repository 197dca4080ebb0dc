"""After training: writes the tables of results into README.md and the compressed outbox next to it."""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plan import SEEDS, arms, runs

FOLDER = Path(__file__).parent
BEGIN, END = "<!-- results: written by finish.py -->", "<!-- end of results -->"
LARGEST_LOG = 8_000_000


@dataclass
class Log:
    """The results of the finished runs that the tables show."""

    final: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    arm: dict[str, str] = field(default_factory=dict)
    consumed: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(float)))
    available: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    ended: dict[str, int] = field(default_factory=dict)
    digests: set[str] = field(default_factory=set)
    times: list[str] = field(default_factory=list)
    parameters: int = 0

    def take(self, kind: str, data: dict[str, Any]) -> None:
        match kind:
            case "corpus.shard.registered" if data["split"] == "train":
                self.available[data["slice"]] += data["bytes"]
            case "training.run.started":
                self.arm[data["runId"]] = data["arm"]
                self.parameters = data["model"]["parameters"]
                self.digests.add(data["code"]["digest"])
            case "training.exposure.recorded":
                for amount in data["amounts"]:
                    self.consumed[data["runId"]][amount["slice"]] += amount["amount"]
            case "evaluation.score.recorded":
                self.final[data["runId"]][data["capability"]] = data["value"]
            case "training.run.ended":
                self.ended[data["runId"]] = data["tokens"]


def read_log(outbox: Path) -> Log:
    log = Log()
    with outbox.open(encoding="utf-8") as stream:
        for line in stream:
            fact = json.loads(line)
            log.take(fact["type"], fact["data"])
            log.times.append(fact["time"])
    return log


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def arm_table(log: Log, capabilities: list[str]) -> str:
    """Mean over seeds and the standard deviation between seeds."""
    rows = []
    for arm in arms():
        finals = [log.final[run] for run, name in sorted(log.arm.items()) if name == arm.name and run in log.ended]
        cells = [spread([final[name] for final in finals], "{:.3f}") for name in capabilities]
        rows.append([f"`{arm.name}` ({len(finals)})", *cells])
    return table(["arm (seeds)", *capabilities], rows)


def effect_table(log: Log, capabilities: list[str]) -> str:
    """Arm less control at the same seed; below zero is better."""
    rows = []
    for arm in arms()[1:]:
        pairs = [(log.final[f"lab-{arm.name}-s{seed}"], log.final[f"lab-full-s{seed}"]) for seed in SEEDS
                 if {f"lab-{arm.name}-s{seed}", f"lab-full-s{seed}"} <= log.ended.keys()]
        cells = [spread([treated[name] - control[name] for treated, control in pairs], "{:+.3f}")
                 for name in capabilities]
        rows.append([f"`{arm.name}` − `full`", *cells])
    return table(["difference", *capabilities], rows)


def spread(values: list[float], form: str) -> str:
    if not values:
        return "–"
    mean = form.format(statistics.fmean(values))
    return f"{mean} ± {statistics.stdev(values):.3f}" if len(values) > 1 else mean


def swarm_table(log: Log, capabilities: list[str]) -> str:
    """Range over mixtures, and the seed-to-seed deviation from the mixtures that were trained twice."""
    finals = {run: log.final[run] for run in log.ended if log.arm[run].startswith("swarm-")}
    twice = defaultdict(list)
    for run in finals:
        twice[log.arm[run]].append(run)
    pairs = [pair for pair in twice.values() if len(pair) == 2]
    rows = []
    for name in capabilities:
        values = [final[name] for final in finals.values()]
        gaps = [finals[one][name] - finals[other][name] for one, other in pairs]
        noise = (sum(gap * gap for gap in gaps) / (2 * len(gaps))) ** 0.5 if gaps else None
        rows.append([name, *(f"{value:.3f}" for value in (min(values), statistics.median(values), max(values))),
                     "–" if noise is None else f"{noise:.3f}"])
    return table([f"swarm ({len(finals)} runs)", "least", "median", "most", "seed sd"], rows)


def epochs_line(log: Log) -> str:
    most = {name: max(log.consumed[run][name] for run in log.ended) / size for name, size in log.available.items()}
    return ", ".join(f"`{name}` {share:.2f}" for name, share in sorted(most.items()))


def results(log: Log) -> str:
    capabilities = list(next(iter(log.final.values())))
    parts = [
        f"{len(log.ended)} of {len(runs())} runs, {log.parameters:,} parameters, "
        f"{max(log.ended.values()):,} bytes a run, recorded {min(log.times)} to {max(log.times)}. Bits per byte, lower is better.",
        "Final bits per byte, mean ± standard deviation between seeds:", arm_table(log, capabilities),
        "Difference to the control at the same seed, mean ± standard deviation:", effect_table(log, capabilities)]
    if any(log.arm[run].startswith("swarm-") for run in log.ended):
        parts += ["Swarm:", swarm_table(log, capabilities)]
    return "\n\n".join([*parts, f"Most epochs any run made over a slice: {epochs_line(log)}."])


def write_into_card(text: str, begin: str, end: str) -> None:
    """Replaces what stands between two marks of README.md."""
    card = FOLDER / "README.md"
    before, rest = card.read_text(encoding="utf-8").split(begin)
    after = rest.split(end)[1]
    card.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


def compress(outbox: Path) -> Path:
    target = FOLDER / "log.ndjson.gz"
    packed = gzip.compress(outbox.read_bytes(), 9, mtime=0)
    if len(packed) > LARGEST_LOG:
        raise SystemExit(f"the log has {len(packed):,} bytes compressed, more than {LARGEST_LOG:,}; not written")
    target.write_bytes(packed)
    return target


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    work: Path = parser.parse_args().work
    log = read_log(work / "outbox.ndjson")
    if not log.ended:
        raise SystemExit("no run has finished yet")
    text = results(log)
    write_into_card(text, BEGIN, END)
    target = compress(work / "outbox.ndjson")
    print(text)
    print(f"\n{target}: {target.stat().st_size:,} bytes, code digest {', '.join(sorted(log.digests))}")


if __name__ == "__main__":
    main()
