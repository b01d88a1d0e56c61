"""What the staff is told of the subscriptions of other systems."""

from collections.abc import Mapping

from notify.domain.catalogue.entry import Entry
from notify.domain.events import WebhookDisabled

CATALOGUE: Mapping[str, Entry] = {
    WebhookDisabled.type: Entry(
        subject="subscription/{subscription_id}",
        occurrence=("disabled_at",),
        audiences=("owner_id",),
        facts=("reason",),
        words=("subscription_id", "description", "reason"),
    ),
}
