"""Deliveries to real servers on this machine, by real threads, on a database in a file."""

import json
import random
import socket
import threading
import time
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.orm import sessionmaker
from standardwebhooks import Webhook, WebhookVerificationError

from notify.adapters.channels import posting
from notify.adapters.columns import metadata
from notify.adapters.subscriptions.tables import subscriptions
from notify.adapters.transaction import NotifyTransaction
from notify.domain.subscriptions.terms import Terms
from notify.use_cases.subscriptions import keeping
from shared.database import connect
from shared.encryption import Encrypted
from shared.ids import new_id
from shared.tables import plumbing
from shared.testing import define_company, held_keys, memory
from shared.transaction import beginner

from .conftest import HANDLER, Office
from .partners import OTHER_SECRET, REFUSED, SECRET, TAKEN, Partners
from .receiver import receiving

TOO_LONG = 30.0


@pytest.fixture
def partners(tmp_path, rulebook):
    engine = connect(f"sqlite:///{tmp_path}/notify.db", application="test")
    for one in (plumbing, metadata):
        one.create_all(engine)
    sessions = sessionmaker(engine, expire_on_commit=False, info=held_keys())
    begin = beginner(sessions, partial(NotifyTransaction, rulebook=rulebook), "notify")
    office = Office(begin, sessions)
    with office.open() as tx:
        define_company(tx.session)
    office.person(HANDLER)
    yield Partners(office)
    engine.dispose()


@pytest.fixture
def receiver():
    with receiving() as server:
        yield server


def ids(server):
    return [headers["webhook-id"] for _, headers, _ in server.requests]


def until(happened):
    """Wait for it, or fail."""
    ends = time.monotonic() + TOO_LONG
    while not happened():
        assert time.monotonic() < ends, "it did not happen"
        time.sleep(0.02)


@pytest.fixture
def running(partners):
    """The loop of the worker runs in a thread; call it to start."""
    stop, threads = threading.Event(), []

    def loop(deliverer):
        while not stop.is_set():
            if not deliverer.deliver_next(stop):
                time.sleep(0.02)

    def start(**how):
        threads.append(threading.Thread(target=loop, args=[partners.deliverer(**how)]))
        threads[-1].start()

    yield start
    stop.set()
    for thread in threads:
        thread.join(TOO_LONG)
        assert not thread.is_alive()


# S40
def test_the_library_of_standard_webhooks_verifies_what_is_sent(partners, receiver):
    partners.registers(receiver.url)
    (event,) = partners.happens()
    partners.deliver()

    ((_, headers, body),) = receiver.requests
    told = Webhook(SECRET).verify(body, headers)
    assert (str(event), str(event)) == (told["id"], headers["webhook-id"])
    assert "application/cloudevents+json" == headers["Content-Type"]
    assert ("complaint.closed.v1", "complaint/1", 1) == (
        told["type"],
        told["subject"],
        told["sequence"],
    )
    with pytest.raises(WebhookVerificationError):
        Webhook(OTHER_SECRET).verify(body, headers)
    (tried,) = partners.tries()
    assert (204, None) == (tried.status, tried.why)


# S40
def test_while_a_secret_is_replaced_both_verify(partners, receiver):
    one = partners.registers(receiver.url)
    with partners.changing(one) as (tx, endpoint):
        keeping.rotate(tx, endpoint, secret=OTHER_SECRET)
        overlap = tx.terms.overlap
    partners.happens()
    partners.deliver()
    partners.office.clock.at += overlap
    partners.happens()
    partners.deliver()

    (_, during, body), (_, after, later) = receiver.requests
    for secret in (SECRET, OTHER_SECRET):
        Webhook(secret).verify(body, during)
    Webhook(OTHER_SECRET).verify(later, after)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(later, after)


