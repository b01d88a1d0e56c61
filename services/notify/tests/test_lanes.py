"""Several messages are sent at once: nobody waits for the slow, and nothing is overtaken."""

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text

from notify.adapters.channels.webhook import WebhookChannel
from notify.adapters.message_table import messages
from notify.domain.delivery import Outcome, Result
from notify.domain.lanes import REMEMBERED, LaneBook, is_open, lane_of
from notify.domain.message_states import State
from notify.domain.messages import Intent, Purpose, Urgency
from notify.use_cases.planning import plan
from notify.use_cases.queueing import next_messages
from shared import tables
from shared.rules import Because

from .conftest import AWAY, HANDLER, MANAGER, MONDAY, REFUSED, ScriptedChannel
from .receiver import receiving

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BECAUSE = Because(pack="notices", version="1", clause="6.1", rule="CP-26")
PEOPLE = [UUID(int=0x7000_9000 << 64 | n) for n in range(1, 13)]
GIVE_UP = 20.0


def say(office, person, subject="visit/1", *, urgency=Urgency.NORMAL, word="x"):
    """Plan one message and return its id."""
    intent = Intent(
        reason="visit_due",
        subject=subject,
        occurrence=word,
        person_id=person,
        org_unit="shop-01",
        template="visit_due",
        urgency=urgency,
        route=("smtp", "webhook"),
        words={"customer_id": "1", "due_on": "2026-03-31"},
        because=BECAUSE,
        expires_at=MONDAY + timedelta(days=1),
        purpose=Purpose.SERVICE,
    )
    with office.open() as tx:
        return plan(tx, intent).id


def hook(office, person, url):
    office.person(person, addresses=[{"channel": "webhook", "address": url}])


def told(channel):
    return [one.person_id for one in channel.parcels]


def kinds(office, ids):
    """The states that messages came to, in the order of the ledger's journal."""
    names = {f"message/{one}": one for one in ids}
    query = select(tables.journal.c.subject, tables.journal.c.kind).order_by(
        tables.journal.c.position
    )
    with office.sessions() as session:
        return [(names[of], kind) for of, kind in session.execute(query) if of in names]


@pytest.fixture
def webhooks(office):
    """The real channel, to this machine."""
    channel = WebhookChannel(SECRET, now=office.real.now, allow_loopback=True)
    office.channels["webhook"] = channel
    return channel


def test_a_receiver_that_hangs_delays_no_other(office, webhooks):
    office.hands = 3
    gate, waited = threading.Event(), []

    def hang(*_request):
        waited.append(gate.wait(4.0))
        return 204, b""

    with receiving(hang) as hanging, receiving() as well:
        arrived = []

        def answer(*_request):
            arrived.append(1)
            if len(arrived) == len(PEOPLE) - 2:
                gate.set()
            return 204, b""

        well.answers = answer
        for person in PEOPLE:
            hook(office, person, (hanging if person in PEOPLE[:2] else well).url)
            say(office, person)
        office.send()

    assert [True, True] == waited
    assert [State.SENT] * len(PEOPLE) == office.states()


def test_a_receiver_that_drips_delays_no_other(office, webhooks):
    office.hands = 3
    with receiving() as dripping, receiving() as well:
        dripping.status = 0

        def answer(*_request):
            if len(well.requests) == len(PEOPLE) - 1:
                dripping.drip.set()
            return 204, b""

        well.answers = answer
        for person in PEOPLE:
            hook(office, person, (dripping if person is PEOPLE[0] else well).url)
        ids = [say(office, person) for person in PEOPLE]
        office.send()

    ends = [one for one, kind in kinds(office, ids) if kind == "message.sent"]
    drips = [n for n, (one, _) in enumerate(kinds(office, ids)) if one == ids[0]]
    before = [kind for _, kind in kinds(office, ids)[: drips[-1]]].count("message.sent")
    assert set(ids[1:]) == set(ends)
    assert before >= len(ends) - 1
    assert "webhook_interrupted" == office.ledger(id=ids[0])[0].state_reason


def test_of_one_host_a_single_message_is_in_hand(office, webhooks):
    office.hands = 4
    at_once, most = [], []

    def answer(*_request):
        at_once.append(1)
        most.append(len(at_once))
        threading.Event().wait(0.02)
        at_once.pop()
        return 204, b""

    with receiving(answer) as host:
        for person in PEOPLE[:4]:
            hook(office, person, host.url)
            say(office, person)
            say(office, person, "visit/2")
        office.send()

    assert [1] * 8 == most


def test_a_gateway_is_given_several_messages_at_once(office, smtp):
    office.hands = 4
    meeting = threading.Barrier(4)
    smtp.send = lambda _parcel: (meeting.wait(GIVE_UP), Outcome(Result.DELIVERED))[1]
    for person in PEOPLE[:4]:
        office.person(person)
        say(office, person)
    office.send()

    assert [State.SENT] * 4 == office.states()


