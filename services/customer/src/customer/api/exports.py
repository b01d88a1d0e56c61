"""Customers as a CSV file over HTTP: streamed, masked unless a consent or the law allows more."""

from collections.abc import Iterator
from typing import Any

from flask import Response
from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Length
from sqlalchemy.orm import Session, sessionmaker

from customer.adapters.exports import Exports
from customer.api.access import EXPORTERS, FULL_EXPORTERS
from customer.api.consent_schemas import BASIS, TEXT
from customer.api.contact_schemas import REASON
from customer.api.csv_exports import header, lines
from customer.api.texts import line, prose
from customer.domain import limits
from customer.domain.exports import Export
from customer.use_cases.exports import open_full, open_masked
from shared.transaction import reading
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, revealing, tx
from shared.web.kit import kit
from shared.web.schemas import RequestSchema

MOST_CONSENTS = 100
FILE = "customers.csv"


class ExportCustomersSchema(RequestSchema):
    """Whose file is asked for, and why. In full (``full``) it also takes who gets it, for what,
    and the consents of the customers in it or a legal basis for all of the unit."""

    unit = line(limits.UNIT, load_default=None)
    reason = prose(REASON, required=True)
    full = fields.Boolean(load_default=False)
    recipient = line(TEXT, load_default=None)
    purpose = line(TEXT, load_default=None)
    consent_ids = fields.List(fields.UUID(), load_default=list, validate=Length(max=MOST_CONSENTS))
    legal_basis = line(BASIS, load_default=None)

    @validates_schema
    def _whole(self, data: dict[str, Any], **_: Any) -> None:
        if data["full"] and not (data["recipient"] and data["purpose"]):
            raise ValidationError("Say who gets the file, and for what.")
        if data["consent_ids"] and data["legal_basis"]:
            raise ValidationError("Name consents or a legal basis, not both.")


def blueprint() -> Blueprint:
    """The export of customers."""
    blp = Blueprint("exports", __name__, description="Export of customers")

    @blp.post("/v1/customers/exports")
    @allow(*EXPORTERS)
    @command
    @blp.arguments(ExportCustomersSchema)
    @blp.response(200, {"type": "string"}, content_type="text/csv")
    @revealing
    def export_customers(asked: dict[str, Any]) -> Response:
        """Take out customers as a CSV file; the audit log keeps who asked, and why."""
        export = _opened(**asked)
        answer = Response(_content(kit().sessions, export), mimetype="text/csv")
        answer.headers["Content-Disposition"] = f"attachment; filename={FILE}"
        return answer

    return blp


def _opened(*, full: bool, unit: str | None, reason: str, **grounds: Any) -> Export:
    if not full:
        return open_masked(tx(), caller=principal(), unit=unit, reason=reason)
    permitted = not principal().roles.isdisjoint(FULL_EXPORTERS)
    return open_full(
        tx(), caller=principal(), permitted=permitted, unit=unit, reason=reason, **grounds
    )


def _content(sessions: sessionmaker[Session], export: Export) -> Iterator[str]:
    """The file a batch at a time, each from a short transaction of its own."""
    yield header()
    after = None
    while True:
        with reading(sessions) as session:
            found = Exports(session).batch(export, after=after)
            told, after = lines(found, full=export.full), found[-1][0].id if found else None
        if not told:
            return
        yield told