@pytest.mark.parametrize(
    ("status", "headers", "why"),
    [
        (500, {}, "webhook_500"),
        (429, {}, "webhook_429"),
        (400, {}, "webhook_400"),
        (307, {"Location": "http://169.254.169.254/latest"}, "webhook_307"),
    ],
)
def test_what_is_not_taken_waits_with_what_was_answered(partners, receiver, status, headers, why):
    receiver.status, receiver.headers, receiver.body = status, headers, b"no\r\n\x1b[31m"
    partners.registers(receiver.url)
    partners.happens()
    partners.deliver(real=partners.office.real)

    (owed,), (tried,) = partners.owed(), partners.tries()
    assert ("waiting", status, why) == (owed.state.value, owed.status, owed.why)
    assert (status, why, "no   [31m") == (tried.status, tried.why, tried.excerpt)
    assert 1 == len(receiver.requests)  # A redirect is not followed.


def test_410_ends_it(partners, receiver):
    receiver.status = 410
    one = partners.registers(receiver.url)
    partners.happens(3)
    partners.deliver(senders=2)

    assert "gone" == partners.endpoint(one).state_reason
    assert len(receiver.requests) <= 2


# S39
def test_a_name_that_comes_to_lead_into_a_private_network_is_not_followed(partners, receiver):
    answers = [["127.0.0.1"], ["10.0.0.1"], ["127.0.0.1", "192.168.0.1"]]
    asked = []

    def changing(host, _port):
        asked.append(host)
        return answers[len(asked) - 1]

    partners.resolve = changing
    partners.registers(f"http://rebinding.example:{receiver.server_port}/", ordered=True)
    partners.happens(2)
    partners.deliver(real=partners.office.real)
    partners.office.later(hours=1)
    partners.deliver(real=partners.office.real)

    assert ["delivered", "waiting"] == partners.states()
    assert "webhook_address_refused" == partners.owed()[1].why
    assert (3, 1) == (len(asked), len(receiver.requests))


def test_an_answer_that_does_not_end_is_cut_off(partners, receiver, monkeypatch):
    monkeypatch.setattr(posting, "SECONDS", 0.4)
    receiver.status = 0
    one = partners.registers(receiver.url)
    partners.happens()
    started = time.monotonic()
    partners.deliver(real=partners.office.real)

    assert time.monotonic() - started < 5
    assert "webhook_interrupted" == partners.owed()[0].why
    assert partners.endpoint(one).failing_since is not None


def test_those_who_hang_delay_nobody_else(partners, running):
    """Three that never answer have more to get than there are senders; one that answers gets all
    of its own before any of them gives up once."""
    with socket.create_server(("127.0.0.1", 0)) as deaf, receiving() as quick:
        partners.registers(quick.url)
        partners.happens()
        partners.deliver()
        for n in range(3):
            partners.registers(f"http://127.0.0.1:{deaf.getsockname()[1]}/{n}")
        started = time.monotonic()
        partners.happens(20)
        running()
        until(lambda: len(quick.requests) == 21)
        assert time.monotonic() - started < posting.SECONDS


def test_an_endpoint_that_cannot_be_read_keeps_nobody_waiting(partners, receiver):
    spoilt = partners.registers("https://example.com/")
    partners.registers(receiver.url)
    sent = [str(one) for one in partners.happens(3)]
    altered = update(subscriptions).where(subscriptions.c.id == spoilt)
    with partners.office.sessions.begin() as session:
        session.connection().execute(altered.values(secrets=Encrypted(b"no ciphertext")))
    partners.deliver()

    assert sorted(sent) == sorted(ids(receiver))
    assert ["waiting"] * 3 == partners.states(spoilt)


def test_a_flood_waits_in_the_database(partners, running):
    """Not more is in hand than there are senders, however much waits."""
    together, most, lock = 0, 0, threading.Lock()

    def answers(_path, _headers, _body):
        nonlocal together, most
        with lock:
            together += 1
            most = max(most, together)
        time.sleep(0.01)
        with lock:
            together -= 1
        return 204, b""

    with receiving(answers) as busy:
        for n in range(3):
            partners.registers(f"{busy.url}&n={n}")
        partners.happens(60)
        running(senders=4)
        running(senders=4)
        until(lambda: len(busy.requests) >= 180)
        until(lambda: set(partners.states()) == {"delivered"})

    assert most <= 8
    assert 180 == len({(path, headers["webhook-id"]) for path, headers, _ in busy.requests})


