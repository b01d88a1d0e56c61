"""How long a channel is tried, and what becomes of a message that may have arrived."""

from datetime import timedelta

import pytest

from notify.domain.delivery import Outcome, Result
from notify.domain.message_states import State, Why
from notify.use_cases import sending
from notify.use_cases.sending import LEASE_SECONDS, conclude

from .conftest import AWAY, BOTH, HANDLER, REFUSED, ScriptedChannel

LOST = Outcome(Result.DOUBTFUL, "smtp_interrupted")


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
    assert [("smtp", State.SENT, None)] == planned.lines()


def outlast(office, *, hours):
    """Let hours pass on both clocks, trying each hour."""
    for _ in range(hours):
        office.send()
        office.later(hours=1)
        office.clock.at += timedelta(hours=1)


def test_an_outage_ends_no_message_and_is_tried_on_one_line(planned, smtp, webhook):
    smtp.answers = [AWAY] * 23
    outlast(planned, hours=24)

    assert 24 == len(smtp.parcels)
    assert [("smtp", State.SENT, None)] == planned.lines()
    assert [] == webhook.parcels


def test_the_pauses_of_an_outage_grow_up_to_ten_minutes(planned, smtp, monkeypatch):
    asked = []
    monkeypatch.setattr(sending, "full_jitter", lambda n, *, first, cap: asked.append(n) or cap)
    smtp.answers = [AWAY] * 3
    for _ in range(3):
        planned.send()
        planned.later(seconds=600)

    assert ([1, 2, 3], planned.real.at) == (asked, planned.only().retry_at)


def test_a_message_that_no_try_got_through_in_time_has_failed(planned, smtp, webhook):
    smtp.answers = [AWAY] * 25
    outlast(planned, hours=26)

    told = [(data["channel"], data["reason"]) for _, data in planned.told()]
    assert [("smtp", State.FAILED, "smtp_unreachable")] == planned.lines()
    assert ([("smtp", "smtp_unreachable")], []) == (told, webhook.parcels)


def test_a_last_try_that_ends_after_the_expiry_is_not_followed_by_another(planned, smtp, webhook):
    parcel = planned.begin_and_die()
    planned.clock.at += timedelta(hours=25)
    with planned.open() as tx:
        conclude(tx, planned.sender.desk, parcel, AWAY, real=planned.real.at)

    assert [("smtp", State.FAILED, "smtp_unreachable")] == planned.lines()
    assert ["notify.message_failed.v1"] == [type_ for type_, _ in planned.told()]


def test_mail_whose_fate_is_not_known_is_neither_repeated_nor_sent_elsewhere(planned, smtp):
    smtp.answers = [LOST]
    planned.send()
    planned.later(hours=1)
    planned.send()

    assert [("smtp", State.UNKNOWN, "smtp_interrupted")] == planned.lines()
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
    assert [("webhook", State.SENT, None)] == office.lines()


@pytest.fixture
def hooked(office, webhook):
    """Somebody who prefers webhooks to mail is to be told of a complaint."""
    office.channels["smtp"] = ScriptedChannel(repeatable=False)
    office.person(HANDLER, addresses=BOTH[::-1])
    office.assigned(HANDLER)
    return office


def test_a_webhook_whose_answers_are_lost_to_the_end_is_of_unknown_fate(hooked, webhook):
    webhook.answers = [LOST] * 25
    outlast(hooked, hours=26)

    assert [("webhook", State.UNKNOWN, Why.TOO_LATE)] == hooked.lines()
    assert ([], []) == (hooked.told(), hooked.channels["smtp"].parcels)


def test_an_answer_lost_after_the_expiry_leaves_the_fate_unknown(hooked, webhook):
    parcel = hooked.begin_and_die()
    hooked.clock.at += timedelta(hours=25)
    with hooked.open() as tx:
        conclude(tx, hooked.sender.desk, parcel, LOST, real=hooked.real.at)

    assert [("webhook", State.UNKNOWN, "smtp_interrupted")] == hooked.lines()


