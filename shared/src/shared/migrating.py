"""What every service's ``migrations/env.py`` does, so that a migration needs no code of ours."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON, MetaData, TypeDecorator

from shared.tables import plumbing

JSON_TYPE = 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'


def run(*tables: MetaData) -> None:
    """Run migrations on the connection that ``shared.database`` opened, for ``tables`` and the
    plumbing."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=[*tables, plumbing],
        render_as_batch=True,
        render_item=_render,
    )
    with context.begin_transaction():
        context.run_migrations()


def _render(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our column types as those of SQLAlchemy."""
    if kind != "type":
        return False
    plain = item.impl_instance if isinstance(item, TypeDecorator) else item
    if isinstance(plain, JSON):
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return JSON_TYPE
    return f"sa.{plain!r}" if isinstance(item, TypeDecorator) else False
