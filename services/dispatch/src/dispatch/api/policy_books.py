"""How the sections of a pack on books of blank orders are read (WO-03, WO-18)."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Length, OneOf, Range

from dispatch.domain.book_rules import BookIssueRule, BookRule
from dispatch.domain.books import THICKEST
from dispatch.domain.roles import Role
from shared.policy import Merge, Section

A_MONTH = 31 * 24 * 60  # The longest that one waits, in minutes.


def _whole(lowest: int, highest: int) -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=Range(lowest, highest))


def _unique(value: list[Any]) -> None:
    if len(set(value)) < len(value):
        raise ValidationError("Something stands here twice.")


class BooksSchema(Schema):
    """Who keeps the books, and when more are to be bought."""

    roles = fields.List(
        fields.String(validate=OneOf([role.value for role in Role])),
        required=True,
        validate=[Length(1, 20), _unique],
    )
    pages = _whole(1, THICKEST)
    reorder_at = _whole(0, 1000)
    again = _whole(1, A_MONTH)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> BookRule:
        return BookRule(**{**data, "roles": tuple(data["roles"])})


class BookIssuingSchema(Schema):
    """How many books a dispatcher may hold."""

    held = _whole(1, 20)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> BookIssueRule:
        return BookIssueRule(**data)


def _one(schema: Schema) -> Section:
    return Section(schema=schema, facts=frozenset(), merges=frozenset({Merge.REPLACE}))


BOOK_SECTIONS: Mapping[str, Section] = {
    "books": _one(BooksSchema()),
    "book_issuing": _one(BookIssuingSchema()),
}
