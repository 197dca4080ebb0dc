"""Histories and scores as trackers, tests and harnesses write them."""

import json

from sample import count, loss, write_json, write_lines

STEPS = 10


def megatron_golden():
    kind = "megatron-golden"
    values = {str(step): round(loss(step), 5) for step in range(1, 51, 5)} | {"51": "nan"}
    norms = {str(step): 1.5 for step in range(1, 51, 5)}
    series = {"start_step": 1, "end_step": 51, "step_interval": 5}
    write_json(
        kind,
        "golden_values_dev.json",
        {"lm loss": {**series, "values": values}, "num-zeros": {**series, "values": norms}},
    )
    count(kind, runs=1, steps=len(values), values=len(values) + len(norms))


def tensorboard_csv():
    kind = "tensorboard-csv"
    for tag in ("loss", "lr"):
        rows = [f"{1795541480 + step}.5,{step},{loss(step) if tag == 'loss' else 1e-3}" for step in range(STEPS)]
        write_lines(kind, f"run-tiny-tag-{tag}.csv", ["Wall time,Step,Value", *rows])
    # A scalar without the name of its run is one of its own.
    count(kind, runs=2, steps=2 * STEPS, values=2 * STEPS)


def wandb_csv():
    kind = "wandb-history"
    rows = [f"{at},{at},{1.5 * at},{1795541480 + at}.5,{loss(at):.6f}," for at in range(STEPS)]
    # A cell without a number among numbers.
    rows.append(f"{STEPS},{STEPS},{1.5 * STEPS},{1795541480 + STEPS}.5,oops,")
    write_lines(kind, "tiny.csv", [",_step,_runtime,_timestamp,train/loss,note", *rows])
    # What is no number is named by a warning, and its step stands.
    count(kind, runs=1, steps=STEPS + 1, values=2 * STEPS + 1)

    kind = "wandb-chart"
    head = ",".join(f'"{run} - loss{end}"' for run in ("sun-1", "sea-2") for end in ("", "__MIN", "__MAX"))
    rows = [
        ",".join(f'"{cell}"' for cell in (step, loss(step), loss(step), loss(step), loss(step, 1), "", ""))
        for step in range(STEPS)
    ]
    write_lines(kind, "chart.csv", [f'"Step",{head}', *rows], end="\r\n")
    count(kind, runs=2, steps=2 * STEPS, values=2 * STEPS)


def jsonl():
    kind = "jsonl-history"
    rows = [json.dumps({"step": step, "loss": loss(step), "lr": 1e-3, "opt": {"beta": 0.9}}) for step in range(STEPS)]
    write_lines(kind, "metrics.jsonl", [*rows, '{"step": 10, "loss": 2.'])
    count(kind, runs=1, steps=STEPS, values=3 * STEPS, refused=1)


def score_table():
    kind = "score-table"
    rows = [
        f"tiny-{run},{task},acc,{0.25 + 0.05 * run + 0.01 * at},{0.01},{step}"
        for run in range(2)
        for at, task in enumerate(("lambada", "copa"))
        for step in (100, 200)
    ]
    write_lines(kind, "scores.csv", ["run_id,task,metric,value,stderr,step", *rows, "tiny-0,piqa,acc,n/a,,100"])
    count(kind, runs=2, scores=len(rows), refused=1)


def lighteval():
    kind = "lighteval"
    results = {
        "leaderboard|arc:challenge|25": {"acc": 0.5, "acc_stderr": 0.01, "acc_norm": 0.6, "acc_norm_stderr": 0.02},
        "lighteval|gsm8k|5": {"qem": 0.1, "qem_stderr": 0.01},
    }
    write_json(
        kind,
        "results/tiny/model/results_2026-11-24T10-00-00.000001.json",
        {
            "config_general": {
                "lighteval_sha": "abc1234",
                "num_fewshot_seeds": 1,
                "max_samples": None,
                "start_time": 1441827.2,
                "end_time": 1442000.1,
                "total_evaluation_time_secondes": "172.9",
                "model_name": "tiny/model",
                "model_sha": "0123456789abcdef0123456789abcdef01234567",
                "model_dtype": "torch.bfloat16",
            },
            "results": results,
            "versions": {"leaderboard|arc:challenge|25": 0, "lighteval|gsm8k|5": 0},
        },
    )
    count(kind, scores=3)


def sweep():
    kind = "sweep"
    shares = {"a": (0.5, 0.3, 0.2), "b": (0.2, 0.2, 0.6), "c": (0.1, 0.8, 0.1)}
    mixtures = [f"{arm},{','.join(map(str, weights))}" for arm, weights in shares.items()]
    losses = [f"{arm},{3 - weights[0]:.3f},{3 - weights[1]:.3f}" for arm, weights in shares.items()]
    write_lines(kind, "mix_1m.csv", ["id,web,code,books", *mixtures])
    write_lines(kind, "loss_1m.csv", ["id,wiki_loss,github_loss", *losses])
    count(kind, runs=3, mixtures=3, weights=9, exposures=3, scores=6)


def mixing_laws():
    kind = "mixing-laws"
    rows = [
        f"/c/RedPajama//70M_{at}-{web}-{code}/{step}\t/d/pile.valid.domains//pile.valid.{domain}.bin\t{loss(step / 1000, at):.6f}"
        for at, (web, code) in enumerate(((0.25, 0.75), (0.5, 0.5)))
        for step in (10000, 20000)
        for domain in ("Github", "Pile-CC")
    ]
    write_lines(kind, "70M.txt", [*rows, "/c/RedPajama//70M_2-0.5-0.5/10000\t/d/pile.valid.Github.bin"])
    count(kind, runs=2, mixtures=2, weights=4, checkpoints=4, scores=8, refused=1)


def all_histories():
    for history in (megatron_golden, tensorboard_csv, wandb_csv, jsonl, score_table, lighteval, sweep, mixing_laws):
        history()
