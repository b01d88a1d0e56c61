"""What goes over HTTP about interested parties: requests and answers."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length, Regexp

from customer.api.policies.forms import CODE, code
from customer.api.texts import line, prose
from customer.domain import limits
from customer.domain.interested_party_states import State
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, RequestSchema


class ChangePartySchema(RequestSchema):
    """What is to be different; a field that is left out stays."""

    service = line(limits.NAME)
    name = line(limits.NAME)
    interest = prose(limits.REPORT)
    requirements = prose(limits.REPORT, allow_none=True)

    @validates_schema
    def _something(self, data: dict[str, Any], **_: Any) -> None:
        if not data:
            raise ValidationError("Nothing is to be changed.")


class IdentifyPartySchema(ChangePartySchema):
    """Who has which interest in what service. ``name`` is that of a role or an institution, not of
    a person; ``customer_id`` goes with the kinds that want one."""

    org_unit = line(limits.UNIT, required=True)
    kind = code(required=True)
    customer_id = fields.UUID(load_default=None, allow_none=True)
    service = line(limits.NAME, required=True)
    name = line(limits.NAME, required=True)
    interest = prose(limits.REPORT, required=True)
    requirements = prose(limits.REPORT, load_default=None, allow_none=True)


class RecordPartySchema(RequestSchema):
    """The id of the record in the configuration database."""

    configuration_item = line(limits.DOCUMENT_NUMBER, required=True)


class ArchivePartySchema(RequestSchema):
    """Where the office system keeps it."""

    archive_reference = line(limits.NAME, required=True)


class PartyArgs(PageArgs):
    """Which parties to list."""

    customer_id = fields.UUID(load_default=None)
    service = fields.String(load_default=None, validate=Length(1, limits.NAME))
    kind = fields.String(load_default=None, validate=Regexp(CODE))
    state = fields.Enum(State, by_value=True, load_default=None)


class PartySchema(Schema):
    """An interested party, with who did what when."""

    party_id = fields.UUID(required=True, attribute="id")
    org_unit = fields.String(required=True)
    kind = fields.String(required=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    service = fields.String(required=True)
    name = fields.String(required=True)
    interest = fields.String(required=True)
    requirements = fields.String(required=True, allow_none=True)
    state = fields.Enum(State, by_value=True, required=True)
    identified_by = fields.UUID(required=True)
    identified_at = AwareTime(required=True)
    configuration_item = fields.String(required=True, allow_none=True)
    recorded_by = fields.UUID(required=True, allow_none=True)
    recorded_at = AwareTime(required=True, allow_none=True)
    archive_reference = fields.String(required=True, allow_none=True)
    archived_by = fields.UUID(required=True, allow_none=True)
    archived_at = AwareTime(required=True, allow_none=True)
