"""One holder at a time, and an epoch that fences the one before."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from shared.database import connect
from shared.leases import Lease
from shared.tables import leases, plumbing

Sessions = sessionmaker[Session]


@pytest.fixture
def sessions(tmp_path: Path) -> Iterator[Sessions]:
    engine = connect(f"sqlite:///{tmp_path}/service.db", application="test")
    plumbing.create_all(engine)
    yield sessionmaker(engine)
    engine.dispose()


def lease(sessions: Sessions, holder: str, *, seconds: float = 60.0) -> Lease:
    return Lease(sessions, "relay", holder=holder, seconds=seconds)


def fenced(sessions: Sessions, held: Lease) -> int:
    """How many rows a statement changes that ``held`` fences."""
    with sessions.begin() as session:
        statement = update(leases).where(held.fence()).values(name=leases.c.name)
        return session.execute(statement).rowcount


def test_the_first_holder_gets_epoch_one_and_keeps_it(sessions: Sessions) -> None:
    held = lease(sessions, "a", seconds=0.0)
    assert [True, True, True] == [held.hold() for _ in range(3)]
    assert 1 == held.held_epoch()


def test_another_holder_has_to_wait(sessions: Sessions) -> None:
    lease(sessions, "a").hold()
    other = lease(sessions, "b")
    assert (False, None) == (other.hold(), other.held_epoch())


def test_who_stands_by_asks_the_database_at_most_once_a_second(sessions: Sessions) -> None:
    first, other = lease(sessions, "a"), lease(sessions, "b")
    first.hold()
    other.hold()
    first.release()
    assert False is other.hold()
    time.sleep(1.0)
    assert True is other.hold()


def test_a_takeover_after_the_end_raises_the_epoch_and_fences_the_late_holder(
    sessions: Sessions,
) -> None:
    late = lease(sessions, "a", seconds=0.05)
    late.hold()
    assert 1 == fenced(sessions, late)
    time.sleep(0.1)
    successor = lease(sessions, "b")
    assert (True, 2) == (successor.hold(), successor.held_epoch())
    assert (0, 1) == (fenced(sessions, late), fenced(sessions, successor))
    assert (False, None) == (late.hold(), late.held_epoch())


def test_an_earlier_epoch_of_the_same_holder_is_fenced_too(sessions: Sessions) -> None:
    late = lease(sessions, "a", seconds=0.05)
    late.hold()
    time.sleep(0.1)
    between = lease(sessions, "b")
    between.hold()
    between.release()
    again = lease(sessions, "a")
    assert (True, 3) == (again.hold(), again.held_epoch())
    assert (0, 1) == (fenced(sessions, late), fenced(sessions, again))


def test_a_released_lease_is_free_at_once(sessions: Sessions) -> None:
    first = lease(sessions, "a")
    first.hold()
    first.release()
    second = lease(sessions, "b")
    assert (True, 2) == (second.hold(), second.held_epoch())


def test_a_holder_that_lost_the_lease_cannot_release_that_of_his_successor(
    sessions: Sessions,
) -> None:
    late = lease(sessions, "a", seconds=0.05)
    late.hold()
    time.sleep(0.1)
    lease(sessions, "b").hold()
    late.release()
    assert False is lease(sessions, "c").hold()


def test_a_lease_is_renewed_after_a_third_of_its_time(sessions: Sessions) -> None:
    held = lease(sessions, "a", seconds=0.3)
    held.hold()
    before = _until(sessions)
    held.hold()
    assert before == _until(sessions)
    time.sleep(0.15)
    held.hold()
    assert before < _until(sessions)


def _until(sessions: Sessions):
    with sessions() as session:
        return session.scalars(select(leases.c.until)).one()


def test_leases_of_two_names_do_not_meet(sessions: Sessions) -> None:
    lease(sessions, "a").hold()
    assert Lease(sessions, "other", holder="b", seconds=60.0).hold()


def test_releasing_what_is_not_held_changes_nothing(sessions: Sessions) -> None:
    lease(sessions, "a").hold()
    lease(sessions, "b").release()
    assert False is lease(sessions, "c").hold()
