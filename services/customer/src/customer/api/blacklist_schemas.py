"""What goes over HTTP about blacklists: requests and answers (F-12)."""

from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length

from customer.api.texts import Amount, line, prose
from customer.domain import limits
from customer.domain.blacklist_returns import Verdict
from customer.domain.blacklist_rules import Scope
from customer.domain.blacklist_states import State
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

CODE = 40
MOST_VERDICTS = 40


class ReportCustomerSchema(RequestSchema):
    """Why a customer is barred or reported; ``loss_amount`` in 10,000 yuan. ``unit`` is the
    department, the caller's own where none is named."""

    unit = line(limits.UNIT, load_default=None)
    reason_code = line(CODE, required=True)
    reason = prose(limits.REPORT, required=True)
    evidence = prose(limits.REPORT, required=True)
    loss_amount = Amount(load_default=None, allow_none=True)


class ListCustomerSchema(ReportCustomerSchema):
    """Why a department bars a customer."""


class VerifyReportSchema(RequestSchema):
    """What was found out about a report."""

    findings = prose(limits.REPORT, required=True)


class NothingAskedSchema(RequestSchema):
    """Nothing more has to be said."""


class GiveReasonSchema(RequestSchema):
    """Why it is decided so."""

    reason = prose(limits.REPORT, required=True)


class ShortenValiditySchema(GiveReasonSchema):
    """The earlier local day on which the validity ends, and why."""

    valid_until = fields.Date(required=True)


class OpenReturnSchema(RequestSchema):
    """What changed so much in the customer's situation."""

    change = prose(limits.REPORT, required=True)


class VerdictSchema(RequestSchema):
    """Whether one condition of admission is met."""

    condition = line(CODE, required=True)
    met = fields.Boolean(required=True)
    remark = prose(limits.REPORT, load_default=None, allow_none=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Verdict:
        return Verdict(**data)


class ReviewReturnSchema(RequestSchema):
    """What a review found about each condition."""

    verdicts = fields.List(
        fields.Nested(VerdictSchema), required=True, validate=Length(1, MOST_VERDICTS)
    )


class ApproveReturnSchema(RequestSchema):
    """In which of his roles the caller approves."""

    role = line(CODE, required=True)


class BlacklistArgs(PageArgs):
    """Which entries to list."""

    scope = fields.Enum(Scope, by_value=True, load_default=None)
    state = fields.Enum(State, by_value=True, load_default=None)


class ExportBlacklistSchema(RequestSchema):
    """Which list to take out as a file."""

    scope = fields.Enum(Scope, by_value=True, required=True)


class SharedEntrySchema(Schema):
    """What every department may know of an entry (S4). ``customer_name`` is masked for consumers;
    ``valid_until`` is the local day on which the validity ends, null is without end."""

    entry_id = fields.UUID(required=True)
    customer_id = fields.UUID(required=True)
    customer_name = fields.String(required=True)
    scope = fields.Enum(Scope, by_value=True, required=True)
    org_unit = fields.String(required=True)
    state = fields.Enum(State, by_value=True, required=True)
    reason_code = fields.String(required=True)
    listed_at = AwareTime(required=True, allow_none=True)
    valid_until = fields.Date(required=True, allow_none=True)


class EntryDetailsSchema(Schema):
    """What the department that made the entry and the marketing division know besides."""

    reason = fields.String(required=True)
    evidence = fields.String(required=True)
    loss_amount = Amount(required=True, allow_none=True)
    reported_by = fields.String(required=True)
    reported_at = AwareTime(required=True)
    verified_by = fields.String(required=True, allow_none=True)
    verified_at = AwareTime(required=True, allow_none=True)
    findings = fields.String(required=True, allow_none=True)
    dismissed_reason = fields.String(required=True, allow_none=True)
    listed_by = fields.String(required=True, allow_none=True)
    shortened_reason = fields.String(required=True, allow_none=True)
    published_at = AwareTime(required=True, allow_none=True)
    lifted_at = AwareTime(required=True, allow_none=True)
    because = fields.Nested(BecauseSchema, required=True)


class EntrySchema(SharedEntrySchema):
    """An entry; ``details`` is null for whoever may not know the reason."""

    details = fields.Nested(EntryDetailsSchema, required=True, allow_none=True)


class FileListSchema(RequestSchema):
    """Which list is handed in; ``unit`` is the caller's own where none is named."""

    scope = fields.Enum(Scope, by_value=True, required=True)
    unit = line(limits.UNIT, load_default=None)


class FilingSchema(Schema):
    """A list as it was handed in, and its receipt."""

    filing_id = fields.UUID(required=True, attribute="id")
    scope = fields.Enum(Scope, by_value=True, required=True)
    org_unit = fields.String(required=True)
    entry_ids = fields.List(fields.UUID(), required=True)
    filed_by = fields.String(required=True)
    filed_at = AwareTime(required=True)
    receipt_no = fields.String(required=True, allow_none=True)
    received_by = fields.String(required=True, allow_none=True)
    received_at = AwareTime(required=True, allow_none=True)
