"""What goes over HTTP about exit cases: requests and answers."""

from typing import Any

from marshmallow import Schema, fields, post_load

from customer.api.policies.forms import code
from customer.api.texts import line, prose
from customer.domain import limits
from customer.domain.exit_states import State
from customer.domain.exits import Kind, Terms
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

TERMS = ("kind", "strategy", "review_on")


class ProposeExitSchema(RequestSchema):
    """What is proposed and why. An adjustment says in ``strategy`` how one goes on, and on which
    local day that is reviewed; a termination says neither."""

    unit = line(limits.UNIT, required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    reason_code = code(required=True)
    reason = prose(limits.REPORT, required=True)
    evidence = prose(limits.REPORT, required=True)
    strategy = prose(limits.REPORT, load_default=None)
    review_on = fields.Date(load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        terms = Terms(**{name: data.pop(name) for name in TERMS})
        return {**data, "terms": terms}


class DecideExitSchema(RequestSchema):
    """Whether it is done, and why."""

    approve = fields.Boolean(required=True)
    opinion = prose(limits.REPORT, required=True)


class WithdrawExitSchema(RequestSchema):
    """Nothing more is to be said."""


class ExitArgs(PageArgs):
    """Which cases to list."""

    customer_id = fields.UUID(load_default=None)
    kind = fields.Enum(Kind, by_value=True, load_default=None)
    state = fields.Enum(State, by_value=True, load_default=None)


class ExitCaseSchema(Schema):
    """An exit case as far as it has come; ``criteria`` of the elimination standard were failed."""

    case_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    unit = fields.String(required=True, attribute="org_unit")
    kind = fields.Enum(Kind, by_value=True, required=True)
    reason_code = fields.String(required=True)
    reason = fields.String(required=True)
    evidence = fields.String(required=True)
    criteria = fields.List(fields.String(), required=True)
    strategy = fields.String(required=True, allow_none=True)
    review_on = fields.Date(required=True, allow_none=True)
    review_id = fields.UUID(required=True, allow_none=True)
    proposed_by = fields.String(required=True)
    proposed_at = AwareTime(required=True)
    state = fields.Enum(State, by_value=True, required=True)
    decided_by = fields.String(required=True, allow_none=True)
    decided_at = AwareTime(required=True, allow_none=True)
    opinion = fields.String(required=True, allow_none=True)
    because = fields.Nested(BecauseSchema, required=True)
