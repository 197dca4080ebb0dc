"""A run that goes on from its last checkpoint each time that it is started, as a trainer does: `restarted_run.py FOLDER STEPS`."""

import sys
import time
from pathlib import Path

import tributary

folder, steps = Path(sys.argv[1]), int(sys.argv[2])
latest = folder / "latest"
begin = int(latest.read_text()) if latest.exists() else 0

run = tributary.run("restarted", model={"name": "tiny", "parameters": 1_000}, config={"width": 8}, seeds={"init": 7},
                    resumed_from=begin if begin else None)
print("begun", flush=True)
for step in range(begin + 1, steps + 1):
    run.log({"loss": 1 / step, "learningRate": 0.1} | ({"eval": 0.5} if step % 10 == 0 else {}), step=step, tokens=100)
    run.batch(step, {"code": 60, ("math/plain", "shard-1"): 40}, documents=[("shard-1", 4 * step, 4)])
    time.sleep(0.004)
    if step % 25 == 0:
        run.checkpoint(step, tokens=100 * step)
        part = folder / "latest.part"
        part.write_text(str(step))
        part.replace(latest)
        run.measure({"validation/loss": 1 / step}, step=step)
run.score("gsm", 0.5, capability="math", metric="accuracy", unit="fraction", higher_is_better=True, harness="own", step=steps)
run.finish()
print(run.status())
