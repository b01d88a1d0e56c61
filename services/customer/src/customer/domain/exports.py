"""What leaves the service as a file: which customers, masked or in full, and cells that no
spreadsheet runs (S38)."""

from dataclasses import dataclass
from uuid import UUID

from customer.domain.consents import Item
from shared.rules import Forbidden, Invalid

MOST_MASKED = 1_000_000
MOST_IN_FULL = 100_000
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
