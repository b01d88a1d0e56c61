"""The timer at the end of a period whose cases are analysed."""

from complaint.adapters.transaction import ComplaintTransaction
from complaint.use_cases import case_analyses
from shared.subscriptions import Fired, Timers


def on_case_analysis_open(tx: ComplaintTransaction, fired: Fired) -> None:
    case_analyses.open_due(tx, fired.data["unit"], fired.due_at)


TIMERS: Timers = {case_analyses.OPEN: on_case_analysis_open}
