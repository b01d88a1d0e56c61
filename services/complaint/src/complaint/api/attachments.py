"""Files of cases over HTTP: taken by what they are, and given out to be saved, never shown."""

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import Schema, fields

from complaint.adapters.attachments import Attachments
from complaint.adapters.cases import Cases
from complaint.adapters.tables import attachments as table
from complaint.api.access import NAMED, READERS, caller
from complaint.domain.attachments import LARGEST, Attachment
from complaint.domain.cases import CaseRef
from complaint.use_cases import attachments
from shared.file_types import MediaType
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.bodies import body_limit, opened_body
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import AwareTime, page_schema

ALL = "/v1/cases/<kind>/<uuid:case_id>/attachments"
ANY = "application/octet-stream"
CONTENT = {"schema": {"type": "string", "format": "binary"}}
FILE = {
    "requestBody": {
        "required": True,
        "description": "The file alone. What it is told to be does not matter; it has no name.",
        "content": {kind.value: CONTENT for kind in MediaType},
    }
}

blp = Blueprint("attachments", __name__, description="Files of cases")


class SentFileSchema(Schema):
    """A file that was added; ``size`` is in bytes."""

    id = fields.UUID(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    added_at = AwareTime(required=True)


class AttachmentSchema(SentFileSchema):
    """A file of a case; nobody in ``added_by`` is the customer himself."""

    sha256 = fields.Function(lambda one: one.sha256.hex(), metadata={"type": "string"})
    added_by = fields.UUID(required=True, allow_none=True)


@blp.post(ALL)
@allow(*NAMED)
@body_limit(LARGEST)
@command
@blp.doc(**FILE)
@blp.response(201, AttachmentSchema)
def add_attachment(kind: str, case_id: UUID) -> Attachment:
    """Add a file to a case."""
    content = opened_body().read()
    return attachments.attach(tx(), CaseRef(kind, case_id), by=caller(), content=content)


@blp.get(ALL)
@allow(*READERS)
@query
@blp.arguments(PageArgs, location="query")
@blp.response(200, page_schema(AttachmentSchema))
def list_attachments(asked: dict[str, Any], kind: str, case_id: UUID) -> dict[str, Any]:
    """The files of a case, the first one first."""
    case = Cases(session()).shown(CaseRef(kind, case_id), unit=principal().unit)
    found = Attachments(session()).of_case(case.id)
    return page(found, key=(table.c.id,), args=asked, session=session())


@blp.get(f"{ALL}/<uuid:attachment_id>")
@allow(*READERS)
@query
@blp.response(200, CONTENT["schema"], content_type=ANY)
def get_attachment(kind: str, case_id: UUID, attachment_id: UUID) -> Response:
    """A file to be saved."""
    case = Cases(session()).shown(CaseRef(kind, case_id), unit=principal().unit)
    found = Attachments(session()).get(attachment_id, case_id=case.id)
    answer = Response(found.content, mimetype=found.media_type.value)
    answer.headers["Content-Disposition"] = f"attachment; filename={found.name}"
    return answer
