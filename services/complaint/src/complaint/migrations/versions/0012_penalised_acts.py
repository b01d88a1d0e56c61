"""penalised_acts"""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    with op.batch_alter_table("penalties", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_penalties_about_rule_person_id_occurred_on"), type_="unique"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_penalties_about_rule_code_person_id_occurred_on"),
            ["about", "rule", "code", "person_id", "occurred_on"],
        )
