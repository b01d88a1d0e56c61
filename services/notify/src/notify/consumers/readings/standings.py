"""How customers stand with the firm, as customer tells of it."""

from collections.abc import Mapping

from marshmallow import fields

from notify.consumers.readings.files import OfCustomerReading
from notify.consumers.readings.reading import Reading
from notify.domain.blacklist import Scope


class EntryReading(OfCustomerReading):
    """``customer.blacklist_reported.v1``, ``customer.blacklist_expired.v1``, and what every event
    of an entry of a blacklist says."""

    entry_id = fields.UUID(required=True)
    scope = fields.Enum(Scope, by_value=True, required=True)
    unit = fields.String(required=True, allow_none=True)
    told_ids = fields.List(fields.UUID(), required=True)


class BlacklistedSchema(EntryReading):
    """``customer.blacklisted.v1``."""

    customer_number = fields.String(load_default=None)
    valid_until = fields.Date(required=True, allow_none=True)


class StageReviewSchema(OfCustomerReading):
    """``customer.evaluation_due.v1`` and ``_overdue``."""

    review_id = fields.UUID(required=True)
    unit = fields.String(required=True)
    due_on = fields.Date(required=True)
    told_ids = fields.List(fields.UUID(), load_default=list)


class DowngradeSchema(OfCustomerReading):
    """``customer.downgrade_due.v1`` and ``_overdue``."""

    problem_id = fields.UUID(required=True)
    unit = fields.String(required=True)
    due_on = fields.Date(required=True)
    told_ids = fields.List(fields.UUID(), load_default=list)


class ExitReviewSchema(OfCustomerReading):
    """``customer.exit_review_due.v1``."""

    case_id = fields.UUID(required=True)
    proposed_by = fields.UUID(required=True, allow_none=True)


NOTABLE: Mapping[str, type[Reading]] = {
    "customer.blacklist_reported.v1": EntryReading,
    "customer.blacklist_expired.v1": EntryReading,
    "customer.evaluation_due.v1": StageReviewSchema,
    "customer.evaluation_overdue.v1": StageReviewSchema,
    "customer.downgrade_due.v1": DowngradeSchema,
    "customer.downgrade_overdue.v1": DowngradeSchema,
    "customer.exit_review_due.v1": ExitReviewSchema,
}
