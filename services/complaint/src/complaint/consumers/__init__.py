"""What wakes complaint: SUBSCRIPTIONS (events of others) and TIMERS (time), one module an area."""

from complaint.consumers import field_work, first_contact, organisation
from shared.subscriptions import Subscriptions, Timers

SUBSCRIPTIONS: Subscriptions = {**field_work.SUBSCRIPTIONS, **organisation.SUBSCRIPTIONS}

TIMERS: Timers = {**first_contact.TIMERS, **organisation.TIMERS}
