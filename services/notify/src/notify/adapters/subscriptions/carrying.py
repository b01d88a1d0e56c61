"""Enter what endpoints are owed of the events that a transaction handles or tells."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from notify.adapters.subscriptions.tables import deliveries, subscription_events, subscriptions
from notify.domain.events import WebhookTested
from notify.domain.subscriptions.deliveries import DeliveryState
from shared.envelope import Carried
from shared.org_units import chain, tops
from shared.outbox import upsert


@dataclass(frozen=True)
class Wish:
    """What an endpoint gets: event types, of a unit and those below it."""

    id: UUID
    types: frozenset[str]
    unit: str

    def wants(self, event: Carried, subject: str) -> bool:
        if event.type == WebhookTested.type:
            return subject == f"subscription/{self.id}" or event.type in self.types
        return event.type in self.types


class Carrying:
    """The fan-out of one transaction. That an event is entered again changes nothing."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def enter(self, events: Sequence[Carried], now: datetime) -> None:
        """A delivery for each endpoint that gets an event; those of disabled ones wait. Raises
        UnitUnknown where it cannot be told yet who may see an event."""
        wanted = [event for event in events if event.type in self._types]
        rows = [row for event in wanted for row in self._rows(event, now)]
        if not rows:
            return
        bodies = {event.event_id: event.body for event in wanted}
        owed = {row["event_id"] for row in rows}
        told = [{"event_id": one, "body": bodies[one], "planned_at": now} for one in owed]
        connection, insert = self._session.connection(), upsert(self._session.get_bind().dialect)
        kept = insert(subscription_events)
        # It is kept for as long as the youngest of its deliveries.
        younger = {"planned_at": kept.excluded.planned_at}
        connection.execute(
            kept.on_conflict_do_update(index_elements=["event_id"], set_=younger), told
        )
        connection.execute(insert(deliveries).on_conflict_do_nothing(), rows)

    def _rows(self, event: Carried, now: datetime) -> Iterator[dict[str, Any]]:
        envelope = json.loads(event.body)
        subject = envelope["subject"]
        wishes = [wish for wish in self._wishes if wish.wants(event, subject)]
        if not wishes:
            return
        units = self._seen_from(envelope.get("orgunit"))
        for wish in wishes:
            if wish.unit in units:
                yield {
                    "subscription_id": wish.id,
                    "event_id": event.event_id,
                    "type": event.type,
                    "subject": subject,
                    "planned_at": now,
                    "state": DeliveryState.WAITING,
                    "attempts": 0,
                }

    def _seen_from(self, unit: str | None) -> frozenset[str]:
        """The units from which an event of ``unit`` is seen; one that names none is of the whole
        company."""
        return frozenset(tops(self._session) if unit is None else chain(self._session, unit))

    @cached_property
    def _types(self) -> frozenset[str]:
        found = frozenset().union(*(wish.types for wish in self._wishes))
        return found | {WebhookTested.type} if self._wishes else found

    @cached_property
    def _wishes(self) -> tuple[Wish, ...]:
        of = subscriptions.c
        query = select(of.id, of.event_types, of.org_unit).order_by(of.id)
        rows = self._session.connection().execute(query)
        return tuple(Wish(row.id, frozenset(row.event_types), row.org_unit) for row in rows)
