"""The timers of the first-contact clock."""

from complaint.adapters.transaction import ComplaintTransaction
from complaint.consumers.subjects import complaint_of
from complaint.use_cases import first_contact
from shared.subscriptions import Fired, Timers


def on_first_contact_warning(tx: ComplaintTransaction, fired: Fired) -> None:
    first_contact.warn(tx, complaint_of(fired))


def on_first_contact_due(tx: ComplaintTransaction, fired: Fired) -> None:
    first_contact.breach(tx, complaint_of(fired))


def on_first_contact_recount(tx: ComplaintTransaction, fired: Fired) -> None:
    first_contact.recount(tx, complaint_of(fired), tries=fired.data["tries"])


TIMERS: Timers = {
    first_contact.WARNING: on_first_contact_warning,
    first_contact.DUE: on_first_contact_due,
    first_contact.RECOUNT: on_first_contact_recount,
}
