"""What leaves the service as a file: which customers, masked or in full, and cells that no
spreadsheet runs (S38)."""

from dataclasses import dataclass
from uuid import UUID

from customer.domain.consents import Item
from shared.rules import Forbidden, Invalid

MOST_MASKED = 1_000_000
MOST_IN_FULL = 100_000
# What a spreadsheet takes for the beginning of a formula; the wide ones are those of Chinese input.
TRIGGERS = frozenset("=+-@\t\r\n\0|%＝＋－＠")
# What it skips while it looks for one.
SKIPPED = "\ufeff\u200b\u00a0\u3000 '\"\u2018\u2019\u201c\u201d"
# What an export in full tells of a customer; a consent has to cover all of it.
TOLD_IN_FULL = (
    Item.NUMBER,
    Item.NAME,
    Item.KIND,
    Item.INDUSTRY,
    Item.ANNUAL_AMOUNT,
    Item.ORG_UNIT,
    Item.SINCE,
    Item.CONTACT_NAME,
    Item.PHONE,
    Item.EMAIL,
    Item.BIRTHDAY,
)


class ExportTooLarge(Invalid):
    """The export would hold more customers than one file may."""

    code = "export_too_large"


class FullExportForbidden(Forbidden):
    """The caller may have exports that are masked, and no others."""

    code = "full_export_forbidden"


@dataclass(frozen=True, kw_only=True)
class Export:
    """A file that is allowed: the customers that ``viewer`` sees, of the unit ``below`` and under
    it, and only ``customer_ids`` where they are named."""

    viewer: str
    below: str
    full: bool
    customer_ids: tuple[UUID, ...] | None = None


def most(*, full: bool) -> int:
    """How many customers one file may hold."""
    return MOST_IN_FULL if full else MOST_MASKED


def defused(cell: str) -> str:
    """``cell`` so that no spreadsheet runs it: behind an apostrophe where it would."""
    begins = cell.lstrip(SKIPPED)[:1]
    return f"'{cell}" if begins in TRIGGERS and cell and begins else cell


def as_meant(cell: str) -> str:
    """A cell of a file without the apostrophe that ``defused`` put before it."""
    return cell[1:] if cell[:1] == "'" and defused(cell[1:]) == cell else cell
