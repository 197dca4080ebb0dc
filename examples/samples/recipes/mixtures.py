"""Mixtures and configurations as recipes of trainers state them."""

from sample import count, write, write_json, write_lines


def nemo_blend():
    kind = "nemo-blend"
    names = ("web", "code", "math")
    datasets = [
        {"name": name, "path": f"hf://tiny/{name}", "category": name, "weight": 2.5 - at} for at, name in enumerate(names)
    ]
    write_json(kind, "data_blend_raw.json", {"_comment": "A tiny blend.", "datasets": datasets})
    count(kind, mixtures=1, weights=len(names))


STAGE = """- name: {name}
  start_training_step: {start}
  data:
    dataset:
      dataset_folder:
      - /data/web/tokenized
      - /data/code/tokenized
      dataset_weights:
      - {web}
      - {code}
    num_loading_workers: 1
    seed: 6
"""


def nanotron():
    kind = "nanotron"
    stages = STAGE.format(name="stable", start=1, web=0.85, code=0.15)
    stages += STAGE.format(name="decay", start=801, web=0.6, code=0.4)
    write(kind, "stages.yaml", f"data_stages:\n{stages}")
    count(kind, mixtures=1, weights=4)


def mosaic_streams():
    kind = "mosaic-streams"
    streams = "".join(
        f"      {name}:\n        remote: s3://tiny/{name}\n        local: /tmp/{name}\n        split: train\n        proportion: {share}\n"
        for name, share in (("c4", 0.7), ("code", 0.3))
    )
    write(kind, "mpt-tiny.yaml", f"train_loader:\n  name: text\n  dataset:\n    streams:\n{streams}    shuffle: true\n")
    count(kind, mixtures=1, weights=2)


def olmo_mix():
    kind = "olmo-mix"
    lines = ["# Differs from 1024 by the code", "web,tiny/{TOKENIZER}/web-0.npy", "web,tiny/{TOKENIZER}/web-0.npy"]
    lines += ["web,tiny/{TOKENIZER}/web-1.npy", "# ~> CODE (1.5 GT)", "code,tiny/{TOKENIZER}/code-0.npy"]
    write_lines(kind, "Tiny-mix-1124.txt", lines)
    count(kind, snapshots=1, members=3)


def olmo_provenance():
    kind = "olmo-provenance"
    rows = [f"{name},https://data.example/{name}/part-{at}.npy" for name in ("wiki", "code") for at in range(2)]
    write_lines(kind, "provenance.csv", ["Dataset,Data Directory", *rows, "wiki,"])
    count(kind, snapshots=1, members=4, refused=1)


def olmo_source_mixture():
    kind = "olmo-source-mixture"
    sources = "".join(
        f"  - source_name: {name}\n    target_ratio: {share}\n    paths:\n      - gs://tiny/{name}/*.npy\n"
        for name, share in (("web", 0.6), ("code", 0.4))
    )
    write(kind, "tiny-midtraining.yaml", f"sources:\n{sources}  - source_name: broken\n    target_ratio: much\n")
    count(kind, mixtures=1, weights=2, refused=1)


def olmo_training():
    kind = "olmo-training"
    write(
        kind,
        "Tiny-1B-stage1.yaml",
        """run_name: Tiny-1B-stage1
seed: 42
model:
  d_model: 64
  max_sequence_length: 1024
global_train_batch_size: 8
max_duration: 100000T
tokenizer:
  identifier: tok.json
data:
  paths:
    #SOURCE: https://data.example/web (58.55MT)
    - https://data.example/web/a.npy
    - https://data.example/web/b.npy
    #SOURCE: https://data.example/code (9.03MT)
    - https://data.example/code/c.npy
""",
    )
    rows = [f"{step},https://checkpoints.example/tiny-1b/step{step}-unsharded/" for step in (1000, 2000, 3000)]
    write_lines(kind, "Tiny-1B.csv", ["Step,Checkpoint Directory", *rows])
    count(kind, plans=1, runs=1, snapshots=1, checkpoints=3, members=3)


def lingua():
    kind = "lingua"
    write(
        kind,
        "tiny.yaml",
        """dump_dir: /out/small
name: small-lingua
steps: 500
grad_acc_steps: 2
distributed:
  dp_replicate: 2
  dp_shard: 1
model:
  dim: 32
  seed: 3
data:
  root_dir: /d/shuffled
  sources:
    web: 60.0
    math: 40.0
  batch_size: 8
  seq_len: 64
  seed: 5
  tokenizer:
    name: bytes
""",
    )
    count(kind, plans=1, mixtures=1, weights=2)


def all_mixtures():
    for mixture in (nemo_blend, nanotron, mosaic_streams, olmo_mix, olmo_provenance, olmo_source_mixture, olmo_training, lingua):
        mixture()
