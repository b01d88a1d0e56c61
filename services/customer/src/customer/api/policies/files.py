"""The sections that say what a customer's file asks for, who keeps it and how often it is
reviewed."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, OneOf, Range

from customer.api.policies.forms import ONE_PACK, code, days, role_codes
from customer.domain.documents import DocumentRule
from customer.domain.file_fields import MASTER, FieldType, FileField
from customer.domain.file_operations import OPERATIONS, FileOperation, FileReview
from shared.policy import Merge, Section

MOST_CHOICES = 60
LONGEST_INTERVAL = 60  # months


class FileFieldSchema(Schema):
    """One field of a file (CF-01..); ``choices`` belong to a choice and to nothing else."""

    field = code(required=True)
    group = code(required=True)
    form = code(load_default=None)
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
        if data["type"] is FieldType.MASTER and data["field"] not in MASTER:
            raise ValueError(f"The master data have no such field; known are {sorted(MASTER)}.")
        return FileField(**{**data, "choices": tuple(data["choices"])})


class FileOperationSchema(Schema):
    """Who may do what with files (CF-26)."""

    operation = fields.String(required=True, validate=OneOf(OPERATIONS))
    roles = role_codes(required=True, least=1)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> FileOperation:
        return FileOperation(data["operation"], tuple(data["roles"]))


class FileReviewSchema(Schema):
    """How often a file is reviewed (CF-06); an interval of zero months is none."""

    months = fields.Integer(required=True, strict=True, validate=Range(1, LONGEST_INTERVAL))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> FileReview:
        return FileReview(**data)


class DocumentRuleSchema(Schema):
    """What is asked of documents (CF-29)."""

    warn_days_before = days(required=True)
    until_required = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> DocumentRule:
        return DocumentRule(**data)


def _field(field: FileField) -> str:
    return field.field


def _operation(operation: FileOperation) -> str:
    return operation.operation


def _months(review: FileReview) -> int:
    return review.months


SECTIONS: Mapping[str, Section] = {
    # What several packs ask for adds up; of one field the first pack decides.
    "file_fields": Section(
        schema=FileFieldSchema(),
        facts=frozenset({"kind", "grade"}),
        merges=frozenset({Merge.REPLACE}),
        key=_field,
    ),
    "file_operations": Section(
        schema=FileOperationSchema(), facts=frozenset(), merges=ONE_PACK, key=_operation
    ),
    "file_review": Section(
        schema=FileReviewSchema(),
        facts=frozenset({"grade"}),
        merges=frozenset({Merge.REPLACE, Merge.STRICTEST}),
        strictness=_months,
    ),
    "documents": Section(
        schema=DocumentRuleSchema(), facts=frozenset({"document"}), merges=ONE_PACK
    ),
}
