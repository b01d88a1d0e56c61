"""Events as they come from the broker, for the tests of consumers and handlers.

Only for tests.
"""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from shared.envelope import CONTENT_TYPE
from shared.ids import new_id
from shared.reading_envelopes import Delivery
from shared.topology import exchange_for

TOLD_AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def envelope(
    type_: str = "complaint.filed.v1",
    *,
    subject: str = "complaint/1",
    sequence: int = 1,
    event_id: UUID | None = None,
    data: dict[str, Any] | None = None,
    **others: Any,
) -> dict[str, Any]:
    """A valid envelope; ``others`` replace or add attributes."""
    made_up = {
        "specversion": "1.0",
        "id": str(event_id or new_id()),
        "source": f"/{type_.partition('.')[0]}",
        "type": type_,
        "subject": subject,
        "time": TOLD_AT.isoformat(),
        "datacontenttype": "application/json",
        "sequence": sequence,
        "correlationid": "c-1",
        "actor": "zhang",
        "data": data if data is not None else {"text": "喂"},
    }
    return {**made_up, **others}


def delivered(
    type_: str = "complaint.filed.v1", *, private: bool = False, tag: int = 0, **of_envelope: Any
) -> Delivery:
    """A message with the envelope that ``of_envelope`` describes."""
    made = envelope(type_, **of_envelope)
    return Delivery(
        raw=json.dumps(made, ensure_ascii=False).encode(),
        tag=tag,
        content_type=CONTENT_TYPE,
        user_id=f"{type_.partition('.')[0]}-relay",
        message_id=str(made["id"]),
        exchange=exchange_for(private=private),
        routing_key=type_,
    )
