"""Whom to write to about a case, over HTTP."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from complaint.adapters.case_contacts import CaseContacts
from complaint.adapters.cases import Cases
from complaint.adapters.mapping import Case, CaseContact
from complaint.api.access import NAMED, READERS, caller
from complaint.api.forms import Masked
from complaint.api.requests import LONG, NamedContactSchema, NothingSchema, text
from complaint.domain.case_contacts import NamedContact
from complaint.use_cases.case_contact_changes import change_contact, erase_contact
from shared import masking
from shared.rules import NotFound
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.schemas import RequestSchema

blp = Blueprint("case_contacts", __name__, description="Whom to write to about a case")


class ShownContactSchema(Schema):
    """Whom to write to; only he himself recognises it."""

    name = Masked(masking.name, required=True)
    email = Masked(masking.email, required=True)
    language = fields.String(required=True)


class EraseContactSchema(RequestSchema):
    """Why he is to be forgotten; kept in the audit log."""

    reason = text(LONG, required=True)


@blp.get("/v1/cases/<uuid:case_id>/contact")
@allow(*READERS)
@query
@blp.response(200, ShownContactSchema)
def get_case_contact(case_id: UUID) -> CaseContact:
    """Whom a case of any kind names to be written to."""
    Cases(session()).get(Case, case_id, unit=principal().unit)
    found = CaseContacts(session()).find(case_id)
    if found is None:
        raise NotFound("The case names nobody to be written to.")
    return found


@blp.post("/v1/cases/<uuid:case_id>/contacts")
@allow(*NAMED)
@command
@blp.arguments(NamedContactSchema)
@blp.response(201, ShownContactSchema)
def change_case_contact(asked: NamedContact, case_id: UUID) -> NamedContact:
    """From now on this person is written to, at this address."""
    return change_contact(tx(), case_id, by=caller(), contact=asked)


@blp.post("/v1/cases/<uuid:case_id>/contact-erasures")
@allow(*NAMED)
@command
@blp.arguments(EraseContactSchema)
@blp.response(201, NothingSchema)
def erase_case_contact(asked: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Forget whom the case names, and what he was told."""
    erase_contact(tx(), case_id, by=caller(), **asked)
    return {}
