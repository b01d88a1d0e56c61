"""Why somebody was told of an event, or was not."""

from typing import Any

from marshmallow import Schema, fields

from notify.api.access import READERS
from notify.api.message_schemas import MessageSchema
from notify.domain.hearings import Spoken, Verdict
from notify.use_cases.hearings import Answer, explain_event
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import query, session
from shared.web.schemas import AwareTime, BecauseSchema


class ExplainArgs(Schema):
    """Of which event and of whom: a member of the staff, a contact, or a case."""

    event = fields.UUID(required=True)
    person = fields.UUID(required=True)


class HeardRuleSchema(Schema):
    """A rule that spoke of the event: ``audience`` are fields of the event. The messages are the
    lines of the ledger, oldest first: one that failed is followed by that for the next channel."""

    reason = fields.String(required=True, attribute="decision.reason")
    audience = fields.List(fields.String(), required=True, attribute="decision.audience")
    because = fields.Nested(BecauseSchema, required=True, attribute="decision.because")
    outcome = fields.Enum(Spoken, by_value=True, required=True)
    messages = fields.List(fields.Nested(MessageSchema), required=True)


class ExplanationSchema(Schema):
    """Whether somebody was told. ``why`` is a code: the state or the reason of a message, or why
    there is none; null when he was told. ``told_instead`` is who is told in the place of a case
    that names nobody. ``error`` is that of an event that was not handled."""

    verdict = fields.Enum(Verdict, by_value=True, required=True, attribute="explanation.verdict")
    why = fields.String(required=True, allow_none=True, attribute="explanation.why")
    rules = fields.List(
        fields.Nested(HeardRuleSchema), required=True, attribute="explanation.rules"
    )
    told_instead = fields.UUID(required=True, allow_none=True)
    event_type = fields.Function(lambda answer: _of(answer, "type"), required=True)
    error = fields.Function(lambda answer: answer.arrived and answer.arrived.code, required=True)
    org_unit = fields.String(attribute="hearing.org_unit")
    happened_at = AwareTime(attribute="hearing.happened_at")
    heard_at = AwareTime(attribute="hearing.heard_at")


def _of(answer: Answer, name: str) -> Any:
    return getattr(answer.hearing or answer.arrived, name)


def blueprint() -> Blueprint:
    """Explanations."""
    blp = Blueprint("hearings", __name__, description="Why somebody was told of an event, or not")

    @blp.get("/v1/explain")
    @allow(*READERS)
    @query
    @blp.arguments(ExplainArgs, location="query")
    @blp.response(200, ExplanationSchema)
    def explain_to_whom(args: dict[str, Any]) -> Answer:
        """Why a person was told of an event, or was not: which rules spoke, and what became of each
        message. An event of a unit that the caller does not see was not heard of."""
        return explain_event(
            session(),
            event_id=args["event"],
            person_id=args["person"],
            seen_from=principal().unit,
        )

    return blp
