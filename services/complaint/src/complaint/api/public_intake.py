"""What customers file themselves, without a token (PT-20)."""

from typing import Any

from marshmallow import fields

from complaint.api.requests import LONG, text
from complaint.api.strangers import limited
from complaint.api.tracking import TrackedSchema, seen
from complaint.domain.intake import Complainant, Details, Intake, Subject
from complaint.domain.public_intake import CHANNEL
from complaint.use_cases import public_intake
from shared.web.addresses import client_address
from shared.web.auth import ANYONE, allow
from shared.web.blueprint import Blueprint
from shared.web.commands import command, revealing, tx
from shared.web.idempotency import Guard
from shared.web.problems import Problem
from shared.web.schemas import AwareTime, RequestSchema

SHORTEST_KEY = 22  # Nobody hits upon the key of somebody else: 128 bits in base64.


class FilePubliclySchema(RequestSchema):
    """What a customer says of himself and of the matter; how he can be reached is up to him."""

    org_unit = text(60, required=True)
    complainant = fields.Enum(Complainant, by_value=True, required=True)
    about = fields.Enum(Subject, by_value=True, required=True)
    reason = text(LONG, required=True)
    course = text(LONG)
    occurred_at = AwareTime()
    place = text(200)
    shop_and_persons = text(200)
    product = text(120)
    product_code = text(60)
    sales_order = text(60)
    respondent_department = text(120)
    respondent_person = text(120)
    complainant_name = text(120)
    complainant_phone = text(40)
    other_contacts = text(200)


class FiledSchema(TrackedSchema):
    """What was filed, and the code that finds it; it is shown here alone."""

    tracking_code = fields.String(required=True)


blp = Blueprint("public_intake", __name__, description="What customers file themselves")


@blp.post("/v1/public/complaints")
@allow(ANYONE)
@limited
@command
@blp.arguments(FilePubliclySchema)
@blp.response(201, FiledSchema)
@revealing
def file_public_complaint(asked: dict[str, Any]) -> dict[str, Any]:
    """Complain without a token. Sent again with its key it gets the same code and files nothing."""
    who = {name: asked.pop(name) for name in WHO if name in asked}
    intake = Intake(channel=CHANNEL, received_at=tx().now, **who)
    filed = public_intake.file_complaint(tx(), _sent(), intake=intake, details=Details(**asked))
    return {"tracking_code": filed.tracking_code, **seen(tx().session, tx().policies, filed.case)}


WHO = ("org_unit", "complainant", "about", "complainant_name", "complainant_phone")


def _sent() -> public_intake.Sent:
    """The running request. Raises Problem 400 ``idempotency_key_weak``."""
    guard = Guard.of_request()
    if len(guard.key) < SHORTEST_KEY:
        raise Problem(
            400,
            "idempotency_key_weak",
            f"Take a random key of at least {SHORTEST_KEY} characters: it stands for you.",
        )
    return public_intake.Sent(guard.key, guard.digest, client_address())
