"""What dispatch tells of that somebody is told."""

from collections.abc import Mapping

from notify.domain.catalogue.entry import Entry

CATALOGUE: Mapping[str, Entry] = {
    "dispatch.person_departed.v1": Entry(
        subject="person/{person_id}",
        occurrence=("departed_at",),
        audiences=("successor_id",),
        words=("person_id", "departed_at"),
    ),
    "dispatch.work_order_opened.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("sequence",),
        audiences=("dispatcher_id",),
        facts=("source",),
        words=("work_order_id", "reply_due_at"),
    ),
    "dispatch.work_order_issued.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("sequence",),
        audiences=("receiver_id", "dispatcher_id"),
        words=("order_no", "reply_due_at"),
    ),
    "dispatch.work_order_progress_reported.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("reported_at",),
        audiences=("dispatcher_id", "receiver_id"),
        facts=("on_time",),
        words=("order_no", "expected_at"),
    ),
    "dispatch.work_order_reply_due_soon.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("due_at",),
        audiences=("receiver_id", "dispatcher_id"),
        words=("order_no", "due_at"),
    ),
    "dispatch.work_order_reply_overdue.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("due_at",),
        audiences=("receiver_id", "dispatcher_id"),
        facts=("breach",),
        words=("order_no", "due_at"),
    ),
    "dispatch.work_order_reminded.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("awaited", "due_at"),
        audiences=("owner_ids",),
        facts=("awaited",),
        words=("work_order_id", "awaited", "due_at"),
    ),
    "dispatch.work_order_handed_on.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("sequence",),
        audiences=("dispatcher_id",),
        facts=("reason",),
        words=("order_no",),
    ),
    "dispatch.work_order_unable_reported.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("sequence",),
        audiences=("decider_id", "dispatcher_id", "receiver_id"),
        words=("order_no", "decision_due_at"),
    ),
    "dispatch.work_order_decision_referred.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("sequence",),
        audiences=("decider_id", "from_id", "receiver_id"),
        facts=("reason",),
        words=("order_no", "decision_due_at"),
    ),
    "dispatch.work_order_unable_decided.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("sequence",),
        audiences=("receiver_id", "dispatcher_id"),
        facts=("decision",),
        words=("order_no", "decision"),
    ),
    "dispatch.work_order_cancelled.v1": Entry(
        subject="work_order/{work_order_id}",
        audiences=("receiver_id", "dispatcher_id"),
        words=("order_no",),
    ),
    "dispatch.work_order_breach_recorded.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("breach_id",),
        audiences=("person_id",),
        facts=("code",),
        words=("order_no", "code", "items"),
    ),
    "dispatch.work_order_breach_withdrawn.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("breach_id",),
        audiences=("person_id", "dispatcher_id"),
        words=("order_no", "code"),
    ),
}