@pytest.mark.parametrize("then", [REFUSED, AWAY])
def test_what_may_have_arrived_once_is_never_sent_over_another_channel(hooked, webhook, then):
    webhook.answers = [LOST] + [then] * 24
    outlast(hooked, hours=26)

    assert [("webhook", State.UNKNOWN)] == [(c, state) for c, state, _ in hooked.lines()]
    assert ([], []) == (hooked.told(), hooked.channels["smtp"].parcels)


def test_a_repetition_that_is_refused_after_a_sender_died_leaves_the_fate_unknown(hooked, webhook):
    hooked.begin_and_die()
    hooked.later(seconds=LEASE_SECONDS)
    webhook.answers = [REFUSED]
    hooked.send()

    assert [("webhook", State.UNKNOWN, "smtp_550")] == hooked.lines()


def test_a_sender_that_dies_until_the_expiry_leaves_the_fate_unknown(hooked, webhook):
    for _ in range(6):
        hooked.begin_and_die()
        hooked.later(seconds=LEASE_SECONDS)
    hooked.clock.at += timedelta(hours=25)
    hooked.send()

    assert [("webhook", State.UNKNOWN, Why.INTERRUPTED)] == hooked.lines()
    assert ([], []) == (hooked.told(), hooked.channels["smtp"].parcels)


@pytest.mark.parametrize(
    ("answer", "state"),
    [(None, State.SUPPRESSED), (AWAY, State.SUPPRESSED), (LOST, State.UNKNOWN)],
)
def test_who_has_left_in_the_meantime_is_not_written_to(hooked, webhook, answer, state):
    if answer:
        webhook.answers = [answer]
        hooked.send()
    tried = len(webhook.parcels)
    hooked.person(HANDLER, addresses=BOTH, active=False)
    hooked.later(hours=1)
    hooked.send()

    assert [("webhook", state, Why.CONTACT_INACTIVE)] == hooked.lines()
    assert tried == len(webhook.parcels)


def test_a_channel_that_is_switched_off_after_a_lost_answer_leaves_the_fate_unknown(
    hooked, webhook
):
    webhook.answers = [LOST]
    hooked.send()
    del hooked.channels["webhook"]
    hooked.later(hours=1)
    hooked.send()

    assert [("webhook", State.UNKNOWN, Why.NO_CHANNEL)] == hooked.lines()


def test_mail_in_hand_when_a_sender_died_is_of_unknown_fate(planned, smtp):
    planned.begin_and_die()
    planned.later(seconds=LEASE_SECONDS - 1)
    planned.send()
    before = planned.states()
    planned.later(seconds=1)
    planned.send()

    assert [State.SENDING] == before
    assert [("smtp", State.UNKNOWN, Why.INTERRUPTED)] == planned.lines()
    assert [] == smtp.parcels


def test_a_webhook_in_hand_when_a_sender_died_is_repeated(office, webhook):
    office.person(HANDLER, addresses=BOTH[1:])
    office.assigned(HANDLER)
    parcel = office.begin_and_die()
    office.later(seconds=LEASE_SECONDS)
    office.send()

    assert [parcel.message_id] == [one.message_id for one in webhook.parcels]
    assert [State.SENT] == office.states()


def test_an_answer_that_comes_after_all_says_that_the_mail_arrived(planned, smtp):
    parcel = planned.begin_and_die()
    planned.later(seconds=LEASE_SECONDS)
    planned.send()
    with planned.open() as tx:
        outcome = Outcome(Result.DELIVERED)
        conclude(tx, planned.sender.desk, parcel, outcome, real=planned.real.at)

    assert [State.SENT] == planned.states()


def test_a_late_answer_does_not_disturb_the_attempt_that_took_over(office, webhook):
    office.person(HANDLER, addresses=BOTH[1:])
    office.assigned(HANDLER)
    parcel = office.begin_and_die()
    office.later(seconds=LEASE_SECONDS)
    office.begin_and_die()
    with office.open() as tx:
        conclude(tx, office.sender.desk, parcel, REFUSED, real=office.real.at)

    assert [State.SENDING] == office.states()
    assert "message.late_answer" == office.journal(office.only())[-1]
