"""What goes over HTTP about who cares for a customer, and about the index of files."""

from marshmallow import Schema, fields
from marshmallow.validate import Length

from customer.api.customer_schemas import shown_name
from customer.api.texts import line, prose
from customer.domain import limits
from customer.domain.file_states import FileState
from customer.domain.kinds import Kind
from customer.domain.owners import Link
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, RequestSchema


class TransferFileSchema(RequestSchema):
    """To which unit a file goes, whose customer he is there, and what one has to know (XC-17)."""

    to_unit = line(limits.UNIT, required=True)
    owner_id = fields.UUID(load_default=None, allow_none=True)
    note = prose(limits.REPORT, required=True)


class HandoverSchema(Schema):
    """What was handed over."""

    handover_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    from_unit = fields.String(required=True)
    to_unit = fields.String(required=True)
    old_owner_id = fields.UUID(required=True, allow_none=True)
    new_owner_id = fields.UUID(required=True, allow_none=True)
    note = fields.String(required=True)
    at = AwareTime(required=True)
    by = fields.String(required=True)


class LinkPersonSchema(RequestSchema):
    """Whom of ours a customer has as advisor or as backup."""

    staff_id = fields.UUID(required=True)
    link = fields.Enum(Link, by_value=True, required=True)


class UnlinkPersonSchema(RequestSchema):
    """Whose link ends."""

    staff_id = fields.UUID(required=True)


class StaffLinkSchema(Schema):
    """A person of ours who knows the customer."""

    staff_id = fields.UUID(required=True, attribute="person_id")
    link = fields.Enum(Link, by_value=True, required=True)
    since = AwareTime(required=True)


class LinksSchema(Schema):
    """Everybody of ours who is linked to a customer."""

    links = fields.List(fields.Nested(StaffLinkSchema), required=True)


class ScarceArgs(PageArgs):
    """The customers of which unit and of those below it; the caller's own unless named."""

    unit = fields.String(load_default=None, validate=Length(1, limits.UNIT))


class FileIndexArgs(PageArgs):
    """Which files of the department to list."""

    category = fields.String(load_default=None, validate=Length(1, 40))


class IndexedFileSchema(Schema):
    """A line of the index of files (CF-24)."""

    customer_id = fields.UUID(required=True)
    number = fields.String(required=True, allow_none=True)
    category = fields.String(required=True)
    state = fields.Enum(FileState, by_value=True, required=True)
    opened_at = AwareTime(required=True)
    customer_number = fields.String(required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    name = fields.Function(lambda row: shown_name(row))


class CataloguedSchema(Schema):
    """How many files of a category there are in a state."""

    category = fields.String(required=True)
    state = fields.Enum(FileState, by_value=True, required=True)
    files = fields.Integer(required=True)


class FileCatalogueSchema(Schema):
    """The catalogue of a department's files (CF-24)."""

    unit = fields.String(required=True)
    categories = fields.List(fields.Nested(CataloguedSchema), required=True)
