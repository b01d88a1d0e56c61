"""Reads what came from the broker, strictly: an Arrival, or Unreadable with the reason.

Nothing is guessed or mended, and no decoder of the broker's library is used (none is pickled, none
unpacked). What is refused here goes to quarantine with its bytes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from shared import strict_json
from shared.envelope import CONTENT_TYPE, SPEC_VERSION, Received
from shared.strict_json import Unreadable

MAX_SEQUENCE = 2**63 - 1
TYPE = re.compile(r"([a-z][a-z0-9_]{0,39})\.[a-z][a-z0-9_]{0,69}\.v[1-9][0-9]{0,3}")
UUID_FORM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CONTENT_TYPES = (CONTENT_TYPE, f"{CONTENT_TYPE}; charset=utf-8")
OPTIONAL = ("correlationid", "causationid", "traceparent", "orgunit", "actor", "policy")


@dataclass(frozen=True)
class Delivery:
    """A message as the broker gave it. ``raw`` are its bytes; the rest are its AMQP properties."""

    raw: bytes = field(repr=False)
    tag: int = 0
    content_type: str | None = CONTENT_TYPE
    content_encoding: str | None = None
    user_id: str | None = None
    message_id: str | None = None
    exchange: str | None = None
    routing_key: str | None = None

    def properties(self) -> dict[str, str]:
        """All but the bytes, as text that any database can keep."""
        names = ("content_type", "content_encoding", "user_id", "message_id", "exchange")
        values = {name: getattr(self, name) for name in (*names, "routing_key")}
        return {name: _printable(value) for name, value in values.items() if value is not None}


@dataclass(frozen=True)
class Arrival:
    """A valid envelope: the event and its text as it came."""

    event: Received
    body: str = field(repr=False)


def read(delivery: Delivery, *, trusted_users: Iterable[str] = ()) -> Arrival:
    """The event in ``delivery``; raises Unreadable.

    A message whose publisher the broker attests (``user_id``) must come from the relay of the
    service that the type names, or from one of ``trusted_users``. The routing key, on which the
    broker checks what a publisher may send, must be the type.
    """
    if delivery.content_type not in CONTENT_TYPES:
        raise Unreadable("content_type")
    if delivery.content_encoding not in (None, "utf-8", "UTF-8"):
        raise Unreadable("content_encoding")
    body, envelope = strict_json.decode(delivery.raw)
    event = received(envelope)
    if delivery.routing_key not in (None, event.type):
        raise Unreadable("routing_key")
    if delivery.user_id not in (None, f"{event.source}-relay", *trusted_users):
        raise Unreadable("user_id")
    return Arrival(event, body)


def received(envelope: Any) -> Received:
    """The envelope with every attribute checked; ``source`` loses its slash. Raises Unreadable."""
    if not isinstance(envelope, dict):
        raise Unreadable("not_an_object")
    if envelope.get("specversion") != SPEC_VERSION:
        raise Unreadable("specversion")
    if envelope.get("datacontenttype", "application/json") != "application/json":
        raise Unreadable("datacontenttype")
    type_ = _text(envelope, "type", most=120)
    form = TYPE.fullmatch(type_)
    if form is None:
        raise Unreadable("type")
    if envelope.get("source") != f"/{form[1]}":
        raise Unreadable("source")
    extensions = {name: _optional(envelope, name) for name in OPTIONAL}
    return Received(
        id=_id(envelope),
        type=type_,
        source=form[1],
        subject=_subject(envelope),
        sequence=_sequence(envelope),
        time=_time(envelope),
        org_unit=extensions["orgunit"],
        actor=extensions["actor"],
        correlation=extensions["correlationid"],
        causation=extensions["causationid"],
        traceparent=extensions["traceparent"],
        policy=extensions["policy"],
        data=_data(envelope),
    )


def _text(envelope: dict[str, Any], name: str, *, most: int = 200) -> str:
    value = envelope.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= most or not value.isprintable():
        raise Unreadable(name)
    return value


def _optional(envelope: dict[str, Any], name: str) -> str | None:
    return None if envelope.get(name) is None else _text(envelope, name)


def _id(envelope: dict[str, Any]) -> UUID:
    text = _text(envelope, "id")
    if not UUID_FORM.fullmatch(text):
        raise Unreadable("id")
    return UUID(text)


def _subject(envelope: dict[str, Any]) -> str:
    text = _text(envelope, "subject")
    if " " in text:
        raise Unreadable("subject")
    return text


def _sequence(envelope: dict[str, Any]) -> int:
    value = envelope.get("sequence")
    if type(value) is not int or not 1 <= value <= MAX_SEQUENCE:
        raise Unreadable("sequence")
    return value


def _time(envelope: dict[str, Any]) -> datetime:
    try:
        value = datetime.fromisoformat(_text(envelope, "time"))
        if value.tzinfo is None:
            raise Unreadable("time")
        return value.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unreadable("time") from None


def _data(envelope: dict[str, Any]) -> dict[str, Any]:
    value = envelope.get("data")
    if not isinstance(value, dict):
        raise Unreadable("data")
    return value


def _printable(value: object) -> str:
    shown = str(value)[:200].encode("ascii", "backslashreplace").decode("ascii")
    return "".join(char if char.isprintable() else "?" for char in shown)
