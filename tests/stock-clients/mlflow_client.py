"""Writes runs with the unmodified mlflow client, reads them back, and prints the result as JSON.

Usage: mlflow_client.py URL
"""

import json
import math
import os
import pathlib
import sys
import tempfile

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["DO_NOT_TRACK"] = "true"
os.environ["GIT_PYTHON_REFRESH"] = "quiet"

import mlflow
from mlflow.data.dataset import Dataset
from mlflow.data.dataset_source import DatasetSource
from mlflow.entities import Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException
from mlflow.tracking import MlflowClient

SEEN = {}


class FolderSource(DatasetSource):
    """A dataset source with a URI only, so that no further package is needed."""

    def __init__(self, uri):
        self._uri = uri

    @staticmethod
    def _get_source_type():
        return "folder"

    def load(self):
        raise NotImplementedError

    @staticmethod
    def _can_resolve(raw_source):
        return False

    @classmethod
    def _resolve(cls, raw_source):
        return cls(raw_source)

    def to_dict(self):
        return {"uri": self._uri}

    @classmethod
    def from_dict(cls, source_dict):
        return cls(source_dict["uri"])


class Shards(Dataset):
    """A dataset with a given digest."""

    def _compute_digest(self):
        return "d1a2b3"

    def to_dict(self):
        return {**super().to_dict(), "profile": json.dumps({"rows": 7})}

    @property
    def profile(self):
        return {"rows": 7}

    @property
    def schema(self):
        return None


def refusal(act):
    """The error code of a call that the server refuses."""
    try:
        act()
    except MlflowException as error:
        return error.error_code
    return "none"


def experiments(client):
    mlflow.set_experiment("stock")
    SEEN["experiment"] = client.get_experiment_by_name("stock").experiment_id
    client.set_experiment_tag(SEEN["experiment"], "team", "data")
    other = client.create_experiment("other", tags={"a": "1"})
    SEEN["createdTwice"] = refusal(lambda: client.create_experiment("other"))
    client.rename_experiment(other, "renamed")
    client.delete_experiment(other)
    SEEN["deletedStage"] = client.get_experiment(other).lifecycle_stage
    client.restore_experiment(other)
    SEEN["names"] = sorted(found.name for found in client.search_experiments())
    SEEN["byTag"] = [found.name for found in client.search_experiments(filter_string="tags.team = 'data'")]
    SEEN["unknownExperiment"] = refusal(lambda: client.get_experiment("424242"))


def parent_run(client):
    with mlflow.start_run(run_name="parent", tags={"stage": "anneal"}) as run:
        mlflow.log_params({"lr": 3e-4, "layers": 12})
        mlflow.log_params({"lr": 3e-4})
        mlflow.log_metric("loss", 2.5, step=1)
        mlflow.log_metrics({"loss": float("nan"), "acc": 0.25}, step=2)
        mlflow.log_metrics({"loss": float("inf"), "low": float("-inf")}, step=3)
        mlflow.set_tag("note", "first")
        mlflow.set_tag("note", "second")
        mlflow.set_tag("note", "first")
        mlflow.set_tag("gone", "x")
        mlflow.delete_tag("gone")
        mlflow.log_input(Shards(FolderSource("data/web"), name="web"), context="training")
        with mlflow.start_run(run_name="child", nested=True) as child:
            mlflow.log_metric("loss", 1.5, step=1)
    SEEN["parent"] = run.info.run_id
    SEEN["child"] = child.info.run_id
    read = client.get_run(run.info.run_id)
    SEEN["status"] = read.info.status
    SEEN["name"] = read.info.run_name
    SEEN["ended"] = read.info.end_time >= read.info.start_time
    SEEN["params"] = read.data.params
    SEEN["note"] = read.data.tags["note"]
    SEEN["hasGone"] = "gone" in read.data.tags
    SEEN["lastLoss"] = str(read.data.metrics["loss"])
    SEEN["lowest"] = str(read.data.metrics["low"])
    history = client.get_metric_history(run.info.run_id, "loss")
    SEEN["losses"] = [str(point.value) for point in history]
    SEEN["steps"] = [point.step for point in history]
    [dataset] = read.inputs.dataset_inputs
    SEEN["dataset"] = [dataset.dataset.name, dataset.dataset.digest, dataset.tags[0].value]
    SEEN["childParent"] = client.get_run(child.info.run_id).data.tags["mlflow.parentRunId"]
    SEEN["changedParam"] = refusal(lambda: client.log_param(run.info.run_id, "lr", "1"))


