"""What customers raise on visits becomes problem tickets (E-04)."""

from datetime import timedelta

import pytest

from complaint.consumers import SUBSCRIPTIONS
from complaint.domain.issues import IssueNotTaken, TicketOpen
from complaint.domain.problems import Remedy
from complaint.domain.staff import TierEmpty
from shared.ids import new_id
from shared.rules import UnitUnknown
from shared.testing import examples

from .problem_desk import following

DESCRIBED = "customer.issue_described.v1"
ANSWERED = "customer.issue_answered.v1"


@pytest.fixture
def problems(desk, rulebook):
    return following(desk, rulebook)


def receive(desk, event=DESCRIBED, **facts):
    subscription = SUBSCRIPTIONS[event]
    told = {**examples(event)[0], **facts}
    with desk.open() as tx:
        subscription.handler(tx, None, subscription.reads.load(told))
    return told


def raised(desk, **facts):
    """An issue of a visit that was raised an hour ago."""
    at = (desk.now - timedelta(hours=1)).isoformat()
    return receive(desk, raised_at=at, **facts)


def tickets(desk):
    with desk.open() as tx:
        return list(tx.session.scalars(tx.cases.open_to(unit="hq")))


@pytest.mark.rule("VS-13")
def test_what_was_raised_on_a_visit_gets_a_ticket_with_the_time_at_which_it_was_raised(
    desk, problems
):
    told = raised(desk)

    (ticket,) = tickets(desk)
    assert (ticket.kind, ticket.matter, str(ticket.issue_id)) == (
        "problem",
        told["text"],
        told["issue_id"],
    )
    assert str(ticket.arrival.customer_id) == told["customer_id"]
    assert ticket.arrival.received_at == desk.now - timedelta(hours=1)
    assert (ticket.type, ticket.source, ticket.arrival.channel, ticket.found_by_customer) == (
        "service",
        "other",
        "in_person",
        True,
    )
    assert problems.handler(ticket) == "assistant-north"
    assert [one["kind"] for one in desk.told("complaint.case_filed.v1")] == ["problem"]


def test_an_issue_has_one_ticket(desk, problems):
    raised(desk)

    with pytest.raises(TicketOpen) as refused:
        raised(desk)
    assert not refused.value.later
    assert len(tickets(desk)) == 1


def test_an_issue_of_a_unit_without_the_pack_is_left_to_whoever_answers_it(desk):
    with pytest.raises(IssueNotTaken) as refused:
        raised(desk)

    assert (refused.value.later, tickets(desk)) == (False, [])


def test_what_was_raised_in_a_talk_gets_no_ticket(desk, problems):
    with pytest.raises(IssueNotTaken):
        raised(desk, source="communication")


def test_an_issue_of_a_unit_that_is_not_told_yet_is_tried_again(desk, problems):
    with pytest.raises(UnitUnknown) as refused:
        raised(desk, org_unit="shop-09")

    assert refused.value.later


def test_an_issue_that_nobody_could_take_in_is_tried_again(desk, problems):
    with desk.open() as tx:
        for name in ("assistant-north", "assistant-south", "reception"):
            tx.staff.keep(desk.people[name], active=False, superior_id=None, posts=[])

    with pytest.raises(TierEmpty) as refused:
        raised(desk)
    assert refused.value.later


def test_what_is_said_to_be_raised_in_the_future_came_in_now(desk, problems):
    receive(desk, raised_at=(desk.now + timedelta(minutes=5)).isoformat())

    assert [one.arrival.received_at for one in tickets(desk)] == [desk.now]


def test_a_closed_ticket_tells_for_which_issue_it_was_opened(desk, problems):
    told = raised(desk)
    (ticket,) = tickets(desk)
    for step in (problems.register, problems.verify, problems.find):
        step(ticket)
    problems.plan(ticket, remedy=Remedy.NEGOTIATED_SETTLEMENT)
    for step in (problems.log, problems.track, problems.call_back, problems.close):
        step(ticket)
    plain = problems.solved()
    problems.call_back(plain)
    problems.close(plain)

    closed = desk.told("complaint.problem_closed.v1")
    assert [one["issue_id"] for one in closed] == [told["issue_id"], None]


def test_an_answer_to_the_issue_stands_in_the_timeline_of_its_ticket(desk, problems):
    told = raised(desk)
    receive(desk, ANSWERED, issue_id=told["issue_id"])
    receive(desk, ANSWERED, issue_id=str(new_id()))

    assert desk.journal("issue_answered") == [{"issue_id": told["issue_id"]}]
    assert [one.state for one in tickets(desk)] == ["submitted"]
