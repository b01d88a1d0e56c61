"""Blacklists over HTTP: list, report, show, and the report of a list as a file (RP-04)."""

from typing import Any
from uuid import UUID

from flask import Response

from customer.adapters.blacklist import Blacklist
from customer.adapters.tables import blacklist_entries
from customer.api.access import (
    BLACKLIST_EXPORTERS,
    BLACKLIST_KEEPERS,
    BLACKLIST_READERS,
    BLACKLIST_REPORTERS,
)
from customer.api.blacklist_schemas import (
    BlacklistArgs,
    EntrySchema,
    ExportBlacklistSchema,
    ListCustomerSchema,
    ReportCustomerSchema,
)
from customer.api.blacklist_views import seen, seen_one
from customer.domain.blacklist_states import BARRING
from customer.use_cases.blacklist import list_for_department, report_customer
from shared.csv_lines import line
from shared.spreadsheet_cells import defused
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, revealing, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema
from shared.web.timeline import TimelinePageSchema, timeline_page

ONE_CUSTOMER = "/v1/customers/<uuid:customer_id>"
COLUMNS = (
    "entry_id",
    "customer_id",
    "customer_name",
    "scope",
    "org_unit",
    "state",
    "reason_code",
    "listed_at",
    "valid_until",
)


def blueprint() -> Blueprint:
    """The blacklists of the departments and of the company."""
    blp = Blueprint("blacklist", __name__, description="Blacklists")
    _commands(blp)
    _queries(blp)
    _report(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post(f"{ONE_CUSTOMER}/blacklist-entries")
    @allow(*BLACKLIST_KEEPERS)
    @command
    @blp.arguments(ListCustomerSchema)
    @blp.response(201, EntrySchema)
    def list_customer(asked: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """Put a customer on the list of a department, which deals with him no more."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        entry = list_for_department(tx(), customer, **asked, officer=principal())
        return seen_one(tx().session, entry)

    @blp.post(f"{ONE_CUSTOMER}/blacklist-reports")
    @allow(*BLACKLIST_REPORTERS)
    @command
    @blp.arguments(ReportCustomerSchema)
    @blp.response(201, EntrySchema)
    def report_for_listing(asked: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """Report a customer for the list of the company."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        entry = report_customer(tx(), customer, **asked, officer=principal())
        return seen_one(tx().session, entry)


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/blacklist")
    @allow(*BLACKLIST_READERS)
    @query
    @blp.arguments(BlacklistArgs, location="query")
    @blp.response(200, page_schema(EntrySchema))
    def list_entries(args: dict[str, Any]) -> dict[str, Any]:
        """The entries of the caller's units, and those that bar him."""
        wanted = {name: args[name] for name in ("scope", "state")}
        listed = Blacklist(session()).listed(unit=principal().unit, **wanted)
        found = page(listed, key=[blacklist_entries.c.id], args=args, session=session())
        return {**found, "items": seen(session(), found["items"])}

    @blp.get("/v1/blacklist/<uuid:entry_id>")
    @allow(*BLACKLIST_READERS)
    @query
    @blp.response(200, EntrySchema)
    def get_entry(entry_id: UUID) -> dict[str, Any]:
        """One entry."""
        entry = Blacklist(session()).get(entry_id, unit=principal().unit)
        return seen_one(session(), entry)

    @blp.get("/v1/blacklist/<uuid:entry_id>/timeline")
    @allow(*BLACKLIST_KEEPERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, TimelinePageSchema)
    def get_entry_timeline(args: dict[str, Any], entry_id: UUID) -> dict[str, Any]:
        """All that happened to an entry."""
        entry = Blacklist(session()).kept(entry_id, unit=principal().unit)
        return timeline_page(session(), f"blacklist_entry/{entry.id}", args)


def _report(blp: Blueprint) -> None:
    @blp.post("/v1/blacklist/exports")
    @allow(*BLACKLIST_EXPORTERS)
    @command
    @blp.arguments(ExportBlacklistSchema)
    @blp.response(200, {"type": "string"}, content_type="text/csv")
    @revealing
    def export_list(asked: dict[str, Any]) -> Response:
        """The list as a CSV file, in the fields that every department may know (RP-04)."""
        listed = tx().blacklist.listed(unit=principal().unit, scope=asked["scope"])
        barring = listed.where(blacklist_entries.c.state.in_(BARRING))
        found = list(tx().session.scalars(barring.order_by(blacklist_entries.c.id)))
        tx().record("blacklist.exported", f"unit/{principal().unit}", scope=asked["scope"])
        rows = (line(_text(row[name]) for name in COLUMNS) for row in seen(tx().session, found))
        return Response(line(COLUMNS) + "".join(rows), mimetype="text/csv")


def _text(value: Any) -> str:
    return "" if value is None else defused(str(value))
