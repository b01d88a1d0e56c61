"""What wakes customer: SUBSCRIPTIONS (events of others) and TIMERS (time), one module an area."""

from customer.consumers import documents, files, grading, history, organisation, visits
from shared.subscriptions import Subscriptions, Timers

SUBSCRIPTIONS: Subscriptions = {**organisation.SUBSCRIPTIONS, **history.SUBSCRIPTIONS}

TIMERS: Timers = {**grading.TIMERS, **visits.TIMERS, **documents.TIMERS, **files.TIMERS}
