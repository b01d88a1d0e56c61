"""Grades over HTTP: what a customer holds, and what his classes follow from."""

from typing import Any
from uuid import UUID

from customer.adapters.mapping import Customer
from customer.api.access import EDITORS
from customer.api.customer_schemas import CustomerSchema
from customer.api.grade_schemas import TellPurchasesSchema
from customer.api.versions import shown
from customer.domain.grading import Purchases
from customer.use_cases.classes import tell_purchases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, tx


def blueprint() -> Blueprint:
    """What grades follow from, and which ones hold."""
    blp = Blueprint("grades", __name__, description="Grades of customers")
    _commands(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/customers/<uuid:customer_id>/purchases")
    @allow(*EDITORS)
    @command
    @blp.arguments(TellPurchasesSchema)
    @blp.response(200, CustomerSchema)
    def tell_purchases_of(asked: dict[str, Any], customer_id: UUID) -> Customer:
        """Tell what a customer bought; his class of value follows."""
        customer: Customer = tx().customers.get(customer_id, unit=principal().unit)
        tell_purchases(tx(), customer, Purchases(**asked))
        return shown(customer)
