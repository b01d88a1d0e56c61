"""Let those who do the same thing go on one after the other, where no row stands for it."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def take_turn(session: Session, number: int) -> None:
    """Until the commit nobody else goes on who asks for the same number: one for each thing that is
    done alone in a database. SQLite lets one write at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(number)))
