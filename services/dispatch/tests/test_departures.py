"""Somebody leaves, and what he holds is in other hands (E-38, XC-17)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from dispatch.adapters.departures import departures
from dispatch.domain.departures import (
    DepartureOver,
    DepartureState,
    HasLeft,
    Reason,
    SuccessorUnfit,
)
from dispatch.domain.unable import Decision
from dispatch.domain.work_order_states import State
from dispatch.use_cases.departures import announce_departure, withdraw_departure
from dispatch.use_cases.people import change_person
from shared.rules import NotFound
from shared.tables import journal, timers
from shared.testing import emitted

from .company import DISPATCHER, HR, SUPERVISOR, WORKER, add, asker
from .office import ENGINEER, HEAD, MANAGER, Office

NOTE = "The lift key lies at the gate"


class Leaving(Office):
    """An office in which people leave by name of a successor."""

    def announce(self, one, successor=None, *, leaves_at=None, note=NOTE):
        asked = {
            "leaves_at": leaves_at,
            "reason": Reason.RESIGNED,
            "successor_id": successor and UUID(successor.id),
            "note": note,
        }
        with self.open() as tx:
            found = announce_departure(tx, UUID(one.id), **asked, caller=HR)
            tx.session.flush()
            departure = found.id
        if leaves_at is None:
            self.until(self.now)
        return departure

    def person(self, one):
        with self.open() as tx:
            return tx.people.find(UUID(one.id))

    def public(self, *kinds):
        with self.sessions() as session:
            told = [(kind.split(".")[1], data) for kind, data in emitted(session)]
        return [(kind, data) for kind, data in told if kind in kinds]

    def handed_over(self):
        with self.sessions() as session:
            query = select(journal.c.data).where(journal.c.kind == "work_order_handed_over")
            return [row.data for row in session.execute(query)]

    def timers(self):
        with self.sessions() as session:
            query = select(timers).where(timers.c.kind == "person.departure")
            return list(session.execute(query))


@pytest.fixture
def office(sessions, rulebook, company):
    return Leaving(sessions, rulebook)


@pytest.mark.rule("XC-17")
@pytest.mark.parametrize("state", [State.ISSUED, State.ACCEPTED, State.IN_PROGRESS])
def test_the_successor_of_a_receiver_gets_the_order_under_its_number(office, state):
    office.issue()
    if state is not State.ISSUED:
        office.accept()
    if state is State.IN_PROGRESS:
        office.start()
    before = office.found()

    office.announce(WORKER, ENGINEER)

    order = office.found()
    assert (order.receiver_id, order.state) == (UUID(ENGINEER.id), State.ISSUED)
    assert (order.order_no, order.dispatcher_id) == (before.order_no, before.dispatcher_id)
    assert not order.receiver_gone
    [noted] = office.handed_over()
    assert noted["note"] == NOTE
    assert (noted["part"], noted["from_id"], noted["to_id"]) == (
        "receiver",
        WORKER.id,
        ENGINEER.id,
    )
    assert [one["receiver_id"] for one in office.told("issued")] == [WORKER.id, ENGINEER.id]


def test_a_draft_is_meant_for_the_successor(office):
    office.draft()
    office.announce(WORKER, ENGINEER)

    assert office.found().receiver_id == UUID(ENGINEER.id)


@pytest.mark.rule("XC-17")
def test_the_successor_of_a_dispatcher_has_his_orders(office):
    office.issue()
    office.announce(DISPATCHER, SUPERVISOR)

    assert office.found().dispatcher_id == UUID(SUPERVISOR.id)
    assert [one["part"] for one in office.handed_over()] == ["dispatcher"]
    [told] = office.told("handed_on")
    assert (told["from_id"], told["dispatcher_id"]) == (DISPATCHER.id, SUPERVISOR.id)


def test_the_successor_of_a_superior_decides(office):
    deputy = asker(90, "region-north", "branch_leader")
    with office.open() as tx:
        add(tx, deputy)
    office.issue()
    office.unable()
    office.announce(HEAD, deputy)

    assert office.found().decider_id == UUID(deputy.id)
    office.decide(Decision.CANCEL, deputy)


@pytest.mark.parametrize("successor", [HR, None])
def test_where_the_successor_is_not_fit_it_is_as_if_nobody_were_named(office, successor):
    office.issue()
    office.announce(WORKER, successor)

    order = office.found()
    assert (order.receiver_id, order.receiver_gone) == (UUID(WORKER.id), True)
    assert office.handed_over() == []
    assert [one["awaited"] for one in office.told("reminded")] == ["reassignment"]


def test_what_is_missing_is_told_of_him_whose_it_was(office):
    office.issue()
    office.now += timedelta(days=5)
    office.announce(WORKER, ENGINEER)

    [told] = office.told("reply_overdue")
    assert (told["receiver_id"], told["breach"]) == (WORKER.id, True)


def test_those_below_stand_below_the_successor(office):
    office.announce(HEAD, ENGINEER)

    assert office.person(WORKER).superior_id == UUID(ENGINEER.id)
    # The successor does not stand above himself, but where the one who left stood.
    assert office.person(ENGINEER).superior_id == UUID(MANAGER.id)


def test_without_a_successor_those_below_stand_below_the_next_superior(office):
    office.announce(HEAD)

    assert office.person(WORKER).superior_id == UUID(MANAGER.id)
    assert office.person(ENGINEER).superior_id == UUID(MANAGER.id)


def test_those_below_the_top_stay_as_they_are(office):
    office.announce(MANAGER)

    assert office.person(HEAD).superior_id == UUID(MANAGER.id)


@pytest.mark.rule("ST-34")
def test_who_takes_over_is_told_before_who_is_gone(office):
    office.announce(WORKER, ENGINEER)

    told = office.public("person_departed", "person_changed")[-2:]
    assert [(kind, data["person_id"]) for kind, data in told] == [
        ("person_departed", WORKER.id),
        ("person_changed", WORKER.id),
    ]
    assert told[0][1]["successor_id"] == ENGINEER.id
    assert told[1][1]["active"] is False


def test_a_time_to_come_is_kept(office):
    departure = office.announce(WORKER, ENGINEER, leaves_at=office.now + timedelta(days=3))
    assert office.person(WORKER).active
    [due] = office.timers()
    office.now = due.due_at
    office.fire(due)
    office.fire(due)

    assert not office.person(WORKER).active
    assert [data["successor_id"] for _, data in office.public("person_departed")] == [ENGINEER.id]
    with office.open() as tx:
        assert tx.departures.known(departure).state is DepartureState.DONE


def test_a_successor_who_is_gone_by_then_is_nobodys(office):
    office.announce(WORKER, ENGINEER, leaves_at=office.now + timedelta(days=3))
    office.leave(ENGINEER)
    [due] = office.timers()
    office.now = due.due_at
    office.fire(due)

    assert [data["successor_id"] for _, data in office.public("person_departed")] == [None, None]


def test_what_is_announced_anew_takes_the_place_of_what_was(office):
    later = office.now + timedelta(days=3)
    first = office.announce(WORKER, ENGINEER, leaves_at=later)
    office.announce(WORKER, leaves_at=later + timedelta(days=1))

    [due] = office.timers()
    assert due.due_at == later + timedelta(days=1)
    with office.open() as tx:
        assert tx.departures.known(first).state is DepartureState.WITHDRAWN
        with pytest.raises(DepartureOver):
            withdraw_departure(tx, UUID(WORKER.id), first, caller=HR)


def test_who_stays_after_all_does_not_leave(office):
    departure = office.announce(WORKER, leaves_at=office.now + timedelta(days=3))
    with office.open() as tx:
        withdraw_departure(tx, UUID(WORKER.id), departure, caller=HR)

    assert office.timers() == []
    assert office.person(WORKER).active


def test_the_directory_lets_leave_by_what_was_announced(office):
    office.issue()
    office.announce(WORKER, ENGINEER, leaves_at=office.now + timedelta(days=3))
    office.leave(WORKER)

    assert office.timers() == []
    assert office.found().receiver_id == UUID(ENGINEER.id)


def test_nobody_leaves_twice(office):
    office.announce(WORKER)
    with pytest.raises(HasLeft):
        office.announce(WORKER)


@pytest.mark.parametrize("successor", [WORKER, asker(99, "hq")])
def test_nobody_takes_over_who_is_not_there(office, successor):
    with pytest.raises(SuccessorUnfit):
        office.announce(WORKER, successor)
    assert office.person(WORKER).active


def test_of_a_stranger_nothing_is_known(office):
    with office.open() as tx, pytest.raises(NotFound):
        withdraw_departure(tx, UUID(WORKER.id), uuid4(), caller=HR)
    with pytest.raises(NotFound):
        office.announce(asker(99, "hq"))


def test_who_comes_back_has_no_successor_any_more(office):
    office.issue()
    office.announce(WORKER, ENGINEER)
    office.return_(WORKER)
    office.issue()
    with office.open() as tx:
        change_person(tx, tx.people.find(UUID(WORKER.id)), fresh={"active": False}, caller=HR)
    office.until(office.now)

    assert office.found().receiver_id == UUID(WORKER.id)
    assert len([*office.public("person_departed")]) == 2
    with office.sessions() as session:
        reasons = session.scalars(select(departures.c.reason).order_by(departures.c.id)).all()
    assert reasons == [Reason.RESIGNED, Reason.UNSAID]
