"""What is known of customers, as those are told of it who care for them."""

from collections.abc import Mapping

from notify.domain.catalogue.entry import Entry

CATALOGUE: Mapping[str, Entry] = {
    "customer.changed.v1": Entry(
        subject="customer/{customer_id}",
        occurrence=("sequence",),
        audiences=("told_ids",),
        facts=("major",),
        words=("customer_id", "fields"),
    ),
    "customer.major_change_noticed.v1": Entry(
        subject="change_notice/{notice_id}",
        audiences=("recipient_ids",),
        words=("customer_id", "fields", "due_at"),
    ),
    "customer.profile_update_overdue.v1": Entry(
        subject="change_notice/{notice_id}",
        audiences=("owner_id",),
        words=("customer_id", "fields"),
    ),
    "customer.visit_data_updated.v1": Entry(
        subject="visit/{visit_id}",
        audiences=("office_id",),
        words=("customer_id", "visit_id"),
    ),
    "customer.owner_changed.v1": Entry(
        subject="customer/{customer_id}",
        occurrence=("sequence",),
        audiences=("new_owner_id", "old_owner_id"),
        facts=("left",),
        words=("customer_id",),
    ),
    "customer.document_expiring.v1": Entry(
        subject="document/{document_id}",
        occurrence=("valid_until",),
        audiences=("told_ids",),
        facts=("kind",),
        words=("customer_id", "kind", "valid_until"),
    ),
    "customer.document_expired.v1": Entry(
        subject="document/{document_id}",
        audiences=("told_ids",),
        facts=("kind",),
        words=("customer_id", "kind"),
    ),
    "customer.need_recorded.v1": Entry(
        subject="need/{need_id}",
        audiences=("told_ids",),
        facts=("weight", "satisfiable"),
        words=("customer_id", "need_id"),
    ),
    "customer.need_unanswered.v1": Entry(
        subject="need/{need_id}",
        occurrence=("unit", "due_at"),
        audiences=("told_ids",),
        words=("customer_id", "need_id", "unit", "due_at"),
    ),
    "customer.issue_raised.v1": Entry(
        subject="issue/{issue_id}",
        occurrence=("sequence",),
        audiences=("responsible_id",),
        facts=("source",),
        words=("customer_id", "issue_id", "due_at"),
    ),
    "customer.issue_overdue.v1": Entry(
        subject="issue/{issue_id}",
        occurrence=("due_at",),
        audiences=("responsible_id", "supervisor_id"),
        words=("customer_id", "issue_id", "due_at"),
    ),
    "customer.communication_recorded.v1": Entry(
        subject="communication/{communication_id}",
        occurrence=("sequence",),
        audiences=("shared_persons",),
        facts=("kind",),
        words=("customer_id", "communication_id"),
    ),
    "customer.minutes_overdue.v1": Entry(
        subject="communication/{communication_id}",
        audiences=("planned_by", "supervisor_id"),
        words=("customer_id", "communication_id"),
    ),
}
