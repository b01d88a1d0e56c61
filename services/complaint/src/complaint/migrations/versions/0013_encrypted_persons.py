"""encrypt who complains, and about whom"""

import sqlalchemy as sa
from alembic import op

from shared.migrating import encrypt_column

revision = "0013"
down_revision = "0012"

OF_FORMS = {
    "shop_and_persons": 200,
    "other_contacts": 200,
    "agent_name": 120,
    "respondent_person": 120,
}


def upgrade() -> None:
    op.drop_index("ix_complaints_complainant_phone", "complaints")
    op.add_column("complaints", sa.Column("complainant_phone_index", sa.LargeBinary(length=16)))
    encrypt_column("complaints", "complainant_name", sa.String(120))
    encrypt_column("complaints", "complainant_phone", sa.String(40))
    op.create_index(
        "ix_complaints_complainant_phone_index", "complaints", ["complainant_phone_index"]
    )
    for column, length in OF_FORMS.items():
        encrypt_column("forms", column, sa.String(length))
