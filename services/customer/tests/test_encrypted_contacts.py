"""Telephone numbers and mail addresses of contacts stand encrypted (S33)."""

from uuid import UUID

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import sessionmaker

from customer.adapters.mapping import Contact
from customer.adapters.tables import contacts
from customer.main import SERVICE
from customer.settings import Settings
from shared.database import connect, upgrade
from shared.encrypted_columns import HELD, encrypted_fields
from shared.encryption import DecryptionFailed, KeysMissing, read_encryption
from shared.testing import KEYS

from .river import CUSTOMERS, LI, RIVER

PHONE, EMAIL = "+8613800001234", "lihua@example.com"
OTHER = {**LI, "name": "王芳", "phone": "139 0000 4321", "email": "wang@example.com"}


@pytest.mark.rule("CF-11")
def test_the_table_holds_neither_number_nor_address_and_answers_do(as_, path, contact, sessions):
    with sessions() as session:
        stored = repr([tuple(row) for row in session.execute(text("SELECT * FROM contacts"))])
    assert [] == [secret for secret in (PHONE, PHONE[3:], EMAIL, "lihua") if secret in stored]

    reveals = f"{path}/contacts/{contact['contact_id']}/reveals"
    shown = as_("department_head").post(reveals, {"reason": "to call"})
    assert (PHONE, EMAIL) == (shown.json["phone"], shown.json["email"])


def test_a_number_that_was_changed_is_found_and_the_old_one_is_not(sales, path, contact):
    sales.patch(f"{path}/contacts/{contact['contact_id']}", {"phone": "13900004321"}, version=1)

    def found(phone):
        answer = sales.post(f"{CUSTOMERS}/searches", {"phone": phone})
        return [one["number"] for one in answer.json["items"]]

    assert (["F-0001"], []) == (found("+86 139 0000 4321"), found(LI["phone"]))


@pytest.mark.rule("CF-11")
def test_a_number_that_was_put_into_another_row_is_not_shown(sales, sessions):
    sales.post(CUSTOMERS, {**RIVER, "contacts": [LI, OTHER]})
    with sessions.begin() as session:
        (one, _), (two, phone) = session.execute(select(contacts.c.id, contacts.c.phone)).all()
        session.execute(update(contacts).where(contacts.c.id == one).values(phone=phone))

    with sessions() as session:
        assert session.get_one(Contact, two).phone
        with pytest.raises(DecryptionFailed, match=f"contacts/phone/{one} was altered"):
            session.get_one(Contact, one)


def test_every_encrypted_table_can_be_rotated_and_no_process_runs_without_keys():
    assert [["phone", "email"]] == [
        [field.column for field in encrypted_fields(table)] for table in SERVICE.encrypted
    ]
    assert ("field_keys", "index_key") == Settings.REQUIRED


ROWS = (
    f"""INSERT INTO customers (id, number, name, name_key, kind, org_unit, registered_at, version)
    VALUES ('{UUID(int=2).hex}', '1', 'x', 'x', 'company', 'hq', '2026-03-02 02:00:00', 1)""",
    f"""INSERT INTO contacts (id, customer_id, name, phone, email, language, zone, active, version)
    VALUES ('{UUID(int=1).hex}', '{UUID(int=2).hex}', 'x', '{PHONE}', '{EMAIL}', 'en', 'UTC', 1, 1)
    """,
)


@pytest.fixture
def before():
    """A database of the time before, with a contact in it."""
    engine = connect("sqlite://", application="test")
    upgrade("customer", engine, to="0027")
    with engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row))
    yield engine
    engine.dispose()


def test_what_stood_there_in_clear_is_encrypted_by_the_migration(before):
    keys = read_encryption(**KEYS)
    upgrade("customer", before, keys)

    with sessionmaker(before, info={HELD: keys})() as session:
        contact = session.get_one(Contact, UUID(int=1))
        assert (PHONE, EMAIL) == (contact.phone, contact.email)
        index = keys.index(PHONE, "contacts", "phone")
        assert [index] == list(session.scalars(select(contacts.c.phone_index)))


def test_the_migration_needs_keys_where_there_is_something_to_encrypt(before):
    with pytest.raises(KeysMissing):
        upgrade("customer", before)
