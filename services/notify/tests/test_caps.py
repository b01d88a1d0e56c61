"""How much is said to one person on one day, and what becomes of what is over."""

from dataclasses import replace
from datetime import UTC, timedelta
from uuid import UUID

import pytest

from notify.adapters.transaction import NotifyTransaction
from notify.domain.decency import Over
from notify.domain.message_states import State, Why
from notify.domain.messages import Purpose
from notify.use_cases.planning import plan
from shared.rules import Ruling

from .conftest import AWAY, CONTACT, REFUSED, ScriptedChannel
from .test_birthdays import MAIL
from .test_quiet_hours import held, intent, local

CARE, PROMOTION, SERVICE = Purpose.CARE, Purpose.PROMOTION, Purpose.SERVICE
NOON = local("2026-03-02T12:00:00")
MIDNIGHT = local("2026-03-03T00:00:00")


def say(office, *purposes, when=None, **facts):
    """Plan a message of each purpose at a time; what became of them, in order."""
    if when is not None:
        office.clock.at = when.astimezone(UTC)
    ids, before = [], len(office.ledger())
    with office.open() as tx:
        for number, purpose in enumerate(purposes, start=before):
            told = {"expires_at": tx.now + timedelta(days=4), **facts}
            made = plan(tx, intent(tx, purpose=purpose, occurrence=str(number), **told))
            ids.append(made.id)
    found = {one.id: one for one in office.ledger()}
    return [held(found[id_]) for id_ in ids]


@pytest.fixture
def contacted(office):
    office.contact(None, addresses=MAIL)
    return office


PLANNED = (State.PLANNED, None, None)
WAITS = (State.HELD, Why.CAP_REACHED, MIDNIGHT)


@pytest.mark.rule("CM-18")
@pytest.mark.parametrize(
    ("purposes", "expected"),
    [
        ([PROMOTION, PROMOTION], [PLANNED, WAITS]),
        ([CARE, CARE, CARE], [PLANNED, PLANNED, WAITS]),
        ([CARE, PROMOTION, CARE], [PLANNED, PLANNED, WAITS]),
        ([CARE, CARE, PROMOTION], [PLANNED, PLANNED, WAITS]),
        ([PROMOTION, PROMOTION, CARE], [PLANNED, WAITS, PLANNED]),
        ([CARE, CARE, *[SERVICE] * 5], [PLANNED] * 7),
    ],
)
def test_a_customer_is_courted_so_often_a_day_and_the_rest_waits(contacted, purposes, expected):
    assert expected == say(contacted, *purposes, when=NOON)
    over = [one for one in contacted.ledger() if one.state is State.HELD]
    assert all(one.state_because.rule == "CM-18" for one in over)


@pytest.mark.rule("CM-18")
def test_what_waited_is_said_in_the_morning_of_the_next_day_and_counts_for_it(contacted, smtp):
    say(contacted, *[PROMOTION] * 3, when=NOON)
    contacted.send()
    sent = []
    for now in ("2026-03-03T00:00:00", "2026-03-03T09:00:00", "2026-03-04T09:00:00"):
        contacted.fire(at=local(now))
        contacted.send()
        sent.append(len(smtp.parcels))

    assert [1, 2, 3] == sent


def test_the_day_is_that_of_the_recipient(contacted):
    morning = local("2026-03-03T08:00:00")
    say(contacted, CARE, CARE, when=morning)
    over = say(contacted, CARE, when=morning)
    contacted.contact(None, addresses=MAIL, zone="Pacific/Honolulu")  # 14:00 on the day before

    assert [(State.HELD, Why.CAP_REACHED, local("2026-03-04T00:00:00"))] == over
    assert [State.PLANNED] * 3 == contacted.states()


def test_what_would_be_too_late_on_the_next_day_is_suppressed(contacted):
    expires = {"expires_at": local("2026-03-02T23:00:00")}

    assert [PLANNED, PLANNED, (State.SUPPRESSED, Why.CAP_REACHED, None)] == say(
        contacted, CARE, CARE, CARE, when=NOON, **expires
    )


def test_a_pack_may_suppress_what_is_over(contacted, monkeypatch):

    asked = NotifyTransaction.caps

    def strict(self, *of, **facts):
        return [
            Ruling(replace(one.value, over=Over.SUPPRESS), one.because)
            for one in asked(self, *of, **facts)
        ]

    monkeypatch.setattr(NotifyTransaction, "caps", strict)

    assert [PLANNED, (State.SUPPRESSED, Why.CAP_REACHED, None)] == say(
        contacted, PROMOTION, PROMOTION, when=NOON
    )


@pytest.mark.parametrize("command", ["cancelled", "failed"])
def test_what_was_not_said_after_all_does_not_count(contacted, command, smtp):
    say(contacted, PROMOTION, when=NOON)
    if command == "failed":
        smtp.answers = [REFUSED]
        contacted.send()
    else:
        with contacted.open() as tx:
            tx.messages.locked(contacted.only().id).cancel(Why.WITHDRAWN, tx.now)

    assert [PLANNED] == say(contacted, PROMOTION, when=NOON)


def test_a_message_that_goes_to_the_next_channel_counts_once(contacted, webhook):
    contacted.channels["smtp"] = ScriptedChannel(answers=[REFUSED])
    hook = {"channel": "webhook", "address": "https://example.com/hook"}
    contacted.contact(None, addresses=[*MAIL, hook])
    say(contacted, CARE, when=NOON, route=("smtp", "webhook"))
    contacted.send()

    assert [State.FAILED, State.SENT] == contacted.states()
    assert [PLANNED, WAITS] == say(contacted, CARE, CARE, when=NOON)


def test_what_could_not_be_sent_on_its_day_counts_for_that_on_which_it_is(contacted):
    smtp = contacted.channels["smtp"] = ScriptedChannel(answers=[AWAY])
    say(contacted, PROMOTION, when=local("2026-03-02T19:59:00"))
    contacted.send()
    contacted.later(hours=1)
    next_day = local("2026-03-03T10:00:00")
    assert [PLANNED] == say(contacted, PROMOTION, when=next_day)
    contacted.send()
    contacted.fire(at=next_day)
    contacted.send()

    states = [held(one) for one in contacted.ledger()]
    assert [(State.HELD, Why.CAP_REACHED, local("2026-03-04T00:00:00"))] == states[:1]
    assert (State.SENT, None, None) == states[1]
    assert 2 == len([one for one in smtp.parcels if one.template != "festival_greeting"])


def test_another_person_has_a_count_of_his_own(contacted):
    other = CONTACT.int + 1000

    contacted.contact(None, addresses=MAIL, contact_id=str(UUID(int=other)))
    say(contacted, PROMOTION, when=NOON)

    assert [PLANNED] == say(contacted, PROMOTION, when=NOON, person_id=UUID(int=other))
