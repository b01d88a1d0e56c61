"""Each answered request as a line of the log and as metrics, by its route, never by its path."""

import logging
import time

from flask import Flask, Response, g, request
from prometheus_client import Counter, Histogram

logger = logging.getLogger("shared.web.access")

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})

ANSWERED = Counter(
    "huiyin_http_requests", "Answered requests.", ["service", "method", "route", "status"]
)
SECONDS = Histogram(
    "huiyin_http_request_seconds", "Time to the answer.", ["service", "method", "route"]
)


def install(app: Flask, *, service: str) -> None:
    """Measure and log every answer of ``app``."""

    @app.before_request
    def _begin() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def _end(response: Response) -> Response:
        seconds = time.perf_counter() - g.get("begun", time.perf_counter())
        _measure(service, response.status_code, seconds)
        _log(response.status_code, seconds)
        return response


def route() -> str:
    """The template of the running request's route, which holds no ids."""
    return str(request.url_rule) if request.url_rule else "unmatched"


def _measure(service: str, status: int, seconds: float) -> None:
    method = request.method if request.method in METHODS else "other"
    ANSWERED.labels(service, method, route(), str(status)).inc()
    SECONDS.labels(service, method, route()).observe(seconds)


def _log(status: int, seconds: float) -> None:
    caller = g.get("principal")
    logger.log(
        logging.DEBUG if route() in QUIET else logging.INFO,
        "request",
        extra={
            "method": request.method if request.method in METHODS else "other",
            "route": route(),
            "status": status,
            "ms": round(seconds * 1000, 1),
            "principal": caller.id if caller else None,
        },
    )
