"""Logs a model with the unmodified mlflow package, registers it, loads it back, and prints the result as JSON.

Usage: mlflow_model.py URL
"""

import json
import os
import sys
import tempfile

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["DO_NOT_TRACK"] = "true"
os.environ["GIT_PYTHON_REFRESH"] = "quiet"

import mlflow
from mlflow.tracking import MlflowClient


class Echo(mlflow.pyfunc.PythonModel):
    """Answers its input."""

    def predict(self, context, model_input, params=None):
        return model_input


def main(url):
    mlflow.set_tracking_uri(url)
    client = MlflowClient()
    mlflow.set_experiment("models")
    with mlflow.start_run():
        logged = mlflow.pyfunc.log_model(name="model", python_model=Echo(), registered_model_name="trained")
    client.set_registered_model_alias("trained", "champion", logged.registered_model_version)
    print(
        json.dumps({
            "uri": logged.model_uri == f"models:/{logged.model_id}",
            "version": logged.registered_model_version,
            "byVersion": mlflow.pyfunc.load_model("models:/trained/1").predict([1, 2]),
            "byAlias": mlflow.pyfunc.load_model("models:/trained@champion").predict([3]),
            "flavour": "python_function" in mlflow.models.get_model_info(logged.model_uri).flavors,
            "found": [model.name for model in client.search_registered_models("name = 'trained'")],
        })
    )


if __name__ == "__main__":
    os.chdir(tempfile.mkdtemp())
    main(sys.argv[1])