def test_what_is_about_one_subject_goes_to_a_person_in_order(office, smtp, webhook):
    office.hands = 4
    smtp.answers = [AWAY]
    addresses = [{"channel": "smtp", "address": "wang@example.com"}]
    office.person(HANDLER, addresses=addresses)
    first = say(office, HANDLER, word="progress")
    hook(office, HANDLER, "https://example.com/hook")
    second = say(office, HANDLER, word="result")
    other = say(office, HANDLER, "visit/2")
    office.person(
        HANDLER,
        addresses=[*addresses, *[{"channel": "webhook", "address": "https://example.com/hook"}]],
    )
    office.send()
    begun = {one.id: one.state for one in office.ledger()}
    office.later(hours=1)
    office.send()

    assert (State.PLANNED, State.PLANNED, State.SENT) == (begun[first], begun[second], begun[other])
    sent = [one for one, kind in kinds(office, [first, second]) if kind == "message.sent"]
    assert [first, second] == sent


def test_what_goes_on_by_another_channel_keeps_its_turn(office, smtp, webhook):
    smtp.answers = [REFUSED]
    both = [
        {"channel": "smtp", "address": "wang@example.com"},
        {"channel": "webhook", "address": "https://example.com/hook"},
    ]
    office.person(HANDLER, addresses=both)
    say(office, HANDLER, word="progress")
    say(office, HANDLER, word="result")
    webhook.answers = [AWAY]
    office.send()
    waiting = [(one.occurrence, one.channel) for one in office.ledger(state=State.PLANNED)]

    assert [("progress", "webhook"), ("result", "smtp")] == sorted(waiting)


def test_what_is_urgent_waits_for_urgent_messages_alone(office, smtp):
    office.person(HANDLER)
    smtp.answers = [AWAY]
    say(office, HANDLER, word="assigned")
    office.send()
    say(office, HANDLER, word="emergency", urgency=Urgency.HIGH)
    office.send()

    found = {one.occurrence: one.state for one in office.ledger()}
    assert {"assigned": State.PLANNED, "emergency": State.SENT} == found


def test_a_person_to_whom_much_is_said_does_not_hold_up_the_others(office, webhook):
    for person in (HANDLER, MANAGER):
        hook(office, person, "https://example.com/hook")
    for number in range(10):
        say(office, HANDLER, f"visit/{number}")
    office.clock.at += timedelta(seconds=2)
    say(office, MANAGER)
    office.send()

    assert 3 == told(webhook).index(MANAGER)


def test_a_host_to_which_much_is_said_does_not_hold_up_the_others(office, webhook):
    for person in PEOPLE[:10]:
        hook(office, person, "https://example.com/hook")
        say(office, person)
    hook(office, MANAGER, "https://example.net/hook")
    say(office, MANAGER)
    office.send()

    assert 1 == told(webhook).index(MANAGER)


def test_slow_lanes_have_half_of_the_hands(office):
    office.hands = 4
    gate, slow, at_once = threading.Event(), [], []

    def send(parcel):
        if parcel.person_id == MANAGER:
            gate.set()
        else:
            slow.append(1)
            at_once.append(len(slow))
            gate.wait(GIVE_UP)
            slow.pop()
        return Outcome(Result.DELIVERED)

    office.channels["webhook"] = ScriptedChannel()
    office.channels["webhook"].send = send
    sender = office.sender
    for number, person in enumerate([*PEOPLE[:6], MANAGER]):
        url = f"https://host-{number}.example.com/hook"
        hook(office, person, url)
        sender._book.took(lane_of("webhook", url, person_id=person), 5.0 * (person != MANAGER))
        say(office, person)
    while sender.send_next(threading.Event()):
        continue

    assert (6, 2) == (len(at_once), max(at_once[:2]))


def test_a_lane_is_passed_over_while_another_process_has_a_message_of_it(office, webhook):
    for person in (HANDLER, MANAGER):
        hook(office, person, "https://example.com/hook")
        say(office, person)
    parcel = office.begin_and_die(one=0)
    office.send()
    before = told(webhook)
    office.later(seconds=60)
    office.send()

    assert [] == before
    assert {HANDLER, MANAGER} == set(told(webhook))
    assert parcel.message_id in [one.message_id for one in webhook.parcels]


def test_whoever_moved_to_a_busy_host_waits_there(office, webhook):
    hook(office, HANDLER, "https://example.com/hook")
    hook(office, MANAGER, "https://example.net/hook")
    say(office, HANDLER)
    say(office, MANAGER)
    office.begin_and_die(one=0)
    hook(office, MANAGER, "https://example.com/hook")
    office.send()
    lanes = {one.lane for one in office.ledger()}

    assert ([], 1) == (told(webhook), len(lanes))


