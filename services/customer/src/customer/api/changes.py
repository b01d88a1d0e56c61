"""Major changes over HTTP: what files have to follow, what customers reported (CF-07, CF-34)."""

from typing import Any
from uuid import UUID

from customer.adapters.change_notices import ChangeNotices
from customer.adapters.customers import Customers
from customer.adapters.mapping import ChangeNotice, StatusCase
from customer.adapters.status_cases import StatusCases
from customer.adapters.tables import change_notices, status_cases
from customer.api.access import FILE_EDITORS, FILE_HEADS, FILE_READERS
from customer.api.change_schemas import (
    ChangeNoticeSchema,
    DecideStatusSchema,
    ReportChangeSchema,
    ReportStatusSchema,
    StaffStatusCaseSchema,
)
from customer.api.versions import shown
from customer.domain.status_cases import CaseCommand
from customer.use_cases.change_notices import report_change
from customer.use_cases.status_cases import decide_status, report_status
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema

NOTICES = "/v1/customers/<uuid:customer_id>/change-notices"
CASES = "/v1/customers/<uuid:customer_id>/status-changes"


def blueprint() -> Blueprint:
    """Major changes of customers."""
    blp = Blueprint("changes", __name__, description="Major changes of customers")
    _notices(blp)
    _cases(blp)
    return blp


def _notices(blp: Blueprint) -> None:
    @blp.post(NOTICES)
    @allow(*FILE_EDITORS)
    @command
    @blp.arguments(ReportChangeSchema)
    @blp.response(201, ChangeNoticeSchema)
    def notice_change(asked: dict[str, Any], customer_id: UUID) -> ChangeNotice:
        """Tell of a major change; the file has to follow in time."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        return shown(
            report_change(tx(), customer, fields=asked["fields_"], known_at=asked["known_at"])
        )

    @blp.get(NOTICES)
    @allow(*FILE_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(ChangeNoticeSchema))
    def list_change_notices(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """The major changes of a customer, and whether his file follows."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        listed = ChangeNotices(session()).listed(customer.id)
        return page(listed, key=[change_notices.c.id], args=args, session=session())


def _cases(blp: Blueprint) -> None:
    @blp.post(CASES)
    @allow(*FILE_EDITORS)
    @command
    @blp.arguments(ReportStatusSchema)
    @blp.response(201, StaffStatusCaseSchema)
    def take_status_change(asked: dict[str, Any], customer_id: UUID) -> StatusCase:
        """Take down what a customer reports in writing of his registration."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        return shown(report_status(tx(), customer, **asked))

    @blp.post(f"{CASES}/<uuid:case_id>/decisions")
    @allow(*FILE_HEADS)
    @command
    @blp.arguments(DecideStatusSchema)
    @blp.response(200, StaffStatusCaseSchema)
    def decide_status_change(asked: dict[str, Any], customer_id: UUID, case_id: UUID) -> StatusCase:
        """Accept or reject what was reported; a cancellation that is accepted ends all dealings."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        case = tx().status_cases.get(case_id, customer_id=customer.id)
        chosen = CaseCommand.ACCEPT if asked["accepted"] else CaseCommand.REJECT
        decided = decide_status(tx(), customer, case, command=chosen, fields=asked["fields_"])
        return shown(decided)

    @blp.get(CASES)
    @allow(*FILE_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(StaffStatusCaseSchema))
    def list_status_changes(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """What a customer reported of his registration."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        listed = StatusCases(session()).listed(customer.id)
        return page(listed, key=[status_cases.c.id], args=args, session=session())
