"""What wakes complaint: SUBSCRIPTIONS (events of others) and TIMERS (time), one module an area."""

from complaint.consumers import (
    account_managers,
    call_backs,
    case_analyses,
    case_contacts,
    clocks,
    corrective_actions,
    department_work,
    field_work,
    grades,
    issues,
    organisation,
    patterns,
    weekly_reports,
)
from shared.subscriptions import Subscriptions, Timers

SUBSCRIPTIONS: Subscriptions = {
    **account_managers.SUBSCRIPTIONS,
    **case_contacts.SUBSCRIPTIONS,
    **corrective_actions.SUBSCRIPTIONS,
    **field_work.SUBSCRIPTIONS,
    **grades.SUBSCRIPTIONS,
    **issues.SUBSCRIPTIONS,
    **organisation.SUBSCRIPTIONS,
}

TIMERS: Timers = {
    **case_analyses.TIMERS,
    **account_managers.TIMERS,
    **call_backs.TIMERS,
    **case_contacts.TIMERS,
    **clocks.TIMERS,
    **department_work.TIMERS,
    **grades.TIMERS,
    **organisation.TIMERS,
    **patterns.TIMERS,
    **weekly_reports.TIMERS,
}
