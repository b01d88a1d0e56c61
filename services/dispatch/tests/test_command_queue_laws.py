"""However a queue of commands arrives, it comes to the same end with the same answers (WO-12)."""

from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from dispatch.adapters.columns import metadata
from dispatch.adapters.penalties import penalties
from dispatch.adapters.queued_commands import queued_commands
from dispatch.api.policies import PACKS, SECTIONS
from dispatch.domain.command_conflicts import FIELD_COMMANDS
from dispatch.domain.signatures import Signature
from dispatch.domain.unable import Decision
from dispatch.use_cases.overdue import wake
from shared.policy import Rulebook
from shared.rules import RuleBroken
from shared.tables import journal, timers
from shared.testing import memory

from .company import FRIDAY, WORKER, make_company
from .office import ENGINEER, HEAD, Office
from .phone import BODIES, Phone

RULEBOOK = Rulebook.load("dispatch", SECTIONS, default=PACKS)
MINUTE = timedelta(minutes=1)
DUE, SENT = FRIDAY + 120 * MINUTE, FRIDAY + 180 * MINUTE
FIELDS = (
    *("state", "version", "receiver_id", "decider_id", "accepted_at", "acceptance"),
    *("progress_reports", "unable_report", "completed_at", "remarks", "client_signature"),
    *("cancelled_at", "awaited", "next_due_at", "overdue_at"),
)


def the_office() -> tuple[bytes, list[UUID]]:
    """The database in which two orders were given to the worker, and their ids."""
    sessions = memory(metadata)
    make_company(sessions, RULEBOOK)
    office = Office(sessions, RULEBOOK)
    orders = [office.issue(reply_due_at=DUE) for _ in range(2)]
    with sessions.kw["bind"].connect() as connection:
        image = connection.connection.driver_connection.serialize()
    sessions.kw["bind"].dispose()
    return image, orders


IMAGE, ORDERS = the_office()


class Run:
    """The office once more from its beginning, and a phone."""

    def __init__(self):
        self.sessions: sessionmaker = memory(metadata)
        with self.sessions.kw["bind"].connect() as connection:
            connection.connection.driver_connection.deserialize(IMAGE)
        self.office = Office.__new__(Office)
        self.office.attend(self.sessions, RULEBOOK)
        self.office.now = SENT
        self.phone = Phone(self.office)

    def close(self):
        self.sessions.kw["bind"].dispose()

    def foreign(self, name, order_id):
        """Somebody else does something, if it is possible; or another device of the worker."""
        office = self.office
        office.order_id = order_id
        acts = {
            "accept": office.accept,
            "start": office.start,
            "report": office.report,
            "unable": office.unable,
            "complete": office.complete,
            "insist": lambda: office.decide(Decision.INSIST),
            "cancel": lambda: office.decide(Decision.CANCEL),
            "reassign": lambda: office.decide(Decision.REASSIGN, receiver=ENGINEER),
            "refer_up": lambda: office.decide(Decision.REFER_UP),
            "give_back": lambda: office.decide(Decision.REASSIGN, HEAD, WORKER),
            "unable_of_another": lambda: office.unable(ENGINEER),
            "wake": lambda: self.wake(order_id),
        }
        with suppress(RuleBroken):
            acts[name]()

    def wake(self, order_id):
        with self.office.open() as tx:
            wake(tx, order_id)

    def versions(self):
        with self.office.open() as tx:
            return [tx.work_orders.known(one).version for one in ORDERS]

    def send(self, batch, *, crash):
        if crash:
            with pytest.raises(ZeroDivisionError):
                self.crash(batch)
        self.phone.send_all(batch)

    def crash(self, batch):
        """The process dies when all is done but the commit."""
        original, self.office.begin = self.office.begin, Dying(self.office.begin)
        try:
            self.phone.send_all(batch)
        finally:
            self.office.begin = original

    def end(self):
        """All that stands at the end, and the answers."""
        with self.sessions() as session:
            answers = session.execute(select(queued_commands).order_by("sequence"))
            kept = ["sequence", "outcome", "counted_at", "order_version", "problem", "standing"]
            notes = session.execute(select(journal.c.subject, journal.c.kind).order_by("position"))
            woken = session.execute(select(timers.c.subject, timers.c.due_at).order_by("subject"))
            costs = session.execute(
                select(penalties.c.about, penalties.c.state, penalties.c.reason)
            )
            found = {
                "answers": [
                    [*(getattr(row, name) for name in kept), row.body is not None]
                    for row in answers
                ],
                "notes": [tuple(row) for row in notes if "penalty" not in row.subject],
                "timers": [tuple(row) for row in woken],
                "costs": sorted(tuple(row) for row in costs),
            }
        found["breaches"] = [(one.work_order_id, one.withdrawal) for one in self.office.breaches()]
        with self.office.open() as tx:
            orders = [tx.work_orders.known(one) for one in ORDERS]
            found["orders"] = [[plain_of(one, name) for name in FIELDS] for one in orders]
        return found


