"""What wakes complaint: SUBSCRIPTIONS (events of others) and TIMERS (time), one module an area."""

from complaint.consumers import clocks, field_work, grades, organisation, weekly_reports
from shared.subscriptions import Subscriptions, Timers

SUBSCRIPTIONS: Subscriptions = {
    **field_work.SUBSCRIPTIONS,
    **grades.SUBSCRIPTIONS,
    **organisation.SUBSCRIPTIONS,
}

TIMERS: Timers = {**clocks.TIMERS, **organisation.TIMERS, **weekly_reports.TIMERS}
