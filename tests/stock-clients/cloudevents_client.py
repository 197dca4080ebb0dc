"""Sends one event in structured mode and one in binary mode with the unmodified CloudEvents SDK, each of them twice.

Usage: cloudevents_client.py URL
"""

import json
import sys

import requests

try:
    from cloudevents.v1.conversion import to_binary, to_structured
    from cloudevents.v1.http import CloudEvent
except ImportError:
    from cloudevents.conversion import to_binary, to_structured
    from cloudevents.http import CloudEvent


def ended(run):
    attributes = {"type": "training.run.ended", "source": "urn:stock:cloudevents", "id": f"{run}-ended"}
    return CloudEvent(attributes, {"runId": run, "attempt": 1, "status": "completed", "lastStep": 7})


def send(url, encode, run):
    headers, body = encode(ended(run))
    answers = [requests.post(f"{url}/v1/events", headers=dict(headers), data=body, timeout=10) for _ in range(2)]
    return [answer.status_code for answer in answers]


if __name__ == "__main__":
    url = sys.argv[1]
    print(
        json.dumps(
            {
                "structured": send(url, to_structured, "ce-structured"),
                "binary": send(url, to_binary, "ce-binary"),
            }
        )
    )
