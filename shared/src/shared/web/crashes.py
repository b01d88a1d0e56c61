"""What was raised and not answered by a view becomes a problem; nothing of its text is told."""

import logging
from http import HTTPStatus
from typing import Any

from flask import Flask, Response
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from shared.rules import RuleBroken
from shared.web import etags, problems

logger = logging.getLogger(__name__)

CODES = {
    400: ("bad_request", "The request cannot be understood."),
    405: ("method_not_allowed", "The route does not take this method."),
    413: ("body_too_large", "The body is larger than this route takes."),
    415: ("unsupported_media_type", "The route does not take a body of this type."),
    422: ("invalid", "The request can be read and still makes no sense; see errors."),
}
# Where PostgreSQL's driver and SQLite's say what went wrong, and what both say of a unique index.
STATE_NAMES = ("sqlstate", "sqlite_errorname")
ALREADY_THERE = {"23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}
OWN_HEADERS = ("content-type", "content-length")


def install(app: Flask) -> None:
    """Answer every exception with a problem."""
    app.register_error_handler(RuleBroken, problems.of_rule)
    app.register_error_handler(StaleDataError, lambda _error: problems.of_rule(etags.stale()))
    for kind in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(kind, _on_database)
    app.register_error_handler(IntegrityError, _on_integrity)
    app.register_error_handler(DataError, _on_data)
    app.register_error_handler(Exception, _on_crash)


def on_http_exception(error: HTTPException) -> Response | HTTPException:
    """Answer what Werkzeug raised, or webargs with the errors of each field."""
    status = error.code
    if status is None or status < 400:
        return error
    if status == 404:
        return problems.not_found()
    if status >= 500:
        return _on_crash(error)
    name = HTTPStatus(status).name.lower()
    code, detail = CODES.get(status, (name, "The request was refused."))
    extra: dict[str, Any] = {}
    fields = getattr(error, "data", {}).get("messages")
    if fields:
        extra["errors"] = fields
    headers = {key: value for key, value in error.get_headers() if key.lower() not in OWN_HEADERS}
    return problems.answer(status, code, detail, headers=headers, **extra)


def _on_database(error: Exception) -> Response:
    original = error.orig if isinstance(error, DBAPIError) else error
    logger.error(
        "database_unavailable",
        extra={
            "error": type(original).__name__,
            "state": [getattr(original, name, None) for name in STATE_NAMES],
        },
    )
    return problems.database_unavailable()


def _on_integrity(error: IntegrityError) -> Response:
    # The command was tried twice, so no use case looks for the twin of what it adds.
    if not ALREADY_THERE & {getattr(error.orig, name, None) for name in STATE_NAMES}:
        return _on_crash(error)
    return problems.answer(409, "conflict", "There is such a thing already.")


def _on_data(_error: DataError) -> Response:
    return problems.answer(422, "invalid", "A value is longer or larger than it may be.")


def _on_crash(error: Exception) -> Response:
    logger.error("internal_error", exc_info=error)
    return problems.answer(
        500, "internal", "Something went wrong on our side. Tell us the correlation id."
    )
