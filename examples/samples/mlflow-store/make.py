"""Writes a file store of MLflow. See RECIPE.md."""

import json
import os

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Dataset, DatasetInput, InputTag, LoggedModelOutput, Metric

START = 1_760_000_000_000

client = MlflowClient()
pretrain = client.create_experiment("tiny pretraining", tags={"team": "data"})


def series(key, values, first_step=0, **dataset):
    return [
        Metric(key, value, START + 1000 * index, first_step + index, **dataset) for index, value in enumerate(values)
    ]


def corpus(context):
    source = json.dumps({"tags": {"mlflow.user": "someone", "mlflow.source.name": "/home/someone/corpus.py"}})
    dataset = Dataset("tiny-web", "5f1e2d3c", "code", source, None, json.dumps({"num_rows": 1200}))
    return DatasetInput(dataset, [InputTag("mlflow.data.context", context)])


with mlflow.start_run(experiment_id=pretrain, run_name="tiny-gpt") as parent:
    run_id = parent.info.run_id
    mlflow.log_params({"lr": 3e-4, "seed": 42, "model/layers": 2, "note": ""})
    mlflow.set_tag("team", "data")
    client.log_batch(run_id, series("train/loss", [4.0, 3.5, float("nan"), 3.0, 2.75]))
    client.log_batch(run_id, series("grad_norm", [1.5, float("inf"), float("-inf"), 1.0]))
    client.log_batch(run_id, series("eval/loss", [3.25], 4, dataset_name="tiny-web", dataset_digest="5f1e2d3c"))
    client.log_inputs(run_id, datasets=[corpus("training")])
    client.log_outputs(run_id, [LoggedModelOutput("m-0123456789abcdef0123456789abcdef", 4)])
    with mlflow.start_run(experiment_id=pretrain, run_name="tiny-gpt-anneal", nested=True) as child:
        mlflow.log_param("lr", 3e-5)
        client.log_batch(child.info.run_id, series("train/loss", [2.5, 2.25], 5))

try:
    with mlflow.start_run(experiment_id="0", run_name="out-of-memory"):
        mlflow.log_metric("train/loss", 4.5, step=0)
        raise MemoryError
except MemoryError:
    pass
