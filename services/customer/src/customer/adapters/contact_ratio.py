"""How many contacts with customers we began ourselves, and how many complaints caused (VS-38)."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from customer.adapters.tables import communications, customer_complaints, visits
from shared.scope import within


def contact_ratio(session: Session, *, unit: str, start: datetime, end: datetime) -> dict[str, Any]:
    """The contacts of ``unit`` and of those below it from ``start`` on and before ``end`` (UTC).

    ``active`` are the visits and communications that were reported on in that time; ``passive``
    those that the complaints filed in that time have caused. ``ratio`` is None without the latter.
    """
    made, spoken, filed = visits.c, communications.c, customer_complaints.c

    def counted(what: Any, place: Any, when: Any) -> int:
        query = select(what).where(within(place, unit), when >= start, when < end)
        return session.scalar(query) or 0

    active = counted(func.count(), made.org_unit, made.reported_at)
    active += counted(func.count(), spoken.org_unit, spoken.recorded_at)
    passive = counted(func.sum(filed.contacts), filed.org_unit, filed.filed_at)
    ratio = round(active / passive, 2) if passive else None
    return {"active": active, "passive": passive, "ratio": ratio}
