"""The timers of the clocks."""

from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.consumers.subjects import case_of
from complaint.use_cases import case_analyses, clocks, recounts, weekly_reports
from shared.subscriptions import Fired, Timers


def on_case_wake(tx: ComplaintTransaction, fired: Fired) -> None:
    clocks.wake(tx, case_of(fired).id)


def on_clocks_recount(tx: ComplaintTransaction, fired: Fired) -> None:
    clocks.recount(tx, case_of(fired), **fired.data)


def on_unit_recount(tx: ComplaintTransaction, fired: Fired) -> None:
    data = {**fired.data, "after": UUID(fired.data["after"])}
    recounts.recount_below(tx, data.pop("unit"), **data)


def on_packs_turn(tx: ComplaintTransaction, fired: Fired) -> None:
    recounts.recount_below(tx, fired.data["unit"], reason="policy")
    weekly_reports.await_reports(tx, fired.data["unit"])
    case_analyses.await_below(tx, fired.data["unit"])


TIMERS: Timers = {
    clocks.WAKE: on_case_wake,
    clocks.RECOUNT: on_clocks_recount,
    recounts.RECOUNT_BELOW: on_unit_recount,
    recounts.PACKS_TURN: on_packs_turn,
}
