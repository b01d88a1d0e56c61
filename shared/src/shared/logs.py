"""Logs: one JSON object a line on standard output, without personal data and safe to read.

Everything goes through the standard library's logging, so that the lines of foreign libraries look
the same. Exceptions are logged by class and place: their texts may repeat what a person entered.
"""

import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import IO, Any

import structlog
from structlog.types import EventDict, Processor

REDACTED = "[redacted]"
SECRET = frozenset(
    {
        "address", "authorization", "body", "contact", "content", "cookie", "email", "mobile",
        "name", "password", "payload", "phone", "raw", "secret", "telephone", "text", "token",
    }
)  # fmt: skip
# These libraries are quiet unless something is wrong, and then speak without their arguments,
# among which a broken message with its whole body may be.
FOREIGN = ("alembic", "amqp", "kombu", "pika", "sqlalchemy", "urllib3", "werkzeug")
TEXT_LIMIT = 1000
PHONE = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")
SHORTEST_PHONE = 11
EMAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+")


def _without_arguments(_logger: Any, _method: str, event: EventDict) -> EventDict:
    record = event["_record"]
    if record.name.partition(".")[0] in FOREIGN:
        event["event"] = str(record.msg)
    return event


FROM_STRUCTLOG: list[Processor] = [
    structlog.stdlib.filter_by_level,
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
]
FROM_LOGGING: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    _without_arguments,
]


def configure(service: str, *, level: str = "INFO", stream: IO[str] | None = None) -> None:
    """Send every log line of the process to ``stream``, standard output by default."""
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(formatter(service))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for library in FOREIGN:
        logging.getLogger(library).setLevel(logging.WARNING)
    structlog.configure(
        processors=FROM_STRUCTLOG,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def formatter(service: str) -> structlog.stdlib.ProcessorFormatter:
    """The formatter that makes a line of a record, for handlers made elsewhere as well."""

    def add_service(_logger: Any, _method: str, event: EventDict) -> EventDict:
        event["service"] = service
        return event

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=FROM_LOGGING,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            add_service,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            _place_of_error,
            _redact,
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        use_get_message=True,
    )


def _place_of_error(_logger: Any, _method: str, event: EventDict) -> EventDict:
    info = event.pop("exc_info", None)
    error = info[1] if isinstance(info, tuple) else info
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event.setdefault("error", type(error).__name__)
        event["places"] = places(error)
    event.pop("stack_info", None)
    return event


def places(error: BaseException) -> list[str]:
    """Where ``error`` was raised and through which causes, without any text of it."""
    told: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(told) < 60:
        told.append(type(cause).__name__)
        frames = traceback.extract_tb(cause.__traceback__)[-15:]
        told += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        cause = cause.__cause__ or cause.__context__
    return told


def _redact(_logger: Any, _method: str, event: EventDict) -> MutableMapping[str, Any]:
    return {key: _clean(key, value) for key, value in event.items()}


def _clean(key: str, value: Any) -> Any:
    if key.lower().rpartition("_")[2] in SECRET:
        return REDACTED
    match value:
        case None | bool() | int() | float():
            return value
        case Mapping():
            return {str(inner): _clean(str(inner), item) for inner, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_clean("", item) for item in value]
    return _clean_text(str(value))


def _clean_text(text: str) -> str:
    # Cut first: the search for addresses takes longest where there are none.
    without = text[: 2 * TEXT_LIMIT]
    if len(without) >= SHORTEST_PHONE:
        without = PHONE.sub(REDACTED, without)
    if "@" in without:
        without = EMAIL.sub(REDACTED, without)
    # JSON escapes the control characters but for this one.
    return without.replace("\x7f", "\\x7f")[:TEXT_LIMIT]
