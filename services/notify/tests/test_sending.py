"""What becomes of planned messages: sent, refused, handed to the next channel, not sent at all."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from notify.adapters.message_table import messages
from notify.adapters.messages import pending
from notify.domain.message_states import State, Why

from .conftest import AWAY, BOTH, HANDLER, MANAGER, REFUSED


@pytest.mark.rule("CM-04")
def test_the_channel_that_the_person_prefers_is_used(planned, smtp, webhook):
    planned.send()

    parcel = smtp.parcels[0]
    assert [("smtp", State.SENT, None)] == planned.lines()
    assert ("wang@example.com", 1) == (parcel.address, parcel.attempt)
    assert [] == webhook.parcels


def test_a_channel_that_this_deployment_does_not_have_is_passed_over(planned, webhook):
    planned.send()

    assert [("webhook", State.SENT, None)] == planned.lines()


def test_a_refused_message_goes_to_the_next_channel_on_a_line_of_its_own(planned, smtp, webhook):
    smtp.answers = [REFUSED]
    planned.send()

    assert [
        ("smtp", State.FAILED, "smtp_550"),
        ("webhook", State.SENT, None),
    ] == planned.lines()
    assert [] == planned.told()


def test_the_log_does_not_stand_in_for_channels_that_refused(planned, smtp, webhook):
    smtp.answers, webhook.answers = [REFUSED], [REFUSED]
    planned.send()

    assert [("smtp", State.FAILED), ("webhook", State.FAILED)] == [
        (channel, state) for channel, state, _ in planned.lines()
    ]
    assert ["notify.message_failed.v1"] == [type_ for type_, _ in planned.told()]


def test_the_log_tells_nobody_who_has_an_address_even_when_he_names_it(office, smtp):
    office.person(HANDLER, addresses=[{"channel": "log", "address": "wang"}, BOTH[0]])
    office.assigned(HANDLER)
    smtp.answers = [REFUSED]
    office.send()

    assert [("smtp", State.FAILED, "smtp_550")] == office.lines()


@pytest.mark.parametrize("addresses", [[], BOTH, [{"channel": "log", "address": "wang"}]])
def test_the_log_stands_in_where_no_address_can_be_used_here(office, addresses):
    office.person(HANDLER, addresses=addresses)
    office.assigned(HANDLER)
    office.send()

    assert [("log", State.SENT, None)] == office.lines()


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

    assert [("", State.FAILED, Why.NO_CHANNEL)] == office.lines()
    assert [("", "no_channel")] == [(data["channel"], data["reason"]) for _, data in office.told()]


def test_a_channel_that_is_switched_off_after_a_try_is_followed_by_the_next(planned, smtp, webhook):
    smtp.answers = [AWAY]
    planned.send()
    del planned.channels["smtp"]
    planned.later(hours=1)
    planned.send()

    assert [
        ("smtp", State.FAILED, Why.NO_CHANNEL),
        ("webhook", State.SENT, None),
    ] == planned.lines()


def test_a_message_that_waited_too_long_is_not_sent(planned, smtp):
    with planned.open() as tx:
        tx.session.execute(update(messages).values(expires_at=planned.clock.at))
    planned.clock.at += timedelta(seconds=1)
    planned.send()

    assert [("smtp", State.SUPPRESSED, Why.TOO_LATE)] == planned.lines()


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
