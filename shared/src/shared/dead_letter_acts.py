"""What could not be handled, in one list: parked events and timers, and what is in quarantine.

Replaying publishes nothing: a parked row is tried again, a quarantined message is read again, and
a message of the broker's dead-letter queue is stored as if it had just come. Each replay, each drop
and each look at a body is audited.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from shared.clock import Clock
from shared.dead_letter_shelves import SHELVES, Letter, Shelf
from shared.inbox import Stored, store
from shared.reading_envelopes import Delivery
from shared.transaction import Transaction

REPLAYED, DROPPED, SHOWN = "dead_letter.replayed", "dead_letter.dropped", "dead_letter.shown"
KEY_LENGTH = 200  # What the column of the audit's subject holds.
KEPT_BY_AUDIT = ("type", "sequence", "kind", "reason", "digest", "last_error")


class NoSuchLetter(Exception):
    """Nothing under this key waits to be replayed or dropped."""


def waiting(session: Session) -> list[Letter]:
    """All dead letters that the database holds, oldest first."""
    found = [letter for shelf in SHELVES.values() for letter in shelf.letters(session)]
    return sorted(found, key=lambda letter: letter.since)


def show(tx: Transaction, key: str) -> dict[str, Any]:
    """All columns of one letter, with its body, which may hold personal data: hence audited.

    Raises NoSuchLetter.
    """
    _, row = _find(tx.session, key)
    _record(tx, SHOWN, key)
    return dict(row._mapping)


def replay(tx: Transaction, key: str, *, real: Clock) -> None:
    """Try once more. Raises NoSuchLetter or StillUnreadable; the caller then rolls back."""
    shelf, row = _find(tx.session, key)
    shelf.replay(tx.session, row, real.at_claim(tx.session))
    _record(tx, REPLAYED, key, **_about(row))


def drop(tx: Transaction, key: str, *, real: Clock) -> None:
    """Give up on it for ever. A dropped event lets the next ones of its subject go on without it.

    Raises NoSuchLetter.
    """
    shelf, row = _find(tx.session, key)
    shelf.drop(tx.session, row, real.at_claim(tx.session))
    _record(tx, DROPPED, key, **_about(row))


def take_in(
    tx: Transaction, delivery: Delivery, *, real: Clock, trusted_users: Collection[str] = ()
) -> Stored:
    """Store a message of the broker's dead-letter queue; unreadable, it goes to quarantine.

    The caller commits, and only then acknowledges.
    """
    now = real.at_claim(tx.session)
    stored = store(tx.session, [delivery], now=now, trusted_users=trusted_users)
    _record(tx, REPLAYED, f"queue:{delivery.message_id}", **delivery.properties())
    return stored


def _find(session: Session, key: str) -> tuple[Shelf, Row[Any]]:
    kind, _, name = key.partition(":")
    try:
        shelf = SHELVES[kind]
        row = shelf.find(session, name)
    except (KeyError, ValueError):
        raise NoSuchLetter(key) from None
    if row is None:
        raise NoSuchLetter(key)
    return shelf, row


def _record(tx: Transaction, action: str, key: str, **detail: Any) -> None:
    tx.record(action, key[:KEY_LENGTH], **detail)


def _about(row: Row[Any]) -> dict[str, Any]:
    """What the audit keeps of a letter: never its body."""
    kept = {name: row._mapping[name] for name in KEPT_BY_AUDIT if name in row._mapping}
    return kept | {"stream": row._mapping.get("subject")}
