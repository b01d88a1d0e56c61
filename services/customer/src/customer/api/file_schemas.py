"""What goes over HTTP about files: requests and answers."""

from datetime import timedelta
from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Length

from customer.api.texts import prose
from customer.domain import limits
from customer.domain.file_fields import FieldType, FileField
from customer.domain.file_states import FileState
from customer.domain.kinds import Kind
from customer.use_cases.file_fields import FileView
from shared.envelope import plain
from shared.masking import HIDDEN
from shared.rules import Ruling
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

MOST_FIELDS = 100


class FileValueSchema(RequestSchema):
    """What a field is to hold, in the form of its type; null empties it."""

    field = fields.String(required=True, validate=Length(1, 60))
    value = fields.Raw(required=True, allow_none=True)


class FillFileSchema(RequestSchema):
    """Fields and values; why; and whether the caller has checked them himself (CF-42)."""

    values = fields.List(
        fields.Nested(FileValueSchema), required=True, validate=Length(max=MOST_FIELDS)
    )
    reason = prose(limits.REASON, required=True)
    self_checked = fields.Boolean(load_default=False)


class ReasonSchema(RequestSchema):
    """Why it is done; it is kept in the audit log."""

    reason = prose(limits.REASON, required=True)


class ReviewFileSchema(RequestSchema):
    """Nothing has to be said: the caller found the file to be up to date."""


class FileFieldSchema(Schema):
    """A field of a file and what it holds; a personal one is masked."""

    field = fields.String(required=True)
    group = fields.String(required=True)
    form = fields.String(required=True, allow_none=True)
    type = fields.Enum(FieldType, by_value=True, required=True)
    required = fields.Boolean(required=True)
    major = fields.Boolean(required=True)
    personal = fields.Boolean(required=True)
    choices = fields.List(fields.String(), required=True)
    filled = fields.Boolean(required=True)
    value = fields.Raw(required=True, allow_none=True)
    because = fields.Nested(BecauseSchema, required=True)


class FileSchema(Schema):
    """A file: how far it is, and each field that the packs of the unit ask for."""

    customer_id = fields.UUID(required=True)
    state = fields.Enum(FileState, by_value=True, required=True)
    number = fields.String(required=True, allow_none=True)
    category = fields.String(required=True)
    completeness = fields.Integer(required=True)
    missing = fields.List(fields.String(), required=True)
    entry_seconds = fields.Integer(required=True, allow_none=True)
    completed_at = AwareTime(required=True, allow_none=True)
    reviewed_at = AwareTime(required=True, allow_none=True)
    review_due_at = AwareTime(required=True, allow_none=True)
    checked_at = AwareTime(required=True, allow_none=True)
    checked_by = fields.String(required=True, allow_none=True)
    asked = fields.List(fields.Nested(FileFieldSchema), required=True, data_key="fields")


class FileChangeSchema(Schema):
    """One field that was changed: who, when, why, and unless it is personal from what to what."""

    change_id = fields.UUID(required=True, attribute="id")
    field = fields.String(required=True)
    personal = fields.Boolean(required=True)
    old = fields.Raw(required=True, allow_none=True)
    new = fields.Raw(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    at = AwareTime(required=True)
    by = fields.String(required=True)


def described(view: FileView, *, revealed: bool = False) -> dict[str, Any]:
    """A file in the form of FileSchema."""
    file = view.file
    entry = file.entry_time(view.customer.registered_at) if file else None
    return {
        "customer_id": view.customer.id,
        "state": file.state if file else FileState.DRAFT,
        "number": file.number if file else None,
        "category": file.category if file else "",
        "completeness": view.completeness.percent,
        "missing": view.completeness.missing,
        "entry_seconds": None if entry is None else entry // timedelta(seconds=1),
        **{
            name: getattr(file, name, None)
            for name in (
                "completed_at",
                "reviewed_at",
                "review_due_at",
                "checked_at",
                "checked_by",
            )
        },
        "asked": [_field(one, view, revealed=revealed) for one in view.fields],
    }


def _field(ruling: Ruling[FileField], view: FileView, *, revealed: bool) -> dict[str, Any]:
    field = ruling.value
    value = plain(view.values.get(field.field))
    name_of_person = field.field == "name" and view.customer.kind is Kind.CONSUMER
    masked = (field.personal or name_of_person) and value is not None and not revealed
    return {
        **vars(field),
        "filled": value is not None,
        "value": HIDDEN if masked else value,
        "because": ruling.because,
    }
