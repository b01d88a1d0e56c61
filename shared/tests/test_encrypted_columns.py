"""The domain sees values, the database ciphertexts that belong to one row each (S33)."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session, sessionmaker

from shared.encrypted_columns import encryption_of
from shared.encryption import DecryptionFailed, KeysMissing
from shared.testing import memory

from .notebook import Note, metadata, notes

ONE, TWO = UUID(int=1), UUID(int=2)
PHONE = "+8613812345678"


@pytest.fixture
def sessions() -> Iterator[sessionmaker[Session]]:
    made = memory(metadata)
    yield made
    made.kw["bind"].dispose()


def add(sessions: sessionmaker[Session], id_: UUID = ONE, phone: str | None = PHONE) -> Note:
    note = Note(id=id_, title="to call", phone=phone, words=["a", "b"])
    with sessions.begin() as session:
        session.add(note)
    return note


def kept(sessions: sessionmaker[Session], id_: UUID = ONE) -> Note:
    with sessions() as session:
        return session.get_one(Note, id_)


def stored(sessions: sessionmaker[Session]) -> str:
    with sessions() as session:
        return repr([tuple(row) for row in session.execute(text("SELECT * FROM notes"))])


def test_what_was_written_is_read_and_does_not_stand_in_the_table(
    sessions: sessionmaker[Session],
) -> None:
    note = add(sessions)

    assert (PHONE, ["a", "b"]) == (note.phone, note.words)  # As it was, after the commit too.
    assert (PHONE, ["a", "b"]) == (kept(sessions).phone, kept(sessions).words)
    assert "to call" in stored(sessions)
    assert PHONE not in stored(sessions)


def test_a_change_is_written_and_nothing_else_is(sessions: sessionmaker[Session]) -> None:
    add(sessions)
    before = stored(sessions)
    with sessions.begin() as session:
        session.get_one(Note, ONE).phone = PHONE
    assert before == stored(sessions)

    with sessions.begin() as session:
        note = session.get_one(Note, ONE)
        note.phone = "+8613900000000"
        session.flush()
        assert "+8613900000000" == note.phone
        session.refresh(note, with_for_update=True)
        assert "+8613900000000" == note.phone
    assert ("+8613900000000", ["a", "b"]) == (kept(sessions).phone, kept(sessions).words)


def test_a_merged_copy_is_written_like_any_other(sessions: sessionmaker[Session]) -> None:
    add(sessions)
    with sessions.begin() as session:
        session.merge(Note(id=ONE, phone="+8613900000000", words=[]))
        session.merge(Note(id=TWO, phone=PHONE))

    assert ("+8613900000000", []) == (kept(sessions).phone, kept(sessions).words)
    assert PHONE == kept(sessions, TWO).phone


def test_rows_are_found_by_the_index_until_the_value_goes(sessions: sessionmaker[Session]) -> None:
    add(sessions)
    add(sessions, TWO, "+8613900000000")
    with sessions.begin() as session:
        index = encryption_of(session).index(PHONE, "notes", "phone")
        found = select(Note).where(notes.c.phone_index == index)
        (note,) = session.scalars(found)
        assert ONE == note.id

        note.phone = None
        session.flush()
        assert [] == session.scalars(found).all()
        row = session.execute(select(notes.c.phone, notes.c.phone_index)).first()
        assert (None, None) == tuple(row or ())


@pytest.mark.rule("CF-11")
def test_a_ciphertext_that_was_moved_to_another_row_is_refused(
    sessions: sessionmaker[Session],
) -> None:
    add(sessions)
    add(sessions, TWO, "+8613900000000")
    with sessions.begin() as session:
        one, two = session.scalars(select(notes.c.phone).order_by(notes.c.id))
        for id_, value in ((ONE, two), (TWO, one)):
            session.execute(update(notes).where(notes.c.id == id_).values(phone=value))

    with pytest.raises(DecryptionFailed, match=f"notes/phone/{ONE} was altered"):
        kept(sessions)


def test_nothing_is_stored_in_clear_past_the_mapping(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session, pytest.raises(StatementError, match="not encrypted"):
        session.execute(insert(notes).values(id=ONE, phone=PHONE))


def test_what_failed_can_be_written_again(sessions: sessionmaker[Session]) -> None:
    add(sessions)
    note = Note(id=ONE, phone=PHONE)
    with pytest.raises(IntegrityError), sessions.begin() as session:
        session.add(note)
    with sessions.begin() as session:
        session.delete(session.get_one(Note, ONE))
    with sessions.begin() as session:
        session.add(note)

    assert PHONE == kept(sessions).phone


def test_a_session_without_keys_writes_nothing(sessions: sessionmaker[Session]) -> None:
    sessions.configure(info={})

    with pytest.raises(KeysMissing):
        add(sessions)
