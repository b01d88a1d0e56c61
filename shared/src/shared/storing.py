"""Brings a batch of messages into the inbox, safely, and then tells who waits for it."""

import logging
from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from shared.clock import Clock
from shared.inbox import Refused, Stored, quarantine, store
from shared.reading_envelopes import Delivery
from shared.tables import inbox_quarantine
from shared.worker_metrics import STORED

log = logging.getLogger(__name__)

Told = Callable[[Sequence[UUID]], None]
SPOILT = (DataError, IntegrityError, ValueError)  # A message, and not the database, is at fault.


class Storer:
    """Stores batches for one service.

    ``wake`` is called after each commit that brought something new. ``on_stored`` is told the ids
    of all messages that are safe now, repeats and quarantined ones too.
    """

    def __init__(
        self,
        *,
        service: str,
        sessions: sessionmaker[Session],
        real: Clock,
        wake: Callable[[], None],
        on_stored: Told = lambda _ids: None,
        trusted_users: Collection[str] = (),
    ) -> None:
        self._service = service
        self._sessions = sessions
        self._real = real
        self._wake = wake
        self._on_stored = on_stored
        self._trusted = tuple(trusted_users)

    def store(self, batch: Sequence[Delivery]) -> None:
        """Commit the batch; when one message spoils it, each message by itself.

        Raises SQLAlchemyError when nothing can be stored: then none of it may be acknowledged.
        """
        try:
            stored = self._together(batch)
        except SPOILT:
            stored = sum((self._alone(one) for one in batch), Stored())
        self._count(stored)
        if stored.fresh:
            self._wake()
        self._on_stored(_ids(batch))

    def check(self) -> None:
        """Raise SQLAlchemyError when nothing can be written: it tries, and takes it back."""
        trial = dict.fromkeys(("reason", "digest"), "") | {"raw": b"", "properties": {}}
        with self._sessions() as session:
            session.execute(insert(inbox_quarantine), {**trial, "received_at": self._real.now()})
            session.rollback()

    def _together(self, batch: Sequence[Delivery]) -> Stored:
        with self._sessions.begin() as session:
            return store(session, batch, now=self._real.now(), trusted_users=self._trusted)

    def _alone(self, delivery: Delivery) -> Stored:
        try:
            return self._together([delivery])
        except SPOILT as error:
            refused = Refused(delivery, f"unstorable {type(error).__name__}")
            with self._sessions.begin() as session:
                quarantine(session, [refused], now=self._real.now())
            return Stored(refused=(refused,))

    def _count(self, stored: Stored) -> None:
        STORED.labels(self._service, "fresh").inc(stored.fresh)
        STORED.labels(self._service, "repeated").inc(stored.repeated)
        STORED.labels(self._service, "quarantined").inc(len(stored.refused))
        for refused in stored.refused:
            log.error("a message went to quarantine: %s", refused.reason)


def _ids(batch: Sequence[Delivery]) -> list[UUID]:
    """The ids under which a publisher waits for these messages."""
    found = []
    for delivery in batch:
        try:
            found.append(UUID(delivery.message_id))
        except (TypeError, ValueError):
            log.warning("a message came without an id")
    return found
