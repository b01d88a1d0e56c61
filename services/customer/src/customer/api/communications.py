"""Communications over HTTP: plan, hold, record, check, cancel, list, show, timeline."""

from typing import Any
from uuid import UUID

from customer.adapters.communications import Communications
from customer.adapters.mapping import Communication
from customer.adapters.tables import communications
from customer.api.access import CHECKERS, TALK_READERS, TALKERS
from customer.api.communication_schemas import (
    CancelCommunicationSchema,
    CheckCommunicationSchema,
    CommunicationArgs,
    CommunicationSchema,
    HoldCommunicationSchema,
    PlanCommunicationSchema,
    RecordCommunicationSchema,
)
from customer.api.versions import shown
from customer.use_cases import communications as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema
from shared.web.timeline import TimelinePageSchema, timeline_page

OF_CUSTOMER = "/v1/customers/<uuid:customer_id>/communications"
ONE = "/v1/communications/<uuid:communication_id>"


def blueprint() -> Blueprint:
    """What was said with customers."""
    blp = Blueprint("communications", __name__, description="Communications with customers")
    _before(blp)
    _after(blp)
    _check(blp)
    _queries(blp)
    return blp


def _before(blp: Blueprint) -> None:
    @blp.post(OF_CUSTOMER)
    @allow(*TALKERS)
    @command
    @blp.arguments(PlanCommunicationSchema)
    @blp.response(201, CommunicationSchema)
    def plan_communication(asked: dict[str, Any], customer_id: UUID) -> Communication:
        """Write down purpose and agenda of a communication to come (VS-24)."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        return shown(use_cases.plan_communication(tx(), customer, **asked, caller=principal()))

    @blp.post(f"{ONE}/cancellations")
    @allow(*TALKERS)
    @command
    @blp.arguments(CancelCommunicationSchema)
    @blp.response(200, CommunicationSchema)
    def cancel_communication(_asked: dict[str, Any], communication_id: UUID) -> Communication:
        """Say that it will not take place."""
        one = tx().communications.get(communication_id, unit=principal().unit)
        return shown(use_cases.cancel_communication(tx(), one))


def _after(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/holdings")
    @allow(*TALKERS)
    @command
    @blp.arguments(HoldCommunicationSchema)
    @blp.response(200, CommunicationSchema)
    def hold_communication(asked: dict[str, Any], communication_id: UUID) -> Communication:
        """Say that it took place; its minutes fall due."""
        one = tx().communications.get(communication_id, unit=principal().unit)
        return shown(use_cases.hold_communication(tx(), one, **asked))

    @blp.post(f"{ONE}/records")
    @allow(*TALKERS)
    @command
    @blp.arguments(RecordCommunicationSchema)
    @blp.response(200, CommunicationSchema)
    def record_communication(asked: dict[str, Any], communication_id: UUID) -> Communication:
        """Make the minutes, raise the issues in them, share them (VS-24, VS-25)."""
        one = tx().communications.get(communication_id, unit=principal().unit)
        customer = tx().customers.known(one.customer_id)
        made = use_cases.record_communication(tx(), customer, one, **asked, caller=principal())
        return shown(made)


def _check(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/checks")
    @allow(*CHECKERS)
    @command
    @blp.arguments(CheckCommunicationSchema)
    @blp.response(200, CommunicationSchema)
    def check_communication(_asked: dict[str, Any], communication_id: UUID) -> Communication:
        """Sign a record off (VS-30 to VS-32)."""
        one = tx().communications.get(communication_id, unit=principal().unit)
        who = principal()
        return shown(use_cases.check_communication(tx(), one, caller=who, roles=who.roles))


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/communications")
    @allow(*TALK_READERS)
    @query
    @blp.arguments(CommunicationArgs, location="query")
    @blp.response(200, page_schema(CommunicationSchema))
    def list_communications(args: dict[str, Any]) -> dict[str, Any]:
        """The communications of the caller's unit and of those below it, the latest first."""
        wanted = {name: args[name] for name in ("customer_id", "kind", "state")}
        seen = Communications(session()).listed(unit=principal().unit, **wanted)
        key = [communications.c.planned_for, communications.c.id]
        return page(seen, key=key, args=args, session=session(), descending=True)

    @blp.get(ONE)
    @allow(*TALK_READERS)
    @query
    @blp.response(200, CommunicationSchema)
    def get_communication(communication_id: UUID) -> Communication:
        """One communication."""
        return shown(Communications(session()).get(communication_id, unit=principal().unit))

    @blp.get(f"{ONE}/timeline")
    @allow(*TALK_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, TimelinePageSchema)
    def get_communication_timeline(args: dict[str, Any], communication_id: UUID) -> dict[str, Any]:
        """All that happened to a communication."""
        one = Communications(session()).get(communication_id, unit=principal().unit)
        return timeline_page(session(), f"communication/{one.id}", args)
