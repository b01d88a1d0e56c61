"""The end of a shift, as dispatch tells of it."""

from collections.abc import Mapping

from notify.domain.catalogue.entry import Entry

CATALOGUE: Mapping[str, Entry] = {
    "dispatch.daily_check_opened.v1": Entry(
        subject="daily_check/{daily_check_id}",
        audiences=("dispatcher_ids",),
        words=("org_unit", "day", "ends_at", "open", "overdue", "carried_over"),
    ),
    "dispatch.daily_check_reminded.v1": Entry(
        subject="daily_check/{daily_check_id}",
        occurrence=("reminder",),
        audiences=("owner_ids", "superior_id"),
        facts=("awaited",),
        words=("org_unit", "day", "awaited", "unanswered"),
    ),
    "dispatch.handover_proposed.v1": Entry(
        subject="daily_check/{daily_check_id}",
        occurrence=("handover_id",),
        audiences=("incoming_ids",),
        words=("org_unit", "orders"),
    ),
    "dispatch.handover_voided.v1": Entry(
        subject="daily_check/{daily_check_id}",
        occurrence=("handover_id",),
        audiences=("from_id",),
        facts=("reason",),
        words=("org_unit",),
    ),
}
