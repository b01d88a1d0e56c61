"""What customer tells of that somebody is told."""

from collections.abc import Mapping

from notify.domain.catalogue.entry import Entry

CATALOGUE: Mapping[str, Entry] = {
    "customer.blacklisted.v1": Entry(
        subject="blacklist_entry/{entry_id}",
        audiences=("told_ids",),
        facts=("scope",),
        words=("customer_number", "customer_id"),
    ),
    "customer.visit_due.v1": Entry(
        subject="visit/{visit_id}",
        occurrence=("due_on",),
        audiences=("visitor_id",),
        words=("customer_id", "due_on"),
    ),
    "customer.visit_overdue.v1": Entry(
        subject="visit/{visit_id}",
        occurrence=("due_on",),
        audiences=("visitor_id", "supervisor_id"),
        words=("customer_id", "due_on"),
    ),
}
