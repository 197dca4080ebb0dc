"""Writes offline W&B runs: one that ends, a resumed one, and one that is killed. See RECIPE.md."""

import os
import signal
import subprocess
import sys
import time

os.environ.update(WANDB_MODE="offline", WANDB_SILENT="true")
import wandb

what = sys.argv[1]
common = dict(
    project="tiny",
    dir=".",
    settings=wandb.Settings(
        host="node-1",
        console="off",
        disable_git=True,
        save_code=False,
        x_disable_meta=True,
        x_stats_sampling_interval=0.3,
    ),
)
if what == "first":
    config = {"learning_rate": 3e-4, "seed": 42, "model": {"layers": 2}, "sizes": [1, 2]}
    run = wandb.init(id="tiny1", name="tiny run", config=config, tags=["a"], **common)
    for step in range(8):
        nested = {"grad_norm": 1 + step / 16}
        run.log({"train/loss": 5.0 - step / 8, "lr": 3e-4, "train": nested, "ok": True, "note": "text"})
    run.log({"train/loss": float("nan"), "up": float("inf"), "down": float("-inf")})
    run.log({"train/loss": 3.4, "eval/loss": 3.9}, step=14)
    time.sleep(0.5)
    run.finish()
elif what == "resumed":
    run = wandb.init(id="tiny1", resume="allow", **common)
    for step in range(4):
        run.log({"train/loss": 3.0 - step / 8})
    run.finish(exit_code=1)
elif what == "killed":
    run = wandb.init(id="tiny2", **common)
    for step in range(48):
        run.log({"loss": 5.0 - step / 64, "note": f"{step:04d}" * 110})
    time.sleep(1.5)
    writers = subprocess.run(["pgrep", "-P", str(os.getpid())], capture_output=True, text=True).stdout.split()
    for writer in writers:
        try:
            os.kill(int(writer), signal.SIGKILL)
        except ProcessLookupError:
            pass
    os.kill(os.getpid(), signal.SIGKILL)
