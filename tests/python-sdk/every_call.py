"""Every call of the SDK once, with all of its arguments."""

import tributary

with tributary.run("all/calls ü", model={"name": "tiny", "parameters": 1_000, "architecture": "mlp"}, config={"width": float("inf")},
                   seeds={"init": 7, "dataOrder": 8}, forked_from=("restarted", 50), experiment="e", arm="a", mixture="m",
                   tokenizer="bytes", token_budget=10_000, parent_checkpoint="restarted@50", name="all calls", project="p",
                   snapshot="s", code={"repository": "r", "revision": "1"}, hardware="none") as run:
    run.log({"loss": float("nan"), "learningRate": 1}, step=51, tokens=100)
    run.measure({"validation/loss": 0.5, "odd": float("-inf")}, step=51)
    run.batch(54, {"code": 300}, first_step=51, method="reported", tokenizer="bytes")
    run.skipped([53], reason="overflow")
    run.annotate(owner="me")
    run.checkpoint(54, id="own-name", uri="s3://bucket/54", tokens=5_400, digest="0" * 64, bytes=10, parents=["restarted@50"])
    run.score("gsm", 0.25, capability="math", metric="accuracy", unit="fraction", higher_is_better=True, harness="own",
              checkpoint="own-name", method="reported", shots=5, stderr=0.1, items=9, randomBaseline=0.0)
print(run.status())