def heavy_batches(client):
    """Logs many keys in many batches, as autologging does, and sends one batch twice."""
    run = client.create_run(SEEN["experiment"], run_name="heavy")
    run_id = run.info.run_id
    for step in range(20):
        points = [Metric(f"layer{key}/norm", step + key / 64, 1_764_000_000_000 + step, step) for key in range(50)]
        client.log_batch(run_id, metrics=points)
    client.log_batch(run_id, metrics=points)
    client.log_batch(
        run_id,
        params=[Param(f"p{key}", str(key)) for key in range(100)],
        tags=[RunTag(f"t{key}", str(key)) for key in range(100)],
    )
    SEEN["heavyPoints"] = sum(len(client.get_metric_history(run_id, f"layer{key}/norm")) for key in (0, 49))
    read = client.get_run(run_id)
    SEEN["heavyKeys"] = len(read.data.metrics)
    SEEN["heavyParams"] = len(read.data.params)
    atomic = refusal(
        lambda: client.log_batch(
            run_id, metrics=[Metric("never", 1.0, 1, 1)], params=[Param("p0", "other")], tags=[RunTag("never", "x")]
        )
    )
    SEEN["atomic"] = [atomic, "never" in client.get_run(run_id).data.metrics, "never" in client.get_run(run_id).data.tags]
    SEEN["badKey"] = refusal(lambda: client.log_metric(run_id, "a/../b", 1.0))
    SEEN["tooMany"] = refusal(lambda: client.log_batch(run_id, params=[Param(f"q{key}", "1") for key in range(101)]))
    client.set_terminated(run_id, "KILLED")
    SEEN["heavy"] = run_id
    SEEN["killed"] = client.get_run(run_id).info.status


def lifecycle(client):
    run_id = client.create_run(SEEN["experiment"], run_name="short").info.run_id
    client.delete_run(run_id)
    SEEN["deletedRun"] = client.get_run(run_id).info.lifecycle_stage
    SEEN["writeToDeleted"] = refusal(lambda: client.log_metric(run_id, "loss", 1.0))
    found = client.search_runs([SEEN["experiment"]], run_view_type=ViewType.DELETED_ONLY)
    SEEN["deletedRuns"] = [run.info.run_name for run in found]
    client.restore_run(run_id)
    with mlflow.start_run(run_id=run_id):
        SEEN["resumed"] = client.get_run(run_id).info.status
    client.update_run(run_id, status="FAILED", name="renamed short")
    SEEN["failed"] = [client.get_run(run_id).info.status, client.get_run(run_id).info.run_name]
    SEEN["unknownRun"] = refusal(lambda: client.get_run("0" * 32))


def search(client):
    names = lambda **more: [run.info.run_name for run in client.search_runs([SEEN["experiment"]], **more)]
    SEEN["byMetric"] = names(filter_string="metrics.loss < 2")
    SEEN["byQuotedKey"] = names(filter_string="metrics.`layer3/norm` > 1 AND params.p7 = '7'")
    SEEN["byTag"] = [*SEEN["byTag"], *names(filter_string="tags.stage LIKE 'ann%'")]
    SEEN["byName"] = names(filter_string="attributes.run_name ILIKE 'PAR%'")
    SEEN["byStatus"] = names(filter_string="status = 'KILLED'")
    SEEN["byIds"] = names(filter_string=f"run_id IN ('{SEEN['child']}')")
    SEEN["byDataset"] = names(filter_string="datasets.name = 'web'")
    SEEN["ordered"] = names(order_by=["metrics.loss ASC", "attributes.start_time DESC"])[:2]
    SEEN["badFilter"] = refusal(lambda: names(filter_string="metrics.loss < 'x'"))
    pages, token = [], None
    while True:
        page = client.search_runs([SEEN["experiment"]], max_results=2, page_token=token, order_by=["start_time ASC"])
        pages.append([run.info.run_name for run in page])
        token = page.token
        if not token:
            break
    SEEN["pages"] = pages


def models(client):
    model = client.create_logged_model(
        SEEN["experiment"], name="annealed", source_run_id=SEEN["parent"], params={"lr": "3e-4"}, tags={"kind": "base"}
    )
    client.finalize_logged_model(model.model_id, "READY")
    client.set_logged_model_tags(model.model_id, {"kind": "final"})
    client.log_outputs(SEEN["parent"], [mlflow.entities.LoggedModelOutput(model.model_id, step=3)])
    client.log_metric(SEEN["parent"], "eval/acc", 0.5, step=3, model_id=model.model_id)
    read = client.get_logged_model(model.model_id)
    SEEN["model"] = [read.name, str(read.status), read.params, read.tags["kind"], [point.value for point in read.metrics]]
    SEEN["modelId"] = model.model_id
    SEEN["models"] = [found.name for found in client.search_logged_models([SEEN["experiment"]])]
    SEEN["outputs"] = [output.model_id for output in client.get_run(SEEN["parent"]).outputs.model_outputs]


