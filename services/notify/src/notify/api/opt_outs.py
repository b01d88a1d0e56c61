"""Opting out by the link of a mail. Nobody has a token here; programs that read mail post to the
link themselves (RFC 8058), and people see a page with one button."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec
from uuid import UUID

from flask import Response
from marshmallow import Schema, fields

from notify.adapters.opt_out_links import PATH
from notify.domain.messages import Purpose
from notify.use_cases.opt_outs import opt_out_by_link
from shared.web.auth import ANYONE, allow, go_by
from shared.web.blueprint import Blueprint
from shared.web.commands import command, keyless, query, tx
from shared.web.strangers import limited

P = ParamSpec("P")

ONE = f"{PATH}/<uuid:message_id>/<code>"
PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>退订 / Opt out</title></head>
<body><form method="post"><p>不再接收推广信息?<br>Receive no promotions any more?</p>
<button>确认退订 / Opt out</button></form></body></html>
"""


class OptedOutSchema(Schema):
    """Of what the recipient has opted out."""

    opted_out = fields.Enum(Purpose, by_value=True, required=True)


def by_message(view: Callable[P, Response]) -> Callable[P, Response]:
    """Let whoever sends a link be known by its message to the audit log."""

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> Response:
        go_by(f"message/{kwargs['message_id']}")
        return view(*args, **kwargs)

    return run


def blueprint() -> Blueprint:
    """What the link of a promotion opens."""
    blp = Blueprint("opt_outs", __name__, description="Opting out by a link")

    @blp.get(ONE)
    @allow(ANYONE)
    @limited
    @query
    @blp.response(200, content_type="text/html")
    def show_opt_out(message_id: UUID, code: str) -> Response:  # noqa: ARG001 - all links look alike.
        """A page with a button; it tells nothing, and to look at it changes nothing."""
        answer = Response(PAGE, mimetype="text/html")
        answer.headers["Content-Security-Policy"] = (
            "default-src 'none'; form-action 'self'; frame-ancestors 'none'"
        )
        return answer

    @blp.post(ONE)
    @allow(ANYONE)
    @limited
    @by_message
    @command
    @blp.response(200, OptedOutSchema)
    @keyless
    def opt_out(message_id: UUID, code: str) -> dict[str, Any]:
        """Send the recipient of the message no promotion any more."""
        opt_out_by_link(tx(), message_id, code)
        return {"opted_out": Purpose.PROMOTION}

    return blp
