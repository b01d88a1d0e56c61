"""Requests of those who have no token: counted by where they come from."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec

from flask import Response

from shared.call_limits import CallLimit, count
from shared.web.addresses import client_address
from shared.web.kit import kit

P = ParamSpec("P")

# Before anything else is known, and so before any pack: what protects the service itself.
CALLS = CallLimit("calls", 60, timedelta(minutes=1))


def limited(view: Callable[P, Response]) -> Callable[P, Response]:
    """Count every call from an address, whatever comes of it; too many are answered with 429."""

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> Response:
        with kit().begin(now=kit().clock.now()) as tx:
            count(tx.session, CALLS, client_address(), now=tx.now)
        return view(*args, **kwargs)

    run.limited = True  # type: ignore[attr-defined]
    return run
