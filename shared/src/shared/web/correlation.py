"""What ties a request to its log lines, events and answers: ``X-Request-ID`` and the trace."""

import re

import structlog
from flask import Flask, Response, g, has_request_context, request

from shared import tracing
from shared.ids import new_id

HEADER = "X-Request-ID"
FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def install(app: Flask) -> None:
    """Give each request an id and a trace, and tell the id in the answer."""

    @app.before_request
    def _begin() -> None:
        # Within an application context of its own, a test keeps g from one request to the next.
        for name in list(g):
            g.pop(name)
        given = request.headers.get(HEADER, "")
        g.request_id = given if FORM.fullmatch(given) else str(new_id())
        tracing.enter(request.headers.get("traceparent"))
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(
            request_id=g.request_id, trace_id=tracing.current_trace_id()
        )

    @app.after_request
    def _tell(response: Response) -> Response:
        response.headers[HEADER] = request_id()
        return response

    @app.teardown_request
    def _end(_error: BaseException | None) -> None:
        structlog.contextvars.clear_contextvars()
        tracing.leave()


def request_id() -> str:
    """The id of the running request; made here when it was refused before it had one."""
    if not has_request_context():
        return str(new_id())
    if "request_id" not in g:
        g.request_id = str(new_id())
    return str(g.request_id)
