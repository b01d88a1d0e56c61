"""Blacklists that are handed in, over HTTP (AD-15)."""

from typing import Any
from uuid import UUID

from customer.adapters.blacklist import BlacklistFilings
from customer.adapters.mapping import BlacklistFiling
from customer.adapters.tables import blacklist_filings
from customer.api.access import BLACKLIST_KEEPERS
from customer.api.blacklist_schemas import FileListSchema, FilingSchema, NothingAskedSchema
from customer.domain.staff import Role
from customer.use_cases.blacklist_filings import file_list, receive_filing
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema

FILINGS = "/v1/blacklist-filings"


def blueprint() -> Blueprint:
    """The blacklists that are filed with the marketing division."""
    blp = Blueprint("blacklist_filings", __name__, description="Filed blacklists")

    @blp.post(FILINGS)
    @allow(*BLACKLIST_KEEPERS)
    @command
    @blp.arguments(FileListSchema)
    @blp.response(201, FilingSchema)
    def file_blacklist(asked: dict[str, Any]) -> BlacklistFiling:
        """Hand in a list as it stands now."""
        return file_list(tx(), **asked, officer=principal())

    @blp.post(f"{FILINGS}/<uuid:filing_id>/receipts")
    @allow(Role.MARKETING_DIVISION)
    @command
    @blp.arguments(NothingAskedSchema)
    @blp.response(200, FilingSchema)
    def receive_blacklist(_asked: dict[str, Any], filing_id: UUID) -> BlacklistFiling:
        """Give the receipt."""
        filing = tx().blacklist_filings.get(filing_id, unit=principal().unit)
        return receive_filing(tx(), filing, officer=principal())

    @blp.get(FILINGS)
    @allow(*BLACKLIST_KEEPERS, Role.AUDITOR)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(FilingSchema))
    def list_filings(args: dict[str, Any]) -> dict[str, Any]:
        """What was handed in by the caller's units."""
        listed = BlacklistFilings(session()).listed(unit=principal().unit)
        return page(listed, key=[blacklist_filings.c.id], args=args, session=session())

    return blp