@pytest.mark.parametrize(
    "spoilt",
    [
        "UPDATE messages SET person_id = '5' WHERE id = :id",  # Nobody knows him.
        "UPDATE messages SET body = x'01' WHERE id = :id",  # Nobody can decrypt it.
        "UPDATE contacts SET addresses = x'01' WHERE id ="
        " (SELECT person_id FROM messages WHERE id = :id)",
    ],
)
def test_a_message_with_which_something_is_wrong_holds_up_no_other(office, smtp, caplog, spoilt):
    office.hands = 4
    for person in PEOPLE[:4]:
        office.person(person)
    ids = [say(office, person) for person in PEOPLE[:4]]
    with office.open() as tx:
        tx.session.execute(text(spoilt), {"id": ids[1].hex})
    office.send()
    again = office.sender.send_next(threading.Event())

    with office.sessions() as session:
        found = dict(session.execute(select(messages.c.id, messages.c.state)).all())
    states = [found[one] for one in ids]
    assert [State.SENT, State.PLANNED, State.SENT, State.SENT] == states
    assert (False, True) == (again, "message left" in caplog.text)


def test_a_channel_that_breaks_leaves_its_message_to_the_lease(office, smtp):
    smtp.send = lambda _parcel: 1 / 0
    office.person(HANDLER)
    say(office, HANDLER)
    office.send()
    before = office.states()
    del smtp.send
    office.later(seconds=60)
    office.send()

    assert ([State.SENDING], [State.UNKNOWN]) == (before, office.states())


def test_a_sender_that_is_stopped_finishes_what_is_in_hand_and_begins_nothing(office, smtp):
    office.hands = 2
    stop = threading.Event()
    smtp.send = lambda _parcel: (stop.set(), Outcome(Result.DELIVERED))[1]
    for person in PEOPLE[:6]:
        office.person(person)
        say(office, person)
    assert office.sender.send_next(stop)

    found = office.states()
    assert (0, True) == (found.count(State.SENDING), 1 <= found.count(State.SENT) <= 2)


def test_many_lanes_are_looked_at_in_turns(office, monkeypatch):
    monkeypatch.setattr("notify.adapters.queue.LANES", 3)
    office.channels["webhook"] = ScriptedChannel(answers=[AWAY] * 9)
    for number, person in enumerate(PEOPLE[:9]):
        hook(office, person, f"https://host-{number}.example.com/hook")
        say(office, person)
    office.send()

    assert set(PEOPLE[:9]) == set(told(office.channels["webhook"]))


def test_nothing_is_chosen_of_a_lane_that_is_in_hand_here(office, webhook):
    hook(office, HANDLER, "https://example.com/hook")
    say(office, HANDLER)
    lane = office.only().lane
    with office.open() as tx:
        asked = {"most": 5, "real": office.real.at}
        free = next_messages(tx, office.desk, LaneBook(), busy=(), **asked)
        none = next_messages(tx, office.desk, LaneBook(), busy=[lane], **asked)

    assert ([office.only().id], []) == (free, none)


@pytest.mark.parametrize(
    ("channel", "address", "lane"),
    [
        ("", None, "-"),
        ("log", None, "log"),
        ("smtp", "wang@example.com", f"smtp/{HANDLER.int % 4}"),
        ("sms", "+8613812345678", f"sms/{HANDLER.int % 4}"),
    ],
)
def test_the_lanes_of_what_is_no_host(channel, address, lane):
    assert lane == lane_of(channel, address, person_id=HANDLER)


def test_a_lane_is_that_of_the_host_and_does_not_name_it():
    def lane(address, channel="webhook"):
        return lane_of(channel, address, person_id=HANDLER)

    one = lane("https://hooks.example.com/a?key=1")
    assert one == lane("https://user@HOOKS.example.com/b", "wecom")
    assert one not in {lane("https://hooks.example.com:8443/a"), lane("https://example.org/a")}
    assert "example" not in one
    assert lane("https://[").startswith("host/")


def test_open_lanes_are_those_that_nothing_makes_slow():
    channels = ("smtp", "webhook", "log")

    assert (True, True, True) == tuple(is_open(one, channels) for one in ("-", "log", "sms/1"))
    assert (False, False) == tuple(is_open(one, channels) for one in ("smtp/1", "host/ab"))


def test_what_is_remembered_of_lanes_is_bounded():
    book = LaneBook()
    for number in range(REMEMBERED + 10):
        book.serve(f"host/{number}")
        book.took(f"host/{number}", 2.0)

    assert (REMEMBERED, 0) == (len(book.slow), book.last_served("host/9"))
    assert book.last_served("host/10") < book.last_served(f"host/{REMEMBERED + 9}")
