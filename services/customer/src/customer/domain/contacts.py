"""A person at a customer: how he is reached, and when he is greeted."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from customer.domain.birthdays import Birthday
from customer.domain.erasures import ERASED
from customer.domain.events.contacts import ContactAddress, ContactChanged, ContactErased

# What is known of the person himself and of how he buys (CF-13, CF-15, CF-38).
PROFILE = (
    "decision_role",
    "job_title",
    "occupation",
    "age",
    "preferences",
    "purchase_habits",
    "spending_power",
)
CHANGEABLE = ("name", "phone", "email", "language", "zone", "birthday", "active", *PROFILE)


class DecisionRole(StrEnum):
    """What a person has to say where the customer decides to buy (CF-38)."""

    INITIATOR = "initiator"
    USER = "user"
    INFLUENCER = "influencer"
    DECIDER = "decider"
    APPROVER = "approver"
    BUYER = "buyer"


@dataclass(eq=False, kw_only=True)
class Contact:
    """``phone`` is in E.164, ``zone`` an IANA name, ``language`` a BCP 47 tag; ``age`` is in
    years."""

    id: UUID
    customer_id: UUID
    name: str
    language: str
    zone: str
    phone: str | None = None
    email: str | None = None
    birthday: Birthday | None = None
    active: bool = True
    decision_role: DecisionRole | None = None
    job_title: str | None = None
    occupation: str | None = None
    age: int | None = None
    preferences: str | None = None
    purchase_habits: str | None = None
    spending_power: str | None = None
    version: int = 1

    def change(self, fresh: Mapping[str, Any]) -> list[str]:
        """Take over what ``fresh`` names; the fields that differ now, in order."""
        changed = [
            name for name in CHANGEABLE if name in fresh and fresh[name] != getattr(self, name)
        ]
        for name in changed:
            setattr(self, name, fresh[name])
        return changed

    def told(self, *, org_unit: str) -> ContactChanged:
        """What notify has to know to reach the contact; private."""
        return ContactChanged(
            contact_id=self.id,
            customer_id=self.customer_id,
            org_unit=org_unit,
            active=self.active,
            name=self.name,
            language=self.language,
            zone=self.zone,
            addresses=self.addresses(),
            birthday=self.birthday,
        )

    def erase(self, *, org_unit: str) -> ContactErased:
        """Forget the person; what refers to him keeps an id that leads nowhere."""
        self.name, self.active = ERASED, False
        self.phone = self.email = self.birthday = None
        for name in PROFILE:
            setattr(self, name, None)
        return ContactErased(contact_id=self.id, customer_id=self.customer_id, org_unit=org_unit)

    def addresses(self) -> tuple[ContactAddress, ...]:
        """Where channels reach the contact. The channel ``log`` is told by id and always there."""
        mail = (ContactAddress("smtp", self.email),) if self.email else ()
        return (*mail, ContactAddress("log", str(self.id)))
