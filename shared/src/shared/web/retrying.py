"""Which failures of the database are worth a second try, and the one second try."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import request
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

T = TypeVar("T")

SERIALIZATION_FAILURE = "40001"
DEADLOCK_DETECTED = "40P01"


@dataclass
class Attempt:
    """How far a try came, and whether it is the second one. A connection lost while ``committing``
    leaves the outcome unknown."""

    again: bool = False
    committing: bool = False


def twice(work: Callable[[Attempt], T]) -> T:
    """Do ``work``, once more where another transaction or a lost connection was in its way.

    What lost against a row of another transaction finds that row in the second try. When the
    connection is lost during the commit, only a POST is tried again: its key tells whether the
    first try took effect.
    """
    attempt = Attempt()
    try:
        return work(attempt)
    except (DBAPIError, StaleDataError) as failure:
        if not _worth_it(failure, attempt):
            raise
    return work(Attempt(again=True))


def _worth_it(failure: DBAPIError | StaleDataError, attempt: Attempt) -> bool:
    if isinstance(failure, StaleDataError | IntegrityError):
        return True
    if failure.connection_invalidated:
        return not attempt.committing or request.method == "POST"
    return getattr(failure.orig, "sqlstate", None) in (SERIALIZATION_FAILURE, DEADLOCK_DETECTED)
