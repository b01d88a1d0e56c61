"""The duty of secrecy over HTTP: sign it, see who did (CF-12)."""

from typing import Any

from customer.adapters.consents import Secrecy
from customer.adapters.mapping import SecrecyAcknowledgement
from customer.adapters.tables import secrecy_acknowledgements
from customer.api.access import KEEPERS_OF_SECRETS, SECRECY_READERS
from customer.api.consent_schemas import AcknowledgementSchema, AcknowledgeSecrecySchema
from customer.use_cases import secrecy as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema

ALL = "/v1/secrecy-acknowledgements"


def blueprint() -> Blueprint:
    """Who promised to keep customer information safe."""
    blp = Blueprint("secrecy", __name__, description="The duty of secrecy")

    @blp.post(ALL)
    @allow(*KEEPERS_OF_SECRETS)
    @command
    @blp.arguments(AcknowledgeSecrecySchema)
    @blp.response(201, AcknowledgementSchema)
    def acknowledge_secrecy(asked: dict[str, Any]) -> SecrecyAcknowledgement:
        """Sign the duty of secrecy of one's unit in its present wording."""
        return use_cases.acknowledge_secrecy(tx(), **asked, caller=principal())

    @blp.get(ALL)
    @allow(*SECRECY_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(AcknowledgementSchema))
    def list_acknowledgements(args: dict[str, Any]) -> dict[str, Any]:
        """Who signed, in the caller's unit and below it."""
        listed = Secrecy(session()).listed(unit=principal().unit)
        return page(listed, key=[secrecy_acknowledgements.c.id], args=args, session=session())

    return blp
