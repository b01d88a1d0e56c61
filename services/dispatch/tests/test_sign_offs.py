"""The link by which the client signs: one an order, good once and for a time (WO-14)."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from dispatch.adapters.sign_offs import sign_off_links
from dispatch.domain.sign_offs import MayNotOpenSignOff, is_live
from dispatch.domain.unable import Decision
from dispatch.domain.work_order_rules import NotTheReceiver
from dispatch.use_cases.sign_offs import PAGE, let_client_sign, open_sign_off
from dispatch.use_cases.work_orders import draft_work_order
from shared.codes import digest, read_code
from shared.rules import WrongState

from .company import DISPATCHER, FRIDAY, ORDER, SUPERVISOR, WORKER
from .office import ENGINEER, HEAD, Office

REMARKS = "The lock was changed; it closes."


@pytest.fixture
def office(sessions, rulebook, company):
    made = Office(sessions, rulebook)
    made.issue()
    made.accept()
    return made


def opened(office, by=WORKER, **how):
    return office.on(let_client_sign, by, **how)


def kept(office):
    with office.sessions() as session:
        return list(session.execute(select(sign_off_links).order_by(sign_off_links.c.id)))


def live(office):
    """The links that may still be used."""
    with office.open() as tx:
        order = tx.work_orders.known(office.order_id)
        links = tx.sign_off_links.open_of(order)
        return [] if links is None or not is_live(links, order, office.now) else [links.id]


@pytest.mark.rule("WO-14")
def test_a_link_is_good_for_three_days_and_its_code_is_kept_as_a_digest(office):
    link = opened(office)
    code = link.url.partition(f"{PAGE}#")[2]

    assert (FRIDAY + timedelta(hours=72), WORKER.id) == (link.expires_at, str(link.opened_by))
    assert code == read_code(code)
    [row] = kept(office)
    assert digest(code) == row.code_digest
    assert code not in repr(row)
    office.now = link.expires_at - timedelta(seconds=1)
    assert [link.id] == live(office)
    office.now = link.expires_at
    assert [] == live(office)


@pytest.mark.rule("WO-14")
def test_whoever_asks_again_gets_the_same_link_unless_he_wants_another(office):
    first = opened(office, remarks=REMARKS)
    again = opened(office, by=DISPATCHER)
    another = opened(office, anew=True)

    assert (first.id, first.url, REMARKS) == (again.id, again.url, again.remarks)
    assert first.url != another.url
    assert [another.id] == live(office)
    assert [office.now, None] == [row.revoked_at for row in kept(office)]


@pytest.mark.rule("WO-14")
def test_a_link_that_expired_is_followed_by_another(office):
    first = opened(office)
    office.now += timedelta(hours=72)

    assert first.id != opened(office).id


@pytest.mark.rule("WO-14")
def test_what_is_printed_gets_the_link_before_the_work_was_accepted(sessions, rulebook, company):
    office = Office(sessions, rulebook)
    office.issue()
    with office.open(DISPATCHER) as tx:
        order = tx.work_orders.known(office.order_id)
        link = open_sign_off(tx, order, caller=DISPATCHER)
    with pytest.raises(WrongState):
        opened(office, remarks=REMARKS)
    office.accept()

    assert link.id == opened(office, remarks=REMARKS).id


@pytest.mark.rule("WO-14")
def test_the_receiver_alone_writes_the_remarks_and_others_open_nothing(office):
    with pytest.raises(NotTheReceiver):
        opened(office, by=SUPERVISOR, remarks=REMARKS)
    with pytest.raises(MayNotOpenSignOff):
        opened(office, by=HEAD)
    assert [] == kept(office)


@pytest.mark.rule("WO-14")
@pytest.mark.parametrize("end", ["reassigned", "to_the_same", "cancelled", "completed"])
def test_a_link_is_no_longer_good_once_the_order_goes_on(office, end):
    opened(office)
    if end == "completed":
        office.complete()
    else:
        office.unable()
        assert [] == live(office)
    match end:
        case "reassigned":
            office.decide(Decision.REASSIGN, receiver=ENGINEER)
        case "to_the_same":
            office.decide(Decision.REASSIGN, receiver=ENGINEER)
            office.unable(ENGINEER)
            office.now += timedelta(minutes=1)
            office.decide(Decision.REASSIGN, receiver=WORKER)
        case "cancelled":
            office.decide(Decision.CANCEL)

    assert [] == live(office)


@pytest.mark.rule("WO-14")
def test_a_link_stays_where_a_superior_insists(office):
    link = opened(office)
    office.unable()
    office.decide(Decision.INSIST)

    assert [link.id] == live(office)


def test_no_link_for_a_draft(sessions, rulebook, company):
    office = Office(sessions, rulebook)
    order = office.do(draft_work_order, caller=DISPATCHER, reply_due_at=FRIDAY)
    with pytest.raises(WrongState):
        office.do(let_client_sign, order.id, caller=DISPATCHER)
    assert isinstance(order.id, UUID)


@pytest.fixture
def path(send, cast):
    """An order that the worker accepted."""
    body = {**ORDER, "reply_due_at": ORDER["reply_due_at"].isoformat()}
    made = send(cast.dispatcher, "POST", "/v1/work-orders", {**body, "receiver_id": cast.worker.id})
    path = f"/v1/work-orders/{made.json['work_order_id']}"
    send(cast.dispatcher, "POST", f"{path}/issues", {})
    send(cast.worker, "POST", f"{path}/acceptances", {"signature": {"name": "Zhang San"}})
    return path


def test_over_http_the_link_is_shown_to_whoever_opens_it_and_kept_nowhere(send, cast, path, parts):
    made = send(cast.worker, "POST", f"{path}/sign-off-links", {"remarks": REMARKS})
    other = send(cast.clerk, "POST", f"{path}/sign-off-links", {})
    wrong = send(cast.worker, "POST", f"{path}/sign-off-links", {"remarks": " "})

    assert (201, True) == (made.status_code, made.json["ready"])
    assert made.json["url"].startswith("http://127.0.0.1:8080/dispatch/v1/sign-off#")
    assert (404, 422) == (other.status_code, wrong.status_code)
    code = made.json["url"].partition("#")[2]
    with parts.sessions() as session:
        dump = "".join(session.connection().connection.driver_connection.iterdump())
    assert code not in dump
    assert REMARKS not in dump
