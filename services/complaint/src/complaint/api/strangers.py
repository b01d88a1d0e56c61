"""Requests of customers, who have no token: told from each other by the tracking code."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Response, request

from shared.codes import digest, read_code
from shared.rules import NotFound
from shared.web.auth import go_by

P = ParamSpec("P")

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
