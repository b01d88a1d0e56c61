"""Penalties and reports, as somebody is told of them."""

from collections.abc import Mapping

from notify.domain.catalogue.entry import Entry

CATALOGUE: Mapping[str, Entry] = {
    "complaint.penalty_proposed.v1": Entry(
        subject="penalty/{penalty_id}",
        occurrence=("sequence",),
        audiences=("person_id",),
        facts=("code",),
        words=("about", "code", "occurred_on"),
    ),
    "complaint.penalty_posted.v1": Entry(
        subject="penalty/{penalty_id}",
        audiences=("person_id",),
        facts=("code",),
        words=("about", "code", "amount", "month"),
    ),
    "dispatch.penalty_posted.v1": Entry(
        subject="penalty/{penalty_id}",
        audiences=("person_id",),
        facts=("code",),
        words=("about", "code", "amount", "month"),
    ),
    "complaint.weekly_report_generated.v1": Entry(
        subject="weekly_report/{org_unit}/{week}",
        occurrence=("revision",),
        audiences=("told_ids",),
        words=(
            "org_unit",
            "week",
            "revision",
            "received",
            "closed",
            "open",
            "breaches",
            "escalations",
            "timeliness",
            "solution",
            "satisfaction",
        ),
    ),
}
