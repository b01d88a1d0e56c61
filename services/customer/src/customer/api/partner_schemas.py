"""What goes over HTTP about the admission forms of partners: requests and answers."""

from marshmallow import Schema, fields
from marshmallow.validate import Length, Range, Regexp

from customer.api.customer_schemas import RegisterCustomerSchema
from customer.api.policies.forms import CODE
from customer.api.texts import formed, line, prose
from customer.domain import limits
from customer.domain.partner_states import State
from customer.domain.partners import Result
from shared.masking import HIDDEN
from shared.web.schemas import AwareTime, RequestSchema

MOST_CELLS = 500
MOST_ROWS = 200
VALUE = 500


class RegisterPartnerSchema(RegisterCustomerSchema):
    """A new partner of joint ventures; ``org_unit`` is the one that introduces him."""

    class Meta:
        exclude = ("reason", "kind")


class OpenFormSchema(RequestSchema):
    """Which unit introduces the partner."""

    unit = line(limits.UNIT, required=True)


class CellArgSchema(RequestSchema):
    """A value of the main form or of one row of an annex."""

    part = fields.String(required=True, validate=Regexp(CODE))
    row = fields.Integer(strict=True, load_default=0, validate=Range(0, MOST_ROWS))
    item = fields.String(required=True, validate=Regexp(CODE))
    value = line(VALUE, required=True)


class FillFormSchema(RequestSchema):
    """What is to stand in the form; the rest stays."""

    cells = fields.List(fields.Nested(CellArgSchema), required=True, validate=Length(1, MOST_CELLS))


class SubmitFormSchema(RequestSchema):
    """Nothing has to be said."""


class ArchiveFormSchema(RequestSchema):
    """Under which number the office keeps the form."""

    archive_number = formed(limits.NUMBER, required=True)


class DecideFormSchema(RequestSchema):
    """Without an explanation the partner passes; with one he is declined."""

    explanation = prose(limits.REPORT, load_default=None)


class FindingArgSchema(RequestSchema):
    """What was seen of one item of the checklist."""

    item = fields.String(required=True, validate=Regexp(CODE))
    result = fields.Enum(Result, by_value=True, required=True)


class RecordFindingsSchema(RequestSchema):
    """What was seen on site."""

    findings = fields.List(
        fields.Nested(FindingArgSchema), required=True, validate=Length(1, MOST_CELLS)
    )


class FindingSchema(Schema):
    """What an inspector saw of one item, and on which day."""

    item = fields.String(required=True)
    result = fields.Enum(Result, by_value=True, required=True)
    inspector_id = fields.UUID(required=True)
    checked_on = fields.Date(required=True)


class PartnerFormSchema(Schema):
    """Where the form of a partner stands; what is written in it is not shown here."""

    form_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    unit = fields.String(required=True)
    state = fields.Enum(State, by_value=True, required=True)
    opened_at = AwareTime(required=True)
    filled = fields.Function(lambda form: len(form.cells))
    findings = fields.List(fields.Nested(FindingSchema), required=True)
    screened_by = fields.UUID(required=True, allow_none=True)
    decided_by = fields.UUID(required=True, allow_none=True)
    decided_at = AwareTime(required=True, allow_none=True)
    explanation = fields.String(required=True, allow_none=True)
    archive_number = fields.String(required=True, allow_none=True)
    archived_by = fields.UUID(required=True, allow_none=True)
    archived_at = AwareTime(required=True, allow_none=True)


class ShownCellSchema(Schema):
    """A value of the main form or of one row of an annex; a personal one is masked."""

    part = fields.String(required=True)
    row = fields.Integer(required=True)
    item = fields.String(required=True)
    title = fields.String(required=True)
    personal = fields.Boolean(required=True)
    value = fields.Function(lambda cell: HIDDEN if cell.personal else cell.value)


class FormContentsSchema(Schema):
    """What stands in the form of a partner."""

    cells = fields.List(fields.Nested(ShownCellSchema), required=True)
