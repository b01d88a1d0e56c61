"""One business transaction: state, events, timers, audit and journal commit together or not at all.

Entry points (an HTTP view, a message, a timer) open it with ``begin``; use cases take it open.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, sessionmaker

from shared import outbox, timers
from shared.adding import Into, add
from shared.envelope import Carried, Event, Origin, plain
from shared.rules import Because
from shared.tables import audit, idempotency_keys, journal

SYSTEM = Origin(actor="system")
JOURNAL, AUDIT, ANSWERS = Into(journal), Into(audit), Into(idempotency_keys)


@dataclass
class Transaction:
    """What a use case is given. ``now`` is the time of the whole transaction (UTC, aware)."""

    session: Session
    source: str
    now: datetime
    origin: Origin = SYSTEM
    written: int = field(default=0, init=False)  # events flushed so far
    _told: list[outbox.Told] = field(default_factory=list)
    _notes: list[dict[str, Any]] = field(default_factory=list)
    _settled: list[dict[str, Any]] = field(default_factory=list)  # notes of earlier events
    _records: list[dict[str, Any]] = field(default_factory=list)
    _answers: list[dict[str, Any]] = field(default_factory=list)
    _timers: dict[timers.Key, timers.Due | None] = field(default_factory=dict)

    def emit(self, *events: Event, because: Because | None = None) -> None:
        """Tell the world, after the commit, that ``events`` happened, in this order.

        Nothing leaves the process here: rows are written with the commit and the relay sends them.
        """
        self._told.extend(outbox.Told(event, because) for event in events)

    def tell(self, events: Iterable[Event]) -> None:
        """Emit events, each with the clause that it names itself."""
        for event in events:
            self.emit(event, because=getattr(event, "because", None))

    def note(self, subject: str, kind: str, *, because: Because | None = None, **data: Any) -> None:
        """Write into the timeline of ``subject`` what is no event for others (a late fact, say)."""
        self._notes.append(
            {
                "subject": subject,
                "kind": kind,
                "at": self.now,
                "actor": self.origin.actor,
                "event_id": None,
                "data": plain(data),
                "because": because.to_data() if because else None,
            }
        )

    def record(self, action: str, subject: str, **detail: Any) -> None:
        """Add to the audit log who did what to which subject. ``detail`` holds ids, no names."""
        self._records.append(
            {
                "at": self.now,
                "actor": self.origin.actor,
                "action": action,
                "subject": subject,
                "detail": plain(detail),
            }
        )

    def carry(self, events: Sequence[Carried]) -> None:
        """Called with each public event that this transaction handles or tells, once or again.

        A service that hands events on to systems outside enters here what it owes them.
        """

    def set_timer(self, kind: str, subject: str, due_at: datetime, **data: Any) -> None:
        """Wake handler ``kind`` for ``subject`` at ``due_at``; it replaces one that is pending."""
        self._timers[kind, subject] = timers.Due(due_at, plain(data))

    def cancel_timer(self, kind: str, subject: str) -> None:
        """Forget the pending timer of that pair, if there is one."""
        self._timers[kind, subject] = None

    def keep_answer(self, **row: Any) -> None:
        """Keep what a command was answered, so that it is answered the same when it is repeated."""
        self._answers.append(row)

    def settle(self) -> None:
        """Between two events that a worker handles in one transaction: what the next handler may
        ask the database for, or would tell in another name, is written now."""
        self.flush()

    def flush(self) -> None:
        """Write what was told, noted, recorded, timed and answered so far: ``begin`` does it at the
        end."""
        self.session.flush()
        due = {key: one for key, one in self._timers.items() if one is not None}
        timers.cancel(self.session, self._timers.keys() - due.keys())
        told, entries = outbox.rows(
            self.session, self._told, source=self.source, now=self.now, origin=self.origin
        )
        public = [row for row in told if not row["private"]]
        if public:
            self.carry([Carried(row["event_id"], row["type"], row["body"]) for row in public])
        wanted = {
            timers.INTO: timers.rows(due),
            outbox.INTO: told,
            JOURNAL: self._settled + entries + self._notes,
            AUDIT: self._records,
            ANSWERS: self._answers,
        }
        add(self.session.connection(), wanted)
        self.written += len(told)
        self.forget()

    def forget(self) -> None:
        """Drop what was told, noted, recorded, timed and answered since the last flush; goes with
        rolling back a savepoint."""
        self._told, self._notes, self._records, self._answers = [], [], [], []
        self._settled = []
        self._timers = {}

    @contextmanager
    def apart(self) -> Iterator[None]:
        """A part that is undone alone when it fails; what was done before it stays.

        Whoever catches what it raises goes on with the transaction as it was before the part.
        """
        self.flush()
        try:
            with self.session.begin_nested():
                yield
                self.flush()
        except Exception:
            self.forget()
            raise


T = TypeVar("T", bound=Transaction)
T_co = TypeVar("T_co", bound=Transaction, covariant=True)


class Begin(Protocol[T_co]):
    """``with begin(now=..., origin=...) as tx``: commits at its end, rolls back on an exception."""

    def __call__(
        self, *, now: datetime, origin: Origin = SYSTEM
    ) -> AbstractContextManager[T_co]: ...


def beginner(
    sessions: sessionmaker[Session],
    kind: Callable[[Session, str, datetime, Origin], T],
    source: str,
    *,
    told: Callable[[], None] = lambda: None,
) -> Begin[T]:
    """Make ``begin`` for one service.

    ``kind`` makes its Transaction: the class itself or a partial of it. ``told`` is called after a
    commit that wrote events: it wakes the relay and must neither block nor raise.
    """

    @contextmanager
    def begin(*, now: datetime, origin: Origin = SYSTEM) -> Iterator[T]:
        with sessions() as session:
            with session.begin():
                tx = kind(session, source, now, origin)
                yield tx
                tx.flush()
            if tx.written:
                told()

    return begin


@contextmanager
def reading(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session that only reads: it takes no write lock on SQLite and never commits."""
    with sessions() as session:
        session.connection(execution_options={"reading": True})
        yield session
        session.rollback()


def timeline(
    session: Session,
    subject: str,
    *,
    after: int = 0,
    limit: int = 100,
    only: Iterable[ColumnElement[bool]] = (),
) -> list[Any]:
    """The journal rows of ``subject`` in order, from behind position ``after``; of those for which
    every condition of ``only`` holds."""
    query = (
        select(journal)
        .where(journal.c.subject == subject, journal.c.position > after, *only)
        .order_by(journal.c.position)
        .limit(limit)
    )
    return list(session.execute(query))


def latest(
    session: Session, subject: str, *, limit: int, only: Iterable[ColumnElement[bool]] = ()
) -> list[Any]:
    """The last journal rows of ``subject``, the newest first; of those for which every condition of
    ``only`` holds."""
    query = (
        select(journal)
        .where(journal.c.subject == subject, *only)
        .order_by(journal.c.position.desc())
        .limit(limit)
    )
    return list(session.execute(query))
