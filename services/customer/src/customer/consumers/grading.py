"""The timers of grades."""

from datetime import date
from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.classes import RECOUNT, recount_classes
from customer.use_cases.stage_reviews import (
    DUE,
    MISSED,
    OPEN,
    OVERDUE,
    miss_review,
    open_review,
    remind_downgrade,
)
from shared.subscriptions import Fired, Timers


def on_grade_recount(tx: CustomerTransaction, fired: Fired) -> None:
    recount_classes(tx, customer_id=UUID(fired.data["customer_id"]))


def on_review_open(tx: CustomerTransaction, fired: Fired) -> None:
    told = {**fired.data, "customer_id": UUID(fired.data["customer_id"])}
    open_review(tx, **{**told, "since": date.fromisoformat(fired.data["since"])})


def on_review_missed(tx: CustomerTransaction, fired: Fired) -> None:
    miss_review(tx, review_id=UUID(fired.data["review_id"]))


def on_downgrade_due(tx: CustomerTransaction, fired: Fired) -> None:
    remind_downgrade(tx, problem_id=UUID(fired.data["problem_id"]), overdue=False)


def on_downgrade_overdue(tx: CustomerTransaction, fired: Fired) -> None:
    remind_downgrade(tx, problem_id=UUID(fired.data["problem_id"]), overdue=True)


TIMERS: Timers = {
    RECOUNT: on_grade_recount,
    OPEN: on_review_open,
    MISSED: on_review_missed,
    DUE: on_downgrade_due,
    OVERDUE: on_downgrade_overdue,
}
