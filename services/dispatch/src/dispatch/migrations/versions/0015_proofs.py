"""proofs of signatures"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

TYPES = sa.Enum(
    "application/pdf",
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/heic",
    name="mediatype",
    native_enum=False,
    length=40,
)
PARTS = sa.Enum("acceptance", "client", "dispatcher", name="part", native_enum=False, length=40)
KINDS = sa.Enum("typed", "link", "photograph", name="kind", native_enum=False, length=40)
IMAGE = ("id", "work_order_id", "media_type", "size", "sha256", "added_at", "added_by")
PROOF = (
    "id",
    "work_order_id",
    "part",
    "kind",
    "receiver_id",
    "signed_at",
    "digest",
    "image_id",
)


def upgrade() -> None:
    op.create_table(
        "signature_images",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_order_id", sa.Uuid(), nullable=False),
        sa.Column("media_type", TYPES, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["work_order_id"],
            ["work_orders.id"],
            name=op.f("fk_signature_images_work_order_id_work_orders"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature_images")),
    )
    op.create_index("ix_signature_images_work_order_id", "signature_images", ["work_order_id"])
    op.create_table(
        "signature_proofs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_order_id", sa.Uuid(), nullable=False),
        sa.Column("part", PARTS, nullable=False),
        sa.Column("kind", KINDS, nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("image_id", sa.Uuid(), nullable=True),
        sa.Column("evidence", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["work_order_id"],
            ["work_orders.id"],
            name=op.f("fk_signature_proofs_work_order_id_work_orders"),
        ),
        sa.ForeignKeyConstraint(
            ["image_id"],
            ["signature_images.id"],
            name=op.f("fk_signature_proofs_image_id_signature_images"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature_proofs")),
    )
    op.create_index(
        "ix_signature_proofs_work_order_id_part", "signature_proofs", ["work_order_id", "part"]
    )
    _only_add("signature_images", IMAGE)
    _only_add("signature_proofs", PROOF)


def _only_add(name: str, clear: tuple[str, ...]) -> None:
    same = " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in clear)
    raised = f"'{name} is only added to'"
    guards = {"update": f"WHEN (NOT ({same}))", "delete": ""}
    if op.get_bind().dialect.name == "sqlite":
        for act, guard in guards.items():
            op.execute(
                f"CREATE TRIGGER {name}_no_{act} BEFORE {act} ON {name} {guard} BEGIN"
                f" SELECT RAISE(ABORT, {raised}); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {name}_stays() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION {raised}; END $$"
    )
    for act, guard in guards.items():
        op.execute(
            f"CREATE TRIGGER {name}_no_{act} BEFORE {act} ON {name} FOR EACH ROW"
            f" {guard} EXECUTE FUNCTION {name}_stays()"
        )
