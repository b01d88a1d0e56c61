"""An entry of a blacklist, from the report to the day on which it is lifted (F-12)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from customer.domain.blacklist_rules import SamePerson, Scope, Validity, ValidityNotShorter
from customer.domain.blacklist_states import BARRING, Command, State, after
from customer.domain.cadence import add_months
from customer.domain.events import blacklist as events
from shared.rules import Because, Ruling


@dataclass(eq=False, kw_only=True)
class BlacklistEntry:
    """F-12. ``org_unit`` is the department that listed or reported the customer, whose packs
    decide. ``loss_amount`` is in 10,000 yuan. ``valid_until`` is the local day of that unit on
    which the validity ends; None is without end. ``exited_units`` are the customer bases that the
    listing took him out of."""

    id: UUID
    customer_id: UUID
    scope: Scope
    org_unit: str
    reason_code: str
    reason: str
    evidence: str
    reported_by: str
    reported_at: datetime
    because: Because
    loss_amount: Decimal | None = None
    state: State = State.REPORTED
    verified_by: str | None = None
    verified_at: datetime | None = None
    findings: str | None = None
    dismissed_reason: str | None = None
    listed_by: str | None = None
    listed_at: datetime | None = None
    valid_until: date | None = None
    shortened_reason: str | None = None
    published_at: datetime | None = None
    lifted_at: datetime | None = None
    exited_units: tuple[str, ...] = field(default=())
    version: int = 1

    @property
    def barred_unit(self) -> str | None:
        """The department that may not deal with the customer, with all below it; None bars all."""
        return self.org_unit if self.scope is Scope.DEPARTMENT else None

    @property
    def is_barring(self) -> bool:
        """Whether the entry bars anybody now."""
        return self.state in BARRING

    def reported(self, told: tuple[UUID, ...]) -> events.BlacklistReported:
        """What is told of a report (AD-20)."""
        return events.BlacklistReported(**self._of(told), reason_code=self.reason_code)

    def verify(self, *, by: str, findings: str, now: datetime) -> None:
        """Keep what another person than the reporter found out (AD-20).

        Raises WrongState, SamePerson.
        """
        state = after(self.state, Command.VERIFY)
        if by == self.reported_by:
            raise SamePerson("Another person than the reporter verifies a report.")
        self.state, self.findings = state, findings
        self.verified_by, self.verified_at = by, now

    def enlist(
        self,
        *,
        by: str,
        validity: Ruling[Validity],
        today: date,
        now: datetime,
        number: str,
        told: tuple[UUID, ...],
    ) -> events.Blacklisted:
        """Put the customer on the list from now on (AD-16, AD-17). Raises WrongState, unless the
        entry of a department is new: it is neither reported nor verified."""
        if self.scope is Scope.DEPARTMENT and self.listed_at is None:
            self.state = State.LISTED
        else:
            self.state = after(self.state, Command.LIST)
            self.published_at = now
        months = validity.value.months
        self.valid_until = None if months is None else add_months(today, months)
        self.listed_by, self.listed_at, self.because = by, now, validity.because
        return self._listed(number, told)

    def dismiss(self, reason: str) -> None:
        """Drop a report (AD-20). Raises WrongState."""
        self.state = after(self.state, Command.DISMISS)
        self.dismissed_reason = reason

    def shorten(
        self, valid_until: date, *, reason: str, today: date, number: str, told: tuple[UUID, ...]
    ) -> events.Blacklisted:
        """Let the validity end earlier (AD-17). Raises WrongState, ValidityNotShorter."""
        after(self.state, Command.SHORTEN)
        if valid_until < today:
            raise _not_shorter("Lies in the past.")
        if self.valid_until is not None and valid_until >= self.valid_until:
            raise _not_shorter("Is not earlier than the day on which it ends now.")
        self.valid_until, self.shortened_reason = valid_until, reason
        return self._listed(number, told)

    def expire(self, told: tuple[UUID, ...]) -> events.BlacklistExpired:
        """The validity has ended; the customer stays barred (AD-18). Raises WrongState."""
        self.state = after(self.state, Command.EXPIRE)
        return events.BlacklistExpired(**self._of(told))

    def take(self, command: Command) -> None:
        """Take a step of a return (AD-18). Raises WrongState."""
        self.state = after(self.state, command)

    def lift(self, *, grade: str, now: datetime, told: tuple[UUID, ...]) -> events.BlacklistLifted:
        """Bar nobody any more. Raises WrongState."""
        self.take(Command.LIFT)
        self.lifted_at = now
        return events.BlacklistLifted(**self._of(told), grade=grade)

    def _listed(self, number: str, told: tuple[UUID, ...]) -> events.Blacklisted:
        return events.Blacklisted(
            **self._of(told),
            customer_number=number,
            reason_code=self.reason_code,
            valid_until=self.valid_until,
        )

    def _of(self, told: tuple[UUID, ...]) -> dict[str, Any]:
        return {
            "customer_id": self.customer_id,
            "org_unit": self.org_unit,
            "entry_id": self.id,
            "scope": self.scope.value,
            "unit": self.barred_unit,
            "told_ids": told,
        }


def _not_shorter(said: str) -> ValidityNotShorter:
    return ValidityNotShorter("The validity can only be shortened.", errors={"valid_until": [said]})
