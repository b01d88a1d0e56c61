"""What may be asked of penalties over HTTP, and how they are shown."""

from marshmallow import Schema, fields
from marshmallow.validate import Length

from shared.penalties import PenaltyState
from shared.web.money import Money
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema, page_schema

LONG = 4000


class ProposePenaltySchema(RequestSchema):
    """Which penalty of the packs, for whom, for what was done on which local date, and the evidence
    of it."""

    code = fields.String(required=True, validate=Length(1, 60))
    person_id = fields.UUID(required=True)
    occurred_on = fields.Date(required=True)
    evidence = fields.String(required=True, validate=Length(1, LONG))


class ConfirmPenaltySchema(RequestSchema):
    """The amount in CNY; of a range a must, as is the reason (ST-32)."""

    amount = Money(load_default=None, allow_none=True)
    reason = fields.String(load_default=None, allow_none=True, validate=Length(1, LONG))


class WaivePenaltySchema(RequestSchema):
    """Why nothing is due."""

    reason = fields.String(required=True, validate=Length(1, LONG))


class ListOwnPenaltiesSchema(PageArgs):
    """Which of the caller's own penalties to list; a month is written like 2026-03."""

    state = fields.Enum(PenaltyState, by_value=True)
    month = fields.String(validate=Length(equal=7))


class ListPenaltiesSchema(ListOwnPenaltiesSchema):
    """Which of the penalties below the caller's unit to list."""

    person_id = fields.UUID()


class PenaltySchema(Schema):
    """A penalty in CNY. ``cause`` is the step that was missed, null where somebody proposed it."""

    id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    about = fields.String(required=True, attribute="breach.about")
    person_id = fields.UUID(required=True, attribute="breach.person_id")
    occurred_on = fields.Date(required=True, attribute="breach.occurred_on")
    month = fields.String(required=True)
    code = fields.String(required=True, attribute="breach.code")
    quantity = fields.Integer(required=True)
    lowest = Money(required=True)
    highest = Money(required=True)
    because = fields.Nested(BecauseSchema, required=True)
    state = fields.String(required=True)
    cause = fields.String(required=True, allow_none=True)
    evidence = fields.String(required=True, allow_none=True)
    proposed_by = fields.UUID(required=True, allow_none=True)
    proposed_at = AwareTime(required=True)
    amount = Money(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    decided_by = fields.UUID(required=True, allow_none=True)
    decided_at = AwareTime(required=True, allow_none=True)
    posted_by = fields.UUID(required=True, allow_none=True)
    posted_at = AwareTime(required=True, allow_none=True)
    allowed = fields.List(fields.String(), required=True)


PenaltyPageSchema = page_schema(PenaltySchema)


class TotalSchema(Schema):
    """How many penalties were posted, and what they add up to in CNY."""

    count = fields.Integer(required=True)
    amount = Money(required=True)


class PostPenaltiesSchema(RequestSchema):
    """Nothing more than the month, which stands in the address."""


class PostedSchema(TotalSchema):
    """What one call posted into the ledger of a month; nothing where all of it was there."""

    month = fields.String(required=True)


class LedgerLineSchema(TotalSchema):
    """What was posted for one person by one rule."""

    person_id = fields.UUID(required=True)
    rule = fields.String(required=True)


class LedgerSchema(page_schema(LedgerLineSchema)):  # type: ignore[misc]
    """The ledger of a month by person and rule; ``total`` is that of all its pages (RP-15)."""

    month = fields.String(required=True)
    total = fields.Nested(TotalSchema, required=True)
