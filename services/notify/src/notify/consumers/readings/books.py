"""Books of blank orders, as dispatch tells of them."""

from collections.abc import Mapping

from marshmallow import fields

from notify.consumers.readings.reading import Reading


class BookStockLowSchema(Reading):
    """``dispatch.book_stock_low.v1``."""

    org_unit = fields.String(required=True)
    in_stock = fields.Integer(required=True)
    owner_ids = fields.List(fields.UUID(), required=True)


class BookRemindedSchema(Reading):
    """``dispatch.book_reminded.v1``."""

    book_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    book_no = fields.String(required=True)
    owner_ids = fields.List(fields.UUID(), required=True)
    reminded_at = fields.AwareDateTime(required=True)


class BookPagesLostSchema(Reading):
    """``dispatch.book_pages_lost.v1``."""

    book_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    book_no = fields.String(required=True)
    breach_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    pages = fields.Integer(required=True)
    amount = fields.String(required=True)


NOTABLE: Mapping[str, type[Reading]] = {
    "dispatch.book_stock_low.v1": BookStockLowSchema,
    "dispatch.book_reminded.v1": BookRemindedSchema,
    "dispatch.book_pages_lost.v1": BookPagesLostSchema,
}
