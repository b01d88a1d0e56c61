"""The section that says what a customer's file asks for."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length

from customer.api.policies.forms import code
from customer.domain.file_fields import FieldType, FileField
from shared.policy import Merge, Section

MOST_CHOICES = 60


class FileFieldSchema(Schema):
    """One field of a file (CF-01..); ``choices`` belong to a choice and to nothing else."""

    field = code(required=True)
    group = code(required=True)
    type = fields.Enum(FieldType, by_value=True, load_default=FieldType.TEXT)
    required = fields.Boolean(load_default=False)
    major = fields.Boolean(load_default=False)
    personal = fields.Boolean(load_default=False)
    choices = fields.List(
        fields.String(validate=Length(1, 60)), load_default=list, validate=Length(max=MOST_CHOICES)
    )

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> FileField:
        if (data["type"] is FieldType.CHOICE) != bool(data["choices"]):
            raise ValueError("A choice has choices, and nothing else has.")
        return FileField(**{**data, "choices": tuple(data["choices"])})


def _field(field: FileField) -> str:
    return field.field


SECTIONS: Mapping[str, Section] = {
    # What several packs ask for adds up; of one field the first pack decides.
    "file_fields": Section(
        schema=FileFieldSchema(),
        facts=frozenset({"kind"}),
        merges=frozenset({Merge.REPLACE}),
        key=_field,
    ),
}
