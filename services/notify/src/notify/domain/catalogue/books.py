"""What dispatch tells of books of blank orders that somebody is told."""

from collections.abc import Mapping

from notify.domain.catalogue.entry import Entry

CATALOGUE: Mapping[str, Entry] = {
    "dispatch.book_stock_low.v1": Entry(
        subject="book_stock/{org_unit}",
        occurrence=("sequence",),
        audiences=("owner_ids",),
        words=("org_unit", "in_stock"),
    ),
    "dispatch.book_reminded.v1": Entry(
        subject="book/{book_id}",
        occurrence=("reminded_at",),
        audiences=("owner_ids",),
        words=("book_no", "org_unit"),
    ),
    "dispatch.book_pages_lost.v1": Entry(
        subject="book/{book_id}",
        occurrence=("breach_id",),
        audiences=("person_id",),
        words=("book_no", "pages", "amount"),
    ),
}
