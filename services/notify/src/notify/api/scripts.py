"""Messages that agents send, in the words of scripts, over HTTP."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, Regexp

from notify.api.access import SCRIPT_SENDERS
from notify.api.message_schemas import MessageSchema
from notify.domain.messages import Message
from notify.use_cases.scripts import send_script
from shared.placeholders import VALUE_LENGTH
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, tx
from shared.web.schemas import RequestSchema


class SendScriptSchema(RequestSchema):
    """To whom, which script of the packs, and the words to put in, by their placeholders."""

    contact_id = fields.UUID(required=True)
    script = fields.String(required=True, validate=Regexp(r"[a-z][a-z_]{0,59}\Z"))
    variables = fields.Dict(
        keys=fields.String(validate=Regexp(r"[a-z][a-z_]{0,39}\Z")),
        values=fields.String(validate=Length(1, VALUE_LENGTH)),
        load_default=dict,
        validate=Length(max=20),
    )


def blueprint() -> Blueprint:
    """The one command: send."""
    blp = Blueprint("scripts", __name__, description="Messages in the words of scripts")

    @blp.post("/v1/messages")
    @allow(*SCRIPT_SENDERS)
    @command
    @blp.arguments(SendScriptSchema)
    @blp.response(201, MessageSchema)
    def send_message(asked: dict[str, Any]) -> Message:
        """Have a script written to a contact of a customer or of a case; the audit log keeps who
        asked. Its state says when and whether it goes out."""
        unit = principal().unit
        contact = tx().contacts.of_customer(asked.pop("contact_id"), seen_from=unit)
        return send_script(tx(), contact, unit=unit, **asked)

    return blp
