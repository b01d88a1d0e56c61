"""What is known of customers, as customer tells of it."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, post_load

from notify.consumers.readings.reading import Reading


class OfCustomerReading(Reading):
    """Of whom an event is."""

    customer_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)


class FieldsReading(OfCustomerReading):
    """An event that names fields of a file; they are one word of the message."""

    fields_ = fields.List(fields.String(), required=True, data_key="fields")

    @post_load
    def worded(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "fields": ", ".join(data.pop("fields_"))}


class ChangedSchema(FieldsReading):
    """``customer.changed.v1``."""

    major = fields.Boolean(load_default=False)
    told_ids = fields.List(fields.UUID(), load_default=list)


class MajorChangeSchema(FieldsReading):
    """``customer.major_change_noticed.v1``."""

    notice_id = fields.UUID(required=True)
    due_at = fields.AwareDateTime(required=True)
    recipient_ids = fields.List(fields.UUID(), required=True)


class UpdateOverdueSchema(FieldsReading):
    """``customer.profile_update_overdue.v1``."""

    notice_id = fields.UUID(required=True)
    owner_id = fields.UUID(required=True, allow_none=True)


class VisitDataSchema(OfCustomerReading):
    """``customer.visit_data_updated.v1``."""

    visit_id = fields.UUID(required=True)
    office_id = fields.UUID(required=True, allow_none=True)


class OwnerChangedSchema(OfCustomerReading):
    """``customer.owner_changed.v1``."""

    old_owner_id = fields.UUID(required=True, allow_none=True)
    new_owner_id = fields.UUID(required=True, allow_none=True)
    left = fields.Boolean(required=True)


class DocumentExpiredSchema(OfCustomerReading):
    """``customer.document_expired.v1``."""

    document_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    told_ids = fields.List(fields.UUID(), load_default=list)


class DocumentExpiringSchema(DocumentExpiredSchema):
    """``customer.document_expiring.v1``."""

    valid_until = fields.Date(required=True)


class NeedReading(OfCustomerReading):
    """What every event of a need says."""

    need_id = fields.UUID(required=True)
    told_ids = fields.List(fields.UUID(), load_default=list)


class NeedRecordedSchema(NeedReading):
    """``customer.need_recorded.v1``."""

    weight = fields.String(required=True)
    satisfiable = fields.Boolean(required=True)


class NeedUnansweredSchema(NeedReading):
    """``customer.need_unanswered.v1``."""

    unit = fields.String(required=True)
    due_at = fields.AwareDateTime(required=True)


class IssueReading(OfCustomerReading):
    """What the events of an issue say that matter here."""

    issue_id = fields.UUID(required=True)
    responsible_id = fields.UUID(required=True, allow_none=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)


class IssueRaisedSchema(IssueReading):
    """``customer.issue_raised.v1``."""

    source = fields.String(required=True)


class IssueOverdueSchema(IssueReading):
    """``customer.issue_overdue.v1``."""

    supervisor_id = fields.UUID(required=True, allow_none=True)


class CommunicationReading(OfCustomerReading):
    """Which communication an event is about."""

    communication_id = fields.UUID(required=True)


class CommunicationRecordedSchema(CommunicationReading):
    """``customer.communication_recorded.v1``."""

    kind = fields.String(required=True)
    shared_persons = fields.List(fields.UUID(), required=True)


class MinutesOverdueSchema(CommunicationReading):
    """``customer.minutes_overdue.v1``."""

    planned_by = fields.UUID(required=True)
    supervisor_id = fields.UUID(required=True, allow_none=True)


NOTABLE: Mapping[str, type[Reading]] = {
    "customer.changed.v1": ChangedSchema,
    "customer.major_change_noticed.v1": MajorChangeSchema,
    "customer.profile_update_overdue.v1": UpdateOverdueSchema,
    "customer.visit_data_updated.v1": VisitDataSchema,
    "customer.owner_changed.v1": OwnerChangedSchema,
    "customer.document_expiring.v1": DocumentExpiringSchema,
    "customer.document_expired.v1": DocumentExpiredSchema,
    "customer.need_recorded.v1": NeedRecordedSchema,
    "customer.need_unanswered.v1": NeedUnansweredSchema,
    "customer.issue_raised.v1": IssueRaisedSchema,
    "customer.issue_overdue.v1": IssueOverdueSchema,
    "customer.communication_recorded.v1": CommunicationRecordedSchema,
    "customer.minutes_overdue.v1": MinutesOverdueSchema,
}
