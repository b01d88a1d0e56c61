"""What notify itself tells of care, of that somebody is told."""

from collections.abc import Mapping

from notify.domain.catalogue.entry import Entry

CATALOGUE: Mapping[str, Entry] = {
    "notify.newsletter_moved.v1": Entry(
        subject="newsletter/{newsletter_id}",
        occurrence=("state",),
        audiences=("approver_ids", "editor_id"),
        facts=("state", "topic"),
        words=("newsletter_id", "topic", "org_unit", "send_at", "state"),
    ),
    "notify.care_task_moved.v1": Entry(
        subject="care_task/{task_id}",
        occurrence=("state",),
        audiences=("approver_ids", "responsible_id"),
        facts=("state", "action"),
        words=("task_id", "action", "customer_id", "on", "state"),
    ),
}
