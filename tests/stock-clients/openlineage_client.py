"""Sends a run with the unmodified OpenLineage client over each of its two HTTP transports.

Usage: openlineage_client.py URL
"""

import json
import sys
from datetime import datetime, timezone

from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.transport.async_http import AsyncHttpConfig, AsyncHttpTransport
from openlineage.client.transport.http import HttpConfig, HttpTransport

RUNS = {"sync": "01997000-0000-7000-8000-000000000001", "async": "01997000-0000-7000-8000-000000000002"}


def event(state, kind):
    return RunEvent(
        eventType=state,
        eventTime=datetime(2026, 11, 24, 12, 0, 0, tzinfo=timezone.utc).isoformat(),
        run=Run(runId=RUNS[kind]),
        job=Job(namespace="stock", name=f"{kind}-job"),
        producer="https://example.org/stock-clients",
        inputs=[InputDataset(namespace="s3://bucket", name=f"{kind}/raw")],
        outputs=[OutputDataset(namespace="s3://bucket", name=f"{kind}/clean")],
    )


def emit(transport, kind):
    client = OpenLineageClient(transport=transport)
    for state in (RunState.START, RunState.RUNNING, RunState.COMPLETE):
        client.emit(event(state, kind))
    client.close(10.0)


if __name__ == "__main__":
    url = sys.argv[1]
    emit(HttpTransport(HttpConfig(url=url)), "sync")
    emit(AsyncHttpTransport(AsyncHttpConfig(url=url)), "async")
    print(json.dumps(RUNS))
