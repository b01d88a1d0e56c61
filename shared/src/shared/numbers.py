"""Numbers without gaps: a number whose transaction rolls back is given to the next one who asks."""

from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from shared.outbox import insert_for
from shared.tables import number_series


def next_number(session: Session, series: str) -> int:
    """The next number of ``series``, from 1. The series stays locked until the commit, which is
    what keeps it gapless and makes concurrent takers wait for each other."""
    statement = taking(session.get_bind().dialect.name)
    taken: int = session.execute(statement, {"series": series, "last": 1}).scalar_one()
    return taken


@cache
def taking(dialect: str) -> Any:
    """The statement by which a number is taken; made once, which costs more than to run it."""
    return (
        insert_for(dialect)(number_series)
        .on_conflict_do_update(index_elements=["series"], set_={"last": number_series.c.last + 1})
        .returning(number_series.c.last)
    )
