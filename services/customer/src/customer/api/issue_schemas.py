"""What goes over HTTP about issues: requests and answers."""

from typing import Any

from marshmallow import Schema, fields, post_load

from customer.api.texts import prose
from customer.domain import limits
from customer.domain.issues import Job, Source, State
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, RequestSchema


class RaiseIssueSchema(RequestSchema):
    """A problem or need, who answers it, and until when (VS-25)."""

    text = prose(limits.REPORT, required=True)
    responsible_id = fields.UUID(required=True)
    due_at = AwareTime(required=True)


class AnswerIssueSchema(RequestSchema):
    """What the customer was answered."""

    text = prose(limits.REPORT, required=True)


class ReopenIssueSchema(RequestSchema):
    """Until when another answer is due."""

    due_at = AwareTime(required=True)


class CloseIssueSchema(RequestSchema):
    """Nothing more is to be said."""


class RequestServiceSchema(RequestSchema):
    """What is to be done in the field (E-05)."""

    place = prose(limits.REPORT, required=True)
    content = prose(limits.REPORT, required=True)
    requirements = prose(limits.REPORT, required=True)
    reply_due_at = AwareTime(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Job:
        return Job(**data)


class IssueArgs(PageArgs):
    """Which issues to list."""

    customer_id = fields.UUID(load_default=None)
    responsible_id = fields.UUID(load_default=None)
    source_id = fields.UUID(load_default=None)
    state = fields.Enum(State, by_value=True, load_default=None)


class IssueSchema(Schema):
    """An issue and its answer; completed field work and a closed ticket answer without words."""

    issue_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    source = fields.Enum(Source, by_value=True, required=True)
    source_id = fields.UUID(required=True)
    text = fields.String(required=True)
    responsible_id = fields.UUID(required=True)
    due_at = AwareTime(required=True)
    raised_by = fields.UUID(required=True)
    raised_at = AwareTime(required=True)
    state = fields.Enum(State, by_value=True, required=True)
    request_id = fields.UUID(required=True, allow_none=True)
    work_order_id = fields.UUID(required=True, allow_none=True)
    problem_id = fields.UUID(required=True, allow_none=True)
    answer_text = fields.String(required=True, allow_none=True)
    answered_by = fields.UUID(required=True, allow_none=True)
    answered_at = AwareTime(required=True, allow_none=True)
    closed_by = fields.UUID(required=True, allow_none=True)
