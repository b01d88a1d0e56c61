"""Bodies: how large they may be, and JSON that is read strictly."""

import hashlib
import json
import math
import re
from collections.abc import Callable
from functools import cache
from tempfile import SpooledTemporaryFile
from typing import IO, Any, NoReturn, TypeVar

from flask import Flask, Request, current_app, g, request
from marshmallow import Schema
from webargs.flaskparser import FlaskParser

from shared.web.problems import Problem

BODY_LIMIT = 256 * 1024
DEPTH_LIMIT = 20
CHUNK = 64 * 1024
# A string, ended or not, or a bracket outside of strings; each character is looked at once.
MARKS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}

View = TypeVar("View", bound=Callable[..., Any])


def body_limit(size: int) -> Callable[[View], View]:
    """Let a view take bodies of up to ``size`` bytes, for imports and attachments."""

    def mark(view: View) -> View:
        view.body_limit = size  # type: ignore[attr-defined]
        return view

    return mark


def install(app: Flask) -> None:
    """Refuse what is too large or encoded before anything reads it."""

    @app.before_request
    def _bound() -> None:
        if "\0" in request.path or "%00" in request.query_string.decode("latin-1"):
            raise Problem(400, "malformed_url", "The address holds a character that no text holds.")
        view = current_app.view_functions.get(request.endpoint or "")
        limit = getattr(view, "body_limit", BODY_LIMIT)
        if (request.content_length or 0) > limit:
            raise _too_large()
        # Werkzeug holds bodies without a length (chunked) to this limit as they are read. Of those
        # read piece by piece it refuses one of exactly the limit, so digest() counts as well.
        request.max_content_length = limit + hasattr(view, "body_limit")
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise Problem(415, "unsupported_media_type", "Send the body without an encoding.")

    @app.teardown_request
    def _close(_error: BaseException | None) -> None:
        if "spool" in g:
            g.spool.close()


def digest(start: str) -> str:
    """SHA-256 over ``start`` and the body, in hexadecimal.

    The body of a route with a limit of its own is put into a file on the way, so that it can be
    read after this, and once more when the command is tried again (``rewind``).
    """
    content = hashlib.sha256(start.encode())
    limit = _own_limit()
    if limit is None:
        content.update(request.get_data(cache=True))
        return content.hexdigest()
    g.spool = SpooledTemporaryFile(max_size=BODY_LIMIT)  # noqa: SIM115 - closed with the request.
    while chunk := request.stream.read(CHUNK):
        content.update(chunk)
        if g.spool.tell() + len(chunk) > limit:
            raise _too_large()
        g.spool.write(chunk)
    request.environ["wsgi.input"] = g.spool
    request.environ["wsgi.input_terminated"] = True
    return content.hexdigest()


def may_be_large() -> bool:
    """Whether the route of the running request takes bodies up to a limit of its own."""
    return _own_limit() is not None


def _own_limit() -> int | None:
    view = current_app.view_functions[request.endpoint or ""]
    return getattr(view, "body_limit", None)


def rewind() -> None:
    """Let the body be read from its beginning."""
    if "spool" in g:
        g.spool.seek(0)
        for cached in ("stream", "form", "files"):
            request.__dict__.pop(cached, None)


def opened_body() -> IO[bytes]:
    """The body from its beginning, piece by piece, after it was read by ``digest``."""
    rewind()
    return request.stream


class StrictParser(FlaskParser):
    """Reads arguments for flask-smorest, but JSON by the rules of ``read_json``."""

    def _get_schema(self, argmap: Any, req: Request) -> Schema:
        return _made(argmap) if isinstance(argmap, type) else super()._get_schema(argmap, req)

    def _raw_load_json(self, req: Request) -> Any:
        if req.mimetype != "application/json":
            raise Problem(415, "unsupported_media_type", "Send the body as application/json.")
        return read_json(req.get_data(cache=True))


@cache
def _made(schema: type[Schema]) -> Schema:
    # Made once, not for every request: it copies all its fields, and reading leaves it as it is.
    return schema()


def read_json(raw: bytes) -> Any:
    """The value of a JSON text in UTF-8.

    Raises Problem 400 ``malformed_json`` for what is no JSON, for a name that stands twice in an
    object, for NaN and infinite numbers and for text that no database holds; ``json_too_deep``
    beyond 20 levels.
    """
    try:
        text = raw.decode("utf-8")
        _check_depth(text)
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refuse,
            parse_float=_finite,
            parse_int=_bounded,
        )
    except ValueError:
        raise _malformed("The body is no JSON.") from None
    if "\\u" in text:  # Nothing but an escape can hide a character that no text holds.
        _check_texts(value)
    return value


def _check_depth(text: str) -> None:
    # Asked before the parser goes down there, which ends badly on a small stack.
    depth = 0
    for match in MARKS.finditer(text):
        depth += STEPS.get(match[0], 0)
        if depth > DEPTH_LIMIT:
            raise Problem(
                400, "json_too_deep", f"The body is nested deeper than {DEPTH_LIMIT} levels."
            )


def _check_texts(value: Any) -> None:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            _check_text(item)
        elif isinstance(item, dict):
            waiting += [*item, *item.values()]
        elif isinstance(item, list):
            waiting += item


def _check_text(text: str) -> None:
    if "\0" in text or (not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text)):
        raise _malformed("The body holds a character that no text holds.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name stands twice")
    return made


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("the number is too large")
    return number


def _bounded(text: str) -> int:
    number = int(text)
    if not -(2**63) <= number < 2**63:
        raise ValueError("no database holds so large a number")
    return number


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON")


def _malformed(detail: str) -> Problem:
    return Problem(400, "malformed_json", detail)


def _too_large() -> Problem:
    return Problem(413, "body_too_large", "The body is larger than this route takes.")
