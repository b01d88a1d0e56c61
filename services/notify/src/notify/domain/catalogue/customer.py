"""Visits to customers, as those are told of them who make them or answer for them."""

from collections.abc import Mapping

from notify.domain.catalogue.entry import Entry

CATALOGUE: Mapping[str, Entry] = {
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
    "customer.visit_escalated.v1": Entry(
        subject="visit/{visit_id}",
        occurrence=("due_on",),
        audiences=("superior_id", "supervisor_id", "visitor_id"),
        words=("customer_id", "due_on"),
    ),
    "customer.inspection_due.v1": Entry(
        subject="inspection/{inspection_id}",
        occurrence=("planned_on",),
        audiences=("organiser_id",),
        words=("customer_id", "planned_on"),
    ),
}
