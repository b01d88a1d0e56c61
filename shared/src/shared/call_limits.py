"""How much comes from one side, counted in the database: for all processes, over restarts.

A bucket runs out evenly, and takes what comes as long as it does not run over. Sides are put into a
fixed number of buckets by a keyed hash, so the table cannot grow beyond it, names nobody, and
nobody can choose whose bucket he shares.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, Integer, MetaData, String, Table, select, update
from sqlalchemy.orm import Session

from shared.encrypted_columns import encryption_of
from shared.outbox import upsert
from shared.rules import TooMany
from shared.tables import UtcDateTime

BUCKETS = 2**20


def call_bucket_table(metadata: MetaData) -> Table:
    """The table of the service whose ``metadata`` it is. A bucket is full of what came from one
    side; at ``empty_at`` all of it has run out."""
    return Table(
        "call_buckets",
        metadata,
        Column("name", String(40), primary_key=True),
        Column("bucket", Integer, primary_key=True),
        Column("empty_at", UtcDateTime, nullable=False),
    )


# Every service that counts calls has one of this form.
call_buckets = call_bucket_table(MetaData())


@dataclass(frozen=True)
class CallLimit:
    """``most`` in any ``period`` from one side, and as many at once."""

    name: str
    most: int
    period: timedelta

    @property
    def step(self) -> timedelta:
        """How long one takes to run out."""
        return self.period / self.most


def count(session: Session, limit: CallLimit, side: str, *, now: datetime) -> None:
    """Count one that comes from ``side``; it is forgotten where the transaction is rolled back.

    Raises TooMany.
    """
    index = encryption_of(session).index(side, call_buckets.name, limit.name)
    key = {"name": limit.name, "bucket": int.from_bytes(index) % BUCKETS}
    fresh = upsert(session.get_bind().dialect)(call_buckets).values(**key, empty_at=now)
    session.execute(fresh.on_conflict_do_nothing())
    mine = [call_buckets.c[name] == value for name, value in key.items()]
    empty_at = session.scalars(select(call_buckets.c.empty_at).where(*mine).with_for_update()).one()
    after = max(empty_at, now) + limit.step
    over = after - now - limit.period
    if over > timedelta():
        raise TooMany(retry_after=int(over.total_seconds()) + 1)
    session.execute(update(call_buckets).where(*mine).values(empty_at=after))