def test_several_senders_keep_the_order_of_one_endpoint(partners, running):
    refusals = random.Random(7)

    def answers(_path, _headers, _body):
        return (204 if refusals.random() < 0.8 else 503), b""

    with receiving(answers) as strict:
        partners.registers(strict.url, ordered=True)
        sent = [str(one) for one in partners.happens(30)]
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(
                "notify.use_cases.subscriptions.delivering.full_jitter", lambda *_, **__: 0.0
            )
            for _ in range(2):
                running()
            until(lambda: set(partners.states()) == {"delivered"})

    first_seen = list(dict.fromkeys(ids(strict)))
    assert sent == first_seen
    # Behind an event nothing comes before it was taken.
    assert sorted(ids(strict), key=sent.index) == ids(strict)


def test_what_is_in_hand_is_finished_when_the_worker_stops(partners):
    with receiving(lambda *_: (time.sleep(0.3), (204, b""))[1]) as slow:
        partners.registers(slow.url)
        partners.happens(8)
        stop, deliverer = threading.Event(), partners.deliverer(senders=2)
        deliverer.deliver_next(stop)
        stop.set()
        assert deliverer.deliver_next(stop) is False

        states = partners.states()
        assert "sending" not in states
        assert states.count("delivered") == len(slow.requests) > 0


# What a receiver does with one call: takes it, refuses it, or the sender dies before or after.
WHAT = st.sampled_from(["takes", "refuses", "sender dies", "taken and sender dies", "late answer"])


@pytest.fixture(scope="module")
def patient(rulebook):
    """An office that never gives up on anybody, for many examples."""
    sessions = memory(metadata)
    made = partial(NotifyTransaction, rulebook=rulebook, terms=Terms(retry_hours=100_000))
    office = Office(beginner(sessions, made, "notify"), sessions)
    with office.open() as tx:
        define_company(tx.session)
    office.person(HANDLER)
    yield Partners(office)
    sessions.kw["bind"].dispose()


@pytest.mark.rule("XC-14")
@given(st.lists(WHAT, max_size=25), st.integers(1, 6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_ordered_endpoint_sees_each_event_in_order_whoever_dies(patient, fates, events):
    example = new_id()
    one = patient.registers(f"https://example.com/{example}", ordered=True)
    sent = patient.happens(events, subject=f"complaint/{example}")
    seen, given_up = [], []
    for fate in [*fates, *["takes"] * events]:
        patient.office.later(hours=5)  # Pauses and leases are over.
        for call in patient.claims():
            happens(patient, call, fate, seen, given_up)

    assert list(dict.fromkeys(seen)) == sent
    assert sorted(seen, key=sent.index) == seen
    assert {"delivered"} == set(patient.states(one))
    with patient.changing(one) as (tx, endpoint):
        keeping.remove(tx, endpoint)


def happens(partners, call, fate, seen, given_up):
    match fate:
        case "takes":
            seen.append(call.event_id)
            partners.answers(call, TAKEN)
        case "refuses":
            seen.append(call.event_id)
            partners.answers(call, REFUSED)
        case "taken and sender dies":
            seen.append(call.event_id)
        case "late answer":
            given_up.append(call)
    for late in given_up[:1] if fate != "late answer" else ():
        partners.answers(late, REFUSED)
        given_up.remove(late)


def test_what_is_told_is_json_of_one_event(partners, receiver):
    partners.registers(receiver.url)
    partners.happens()
    partners.deliver()

    told = json.loads(receiver.requests[0][2])
    assert {"specversion", "id", "source", "type", "subject", "time", "sequence", "data"} <= set(
        told
    )
