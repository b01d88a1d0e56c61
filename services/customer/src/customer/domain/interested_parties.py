"""Who has an interest in a service, recorded in the configuration database and archived (CF-41)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from customer.domain.events.interested_parties import InterestedPartyRecorded
from customer.domain.interested_party_states import TRANSITIONS, Command, State
from customer.domain.transitions import after
from shared.rules import Because, Invalid

CHANGEABLE = ("service", "name", "interest", "requirements")


class PartyUnfit(Invalid):
    """The packs do not know such a party, or it lacks the customer that it is about."""

    code = "party_unfit"


@dataclass(frozen=True)
class PartyKind:
    """A kind of interested party; one that is ``of_customer`` names the customer that it is, or to
    whom it belongs."""

    kind: str
    title: str
    of_customer: bool = False

    def check(self, customer_id: UUID | None, because: Because) -> None:
        """Raise PartyUnfit unless a customer is named just where the kind wants one."""
        if self.of_customer != (customer_id is not None):
            said = "Name the customer." if self.of_customer else "Is of no customer."
            errors = {"customer_id": [said]}
            raise PartyUnfit("The party does not fit its kind.", because=because, errors=errors)


@dataclass(eq=False, kw_only=True)
class InterestedParty:
    """``service`` is what we do for whom it matters to, ``configuration_item`` the id of its record
    in the configuration database (CMDB), ``archive_reference`` where the office system (OA) keeps
    it. Both are known in the states that need them alone."""

    id: UUID
    org_unit: str
    kind: str
    service: str
    name: str
    interest: str
    identified_by: UUID
    identified_at: datetime
    customer_id: UUID | None = None
    requirements: str | None = None
    state: State = State.IDENTIFIED
    configuration_item: str | None = None
    recorded_by: UUID | None = None
    recorded_at: datetime | None = None
    archive_reference: str | None = None
    archived_by: UUID | None = None
    archived_at: datetime | None = None
    version: int = 1

    def change(self, fresh: Mapping[str, str | None]) -> tuple[str, ...]:
        """Take over what ``fresh`` names; what differs now. The records elsewhere hold no longer,
        and are made anew."""
        state = after(TRANSITIONS, self.state, Command.CHANGE)
        changed = tuple(
            name for name in CHANGEABLE if name in fresh and fresh[name] != getattr(self, name)
        )
        if not changed:
            return ()
        for name in changed:
            setattr(self, name, fresh[name])
        self.state = state
        self.configuration_item = self.recorded_by = self.recorded_at = None
        self.archive_reference = self.archived_by = self.archived_at = None
        return changed

    def record(self, configuration_item: str, *, by: UUID, now: datetime) -> None:
        """It stands in the configuration database. Raises WrongState."""
        self.state = after(TRANSITIONS, self.state, Command.RECORD)
        self.configuration_item, self.recorded_by, self.recorded_at = configuration_item, by, now

    def archive(self, archive_reference: str, *, by: UUID, now: datetime) -> None:
        """It is archived in the office system. Raises WrongState before it is recorded."""
        self.state = after(TRANSITIONS, self.state, Command.ARCHIVE)
        self.archive_reference, self.archived_by, self.archived_at = archive_reference, by, now

    def told(self) -> InterestedPartyRecorded:
        """What others are told: that there is a record, or that it has to be made anew."""
        return InterestedPartyRecorded(
            party_id=self.id,
            org_unit=self.org_unit,
            kind=self.kind,
            customer_id=self.customer_id,
            state=self.state,
            configuration_item=self.configuration_item,
        )
