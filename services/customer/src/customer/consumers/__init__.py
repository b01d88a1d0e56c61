"""What wakes customer: SUBSCRIPTIONS (events of others) and TIMERS (time), one module an area."""

from customer.consumers import (
    admission,
    complaints,
    documents,
    files,
    grading,
    history,
    organisation,
    visits,
    work_orders,
)
from shared.subscriptions import Subscriptions, Timers

SUBSCRIPTIONS: Subscriptions = {
    **complaints.SUBSCRIPTIONS,
    **history.SUBSCRIPTIONS,
    **organisation.SUBSCRIPTIONS,
    **work_orders.SUBSCRIPTIONS,
}

TIMERS: Timers = {
    **admission.TIMERS,
    **grading.TIMERS,
    **visits.TIMERS,
    **documents.TIMERS,
    **files.TIMERS,
}
