"""What becomes of planned messages: sent, tried again, handed to the next channel, given up."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from notify.adapters.messages import messages, pending
from notify.domain.delivery import Outcome, Result
from notify.domain.message_states import State, Why
from notify.use_cases.sending import ATTEMPTS, LEASE_SECONDS, claim_next, conclude

from .conftest import HANDLER, MANAGER, ScriptedChannel

AWAY = Outcome(Result.UNREACHABLE, "smtp_unreachable")
REFUSED = Outcome(Result.REFUSED, "smtp_550")
LOST = Outcome(Result.DOUBTFUL, "smtp_interrupted")
BOTH = [
    {"channel": "smtp", "address": "wang@example.com"},
    {"channel": "webhook", "address": "https://example.com/hook"},
]


@pytest.fixture
def smtp(office):
    office.channels["smtp"] = ScriptedChannel(repeatable=False)
    return office.channels["smtp"]


@pytest.fixture
def webhook(office):
    office.channels["webhook"] = ScriptedChannel(repeatable=True)
    return office.channels["webhook"]


@pytest.fixture
def planned(office):
    """Somebody who prefers mail to webhooks is to be told of a complaint."""
    office.person(HANDLER, addresses=BOTH)
    office.assigned(HANDLER)
    return office


def lines(office):
    return [(one.channel, one.state, one.state_reason) for one in office.ledger()]


def begin_and_die(office):
    """Claim a message and end before the answer of the channel is kept."""
    with office.open() as tx:
        claim = claim_next(tx, office.sender.desk, real=office.real.at)
    return claim.parcel


@pytest.mark.rule("CM-04")
def test_the_channel_that_the_person_prefers_is_used(planned, smtp, webhook):
    planned.send()

    parcel = smtp.parcels[0]
    assert [("smtp", State.SENT, None)] == lines(planned)
    assert ("wang@example.com", 1) == (parcel.address, parcel.attempt)
    assert [] == webhook.parcels


def test_a_channel_that_this_deployment_does_not_have_is_passed_over(planned, webhook):
    planned.send()

    assert [("webhook", State.SENT, None)] == lines(planned)


def test_a_refused_message_goes_to_the_next_channel_on_a_line_of_its_own(planned, smtp, webhook):
    smtp.answers = [REFUSED]
    planned.send()

    assert [
        ("smtp", State.FAILED, "smtp_550"),
        ("webhook", State.SENT, None),
    ] == lines(planned)
    assert [] == planned.told()


def test_the_fall_back_is_tried_last(planned, smtp, webhook):
    smtp.answers, webhook.answers = [REFUSED], [REFUSED]
    planned.send()

    assert ["smtp", "webhook", "log"] == [channel for channel, _, _ in lines(planned)]
    assert State.SENT == planned.ledger()[-1].state


def test_the_world_is_told_when_no_channel_is_left(planned, smtp):
    planned.fallback = ()
    smtp.answers = [REFUSED]
    planned.send()

    message = planned.only()
    told = {
        "message_id": str(message.id),
        "kind": "complaint_assigned",
        "person_id": str(HANDLER),
        "channel": "smtp",
        "reason": "smtp_550",
    }
    assert [("notify.message_failed.v1", told)] == planned.told()


def test_a_person_whom_no_channel_reaches_is_reported(office):
    office.fallback = ()
    office.person(HANDLER, addresses=[])
    office.assigned(HANDLER)
    office.send()

    assert [("", State.FAILED, Why.NO_CHANNEL)] == lines(office)
    assert [("", "no_channel")] == [(data["channel"], data["reason"]) for _, data in office.told()]


def test_a_server_that_is_away_is_tried_again_after_a_pause(planned, smtp):
    smtp.answers = [AWAY]
    planned.send()
    waiting = planned.only()
    planned.send()
    tried = len(smtp.parcels)
    planned.later(seconds=5)
    planned.send()

    assert (State.PLANNED, "smtp_unreachable") == (waiting.state, waiting.state_reason)
    assert planned.real.at - timedelta(seconds=5) <= waiting.retry_at <= planned.real.at
    assert (1, 2) == (tried, len(smtp.parcels))
    assert [("smtp", State.SENT, None)] == lines(planned)


def test_patience_with_a_channel_ends_after_so_many_attempts(planned, smtp, webhook):
    smtp.answers = [AWAY] * ATTEMPTS
    for _ in range(ATTEMPTS):
        planned.send()
        planned.later(hours=1)

    assert ATTEMPTS == len(smtp.parcels)
    assert [
        ("smtp", State.FAILED, "smtp_unreachable"),
        ("webhook", State.SENT, None),
    ] == lines(planned)


def test_mail_whose_fate_is_not_known_is_neither_repeated_nor_sent_elsewhere(planned, smtp):
    smtp.answers = [LOST]
    planned.send()
    planned.later(hours=1)
    planned.send()

    assert [("smtp", State.UNKNOWN, "smtp_interrupted")] == lines(planned)
    assert 1 == len(smtp.parcels)


def test_a_webhook_whose_answer_was_lost_is_repeated_under_the_same_id(office, webhook):
    office.person(HANDLER, addresses=BOTH[1:])
    office.assigned(HANDLER)
    webhook.answers = [LOST]
    office.send()
    office.later(hours=1)
    office.send()

    first, second = webhook.parcels
    assert first.message_id == second.message_id
    assert [("webhook", State.SENT, None)] == lines(office)


def test_mail_in_hand_when_a_sender_died_is_of_unknown_fate(planned, smtp):
    begin_and_die(planned)
    planned.later(seconds=LEASE_SECONDS - 1)
    planned.send()
    before = planned.states()
    planned.later(seconds=1)
    planned.send()

    assert [State.SENDING] == before
    assert [("smtp", State.UNKNOWN, Why.INTERRUPTED)] == lines(planned)
    assert [] == smtp.parcels


def test_a_webhook_in_hand_when_a_sender_died_is_repeated(office, webhook):
    office.person(HANDLER, addresses=BOTH[1:])
    office.assigned(HANDLER)
    parcel = begin_and_die(office)
    office.later(seconds=LEASE_SECONDS)
    office.send()

    assert [parcel.message_id] == [one.message_id for one in webhook.parcels]
    assert [State.SENT] == office.states()


def test_an_answer_that_comes_after_all_says_that_the_mail_arrived(planned, smtp):
    parcel = begin_and_die(planned)
    planned.later(seconds=LEASE_SECONDS)
    planned.send()
    with planned.open() as tx:
        outcome = Outcome(Result.DELIVERED)
        conclude(tx, planned.sender.desk, parcel, outcome, real=planned.real.at)

    assert [State.SENT] == planned.states()


def test_a_late_answer_does_not_disturb_the_attempt_that_took_over(office, webhook):
    office.person(HANDLER, addresses=BOTH[1:])
    office.assigned(HANDLER)
    parcel = begin_and_die(office)
    office.later(seconds=LEASE_SECONDS)
    begin_and_die(office)
    with office.open() as tx:
        conclude(tx, office.sender.desk, parcel, REFUSED, real=office.real.at)

    assert [State.SENDING] == office.states()
    assert "message.late_answer" == office.journal(office.only())[-1]


def test_a_message_that_waited_too_long_is_not_sent(planned, smtp):
    with planned.open() as tx:
        tx.session.execute(update(messages).values(expires_at=planned.clock.at))
    planned.clock.at += timedelta(seconds=1)
    planned.send()

    assert [("smtp", State.SUPPRESSED, Why.TOO_LATE)] == lines(planned)


def test_urgent_messages_go_first(office, smtp):
    office.person(HANDLER)
    office.person(MANAGER)
    office.assigned(HANDLER)
    office.assigned(MANAGER, level=2)
    office.send()

    assert [MANAGER, HANDLER] == [parcel.person_id for parcel in smtp.parcels]


def test_simulated_time_waits_for_what_can_be_sent_and_not_for_a_retry(planned, smtp):
    def left():
        with planned.sessions() as session:
            return pending(session, planned.clock.at)

    smtp.answers = [AWAY]
    first = left()
    planned.send()

    assert (1, 0) == (first, left())


def test_the_log_channel_tells_neither_name_nor_words(office, caplog):
    caplog.set_level("INFO")
    office.person(HANDLER, addresses=[])
    office.assigned(HANDLER)
    office.send()

    (record,) = [one for one in caplog.records if one.name == "notify.adapters.channels.log"]
    assert str(office.only().id) == record.message_id
    assert "王小明" not in str(vars(record))
