"""Storing what came: once, in any order, and never at the price of its neighbours."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shared.ids import new_id
from shared.inbox import Stored, start_at, store
from shared.tables import inbox, inbox_quarantine, inbox_subjects, plumbing
from shared.testing import memory
from shared.testing_inbox import delivered

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def session() -> Iterator[Session]:
    with memory().begin() as opened:
        yield opened


def subject_row(session: Session, subject: str = "complaint/1") -> tuple[object, ...]:
    of = inbox_subjects.c
    query = select(of.applied, of.due_at, of.parked).where(of.subject == subject)
    return tuple(session.execute(query).one())


def summary(stored: Stored) -> tuple[int, int, list[str]]:
    return stored.fresh, stored.repeated, [one.reason for one in stored.refused]


def test_an_event_is_stored_as_it_came_and_its_subject_is_due(session: Session) -> None:
    delivery = delivered()
    assert summary(store(session, [delivery], now=NOW)) == (1, 0, [])
    row = session.execute(select(inbox)).one()
    assert row.body == delivery.raw.decode()
    assert (row.state, row.attempts, row.received_at) == ("pending", 0, NOW)
    assert not row.private
    assert subject_row(session) == (0, NOW, False)


def test_a_message_of_the_private_exchange_is_marked_private(session: Session) -> None:
    store(session, [delivered(private=True)], now=NOW)
    assert session.scalars(select(inbox.c.private)).one()


def test_the_same_event_is_stored_once_in_one_batch_and_in_several(session: Session) -> None:
    delivery = delivered()
    assert summary(store(session, [delivery] * 3, now=NOW)) == (1, 2, [])
    assert summary(store(session, [delivery] * 2, now=NOW)) == (0, 2, [])
    assert len(session.execute(select(inbox)).all()) == 1


def test_a_repeat_of_what_is_done_does_not_wake_its_subject(session: Session) -> None:
    delivery = delivered()
    store(session, [delivery], now=NOW)
    session.execute(update(inbox_subjects).values(due_at=None, applied=1))
    store(session, [delivery], now=NOW)
    assert subject_row(session) == (1, None, False)


def test_two_events_in_one_place_leave_the_second_in_quarantine(session: Session) -> None:
    first, second = delivered(event_id=new_id()), delivered(event_id=new_id())
    assert summary(store(session, [first, second], now=NOW)) == (1, 0, ["sequence_taken"])
    assert session.scalars(select(inbox.c.body)).one() == first.raw.decode()
    assert session.scalars(select(inbox_quarantine.c.raw)).one() == second.raw


def test_what_is_unreadable_is_kept_with_its_bytes_and_the_rest_is_stored(
    session: Session,
) -> None:
    poison = replace(delivered(), raw=b"\xff\x00poison")
    stored = store(session, [poison, delivered(sequence=1), poison], now=NOW)
    assert summary(stored) == (1, 0, ["not_utf8", "not_utf8"])
    row = session.execute(select(inbox_quarantine)).one()
    assert (row.raw, row.reason) == (b"\xff\x00poison", "not_utf8")
    assert row.properties["routing_key"] == "complaint.filed.v1"


def test_a_new_event_does_not_hurry_a_subject_that_waits_to_be_retried(session: Session) -> None:
    later = NOW + timedelta(minutes=5)
    store(session, [delivered(sequence=1)], now=NOW)
    session.execute(update(inbox_subjects).values(due_at=later))
    store(session, [delivered(sequence=2)], now=NOW)
    assert subject_row(session) == (0, later, False)


def test_a_new_event_does_not_wake_a_subject_that_is_parked(session: Session) -> None:
    store(session, [delivered(sequence=1)], now=NOW)
    session.execute(update(inbox_subjects).values(due_at=None, parked=True))
    store(session, [delivered(sequence=2)], now=NOW)
    assert subject_row(session) == (0, None, True)


def test_a_subject_can_begin_behind_a_sequence_but_not_be_moved(session: Session) -> None:
    start_at(session, "complaint/1", applied=40)
    start_at(session, "complaint/1", applied=99)
    assert subject_row(session) == (40, None, False)
    store(session, [delivered(sequence=41)], now=NOW)
    assert subject_row(session) == (40, NOW, False)


def test_the_tables_of_the_inbox_are_plumbing_of_every_service() -> None:
    assert {"inbox", "inbox_subjects", "inbox_quarantine"} <= set(plumbing.tables)
