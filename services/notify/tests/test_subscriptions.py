"""What other systems are owed: by type and unit, once, in order, for as long as it is tried."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from notify.adapters.subscriptions.deliveries import old_deliveries
from notify.adapters.subscriptions.tables import (
    attempts,
    deliveries,
    subscription_events,
    subscriptions,
)
from notify.domain.message_states import State
from notify.domain.subscriptions.endpoints import (
    COMMANDS,
    Command,
    EndpointState,
    EventTypeUnknown,
    OwnerUnknown,
    SubscriptionExists,
    UrlRefused,
)
from notify.domain.subscriptions.terms import Terms
from notify.use_cases.subscriptions import keeping, redelivering
from shared.housekeeping import Housekeeping
from shared.rules import UnitUnknown, WrongState
from shared.subscriptions import Subscription
from shared.tables import audit, outbox

from .conftest import HANDLER, MANAGER
from .partners import AWAY, GONE, OTHER_SECRET, REFUSED, SECRET, TAKEN, TYPE, Partners


@pytest.fixture
def partners(office):
    office.person(HANDLER)
    return Partners(office)


def test_an_event_is_owed_to_each_endpoint_that_asked_for_its_type(partners):
    first, second = partners.registers(), partners.registers("https://example.org/")
    partners.registers("https://example.net/", event_types=("complaint.filed.v1",))
    (event,) = partners.happens()

    assert [(first, event), (second, event)] == [
        (one.subscription_id, one.event_id) for one in partners.owed()
    ]
    assert 1 == partners.count(subscription_events)


def test_the_payload_is_the_event_as_it_came(partners):
    partners.registers()
    (event,) = partners.happens()
    (call,) = partners.claims()

    assert (str(event), {"n": 1}) == (json.loads(call.body)["id"], json.loads(call.body)["data"])


def test_an_event_that_comes_again_is_owed_once(partners):
    partners.registers()
    (event,) = partners.happens()
    partners.all_take()
    partners.applied(TYPE, id=event)

    assert ["delivered"] == partners.states()


def test_an_event_with_personal_data_is_owed_to_nobody(partners):
    partners.registers()
    partners.applied(TYPE, private=True)

    assert [] == partners.owed()


@pytest.mark.parametrize(
    ("of", "unit", "owed"),
    [
        ("hq", "shop-01", 1),
        ("hq", None, 1),  # An event that names no unit is of the whole company.
        ("region-north", "shop-01", 1),
        ("region-north", "region-north", 1),
        ("region-north", "shop-03", 0),
        ("region-north", "hq", 0),
        ("region-north", None, 0),
    ],
)
def test_an_endpoint_gets_the_events_of_its_unit_and_of_those_below_it(partners, of, unit, owed):
    partners.registers(org_unit=of)
    partners.happens(unit=unit)

    assert owed == len(partners.owed())


def test_an_event_of_a_unit_that_is_not_known_yet_waits_in_the_inbox(partners):
    partners.registers()
    with pytest.raises(UnitUnknown) as waits:
        partners.happens(unit="shop-99")

    assert waits.value.later
    assert [] == partners.owed()


def test_nobody_waits_for_a_unit_of_which_nobody_asked(partners):
    partners.registers(event_types=("complaint.filed.v1",))
    partners.happens(unit="shop-99")

    assert [] == partners.owed()


def test_what_the_handler_makes_of_an_event_does_not_change_what_is_owed(partners):
    """A fact that comes too late is a fact, also where savepoints undo what the handler wrote."""

    class Reads:
        def load(self, data):
            raise WrongState("too late")

    partners.registers()
    late = {TYPE: Subscription(reads=Reads(), handler=lambda *_: None)}
    partners.applied(TYPE, subscriptions=late, careful=True)

    assert ["waiting"] == partners.states()


def test_what_the_service_itself_tells_is_owed_as_well(partners):
    watching = partners.registers(event_types=("notify.webhook_disabled.v1",))
    other = partners.registers("https://example.org/")
    with partners.changing(other) as (tx, endpoint):
        keeping.disable(tx, endpoint)

    (owed,) = partners.owed(watching)
    with partners.office.sessions() as session:
        told = session.scalars(select(outbox.c.body)).one()
    (call,) = partners.claims()
    assert (told, f"subscription/{other}") == (call.body, owed.subject)


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"org_unit": "shop-99"}, UnitUnknown),
        ({"owner_id": MANAGER}, OwnerUnknown),
        ({"event_types": (TYPE, "complaint.gone.v9")}, EventTypeUnknown),
        ({"event_types": ("customer.contact_changed.v1",)}, EventTypeUnknown),
        ({"url": "https://10.0.0.1/"}, UrlRefused),
        ({"url": "https://2130706433/"}, UrlRefused),
        ({"url": "https://[::ffff:10.0.0.1]/"}, UrlRefused),
        ({"url": "https://localhost/"}, UrlRefused),
        ({"url": "http://example.com/"}, UrlRefused),
        ({"url": "https://user:word@example.com/"}, UrlRefused),
        ({"url": "ftp://example.com/"}, UrlRefused),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(partners, asked, refusal):
    partners.allow_loopback = False
    with pytest.raises(refusal):
        partners.registers(**asked)

    assert 0 == partners.count(subscriptions)


def test_a_unit_has_a_url_once(partners):
    first = partners.registers()
    with pytest.raises(SubscriptionExists) as refused:
        partners.registers()

    assert {"subscription_id": str(first)} == refused.value.extra
    partners.registers(org_unit="region-north")


def test_secrets_and_urls_stand_encrypted(partners):
    partners.registers("https://example.com/pass-word")
    with partners.office.sessions() as session:
        row = session.execute(select(subscriptions.c.url, subscriptions.c.secrets)).one()

    assert not any(
        part in bytes(one) for one in row for part in (b"pass-word", SECRET[6:].encode())
    )


DO = {
    Command.CHANGE: lambda tx, one: keeping.change(tx, one, allow_loopback=False, ordered=True),
    Command.ROTATE: lambda tx, one: keeping.rotate(tx, one, secret=None),
    Command.ENABLE: lambda tx, one: keeping.enable(tx, one, drop_missed=False),
    Command.DISABLE: lambda tx, one: keeping.disable(tx, one),
    Command.TEST: lambda tx, one: redelivering.send_test(tx, one),
    Command.REDELIVER: lambda tx, one: redelivering.redeliver_failed(tx, one, since=tx.now),
    Command.REMOVE: lambda tx, one: keeping.remove(tx, one),
}


@pytest.mark.parametrize("command", list(Command))
@pytest.mark.parametrize("state", list(EndpointState))
def test_each_command_has_its_answer_in_each_state(partners, state, command):
    one = partners.registers()
    if state is EndpointState.DISABLED:
        with partners.changing(one) as (tx, endpoint):
            keeping.disable(tx, endpoint)
    before = partners.endpoint(one)
    allowed = command in COMMANDS[state]
    if allowed:
        with partners.changing(one) as (tx, endpoint):
            DO[command](tx, endpoint)
    else:
        with pytest.raises(WrongState), partners.changing(one) as (tx, endpoint):
            DO[command](tx, endpoint)
        assert before.version == partners.endpoint(one).version


def test_an_ended_secret_signs_along_for_the_overlap_and_not_longer(partners):
    one = partners.registers()
    with partners.changing(one) as (tx, endpoint):
        keeping.rotate(tx, endpoint, secret=OTHER_SECRET)
        terms = tx.terms
    now = partners.office.clock.at
    endpoint = partners.endpoint(one)

    assert (OTHER_SECRET, SECRET) == endpoint.keys(now)
    assert (OTHER_SECRET,) == endpoint.keys(now + terms.overlap)


def test_no_more_than_four_secrets_sign(partners):
    one = partners.registers()
    for _ in range(6):
        with partners.changing(one) as (tx, endpoint):
            keeping.rotate(tx, endpoint, secret=None)

    assert 4 == len(partners.endpoint(one).keys(partners.office.clock.at))


def test_what_was_not_taken_is_tried_again_under_the_same_id_for_three_days(partners):
    partners.registers()
    (event,) = partners.happens()
    started = partners.office.real.at
    pauses = []
    while partners.states() == ["waiting"]:
        (call,) = partners.claims()
        assert event == call.event_id
        partners.answers(call, REFUSED)
        due = partners.owed()[0].due_at
        if due is not None:
            pauses.append((due - partners.office.real.at).total_seconds())
            partners.office.real.at = due
        else:
            break

    span = partners.office.real.at - started
    assert timedelta(hours=72) <= span < timedelta(hours=72 + 4)
    assert max(pauses) <= Terms.last_pause_seconds
    assert 18 < len(pauses) < 200
    assert len({round(pause) for pause in pauses[10:]}) > 5  # jitter
    assert len(pauses) + 1 == len(partners.tries())


def test_an_endpoint_that_takes_nothing_for_three_days_is_disabled_and_its_owner_told(partners):
    one = partners.registers(ordered=True)
    partners.happens(2)
    partners.answers(partners.claims()[0], REFUSED)
    partners.office.later(hours=73)
    partners.answers(partners.claims()[0], REFUSED)

    endpoint = partners.endpoint(one)
    assert (EndpointState.DISABLED, "failing") == (endpoint.state, endpoint.state_reason)
    told = partners.office.told()
    assert [("notify.webhook_disabled.v1", "failing")] == [(t, d["reason"]) for t, d in told]
    partners.office.send()
    message = partners.office.only()
    assert ("webhook_disabled", HANDLER, State.SENT) == (
        message.reason,
        message.person_id,
        message.state,
    )
    assert f"subscription/{one}" == message.subject
    assert "ERP" in message.title
    assert ["waiting", "waiting"] == partners.states()  # Nothing of it is lost.


def test_410_disables_at_once(partners):
    one = partners.registers()
    partners.happens(3)
    partners.answers(partners.claims()[0], GONE)

    assert "gone" == partners.endpoint(one).state_reason
    assert [] == partners.claims()
    assert ["notify.webhook_disabled.v1"] == [type_ for type_, _ in partners.office.told()]
    assert ["waiting"] * 3 == partners.states()


def test_an_event_that_alone_is_refused_fails_in_the_end_and_disables_nobody(partners):
    one = partners.registers()
    (bad,) = partners.happens()
    for _ in range(200):
        partners.happens()  # Others are taken all the time.
        for call in [call for _ in range(2) for call in partners.claims()]:
            partners.answers(call, REFUSED if call.event_id == bad else TAKEN)
        waiting = partners.owed()[0]
        if waiting.due_at is None:
            break
        partners.office.real.at = waiting.due_at

    assert EndpointState.ENABLED is partners.endpoint(one).state
    ended = (waiting.event_id, waiting.state.value, waiting.status, waiting.why)
    assert (bad, "failed", 500, "webhook_500") == ended
    with partners.changing(one) as (tx, endpoint):
        assert 1 == redelivering.redeliver_failed(tx, endpoint, since=waiting.planned_at)
    assert bad in partners.all_take()


def test_a_flood_does_not_keep_back_what_is_to_be_tried_again(partners):
    partners.registers()
    (refused,) = partners.happens()
    partners.answers(partners.claims()[0], REFUSED)
    partners.happens(20)
    partners.office.later(hours=1)

    assert refused == partners.claims()[0].event_id


def test_what_was_told_while_it_was_disabled_is_delivered_then(partners):
    one = partners.registers(ordered=True)
    with partners.changing(one) as (tx, endpoint):
        keeping.disable(tx, endpoint)
    missed = partners.happens(3)
    assert [] == partners.claims()
    with partners.changing(one) as (tx, endpoint):
        keeping.enable(tx, endpoint, drop_missed=False)

    assert missed == partners.all_take()


def test_what_was_told_while_it_was_disabled_may_be_given_up(partners):
    one = partners.registers()
    with partners.changing(one) as (tx, endpoint):
        keeping.disable(tx, endpoint)
    partners.happens(2)
    with partners.changing(one) as (tx, endpoint):
        keeping.enable(tx, endpoint, drop_missed=True)

    assert [] == partners.claims()
    assert [("failed", "dropped")] * 2 == [(d.state.value, d.why) for d in partners.owed()]


def test_one_event_is_delivered_again_by_command_and_not_while_it_waits(partners):
    one = partners.registers()
    (event,) = partners.happens()
    with pytest.raises(WrongState), partners.changing(one) as (tx, endpoint):
        redelivering.redeliver(tx, endpoint, event)
    partners.all_take()
    with partners.changing(one) as (tx, endpoint):
        redelivering.redeliver(tx, endpoint, event)

    assert [event] == partners.all_take()
    assert [1, 2] == [one.number for one in partners.tries()]


def test_a_test_reaches_the_endpoint_alone_whatever_types_it_asked_for(partners):
    one = partners.registers()
    other = partners.registers("https://example.org/")
    with partners.changing(one) as (tx, endpoint):
        delivery = redelivering.send_test(tx, endpoint)

    assert ("notify.webhook_tested.v1", one) == (delivery.type, delivery.subscription_id)
    assert [] == partners.owed(other)


def test_a_removed_endpoint_leaves_nothing(partners):
    one = partners.registers()
    partners.happens(2)
    partners.answers(partners.claims()[0], REFUSED)
    (call,) = partners.claims()
    with partners.changing(one) as (tx, endpoint):
        keeping.remove(tx, endpoint)
    partners.answers(call, TAKEN)  # It comes too late and harms nobody.

    assert [0, 0, 0] == [partners.count(one) for one in (subscriptions, deliveries, attempts)]


def test_a_sender_that_died_leaves_its_delivery_to_the_next(partners):
    partners.registers(ordered=True)
    first, second = partners.happens(2)
    (dead,) = partners.claims()
    assert [] == partners.claims()
    partners.office.later(seconds=61)
    (again,) = partners.claims()

    assert (first, first, 2) == (dead.event_id, again.event_id, again.attempt)
    partners.answers(dead, REFUSED)  # An answer to a try that was given up says nothing ...
    assert ["sending", "waiting"] == partners.states()
    partners.answers(dead, TAKEN)  # ... but that it was taken.
    assert [second] == partners.all_take()


def test_a_failed_delivery_holds_back_what_comes_behind_it_where_order_is_wanted(partners):
    strict, loose = (
        partners.registers("https://example.com/", ordered=True),
        partners.registers("https://example.org/"),
    )
    _, second = partners.happens(2)
    for call in partners.claims():
        partners.answers(call, REFUSED)

    taken = [(call.subscription_id, call.event_id) for call in partners.claims()]
    assert [(loose, second)] == taken
    assert ["waiting", "waiting"] == partners.states(strict)


def test_endpoints_take_turns(partners):
    busy = partners.registers("https://example.com/", ordered=True)
    partners.happens(50)
    quiet = partners.registers("https://example.org/")
    partners.happens(1)

    order = []
    for _ in range(3):
        (call,) = partners.claims(most=1)
        order.append(call.subscription_id)
        partners.answers(call, TAKEN)
        partners.office.later(seconds=1)
    assert quiet in order[:2]
    assert busy in order


def test_who_answers_slowly_never_takes_the_senders_of_others(partners):
    slow = [partners.registers(f"https://slow.example.com/{n}") for n in range(5)]
    partners.happens(3)
    for call in partners.claims(most=5):
        partners.answers(call, AWAY)
    partners.office.later(hours=1)
    quick = partners.registers("https://quick.example.com/")
    with partners.changing(quick) as (_, endpoint):
        endpoint.slow = False  # It answered before.
    partners.happens(1)

    calls = partners.claims(most=4, most_slow=2)
    assert quick in {call.subscription_id for call in calls}
    assert 2 == len([call for call in calls if call.subscription_id in slow])
    assert [] == partners.claims(most=1, most_slow=0)


def test_an_endpoint_without_order_gets_four_events_at_once_and_a_slow_one_a_single(partners):
    partners.registers()
    partners.happens(10)
    (first,) = [call for _ in range(9) for call in partners.claims()]  # Nobody knows it yet.
    partners.answers(first, TAKEN)
    on_their_way = [call for _ in range(9) for call in partners.claims()]
    assert 4 == len(on_their_way)
    for call in on_their_way:
        partners.answers(call, AWAY)
    assert 1 == len([call for _ in range(9) for call in partners.claims()])


def test_what_was_kept_long_enough_is_forgotten_with_its_tries(partners):
    partners.registers()
    partners.happens(2)
    partners.all_take()
    partners.office.clock.at += timedelta(days=20)
    (young,) = partners.happens(1)
    partners.office.clock.at += timedelta(days=11, seconds=1)
    office = partners.office
    house = Housekeeping(office.sessions, office.clock, old_deliveries(Terms().kept))
    while house.sweep():
        continue

    assert [young] == [one.event_id for one in partners.owed()]
    assert (1, 0) == (partners.count(subscription_events), partners.count(attempts))


def test_an_event_is_kept_for_as_long_as_the_youngest_of_its_deliveries(partners):
    """It may be applied again, for a second endpoint, long after the first one got it."""
    partners.registers()
    (event,) = partners.happens()
    partners.office.clock.at += timedelta(days=29)
    second = partners.registers("https://example.org/")
    partners.applied(TYPE, id=event)
    partners.office.clock.at += timedelta(days=5)
    office = partners.office
    house = Housekeeping(office.sessions, office.clock, old_deliveries(Terms().kept))
    while house.sweep():
        continue

    (call,) = partners.claims()
    assert (second, event) == (call.subscription_id, call.event_id)


def test_commands_are_audited_without_secrets(partners):
    one = partners.registers()
    with partners.changing(one) as (tx, endpoint):
        keeping.rotate(tx, endpoint, secret=OTHER_SECRET)
    with partners.office.sessions() as session:
        rows = session.execute(select(audit)).all()

    assert ["subscription.registered", "subscription.secret_rotated"] == [r.action for r in rows]
    assert not any(SECRET in repr(row) or OTHER_SECRET in repr(row) for row in rows)
