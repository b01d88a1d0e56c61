"""What wakes customer: SUBSCRIPTIONS (events of others) and TIMERS (time), one module an area."""

from customer.consumers import (
    admission,
    annual_plans,
    benefits,
    blacklist,
    change_notices,
    communications,
    complaints,
    documents,
    exits,
    files,
    gatherings,
    grading,
    history,
    inspections,
    issues,
    needs,
    organisation,
    snapshots,
    visits,
    work_orders,
)
from shared.subscriptions import Subscriptions, Timers

SUBSCRIPTIONS: Subscriptions = {
    **complaints.SUBSCRIPTIONS,
    **history.SUBSCRIPTIONS,
    **issues.SUBSCRIPTIONS,
    **organisation.SUBSCRIPTIONS,
    **work_orders.SUBSCRIPTIONS,
}

TIMERS: Timers = {
    **admission.TIMERS,
    **annual_plans.TIMERS,
    **benefits.TIMERS,
    **blacklist.TIMERS,
    **communications.TIMERS,
    **documents.TIMERS,
    **exits.TIMERS,
    **files.TIMERS,
    **gatherings.TIMERS,
    **grading.TIMERS,
    **inspections.TIMERS,
    **issues.TIMERS,
    **needs.TIMERS,
    **visits.TIMERS,
    **change_notices.TIMERS,
    **snapshots.TIMERS,
}
