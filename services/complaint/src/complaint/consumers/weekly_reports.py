"""The timer of the weekly report."""

from complaint.adapters.transaction import ComplaintTransaction
from complaint.use_cases import weekly_reports
from shared.subscriptions import Fired, Timers


def on_weekly_report_make(tx: ComplaintTransaction, fired: Fired) -> None:
    weekly_reports.make_due_report(tx, fired.data["unit"], fired.due_at)


TIMERS: Timers = {weekly_reports.MAKE: on_weekly_report_make}
