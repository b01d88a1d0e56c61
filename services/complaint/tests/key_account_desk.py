"""Key accounts of the sample company: who cares for them, and what they complain about."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from complaint.consumers import SUBSCRIPTIONS
from complaint.domain.complaint import Complaint
from complaint.domain.intake import Complainant, Severity, Subject
from complaint.use_cases import emergencies
from shared.reading_envelopes import received
from shared.testing import examples
from shared.testing_inbox import envelope

from .desk import Desk

PACKS = ("keyaccount", "franchise", "generic")
ACME = UUID(int=0xACE << 64 | 1)


@dataclass
class KeyAccountDesk:
    """The desk, where the whole company follows the pack for key accounts."""

    desk: Desk

    def hear(self, type_: str, *, sequence: int = 1, **told: Any) -> None:
        """An event of another service arrives; what is not told here is as in its example."""
        data = {**examples(type_)[0], **told}
        event = received(envelope(type_, data=data, sequence=sequence))
        known = SUBSCRIPTIONS[type_]
        with self.desk.open() as tx:
            known.handler(tx, event, known.reads.load(event.data))

    def owned_by(self, name: str | None, *, sequence: int = 2, customer_id: UUID = ACME) -> None:
        """Customer tells who cares for the key account from now on."""
        owner = str(self.desk.people[name]) if name else None
        told = {"customer_id": str(customer_id), "new_owner_id": owner}
        self.hear("customer.owner_changed.v1", sequence=sequence, **told)

    def file(self, severity: str = "ordinary", by: str = "reception", **more: Any) -> Complaint:
        given = {
            "complainant": Complainant.KEY_ACCOUNT,
            "about": Subject.DELIVERY,
            "customer_id": ACME,
            "severity": Severity(severity),
            **more,
        }
        return self.desk.file(by, **given)

    def calm(self, complaint: Complaint) -> None:
        """Somebody of the group says that the emergency is over."""
        asked = {"by": self.desk.caller("group-lead"), "outcome": "a part was flown in"}
        self.desk.do(emergencies.end_emergency, complaint.id, **asked)

    def leaves(self, name: str, superior: str | None = None) -> None:
        """Dispatch tells that the person has left."""
        told = {"person_id": str(self.desk.people[name]), "active": False, "posts": []}
        above = str(self.desk.people[superior]) if superior else None
        self.hear("dispatch.person_changed.v1", **told, superior_id=above)


def following(desk: Desk) -> KeyAccountDesk:
    """A desk at which the whole company follows the pack for key accounts besides the others."""
    desk.follow("hq", *PACKS)
    return KeyAccountDesk(desk)
