"""Who is there to act."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, Uuid

from complaint.adapters.tables.schema import metadata

# Persons and posts as dispatch tells them.
staff = Table(
    "staff",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("active", Boolean, nullable=False),
    Column("superior_id", Uuid),
)

staff_posts = Table(
    "staff_posts",
    metadata,
    Column("person_id", Uuid, ForeignKey("staff.person_id"), primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("role", String(60), primary_key=True),
    Index("ix_staff_posts_role", "role", "unit"),
)