def artifacts(client):
    folder = pathlib.Path(tempfile.mkdtemp())
    (folder / "sub").mkdir()
    (folder / "sub" / "50% of a b.txt").write_text("deep")
    (folder / "empty.bin").write_bytes(b"")
    with mlflow.start_run(run_name="files") as run:
        mlflow.log_text("hello", "notes/out.txt")
        mlflow.log_dict({"lr": 3e-4}, "config.json")
        mlflow.log_artifacts(str(folder), "folder")
        mlflow.log_artifact(str(folder / "empty.bin"))
    run_id = run.info.run_id
    SEEN["filesRun"] = run_id
    SEEN["files"] = [[file.path, file.is_dir, file.file_size] for file in client.list_artifacts(run_id)]
    SEEN["deepFiles"] = [file.path for file in client.list_artifacts(run_id, "folder/sub")]
    SEEN["text"] = mlflow.artifacts.load_text(run.info.artifact_uri + "/notes/out.txt")
    SEEN["dict"] = mlflow.artifacts.load_dict(run.info.artifact_uri + "/config.json")
    target = mlflow.artifacts.download_artifacts(run_id=run_id, dst_path=tempfile.mkdtemp())
    SEEN["downloaded"] = sorted(str(file.relative_to(target)) for file in pathlib.Path(target).rglob("*") if file.is_file())
    os.environ["MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD"] = "true"
    os.environ["MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE"] = str(5 * 2**20)
    large = folder / "large.bin"
    large.write_bytes(os.urandom(6 * 2**20))
    client.log_artifact(run_id, str(large))
    got = client.download_artifacts(run_id, "large.bin", tempfile.mkdtemp())
    SEEN["large"] = pathlib.Path(got).read_bytes() == large.read_bytes()
    repository = mlflow.store.artifact.artifact_repository_registry.get_artifact_repository(run.info.artifact_uri)
    repository.delete_artifacts("folder")
    SEEN["afterDelete"] = [file.path for file in client.list_artifacts(run_id)]


def registry(client):
    client.create_registered_model("lm", tags={"team": "data"}, description="annealed")
    SEEN["registeredTwice"] = refusal(lambda: client.create_registered_model("lm"))
    for _ in range(2):
        version = client.create_model_version("lm", f"models:/{SEEN['modelId']}", SEEN["parent"], model_id=SEEN["modelId"])
    client.set_registered_model_alias("lm", "champion", version.version)
    client.set_model_version_tag("lm", version.version, "checked", "yes")
    client.update_model_version("lm", version.version, "second")
    read = client.get_model_version_by_alias("lm", "champion")
    SEEN["version"] = [read.version, read.status, read.description, read.tags, list(read.aliases), read.run_id, read.source]
    SEEN["registered"] = [[found.name, found.latest_versions[0].version] for found in client.search_registered_models()]
    SEEN["versions"] = sorted(found.version for found in client.search_model_versions("name = 'lm'"))
    SEEN["versionsOfRun"] = len(client.search_model_versions(f"run_id = '{SEEN['parent']}'"))
    client.delete_model_version("lm", "1")
    SEEN["deletedVersion"] = refusal(lambda: client.get_model_version("lm", "1"))
    SEEN["stage"] = refusal(lambda: client.transition_model_version_stage("lm", "2", "Production"))


def traces(client):
    """A trace is refused, and what was traced goes on."""
    with mlflow.start_run(run_name="traced"):
        with mlflow.start_span("step") as span:
            span.set_inputs({"batch": 1})
        mlflow.flush_trace_async_logging()
        mlflow.log_metric("loss", 1.0, step=1)
    SEEN["traced"] = client.search_runs([SEEN["experiment"]], "run_name = 'traced'")[0].data.metrics


def main(url):
    mlflow.set_tracking_uri(url)
    client = MlflowClient()
    for part in (experiments, parent_run, heavy_batches, lifecycle, search, models, artifacts, registry, traces):
        part(client)
    SEEN["client"] = mlflow.__version__
    print(json.dumps(SEEN))


if __name__ == "__main__":
    os.chdir(tempfile.mkdtemp())
    main(sys.argv[1])
