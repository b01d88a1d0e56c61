"""The migrations make the tables that the code works with."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import sessionmaker

from notify.adapters.contacts import Contact
from notify.domain.contacts import Address
from shared.database import check, connect, upgrade
from shared.encrypted_columns import HELD
from shared.encryption import read_encryption
from shared.testing import KEYS


def test_migrations_and_tables_agree():
    engine = connect("sqlite://", application="test")

    upgrade("notify", engine)
    check("notify", engine)

    engine.dispose()


CONTACT = """INSERT INTO contacts (id, kind, active, name, language, zone, addresses)
VALUES (:id, 'person', 1, 'x', 'en', 'UTC', :addresses)"""


# S33
def test_addresses_that_stood_there_in_clear_are_encrypted():
    engine, keys = connect("sqlite://", application="test"), read_encryption(**KEYS)
    upgrade("notify", engine, to="0002")
    with engine.begin() as connection:
        given = {"id": UUID(int=1).hex, "addresses": '[{"channel": "log", "address": "1"}]'}
        connection.execute(text(CONTACT), given)

    upgrade("notify", engine, keys)

    with sessionmaker(engine, info={HELD: keys})() as session:
        assert (Address("log", "1"),) == session.get_one(Contact, UUID(int=1)).addresses
    engine.dispose()
