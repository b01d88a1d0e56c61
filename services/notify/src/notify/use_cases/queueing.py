"""Choose what is sent next: what is urgent first, then fairly between lanes, then by age."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from notify.adapters.queue import Head, heads, interrupted, more_of
from notify.adapters.transaction import NotifyTransaction
from notify.domain.delivery import Desk
from notify.domain.lanes import LaneBook, is_open
from shared.turns import take_turn

CHOOSING = 4_873_207  # any number, the same for everybody who chooses messages in this database


def next_messages(
    tx: NotifyTransaction,
    desk: Desk,
    book: LaneBook,
    *,
    busy: Collection[str],
    most: int,
    real: datetime,
    left: bool = True,
) -> list[UUID]:
    """At most ``most`` messages, of each lane one and none of a ``busy`` lane; with ``left`` those
    first which a process that died has left.

    Until the commit nobody else chooses, so that two processes never have messages of one lane, or
    of one person about one subject, in hand together.
    """
    take_turn(tx.session, CHOOSING)
    chosen = interrupted(tx.session, real, busy=busy, most=most) if left else []
    found, book.behind = heads(tx.session, real, busy=busy, behind=book.behind)
    for head in sorted(found, key=lambda one: _rank(book, one)):
        room = most - len(chosen)
        if room <= 0:
            break
        if is_open(head.lane, desk.channels):
            chosen += more_of(tx.session, real, head.lane, most=room)
        else:
            chosen.append(head.id)
    return chosen


def _rank(book: LaneBook, head: Head) -> tuple[str, int, datetime, UUID]:
    return head.urgency, book.last_served(head.lane), head.queued_at, head.id
