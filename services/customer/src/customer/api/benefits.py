"""Benefits of partners over HTTP: propose, approve, reject, withdraw, list, show (CL-35)."""

from typing import Any
from uuid import UUID

from customer.adapters.benefits import Benefits
from customer.adapters.mapping import Benefit
from customer.adapters.tables import benefits
from customer.api.access import BENEFIT_DECIDERS, BENEFIT_PROPOSERS, BENEFIT_READERS
from customer.api.benefit_schemas import (
    BenefitArgs,
    BenefitSchema,
    EndBenefitSchema,
    ProposeBenefitSchema,
)
from customer.api.grade_schemas import check_staff
from customer.api.grading_schemas import NothingSchema
from customer.api.versions import shown
from customer.use_cases import benefits as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import page
from shared.web.schemas import page_schema

ONE = "/v1/benefits/<uuid:benefit_id>"


def blueprint() -> Blueprint:
    """What partners on top of the ranking are given."""
    blp = Blueprint("benefits", __name__, description="Benefits of partners")
    _proposals(blp)
    _decisions(blp)
    _queries(blp)
    return blp


def _proposals(blp: Blueprint) -> None:
    @blp.post("/v1/customers/<uuid:customer_id>/benefits")
    @allow(*BENEFIT_PROPOSERS)
    @command
    @blp.arguments(ProposeBenefitSchema)
    @blp.response(201, BenefitSchema)
    def propose_benefit(asked: dict[str, Any], customer_id: UUID) -> Benefit:
        """Propose a benefit for a partner on top of the ranking."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        return shown(use_cases.propose_benefit(tx(), customer, **asked, caller=principal()))

    @blp.post(f"{ONE}/withdrawals")
    @allow(*dict.fromkeys((*BENEFIT_PROPOSERS, *BENEFIT_DECIDERS)))
    @command
    @blp.arguments(EndBenefitSchema)
    @blp.response(200, BenefitSchema)
    def withdraw_benefit(asked: dict[str, Any], benefit_id: UUID) -> Benefit:
        """Take a proposal back, or end a benefit before its time."""
        one = _found(benefit_id)
        return shown(use_cases.withdraw_benefit(tx(), one, **asked, caller=principal()))


def _decisions(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/approvals")
    @allow(*BENEFIT_DECIDERS)
    @command
    @blp.arguments(NothingSchema)
    @blp.response(200, BenefitSchema)
    def approve_benefit(_asked: dict[str, Any], benefit_id: UUID) -> Benefit:
        """Grant a benefit that is proposed."""
        return shown(use_cases.approve_benefit(tx(), _found(benefit_id), caller=principal()))

    @blp.post(f"{ONE}/rejections")
    @allow(*BENEFIT_DECIDERS)
    @command
    @blp.arguments(EndBenefitSchema)
    @blp.response(200, BenefitSchema)
    def reject_benefit(asked: dict[str, Any], benefit_id: UUID) -> Benefit:
        """Decide against a benefit that is proposed."""
        one = _found(benefit_id)
        return shown(use_cases.reject_benefit(tx(), one, **asked, caller=principal()))


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/benefits")
    @allow(*BENEFIT_READERS)
    @query
    @blp.arguments(BenefitArgs, location="query")
    @blp.response(200, page_schema(BenefitSchema))
    def list_benefits(args: dict[str, Any]) -> dict[str, Any]:
        """The benefits of the caller's units, the oldest first."""
        check_staff()
        wanted = {name: args[name] for name in ("customer_id", "state")}
        seen = Benefits(session()).listed(unit=principal().unit, **wanted)
        key = [benefits.c.proposed_at, benefits.c.id]
        return page(seen, key=key, args=args, session=session())

    @blp.get(ONE)
    @allow(*BENEFIT_READERS)
    @query
    @blp.response(200, BenefitSchema)
    def get_benefit(benefit_id: UUID) -> Benefit:
        """One benefit."""
        check_staff()
        return shown(Benefits(session()).get(benefit_id, unit=principal().unit))


def _found(benefit_id: UUID) -> Benefit:
    found: Benefit = tx().benefits.get(benefit_id, unit=principal().unit)
    return found
