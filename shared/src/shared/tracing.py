"""W3C trace context: an incoming ``traceparent`` is continued, a missing one begun.

The trace travels in the outbox from there on (``Origin.traceparent``), so that one request can be
followed through all services.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

FORM = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})")

_current: ContextVar[str | None] = ContextVar("traceparent", default=None)


def continued(incoming: str | None) -> str:
    """A ``traceparent`` with a new span, in the trace of ``incoming`` where that can be read."""
    match = FORM.fullmatch(incoming or "")
    trace, flags = match.groups() if match else (secrets.token_hex(16), "01")
    return f"00-{trace}-{secrets.token_hex(8)}-{flags}"


def enter(incoming: str | None) -> str:
    """Begin a span in this context and return its ``traceparent``; ``leave`` ends it."""
    own = continued(incoming)
    _current.set(own)
    return own


def leave() -> None:
    """Forget the span of this context."""
    _current.set(None)


@contextmanager
def span(incoming: str | None) -> Iterator[str]:
    """Work within a span: what is emitted and logged inside carries its trace."""
    token = _current.set(continued(incoming))
    try:
        yield str(_current.get())
    finally:
        _current.reset(token)


def current_traceparent() -> str | None:
    """The ``traceparent`` to hand on, None outside of a span."""
    return _current.get()


def current_trace_id() -> str | None:
    """The id of the running trace, for the log."""
    own = _current.get()
    return own.split("-")[1] if own else None
