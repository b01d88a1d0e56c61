"""The timers of visits."""

from uuid import UUID

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.recounts import (
    RECOUNT,
    recount_customer,
    replan_customer,
    turn_customer,
)
from customer.use_cases.visit_plans import ESCALATE, OVERDUE, REMIND, SEARCH, TURN
from customer.use_cases.visits import escalate_visit, remind_visitor, report_overdue
from shared.rules import Because
from shared.subscriptions import Fired, Timers


def on_visit_remind(tx: CustomerTransaction, fired: Fired) -> None:
    because = Because.from_data(fired.data["because"])
    remind_visitor(tx, visit_id=UUID(fired.data["visit_id"]), because=because)


def on_visit_overdue(tx: CustomerTransaction, fired: Fired) -> None:
    because = Because.from_data(fired.data["because"])
    report_overdue(tx, visit_id=UUID(fired.data["visit_id"]), because=because)


def on_visit_escalate(tx: CustomerTransaction, fired: Fired) -> None:
    because = Because.from_data(fired.data["because"])
    escalate_visit(tx, visit_id=UUID(fired.data["visit_id"]), because=because)


def on_visit_turn(tx: CustomerTransaction, fired: Fired) -> None:
    turn_customer(tx, customer_id=UUID(fired.data["customer_id"]))


def on_visit_search(tx: CustomerTransaction, fired: Fired) -> None:
    replan_customer(tx, UUID(fired.data["customer_id"]), searching=True)


def on_visit_recount(tx: CustomerTransaction, fired: Fired) -> None:
    recount_customer(tx, customer_id=UUID(fired.data["customer_id"]))


TIMERS: Timers = {
    REMIND: on_visit_remind,
    OVERDUE: on_visit_overdue,
    ESCALATE: on_visit_escalate,
    TURN: on_visit_turn,
    SEARCH: on_visit_search,
    RECOUNT: on_visit_recount,
}
