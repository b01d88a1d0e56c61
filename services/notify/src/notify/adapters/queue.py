"""The queue of the sender: which messages are next, of each lane one.

The lanes that wait are found one after the other by an index, so that a look costs as much as there
are lanes, and not as there are messages.
"""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session

from notify.adapters.message_table import messages
from notify.domain.messages import Urgency
from shared.tables import UtcDateTime

LANES = 200  # looked at in one turn; those behind follow in the next
# Words of the statement and no parameters: the indexes hold the rows of one state.
PLANNED: ColumnElement[str] = literal_column("'planned'")
SENDING: ColumnElement[str] = literal_column("'sending'")
REAL = bindparam("real", type_=UtcDateTime())


class Head(NamedTuple):
    """The message of a lane that is to be sent next."""

    id: UUID
    lane: str
    urgency: Urgency
    queued_at: datetime


def any_due(session: Session, real: datetime) -> bool:
    """Whether there is anything to hand to a channel; takes no lock."""
    return session.connection().execute(_any(), {"real": real}).first() is not None


def heads(
    session: Session, real: datetime, *, busy: Collection[str], behind: str
) -> tuple[list[Head], str]:
    """The next message of each lane of which none is in hand anywhere, the ``busy`` ones left out;
    of at most LANES lanes, which follow ``behind``. Returns behind which lane to go on, too."""
    given = {"real": real, "busy": list(busy), "behind": behind, "lanes": LANES}
    rows = session.connection().execute(_heads(), given).all()
    last = max(row.looked_at for row in rows) if len(rows) == LANES else ""
    return [Head(*row[1:]) for row in rows if row.id is not None], last


def interrupted(
    session: Session, real: datetime, *, busy: Collection[str], most: int
) -> list[UUID]:
    """What a process that died left in the middle of sending, in lanes that are free since."""
    given = {"real": real, "busy": list(busy), "most": most}
    return list(session.connection().scalars(_interrupted(), given))


def more_of(session: Session, real: datetime, lane: str, *, most: int) -> list[UUID]:
    """The next messages of one lane."""
    given = {"real": real, "lane": lane, "most": most}
    return list(session.connection().scalars(_more(), given))


def busy_lanes(session: Session, real: datetime, lanes: Collection[str]) -> set[str]:
    """Those of ``lanes`` of which a message is in hand anywhere."""
    return set(session.connection().scalars(_busy(), {"real": real, "lanes": list(lanes)}))


@cache
def _any() -> Select[Any]:
    of = messages.c
    return select(of.id).where(or_(_planned(of), _left(of))).limit(1)


@cache
def _interrupted() -> Select[Any]:
    of = messages.c
    found = select(of.id).where(_left(of), _free(of.lane), _unasked(of.lane))
    return found.order_by(of.id).limit(bindparam("most"))


@cache
def _heads() -> Select[Any]:
    lanes = _lanes()
    head = messages.alias("head")
    first = (
        select(head.c.id)
        .where(head.c.lane == lanes.c.lane, _planned(head.c), _first_in_turn(head))
        .order_by(head.c.urgency, head.c.queued_at, head.c.id)
        .limit(1)
        .correlate(lanes)
        .scalar_subquery()
    )
    found = select(lanes.c.lane, first.label("id"))
    wanted = (_unasked(lanes.c.lane), _free(lanes.c.lane))
    found = found.where(lanes.c.lane.is_not(None), *wanted)
    chosen = found.limit(bindparam("lanes")).subquery("chosen")
    of = messages.c
    queued_at = func.coalesce(of.queued_at, of.planned_at, type_=UtcDateTime())
    shown = (chosen.c.lane.label("looked_at"), of.id, of.lane, of.urgency, queued_at)
    return select(*shown).select_from(chosen.outerjoin(messages, chosen.c.id == of.id))


def _lanes() -> Any:
    """Every lane in which something is planned, behind one of them, each found by one look into the
    index."""
    one = messages.alias("one")
    start = select(func.min(one.c.lane).label("lane")).where(one.c.state == PLANNED)
    lanes = start.where(one.c.lane > bindparam("behind")).cte("lanes", recursive=True)
    other = messages.alias("other")
    following = (
        select(func.min(other.c.lane))
        .where(other.c.state == PLANNED, other.c.lane > lanes.c.lane)
        .scalar_subquery()
    )
    return lanes.union_all(select(following).where(lanes.c.lane.is_not(None)))


@cache
def _more() -> Select[Any]:
    one = messages.alias("one")
    found = select(one.c.id).where(
        one.c.lane == bindparam("lane"), _planned(one.c), _first_in_turn(one)
    )
    found = found.order_by(one.c.urgency, one.c.queued_at, one.c.id)
    return found.limit(bindparam("most"))


@cache
def _busy() -> Select[Any]:
    of = messages.c
    in_hand = (of.state == SENDING, of.lease_until > REAL)
    named = of.lane.in_(bindparam("lanes", expanding=True))
    return select(of.lane).where(*in_hand, named).distinct()


def _planned(of: Any) -> ColumnElement[bool]:
    return and_(of.state == PLANNED, or_(of.retry_at.is_(None), of.retry_at <= REAL))


def _left(of: Any) -> ColumnElement[bool]:
    return and_(of.state == SENDING, of.lease_until <= REAL)


def _unasked(lane: ColumnElement[str]) -> ColumnElement[bool]:
    return lane.not_in(bindparam("busy", expanding=True))


def _free(lane: ColumnElement[str]) -> ColumnElement[bool]:
    """Nothing of the lane is in hand, or it is an open one."""
    in_hand = messages.alias("in_hand")
    held = (in_hand.c.state == SENDING, in_hand.c.lease_until > REAL)
    taken = exists().where(in_hand.c.lane == lane, *held)
    return or_(lane.not_like("%/%"), ~taken)


def _first_in_turn(one: FromClause) -> ColumnElement[bool]:
    """Nothing else about the same subject waits longer for the same person. What is urgent waits
    for urgent ones alone."""
    earlier = messages.alias("earlier")
    return ~exists().where(
        earlier.c.person_id == one.c.person_id,
        earlier.c.subject == one.c.subject,
        earlier.c.state.in_([PLANNED, SENDING]),
        earlier.c.turn < one.c.turn,
        earlier.c.urgency <= one.c.urgency,
    )
