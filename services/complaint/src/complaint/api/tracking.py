"""A customer looks after his case with its tracking code, which no address and no log holds."""

from datetime import date
from typing import Any

from marshmallow import Schema, fields
from sqlalchemy.orm import Session

from complaint.adapters.attachments import Attachments
from complaint.adapters.trackings import Trackings
from complaint.api.attachments import FILE, SentFileSchema
from complaint.api.requests import LONG, text
from complaint.api.strangers import CODE, tracked_by_code, tracking_code
from complaint.domain.attachments import LARGEST
from complaint.domain.tracking import TrackedCase, tracked
from complaint.use_cases import tracking
from shared.org_units import calendar_of
from shared.policy import Policies, Rulebook
from shared.web.auth import ANYONE, allow
from shared.web.blueprint import Blueprint
from shared.web.bodies import body_limit, opened_body
from shared.web.commands import command, query, session, tx
from shared.web.kit import kit
from shared.web.schemas import AwareTime, RequestSchema
from shared.web.strangers import limited


class StatusWordsSchema(Schema):
    """A status in plain words."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class AwaitedSchema(Schema):
    """What comes next, and by when."""

    step = fields.String(required=True)
    due_at = AwareTime(required=True, allow_none=True)


class SaidSchema(Schema):
    """What was said, and when."""

    at = AwareTime(required=True)
    content = fields.String(required=True)


class TrackedSchema(Schema):
    """A case as its customer sees it: how far it is, in ``words`` where the packs have any, what he
    was told, what he wrote and which files he sent."""

    number = fields.String(required=True)
    kind = fields.String(required=True)
    received_at = AwareTime(required=True)
    status = fields.String(required=True)
    words = fields.Nested(StatusWordsSchema, required=True, allow_none=True)
    next = fields.Nested(AwaitedSchema, required=True, allow_none=True)
    held_until = AwareTime(required=True, allow_none=True)
    told = fields.List(fields.Nested(SaidSchema), required=True)
    said = fields.List(fields.Nested(SaidSchema), required=True)
    files = fields.List(fields.Nested(SentFileSchema), required=True)


class AddMessageSchema(RequestSchema):
    """What the customer adds."""

    content = text(LONG, required=True)


def seen(session: Session, policies: Policies, case: TrackedCase) -> dict[str, Any]:
    """The case as its customer sees it, in the words of its unit's packs."""
    shown = tracked(case)
    zone = calendar_of(session, case.unit).timezone
    today: date = kit().clock.now().astimezone(zone).date()
    words = tracking.words(policies, shown.status, unit=case.unit, on=today)
    files = Attachments(session).of_customer(case.id)
    return {**vars(shown), "words": words, "files": files}


def blueprint(rulebook: Rulebook) -> Blueprint:
    """What a tracking code opens."""
    blp = Blueprint("tracking", __name__, description="Cases by their tracking codes")

    @blp.get("/v1/public/tracking")
    @allow(ANYONE)
    @limited
    @tracked_by_code
    @query
    @blp.doc(**CODE)
    @blp.response(200, TrackedSchema)
    def get_tracked() -> dict[str, Any]:
        """How the case of a tracking code goes."""
        case = Trackings(session()).get(tracking_code())
        return seen(session(), Policies(rulebook, session()), case)

    @blp.post("/v1/public/tracking/messages")
    @allow(ANYONE)
    @limited
    @tracked_by_code
    @command
    @blp.doc(**CODE)
    @blp.arguments(AddMessageSchema)
    @blp.response(200, TrackedSchema)
    def add_message(asked: dict[str, Any]) -> dict[str, Any]:
        """Say more about one's case; inside a pause that ends it."""
        case = tracking.add_message(tx(), tracking_code(), **asked)
        return seen(tx().session, tx().policies, case)

    @blp.post("/v1/public/tracking/attachments")
    @allow(ANYONE)
    @body_limit(LARGEST)
    @limited
    @tracked_by_code
    @command
    @blp.doc(**CODE, **FILE)
    @blp.response(201, TrackedSchema)
    def add_file() -> dict[str, Any]:
        """Send a picture or a document to one's case."""
        case = tracking.attach(tx(), tracking_code(), content=opened_body().read())
        return seen(tx().session, tx().policies, case)

    return blp
