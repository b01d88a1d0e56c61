"""Who alone does a job: a row with a holder, an end and an epoch that fences a late holder."""

import time
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, case, exists, func, literal, or_, update
from sqlalchemy.orm import Session, sessionmaker

from shared.outbox import upsert
from shared.tables import leases

STAND_BY = 1.0  # seconds


class Lease:
    """At most one ``holder`` at a time holds ``name``, for ``seconds`` after the last renewal.

    ``holder`` must be unique to a process and its life. A takeover raises the epoch; who writes
    under the lease adds ``fence`` to his statement, which then changes nothing once he lost it.
    """

    def __init__(
        self, sessions: sessionmaker[Session], name: str, *, holder: str, seconds: float
    ) -> None:
        self._sessions = sessions
        self._name = name
        self._holder = holder
        self._seconds = seconds
        self._epoch: int | None = None
        self._ask_at = 0.0

    def hold(self) -> bool:
        """Take or keep the lease. Cheap to call often: the holder asks the database after a third
        of the lease's time, and who stands by at most once a second."""
        if time.monotonic() >= self._ask_at:
            with self._sessions.begin() as session:
                self._epoch = self._take(session)
            third = self._seconds / 3
            self._ask_at = time.monotonic() + (third if self._epoch else min(third, STAND_BY))
        return self._epoch is not None

    def held_epoch(self) -> int | None:
        """The epoch under which the lease was last held; None when it is somebody else's."""
        return self._epoch

    def fence(self) -> ColumnElement[bool]:
        """A condition that is true in the database only while this holder has this epoch."""
        return exists().where(
            leases.c.name == self._name,
            leases.c.holder == self._holder,
            leases.c.epoch == self._epoch,
        )

    def lost(self) -> None:
        """Forget the lease; the next ``hold`` asks the database."""
        self._epoch = None
        self._ask_at = 0.0

    def release(self) -> None:
        """End the lease now, so that a successor need not wait for its end."""
        if self._epoch is None:
            return
        with self._sessions.begin() as session:
            session.execute(
                update(leases)
                .where(self.fence())
                .values(until=_in(session, 0))
                .where(leases.c.name == self._name)
            )
        self._epoch = None

    def _take(self, session: Session) -> int | None:
        statement = upsert(session.get_bind().dialect)(leases)
        statement = statement.values(
            name=self._name, holder=self._holder, epoch=1, until=_in(session, self._seconds)
        )
        mine = leases.c.holder == statement.excluded.holder
        statement = statement.on_conflict_do_update(
            index_elements=["name"],
            set_={
                "holder": statement.excluded.holder,
                "until": statement.excluded.until,
                "epoch": leases.c.epoch + case((mine, 0), else_=1),
            },
            where=or_(mine, leases.c.until <= _in(session, 0)),
        )
        epoch: int | None = session.execute(statement.returning(leases.c.epoch)).scalar()
        return epoch


def _in(session: Session, seconds: float) -> ColumnElement[Any]:
    """The instant ``seconds`` from now by the database's clock, which is real time always."""
    if session.get_bind().dialect.name == "postgresql":
        return func.clock_timestamp() + literal(timedelta(seconds=seconds))
    now = func.strftime("%Y-%m-%d %H:%M:%f", "now", f"{seconds} seconds", type_=String)
    return now + "000"  # SQLite knows milliseconds, the column holds microseconds.
