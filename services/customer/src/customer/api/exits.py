"""Exit cases over HTTP: propose, decide, withdraw, list, show (AD-23)."""

from typing import Any
from uuid import UUID

from customer.adapters.exits import Exits
from customer.adapters.mapping import ExitCase
from customer.adapters.tables import exit_cases
from customer.api.access import EXIT_DECIDERS, EXIT_PROPOSERS, EXIT_READERS
from customer.api.exit_schemas import (
    DecideExitSchema,
    ExitArgs,
    ExitCaseSchema,
    ProposeExitSchema,
    WithdrawExitSchema,
)
from customer.api.versions import shown
from customer.use_cases import exits as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import page
from shared.web.schemas import page_schema

ONE = "/v1/exits/<uuid:case_id>"


def blueprint() -> Blueprint:
    """How units adjust or end their cooperation with customers."""
    blp = Blueprint("exits", __name__, description="Exit cases")
    _commands(blp)
    _queries(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/customers/<uuid:customer_id>/exits")
    @allow(*EXIT_PROPOSERS)
    @command
    @blp.arguments(ProposeExitSchema)
    @blp.response(201, ExitCaseSchema)
    def propose_exit(asked: dict[str, Any], customer_id: UUID) -> ExitCase:
        """Propose to adjust the cooperation with a customer, or to end it."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        return shown(use_cases.propose_exit(tx(), customer, **asked, officer=principal()))

    @blp.post(f"{ONE}/decisions")
    @allow(*EXIT_DECIDERS)
    @command
    @blp.arguments(DecideExitSchema)
    @blp.response(200, ExitCaseSchema)
    def decide_exit(asked: dict[str, Any], case_id: UUID) -> ExitCase:
        """Approve or reject a case; an approved termination ends the standing of the customer."""
        case = tx().exits.get(case_id, unit=principal().unit)
        customer = tx().customers.known(case.customer_id)
        return shown(use_cases.decide_exit(tx(), customer, case, **asked, officer=principal()))

    @blp.post(f"{ONE}/withdrawals")
    @allow(*EXIT_PROPOSERS)
    @command
    @blp.arguments(WithdrawExitSchema)
    @blp.response(200, ExitCaseSchema)
    def withdraw_exit(_asked: dict[str, Any], case_id: UUID) -> ExitCase:
        """Take back what one proposed oneself."""
        case = tx().exits.get(case_id, unit=principal().unit)
        return shown(use_cases.withdraw_exit(tx(), case, officer=principal()))


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/exits")
    @allow(*EXIT_READERS)
    @query
    @blp.arguments(ExitArgs, location="query")
    @blp.response(200, page_schema(ExitCaseSchema))
    def list_exits(args: dict[str, Any]) -> dict[str, Any]:
        """The cases of the caller's unit and of those below it."""
        wanted = {name: args[name] for name in ("customer_id", "kind", "state")}
        seen = Exits(session()).listed(unit=principal().unit, **wanted)
        return page(seen, key=[exit_cases.c.id], args=args, session=session())

    @blp.get(ONE)
    @allow(*EXIT_READERS)
    @query
    @blp.response(200, ExitCaseSchema)
    def get_exit(case_id: UUID) -> ExitCase:
        """One case."""
        return shown(Exits(session()).get(case_id, unit=principal().unit))
