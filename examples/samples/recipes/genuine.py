"""Counts what other programs wrote, from their files or the recipes that drove them, without any importer."""

import gzip
import json
import math
import re

from sample import SAMPLES, count


def read_json(path):
    return json.loads((SAMPLES / path).read_text())


def lm_eval():
    scores = 0
    for path in (SAMPLES / "lm-eval").glob("*/results_*.json"):
        for metrics in json.loads(path.read_text())["results"].values():
            scores += sum(
                isinstance(value, (int, float)) and "," in name and "_stderr" not in name
                for name, value in metrics.items()
            )
    items = 0
    for path in (SAMPLES / "lm-eval").glob("*/samples_*.jsonl"):
        rows = [json.loads(line) for line in path.read_text().splitlines()]
        items += sum(len(row["metrics"]) for row in rows)
    count("lm-eval", scores=scores, items=items)


def hf_trainer():
    history = read_json("hf-trainer/tiny-gpt2/trainer_state.json")["log_history"]
    *entries, last = history
    steps = {entry["step"] for entry in entries}
    values = {(entry["step"], key) for entry in entries for key in entry if key != "step"}
    # Where the tokens seen are stated, each step has its own tokens besides.
    count("hf-trainer", runs=1, steps=len(steps), values=len(values) + len(steps), points=len(last) - 1, checkpoints=2)


def megatron_log():
    text = (SAMPLES / "megatron/restarted.txt").read_text()
    lines = re.findall(r"^ \[.*\] iteration +\d+/.*$", text, re.M)
    steps = len(lines)
    fields = sum(":" in field for line in lines for field in line.split("|")[1:])
    validations = 2 * len(re.findall(r"^ validation loss at iteration", text, re.M))
    saved = len(re.findall(r"^  successfully saved checkpoint", text, re.M))
    loaded = len(re.findall(r"^ loading checkpoint", text, re.M))
    # The batch size and the sequence length give the tokens of a step besides.
    count("megatron-log", runs=1, attempts=1 + loaded, steps=steps, values=fields + validations + steps, checkpoints=saved)


def mlflow_store():
    runs = SAMPLES / "mlflow-store/mlruns"
    points = sum(len(path.read_text().splitlines()) for path in runs.glob("*/*/metrics/**/*") if path.is_file())
    count("mlflow-store", runs=len(list(runs.glob("*/*/tags"))), points=points, checkpoints=1)


def tensorboard():
    restarted = 3 * 10 + 2 + 6
    tensors = 2 * 13 + 1
    count("tensorboard", runs=3, attempts=4, steps=11 + 6 + 1 + 1, values=restarted + 1 + tensors, checkpoints=1)


def wandb():
    killed = (SAMPLES / "wandb/offline-run-20261124_170950-tiny2/run-tiny2.wandb").read_bytes()
    whole = sum(f"{step:04d}".encode() * 110 in killed for step in range(48))
    # Rows have _runtime besides what was logged; those of the resumed process also their number in it.
    first = 8 * 4 + 3 + 2 + 10
    system = (
        "network.sent network.recv network.tcpRetransmits disk.vda.in disk.vda.out memory_percent proc.memory.availableMB "
        "proc.memory.rssMB proc.memory.percent proc.cpu.threads disk./.usagePercent disk./.usageGB cpu"
    )
    logs = [path.read_bytes() for path in (SAMPLES / "wandb").glob("*/*.wandb")]
    # The name of each measurement stands in its message behind its length.
    points = sum(log.count(b"\n" + bytes([len(name)]) + name.encode()) for log in logs for name in system.split())
    count(
        "wandb",
        runs=2,
        attempts=3,
        steps=10 + 4 + whole,
        values=first + 3 * 4 + 2 * whole,
        points=points,
        refused=1,
    )


def neptune():
    count("neptune", runs=2, steps=6 + 2 + 1 + 3, values=6 + 2 + 1 + 3, points=3)


def datatrove():
    merged = sum(len(read_json(f"datatrove/logs/{name}/stats.json")) for name in ("filter", "minhash3", "tokens"))
    keys = {
        name: {
            key
            for path in (SAMPLES / "datatrove/docstats" / name / "length").glob("*.json")
            for key in json.loads(path.read_text())
        }
        for name in ("fqdn", "histogram")
    }
    # Domains have their characters and documents; the summary has total, number and mean.
    statistics = 2 * len(keys["fqdn"]) + len(keys["histogram"]) + 3
    words = {"remove": 1, "clusters": 2, "sizes": 2}
    minhash = sum(
        path.stat().st_size // (4 * words[path.suffix[1:]]) for path in (SAMPLES / "datatrove/remove").iterdir()
    )
    count("datatrove", pipelineSteps=merged + 1, shards=1, attributeValues=statistics + minhash)


def dolma():
    rows = gzip.decompress((SAMPLES / "dolma/tokens/part-0-00000.csv.gz").read_bytes()).decode().splitlines()
    sources = {row.split(",")[3] for row in rows}
    count("dolma", shards=1, attributeValues=len(sources))


def mds():
    shards = sum(len(read_json(f"mds/{split}/index.json")["shards"]) for split in ("train", "val"))
    count("mds", snapshots=2, shards=shards, members=shards)


def megatron_data():
    samples = read_json("megatron-data/expected.json")
    steps = math.floor(len(samples) / 8)
    count("megatron-data", exposures=steps, shards=len(list((SAMPLES / "megatron-data").glob("*.idx"))), mixtures=2)
    count("megatron-data", weights=2 * 2, snapshots=1, attributeValues=2)


def run_configs():
    folder = SAMPLES / "run-configs"
    whole = [folder / name for name in ("nanotron.yaml", "gpt-neox.yml", "nemo.yaml", "lingua.yaml")]
    # A configuration follows one mixture, but that of nanotron has one for each stage.
    stages = (folder / "nanotron.yaml").read_text().count("start_training_step")
    count("run-configs", plans=len(whole), mixtures=len(whole) - 1 + stages)


def all_genuine():
    for genuine in (lm_eval, hf_trainer, megatron_log, mlflow_store, tensorboard, wandb, neptune, datatrove, dolma, mds, megatron_data, run_configs):
        genuine()
