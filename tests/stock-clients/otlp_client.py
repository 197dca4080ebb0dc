"""Sends the spans and gauges of Megatron with the unmodified OpenTelemetry exporters.

Usage: otlp_client.py URL
"""

import json
import sys

from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

RESOURCE = Resource.create(
    {
        "service.name": "megatron-lm",
        "nemo.run.id": "otlp-run",
        "megatron.num_layers": 12,
        "megatron.hidden_size": 768,
        "dl.data_parallel.size": 8,
    }
)


def spans(url):
    """Exports steps one by one, then all of them again in two exports, as after a retry."""
    kept = InMemorySpanExporter()
    provider = TracerProvider(resource=RESOURCE)
    provider.add_span_processor(SimpleSpanProcessor(kept))
    tracer = provider.get_tracer("megatron")
    with tracer.start_as_current_span("megatron.pretrain") as whole:
        whole.set_attribute("megatron.model_type", "GPT")
        whole.set_attribute("megatron.train_iters", 5)
        for step in range(1, 6):
            with tracer.start_as_current_span("megatron.train_step") as span:
                span.set_attribute("megatron.iteration", step)
                span.set_attribute("megatron.loss", float("nan") if step == 4 else 3.0 - step / 10)
                span.set_attribute("megatron.grad_norm", 1.0 + step)
            with tracer.start_as_current_span("megatron.forward"):
                pass
        with tracer.start_as_current_span("megatron.save_checkpoint") as span:
            span.set_attribute("megatron.iteration", 5)
    finished = kept.get_finished_spans()
    plain = OTLPSpanExporter(endpoint=f"{url}/v1/traces")
    gzipped = OTLPSpanExporter(endpoint=f"{url}/v1/traces", compression=Compression.Gzip)
    results = [plain.export(finished), gzipped.export(finished[:6]), gzipped.export(finished[6:])]
    return all(result is SpanExportResult.SUCCESS for result in results)


def gauges(url):
    reader = PeriodicExportingMetricReader(OTLPMetricExporter(endpoint=f"{url}/v1/metrics"), export_interval_millis=3_600_000)
    provider = MeterProvider(resource=RESOURCE, metric_readers=[reader], shutdown_on_exit=False)
    meter = provider.get_meter("megatron")
    meter.create_gauge("megatron.training.loss").set(2.5)
    meter.create_gauge("megatron.training.tokens_per_sec").set(1e6)
    meter.create_histogram("megatron.training.step_duration_ms").record(120.0)
    meter.create_counter("megatron.training.skipped_iters").add(2)
    return provider.force_flush()


if __name__ == "__main__":
    print(json.dumps({"spans": spans(sys.argv[1]), "gauges": gauges(sys.argv[1])}))
