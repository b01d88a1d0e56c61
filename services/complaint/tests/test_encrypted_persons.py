"""Who complains, how he is reached and about whom he complains stands encrypted (S33)."""

from uuid import UUID

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import sessionmaker

from complaint.adapters.mapping import Complaint, ComplaintForm
from complaint.adapters.tables import complaints, forms, metadata
from complaint.domain.intake import Details
from complaint.main import SERVICE
from complaint.settings import Settings
from shared.database import connect, upgrade
from shared.encrypted_columns import HELD, encrypted_fields
from shared.encryption import DecryptionFailed, read_encryption
from shared.testing import KEYS

PHONE = "13812345678"
OF_COMPLAINT = {"complainant_name": "李华", "complainant_phone": PHONE}
OF_FORM = {
    "agent_name": "王芳",
    "other_contacts": "office 4711",
    "shop_and_persons": "陈明、赵强",
    "respondent_person": "刘洋",
}


@pytest.mark.rule("CF-11")
def test_the_tables_hold_nobody_and_the_complaint_does(desk, sessions):
    complaint = desk.file(**OF_COMPLAINT, details=Details(**OF_FORM))
    desk.contact(complaint)

    with sessions() as session:
        rows = [
            tuple(row)
            for table in ("complaints", "forms")
            for row in session.execute(text(f"SELECT * FROM {table}"))
        ]
    plain = repr(rows).encode() + b"".join(v for row in rows for v in row if isinstance(v, bytes))
    told = [*OF_COMPLAINT.values(), *OF_FORM.values()]
    assert [] == [secret for secret in told if secret in repr(rows) or secret.encode() in plain]

    seen = desk.read(complaint)
    assert OF_COMPLAINT == {name: getattr(seen.intake, name) for name in OF_COMPLAINT}
    assert OF_FORM == {name: getattr(seen.form.details, name) for name in OF_FORM}


@pytest.mark.rule("CF-11")
def test_a_name_that_was_put_into_another_complaint_is_not_shown(desk, sessions):
    one, two = desk.file(**OF_COMPLAINT), desk.file(complainant_name="赵六")
    with sessions.begin() as session:
        name = select(complaints.c.complainant_name).where(complaints.c.id == two.id)
        moved = update(complaints).where(complaints.c.id == one.id)
        session.execute(moved.values(complainant_name=session.scalars(name).one()))

    with sessions() as session:
        assert session.get_one(Complaint, two.id).intake.complainant_name == "赵六"
        with pytest.raises(DecryptionFailed, match=f"complaints/complainant_name/{one.id}"):
            session.get_one(Complaint, one.id)


def test_every_encrypted_table_can_be_rotated_and_no_process_runs_without_keys():
    fields = {
        table.name: {field.column for field in encrypted_fields(table)}
        for table in metadata.tables.values()
    }
    assert {"complaints": set(OF_COMPLAINT), "forms": set(OF_FORM)}.items() <= fields.items()
    assert {name for name, held in fields.items() if held} == {
        table.name for table in SERVICE.encrypted
    }
    assert ("field_keys", "index_key") == Settings.REQUIRED


ID = UUID(int=1)
BEFORE = (
    f"""INSERT INTO cases (id, kind, number, org_unit, channel, received_at, level, handler_id,
    filed_by, filed_at, version) VALUES ('{ID.hex}', 'complaint', 'shop-01-1', 'shop-01',
    'telephone', '2026-03-02 02:00:00', 1, '{ID.hex}', '{ID.hex}', '2026-03-02 02:00:00', 1)""",
    f"""INSERT INTO complaints (id, complainant, about, complainant_name, complainant_phone,
    reported_to_12315, suggestion, state) VALUES ('{ID.hex}', 'consumer', 'product_quality', '李华',
    '{PHONE}', 0, '{{}}', 'received')""",
    f"""INSERT INTO forms (id, complaint_id, position, form_no, opened_at, level, tier, handler_id,
    agent_name, other_contacts, shop_and_persons, respondent_person) VALUES ('{ID.hex}',
    '{ID.hex}', 1, 'shop-01-1/1', '2026-03-02 02:00:00', 1, 1, '{ID.hex}',
    '王芳', 'office 4711', '陈明、赵强', '刘洋')""",
)


def test_what_stood_there_in_clear_is_encrypted_by_the_migration():
    engine, keys = connect("sqlite://", application="test"), read_encryption(**KEYS)
    upgrade("complaint", engine, to="0012")
    with engine.begin() as connection:
        for row in BEFORE:
            connection.execute(text(row))

    upgrade("complaint", engine, keys)

    with sessionmaker(engine, info={HELD: keys})() as session:
        details = session.get_one(ComplaintForm, ID).details
        assert OF_FORM == {name: getattr(details, name) for name in OF_FORM}
        index = keys.index(PHONE, "complaints", "complainant_phone")
        found = select(complaints.c.id).where(complaints.c.complainant_phone_index == index)
        assert [ID] == list(session.scalars(found))
        assert 1 == len(session.execute(select(forms.c.agent_name)).all())
    engine.dispose()
