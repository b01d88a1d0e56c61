"""The envelope around every event: CloudEvents 1.0 in structured JSON mode.

``type`` is the routing key. Extensions: ``sequence`` (per subject, from 1 without gaps),
``correlationid``, ``causationid``, ``traceparent``, ``orgunit``, ``actor``, ``policy``.
"""

import json
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, NamedTuple, Protocol, runtime_checkable
from uuid import UUID

from shared.rules import Because

CONTENT_TYPE = "application/cloudevents+json"
SPEC_VERSION = "1.0"


@runtime_checkable
class Event(Protocol):
    """A frozen dataclass in the past tense.

    ``type`` is its name on the wire (``complaint.filed.v1``). ``subject`` is a template over its
    own fields (``complaint/{complaint_id}``). A class attribute ``private = True`` sends it on the
    exchange for personal data. A field ``org_unit`` becomes the extension ``orgunit``.
    """

    type: ClassVar[str]
    subject: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Who and what caused a transaction: copied into each event that it emits."""

    actor: str
    correlation: str | None = None
    causation: str | None = None
    traceparent: str | None = None


@dataclass(frozen=True, kw_only=True)
class Received:
    """An event as a consumer sees it. ``data`` is unread: each consumer has its own schema."""

    id: UUID
    type: str
    source: str
    subject: str
    sequence: int
    time: datetime
    org_unit: str | None
    actor: str | None
    correlation: str | None
    causation: str | None
    traceparent: str | None
    policy: str | None
    data: dict[str, Any]


class Carried(NamedTuple):
    """An event that a transaction handles or tells: ``body`` is its envelope as the broker has
    it."""

    event_id: UUID
    type: str
    body: str


def subject_of(event: Event) -> str:
    """``complaint/0198...``: the stream of events to which this one belongs."""
    return event.subject.format(**{f.name: getattr(event, f.name) for f in fields(event)})


def is_private(event: Event) -> bool:
    """Whether the event carries personal data and so travels on the private exchange."""
    return bool(getattr(event, "private", False))


def plain(value: Any) -> Any:
    """A value as JSON holds it. Raises TypeError for what has no agreed form (a naive time too)."""
    match value:
        case None | bool() | int() | str() if not isinstance(value, Enum):
            return value
        case Enum():
            return value.value
        case datetime():
            if value.tzinfo is None:
                raise TypeError("a time without a zone cannot be told")
            return value.isoformat()
        case date() | time():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case float():
            return value
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple() | frozenset() | set():
            return [plain(item) for item in value]
        case Because():
            return value.to_data()
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    raise TypeError(f"no agreed JSON form for {type(value).__name__}")


def wrap(
    event: Event,
    *,
    id: UUID,
    source: str,
    sequence: int,
    time: datetime,
    origin: Origin,
    because: Because | None = None,
) -> dict[str, Any]:
    """The envelope of ``event`` as a JSON-safe dict; extensions that are unknown are left out."""
    extensions = {
        "correlationid": origin.correlation or str(id),
        "causationid": origin.causation,
        "traceparent": origin.traceparent,
        "orgunit": plain(getattr(event, "org_unit", None)),
        "actor": origin.actor,
        "policy": str(because) if because else None,
    }
    return {
        "specversion": SPEC_VERSION,
        "id": str(id),
        "source": f"/{source}",
        "type": event.type,
        "subject": subject_of(event),
        "time": time.isoformat(),
        "datacontenttype": "application/json",
        "sequence": sequence,
        **{name: value for name, value in extensions.items() if value is not None},
        "data": {f.name: plain(getattr(event, f.name)) for f in fields(event)},
    }


def encode(envelope: dict[str, Any]) -> str:
    """The envelope as compact JSON text, UTF-8 characters kept."""
    return json.dumps(envelope, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
