"""Interested parties over HTTP: identify, change, record, archive, list, show (CF-41)."""

from typing import Any
from uuid import UUID

from customer.adapters.interested_parties import InterestedParties
from customer.adapters.mapping import InterestedParty
from customer.adapters.tables import interested_parties
from customer.api.access import PARTY_KEEPERS, PARTY_READERS
from customer.api.interested_party_schemas import (
    ArchivePartySchema,
    ChangePartySchema,
    IdentifyPartySchema,
    PartyArgs,
    PartySchema,
    RecordPartySchema,
)
from customer.api.versions import shown
from customer.use_cases import interested_parties as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.etags import check_version
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema
from shared.web.timeline import TimelinePageSchema, timeline_page

ALL = "/v1/interested-parties"
ONE = f"{ALL}/<uuid:party_id>"


def blueprint() -> Blueprint:
    """Who has an interest in the services of a unit."""
    blp = Blueprint("interested_parties", __name__, description="Interested parties of services")
    _entries(blp)
    _records(blp)
    _queries(blp)
    return blp


def _entries(blp: Blueprint) -> None:
    @blp.post(ALL)
    @allow(*PARTY_KEEPERS)
    @command
    @blp.arguments(IdentifyPartySchema)
    @blp.response(201, PartySchema)
    def identify_party(asked: dict[str, Any]) -> InterestedParty:
        """Enter who has an interest in a service."""
        return shown(use_cases.identify_party(tx(), **asked, caller=principal()))

    @blp.patch(ONE)
    @allow(*PARTY_KEEPERS)
    @command
    @blp.arguments(ChangePartySchema)
    @blp.response(200, PartySchema)
    def change_party(fresh: dict[str, Any], party_id: UUID) -> InterestedParty:
        """Change what is known of a party, which is then recorded and archived anew."""
        party = tx().interested_parties.get(party_id, unit=principal().unit)
        check_version(party.version)
        return shown(use_cases.change_party(tx(), party, fresh))


def _records(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/records")
    @allow(*PARTY_KEEPERS)
    @command
    @blp.arguments(RecordPartySchema)
    @blp.response(200, PartySchema)
    def record_party(asked: dict[str, Any], party_id: UUID) -> InterestedParty:
        """Say under which id the configuration database holds a party."""
        party = tx().interested_parties.get(party_id, unit=principal().unit)
        return shown(use_cases.record_party(tx(), party, **asked, caller=principal()))

    @blp.post(f"{ONE}/archivings")
    @allow(*PARTY_KEEPERS)
    @command
    @blp.arguments(ArchivePartySchema)
    @blp.response(200, PartySchema)
    def archive_party(asked: dict[str, Any], party_id: UUID) -> InterestedParty:
        """Say where the office system keeps a recorded party."""
        party = tx().interested_parties.get(party_id, unit=principal().unit)
        return shown(use_cases.archive_party(tx(), party, **asked, caller=principal()))


def _queries(blp: Blueprint) -> None:
    @blp.get(ALL)
    @allow(*PARTY_READERS)
    @query
    @blp.arguments(PartyArgs, location="query")
    @blp.response(200, page_schema(PartySchema))
    def list_parties(args: dict[str, Any]) -> dict[str, Any]:
        """The parties of the caller's unit and of those below it."""
        wanted = {name: args[name] for name in ("customer_id", "service", "kind", "state")}
        seen = InterestedParties(session()).listed(unit=principal().unit, **wanted)
        return page(seen, key=[interested_parties.c.id], args=args, session=session())

    @blp.get(ONE)
    @allow(*PARTY_READERS)
    @query
    @blp.response(200, PartySchema)
    def get_party(party_id: UUID) -> InterestedParty:
        """One interested party."""
        return shown(InterestedParties(session()).get(party_id, unit=principal().unit))

    @blp.get(f"{ONE}/timeline")
    @allow(*PARTY_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, TimelinePageSchema)
    def get_party_timeline(args: dict[str, Any], party_id: UUID) -> dict[str, Any]:
        """All that happened to the record of a party."""
        party = InterestedParties(session()).get(party_id, unit=principal().unit)
        return timeline_page(session(), f"interested_party/{party.id}", args)
