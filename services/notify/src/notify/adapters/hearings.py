"""What the packs said of events, and how far an event came of which nothing is kept."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Column, String, Table, Uuid, select
from sqlalchemy.orm import Session

from notify.adapters.columns import mapping, metadata
from notify.domain.catalogue import CATALOGUE
from notify.domain.hearings import Arrival, Decision, Hearing
from shared.columns import AsJson
from shared.housekeeping import HANDLED, Aging
from shared.rules import Because
from shared.scope import may_see, within
from shared.tables import UtcDateTime, inbox, journal

STATES = {"pending": Arrival.WAITING, "parked": Arrival.PARKED, "dropped": Arrival.DROPPED}


def _decisions(found: list[Mapping[str, Any]]) -> tuple[Decision, ...]:
    return tuple(
        Decision(
            reason=one["reason"],
            audience=tuple(one["audience"]),
            because=Because.from_data(one["because"]),
        )
        for one in found
    )


hearings = Table(
    "hearings",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("type", String(120), nullable=False),
    Column("org_unit", String(60), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("occurrence", String(120), nullable=False),
    Column("happened_at", UtcDateTime, nullable=False),
    Column("heard_at", UtcDateTime, nullable=False, index=True),
    Column("decisions", AsJson(_decisions), nullable=False),
    Column("instead", AsJson(dict), nullable=False),
    Column("passed_over", String(60)),
)

mapping.map_imperatively(Hearing, hearings)
# As long as the inbox row of the event, which says the rest.
AGING = Aging(table=hearings, key=hearings.c.event_id, since=hearings.c.heard_at, age=HANDLED)


class Arrived(NamedTuple):
    """How far an event came; ``type`` is None of one that nobody heard of."""

    state: Arrival
    type: str | None = None
    code: str | None = None


class Hearings:
    """What was made of the events of the catalogue, as long as the inbox keeps what it handled."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, hearing: Hearing) -> None:
        """Keep what was decided; with the inbox row of the event, or not at all."""
        self.session.add(hearing)

    def find(self, event_id: UUID, *, seen_from: str) -> Hearing | None:
        """What was decided on an event, if anything was and it may be seen from that unit."""
        found = select(Hearing).where(
            hearings.c.event_id == event_id, within(hearings.c.org_unit, seen_from)
        )
        return self.session.scalar(found)

    def arrived(self, event_id: UUID, *, seen_from: str) -> Arrived:
        """How far an event came on which nothing was decided. One that names no unit, or another
        than those that are seen, was not heard of."""
        row = self.session.execute(select(inbox).where(inbox.c.event_id == event_id)).one_or_none()
        unit = json.loads(row.body).get("orgunit") if row is not None and row.body else None
        if row is None or not unit:
            return Arrived(Arrival.UNHEARD)
        if not may_see(self.session, principal_unit=seen_from, unit=unit):
            return Arrived(Arrival.UNHEARD)
        if row.state in STATES:
            return Arrived(STATES[row.state], row.type, _code(row.last_error))
        if row.type not in CATALOGUE:
            return Arrived(Arrival.TELLS_NOBODY, row.type)
        if row.state == "ignored":
            return Arrived(Arrival.LATE, row.type)
        return self._handled(event_id, row.type, row.subject)

    def _handled(self, event_id: UUID, type_: str, subject: str) -> Arrived:
        """An event that a rule refused stands in the timeline of its subject with the rule."""
        notes = select(journal.c.data).where(
            journal.c.subject == subject, journal.c.kind == "late_fact"
        )
        for data in self.session.scalars(notes):
            if data.get("event_id") == str(event_id):
                return Arrived(Arrival.LATE, type_, data["code"])
        return Arrived(Arrival.NOT_KEPT, type_)


def _code(error: str | None) -> str | None:
    """The code of an error as the inbox describes it, without the place in our source."""
    words = (error or "").partition(" at ")[0].split()
    return words[-1] if words else None
