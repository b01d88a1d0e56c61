"""The AsyncAPI 3.0 document of all events, made from the schemas in shared/contracts/events.

``python -m shared.asyncapi`` prints it; the committed one stands in shared/contracts/asyncapi.yaml.
``python -m shared.asyncapi public`` prints the titles of all types that other systems may have.
"""

import json
import sys
from pathlib import Path
from typing import Any

import yaml

from shared.envelope import CONTENT_TYPE
from shared.topology import EVENTS, PRIVATE, subscribers

CONTRACTS = Path(__file__).parents[2] / "contracts"
EXTENSIONS = {
    "sequence": {"type": "integer", "minimum": 1},
    "correlationid": {"type": "string"},
    "causationid": {"type": "string"},
    "traceparent": {"type": "string"},
    "orgunit": {"type": "string"},
    "actor": {"type": "string"},
    "policy": {"type": "string"},
}


def schemas() -> dict[str, dict[str, Any]]:
    """Every event contract by its type, in order of name."""
    paths = sorted((CONTRACTS / "events").glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def envelope_schema(type_: str, data: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema of the whole message of one event type."""
    return {
        "type": "object",
        "required": ["specversion", "id", "source", "type", "subject", "time", "sequence", "data"],
        "properties": {
            "specversion": {"const": "1.0"},
            "id": {"type": "string", "format": "uuid"},
            "source": {"const": f"/{type_.partition('.')[0]}"},
            "type": {"const": type_},
            "subject": {"type": "string"},
            "time": {"type": "string", "format": "date-time"},
            "datacontenttype": {"const": "application/json"},
            **EXTENSIONS,
            "data": {key: value for key, value in data.items() if not key.startswith("$")},
        },
    }


def document(contracts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The AsyncAPI document: one channel, one message and one operation an event type."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Huiyin events",
            "version": "1",
            "description": "CloudEvents 1.0 in structured JSON mode. The routing key is the type. "
            "Delivery is at least once, in order of `sequence` per subject; drop repeats by `id`.",
        },
        "defaultContentType": CONTENT_TYPE,
        "channels": {type_: _channel(type_, data) for type_, data in contracts.items()},
        "operations": {f"publish.{type_}": _operation(type_) for type_ in contracts},
        "components": {"messages": {type_: _message(type_, d) for type_, d in contracts.items()}},
    }


def _channel(type_: str, data: dict[str, Any]) -> dict[str, Any]:
    exchange = PRIVATE if data.get("x-private") else EVENTS
    return {
        "address": type_,
        "messages": {type_: {"$ref": f"#/components/messages/{type_}"}},
        "bindings": {
            "amqp": {
                "is": "routingKey",
                "exchange": {"name": exchange, "type": "topic", "durable": True},
            }
        },
        "x-subscribers": list(subscribers(type_, private=bool(data.get("x-private")))),
    }


def _operation(type_: str) -> dict[str, Any]:
    return {"action": "send", "channel": {"$ref": f"#/channels/{type_}"}}


def _message(type_: str, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": type_,
        "title": data.get("title", type_),
        "summary": data["description"],
        "contentType": CONTENT_TYPE,
        "payload": envelope_schema(type_, data),
    }


def public(contracts: dict[str, dict[str, Any]]) -> dict[str, str]:
    """The titles of the event types that hold no personal data, by type."""
    return {type_: data["title"] for type_, data in contracts.items() if not data["x-private"]}


def main() -> None:
    """Print the document, or the public types as JSON."""
    if sys.argv[1:] == ["public"]:
        sys.stdout.write(json.dumps(public(schemas()), indent=2, ensure_ascii=False) + "\n")
        return
    yaml.safe_dump(document(schemas()), sys.stdout, sort_keys=False, allow_unicode=True, width=100)


if __name__ == "__main__":
    main()
