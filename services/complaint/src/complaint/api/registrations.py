"""The registration of a complaint (F-05) over HTTP: who complained of what and whom, to which
leader it was reported, and what came of it (CP-53, CP-57)."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields
from sqlalchemy import select

from complaint.adapters.complaints import Complaints
from complaint.adapters.tables import corrective_actions
from complaint.adapters.transfers import transfers_of
from complaint.api.access import READERS
from complaint.api.cases import TransferSchema
from complaint.api.forms import Masked
from complaint.api.records import RecordSchema
from complaint.domain.complaint import Complaint
from complaint.domain.events import ReportedToLeader
from complaint.use_cases.filing import PROCEDURE
from shared import masking
from shared.tables import journal
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import query, session
from shared.web.schemas import AwareTime, BecauseSchema

blp = Blueprint("registrations", __name__, description="Registrations of complaints (F-05)")


class AgainstSchema(Schema):
    """Which department or person the complaint is against; the person is masked."""

    department = fields.String(required=True, allow_none=True, attribute="respondent_department")
    person = Masked(masking.name, required=True, allow_none=True, attribute="respondent_person")


class LeaderReportSchema(Schema):
    """To whom the complaint was reported as it came in, and when (CP-53)."""

    leader_id = fields.String(required=True)
    reported_at = fields.String(required=True)
    because = fields.Nested(BecauseSchema, required=True)


class ProcedureSchema(Schema):
    """The document, kept elsewhere, by which complaints are handled (CP-57)."""

    number = fields.String(required=True)
    title = fields.String(required=True)
    because = fields.Nested(BecauseSchema, required=True)


class RegistrationSchema(Schema):
    """The form of one complaint. ``resolved_at`` is when its result was told that contented the
    complainant."""

    number = fields.String(required=True)
    receiver_id = fields.UUID(required=True, allow_none=True, attribute="filed_by")
    received_at = AwareTime(required=True, attribute="intake.received_at")
    channel = fields.String(required=True, attribute="intake.channel")
    customer_id = fields.UUID(required=True, allow_none=True, attribute="intake.customer_id")
    complainant_name = Masked(
        masking.name, required=True, allow_none=True, attribute="intake.complainant_name"
    )
    complainant_phone = Masked(
        masking.phone, required=True, allow_none=True, attribute="intake.complainant_phone"
    )
    about = fields.String(required=True, attribute="intake.about")
    content = fields.String(required=True, allow_none=True, attribute="form.details.reason")
    against = fields.Nested(AgainstSchema, required=True, attribute="form.details")
    handling_records = fields.List(fields.Nested(RecordSchema), required=True, attribute="records")
    leader_report = fields.Nested(LeaderReportSchema, required=True, allow_none=True)
    procedure = fields.Nested(ProcedureSchema, required=True, allow_none=True)
    transfers = fields.List(fields.Nested(TransferSchema), required=True)
    corrective_action_ids = fields.List(fields.UUID(), required=True)
    resolved_at = AwareTime(required=True, allow_none=True)


@blp.get("/v1/complaints/<uuid:complaint_id>/registration")
@allow(*READERS)
@query
@blp.response(200, RegistrationSchema)
def get_registration(complaint_id: UUID) -> dict[str, Any]:
    """The form of a complaint as far as it is filled in."""
    complaint = Complaints(session()).get(complaint_id, unit=principal().unit)
    table = corrective_actions.c
    actions = select(table.id).where(table.source_id == complaint.id).order_by(table.id)
    own = ("number", "filed_by", "intake", "form", "records")
    return {
        **{name: getattr(complaint, name) for name in own},
        "leader_report": _first(complaint, ReportedToLeader.type),
        "procedure": _first(complaint, PROCEDURE),
        "transfers": transfers_of(session(), complaint.ref),
        "corrective_action_ids": list(session().scalars(actions)),
        "resolved_at": _resolved_at(complaint),
    }


def _first(complaint: Complaint, kind: str) -> dict[str, Any] | None:
    """What the timeline said first of that kind, and why."""
    of = journal.c
    query = (
        select(of.data, of.because)
        .where(of.subject == complaint.ref.subject, of.kind == kind)
        .order_by(of.position)
        .limit(1)
    )
    row = session().execute(query).first()
    return {**row.data, "because": row.because} if row else None


def _resolved_at(complaint: Complaint) -> Any:
    form = complaint.form
    return form.told.at if form.told and form.answer and form.answer.accepted else None
