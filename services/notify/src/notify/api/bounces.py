"""Mails that came back: the mail server that takes them hands them in here."""

from collections.abc import Callable
from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Length

from notify.adapters.channels.bounced_mail import Unreadable, read_bounce
from notify.api.access import BOUNCERS
from notify.domain.delivery import Desk
from notify.use_cases.bounces import Bounce, Kept, keep_bounce
from shared.rules import Invalid
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, tx
from shared.web.schemas import RequestSchema

REPORT_LENGTH = 200_000


class BounceUnreadable(Invalid):
    """What was handed in says nothing of a mail of ours."""

    code = "bounce_unreadable"


class BounceRequestSchema(RequestSchema):
    """A report as the mail server wrote it, with its headers (RFC 3464)."""

    report = fields.String(required=True, validate=Length(1, REPORT_LENGTH))


class BounceSchema(Schema):
    """What became of it."""

    message_id = fields.UUID(required=True)
    outcome = fields.Enum(Kept, by_value=True, required=True)


def blueprint(desk: Callable[[], Desk]) -> Blueprint:
    """Bounces; ``desk`` gives the channels that may follow."""
    blp = Blueprint("bounces", __name__, description="Mails that came back")

    @blp.post("/v1/bounces")
    @allow(*BOUNCERS)
    @command
    @blp.arguments(BounceRequestSchema)
    @blp.response(200, BounceSchema)
    def take_bounce(asked: dict[str, Any]) -> Bounce:
        """Take a report on a mail that was not delivered: the message fails, and its next channel
        follows. A mailbox that is none is told to the owner of the contact."""
        try:
            said = read_bounce(asked["report"])
        except Unreadable as error:
            raise BounceUnreadable(str(error)) from None
        return keep_bounce(tx(), desk(), said, seen_from=principal().unit)

    return blp
