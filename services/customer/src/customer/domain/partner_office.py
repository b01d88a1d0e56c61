"""The office for partners, which alone keeps their forms and organises inspections (AD-29)."""

from collections.abc import Collection
from dataclasses import dataclass

from shared.rules import Forbidden, RuleBroken, Ruling


class NotTheOffice(Forbidden):
    """The packs give that to the office for partners alone (AD-29)."""

    code = "partner_office"


class ArchiveNumberTaken(RuleBroken):
    """Another form lies in the archive under that number (AD-29)."""

    code = "archive_number_taken"


@dataclass(frozen=True)
class PartnerOffice:
    """The roles that keep the forms and organise joint inspections, and so many calendar days
    before one of these those who take part are reminded (AD-29)."""

    roles: tuple[str, ...]
    remind_days_before: int


def check_office(roles: Collection[str], office: Ruling[PartnerOffice]) -> None:
    """Raise NotTheOffice unless one of ``roles`` is the office's."""
    if not set(roles) & set(office.value.roles):
        wanted = list(office.value.roles)
        raise NotTheOffice("That is for the office.", because=office.because, roles=wanted)
