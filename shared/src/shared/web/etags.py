"""Lost updates: the version of a thing is its ``ETag``, and who changes it says which he saw.

Version 0 stands for a thing that does not exist yet: ``If-None-Match: *`` asks for it.
"""

import re

from flask import Response, g, request

from shared.web.problems import Problem

STRONG = re.compile(r'"(\d{1,18})"')


def set_version(version: int) -> None:
    """Tell, in the answer to the running request, which version of the thing it shows."""
    g.version = version


def required_version() -> int:
    """The version that the caller saw, from ``If-Match``; 0 for ``If-None-Match: *``.

    Raises Problem 428 ``if_match_missing`` without the header, 412 ``version_stale`` when it holds
    anything but one version of ours.
    """
    demand()
    g.version_required = True
    given = request.headers.get("If-Match")
    if given is None:
        return 0
    match = STRONG.fullmatch(given.strip())
    if match is None:
        raise stale()
    return int(match[1])


def demand() -> None:
    """Raise Problem 428 ``if_match_missing`` unless the caller says which version he saw."""
    if "If-Match" not in request.headers and request.headers.get("If-None-Match") != "*":
        raise Problem(428, "if_match_missing", "Say with If-Match which version you change.")


def check_version(actual: int) -> None:
    """Raise Problem 412 ``version_stale`` when the caller saw another version than ``actual``."""
    if required_version() != actual:
        raise stale()


def stale() -> Problem:
    """The refusal of a change to a version that is no longer the present one."""
    return Problem(412, "version_stale", "The thing was changed since you read it; read it anew.")


def was_required() -> bool:
    """Whether the view asked which version the caller saw."""
    return "version_required" in g


def apply(response: Response) -> None:
    """Put the version that the view told into ``response``."""
    if "version" in g:
        response.headers["ETag"] = f'"{g.version}"'
