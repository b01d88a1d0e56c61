"""Requests of customers, who have no token: counted by where they come from, and told from each
other by the tracking code."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec

from flask import Response, request

from complaint.adapters.call_limits import CallLimit, count
from complaint.domain.tracking import digest, read_code
from shared.rules import NotFound
from shared.web.addresses import client_address
from shared.web.auth import go_by
from shared.web.kit import kit

P = ParamSpec("P")

# Before any case or unit is known, and so before any pack: what protects the service itself.
CALLS = CallLimit("calls", 60, timedelta(minutes=1))
HEADER = "Tracking-Code"
CODE = {
    "parameters": [
        {
            "in": "header",
            "name": HEADER,
            "required": True,
            "description": "As it was issued; blanks, hyphens and small letters do not matter.",
            "schema": {"type": "string"},
        }
    ]
}


def limited(view: Callable[P, Response]) -> Callable[P, Response]:
    """Count every call from an address, whatever comes of it; too many are answered with 429."""

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> Response:
        with kit().begin(now=kit().clock.now()) as tx:
            count(tx.session, CALLS, client_address(), now=tx.now)
        return view(*args, **kwargs)

    run.limited = True  # type: ignore[attr-defined]
    return run


def tracked_by_code(view: Callable[P, Response]) -> Callable[P, Response]:
    """Let whoever sends a tracking code be known by it to the guard of repetitions and to the
    timeline. Raises NotFound for what is no code."""

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> Response:
        go_by(f"tracking/{digest(tracking_code()).hex()[:32]}")
        return view(*args, **kwargs)

    return run


def tracking_code() -> str:
    """The code that came with the running request. Raises NotFound."""
    code = read_code(request.headers.get(HEADER, ""))
    if code is None:
        raise NotFound("No case has this code.")
    return code