def plain_of(order, name):
    """What an attribute of an order holds, but for the ids of proofs, which are random."""
    value = getattr(order, name)
    return replace(value, proof_id=None) if isinstance(value, Signature) else value


class Dying:
    """Opens transactions that never commit."""

    def __init__(self, begin):
        self.begin = begin

    @contextmanager
    def __call__(self, **how):
        with self.begin(**how) as tx:
            yield tx
            tx.flush()
            raise ZeroDivisionError


GIVEN = st.tuples(
    st.sampled_from(FIELD_COMMANDS),
    st.sampled_from((0, 0, 0, 1)),
    st.integers(-20, 200),
    st.booleans(),
)
FOREIGN = st.tuples(
    st.sampled_from(
        (
            *("accept", "start", "report", "unable", "complete", "insist", "cancel", "reassign"),
            *("refer_up", "give_back", "unable_of_another", "wake", "wake"),
        )
    ),
    st.sampled_from((0, 0, 0, 1)),
)
SEGMENTS = st.lists(
    st.tuples(st.lists(FOREIGN, max_size=3), st.lists(GIVEN, min_size=1, max_size=4)),
    min_size=1,
    max_size=3,
)
BAD = {"unknown": 1}


def in_order(segments):
    """The queue as it was given, command by command, with the versions that the worker saw."""
    run = Run()
    seen, queue = run.versions(), []
    for foreign, commands in segments:
        for name, order in foreign:
            run.foreign(name, ORDERS[order])
        made = []
        for number, (command, order, minutes, flag) in enumerate(commands):
            if flag and number == 0:
                seen = run.versions()
            body = BAD if flag and minutes % 7 == 0 else BODIES[command]
            at = FRIDAY + minutes * MINUTE
            how = {"order_id": ORDERS[order], "seen": seen[order], "at": at, "body": body}
            made.append(run.phone.give(command, **how))
            run.send(made[-1:], crash=False)
        queue.append(made)
    end = run.end()
    run.close()
    return queue, end


def otherwise(segments, queue, draw):
    """The same queue in another order, cut otherwise, partly twice, with crashes between. What is
    still to come may be sent before others change an order, but for the first command after it."""
    run, past = Run(), []
    for index, (foreign, _) in enumerate(segments):
        for name, order in foreign:
            run.foreign(name, ORDERS[order])
        early = [one for segment in queue[index + 1 :] for one in segment[1:]]
        extra = draw(st.lists(st.sampled_from(past + early), max_size=4)) if past + early else []
        rest = draw(st.permutations(queue[index] + extra + queue[index][:1]))
        while rest:
            size = draw(st.integers(1, len(rest)))
            run.send(rest[:size], crash=draw(st.booleans()))
            rest = rest[size:]
        past += queue[index]
    end = run.end()
    run.close()
    return end


@pytest.mark.rule("WO-12")
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(segments=SEGMENTS, data=st.data())
def test_a_queue_comes_to_the_same_end_however_it_arrives(segments, data):
    queue, end = in_order(segments)

    assert otherwise(segments, queue, data.draw) == end


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(segments=SEGMENTS)
def test_everything_is_answered_once(segments):
    queue, end = in_order(segments)

    sent = [one for segment in queue for one in segment]
    assert [answer[0] for answer in end["answers"]] == [one.sequence for one in sent]
    outcomes = [answer[1] for answer in end["answers"]]
    assert "waiting" not in outcomes
    made = [kind for _, kind in end["notes"] if kind == "made_in_the_field"]
    assert len(made) == outcomes.count("applied")
