"""How customers stand with the firm, as those are told of it who decide on it."""

from collections.abc import Mapping

from notify.domain.catalogue.entry import Entry

CATALOGUE: Mapping[str, Entry] = {
    "customer.blacklist_reported.v1": Entry(
        subject="blacklist_entry/{entry_id}",
        audiences=("told_ids",),
        words=("customer_id", "org_unit"),
    ),
    "customer.blacklisted.v1": Entry(
        subject="blacklist_entry/{entry_id}",
        audiences=("told_ids",),
        facts=("scope",),
        words=("customer_number", "customer_id", "org_unit"),
    ),
    "customer.blacklist_expired.v1": Entry(
        subject="blacklist_entry/{entry_id}",
        occurrence=("sequence",),
        audiences=("told_ids",),
        facts=("scope",),
        words=("customer_id", "org_unit"),
    ),
    "customer.blacklist_lifted.v1": Entry(
        subject="blacklist_entry/{entry_id}",
        audiences=("told_ids",),
        facts=("scope",),
        words=("customer_id", "org_unit"),
    ),
    "customer.evaluation_due.v1": Entry(
        subject="stage_review/{review_id}",
        audiences=("told_ids",),
        words=("customer_id", "unit", "due_on"),
    ),
    "customer.evaluation_overdue.v1": Entry(
        subject="stage_review/{review_id}",
        audiences=("told_ids",),
        words=("customer_id", "unit", "due_on"),
    ),
    "customer.downgrade_due.v1": Entry(
        subject="grade_problem/{problem_id}",
        audiences=("told_ids",),
        words=("customer_id", "unit", "due_on"),
    ),
    "customer.downgrade_overdue.v1": Entry(
        subject="grade_problem/{problem_id}",
        audiences=("told_ids",),
        words=("customer_id", "unit", "due_on"),
    ),
    "customer.exit_review_due.v1": Entry(
        subject="exit_case/{case_id}",
        occurrence=("sequence",),
        audiences=("proposed_by",),
        words=("customer_id",),
    ),
}
