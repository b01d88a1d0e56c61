"""Keys change while the service works, and what was cut off goes on (S33)."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from shared import key_rotation
from shared.encrypted_columns import HELD
from shared.encryption import Encryption, fresh_key, read_encryption
from shared.key_rotation import Rotation, rotate_fields
from shared.testing import memory

from .notebook import Note, metadata, notes

OLD, NEW, INDEX = f"old:{fresh_key()}", f"new:{fresh_key()}", fresh_key()
BEFORE, BETWEEN, AFTER = (read_encryption(keys, INDEX) for keys in (OLD, f"{NEW},{OLD}", NEW))
COUNT = 7


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> Iterator[sessionmaker[Session]]:
    monkeypatch.setattr(key_rotation, "BATCH", 2)
    made = memory(metadata)
    made.configure(info={HELD: BEFORE})
    with made.begin() as session:
        session.add_all(Note(id=UUID(int=n), phone=f"+{n}", words=[str(n)]) for n in range(COUNT))
        session.add(Note(id=UUID(int=COUNT)))  # Of which there is nothing to encrypt.
    yield made
    made.kw["bind"].dispose()


def phones(sessions: sessionmaker[Session], encryption: Encryption) -> list[str | None]:
    sessions.configure(info={HELD: encryption})
    with sessions() as session:
        return [note.phone for note in session.scalars(select(Note).order_by(notes.c.id))]


EVERYTHING = [*(f"+{n}" for n in range(COUNT)), None]


@pytest.mark.rule("CF-11")
def test_every_row_is_encrypted_anew_and_the_old_key_can_go(
    sessions: sessionmaker[Session],
) -> None:
    rotation = Rotation(notes, BETWEEN)

    assert COUNT == rotation.run(sessions)
    assert EVERYTHING == phones(sessions, AFTER)
    assert 0 == rotation.run(sessions)
    with sessions() as session:
        assert 0 == rotation.left(session)


def test_one_that_was_cut_off_goes_on_where_it_stood(
    sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    rotation, anew, seen = Rotation(notes, BETWEEN), Rotation._anew, []

    def killed(self: Rotation, row: Any) -> Any:
        seen.append(row)
        if len(seen) > 3:
            raise KeyboardInterrupt
        return anew(self, row)

    monkeypatch.setattr(Rotation, "_anew", killed)
    with pytest.raises(KeyboardInterrupt):
        rotation.run(sessions)
    assert EVERYTHING == phones(sessions, BETWEEN)  # Rows of both keys are read.

    monkeypatch.undo()
    assert COUNT - 2 == rotation.run(sessions)
    assert EVERYTHING == phones(sessions, AFTER)


def test_a_new_key_of_indexes_reaches_every_row(sessions: sessionmaker[Session]) -> None:
    fresh = read_encryption(OLD, fresh_key())

    assert 0 == Rotation(notes, fresh).run(sessions)
    assert COUNT + 1 == Rotation(notes, fresh).run(sessions, everything=True)
    with sessions() as session:
        index = notes.c.phone_index == fresh.index("+3", "notes", "phone")
        assert [UUID(int=3)] == list(session.scalars(select(notes.c.id).where(index)))


def command(sessions: sessionmaker[Session], encryption: Encryption) -> Result:
    parts = SimpleNamespace(sessions=sessions, encryption=encryption)
    return CliRunner().invoke(rotate_fields((notes,), lambda: parts))


def test_the_command_says_what_it_did_and_whether_anything_is_left(
    sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = command(sessions, BETWEEN)
    assert (0, f"notes: {COUNT} rows\n") == (done.exit_code, done.output)

    monkeypatch.setattr(Rotation, "left", lambda *_: 1)
    left = command(sessions, BETWEEN)
    assert 1 == left.exit_code
    assert "1 rows are in use or under another key" in left.output
