"""Whom one can write to, in which language, and where; as their owners tell."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from notify.domain.birthdays import Birthday

MAIL = "smtp"  # The channel that an e-mail address belongs to.
TELEPHONE = "telephone"  # No channel of ours: a person calls.
STAFF_WORDS = ("handler_name", "handler_mail")  # What customers are told of a member of the staff.


class ContactKind(StrEnum):
    PERSON = "person"
    CUSTOMER_CONTACT = "customer_contact"
    CASE_CONTACT = "case_contact"


@dataclass(frozen=True)
class Address:
    """Where a channel reaches somebody."""

    channel: str
    address: str


@dataclass(eq=False, kw_only=True)
class Contact:
    """A member of the staff, the contact of a customer, or whoever is written to about a case: his
    ``id`` is that of the case.

    ``language`` is a BCP 47 tag, ``zone`` an IANA time zone. ``addresses`` stand in the order in
    which the contact wants them tried (CM-04). The staff has neither unit nor customer here.
    ``customer_since`` is the day on which the cooperation with his customer began.
    """

    id: UUID
    kind: ContactKind
    active: bool
    name: str
    language: str
    zone: str
    addresses: tuple[Address, ...]
    birthday: Birthday | None = None
    org_unit: str | None = None
    customer_id: UUID | None = None
    customer_since: date | None = None

    @property
    def is_staff(self) -> bool:
        """Whether it is one of us; to all others some things are not said."""
        return self.kind is ContactKind.PERSON

    def forget(self) -> None:
        """Keep nothing of the person but that he is not to be reached."""
        self.name, self.active, self.addresses, self.birthday = "erased", False, (), None
        self.customer_since = None

    def address_on(self, channel: str) -> str | None:
        """Where ``channel`` reaches the contact: the first address that names it."""
        return next((one.address for one in self.addresses if one.channel == channel), None)

    def as_staff(self, word: str) -> str | None:
        """What a customer is told of a member of the staff: see STAFF_WORDS."""
        return self.name if word == "handler_name" else self.address_on(MAIL)

    @property
    def wants_calls(self) -> bool:
        """Whether he wants to be called before all else (CM-04)."""
        return bool(self.addresses) and self.addresses[0].channel == TELEPHONE

    def channels(self, allowed: Collection[str]) -> tuple[str, ...]:
        """The channels of the contact that are allowed, in his order, each once."""
        wanted = (one.channel for one in self.addresses if one.channel in allowed)
        return tuple(dict.fromkeys(wanted))
