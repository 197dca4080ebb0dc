"""Sends one thing with each unmodified client, which finds server and key in its own environment variables, and prints what came of it.

Usage: authenticated_clients.py
"""

import json
import os
from datetime import datetime, timezone

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["DO_NOT_TRACK"] = "true"
os.environ["GIT_PYTHON_REFRESH"] = "quiet"
os.environ["MLFLOW_HTTP_REQUEST_MAX_RETRIES"] = "0"

import mlflow
from mlflow.exceptions import MlflowException
from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import Job, Run, RunEvent, RunState
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter


def tracker():
    try:
        mlflow.set_experiment("authenticated")
        with mlflow.start_run(run_name="authenticated"):
            mlflow.log_metric("loss", 2.5, step=1)
        return "accepted"
    except MlflowException as error:
        return error.error_code


def lineage():
    event = RunEvent(
        eventType=RunState.COMPLETE,
        eventTime=datetime(2026, 11, 24, 12, 0, 0, tzinfo=timezone.utc).isoformat(),
        run=Run(runId="01997000-0000-7000-8000-000000000009"),
        job=Job(namespace="stock", name="authenticated"),
        producer="https://example.org/stock-clients",
    )
    client = OpenLineageClient()
    try:
        client.emit(event)
        return "accepted"
    except Exception as error:  # each transport raises errors of its own
        return str(getattr(getattr(error, "response", None), "status_code", error))


def telemetry():
    kept = InMemorySpanExporter()
    provider = TracerProvider(resource=Resource.create({"nemo.run.id": "authenticated"}))
    provider.add_span_processor(SimpleSpanProcessor(kept))
    with provider.get_tracer("megatron").start_as_current_span("megatron.train_step") as span:
        span.set_attribute("megatron.iteration", 1)
        span.set_attribute("megatron.loss", 2.5)
    sent = OTLPSpanExporter().export(kept.get_finished_spans())
    return "accepted" if sent is SpanExportResult.SUCCESS else "refused"


if __name__ == "__main__":
    print(json.dumps({"tracker": tracker(), "lineage": lineage(), "telemetry": telemetry()}))
