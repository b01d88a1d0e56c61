"""Every way that an order can go, step by step until no step leads anywhere new: wherever it is, it
has ended, or somebody who is there has it in hand by a time that a timer keeps, and it can still
come to an end (WO-01, WO-10).

What was reached once is not followed again. A position is all that decides whose the order is and
what may be done with it: state, receiver, superior and dispatcher, who of them is away, whether its
reply was told as missing, and which timers wait. How late it is by the clock is none of it, since
that something is due is a step of its own; timers may go off in any order, as with two workers.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from sqlalchemy import bindparam, select

from dispatch.adapters.columns import metadata
from dispatch.adapters.people import people
from dispatch.domain.deadlines import Awaited, owners
from dispatch.domain.unable import Decision
from dispatch.domain.work_order_states import ENDS, IN_HAND, TRANSITIONS, Command, State
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.deadlines import WAKE
from dispatch.use_cases.intake import DISPATCHER_SEARCH
from dispatch.use_cases.leaving import HANDS
from dispatch.use_cases.people import change_person
from dispatch.use_cases.work_orders import issue_work_order, revise_work_order
from shared.rules import RuleBroken
from shared.tables import timers
from shared.testing import memory

from .company import DISPATCHER, HR, SUPERVISOR, WORKER, Asker, make_company
from .office import HEAD, MANAGER, Office

# The supervisor stays: with nobody left in the whole company one only looks again.
CAST = {
    "worker": WORKER,
    "head": HEAD,
    "manager": MANAGER,
    "dispatcher": DISPATCHER,
    "supervisor": SUPERVISOR,
}
NAMES = {UUID(one.id): name for name, one in CAST.items()}
MAY_LEAVE = ("worker", "head", "manager", "dispatcher")
RECEIVERS = ("worker", "head")
AWAY_AT_MOST = 1  # With all four away at once there are thousands of positions.
LOOKS = {HANDS, DISPATCHER_SEARCH}
GONE = select(people.c.id).where(~people.c.active)
KINDS = select(timers.c.kind).where(timers.c.subject == bindparam("subject"))
Steps = Iterator[tuple[str, Callable[[], None]]]


class Position(NamedTuple):
    """Where an order is, with people by their names; of them and of the missing reply only what
    still has a say in that state."""

    state: State
    receiver: str | None
    decider: str | None
    dispatcher: str | None
    away: frozenset[str]
    receiver_gone: bool
    awaited: Awaited | None
    overdue: bool
    timers: frozenset[str]

    def there(self, *names: str | None) -> list[str]:
        """Those of them who are not away."""
        return [name for name in names if name and name not in self.away]


@dataclass
class Walk:
    """What leads where. ``faults`` are the positions that must not be, and how one gets there."""

    office: Office
    away_at_most: int
    images: dict[Position, tuple[bytes, datetime]] = field(default_factory=dict)
    ways: dict[Position, tuple[str, ...]] = field(default_factory=dict)
    nexts: dict[Position, set[Position]] = field(default_factory=dict)
    steps: int = 0

    def go(self) -> None:
        """Follow every step from every position, the fewest steps first."""
        waiting = deque([self.keep(())])
        while waiting:
            position = waiting.popleft()
            self.nexts[position] = set()
            for name, step in self.possible(position):
                reached = self.after(position, step)
                if reached is None:
                    continue
                self.nexts[position].add(reached)
                if reached not in self.images:
                    waiting.append(self.keep((*self.ways[position], name)))

    def after(self, position: Position, step: Callable[[], None]) -> Position | None:
        """Where a step leads; None where it is refused, which must change nothing."""
        self.steps += 1
        image, self.office.now = self.images[position]
        self.database().deserialize(image)
        try:
            step()
        except RuleBroken:
            assert self.seen() == position
            return None
        return self.seen()

    def keep(self, way: tuple[str, ...]) -> Position:
        """Note where the order is, and the database as it is there."""
        position = self.seen()
        self.images[position] = (self.database().serialize(), self.office.now)
        self.ways[position] = way
        check(position, self.order, way)
        return position

    def database(self) -> sqlite3.Connection:
        with self.office.sessions.kw["bind"].connect() as connection:
            found: sqlite3.Connection = connection.connection.driver_connection
        return found

    def seen(self) -> Position:
        with self.office.sessions() as session:
            self.order = order = session.get_one(WorkOrder, self.office.order_id)
            gone = session.scalars(GONE).all()
            kinds = session.scalars(KINDS, {"subject": f"work_order/{order.id}"}).all()
        unable, in_hand = order.state is State.UNABLE_REPORTED, order.state in IN_HAND
        held = in_hand or unable or order.state is State.DRAFT
        return Position(
            state=order.state,
            receiver=NAMES.get(order.receiver_id) if held else None,
            decider=NAMES.get(order.decider_id) if unable else None,
            dispatcher=None if order.ended else NAMES.get(order.dispatcher_id),
            away=frozenset() if order.ended else frozenset(NAMES[one] for one in gone),
            receiver_gone=order.receiver_gone and held,
            awaited=order.awaited,
            overdue=order.overdue_at is not None and in_hand,
            timers=frozenset(kinds),
        )

    def possible(self, position: Position) -> Steps:
        """All that may happen: a command of the table by those whose it may be and who are there,
        somebody leaves or comes back, a timer goes off."""
        acts = self.acts(position)
        for command in TRANSITIONS[position.state]:
            for name, act in acts.get(command, ()):
                yield f"{command} by {name}", act
        for name in () if position.state in ENDS else MAY_LEAVE:
            active = name in position.away
            if not active and len(position.away) == self.away_at_most:
                continue
            yield (
                f"{name} {'returns' if active else 'leaves'}",
                partial(self.change, CAST[name], active=active),
            )
        for kind in sorted(position.timers):
            yield kind, partial(self.fire, kind)

    def acts(self, position: Position) -> dict[Command, list[tuple[str, Callable[[], None]]]]:
        office = self.office

        def by(names: list[str], act: Callable[..., None], *others: Any) -> list[Any]:
            return [(name, partial(act, *others, CAST[name])) for name in names]

        def decide(decision: Decision) -> list[Any]:
            return by(position.there(position.decider), office.decide, decision)

        receiver = position.there(position.receiver)
        dispatchers = position.there("dispatcher", "supervisor")
        reassign = [
            (f"{name} to {to}", partial(self.reassign, CAST[name], CAST[to]))
            for name in position.there(*{position.decider, "dispatcher", "supervisor"})
            for to in RECEIVERS
        ]
        return {
            Command.REVISE: [
                (name, partial(self.revise, CAST[name], CAST[to]))
                for name in dispatchers
                for to in RECEIVERS
            ],
            Command.ISSUE: by(dispatchers, partial(office.on, issue_work_order)),
            Command.ACCEPT: by(receiver, office.accept),
            Command.START: by(receiver, office.start),
            Command.REPORT_PROGRESS: by(receiver, office.report),
            Command.REPORT_UNABLE: by(receiver, office.unable),
            Command.COMPLETE: by(receiver, office.complete),
            Command.CALL_BACK: by(dispatchers[-1:], office.call_back),
            Command.SIGN: by(dispatchers[-1:], office.sign),
            Command.ARCHIVE: by(dispatchers[-1:], office.archive),
            Command.REASSIGN: reassign,
            Command.INSIST: decide(Decision.INSIST),
            Command.INSIST_ON_ACCEPTANCE: [],  # The same command as INSIST.
            Command.REFER_UP: decide(Decision.REFER_UP),
            Command.CANCEL: decide(Decision.CANCEL),
            Command.RECORD_BREACH: [],  # It moves no order.
        }

    def reassign(self, by: Asker, to: Asker) -> None:
        if self.order_state() is State.UNABLE_REPORTED:
            self.office.decide(Decision.REASSIGN, by, to)
        else:
            self.office.reassign(to, by)

    def order_state(self) -> State:
        return self.office.found().state

    def revise(self, by: Asker, to: Asker) -> None:
        with self.office.open(by) as tx:
            order = tx.work_orders.get(self.office.order_id, by)
            revise_work_order(tx, order, fresh={"receiver_id": UUID(to.id)}, caller=by)

    def change(self, one: Asker, *, active: bool) -> None:
        """Somebody leaves or comes back; that his orders are looked at is left to the timers."""
        with self.office.open() as tx:
            change_person(tx, tx.people.find(UUID(one.id)), fresh={"active": active}, caller=HR)

    def fire(self, kind: str) -> None:
        """Let a timer go off; a warning alone leads nowhere new, so that one waits on until it is
        due."""
        warned = kind == WAKE and self.office.found().warn_at is not None
        for _ in range(1 + warned):
            [row] = [one for one in self.office.waiting() if one.kind == kind]
            self.office.now = max(self.office.now, row.due_at)
            self.office.fire(row)


def check(position: Position, order: WorkOrder, way: tuple[str, ...]) -> None:
    """That the order has ended, or is in the hands of somebody until a time that a timer keeps."""
    said = f"{position} after {', '.join(way)}"
    if order.ended:
        assert (order.awaited, order.next_due_at, owners(order)) == (None, None, ()), said
        assert WAKE not in position.timers, said
        return
    assert None not in (order.awaited, order.next_due_at), said
    assert WAKE in position.timers, said
    if not position.timers & LOOKS:
        [owner] = owners(order)
        assert NAMES[owner] not in position.away, said
        away = position.receiver in position.away
        assert position.state not in IN_HAND or position.receiver_gone is away, said


def ending(walk: Walk, steps: dict[Position, set[Position]]) -> set[Position]:
    """The positions from which some steps lead to an end."""
    before: dict[Position, set[Position]] = {}
    for position, nexts in steps.items():
        for one in nexts:
            before.setdefault(one, set()).add(position)
    found = {one for one in walk.images if one.state in ENDS}
    waiting = list(found)
    while waiting:
        fresh = before.get(waiting.pop(), set()) - found
        found |= fresh
        waiting += fresh
    return found


@pytest.mark.timeout(600)
@pytest.mark.rule("WO-01", "WO-10")
def test_no_way_leaves_an_order_without_an_owner_or_an_end(rulebook):
    sessions = memory(metadata)
    make_company(sessions, rulebook)
    office = Office(sessions, rulebook)
    office.draft()
    walk = Walk(office, AWAY_AT_MOST)

    walk.go()

    assert ending(walk, walk.nexts) == set(walk.images)
    assert {one.state for one in walk.images} == set(State)
    assert {one.state for one in walk.images if one.overdue} == IN_HAND
    sessions.kw["bind"].dispose()
