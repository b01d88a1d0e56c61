"""The channel that writes a line into the log: for trying things out, and as a last resort."""

import logging

from notify.domain.delivery import Outcome, Parcel, Result

log = logging.getLogger(__name__)


class LogChannel:
    """The line names message and template alone; what was said to whom stands in the ledger."""

    repeatable = True
    needs_address = False

    def send(self, parcel: Parcel) -> Outcome:
        log.info(
            "message",
            extra={
                "message_id": str(parcel.message_id),
                "template": parcel.template,
                "urgency": parcel.urgency,
            },
        )
        return Outcome(Result.DELIVERED)
