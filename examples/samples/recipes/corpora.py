"""Datasets, their shards and attributes, and what observed them."""

import json

from sample import count, write_json, write_lines


def croissant():
    kind = "croissant"
    files = [
        {
            "@type": "cr:FileObject",
            "@id": f"part-{at}",
            "contentUrl": f"https://hub.example/tiny/part-{at}.jsonl",
            "encodingFormat": "application/jsonlines",
            "contentSize": f"{1000 + at} B",
            "sha256": f"{at:02x}" * 32,
        }
        for at in range(1, 3)
    ]
    write_json(
        kind,
        "metadata.json",
        {
            "@context": {"@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/"},
            "@type": "sc:Dataset",
            "conformsTo": "http://mlcommons.org/croissant/1.0",
            "name": "Tiny Corpus",
            "url": "https://hub.example/tiny",
            "version": "1.0",
            "license": "cc-by-4.0",
            "distribution": files,
        },
    )
    count(kind, snapshots=1, shards=2, members=2)


def datadecide():
    kind = "datadecide"
    runs = [{"run_id": name, "run_name": f"tiny-c4-60M-5xC-{name}", "url": f"https://tracker.example/{name}"} for name in ("a1", "b2")]
    write_json(kind, "matched_runs.json", {"s3://tiny/checkpoints/tiny-c4-60M-5xC-14": {"model_name": "tiny-c4-60M-14", "runs": runs}})
    count(kind, runs=1, attempts=2)


def dclm():
    kind = "dclm"
    dataset = "0b8e6f0a-0000-4000-8000-000000000001"
    model = "0b8e6f0a-0000-4000-8000-000000000002"
    write_json(
        kind,
        "datasets/tiny.json",
        {
            "uuid": dataset,
            "name": "tiny-tokenized",
            "creation_date": "2026_11_24-22_26_34",
            "dataset_url": "s3://tiny/tokenized/",
            "sources": [{"uuid": "0b8e6f0a-0000-4000-8000-000000000009", "name": "tiny-raw"}],
            "tokenized": True,
            "tokenizer": "EleutherAI/gpt-neox-20b",
            "num_tokens": 100000,
            "size": 400000,
        },
    )
    write_json(
        kind,
        "models/tiny-411m.json",
        {
            "uuid": model,
            "name": "tiny-411m",
            "creation_date": "2026_11_25-10_00_00",
            "dataset_name": "tiny-tokenized",
            "dataset_uuid": dataset,
            "hyperparameters": {"model": "training/open_lm_configs/open_lm_411m.json", "tokens": 100000, "seed": 124},
            "checkpoint_url": "s3://tiny/checkpoints/epoch_6.pt",
            "open_lm_args": ["--seed", "124", "--lr", "0.003"],
        },
    )
    write_json(
        kind,
        "evals/evaluation_tiny-411m_heavy.json",
        {
            "uuid": "0b8e6f0a-0000-4000-8000-000000000003",
            "name": "heavy",
            "model": "open_lm_411m",
            "model_uuid": model,
            "creation_date": "2026_11_26-10_00_00",
            "eval_metrics": {"icl": {"copa": 0.5, "piqa": 0.55, "arc_easy": 0.375}},
        },
    )
    count(kind, snapshots=1, runs=1, scores=3)


def manifest():
    kind = "manifest"
    rows = [f"s3://tiny/{name}-0.npy,{digit * 64},{100 + at},2,50,gpt2,{name}," for at, (name, digit) in enumerate((("web", "a"), ("code", "b")))]
    head = "shard_uri,sha256,bytes,docs,tokens,tokenizer,source,attrs"
    write_lines(kind, "manifest.csv", [head, *rows, ",,1,1,1,,,"], end="\r\n")
    count(kind, snapshots=1, shards=2, members=2, refused=1)


def attribute_table():
    kind = "attribute-table"
    rows = [f"{row},{12 + row},{0.2 + row / 10:.1f},{0.08 + row / 100:.2f}" for row in range(4)]
    write_lines(kind, "scores.csv", ["row,node_count,structure_score,cirs", *rows, "4,71,0.6,nan"])
    write_json(
        kind,
        "summary.json",
        {
            "feature_order": ["node_count"],
            "corpus_mean": [40.5],
            "corpus_sd_population": [37.9],
            "n_kept": 8783,
            "logic_mean": 5,
            "logic_sd_population": 11,
        },
    )
    count(kind, attributeValues=3 * len(rows) + 2, refused=1)


def routing_counts():
    kind = "routing-counts"
    rows = [
        f"tiny-moe,{choice},{domain},{layer},{expert},{counted}"
        for domain in ("web", "code")
        for layer in range(2)
        for choice, counts in (("topk", (6, 4)), ("top1", (3, 2)))
        for expert, counted in enumerate(counts)
    ]
    write_lines(kind, "counts.csv", ["model,topk,domain,layer,expert,count", *rows])
    count(kind, routingLoads=8)


def openlineage():
    kind = "openlineage"
    events = [
        {
            "eventType": state,
            "eventTime": f"2026-11-24T10:0{minute}:00Z",
            "producer": "https://producer.example/tiny",
            "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
            "run": {"runId": "41fb5137-f0fd-4ee5-ba5c-56f8571d1bd7"},
            "job": {"namespace": "tiny", "name": "tokenize"},
            "inputs": [{"namespace": "s3://tiny", "name": "raw/web.jsonl"}],
            "outputs": [{"namespace": "s3://tiny", "name": "tokens/web.npy"}] if state == "COMPLETE" else [],
        }
        for minute, state in enumerate(("START", "COMPLETE"))
    ]
    write_lines(kind, "events.ndjson", [json.dumps(event) for event in events])
    count(kind, lineageEvents=len(events))


def cloud_events():
    kind = "events"
    envelope = {"specversion": "1.0", "source": "/tiny", "datacontenttype": "application/json"}
    started = {"runId": "tiny-events", "attempt": 1, "model": {"name": "tiny"}, "config": {}, "seeds": {}}
    steps = {"runId": "tiny-events", "attempt": 1, "steps": [1, 2, 3], "columns": {"loss": [3.5, 3.25, 3.125]}}
    events = [
        {**envelope, "id": "tiny-1", "type": "training.run.started", "data": started},
        {**envelope, "id": "tiny-2", "type": "training.steps.recorded", "data": steps},
    ]
    write_lines(kind, "events.ndjson", [*map(json.dumps, events), '{"specversion": "1.0", "id": "tiny-3"'])
    count(kind, runs=1, steps=3, values=3, refused=1)


def all_corpora():
    for corpus in (croissant, datadecide, dclm, manifest, attribute_table, routing_counts, openlineage, cloud_events):
        corpus()
