"""Numbers without gaps: a number whose transaction rolls back is given to the next one who asks."""

from sqlalchemy.orm import Session

from shared.outbox import upsert
from shared.tables import number_series


def next_number(session: Session, series: str) -> int:
    """The next number of ``series``, from 1. The series stays locked until the commit, which is
    what keeps it gapless and makes concurrent takers wait for each other."""
    statement = upsert(session.get_bind().dialect)(number_series).values(series=series, last=1)
    statement = statement.on_conflict_do_update(
        index_elements=["series"], set_={"last": number_series.c.last + 1}
    )
    return int(session.execute(statement.returning(number_series.c.last)).scalar_one())
