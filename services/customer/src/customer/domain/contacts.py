"""A person at a customer: how he is reached, and when he is greeted."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
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
# In which field that stands to which a channel writes.
ADDRESS_FIELDS = {"smtp": "email", "sms": "phone"}
CHANGEABLE = (
    "name",
    "phone",
    "email",
    "preferred_channel",
    "language",
    "zone",
    "birthday",
    "active",
    *PROFILE,
)


# A mobile telephone of the mainland, or any number abroad; others take no short messages.
TAKES_SMS = re.compile(r"\+861[3-9]\d{9}\Z|\+(?!86)\d+\Z")


class PreferredChannel(StrEnum):
    """How a person wants to hear from us before all else (CM-04); the values are notify's."""

    SMS = "sms"
    MAIL = "smtp"
    TELEPHONE = "telephone"


class DecisionRole(StrEnum):
    """What a person has to say where the customer decides to buy (CF-38)."""

    INITIATOR = "initiator"
    USER = "user"
    INFLUENCER = "influencer"
    DECIDER = "decider"
    APPROVER = "approver"
    BUYER = "buyer"


@dataclass(frozen=True, kw_only=True)
class Unreachable:
    """Notify reached nobody on ``channel`` since then; ``cause`` is its code (E-47)."""

    channel: str
    cause: str
    since: datetime


@dataclass(eq=False, kw_only=True)
class Contact:
    """``phone`` is in E.164, ``zone`` an IANA name, ``language`` a BCP 47 tag; ``age`` is in
    years. ``unreachable`` are the addresses that have to be asked for anew (CF-14), None where
    there are none; ``readdressed_at`` is when an address changed last."""

    id: UUID
    customer_id: UUID
    name: str
    language: str
    zone: str
    phone: str | None = None
    email: str | None = None
    preferred_channel: PreferredChannel | None = None
    birthday: Birthday | None = None
    active: bool = True
    decision_role: DecisionRole | None = None
    job_title: str | None = None
    occupation: str | None = None
    age: int | None = None
    preferences: str | None = None
    purchase_habits: str | None = None
    spending_power: str | None = None
    unreachable: tuple[Unreachable, ...] | None = None
    readdressed_at: datetime | None = None
    version: int = 1

    def change(self, fresh: Mapping[str, Any]) -> list[str]:
        """Take over what ``fresh`` names; the fields that differ now, in order."""
        changed = [
            name for name in CHANGEABLE if name in fresh and fresh[name] != getattr(self, name)
        ]
        for name in changed:
            setattr(self, name, fresh[name])
        return changed

    def readdress(self, changed: Collection[str], now: datetime) -> None:
        """Ask no longer for addresses that are others now."""
        if not {*ADDRESS_FIELDS.values()} & {*changed}:
            return
        kept = (one for one in self.unreachable or () if ADDRESS_FIELDS[one.channel] not in changed)
        self.unreachable, self.readdressed_at = tuple(kept) or None, now

    def lose(self, found: Unreachable) -> bool:
        """Keep that an address reaches nobody; False where that is known, or is said of an address
        that is another one by now."""
        known = self.unreachable or ()
        name = ADDRESS_FIELDS.get(found.channel)
        if name is None or getattr(self, name) is None:
            return False
        if self.readdressed_at is not None and found.since <= self.readdressed_at:
            return False
        if any((one.channel, one.cause) == (found.channel, found.cause) for one in known):
            return False
        self.unreachable = (*known, found)
        return True

    def told(self, *, org_unit: str, since: date | None) -> ContactChanged:
        """What notify has to know to reach the contact, of a customer ``since`` a day; private."""
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
            customer_since=since,
        )

    def erase(self, *, org_unit: str) -> ContactErased:
        """Forget the person; what refers to him keeps an id that leads nowhere."""
        self.name, self.active = ERASED, False
        self.phone = self.email = self.birthday = self.preferred_channel = self.unreachable = None
        for name in PROFILE:
            setattr(self, name, None)
        return ContactErased(contact_id=self.id, customer_id=self.customer_id, org_unit=org_unit)

    def addresses(self) -> tuple[ContactAddress, ...]:
        """Where channels reach the contact: what he prefers first, then short messages and mail
        (CM-04). The channel ``log`` is told by id and always there; ``telephone`` is no channel of
        notify's and says that he wants to be called."""
        wanted, phone = self.preferred_channel, self.phone
        ways = {
            PreferredChannel.SMS: phone if phone and TAKES_SMS.match(phone) else None,
            PreferredChannel.MAIL: self.email,
            PreferredChannel.TELEPHONE: phone if wanted is PreferredChannel.TELEPHONE else None,
        }
        order = sorted(ways, key=lambda one: one is not wanted)
        known = ((one, ways[one]) for one in order)
        told = [ContactAddress(one.value, address) for one, address in known if address]
        return (*told, ContactAddress("log", str(self.id)))
